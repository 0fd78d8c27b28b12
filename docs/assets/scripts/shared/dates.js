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

const FRENCH = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/;
const WORDED = /^(\d{1,2})(?:er)?[- ]([a-z]+)\.?[- ](\d{4})$/;
const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
/** What people and spreadsheets write before a day, or after it. */
const BEFORE = /^(?:le )?(?:(?:lun|mar|mer|jeu|ven|sam|dim)(?:di|credi|dredi|edi|anche)?\.?,? )?/;
const HOUR = /(?:t| |, | a )(?:[01]?\d|2[0-3])[:h][0-5]\d(?::[0-5]\d(?:\.\d+)?)?$/;
const MONTHS = Array.from({ length: 12 }, (_, month) =>
  bare(new Intl.DateTimeFormat("fr", { month: "long" }).format(new Date(2026, month))),
);

/**
 * Read a day as people write it: « 27/11/2026 », « le 1er mars 2026 », « jeu. 12 mars 2026 »,
 * « 2026-11-27 ». Nothing where the text does not say one day: a year of two digits, a moment in
 * the time of elsewhere.
 * @param {string} text @returns {string | undefined} an ISO day
 */
export function readDay(text) {
  const written = bare(text).replace(HOUR, "").replace(BEFORE, "");
  const [, first, month, year] = FRENCH.exec(written) ?? WORDED.exec(written) ?? [];
  const parts = ISO.exec(written)?.slice(1) ?? [year, month, first];
  return parts[0] && iso(Number(parts[0]), monthOf(parts[1]), Number(parts[2]));
}

/** A text without accents, capitals, double spaces, nor the stop of its sentence. @param {string} text */
function bare(text) {
  const letters = text.normalize("NFKD").replace(/\p{M}/gu, "");
  return letters
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/[.,;]? ?$/, "")
    .trim();
}

/** « 3 », « mars », « sept »: a month is named by a beginning that no other has. @param {string} text */
function monthOf(text) {
  const found = MONTHS.filter((month) => text.length > 2 && month.startsWith(text));
  return found.length === 1 ? MONTHS.indexOf(found[0]) + 1 : Number(text);
}

/** @param {number} year @param {number} month @param {number} day */
function iso(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? date.toISOString().slice(0, 10) : undefined;
}

/** Write a sum in euros: « 13 304 », « 1 330,40 ». @param {number} sum */
export function euros(sum) {
  return sum.toLocaleString("fr-FR", {
    minimumFractionDigits: Number.isInteger(sum) ? 0 : 2,
    maximumFractionDigits: 2,
  });
}
