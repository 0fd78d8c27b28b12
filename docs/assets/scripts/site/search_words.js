// What is typed, and what is meant by it: written forms brought together, slips of the hand mended.

// Words that say how one asks, not what about.
const EMPTY = new Set(
  `a ai ait as au aux avec avoir c ce ces cet cette comment combien d dans de des dois doit du
   elle en est et etre eu il ils j je l la le les leur leurs m ma me mes moi mon n ne nos notre nous
   on ou par pas pendant peut peux pour puis qu quand que quel quelle quelles quels qui quoi s sa se
   ses si son sont suis sur t ta te tes ton tu un une vais va vos votre vous y`.split(/\s+/),
);
/** An article as people write it: « R. 5132-1-7 », « r5132-1-7 », « R5132 1 7 ». */
const ARTICLE = /\b([lrd])[\s.*]*(\d{3,4})((?:[\s-]+\d{1,3})*)(?![\d\p{L}])/iu;
/** Letters of an acronym, apart: with points, or as capitals with spaces. */
const POINTS = /(?<!\p{L})(?:\p{L}\.\s?){2,}\p{L}?(?!\p{L})/gu;
const SPACES = /(?<!\p{L})(?:\p{Lu} ){2,}\p{Lu}(?!\p{L})/gu;

/** @param {string} word @returns {string} without accents, capitals nor ligatures */
export function plain(word) {
  return word
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
}

/** @param {string} query @returns {string | undefined} the number of the article that it names: `R5132-1-7` */
export function article(query) {
  const found = ARTICLE.exec(query);
  if (!found) return undefined;
  const rest = (found[3].match(/\d+/g) ?? []).map((part) => `-${part}`).join("");
  return `${found[1].toUpperCase()}${found[2]}${rest}`;
}

/**
 * The words of a query that say what it is about; all of them if none does.
 * @param {string} query @returns {string[]}
 */
export function telling(query) {
  const joined = query
    .replace(/œ/g, "oe")
    .replace(/Œ/g, "OE")
    .replace(POINTS, (letters) => ` ${letters.replace(/[.\s]/g, "")} `)
    .replace(SPACES, (letters) => letters.replace(/ /g, ""));
  const words = joined.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const kept = words.filter((word) => !EMPTY.has(plain(word)));
  return kept.length ? kept : words;
}

/**
 * Whether a word that the index marked is one that was typed, or a form of it. The index answers a
 * word that it lacks with what has the same first letters: « english » with « engagement ».
 * @param {string} typed @param {string} marked
 */
export function isForm(typed, marked) {
  const one = plain(typed);
  const pieces = plain(marked).match(/[\p{L}\p{N}]+/gu) ?? [];
  return pieces.some((other) => {
    if (one === other || (one.length >= 3 && other.startsWith(one))) return true;
    let alike = 0;
    while (alike < Math.min(one.length, other.length) && one[alike] === other[alike]) alike += 1;
    return alike >= 4 && alike * 2 >= one.length && other.length - alike <= 6;
  });
}

/**
 * The nearest of the known words to one that no page says, or nothing when none is near.
 * @param {string} word @param {Iterable<string>} known plain words
 */
export function nearest(word, known) {
  const typed = plain(word);
  if (typed.length < 4) return undefined;
  let most = typed.length >= 8 ? 2 : 1;
  let found;
  for (const other of known) {
    if (Math.abs(other.length - typed.length) > most || other.length < 4) continue;
    const slips = distance(typed, other);
    if (slips < most || (slips === most && found === undefined)) [most, found] = [slips, other];
  }
  return found;
}

/** The letters to change, add, take away or turn round between two words. @param {string} one @param {string} other */
function distance(one, other) {
  /** @type {number[]} */
  let before = [];
  let line = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const change = line[column - 1] + (one[row - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(change, line[column] + 1, next[column - 1] + 1));
      const turned = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && turned)
        next[column] = Math.min(next[column], before[column - 2] + 1);
    }
    [before, line] = [line, next];
  }
  return line[other.length];
}
