// The ends of the months to come: what a team has to prepare, and when.

/** « 2026-11 ». @param {string} iso */
export function monthOf(iso) {
  return iso.slice(0, 7);
}

const NAME = new Intl.DateTimeFormat("fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });

/** « novembre 2026 ». @param {string} month */
export function monthName(month) {
  return NAME.format(new Date(`${month}-01`));
}

/** The months from that of a day on. @param {string} today @param {number} count */
export function monthsFrom(today, count) {
  const [year, month] = today.split("-").map(Number);
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(year, month - 1 + index)).toISOString().slice(0, 7),
  );
}

/**
 * Count the ends of each of these months: persons whose PASS IAE ends, persons whose contract ends.
 * @param {Team.Entry[]} records @param {string[]} months
 * @returns {{ month: string, passes: number, contracts: number }[]}
 */
export function endsByMonth(records, months) {
  const counts = new Map(months.map((month) => [month, { month, passes: 0, contracts: 0 }]));
  for (const { alerts } of records) {
    const told = new Set();
    for (const { kind, date } of alerts) {
      if (date === undefined || (kind !== "fin_pass" && kind !== "fin_contrat")) continue;
      const count = counts.get(monthOf(date));
      if (!count || told.has(kind + count.month)) continue;
      told.add(kind + count.month);
      count[kind === "fin_pass" ? "passes" : "contracts"] += 1;
    }
  }
  return [...counts.values()];
}

/**
 * The records that have an alert of this kind in this month; nothing asked, all.
 * @param {Team.Entry[]} records @param {{ kind?: string, month?: string }} filter
 */
export function filtered(records, { kind, month }) {
  return records.filter(
    ({ alerts }) =>
      (!kind && !month) ||
      alerts.some(
        (alert) =>
          (!kind || alert.kind === kind) &&
          (!month || (alert.date !== undefined && monthOf(alert.date) === month)),
      ),
  );
}
