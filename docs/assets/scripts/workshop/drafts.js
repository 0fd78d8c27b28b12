// The drafts of entries, with what each started from. They stay in this browser; where storage is
// refused, none is kept.

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

/** Keep a draft as the last one: the next visit opens it. Tell whether it is kept. */
export function keepDraft(/** @type {Editing.Draft} */ draft) {
  return write({ ...without(draft), [key(draft)]: draft });
}

/** Note the day on which a draft was taken to the forge; its place among the others stays. */
export function noteProposed(/** @type {Editing.Reference} */ entry, /** @type {string} */ day) {
  const draft = draftOf(entry);
  if (draft) write({ ...read(), [key(entry)]: { ...draft, proposed: day } });
}

/** Note whether a draft is proposed with others. */
export function noteTogether(
  /** @type {Editing.Reference} */ entry,
  /** @type {boolean} */ together,
) {
  const draft = draftOf(entry);
  if (draft) write({ ...read(), [key(entry)]: { ...draft, together } });
}

/** Tell whether a change of what this browser keeps, made in another tab, is one of drafts. */
export function isDrafts(/** @type {string | null} */ key) {
  return key === DRAFTS || key === null;
}

/** Tell whether this browser keeps drafts: in some, nothing may be stored. */
export function keepsDrafts() {
  return write(read());
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
