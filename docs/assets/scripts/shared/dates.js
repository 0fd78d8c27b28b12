// Days, and values in the words of French. A day is the text « 2026-03-01 », as in the contract.

const DAY = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeZone: "UTC" });
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Return today as an ISO day, on the reader's own clock. */
export function today() {
  return dayOf(new Date());
}

/** Return the ISO day of a moment (a Date), on the reader's own clock. @param {Date} moment */
export function dayOf(moment) {
  return moment.toLocaleDateString("sv-SE"); // Swedish writes days as ISO does
}

const IN_FRANCE = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" });

/** Return the ISO day that it is in France, now or at a moment: the law changes there at midnight. */
export function dayInFrance(moment = new Date()) {
  return IN_FRANCE.format(moment);
}

/** Write an ISO day as French reads it: « 1er mars 2026 ». @param {string} iso */
export function day(iso) {
  return DAY.format(new Date(iso)).replace(/^1 /, "1er ");
}

const MEGABYTES = new Intl.NumberFormat("fr-FR", {
  style: "unit",
  unit: "megabyte",
  maximumFractionDigits: 1,
});

/** Write a number of bytes as French reads it: « 1,2 Mo ». @param {number} bytes */
export function megabytes(bytes) {
  return MEGABYTES.format(bytes / 1e6);
}

/**
 * Write a value as French reads it: a day, a length, a number, yes or no.
 * @param {any} value @returns {string}
 */
export function words(value) {
  if (value === true) return "oui";
  if (value === false) return "non";
  if (typeof value === "number") return value.toLocaleString("fr-FR");
  if (typeof value === "string") return ISO_DAY.test(value) ? day(value) : value;
  if ("mois" in value) {
    return `${value.mois} mois et ${value.jours} ${value.jours > 1 ? "jours" : "jour"}`;
  }
  return Object.entries(value)
    .map(([name, one]) => `${name}\u00a0: ${words(one)}`)
    .join(", ");
}

/** Write a sum in euros: « 13 304 », « 1 330,40 ». @param {number} sum */
export function euros(sum) {
  return sum.toLocaleString("fr-FR", {
    minimumFractionDigits: Number.isInteger(sum) ? 0 : 2,
    maximumFractionDigits: 2,
  });
}
