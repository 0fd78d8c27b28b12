// From the bytes of a workbook, XLSX or ODS, to the texts of its cells.
// A cell that holds no answer keeps what says so: « #N/A », or the formula that nobody calculated.

import { fromSerial } from "./days.js";

/** @typedef {{ fflate: any, Parser: any }} Libraries */
/** @typedef {(name: string, attributes: Record<string, string>) => void} Open */

export const MOST = { unpacked: 300_000_000, rows: 20_000, columns: 1_000 };
/** The last column of a spreadsheet, XFD. */
const LAST_COLUMN = 16_384;

/** The file cannot be read: `reason` names the sentence that says why. */
export class Unreadable extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Read the sheets of a workbook.
 * @param {Uint8Array} bytes @param {Libraries} libraries @returns {Lists.Book}
 * @throws {Unreadable} for what is no workbook, or is not readable
 */
export function readWorkbook(bytes, libraries) {
  const { names, files } = unpack(bytes, libraries.fflate);
  const text = (/** @type {string} */ name) =>
    files[name] ? new TextDecoder().decode(files[name]) : undefined;
  const type = text("mimetype") ?? "";
  const reason = notWorkbook(names, type);
  if (reason) throw new Unreadable(reason);
  const parse = (
    /** @type {string | undefined} */ xml,
    /** @type {Partial<Handlers>} */ handlers,
  ) => readXml(xml, handlers, libraries.Parser);
  try {
    if (type.includes("opendocument.spreadsheet")) {
      if (text("META-INF/manifest.xml")?.includes("encryption-data")) {
        throw new Unreadable("protected");
      }
      return readOds(text("content.xml"), isCalculated(text("meta.xml")), parse);
    }
    return readXlsx(text, parse);
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable("broken");
  }
}

/** @param {string[]} names @param {string} type @returns {string | undefined} */
function notWorkbook(names, type) {
  if (type.includes("opendocument.spreadsheet")) return undefined;
  if (type.includes("opendocument.text")) return "document";
  if (names.some((name) => /^xl\/workbook\d*\.xml$/.test(name))) return undefined;
  if (names.some((name) => /^xl\/workbook\d*\.bin$/.test(name))) return "xlsb";
  if (names.some((name) => name.startsWith("word/"))) return "document";
  if (names.some((name) => name.endsWith(".iwa"))) return "numbers";
  if (names.some((name) => /\.(csv|xlsx|xls|ods|txt)$/i.test(name))) return "archive";
  return "unreadable";
}

/** @param {Uint8Array} bytes @param {any} fflate */
function unpack(bytes, fflate) {
  /** @type {string[]} */
  const names = [];
  let unpacked = 0;
  try {
    const files = fflate.unzipSync(bytes, {
      filter: (/** @type {{ name: string, originalSize: number }} */ { name, originalSize }) => {
        names.push(name);
        const wanted = name === "mimetype" || name.endsWith(".xml") || name.endsWith(".rels");
        if (wanted) unpacked += originalSize;
        if (unpacked > MOST.unpacked) throw new Unreadable("bomb");
        return wanted;
      },
    });
    return { names, files };
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    // The first bit of an entry's flags says that a password locks it.
    throw new Unreadable(bytes[6] & 1 ? "protected" : "broken");
  }
}

// XML

/** @typedef {{ open: Open, close: (name: string) => void, text: (text: string) => void }} Handlers */
/** @typedef {(xml: string | undefined, handlers: Partial<Handlers>) => void} Parse */

/** @param {string | undefined} xml @param {Partial<Handlers>} handlers @param {any} Parser */
function readXml(xml, { open, close, text }, Parser) {
  if (xml === undefined) return;
  const parser = new Parser();
  if (open) {
    parser.on(
      "openTag",
      (
        /** @type {string} */ name,
        /** @type {() => Record<string, string>} */ attributes,
        /** @type {(text: string) => string} */ decode,
      ) => {
        open(name, decoded(attributes(), decode));
      },
    );
  }
  if (close) parser.on("closeTag", (/** @type {string} */ name) => close(name));
  if (text) {
    parser.on(
      "text",
      (/** @type {string} */ value, /** @type {(text: string) => string} */ decode) =>
        text(decode(value)),
    );
    parser.on("cdata", text);
  }
  parser.on("error", (/** @type {Error} */ error) => {
    throw error;
  });
  parser.parse(xml);
}

/** @param {Record<string, string>} attributes @param {(text: string) => string} decode */
function decoded(attributes, decode) {
  for (const name in attributes) {
    if (attributes[name].includes("&")) attributes[name] = decode(attributes[name]);
  }
  return attributes;
}

/** The name without its prefix, which each program chooses. @param {string} name */
function local(name) {
  return name.slice(name.indexOf(":") + 1);
}

// XLSX

/** @param {(name: string) => string | undefined} text @param {Parse} parse @returns {Lists.Book} */
function readXlsx(text, parse) {
  const root = targets(text("_rels/.rels"), "", parse);
  const path = [...root.values()].find(({ type }) => type.endsWith("/officeDocument"))?.path;
  const workbook = path && text(path) ? path : "xl/workbook.xml";
  const folder = workbook.slice(0, workbook.lastIndexOf("/") + 1);
  const name = workbook.slice(folder.length);
  const related = targets(text(`${folder}_rels/${name}.rels`), folder, parse);
  const other = (/** @type {string} */ kind) =>
    text([...related.values()].find(({ type }) => type.endsWith(`/${kind}`))?.path ?? "");
  const strings = sharedStrings(other("sharedStrings"), parse);
  const formats = cellFormats(other("styles"), parse);
  /** @type {Lists.Sheet[]} */
  const sheets = [];
  let date1904 = false;
  // What a program wrote without calculating: each formula has a zero for its value.
  let uncalculated = false;
  /** @type {{ name: string, hidden: boolean, path: string }[]} */
  const found = [];
  parse(text(workbook), {
    open(tag, attributes) {
      if (local(tag) === "workbookPr") date1904 = isTrue(attributes.date1904);
      if (local(tag) === "calcPr") uncalculated = isTrue(attributes.fullCalcOnLoad);
      if (local(tag) !== "sheet") return;
      const id = Object.keys(attributes).find((key) => /^\w+:id$/.test(key)) ?? "";
      const { path, type } = related.get(attributes[id]) ?? { path: "", type: "" };
      if (!type.endsWith("/worksheet")) return; // a chart
      const hidden = (attributes.state ?? "visible") !== "visible";
      found.push({ name: attributes.name, hidden, path });
    },
  });
  for (const { name, hidden, path } of found) {
    const xml = text(path);
    if (xml === undefined) throw new Unreadable("broken");
    const context = { strings, formats, date1904, uncalculated };
    sheets.push({ name, hidden, ...readSheet(xml, context, parse) });
  }
  if (sheets.length === 0) throw new Unreadable(found.length === 0 ? "no_sheet" : "broken");
  return { sheets, date1904 };
}

/** @param {string | undefined} value */
function isTrue(value) {
  return value === "1" || value === "true";
}

/**
 * The files that a part names, by identifier.
 * @param {string | undefined} xml @param {string} folder @param {Parse} parse
 */
function targets(xml, folder, parse) {
  /** @type {Map<string, { path: string, type: string }>} */
  const found = new Map();
  parse(xml, {
    open(tag, { Id, Target, Type, TargetMode }) {
      if (local(tag) !== "Relationship" || TargetMode === "External") return;
      const path = new URL(Target.replace(/\\/g, "/"), `file:///${folder}`).pathname.slice(1);
      found.set(Id, { path: decodeURIComponent(path), type: Type });
    },
  });
  return found;
}

/** @param {string | undefined} xml @param {Parse} parse */
function sharedStrings(xml, parse) {
  /** @type {string[]} */
  const strings = [];
  parse(
    xml,
    texts((text) => strings.push(text), "si"),
  );
  return strings;
}

/**
 * Gather the texts inside each `whole`: pieces of one cell may have a style of their own.
 * @param {(text: string) => void} done @param {string} whole @returns {Handlers}
 */
function texts(done, whole) {
  let [text, inside, spoken] = ["", false, false];
  return {
    open(tag) {
      const name = local(tag);
      if (name === whole) text = "";
      if (name === "t") inside = !spoken;
      if (name === "rPh") spoken = true; // how to say it, in Japanese
    },
    close(tag) {
      const name = local(tag);
      if (name === "t") inside = false;
      if (name === "rPh") spoken = false;
      if (name === whole) done(unescaped(text));
    },
    text(piece) {
      if (inside) text += piece;
    },
  };
}

/** XLSX writes what XML cannot hold, and line ends, as `_x000D_`. @param {string} text */
function unescaped(text) {
  return text
    .replace(/_x([0-9A-F]{4})_/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/g, "\n");
}

/** @typedef {{ date?: boolean, duration?: boolean, percent?: boolean, zeros?: number }} Format */

/** The formats that a workbook need not describe. @param {number} id @returns {Format} */
function builtIn(id) {
  if (id === 9 || id === 10) return { percent: true };
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return { duration: true };
  return { date: (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) };
}

/** @param {string} code @returns {Format} */
export function format(code) {
  // The first part is for what is positive; words between quotes and colours say nothing.
  const [first] = code
    .replace(/\\.|_.|\*./g, "")
    .replace(/"[^"]*"/g, "")
    .split(";");
  const signs = first
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "")
    .toLowerCase()
    .replace(/am\/pm|general|standard/g, "");
  if (/^0{2,}$/.test(signs)) return { zeros: signs.length };
  if (signs.includes("%")) return { percent: true };
  if (/[yd]|aa/.test(signs)) return { date: true };
  if (/[hs]|\[m/.test(signs)) return { duration: true };
  return { date: /m/.test(signs) };
}

/** @param {string | undefined} xml @param {Parse} parse */
function cellFormats(xml, parse) {
  /** @type {Map<number, Format>} */
  const own = new Map();
  /** @type {Format[]} */
  const formats = [];
  let inCells = false;
  parse(xml, {
    open(tag, { numFmtId, formatCode }) {
      const [name, id] = [local(tag), Number(numFmtId)];
      if (name === "numFmt") own.set(id, format(formatCode ?? ""));
      if (name === "cellXfs") inCells = true;
      if (name === "xf" && inCells) formats.push(own.get(id) ?? builtIn(id));
    },
    close(tag) {
      if (local(tag) === "cellXfs") inCells = false;
    },
  });
  return formats;
}

/** @typedef {{ strings: string[], formats: Format[], date1904: boolean, uncalculated: boolean }} Context */

/** @param {string} xml @param {Context} context @param {Parse} parse */
function readSheet(xml, context, parse) {
  const grid = new Grid();
  /** @type {Lists.Merge[]} */
  const merges = [];
  let [row, column] = [0, -1];
  /** @type {{ type: string, style: number, value?: string, text: string, formula?: string }} */
  let cell = { type: "n", style: 0, text: "" };
  let inside = "";
  let spoken = false;
  parse(xml, {
    open(tag, attributes) {
      const name = local(tag);
      if (name === "row") {
        row = Number(attributes.r ?? row + 1);
        column = -1;
        if (isTrue(attributes.hidden)) grid.hide(row);
      } else if (name === "c") {
        column = attributes.r ? place(attributes.r).column : column + 1;
        cell = { type: attributes.t ?? "n", style: Number(attributes.s ?? 0), text: "" };
      } else if (name === "v" || name === "f" || name === "t") {
        inside = name;
        if (name === "f") cell.formula = "";
        if (name === "v") cell.value = "";
      } else if (name === "rPh") spoken = true;
      else if (name === "mergeCell") merges.push(range(attributes.ref));
    },
    close(tag) {
      const name = local(tag);
      if (name === "c") grid.set(row, column, written(cell, context));
      else if (name === "rPh") spoken = false;
      else if (name === inside) inside = "";
    },
    text(piece) {
      if (inside === "v") cell.value += piece;
      else if (inside === "f") cell.formula += piece;
      else if (inside === "t" && !spoken) cell.text += piece;
    },
  });
  return { ...grid.done(), merges };
}

/**
 * Write the value of a cell as a French reader types it; a day as ISO, which every tool reads.
 * @param {{ type: string, style: number, value?: string, text: string, formula?: string }} cell
 * @param {Context} context
 */
function written(
  { type, style, value, text, formula },
  { strings, formats, date1904, uncalculated },
) {
  if (type === "inlineStr") return unescaped(text);
  if (formula !== undefined && (type === "str" ? value === undefined : !value))
    return `=${formula}`;
  if (type === "e") return value || "#N/A";
  if (!value) return "";
  if (formula !== undefined && type === "n" && uncalculated && Number(value) === 0)
    return `=${formula}`;
  switch (type) {
    case "s": {
      const shared = strings[Number(value)];
      if (shared === undefined) throw new Unreadable("broken");
      return shared;
    }
    case "str":
      return unescaped(value);
    case "b":
      return isTrue(value) ? "oui" : "non";
    case "d":
      return value.replace(/T00:00(:00(\.0+)?)?$/, "");
    default:
      return number(Number(value), formats[style] ?? {}, date1904);
  }
}

/** @param {number} value @param {Format} format @param {boolean} date1904 */
function number(value, { date, duration, percent, zeros }, date1904) {
  if (Number.isNaN(value)) throw new Unreadable("broken");
  if (date && value >= (date1904 ? 0 : 61)) {
    // Half a second: a spreadsheet's 8:30 is 8:29:59.999.
    const days = value + (date1904 ? 1_462 : 0) + 0.5 / 86_400;
    const minutes = Math.floor((days % 1) * 1_440);
    return fromSerial(days) + (minutes ? ` ${clock(minutes)}` : "");
  }
  if (duration) return clock(Math.round(value * 1_440));
  if (percent) return `${decimal(value * 100)} %`;
  return zeros ? decimal(value).padStart(zeros, "0") : decimal(value);
}

/** @param {number} minutes */
function clock(minutes) {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours, rest].map((part) => String(part).padStart(2, "0")).join(":");
}

/** Fifteen digits count: 0.1 + 0.2 is 0,3, as spreadsheets show it. @param {number} value */
function decimal(value) {
  return String(Number(value.toPrecision(15))).replace(".", ",");
}

/** @param {string} reference */
function place(reference) {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d+)$/.exec(reference) ?? [];
  if (!letters) throw new Unreadable("broken");
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(digits), column: column - 1 };
}

/** @param {string} reference @returns {Lists.Merge} */
function range(reference) {
  const [from, to = from] = reference.split(":");
  const [first, last] = [place(from), place(to)];
  return { top: first.row, left: first.column, bottom: last.row, right: last.column };
}

/** The cells that hold something, row by row. */
class Grid {
  /** @type {Map<number, string[]>} */
  #rows = new Map();
  /** @type {Set<number>} */
  #hidden = new Set();

  /** @param {number} row @param {number} column @param {string} text */
  set(row, column, text) {
    if (text === "") return;
    if (column >= LAST_COLUMN) throw new Unreadable("broken");
    let cells = this.#rows.get(row);
    if (!cells) this.#rows.set(row, (cells = []));
    while (cells.length < column) cells.push("");
    cells[column] = text;
  }

  /** @param {number} row */
  hide(row) {
    this.#hidden.add(row);
  }

  /** @returns {{ rows: Lists.Line[], hiddenRows: number }} */
  done() {
    const rows = [...this.#rows].sort(([one], [other]) => one - other);
    const hiddenRows = rows.filter(([number]) => this.#hidden.has(number)).length;
    return { rows: rows.map(([number, cells]) => ({ number, cells })), hiddenRows };
  }
}

// ODS

/**
 * Tell whether each formula was calculated: LibreOffice then writes no value for an empty text.
 * @param {string | undefined} xml
 */
function isCalculated(xml = "") {
  return /<meta:generator>(LibreOffice|Collabora|Apache_OpenOffice|OpenOffice)/.test(xml);
}

/** @param {string | undefined} xml @param {boolean} calculated @param {Parse} parse @returns {Lists.Book} */
function readOds(xml, calculated, parse) {
  if (xml === undefined) throw new Unreadable("broken");
  /** @type {Set<string>} styles of sheets that are not shown */
  const unseen = new Set();
  /** @type {Lists.Sheet[]} */
  const sheets = [];
  let [style, date1904] = ["", false];
  let sheet = { name: "", hidden: false };
  let grid = new Grid();
  /** @type {Lists.Merge[]} */
  let merges = [];
  let [row, rowCount, column, skipped, depth] = [1, 1, 0, 0, 0];
  /** @type {{ attributes: Record<string, string>, lines: string[] } | undefined} */
  let cell;
  parse(xml, {
    open(name, attributes) {
      if (name === "office:annotation")
        skipped += 1; // a comment, whose paragraphs are no value
      else if (name === "style:style") style = attributes["style:name"];
      else if (name === "style:table-properties") {
        if (attributes["table:display"] === "false") unseen.add(style);
      } else if (name === "table:null-date") {
        date1904 = attributes["table:date-value"] === "1904-01-01";
      } else if (name === "table:table") {
        depth += 1;
        if (depth > 1) return; // a table inside a cell
        const hidden = unseen.has(attributes["table:style-name"]);
        sheet = { name: attributes["table:name"] ?? "", hidden };
        [grid, merges, row] = [new Grid(), [], 1];
      } else if (depth !== 1 || skipped > 0) return;
      else if (name === "table:table-row") {
        column = 0;
        rowCount = Number(attributes["table:number-rows-repeated"] ?? 1);
        const shown = attributes["table:visibility"] ?? "visible";
        if (shown !== "visible")
          for (let n = 0; n < Math.min(rowCount, MOST.rows); n += 1) grid.hide(row + n);
      } else if (name === "table:table-cell" || name === "table:covered-table-cell") {
        cell = { attributes, lines: [] };
      } else if (name === "text:p") cell?.lines.push("");
      else if (name === "text:s") add(cell, " ".repeat(Number(attributes["text:c"] ?? 1)));
      else if (name === "text:tab") add(cell, "\t");
      else if (name === "text:line-break") add(cell, "\n");
    },
    text(piece) {
      if (depth === 1 && skipped === 0) add(cell, piece);
    },
    close(name) {
      if (name === "office:annotation") skipped -= 1;
      else if (name === "table:table") {
        if (depth === 1) sheets.push({ ...sheet, ...grid.done(), merges });
        depth -= 1;
      } else if (depth !== 1 || skipped > 0) return;
      else if (name === "table:table-row") row += rowCount;
      else if (cell && (name === "table:table-cell" || name === "table:covered-table-cell")) {
        const { attributes, lines } = cell;
        const count = Number(attributes["table:number-columns-repeated"] ?? 1);
        const text =
          name === "table:table-cell" ? odsText(attributes, lines.join("\n"), calculated) : "";
        if (text !== "") {
          if (rowCount > MOST.rows || count > MOST.columns) throw new Unreadable("bomb");
          for (let r = 0; r < rowCount; r += 1) {
            for (let c = 0; c < count; c += 1) grid.set(row + r, column + c, text);
          }
        }
        const [wide, high] = ["columns", "rows"].map((part) =>
          Number(attributes[`table:number-${part}-spanned`] ?? 1),
        );
        if (wide > 1 || high > 1) {
          merges.push({ top: row, left: column, bottom: row + high - 1, right: column + wide - 1 });
        }
        column += count;
        cell = undefined;
      }
    },
  });
  if (sheets.length === 0) throw new Unreadable("no_sheet");
  return { sheets, date1904 };
}

/** @param {{ lines: string[] } | undefined} cell @param {string} piece */
function add(cell, piece) {
  if (cell && cell.lines.length > 0) cell.lines[cell.lines.length - 1] += piece;
}

/** @param {Record<string, string>} attributes @param {string} shown @param {boolean} calculated */
function odsText(attributes, shown, calculated) {
  const type = attributes["office:value-type"];
  const formula = attributes["table:formula"];
  if (attributes["calcext:value-type"] === "error") return shown || "#N/A";
  if (type === undefined) {
    return formula === undefined || calculated ? shown : `=${formula.replace(/^\w+:=?/, "")}`;
  }
  switch (type) {
    case "date":
      return attributes["office:date-value"].replace(/T00:00(:00(\.0+)?)?$/, "");
    case "boolean":
      return isTrue(attributes["office:boolean-value"]) ? "oui" : "non";
    case "time":
    case "percentage":
      return shown;
    case "string":
      return attributes["office:string-value"] ?? shown;
    default: {
      const value = decimal(Number(attributes["office:value"]));
      return /^0\d+$/.test(shown) && Number(shown) === Number(value) ? shown : value;
    }
  }
}
