// What a person is called on the board, and what the files that leave it say: names may be hidden.

import { address } from "../spreadsheet/cells.js";
import { say } from "../spreadsheet/words.js";

/** @param {Team.Entry} entry @param {boolean} hidden @param {Lists.Words} words */
export function nameOf({ person, position }, hidden, words) {
  if (hidden) return say(words.hidden_name, { position });
  return (
    person.name ||
    person.reference ||
    (person.pass && say(words.pass_number, { number: person.pass })) ||
    say(words.unnamed_person, { position })
  );
}

/** The number of the PASS; hidden, its end is enough to find it. @param {Team.Entry} entry @param {boolean} hidden @param {Lists.Words} words */
export function passOf({ person }, hidden, words) {
  if (!person.pass) return "";
  return hidden
    ? say(words.hidden_pass, { end: person.pass.slice(-4) })
    : say(words.pass_number, { number: person.pass });
}

/** The last day of the contracts to come, if there is one. @param {Team.Entry} entry */
export function contractEnd({ alerts }) {
  return alerts.find(({ kind, date }) => kind === "fin_contrat" && date)?.date;
}

/** The page of a person's pathway, filled; no name goes there. @param {string} page @param {Contract.Situation} situation */
export function follow(page, situation) {
  const filled = address("", situation);
  return `${page}${filled.slice(filled.indexOf("#"))}`;
}

/**
 * The lines of the board as cells of a file, in the order of `heads`.
 * @param {Team.Entry[]} entries @param {boolean} hidden @param {Lists.Words} words
 * @returns {import("../spreadsheet/results.js").Cell[][]}
 */
export function lines(entries, hidden, words) {
  return entries.map((entry) => {
    const [first] = entry.alerts;
    const told = entry.alerts.map((alert) => sentence(alert, words)).join(" | ");
    return [
      { text: nameOf(entry, hidden, words) },
      { text: hidden ? passOf(entry, hidden, words) : entry.person.pass },
      { text: first ? words[`alert_${first.kind}`] : "" },
      cell(first?.date),
      { text: told },
      cell(entry.passEnd),
      cell(contractEnd(entry)),
      { text: entry.person.rows.find(({ employer }) => employer)?.employer ?? "" },
    ];
  });
}

/** @param {Lists.Words} words */
export function heads(words) {
  const names = ["person", "pass", "alert", "date", "more", "pass_end", "contract_end", "employer"];
  return names.map((name) => words[`head_${name}`]);
}

/** @param {string | undefined} day @returns {import("../spreadsheet/results.js").Cell} */
function cell(day) {
  return day === undefined ? { text: "" } : { day };
}

/** « Fin du PASS IAE (2027-01-31) : … ». @param {Team.Alert} alert @param {Lists.Words} words */
function sentence({ kind, date, text }, words) {
  const label = words[`alert_${kind}`];
  return `${date ? `${label} (${date})` : label}\u00a0: ${text}`;
}

/**
 * Gather calendars in one: the events of all, between the first lines and the last of the first.
 * @param {string[]} texts
 */
export function oneCalendar(texts) {
  const events = texts.map((text) => {
    const from = text.indexOf("BEGIN:VEVENT");
    return from < 0 ? "" : text.slice(from, text.lastIndexOf("END:VCALENDAR"));
  });
  const first = texts[0];
  const start = first.indexOf("BEGIN:VEVENT");
  return `${first.slice(0, start)}${events.join("")}END:VCALENDAR\r\n`;
}
