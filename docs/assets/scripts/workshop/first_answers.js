// What the build has answered already: the page shows a form before the engine is there.

/**
 * Return the answer to a request, or undefined when only the engine knows it.
 * @param {string} folder the address of the workshop's files
 * @param {{ ask: string, kind?: string, file?: string, part?: string, draft?: object }} request
 * @returns {Promise<any>}
 */
export async function firstAnswer(folder, { ask, kind, file, part, draft }) {
  if (draft || (ask === "open" && !file)) return undefined;
  try {
    const response = await fetch(`${folder}${ask === "open" ? kind : ask}.json`);
    if (!response.ok) return undefined;
    const given = await response.json();
    if (ask === "catalogue") return given;
    const entry = given.entries.find((/** @type {Editing.Reference} */ one) => {
      return one.file === file && one.part === part;
    });
    return entry && { ...entry, schema: given.schemas[entry.schema] };
  } catch {
    return undefined;
  }
}
