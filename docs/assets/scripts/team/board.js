// The board on the page: who comes first, filtered; the ends by month; the count of the year.

import { drawBars } from "../calculator/bars.js";
import { day as french, words as number } from "../shared/dates.js";
import { element, slot } from "../shared/dom.js";
import { say } from "../spreadsheet/words.js";
import { KINDS } from "./alerts.js";
import { endsByMonth, filtered, monthName, monthOf, monthsFrom } from "./months.js";
import { follow, nameOf, passOf } from "./names.js";
import { share, yearly, yearsOf } from "./yearly.js";

const ROWS = 100;
const MONTHS = 12;
const DAY = 86_400_000; // ms
/** Days under which a line is coloured: as in the answer of the calculator, how we sort, no rule of law. */
const TONES = /** @type {const} */ ([
  [-1, "invalid"],
  [30, "defavorable"],
  [90, "attention"],
]);
/** The name of these alerts says all. */
const PLAIN = ["fin_pass", "fenetre_ferme", "fenetre_ouvre"];

export class Board {
  #place;
  #words;
  #page;
  #counting;
  #announce;
  /** @type {Team.Entry[]} */
  #entries = [];
  /** @type {Team.Entry[]} */
  #shown = [];
  /** What a number of the yearly count has opened. @type {Team.Line | undefined} */
  #only;
  #today = "";

  /**
   * @param {Found} place @param {Lists.Words} words
   * @param {{ page: string, counting: Team.Counting, announce: (text: string) => void }} more `page`: the
   * address of a pathway
   */
  constructor(place, words, { page, counting, announce }) {
    this.#place = place;
    this.#words = words;
    this.#page = page;
    this.#counting = counting;
    this.#announce = announce;
    for (const name of ["kind", "month"]) {
      this.#control(name).addEventListener("change", () => this.#list(true));
    }
    this.#control("hide").addEventListener("change", () => this.#list(true));
    this.#control("year").addEventListener("change", () => this.#count());
    place.querySelector("[data-everybody]").addEventListener("click", () => this.everybody());
    place.querySelector("[data-more]").addEventListener("click", () => {
      const next = this.#rows.children.length;
      this.#more();
      /** @type {HTMLElement | null} */ (this.#rows.children[next].querySelector("a"))?.focus();
    });
  }

  /** The persons shown, filters included, and whether names are hidden. */
  get shown() {
    return { entries: this.#shown, hidden: this.#control("hide").checked };
  }

  /** Whether the reader is at work on the board: it must not move under the hands. */
  get busy() {
    const active = document.activeElement;
    return active !== null && active.tagName !== "H2" && this.#place.contains(active);
  }

  /** Show some persons, a part at a time: the page stays free in between. @param {Team.Entry[]} entries @param {string} today */
  async show(entries, today) {
    this.#today = today;
    this.#entries = entries.toSorted(
      (one, other) => one.urgency - other.urgency || one.position - other.position,
    );
    this.#list(false);
    this.#place.hidden = false;
    for (const part of [() => this.#choices(), () => this.#draw(), () => this.#years()]) {
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#place.hidden) return; // emptied meanwhile
      part();
    }
  }

  empty() {
    this.#place.hidden = true;
    this.#entries = this.#shown = [];
    this.#only = undefined;
    this.#rows.replaceChildren();
  }

  everybody() {
    this.#only = undefined;
    this.#control("kind").value = this.#control("month").value = "";
    this.#list(true);
    this.#place.querySelector("h2").focus();
  }

  /** Put all the lines that are shown in the page, for paper. @param {number} most */
  all(most) {
    while (this.#rows.children.length < Math.min(this.#shown.length, most)) this.#more();
  }

  get #rows() {
    return this.#place.querySelector("tbody");
  }

  /** @param {string} name */
  #control(name) {
    return this.#place.querySelector(`[name="${name}"]`);
  }

  /** What may be filtered, with how many persons it would show. */
  #choices() {
    const kinds = KINDS.map(
      (kind) => /** @type {const} */ ([kind, filtered(this.#entries, { kind }).length]),
    );
    this.#fill("kind", [
      ["", this.#words.all_kinds],
      ...kinds
        .filter(([, count]) => count > 0)
        .map(([kind, count]) => this.#option(kind, this.#words[`alert_${kind}`], count)),
    ]);
    /** @type {Map<string, number>} */
    const months = new Map();
    for (const { alerts } of this.#entries) {
      const own = new Set(alerts.map(({ date }) => (date ? monthOf(date) : "")));
      for (const month of own) if (month) months.set(month, (months.get(month) ?? 0) + 1);
    }
    this.#fill("month", [
      ["", this.#words.all_months],
      ...[...months]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([month, count]) => this.#option(month, monthName(month), count)),
    ]);
  }

  /** @param {string} value @param {string} label @param {number} count @returns {[string, string]} */
  #option(value, label, count) {
    return [value, say(this.#words.count, { label, count: number(count) })];
  }

  /** Fill a choice; what was chosen stays. @param {string} name @param {[value: string, label: string][]} options */
  #fill(name, options) {
    const control = this.#control(name);
    const { value } = control;
    control.replaceChildren(
      ...options.map(([one, label]) => element("option", { value: one }, label)),
    );
    control.value = options.some(([one]) => one === value) ? value : options[0][0];
  }

  /** @param {boolean} told whether a screen reader hears of it */
  #list(told) {
    const [kind, month] = ["kind", "month"].map((name) => this.#control(name).value);
    const only = this.#only && new Set(this.#only.records);
    const entries = only ? this.#entries.filter((entry) => only.has(entry)) : this.#entries;
    this.#shown = filtered(entries, { kind, month });
    this.#rows.replaceChildren();
    const place = this.#place.querySelector("[data-only]");
    place.hidden = !this.#only;
    if (this.#only) {
      const label = this.#label(this.#only.id);
      const count = number(this.#only.records.length);
      this.#slot("only").textContent = say(this.#words.only, { label, count });
    }
    this.#more();
    if (told) this.#announce(this.#slot("shown").textContent ?? "");
  }

  /** @param {string} name @returns {HTMLElement} */
  #slot(name) {
    return /** @type {HTMLElement} */ (slot(this.#place, name));
  }

  #more() {
    const from = this.#rows.children.length;
    this.#rows.append(...this.#shown.slice(from, from + ROWS).map((entry) => this.#row(entry)));
    const shown = this.#rows.children.length;
    const counts = { shown: number(shown), total: number(this.#shown.length) };
    this.#slot("shown").textContent = say(shown ? this.#words.shown : this.#words.none, counts);
    this.#place.querySelector("[data-more]").hidden = shown === this.#shown.length;
  }

  /** @param {Team.Entry} entry */
  #row(entry) {
    const hidden = this.#control("hide").checked;
    const words = this.#words;
    const name = nameOf(entry, hidden, words);
    const pass = passOf(entry, hidden, words);
    const who = [element("strong", {}, name)];
    if (pass && pass !== name) who.push(element("br"), element("span", { class: "help" }, pass));
    const alerts = element("ul", {}, ...entry.alerts.map((alert) => this.#alert(alert)));
    /** @type {(string | Node)[]} */
    const end = entry.passEnd
      ? [element("time", { datetime: entry.passEnd }, french(entry.passEnd))]
      : [];
    if (entry.asked.situation) {
      const link = element("a", {
        href: follow(this.#page, entry.asked.situation),
        target: "_blank",
        rel: "noopener",
        "aria-label": say(words.open, { person: name }),
      });
      link.append(words.open_short);
      if (end.length > 0) end.push(element("br"));
      end.push(link);
    }
    const heads = [...this.#place.querySelectorAll("thead")][0].querySelectorAll("th");
    const cells = [who, [alerts], end].map((content, index) =>
      element("td", { role: "cell", "data-label": heads[index].textContent ?? "" }, ...content),
    );
    const row = element("tr", { role: "row" }, ...cells);
    const tone = TONES.find(([most]) => entry.urgency <= most)?.[1];
    if (tone) row.dataset.tone = tone;
    return row;
  }

  /** @param {Team.Alert} alert */
  #alert({ kind, date, text }) {
    const item = element("li", {}, element("b", {}, this.#words[`alert_${kind}`]));
    item.dataset.kind = kind;
    if (date) item.append(` le ${french(date)}${this.#left(date)}`);
    if (!date || !PLAIN.includes(kind)) item.append(`\u00a0: ${text}`);
    return item;
  }

  /** @param {string} date */
  #left(date) {
    const days = (Date.parse(date) - Date.parse(this.#today)) / DAY;
    if (days < 0 || days > 90) return "";
    const { soon_today, soon_one, soon } = this.#words;
    return ` (${[soon_today, soon_one][days] ?? say(soon, { days })})`;
  }

  #draw() {
    const ends = endsByMonth(this.#entries, monthsFrom(this.#today, MONTHS));
    const bars = ends.map(({ month, passes, contracts }) => ({
      id: month,
      label: monthName(month),
      value: passes + contracts,
      words: say(contracts > 1 ? this.#words.ends_many : this.#words.ends_one, {
        passes,
        contracts,
      }),
    }));
    drawBars(this.#place.querySelector("[data-ends]"), bars);
  }

  #years() {
    this.#fill(
      "year",
      yearsOf(this.#entries, this.#today).map((year) => [year, year]),
    );
    this.#count();
  }

  #count() {
    const { value: year } = this.#control("year");
    const lines = yearly(this.#entries, year, this.#today, this.#counting);
    for (const row of this.#place.querySelectorAll("[data-line]")) {
      const line = lines.find(({ id }) => id === row.dataset.line);
      row.hidden = !line;
      if (!line) continue;
      const count = number(line.records.length);
      const part = share(lines, line.id);
      const button = element("button", {
        type: "button",
        class: "button secondary",
        "data-open": "",
      });
      button.append(
        line.value !== undefined
          ? say(this.#words.total, { value: number(line.value), count })
          : part !== undefined
            ? say(this.#words.share, { count, share: part })
            : count,
      );
      button.addEventListener("click", () => this.#open(line));
      row.querySelector("[data-open]").replaceWith(button);
    }
  }

  /** @param {Team.Line} line */
  #open(line) {
    this.#only = line;
    this.#control("kind").value = this.#control("month").value = "";
    this.#list(true);
    const heading = this.#place.querySelector("h2");
    heading.focus({ preventScroll: true });
    heading.scrollIntoView();
  }

  /** @param {string} id */
  #label(id) {
    return this.#place.querySelector(`[data-line="${id}"] strong`).textContent ?? id;
  }
}
