// The facts: what one calculator asks or tells, and another asks under a name of its own. They are
// kept as { fact: [[rest of the path, value], …] }.

import { counts, entries, fill, firstRows } from "../calculator/form.js";
import { keep, kept } from "../shared/storage.js";

/** @returns {Journeys.Facts} */
function facts() {
  return JSON.parse(kept("faits") || "{}");
}

export function remember(/** @type {Journeys.Facts} */ told) {
  keep("faits", JSON.stringify({ ...facts(), ...told }));
}

/**
 * Return the facts that the questions of a form ask; one left empty is an empty list. A question that
 * does not count here says nothing of its fact.
 */
export function factsOf(/** @type {HTMLFormElement} */ form) {
  /** @type {Record<string, string>} */
  const names = Object.fromEntries(
    Object.entries(JSON.parse(form.dataset.facts ?? "{}")).filter(([field]) =>
      counts(
        form.querySelector(`[name="${field}"], [name^="${field}."], [data-repeat="${field}"]`),
      ),
    ),
  );
  /** @type {Journeys.Facts} */
  const found = Object.fromEntries(Object.values(names).map((fact) => [fact, []]));
  for (const [name, value] of entries(form)) {
    const field = rootOf(name);
    found[names[field]]?.push([name.slice(field.length), value]);
  }
  return found;
}

/**
 * Keep the facts that an answer tells: the end of a PASS IAE, for instance.
 * @param {HTMLFormElement} form @param {Contract.Result["values"]} values
 */
export function tell(form, values) {
  for (const [value, fact] of Object.entries(JSON.parse(form.dataset.told ?? "{}"))) {
    if (values[value]) remember({ [fact]: [["", values[value]]] });
  }
}

/**
 * Write the answers of a door, and the facts already told, in a form; the rest stays.
 * @param {HTMLFormElement} form @param {Record<string, string>} answers
 */
export function pour(form, answers) {
  /** @type {Record<string, string | Journeys.Facts[string]>} */
  const known = { ...answers };
  const told = facts();
  for (const [field, fact] of Object.entries(JSON.parse(form.dataset.facts ?? "{}"))) {
    if (!(field in known) && told[fact]?.length) known[field] = told[fact];
  }
  const pairs = entries(form).filter(([name]) => !(rootOf(name) in known));
  for (const [field, value] of Object.entries(known)) {
    const parts = Array.isArray(value) ? value : [["", value]];
    for (const [rest, one] of parts) pairs.push([field + rest, one]);
  }
  fill(form, new URLSearchParams(pairs).toString());
  firstRows(form);
}

/** Return the field of a dotted path: `periodes` of `periodes.0.debut`. */
export function rootOf(/** @type {string} */ name) {
  return name.split(".")[0];
}
