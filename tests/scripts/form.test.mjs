// One form, three writings of its answers: the situation, the fragment of an address, what is filled.
// The form here is what these functions read of one: its controls, its groups, its pairs.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  entries,
  fill,
  filled,
  fragment,
  mistakes,
  situation,
} from "../../docs/assets/scripts/calculator/form.js";

globalThis.RadioNodeList = class extends Array {};
globalThis.CSS = { escape: (text) => text };

const HIDDEN = "[data-when][hidden]";

/** Make a form from its controls and the number of rows of each of its groups. */
function formOf(controls, groups = {}) {
  const elements = controls.map((control) => ({
    id: `champ-${control.name}`,
    type: "text",
    dataset: {},
    validity: { badInput: false },
    // A question that does not count is hidden; those of an optional record are in its block.
    closest: (selector) => (selector === control.inside ? {} : null),
    ...control,
  }));
  elements.namedItem = (name) => {
    const found = elements.filter((control) => control.name === name);
    return found.length > 1 ? RadioNodeList.from(found) : (found[0] ?? null);
  };
  const repeated = Object.entries(groups).map(([repeat, rows]) => ({
    dataset: { repeat },
    closest: () => null,
    querySelectorAll: () => Array(rows).fill({}),
  }));
  return {
    elements,
    reset: () => {},
    dataset: { badDate: "date?", badNumber: "nombre?", missing: "Répondez à « # »." },
    querySelector: () => ({ dataset: { question: "Quand ?" } }),
    querySelectorAll: (selector) => (selector === "[data-repeat]" ? repeated : []),
  };
}

const FORM = formOf(
  [
    { name: "debut", type: "date", value: "2026-03-01" },
    { name: "heures", type: "number", value: "12.5" },
    { name: "note", value: "" },
    { name: "structure", type: "radio", value: "aci", checked: true },
    { name: "structure", type: "radio", value: "ei", checked: false },
    { name: "criteres", type: "checkbox", value: "rsa", checked: true, dataset: { list: "" } },
    { name: "criteres", type: "checkbox", value: "ass", checked: true, dataset: { list: "" } },
    { name: "regle", type: "checkbox", value: "true", checked: false, dataset: { boolean: "" } },
    { name: "detenu", type: "radio", value: "inconnu", checked: true, dataset: { boolean: "" } },
    { name: "contrat.cdi", type: "radio", value: "false", checked: true, dataset: { boolean: "" } },
    { name: "periodes.0.debut", type: "date", value: "2025-01-01" },
    { name: "periodes.0.fin", type: "date", value: "" },
  ],
  { periodes: 2 },
);

test("a situation holds codes, numbers, booleans, lists, records and rows", () => {
  assert.deepEqual(situation(FORM), {
    debut: "2026-03-01",
    heures: 12.5,
    structure: "aci",
    criteres: ["rsa", "ass"],
    regle: false,
    detenu: "inconnu",
    contrat: { cdi: false },
    periodes: [{ debut: "2025-01-01" }, {}],
  });
});

test("a list where nothing is ticked is an empty list, not a missing answer", () => {
  const box = { name: "criteres", type: "checkbox", value: "rsa", dataset: { list: "" } };
  assert.deepEqual(situation(formOf([{ ...box, checked: false }])), { criteres: [] });
});

test("the answer to a question that does not count is in no writing", () => {
  const form = formOf([
    { name: "debut", value: "2026-03-01" },
    { name: "fin", value: "2026-04-01", inside: HIDDEN },
  ]);
  assert.deepEqual(situation(form), { debut: "2026-03-01" });
  assert.equal(fragment(form), "debut=2026-03-01");
});

test("a fragment leaves out what is empty, and an address takes every answer back", () => {
  const text = fragment(FORM);
  assert.ok(!text.includes("note"));
  assert.ok(!text.includes("periodes.0.fin"));
  assert.deepEqual([...new URLSearchParams(text)], entries(FORM));
});

test("a fragment writes what an address cannot hold as codes", () => {
  const text = fragment(formOf([{ name: "nom", value: "a&b=c é#" }]));
  assert.match(text, /^nom=[\w%+.-]+$/);
  assert.equal(new URLSearchParams(text).get("nom"), "a&b=c é#");
});

test("a field is filled by itself or by what is below it, not by a name that only begins alike", () => {
  assert.ok(filled(FORM, "debut"));
  assert.ok(filled(FORM, "periodes"));
  assert.ok(filled(FORM, "periodes.0"));
  assert.ok(!filled(FORM, "periodes.1"));
  assert.ok(!filled(FORM, "note"));
  assert.ok(!filled(FORM, "crit"));
});

test("a control that an extension has put in the form is not one of ours", () => {
  const foreign = { id: "grammaire-1", name: "grammaire", type: "hidden", value: "1" };
  const form = formOf([{ name: "debut", value: "2026-03-01" }, foreign]);
  assert.deepEqual(situation(form), { debut: "2026-03-01" });
  assert.equal(fragment(form), "debut=2026-03-01");
  assert.deepEqual(fill(form, "grammaire=2"), ["grammaire=2"]);
  assert.equal(foreign.value, "1");
});

test("what the browser could not read is told by the page, and is no missing answer", () => {
  const form = formOf([
    { name: "debut", type: "date", value: "", required: true, validity: { badInput: true } },
    { name: "heures", type: "number", value: "", validity: { badInput: true } },
    { name: "fin", type: "date", value: "", validity: { badInput: true }, inside: HIDDEN },
  ]);
  assert.deepEqual(mistakes(form), {
    unreadable: { debut: "date?", heures: "nombre?" },
    missing: {},
  });
});

test("what must be answered is told by the page; a record that is optional may be left out", () => {
  const record = (value) => [
    { name: "contrat.debut", type: "date", value, required: true, inside: "[data-optional]" },
    { name: "contrat.fin", type: "date", value: "", required: true, inside: "[data-optional]" },
  ];
  const radio = { name: "structure", type: "radio", value: "aci", required: true };
  const missing = (...controls) => mistakes(formOf(controls)).missing;
  assert.deepEqual(missing(...record("")), {});
  assert.deepEqual(missing(...record("2026-01-01")), { "contrat.fin": "Répondez à « Quand ? »." });
  assert.deepEqual(missing(radio, { ...radio, value: "ei" }), {
    structure: "Répondez à « Quand ? ».",
  });
  assert.deepEqual(missing(radio, { ...radio, value: "ei", checked: true }), {});
  assert.deepEqual(missing({ ...radio, inside: HIDDEN }), {});
});

test("a question that an address answers in two ways gets neither, and both are told", () => {
  const form = () =>
    formOf([
      { name: "debut", value: "" },
      { name: "fin", value: "" },
    ]);
  const two = form();
  const told = fill(two, "debut=2026-01-01&debut=2026-02-01&fin=2026-03-01&fin=2026-03-01");
  assert.deepEqual(told, ["debut=2026-01-01", "debut=2026-02-01"]);
  assert.equal(fragment(two), "fin=2026-03-01");
});

test("an address gives the criteria of a list one by one", () => {
  const box = { name: "criteres", type: "checkbox", dataset: { list: "" } };
  const form = formOf([
    { ...box, value: "rsa" },
    { ...box, value: "ass" },
    { ...box, value: "th" },
  ]);
  assert.deepEqual(fill(form, "criteres=rsa&criteres=th&criteres=zzz"), ["criteres=zzz"]);
  assert.equal(fragment(form), "criteres=rsa&criteres=th");
});
