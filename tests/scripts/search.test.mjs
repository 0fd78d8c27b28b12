// What is typed in the search, and what is meant by it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { article, isForm, nearest, telling } from "../../docs/assets/scripts/site/search_words.js";

test("an article is found however its number is written", () => {
  for (const typed of [
    "R. 5132-1-7",
    "r5132-1-7",
    "R5132 1 7",
    "article R 5132-1-7",
    "art. R.5132-1-7 du code",
  ]) {
    assert.equal(article(typed), "R5132-1-7", typed);
  }
  assert.equal(article("L1243-1"), "L1243-1");
  assert.equal(article("durée 24 mois"), undefined);
  assert.equal(article("d 2026"), "D2026"); // no page has it: the words are searched
});

test("an acronym is one word, with points or with spaces", () => {
  assert.deepEqual(telling("A.C.I."), ["aci"]);
  assert.deepEqual(telling("A C I"), ["aci"]);
  assert.deepEqual(telling("contrat e.t.t.i. durée"), ["contrat", "etti", "durée"]);
  assert.deepEqual(telling("y a t il un délai"), ["délai"]);
});

test("a ligature is two letters", () => {
  assert.deepEqual(telling("main d'œuvre"), ["main", "oeuvre"]);
});

test("forms of a word are kept, words that only begin alike are not", () => {
  for (const [typed, marked] of [
    ["éligibilité", "éligible"],
    ["prescripteurs", "prescripteur"],
    ["critere", "Critères"],
    ["handicap", "handicapé"],
    ["suspendre", "suspension"],
    ["qpv", "QPV"],
  ]) {
    assert.ok(isForm(typed, marked), `${typed} ${marked}`);
  }
  for (const [typed, marked] of [
    ["english", "engagement"],
    ["english", "en"],
    ["zzqzz", "zone"],
    ["bitcoin", "bilan"],
  ]) {
    assert.ok(!isForm(typed, marked), `${typed} ${marked}`);
  }
});

test("a slip of the hand is mended, and nothing far is proposed", () => {
  const known = ["suspension", "prescripteur", "prolongation", "carence", "contrat"];
  assert.equal(nearest("suspention", known), "suspension");
  assert.equal(nearest("prescirpteur", known), "prescripteur");
  assert.equal(nearest("contart", known), "contrat");
  assert.equal(nearest("bitcoin", known), undefined);
  assert.equal(nearest("car", known), undefined);
});
