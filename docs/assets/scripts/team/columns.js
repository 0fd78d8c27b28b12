// The columns that the board of a team reads: those of the platform's export, and what may be added to a
// list of the site. Whatever else a file holds is not read.

import { plain } from "../spreadsheet/words.js";

/** @param {string} path @param {string} label @param {string} kind @param {Lists.Column["options"]} [options] @returns {Lists.Column} */
const column = (path, label, kind, options = []) => ({
  path,
  label,
  kind,
  required: false,
  options,
});
/** A free text is a choice without a list: the readers of lists give it back as it is. */
const TEXT = "choice";

/** How the platform calls what became of an application; « acceptee » alone is a hire. */
const STATUSES = /** @type {Lists.Column["options"]} */ ([
  ["nouvelle", ["Nouvelle candidature"]],
  ["etude", ["Candidature à l’étude"]],
  ["attente", ["Candidature en attente"]],
  ["action_prealable", ["Action préalable à l’embauche"]],
  ["acceptee", ["Candidature acceptée"]],
  ["declinee", ["Candidature déclinée"]],
  ["annulee", ["Embauche annulée"]],
  ["ailleurs", ["Embauché ailleurs"]],
  ["vivier", ["Vivier de candidatures"]],
]);
const PASS_STATUSES = /** @type {Lists.Column["options"]} */ ([
  ["expire", ["Expiré"]],
  ["valide", ["Valide"]],
  ["futur", ["Valide (non démarré)"]],
  ["suspendu", ["Valide (suspendu)"]],
]);
export const EXITS = /** @type {Lists.Column["options"]} */ ([
  ["durable", ["Emploi durable"]],
  ["transition", ["Emploi de transition"]],
  ["positive", ["Sortie positive"]],
  ["autre", ["Autre sortie"]],
]);

/** What people add to their own list, or to the export: all optional. */
const ADDED = [
  column("sorte_de_sortie", "Sorte de sortie", TEXT, EXITS),
  column("heures_annee", "Heures de l’année", "number"),
  column("postes", "Postes en équivalent temps plein", "number"),
];
const IDENTITY = [
  column("nom", "Nom candidat", TEXT),
  column("prenom", "Prénom candidat", TEXT),
  column("numero_pass", "Numéro PASS IAE", TEXT),
];

/** The export of applications of the platform; its other columns are not needed. @type {Lists.List} */
export const EXPORT = {
  columns: [
    ...IDENTITY,
    column("date_naissance", "Date de naissance candidat", "date"),
    column("employeur", "Nom structure employeur", TEXT),
    { ...column("type_employeur", "Type employeur", TEXT), required: true },
    column("candidature_le", "Date de la candidature", "date"),
    { ...column("statut", "Statut de la candidature", TEXT, STATUSES), required: true },
    column("debut", "Dates de début d’embauche", "date"),
    column("fin", "Dates de fin d’embauche", "date"),
    column("pass_debut", "Début PASS IAE", "date"),
    column("pass_fin", "Fin PASS IAE", "date"),
    column("pass_statut", "Statut PASS IAE", TEXT, PASS_STATUSES),
    ...ADDED,
  ],
  families: {},
};

/** A contract a row, as most lists of a team have it: its kind may be left out. @param {Lists.List} list */
function contract(list) {
  const kinds = list.columns.find(({ path }) => path === "contrats.#.contrat")?.options ?? [];
  return [
    column("contrat_type", "Type de contrat", TEXT, kinds),
    column("contrat_debut", "Début de contrat", "date"),
    column("contrat_fin", "Fin de contrat", "date"),
    column("contrat_heures", "Heures par semaine", "number"),
  ];
}

/**
 * The columns of the list of a simulator, and what the board takes beside them.
 * @param {Lists.List} list @returns {Lists.List}
 */
export function withPersons(list) {
  const own = new Set(list.columns.map(({ label }) => plain(label)));
  const more = [
    ...IDENTITY.map((one) => ({ ...one, label: one.label.replace(" candidat", "") })),
    ...contract(list),
    ...ADDED,
  ];
  return {
    ...list,
    columns: [...list.columns, ...more.filter(({ label }) => !own.has(plain(label)))],
  };
}

/** The names of a status, or of a kind of exit. @param {string} code */
export function nameOf(code) {
  return [...STATUSES, ...PASS_STATUSES, ...EXITS].find(([one]) => one === code)?.[1][0] ?? code;
}
