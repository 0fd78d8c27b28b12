// A calculator's page: the form, its address, the engine, the answer. Nothing leaves the page.

import { showMessage, showResult } from "./answer.js";
import { Engine } from "./engine.js";
import { addRow, clear, fill, fragment, named, number, situation } from "./form.js";
import { offer } from "./keep.js";

for (const form of document.querySelectorAll("form[data-calculator]")) open(form);

function open(form) {
  const room = form.closest("[data-room]");
  const region = room.querySelector("[data-answer]");
  const status = room.querySelector("[data-status]");
  const notice = room.querySelector("[data-notice]");
  let answered = false;

  const engine = new Engine({
    onState(state, { message, done, total, versions }) {
      form.dataset.state = state;
      status.textContent = status.dataset[state] ?? "";
      if (total) status.textContent += ` (${done} sur ${total})`;
      if (versions) window.dispatchEvent(new CustomEvent("calculator:ready", { detail: versions }));
      if (state === "failed") failed(message);
    },
    onResponse(response) {
      show(response);
      window.dispatchEvent(new CustomEvent("calculator:result", { detail: response }));
    },
  });

  function ask() {
    answered = true;
    forgetErrors(form);
    engine.ask({ calculator: form.dataset.calculator, situation: situation(form) });
  }

  function show(response) {
    if (response.type === "result") {
      showResult(region, response.result);
      offer(region, form, response.result);
    } else if (response.type === "invalid") showErrors(form, region, response.errors);
    else showMessage(region, "unknown", response.message);
  }

  function failed(message) {
    const card = showMessage(region, "failed", message);
    card.querySelector("[data-retry]").addEventListener("click", ask);
  }

  function fromAddress() {
    const text = location.hash.slice(1);
    // An anchor of the page (`#a-la-main`) is not a filled form.
    if (!text.includes("=")) return;
    const ignored = fill(form, text);
    notice.hidden = ignored.length === 0;
    notice.querySelector("[data-slot]").textContent = ignored.join(", ");
    ask();
  }

  function changed() {
    history.replaceState(null, "", `#${fragment(form)}`);
    if (answered) ask();
    else engine.start();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  form.addEventListener("change", changed);
  form.addEventListener("focusin", () => engine.start(), { once: true });
  form.addEventListener("click", ({ target }) => {
    const group = target.closest("[data-repeat]");
    if (target.matches("[data-add]")) {
      addRow(group).querySelector("input, select").focus();
    } else if (target.matches("[data-remove]")) {
      target.closest("[data-row]").remove();
      number(group);
      group.querySelector("[data-add]").focus();
    } else return;
    form.dispatchEvent(new Event("change"));
  });
  form.querySelector("[data-clear]").addEventListener("click", () => {
    answered = false;
    clear(form);
    forgetErrors(form);
    region.replaceChildren();
    notice.hidden = true;
    history.replaceState(null, "", location.pathname + location.search);
    today(form);
  });
  window.addEventListener("hashchange", fromAddress);

  room.querySelector("[data-without-script]").remove();
  for (const button of form.querySelectorAll("button")) button.disabled = false;
  today(form);
  fromAddress();
}

/** Put today's date where the form asks for it and nothing is written yet. */
function today(form) {
  const now = new Date();
  const local = new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  for (const control of form.querySelectorAll("[data-today]")) control.value ||= local;
}

function showErrors(form, region, errors) {
  const card = showMessage(region, "invalid", Object.keys(errors).length);
  const links = card.querySelector("[data-list]");
  for (const [field, message] of Object.entries(errors)) {
    const place = form.querySelector(`[data-error-for="${CSS.escape(field)}"]`);
    const control = named(form, field);
    if (place) {
      place.textContent = message;
      place.hidden = false;
    }
    control?.setAttribute("aria-invalid", "true");
    const item = document.createElement("li");
    if (control) {
      const link = document.createElement("a");
      link.href = `#${control.id}`;
      link.textContent = message;
      link.addEventListener("click", (event) => {
        event.preventDefault(); // the fragment belongs to the answers
        control.focus();
      });
      item.append(link);
    } else item.textContent = message;
    links.append(item);
  }
}

function forgetErrors(form) {
  for (const place of form.querySelectorAll("[data-error-for]")) {
    place.hidden = true;
    place.textContent = "";
  }
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
  }
}
