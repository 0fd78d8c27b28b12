// The page « Lire hors connexion »: what this device keeps of the site, and the reader's choice.

import { day, dayOf, megabytes } from "../shared/dates.js";
import { element } from "../shared/dom.js";
import { SITE } from "../shared/trusted_types.js";
import { able, forget, keep, started, tell, wanted } from "./offline.js";

const page = document.querySelector("[data-offline]");
const find = (name) => page.querySelector(`[data-${name}]`);
const [status, list, progress] = ["status", "pages", "progress"].map(find);
const [all, nothing, again] = ["keep-all", "forget", "keep-again"].map(find);

let latest = 0; // what was asked last: an older answer does not replace a newer one

const asked = new URLSearchParams(location.search).get("page");
if (asked !== null) absent(asked);
if (able) open();
else
  status.textContent = document.querySelector("link[rel=manifest]")
    ? status.dataset.unable
    : status.dataset.closed;

/** Say that a page was never kept, and lead to it for when the network is back. */
function absent(path) {
  const to = new URL(path, SITE);
  if (!to.href.startsWith(SITE.href)) return; // only to this site
  to.hash = location.hash; // the answers that it holds
  const place = find("absent");
  place.querySelector("[data-slot]").textContent = `/${path}`;
  place.querySelector("a").href = to.href;
  place.hidden = false;
}

function open() {
  all.addEventListener("click", () => {
    latest += 1;
    all.disabled = true;
    progress.hidden = false;
    tell({ type: "engine" }, ({ done, total, failed, state }) => {
      if (total) Object.assign(progress, { value: done, max: total });
      else progress.hidden = true;
      all.disabled = Boolean(total);
      if (failed) status.textContent = status.dataset.failed;
      if (state) show(state);
    });
  });
  nothing.addEventListener("click", () => choose(forget));
  again.addEventListener("click", () => choose(keep));
  attempt(async () => {
    if (wanted()) await started;
    await look();
  });
}

async function attempt(task) {
  status.textContent = status.dataset.looking;
  try {
    await task();
  } catch {
    status.textContent = status.dataset.unable;
  }
}

async function choose(act) {
  await attempt(async () => {
    await act();
    await look();
  });
  status.focus(); // the button pressed is no more
}

/** Show what is kept, and what may be done about it. */
async function look() {
  const yes = wanted();
  for (const button of [all, nothing]) button.hidden = !yes;
  again.hidden = yes;
  if (!yes) {
    list.replaceChildren();
    status.textContent = status.dataset.nothing;
    return;
  }
  const turn = (latest += 1);
  await tell({ type: "state" }, ({ state }) => turn === latest && show(state));
}

async function show({ pages, calculators, engineBytes }) {
  const { usage } = (await navigator.storage?.estimate?.()) ?? {};
  const sentences = [
    pages.length === 1 ? status.dataset.one : status.dataset.many.replace("#", pages.length),
    calculators
      ? status.dataset.calculators
      : status.dataset.without.replace("#", megabytes(engineBytes)),
  ];
  if (usage) sentences.push(status.dataset.size.replace("#", megabytes(usage)));
  status.textContent = sentences.join(" ");
  all.hidden = calculators;
  pages.sort((a, b) => a.title.localeCompare(b.title, "fr"));
  list.replaceChildren(...pages.map(item));
}

function item({ path, title, kept }) {
  const parts = title.split(" - ").slice(0, -1); // the last is the site's
  const name = parts.join("\u00a0– ").replaceAll(/ (?=[?!;:])/g, "\u00a0");
  const link = element("a", { href: new URL(path, SITE) }, name);
  return element("li", {}, link, `, gardée le ${day(dayOf(new Date(kept)))}`);
}
