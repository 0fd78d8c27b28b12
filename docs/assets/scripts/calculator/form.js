// A form, the situation of the contract, and the address: three writings of the same answers.

import { today } from "../shared/dates.js";
import { answersOf, ROW } from "./address.js";

/** What is neither yes nor no is « je ne sais pas », a code of the contract. */
/** @type {Record<string, boolean>} */
const BOOLEANS = { true: true, false: false };

const UNSURE = "inconnu";

/**
 * Return the controls of the questions: those that the site has written. Extensions of a browser add
 * some of their own.
 * @param {HTMLFormElement} form @returns {any[]}
 */
export function questionControls(form) {
  return [...form.elements].filter(({ id }) => id.startsWith("champ-"));
}

/**
 * Return the filled controls as [name, value], in the order of the form; only what counts.
 * @param {HTMLFormElement} form @returns {[name: string, value: string][]}
 */
export function entries(form) {
  return filledControls(form)
    .filter(counts)
    .map(({ name, value }) => [name, value]);
}

function filledControls(/** @type {HTMLFormElement} */ form) {
  return questionControls(form).filter(isFilled);
}

function isFilled(/** @type {any} */ { type, checked, value }) {
  return type === "checkbox" || type === "radio" ? checked : value !== "";
}

/** Tell whether a control, or a group, belongs to a question that counts (see `applyConditions`). */
export function counts(/** @type {Element} */ node) {
  return !node.closest("[data-when][hidden]");
}

/**
 * Hide each question that cannot count after the other answers. It stays in view as long as the
 * answer that decides is missing, or is « je ne sais pas ». The words are those for who answers.
 */
export function applyConditions(/** @type {HTMLFormElement} */ form) {
  speak(form);
  tellProofs(form);
  for (const block of form.querySelectorAll("[data-when]")) {
    const given = Object.entries(JSON.parse(block.dataset.when ?? "{}")).map(([name, codes]) => {
      const value = filledControls(form).find((control) => control.name === name)?.value ?? "";
      return { value, right: codes.includes(value) };
    });
    block.hidden = given.some(({ value, right }) => !right && value !== "" && value !== UNSURE);
    block.querySelector("[data-when-words]").hidden = given.every(({ right }) => right);
  }
}

/** A proof is heard, as it is seen, once its criterion is ticked: eighteen of them are long to hear. */
function tellProofs(/** @type {HTMLFormElement} */ form) {
  for (const note of form.querySelectorAll("[data-deduced]")) {
    const proof = note.nextElementSibling;
    const box = note.closest(".choice")?.querySelector("input");
    if (!proof || !box) continue;
    box.setAttribute("aria-describedby", box.checked ? `${note.id} ${proof.id}` : note.id);
  }
}

/** Speak to the person herself where she asks for herself, and about her to the others. */
function speak(/** @type {HTMLFormElement} */ form) {
  const herself = filledControls(form).some(
    ({ name, value }) => name === "auteur" && value === "candidat",
  );
  for (const node of form.querySelectorAll("[data-you]")) {
    const { dataset } = /** @type {HTMLElement} */ (node);
    dataset.about ??= node.textContent ?? "";
    const words = (herself ? dataset.you : dataset.about) ?? "";
    // Words written again under a finger take its click away in WebKit.
    if (node.textContent !== words) node.textContent = words;
  }
}

/**
 * Return the situation of the contract: codes, numbers, booleans and ISO dates.
 * @param {HTMLFormElement} form @returns {Contract.Situation}
 */
export function situation(form) {
  /** @type {Contract.Situation} */
  const answers = {};
  for (const group of form.querySelectorAll("[data-repeat]")) {
    // A row left empty is still a row: its missing answers are told beside it.
    const rows = counts(group) ? rowCount(group) : 0;
    answers[group.dataset.repeat ?? ""] = Array.from({ length: rows }, () => ({}));
  }
  for (const control of questionControls(form).filter(counts)) {
    const { name, type, value, checked } = control;
    const { list, boolean } = control.dataset;
    if (list !== undefined) answers[name] ??= [];
    if (boolean !== undefined && type === "checkbox") put(answers, name, checked);
    else if (!isFilled(control)) continue;
    else if (list !== undefined) answers[name].push(value);
    else if (boolean !== undefined) put(answers, name, BOOLEANS[value] ?? value);
    else put(answers, name, type === "number" ? Number(value) : value);
  }
  return answers;
}

/** @param {Contract.Situation} answers @param {string} name @param {unknown} value */
function put(answers, name, value) {
  const [, group, position, field] = ROW.exec(name) ?? [];
  const [record, part] = name.split(".");
  if (group) answers[group][position][field] = value;
  else if (part) (answers[record] ??= {})[part] = value;
  else answers[name] = value;
}

/** Return the answers as an address fragment, without its `#`. @param {HTMLFormElement} form */
export function fragment(form) {
  return new URLSearchParams(entries(form)).toString();
}

/**
 * Return what the page can tell without Python, in the words of the form: the fields that the browser
 * could not read, which it gives as empty, and those that must be answered and are not.
 * @param {HTMLFormElement} form
 * @returns {{ unreadable: Contract.Errors, missing: Contract.Errors }}
 */
export function mistakes(form) {
  const answered = new Set(filledControls(form).map(({ name }) => name));
  /** @type {{ unreadable: Contract.Errors, missing: Contract.Errors }} */
  const found = { unreadable: {}, missing: {} };
  for (const control of questionControls(form).filter(counts)) {
    const { name, type, validity, required } = control;
    if (validity.badInput) {
      found.unreadable[name] = form.dataset[type === "date" ? "badDate" : "badNumber"] ?? "";
    } else if (required && !answered.has(name) && isDue(control, answered)) {
      const question = errorPlace(form, name)?.dataset.question ?? name;
      found.missing[name] = (form.dataset.missing ?? "").replace("#", question);
    }
  }
  return found;
}

/**
 * The questions of an optional record are due once one of them is answered.
 * @param {any} control @param {Set<string>} answered
 */
function isDue(control, answered) {
  const record = `${control.name.split(".")[0]}.`;
  return !control.closest("[data-optional]") || [...answered].some((one) => one.startsWith(record));
}

/** Return the questions of a part of the form that count: a list, or a record, is one. */
export function questionsOf(/** @type {Element} */ part) {
  return [...part.querySelectorAll(".field:not(.field .field)")].filter(counts);
}

/** Tell whether a question is marked as one that may be left empty. */
export function isOptional(/** @type {Element} */ question) {
  return Boolean(question.querySelector(":scope > :is(legend, label) > .optional"));
}

/**
 * Tell whether nothing in a part of the form must still be answered. What the dates have ticked answers
 * nothing: the person has not read the question.
 * @param {HTMLFormElement} form @param {Element} part
 */
export function settled(form, part) {
  const { missing } = mistakes(form);
  return (
    !Object.keys(missing).some((field) => part.contains(errorPlace(form, field))) &&
    questionsOf(part).every(
      (question) =>
        isOptional(question) ||
        filledControls(form).some((one) => question.contains(one) && !("ticked" in one.dataset)),
    )
  );
}

/** Return the place of the error of a field. @param {HTMLFormElement} form @param {string} field */
export function errorPlace(form, field) {
  return form.querySelector(`[data-error-for="${CSS.escape(field)}"]`);
}

/** Put today's date where the form asks for it, and nothing is written. @param {HTMLFormElement} form */
export function offerToday(form, besides = new Set()) {
  for (const control of form.querySelectorAll("[data-today]")) {
    if (!besides.has(control.name)) control.value ||= today();
  }
}

const MOST_ANSWERS = 1_000; // more than 200 rows hold: an address may be made to cost time
const TOLD = { answers: 20, letters: 80 };

/**
 * Fill the form from a fragment; return what could not be used, as « key=value » texts. A question
 * that is given two answers gets neither. The day that a page offers is today's unless it is given.
 * @param {HTMLFormElement} form @param {string} text
 */
export function fill(form, text) {
  const ignored = [];
  empty(form);
  const given = answersOf(text);
  /** @type {Map<string, Set<string>>} */
  const values = new Map();
  for (const [name, value] of given.slice(0, MOST_ANSWERS)) {
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  for (const [name, several] of values) {
    const row = ROW.exec(name);
    if (row) addRows(form, row[1], Number(row[2]));
    const one = several.size === 1 || named(form, name)?.dataset.list !== undefined;
    for (const value of several) {
      if (!one || !set(form, name, value)) ignored.push(`${name}=${value}`);
    }
  }
  offerToday(form, new Set(values.keys()));
  applyConditions(form);
  for (const control of filledControls(form)) {
    if (!counts(control) && values.has(control.name)) {
      ignored.push(`${control.name}=${control.value}`);
    }
  }
  const count = ignored.length + Math.max(0, given.length - MOST_ANSWERS);
  const told = ignored
    .slice(0, TOLD.answers)
    .map((one) => (one.length > TOLD.letters ? `${one.slice(0, TOLD.letters)}…` : one));
  const more = count - told.length;
  if (more > 0) told.push(more === 1 ? "et 1 autre" : `et ${more} autres`);
  return told;
}

/**
 * Empty the form; repeated groups get back the rows they show at first.
 * @param {HTMLFormElement} form
 */
export function clear(form) {
  empty(form);
  firstRows(form);
  applyConditions(form);
}

/** @param {HTMLFormElement} form */
function empty(form) {
  form.reset();
  for (const row of form.querySelectorAll("[data-row]")) row.remove();
  // What a person has ticked and what the dates have ticked is forgotten with the answers.
  for (const box of form.querySelectorAll("[data-touched], [data-ticked]")) {
    delete box.dataset.touched;
    delete box.dataset.ticked;
  }
}

/**
 * Give each repeated group at least the rows that it shows at first.
 * @param {HTMLFormElement} form
 */
export function firstRows(form) {
  for (const group of form.querySelectorAll("[data-repeat]")) {
    while (rowCount(group) < Number(group.dataset.firstRows)) addRow(group);
  }
}

/**
 * Tell whether something is answered at a dotted field path, or below it.
 * @param {HTMLFormElement} form @param {string} field
 */
export function filled(form, field) {
  return entries(form).some(([name]) => name === field || name.startsWith(`${field}.`));
}

/**
 * Return the control of a question with that name; for a group of radios or boxes, its first one.
 * @param {HTMLFormElement} form @param {string} name @returns {any}
 */
export function named(form, name) {
  return allNamed(form, name)[0];
}

/** @param {HTMLFormElement} form @param {string} name @returns {any[]} */
function allNamed(form, name) {
  const found = form.elements.namedItem(name);
  const all = found instanceof RadioNodeList ? [...found] : [found];
  return all.filter((control) => control?.id.startsWith("champ-") && control.name === name);
}

/** Add one empty row to a repeated group, and return it. @param {HTMLElement} group */
export function addRow(group) {
  const row = appendRow(group);
  // WebKit gives no key to a date control that takes the focus before it was ever laid out.
  row.getBoundingClientRect();
  return row;
}

/** @param {HTMLElement} group */
function appendRow(group) {
  const template = group.querySelector("template");
  const row = template.content.firstElementChild.cloneNode(true);
  group.querySelector("[data-rows]").append(row);
  for (const button of row.querySelectorAll("button")) button.disabled = false;
  numberRow(group, row, rowCount(group) - 1);
  return row;
}

/** Number the rows of a group again, in their names, ids and labels. @param {HTMLElement} group */
export function number(group) {
  group.querySelectorAll("[data-row]").forEach((row, position) => numberRow(group, row, position));
}

/** @param {HTMLElement} group @param {HTMLElement} row @param {number} position */
function numberRow(group, row, position) {
  const pattern = new RegExp(`(${group.dataset.repeat}\\.)(#|\\d+)(\\.)`, "g");
  for (const attribute of ["name", "id", "for", "aria-describedby", "data-error-for"]) {
    for (const node of row.querySelectorAll(`[${attribute}]`)) {
      const value = node.getAttribute(attribute) ?? "";
      node.setAttribute(attribute, value.replace(pattern, `$1${position}$3`));
    }
  }
  for (const node of row.querySelectorAll("[data-number]")) node.textContent = String(position + 1);
}

const MAX_ROWS = 200;

/** Tell whether a group has all the rows that an address keeps. @param {HTMLElement} group */
export function isFull(group) {
  return rowCount(group) >= MAX_ROWS;
}

/** @param {HTMLElement} group */
function rowCount(group) {
  return group.querySelectorAll("[data-row]").length;
}

/** @param {HTMLFormElement} form @param {string} name @param {number} position */
function addRows(form, name, position) {
  const group = form.querySelector(`[data-repeat="${name}"]`);
  if (!group || position >= MAX_ROWS) return;
  while (rowCount(group) <= position) appendRow(group);
}

/** @param {HTMLFormElement} form @param {string} name @param {string} value */
function set(form, name, value) {
  const [control, ...others] = allNamed(form, name);
  if (!control) return false;
  if (control.type === "checkbox" && control.dataset.boolean !== undefined) {
    control.checked = value === "true";
    return value === "true" || value === "false";
  }
  if (control.type === "checkbox" || control.type === "radio") {
    const choice = [control, ...others].find((one) => one.value === value);
    if (choice) choice.checked = true;
    return Boolean(choice);
  }
  control.value = value;
  return control.value === value; // a date or number input refuses what it cannot hold
}
