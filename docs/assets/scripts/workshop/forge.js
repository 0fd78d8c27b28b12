// How a file reaches the forge: in an address that opens it there, or copied by the contributor.

const ADDRESS = 6_000; // characters: a longer address is refused by some browsers and forges

/** What happens once the forge is asked for, by the way the file takes. */
export const STEPS = {
  fresh: "La forge s’ouvre avec le fichier déjà rempli.",
  long: "Le fichier est trop long pour une adresse. Nous le copions, puis la forge ouvre un fichier vide : collez-y le texte.",
  known:
    "Nous copions le fichier entier, puis la forge l’ouvre : effacez tout son texte, et collez le nouveau.",
};

/**
 * Return the way that the text of an entry takes, and the address that opens the forge.
 * @param {{ repository: string, branch: string }} catalogue @param {Editing.Entry} entry @param {string} text
 * @returns {{ way: keyof typeof STEPS, address: string }}
 */
export function toForge({ repository, branch }, entry, text) {
  const base = repository.replace(/\/$/, "");
  if (onForge(entry)) return { way: "known", address: `${base}/edit/${branch}/${entry.file}` };
  const fresh = (/** @type {Record<string, string>} */ more) =>
    `${base}/new/${branch}?${new URLSearchParams({ filename: entry.file, ...more })}`;
  const address = fresh({ value: text });
  return address.length > ADDRESS ? { way: "long", address: fresh({}) } : { way: "fresh", address };
}

/** Whether the file is on the forge already. */
function onForge(/** @type {Editing.Entry} */ { exists, kind }) {
  return exists || kind === "prescriber" || kind === "rule";
}
