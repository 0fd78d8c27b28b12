// A person's file: saved and opened again, its letters, its dates by distance.

import assert from "node:assert/strict";
import { test } from "node:test";

import { answersOf, fragmentOf } from "../../docs/assets/scripts/calculator/address.js";
import { horizons } from "../../docs/assets/scripts/calculator/horizons.js";
import { read, VERSION, written } from "../../docs/assets/scripts/follow/file.js";
import { blanksOf, factsOf, fill, nextBlank } from "../../docs/assets/scripts/follow/letters.js";

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

const WRITING = {
  day: (iso) => `<${iso}>`,
  answer: (field, code) => `${field}=${code}`,
  motifs: { prolongation_rqth: "RQTH", prolongation_senior: "50 ans" },
  structures: { aci: "un ACI", ei: "une EI" },
  words: {
    ...{ from: "du", to: "au", since: "depuis", and: "et", or: "ou", hours: "heures", at: "chez" },
    ...{ ends: "finit", ended: "a pris fin" },
  },
};

test("a letter is filled, and what is not known is named, to complete", () => {
  const facts = { debut: "1er mai", fin: undefined };
  assert.equal(
    fill("Du {debut} au {fin}, {autre}.", facts, { fin: "dernier jour" }),
    "Du 1er mai au [… dernier jour], […].",
  );
});

test("a line that needs a fact goes with it", () => {
  const text = "Un.\n?oui Deux {oui}.\n?non Trois {non}.\nQuatre.";
  assert.equal(fill(text, { oui: "2" }), "Un.\nDeux 2.\nQuatre.");
});

test("from one blank to the next, and round to the first", () => {
  const text = "a [… un] b [… deux]";
  assert.equal(blanksOf(text), 2);
  assert.deepEqual(nextBlank(text, 0), { start: 2, end: 8 });
  assert.deepEqual(nextBlank(text, 8), { start: 11, end: 19 });
  assert.deepEqual(nextBlank(text, 19), { start: 2, end: 8 });
  assert.equal(nextBlank("rien", 0), undefined);
  assert.equal(blanksOf("rien"), 0);
});

test("a contract ends when the person leaves, and has ended once that day is over", () => {
  const told = (more) => {
    const facts = factsOf({ ...SITUATION, ...more }, undefined, WRITING);
    return [facts.contrat_fin, facts.finit_contrat];
  };
  assert.deepEqual(told({ sortie: "2026-10-31" }), ["<2026-10-31>", "a pris fin"]);
  assert.deepEqual(told({ sortie: "2026-11-27" }), ["<2026-11-27>", "finit"]);
  assert.deepEqual(told({ sortie: "2027-05-31" }), ["<2027-01-31>", "finit"]);
  assert.deepEqual(told({ sortie: "2026-10-31", contrats: [] })[0], undefined);
});

test("the facts of a letter are those of the structure's last contract, and of what is open", () => {
  const option = (id, status, papers = []) => ({
    ...{ id, status, papers, label: id, from: "2026-12-01", until: `2027-03-0${id.length % 9}` },
  });
  const result = {
    values: { fin_pass: "2027-04-04" },
    dates: [{ id: "libre_le", date: "2029-04-05" }],
    options: [
      option("prolongation_difficultes", "impossible"),
      option("prolongation_formation", "plus_tard", ["Formation"]),
      option("prolongation_rqth", "sous_conditions", ["RQTH", "Bilan"]),
      option("prolongation_senior", "plus_tard", ["Âge", "Bilan"]),
    ],
  };
  const facts = factsOf(SITUATION, result, WRITING);
  assert.equal(facts.structure, "un ACI");
  assert.equal(facts.contrat, "contrats.0.contrat=cddi");
  assert.equal(facts.contrat_fin, "<2027-01-31>");
  assert.equal(facts.heures, "26");
  assert.equal(facts.suspension_fin, "<2026-12-31>");
  assert.equal(facts.fin_pass, "<2027-04-04>");
  assert.equal(facts.finit_pass, "finit");
  assert.equal(facts.libre_le, "<2029-04-05>");
  assert.equal(facts.renouvellement_debut, undefined);
  assert.equal(facts.convention_objet, undefined);
  assert.equal(facts.ailleurs, undefined);
  assert.equal(facts.suspensions, "du <2026-11-01> au <2026-12-31>");
  assert.equal(facts.prolongations, "");
  assert.equal(
    facts.contrats,
    "- contrats.0.contrat=cddi, du <2026-06-01> au <2027-01-31>, 26 heures\n" +
      "- contrats.1.contrat=cddi, du <2026-08-01> au <2026-12-31>, chez une EI",
  );
});

test("a prescriber is asked for what a prescriber decides, never for what a structure declares", () => {
  const option = (id, until) => ({ id, status: "possible", papers: [id], until, label: "" });
  const result = {
    values: {},
    dates: [],
    options: [
      option("prolongation_formation", "2027-01-01"),
      option("prolongation_rqth", "2027-02-02"),
      option("prolongation_senior", "2027-02-02"),
    ],
  };
  const facts = factsOf(SITUATION, result, WRITING);
  assert.equal(facts.motif, "RQTH ou 50 ans");
  assert.equal(facts.prolongation_fin, "<2027-02-02>");
  assert.equal(facts.pieces, "- prolongation_rqth\n- prolongation_senior");
  result.options.splice(1);
  const none = factsOf(SITUATION, result, WRITING);
  assert.deepEqual([none.motif, none.prolongation_fin], ["", undefined]);
  assert.equal(none.a_prolonger, "<2027-01-01>");
});

test("without an answer, a letter has the facts alone", () => {
  const situation = {
    au: "2027-01-02",
    pass_fin: "2027-01-01",
    contrats: [{ contrat: "cddi" }],
    suspensions: [
      { debut: "2026-01-01", fin: "2026-02-01" },
      { debut: "2026-03-01", fin: "2026-04-01" },
      { debut: "2026-05-01", fin: "2026-06-01" },
    ],
  };
  const facts = factsOf(situation, undefined, WRITING);
  assert.equal(facts.fin_pass, "<2027-01-01>");
  assert.equal(facts.finit_pass, "a pris fin");
  assert.equal(facts.contrat_fin, undefined);
  assert.equal(facts.contrats, "");
  assert.match(facts.suspensions, /^du <2026-01-01> au <2026-02-01>, du .* et du <2026-05-01>/);
  const open = { au: "2026-01-01", contrats: [{ contrat: "cdi_inclusion", debut: "2025-01-01" }] };
  assert.match(factsOf(open, undefined, WRITING).contrats, /, depuis <2025-01-01>$/);
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
