// Reads a list and writes it back with its answers, apart from the page, which so never freezes.
// A classic worker: some of its libraries are published for `importScripts`, not as modules.

// The policy of the site (generator/publish/security_headers.py): no text is the address of a script, but these.
self.trustedTypes?.createPolicy("default", {
  createScriptURL: (text) =>
    /^\.\.\/\.\.\/vendor\/[a-z-]+\/[a-z.-]+\.js$/.test(text) ? text : null,
});
importScripts("../../vendor/papaparse/papaparse.min.js");
const readingModule = import("./reading.js");

/** The list read last: `header`, `rows` ({number, cells, reference, situation…}), `table`, and what was given. */
let list;

/** The lines of a table to write, as they come. */
let pending = [];

const TASKS = { read, slice, add, write, table };

self.onmessage = async ({ data: { id, task, given } }) => {
  try {
    postMessage({ id, done: await TASKS[task](given) });
  } catch (error) {
    if (!error.messages) console.error(error);
    postMessage({ id, refused: error.messages ?? [(given.words ?? list.words).reader] });
  }
};

/**
 * Read a file or a text; return how many rows it has, and the notes; or the questions to ask first.
 * @param {Lists.Given & { file?: File }} asked
 */
async function read({ file, ...given }) {
  const { BYTES, readList, Refused } = await readingModule;
  const { words } = given;
  if (file?.size > BYTES) throw new Refused(words.too_large);
  let bytes;
  try {
    bytes = file && new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Refused(words.gone);
  }
  const libraries = { Papa, ...(bytes && (await forWorkbooks())) };
  const { header, rows, table, ...reading } = readList({ ...given, bytes }, libraries);
  if (reading.questions) return reading;
  list = { header, rows, table, words };
  return { ...reading, rows: rows.length };
}

/** What opens and closes workbooks, loaded when there is one. */
async function forWorkbooks() {
  if (!("fflate" in self)) importScripts("../../vendor/fflate/index.js");
  const { Parser } = await import("../../vendor/saxen/index.js");
  return { fflate, Parser };
}

/** Return some rows as situations, with what makes them recognisable. */
function slice({ from, to }) {
  return list.rows.slice(from, to).map(({ number, reference, situation, errors, places }) => ({
    number,
    reference,
    situation,
    errors,
    places,
  }));
}

/** Keep the cells that answer some rows. */
function add({ from, lines }) {
  lines.forEach((cells, offset) => (list.rows[from + offset].added = cells));
}

/** Return the list as a file: its columns, then the answers, under the names of `heads`. */
async function write({ heads, format, name }) {
  const { toCsv, typed } = await import("./results.js");
  const { header, rows, table } = list;
  const kept = header.map((_, index) => index).filter((index) => !table.added.includes(index));
  const names = [...kept.map((index) => header[index]), ...heads];
  const empty = heads.map(() => ({ text: "" }));
  if (format === "csv") {
    const lines = rows.map(({ cells, added = empty }) => [
      ...kept.map((index) => cells[index]),
      ...added.map(text),
    ]);
    return new Blob([toCsv(names, lines, Papa)], { type: "text/csv;charset=utf-8" });
  }
  const days = new Map(
    table.columns.filter(({ kind }) => kind === "date").map(({ index }) => [index, true]),
  );
  const { readDay } = await import("./days.js");
  const own = (cells) =>
    kept.map((index) => {
      const day = days.has(index) ? readDay(cells[index].trim(), table).value : undefined;
      return day ? { day } : typed(cells[index]);
    });
  const lines = rows.map(({ cells, added = empty }) => [...own(cells), ...added]);
  return workbook(name, names, lines);
}

/**
 * Return a table of its own as a file. Its lines come some at a time; `last` comes with the last ones.
 * @param {{ heads: string[], lines: import("./results.js").Cell[][], last: boolean, format: string, name: string }} given
 */
async function table({ heads, lines, last, format, name }) {
  pending.push(...lines);
  if (!last) return undefined;
  const all = pending;
  pending = [];
  if (format === "xlsx") return workbook(name, heads, all);
  const { toCsv } = await import("./results.js");
  const texts = all.map((cells) => cells.map(text));
  return new Blob([toCsv(heads, texts, Papa)], { type: "text/csv;charset=utf-8" });
}

async function workbook(name, heads, lines) {
  const { toXlsx } = await import("./results.js");
  await forWorkbooks();
  const bytes = toXlsx(name, heads, lines, fflate);
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return new Blob([/** @type {any} */ (bytes)], { type });
}

/** Write a cell of the answers as CSV holds it: days as ISO, decimals with a comma. */
function text({ text: words, number, day }) {
  return day ?? words ?? String(number).replace(".", ",");
}
