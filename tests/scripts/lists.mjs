// What the tests of lists share: columns like those of the simulators, and files made here.

import * as fflate from "fflate";
import Papa from "papaparse";
import { Parser } from "saxen";

import { Refused, readList } from "../../docs/assets/scripts/spreadsheet/reading.js";

export const LIBRARIES = { Papa, fflate, Parser };

const column = (path, label, kind, more = {}) => ({
  path,
  label,
  kind,
  required: true,
  options: [],
  ...more,
});
const spans = (path, label) => [
  column(`${path}.#.debut`, `${label} # : Premier jour`, "date"),
  column(`${path}.#.fin`, `${label} # : Dernier jour`, "date"),
];
const STRUCTURES = [
  ["aci", ["Atelier et chantier d'insertion (ACI)"]],
  ["ei", ["Entreprise d'insertion (EI)"]],
];

/** The columns of three simulators. */
export const LISTS = {
  pass_iae: {
    columns: [
      column("debut", "Premier jour du PASS IAE", "date"),
      column("fin_initiale", "Fin du PASS IAE prévue au départ", "date", { required: false }),
      ...spans("suspensions", "Suspensions du PASS IAE"),
      ...spans("prolongations", "Prolongations accordées"),
      column("au", "À quelle date regarder le PASS IAE ?", "date"),
    ],
    families: {
      suspensions: { label: "Suspensions du PASS IAE", many: true, required: false },
      prolongations: { label: "Prolongations accordées", many: true, required: false },
    },
  },
  duree_contrat: {
    columns: [
      column("structure", "Dans quel type de structure ?", "choice", { options: STRUCTURES }),
      column("contrat", "Quel contrat ?", "choice", {
        options: [
          ["cddi", ["CDD d'insertion (CDDI)"]],
          ["mission", ["Contrat de mission"]],
        ],
      }),
      ...spans("periodes", "Contrats et renouvellements"),
      column("au", "À quelle date faut-il vérifier ?", "date"),
      column("rqth", "La personne est-elle reconnue travailleur handicapé (RQTH) ?", "boolean", {
        required: false,
      }),
    ],
    families: { periodes: { label: "Contrats et renouvellements", many: true, required: true } },
  },
  heures_ai: {
    columns: [
      column("missions.#.date", "Missions du salarié # : Jour de la mission", "date"),
      column("missions.#.heures", "Missions du salarié # : Nombre d'heures", "number"),
      column("au", "Compter jusqu'au", "date"),
    ],
    families: { missions: { label: "Missions du salarié", many: true, required: true } },
  },
};

/** Each sentence says its name, and what it was given. */
export const WORDS = new Proxy(
  {},
  { get: (_, name) => `${String(name)} {label}{shown}{cell}{column}{names}{name}{line}{count}` },
);
const said = (sentence) => sentence.replace(/\{\w+\}/g, "").trim();

/**
 * Read a list as the page does: what came out in a word, then the situations, or what was said.
 * @returns {{ outcome: "read" | "asked" | "refused", rows?: any[], said: string[], errors?: string[] }}
 */
export function read(file, calculator = "pass_iae", more = {}) {
  const given = typeof file === "string" ? { text: file } : { bytes: file };
  try {
    const reading = readList(
      { ...given, specification: LISTS[calculator], words: WORDS, ...more },
      LIBRARIES,
    );
    const { questions, rows, notes } = reading;
    if (questions) {
      return { outcome: "asked", said: questions.messages.map(said), questions, notes };
    }
    const errors = rows.flatMap((row) => Object.values(row.errors).map(said));
    return { ...reading, outcome: "read", said: notes.map(said), errors };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { outcome: "refused", said: error.messages.map(said) };
  }
}

// Files

const bytes = (text) => new TextEncoder().encode(text);
const xml = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

export function csv(rows, separator = ";", ending = "\r\n") {
  return Papa.unparse(rows, { delimiter: separator, newline: ending }) + ending;
}

/** The number of a day, as a spreadsheet counts. */
export function serial(iso) {
  return Date.parse(iso) / 86_400_000 + 25_569;
}

const letter = (index) =>
  index < 26
    ? String.fromCharCode(65 + index)
    : letter(Math.floor(index / 26) - 1) + letter(index % 26);

/** Formats of the cells of `xlsx`, by name. */
const FORMATS = {
  general: 0,
  date: 14,
  percent: 10,
  long: [164, "[$-40C]dddd\\ d\\ mmmm\\ yyyy"],
  short: [165, "d\\-mmm\\-yy;@"],
  zeros: [166, "00000"],
  hours: [167, "[h]:mm"],
  units: [168, '0.0" jours"'],
};

/** One cell: a text, a number, a boolean, `{ day }`, `{ error }`, `{ formula, value }`, `{ inline }`. */
function xlsxCell(cell, reference, { strings, shared, epoch }) {
  if (cell === "" || cell === null || cell === undefined) return "";
  const open = `<c r="${reference}"`;
  if (typeof cell === "number") return `${open}><v>${cell}</v></c>`;
  if (typeof cell === "boolean") return `${open} t="b"><v>${Number(cell)}</v></c>`;
  if (typeof cell === "object") {
    const style = ` s="${Object.keys(FORMATS).indexOf(cell.format ?? (cell.day ? "date" : "general"))}"`;
    const { day, number, error, formula, value, inline, iso } = cell;
    if (day) return `${open}${style}><v>${serial(day) - epoch + (cell.time ?? 0)}</v></c>`;
    if (number !== undefined) return `${open}${style}><v>${number}</v></c>`;
    if (iso) return `${open}${style} t="d"><v>${iso}</v></c>`;
    if (error) return `${open} t="e"><f>A1</f><v>${xml(error)}</v></c>`;
    if (inline) {
      return `${open} t="inlineStr"><is><r><t xml:space="preserve">${xml(inline[0])}</t></r><r><t>${xml(inline[1] ?? "")}</t></r></is></c>`;
    }
    if (typeof value === "string")
      return `${open}${style} t="str"><f>${xml(formula)}</f><v>${xml(value)}</v></c>`;
    return `${open}${style}><f>${xml(formula)}</f>${value === undefined ? "<v></v>" : `<v>${value}</v>`}</c>`;
  }
  if (!shared) return `${open} t="inlineStr"><is><t xml:space="preserve">${xml(cell)}</t></is></c>`;
  if (!strings.includes(cell)) strings.push(cell);
  return `${open} t="s"><v>${strings.indexOf(cell)}</v></c>`;
}

/**
 * Make a workbook. A sheet is rows of cells, or `{ name, rows, merges, state, hidden: [row] }`, or
 * `{ name, chart: true }`.
 */
export function xlsx(
  sheets,
  { shared = true, prefix = "", date1904 = false, fullCalc = false } = {},
) {
  const list = (Array.isArray(sheets[0]) ? [{ rows: sheets }] : sheets).map((sheet, index) => ({
    name: `Feuil${index + 1}`,
    merges: [],
    hidden: [],
    ...sheet,
  }));
  const strings = [];
  const p = prefix ? `${prefix}:` : "";
  const spaces = `xmlns${prefix ? `:${prefix}` : ""}="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`;
  const tags = (text) => (prefix ? text.replace(/<(\/?)(?=[a-z])/gi, `<$1${p}`) : text);
  const files = {};
  const relations = [];
  list.forEach(({ rows = [], merges, hidden, chart }, index) => {
    const kind = chart ? "chartsheet" : "worksheet";
    const path = `${kind}s/sheet${index + 1}.xml`;
    relations.push([`rId${index + 1}`, kind, path]);
    const lines = rows.map((cells, row) => {
      const texts = cells.map((cell, column) =>
        xlsxCell(cell, `${letter(column)}${row + 1}`, {
          strings,
          shared,
          epoch: date1904 ? 1_462 : 0,
        }),
      );
      const attributes = hidden.includes(row + 1) ? ' hidden="1"' : "";
      return `<row r="${row + 1}"${attributes}>${texts.join("")}</row>`;
    });
    const cells = merges.map((range) => `<mergeCell ref="${range}"/>`).join("");
    const body = chart
      ? ""
      : tags(
          `<sheetData>${lines.join("")}</sheetData>${cells && `<mergeCells>${cells}</mergeCells>`}`,
        );
    files[`xl/${path}`] = bytes(
      `<?xml version="1.0"?><${p}${kind} ${spaces}>${body}</${p}${kind}>`,
    );
  });
  const own = Object.values(FORMATS).filter(Array.isArray);
  files["xl/styles.xml"] = bytes(
    `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>${own
      .map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${xml(code)}"/>`)
      .join("")}</numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs>${Object.values(
      FORMATS,
    )
      .map((one) => `<xf numFmtId="${Array.isArray(one) ? one[0] : one}"/>`)
      .join("")}</cellXfs></styleSheet>`,
  );
  files["xl/sharedStrings.xml"] = bytes(
    `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${strings
      .map((text) => `<si><t xml:space="preserve">${xml(text)}</t></si>`)
      .join("")}</sst>`,
  );
  relations.push(["rIdS", "sharedStrings", "sharedStrings.xml"], ["rIdT", "styles", "styles.xml"]);
  files["xl/workbook.xml"] = bytes(
    `<workbook ${spaces.replace(/xmlns:\w+="[^"]*main"/, 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"')}><workbookPr${date1904 ? ' date1904="1"' : ""}/><sheets>${list
      .map(
        ({ name, state }, index) =>
          `<sheet name="${xml(name)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ""} r:id="rId${index + 1}"/>`,
      )
      .join("")}</sheets>${fullCalc ? '<calcPr fullCalcOnLoad="1"/>' : ""}</workbook>`,
  );
  const base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const relation = ([id, kind, target]) =>
    `<Relationship Id="${id}" Type="${base}/${kind}" Target="${target}"/>`;
  const all = (some) => bytes(`<Relationships>${some.map(relation).join("")}</Relationships>`);
  files["xl/_rels/workbook.xml.rels"] = all(relations);
  files["_rels/.rels"] = all([["rId1", "officeDocument", "xl/workbook.xml"]]);
  return fflate.zipSync(files, { level: 1 });
}

/** One cell of `ods`, of the same shapes as those of `xlsx`. */
function odsCell(cell) {
  const shown = (text) => `<text:p>${xml(text)}</text:p>`;
  if (cell === "" || cell === null || cell === undefined) return "<table:table-cell/>";
  if (typeof cell === "number") {
    return `<table:table-cell office:value-type="float" office:value="${cell}">${shown(String(cell).replace(".", ","))}</table:table-cell>`;
  }
  if (typeof cell === "boolean") {
    return `<table:table-cell office:value-type="boolean" office:boolean-value="${cell}">${shown(cell ? "VRAI" : "FAUX")}</table:table-cell>`;
  }
  if (typeof cell === "object") {
    if (cell.day) {
      return `<table:table-cell office:value-type="date" office:date-value="${cell.day}">${shown(cell.day.split("-").reverse().join("/"))}</table:table-cell>`;
    }
    if (cell.error) {
      return `<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error">${shown(cell.error)}</table:table-cell>`;
    }
    if (cell.covered) return "<table:covered-table-cell/>";
    if (cell.span) {
      return `<table:table-cell table:number-columns-spanned="${cell.span}" office:value-type="string">${shown(cell.text)}</table:table-cell>`;
    }
    if (cell.comment) {
      return `<table:table-cell office:value-type="string"><office:annotation>${shown(cell.comment)}</office:annotation>${shown(cell.text)}</table:table-cell>`;
    }
    return `<table:table-cell table:formula="of:=${xml(cell.formula)}"/>`;
  }
  return `<table:table-cell office:value-type="string">${shown(cell)}</table:table-cell>`;
}

/** Make a workbook of LibreOffice; a sheet is rows of cells, or `{ name, rows, hidden }`. */
export function ods(sheets, { encrypted = false, generator = "odfpy" } = {}) {
  const list = Array.isArray(sheets[0]) ? [{ rows: sheets }] : sheets;
  const tables = list.map(({ name, rows, hidden }, index) => {
    const lines = rows.map(
      (cells) =>
        `<table:table-row>${cells.map(odsCell).join("")}<table:table-cell table:number-columns-repeated="1014"/></table:table-row>`,
    );
    return `<table:table table:name="${xml(name ?? `Feuille${index + 1}`)}" table:style-name="${hidden ? "ta2" : "ta1"}">${lines.join("")}<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>`;
  });
  return fflate.zipSync(
    {
      mimetype: bytes("application/vnd.oasis.opendocument.spreadsheet"),
      "meta.xml": bytes(`<meta><meta:generator>${generator}/7.4</meta:generator></meta>`),
      "META-INF/manifest.xml": bytes(
        `<manifest:manifest>${encrypted ? "<manifest:encryption-data/>" : ""}</manifest:manifest>`,
      ),
      "content.xml": bytes(
        `<office:document-content><office:automatic-styles><style:style style:name="ta1"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>${tables.join("")}</office:spreadsheet></office:body></office:document-content>`,
      ),
    },
    { level: 1 },
  );
}

/** Encode a text in a single-byte encoding that Node does not write. */
export function encode(text, encoding) {
  if (encoding === "utf-16le" || encoding === "utf-16be") {
    const little = Buffer.from(text, "utf16le");
    return new Uint8Array(encoding === "utf-16le" ? little : little.swap16());
  }
  const table = encoding === "cp850" ? CP850 : upper(encoding);
  return Uint8Array.from(text, (sign) => {
    const code = sign.charCodeAt(0);
    const place = table.indexOf(sign);
    if (code >= 128 && place < 0) throw new Error(`${sign} is not in ${encoding}`);
    return code < 128 ? code : 128 + place;
  });
}

const upper = (encoding) =>
  new TextDecoder(encoding).decode(Uint8Array.from({ length: 128 }, (_, index) => 128 + index));
/** As Python's own table says; written here apart from the reader's. */
const CP850 = Object.entries({
  128: "ÇüéâäàåçêëèïîìÄÅ",
  144: "ÉæÆôöòûùÿÖÜø£Ø×ƒ",
  160: "áíóúñÑªº¿®¬½¼¡«»",
  176: "░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐",
  192: "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤",
  208: "ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀",
  224: "ÓßÔÒõÕµþÞÚÛÙýÝ¯´",
  240: "\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
})
  .map(([, signs]) => signs)
  .join("");
