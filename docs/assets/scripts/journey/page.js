// A journey: a first question opens a calculator, asked step by step. This tab keeps the answers.

import { Calculator } from "../calculator/calculator.js";
import {
  clear,
  counts,
  fill,
  firstRows,
  fragment,
  isOptional,
  questionsOf,
  settled,
} from "../calculator/form.js";
import { recap } from "../calculator/result_text.js";
import { element, slot } from "../shared/dom.js";
import { Engine } from "../shared/engine.js";
import { forget, keep, kept } from "../shared/storage.js";
import { factsOf, pour, remember, rootOf, tell } from "./facts.js";

/** No door yet. @type {Journeys.View} */
const OPENING = { door: "", step: 0 };
const ANSWER = "answer";

class Journey {
  #page;
  #name;
  #opening;
  #title = document.title;
  /** Where the reader stands. @type {Journeys.View} */
  #view = OPENING;
  /** Where the step that is checked leads. @type {Journeys.View} */
  #next = OPENING;
  /** The choices of the first question, by value. @type {Map<string, HTMLInputElement>} */
  #doors;
  /** @type {Map<string, Calculator>} */
  #calculators = new Map();
  #engine;

  constructor(page) {
    this.#page = page;
    this.#name = page.dataset.journey;
    this.#opening = page.querySelector("[data-opening]");
    this.#doors = new Map([...this.#opening.elements.porte].map((input) => [input.value, input]));
    this.#engine = new Engine({
      runtime: page.querySelector("[data-calculator-root]").dataset.runtime,
      onState: (state, detail) => {
        for (const { form } of this.#calculators.values()) form.dataset.state = state;
        this.#current?.onState(state, detail);
      },
      onResponse: (response) => this.#current?.onResponse(response),
    });
    for (const form of page.querySelectorAll("form[data-calculator]")) this.#addCalculator(form);
    this.#listen();
    page.querySelector("[data-without-script]").remove();
    for (const button of page.querySelectorAll("button:disabled")) button.disabled = false;
    this.#restore();
  }

  #addCalculator(form) {
    const calculator = new Calculator(form, this.#engine, {
      ticks: true,
      onAnswer: (response) => this.#answered(calculator, response),
      onStep: (right) => right && this.#go(this.#next),
      reveal: (control) =>
        this.#go({ ...this.#view, step: this.#stepOf(control) }, { focus: false }),
    });
    this.#calculators.set(form.dataset.calculator, calculator);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#leave(calculator, this.#after(this.#view));
    });
    form.addEventListener("change", () => {
      this.#save(form);
      if (calculator === this.#current) this.#sayWays(calculator, this.#steps);
      calculator.check();
    });
    for (const button of form.querySelectorAll("[data-back]")) {
      button.addEventListener("click", () => this.#go(this.#before()));
    }
    for (const button of form.querySelectorAll("[data-to-answer]")) {
      button.addEventListener("click", () =>
        this.#leave(calculator, { ...this.#view, step: ANSWER }),
      );
    }
  }

  /** Go on from a step, once its answers are right. @param {Journeys.View} next */
  #leave(calculator, next) {
    const step = this.#steps[this.#view.step];
    this.#next = next;
    calculator.checkStep(fieldsOf(step), step.querySelector("[data-step-errors]"));
  }

  #listen() {
    this.#opening.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = this.#opening.elements.porte.value;
      this.#opening.querySelector("[data-error-for]").hidden = Boolean(chosen);
      if (chosen) this.#enter(chosen);
      else this.#doors.values().next().value.focus();
    });
    this.#page.querySelector("[data-forget]").addEventListener("click", () => this.#forget());
    window.addEventListener("popstate", ({ state }) => this.#show(state?.[this.#name] ?? OPENING));
  }

  /** The calculator of the door that is open. */
  get #current() {
    return this.#calculators.get(this.#doors.get(this.#view.door)?.dataset.calculator);
  }

  /** The steps that the door asks: not those whose questions it has all answered, or do not count. */
  get #steps() {
    const given = Object.keys(this.#given(this.#view.door));
    return [...this.#current.form.querySelectorAll("[data-step]")].filter((step) =>
      fieldsOf(step).some((field) => !given.includes(field)),
    );
  }

  /** The answers that a door gives by itself. @returns {Record<string, string>} */
  #given(door) {
    return JSON.parse(this.#doors.get(door).dataset.answers);
  }

  // Where the reader goes

  /** Open a door: its answers and the facts already told are written in the form. */
  #enter(door) {
    keep(`${this.#name}.porte`, door);
    const { form } = this.#calculators.get(this.#doors.get(door).dataset.calculator);
    pour(form, this.#given(door));
    this.#save(form);
    this.#engine.start();
    this.#go({ door, step: 0 });
  }

  #forget() {
    forget();
    this.#opening.reset();
    for (const calculator of this.#calculators.values()) {
      clear(calculator.form);
      calculator.clear();
    }
    this.#go(OPENING);
  }

  #restore() {
    const door = kept(`${this.#name}.porte`);
    if (this.#doors.has(door)) this.#doors.get(door).checked = true;
    for (const [id, { form }] of this.#calculators) {
      const text = kept(`${this.#name}.${id}`);
      if (text) fill(form, text);
      firstRows(form);
    }
    const last = history.state?.[this.#name];
    // A link may lead behind a door: its address names the choice, as it would without a script.
    const asked = location.hash.replace("#porte-", "");
    if (!history.state && this.#doors.has(asked)) {
      this.#doors.get(asked).checked = true;
      this.#enter(asked);
    }
    if (!last?.door) return;
    this.#engine.start();
    this.#show(last, { focus: false });
  }

  #save(form) {
    keep(`${this.#name}.${form.dataset.calculator}`, fragment(form));
    remember(factsOf(form));
  }

  /** Move to a view, and remember it in the browser's history: its Back button works. */
  #go(/** @type {Journeys.View} */ next, { focus = true } = {}) {
    history.pushState({ [this.#name]: next }, "");
    this.#show(next, { focus });
  }

  #after({ door, step }) {
    return { door, step: step + 1 < this.#steps.length ? step + 1 : ANSWER };
  }

  #before() {
    const { door, step } = this.#view;
    return Number(step) > 0 ? { door, step: Number(step) - 1 } : OPENING;
  }

  #stepOf(control) {
    return Math.max(
      this.#steps.findIndex((step) => step.contains(control)),
      0,
    );
  }

  // What is shown

  #show(/** @type {Journeys.View} */ next, { focus = true } = {}) {
    this.#view = next;
    const calculator = this.#current;
    const answer = next.step === ANSWER;
    this.#opening.hidden = Boolean(calculator);
    // Its introduction is read once, with the first question.
    const introduction = /** @type {HTMLElement | null} */ (document.querySelector(".lead"));
    if (introduction) introduction.hidden = Boolean(calculator);
    for (const other of this.#calculators.values()) other.element.hidden = other !== calculator;
    const asked = calculator && !answer ? this.#steps : [];
    // A step that counted when the reader was there may not count any more.
    const step = answer ? ANSWER : Math.max(0, Math.min(Number(next.step), asked.length - 1));
    if (calculator) this.#view = { ...next, step };
    if (calculator) this.#showSteps(calculator, asked);
    this.#page.querySelector("[data-review]").hidden = !answer;
    this.#page.querySelector("[data-next-doors]").hidden = !answer;
    if (answer) {
      this.#review(calculator);
      this.#offerDoors(calculator);
    } else calculator?.check();
    const heading = calculator
      ? asked[step]?.querySelector("[data-heading]")
      : headingOf(this.#opening);
    this.#entitle(calculator && heading);
    if (focus) (heading ?? calculator.region).focus();
    if (answer) calculator.ask();
  }

  /** Show the step of the view among those `asked`, or the place of the answer. */
  #showSteps(calculator, asked) {
    const { form, region } = calculator;
    const { step: current } = this.#view;
    for (const step of form.querySelectorAll("[data-step]")) {
      const rank = asked.indexOf(step);
      step.hidden = rank !== current;
      step.querySelector("[data-rank]").textContent = String(rank + 1);
      step.querySelector("[data-count]").textContent = String(asked.length);
    }
    this.#sayWays(calculator, asked);
    // How to answer is said once, with the first step.
    form.querySelector("[data-how]").hidden = current !== 0;
    form.hidden = current === ANSWER;
    region.hidden = current !== ANSWER;
  }

  /**
   * Name the step that comes next. Where nothing more must be answered, the answer may be asked for,
   * as it may by whoever has read one.
   */
  #sayWays({ form, answered }, asked) {
    const step = asked[this.#view.step];
    if (!step) return;
    const later = asked.slice(Number(this.#view.step) + 1);
    const told = step.querySelector("[data-upcoming]");
    told.hidden = later.length === 0;
    if (later.length) {
      const may = optional(later[0]) ? told.dataset.may : told.dataset.must;
      write(told, may.replace("#", plain(headingOf(later[0]), ".rank")));
    }
    say(step.querySelector("[type=submit]"), "last", later.length === 0);
    const shortcut = step.querySelector("[data-to-answer]");
    say(shortcut, "again", answered);
    shortcut.hidden = later.length === 0 || !(answered || later.every((one) => settled(form, one)));
  }

  #answered({ form, region }, /** @type {Contract.Answer} */ response) {
    tell(form, response.result?.values ?? {});
    const heading = headingOf(region);
    this.#entitle(heading);
  }

  #entitle(heading) {
    document.title = heading ? `${plain(heading)} - ${this.#title}` : this.#title;
  }

  /** List the answers given, step by step, with a way to change each. */
  #review({ form }) {
    const parts = this.#steps.map((step, rank) => {
      const part = this.#copy("reviewed");
      const title = plain(headingOf(step), ".rank");
      slot(part, "title").textContent = title;
      const answers = recap(form, step);
      part.querySelector("[data-empty]").hidden = answers.length > 0;
      for (const [question, answer] of answers) {
        const line = element("div", {}, element("dt", {}, question), element("dd", {}, answer));
        part.querySelector("[data-list]").append(line);
      }
      const button = part.querySelector("[data-modify]");
      button.setAttribute("aria-label", `Modifier : ${title}`);
      button.addEventListener("click", () => this.#go({ ...this.#view, step: rank }));
      return part;
    });
    this.#page.querySelector("[data-review] [data-list]").replaceChildren(...parts);
  }

  /** Offer the doors to the other calculators of the journey. */
  #offerDoors(calculator) {
    const others = [...this.#doors.values()].filter(
      (door) => this.#calculators.get(door.dataset.calculator) !== calculator,
    );
    const items = others.map((door) => {
      const item = this.#copy("door");
      const button = item.querySelector("[data-door]");
      button.textContent = plain(door.labels[0]);
      button.addEventListener("click", () => {
        door.checked = true;
        this.#enter(door.value);
      });
      return item;
    });
    this.#page.querySelector("[data-next-doors] [data-list]").replaceChildren(...items);
  }

  #copy(template) {
    const { content } = this.#page.querySelector(`template[data-template="${template}"]`);
    return /** @type {HTMLElement} */ (content.firstElementChild.cloneNode(true));
  }
}

/** The fields asked in a step, groups included; not those that do not count. */
function fieldsOf(step) {
  const named = [...step.querySelectorAll('[id^="champ-"][name]')]
    .filter(counts)
    .map((control) => rootOf(control.name));
  const groups = [...step.querySelectorAll("[data-repeat]")]
    .filter(counts)
    .map((group) => group.dataset.repeat);
  return [...new Set([...named, ...groups])];
}

/** Tell whether a step asks nothing that must be answered. */
function optional(step) {
  return questionsOf(step).every(isOptional);
}

/** Give a button its other words, kept in its attribute of that name, or its first ones. */
function say(button, name, other) {
  button.dataset.first ??= button.textContent;
  write(button, other ? button.dataset[name] : button.dataset.first);
}

/** Words written again under a finger take its click away in WebKit. */
function write(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

function headingOf(node) {
  return node.querySelector("[data-heading]");
}

function plain(node, without = ".none") {
  const text = node.cloneNode(true);
  text.querySelector(without)?.remove();
  return text.textContent.replace(/[ \t\n]+/g, " ").trim();
}

const page = document.querySelector("[data-journey]");
if (page) new Journey(page);
