// From a list to the situations of the contract: which column is which, what each cell says.

import { readDay } from "./days.js";
import { letters, plain, say } from "./words.js";

export const REFERENCE = "reference";

/**
 * Read the names of the columns of a list.
 *
 * `decided` says, by key of a column (see `keys`), the path that it gives, or nothing for a column
 * that is not to be read; `added` are the names of the columns that this page adds to a file.
 *
 * Returns `columns` (each with its `index` in a row), `sets` (the columns of the top, of each
 * record, of each numbered row of a group, by path), the index of `reference`, the indexes of
 * `added`, `ignored` and `unnamed` columns, `twice` ([label, first index, second index]) and the labels of
 * `missing` ones.
 * @param {string[]} header @param {Lists.List} list
 * @param {{ decided?: Lists.Words, added?: string[] }} [more] @returns {Lists.Table}
 */
export function readHeader(header, list, { decided = {}, added = [] } = {}) {
  const names = namesOf(list);
  const ours = new Set(added.map(plain));
  /** @type {Lists.Table} */
  const table = {
    columns: [],
    sets: [],
    added: [],
    ignored: [],
    unnamed: [],
    twice: [],
    missing: [],
  };
  const seen = new Map();
  keys(header).forEach((key, index) => {
    const name = plain(header[index]);
    const said = Object.hasOwn(decided, key) ? decided[key] : undefined;
    const found = said === undefined ? recognise(name, names) : said && columnAt(said, list);
    if (said === undefined && ours.has(name)) table.added.push(index);
    else if (found && seen.has(found.path)) {
      table.twice.push([found.label, seen.get(found.path), index]);
    } else if (found) {
      seen.set(found.path, index);
      if (found.path === REFERENCE) table.reference = index;
      else table.columns.push({ ...found, index, answers: answers(found) });
    } else if (name === "" && said === undefined) table.unnamed.push(index);
    else table.ignored.push(index);
  });
  // Numbers only put the rows of a group in order: 0 and 1, 1 and 2, 10 and 20 say the same.
  const paths = [...new Set(table.columns.map(({ path }) => outer(path)))];
  const { compare } = new Intl.Collator("fr", { numeric: true });
  table.sets = paths.sort(compare).map((path) => ({
    path,
    columns: table.columns.filter((column) => outer(column.path) === path),
  }));
  table.missing = missing(seen, paths, list);
  return table;
}

/** What each column is called by, once: its name, with its rank among those of the same name. @param {string[]} header */
export function keys(header) {
  const counts = new Map();
  return header.map((text, index) => {
    const name = plain(text) || `colonne ${letters(index)}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} #${count}`;
  });
}

/** @type {Lists.Column} */
const REFERENCE_COLUMN = {
  path: REFERENCE,
  label: REFERENCE,
  kind: "text",
  required: false,
  options: [],
};

/** @type {WeakMap<Lists.List, Map<string, Lists.Column>>} */
const NAMES = new WeakMap();

/** The columns of a list by plain name; rows of a group stand as 0. @param {Lists.List} list */
export function namesOf(list) {
  const made = NAMES.get(list);
  if (made) return made;
  const names = new Map([[REFERENCE, REFERENCE_COLUMN]]);
  NAMES.set(list, names);
  for (const column of list.columns) {
    for (const name of [column.label, column.path]) {
      names.set(plain(name.replace("#", "0")), column);
    }
  }
  return names;
}

/** The column of a path, numbered where it is of a group. @param {string} path @param {Lists.List} list */
export function columnAt(path, list) {
  if (path === REFERENCE) return REFERENCE_COLUMN;
  const column = list.columns.find((one) => one.path === path.replace(/\.\d+\./, ".#."));
  return column && numbered(column, path.split(".")[1]);
}

/**
 * Find the column of a plain name, its path and label numbered.
 * @param {string} name @param {Map<string, Lists.Column>} names @returns {Lists.Column | undefined}
 */
export function recognise(name, names) {
  const whole = names.get(name);
  if (whole) return numbered(whole, 0);
  for (const { 0: digits, index } of name.matchAll(/\b\d{1,4}\b/g)) {
    const column = names.get(`${name.slice(0, index)}0${name.slice(index + digits.length)}`);
    if (column?.path.includes("#")) return numbered(column, Number(digits));
  }
  return undefined;
}

/** @param {Lists.Column} column @param {number | string} number @returns {Lists.Column} */
export function numbered(column, number) {
  const [path, label] = [column.path, column.label].map((text) =>
    text.replace("#", String(number)),
  );
  return { ...column, path, label };
}

/**
 * The set of a column: nothing at the top, `contrat` in a record, `periodes.1` in a group.
 * @param {string} path
 */
function outer(path) {
  return path.slice(0, Math.max(path.lastIndexOf("."), 0));
}

/**
 * Name the required columns that are not there, in each set that is begun or must be.
 * @param {Map<string, number>} seen @param {string[]} begun @param {Lists.List} list
 */
function missing(seen, begun, list) {
  const sets = new Set(["", ...begun]);
  for (const [name, { many, required }] of Object.entries(list.families)) {
    const there = begun.some((set) => set === name || set.startsWith(`${name}.`));
    if (required && !there) sets.add(many ? `${name}.1` : name);
  }
  return [...sets].flatMap((set) =>
    list.columns
      .filter((column) => column.required && outer(column.path) === set.replace(/\d+$/, "#"))
      .map((column) => numbered(column, set.split(".")[1]))
      .filter((column) => !seen.has(column.path))
      .map((column) => column.label),
  );
}

/** Map every way of writing an answer to its code; what would mean two codes means none. */
export function answers(/** @type {Lists.Column} */ { options }) {
  const codes = new Map();
  for (const [code, names] of options) {
    for (const name of names) {
      const acronym = /\(([^)]*)\)/.exec(name)?.[1] ?? name;
      for (const way of [name, name.replace(/\([^)]*\)/, ""), acronym]) {
        const key = plain(way);
        codes.set(key, codes.has(key) && codes.get(key) !== code ? undefined : code);
      }
    }
  }
  for (const [code] of options) codes.set(plain(code), code);
  return codes;
}

/**
 * Read one row.
 *
 * Returns the `situation`, the `errors` of its cells by path of the contract, and `places`: for the
 * path of each row of a group (`periodes.0.`), the one that its columns have (`periodes.2`). A cell
 * that cannot be read stays as it is in the situation, so that the calculator refuses it. `remarks`
 * are the readings that must be told.
 * @param {string[]} cells @param {Lists.Table} table @param {Lists.List} list @param {Lists.Words} words
 * @param {number} [number] the number of the row, which names its cells
 * @returns {Lists.Row}
 */
export function readRow(cells, table, list, words, number = 0) {
  /** @type {Lists.Row} */
  const row = { situation: {}, errors: {}, places: {}, remarks: [] };
  const context = { words, date1904: table.date1904 };
  for (const [name, { many }] of Object.entries(list.families)) if (many) row.situation[name] = [];
  for (const { path: set, columns } of table.sets) {
    if (set !== "" && columns.every((column) => isEmpty(cells[column.index], column))) continue;
    const [family] = set.split(".");
    let [target, path] = [row.situation, ""];
    if (set !== "") {
      target = {};
      path = `${family}.`;
      const rows = row.situation[family];
      if (rows) {
        path += `${rows.length}.`;
        row.places[path] = set;
        rows.push(target);
      } else row.situation[family] = target;
    }
    for (const column of columns) {
      const field = column.path.slice(column.path.lastIndexOf(".") + 1);
      const { value, error, remark } = readCell(cells[column.index].trim(), column, context);
      if (value !== undefined) target[field] = value;
      if (remark) row.remarks.push(remark);
      if (error) {
        row.errors[path + field] = say(error, { cell: `${letters(column.index)}${number}` });
      }
    }
  }
  return row;
}

/**
 * Name the column of a path of the contract, as the file numbers it.
 * @param {string} path @param {Record<string, string>} places @param {Lists.List} list
 */
export function columnName(path, places, list) {
  const [family, position] = path.split(".");
  const number = places[`${family}.${position}.`]?.split(".")[1] ?? Number(position) + 1;
  const column = list.columns.find((one) => one.path === path.replace(/\.\d+\./, ".#."));
  return column ? numbered(column, number).label : (list.families[family]?.label ?? path);
}

/**
 * Return the address of the calculator's page, filled: answers stay in the fragment.
 * @param {string} calculator @param {Contract.Situation} situation
 */
export function address(calculator, situation) {
  const pairs = new URLSearchParams();
  const write = (/** @type {string} */ name, /** @type {any} */ value) => {
    if (Array.isArray(value) && typeof value[0] !== "object") {
      for (const code of value) pairs.append(name, code);
    } else if (typeof value === "object") {
      for (const [part, inner] of Object.entries(value)) write(`${name}.${part}`, inner);
    } else pairs.append(name, value);
  };
  for (const [name, value] of Object.entries(situation)) write(name, value);
  return `../${calculator}/#${pairs}`;
}

// Cells

/** @typedef {{ words: Lists.Words, date1904?: boolean }} Context */

/** @type {Record<string, (text: string, column: Lists.Known, context: Context) => Lists.Read>} */
const READERS = {
  date: readDate,
  boolean: readBoolean,
  integer: readNumber,
  number: readNumber,
  choice: readChoice,
  choices: readChoices,
  criteria: readChoices,
};
/** What a formula leaves when it fails, in the languages of spreadsheets; « ### » is a narrow column. */
const FAILED = /^(#[\p{L}\d/_]+[!?]?|#+|Err ?: ?\d{3})$/u;
/** A formula without its value: the spreadsheet that calculates it never saved the file. */
const UNCALCULATED = /^=/;
const YES = ["oui", "o", "vrai", "true", "x", "1"];
const NO = ["non", "n", "faux", "false", "0"];

/** A row of a group where nothing is said, or only « non », is no row. */
function isEmpty(/** @type {string} */ cell, /** @type {Lists.Column} */ { kind }) {
  return cell.trim() === "" || (kind === "boolean" && NO.includes(plain(cell)));
}

/** @param {string} text @param {Lists.Known} column @param {Context} context @returns {Lists.Read} */
function readCell(text, column, context) {
  const { words } = context;
  if (FAILED.test(text)) return refuse(text, words.failed_formula);
  if (UNCALCULATED.test(text)) return refuse(text, words.formula);
  if (text !== "") return READERS[column.kind](text, column, context);
  if (column.kind === "choices" || column.kind === "criteria") return { value: [] };
  if (!column.required) return {};
  return column.kind === "boolean" ? { value: false } : { error: words.empty_cell };
}

/** @param {string} text @param {string} sentence @returns {Lists.Read} */
function refuse(text, sentence) {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return { value: text, error: say(sentence, { shown }) };
}

/** @param {string} text @param {Lists.Known} _column @param {Context} context @returns {Lists.Read} */
function readDate(text, _column, { words, date1904 }) {
  const { value, error, remark } = readDay(text, { date1904 });
  return error ? refuse(text, words[error]) : { value, remark };
}

/** Groups of three between spaces or apostrophes: « 26 28 » is two numbers, not one. */
const GROUPED = /^[-+]?\d{1,3}(?:[\s\u202f'’]\d{3})+(?:[.,]\d+)?$/;

/** @param {string} text @param {Lists.Known} _column @param {Context} context */
function readNumber(text, _column, { words }) {
  const signed = text.replace(/^\u2212/, "-");
  const number = GROUPED.test(signed) ? signed.replace(/[\s\u202f'’]/g, "") : signed;
  // « 1.500 » is one and a half for some, fifteen hundred for others.
  if (/^\d{1,3}(\.\d{3})+$/.test(number) || /\..*,|,.*[.,]/.test(number)) {
    return refuse(text, words.thousands);
  }
  if (!/^[-+]?\d+([.,]\d+)?$/.test(number)) return refuse(text, words.number);
  return { value: Number(number.replace(",", ".")) };
}

/** @param {string} text @param {Lists.Known} column @param {Context} context */
function readBoolean(text, column, { words }) {
  if (YES.includes(plain(text))) return { value: true };
  const unsure = column.answers.get(plain(text)); // « je ne sais pas », the one code of a boolean
  if (unsure) return { value: unsure };
  return NO.includes(plain(text)) ? { value: false } : refuse(text, words.boolean);
}

/** @param {string} text @param {Lists.Known} column */
function readChoice(text, column) {
  // The calculator says what is possible, and what was perhaps meant.
  return { value: column.answers.get(plain(text)) ?? text };
}

/** A name may hold a comma and spaces: each separator is tried only when the whole is not known. */
const SEPARATORS = [/[;|\n]/, /,/, /[\s/]+/];

/** @param {string} text @param {Lists.Known} column */
function readChoices(text, column) {
  /** @type {(part: string, level: number) => string[]} */
  const cut = (part, level) => {
    const name = part.trim();
    if (name === "") return [];
    const code = column.answers.get(plain(name));
    if (code !== undefined) return [code];
    if (level === SEPARATORS.length) return [name];
    const inner = name.split(SEPARATORS[level]).flatMap((one) => cut(one, level + 1));
    // Words of a name that is not known are told as one name, not as so many codes.
    const unknown = level === 2 && inner.every((one) => !column.answers.has(plain(one)));
    return unknown ? [name] : inner;
  };
  return { value: plain(text) === "aucun" ? [] : [...new Set(cut(text, 0))] };
}
