// The page « Qui embauche, qui prescrit près de chez moi ? »: a commune, and the links that it fills.

import { element } from "../shared/dom.js";
import { keepCommune, keptCommune, leadNear } from "../shared/near.js";
import { SITE } from "../shared/trusted_types.js";
import { communeField, curved, nameOf } from "./field.js";
import { load } from "./files.js";
import { communeNear, locate, VAGUE } from "./here.js";

/** @param {HTMLFormElement} form */
function start(form) {
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("commune"));
  const distance = /** @type {HTMLSelectElement} */ (form.elements.namedItem("distance"));
  const kinds = [...form.querySelectorAll("[name=type]")];
  const status = /** @type {HTMLElement} */ (form.querySelector("[data-status]"));
  const department = document.querySelector("[data-department]");
  /** @type {Record<string, string>} */
  let names = {};
  let latest = 0; // where the device is counts no more once a commune is typed

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

  /**
   * Lead the page to a commune, and to where the person is when she gave her place.
   * @param {import("./communes.js").Commune} commune @param {import("./rows.js").Place} [place]
   */
  const lead = (commune, place) => {
    const name = nameOf(commune);
    keepCommune(name, commune.department);
    fillNamed();
    tell({ name, code: commune.code, department: commune.department, place });
  };

  communeField(form, {
    choose: (commune) => {
      latest += 1;
      status.textContent = (form.dataset.chosen ?? "").replace("#", nameOf(commune));
      lead(commune);
    },
    typing: () => {
      latest += 1;
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

  const here = /** @type {HTMLElement | null} */ (form.querySelector("[data-here]"));
  const button = here?.querySelector("button");
  if (here && button && navigator.geolocation) {
    // Only the State's directory tells where communes are: without it, the button would find nothing.
    load("lignes/index").then(
      ({ day }) => {
        here.hidden = day === null;
      },
      () => {},
    );
    button.addEventListener("click", async () => {
      const mine = ++latest;
      const told = here.dataset;
      status.textContent = told.asked ?? "";
      let said;
      try {
        const { place, precision } = await locate(navigator.geolocation);
        const commune = await communeNear(place, load);
        if (mine !== latest) return;
        if (commune) {
          const { name, department } = commune;
          input.value = `${curved(name)} (${department})`;
          form.querySelector("[data-choices]").replaceChildren();
          lead(commune, place);
          said = told.found?.replace("#", curved(name));
          if (precision > VAGUE) said += ` ${told.vague?.replace("#", `${Math.round(precision)}`)}`;
        } else {
          said = told.outside;
        }
      } catch (error) {
        said = told[/** @type {Error} */ (error).message] ?? told.lost;
      }
      if (mine === latest) status.textContent = said ?? "";
    });
  }
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
