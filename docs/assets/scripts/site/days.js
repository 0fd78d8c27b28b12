// What has ended since the site was built: news fold away, and an authorisation is told as ended, by the
// day on the reader's own clock.

import { today } from "../shared/dates.js";

/**
 * Move each news that is over to the list of those, and say so where none is left.
 * @param {ParentNode} page @param {string} day
 */
export function foldNews(page, day) {
  for (const lists of page.querySelectorAll("[data-news]")) {
    const past = lists.querySelector("[data-past]");
    const current = lists.querySelector("[data-current]");
    if (!past || !current) continue;
    for (const item of current.querySelectorAll("[data-last-day]")) {
      if (String(item.getAttribute("data-last-day")) < day) past.prepend(item);
    }
    lists.querySelector("[data-none]")?.toggleAttribute("hidden", current.childElementCount > 0);
    past.closest("details")?.toggleAttribute("hidden", past.childElementCount === 0);
  }
}

/**
 * Show the sentence of today: the first one until the last day, the second one after it.
 * @param {ParentNode} page @param {string} day
 */
export function tellEnds(page, day) {
  for (const told of page.querySelectorAll("[data-ends]")) {
    const over = String(told.getAttribute("data-ends")) < day;
    told.children[0].toggleAttribute("hidden", over);
    told.children[1].toggleAttribute("hidden", !over);
  }
}

if (typeof document !== "undefined") {
  foldNews(document, today());
  tellEnds(document, today());
}
