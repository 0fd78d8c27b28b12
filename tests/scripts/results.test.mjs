// The files of the results: what is written is what a spreadsheet reads back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { toCsv, toXlsx, typed } from "../../docs/assets/scripts/spreadsheet/results.js";
import { format, readWorkbook } from "../../docs/assets/scripts/spreadsheet/workbooks.js";
import { LIBRARIES, read } from "./lists.mjs";

const back = (bytes) => readWorkbook(bytes, LIBRARIES).sheets[0];
const write = (header, rows, name = "Résultats") => toXlsx(name, header, rows, LIBRARIES.fflate);

test("texts stay as they are: leading zeros, formulas, signs of XML, ends of line", () => {
  const texts = [
    "00123",
    "=1+1",
    "<&>\"'",
    "é ’ œ 𝄞",
    "a\nb",
    "_x0041_",
    " espace ",
    "constructor",
  ];
  const { rows } = back(
    write(
      ["A"],
      texts.map((text) => [{ text }]),
    ),
  );
  assert.deepEqual(
    rows.slice(1).map(({ cells }) => cells[0]),
    texts,
  );
});

test("days are days, numbers are numbers, and an empty cell is empty", () => {
  const row = [
    { day: "2026-03-01" },
    { number: 7.5 },
    { text: "" },
    { text: "Valide", tone: "favorable" },
  ];
  const { rows } = back(write(["A", "B", "C", "D"], [row]));
  assert.deepEqual(rows[1].cells, ["2026-03-01", "7,5", "", "Valide"]);
});

test("only what is written as a day is one", () => {
  assert.deepEqual(typed("2026-03-01"), { day: "2026-03-01" });
  for (const text of ["01/03/2026", "2026-03-01 08:30", "1850-01-01", "00123", ""]) {
    assert.deepEqual(typed(text), { text });
  }
});

test("a list given back as a workbook says the same", () => {
  const header = ["Référence", "debut", "au"];
  const rows = [["00123", "2026-01-15", "2026-11-21"].map(typed)];
  const { rows: found } = read(write(header, rows));
  assert.deepEqual(found[0].situation, {
    debut: "2026-01-15",
    au: "2026-11-21",
    suspensions: [],
    prolongations: [],
  });
  assert.equal(found[0].reference, "00123");
});

test("the same list gives the same file, whose sheet has a name that spreadsheets take", () => {
  const rows = [[{ text: "a" }]];
  assert.deepEqual(write(["A"], rows), write(["A"], rows));
  const long = "Résultats : [mars/avril] de l'équipe de Mende";
  assert.equal(readWorkbook(write(["A"], rows, long), LIBRARIES).sheets[0].name.length, 31);
});

test("what a spreadsheet would run is written as text in CSV, and taken back", () => {
  const { Papa } = LIBRARIES;
  assert.equal(toCsv(["=A"], [["-2+3"], ["-12"]], Papa), '\uFEFF"\'=A"\r\n"\'-2+3"\r\n-12\r\n');
});

test("formats say what a number is", () => {
  for (const [code, kind] of [
    ["dd/mm/yyyy", { date: true }],
    ["[$-40C]d mmmm yyyy", { date: true }],
    ["mmm-yy", { date: true }],
    ["jj/mm/aaaa", { date: true }],
    ["[h]:mm", { duration: true }],
    ["hh:mm:ss", { duration: true }],
    ["0.00%", { percent: true }],
    ["00000", { zeros: 5 }],
    ["General", { date: false }],
    ['0.0" mois"', { date: false }],
    ["[Red]#,##0.00 €", { date: false }],
  ]) {
    assert.deepEqual(format(code), kind, code);
  }
});
