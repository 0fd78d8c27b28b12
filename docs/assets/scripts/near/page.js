// The page « Qui embauche, qui prescrit près de chez moi ? »: a commune, and the links that it fills.

import { communeCode, keepCommune, keptCommune, leadNear } from "../shared/near.js";

/** @param {HTMLFormElement} form */
function start(form) {
  const [commune, place] = ["commune", "departement"].map(
    (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)),
  );
  const kinds = [...form.querySelectorAll("[name=type]")];
  const missing = /** @type {HTMLElement} */ (form.querySelector("[data-missing]"));
  const show = () => {
    keepCommune(commune.value, place.value);
    const unread = place.value !== "" && !communeCode("x", place.value);
    missing.hidden = !unread;
    place.toggleAttribute("aria-invalid", unread);
    leadNear(
      document,
      kinds.filter(({ checked }) => checked).map(({ value }) => value),
    );
  };
  const known = keptCommune();
  commune.value = known.commune;
  place.value = known.place;
  // The page of a kind of structure leads here with its kind.
  const asked = document.querySelector(`[name=type]${location.hash || "#none"}`);
  if (asked instanceof HTMLInputElement) {
    asked.checked = true;
    form.querySelector("details").open = true;
  }
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const fields of form.querySelectorAll("[data-fields]")) fields.hidden = false;
  show();
}

const form = document.querySelector("form[data-near-form]");
if (form instanceof HTMLFormElement) start(form);
