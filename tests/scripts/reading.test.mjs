// Lists as people really make them: the right answer, a question, or a sentence; never a guess.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { csv, encode, LIBRARIES, LISTS, ods, read, serial, xlsx } from "./lists.mjs";

const HEADER = [
  "Référence",
  "Premier jour du PASS IAE",
  "Prolongations accordées 1 : Premier jour",
  "Prolongations accordées 1 : Dernier jour",
  "À quelle date regarder le PASS IAE ?",
];
const SHORT = ["reference", "debut", "prolongations.1.debut", "prolongations.1.fin", "au"];
const ROWS = [
  ["00123", "01/10/2024", "01/10/2026", "31/03/2027", "21/11/2026"],
  ["Élodie Ça", "15/01/2026", "", "", "21/11/2026"],
];
const TABLE = [HEADER, ...ROWS];
/** What every file that says the same as TABLE must give. */
const TRUE = [
  {
    debut: "2024-10-01",
    au: "2026-11-21",
    suspensions: [],
    prolongations: [{ debut: "2026-10-01", fin: "2027-03-31" }],
  },
  { debut: "2026-01-15", au: "2026-11-21", suspensions: [], prolongations: [] },
];
const day = (french) => french.split("/").reverse().join("-");
/** The rows with real days, as spreadsheets keep them. */
const typed = (rows = ROWS, format = undefined) =>
  rows.map(([reference, ...days]) => [
    reference,
    ...days.map((text) => (text ? { day: day(text), format } : "")),
  ]);
const REAL = [HEADER, ...typed()];
const text = csv(TABLE);
/** With more accents than the header has: what tells encodings apart. */
const accents = csv([[...HEADER, "Métier"], ...ROWS.map((row) => [...row, "Élève à l'œuvre"])]);
const OE = accents.replaceAll("œ", "oe").replaceAll("À", "A");
const with1 = (index, cell) => [HEADER, typed()[0].with(index, cell), typed()[1]];

describe("the same list, as", () => {
  /** @type {Record<string, any>} */
  const files = {
    "pasted text": text,
    "UTF-8 bytes": new TextEncoder().encode(text),
    "UTF-8 with a mark": new TextEncoder().encode(`\uFEFF${text}`),
    "UTF-16, little end first, with a mark": encode(`\uFEFF${text}`, "utf-16le"),
    "UTF-16, big end first, with a mark": encode(`\uFEFF${text}`, "utf-16be"),
    "UTF-16 without a mark": encode(text, "utf-16le"),
    "UTF-16, big end first, without a mark": encode(text, "utf-16be"),
    "Windows-1252": encode(text, "windows-1252"),
    "Mac Roman": encode(text, "macintosh"),
    cp850: encode(text, "cp850"),
    "Mac Roman under short names": encode(csv([SHORT, ...ROWS]), "macintosh"),
    "cp850 under short names": encode(csv([SHORT, ...ROWS]), "cp850"),
    "CSV with commas": csv(TABLE, ","),
    "CSV with tabulations": csv(TABLE, "\t"),
    "CSV with bars": csv(TABLE, "|"),
    "CSV with ends of line of Unix": csv(TABLE, ";", "\n"),
    "CSV with ends of line of an old Mac": csv(TABLE, ";", "\r"),
    "CSV with every cell quoted": TABLE.map((row) => row.map((cell) => `"${cell}"`).join(";")).join(
      "\n",
    ),
    "CSV that names its separator": `sep=;\r\n${text}`,
    "CSV that names its separator in quotes": `"sep=;"\r\n${text}`,
    "CSV that names its comma": `sep=,\r\n${csv(TABLE, ",")}`,
    "CSV with titles above": `Liste des salariés;;;;\r\nau 21 novembre;;;;\r\n\r\n${text}`,
    "CSV with empty lines": text.replaceAll("\r\n", "\r\n\r\n"),
    "CSV with empty columns at the end": csv(TABLE.map((row) => [...row, "", ""])),
    "CSV in capitals": csv([HEADER.map((name) => name.toUpperCase()), ...ROWS]),
    "CSV without accents": csv([
      HEADER.map((name) => name.normalize("NFD").replace(/\p{M}/gu, "")),
      ...ROWS,
    ]),
    "CSV in decomposed letters": csv(TABLE).normalize("NFD"),
    "CSV under short names": csv([SHORT, ...ROWS]),
    "CSV in another order": csv(TABLE.map((row) => row.toReversed())),
    "CSV with a column of its own": csv([
      ["Ville", ...HEADER],
      ...ROWS.map((row) => ["Mende", ...row]),
    ]),
    "CSV with a header on two rows": csv([
      ["Référence", "Premier jour du PASS IAE", "Prolongations accordées 1", "", HEADER[4]],
      ["", "", "Premier jour", "Dernier jour", ""],
      ...ROWS,
    ]),
    XLSX: xlsx(REAL),
    "XLSX with texts in the cells": xlsx(REAL, { shared: false }),
    "XLSX with days as texts": xlsx(TABLE),
    "XLSX from 1904": xlsx(REAL, { date1904: true }),
    "XLSX with a prefix": xlsx(REAL, { prefix: "x" }),
    "XLSX with long days": xlsx([HEADER, ...typed(ROWS, "long")]),
    "XLSX with short days": xlsx([HEADER, ...typed(ROWS, "short")]),
    "XLSX with days as numbers": xlsx([HEADER, ...typed(ROWS, "general")]),
    "XLSX from 1904 with days as numbers": xlsx([HEADER, ...typed(ROWS, "general")], {
      date1904: true,
    }),
    "XLSX with days in ISO": xlsx([
      HEADER,
      ...ROWS.map(([first, ...days]) => [first, ...days.map((one) => one && { iso: day(one) })]),
    ]),
    "XLSX with hours": xlsx(with1(1, { day: "2024-10-01", time: 0.99999 })),
    "XLSX with formulas that are calculated": xlsx(
      with1(1, { formula: "A1", value: serial("2024-10-01"), format: "date" }),
    ),
    "XLSX with a formula that gives a text": xlsx(with1(1, { formula: "A1", value: "01/10/2024" })),
    "XLSX with a formula that gives nothing": xlsx([
      HEADER,
      typed()[0],
      typed()[1].with(2, { formula: 'IF(A1="","","")', value: "" }),
    ]),
    "XLSX with a text in two styles": xlsx(with1(0, { inline: ["00", "123"] })),
    "XLSX with titles above": xlsx([["Suivi 2026"], [], ["Chantier de Mende"], ...REAL]),
    "XLSX with a merged title": xlsx([{ rows: [["Suivi 2026"], ...REAL], merges: ["A1:E1"] }]),
    "XLSX with a merged header on two rows": xlsx([
      {
        rows: [
          ["Référence", "Premier jour du PASS IAE", "Prolongations accordées 1", "", HEADER[4]],
          ["", "", "Premier jour", "Dernier jour"],
          ...typed(),
        ],
        merges: ["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
      },
    ]),
    "XLSX with an empty sheet first": xlsx([{ rows: [] }, { rows: REAL }]),
    "XLSX with a hidden sheet first": xlsx([
      { rows: [HEADER, ["vieux", { day: "2020-01-01" }, "", "", ""]], state: "hidden" },
      { rows: REAL },
    ]),
    "XLSX with a very hidden sheet first": xlsx([
      { rows: [HEADER, ["vieux", { day: "2020-01-01" }, "", "", ""]], state: "veryHidden" },
      { rows: REAL },
    ]),
    "XLSX whose only list is hidden": xlsx([
      { rows: [["Bonjour"]] },
      { rows: REAL, state: "hidden" },
    ]),
    "XLSX with instructions first": xlsx([
      {
        name: "Mode d'emploi",
        rows: [["Mode d'emploi"], ["Remplissez la référence", "puis le reste"]],
      },
      { name: "Liste", rows: REAL },
    ]),
    "XLSX with a chart first": xlsx([{ chart: true }, { rows: REAL }]),
    "XLSX with hidden rows": xlsx([{ rows: REAL, hidden: [3] }]),
    ODS: ods(REAL),
    "ODS with days as texts": ods(TABLE),
    "ODS with an empty sheet first": ods([{ rows: [] }, { rows: REAL }]),
    "ODS with a hidden sheet first": ods([
      { rows: [HEADER, ["vieux", { day: "2020-01-01" }, "", "", ""]], hidden: true },
      { rows: REAL },
    ]),
    "ODS with a merged header on two rows": ods([
      [
        "Référence",
        "Premier jour du PASS IAE",
        { span: 2, text: "Prolongations accordées 1" },
        { covered: true },
        HEADER[4],
      ],
      ["", "", "Premier jour", "Dernier jour", ""],
      ...typed(),
    ]),
    "ODS of LibreOffice with a formula that gives nothing": ods(
      [HEADER, typed()[0], typed()[1].with(2, { formula: "T([.A9])" })],
      { generator: "LibreOffice" },
    ),
    "ODS with a comment on a cell": ods(with1(0, { comment: "à rappeler", text: "00123" })),
  };
  for (const [name, file] of Object.entries(files)) {
    test(name, () => {
      const { outcome, rows, errors, said } = read(file);
      assert.equal(outcome, "read", said.join(" | "));
      assert.deepEqual(errors, []);
      assert.deepEqual(
        rows.map(({ situation }) => situation),
        TRUE,
      );
      assert.deepEqual(
        rows.map(({ reference }) => reference.normalize()),
        ["00123", "Élodie Ça"],
      );
    });
  }
});

test("the letters of each encoding come out as they went in", () => {
  const job = (file) => read(file).rows[0].cells[5];
  assert.equal(job(encode(accents, "macintosh")), "Élève à l'œuvre");
  // Node reads Windows-1252 as Latin 1, without œ: a test of the page reads it in a browser.
  for (const encoding of ["windows-1252", "cp850"]) {
    assert.equal(job(encode(OE, encoding)), "Élève à l'oeuvre", encoding);
  }
});

describe("a day is read when it is written", () => {
  const first = (cell) => {
    const { rows, errors, said } = read(
      csv([
        ["debut", "au"],
        [cell, "21/11/2026"],
      ]),
    );
    return errors[0] ?? [rows[0].situation.debut, ...said].join(" ");
  };
  for (const [written, expected] of [
    ["jeudi 12 mars 2026", "2026-03-12"],
    ["jeu. 12/03/2026", "2026-03-12"],
    ["vendredi 12 mars 2026", "weekday vendredi 12 mars 2026A2"],
    ["12-mars-26", "2026-03-12"],
    ["12-mars-40", "date 12-mars-40A2"],
    ["15 janv. 2026", "2026-01-15"],
    ["15-Feb-26", "2026-02-15"],
    ["January 15, 2026", "2026-01-15"],
    ["15 jui 2026", "date 15 jui 2026A2"],
    ["2026/01/15", "2026-01-15"],
    ["46037", "2026-01-15 serial 1"],
    ["2026", "date 2026A2"],
    ["75001", "date 75001A2"],
    ["15/01/2026 23:30", "2026-01-15"],
    ["15/01/2026 à 8h30", "2026-01-15"],
    ["15/01/2026 99:99", "hour 15/01/2026 99:99A2"],
    ["2026-01-15T24:30:00", "hour 2026-01-15T24:30:00A2"],
    ["2026-01-14T23:00:00Z", "2026-01-15 instant 1"],
    ["2026-01-14T22:59:59Z", "2026-01-14 instant 1"],
    ["2026-07-14T22:00:00.000+00:00", "2026-07-15 instant 1"],
    ["2026-01-15T00:00:00+01:00", "2026-01-15 instant 1"],
    ["29/02/2026", "date 29/02/2026A2"],
    ["#VALEUR!", "failed_formula #VALEUR!A2"],
    ["#####", "failed_formula #####A2"],
    ["Err:502", "failed_formula Err:502A2"],
    ["=DATE(2026;1;15)", "formula =DATE(2026;1;15)A2"],
  ]) {
    test(written, () => assert.equal(first(written), expected));
  }
});

describe("a number is read when it is written", () => {
  const hours = (cell) => {
    const header = ["missions.1.date", "missions.1.heures", "au"];
    const file = xlsx([header, [{ day: "2026-11-10" }, cell, { day: "2026-11-21" }]]);
    const { rows, errors } = read(file, "heures_ai");
    return errors[0] ?? rows[0].situation.missions[0].heures;
  };
  for (const [written, expected] of [
    ["26 28", "number 26 28B2"],
    ["12 345 6", "number 12 345 6B2"],
    ["1 5 0 0", "number 1 5 0 0B2"],
    ["7' 5", "number 7' 5B2"],
    ["1e1", "number 1e1B2"],
    ["1 607,5", 1607.5],
    ["12\u202f345", 12345],
    ["1'500", 1500],
    ["−5", -5],
    [0.1 + 0.2, 0.3],
    [{ number: 7.5, format: "units" }, 7.5],
    [{ number: 0.125, format: "percent" }, "number 12,5 %B2"],
    [{ number: 1.104166, format: "hours" }, "number 26:30B2"],
    [{ error: "#DIV/0!" }, "failed_formula #DIV/0!B2"],
    [{ formula: "SUM(A1:A2)" }, "formula =SUM(A1:A2)B2"],
  ]) {
    test(JSON.stringify(written), () => assert.equal(hours(written), expected));
  }
});

describe("a cell that was not read is named, and its row has no answer", () => {
  for (const [name, file, expected] of [
    ["an error", xlsx(with1(2, { error: "#N/A" })), "failed_formula #N/AC2"],
    ["a text that says so", xlsx(with1(3, "#REF!")), "failed_formula #REF!D2"],
    ["a formula without its value", xlsx(with1(2, { formula: "TODAY()" })), "formula =TODAY()C2"],
    [
      "a formula that a program left at zero",
      xlsx(with1(2, { formula: "TODAY()", value: 0, format: "date" }), { fullCalc: true }),
      "formula =TODAY()C2",
    ],
    ["an error of LibreOffice", ods(with1(2, { error: "#N/D" })), "failed_formula #N/DC2"],
    ["a formula of LibreOffice", ods(with1(2, { formula: "TODAY()" })), "formula =TODAY()C2"],
  ]) {
    test(name, () => {
      const { errors, rows } = read(file);
      assert.deepEqual(errors, [expected]);
      assert.equal(rows.length, 2);
      assert.deepEqual(rows[1].situation, TRUE[1]);
    });
  }
  test("a row of errors is a row", () => {
    const { rows, errors } = read(
      xlsx([HEADER, HEADER.map(() => ({ error: "#N/A" })), typed()[1]]),
    );
    assert.equal(rows.length, 2);
    assert.equal(errors.length, 4);
  });
});

describe("what may be a column is asked, and nothing is answered before", () => {
  const ask = (header, calculator, rows = ROWS) => {
    const { outcome, questions, said } = read(csv([header, ...rows]), calculator);
    assert.equal(outcome, "asked");
    const open = questions.columns.filter((column) => column.open);
    return { said, open: open.map(({ key, path }) => [key, path]) };
  };
  const renamed = (index, name) => HEADER.with(index, name);
  test("values under no name", () => {
    assert.deepEqual(ask(["reference", "debut", "", "", "au"]), {
      said: ["unnamed C", "unnamed D"],
      open: [
        ["colonne C", ""],
        ["colonne D", ""],
      ],
    });
  });
  test("a merged name, without a second row", () => {
    const rows = [renamed(2, "Prolongations accordées 1").with(3, ""), ...typed()];
    const { questions } = read(xlsx([{ rows, merges: ["C1:D1"] }]));
    assert.deepEqual(
      questions.columns.filter(({ open }) => open).map(({ path }) => path),
      ["prolongations.1.debut", "prolongations.1.fin"],
    );
  });
  for (const [name, path] of [
    ["Prolongations accordées : Premier jour", "prolongations.1.debut"],
    ["Prolongation 1 : début", "prolongations.1.debut"],
    ["Début prolongation", "prolongations.1.debut"],
    ["Prolongatoins accordées 1 : Premier jour", "prolongations.1.debut"],
    ["Prolong. 1 - premier jour", "prolongations.1.debut"],
    ["Suspension 3 début", "suspensions.3.debut"],
  ]) {
    test(`a name close to a known one: ${name}`, () => {
      assert.deepEqual(ask(renamed(2, name)).open[0][1], path);
    });
  }
  test("days under a name that says nothing", () => {
    const rows = ROWS.map((row) => [...row, "03/04/2026"]);
    const { open, said } = ask([...HEADER, "Décision du comité"], "pass_iae", rows);
    assert.deepEqual(open, [["decision du comite", ""]]);
    assert.deepEqual(said, ["unsure_columns"]);
  });
  test("« Fin PASS IAE » is no end of a suspension, nor the end at the start", () => {
    assert.deepEqual(
      ask(
        [...HEADER, "Fin PASS IAE"],
        "pass_iae",
        ROWS.map((row) => [...row, "31/03/2027"]),
      ).open,
      [["fin pass iae", ""]],
    );
  });
  test("the headings of one's own: name, beginning, end", () => {
    const rows = [["Marie", "01/01/2026", "30/06/2026", "CDDI", "ACI"]];
    const { open, said } = ask(
      ["Nom", "Entrée", "Sortie", "Contrat", "Structure"],
      "duree_contrat",
      rows,
    );
    assert.deepEqual(open, [
      ["entree", "periodes.1.debut"],
      ["sortie", "periodes.1.fin"],
    ]);
    assert.equal(said.length, 3);
  });
  test("groups above short names", () => {
    const rows = [
      ["", "", "Suspension 1", "", "Suspension 2", "", ""],
      ["Référence", "debut", "début", "fin", "début", "fin", "au"],
      ["a", "01/10/2024", "01/02/2025", "01/03/2025", "01/05/2025", "01/06/2025", "21/11/2026"],
    ];
    const { questions } = read(csv(rows));
    assert.deepEqual(
      questions.columns.filter(({ open }) => open).map(({ path }) => path),
      ["suspensions.1.debut", "suspensions.1.fin", "suspensions.2.debut", "suspensions.2.fin"],
    );
  });
  test("cells beyond the last name", () => {
    const { outcome, said } = read("reference;debut;au\na;01/10/2024;21/11/2026;01/02/2025\n");
    assert.deepEqual([outcome, said], ["asked", ["unnamed D"]]);
  });
  test("two columns for one question", () => {
    const { said } = ask(
      [...HEADER, "debut"],
      "pass_iae",
      ROWS.map((row) => [...row, row[1]]),
    );
    assert.deepEqual(said, ["twice Premier jour du PASS IAE"]);
  });
  test("a list whose every name is its own", () => {
    const rows = [["Marie", "01/10/2024", "oui"]];
    assert.deepEqual(ask(["Qui", "Quand", "Vu"], "pass_iae", rows).open, [["quand", ""]]);
  });
});

describe("what the reader answers is followed", () => {
  const header = ["Nom", "Entrée", "Sortie", "Type"];
  const file = csv([header, ["Marie", "01/01/2026", "30/06/2026", "CDDI"]]);
  const decided = { entree: "periodes.1.debut", sortie: "periodes.1.fin", type: "contrat" };
  const defaults = [
    { path: "structure", label: "Dans quel type de structure ?", value: "aci", shown: "ACI" },
    { path: "au", label: "À quelle date faut-il vérifier ?", value: "2026-11-21", shown: "21" },
  ];
  test("columns are those that were said, and one answer serves all rows", () => {
    const { rows, said } = read(file, "duree_contrat", { decided, defaults });
    assert.deepEqual(rows[0].situation, {
      structure: "aci",
      contrat: "cddi",
      au: "2026-11-21",
      periodes: [{ debut: "2026-01-01", fin: "2026-06-30" }],
    });
    assert.equal(rows[0].reference, "Marie");
    assert.equal(said.filter((note) => note.startsWith("same")).length, 2);
  });
  test("an answer for all does not replace that of a row", () => {
    const given = csv([
      ["reference", "debut", "au"],
      ["a", "01/10/2024", "01/01/2025"],
      ["b", "01/10/2024", ""],
    ]);
    const one = { path: "au", label: "Au", value: "2026-11-21", shown: "21" };
    const { rows } = read(given, "pass_iae", { defaults: [one] });
    assert.deepEqual(
      rows.map(({ situation }) => situation.au),
      ["2025-01-01", "2026-11-21"],
    );
  });
  test("a column that does not count is not asked again, and is told", () => {
    const own = csv([[...SHORT, "Visite"], ...ROWS.map((row) => [...row, "03/04/2026"])]);
    assert.equal(read(own).outcome, "asked");
    const { rows, said } = read(own, "pass_iae", { decided: { visite: "" } });
    assert.deepEqual(rows[0].situation, TRUE[0]);
    assert.ok(said.some((note) => note.startsWith("ignored") && note.includes("Visite")));
  });
  test("two columns of one name are two columns", () => {
    const rows = [["reference", "debut", "Prolongation", "Prolongation", "au"], ...ROWS];
    const decided = {
      prolongation: "prolongations.1.debut",
      "prolongation #2": "prolongations.1.fin",
    };
    assert.deepEqual(read(csv(rows), "pass_iae", { decided }).rows[0].situation, TRUE[0]);
  });
  test("another sheet is read when it is asked for", () => {
    const old = [HEADER, ["vieux", "01/01/2023", "", "", "21/11/2026"]];
    const book = xlsx([
      { name: "2026", rows: REAL },
      { name: "2023", rows: old },
    ]);
    const first = read(book);
    assert.equal(first.rows[0].reference, "00123");
    assert.deepEqual(
      first.sheets.map(({ name }) => name),
      ["2026", "2023"],
    );
    assert.equal(first.said[0], "sheets 20262"); // the sheet that was read, of two
    assert.equal(read(book, "pass_iae", { sheet: 1 }).rows[0].reference, "vieux");
  });
});

test("a column of one's own that is called « Résultat » is kept; those of this page are replaced", () => {
  const file = csv([
    [...SHORT, "Résultat : entretien", "Résultat : verdict"],
    ...ROWS.map((row) => [...row, "favorable", "Valide"]),
  ]);
  const { table } = read(file, "pass_iae", { added: ["Résultat : verdict"] });
  assert.deepEqual([table.ignored, table.added], [[5], [6]]);
});

describe("what is no list says what it is", () => {
  const bytes = (text) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
  const old = (name) =>
    new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0, ...encode(name, "utf-16le")]);
  const zip = (names) => {
    const files = Object.fromEntries(names.map((name) => [name, bytes("x")]));
    return LIBRARIES.fflate.zipSync(files);
  };
  for (const [name, file, expected] of [
    ["nothing", new Uint8Array(), "empty"],
    ["spaces", bytes(" \r\n ; \r\n"), "empty"],
    ["a header alone", csv([HEADER]), "no_row"],
    ["rows without a header", csv(ROWS), "no_header"],
    ["a letter", "Madame,\nMonsieur", "no_header"],
    ["an empty workbook", xlsx([[]]), "empty"],
    ["a PDF", bytes("%PDF-1.7\n1 0 obj"), "pdf"],
    ["a web page called .xls", bytes("<html><table><tr><td>debut</td></tr></table>"), "html"],
    ["a web page with a mark", bytes("\xef\xbb\xbf<!DOCTYPE html><html>"), "html"],
    ["XML of an old spreadsheet", bytes('<?xml version="1.0"?><Workbook>'), "xml"],
    ["JSON", bytes('[{"debut": "2026-01-15"}]'), "json"],
    ["a picture", bytes("\x89PNG\r\n\x1a\n"), "image"],
    ["RTF", bytes("{\\rtf1\\ansi"), "document"],
    ["a document of Word", zip(["word/document.xml"]), "document"],
    ["a folder that holds a list", zip(["liste.xlsx"]), "archive"],
    ["a file of Numbers", zip(["Index/Document.iwa"]), "numbers"],
    ["XLSB", zip(["xl/workbook.bin"]), "xlsb"],
    ["an empty folder", zip(["a.bin"]), "unreadable"],
    ["an old XLS", old("Workbook"), "xls"],
    ["an old document", old("WordDocument"), "document"],
    ["a workbook with a password", old("EncryptedPackage"), "protected"],
    ["an ODS with a password", ods(REAL, { encrypted: true }), "protected"],
    ["half a workbook", xlsx(REAL).slice(0, 900), "broken"],
    ["a workbook of charts", xlsx([{ chart: true }]), "no_sheet"],
    ["a quote left open", text.replace("00123", '"00123'), "open_quote 2"],
    ["a program", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 7, 0, 1, 2]), "unreadable"],
  ]) {
    test(name, () => {
      const { outcome, said } = read(file);
      assert.equal(outcome, "refused");
      assert.deepEqual(said, [expected]);
    });
  }
  test("a workbook that swells when it is opened", () => {
    const swollen = "0".repeat(1_000_000);
    const files = { "xl/workbook.xml": bytes("<workbook/>") };
    for (let one = 0; one < 5; one += 1) files[`xl/worksheets/sheet${one}.xml`] = bytes(swollen);
    const file = LIBRARIES.fflate.zipSync(files);
    // What it says of its size, in its list of files, is what is believed: 5 times 100 MB.
    const view = new DataView(file.buffer);
    for (let at = 0; at < file.length - 4; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === 1_000_000) {
        view.setUint32(at + 24, 100_000_000, true);
      }
    }
    assert.deepEqual(read(file).said, ["bomb"]);
  });
  test("a cell repeated a million times", () => {
    const rows = `<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>`;
    const content = `<office:document-content><table:table table:name="a">${rows}</table:table></office:document-content>`;
    const file = LIBRARIES.fflate.zipSync({
      mimetype: bytes("application/vnd.oasis.opendocument.spreadsheet"),
      "content.xml": bytes(content),
    });
    assert.deepEqual(read(file).said, ["bomb"]);
  });
  test("too many rows, or columns", () => {
    const many = csv([SHORT, ...Array.from({ length: 20_001 }, () => ROWS[1])]);
    assert.match(read(many).said[0], /^too_many_rows 20/);
    const wide = csv([[...SHORT, ...Array(1_000).fill("x")], ROWS[1]]);
    assert.match(read(wide).said[0], /^too_many_columns 1/);
  });
});

test("every choice that is proposed is a column of the list", () => {
  const { questions } = read(
    csv([
      ["Nom", "Début", "Fin"],
      ["a", "01/01/2026", ""],
    ]),
    "duree_contrat",
  );
  const labels = new Map(questions.choices);
  assert.equal(labels.get("periodes.2.fin"), "Contrats et renouvellements 2 : Dernier jour");
  assert.equal(labels.get("contrat"), LISTS.duree_contrat.columns[1].label);
});
