// The search: a dialog over Pagefind's index, fetched when someone first searches.

const BASE = new URL("..", import.meta.url);
const SHOWN = 10;
const DELAY = 150; // ms of silence before a search starts

const dialog = document.createElement("dialog");
dialog.className = "recherche";
dialog.setAttribute("aria-labelledby", "recherche-titre");
dialog.innerHTML = `
  <form method="dialog" role="search">
    <p><label id="recherche-titre" for="recherche-champ">Rechercher dans le site</label>
    <button type="submit" class="bouton secondaire" formnovalidate>Fermer</button></p>
    <input type="search" id="recherche-champ" autocomplete="off" spellcheck="false">
  </form>
  <p role="status" class="aide"></p>
  <ol></ol>`;
const field = dialog.querySelector("input");
const status = dialog.querySelector("[role=status]");
const list = dialog.querySelector("ol");

const button = document.createElement("button");
button.type = "button";
button.className = "recherche-ouvrir md-header__button";
button.setAttribute("aria-keyshortcuts", "/");
button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true" width="20" height="20"><path fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" d="M15.5 15.5 21 21M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14Z"/></svg><span>Rechercher</span>`;

document.querySelector(".md-header__inner").append(button);
document.body.append(dialog);

let loading;
let latest = 0;
let timer;

function pagefind() {
  loading ??= import(new URL("pagefind/pagefind.js", BASE)).then(async (engine) => {
    await engine.options({ baseUrl: BASE.pathname, excerptLength: 22 });
    await engine.init();
    return engine;
  });
  loading.catch(() => (loading = undefined)); // the next search tries again
  return loading;
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
    const engine = await pagefind();
    const { results } = await engine.search(query);
    const pages = await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
    if (turn !== latest) return;
    list.replaceChildren(...pages.map(item));
    status.textContent = count(results.length);
  } catch {
    list.replaceChildren();
    status.textContent =
      "La recherche n'a pas pu être chargée. Vérifiez la connexion, ou ouvrez le glossaire.";
  }
}

function count(results) {
  if (results === 0) return "Aucune page ne répond. Essayez un mot plus court ou un autre mot.";
  if (results === 1) return "1 page trouvée.";
  return `${results} pages trouvées${results > SHOWN ? `, les ${SHOWN} premières sont ici` : ""}.`;
}

function item(page) {
  const entry = document.createElement("li");
  const link = document.createElement("a");
  link.href = page.url;
  link.textContent = page.meta.title;
  const excerpt = document.createElement("p");
  excerpt.innerHTML = page.excerpt; // made by Pagefind from our own pages: text and <mark>
  entry.append(link, excerpt);
  return entry;
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
