// From the rows of several files to persons: the number of the PASS IAE says who is who, then the reference.
// Nobody is recognised by a name: two people may have the same.

import { words as french } from "../shared/dates.js";
import { say } from "../spreadsheet/words.js";

/**
 * Gather the rows of each person, in the order of the files. A row that says all that another says is a
 * duplicate, and counts once. Facts that two rows give differently are refused: nobody here knows which
 * is right.
 * @param {Team.Row[]} rows @param {Lists.Words} words
 * @returns {{ persons: Team.Person[], duplicates: { row: Team.Row, first: Team.Row }[] }}
 */
export function matchPersons(rows, words) {
  /** @type {Map<string, Team.Person>} */
  const byPass = new Map();
  /** @type {Map<string, Team.Person>} */
  const byReference = new Map();
  /** @type {Set<Team.Person>} */
  const persons = new Set();
  const duplicates = [];
  /** @type {Map<string, Team.Row>} */
  const seen = new Map();
  for (const row of rows) {
    const content = JSON.stringify({ ...row, file: "", number: 0 });
    const first = seen.get(content);
    // Without a number nor a reference, two rows that say the same may be two people.
    if (first && (row.pass || row.reference)) {
      duplicates.push({ row, first });
      continue;
    }
    seen.set(content, row);
    const reference = row.reference.toUpperCase();
    const number = reference.replace(/[^0-9A-Z]/g, "");
    const known =
      (row.pass && byPass.get(row.pass)) ||
      // People often take the number of the PASS as the reference.
      (!row.pass && number && byPass.get(number)) ||
      (row.pass && samePass(byReference.get(row.pass), row)) ||
      (reference && samePass(byReference.get(reference), row)) ||
      undefined;
    const person = known ?? { pass: "", reference: "", name: "", rows: [], conflicts: [] };
    person.rows.push(row);
    person.pass ||= row.pass;
    person.reference ||= row.reference;
    person.name ||= row.name;
    if (row.pass) byPass.set(row.pass, person);
    if (reference) byReference.set(reference, person);
    persons.add(person);
  }
  for (const person of persons) person.conflicts = conflicts(person, words);
  return { persons: [...persons], duplicates };
}

/** A reference is no proof against two numbers of PASS. @param {Team.Person | undefined} person @param {Team.Row} row */
function samePass(person, row) {
  return person && (!person.pass || !row.pass || person.pass === row.pass) ? person : undefined;
}

/** Facts that a person has once, whatever the row. */
const ONCE = [
  ...["pass_debut", "pass_fin", "date_naissance", "rqth"],
  ...["date_diagnostic", "diagnostic_de", "sortie"],
];

/** @param {Team.Person} person @param {Lists.Words} words */
function conflicts({ rows }, words) {
  const found = [];
  for (const fact of ONCE) {
    const saying = rows.filter(({ facts }) => facts[fact] !== undefined);
    const other = saying.find(({ facts }) => facts[fact] !== saying[0].facts[fact]);
    if (!other) continue;
    found.push(
      say(words.conflict, {
        fact: words[fact],
        one: french(saying[0].facts[fact]),
        where_one: place(saying[0], words),
        other: french(other.facts[fact]),
        where_other: place(other, words),
      }),
    );
  }
  return found;
}

/** Where a row stands: the file is named where there are several. @param {Team.Row} row @param {Lists.Words} words */
export function place({ file, number }, words) {
  return say(file ? words.place_in_file : words.place, { file, number });
}

/**
 * Say what is asked of the calculator about a person, or why nothing is.
 * @param {Team.Person} person @param {string} today @param {Lists.Words} words
 * @returns {{ situation?: Contract.Situation, hires: Team.Hire[], suspended: boolean, refused: string[], waiting?: string }}
 */
export function situationOf(person, today, words) {
  const { rows } = person;
  const refused = [
    ...rows.flatMap((row) => row.errors.map((error) => `${place(row, words)}\u00a0: ${error}`)),
    ...rows
      .filter(({ halved }) => halved)
      .map((row) => `${place(row, words)}\u00a0: ${words.half_contract}`),
    ...person.conflicts,
  ];
  const hires = hiresOf(person);
  const suspended = rows.some(({ passStatus }) => passStatus === "suspendu");
  const base = { hires, suspended, refused };
  if (refused.length > 0) return base;
  const hired = rows.filter(({ status }) => status === "acceptee");
  if (hired.length === 0)
    return { ...base, waiting: say(words.no_hire, { status: statuses(rows, words) }) };
  const row = present(hired, today);
  if (!row.structure) {
    return {
      ...base,
      waiting: say(words.no_pass_kind, { kind: row.employerKind || words.unknown_kind }),
    };
  }
  /** @type {Contract.Situation} */
  const situation = { structure: row.structure, au: today };
  for (const { facts } of rows) {
    for (const [name, fact] of Object.entries(facts)) {
      if (name === "structure" || name === "au") continue;
      // Each row of a person may give a contract, a suspension…: all count, each once.
      if (name === "contrats") {
        situation[name] = together(situation[name], fact.map(employed(facts, row)));
      } else if (Array.isArray(fact)) situation[name] = together(situation[name], fact);
      else situation[name] ??= fact;
    }
  }
  if (!situation.pass_debut) return { ...base, waiting: words.no_pass };
  return { ...base, situation };
}

/**
 * A contract of another structure than the one that follows the person says so.
 * @param {Record<string, any>} facts of its row @param {Team.Row} present
 */
function employed({ structure }, present) {
  return (/** @type {any} */ one) =>
    one.structure || !structure || structure === present.structure ? one : { ...one, structure };
}

/** @param {any[] | undefined} some @param {any[]} more */
function together(some = [], more) {
  return [...new Map([...some, ...more].map((one) => [JSON.stringify(one), one])).values()];
}

/** The contracts of a person: those of the export, and those of a list. @param {Team.Person} person @returns {Team.Hire[]} */
function hiresOf({ rows }) {
  const found = rows.flatMap((row) => [
    ...(row.hire ? [{ ...row.hire, structure: row.structure, employer: row.employer }] : []),
    ...(row.facts.contrats ?? []).map((/** @type {any} */ { debut, fin, contrat, structure }) => ({
      debut,
      fin,
      contrat,
      structure: structure ?? row.structure,
      employer: "",
    })),
  ]);
  return found.sort((one, other) => (one.debut < other.debut ? -1 : 1));
}

/** The row of the hire that runs on the day, or the nearest one. @param {Team.Row[]} rows @param {string} today */
function present(rows, today) {
  const begun = rows.filter((row) => (startsOf(row)[0] ?? "") <= today);
  const from = (/** @type {Team.Row} */ row) => {
    const starts = startsOf(row);
    return starts.findLast((start) => start <= today) ?? starts[0] ?? "";
  };
  const sorted = (begun.length > 0 ? begun : rows).toSorted((one, other) =>
    from(one) < from(other) ? -1 : 1,
  );
  return /** @type {Team.Row} */ (begun.length > 0 ? sorted.at(-1) : sorted[0]);
}

/** The first days of the contracts of a row, in order. @param {Team.Row} row @returns {string[]} */
function startsOf({ hire, facts }) {
  const contracts = [...(hire ? [hire] : []), ...(facts.contrats ?? [])];
  return contracts
    .map(({ debut }) => debut)
    .filter(Boolean)
    .sort();
}

/** @param {Team.Row[]} rows @param {Lists.Words} words */
function statuses(rows, words) {
  const names = rows.map(({ status }) => words[`status_${status}`] ?? status);
  return [...new Set(names)].join(", ");
}
