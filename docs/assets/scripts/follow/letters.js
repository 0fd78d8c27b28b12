// Letters filled from the facts. What is not known shows as « […] », for the reader to complete.

const UNKNOWN = "[…]";

/**
 * Fill a text: each `{name}` becomes its fact, or « […] ».
 * @param {string} text @param {Record<string, string | undefined>} facts
 */
export function fill(text, facts) {
  return text.replace(/\{(\w+)\}/g, (_, name) => facts[name] || UNKNOWN);
}

/**
 * Return what letters may say of a situation and of its answer, if there is one. `day` writes an ISO day,
 * `answer` the words of a code.
 * @param {Contract.Situation} situation
 * @param {Contract.Result | undefined} result
 * @param {(iso: string) => string} day
 * @param {(field: string, code: string) => string} answer
 * @returns {Record<string, string | undefined>}
 */
export function factsOf(situation, result, day, answer) {
  const options = result?.options ?? [];
  const open = (/** @type {string} */ start) =>
    options.find(({ id, status }) => id.startsWith(start) && status !== "impossible");
  const [contract, row] = latest(situation.contrats, ({ structure }) => !structure);
  const [convention, place] = latest(situation.conventions);
  const suspension = (situation.suspensions ?? []).find(
    (/** @type {any} */ { debut, fin }) => debut <= situation.au && situation.au <= fin,
  );
  const [prolongation, renewal] = [open("prolongation"), open("renouveler")];
  const free = result?.dates.find(({ id }) => id === "libre_le");
  const days = {
    au: situation.au,
    pass_debut: situation.pass_debut,
    fin_pass: result?.values.fin_pass ?? situation.pass_fin,
    suspension_debut: suspension?.debut,
    suspension_fin: suspension?.fin,
    contrat_debut: contract?.debut,
    contrat_fin: contract?.fin,
    renouvellement_debut: renewal?.from,
    renouvellement_fin: renewal?.until,
    prolongation_debut: prolongation?.from,
    prolongation_fin: prolongation?.until,
    convention_debut: convention?.debut,
    convention_fin: convention?.fin,
    libre_le: free?.date,
  };
  return {
    ...Object.fromEntries(Object.entries(days).map(([name, iso]) => [name, iso && day(iso)])),
    heures: contract?.heures_semaine?.toLocaleString("fr-FR"),
    contrat: contract && answer(`contrats.${row}.contrat`, contract.contrat),
    convention_objet: convention && answer(`conventions.${place}.objet`, convention.objet),
  };
}

/**
 * Return the row that begins last, and its place.
 * @param {any[] | undefined} rows @param {(row: any) => boolean} [right]
 */
function latest(rows = [], right = () => true) {
  const [row] = rows.filter(right).sort((a, b) => ((a.debut ?? "") < (b.debut ?? "") ? 1 : -1));
  return [row, rows.indexOf(row)];
}
