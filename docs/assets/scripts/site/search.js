// The search: a dialog. What answers in it is fetched when someone first searches.

import { element } from "../shared/dom.js";

const DELAY = 150; // ms of silence before a search starts

const field = element("input", {
  type: "search",
  id: "recherche-champ",
  autocomplete: "off",
  spellcheck: "false",
});
const label = element(
  "label",
  { id: "recherche-titre", for: "recherche-champ" },
  "Rechercher dans le site",
);
const close = element(
  "button",
  { type: "submit", class: "button secondary", formnovalidate: "" },
  "Fermer",
);
const status = element("p", { role: "status", class: "help" });
const list = element("ol");
const dialog = element(
  "dialog",
  { class: "search", "aria-labelledby": "recherche-titre" },
  element("form", { method: "dialog", role: "search" }, element("p", {}, label, close), field),
  status,
  list,
);

const button = element(
  "button",
  { type: "button", class: "search-open md-header__button", "aria-keyshortcuts": "/" },
  magnifier(),
  element("span", {}, "Rechercher"),
);

function magnifier() {
  const [svg, path] = ["svg", "path"].map((name) =>
    document.createElementNS("http://www.w3.org/2000/svg", name),
  );
  const drawn = { viewBox: "0 0 24 24", "aria-hidden": "true", width: "20", height: "20" };
  for (const [key, value] of Object.entries(drawn)) svg.setAttribute(key, value);
  const line = {
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "2.5",
    "stroke-linecap": "round",
    d: "M15.5 15.5 21 21M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14Z",
  };
  for (const [key, value] of Object.entries(line)) path.setAttribute(key, value);
  svg.append(path);
  return svg;
}

document.querySelector(".md-header__inner").append(button);
document.body.append(dialog);

let loading;
let latest = 0;
let timer;

function finder() {
  loading ??= import("./find.js");
  loading.catch(() => (loading = undefined)); // the next search tries again
  return loading;
}

function open() {
  if (!dialog.open) dialog.showModal();
  field.select();
  finder()
    .then(({ pagefind }) => pagefind())
    .catch(() => {}); // the search itself says so
}

async function search() {
  const turn = ++latest;
  const query = field.value.trim();
  if (!query) {
    list.replaceChildren();
    status.textContent = "";
    return;
  }
  try {
    const { items, told } = await (await finder()).answer(query);
    if (turn !== latest) return;
    list.replaceChildren(...items);
    status.textContent = told;
  } catch {
    list.replaceChildren();
    status.textContent =
      "La recherche n’a pas pu être chargée. Vérifiez la connexion, ou ouvrez le glossaire.";
  }
}

button.addEventListener("click", open);
// A page may offer the search too: the one that says that an address leads nowhere.
for (const place of document.querySelectorAll("[data-search]")) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", open);
}
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("a")) dialog.close();
});
field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, DELAY);
});
dialog.addEventListener("keydown", (event) => {
  const links = [...list.querySelectorAll("a")];
  const position = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown") links[position + 1]?.focus();
  else if (event.key === "ArrowUp") (links[position - 1] ?? field).focus();
  else if (event.key === "Enter" && document.activeElement === field) links[0]?.click();
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  open();
});
