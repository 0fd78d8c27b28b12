// Reads a list and writes it back with its answers, apart from the page, which so never freezes.
// A classic worker: its libraries are published for `importScripts`, not as modules.

// The policy of the site (generator/publish/security_headers.py): no text is the address of a script, but these.
self.trustedTypes?.createPolicy("default", {
  createScriptURL: (text) =>
    /^\.\.\/\.\.\/vendor\/[a-z-]+\/[a-z.-]+\.js$/.test(text) ? text : null,
});
importScripts("../../vendor/papaparse/papaparse.min.js");
const cellsModule = import("./cells.js");

const MOST = { bytes: 20_000_000, rows: 20_000, columns: 1_000, unpacked: 300_000_000 };
const SEPARATORS = [";", "\t", ",", "|"];

/** What a spreadsheet would run: not a dash alone, nor a negative number. */
const FORMULA = /^(?!-$|-?\d+([.,]\d+)?$)\s*[=+\-@＝＋－＠\t\r]/;
/** The apostrophe that writing puts before a formula; reading takes it back. */
const DEFUSED = /^'(?=\s*[=+\-@＝＋－＠\t\r])/;

/** The list read last: `header`, `rows` ({number, cells, added}), `table`, and what was given. */
let list;

/** The file cannot be used: `messages` say why, and what to do. */
class Refused extends Error {
  constructor(...messages) {
    super(messages.join(" "));
    this.messages = messages;
  }
}

const TASKS = { read, slice, add, write };

self.onmessage = async ({ data: { id, task, given } }) => {
  try {
    postMessage({ id, done: await TASKS[task](given) });
  } catch (error) {
    if (!(error instanceof Refused)) console.error(error);
    postMessage({ id, refused: error.messages ?? [(given.words ?? list.words).reader] });
  }
};

/** Read a file or a text; return how many rows it has, and the notes to show. */
async function read({ file, text, specification, day, words }) {
  const { readHeader, say } = await cellsModule;
  const { lines, sheets } = await contents(file, text, specification, words);
  const [{ cells: header } = {}, ...rows] = lines
    .map((cells, index) => ({ number: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (!header) throw new Refused(words.empty);
  for (const [count, most, sentence] of [
    [rows.length, MOST.rows, words.too_many_rows],
    [header.length, MOST.columns, words.too_many_columns],
  ]) {
    const [shown, limit] = [count, most].map((number) => number.toLocaleString("fr-FR"));
    if (count > most) throw new Refused(say(sentence, { count: shown, most: limit }));
  }
  let table = readHeader(header, specification);
  if (table.columns.length === 0) throw new Refused(words.no_column);
  if (day && !table.columns.some(({ path }) => path === day.path)) {
    header.push(day.label);
    table = readHeader(header, specification);
  }
  const problems = [
    ...table.twice.map(([label, first, second]) =>
      say(words.twice, { label, first: header[first], second: header[second] }),
    ),
    ...table.missing.map((label) => say(words.missing, { label })),
  ];
  if (problems.length > 0) throw new Refused(...problems);
  if (rows.length === 0) throw new Refused(words.no_row);
  for (const { cells } of rows) while (cells.length < header.length) cells.push("");

  const notes = [];
  if (sheets?.count > 1) notes.push(say(words.sheets, sheets));
  if (table.ignored.length > 0) {
    const names = table.ignored.map((index) => `«\u00a0${header[index].trim()}\u00a0»`).join(", ");
    notes.push(say(words.ignored, { names }));
  }
  if (table.added.length > 0) notes.push(words.replaced);
  const filled = day ? fill(rows, table, day) : 0;
  if (filled > 0) notes.push(say(words.day, { ...day, count: filled.toLocaleString("fr-FR") }));
  list = { header, rows, table, specification, words };
  return { rows: rows.length, notes };
}

/** Write the day of the page where a row has none, and count these rows. */
function fill(rows, table, { path, value }) {
  const { index } = table.columns.find((column) => column.path === path);
  const empty = rows.filter(({ cells }) => cells[index].trim() === "");
  for (const { cells } of empty) cells[index] = value;
  return empty.length;
}

/** Return some rows as situations, with what makes them recognisable. */
async function slice({ from, to }) {
  const { readRow } = await cellsModule;
  const { rows, table, specification, words } = list;
  return rows.slice(from, to).map(({ number, cells }) => ({
    number,
    reference: cells[table.reference]?.trim() ?? "",
    ...readRow(cells, table, specification, words),
  }));
}

/** Keep the cells that answer some rows. */
function add({ from, lines }) {
  lines.forEach((cells, offset) => (list.rows[from + offset].added = cells));
}

/** Return the list as a CSV file: its columns, then the answers, under the names of `heads`. */
function write({ heads }) {
  const { header, rows, table } = list;
  const kept = header.map((_, index) => index).filter((index) => !table.added.includes(index));
  const text = Papa.unparse(
    {
      fields: [...kept.map((index) => header[index]), ...heads],
      data: rows.map(({ cells, added = heads.map(() => "") }) => [
        ...kept.map((index) => cells[index]),
        ...added,
      ]),
    },
    { delimiter: ";", newline: "\r\n", escapeFormulae: FORMULA },
  );
  // The mark at the start tells a spreadsheet that the letters are UTF-8.
  return new Blob(["\uFEFF", text, "\r\n"], { type: "text/csv;charset=utf-8" });
}

// Files

const ZIP = [0x50, 0x4b];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const UTF_8 = [0xef, 0xbb, 0xbf];
const UTF_16_LITTLE = [0xff, 0xfe];
const UTF_16_BIG = [0xfe, 0xff];

/** Return the lines of a file or of a text, cells as texts; of a workbook, what its sheets are. */
async function contents(file, text, specification, words) {
  if (!file) return { lines: await csv(text, specification, words) };
  if (file.size > MOST.bytes) throw new Refused(words.too_large);
  let bytes;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Refused(words.gone);
  }
  const starts = (mark) => mark.every((byte, index) => bytes[index] === byte);
  if (bytes.length === 0) throw new Refused(words.empty);
  if (starts(OLE)) {
    const names = new TextDecoder("utf-16le").decode(bytes);
    throw new Refused(names.includes("EncryptedPackage") ? words.protected : words.xls);
  }
  if (starts(ZIP)) return workbook(bytes, words);
  return { lines: await csv(decode(bytes, starts), specification, words) };
}

function decode(bytes, starts) {
  if (starts(UTF_16_LITTLE)) return new TextDecoder("utf-16le").decode(bytes);
  if (starts(UTF_16_BIG)) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: !starts(UTF_8) }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

async function csv(text, specification, words) {
  const { known, say } = await cellsModule;
  if (text.includes("\0")) throw new Refused(words.unreadable);
  // Some spreadsheets name the separator on a first line of its own; it stays a line, left empty.
  const body = text.replace(/^sep=.(?=\r?\n)/i, "");
  if (body.trim() === "") throw new Refused(words.empty);
  const header = (delimiter) =>
    Papa.parse(body.trimStart(), { delimiter, preview: 1 }).data[0].map(clean);
  const counts = SEPARATORS.map((separator) => known(header(separator), specification));
  const delimiter = SEPARATORS[counts.indexOf(Math.max(...counts))];
  const { data, errors } = Papa.parse(body, { delimiter });
  const open = errors.find(({ code }) => code === "MissingQuotes");
  if (open) throw new Refused(say(words.open_quote, { line: String(open.row + 1) }));
  return data.map((cells) => cells.map(clean));
}

function clean(cell) {
  return cell.replace(DEFUSED, "");
}

/** Read the first sheet of an XLSX file. */
async function workbook(bytes, words) {
  if (!self.readXlsxFile) {
    importScripts(
      "../../vendor/fflate/index.js",
      "../../vendor/read-excel-file/read-excel-file.min.js",
    );
  }
  try {
    const names = [];
    let unpacked = 0;
    const files = fflate.unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        names.push(name);
        const wanted = name === "mimetype" || name.endsWith(".xml") || name.endsWith(".rels");
        if (wanted) unpacked += originalSize;
        if (unpacked > MOST.unpacked) throw new Refused(words.too_large);
        return wanted;
      },
    });
    const type = files.mimetype ? new TextDecoder().decode(files.mimetype) : "";
    if (type.includes("opendocument.spreadsheet")) throw new Refused(words.ods);
    if (names.includes("xl/workbook.bin")) throw new Refused(words.xlsb);
    if (!names.includes("xl/workbook.xml")) throw new Refused(words.unreadable);
    // Stored again without compression: the library then reads it here. Otherwise it starts a
    // worker from an address made on the fly, which a strict policy of the site refuses.
    const stored = fflate.zipSync(files, { level: 0 });
    const [{ sheet, data }] = await readXlsxFile(stored.buffer, { sheets: [1], trim: false });
    const count = names.filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).length;
    return { lines: data.map((cells) => cells.map(written)), sheets: { count, name: sheet } };
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(words.broken);
  }
}

/** Write the value of a cell as a French reader types it; a day as ISO, which every tool reads. */
function written(value) {
  if (value instanceof Date) {
    const [day, hour] = new Date(value.getTime() + 500).toISOString().split("T");
    return hour.startsWith("00:00:00") ? day : `${day} ${hour.slice(0, 5)}`;
  }
  if (typeof value === "number") return String(value).replace(".", ",");
  if (typeof value === "boolean") return value ? "oui" : "non";
  return value ?? "";
}
