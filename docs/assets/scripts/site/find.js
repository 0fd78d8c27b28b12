// What answers a search: Pagefind's index, and what the site names. Fetched when someone first searches.

import { element } from "../shared/dom.js";
import { SITE } from "../shared/trusted_types.js";
import { article, isForm, nearest, plain, telling } from "./search_words.js";

const SHOWN = 10;

// The parts of the site: what tells apart two pages with the same title, and how much each counts.
// What explains comes before what is consulted: dated values hold every word of their subject.
const PARTS = [
  // One name or one day each: they come after what explains the word.
  { address: /\/annuaire\/./, name: "annuaire", weight: 0.3 },
  { address: /\/actualites\/./, name: "actualité", weight: 0.4 },
  { address: /\/portraits\/./, name: "portrait", weight: 0.5 },
  { address: /\/comprendre\/pres_de_chez_moi\//, name: "annuaires", weight: 0.7 },
  { address: /\/comprendre\//, name: "explication", weight: 1.5 },
  { address: /\/demarches\/./, name: "pas à pas", weight: 1 },
  { address: /\/glossaire\/./, name: "glossaire", weight: 1 },
  { address: /\/prescripteurs\//, name: "prescripteurs", weight: 1.5 },
  { address: /\/regles\//, name: "valeurs datées", weight: 0.5 },
  { address: /\/reseaux\/./, name: "réseau", weight: 1 },
  { address: /\/simulateurs\/./, name: "simulateur", weight: 1 },
  { address: /\/structures\/./, name: "structure", weight: 1 },
  { address: /\/journal\//, name: "journal", weight: 0.5 },
  { address: /\/textes\//, name: "texte de loi", weight: 0.5 },
];
const WHOLE = 3; // how much more a page with all the words counts than one with some of them
const TITLE = 4; // how much more a page counts when its title, or another name, is what was typed
const CANDIDATES = 40; // pages whose address is read, to weigh them
// An acronym leads to its page; the other names of a thing count as much as its title.
const RANKING = { metaWeights: { title: 5, autres_noms: 5, sigle: 20 } };

let loading;

/** Return the engine of the search, with its index ready to be read. */
export function pagefind() {
  loading ??= import(new URL("pagefind/pagefind.js", SITE).href).then(async (engine) => {
    await engine.options({ baseUrl: SITE.pathname, excerptLength: 22, ranking: RANKING });
    await engine.init();
    return engine;
  });
  loading.catch(() => (loading = undefined)); // the next search tries again
  return loading;
}

/** Tell whether a name says the words that were typed, and no other. */
function same(name, words) {
  return plain(telling(name).join(" ")) === plain(words.join(" "));
}

let names;

/** Return what the site names: terms, networks, simulators, texts of law. Fetched once, when needed. */
async function known() {
  names ??= fetch(new URL("pagefind/names.json", SITE)).then((answer) => answer.json());
  names.catch(() => (names = undefined));
  return names;
}

/** Return the page that a query names, which the index ranks among others or lacks: a text of law, a département. */
async function named(query, words) {
  const { articles, departments } = (await known().catch(() => undefined)) ?? {};
  const number = article(query);
  if (number && articles?.[number]) return { path: `textes/${number}/`, title: articles[number] };
  const place = Object.entries(departments ?? {}).find(([, name]) => same(name, words));
  return (
    place && { path: `annuaire/${place[0]}/`, title: `${place[1]} (${place[0]}), dans l’annuaire` }
  );
}

/** Return the results for one word, or nothing when the index only has words that begin like it. */
async function resultsOf(word, engine) {
  const { results } = await engine.search(word);
  if (results.length === 0) return [];
  // The best page may be found by its title alone, which no excerpt marks.
  for (const result of results.slice(0, 6)) {
    const { excerpt, meta } = await result.data();
    const marked = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/gsu)].map(([, words]) => words);
    const said = [...marked, ...Object.values(meta).flatMap((words) => words.split(/[\s']+/u))];
    if (said.some((words) => isForm(word, words))) return results;
  }
  return [];
}

/** Return the results of each word, and the word of the site in the place of one that no page says. */
async function resultsByWord(words, engine) {
  const results = new Map();
  const mended = new Map();
  for (const word of new Set(words)) {
    let found = await resultsOf(word, engine);
    if (found.length === 0) {
      const near = nearest(word, (await known().catch(() => undefined))?.words ?? []);
      if (near) found = await resultsOf(near, engine);
      if (found.length > 0) mended.set(word, near);
    }
    if (found.length > 0) results.set(mended.get(word) ?? word, found);
  }
  return { results, mended };
}

/**
 * Return the best pages for a query, best first; how many answer in all, and how many have all its
 * words; and the words taken for others, which no page says.
 */
export async function find(query) {
  const engine = await pagefind();
  const words = telling(query);
  const pinned = await named(query, words);
  const { results, mended } = await resultsByWord(words, engine);
  const found = new Map();
  // The whole query first: only pages with all its words. Then each word, for pages with some.
  // The results themselves are kept: Pagefind lets go of the data of those that are collected.
  const whole = [...results.keys()].join(" ");
  const missing = words.length > 0 && new Set(words).size > results.size;
  const all = results.size > 1 ? (await engine.search(whole)).results : [];
  for (const [factor, list] of [
    [WHOLE, results.size > 1 ? all : [...results.values()].flat()],
    ...[...results.values()].map((list) => [1, list]),
  ]) {
    if (results.size === 1 && factor === 1) continue;
    for (const result of list) {
      const one = found.get(result.id) ?? { score: 0, result };
      one.score += result.score * factor;
      found.set(result.id, one);
    }
  }
  const best = [...found.values()].sort((a, b) => b.score - a.score).slice(0, CANDIDATES);
  const weighed = await Promise.all(
    best.map(async ({ score, result }) => {
      const page = await result.data();
      const others = (page.meta.autres_noms ?? "").replace(/^.*?:/u, "").split(/[,.]/u);
      const exact = [page.meta.title ?? "", ...others].some((name) => same(name, words));
      return { page, score: score * (part(page.url)?.weight ?? 1) * (exact ? TITLE : 1) };
    }),
  );
  weighed.sort((a, b) => b.score - a.score);
  let pages = weighed.map(({ page }) => page);
  if (pinned) {
    const first = { url: SITE.pathname + pinned.path, meta: { title: pinned.title }, excerpt: "" };
    pages = [pages.find(({ url }) => url === first.url) ?? first, ...pages];
    pages = pages.filter((page, place) => place === 0 || page.url !== first.url);
  }
  return {
    pages: pages.slice(0, SHOWN),
    count: Math.max(found.size, pages.length && pinned ? 1 : 0),
    whole: missing ? 0 : results.size > 1 ? all.length : found.size,
    mended,
  };
}

/** Return the elements of the list that answers a query, and the sentence that says what they are. */
export async function answer(query) {
  const found = await find(query);
  const proposed = found.pages.length === 0 ? await proposals(query) : [];
  return { items: [...found.pages.map(item), ...proposed], told: told(found, query) };
}

/** Return the part of the site that an address belongs to, if it has a name. */
function part(url) {
  return PARTS.find(({ address }) => address.test(url));
}

/** Say how many pages answer, and to what. */
function told({ pages, count, whole, mended }, query) {
  if (pages.length === 0) return `Rien trouvé pour «\u00a0${query}\u00a0». Essayez\u00a0:`;
  const taken = [...mended].map(
    ([word, near]) =>
      `Aucune page ne dit «\u00a0${word}\u00a0»\u00a0: voici «\u00a0${near}\u00a0». `,
  );
  const shown = count > SHOWN ? `, les ${SHOWN} premières sont ici` : "";
  const some = whole === 0 && telling(query).length > 1 && mended.size === 0;
  if (some)
    return `Aucune page n’a tous vos mots\u00a0; ${counted(count)} avec une partie${shown}.`;
  if (whole > 0 && whole < count)
    return `${taken.join("")}${counted(whole)} avec tous vos mots, puis des pages proches.`;
  return `${taken.join("")}${counted(count)}${shown}.`;
}

function counted(results) {
  return results === 1 ? "1 page trouvée" : `${results} pages trouvées`;
}

/** Return ways on where no page answers: names of the site near what was typed, then its lists. */
async function proposals(query) {
  const { entries = [] } = (await known().catch(() => undefined)) ?? {};
  const words = telling(query).map(plain);
  const near = entries
    .filter(([name]) =>
      telling(name).some((other) =>
        words.some((word) => word.length >= 4 && plain(other).slice(0, 4) === word.slice(0, 4)),
      ),
    )
    .slice(0, 3);
  const ways = [
    ...near,
    ["Le glossaire, tous les mots de A à Z", "glossaire/"],
    ["Tous les simulateurs", "simulateurs/"],
    ["À qui m’adresser", "comprendre/a_qui_m_adresser/"],
    ["Le plan du site", "plan-du-site/"],
  ];
  return ways.map(([name, address]) =>
    element("li", {}, element("a", { href: new URL(address, SITE).href }, curved(name))),
  );
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
  return text
    .replace(/(?<=\p{L})'(?=[\p{L}\p{N}«]|$)/gu, "’")
    .replace(/oe(?=u|il)/gu, "œ")
    .replace(/Oe(?=u|il)/gu, "Œ");
}
