// A day as people and spreadsheets write it. What two readers would read in two ways is refused.

import { plain } from "./words.js";

/** @typedef {{ value?: string, error?: string, remark?: "instant" | "serial" }} Day */

const FRENCH_DAY = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/;
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const SHORT_YEAR = /^\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}$/;
/** In letters, the month says which number is the day: « 12 mars 2026 », « 12-mars-26 ». */
const WORDED_DAY = /^(\d{1,2})(?:er)? ([a-z]+) (\d{4}|\d{2})$/;
const MONTH_FIRST = /^([a-z]+) (\d{1,2}) (\d{4})$/;
const HOUR =
  /(?:[T ]|, | à )(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
/** The years in which « 26 » or « 85 » is one year only: nobody here was born before 1950. */
const SHORT = { born: 50, now: 36 };
/** A spreadsheet counts days from the end of 1899; these are from 2000 to 2099, and no year. */
const SERIALS = { first: 36_526, last: 73_050, epoch: Date.UTC(1899, 11, 30) };
/** A workbook begun on an old Macintosh counts from 1904. */
const LATER_EPOCH = 1_462;
const DAY = 86_400_000; // ms

const names = (/** @type {string} */ locale, /** @type {"month" | "weekday"} */ part) =>
  Array.from({ length: part === "month" ? 12 : 7 }, (_, index) => {
    const date = part === "month" ? new Date(2026, index) : new Date(2026, 1, 1 + index);
    return plain(new Intl.DateTimeFormat(locale, { [part]: "long" }).format(date));
  });
const MONTHS = [names("fr", "month"), names("en", "month")];
/** Sunday is the first, as in `Date`. */
const WEEKDAYS = names("fr", "weekday");
const PARIS = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/Paris",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/**
 * Read a day, as ISO; `error` names the sentence that refuses it, `remark` what must be told.
 * @param {string} text @param {{ date1904?: boolean }} [from] @returns {Day}
 */
export function readDay(text, { date1904 = false } = {}) {
  if (/^\d{5}$/.test(text)) return serial(Number(text) + (date1904 ? LATER_EPOCH : 0));
  const hour = HOUR.exec(text);
  const written = hour ? text.slice(0, hour.index) : text;
  if (hour && !isHour(hour)) return { error: "hour" };
  const { weekday, rest } = withoutWeekday(written);
  const value = numbered(rest) ?? worded(rest);
  if (!value) return { error: SHORT_YEAR.test(rest) ? "short_year" : "date" };
  // « jeudi 13 mars 2026 » is a Friday: one of the two is wrong, and nobody knows which.
  if (weekday !== undefined && new Date(value).getUTCDay() !== weekday) return { error: "weekday" };
  if (!hour?.[4]) return { value };
  return { value: inFrance(value, hour), remark: "instant" };
}

/** @param {number} days @returns {Day} */
function serial(days) {
  if (days < SERIALS.first || days > SERIALS.last) return { error: "date" };
  return { value: fromSerial(days), remark: "serial" };
}

/** The ISO day of a spreadsheet's number, of which only the whole part counts. @param {number} days */
export function fromSerial(days) {
  return new Date(SERIALS.epoch + Math.floor(days) * DAY).toISOString().slice(0, 10);
}

/** The number of an ISO day, as a spreadsheet counts it. @param {string} iso */
export function toSerial(iso) {
  return (Date.parse(iso) - SERIALS.epoch) / DAY;
}

/** @param {RegExpExecArray} found */
function isHour([, hours, minutes, seconds = "0"]) {
  return Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60;
}

/** An instant of another zone may be the day before or after in France. @param {string} iso @param {RegExpExecArray} found */
function inFrance(iso, [, hours, minutes, seconds = "00", zone]) {
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : "Z";
  return PARIS.format(new Date(`${iso}T${hours.padStart(2, "0")}:${minutes}:${seconds}${offset}`));
}

/** @param {string} text @returns {{ weekday?: number, rest: string }} */
function withoutWeekday(text) {
  const found = /^([a-z]+)\.?,? +(?=\d)/i.exec(text);
  if (!found) return { rest: text };
  const name = plain(found[1]);
  const weekday = WEEKDAYS.findIndex((one) => one === name || one.slice(0, 3) === name);
  return weekday < 0 ? { rest: text } : { weekday, rest: text.slice(found[0].length) };
}

/** @param {string} text */
function numbered(text) {
  const [, dayFirst, monthNext, yearLast] = FRENCH_DAY.exec(text) ?? [];
  return iso(YEAR_FIRST.exec(text)?.slice(1) ?? [yearLast, monthNext, dayFirst]);
}

/** @param {string} text */
function worded(text) {
  const words = plain(text);
  const [, before, month, year] = WORDED_DAY.exec(words) ?? [];
  if (before) return iso([fullYear(year), monthNumber(month), before]);
  const [, first, after, last] = MONTH_FIRST.exec(words) ?? [];
  return first ? iso([last, monthNumber(first), after]) : undefined;
}

/** @param {string} year */
function fullYear(year) {
  if (year.length === 4) return year;
  if (Number(year) >= SHORT.born) return `19${year}`;
  return Number(year) <= SHORT.now ? `20${year}` : "";
}

/** « janv. », « févr. » and « sept. » are the first letters, when they are those of one month only. @param {string} name */
function monthNumber(name) {
  for (const months of MONTHS) {
    const found = months.filter(
      (month) => month === name || (name.length > 2 && month.startsWith(name)),
    );
    if (found.length === 1) return String(months.indexOf(found[0]) + 1);
  }
  return "";
}

/** Return the ISO day of a year, a month and a day, if there is such a day. @param {string[]} parts */
function iso(parts) {
  if (parts.some((part) => !part)) return undefined;
  const [year, month, day] = parts.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const same =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? date.toISOString().slice(0, 10) : undefined;
}
