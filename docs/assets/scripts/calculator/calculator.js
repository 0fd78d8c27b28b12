// One calculator at work: its form, what it asks the engine, what it shows. Nothing leaves the page.

import { megabytes } from "../shared/dates.js";
import { slot } from "../shared/dom.js";
import {
  addRow,
  applyConditions,
  errorPlace,
  filled,
  isFull,
  mistakes,
  named,
  number,
  offerToday,
  situation,
} from "./form.js";
import { showMessage, showResult } from "./result.js";
import { offer } from "./result_actions.js";
import { describe, fold, unfold } from "./rows.js";

const PATIENCE = 500; // ms: most answers take less, and nothing flickers

/** A calculator in the page; several may share one engine. */
export class Calculator {
  answered = false;
  #engine;
  #asked; // what the latest request is for: "answer", "check" or "step"
  #slow; // the timer that takes away an answer that is no longer one
  #waiting = false; // whether an answer of the engine is for the latest request
  /** What the page has found by itself. @type {Contract.Errors} */
  #mistakes = {};
  #fields; // of the step that is checked
  #touchedLast;
  #ticks;
  #onAnswer;
  #onStep;
  #reveal;

  /**
   * `ticks`: tick the criteria that the dates decide. `onAnswer`, `onStep`: what comes of `ask` and
   * `checkStep`. `reveal`: bring a control into view.
   * @param {HTMLFormElement} form
   * @param {import("../shared/engine.js").Engine} engine
   * @param {{
   *   ticks?: boolean,
   *   onAnswer?: (response: Contract.Answer) => void,
   *   onStep?: (right: boolean) => void,
   *   reveal?: (control: HTMLElement) => void,
   * }} [options]
   */
  constructor(form, engine, { ticks = false, onAnswer, onStep, reveal } = {}) {
    this.form = form;
    this.element = form.closest("[data-calculator-root]");
    this.region = this.element.querySelector("[data-answer]");
    this.status = this.element.querySelector("[data-status]");
    this.#engine = engine;
    this.#ticks = ticks;
    this.#onAnswer = onAnswer;
    this.#onStep = onStep;
    this.#reveal = reveal;
    form.addEventListener("click", ({ target }) => this.#rows(target));
    form.addEventListener("paste", (event) => this.#paste(event));
    form.addEventListener("change", ({ target }) => {
      applyConditions(form);
      this.#touched(target);
    });
    for (const button of form.querySelectorAll("button")) button.disabled = false;
    offerToday(form);
  }

  /** Whether the engine can answer at once. */
  get ready() {
    return ["ready", "computing"].includes(this.form.dataset.state);
  }

  /** Ask for the answer, and show it. */
  ask() {
    this.answered = true;
    this.#forgetErrors();
    this.#request("answer");
  }

  /** Show at once what is contradictory, and what the dates decide, when the engine is there. */
  check() {
    if (this.ready) this.#request("check");
  }

  /** Tell `onStep` whether the answers of a step are complete and right; show what is not. */
  checkStep(fields, place) {
    this.#fields = { fields, place };
    this.#forgetErrors();
    this.#request("step");
  }

  /** Follow the state of the engine. @param {Engines.State} state @param {Engines.Detail} detail */
  onState(state, { message, reload, done, total, download, versions } = {}) {
    this.form.dataset.state = state;
    const first = this.#showDownload(download);
    if (first) this.status.textContent = this.status.dataset.loading; // what is read aloud, once
    if (download) return;
    const quiet = state === "computing" && this.#asked !== "answer";
    this.status.textContent = quiet ? "" : (this.status.dataset[state] ?? "");
    if (total) this.status.textContent += ` (${done} sur ${total})`;
    if (versions) {
      window.dispatchEvent(new CustomEvent("calculator:ready", { detail: versions }));
      if (!this.#asked) this.check();
    }
    if (state === "failed") this.#failed(message, reload);
  }

  /** Show what is downloaded, in megabytes: nobody wants to hear it change. Tell whether it begins. */
  #showDownload(download) {
    const place = this.element.querySelector("[data-download]");
    const first = Boolean(download) && place.hidden;
    place.hidden = !download;
    if (!download) return first;
    const { done, total } = download;
    Object.assign(place.querySelector("progress"), { value: done, max: total });
    place.querySelector("[data-slot=done]").textContent = megabytes(done);
    place.querySelector("[data-slot=total]").textContent = megabytes(total);
    return first;
  }

  /** Show a response of the engine. @param {Contract.Answer} response */
  onResponse(response) {
    if (!this.#waiting) return; // the page has answered since
    this.#waiting = false;
    this.#receive(response);
  }

  /** For Python, what the browser could not read is not answered: it does not know better. */
  #receive(response) {
    if (Object.keys(this.#mistakes).length > 0) {
      response = { type: "invalid", errors: { ...response.errors, ...this.#mistakes } };
    }
    this.#deduce(response.result?.deduced ?? {});
    if (this.#asked === "answer") {
      this.#show(response);
      this.#mark(Object.entries(response.result?.doubts ?? {}), { doubt: true });
      window.dispatchEvent(new CustomEvent("calculator:result", { detail: response }));
      this.#onAnswer?.(response);
      return;
    }
    this.#forgetErrors();
    const errors = Object.entries(response.errors ?? {});
    if (this.#asked === "step") this.#stepChecked(errors);
    else {
      // Questions not answered yet are no mistake.
      const told = errors.filter(([field]) => filled(this.form, field) || field in this.#mistakes);
      this.#mark(told);
      this.#near(told);
      this.status.textContent = [...new Set(told.map(([, message]) => message))].join(" ");
    }
  }

  /** Forget the answer and the errors. */
  clear() {
    this.answered = false;
    this.#waiting = false;
    this.#settle();
    this.#forgetErrors();
    this.#deduce({});
    this.region.replaceChildren();
    this.status.textContent = "";
    offerToday(this.form);
  }

  /**
   * Ask the engine; what the page can tell without it is told at once, as long as it is not there. A
   * step waits for nobody: the rest is told with the answer.
   */
  #request(asked) {
    this.#asked = asked;
    const { unreadable, missing } = mistakes(this.form);
    this.#mistakes = asked === "check" ? unreadable : { ...missing, ...unreadable };
    this.#waiting = this.ready || (asked === "answer" && Object.keys(this.#mistakes).length === 0);
    if (this.#waiting) {
      if (asked === "answer") this.#outdate();
      const request = { calculator: this.form.dataset.calculator, situation: situation(this.form) };
      this.#engine.ask(request);
      return;
    }
    if (asked === "answer") this.#engine.start();
    this.#receive({ type: "invalid", errors: this.#mistakes });
  }

  /** An answer to other questions than those in view does not stay while another is awaited. */
  #outdate() {
    clearTimeout(this.#slow);
    this.region.setAttribute("aria-busy", "true");
    this.#slow = setTimeout(() => this.region.replaceChildren(), PATIENCE);
  }

  #settle() {
    clearTimeout(this.#slow);
    this.region.removeAttribute("aria-busy");
  }

  #show(response) {
    this.#settle();
    if (response.type === "result") {
      const { result } = response;
      showResult(this.region, result, {
        form: this.form,
        link: (field, text) => this.#link(field, text),
      });
      offer(this.region, this.form, result);
    } else if (response.type === "invalid") this.#refused(Object.entries(response.errors));
    else showMessage(this.region, "unknown", response.message);
    this.#reachSentence();
  }

  /**
   * Whoever waits in the region for the answer goes on to its sentence; what names it stays in view.
   * Whoever is elsewhere hears it, after the name of its verdict.
   */
  #reachSentence() {
    const heading = this.region.querySelector("[data-heading]");
    const sentence = this.region.querySelector("[data-sentence]") ?? heading;
    const waits = document.activeElement === this.region;
    const name = slot(this.region, "verdict_name")?.textContent;
    const said = name ? `${name}. ${sentence.textContent}` : sentence.textContent;
    this.element.querySelector("[data-said]").textContent = waits ? "" : said;
    if (!waits) return;
    heading.scrollIntoView();
    sentence.focus({ preventScroll: true });
  }

  #failed(message, reload) {
    this.#settle();
    const step = this.#asked === "step" && this.#waiting;
    this.#waiting = false;
    if (step) this.#onStep(true);
    if (this.#onStep && this.#asked !== "answer") return; // told when the answer is asked for
    const card = showMessage(this.region, "failed", message);
    // Another engine is there by now, and only another page starts it: the answers stay.
    if (reload)
      for (const word of card.querySelectorAll("[data-reload]")) {
        word.textContent = word.dataset.reload;
      }
    const retry = () => (reload ? location.reload() : this.ask());
    card.querySelector("[data-retry]").addEventListener("click", retry);
    this.#reachSentence();
  }

  #refused(errors) {
    const card = showMessage(this.region, "invalid", "");
    this.#mark(errors);
    card.querySelector("[data-list]").append(...this.#links(errors));
  }

  #stepChecked(errors) {
    const { fields, place } = this.#fields;
    const own = errors.filter(([field]) => fields.includes(field.split(".")[0]));
    this.#mark(own);
    place.replaceChildren();
    if (own.length) {
      const card = this.element.querySelector('template[data-template="invalid"]');
      place.append(card.content.firstElementChild.cloneNode(true));
      place.querySelector("[data-list]").append(...this.#links(own));
      place.querySelector("[data-heading]").focus();
    }
    this.#onStep(own.length === 0);
  }

  /** Write each error beside its question; a doubt is no error. */
  #mark(errors, { doubt = false } = {}) {
    for (const [field, message] of errors) {
      const place = errorPlace(this.form, field);
      if (place) {
        place.textContent = message;
        place.classList.toggle("doubt", doubt);
        place.hidden = false;
        unfold(place);
      }
      if (!doubt) named(this.form, field)?.setAttribute("aria-invalid", "true");
    }
  }

  /** Repeat a contradiction under the box just ticked: its question may be a screen away. */
  #near(errors) {
    const choice = this.#touchedLast?.closest("[data-list]")?.closest(".choice");
    const [, message] = errors.find(([field]) => field === this.#touchedLast?.name) ?? [];
    if (!choice || !message) return;
    const note = document.createElement("p");
    note.className = "error";
    note.dataset.near = "";
    note.textContent = message;
    choice.after(note);
    note.scrollIntoView({ block: "nearest" });
  }

  /** Return one item per error, that leads to its question. */
  #links(errors) {
    return errors.map(([field, message]) => {
      const item = document.createElement("li");
      item.append(this.#link(field, message));
      return item;
    });
  }

  /** Return a link to the control of a field, or plain words where there is none. */
  #link(field, text) {
    const control = named(this.form, field);
    if (!control) return text;
    const link = document.createElement("a");
    link.href = `#${control.id}`;
    link.textContent = text;
    link.addEventListener("click", (event) => {
      event.preventDefault(); // the fragment belongs to the answers
      this.#reveal?.(control);
      unfold(control);
      control.focus();
    });
    return link;
  }

  #forgetErrors() {
    for (const place of this.form.querySelectorAll("[data-error-for]")) {
      place.hidden = true;
      place.textContent = "";
    }
    for (const control of this.form.querySelectorAll("[aria-invalid]")) {
      control.removeAttribute("aria-invalid");
    }
    for (const place of this.form.querySelectorAll("[data-step-errors]")) place.replaceChildren();
    for (const note of this.form.querySelectorAll("[data-near]")) note.remove();
  }

  /** Say beside each criterion what the dates decide; tick it, unless the person has touched it. */
  #deduce(deduced) {
    let ticked = false;
    for (const note of this.form.querySelectorAll("[data-deduced]")) {
      const box = note.closest(".choice").querySelector("input");
      const met = deduced[box.value];
      note.textContent = met === undefined ? "" : note.dataset[met ? "met" : "unmet"];
      if (this.#ticks && met && !box.checked && box.dataset.touched === undefined) {
        box.checked = true;
        box.dataset.ticked = "";
        ticked = true;
      }
    }
    if (ticked) this.form.dispatchEvent(new Event("change"));
  }

  #touched(control) {
    this.#touchedLast = control;
    describe(control);
    // Its error is told again, if there still is one, with the next answer.
    const place = errorPlace(this.form, control.name);
    if (place) place.hidden = true;
    control.removeAttribute("aria-invalid");
    if (control.closest?.(".choice")) {
      control.dataset.touched = "";
      delete control.dataset.ticked;
    }
    // What an older date has ticked is decided again.
    if (control.type === "date") {
      for (const box of this.form.querySelectorAll("[data-ticked]")) {
        box.checked = false;
        delete box.dataset.ticked;
      }
    }
  }

  /** A date is pasted as people write it; a browser knows one way, or none. */
  async #paste(event) {
    const { target: control, clipboardData } = event;
    if (control.type !== "date") return;
    event.preventDefault();
    const text = clipboardData.getData("text").trim();
    // What reads the dates of lists: it is fetched when asked for.
    const { readDay } = await import("../spreadsheet/days.js");
    const { value } = readDay(text.replace(/^le /i, "").replace(/[.,;]$/, ""));
    if (value) {
      control.value = value;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    } else {
      const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
      this.#mark([[control.name, this.form.dataset.badPaste.replace("#", shown)]]);
    }
  }

  #rows(target) {
    // A browser that translates the page puts elements of its own in the button.
    const button = target.closest("[data-add], [data-remove]");
    const group = button?.closest("[data-repeat]");
    if (button?.matches("[data-add]")) {
      if (isFull(group)) {
        this.#mark([[group.dataset.repeat, this.form.dataset.full]]);
        return;
      }
      fold(group);
      addRow(group).querySelector("input, select").focus();
    } else if (button) {
      button.closest("[data-row]").remove();
      number(group);
      group.querySelector("[data-add]").focus();
    } else return;
    this.form.dispatchEvent(new Event("change"));
  }
}
