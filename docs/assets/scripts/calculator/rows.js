// A row of a long form, folded to one line that says what it holds. It opens for whoever types in it, and
// where an error is told; it is folded again when another row is added, and when the answer is asked for.

import { day } from "../shared/dates.js";

/** @typedef {{ type: string, name: string, value: string, label: string }} Answer */

/**
 * Say in one line what a row holds; nothing when nothing is answered.
 * @param {Answer[]} answers the filled ones, in the order of the form
 */
export function line(answers) {
  const parts = [];
  const named = (/** @type {string} */ name) =>
    answers.find((one) => one.name.endsWith(`.${name}`))?.value;
  const [first, last] = [named("debut"), named("fin")];
  for (const { type, name, value, label } of answers) {
    if (type === "date" && name.endsWith(".debut")) {
      parts.push(last ? `du ${day(value)} au ${day(last)}` : `à partir du ${day(value)}`);
    } else if (type === "date" && name.endsWith(".fin")) {
      if (!first) parts.push(`jusqu’au ${day(value)}`);
    } else if (type === "date") parts.push(`le ${day(value)}`);
    else if (type === "number") parts.push(`${label}\u00a0: ${value.replace(".", ",")}`);
    else parts.push(label);
  }
  const [head, ...others] = parts.map((part, rank) => (rank ? inside(part) : part));
  return head ? [head[0].toUpperCase() + head.slice(1), ...others].join(", ") : "";
}

/** « CDD d'insertion » keeps its capitals inside a sentence. @param {string} part */
export function inside(part) {
  return /^\p{Lu}[\p{Ll}’']/u.test(part) ? part[0].toLowerCase() + part.slice(1) : part;
}

/** Write again the line of the row that holds a control, if it has one. @param {Element | null} node */
export function describe(node) {
  const fold = foldOf(node);
  if (!fold) return;
  const summary = /** @type {HTMLElement} */ (fold.firstElementChild);
  summary.textContent = line(answersOf(fold)) || (summary.dataset.empty ?? "");
}

/** Open the row that holds a node, if it is folded. @param {Element | null} node */
export function unfold(node) {
  const fold = foldOf(node);
  if (fold) fold.open = true;
}

/**
 * Fold each row that is complete and has no error; one that is being typed stays open.
 * @param {ParentNode} place a form, or a group of it
 */
export function fold(place) {
  for (const fold of /** @type {NodeListOf<HTMLDetailsElement>} */ (
    place.querySelectorAll("[data-fold]")
  )) {
    describe(fold);
    const told = fold.querySelector("[data-error-for]:not([hidden])");
    fold.open = Boolean(told) || !isComplete(fold) || fold.contains(document.activeElement);
  }
}

/** @param {Element | null} node @returns {HTMLDetailsElement | null} */
function foldOf(node) {
  return node?.closest("[data-fold]") ?? null;
}

/** @param {Element} fold @returns {any[]} */
function controlsOf(fold) {
  return [...fold.querySelectorAll("[id^=champ-][name]")];
}

/** @param {any} control */
function isFilled({ type, checked, value }) {
  return type === "checkbox" || type === "radio" ? checked : value !== "";
}

/** @param {Element} fold */
function isComplete(fold) {
  const controls = controlsOf(fold);
  const given = new Set(controls.filter(isFilled).map(({ name }) => name));
  return controls.every(({ required, name }) => !required || given.has(name));
}

/** @param {Element} fold @returns {Answer[]} */
function answersOf(fold) {
  return controlsOf(fold)
    .filter(isFilled)
    .map(({ type, name, value, labels }) => ({ type, name, value, label: wordsOf(labels[0]) }));
}

/** The words of a label, without « facultatif ». @param {HTMLElement} label */
function wordsOf(label) {
  const copy = /** @type {HTMLElement} */ (label.cloneNode(true));
  copy.querySelector(".optional")?.remove();
  return (copy.textContent ?? "").trim();
}
