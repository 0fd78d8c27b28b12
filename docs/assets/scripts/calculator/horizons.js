// The dates to come, by how far they are.

const DAY = 86_400_000; // ms

/**
 * Put each date in the first group that reaches it; a group that has none is left out. `limits` are
 * [title, days], from the nearest on; the last one has no limit.
 * @template {{ date: string }} Entry
 * @param {Entry[]} dates
 * @param {string} day the day that is looked at, as ISO
 * @param {[title: string, days: number | null][]} limits
 * @returns {[title: string, entries: Entry[]][]}
 */
export function horizons(dates, day, limits) {
  const rank = (/** @type {Entry} */ { date }) => {
    const days = (Date.parse(date) - Date.parse(day)) / DAY;
    return limits.findIndex(([, most]) => most === null || days <= most);
  };
  return limits
    .map(
      ([title], place) =>
        /** @type {[string, Entry[]]} */ ([title, dates.filter((entry) => rank(entry) === place)]),
    )
    .filter(([, near]) => near.length > 0);
}
