// The page « Qui embauche, qui prescrit près de chez moi ? »: a commune, and the links that it fills.

import { element } from "../shared/dom.js";
import { keepCommune, keptCommune, leadNear } from "../shared/near.js";
import { SITE } from "../shared/trusted_types.js";
import { communeField, curved, nameOf } from "./field.js";
import { load } from "./files.js";

/** @param {HTMLFormElement} form */
function start(form) {
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("commune"));
  const distance = /** @type {HTMLSelectElement} */ (form.elements.namedItem("distance"));
  const kinds = [...form.querySelectorAll("[name=type]")];
  const status = /** @type {HTMLElement} */ (form.querySelector("[data-status]"));
  const department = document.querySelector("[data-department]");
  /** @type {Record<string, string>} */
  let names = {};

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

  /** Fill at once, then with the name of the département instead of its number. */
  const fillNamed = () => {
    fill();
    load("communes/index").then(
      (index) => {
        names = index.departments;
        fill();
      },
      () => {}, // the number is shown instead of the name
    );
  };

  communeField(form, {
    choose: (commune) => {
      const name = nameOf(commune);
      keepCommune(name, commune.department);
      status.textContent = (form.dataset.chosen ?? "").replace("#", name);
      fillNamed();
      tell({ name, code: commune.code, department: commune.department });
    },
    typing: () => {
      keepCommune("", ""); // what is being typed is no commune yet
      fill();
      tell({ name: "", code: "", department: "" });
    },
    department: ({ code, name }) =>
      element(
        "li",
        {},
        element(
          "a",
          { href: new URL(`annuaire/${code}/`, SITE).href },
          curved(`${name} (${code}), le département`),
        ),
      ),
  });
  form.addEventListener("submit", (event) => event.preventDefault());
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
  if (known.commune) fillNamed();
}

/** Tell the directory of the page, if there is one, which commune is chosen. @param {object} detail */
function tell(detail) {
  document.dispatchEvent(new CustomEvent("commune:chosen", { detail }));
}

const form = document.querySelector("form[data-near-form]");
if (form instanceof HTMLFormElement) start(form);
