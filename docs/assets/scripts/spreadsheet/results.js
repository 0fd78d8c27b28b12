// The list with its answers, as files: CSV for every tool, XLSX to work with and to print.

import { toSerial } from "./days.js";
import { letters } from "./words.js";

/** A cell of the results: a text, a number, or a day (ISO); `tone` colours it. @typedef {{ text?: string, number?: number, day?: string, tone?: string }} Cell */

/** What a spreadsheet would run: not a dash alone, nor a negative number. */
const FORMULA = /^(?!-$|-?\d+([.,]\d+)?$)\s*[=+\-@＝＋－＠\t\r]/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** The same file for the same list: a ZIP holds dates, from 1980 on. */
const SAME_DATE = new Date(1980, 0, 1);
/** Widths in letters: a column as wide as its longest text, within what a page can show. */
const WIDTH = { least: 10, most: 48 };

/**
 * The styles, in their order: fill, colour of the text. The fills stay light in black and white,
 * and the words say the verdict: colours only help to find it.
 */
const STYLES = /** @type {const} */ ([
  ["plain", undefined, "FF000000"],
  ["head", "FFDCE6F2", "FF000000"],
  ["favorable", "FFE2F0D9", "FF1E4620"],
  ["defavorable", "FFF8DADA", "FF7A1212"],
  ["attention", "FFFFF2CC", "FF5C4300"],
]);
/** The tone of a row, and the style of its verdict. @type {Record<string, string>} */
const TONES = {
  favorable: "favorable",
  attention: "attention",
  unknown: "attention",
  defavorable: "defavorable",
  invalid: "defavorable",
  error: "defavorable",
};

/** @param {string[]} header @param {string[][]} rows @param {any} Papa @returns {string} */
export function toCsv(header, rows, Papa) {
  const text = Papa.unparse(
    { fields: header, data: rows },
    { delimiter: ";", newline: "\r\n", escapeFormulae: FORMULA },
  );
  // The mark at the start tells a spreadsheet that the letters are UTF-8.
  return `\uFEFF${text}\r\n`;
}

/**
 * Type a cell of a list as a spreadsheet does: a day is a day, the rest stays as it was written,
 * leading zeros included.
 * @param {string} text @returns {Cell}
 */
export function typed(text) {
  return DAY.test(text) && toSerial(text) >= 61 ? { day: text } : { text };
}

/**
 * Write a workbook of one sheet: real days, widths, a filter, a header that stays in sight and on
 * each printed page.
 * @param {string} name @param {string[]} header @param {Cell[][]} rows @param {any} fflate
 * @returns {Uint8Array}
 */
export function toXlsx(name, header, rows, fflate) {
  const last = `${letters(header.length - 1)}${rows.length + 1}`;
  const texts = (/** @type {string} */ text) => fflate.strToU8(text);
  const lines = [header.map((text) => ({ text, tone: "head" })), ...rows];
  const files = {
    "[Content_Types].xml": texts(CONTENT_TYPES),
    "_rels/.rels": texts(relations([["officeDocument", "xl/workbook.xml"]])),
    "xl/_rels/workbook.xml.rels": texts(
      relations([
        ["worksheet", "worksheets/sheet1.xml"],
        ["styles", "styles.xml"],
      ]),
    ),
    "xl/workbook.xml": texts(workbook(name, last)),
    "xl/styles.xml": texts(styles()),
    "xl/worksheets/sheet1.xml": texts(sheet(lines, last)),
  };
  return fflate.zipSync(files, { mtime: SAME_DATE });
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const CONTENT_TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${KIND}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KIND}.worksheet+xml"/></Types>`;

/** @param {[kind: string, target: string][]} some */
function relations(some) {
  const all = some.map(
    ([kind, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`,
  );
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all.join("")}</Relationships>`;
}

/** @param {string} name @param {string} last */
function workbook(name, last) {
  const sheet = name.replace(/[[\]:*?/\\]/g, " ").slice(0, 31);
  const quoted = `'${sheet.replaceAll("'", "''")}'`;
  const range = last.replace(/([A-Z]+)(\d+)/, "$$$1$$$2");
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(sheet)}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${escaped(quoted)}!$A$1:${range}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">${escaped(quoted)}!$1:$1</definedName></definedNames></workbook>`;
}

/** Each style comes as it is, then for days. */
function styles() {
  const fonts = STYLES.map(([name, , colour]) => {
    const bold = name === "plain" ? "" : "<b/>";
    return `<font>${bold}<sz val="11"/><color rgb="${colour}"/><name val="Calibri"/><family val="2"/></font>`;
  });
  const fills = STYLES.slice(1).map(
    ([, fill]) =>
      `<fill><patternFill patternType="solid"><fgColor rgb="${fill}"/><bgColor indexed="64"/></patternFill></fill>`,
  );
  const formats = STYLES.flatMap((_, index) =>
    [0, 14].map(
      (format) =>
        `<xf numFmtId="${format}" fontId="${index}" fillId="${index === 0 ? 0 : index + 1}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`,
    ),
  );
  return `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="${fonts.length}">${fonts.join("")}</fonts><fills count="${fills.length + 2}"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fills.join("")}</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${formats.length}">${formats.join("")}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

/** @param {Cell[][]} lines @param {string} last */
function sheet(lines, last) {
  const widths = lines[0].map((_, column) => {
    const most = Math.max(...lines.map((line) => length(line[column])));
    return Math.min(Math.max(most + 2, WIDTH.least), WIDTH.most);
  });
  const columns = widths.map(
    (width, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const rows = lines.map((cells, row) => {
    const written = cells.map((cell, column) => cellXml(cell, `${letters(column)}${row + 1}`));
    return `<row r="${row + 1}">${written.join("")}</row>`;
  });
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join("")}</cols><sheetData>${rows.join("")}</sheetData><autoFilter ref="A1:${last}"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;
}

/** The letters of the longest line of a cell. @param {Cell} cell */
function length({ text, day, number }) {
  if (day) return 10;
  return Math.max(...(text ?? String(number ?? "")).split("\n").map((line) => line.length));
}

/** @param {Cell} cell @param {string} place */
function cellXml({ text, number, day, tone = "plain" }, place) {
  const name = TONES[tone] ?? tone;
  const rank = Math.max(
    STYLES.findIndex(([style]) => style === name),
    0,
  );
  const style = 2 * rank + (day ? 1 : 0);
  if (day) return `<c r="${place}" s="${style}"><v>${toSerial(day)}</v></c>`;
  if (number !== undefined) return `<c r="${place}" s="${style}"><v>${number}</v></c>`;
  if (!text) return `<c r="${place}" s="${style}"/>`;
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** Signs that XML cannot hold are left out. @param {string} text */
function escaped(text) {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/_x(?=[0-9A-F]{4}_)/gi, "_x005F_x")
    .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
