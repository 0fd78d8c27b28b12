// The theme opens its menu with a label, and changes its colours with three radio buttons: no keyboard
// reaches the first, and nobody hears one control in the others. Here, each is a button. The theme's own
// script is not on the pages: what this site uses of it is here.

import { element } from "../shared/dom.js";
import { SITE } from "../shared/trusted_types.js";

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
    for (const label of labels) {
      label.tabIndex = 0;
      label.addEventListener("keydown", ({ key }) => {
        if (key === "Enter") label.click();
      });
    }
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
  addEventListener("hashchange", () => turn(false)); // a section of this page was chosen
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget) && drawer.checked)
      turn(false);
  });
}

/** Put one button in the place of the choices of colours: it goes from one to the next, and keeps it. */
function buttonForColours(/** @type {HTMLFormElement} */ palette) {
  const choices = [...palette.querySelectorAll("input")];
  const labels = [...palette.querySelectorAll("label")]; // each names the choice that follows its own
  const kept = `${SITE.pathname}.__palette`; // before_paint.js reads it, as the theme would
  const button = element("button", { type: "button", class: "md-header__button md-icon" });
  const device = matchMedia("(prefers-color-scheme: dark)");
  let chosen = 0;
  try {
    const index = Number(JSON.parse(localStorage.getItem(kept) ?? "null")?.index);
    if (choices[index]) chosen = index;
  } catch {
    // Nothing is kept where storage is refused.
  }
  const show = () => {
    const { mdColorMedia: media, mdColorScheme: scheme } = choices[chosen].dataset;
    const asDevice = media === "(prefers-color-scheme)";
    document.body.dataset.mdColorScheme = (asDevice ? device.matches : scheme === "slate")
      ? "slate"
      : "default";
    const { title, children } = labels[chosen];
    button.setAttribute("aria-label", title);
    button.title = title;
    button.replaceChildren(...[...children].map((icon) => icon.cloneNode(true)));
  };
  button.addEventListener("click", () => {
    chosen = (chosen + 1) % choices.length;
    const { mdColorMedia: media, mdColorScheme: scheme } = choices[chosen].dataset;
    try {
      localStorage.setItem(kept, JSON.stringify({ index: chosen, color: { media, scheme } }));
    } catch {
      // The choice holds for this page.
    }
    show();
  });
  device.addEventListener("change", show);
  palette.classList.add("one-button");
  for (const choice of choices) choice.tabIndex = -1;
  palette.append(button);
  show();
}

/** Bring the line of this page in the middle of a menu that is longer than the screen. */
function showLineOfPage(/** @type {HTMLElement} */ menu) {
  const box = menu.querySelector(".md-sidebar__scrollwrap");
  const line = menu.querySelector("a.md-nav__link--active");
  if (!box || !line) return;
  const above = line.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += above - box.clientHeight / 2;
}

/** Mark in the list of sections, beside the page, the one that is being read, and those before it. */
function sectionBeingRead(/** @type {HTMLElement} */ list) {
  const links = /** @type {HTMLAnchorElement[]} */ (
    /** @type {Element[]} */ ([...list.querySelectorAll("a[href^='#']")])
  );
  const parts = links.map((link) =>
    document.getElementById(decodeURIComponent(link.hash.slice(1))),
  );
  const UNDER_HEAD = 100; // pixels
  const show = () => {
    const now = parts.findLastIndex(
      (part) => part && part.getBoundingClientRect().top < UNDER_HEAD,
    );
    for (const [at, link] of links.entries()) {
      link.classList.toggle("md-nav__link--passed", at < now);
      link.classList.toggle("md-nav__link--active", at === now);
    }
  };
  let waiting = false;
  addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        show();
      });
    },
    { passive: true },
  );
  show();
}

const drawer = document.querySelector("#__drawer");
const menu = document.querySelector(".md-sidebar--primary");
if (drawer instanceof HTMLInputElement && menu instanceof HTMLElement) {
  buttonForMenu(drawer, menu);
  keysForGroups(menu);
  showLineOfPage(menu);
}
const palette = document.querySelector('form[data-md-component="palette"]');
if (palette instanceof HTMLFormElement) buttonForColours(palette);
const sections = document.querySelector(".md-sidebar--secondary .md-nav--secondary");
if (sections instanceof HTMLElement) sectionBeingRead(sections);
