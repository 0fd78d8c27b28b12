// From a file, or a text, to a list: its rows, its columns, what must be told, or asked.
// Runs in the worker of the page, and in the tests: the libraries are given.

import { answers, columnAt, keys, REFERENCE, readHeader, readRow } from "./cells.js";
import { readDay } from "./days.js";
import { findHeader, known } from "./header.js";
import { propose, referenceOf } from "./near_names.js";
import { decode, readText } from "./text_files.js";
import { letters, plain, say } from "./words.js";
import { MOST, readWorkbook, Unreadable } from "./workbooks.js";

/** The most bytes that a file may have. */
export const BYTES = 20_000_000;
/** Values of a column shown when it is asked what it is. */
const EXAMPLES = 3;

/** The file cannot be used: `messages` say why, and what to do. */
export class Refused extends Error {
  /** @param {string[]} messages */
  constructor(...messages) {
    super(messages.join(" "));
    this.messages = messages;
  }
}

/** What a file begins with, and the sentence that says that it is no table. */
const OTHERS = /** @type {const} */ ([
  ["pdf", /^%PDF/],
  ["html", /^\s*(<!doctype html|<html|<table|<meta)/i],
  ["xml", /^\s*<(\?xml|[a-z]+[\s>:])/i],
  ["document", /^{\\rtf/],
  ["archive", /^(7z\xbc\xaf|Rar!|.\x8b\p{Cc})/su],
  ["image", /^(\x89PNG|\xff\xd8\xff|GIF8)/],
  ["json", /^\s*[[{]\s*["{[]/],
]);
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b];

/**
 * Read a list.
 * @param {Lists.Given} given @param {Lists.Libraries} libraries @returns {Lists.Reading}
 * @throws {Refused} with the sentences of `given.words`
 */
export function readList(given, libraries) {
  const { bytes, text, specification, words } = given;
  const book = bytes ? readBytes(bytes, given, libraries) : readCsv(text ?? "", given, libraries);
  const sheet = chooseSheet(book.sheets, given);
  const header = sheet && findHeader(sheet, specification, given);
  if (!sheet) throw new Refused(words.empty);
  // To take the first person for the header would lose her in silence.
  if (!header) throw new Refused(words.no_header);
  const rows = sheet.rows
    .slice(header.first + header.depth)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const width = Math.max(header.names.length, ...rows.map(({ cells }) => cells.length));
  tooMany(rows.length, MOST.rows, words.too_many_rows);
  tooMany(width, MOST.columns, words.too_many_columns);
  const names = Array.from({ length: width }, (_, index) => header.names[index]?.trim() ?? "");
  if (rows.length === 0) throw new Refused(words.no_row);
  const lines = rows.map(({ number, cells }) => ({
    number,
    cells: Array.from({ length: width }, (_, index) => cells[index] ?? ""),
  }));
  const notes = sheetNotes(book, sheet, header, words);
  return understand({ names, lines, notes, sheet, book }, given);
}

/** @param {number} count @param {number} most @param {string} sentence */
function tooMany(count, most, sentence) {
  const [shown, limit] = [count, most].map((number) => number.toLocaleString("fr-FR"));
  if (count > most) throw new Refused(say(sentence, { count: shown, most: limit }));
}

/** @typedef {{ names: string[], lines: Lists.Line[], notes: string[], sheet: Lists.Sheet, book: Lists.Book }} Found */

/** @param {Found} found @param {Lists.Given} given @returns {Lists.Reading} */
function understand({ names, lines, notes, sheet, book }, given) {
  const { specification, words, defaults = [], added = [] } = given;
  let decided = given.decided ?? {};
  let table = readHeader(names, specification, { decided, added });
  const reference = referenceOf(names, table);
  if (reference && !(reference.key in decided)) {
    decided = { ...decided, [reference.key]: reference.path };
    table = readHeader(names, specification, { decided, added });
  }
  const width = names.length;
  for (const { path, label } of defaults) {
    if (table.columns.some((column) => column.path === path)) continue;
    names.push(label);
    for (const { cells } of lines) cells.push("");
    decided = { ...decided, [keys(names)[names.length - 1]]: path };
    table = readHeader(names, specification, { decided, added });
  }
  table.date1904 = book.date1904;
  const sheets = book.sheets.map(({ name, hidden, rows }) => ({ name, hidden, rows: rows.length }));
  const chosen = book.sheets.indexOf(sheet);
  const questions = ask({ names, lines, table, decided, width }, given);
  if (questions) return { questions, sheets, sheet: chosen, notes };

  const ignored = table.ignored.filter((index) => holds(lines, index) || names[index] !== "");
  if (ignored.length > 0) {
    const said = ignored.map((index) => `«\u00a0${title(names, index)}\u00a0»`).join(", ");
    notes.push(say(words.ignored, { names: said }));
  }
  if (reference && table.reference !== undefined) {
    notes.push(say(words.reference_column, { name: names[table.reference] }));
  }
  if (table.added.length > 0) notes.push(words.replaced);
  for (const one of defaults) {
    const filled = fill(lines, table, one);
    if (filled > 0) notes.push(say(words.same, { ...one, count: filled.toLocaleString("fr-FR") }));
  }
  const rows = lines.map(({ number, cells }) => ({
    number,
    cells,
    reference: cells[table.reference ?? -1]?.trim() ?? "",
    ...readRow(cells, table, specification, words, number),
  }));
  for (const remark of /** @type {const} */ (["instant", "serial"])) {
    const count = rows.reduce(
      (sum, { remarks }) => sum + remarks.filter((one) => one === remark).length,
      0,
    );
    if (count > 0) notes.push(say(words[remark], { count: count.toLocaleString("fr-FR") }));
  }
  return { header: names, table, rows, notes, sheets, sheet: chosen };
}

/** Write the answer of the page where a row has none, and count these rows. @param {Lists.Line[]} lines @param {Lists.Table} table @param {Lists.Default} one */
function fill(lines, table, { path, value }) {
  const index = table.columns.find((column) => column.path === path)?.index ?? -1;
  const empty = lines.filter(({ cells }) => cells[index]?.trim() === "");
  for (const { cells } of empty) cells[index] = value;
  return empty.length;
}

/** @param {Lists.Line[]} lines @param {number} index */
function holds(lines, index) {
  return lines.some(({ cells }) => cells[index].trim() !== "");
}

/** @param {string[]} names @param {number} index */
function title(names, index) {
  return names[index] || letters(index);
}

// What only the reader knows

/**
 * Ask what each column is, where the answers may depend on it: a column is missing, two give the
 * same, one has values and no name, a name is close to a known one, or values that could be read.
 * Those beyond `width` are the page's own.
 * @param {{ names: string[], lines: Lists.Line[], table: Lists.Table, decided: Lists.Words, width: number }} read
 * @param {Lists.Given} given @returns {Lists.Questions | undefined}
 */
function ask({ names, lines, table, decided, width }, { specification, words, review }) {
  const fits = (/** @type {number} */ index, /** @type {Lists.Column} */ column) =>
    !holds(lines, index) || mayAnswer(lines, index, column);
  const { proposed, near } = propose(names, table, specification, fits);
  const all = keys(names);
  const free = specification.columns.filter(
    (column) =>
      column.path.includes("#") || !table.columns.some(({ path }) => path === column.path),
  );
  const open = new Set(
    [...table.ignored, ...table.unnamed].filter((index) => {
      if (all[index] in decided || !holds(lines, index)) return false;
      return names[index] === "" || near.has(all[index]) || couldAnswer(lines, index, free);
    }),
  );
  for (const [, first, second] of table.twice) open.add(first).add(second);
  const messages = [
    ...table.twice.map(([label, first, second]) =>
      say(words.twice, { label, first: title(names, first), second: title(names, second) }),
    ),
    ...table.missing.map((label) => say(words.missing, { label })),
    ...table.unnamed
      .filter((index) => open.has(index))
      .map((index) => say(words.unnamed, { column: letters(index) })),
  ];
  if (open.size === 0 && messages.length === 0 && !review) return undefined;
  if (messages.length === 0 && !review) messages.push(words.unsure_columns);
  const read = new Map(table.columns.map(({ index, path }) => [index, path]));
  if (table.reference !== undefined) read.set(table.reference, REFERENCE);
  const columns = names.map((name, index) => ({
    key: all[index],
    letter: letters(index),
    name,
    examples: examples(lines, index),
    path: read.get(index) ?? decided[all[index]] ?? proposed[all[index]] ?? "",
    open: open.has(index) && !read.has(index),
  }));
  const shown = columns
    .slice(0, width)
    .filter(({ name, examples }) => name !== "" || examples.length > 0);
  const paths = choices(names, table, specification);
  return { messages, columns: shown, choices: paths, missing: table.missing };
}

/** @param {Lists.Line[]} lines @param {number} index */
function examples(lines, index) {
  const values = new Set();
  for (const { cells } of lines) {
    const value = cells[index].trim();
    if (value !== "") values.add(value.length > 30 ? `${value.slice(0, 30)}…` : value);
    if (values.size === EXAMPLES) break;
  }
  return [...values];
}

/** Each column that may be chosen, as a path and its label; of a group, as many rows as there may be. @param {string[]} names @param {Lists.Table} table @param {Lists.List} list */
function choices(names, table, list) {
  const rows = Math.max(
    2,
    ...names.flatMap((name) => (plain(name).match(/\b\d{1,2}\b/g) ?? []).map(Number)),
    ...table.sets.map(({ path }) => Number(path.split(".")[1] ?? 0)),
  );
  /** @type {[path: string, label: string][]} */
  const found = [];
  const families = new Set();
  for (const column of list.columns) {
    const [family] = column.path.split(".#.");
    if (family === column.path) found.push([column.path, column.label]);
    else if (!families.has(family)) {
      families.add(family);
      const inner = list.columns.filter(({ path }) => path.startsWith(`${family}.#.`));
      for (let row = 1; row <= Math.min(rows + 1, 20); row += 1) {
        for (const { path } of inner) {
          const one = columnAt(path.replace("#", String(row)), list);
          if (one) found.push([one.path, one.label]);
        }
      }
    }
  }
  return found;
}

/** Tell whether all that a column holds would be an answer to a question that nothing answers. @param {Lists.Line[]} lines @param {number} index @param {Lists.Column[]} free */
function couldAnswer(lines, index, free) {
  const some = values(lines, index);
  if (free.some(({ kind }) => kind === "date") && some.some((value) => isDay(value))) return true;
  return free
    .filter(({ kind }) => kind === "choice")
    .some((column) => {
      const codes = answers(/** @type {Lists.Known} */ (column));
      return some.every((value) => codes.get(plain(value)) !== undefined);
    });
}

/** Tell whether some of what a column holds would be an answer to a question. @param {Lists.Line[]} lines @param {number} index @param {Lists.Column} column */
function mayAnswer(lines, index, column) {
  const some = values(lines, index);
  if (column.kind === "date") return some.some((value) => readDay(value).value !== undefined);
  if (column.kind !== "choice") return true;
  const codes = answers(/** @type {Lists.Known} */ (column));
  return some.some((value) => codes.get(plain(value)) !== undefined);
}

/** Some of the different values of a column. @param {Lists.Line[]} lines @param {number} index */
function values(lines, index) {
  const found = new Set(lines.map(({ cells }) => cells[index].trim()));
  found.delete("");
  return [...found].slice(0, 200);
}

/** A day as such: a number of five digits may be a postcode. @param {string} value */
function isDay(value) {
  return !/^\d+$/.test(value) && readDay(value).value !== undefined;
}

// Files

/** @param {Uint8Array} bytes @param {Lists.Given} given @param {Lists.Libraries} libraries @returns {Lists.Book} */
function readBytes(bytes, given, libraries) {
  const { words } = given;
  const starts = (/** @type {number[]} */ mark) =>
    mark.every((byte, index) => bytes[index] === byte);
  if (bytes.length > BYTES) throw new Refused(words.too_large);
  if (bytes.length === 0) throw new Refused(words.empty);
  if (starts(OLE)) throw new Refused(words[oldFile(bytes)]);
  if (starts(ZIP)) {
    try {
      return readWorkbook(bytes, libraries);
    } catch (error) {
      if (error instanceof Unreadable) throw new Refused(words[error.reason]);
      throw error;
    }
  }
  const begins = String.fromCharCode(...bytes.slice(0, 200)).replace(/^\xef\xbb\xbf/, "");
  const other = OTHERS.find(([, pattern]) => pattern.test(begins));
  if (other) throw new Refused(words[other[0]]);
  const count = counter(given);
  const { text, encoding } = decode(bytes, (tried) => best(tried, count, libraries));
  const book = readCsv(text, given, libraries);
  return { ...book, encoding };
}

/** An old file of Microsoft's: its parts have names, in UTF-16. @param {Uint8Array} bytes */
function oldFile(bytes) {
  const names = new TextDecoder("utf-16le").decode(bytes.slice(0, bytes.length & ~1));
  if (names.includes("EncryptedPackage")) return "protected";
  return names.includes("WordDocument") ? "document" : "xls";
}

/** @param {Lists.Given} given */
function counter({ specification, added, decided = {} }) {
  return (/** @type {string[]} */ header) =>
    known(header, specification, added) + header.filter((name) => decided[plain(name)]).length;
}

/** The most columns that a line of a text names. @param {string} text @param {(header: string[]) => number} count @param {Lists.Libraries} libraries */
function best(text, count, { Papa }) {
  const { rows } = readText(text.slice(0, 20_000), count, Papa);
  return Math.max(0, ...rows.slice(0, 40).map(({ cells }) => count(cells)));
}

/** @param {string} text @param {Lists.Given} given @param {Lists.Libraries} libraries @returns {Lists.Book} */
function readCsv(text, given, { Papa }) {
  const { words } = given;
  if (text.includes("\0")) throw new Refused(words.unreadable);
  if (text.trim() === "") throw new Refused(words.empty);
  const { rows, openQuote } = readText(text, counter(given), Papa);
  if (openQuote) throw new Refused(say(words.open_quote, { line: String(openQuote) }));
  const kept = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (kept.length === 0) throw new Refused(words.empty);
  return { sheets: [{ name: "", hidden: false, rows: kept, merges: [], hiddenRows: 0 }] };
}

/**
 * The sheet that holds the list: the one asked for, or the one that names the most columns; one
 * that is shown before one that is not.
 * @param {Lists.Sheet[]} sheets @param {Lists.Given} given
 */
function chooseSheet(sheets, given) {
  if (given.sheet !== undefined && sheets[given.sheet]) return sheets[given.sheet];
  const scored = sheets.map((sheet) => {
    const header = findHeader(sheet, given.specification, given);
    const rows = sheet.rows.length - (header ? header.first + header.depth : 0);
    const score = header ? header.known * 1_000 + header.near : -1;
    return { sheet, score: rows > 0 ? score : -1 };
  });
  const order = (/** @type {boolean} */ hidden) =>
    scored.filter((one) => one.sheet.hidden === hidden);
  for (const group of [order(false), order(true)]) {
    const most = Math.max(0, ...group.map(({ score }) => score));
    const found = group.find(({ score }) => score === most);
    if (found && most > 0) return found.sheet;
  }
  return (
    (order(false).find(({ score }) => score >= 0) ?? scored.find(({ score }) => score >= 0))
      ?.sheet ?? sheets.find(({ rows }) => rows.length > 0)
  );
}

/** @param {Lists.Book} book @param {Lists.Sheet} sheet @param {import("./header.js").Header} header @param {Lists.Words} words */
function sheetNotes({ sheets, encoding }, sheet, header, words) {
  const notes = [];
  if (sheets.length > 1) {
    const others = sheets.filter((one) => one !== sheet).map(({ name }) => `«\u00a0${name}\u00a0»`);
    const sentence = sheet.hidden ? words.hidden_sheet : words.sheets;
    notes.push(
      say(sentence, { count: sheets.length, name: sheet.name, others: others.join(", ") }),
    );
  }
  const above = header.first;
  if (above > 0) notes.push(say(words.above, { line: sheet.rows[header.first].number }));
  if (sheet.hiddenRows > 0) notes.push(say(words.hidden_rows, { count: sheet.hiddenRows }));
  if (encoding === "macintosh" || encoding === "cp850") notes.push(words[encoding]);
  return notes;
}
