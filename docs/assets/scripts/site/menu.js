// The theme opens its menu with a label, and changes its colours with three radio buttons: no keyboard
// reaches the first, and nobody hears one control in the others. Here, each is a button.

import { element } from "../shared/dom.js";

/** Return the first stop of the menu that its open group does not cover. */
function inView(/** @type {HTMLElement} */ menu) {
  const stops = /** @type {NodeListOf<HTMLElement>} */ (
    menu.querySelectorAll("a[href], label[tabindex]")
  );
  return [...stops].find((stop) => getComputedStyle(stop).visibility === "visible");
}

/** Let the keyboard enter a group of the menu on a phone, and leave it by its title. */
function keysForGroups(/** @type {HTMLElement} */ menu) {
  for (const group of menu.querySelectorAll(".md-nav__toggle")) {
    const labels = /** @type {NodeListOf<HTMLElement>} */ (
      menu.querySelectorAll(`label[for="${group.id}"]`)
    );
    for (const label of labels) label.tabIndex = 0; // the theme answers Enter on a label
    group.addEventListener("change", () => {
      if (menu.contains(document.activeElement)) {
        [...labels].find((label) => getComputedStyle(label).visibility === "visible")?.focus();
      }
    });
  }
}

/** Make the menu a button that opens it, with the focus in it; Escape and leaving close it. */
function buttonForMenu(/** @type {HTMLInputElement} */ drawer, /** @type {HTMLElement} */ menu) {
  const label = document.querySelector('.md-header label[for="__drawer"]');
  if (!label) return;
  const button = /** @type {HTMLButtonElement} */ (
    element(
      "button",
      { type: "button", class: `${label.className} menu-button`, "aria-label": "Menu" },
      ...label.childNodes,
    )
  );
  const show = () => button.setAttribute("aria-expanded", String(drawer.checked));
  const turn = (/** @type {boolean} */ open) => {
    drawer.checked = open;
    drawer.dispatchEvent(new Event("change"));
  };
  label.replaceWith(button);
  show();
  drawer.addEventListener("change", show);
  button.addEventListener("click", () => {
    turn(!drawer.checked);
    if (drawer.checked) inView(menu)?.focus();
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drawer.checked) return;
    turn(false);
    button.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget) && drawer.checked)
      turn(false);
  });
}

/** Put one button before the choices of colours: it does what the label in view says. */
function buttonForColours(/** @type {HTMLFormElement} */ palette) {
  const labels = [...palette.querySelectorAll("label")];
  const button = element("button", { type: "button", class: "md-header__button md-icon" });
  const show = () => {
    const next = labels.find((label) => !label.hidden);
    button.hidden = !next;
    if (!next) return;
    button.setAttribute("aria-label", next.title);
    button.title = next.title;
    button.replaceChildren(...[...next.children].map((icon) => icon.cloneNode(true)));
  };
  button.addEventListener("click", () => labels.find((label) => !label.hidden)?.click());
  // The theme's script says which label is in view.
  const watch = new MutationObserver(show);
  for (const label of labels) watch.observe(label, { attributeFilter: ["hidden"] });
  palette.classList.add("one-button");
  for (const choice of palette.querySelectorAll("input")) choice.tabIndex = -1;
  palette.append(button);
  show();
}

const drawer = document.querySelector("#__drawer");
const menu = document.querySelector(".md-sidebar--primary");
if (drawer instanceof HTMLInputElement && menu instanceof HTMLElement) {
  buttonForMenu(drawer, menu);
  keysForGroups(menu);
}
const palette = document.querySelector('form[data-md-component="palette"]');
if (palette instanceof HTMLFormElement) buttonForColours(palette);
