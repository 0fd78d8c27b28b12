// A page tells both sides of a coming change, with its day. Here, by the reader's own day in France, what
// no longer holds is hidden, and what has begun is shown. Without this script, both sides are read.

import { dayInFrance } from "../shared/dates.js";

/**
 * Tell whether a part of a text holds on a day: `until` is its last day, `from` its first.
 * @param {{ until?: string, from?: string }} part @param {string} day
 */
export function holds({ until, from }, day) {
  return !((until && day > until) || (from && day < from));
}

/** Show the parts of a page that hold on a day, and no other. @param {ParentNode} page @param {string} day */
export function choose(page, day) {
  for (const part of page.querySelectorAll("[data-until], [data-from]")) {
    if (part instanceof HTMLElement) part.hidden = !holds(part.dataset, day);
  }
}

if (typeof document !== "undefined") choose(document, dayInFrance());
