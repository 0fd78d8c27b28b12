// Beside the question on FRR zones: what the published list says of a commune. The person ticks the box
// herself; the commune goes neither into the address nor out of the page.

import { named } from "../calculator/form.js";
import { today } from "../shared/dates.js";
import { element } from "../shared/dom.js";
import { communeField, nameOf } from "./field.js";
import { load } from "./files.js";
import { zoneWords } from "./zone_words.js";

/** @param {HTMLElement} block */
function start(block) {
  const form = /** @type {any} */ (block.closest("form"));
  const status = /** @type {HTMLElement} */ (block.querySelector("[role=status]"));
  const tick = /** @type {any} */ (block.querySelector("[data-tick]"));
  const look = /** @type {HTMLElement} */ (block.querySelector("[data-look]"));
  const box = () =>
    /** @type {HTMLInputElement} */ (document.getElementById(block.dataset.zone ?? ""));
  let latest = 0; // a slower answer about another commune is dropped

  communeField(block, {
    choose: async (commune) => {
      const mine = ++latest;
      try {
        const zones = await load(`zones/${commune.department}`);
        if (mine !== latest) return;
        const asked = named(form, "date")?.value || today();
        const said = zoneWords(nameOf(commune), zones[commune.code], asked);
        const order = said.order ? element("a", { href: said.address }, said.order) : "";
        status.replaceChildren(said.before, order, said.after ?? "");
        tick.hidden = !said.proposed || box().checked;
        look.hidden = Boolean(said.order);
      } catch {
        if (mine === latest) status.textContent = block.dataset.lost ?? "";
      }
    },
    typing: () => {
      latest += 1;
      tick.hidden = true;
      look.hidden = true;
    },
  });
  tick.addEventListener("click", () => {
    if (!box().checked) box().click();
    tick.hidden = true;
    box().focus();
  });
  // The field is no question of the form: its changes ask for no answer.
  block.addEventListener("change", (event) => event.stopPropagation());
  form.addEventListener("reset", () => {
    latest += 1;
    tick.hidden = true;
    look.hidden = true;
    status.replaceChildren();
    block.querySelector("[data-choices]").replaceChildren();
  });
  block.hidden = false;
}

for (const block of document.querySelectorAll("[data-zone]")) start(block);
