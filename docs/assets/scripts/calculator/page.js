// A calculator's own page: the whole form at once, and its address, which holds the answers.

import { Engine } from "../shared/engine.js";
import { holdsAnswers, writeAddress } from "./address.js";
import { Calculator } from "./calculator.js";
import { clear, fill, fragment } from "./form.js";
import { fold } from "./rows.js";

const form = document.querySelector(
  "[data-calculator-root]:not([data-journey] *) form[data-calculator]",
);
if (form) open(form);

function open(form) {
  const engine = new Engine({
    runtime: form.closest("[data-calculator-root]").dataset.runtime,
    onState: (state, detail) => calculator.onState(state, detail),
    onResponse: (response) => calculator.onResponse(response),
  });
  const calculator = new Calculator(form, engine);
  const notice = calculator.element.querySelector("[data-notice]");

  function fromAddress() {
    // An anchor of the page (`#a-la-main`) is not a filled form.
    if (!holdsAnswers(location.hash)) return;
    const ignored = fill(form, location.hash.slice(1));
    fold(form);
    notice.hidden = ignored.length === 0;
    notice.querySelector("[data-slot]").textContent = ignored.join(", ");
    calculator.ask();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    calculator.region.focus();
    fold(form);
    calculator.ask();
  });
  form.addEventListener("change", () => {
    writeAddress(() => `#${fragment(form)}`);
    if (calculator.answered) calculator.ask();
    else if (calculator.ready) calculator.check();
    else engine.start();
  });
  form.addEventListener("focusin", () => engine.start(), { once: true });
  form.querySelector("[data-clear]").addEventListener("click", () => {
    clear(form);
    calculator.clear();
    notice.hidden = true;
    writeAddress(() => location.pathname + location.search);
  });
  window.addEventListener("hashchange", fromAddress);

  calculator.element.querySelector("[data-without-script]").remove();
  fromAddress();
}
