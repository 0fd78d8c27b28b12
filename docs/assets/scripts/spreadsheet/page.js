// The page « Vérifier une liste »: a file, a calculator, one answer a row. Nothing leaves the page.

import { words as french, megabytes, today } from "../shared/dates.js";
import { element, reach, slot } from "../shared/dom.js";
import { save } from "../shared/download.js";
import { Engine } from "../shared/engine.js";
import { address } from "./cells.js";
import { forgetColumns, Matching, remember, remembered } from "./matching.js";
import { Reader } from "./reader.js";
import { Answers, compact } from "./table.js";
import { say } from "./words.js";

const page = document.querySelector("[data-spreadsheet-page]");
const form = page.querySelector("form");
const lists = JSON.parse(form.dataset.lists);
const words = JSON.parse(form.dataset.words);
const SLICE = 200; // rows asked for at once: an answer every half second or so on a slow machine
const ANNOUNCED = 4; // times that a screen reader hears of the progress

const status = page.querySelector("[data-status]");
const progress = page.querySelector("[data-progress]");
const refused = page.querySelector("[data-refused]");
const answers = new Answers(page.querySelector("[data-outcome]"), words, {
  open,
  announce: (text) => (status.textContent = text),
});
const matching = new Matching(page.querySelector("[data-matching]"), words, (decided, keep) => {
  said = decided;
  if (keep) remember(form.elements.calculator.value, decided);
  check();
});
const sheets = form.querySelector("[data-sheets]");
const engine = new Engine({
  runtime: form.dataset.runtime,
  onState(state, { download }) {
    if (download) {
      const sizes = { done: megabytes(download.done), total: megabytes(download.total) };
      slot(progress, "progress").textContent = say(words.download, sizes);
    }
    if (state === "ready") dispatchEvent(new CustomEvent("calculator:ready"));
  },
  onResponse() {},
});

/** The worker that reads and writes files. */
const reader = new Reader(words.reader);
/** @type {(nothing?: unknown) => void} */
let stop = () => {};
/** What is shown: `notes` on the file, `records` of its first rows, in order. */
let run;
/** What the reader said of the columns of this file, if anything. */
let said;

// One run

async function check() {
  const calculator = form.elements.calculator.value;
  const list = lists[calculator];
  const [file] = form.elements.file.files;
  const text = form.elements.text.value;
  if (!file && text.trim() === "") return refuse([words.no_file]);
  forget();
  const mine = { calculator, rows: 0, notes: [], records: [] };
  run = mine;
  const stopped = new Promise((resolve) => (stop = resolve)).then(() => Promise.reject(STOPPED));
  stopped.catch(() => {}); // nobody may be waiting when it comes
  const orStop = (promise) => Promise.race([promise, stopped]);
  let end;
  try {
    advance(0, 0, words.reading);
    progress.scrollIntoView({ block: "nearest" });
    engine.start();
    const reading = await orStop(reader.ask("read", { file, text, ...given(calculator) }));
    showSheets(reading);
    if (reading.questions) return question(reading);
    Object.assign(mine, {
      rows: reading.rows,
      notes: [...reading.notes, ...ofColumns(calculator)],
    });
    advance(0, mine.rows, words.starting);
    while (mine.records.length < mine.rows) {
      const from = mine.records.length;
      const slice = await orStop(reader.ask("slice", { from, to: from + SLICE }));
      const situations = slice.map(({ situation }) => situation);
      const asked = { calculator, situations, brief: true };
      const { results } = await orStop(engine.request(asked));
      if (!results) throw new Error(words.not_understood);
      slice.forEach((row, offset) => {
        const known = { today: today(), position: from + offset, words };
        mine.records.push(compact(row, results[offset], list, known));
      });
      advance(mine.records.length, mine.rows);
    }
    end = mine.rows === 1 ? words.done_one : say(words.done, { done: french(mine.rows) });
  } catch (error) {
    if (mine !== run) return; // another run, or none, took its place
    if (error.refused) return refuse(error.refused);
    if (mine.rows === 0) reader.forget(); // it may be reading still
    end = ending(error, mine);
  }
  progress.hidden = true;
  forgetful.hidden = Object.keys(remembered(calculator)).length === 0;
  answers.show(mine.records, mine.notes, end);
  status.textContent = end;
}

const STOPPED = new Error("stopped");

function ending(error, { rows, records }) {
  const values = { done: french(records.length), total: french(rows), message: error.message };
  const first = records.length === 0;
  if (error === STOPPED) return first ? words.stopped_first : say(words.stopped, values);
  return say(first ? words.failed_first : words.failed, values);
}

/** What the reader is told of a run: the questions on the columns, or what is read and how. */
function given(calculator, review = false) {
  const decided = said ?? remembered(calculator);
  const sheet = sheets.hidden ? undefined : Number(form.elements.sheet.value);
  return {
    specification: lists[calculator],
    defaults: defaults(calculator),
    added: added(),
    decided,
    review,
    sheet,
    words,
  };
}

/** The answers that the page gives to the rows without one: the day, and what is the same for all. */
function defaults(calculator) {
  const place = page.querySelector(`[data-list="${calculator}"]`);
  const found = [];
  for (const control of place.querySelectorAll("[data-same]")) {
    const { same: path, label } = control.dataset;
    // The name that was published: a translation of the page changes what is shown.
    const shown = lists[calculator].columns
      .find((column) => column.path === path)
      .options.find(([code]) => code === control.value)?.[1][0];
    const quoted = `«\u00a0${shown}\u00a0»`;
    if (control.value) found.push({ path, label, value: shown, shown: quoted });
  }
  const control = place.querySelector("[data-day]");
  if (!control) return found;
  const value = control.value || today();
  return [
    ...found,
    {
      path: control.dataset.day,
      label: control.dataset.label,
      value,
      shown: `le ${french(value)}`,
    },
  ];
}

/** The names of the columns that this page adds, for every simulator: written back, they are replaced. */
function added() {
  return [...new Set(Object.values(lists).flatMap((list) => answers.heads(list)))];
}

/** What is told of the choices of columns. */
function ofColumns(calculator) {
  if (said) return [words.match_used];
  return Object.keys(remembered(calculator)).length > 0 ? [words.match_remembered] : [];
}

/** Ask what the columns are; nothing is calculated before. */
function question({ questions, notes }) {
  forget();
  matching.show(questions, notes);
  reach(matching.place.querySelector("h2"));
}

/** Let the reader choose another sheet of the workbook. */
function showSheets({ sheets: found, sheet }) {
  sheets.hidden = found.length < 2;
  const options = found.map(({ name, hidden, rows }, index) => {
    const sentence = hidden ? words.sheet_hidden : words.sheet_shown;
    return element("option", { value: index }, say(sentence, { name, rows: french(rows) }));
  });
  form.elements.sheet.replaceChildren(...options);
  form.elements.sheet.value = String(sheet);
}

/** Another file, or another text: what was said of the last one does not hold. */
function another() {
  said = undefined;
  sheets.hidden = true;
}

/** Show how far the calculation is; a screen reader hears it a few times only. */
function advance(done, total, sentence = words.progress) {
  const text = say(sentence, { done: french(done), total: french(total) });
  const bar = progress.querySelector("progress");
  const label = slot(progress, "progress");
  if (total > 0 && done > 0) [bar.max, bar.value] = [total, done];
  else bar.removeAttribute("value");
  label.textContent = text;
  const step = total && Math.floor((done / total) * ANNOUNCED);
  if (done === 0 || String(step) !== status.dataset.step) status.textContent = text;
  status.dataset.step = String(step);
  progress.hidden = false;
}

function refuse(messages) {
  forget();
  refused
    .querySelector("ul")
    .replaceChildren(...messages.map((message) => element("li", {}, message)));
  refused.hidden = false;
  reach(refused.querySelector("h2"));
}

/** Stop the run that is on, and take away what the last one showed. */
function forget() {
  run = undefined;
  stop();
  status.textContent = "";
  progress.hidden = refused.hidden = true;
  matching.hide();
  answers.empty();
}

/** Return the address of the calculator, filled with a row, and a promise of the reasons of its answer. */
async function open(position) {
  const { calculator } = run;
  const [{ situation }] = await reader.ask("slice", { from: position, to: position + 1 });
  const reasons = engine.request({ calculator, situation }).then(
    ({ result }) => result?.reasons.map(({ text }) => text) ?? [],
    ({ message }) => [message],
  );
  return { href: address(calculator, situation), reasons };
}

/** Give the reader the answers, some at a time to leave the page free, and take its file. */
async function download(format) {
  const list = lists[run.calculator];
  status.textContent = words.writing;
  for (let from = 0; from < run.records.length; from += 5 * SLICE) {
    const records = run.records.slice(from, from + 5 * SLICE);
    await reader.ask("add", { from, lines: records.map((record) => answers.line(record, list)) });
  }
  const blob = await reader.ask("write", {
    heads: answers.heads(list),
    format,
    name: words.results_sheet,
  });
  status.textContent = "";
  save(blob, `resultats-${run.calculator}-${today()}.${format}`);
}

/** Show what each column was read as, to correct it. */
async function rematch() {
  const { calculator } = run;
  const [file] = form.elements.file.files;
  const text = form.elements.text.value;
  const reading = await reader.ask("read", { file, text, ...given(calculator, true) });
  question(reading);
}

// The form

function chosen() {
  for (const part of form.querySelectorAll("[data-list]")) {
    part.hidden = part.dataset.list !== form.elements.calculator.value;
  }
}

function reset() {
  another();
  forget();
  reader.forget();
  form.reset();
  for (const control of form.querySelectorAll("[data-day]")) control.value = today();
  chosen();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
form.elements.calculator.addEventListener("change", () => {
  another();
  chosen();
});
form.elements.file.addEventListener("change", another);
form.elements.text.addEventListener("input", another);
form.elements.sheet.addEventListener("change", () => (said = undefined));
form.addEventListener("focusin", () => engine.start(), { once: true });
form.querySelector("[data-clear]").addEventListener("click", () => {
  reset();
  form.elements.calculator.focus();
});
progress.querySelector("[data-cancel]").addEventListener("click", () => stop());
for (const button of page.querySelectorAll("[data-download]")) {
  button.addEventListener("click", () => download(button.dataset.download));
}
page.querySelector("[data-rematch]").addEventListener("click", rematch);
const forgetful = page.querySelector("[data-forget-columns]");
forgetful.addEventListener("click", () => {
  forgetColumns();
  said = undefined;
  forgetful.hidden = true;
  status.textContent = words.match_forgotten;
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
    const { files } = event.dataTransfer;
    if (files.length > 1) refuse([words.several_files]);
    else {
      form.elements.file.files = files;
      another();
    }
  });
}

page.querySelector("[data-without-script]").remove();
for (const button of form.querySelectorAll("button")) button.disabled = false;
reset();
