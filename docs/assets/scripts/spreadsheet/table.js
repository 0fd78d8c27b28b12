// The answers of a list: counted, sorted, filtered, a hundred at a time in the page.

import { words as french } from "../shared/dates.js";
import { element, reach, slot } from "../shared/dom.js";
import { columnName } from "./cells.js";
import { plain, say } from "./words.js";

const ROWS = 100;
const DAY = 86_400_000; // ms
const SOON = 60; // days
/** The order of the table: what asks for an action first. */
const RANKS = ["invalid", "error", "unknown", "defavorable", "attention", "soon", "favorable"];
const ALERTS = RANKS.indexOf("soon");
const UNANSWERED = RANKS.indexOf("unknown");

/** Keep of an answer what the table and the file need: reasons are asked for again, row by row. */
export function compact(row, response, list, { today, position, words }) {
  const { number, reference } = row;
  const record = { number, reference, position, values: {}, dates: [], errors: [] };
  // A cell that was not read has no answer, whatever the calculator says of the others.
  if (response.type === "result" && Object.keys(row.errors).length === 0) {
    const { verdict, summary, values, dates } = response.result;
    // A refusal that only comes too early is no refusal: it says from which day it is a yes.
    const early = verdict === "impossible" && values.possible_des;
    const { label, tone } = early
      ? { label: words.not_yet, tone: "attention" }
      : list.verdicts[verdict];
    Object.assign(record, { tone, label, summary, values });
    record.dates = dates.filter(({ date }) => date >= today);
    record.days = (Date.parse(record.dates[0]?.date) - Date.parse(today)) / DAY;
  } else {
    const tone = response.type === "result" ? "invalid" : response.type;
    Object.assign(record, { tone, label: words[tone] });
    // What the page says of a cell is nearer to it than what the calculator says.
    record.errors = Object.entries({ ...response.errors, ...row.errors }).map(([path, message]) =>
      say(words.column_error, { column: columnName(path, row.places, list), message }),
    );
    record.summary = response.message ?? "";
  }
  const soon = record.tone === "favorable" && record.days <= SOON; // no date: not a number
  record.rank = RANKS.indexOf(soon ? "soon" : record.tone);
  return record;
}

/** What each column is sorted by; answers by what they ask for, then the nearest date. */
const KEYS = {
  number: ({ number }) => number,
  reference: ({ reference }) =>
    plain(reference).replace(/\d+/g, (digits) => digits.padStart(15, "0")),
  verdict: ({ rank, label, dates }) => `${rank}${rank === ALERTS ? dates[0].date : label}`,
  summary: ({ errors, summary }) => plain(errors[0] ?? summary),
  date: ({ dates }) => dates[0]?.date ?? "later",
  days: (record) => (record.rank <= UNANSWERED ? -1 : daysLeft(record.values)),
};

/** The days left in a PASS IAE; once it has ended, to ask for more; none left comes last. */
export function daysLeft({ jours_restants, jours_pour_demander }) {
  return jours_restants || jours_pour_demander || Infinity;
}

/**
 * The part of the page that shows the answers; `open` gives the address of the calculator, filled with
 * a row, and a promise of its reasons.
 */
export class Answers {
  #place;
  #words;
  #open;
  #announce;
  #records = [];
  #shown = [];

  constructor(place, words, { open, announce }) {
    [this.#place, this.#words, this.#open, this.#announce] = [place, words, open, announce];
    for (const head of place.querySelectorAll("th")) {
      head.querySelector("button").addEventListener("click", () => this.#sort(head));
    }
    place.querySelector("[data-filter]").addEventListener("change", () => this.#list());
    place.querySelector("[data-more]").addEventListener("click", () => {
      const next = this.#rows.children.length;
      this.#more();
      this.#rows.children[next].querySelector("summary").focus();
      this.#announce(this.#slot("shown").textContent);
    });
  }

  /** Show the answers, alerts first, and how the calculation ended. */
  show(records, notes, end) {
    this.#records = records;
    const alerts = records.filter(({ rank }) => rank <= ALERTS);
    this.#slot("end").textContent = end;
    fill(this.#slot("notes"), notes);
    this.#counts();
    for (const [name, list] of Object.entries({ all: records, alerts })) {
      const { labels } = this.#place.querySelector(`[name=filter][value=${name}]`);
      labels[0].textContent = say(this.#words[name], { count: french(list.length) });
    }
    this.#place.querySelector("[value=all]").checked = true;
    this.#place.querySelector("[data-some]").hidden = records.length === 0;
    const days = this.#place.querySelector("[data-column=days]");
    days.hidden = !records.some(({ values }) => "jours_pour_demander" in values);
    const first = days.hidden ? this.#place.querySelector("[data-column=verdict]") : days;
    this.#sort(first, "ascending");
    this.#place.hidden = false;
    // The focus has the rows laid out, which takes as long as writing them: the page is free in between.
    requestAnimationFrame(() => reach(this.#place.querySelector("h2")));
  }

  /** Forget every answer. */
  empty() {
    this.#place.hidden = true;
    this.#records = this.#shown = [];
    this.#rows.replaceChildren();
  }

  /** Name the columns that the answers add to the file. */
  heads({ values }) {
    const { result, verdict, summary, next_date, next_label, later_dates, errors } = this.#words;
    const names = [verdict, summary, ...Object.values(values), next_date, next_label, later_dates];
    return [...names, errors].map((name) => say(result, { name }));
  }

  /** Write an answer as the cells of these columns, for `results.js`. */
  line({ tone, label, summary, values, dates, errors }, list) {
    const [next, ...later] = dates;
    return [
      { text: label, tone },
      { text: summary },
      ...Object.keys(list.values).map((name) => cell(values[name])),
      next ? { day: next.date } : { text: "" },
      { text: next?.label ?? "" },
      { text: later.map((entry) => this.#dated(entry)).join(" | ") },
      { text: errors.join(" ") },
    ];
  }

  get #rows() {
    return this.#place.querySelector("tbody");
  }

  #slot(name) {
    return slot(this.#place, name);
  }

  #dated({ date, label }) {
    return say(this.#words.later_date, { date: french(date), label });
  }

  #counts() {
    const counts = new Map();
    for (const { tone, label } of this.#records) {
      const entry = counts.get(label) ?? { tone, label, count: 0 };
      counts.set(label, entry);
      entry.count += 1;
    }
    const rank = ({ tone }) => RANKS.indexOf(tone);
    const sorted = [...counts.values()].sort((one, other) => rank(one) - rank(other));
    const items = sorted.map(({ tone, label, count }) => {
      const item = element("li", {}, say(this.#words.count, { label, count: french(count) }));
      item.dataset.tone = tone;
      return item;
    });
    this.#slot("counts").replaceChildren(...items);
  }

  #sort(head, order = head.ariaSort === "ascending" ? "descending" : "ascending") {
    for (const other of this.#place.querySelectorAll("th")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const up = order === "ascending";
    const keyed = this.#records.map((record) => [KEYS[head.dataset.column](record), record]);
    keyed.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0) * (up ? 1 : -1));
    this.#records = keyed.map(([, record]) => record);
    this.#list();
    const sentence = up ? this.#words.sorted_up : this.#words.sorted_down;
    this.#announce(say(sentence, { column: head.textContent }));
  }

  #list() {
    const all = this.#place.querySelector("[value=all]").checked;
    this.#shown = this.#records.filter(({ rank }) => all || rank <= ALERTS);
    this.#rows.replaceChildren();
    this.#more();
  }

  #more() {
    const from = this.#rows.children.length;
    this.#rows.append(...this.#shown.slice(from, from + ROWS).map((record) => this.#row(record)));
    const shown = this.#rows.children.length;
    const counts = { shown: french(shown), total: french(this.#shown.length) };
    this.#slot("shown").textContent = say(shown ? this.#words.shown : this.#words.none, counts);
    this.#place.querySelector("[data-more]").hidden = shown === this.#shown.length;
  }

  #row(record) {
    const row = element("tr");
    row.setAttribute("role", "row");
    row.dataset.tone = record.tone;
    const verdict = element("strong", {}, record.label);
    const errors = element("ul");
    fill(errors, record.errors);
    const cells = {
      number: [String(record.number)],
      reference: [record.reference],
      verdict: [verdict],
      summary: [record.summary, errors, this.#details(record)],
      date: record.dates.length > 0 ? this.#next(record) : [],
      days: [this.#left(record.values)],
    };
    for (const head of this.#place.querySelectorAll("th:not([hidden])")) {
      const data = element("td");
      data.setAttribute("role", "cell");
      data.dataset.label = head.textContent;
      data.append(...cells[head.dataset.column]);
      row.append(data);
    }
    return row;
  }

  #next({ dates: [{ date, label }], days }) {
    const { soon_today, soon_one, soon } = this.#words;
    const left = [soon_today, soon_one][days] ?? say(soon, { days });
    return [
      element("time", {}, french(date)),
      days > SOON ? "" : ` (${left})`,
      element("br"),
      label,
    ];
  }

  #left({ jours_restants, jours_pour_demander }) {
    if (jours_restants) return french(jours_restants);
    if (!jours_pour_demander) return "";
    return say(this.#words.left_to_ask, { count: french(jours_pour_demander) });
  }

  /** What explains an answer is written when one opens it. */
  #details(record) {
    const details = element("details");
    details.append(element("summary", {}, say(this.#words.row, { number: record.number })));
    details.addEventListener("toggle", () => this.#explain(details, record), { once: true });
    return details;
  }

  async #explain(details, { position, dates, errors }) {
    const template = this.#place.parentElement.querySelector("[data-template=details]");
    const content = template.content.firstElementChild.cloneNode(true);
    fill(slot(content, "reasons"), []);
    fill(
      slot(content, "later"),
      dates.map((entry) => this.#dated(entry)),
    );
    details.append(content);
    const { href, reasons } = await this.#open(position);
    slot(content, "link").href = href;
    if (errors.length === 0) fill(slot(content, "reasons"), await reasons);
  }
}

/** Fill a list; an empty one is not shown. */
function fill(list, texts) {
  list.replaceChildren(...texts.map((text) => element("li", {}, text)));
  list.hidden = texts.length === 0;
}

/** A value of an answer, as `results.js` types it. */
function cell(value) {
  if (value === undefined || value === null) return { text: "" };
  if (typeof value === "number") return { number: value };
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return { day: value };
  return { text: typeof value === "string" ? value : french(value) };
}
