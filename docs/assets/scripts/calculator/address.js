// The answers that an address holds after its `#`, read as they were meant: programs that carry a link
// often damage it. Names and values of the contract hold letters, digits, `_`, `.` and `-` only, so that
// nothing which is mended here could be an answer.

const MOST_TURNS = 5; // how many programs, one after the other, may have encoded the same link
/** What HTML makes of « &regime » and of « &notification » when nobody has written `&amp;`. */
const TAKEN_FOR_SIGNS = { "®": "&reg", "¬": "&not" };
const AMPERSAND = /&(?:amp|#38|#x26);/gi;
/** The signs that follow a link in a sentence, or frame it, as they are or as HTML writes them. */
const FRAME = /^[#?&\s<«"'(]+|(?:&(?:gt|lt|quot|nbsp|raquo|#\d+);?|[^\p{L}\p{N}_])+$/giu;
/** Spaces, line breaks and signs that nobody sees, which a program puts in where a line is full. */
const BLANKS = /[\s\u00ad\u200b-\u200f\u2060\ufeff]+/g;
/** A line of mail cut in the middle, and its « = », written as codes of mail. */
const MAIL_BREAK = /=\r?\n/g;
const MAIL_EQUALS = /=(?:3D)+/gi;

/** A group's rows are numbered in the names of their controls: `periodes.0.debut`. */
export const ROW = /^(\w+)\.(\d{1,4})\.(\w+)$/;

const LATER = 1000; // ms until an address that was refused is written again
/** @type {ReturnType<typeof setTimeout> | undefined} */
let refused;

/** Whether the end of an address holds answers, perhaps encoded again by what has carried it. */
export function holdsAnswers(/** @type {string} */ hash) {
  return /=|%(25)*3D/i.test(hash);
}

/**
 * Return the answers of a fragment as [name, value], in its order, without those that are empty; the
 * rows of each group are numbered from 0 without a gap.
 * @param {string} text without its `#` @returns {[name: string, value: string][]}
 */
export function answersOf(text) {
  const pairs = mended(text)
    .split("&")
    .map((pair) => pair.split("="))
    .filter(([name, ...rest]) => name && rest.join("="))
    .map(([name, ...rest]) => /** @type {[string, string]} */ ([name, rest.join("=")]));
  return packed(pairs);
}

/**
 * Return a situation of the contract as a fragment, without its `#`: what `answersOf` reads.
 * @param {Record<string, any>} situation
 */
export function fragmentOf(situation) {
  /** @type {[string, string][]} */
  const pairs = [];
  const add = (/** @type {string} */ name, /** @type {any} */ value) => {
    if (value === null || value === undefined) return;
    if (typeof value !== "object") pairs.push([name, String(value)]);
    else if (!Array.isArray(value)) {
      for (const [key, one] of Object.entries(value)) add(`${name}.${key}`, one);
    } else value.forEach((one, row) => add(typeof one === "object" ? `${name}.${row}` : name, one));
  };
  for (const [name, value] of Object.entries(situation)) add(name, value);
  return new URLSearchParams(pairs).toString();
}

/**
 * Make `address` that of the page, without a step back for it, then call `written`. Beyond a hundred changes in
 * some seconds, as a key held down on a choice makes, Safari throws and Chromium changes nothing: the newest
 * address is written again later.
 * @param {() => string} address asked again when it has waited @param {() => void} [written]
 */
export function writeAddress(address, written) {
  clearTimeout(refused);
  const wanted = new URL(address(), document.baseURI).href;
  try {
    history.replaceState(null, "", wanted);
  } catch {
    // The address is still the former one.
  }
  if (location.href === wanted) written?.();
  else refused = setTimeout(writeAddress, LATER, address, written);
}

/** @param {string} text */
function mended(text) {
  let [before, after] = ["", text];
  for (let turn = 0; turn < MOST_TURNS && before !== after; turn += 1) {
    before = after;
    after = decoded(after.replaceAll("+", " ")).replace(AMPERSAND, "&");
  }
  return after
    .replace(MAIL_BREAK, "")
    .replace(MAIL_EQUALS, "=")
    .replace(/[®¬]/g, (sign) => TAKEN_FOR_SIGNS[/** @type {"®" | "¬"} */ (sign)])
    .replace(BLANKS, "")
    .replace(FRAME, "");
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // cut in the middle of a letter
  }
}

/** @param {[string, string][]} pairs */
function packed(pairs) {
  /** @type {Map<string, number[]>} */
  const rows = new Map();
  for (const [name] of pairs) {
    const [, group, row] = ROW.exec(name) ?? [];
    if (group) rows.set(group, [...(rows.get(group) ?? []), Number(row)]);
  }
  for (const [group, found] of rows)
    rows.set(
      group,
      [...new Set(found)].sort((a, b) => a - b),
    );
  return pairs.map(([name, value]) => {
    const [, group, row, field] = ROW.exec(name) ?? [];
    const position = rows.get(group)?.indexOf(Number(row));
    return /** @type {[string, string]} */ (
      group ? [`${group}.${position}.${field}`, value] : [name, value]
    );
  });
}
