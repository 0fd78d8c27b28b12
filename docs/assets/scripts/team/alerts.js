// From the answer on a person to what a team must see of it, the most urgent first.

import { day } from "../shared/dates.js";
import { say } from "../spreadsheet/words.js";

const DAY = 86_400_000; // ms

/** The kinds of alert, in the order in which they are told of one day. */
export const KINDS = [
  "a_revoir",
  "contrat_apres_pass",
  "suspension_longue",
  "autre_point",
  "fin_contrat",
  "fin_pass",
  "fenetre_ferme",
  "fenetre_ouvre",
  "suspendu",
  "cdi_inclusion",
  "sans_echeance",
];
/** The dates of the answer that are alerts, by the beginning of their names. */
const DATES = /** @type {const} */ ([
  ["fin_pass", "fin_pass"],
  ["fenetre_debut", "fenetre_ouvre"],
  ["fenetre_fin", "fenetre_ferme"],
  ["fin_contrat", "fin_contrat"],
  ["suspension_longue", "suspension_longue"],
]);
/** Days of urgency of what has no date: after what presses, before what does not. */
const UNDATED = { now: 0, suspendu: 120, cdi_inclusion: 150, none: 100_000 };

/**
 * Say what must be seen of a person, and how urgent she is: days before what comes first, below zero
 * for what must be mended before anything else.
 * @param {Team.Asked} asked @param {Contract.Answer | undefined} answer @param {Team.Context} context
 * @returns {{ alerts: Team.Alert[], urgency: number }}
 */
export function alertsOf(asked, answer, context) {
  const { words } = context;
  if (asked.refused.length > 0) return toMend(asked.refused);
  if (asked.waiting) return without(asked.waiting);
  if (!answer) return { alerts: [], urgency: UNDATED.none };
  if (answer.type === "invalid") {
    return toMend(
      Object.entries(answer.errors).map(([name, text]) => fieldError(name, text, context)),
    );
  }
  if (answer.type !== "result") return toMend([answer.message]);
  const alerts = [
    ...wrong(asked, answer.result, context),
    ...dated(asked, answer.result, context),
    ...opportunities(asked, answer.result, context),
  ];
  const coming = alerts.some(({ date }) => date !== undefined && date >= context.today);
  if (!coming) alerts.push({ kind: "sans_echeance", text: noDeadline(answer.result, words) });
  const rank = (/** @type {Team.Alert} */ alert) => urgencyOf(alert, context.today);
  alerts.sort(
    (one, other) => rank(one) - rank(other) || KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind),
  );
  return { alerts, urgency: rank(alerts[0]) };
}

/** @param {string[]} texts @returns {{ alerts: Team.Alert[], urgency: number }} */
function toMend(texts) {
  return { alerts: texts.map((text) => ({ kind: "a_revoir", text })), urgency: -1 };
}

/** @param {string} text @returns {{ alerts: Team.Alert[], urgency: number }} */
function without(text) {
  return { alerts: [{ kind: "sans_echeance", text }], urgency: UNDATED.none };
}

/** @param {string} name @param {string} text @param {Team.Context} context */
function fieldError(name, text, { labels }) {
  const label = labels[name.replace(/\.\d+\./, ".#.")]?.replace(
    "#",
    String(Number(name.split(".")[1]) + 1),
  );
  return label ? `${label}\u00a0: ${text}` : text;
}

/** @param {Team.Alert} alert @param {string} today */
function urgencyOf({ kind, date, before = date }, today) {
  if (kind === "sans_echeance") return UNDATED.none;
  if (before !== undefined) return Math.max((Date.parse(before) - Date.parse(today)) / DAY, 0);
  if (kind === "suspendu" || kind === "cdi_inclusion") return UNDATED[kind];
  return UNDATED.now;
}

/** What does not hold now. @param {Team.Asked} asked @param {Contract.Result} result @param {Team.Context} context @returns {Team.Alert[]} */
function wrong({ hires }, result, { today, words }) {
  const end = result.values.fin_pass;
  /** @type {Team.Alert[]} */
  const alerts = result.reasons
    .filter(({ status }) => status === "unmet")
    .map(({ id, text }) =>
      id.endsWith("_apres_pass")
        ? { kind: "contrat_apres_pass", before: end, text }
        : { kind: "autre_point", text },
    );
  // The calculator has not heard of the contracts whose kind the file does not say.
  for (const { debut, fin, contrat } of hires) {
    if (contrat || !fin || fin <= end || fin < today) continue;
    const sentence = debut > end ? words.hired_after : words.contract_after;
    alerts.push({
      kind: "contrat_apres_pass",
      before: end,
      text: say(sentence, { debut: day(debut), fin: day(fin), pass: day(end) }),
    });
  }
  return alerts;
}

/** What comes on a day. @param {Team.Asked} asked @param {Contract.Result} result @param {Team.Context} context @returns {Team.Alert[]} */
function dated({ hires, situation, suspended }, result, { today, words, suspensionMonths }) {
  /** @type {Team.Alert[]} */
  const alerts = [];
  for (const { id, label, date } of result.dates) {
    const kind = DATES.find(([name]) => id.startsWith(name))?.[1];
    if (kind) alerts.push({ kind, date, text: label });
  }
  for (const fin of lastDays(hires, today)) {
    alerts.push({ kind: "fin_contrat", date: fin, text: words.hire_ends });
  }
  const running = (situation?.suspensions ?? []).find(
    (/** @type {Team.Hire} */ { debut, fin }) =>
      debut <= today && fin !== undefined && fin >= today,
  );
  if (running && monthsLater(running.debut, suspensionMonths) <= today) {
    alerts.push({
      kind: "suspension_longue",
      text: say(words.suspended_long, { debut: day(running.debut), months: suspensionMonths }),
    });
  } else if (running) {
    alerts.push({ kind: "suspendu", date: running.fin, text: words.suspended_until });
  } else if (suspended) alerts.push({ kind: "suspendu", text: words.suspended_unknown });
  return alerts;
}

/** What may be offered. @param {Team.Asked} asked @param {Contract.Result} result @param {Team.Context} context @returns {Team.Alert[]} */
function opportunities({ situation, suspended }, result, { words }) {
  const option = (result.options ?? []).find(({ id }) => id.endsWith("cdi_inclusion"));
  // Without the birth date, everybody might be old enough.
  if (!option || !situation?.date_naissance) return [];
  if (option.status === "impossible") return [];
  if (option.status === "plus_tard") {
    return option.from ? [{ kind: "cdi_inclusion", date: option.from, text: words.cdi_later }] : [];
  }
  return [{ kind: "cdi_inclusion", text: suspended ? words.cdi_suspended : words.cdi_now }];
}

/**
 * The last days to come of the contracts that no other follows at once.
 * @param {Team.Hire[]} hires those whose kind is known have their date in the answer
 * @param {string} today @returns {string[]}
 */
export function lastDays(hires, today) {
  const days = hires
    .filter(({ fin, contrat }) => fin !== undefined && fin >= today && !contrat)
    .filter(
      ({ fin }) =>
        !hires.some(
          (other) =>
            other.debut <= nextDay(/** @type {string} */ (fin)) &&
            (other.fin === undefined || other.fin > /** @type {string} */ (fin)),
        ),
    )
    .map(({ fin }) => /** @type {string} */ (fin));
  return [...new Set(days)];
}

/** @param {string} iso */
function nextDay(iso) {
  return new Date(Date.parse(iso) + DAY).toISOString().slice(0, 10);
}

/** The same day of a later month, or its last day. @param {string} iso @param {number} months */
export function monthsLater(iso, months) {
  const [year, month, date] = iso.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  return `${last.toISOString().slice(0, 8)}${String(Math.min(date, last.getUTCDate())).padStart(2, "0")}`;
}

/** @param {Contract.Result} result @param {Lists.Words} words */
function noDeadline({ values }, words) {
  return say(words.all_past, { pass: day(values.fin_pass) });
}
