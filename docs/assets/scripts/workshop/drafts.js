// The drafts of entries. They stay in this browser; where storage is refused, none is kept.

const DRAFTS = "reperes-iae.atelier";

/** What names an entry to the engine. @param {Editing.Reference} entry @returns {Editing.Reference} */
export function reference({ kind, file, part }) {
  return { kind, file, part };
}

/** Return the draft of an entry, if there is one. @param {Editing.Reference} entry @returns {Editing.Draft | undefined} */
export function draftOf(entry) {
  return read()[key(entry)];
}

/** Return every draft; what was typed last is last. @returns {Editing.Draft[]} */
export function drafts() {
  return Object.values(read());
}

/** Keep what is typed as the last draft: the next visit opens it. Tell whether it is kept. */
export function keepDraft(/** @type {Editing.Reference} */ entry, /** @type {unknown} */ value) {
  return write({ ...without(entry), [key(entry)]: { ...reference(entry), value } });
}

export function forgetDraft(/** @type {Editing.Reference} */ entry) {
  write(without(entry));
}

function key(/** @type {Editing.Reference} */ { file, part }) {
  return `${file}#${part}`;
}

function without(/** @type {Editing.Reference} */ entry) {
  const { [key(entry)]: _, ...others } = read();
  return others;
}

/** @returns {Record<string, Editing.Draft>} */
function read() {
  try {
    return JSON.parse(localStorage.getItem(DRAFTS) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

function write(/** @type {Record<string, Editing.Draft>} */ all) {
  try {
    if (Object.keys(all).length > 0) localStorage.setItem(DRAFTS, JSON.stringify(all));
    else localStorage.removeItem(DRAFTS);
    return true;
  } catch {
    return false;
  }
}
