// The page « Vérifier une liste »: a file, a calculator, one answer a row. Nothing leaves the page.

import { words as french, today } from "../shared/dates.js";
import { element, slot } from "../shared/dom.js";
import { save } from "../shared/download.js";
import { Engine } from "../shared/engine.js";
import { address, say } from "./cells.js";
import { Answers, compact, reach } from "./table.js";

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
const engine = new Engine({
  runtime: form.dataset.runtime,
  onState(state) {
    if (state === "ready") dispatchEvent(new CustomEvent("calculator:ready"));
  },
  onResponse() {},
});

let reader;
/** @type {(nothing?: unknown) => void} */
let stop = () => {};
/** What is shown: `notes` on the file, `records` of its first rows, in order. */
let run;

// The worker that reads and writes files

/** Give the reader a task; what it refuses is thrown as { refused: messages }. */
function ask(task, given) {
  reader ??= startReader();
  return new Promise((resolve, reject) => {
    reader.asked.set((reader.ids += 1), { resolve, reject });
    reader.worker.postMessage({ id: reader.ids, task, given });
  });
}

function startReader() {
  const asked = new Map();
  const worker = new Worker(new URL("worker.js", import.meta.url));
  worker.onmessage = ({ data: { id, done, refused: messages } }) => {
    const { resolve, reject } = asked.get(id);
    asked.delete(id);
    if (messages) reject({ refused: messages });
    else resolve(done);
  };
  worker.onerror = () => {
    for (const { reject } of asked.values()) reject({ refused: [words.reader] });
    forgetReader();
  };
  return { worker, asked, ids: 0 };
}

function forgetReader() {
  reader?.worker.terminate();
  reader = undefined;
}

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
    const given = { file, text, specification: list, day: day(calculator), words };
    Object.assign(mine, await orStop(ask("read", given)));
    advance(0, mine.rows, words.starting);
    while (mine.records.length < mine.rows) {
      const from = mine.records.length;
      const slice = await orStop(ask("slice", { from, to: from + SLICE }));
      const situations = slice.map(({ situation }) => situation);
      const { results } = await orStop(engine.request({ calculator, situations }));
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
    if (mine.rows === 0) forgetReader(); // it may be reading still
    end = ending(error, mine);
  }
  progress.hidden = true;
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

/** The day that the page gives to rows without one, where the calculator looks at a day. */
function day(calculator) {
  const control = page.querySelector(`[data-list="${calculator}"] [data-day]`);
  if (!control) return undefined;
  const value = control.value || today();
  const label = control.labels[0].textContent;
  return { path: control.dataset.day, label, value, day: french(value) };
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
  answers.empty();
}

/** Return the address of the calculator, filled with a row. */
async function open(position) {
  const [{ situation }] = await ask("slice", { from: position, to: position + 1 });
  return address(run.calculator, situation);
}

/** Give the reader the answers, some at a time to leave the page free, and take its file. */
async function download() {
  const list = lists[run.calculator];
  status.textContent = words.writing;
  for (let from = 0; from < run.records.length; from += 5 * SLICE) {
    const records = run.records.slice(from, from + 5 * SLICE);
    await ask("add", { from, lines: records.map((record) => answers.line(record, list)) });
  }
  const blob = await ask("write", { heads: answers.heads(list) });
  status.textContent = "";
  save(blob, `resultats-${run.calculator}-${today()}.csv`);
}

// The form

function chosen() {
  for (const part of form.querySelectorAll("[data-list]")) {
    part.hidden = part.dataset.list !== form.elements.calculator.value;
  }
}

function reset() {
  forget();
  forgetReader();
  form.reset();
  for (const control of form.querySelectorAll("[data-day]")) control.value = today();
  chosen();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
form.elements.calculator.addEventListener("change", chosen);
form.addEventListener("focusin", () => engine.start(), { once: true });
form.querySelector("[data-clear]").addEventListener("click", () => {
  reset();
  form.elements.calculator.focus();
});
progress.querySelector("[data-cancel]").addEventListener("click", () => stop());
page.querySelector("[data-download]").addEventListener("click", download);

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
    else form.elements.file.files = files;
  });
}

page.querySelector("[data-without-script]").remove();
for (const button of form.querySelectorAll("button")) button.disabled = false;
reset();
