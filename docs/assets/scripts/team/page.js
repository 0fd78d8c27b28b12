// The page « Le tableau de l'équipe »: files, the persons in them, what each must not miss. Nothing leaves it.

import { calendarFile } from "../calculator/calendar_file.js";
import { words as french, today } from "../shared/dates.js";
import { element, reach, slot } from "../shared/dom.js";
import { save } from "../shared/download.js";
import { Engine } from "../shared/engine.js";
import { forgetColumns, Matching, remember, remembered } from "../spreadsheet/matching.js";
import { Reader } from "../spreadsheet/reader.js";
import { say } from "../spreadsheet/words.js";
import { alertsOf, lastDays } from "./alerts.js";
import { Board } from "./board.js";
import { EXPORT, withPersons } from "./columns.js";
import { Files, nameOf as fileName, kindsOf } from "./files.js";
import { heads, lines, nameOf, oneCalendar } from "./names.js";
import { matchPersons, place, situationOf } from "./persons.js";
import { otherDays, unusedHours } from "./records.js";

const page = document.querySelector("[data-team-page]");
const form = page.querySelector("form");
const words = JSON.parse(form.dataset.words ?? "{}");
const list = withPersons(JSON.parse(form.dataset.list ?? "{}"));
const labels = Object.fromEntries(list.columns.map(({ path, label }) => [path, label]));
/** Rows taken at once from the reader; persons asked about at once: the first few are soon there. */
const SLICE = { rows: 500, first: 5, persons: 25 };
const SHOWN_EVERY = 2_000; // ms between two drawings of the board while answers come
const MANY = 500; // persons from which a second engine is worth its start
const EVENTS = 100; // events written in one go
const MOST_ON_PAPER = 400;
const TOLD = 5; // duplicates told one by one

const status = page.querySelector("[data-status]");
const progress = page.querySelector("[data-progress]");
const refused = page.querySelector("[data-refused]");
const outcome = page.querySelector("[data-outcome]");
const board = new Board(outcome, words, {
  page: form.dataset.follow ?? "",
  counting: JSON.parse(form.dataset.counting ?? "{}"),
  announce: (text) => {
    status.textContent = text;
  },
});
/** The second engine starts for long lists only: two answer nearly twice as fast as one. */
const [engine, helper] = [true, false].map(
  (told) =>
    new Engine({
      runtime: form.dataset.runtime ?? "",
      onState(state) {
        if (told && state === "ready") dispatchEvent(new CustomEvent("calculator:ready"));
      },
      onResponse() {},
    }),
);

/** The worker that reads and writes files is that of the lists. */
const reader = new Reader(words.reader);
/** The run that is on, or was shown last. @type {{ entries: Team.Entry[], day: string } | undefined} */
let run;
/** @type {() => void} */
let stop = () => {};
const STOPPED = new Error("stopped");

// Files

const files = new Files(reader, words);
/** What is done with the reader's answer about columns. @type {(decided: Lists.Words) => void} */
let decide = () => {};
/** The kind of the file whose columns are asked. */
let asking = "";
/** Whether the next run asks again about columns that are known. */
let review = false;
const matching = new Matching(page.querySelector("[data-matching]"), words, (decided, keep) => {
  if (keep) remember(asking, decided);
  decide(decided);
});
const sheets = form.querySelector("[data-sheets]");

/** What the page says for the rows of a list that do not say it. @param {string} day @returns {Lists.Default[]} */
function defaults(day) {
  const found = [{ path: "au", label: labels.au, value: day, shown: `le ${french(day)}` }];
  for (const control of form.querySelectorAll("[data-same]")) {
    const { same: path = "", label = "" } = control.dataset;
    // The name that was published: a translation of the page changes what is shown.
    const [, [shown] = [""]] =
      list.columns
        .find((column) => column.path === path)
        ?.options.find(([code]) => code === control.value) ?? [];
    if (control.value) {
      found.push({ path, label, value: control.value, shown: `«\u00a0${shown}\u00a0»` });
    }
  }
  return found;
}

/**
 * Read a file, as the export of the platform or as a list; what its columns are is asked where it must be.
 * @param {File} file @param {string} day @param {boolean} several
 * @param {(promise: Promise<any>) => Promise<any>} orStop
 * @returns {Promise<{ rows: Team.Row[], notes: string[] }>}
 */
async function readFile(file, day, several, orStop) {
  const kinds = kindsOf({ export: EXPORT, list }, defaults(day));
  const source = several ? file.name : "";
  let again = review;
  for (;;) {
    const found = await orStop(files.read(file, kinds, { source, review: again }));
    again = false;
    if ("question" in found) {
      const { kind, reading } = found.question;
      showSheets(file, reading);
      const decided = await orStop(question(found.question));
      files.say(file, { key: kind.key, decided });
      continue;
    }
    const { rows, kind, reading, told } = found;
    showSheets(file, reading);
    const sentence = kind.list === EXPORT ? words.read_export : words.read_list;
    const first = say(sentence, { file: file.name, count: french(rows.length) });
    const columns = told ? [words.match_used] : [];
    const other = [...otherDays(rows, day, labels.au, words), ...unusedHours(rows, words)];
    return { rows, notes: [first, ...columns, ...reading.notes, ...other] };
  }
}

/** Ask what the columns of a file are; nothing is calculated before. @param {import("./files.js").Question} asked @returns {Promise<Lists.Words>} */
function question({ file, kind, reading }) {
  progress.hidden = true;
  status.textContent = "";
  asking = kind.key;
  const name = say(words.asked_file, { file: file.name });
  matching.show(/** @type {Lists.Questions} */ (reading.questions), [name, ...reading.notes]);
  reach(matching.place.querySelector("h2"));
  return new Promise((resolve) => {
    decide = (decided) => {
      matching.hide();
      advance(0, 0, words.reading);
      resolve(decided);
    };
  });
}

/** Let the reader choose another sheet of a workbook, for the next run. @param {File} file @param {Lists.Reading} reading */
function showSheets(file, { sheets: found, sheet }) {
  const id = `equipe-feuille-${fileName(file).replace(/\W+/g, "-")}`;
  document.getElementById(id)?.closest(".field")?.remove();
  if (found.length < 2) return;
  const options = found.map(({ name, hidden, rows }, index) => {
    const sentence = hidden ? words.sheet_hidden : words.sheet_shown;
    return element("option", { value: index }, say(sentence, { name, rows: french(rows) }));
  });
  const select = element("select", { id, autocomplete: "off" }, ...options);
  select.value = String(sheet);
  select.addEventListener("change", () => {
    files.say(file, { key: undefined, decided: undefined, sheet: Number(select.value) });
  });
  const label = element("label", { for: id }, say(words.sheet_of, { file: file.name }));
  sheets.append(element("div", { class: "field" }, label, select));
}

/** Who is in the rows, some at a time: the page stays free. @param {Team.Row[]} rows @param {string} day @returns {Promise<{ entries: Team.Entry[], notes: string[] }>} */
async function persons(rows, day) {
  const { persons: found, duplicates } = matchPersons(rows, words);
  const context = { today: day, words, labels, suspensionMonths: months };
  /** @type {Team.Entry[]} */
  const entries = [];
  for (const person of found) {
    const asked = situationOf(person, day, words);
    const passEnd = person.rows.map(({ facts }) => facts.pass_fin).find(Boolean);
    const position = entries.length + 1;
    entries.push({ person, asked, position, passEnd, ...alertsOf(asked, undefined, context) });
    if (position % SLICE.rows === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  const notes = duplicates
    .slice(0, TOLD)
    .map(({ row, first }) =>
      say(words.duplicate, { where: place(row, words), first: place(first, words) }),
    );
  if (duplicates.length > TOLD) {
    notes.push(say(words.duplicates, { count: french(duplicates.length - TOLD) }));
  }
  return { entries, notes };
}

const months = Number(form.dataset.suspensionMonths);

/** Days before the nearest end that the file gives: whom to ask about first. @param {Team.Entry} entry @param {string} day */
function pressing({ asked, passEnd }, day) {
  const ends = [...lastDays(asked.hires, day), ...(passEnd && passEnd >= day ? [passEnd] : [])];
  return ends.sort()[0] ?? "9999";
}

// One run

async function start() {
  const chosen = [.../** @type {any} */ (form.elements.namedItem("files")).files];
  if (chosen.length === 0) return refuse([words.no_file], true);
  forget();
  const day = form.elements.namedItem("au").value || today();
  const mine = { entries: /** @type {Team.Entry[]} */ ([]), day };
  run = mine;
  const stopped = new Promise((_, reject) => {
    stop = () => reject(STOPPED);
  });
  stopped.catch(() => {}); // nobody may be waiting when it comes
  const orStop = (/** @type {Promise<any>} */ promise) => Promise.race([promise, stopped]);
  let [done, total] = [0, 0];
  let end = "";
  try {
    advance(0, 0, words.reading);
    engine.start();
    /** @type {Team.Row[]} */
    const rows = [];
    const notes = [];
    const refusals = [];
    for (const file of chosen) {
      try {
        const read = await readFile(file, day, chosen.length > 1, orStop);
        for (const row of read.rows) rows.push(row);
        notes.push(...read.notes);
      } catch (/** @type {any} */ error) {
        if (!error.refused) throw error;
        const several = chosen.length > 1;
        const told = (/** @type {string} */ message) =>
          several ? say(words.in_file, { file: file.name, message }) : message;
        refusals.push(...error.refused.map(told));
      }
    }
    if (mine !== run) return;
    review = false;
    if (refusals.length > 0) refuse(refusals, rows.length === 0);
    if (rows.length === 0) return;
    const found = await orStop(persons(rows, day));
    if (mine !== run) return;
    mine.entries = found.entries;
    note([...notes, ...found.notes]);
    const toAsk = mine.entries
      .filter(({ asked }) => asked.situation)
      .map((entry) => /** @type {const} */ ([pressing(entry, day), entry]))
      .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
      .map(([, entry]) => entry);
    total = toAsk.length;
    const size = { persons: french(found.entries.length), rows: french(rows.length) };
    end = say(words.done, { ...size, day: french(day) });
    advance(0, total, words.starting);
    let next = 0;
    let shownAt = 0;
    const work = async (/** @type {Engine} */ one) => {
      while (next < total && mine === run) {
        const some = toAsk.slice(next, next + (next === 0 ? SLICE.first : SLICE.persons));
        next += some.length;
        await orStop(answer(one, some, day));
        done += some.length;
        advance(done, total);
        if (shownAt > 0 && (performance.now() - shownAt < SHOWN_EVERY || board.busy)) continue;
        const first = shownAt === 0;
        shownAt = Infinity; // the other engine need not wait for this drawing
        await show(mine, "", first);
        shownAt = performance.now();
      }
    };
    await Promise.all((total > MANY ? [engine, helper] : [engine]).map(work));
  } catch (/** @type {any} */ error) {
    if (mine !== run) return; // another run, or none, took its place
    const counts = { done: french(done), total: french(total), message: error.message };
    end = say(error === STOPPED ? words.stopped : words.failed, counts);
    if (mine.entries.length === 0) return refuse([say(words.failed_first, counts)], true);
  }
  if (mine !== run) return;
  const first = Boolean(outcome.hidden);
  progress.hidden = true;
  await show(mine, end, first);
  status.textContent = end;
  dispatchEvent(new CustomEvent("team:done"));
}

/** @param {Engine} one @param {Team.Entry[]} entries @param {string} day */
async function answer(one, entries, day) {
  const situations = entries.map(({ asked }) => asked.situation);
  const { results } = await one.request({ calculator: "suivi", situations });
  if (!results) throw new Error(words.not_understood);
  const context = { today: day, words, labels, suspensionMonths: months };
  entries.forEach((entry, index) => {
    const { alerts, urgency } = alertsOf(entry.asked, results[index], context);
    entry.alerts = alerts;
    entry.urgency = urgency;
    entry.passEnd = results[index].result?.values.fin_pass ?? entry.passEnd;
  });
}

/** @param {{ entries: Team.Entry[], day: string }} shown @param {string} end @param {boolean} first */
async function show({ entries, day }, end, first) {
  /** @type {HTMLElement} */ (slot(outcome, "end")).textContent = end;
  await board.show(entries, day);
  if (!first) return;
  const kept = kindsOf({ export: EXPORT, list }, []).map(({ key }) => remembered(key));
  forgetful.hidden = kept.every((columns) => Object.keys(columns).length === 0);
  reach(outcome.querySelector("h2"));
}

/** Show how far it is; a screen reader hears it when it begins and ends. @param {number} done @param {number} total @param {string} [sentence] */
function advance(done, total, sentence = words.progress) {
  const bar = progress.querySelector("progress");
  if (total > 0 && done > 0) {
    bar.max = total;
    /** @type {any} */ (bar).value = done;
  } else bar.removeAttribute("value");
  const text = say(sentence, { done: french(done), total: french(total) });
  /** @type {HTMLElement} */ (slot(progress, "progress")).textContent = text;
  if (done === 0) status.textContent = text;
  progress.hidden = false;
}

/** @param {string[]} notes */
function note(notes) {
  const place = outcome.querySelector("[data-notes]");
  place.hidden = notes.length === 0;
  slot(place, "notes")?.replaceChildren(...notes.map((text) => element("li", {}, text)));
}

/** @param {string[]} messages @param {boolean} all whether nothing else is shown */
function refuse(messages, all) {
  if (all) forget();
  refused
    .querySelector("ul")
    .replaceChildren(...messages.map((message) => element("li", {}, message)));
  refused.hidden = false;
  if (!all) return;
  reach(refused.querySelector("h2"));
}

/** Stop the run that is on, and take away what the last one showed. */
function forget() {
  run = undefined;
  stop();
  status.textContent = "";
  progress.hidden = refused.hidden = true;
  matching.hide();
  note([]);
  board.empty();
}

/** Other files, or none: what was said of the last ones does not hold. */
function another() {
  files.forget();
  review = false;
  sheets.replaceChildren();
}

// What leaves the page: at the reader's hand only

/** @param {string} format */
async function download(format) {
  const { entries, hidden } = board.shown;
  status.textContent = words.writing;
  const given = { heads: heads(words), format, name: words.sheet };
  let blob;
  for (let from = 0; from === 0 || from < entries.length; from += SLICE.rows) {
    const some = lines(entries.slice(from, from + SLICE.rows), hidden, words);
    const last = from + SLICE.rows >= entries.length;
    blob = await reader.ask("table", { ...given, lines: some, last });
  }
  status.textContent = "";
  save(blob, `tableau-equipe-${run?.day}.${format}`);
}

async function calendar() {
  const { entries, hidden } = board.shown;
  const day = run?.day ?? today();
  const dates = entries.flatMap((entry) =>
    entry.alerts
      .filter(({ date }) => date !== undefined && date >= day)
      .map(({ kind, date }) => ({
        label: say(words.calendar_label, {
          person: nameOf(entry, hidden, words),
          label: words[`alert_${kind}`],
        }),
        date: /** @type {string} */ (date),
      })),
  );
  if (dates.length === 0) {
    status.textContent = words.calendar_none;
    return;
  }
  dates.sort((one, other) => (one.date < other.date ? -1 : 1));
  const texts = [];
  for (let from = 0; from < dates.length; from += EVENTS) {
    const some = dates.slice(from, from + EVENTS);
    const { href } = new URL(".", document.baseURI);
    texts.push(await calendarFile({ dates: some, description: [], page: href, name: words.sheet }));
    await new Promise((resolve) => setTimeout(resolve)); // the page stays free
  }
  save(new Blob([oneCalendar(texts)], { type: "text/calendar;charset=utf-8" }), "equipe.ics");
}

// The form

function reset() {
  another();
  forget();
  reader.forget();
  form.reset();
  form.elements.namedItem("au").value = today();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});
form.elements.namedItem("files").addEventListener("change", another);
form.addEventListener("focusin", () => engine.start(), { once: true });
form.querySelector("[data-clear]").addEventListener("click", () => {
  reset();
  /** @type {any} */ (form.elements.namedItem("files")).focus();
});
progress.querySelector("[data-cancel]").addEventListener("click", () => stop());
for (const button of page.querySelectorAll("[data-download]")) {
  button.addEventListener("click", () => download(button.dataset.download ?? "csv"));
}
page.querySelector("[data-calendar]").addEventListener("click", calendar);
page.querySelector("[data-rematch]").addEventListener("click", () => {
  review = true;
  start();
});
const forgetful = page.querySelector("[data-forget-columns]");
forgetful.addEventListener("click", () => {
  forgetColumns();
  files.forget();
  forgetful.hidden = true;
  status.textContent = words.match_forgotten;
});
page.querySelector("[data-print]").addEventListener("click", () => {
  board.all(MOST_ON_PAPER);
  print();
});

// A file dropped beside its place would replace the page: the whole page takes it.
const zone = page.querySelector("[data-drop]");
for (const [name, over] of /** @type {const} */ ([
  ["dragover", true],
  ["dragleave", false],
  ["drop", false],
])) {
  window.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.toggleAttribute("data-over", over);
    if (name !== "drop") return;
    /** @type {any} */ (form.elements.namedItem("files")).files = event.dataTransfer.files;
    another();
    start();
  });
}

page.querySelector("[data-without-script]").remove();
for (const button of form.querySelectorAll("button")) button.disabled = false;
reset();
