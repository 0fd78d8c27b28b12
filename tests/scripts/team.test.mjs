// The board of a team: who is who in its files, what each must not miss, what a year counts.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { words as french } from "../../docs/assets/scripts/shared/dates.js";
import { alertsOf, lastDays, monthsLater } from "../../docs/assets/scripts/team/alerts.js";
import { EXPORT, withPersons } from "../../docs/assets/scripts/team/columns.js";
import { easier, Files, kindsOf } from "../../docs/assets/scripts/team/files.js";
import {
  endsByMonth,
  filtered,
  monthName,
  monthsFrom,
} from "../../docs/assets/scripts/team/months.js";
import {
  follow,
  lines,
  nameOf,
  oneCalendar,
  passOf,
} from "../../docs/assets/scripts/team/names.js";
import { matchPersons, situationOf } from "../../docs/assets/scripts/team/persons.js";
import {
  ofExport,
  ofList,
  otherDays,
  unusedHours,
} from "../../docs/assets/scripts/team/records.js";
import { counts, share, valueOn, yearly, yearsOf } from "../../docs/assets/scripts/team/yearly.js";
import { csv, ods, read, xlsx } from "./lists.mjs";

const TODAY = "2026-11-27";
const WORDS = {
  conflict: "{fact} : {one} ({where_one}), {other} ({where_other})",
  pass_debut: "début",
  pass_fin: "fin",
  date_naissance: "naissance",
  rqth: "RQTH",
  place: "ligne {number}",
  place_in_file: "{file}, ligne {number}",
  no_hire: "Pas d'embauche : {status}.",
  status_declinee: "déclinée",
  no_pass: "Pas de PASS.",
  no_pass_kind: "Employeur {kind}.",
  unknown_kind: "inconnu",
  contract_after: "jusqu'au {fin}, PASS {pass}",
  hired_after: "dès le {debut}, PASS {pass}",
  hire_ends: "Fin d'embauche",
  suspended_long: "Depuis le {debut}, {months} mois",
  suspended_until: "Fin de suspension",
  suspended_unknown: "Suspendu, on ne sait jusqu'à quand",
  cdi_now: "CDI",
  cdi_suspended: "CDI après",
  cdi_later: "CDI plus tard",
  all_past: "Fini le {pass}",
  hidden_name: "Personne {position}",
  hidden_pass: "PASS …{end}",
  pass_number: "PASS {number}",
  unnamed_person: "Personne {position}",
  alert_fin_pass: "Fin du PASS IAE",
};
const dated = (since, value, until = null) => [{ since, until, value }];
const COUNTING = {
  months: dated("2021-01-01", 2.65),
  monthsADay: dated("2021-01-01", 0.0328767),
  hours: dated("2024-01-01", 150),
  fullTime: dated("2014-01-01", { aci: 1820, ai: 1607, ei: 1505, etti: 1600 }),
};
const CONTEXT = {
  today: TODAY,
  words: WORDS,
  labels: { pass_debut: "Début", "contrats.#.fin": "Contrat # : fin" },
  suspensionMonths: 12,
};

/** A row of the export, as the reader of lists gives it. */
function exported(more = {}, number = 2) {
  return {
    number,
    reference: "",
    errors: {},
    places: {},
    situation: {
      nom: "Nom01",
      prenom: "Prénom01",
      numero_pass: "99999 0000 001",
      type_employeur: "ACI",
      statut: "acceptee",
      debut: "2026-01-05",
      fin: "2027-01-04",
      pass_debut: "2026-01-05",
      pass_fin: "2028-01-04",
      date_naissance: "1990-02-03",
      ...more,
    },
  };
}

const row = (more, number, file = "") => ofExport(exported(more, number), file, EXPORT);

/** A row of a list of the site. */
function listed(situation, reference = "", file = "liste.csv") {
  const list = withPersons({ columns: [], families: {} });
  return ofList(
    { number: 2, reference, errors: {}, places: {}, situation: { structure: "ei", ...situation } },
    file,
    list,
  );
}

const people = (rows) => matchPersons(rows, WORDS).persons;

test("rows that ask about another day than the page are told, not passed over", () => {
  const rows = ["2026-11-27", "2026-12-01", undefined, "2027-01-01"].map((au) => ({
    facts: { au },
  }));
  const words = { other_days: "{label} : {count}, {day}" };
  assert.deepEqual(otherDays(rows, TODAY, "Jour", words), [`Jour : 2, ${french(TODAY)}`]);
  assert.deepEqual(otherDays(rows.slice(0, 1), TODAY, "Jour", words), []);
});

describe("rows", () => {
  test("only an accepted application is a hire", () => {
    assert.deepEqual(row({}).hire, { debut: "2026-01-05", fin: "2027-01-04" });
    assert.equal(row({ statut: "declinee" }).hire, undefined);
  });

  test("what the export does not say stays unknown", () => {
    const { facts } = row({ date_naissance: undefined });
    assert.deepEqual(Object.keys(facts), ["pass_debut", "pass_fin"]);
  });

  test("a kind of employer without a PASS IAE is no structure of the calculator", () => {
    assert.equal(row({ type_employeur: "GEIQ" }).structure, undefined);
    assert.equal(row({ type_employeur: "EITI" }).structure, "eiti");
  });

  test("a cell that could not be read gives no fact", () => {
    const bad = { ...exported({ pass_fin: "bientôt" }), errors: { pass_fin: "illisible" } };
    assert.equal(ofExport(bad, "", EXPORT).facts.pass_fin, undefined);
    const contrats = [{ debut: "2026-01-01", fin: "bientôt" }];
    const row_ = { number: 2, reference: "", places: {}, situation: { structure: "ei", contrats } };
    const list = withPersons({ columns: [], families: {} });
    const { facts } = ofList({ ...row_, errors: { "contrats.0.fin": "illisible" } }, "", list);
    assert.deepEqual(facts.contrats, [{ debut: "2026-01-01" }]);
  });

  test("names and numbers never become facts", () => {
    const { facts } = listed({
      nom: "N",
      numero_pass: "1",
      heures_annee: 3,
      pass_debut: "2026-01-01",
    });
    assert.deepEqual(facts, { structure: "ei", pass_debut: "2026-01-01" });
  });
});

describe("persons", () => {
  test("the number of the PASS gathers rows, however it is written", () => {
    const rows = [row({}), row({ numero_pass: "999990000001", debut: "2027-01-05" }, 3)];
    assert.equal(people(rows).length, 1);
  });

  test("a reference that is the number of a PASS is that person, in either order", () => {
    const mine = listed({ pass_debut: "2026-01-05" }, "999990000001");
    assert.equal(people([row({}), mine]).length, 1);
    assert.equal(people([mine, row({})]).length, 1);
  });

  test("the same reference is the same person, unless the numbers differ", () => {
    const one = listed({ numero_pass: "A1" }, "D-1");
    assert.equal(people([one, listed({ rqth: true }, "d-1", "b.csv")]).length, 1);
    assert.equal(people([one, listed({ numero_pass: "B2" }, "D-1")]).length, 2);
  });

  test("nobody is recognised by a name", () => {
    const one = { numero_pass: "" };
    assert.equal(people([row(one), row({ ...one, debut: "2025-01-01" }, 3)]).length, 2);
  });

  test("a row that says the same counts once, and is told", () => {
    const { persons, duplicates } = matchPersons([row({}, 2, "a"), row({}, 5, "b")], WORDS);
    assert.equal(persons[0].rows.length, 1);
    assert.deepEqual(
      duplicates.map(({ row: { file, number }, first }) => [file, number, first.file]),
      [["b", 5, "a"]],
    );
  });

  test("two rows alike without number nor reference may be two people", () => {
    const rows = [row({ numero_pass: "" }), row({ numero_pass: "" }, 3)];
    assert.equal(people(rows).length, 2);
  });

  test("facts given differently are refused, with both places", () => {
    const [person] = people([row({}, 2, "a"), row({ pass_fin: "2028-02-01" }, 3, "b")]);
    assert.match(
      situationOf(person, TODAY, WORDS).refused[0],
      /fin : 4 janvier 2028 \(a, ligne 2\)/,
    );
  });
});

describe("situations", () => {
  test("two files make one situation of the calculator", () => {
    const suspensions = [{ debut: "2026-03-01", fin: "2026-04-30" }];
    const [person] = people([row({}), listed({ suspensions, rqth: true }, "999990000001")]);
    assert.deepEqual(situationOf(person, TODAY, WORDS).situation, {
      structure: "aci",
      au: TODAY,
      pass_debut: "2026-01-05",
      pass_fin: "2028-01-04",
      date_naissance: "1990-02-03",
      suspensions,
      rqth: true,
    });
  });

  test("the structure is that of the hire that runs, or of the next one", () => {
    const next = { debut: "2027-01-05", fin: "2027-06-30", type_employeur: "EI" };
    const [person] = people([row({}), row(next, 3)]);
    assert.equal(situationOf(person, TODAY, WORDS).situation.structure, "aci");
    assert.equal(situationOf(person, "2027-02-01", WORDS).situation.structure, "ei");
    assert.equal(situationOf(people([row(next)])[0], TODAY, WORDS).situation.structure, "ei");
  });

  test("who is not asked about has a reason", () => {
    const why = (more) => situationOf(people([row(more)])[0], TODAY, WORDS).waiting;
    assert.equal(why({ statut: "declinee" }), "Pas d'embauche : déclinée.");
    assert.equal(why({ type_employeur: "GEIQ" }), "Employeur GEIQ.");
    assert.equal(why({ type_employeur: undefined }), "Employeur inconnu.");
    assert.equal(why({ pass_debut: undefined }), "Pas de PASS.");
  });

  test("a cell that cannot be read refuses the row in words", () => {
    const bad = ofExport({ ...exported(), errors: { pass_fin: "illisible" } }, "", EXPORT);
    assert.match(
      situationOf(people([bad])[0], TODAY, WORDS).refused[0],
      /ligne 2.*Fin PASS IAE.*illisible/,
    );
  });
});

/** What is asked of a row, and an answer to it. */
const asked = (more) => situationOf(people([row(more)])[0], TODAY, WORDS);
function answered(more = {}) {
  const result = {
    values: { fin_pass: "2028-01-04" },
    reasons: [],
    dates: [{ id: "fin_pass", label: "Dernier jour", date: "2028-01-04" }],
    options: [],
    ...more,
  };
  return { type: "result", result };
}
const kinds = ({ alerts }) => alerts.map(({ kind }) => kind);

describe("alerts", () => {
  test("dates come in order, the nearest first, and say how urgent the person is", () => {
    const { alerts, urgency } = alertsOf(asked({}), answered(), CONTEXT);
    assert.deepEqual(
      alerts.map(({ kind, date }) => [kind, date]),
      [
        ["fin_contrat", "2027-01-04"],
        ["fin_pass", "2028-01-04"],
      ],
    );
    assert.equal(urgency, 38);
  });

  test("the window of the prolongation opens and closes", () => {
    const dates = [
      { id: "fenetre_debut", label: "", date: "2027-01-04" },
      { id: "fenetre_fin", label: "", date: "2028-07-04" },
      { id: "fin_carence", label: "", date: "2030-01-04" },
    ];
    const found = kinds(alertsOf(asked({ fin: undefined }), answered({ dates }), CONTEXT));
    assert.deepEqual(found, ["fenetre_ouvre", "fenetre_ferme"]);
  });

  test("a hire that goes past the PASS is told, whether it runs or begins after", () => {
    const late = alertsOf(asked({ fin: "2028-02-01" }), answered(), CONTEXT);
    // It presses as the end of the PASS does: nothing is lost before.
    assert.deepEqual([kinds(late)[0], late.urgency], ["contrat_apres_pass", 403]);
    const after = alertsOf(asked({ debut: "2028-02-01", fin: "2028-03-01" }), answered(), CONTEXT);
    assert.match(after.alerts[0].text, /dès le 1er février 2028/);
    const past = alertsOf(
      asked({ fin: "2026-02-01" }),
      answered({ values: { fin_pass: "2026-01-31" } }),
      CONTEXT,
    );
    assert.ok(!kinds(past).includes("contrat_apres_pass"));
  });

  test("what the calculator finds wrong is told in its words", () => {
    const reasons = [
      { id: "contrat_0_apres_pass", status: "unmet", text: "Trop long." },
      { id: "contrat_0_heures", status: "unmet", text: "Trop court." },
      { id: "pass_etat", status: "met", text: "" },
    ];
    const { alerts } = alertsOf(asked({}), answered({ reasons }), CONTEXT);
    const told = alerts.map(({ kind, text }) => [kind, text]);
    assert.deepEqual(told[0], ["autre_point", "Trop court."]);
    assert.deepEqual(told[2], ["contrat_apres_pass", "Trop long."]);
  });

  test("a suspension counts from the day that its list gives; the export only says that there is one", () => {
    const person = people([
      row({}),
      listed({ suspensions: [{ debut: "2025-11-27", fin: "2026-12-31" }] }, "999990000001"),
    ]);
    const long = alertsOf(situationOf(person[0], TODAY, WORDS), answered(), CONTEXT);
    assert.equal(long.alerts[0].text, "Depuis le 27 novembre 2025, 12 mois");
    const short = people([
      row({}),
      listed({ suspensions: [{ debut: "2025-11-28", fin: "2026-12-31" }] }, "999990000001"),
    ]);
    assert.deepEqual(
      kinds(alertsOf(situationOf(short[0], TODAY, WORDS), answered(), CONTEXT))[0],
      "suspendu",
    );
    const unknown = alertsOf(asked({ pass_statut: "suspendu" }), answered(), CONTEXT);
    assert.equal(unknown.alerts.find(({ kind }) => kind === "suspendu").date, undefined);
  });

  test("a CDI inclusion is offered only to who is known to be old enough", () => {
    const offer = (status, more = {}, from = null) =>
      alertsOf(
        asked(more),
        answered({ options: [{ id: "prolongation_cdi_inclusion", status, from }] }),
        CONTEXT,
      ).alerts.find(({ kind }) => kind === "cdi_inclusion");
    assert.equal(offer("sous_conditions").text, "CDI");
    assert.equal(offer("sous_conditions", { pass_statut: "suspendu" }).text, "CDI après");
    assert.equal(offer("plus_tard", {}, "2027-02-03").date, "2027-02-03");
    assert.equal(offer("plus_tard"), undefined);
    assert.equal(offer("impossible"), undefined);
    assert.equal(offer("sous_conditions", { date_naissance: undefined }), undefined);
  });

  test("who has no deadline is told why", () => {
    const over = answered({ values: { fin_pass: "2026-01-04" }, dates: [] });
    const { alerts, urgency } = alertsOf(asked({ fin: "2026-01-04" }), over, CONTEXT);
    assert.deepEqual([alerts[0].kind, alerts[0].text], ["sans_echeance", "Fini le 4 janvier 2026"]);
    assert.ok(urgency > 1000);
    assert.deepEqual(kinds(alertsOf(asked({ statut: "declinee" }), undefined, CONTEXT)), [
      "sans_echeance",
    ]);
  });

  test("what the calculator refuses comes first, with the name of the column", () => {
    const invalid = { type: "invalid", errors: { "contrats.1.fin": "avant le début" } };
    const { alerts, urgency } = alertsOf(asked({}), invalid, CONTEXT);
    assert.deepEqual([alerts[0].text, urgency], ["Contrat 2 : fin\u00a0: avant le début", -1]);
    const unknown = { type: "unknown", message: "Pas de règle ce jour-là." };
    assert.equal(alertsOf(asked({}), unknown, CONTEXT).alerts[0].text, "Pas de règle ce jour-là.");
    assert.deepEqual(alertsOf(asked({}), undefined, CONTEXT).alerts, []);
  });

  test("a contract that another follows the next day has no end", () => {
    const first = { debut: "2026-01-01", fin: "2026-12-31" };
    assert.deepEqual(lastDays([first, { debut: "2027-01-01", fin: "2027-06-30" }], TODAY), [
      "2027-06-30",
    ]);
    assert.deepEqual(
      lastDays([first, { debut: "2027-01-02", fin: "2027-06-30" }], TODAY).length,
      2,
    );
    assert.deepEqual(lastDays([first, { debut: "2026-06-01" }], TODAY), []);
  });

  test("months later is the same day, or the last of the month", () => {
    assert.equal(monthsLater("2024-02-29", 12), "2025-02-28");
    assert.equal(monthsLater("2026-01-31", 1), "2026-02-28");
    assert.equal(monthsLater("2026-11-27", 12), "2027-11-27");
  });
});

/** A person of the board. */
function entry(rows, alerts = []) {
  const [person] = people(rows);
  return { person, asked: situationOf(person, TODAY, WORDS), position: 1, alerts, urgency: 0 };
}

describe("months", () => {
  const both = entry(
    [row({})],
    [
      { kind: "fin_pass", date: "2026-12-01", text: "" },
      { kind: "fin_contrat", date: "2026-12-31", text: "" },
      { kind: "fin_contrat", date: "2026-12-15", text: "" },
      { kind: "fenetre_ouvre", date: "2027-01-02", text: "" },
    ],
  );

  test("ends are counted once a person and a month", () => {
    assert.deepEqual(endsByMonth([both], monthsFrom(TODAY, 3)), [
      { month: "2026-11", passes: 0, contracts: 0 },
      { month: "2026-12", passes: 1, contracts: 1 },
      { month: "2027-01", passes: 0, contracts: 0 },
    ]);
    assert.equal(monthName("2026-12"), "décembre 2026");
  });

  test("one alert has both the kind and the month that are asked", () => {
    const size = (filter) => filtered([both], filter).length;
    assert.deepEqual(
      [
        size({}),
        size({ month: "2026-12" }),
        size({ kind: "fenetre_ouvre" }),
        size({ kind: "fenetre_ouvre", month: "2026-12" }),
        size({ kind: "suspendu" }),
      ],
      [1, 1, 1, 0, 0],
    );
  });
});

describe("the year", () => {
  const left = (more) => entry([row({ debut: "2026-01-05", fin: "2026-06-30", ...more })]);
  const count = (entries, year = "2026") =>
    Object.fromEntries(
      yearly(entries, year, TODAY, COUNTING).map(({ id, records, value }) => [
        id,
        value ?? records.length,
      ]),
    );

  test("who leaves an ACI counts from 81 days on: 2,65 months of the public code", () => {
    const stayed = (exit) => ({ entry: "2026-01-01", exit, structure: "aci" });
    assert.equal(counts(left({}), stayed("2026-03-22"), COUNTING), false); // 80 days
    assert.equal(counts(left({}), stayed("2026-03-23"), COUNTING), true); // 81 days
  });

  test("who leaves an AI counts from 150 hours on, and is unknown without hours", () => {
    const stayed = { entry: "2026-01-01", exit: "2026-06-30", structure: "ai" };
    assert.equal(counts(left({ heures_annee: 150 }), stayed, COUNTING), true);
    assert.equal(counts(left({ heures_annee: 149.5 }), stayed, COUNTING), false);
    assert.equal(counts(left({}), stayed, COUNTING), undefined);
    assert.equal(
      counts(left({ heures_annee: 150 }), { ...stayed, structure: "eiti" }, COUNTING),
      undefined,
    );
  });

  test("entries, exits and their kinds; who still has a contract has not left", () => {
    const entries = [
      left({ sorte_de_sortie: "durable" }),
      left({ fin: "2026-02-01" }),
      entry([row({})]),
      entry([row({ debut: "2025-01-05", fin: "2025-06-30" })]),
    ];
    assert.deepEqual(count(entries), {
      entrees: 3,
      presents: 3,
      sorties: 2,
      sorties_comptees: 1,
      sortie_durable: 1,
      dynamiques: 1,
      sorties_non_comptees: 1,
    });
    assert.equal(share(yearly(entries, "2026", TODAY, COUNTING), "dynamiques"), 100);
    assert.equal(share(yearly(entries, "2026", TODAY, COUNTING), "entrees"), undefined);
    assert.deepEqual(yearsOf(entries, TODAY), ["2026", "2025"]);
  });

  test("no share of dynamic exits while one exit does not say its kind", () => {
    const lines_ = yearly(
      [left({ sorte_de_sortie: "durable" }), left({})],
      "2026",
      TODAY,
      COUNTING,
    );
    assert.equal(share(lines_, "dynamiques"), undefined);
  });

  test("the share of CDI inclusion is among contracts whose kind is known", () => {
    const known = (contrat) =>
      entry([listed({ contrats: [{ contrat, debut: "2026-01-01" }] }, contrat)]);
    const lines_ = yearly(
      [known("cdi_inclusion"), known("cddi"), entry([row({})])],
      "2026",
      TODAY,
      COUNTING,
    );
    assert.equal(share(lines_, "cdi_inclusion"), 50);
  });

  test("hours and posts are only there when a file has them", () => {
    assert.equal(count([left({})]).hours, undefined);
    const { hours, posts } = count([
      left({ heures_annee: 100.5, postes: 0.5 }),
      left({ heures_annee: 20 }),
    ]);
    assert.equal(hours, 120.5);
    assert.equal(posts, 0.51); // 0,5 of the first one, 20 hours of 1 820 of the second
  });

  test("hours are no posts where the hours of a full time are not known", () => {
    const nowhere = entry([row({ type_employeur: "EITI", heures_annee: 100 })]);
    assert.equal(count([nowhere]).posts, undefined);
    assert.equal(count([left({ heures_annee: 910 })], "2013").posts, undefined);
    assert.equal(count([left({ heures_annee: 910 })]).posts, 0.5);
  });

  test("an exit of before the rule is known is neither counted nor left out", () => {
    const stayed = (structure, exit) => ({ entry: "2020-01-01", exit, structure });
    const person = left({ heures_annee: 200 });
    assert.equal(counts(person, stayed("aci", "2020-12-31"), COUNTING), undefined);
    assert.equal(counts(person, stayed("aci", "2021-01-01"), COUNTING), true);
    assert.equal(counts(person, stayed("ai", "2023-12-31"), COUNTING), undefined);
    assert.equal(counts(person, stayed("ai", "2024-01-01"), COUNTING), true);
  });

  test("a rule holds from its first day to its last, and no value stands in for another", () => {
    const values = [...dated("2024-01-01", 1, "2024-12-31"), ...dated("2026-01-01", 2)];
    const found = ["2023-12-31", "2024-01-01", "2024-12-31", "2025-06-01", "2026-01-01"];
    assert.deepEqual(
      found.map((on) => valueOn(values, on)),
      [undefined, 1, 1, undefined, 2],
    );
  });

  test("a day of leaving that a list gives is the exit", () => {
    const person = entry([
      listed(
        {
          contrats: [{ contrat: "cddi", debut: "2026-01-01", fin: "2026-12-31" }],
          sortie: "2026-05-01",
        },
        "x",
      ),
    ]);
    assert.equal(count([person]).sorties, 1);
  });
});

describe("names", () => {
  const one = entry([row({})], [{ kind: "fin_pass", date: "2028-01-04", text: "Dernier jour" }]);

  test("a switch hides names and numbers, everywhere", () => {
    assert.equal(nameOf(one, false, WORDS), "Prénom01 Nom01");
    assert.equal(nameOf(one, true, WORDS), "Personne 1");
    assert.equal(passOf(one, true, WORDS), "PASS …0001");
    assert.ok(!JSON.stringify(lines([one], true, WORDS)).includes("Nom01"));
    assert.ok(!JSON.stringify(lines([one], true, WORDS)).includes("999990000001"));
  });

  test("days of the results are days, and the number of the PASS a text", () => {
    const [cells] = lines([one], false, WORDS);
    assert.deepEqual(cells[1], { text: "999990000001" });
    assert.deepEqual(cells[3], { day: "2028-01-04" });
  });

  test("the address of a pathway holds its facts, and no name", () => {
    assert.equal(
      follow("../", one.asked.situation),
      "../#structure=aci&au=2026-11-27&pass_debut=2026-01-05&pass_fin=2028-01-04&date_naissance=1990-02-03",
    );
  });

  test("calendars are gathered in one", () => {
    const text = (name) =>
      `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n${name}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
    const all = oneCalendar([text("a"), text("b")]);
    assert.equal(all.match(/BEGIN:VEVENT/g).length, 2);
    assert.equal(all.match(/VCALENDAR/g).length, 2);
  });
});

/** The columns of the export of the platform, apostrophes as it writes them. */
const COLUMNS =
  "Civilité candidat|Nom candidat|Prénom candidat|Email candidat|Téléphone candidat|Date de naissance candidat|Ville candidat|Département candidat|Nom structure employeur|Type employeur|Métiers|Source de la candidature|Nom organisation prescripteur|Nom utilisateur prescripteur|Date de la candidature|Statut de la candidature|Dates de début d’embauche|Dates de fin d’embauche|Motifs de refus|Éligibilité IAE validée|Eligible au contrôle|Numéro PASS IAE|Début PASS IAE|Fin PASS IAE|Statut PASS IAE".split(
    "|",
  );
const LINE =
  "MME|Nom01|Prénom01|||1990-02-03|Mende|48000|Structure d’essai|ACI|Candidature spontanée|Orienteur|||2025-12-20|Candidature acceptée|2026-01-05|2027-01-04||oui|non|012345678901|2026-01-05|2028-01-04|Valide (suspendu)".split(
    "|",
  );

describe("the export of the platform", () => {
  const days = LINE.map((cell) => (/^\d{4}-/.test(cell) ? { day: cell } : cell));
  const files = {
    "a workbook whose texts are shared, as Excel and openpyxl write": xlsx([COLUMNS, days]),
    "a workbook whose texts are in their cells, as the platform streams": xlsx([COLUMNS, days], {
      shared: false,
    }),
    "a workbook of LibreOffice": ods([COLUMNS, days]),
    "a text": csv([COLUMNS, LINE]),
    "a text with commas": csv([COLUMNS, LINE], ","),
  };
  for (const [name, file] of Object.entries(files)) {
    test(`is read from ${name}`, () => {
      const reading = read(file, "", { specification: EXPORT });
      assert.deepEqual([reading.outcome, reading.errors], ["read", []]);
      const one = ofExport(reading.rows[0], "", EXPORT);
      assert.deepEqual(
        [one.pass, one.name, one.structure, one.status, one.passStatus, one.hire, one.facts],
        [
          "012345678901",
          "Prénom01 Nom01",
          "aci",
          "acceptee",
          "suspendu",
          { debut: "2026-01-05", fin: "2027-01-04" },
          { pass_debut: "2026-01-05", pass_fin: "2028-01-04", date_naissance: "1990-02-03" },
        ],
      );
      assert.equal(reading.rows[0].situation.email, undefined);
    });
  }

  test("another table is told by what it lacks", () => {
    const { questions } = read(
      csv([
        ["Nom", "Âge"],
        ["A", "30"],
      ]),
      "",
      { specification: EXPORT },
    );
    assert.deepEqual(questions.missing, ["Type employeur", "Statut de la candidature"]);
  });

  test("a column added to it gives the kind of an exit", () => {
    const rows = [
      [...COLUMNS, "Sorte de sortie"],
      [...LINE, "Emploi durable"],
    ];
    const { rows: found } = read(csv(rows), "", { specification: EXPORT });
    assert.equal(ofExport(found[0], "", EXPORT).exit, "durable");
  });
});

describe("a list of the team's own", () => {
  const SPANS = (path, label, options = []) => [
    { path: `${path}.#.contrat`, label: `${label} # : Quel contrat ?`, kind: "choice", options },
    { path: `${path}.#.debut`, label: `${label} # : Premier jour`, kind: "date", options: [] },
    { path: `${path}.#.fin`, label: `${label} # : Dernier jour`, kind: "date", options: [] },
  ];
  const one = (path, label, kind, required = false, options = []) => ({
    ...{ path, label, kind, required, options },
  });
  const KINDS = [["cddi", ["CDD d'insertion (CDDI)", "CDDI"]]];
  const LIST = withPersons({
    columns: [
      one("structure", "Quelle structure suit la personne ?", "choice", true, [
        ["aci", ["Atelier et chantier d'insertion (ACI)"]],
      ]),
      one("au", "À quelle date regarder ?", "date", true),
      one("pass_debut", "Premier jour du PASS IAE", "date", true),
      one("pass_fin", "Dernier jour du PASS IAE", "date"),
      ...SPANS("contrats", "Contrats et renouvellements", KINDS),
    ],
    families: { contrats: { label: "Contrats", many: true, required: false } },
  });
  const DAY_ASKED = { path: "au", label: "Jour", value: TODAY, shown: "" };
  const ACI = { path: "structure", label: "Structure", value: "aci", shown: "ACI" };
  const kinds = (...same) => kindsOf({ export: EXPORT, list: LIST }, [DAY_ASKED, ...same]);
  /** What the worker does: it reads, then gives some rows. */
  const worker = (contents) => {
    let rows = [];
    const ask = async (task, { from, to, specification, defaults, decided, review, sheet }) => {
      if (task === "slice") return rows.slice(from, to);
      const reading = read(contents, "", { specification, defaults, decided, review, sheet });
      rows = reading.rows ?? [];
      return reading.questions ? reading : { ...reading, rows: rows.length };
    };
    return new Files({ ask }, WORDS);
  };
  const OWN =
    "Nom;N° PASS;Début PASS;Échéance du PASS;Début de contrat;Fin de contrat\n" +
    "Martin;999990000001;02/02/2026;01/02/2028;02/02/2026;01/02/2027\n" +
    "Durand;999990000002;05/01/2026;04/01/2028;05/01/2026;04/01/2027\n";
  const file = { name: "equipe.csv", size: 1, lastModified: 1 };

  test("its headings are proposed, and nothing is read before the reader has said yes", async () => {
    const files = worker(OWN);
    const { question } = await files.read(file, kinds(ACI), { source: "" });
    assert.equal(question.kind.key, "equipe-liste");
    const proposed = Object.fromEntries(
      question.reading.questions.columns.map(({ name, path }) => [name, path]),
    );
    assert.equal(proposed["Début PASS"], "pass_debut");
    assert.equal(proposed["Début de contrat"], "contrat_debut");
    const decided = Object.fromEntries(
      question.reading.questions.columns.map(({ key, name, path }) => [
        key,
        { "Échéance du PASS": "pass_fin", "N° PASS": "numero_pass" }[name] ?? path,
      ]),
    );
    files.say(file, { key: question.kind.key, decided });
    const { rows, told } = await files.read(file, kinds(ACI), { source: "" });
    assert.equal(told, true);
    assert.deepEqual(
      rows.map(({ name, pass }) => [name, pass]),
      [
        ["Martin", "999990000001"],
        ["Durand", "999990000002"],
      ],
    );
    assert.equal(rows[0].structure, "aci");
    assert.deepEqual(rows[0].hire, { debut: "2026-02-02", fin: "2027-02-01" });
    assert.equal(rows[0].facts.pass_fin, "2028-02-01");
    const other = await files.read({ ...file, size: 2 }, kinds(ACI), { source: "" });
    assert.ok("question" in other, "what was said of a file is not said of another");
    files.forget();
    assert.ok("question" in (await files.read(file, kinds(ACI), { source: "" })));
  });

  test("the sheet that the reader chooses is the one that is read", async () => {
    const sheet = (name, debut) => ({ name, rows: [["Premier jour du PASS IAE"], [debut]] });
    const files = worker(xlsx([sheet("Un", "02/02/2026"), sheet("Deux", "03/02/2026")]));
    const found = await files.read(file, kinds(ACI), { source: "" });
    assert.equal(found.reading.sheets.length, 2);
    assert.equal(found.rows[0].facts.pass_debut, "2026-02-02");
    files.say(file, { sheet: 1 });
    const second = await files.read(file, kinds(ACI), { source: "" });
    assert.equal(second.rows[0].facts.pass_debut, "2026-02-03");
  });

  test("an export whose column is called otherwise is asked about as an export", async () => {
    const names = COLUMNS.map((name) => name.replace("Statut de la candidature", "Où en est-elle"));
    const { question } = await worker(csv([names, LINE])).read(file, kinds(), { source: "" });
    assert.equal(question.kind.key, "equipe-export");
    assert.deepEqual(question.reading.questions.missing, ["Statut de la candidature"]);
  });

  test("asked again, columns that are known are shown to correct them", async () => {
    const files = worker(csv([COLUMNS, LINE]));
    assert.equal((await files.read(file, kinds(), { source: "" })).rows.length, 1);
    const again = await files.read(file, kinds(), { source: "", review: true });
    assert.equal(again.question.kind.key, "equipe-export");
  });

  test("fewer missing columns come before more known ones", () => {
    const reading = (missing, ...paths) => ({
      questions: { missing: Array(missing).fill(""), columns: paths.map((path) => ({ path })) },
    });
    assert.ok(easier(reading(1), reading(2, "a")) < 0);
    assert.ok(easier(reading(1, "a", ""), reading(1, "a", "b")) > 0);
    assert.equal(easier(reading(0), reading(0, "")), 0);
  });

  test("a contract whose kind is said is a fact of the calculator; without it, its days are a hire", () => {
    const dates = { contrat_debut: "2026-01-05", contrat_fin: "2026-12-31" };
    const known = listed({ ...dates, contrat_type: "cddi", contrat_heures: 26 });
    assert.deepEqual(known.facts.contrats, [
      { contrat: "cddi", debut: "2026-01-05", fin: "2026-12-31", heures_semaine: 26 },
    ]);
    assert.equal(known.hire, undefined);
    const unknown = listed(dates);
    assert.deepEqual(unknown.hire, { debut: "2026-01-05", fin: "2026-12-31" });
    assert.equal(unknown.facts.contrats, undefined);
  });

  test("a contract without its first day is refused, hours without its kind are told", () => {
    const halves = [
      { contrat_type: "cddi" },
      { contrat_fin: "2026-12-31" },
      { contrat_heures: 26 },
    ];
    for (const half of halves) {
      const [person] = people([listed({ pass_debut: "2025-01-06", ...half })]);
      const { situation, refused } = situationOf(person, TODAY, WORDS);
      assert.equal(situation, undefined);
      assert.equal(refused.length, 1);
    }
    const words = { unused_hours: "Heures : {count}" };
    const hours = { contrat_debut: "2026-01-05", contrat_heures: 26 };
    const rows = [listed(hours), listed({ ...hours, contrat_type: "cddi" }), listed({})];
    assert.deepEqual(unusedHours(rows, words), ["Heures : 1"]);
    assert.deepEqual(unusedHours(rows.slice(1), words), []);
  });

  test("the contracts of all the rows of a person count, each once, with their structure", () => {
    const contract = (debut) => ({ contrat: "cddi", debut, fin: `${debut.slice(0, 4)}-12-31` });
    const rows = [
      listed(
        { structure: "ei", pass_debut: "2025-01-06", contrats: [contract("2025-01-06")] },
        "7",
      ),
      listed({ structure: "aci", contrats: [contract("2026-01-05"), contract("2026-01-05")] }, "7"),
      listed({ structure: "aci", contrats: [contract("2027-01-04")] }, "7"),
    ];
    const [person] = people(rows);
    const { situation, refused } = situationOf(person, TODAY, WORDS);
    assert.deepEqual(refused, []);
    assert.equal(situation.structure, "aci"); // where she is on the day, not in the first row
    assert.deepEqual(
      situation.contrats.map(({ debut, structure }) => [debut, structure]),
      [
        ["2025-01-06", "ei"],
        ["2026-01-05", undefined],
        ["2027-01-04", undefined],
      ],
    );
  });

  test("two rows that disagree on a yes or no are told, not chosen between", () => {
    const [person] = people([listed({ rqth: true }, "7"), listed({ rqth: false }, "7")]);
    assert.deepEqual(person.conflicts, [
      "RQTH : oui (liste.csv, ligne 2), non (liste.csv, ligne 2)",
    ]);
  });
});
