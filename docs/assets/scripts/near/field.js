// A field « Votre commune ou code postal », and the answers that a person chooses from.

import { element } from "../shared/dom.js";
import { search } from "./communes.js";
import { load as read } from "./files.js";

/** @typedef {import("./communes.js").Commune} Commune */
/** @typedef {import("./communes.js").Department} Department */

const PAUSE = 150; // ms without a key before the list is searched
/** Read a file of the list of communes. @param {string} name */
const load = (name) => read(`communes/${name}`);

/**
 * Make the field of a node work: its input `commune`, its list `[data-choices]`, its line `[role=status]`.
 * The node's data hold the sentences: `short`, `unfinished`, `postcode`, `elsewhere`, `name`, `lost`,
 * `one`, `many`. `choose` takes the commune that the person has chosen, `typing` what is no commune yet;
 * `department` makes the line of a département, where the field takes some. What is typed stays here.
 * @param {HTMLElement} node
 * @param {{
 *   choose: (commune: Commune) => void,
 *   typing: () => void,
 *   department?: (one: Department) => HTMLElement,
 * }} actions
 */
export function communeField(node, { choose, typing, department }) {
  const input = /** @type {any} */ (node.querySelector("[name=commune]"));
  const choices = /** @type {HTMLElement} */ (node.querySelector("[data-choices]"));
  const status = /** @type {HTMLElement} */ (node.querySelector("[role=status]"));
  const told = node.dataset;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let latest = 0; // a slower answer to what was typed before is dropped

  /** @param {Commune} commune */
  const chosen = (commune) => {
    input.value = `${nameOf(commune)} (${commune.department})`;
    choices.replaceChildren();
    status.textContent = "";
    choose(commune);
    input.focus();
  };

  const find = async () => {
    const mine = ++latest;
    const text = input.value.trim();
    if (text === "") {
      choices.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const found = await search(text, load);
      if (mine !== latest) return;
      const departments = department ? found.departments.map(department) : [];
      choices.replaceChildren(
        ...found.communes.map((one) => row(curved(label(one)), () => chosen(one))),
        ...departments,
      );
      const count = found.communes.length + departments.length;
      const problem = found.problem ?? (count === 0 ? "name" : undefined);
      const words = problem ? told[problem] : count === 1 ? told.one : told.many;
      status.textContent = (words ?? "").replace("#", String(count));
    } catch {
      if (mine === latest) status.textContent = told.lost ?? "";
    }
  };

  input.addEventListener("input", () => {
    typing();
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE);
  });
  node.addEventListener("keydown", (event) => {
    const all = /** @type {HTMLElement[]} */ ([...choices.querySelectorAll("button, a")]);
    const place = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const inInput = event.target === input;
    if (event.key === "Enter" && inInput) {
      event.preventDefault();
      all[0]?.click();
    } else if (event.key === "ArrowDown" && (inInput || place >= 0)) {
      event.preventDefault();
      all[Math.min(place + 1, all.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && place >= 0) {
      event.preventDefault();
      (all[place - 1] ?? input).focus();
    } else if (event.key === "Escape" && place >= 0) {
      input.focus();
    }
  });
}

/** Return the name of a commune today, as French writes it. @param {Commune} commune */
export function nameOf(commune) {
  return curved(commune.today ?? commune.name);
}

/** Write a name as French does. @param {string} name */
export function curved(name) {
  return name.replaceAll("'", "’");
}

/** @param {Commune} one */
function label(one) {
  return one.today
    ? `${one.name}, dans ${one.today} (${one.department})`
    : `${one.name} (${one.department})`;
}

/** @param {string} text @param {() => void} act */
function row(text, act) {
  const button = element("button", { type: "button" }, text);
  button.addEventListener("click", act);
  return element("li", {}, button);
}
