// The words by which the lists of the site are filtered.

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { querySelectorAll: () => [] }; // no list in this page
const { words } = await import("../../docs/assets/scripts/site/filter.js");

test("accents, capitals and ligatures do not count", () => {
  assert.deepEqual(words("ÉCOLE"), words("école"));
  assert.deepEqual(words("Œuvre"), ["oeuvre"]);
});

test("a plural is found by its singular", () => {
  assert.deepEqual(words("associations"), ["association"]);
  assert.deepEqual(words("locaux"), ["local"]);
  assert.deepEqual(words("réseaux"), words("réseau"));
});

test("a word of three letters or fewer keeps its last one: « bas » is no plural", () => {
  assert.deepEqual(words("ac ei"), ["ac", "ei"]);
  assert.deepEqual(words("bas"), ["bas"]);
});

test("small words say nothing; what an apostrophe joins is two words", () => {
  assert.deepEqual(words("les entreprises de l'insertion"), ["entreprise", "insertion"]);
});
