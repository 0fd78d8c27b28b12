// What the reader says of the columns of a list: asked once, kept on the device only if they wish.

import { element, slot } from "../shared/dom.js";
import { say } from "./words.js";

const KEPT = "reperes-iae.liste-colonnes";
/** The choice not yet made; an empty value is « does not count ». */
const UNDECIDED = "?";

/** The choices kept on this device, by simulator then by column. @returns {Record<string, Lists.Words>} */
function all() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {string} calculator @returns {Lists.Words} */
export function remembered(calculator) {
  return all()[calculator] ?? {};
}

/**
 * Keep the choices of a simulator; columns without a name are those of one file only.
 * @param {string} calculator @param {Lists.Words} decided
 */
export function remember(calculator, decided) {
  const named = Object.entries(decided).filter(([key]) => !key.startsWith("colonne "));
  const kept = {
    ...all(),
    [calculator]: { ...remembered(calculator), ...Object.fromEntries(named) },
  };
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // Where storage is refused, the choices hold until the page is left.
  }
}

/** Forget every choice kept on this device. */
export function forgetColumns() {
  try {
    localStorage.removeItem(KEPT);
  } catch {
    // Nothing was kept.
  }
}

/** The part of the page that asks what the columns are. */
export class Matching {
  /**
   * @param {HTMLElement} place @param {Lists.Words} words
   * @param {(decided: Lists.Words, keep: boolean) => void} onDecided
   */
  constructor(place, words, onDecided) {
    this.place = place;
    this.words = words;
    /** @type {any} */
    const form = place.querySelector("form");
    this.form = /** @type {HTMLFormElement} */ (form);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const decided = this.decided();
      const keep = /** @type {HTMLInputElement} */ (this.form.elements.namedItem("remember"));
      if (decided) onDecided(decided, keep.checked);
    });
  }

  /** @param {Lists.Questions} questions @param {string[]} notes */
  show({ messages, columns, choices }, notes) {
    fill(slot(this.place, "messages"), messages);
    fill(slot(this.place, "match-notes"), notes);
    const fields = columns.map((column, index) => this.#field(column, choices, index));
    slot(this.place, "columns")?.replaceChildren(...fields);
    this.place.hidden = false;
  }

  hide() {
    this.place.hidden = true;
    slot(this.place, "columns")?.replaceChildren();
  }

  /** What is said of each column, by key; nothing while one is not decided, which is then named. */
  decided() {
    /** @type {Lists.Words} */
    const decided = {};
    let first;
    for (const select of this.form.querySelectorAll("select")) {
      const open = select.value === UNDECIDED;
      select.setAttribute("aria-invalid", String(open));
      const error = /** @type {HTMLElement} */ (document.getElementById(`${select.id}-erreur`));
      error.textContent = open
        ? say(this.words.match_done, { name: select.dataset.name ?? "" })
        : "";
      if (open) first ??= select;
      else decided[select.dataset.key ?? ""] = select.value;
    }
    first?.focus();
    return first ? undefined : decided;
  }

  /** @param {Lists.Question} column @param {Lists.Questions["choices"]} choices @param {number} index */
  #field({ key, letter, name, examples, path, open }, choices, index) {
    const id = `liste-colonne-${index}`;
    const { match_column, match_named } = this.words;
    const called = say(name ? match_named : match_column, { name, letter });
    const select = element("select", {
      id,
      autocomplete: "off",
      "aria-describedby": `${id}-aide ${id}-erreur`,
    });
    select.dataset.key = key;
    select.dataset.name = name || letter;
    const undecided = open && path === "";
    if (undecided) select.append(option(UNDECIDED, this.words.match_choose));
    select.append(option("", this.words.match_unread));
    select.append(option("reference", this.words.reference_name));
    for (const [value, label] of choices) select.append(option(value, short(label)));
    select.value = undecided ? UNDECIDED : path;
    const help = say(this.words.match_examples, { examples: examples.join(", ") });
    const field = element(
      "div",
      { class: "field" },
      element("label", { for: id }, called),
      element("p", { class: "help", id: `${id}-aide` }, examples.length > 0 ? help : ""),
      select,
      element("p", { class: "error", id: `${id}-erreur` }),
    );
    if (open) field.dataset.open = "";
    return field;
  }
}

/** What tells the columns of a group apart comes first: a phone shows the beginning. @param {string} label */
function short(label) {
  const [group, name] = label.split(/\s:\s/);
  return name ? `${name} (${group})` : label;
}

/** @param {string} value @param {string} label */
function option(value, label) {
  return element("option", { value }, label);
}

/** @param {HTMLElement | null} list @param {string[]} texts */
function fill(list, texts) {
  list?.replaceChildren(...texts.map((text) => element("li", {}, text)));
  if (list) list.hidden = texts.length === 0;
}
