// The answers of a form, or of a part of it, as a person reads them.

import { words } from "./answer.js";
import { entries, named } from "./form.js";

/** Return [question, answer] for each question of `part` that is answered, in order. */
export function recap(form, part = form) {
  const answers = new Map();
  for (const [name, value] of entries(form)) {
    const first = named(form, name);
    if (!part.contains(first)) continue;
    const control = choices(form, name).find((one) => one.value === value) ?? first;
    const chosen = first.type === "radio" || first.dataset.list !== undefined;
    const answer = chosen ? labelOf(control) : first.type === "checkbox" ? "oui" : words(typed(first));
    const question = chosen ? textOf(first.closest(".champ").querySelector("legend")) : labelOf(first);
    const place = [...around(first), question].join(", ");
    answers.set(place, [...(answers.get(place) ?? []), answer]);
  }
  return [...answers].map(([question, given]) => [question, given.join(" ; ")]);
}

/** Name the group and the row that a control stands in, if any. */
function around(control) {
  const row = control.closest("[data-row]");
  const group = (row ?? control).parentElement.closest("[data-repeat], fieldset.champ:has(.champ)");
  const names = group ? [textOf(group.querySelector("legend"))] : [];
  if (row) names.push(textOf(row.querySelector("legend")));
  return names;
}

function typed(control) {
  return control.type === "number" ? control.valueAsNumber : control.value;
}

function choices(form, name) {
  const found = form.elements.namedItem(name);
  return found instanceof RadioNodeList ? [...found] : [found];
}

function labelOf(control) {
  return textOf(control.labels[0]);
}

/** The text of a label or a legend, without « (facultatif) ». */
function textOf(node) {
  const copy = node.cloneNode(true);
  copy.querySelector(".facultatif")?.remove();
  return copy.textContent.trim();
}
