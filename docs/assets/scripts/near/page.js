// The page « Qui embauche, qui prescrit près de chez moi ? »: a commune, and the links that it fills.

import { element } from "../shared/dom.js";
import { keepCommune, keptCommune, leadNear } from "../shared/near.js";
import { SITE } from "../shared/trusted_types.js";
import { search } from "./communes.js";
import { load as read } from "./files.js";

/** @typedef {import("./communes.js").Commune} Commune */

const PAUSE = 150; // ms without a key before the list is searched
/** Read a file of the list of communes. @param {string} name */
const load = (name) => read(`communes/${name}`);

/** @param {HTMLFormElement} form */
function start(form) {
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("commune"));
  const distance = /** @type {HTMLSelectElement} */ (form.elements.namedItem("distance"));
  const kinds = [...form.querySelectorAll("[name=type]")];

  const choices = /** @type {HTMLElement} */ (form.querySelector("[data-choices]"));
  const status = /** @type {HTMLElement} */ (form.querySelector("[data-status]"));
  const department = document.querySelector("[data-department]");
  const told = form.dataset;
  /** @type {Record<string, string>} */
  let names = {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let latest = 0; // a slower answer to what was typed before is dropped

  const fill = () => {
    const { place } = keptCommune();
    const types = kinds.filter(({ checked }) => checked).map(({ value }) => value);
    leadNear(document, types, distance.value);
    department.hidden = place === "";
    if (place === "") return;
    department.href = new URL(`annuaire/${place}/`, SITE).href;
    const words = department.dataset.words ?? "";
    department.textContent = words.replace("#", curved(names[place] ?? place));
  };

  /** @param {Commune} commune */
  const choose = (commune) => {
    const name = curved(commune.today ?? commune.name);
    keepCommune(name, commune.department);
    input.value = `${name} (${commune.department})`;
    choices.replaceChildren();
    status.textContent = (told.chosen ?? "").replace("#", name);
    fill();
    tell({ name, code: commune.code, department: commune.department });
    input.focus();
  };

  const find = async () => {
    const mine = ++latest;
    const text = input.value.trim();
    if (text === "") {
      choices.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const { communes, departments, problem } = await search(text, load);
      names = (await load("index")).departments;
      if (mine !== latest) return;
      choices.replaceChildren(
        ...communes.map((one) => row(curved(label(one)), () => choose(one))),
        ...departments.map((one) =>
          element(
            "li",
            {},
            element(
              "a",
              { href: new URL(`annuaire/${one.code}/`, SITE).href },
              curved(`${one.name} (${one.code}), le département`),
            ),
          ),
        ),
      );
      const count = communes.length + departments.length;
      const words = problem ? told[problem] : count === 1 ? told.one : told.many;
      status.textContent = (words ?? "").replace("#", String(count));
    } catch {
      if (mine === latest) status.textContent = told.lost ?? "";
    }
  };

  /** @param {Commune} one */
  const label = (one) =>
    one.today
      ? `${one.name}, dans ${one.today} (${one.department})`
      : `${one.name} (${one.department})`;

  input.addEventListener("input", () => {
    keepCommune("", ""); // what is being typed is no commune yet
    fill();
    tell({ name: "", code: "", department: "" });
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => {
    const all = /** @type {HTMLElement[]} */ ([...choices.querySelectorAll("button, a")]);
    const place = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const typing = event.target === input;
    if (event.key === "Enter" && typing) {
      event.preventDefault();
      all[0]?.click();
    } else if (event.key === "ArrowDown" && (typing || place >= 0)) {
      event.preventDefault();
      all[Math.min(place + 1, all.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && place >= 0) {
      event.preventDefault();
      (all[place - 1] ?? input).focus();
    } else if (event.key === "Escape" && place >= 0) {
      input.focus();
    }
  });
  for (const control of [distance, ...kinds]) control.addEventListener("change", fill);

  const known = keptCommune();
  if (known.commune) input.value = `${known.commune} (${known.place})`;
  // The page of a kind of structure leads here with its kind.
  const kind = document.querySelector(`[name=type]${location.hash || "#none"}`);
  if (kind instanceof HTMLInputElement) {
    kind.checked = true;
    /** @type {HTMLDetailsElement} */ (form.querySelector("[data-kinds]")).open = true;
  }
  for (const fields of form.querySelectorAll("[data-fields]")) fields.hidden = false;
  fill();
  if (known.commune) {
    load("index").then(
      (index) => {
        names = index.departments;
        fill();
      },
      () => {}, // the number is shown instead of the name
    );
  }
}

/** Tell the directory of the page, if there is one, which commune is chosen. @param {object} detail */
function tell(detail) {
  document.dispatchEvent(new CustomEvent("commune:chosen", { detail }));
}

/** Write a name as French does. @param {string} name */
function curved(name) {
  return name.replaceAll("'", "’");
}

/** @param {string} text @param {() => void} act */
function row(text, act) {
  const button = element("button", { type: "button" }, text);
  button.addEventListener("click", act);
  return element("li", {}, button);
}

const form = document.querySelector("form[data-near-form]");
if (form instanceof HTMLFormElement) start(form);
