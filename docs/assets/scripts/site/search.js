// The search: a dialog over Pagefind's index, fetched when someone first searches.

import { element } from "../shared/dom.js";
import { SITE } from "../shared/trusted_types.js";

const SHOWN = 10;
const DELAY = 150; // ms of silence before a search starts

// Words that say how one asks, not what about.
const EMPTY = new Set(
  `a ai ait as au aux avec avoir c ce ces cet cette comment combien d dans de des dois doit du
   elle en est et etre eu il ils j je l la le les leur leurs m ma me mes moi mon n ne nos notre nous
   on ou par pas pendant peut peux pour puis qu quand que quel quelle quelles quels qui quoi s sa se
   ses si son sont suis sur t ta te tes ton tu un une vais va vos votre vous y`.split(/\s+/),
);
// The parts of the site: what tells apart two pages with the same title, and how much each counts.
// What explains comes before what is consulted: dated values hold every word of their subject.
const PARTS = [
  { address: /\/actualites\//, name: "actualité", weight: 0.3 },
  { address: /\/annuaire\/./, name: "annuaire", weight: 0.4 },
  { address: /\/comprendre\//, name: "explication", weight: 1.5 },
  { address: /\/demarches\/./, name: "pas à pas", weight: 1 },
  { address: /\/glossaire\/./, name: "glossaire", weight: 1 },
  { address: /\/portraits\/./, name: "portrait", weight: 0.4 },
  { address: /\/regles\//, name: "valeurs datées", weight: 0.5 },
  { address: /\/reseaux\/./, name: "réseau", weight: 1 },
  { address: /\/simulateurs\/./, name: "simulateur", weight: 1 },
  { address: /\/structures\/./, name: "structure", weight: 1 },
  { address: /\/journal\//, name: "journal", weight: 0.5 },
  { address: /\/textes\//, name: "texte de loi", weight: 0.5 },
];
const WHOLE = 3; // how much more a page with all the words counts than one with some of them
const TITLE = 2; // how much more a page counts when its title is what was typed
const CANDIDATES = 20; // pages whose address is read, to weigh them
// An acronym leads to its page; the other names of a thing count as much as its title.
const RANKING = { metaWeights: { title: 5, autres_noms: 5, sigle: 20 } };

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

function pagefind() {
  loading ??= import(new URL("pagefind/pagefind.js", SITE).href).then(async (engine) => {
    await engine.options({ baseUrl: SITE.pathname, excerptLength: 22, ranking: RANKING });
    await engine.init();
    return engine;
  });
  loading.catch(() => (loading = undefined)); // the next search tries again
  return loading;
}

/** Return the words of a query that say what it is about; all of them if none does. */
function telling(query) {
  const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const kept = words.filter((word) => !EMPTY.has(word.normalize("NFD").replace(/\p{M}/gu, "")));
  return kept.length ? kept : words;
}

/** Return the best pages for a query, best first, and how many pages answer in all. */
export async function find(query) {
  const engine = await pagefind();
  const words = telling(query);
  const found = new Map();
  // The whole query first: only pages with all its words. Then each word, for pages with some.
  // The results themselves are kept: Pagefind lets go of the data of those that are collected.
  const whole = words.join(" ");
  for (const text of new Set([whole, ...words])) {
    for (const result of (await engine.search(text)).results) {
      const known = found.get(result.id) ?? { score: 0, result };
      known.score += result.score * (text === whole ? WHOLE : 1);
      found.set(result.id, known);
    }
  }
  const best = [...found.values()].sort((a, b) => b.score - a.score).slice(0, CANDIDATES);
  const weighed = await Promise.all(
    best.map(async ({ score, result }) => {
      const page = await result.data();
      const named = telling(page.meta.title ?? "").join(" ") === whole;
      return { page, score: score * (part(page.url)?.weight ?? 1) * (named ? TITLE : 1) };
    }),
  );
  weighed.sort((a, b) => b.score - a.score);
  return { pages: weighed.slice(0, SHOWN).map(({ page }) => page), count: found.size };
}

/** Return the part of the site that an address belongs to, if it has a name. */
function part(url) {
  return PARTS.find(({ address }) => address.test(url));
}

function open() {
  if (!dialog.open) dialog.showModal();
  field.select();
  pagefind().catch(() => {});
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
    const { pages, count } = await find(query);
    if (turn !== latest) return;
    list.replaceChildren(...pages.map(item));
    status.textContent = counted(count);
  } catch {
    list.replaceChildren();
    status.textContent =
      "La recherche n’a pas pu être chargée. Vérifiez la connexion, ou ouvrez le glossaire.";
  }
}

function counted(results) {
  if (results === 0) return "Aucune page ne répond. Essayez un mot plus court ou un autre mot.";
  if (results === 1) return "1 page trouvée.";
  return `${results} pages trouvées${results > SHOWN ? `, les ${SHOWN} premières sont ici` : ""}.`;
}

function item(page) {
  const title = [curved(page.meta.title ?? ""), part(page.url)?.name]
    .filter(Boolean)
    .join("\u00a0– ");
  const link = element("a", { href: page.url }, title);
  return element("li", {}, link, element("p", {}, ...marked(page.excerpt)));
}

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };

/** Return an excerpt of Pagefind (escaped text, and <mark> around what was found) as nodes. */
function marked(excerpt) {
  return excerpt.split(/(<mark>.*?<\/mark>)/su).map((piece) => {
    const [, found] = /^<mark>(.*)<\/mark>$/su.exec(piece) ?? [];
    const text = (found ?? piece).replace(/&(?:lt|gt|quot|#39|amp);/gu, (code) => ENTITIES[code]);
    return found === undefined ? curved(text) : element("mark", {}, curved(text));
  });
}

/** Return a text of the index, which is as one types, as the site prints it. */
function curved(text) {
  return text.replace(/(?<=\p{L})'(?=[\p{L}\p{N}«]|$)/gu, "’");
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
