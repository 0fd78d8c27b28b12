// Letters filled from the facts. What is not known shows as « [… what it is] », for the reader to complete.

/** What a letter shows where a fact is missing. */
const BLANK = /\[…[^\]]*\]/g;

/**
 * Fill a text: each `{name}` becomes its fact, or « [… its words] ». A line that begins with `?name ` is
 * kept only where that fact is known.
 * @param {string} text
 * @param {Record<string, string | undefined>} facts
 * @param {Record<string, string>} [blanks] the words of what is missing, by fact
 */
export function fill(text, facts, blanks = {}) {
  return text
    .split("\n")
    .flatMap((line) => {
      const [, name, rest] = /^\?(\w+) (.*)$/.exec(line) ?? [];
      if (name === undefined) return [line];
      return facts[name] ? [rest] : [];
    })
    .join("\n")
    .replace(/\{(\w+)\}/g, (_, name) => facts[name] || blank(blanks[name]));
}

/** @param {string | undefined} words */
function blank(words) {
  return words ? `[… ${words}]` : "[…]";
}

/**
 * Return where the next blank of a text is, after a place; the first one again after the last.
 * @param {string} text @param {number} from
 * @returns {{ start: number, end: number } | undefined}
 */
export function nextBlank(text, from) {
  const places = [...text.matchAll(BLANK)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
  }));
  return places.find(({ start }) => start >= from) ?? places[0];
}

/** @param {string} text */
export function blanksOf(text) {
  return text.match(BLANK)?.length ?? 0;
}

/**
 * What the page knows beside the situation: how to write a day, and the words of an answer of the form.
 * @typedef {{
 *   day: (iso: string) => string,
 *   answer: (field: string, code: string) => string,
 *   motifs: Record<string, string>,
 *   structures: Record<string, string>,
 *   words: Record<string, string>,
 * }} Words
 */

/**
 * Return what letters may say of a situation and of its answer, if there is one.
 * @param {Contract.Situation} situation @param {Contract.Result | undefined} result @param {Words} words
 * @returns {Record<string, string | undefined>}
 */
export function factsOf(situation, result, { day, answer, motifs, structures, words }) {
  const open = (result?.options ?? []).filter(({ status }) => status !== "impossible");
  const first = (/** @type {string} */ start) => open.find(({ id }) => id.startsWith(start));
  const [contract, row] = latest(situation.contrats, ({ structure }) => !structure);
  // She may leave before the contract ends.
  const contractEnd = contract && [contract.fin, situation.sortie].filter(Boolean).sort()[0];
  const [convention, place] = latest(situation.conventions);
  const suspension = (situation.suspensions ?? []).find(
    (/** @type {any} */ { debut, fin }) => debut <= situation.au && situation.au <= fin,
  );
  const decided = open.filter(({ id }) => id in motifs);
  const [prolongation] = decided;
  const renewal = first("renouveler");
  const date = (/** @type {string} */ name) => result?.dates.find(({ id }) => id === name)?.date;
  const end = result?.values.fin_pass ?? situation.pass_fin;
  const days = {
    pass_debut: situation.pass_debut,
    fin_pass: end,
    suspension_debut: suspension?.debut,
    suspension_fin: suspension?.fin,
    suspension_longue: date("suspension_longue"),
    contrat_debut: contract?.debut,
    contrat_fin: contractEnd,
    renouvellement_debut: renewal?.from,
    renouvellement_fin: renewal?.until,
    prolongation_debut: prolongation?.from,
    prolongation_fin: prolongation?.until,
    a_prolonger: first("prolongation")?.until,
    convention_debut: convention?.debut,
    convention_fin: convention?.fin,
    libre_le: date("libre_le"),
  };
  const period = (/** @type {any} */ { debut, fin }) =>
    fin ? `${words.from} ${day(debut)} ${words.to} ${day(fin)}` : `${words.since} ${day(debut)}`;
  const periods = (/** @type {any[] | undefined} */ rows = []) =>
    joined(rows.filter(({ debut, fin }) => debut && fin).map(period), words.and);
  const contracts = (situation.contrats ?? [])
    .map((/** @type {any} */ one, /** @type {number} */ index) =>
      one.debut && one.contrat
        ? [
            `- ${answer(`contrats.${index}.contrat`, one.contrat)}`,
            period(one),
            one.heures_semaine && `${number(one.heures_semaine)} ${words.hours}`,
            one.structure && `${words.at} ${structures[one.structure]}`,
          ]
        : [],
    )
    .map((/** @type {any[]} */ parts) => parts.filter(Boolean).join(", "));
  return {
    ...Object.fromEntries(Object.entries(days).map(([name, iso]) => [name, iso && day(iso)])),
    finit_pass: end && end < situation.au ? words.ended : words.ends,
    finit_contrat: contractEnd && contractEnd < situation.au ? words.ended : words.ends,
    structure: structures[situation.structure],
    suspensions: periods(situation.suspensions),
    prolongations: periods(situation.prolongations),
    contrats: contracts.filter(Boolean).join("\n"),
    heures: contract?.heures_semaine && number(contract.heures_semaine),
    contrat: contract && answer(`contrats.${row}.contrat`, contract.contrat),
    convention_objet: convention && answer(`conventions.${place}.objet`, convention.objet),
    motif: joined(
      decided.map(({ id }) => motifs[id]),
      words.or,
    ),
    pieces: [...new Set(decided.flatMap(({ papers }) => papers))]
      .map((paper) => `- ${paper}`)
      .join("\n"),
    ailleurs: first("embauche_ailleurs")?.label,
  };
}

/** @param {number} value */
function number(value) {
  return value.toLocaleString("fr-FR");
}

/** « a, b et c ». @param {string[]} texts @param {string} word between the last two */
function joined(texts, word) {
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} ${word} ${last}`;
}

/**
 * Return the row that begins last, and its place.
 * @param {any[] | undefined} rows @param {(row: any) => boolean} [right]
 */
function latest(rows = [], right = () => true) {
  const [row] = rows.filter(right).sort((a, b) => ((a.debut ?? "") < (b.debut ?? "") ? 1 : -1));
  return [row, rows.indexOf(row)];
}
