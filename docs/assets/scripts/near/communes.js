// « Votre commune ou code postal »: from what a person types to the communes that it may mean.
// Names are in a file a letter, postcodes in a file a département (generator/publish/commune_files.py).
// What is typed stays in the page: the files asked for tell a letter or a département, no more.

/** @typedef {{ name: string, code: string, department: string, today?: string }} Commune */
/** @typedef {{ code: string, name: string }} Department */
/**
 * What a text may mean. `problem` says why nothing is found: too little is typed (`short`), the
 * postcode is not finished (`unfinished`) or unknown (`postcode`), or is that of a territory that is
 * no département (`elsewhere`), or no name is like that (`name`).
 * @typedef {{ communes: Commune[], departments: Department[], problem?: "short" | "unfinished" | "postcode" | "elsewhere" | "name" }} Found
 */
/** @typedef {(name: string) => Promise<any>} Load reads a file of `annuaire/communes/`, by its name */

const SMALL = new Set("d de des du l la le les saint sainte saintes saints st ste".split(" "));
/** @type {Record<string, string>} */
const LONG = { st: "saint", ste: "sainte", sts: "saints", stes: "saintes", s: "sur", ss: "sous" };
/** What people add to the name of a large town. */
const ADDED = /^(\d{1,2}(er|e|eme|nd|nde)|cedex|arrondissement|arr|ardt)$/;
/** Postcodes of the territories that are no département. */
const ELSEWHERE = /^(975|98|97133|97150)/;
const MOST = 8;
/** The words of each name of a file that is read, so that each letter typed does not read them again. @type {WeakMap<any, string[][]>} */
const READ = new WeakMap();

/**
 * Return the words of a text, without accents nor capitals: `L’Haÿ-les-Roses` → l, hay, les, roses.
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  const plain = text.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae");
  return (
    plain
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .match(/[a-z0-9]+/g) ?? []
  );
}

/**
 * Return the letter under which a name is filed.
 * @param {string[]} name its words
 */
export function initial(name) {
  return (name.find((word) => !SMALL.has(word)) ?? name.at(-1) ?? "").charAt(0);
}

/**
 * Return the départements where a postcode may be.
 * @param {string} postcode @param {{ departments: Record<string, string>, postcodes: Record<string, string[]> }} index
 */
function departmentsOf(postcode, index) {
  if (index.postcodes[postcode]) return index.postcodes[postcode];
  let code = postcode.slice(0, postcode.startsWith("97") ? 3 : 2);
  if (code === "20") code = postcode < "20200" ? "2A" : "2B";
  return code in index.departments ? [code] : [];
}

/** The département of a commune, told by its code. @param {string} code */
function departmentOf(code) {
  return code.slice(0, code.startsWith("97") ? 3 : 2);
}

/**
 * Return whether each word typed begins a word of the name, in the same order.
 * @param {string[]} typed @param {string[]} name
 */
function begins(typed, name) {
  let place = 0;
  for (const word of typed) {
    while (place < name.length && !name[place].startsWith(word)) place += 1;
    if (place === name.length) return false;
    place += 1;
  }
  return true;
}

/**
 * Return the communes of a file whose name answers the words typed, the exact ones first.
 * @param {string[]} typed @param {[string, string, string?][]} rows
 * @returns {Commune[]}
 */
function named(typed, rows) {
  const wanted = typed.join(" ");
  const bare = typed.filter((word) => !SMALL.has(word)).join(" ");
  /** @type {Commune[][]} */
  const ranks = [[], [], []];
  const known = READ.get(rows) ?? rows.map(([name]) => words(name));
  READ.set(rows, known);
  for (const [place, [name, code, today]] of rows.entries()) {
    const its = known[place];
    if (!begins(typed, its)) continue;
    const exact = its.join(" ") === wanted;
    const close = its.filter((word) => !SMALL.has(word)).join(" ") === bare;
    const commune = { name, code, department: departmentOf(code) };
    ranks[exact ? 0 : close ? 1 : 2].push(today ? { ...commune, today } : commune);
  }
  return ranks.flat();
}

/**
 * Return the communes of a postcode, those whose name begins as typed when a name is there too.
 * @param {string} postcode @param {string[]} name @param {any} index @param {Load} load
 * @returns {Promise<Found>}
 */
async function byPostcode(postcode, name, index, load) {
  if (ELSEWHERE.test(postcode)) return { communes: [], departments: [], problem: "elsewhere" };
  /** @type {Commune[]} */
  const communes = [];
  for (const department of departmentsOf(postcode, index)) {
    for (const [its, code, postcodes] of await load(department)) {
      if (postcodes.split(" ").includes(postcode)) communes.push({ name: its, code, department });
    }
  }
  if (communes.length === 0) return { communes, departments: [], problem: "postcode" };
  const alike = communes.filter((one) => begins(name, words(one.name)));
  return { communes: alike.length ? alike : communes, departments: [] };
}

/**
 * Return what a text may mean: communes, the likeliest first, and départements.
 * @param {string} text @param {Load} load
 * @returns {Promise<Found>}
 */
export async function search(text, load) {
  const typed = words(text);
  const digits = text.replace(/[\s.]/g, "");
  const index = await load("index");
  if (/^\d{3,}$/.test(digits) && !(digits in index.departments)) {
    if (digits.length > 5) return { communes: [], departments: [], problem: "postcode" };
    if (digits.length < 5) return { communes: [], departments: [], problem: "unfinished" };
    return byPostcode(digits, [], index, load);
  }
  const postcode = typed.find((word) => /^\d{5}$/.test(word));
  const name = typed
    .filter((word) => word !== postcode && !ADDED.test(word))
    .map((word) => LONG[word] ?? word);
  if (postcode) return byPostcode(postcode, name, index, load);
  const departments = Object.entries(index.departments)
    .map(([code, its]) => ({ code, name: String(its) }))
    .filter(
      (one) =>
        one.code === digits.toUpperCase() ||
        one.code === digits.padStart(2, "0") ||
        (text.trim().length > 2 && begins(name, words(one.name))),
    );
  const numbers = name.filter((word) => /^(\d{1,3}|2[ab])$/.test(word));
  const letters = name.filter((word) => !numbers.includes(word));
  if (letters.join("").length < 2) {
    return departments.length
      ? { communes: [], departments }
      : { communes: [], departments, problem: "short" };
  }
  let communes = await byName(letters, load);
  const there = communes.filter((one) => numbers.includes(one.department.toLowerCase()));
  if (there.length) communes = there;
  if (communes.length || departments.length) {
    return { communes: communes.slice(0, MOST), departments: departments.slice(0, 3) };
  }
  const more = letters.every((word) => SMALL.has(word));
  return { communes, departments, problem: more ? "short" : "name" };
}

/**
 * Return the communes that answer a name; « lhay » is tried as « l’hay » too.
 * @param {string[]} name @param {Load} load
 * @returns {Promise<Commune[]>}
 */
async function byName(name, load) {
  const found = await inFile(name, load);
  const [first, ...others] = name;
  if (found.length || !/^[ld][aeiouyh]../.test(first)) return found;
  return inFile([first.slice(0, 1), first.slice(1), ...others], load);
}

/** @param {string[]} name @param {Load} load */
async function inFile(name, load) {
  const letter = initial(name);
  return /[a-z]/.test(letter) ? named(name, await load(letter)) : [];
}
