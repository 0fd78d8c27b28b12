// A person's file: saved and opened again, its letters, its dates by distance.

import assert from "node:assert/strict";
import { test } from "node:test";

import { answersOf, fragmentOf } from "../../docs/assets/scripts/calculator/address.js";
import { horizons } from "../../docs/assets/scripts/calculator/horizons.js";
import { read, VERSION, written } from "../../docs/assets/scripts/follow/file.js";
import { factsOf, fill } from "../../docs/assets/scripts/follow/letters.js";

const SITUATION = {
  structure: "aci",
  au: "2026-11-27",
  pass_debut: "2025-02-03",
  rqth: false,
  suspensions: [{ debut: "2026-11-01", fin: "2026-12-31" }],
  contrats: [
    { contrat: "cddi", debut: "2026-06-01", fin: "2027-01-31", heures_semaine: 26 },
    { contrat: "cddi", debut: "2026-08-01", fin: "2026-12-31", structure: "ei" },
  ],
};
const KNOWN = new Set([
  ...["structure", "au", "pass_debut", "rqth", "suspensions.debut", "suspensions.fin"],
  ...["contrat", "debut", "fin", "heures_semaine", "structure"].map((name) => `contrats.${name}`),
]);

test("a file that was saved is opened again as it was", () => {
  const file = written(SITUATION, "2026-11-27");
  assert.deepEqual(read(file, KNOWN), { situation: SITUATION, unknown: [], older: false });
});

test("a file of before the versions is the situation alone, and is read", () => {
  const opened = read(JSON.stringify(SITUATION), KNOWN);
  assert.deepEqual(opened, { situation: SITUATION, unknown: [], older: true });
});

test("what no question asks is told by its place, and the rest is kept", () => {
  const more = {
    ...SITUATION,
    couleur: "bleu",
    suspensions: [{ debut: "2026-11-01", fin: "2026-12-31", motif: "x" }],
  };
  const opened = read(written(more, "2026-11-27"), KNOWN);
  assert.deepEqual(opened.unknown, ["suspensions.0.motif", "couleur"]);
  assert.deepEqual(opened.situation, SITUATION);
});

test("another file is refused, each with the sentence that says why", () => {
  const newer = JSON.stringify({ ...JSON.parse(written({}, "2026-11-27")), version: VERSION + 1 });
  const wrong = {
    unreadable: ["", "pas du JSON", "%PDF-1.7"],
    other: ["[]", "null", "3", "{}", '{"format":"autre"}', '{"format":"reperes-iae/suivi"}'],
    newer: [newer],
    large: [" ".repeat(1_000_001)],
  };
  for (const [refused, texts] of Object.entries(wrong)) {
    for (const text of texts) assert.deepEqual(read(text, KNOWN), { refused });
  }
});

test("a situation as a fragment is read again by the form", () => {
  const pairs = answersOf(fragmentOf(SITUATION));
  assert.deepEqual(pairs.slice(0, 5), [
    ["structure", "aci"],
    ["au", "2026-11-27"],
    ["pass_debut", "2025-02-03"],
    ["rqth", "false"],
    ["suspensions.0.debut", "2026-11-01"],
  ]);
  assert.equal(
    fragmentOf({ criteres: ["rsa", "pi"], vide: null, rien: [] }),
    "criteres=rsa&criteres=pi",
  );
  assert.equal(fragmentOf({ contrat: { debut: "2026-01-01" } }), "contrat.debut=2026-01-01");
});

test("a letter is filled, and what is not known is to complete", () => {
  assert.equal(
    fill("Du {debut} au {fin}.", { debut: "1er mai", fin: undefined }),
    "Du 1er mai au […].",
  );
});

test("the facts of a letter are those of the structure's last contract, and of what is open", () => {
  const option = (id, status) => ({ id, status, from: "2026-12-01", until: "2027-03-01" });
  const result = {
    values: { fin_pass: "2027-04-04" },
    dates: [{ id: "libre_le", date: "2029-04-05" }],
    options: [
      option("prolongation_rqth", "impossible"),
      option("prolongation_formation", "plus_tard"),
    ],
  };
  const facts = factsOf(
    SITUATION,
    result,
    (iso) => `<${iso}>`,
    (field, code) => `${field}=${code}`,
  );
  assert.equal(facts.contrat, "contrats.0.contrat=cddi");
  assert.equal(facts.contrat_fin, "<2027-01-31>");
  assert.equal(facts.heures, "26");
  assert.equal(facts.suspension_fin, "<2026-12-31>");
  assert.equal(facts.prolongation_fin, "<2027-03-01>");
  assert.equal(facts.fin_pass, "<2027-04-04>");
  assert.equal(facts.libre_le, "<2029-04-05>");
  assert.equal(facts.renouvellement_debut, undefined);
  assert.equal(facts.convention_objet, undefined);
});

test("without an answer, a letter has the facts alone", () => {
  const facts = factsOf({ au: "2026-11-27", pass_fin: "2027-01-01" }, undefined, String, String);
  assert.equal(facts.fin_pass, "2027-01-01");
  assert.equal(facts.contrat_fin, undefined);
});

test("dates go under the nearest group that reaches them", () => {
  const dates = ["2026-11-27", "2026-12-27", "2026-12-28", "2027-12-01"].map((date) => ({ date }));
  const limits = [
    ["30", 30],
    ["90", 90],
    ["180", 180],
    ["plus", null],
  ];
  assert.deepEqual(horizons(dates, "2026-11-27", limits), [
    ["30", dates.slice(0, 2)],
    ["90", [dates[2]]],
    ["plus", [dates[3]]],
  ]);
});
