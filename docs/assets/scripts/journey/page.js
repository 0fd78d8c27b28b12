// A journey: a first question opens a calculator, asked step by step. This tab keeps the answers.

import { Calculator } from "../calculator/calculator.js";
import { clear, entries, fill, firstRows, fragment } from "../calculator/form.js";
import { recap } from "../calculator/result_text.js";
import { Engine } from "../shared/engine.js";
import { forget, keep, kept } from "../shared/storage.js";

/** Where the reader stands: no door yet; or a door and the number of a step, or « answer ». */
const OPENING = { door: "", step: 0 };
const ANSWER = "answer";

const page = document.querySelector("[data-journey]");
if (page) open(page);

function open(page) {
  const name = page.dataset.journey;
  const opening = page.querySelector("[data-opening]");
  const doors = new Map([...opening.elements.porte].map((input) => [input.value, input]));
  const pageTitle = document.title;
  let view = OPENING;

  const engine = new Engine({
    runtime: page.querySelector("[data-calculator-root]").dataset.runtime,
    onState(state, detail) {
      for (const { form } of calculators.values()) form.dataset.state = state;
      current()?.onState(state, detail);
    },
    onResponse: (response) => current()?.onResponse(response),
  });

  const calculators = new Map();
  for (const form of page.querySelectorAll("form[data-calculator]")) {
    const calculator = new Calculator(form, engine, {
      ticks: true,
      onAnswer: (response) => answered(calculator, response),
      onStep: (right) => right && go(after(view)),
      reveal: (control) => go({ ...view, step: stepOf(control) }, { focus: false }),
    });
    calculators.set(form.dataset.calculator, calculator);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const step = steps(view.door)[view.step];
      calculator.checkStep(fieldsOf(step), step.querySelector("[data-step-errors]"));
    });
    form.addEventListener("change", () => {
      save(calculator.form);
      calculator.check();
    });
    for (const button of form.querySelectorAll("[data-back]")) {
      button.addEventListener("click", () => go(before(view)));
    }
    for (const button of form.querySelectorAll("[data-to-answer]")) {
      button.addEventListener("click", () => go({ ...view, step: ANSWER }));
    }
  }

  opening.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = opening.elements.porte.value;
    opening.querySelector("[data-error-for]").hidden = Boolean(chosen);
    if (chosen) enter(chosen);
    else doors.values().next().value.focus();
  });
  page.querySelector("[data-forget]").addEventListener("click", () => {
    forget();
    opening.reset();
    for (const calculator of calculators.values()) {
      clear(calculator.form);
      calculator.clear();
    }
    go(OPENING);
  });
  window.addEventListener("popstate", ({ state }) => {
    show(state?.[name] ?? OPENING);
  });

  page.querySelector("[data-without-script]").remove();
  for (const button of page.querySelectorAll("button:disabled")) button.disabled = false;
  restore();

  function current() {
    return calculators.get(doors.get(view.door)?.dataset.calculator);
  }

  /** Open a door: its answers and the facts already told are written in the form. */
  function enter(door) {
    keep(`${name}.porte`, door);
    const { calculator: id, answers } = doors.get(door).dataset;
    const { form } = calculators.get(id);
    pour(form, facts(), JSON.parse(answers));
    save(form);
    engine.start();
    go({ door, step: 0 });
  }

  function restore() {
    const door = kept(`${name}.porte`);
    if (doors.has(door)) doors.get(door).checked = true;
    for (const [id, { form }] of calculators) {
      const text = kept(`${name}.${id}`);
      if (text) fill(form, text);
      firstRows(form);
    }
    const last = history.state?.[name];
    if (!last?.door) return;
    engine.start();
    show(last, { focus: false });
  }

  /** Move to a view, and remember it in the browser's history: its Back button works. */
  function go(next, { focus = true } = {}) {
    history.pushState({ [name]: next }, "");
    show(next, { focus });
  }

  function show(next, { focus = true } = {}) {
    view = next;
    const calculator = current();
    opening.hidden = Boolean(calculator);
    for (const other of calculators.values()) other.element.hidden = other !== calculator;
    const asked = calculator && view.step !== ANSWER ? steps(view.door) : [];
    if (calculator) {
      for (const step of calculator.form.querySelectorAll("[data-step]")) {
        const rank = asked.indexOf(step);
        step.hidden = rank !== view.step;
        step.querySelector("[data-rank]").textContent = rank + 1;
        step.querySelector("[data-count]").textContent = asked.length;
        step.querySelector("[data-to-answer]").hidden = !calculator.answered;
      }
      calculator.form.hidden = view.step === ANSWER;
      calculator.region.hidden = view.step !== ANSWER;
    }
    const answer = view.step === ANSWER;
    page.querySelector("[data-review]").hidden = !answer;
    page.querySelector("[data-next-doors]").hidden = !answer;
    if (answer) {
      review(calculator);
      nextDoors(calculator);
      calculator.ask();
    } else if (calculator) calculator.check();
    const heading = calculator
      ? asked[view.step]?.querySelector("[data-heading]")
      : headingOf(opening);
    document.title = heading && calculator ? `${plain(heading)} - ${pageTitle}` : pageTitle;
    if (focus) (heading ?? calculator.region).focus();
  }

  function answered(calculator, response) {
    tell(calculator.form, response.result?.values ?? {});
    const heading = headingOf(calculator.region);
    document.title = `${plain(heading)} - ${pageTitle}`;
    if (document.activeElement === calculator.region) heading.focus();
  }

  /** The steps that a door asks: not those whose every question it has answered itself. */
  function steps(door) {
    const { calculator: id, answers } = doors.get(door).dataset;
    const given = Object.keys(JSON.parse(answers));
    return [...calculators.get(id).form.querySelectorAll("[data-step]")].filter(
      (step) => !fieldsOf(step).every((field) => given.includes(field)),
    );
  }

  function stepOf(control) {
    const rank = steps(view.door).findIndex((step) => step.contains(control));
    return Math.max(rank, 0);
  }

  function after({ door, step }) {
    return { door, step: step + 1 < steps(door).length ? step + 1 : ANSWER };
  }

  function before({ door, step }) {
    return step > 0 ? { door, step: step - 1 } : OPENING;
  }

  function save(form) {
    keep(`${name}.${form.dataset.calculator}`, fragment(form));
    remember(factsOf(form));
  }

  /** List the answers given, step by step, with a way to change each. */
  function review(calculator) {
    const parts = steps(view.door).map((step, rank) => {
      const part = copy("reviewed");
      part.querySelector("[data-slot=title]").textContent = plain(headingOf(step), ".rank");
      const answers = recap(calculator.form, step);
      part.querySelector("[data-empty]").hidden = answers.length > 0;
      for (const [question, answer] of answers) {
        const line = document.createElement("div");
        line.append(element("dt", question), element("dd", answer));
        part.querySelector("[data-list]").append(line);
      }
      const button = part.querySelector("[data-modify]");
      button.setAttribute("aria-label", `Modifier : ${plain(headingOf(step), ".rank")}`);
      button.addEventListener("click", () => go({ ...view, step: rank }));
      return part;
    });
    page.querySelector("[data-review] [data-list]").replaceChildren(...parts);
  }

  /** Offer the other calculators of the journey. */
  function nextDoors(calculator) {
    const others = [...doors.values()].filter(
      (door) => calculators.get(door.dataset.calculator) !== calculator,
    );
    const items = others.map((door) => {
      const item = copy("door");
      const button = item.querySelector("[data-door]");
      button.textContent = plain(door.labels[0]);
      button.addEventListener("click", () => {
        door.checked = true;
        enter(door.value);
      });
      return item;
    });
    page.querySelector("[data-next-doors] [data-list]").replaceChildren(...items);
  }

  function copy(template) {
    const { content } = page.querySelector(`template[data-template="${template}"]`);
    return content.firstElementChild.cloneNode(true);
  }
}

// The facts: what one calculator asks or tells, and another asks under a name of its own. They are
// kept as { fact: [[rest of the path, value], …] }.

function facts() {
  return JSON.parse(kept("faits") || "{}");
}

function remember(told) {
  keep("faits", JSON.stringify({ ...facts(), ...told }));
}

/** Return the facts that the questions of a form ask; one left empty is an empty list. */
function factsOf(form) {
  const names = JSON.parse(form.dataset.facts);
  const found = Object.fromEntries(Object.values(names).map((fact) => [fact, []]));
  for (const [name, value] of entries(form)) {
    found[names[root(name)]]?.push([name.slice(root(name).length), value]);
  }
  return found;
}

/** Keep the facts that an answer tells: the end of a PASS IAE, for instance. */
function tell(form, values) {
  for (const [value, fact] of Object.entries(JSON.parse(form.dataset.told))) {
    if (values[value]) remember({ [fact]: [["", values[value]]] });
  }
}

/** Write the answers of a door, and the facts already told, in a form; the rest stays. */
function pour(form, facts, answers) {
  const known = { ...answers };
  for (const [field, fact] of Object.entries(JSON.parse(form.dataset.facts))) {
    if (!(field in known) && facts[fact]?.length) known[field] = facts[fact];
  }
  const pairs = entries(form).filter(([name]) => !(root(name) in known));
  for (const [field, told] of Object.entries(known)) {
    const parts = Array.isArray(told) ? told : [["", told]];
    for (const [rest, value] of parts) pairs.push([field + rest, value]);
  }
  fill(form, new URLSearchParams(pairs).toString());
  firstRows(form);
}

function root(name) {
  return name.split(".")[0];
}

/** The fields asked in a step, groups included. */
function fieldsOf(step) {
  const named = [...step.querySelectorAll("[name]")].map((control) => root(control.name));
  const groups = [...step.querySelectorAll("[data-repeat]")].map((group) => group.dataset.repeat);
  return [...new Set([...named, ...groups])];
}

function headingOf(node) {
  return node.querySelector("[data-heading]");
}

function plain(node, without = ".none") {
  const text = node.cloneNode(true);
  text.querySelector(without)?.remove();
  return text.textContent.replace(/[ \t\n]+/g, " ").trim();
}

function element(tag, text) {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}
