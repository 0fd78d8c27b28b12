// Where the list begins in a sheet: which rows are its header, and what each of its columns is called.

import { namesOf, recognise } from "./cells.js";
import { readDay } from "./days.js";
import { propose } from "./near_names.js";
import { plain } from "./words.js";

/** Rows in which a header is looked for: titles and a word of use may stand above it. */
const TOP = 40;

/**
 * The header of a sheet: its names, the place of its first row among the rows, how many rows it has.
 * @typedef {{ names: string[], first: number, depth: number, known: number, near: number }} Header
 */

/**
 * Count the columns that a header names.
 * @param {string[]} names @param {Lists.List} list @param {string[]} [added]
 */
export function known(names, list, added = []) {
  const columns = namesOf(list);
  const ours = new Set(added.map(plain));
  return new Set(
    names
      .map(plain)
      .map((name) => (ours.has(name) ? name : recognise(name, columns)?.path))
      .filter((path) => path !== undefined),
  ).size;
}

/**
 * Find the header of a sheet; nothing in an empty one, nor where no row has names alone.
 * @param {Lists.Sheet} sheet @param {Lists.List} list @param {{ added?: string[], decided?: Lists.Words }} more
 * @returns {Header | undefined}
 */
export function findHeader({ rows, merges }, list, { added = [], decided = {} } = {}) {
  const top = rows.slice(0, TOP);
  const count = (/** @type {string[]} */ names) =>
    known(names, list, added) + names.filter((name) => decided[plain(name)]).length;
  /** @type {Header[]} */
  const found = [];
  top.forEach((row, first) => {
    const single = filled(row, merges);
    found.push({ names: single, first, depth: 1, known: count(single), near: -1 });
    const next = rows[first + 1];
    if (!next || next.number !== row.number + 1 || next.cells.some(isValue)) return;
    const double = combined(row, next, merges, list);
    if (double) found.push({ names: double, first, depth: 2, known: count(double), near: -1 });
  });
  const best = Math.max(0, ...found.map((one) => one.known));
  const equal = found.filter((one) => one.known === best);
  for (const one of equal) one.near = nearNames(one.names, list);
  const nearest = Math.max(0, ...equal.map(({ near }) => near));
  if (best > 0 || nearest > 0) return equal.find(({ near }) => near === nearest);
  // Nothing is known: the first row that looks like one, for the reader to say what its columns are.
  const wide = found.filter(({ depth }) => depth === 1);
  const width = (/** @type {Header} */ { names }) =>
    names.some(isValue) ? 0 : names.filter((name) => name.trim() !== "").length;
  const most = Math.max(0, ...wide.map(width));
  return wide.find((one) => most > 1 && width(one) >= most * 0.6);
}

/** @param {string[]} names @param {Lists.List} list */
function nearNames(names, list) {
  const columns = namesOf(list);
  const indexes = names.map((_, index) => index);
  const unknown = indexes.filter((index) => !recognise(plain(names[index]), columns));
  /** @type {any} */
  const nothing = { columns: [], ignored: unknown, missing: [] };
  return propose(names, nothing, list).near.size;
}

/** A header has names, not days and numbers. @param {string} cell */
function isValue(cell) {
  const text = cell.trim();
  return /^[-+]?\d+([.,]\d+)?$/.test(text) || readDay(text).value !== undefined;
}

/** The cells of a row, those of a merge all with its text. @param {Lists.Line} row @param {Lists.Merge[]} merges */
function filled({ number, cells }, merges) {
  const names = [...cells];
  for (const { top, bottom, left, right } of merges) {
    if (number < top || number > bottom || !cells[left]) continue;
    for (let column = left; column <= right; column += 1) names[column] = cells[left];
  }
  return Array.from(names, (name) => name ?? "");
}

/**
 * Write two rows of names as one: « Suspensions 1 » above « Premier jour » is one name.
 * @param {Lists.Line} row @param {Lists.Line} next @param {Lists.Merge[]} merges
 * @param {Lists.List} list
 * @returns {string[] | undefined} nothing where the second row adds nothing
 */
function combined(row, next, merges, list) {
  const above = filled(row, merges);
  const below = next.cells;
  if (below.every((name) => name.trim() === "")) return undefined;
  const merged = merges.some(({ top, left, right }) => top === row.number && right > left);
  let group = "";
  const width = Math.max(above.length, below.length);
  return Array.from({ length: width }, (_, index) => {
    const upper = above[index]?.trim() ?? "";
    const lower = below[index]?.trim() ?? "";
    // Without merged cells, the name of a group stands above its first column alone.
    if (upper !== "" || lower === "") group = lower === "" ? "" : upper;
    const first = upper || (merged ? "" : group);
    if (lower === "" || first === "" || lower === first) return lower || first;
    const both = `${first} : ${lower}`;
    // Nothing says where a group ends: « au » beside « Suspension 2 » stands for itself.
    const alone = upper === "" && known([lower], list) > known([both], list);
    return alone && nearNames([both], list) === 0 ? lower : both;
  });
}
