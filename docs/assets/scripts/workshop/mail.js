// A proposal as a message: in the address that opens the mail program, or beside it as a file.

const LONGEST = 1_800; // characters of an address that every mail program opens whole

/**
 * Return the message that proposes a change: its whole text, and the address that opens it in the mail
 * program (null without an address to write to). `whole`: the files are in it; otherwise they are to be joined.
 * @param {Editing.Message} message @param {{ contact: string | null, home: string }} site
 * @returns {{ text: string, address: string | null, whole: boolean }}
 */
export function mail({ subject, changes, files, name }, { contact, home }) {
  const said = changes.replaceAll("{site}", home);
  const text = `${said}\n\n${files}`;
  const to = contact && !contact.startsWith("https://") ? contact : null;
  const open = (/** @type {string} */ body) =>
    `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
  const inside = open(text);
  if (inside.length <= LONGEST) return { text, address: to && inside, whole: true };
  const joined = `Le fichier « ${name} » est joint : il contient la proposition entière.`;
  let shown = said;
  while (open(`${joined}\n\n${shown}`).length > LONGEST) {
    shown = `${shown.slice(0, Math.floor(shown.length * 0.9) - 1)}…`;
  }
  return { text, address: to && open(`${joined}\n\n${shown}`), whole: false };
}
