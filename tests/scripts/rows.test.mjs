// A folded row says what it holds in one line.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inside, line } from "../../docs/assets/scripts/calculator/rows.js";

const date = (name, value) => ({ type: "date", name: `contrats.0.${name}`, value, label: "Jour" });
const CONTRACT = {
  type: "radio",
  name: "contrats.0.contrat",
  value: "cddi",
  label: "CDD d’insertion (CDDI)",
};
const HOURS = {
  type: "number",
  name: "contrats.0.heures_semaine",
  value: "26.5",
  label: "Heures de travail par semaine",
};
const words = (answers) => line(answers).replaceAll(/[\u00a0\u202f]/g, " ");

test("the two days of a row are one period, and a number keeps its label", () => {
  assert.equal(
    words([CONTRACT, date("debut", "2026-03-01"), date("fin", "2026-08-31"), HOURS]),
    "CDD d’insertion (CDDI), du 1er mars 2026 au 31 août 2026, heures de travail par semaine : 26,5",
  );
});

test("a row without one of its two days says which one it has", () => {
  assert.equal(words([date("debut", "2026-03-01")]), "À partir du 1er mars 2026");
  assert.equal(words([date("fin", "2026-08-31")]), "Jusqu’au 31 août 2026");
  assert.equal(words([date("date", "2026-08-31"), HOURS]).slice(0, 15), "Le 31 août 2026");
});

test("inside a line a sentence loses its capital, and an acronym keeps its own", () => {
  assert.equal(inside("C’est le renouvellement"), "c’est le renouvellement");
  assert.equal(inside("CDD d’insertion"), "CDD d’insertion");
});

test("a row without an answer has no words", () => {
  assert.equal(line([]), "");
});
