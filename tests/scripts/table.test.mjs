// What the table of a list keeps of each answer, and what comes first in it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { compact, daysLeft } from "../../docs/assets/scripts/spreadsheet/table.js";

const LIST = {
  columns: [{ path: "periodes.#.debut", label: "Période # : début" }],
  families: {},
  verdicts: {
    eligible: { label: "Éligible", tone: "favorable" },
    impossible: { label: "Impossible", tone: "defavorable" },
    selon_reponse: { label: "Cela dépend d'une réponse", tone: "attention" },
  },
};
const WORDS = {
  not_yet: "Trop tôt",
  invalid: "À corriger",
  unknown: "Sans réponse",
  column_error: "{column} : {message}",
};
const TODAY = "2026-03-01";

/** Keep the answer of one row. */
function keep(response, row = {}) {
  const given = { today: TODAY, position: 4, words: WORDS };
  return compact(
    { number: 6, reference: "A", errors: {}, places: {}, ...row },
    response,
    LIST,
    given,
  );
}

function result(more) {
  const plain = { verdict: "eligible", summary: "Oui.", values: {}, dates: [] };
  return { type: "result", result: { ...plain, ...more } };
}

test("an answer keeps its verdict in words, and where its row is", () => {
  const { label, tone, summary, position, number } = keep(result());
  assert.deepEqual([label, tone, summary], ["Éligible", "favorable", "Oui."]);
  assert.deepEqual([position, number], [4, 6]);
});

test("a date that is past is no date to come; today's still is", () => {
  const dates = ["2026-02-28", "2026-03-01", "2026-04-30"].map((date) => ({ date, label: "" }));
  const kept = keep(result({ dates }));
  assert.deepEqual(
    kept.dates.map(({ date }) => date),
    ["2026-03-01", "2026-04-30"],
  );
  assert.equal(kept.days, 0);
});

test("days are counted across the change of hour", () => {
  assert.equal(keep(result({ dates: [{ date: "2026-04-30", label: "" }] })).days, 60);
});

test("a yes with a date within sixty days comes before the other yeses", () => {
  const on = (date) => keep(result({ dates: [{ date, label: "" }] })).rank;
  assert.ok(on("2026-04-30") < on("2026-05-01"));
  assert.equal(on("2026-05-01"), keep(result()).rank);
});

test("a refusal that only comes too early says so, and is not counted among refusals", () => {
  const values = { possible_des: "2026-06-01" };
  const { label, tone } = keep(result({ verdict: "impossible", values }));
  assert.deepEqual([label, tone], ["Trop tôt", "attention"]);
  assert.equal(keep(result({ verdict: "impossible" })).label, "Impossible");
});

test("what cannot be answered comes before every answer", () => {
  const invalid = keep({ type: "invalid", errors: {} });
  const unknown = keep({ type: "unknown", message: "Nous ne savons pas." });
  const no = keep(result({ verdict: "impossible" }));
  assert.ok(invalid.rank < unknown.rank && unknown.rank < no.rank);
  assert.equal(unknown.summary, "Nous ne savons pas.");
});

test("a mistake names its column as the file does; the page's words replace the calculator's", () => {
  const path = "periodes.0.debut";
  const { errors } = keep(
    { type: "invalid", errors: { [path]: "n'est pas une date" } },
    { errors: { [path]: "écrivez quatre chiffres" }, places: { "periodes.0.": "periodes.3" } },
  );
  assert.deepEqual(errors, ["Période 3 : début : écrivez quatre chiffres"]);
});

test("an answer that depends on a missing one asks for an action, before a plain yes", () => {
  const depends = keep(result({ verdict: "selon_reponse", values: { selon: [], decisif: ["a"] } }));
  assert.equal(depends.label, "Cela dépend d'une réponse");
  assert.ok(depends.rank < keep(result()).rank);
  assert.ok(depends.rank > keep(result({ verdict: "impossible" })).rank);
});

test("the days left are those of the PASS, then those to ask for more; none comes last", () => {
  const rows = [
    { jours_restants: 0, jours_pour_demander: 0 },
    { jours_restants: 0, jours_pour_demander: 120 },
    { jours_restants: 3, jours_pour_demander: 184 },
    {},
  ];
  assert.deepEqual(rows.map(daysLeft), [
    Number.POSITIVE_INFINITY,
    120,
    3,
    Number.POSITIVE_INFINITY,
  ]);
});
