// The fields that a draft and the site have both changed: a person says which one stays.

import { element } from "../shared/dom.js";
import { french } from "./preview.js";

/**
 * Return a value and its conflicts once one of them is solved, for the draft or for the site. What was
 * typed in the field meanwhile counts as the draft's. Nothing that is given changes.
 * @param {unknown} value @param {Editing.Conflict[]} conflicts @param {Editing.Conflict} one
 * @param {"mine" | "theirs"} side
 */
export function solved(value, conflicts, one, side) {
  const others = conflicts.filter((each) => each !== one);
  const chosen = one[side];
  if (side === "mine" && chosen !== null) return { value, conflicts: others };
  const list = chosen === null && typeof one.field.at(-1) === "number";
  return {
    value: put(value, one.field, chosen),
    conflicts: list ? others.map((each) => moved(each, one.field)) : others,
  };
}

/** @returns {any} @param {any} value @param {Editing.Path} path @param {unknown} one */
function put(value, [part, ...rest], one) {
  if (part === undefined) return one;
  const inner = rest.length > 0 ? put(value?.[part], rest, one) : one;
  if (typeof part === "number") {
    const list = [...(value ?? [])];
    list.splice(part, 1, ...(inner === null ? [] : [inner]));
    return list;
  }
  const { [part]: _, ...others } = value ?? {};
  return inner === null ? others : { ...value, [part]: inner };
}

/** A row was taken away: those after it move up. @param {Editing.Conflict} one @param {Editing.Path} taken */
function moved(one, taken) {
  const last = taken.length - 1;
  const [at, gone] = [one.field[last], taken[last]];
  const inList = taken.slice(0, last).every((part, index) => part === one.field[index]);
  if (!inList || typeof at !== "number" || at <= Number(gone)) return one;
  return { ...one, field: one.field.with(last, at - 1) };
}

/** Return the words of a value, one line each. @param {any} value @returns {string} */
export function words(value) {
  if (value === null || value === undefined) return "Rien : enlevé.";
  if (value === true) return "oui";
  if (value === false) return "non";
  if (Array.isArray(value)) return value.map(words).join("\n");
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([name, one]) => (typeof one === "object" ? words(one) : `${name} : ${words(one)}`))
    .join("\n");
}

/**
 * Return what shows a conflict beside its field, and asks which one stays.
 * @param {Editing.Conflict} conflict @param {string} title of the field
 * @param {(side: "mine" | "theirs") => void} choose
 */
export function question({ mine, theirs }, title, choose) {
  const box = element("div", { class: "conflict", role: "group" });
  box.setAttribute("aria-label", french(`Deux changements : ${title}`));
  const side = (/** @type {string} */ name, /** @type {unknown} */ value) => [
    element("p", { class: "help" }, french(name)),
    element("blockquote", {}, french(words(value))),
  ];
  const button = (/** @type {string} */ name, /** @type {"mine" | "theirs"} */ which) => {
    const act = element("button", { type: "button", class: "button secondary" }, name);
    act.onclick = () => choose(which);
    return act;
  };
  box.append(
    element("p", {}, element("strong", {}, "Quelqu’un d’autre a changé ceci.")),
    ...side("Vous :", mine),
    ...side("Le site :", theirs),
    element(
      "p",
      { class: "actions" },
      button("Garder le vôtre", "mine"),
      button("Prendre celui du site", "theirs"),
    ),
  );
  return box;
}
