// What a row of a file says of a person, whichever file it is from. What the file does not say stays unknown.

import { words as french } from "../shared/dates.js";
import { columnName } from "../spreadsheet/cells.js";
import { plain, say } from "../spreadsheet/words.js";

/** The kinds of employer that follow a person with a PASS IAE. */
const STRUCTURES = ["aci", "ai", "ei", "eiti", "etti"];
/** Columns of a list that are not facts of the calculator. */
const BESIDE = [
  ...["nom", "prenom", "numero_pass", "sorte_de_sortie", "heures_annee", "postes"],
  ...["contrat_type", "contrat_debut", "contrat_fin", "contrat_heures"],
];

/**
 * @typedef {{ number: number, reference: string, situation: Contract.Situation, errors: Lists.Words, places: Lists.Words }} Read
 * a row, as the reader of lists gives it
 */

/**
 * Read a row of the platform's export.
 * @param {Read} row @param {string} file @param {Lists.List} list @returns {Team.Row}
 */
export function ofExport(row, file, list) {
  const cells = readable(row);
  const kind = plain(cells.type_employeur ?? "");
  const hired = cells.statut === "acceptee";
  return {
    ...common(row, file, list),
    source: "export",
    structure: STRUCTURES.includes(kind) ? kind : undefined,
    employerKind: cells.type_employeur ?? "",
    employer: cells.employeur ?? "",
    status: cells.statut ?? "",
    passStatus: cells.pass_statut,
    // The dates of an application that became no hire are those of no contract.
    hire: hired && cells.debut ? { debut: cells.debut, fin: cells.fin } : undefined,
    facts: kept({
      pass_debut: cells.pass_debut,
      pass_fin: cells.pass_fin,
      date_naissance: cells.date_naissance,
    }),
  };
}

/**
 * Read a row of a list of the site: its facts are those of the calculator.
 * @param {Read} row @param {string} file @param {Lists.List} list @returns {Team.Row}
 */
export function ofList(row, file, list) {
  const facts = kept(readable(row));
  const { contrat_type: contrat, contrat_debut: debut, contrat_fin: fin } = facts;
  const heures_semaine = facts.contrat_heures;
  for (const name of BESIDE) delete facts[name];
  const begun = debut !== undefined;
  const halved = !begun && [contrat, fin, heures_semaine].some((one) => one !== undefined);
  // The calculator asks the kind of each contract; without it, its days alone are known.
  if (debut && contrat) {
    facts.contrats = [...(facts.contrats ?? []), kept({ contrat, debut, fin, heures_semaine })];
  }
  return {
    ...common(row, file, list),
    source: "list",
    structure: facts.structure,
    employerKind: facts.structure ?? "",
    employer: "",
    status: "acceptee",
    hire: debut && !contrat ? { debut, fin } : undefined,
    halved,
    kindless: begun && !contrat && heures_semaine !== undefined,
    facts,
  };
}

/**
 * Say that hours a week are of no use, in the rows that do not say of which kind of contract they are.
 * @param {Team.Row[]} rows @param {Lists.Words} words @returns {string[]}
 */
export function unusedHours(rows, words) {
  const count = rows.filter(({ kindless }) => kindless).length;
  return count ? [say(words.unused_hours, { count: french(count) })] : [];
}

/**
 * Say that the rows of a list ask about other days: the board looks at everybody on one day.
 * @param {Team.Row[]} rows @param {string} day @param {string} label @param {Lists.Words} words
 * @returns {string[]}
 */
export function otherDays(rows, day, label, words) {
  const count = rows.filter(({ facts }) => facts.au && facts.au !== day).length;
  return count ? [say(words.other_days, { label, count: french(count), day: french(day) })] : [];
}

/** @param {Read} row @param {string} file @param {Lists.List} list */
function common({ number, reference, situation, errors, places }, file, list) {
  return {
    file,
    number,
    reference,
    pass: passNumber(situation.numero_pass ?? ""),
    name: [situation.prenom, situation.nom].filter(Boolean).join(" "),
    exit: situation.sorte_de_sortie,
    hours: situation.heures_annee,
    posts: situation.postes,
    errors: Object.entries(errors).map(
      ([path, message]) => `${columnName(path, places, list)}\u00a0: ${message}`,
    ),
  };
}

/** What could be read: a cell that could not be keeps its text, which is no answer. @param {Read} row */
function readable({ situation, errors }) {
  const copy = structuredClone(situation);
  for (const path of Object.keys(errors)) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    const place = names.reduce((inner, name) => inner?.[name], copy);
    if (place) delete place[last];
  }
  return copy;
}

/** A number of PASS as it is compared: signs and spaces are how people write it. @param {string} text */
export function passNumber(text) {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, "");
}

/** What is said, without what is not. @param {Record<string, any>} facts @returns {Record<string, any>} */
function kept(facts) {
  const said = Object.entries(facts).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said);
}
