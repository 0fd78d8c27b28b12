// Days and values in the words of French.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { line, moment } from "../../docs/assets/scripts/calculator/result_text.js";
import { when } from "../../docs/assets/scripts/calculator/timeline.js";
import {
  day,
  dayInFrance,
  dayOf,
  euros,
  today,
  words,
} from "../../docs/assets/scripts/shared/dates.js";
import { holds } from "../../docs/assets/scripts/site/reader_day.js";

const OWN = process.env.TZ;

afterEach(() => {
  if (OWN === undefined) delete process.env.TZ;
  else process.env.TZ = OWN;
});

test("the first of a month is « 1er », and no other day is", () => {
  assert.equal(day("2026-03-01"), "1er mars 2026");
  assert.equal(day("2026-03-11"), "11 mars 2026");
  assert.equal(day("2026-08-21"), "21 août 2026");
});

test("a day is the same wherever the reader is", () => {
  for (const zone of ["America/Los_Angeles", "Pacific/Kiritimati", "Europe/Paris"]) {
    process.env.TZ = zone;
    assert.equal(day("2026-01-01"), "1er janvier 2026", zone);
    assert.equal(words("2026-12-31"), "31 décembre 2026", zone);
  }
});

test("the day in France is the same wherever the reader is", () => {
  for (const zone of ["America/Cayenne", "Indian/Reunion", "Europe/Paris"]) {
    process.env.TZ = zone;
    assert.equal(dayInFrance(new Date("2026-12-31T22:59:59Z")), "2026-12-31", zone);
    assert.equal(dayInFrance(new Date("2026-12-31T23:00:00Z")), "2027-01-01", zone);
    assert.equal(dayInFrance(new Date("2026-07-14T22:00:00Z")), "2026-07-15", zone); // in summer
  }
});

test("a part of a page holds until its last day, or from its first", () => {
  const told = (/** @type {object} */ part) =>
    ["2026-12-30", "2026-12-31", "2027-01-01"].map((one) => holds(part, one));
  assert.deepEqual(told({ until: "2026-12-31" }), [true, true, false]);
  assert.deepEqual(told({ from: "2027-01-01" }), [false, false, true]);
});

test("today is the day of the reader's own clock", () => {
  const noon = new Date("2026-02-28T12:00:00Z");
  process.env.TZ = "Pacific/Kiritimati"; // fourteen hours ahead
  assert.equal(dayOf(noon), "2026-03-01");
  process.env.TZ = "America/Los_Angeles";
  assert.equal(dayOf(new Date("2026-03-01T05:00:00Z")), "2026-02-28");
  assert.equal(today(), dayOf(new Date()));
  assert.match(today(), /^\d{4}-\d{2}-\d{2}$/);
});

test("yes and no are said in French", () => {
  assert.equal(words(true), "oui");
  assert.equal(words(false), "non");
});

test("a number has the comma and the narrow spaces of French", () => {
  assert.equal(words(1607), "1\u202f607");
  assert.equal(words(12.5), "12,5");
  assert.equal(words(0), "0");
});

test("only a whole ISO day is a day; any other text stays as it is", () => {
  assert.equal(words("2026-03"), "2026-03");
  assert.equal(words("le 2026-03-01"), "le 2026-03-01");
  assert.equal(words("aci"), "aci");
});

test("a length counts months and days, « jour » alone where there is one or none", () => {
  assert.equal(words({ mois: 4, jours: 0 }), "4 mois et 0 jour");
  assert.equal(words({ mois: 0, jours: 1 }), "0 mois et 1 jour");
  assert.equal(words({ mois: 24, jours: 12 }), "24 mois et 12 jours");
});

test("a record tells each of its values by name", () => {
  assert.equal(words({ aci: true, ei: "2026-03-01" }), "aci\u00a0: oui, ei\u00a0: 1er mars 2026");
});

test("a period of one day is that day; a longer one has two ends", () => {
  assert.equal(when({ debut: "2026-04-02", fin: "2026-04-02" }), "le 2 avril 2026");
  assert.equal(
    when({ debut: "2026-03-01", fin: "2026-04-02" }),
    "du 1er mars 2026 au 2 avril 2026",
  );
});

test("a moment is a day and an hour, minutes on two digits", () => {
  process.env.TZ = "Europe/Paris";
  assert.equal(moment(new Date("2026-11-24T13:05:00Z")), "24 novembre 2026 à 14\u00a0h\u00a005");
});

test("an answer follows its question, without a colon after a question mark", () => {
  assert.equal(line(["Date de début", "1er mars 2026"]), "Date de début\u00a0: 1er mars 2026");
  assert.equal(line(["Est-elle inscrite ?", "oui"]), "Est-elle inscrite ? oui");
});

test("a sum has two digits of cents, or none", () => {
  const written = [13304, 1330.4, 0.05].map((sum) => euros(sum).replace(/\s/g, " "));
  assert.deepEqual(written, ["13 304", "1 330,40", "0,05"]);
});
