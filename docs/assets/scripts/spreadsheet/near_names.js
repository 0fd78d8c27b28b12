// Which column a heading was perhaps meant for: proposed to the reader, never taken without a yes.

import { columnAt, keys, numbered, REFERENCE } from "./cells.js";
import { plain } from "./words.js";

/** Words of a heading that say nothing of what it holds. */
const EMPTY = new Set(
  "a au aux ce cet cette d dans date de des du en est et jour la le les l ou par pour quel quelle qui sur type un une".split(
    " ",
  ),
);
/** What people write for the same thing. The pairs of words come first. */
const SAME = /** @type {const} */ ([
  [/\b(premier|1er) jour\b/g, "debut"],
  [/\bdernier jour\b/g, "fin"],
  [/\b(commencement|demarrage|entree|commence|depuis)\b/g, "debut"],
  [/\b(sortie|echeance|terme|expiration|expire|jusqu)\b/g, "fin"],
  [/\b(siae|employeur)\b/g, "structure"],
  [/\b(naiss|ne le|nee le)\b/g, "naissance"],
  [/\b(nb|nbre|nombre|h|hrs|hr)\b/g, "heure"],
  [/\b(personne|candidat|beneficiaire|salarie)\b/g, "personne"],
]);
/** What names a person or a file, and so the row. */
const REFERENCES =
  /^(nom|noms|nom prenom|nom et prenom|prenom nom|salarie|matricule|dossier|identifiant|id|numero|n|ref|(numero|n) (dossier|salarie|pass|pass iae|de dossier|du pass iae|du salarie))$/;
/** How alike two names must be: less where a column is needed and nothing else gives it. */
const ALIKE = 0.8;
const NEEDED = 0.5;

/**
 * Propose a column for each heading that is not known, by key.
 * @param {string[]} header @param {Lists.Table} table @param {Lists.List} list
 * @param {(index: number, column: Lists.Column) => boolean} fits whether what is in it may be that
 * @returns {{ proposed: Lists.Words, near: Set<string> }} `near` have a name close to a known one
 */
export function propose(header, table, list, fits = () => true) {
  const names = keys(header);
  const taken = new Set(table.columns.map(({ path }) => path));
  /** @type {{ key: string, path: string, alike: number, order: number }[]} */
  const pairs = [];
  const count = header.length + 1;
  for (const index of table.ignored) {
    const words = meaning(header[index]);
    const numbers = plain(header[index]).match(/\b\d{1,4}\b/g) ?? [];
    list.columns.forEach((column, order) => {
      const alike = Math.max(
        likeness(words, meaning(column.label)),
        likeness(words, meaning(column.path.replace(/[#._]/g, " "))),
      );
      if (alike < NEEDED || !fits(index, column)) return;
      // « Fin PASS IAE » is no end of a suspension: the group must be named, but where one is needed.
      const [family] = column.path.split(".#.");
      const group = list.families[family];
      if (
        group?.many &&
        !group.required &&
        !words.some((word) => isAlike(word, singular(family)))
      ) {
        return;
      }
      const places = column.path.includes("#") ? (numbers.length > 0 ? numbers : upTo(count)) : [0];
      for (const place of places) {
        const path = numbered(column, place).path;
        pairs.push({ key: names[index], path, alike, order: order + Number(place) * 1_000 });
      }
    });
  }
  pairs.sort((one, other) => other.alike - one.alike || one.order - other.order);
  /** @type {Lists.Words} */
  const proposed = {};
  const near = new Set();
  const needed = new Set(table.missing);
  for (const { key, path, alike } of pairs) {
    const label = columnAt(path, list)?.label ?? "";
    if (alike < ALIKE && !needed.has(label)) continue;
    if (alike >= ALIKE) near.add(key);
    if (key in proposed || taken.has(path)) continue;
    proposed[key] = path;
    taken.add(path);
  }
  return { proposed, near };
}

/** @param {number} count */
function upTo(count) {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/**
 * The column that names the rows, where none is called so: the name, the number of a file.
 * @param {string[]} header @param {Lists.Table} table
 */
export function referenceOf(header, table) {
  if (table.reference !== undefined) return undefined;
  const found = table.ignored.find((index) => REFERENCES.test(plain(header[index])));
  return found === undefined ? undefined : { key: keys(header)[found], path: REFERENCE };
}

/** The words that count in a name, numbers left out. @param {string} name */
function meaning(name) {
  let text = plain(name.replace(/([a-zà-ÿ])(?=\d)/gi, "$1 "));
  for (const [pattern, word] of SAME) text = text.replace(pattern, word);
  const words = text.split(" ").filter((word) => word !== "" && !/^\d+$/.test(word));
  const full = words.filter((word) => !EMPTY.has(word));
  return [...new Set((full.length > 0 ? full : words).map(singular))];
}

/** @param {string} word */
function singular(word) {
  return word.replace(/(?<=.{3})[sx]$/, "");
}

/** From 0 to 1: twice the words in common, over the words of both. @param {string[]} one @param {string[]} other */
function likeness(one, other) {
  const common = one.filter((word) => other.some((known) => isAlike(word, known))).length;
  return (2 * common) / (one.length + other.length || 1);
}

/** The same but for a slip of the hand, or one cut short: « prolong. ». @param {string} one @param {string} other */
function isAlike(one, other) {
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length >= 4 && long.startsWith(short)) return true;
  return short.length >= 5 && distance(one, other) <= (short.length >= 9 ? 2 : 1);
}

/** The letters to change, add or take away between two words. @param {string} one @param {string} other */
function distance(one, other) {
  let line = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const change = line[column - 1] + (one[row - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(change, line[column] + 1, next[column - 1] + 1));
    }
    line = next;
  }
  return line[other.length];
}
