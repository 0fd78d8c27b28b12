// The files of the directory and of the communes, each asked for once.

import { SITE } from "../shared/trusted_types.js";

/** @type {Map<string, Promise<any>>} */
const known = new Map();

/**
 * Read a file of `annuaire/`. Throws if it does not arrive; the next try asks again.
 * @param {string} name without `.json`
 * @returns {Promise<any>}
 */
export function load(name) {
  const found = known.get(name);
  if (found) return found;
  const file = fetch(new URL(`annuaire/${name}.json`, SITE)).then((response) => {
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  });
  known.set(name, file);
  file.catch(() => known.delete(name));
  return file;
}
