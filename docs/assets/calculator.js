// A calculator's own page: the whole form at once, and its address, which holds the answers.

import { Engine } from "./engine.js";
import { clear, fill, fragment } from "./form.js";
import { Room } from "./room.js";

const form = document.querySelector("[data-room]:not([data-journey] *) form[data-calculator]");
if (form) open(form);

function open(form) {
  const engine = new Engine({
    runtime: form.closest("[data-room]").dataset.runtime,
    onState: (state, detail) => room.onState(state, detail),
    onResponse: (response) => room.onResponse(response),
  });
  const room = new Room(form, engine);
  const notice = room.element.querySelector("[data-notice]");

  function fromAddress() {
    const text = location.hash.slice(1);
    // An anchor of the page (`#a-la-main`) is not a filled form.
    if (!text.includes("=")) return;
    const ignored = fill(form, text);
    notice.hidden = ignored.length === 0;
    notice.querySelector("[data-slot]").textContent = ignored.join(", ");
    room.ask();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    room.ask();
    room.region.focus();
  });
  form.addEventListener("change", () => {
    history.replaceState(null, "", `#${fragment(form)}`);
    if (room.answered) room.ask();
    else if (room.ready) room.check();
    else engine.start();
  });
  form.addEventListener("focusin", () => engine.start(), { once: true });
  form.querySelector("[data-clear]").addEventListener("click", () => {
    clear(form);
    room.clear();
    notice.hidden = true;
    history.replaceState(null, "", location.pathname + location.search);
  });
  window.addEventListener("hashchange", fromAddress);

  room.element.querySelector("[data-without-script]").remove();
  fromAddress();
}
