// An entry that gets another name, or goes: what is asked, and what is said of it.

import { element } from "../shared/dom.js";
import { french } from "./preview.js";

/** More files than that are sent as one message: nobody opens a forge so many times. */
export const MOST_ON_FORGE = 5;

/**
 * Say what a move does, once it is in the proposal.
 * @param {Editing.Move} move @param {Record<string, string>} names of the entries of its kind
 */
export function told(move, names) {
  if ("name" in move) {
    return `Cette fiche prend le nom « ${move.name} ». Tout ce qui y mène suit, et son ancienne adresse mène à la nouvelle.`;
  }
  return move.instead
    ? `Cette fiche est enlevée. Ce qui y mène, et son adresse, mènent à « ${names[move.instead]} ».`
    : "Cette fiche est enlevée. Les liens qui y mènent deviennent de simples mots, et son adresse mène à la liste.";
}

/**
 * Return the choices of what takes the place of an entry: the list of its kind, or another entry.
 * @param {Record<string, string>} names @param {string} file of the entry itself
 */
export function choices(names, file) {
  const own = file.split(/[/.]/).at(-2);
  const others = Object.entries(names).filter(([id]) => id !== own);
  return [
    element("option", { value: "" }, "Aucune : son adresse mène à la liste"),
    ...others.map(([value, title]) => element("option", { value }, french(title))),
  ];
}

/** Tell whether a proposal is for a message alone. @param {Editing.Written["files"]} files */
export function byMessageAlone(files) {
  return files.length > MOST_ON_FORGE || files.some(({ text }) => text === null);
}
