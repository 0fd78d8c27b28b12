// Serves the site when the network does not answer. `generator/publish/service_worker.py` writes the
// list of a version before this code, and the whole as `sw.js` at the root of the site:
//   SITE = { shell, more, engine, visited: { path: the start of the SHA-256 of its bytes },
//            engineBytes, runtime: folder, offline: path, missing: path,
//            apart: pattern of the paths whose files are in a list of their own, apart.json,
//            fragments: folder of the texts that the search reads, texts: the one file of them all }
//
// One content is kept once, under its hash, whatever the version and the path. A version only
// serves the files of its own list: two versions never mix, and an unchanged file is not fetched
// again. No file is kept before its hash is checked, and none is served before it is checked again.

const SCOPE = registration.scope;
const FOLDER = new URL(SCOPE).pathname; // several sites may share an origin
const KEPT = `site-kept:${FOLDER}`;
const NEWER = `site-newer:${FOLDER}`;
const PATIENCE = 3000; // ms that a kept page waits for the network, which may have a newer one
const AT_ONCE = 4; // files fetched together: the reader's own requests go first

const { shell, more, engine, visited } = SITE;
const FILES = new Map([shell, more, engine, visited].flatMap(Object.entries));
const HASHES = new Set(FILES.values());
const APART = "apart.json";
const isApart = (path) => new RegExp(SITE.apart).test(path ?? "");

// The cache

async function hashOf(bytes) {
  const start = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).subarray(0, 12);
  return btoa(String.fromCharCode(...start))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

function key(hash) {
  return `${SCOPE}kept/${hash}`;
}

/** Run a task that may fail without harm, as when storage is full or refused. */
async function attempt(task) {
  try {
    return await task();
  } catch {
    return undefined;
  }
}

/** Return the response kept for a path of this version, if there is one. */
function kept(path) {
  return attempt(() => caches.match(key(FILES.get(path)), { cacheName: KEPT }));
}

/**
 * Return the response to serve for a path of this version, if there is one whose bytes are still right:
 * another page of this origin may have written into the cache. The engine's worker compares its own
 * files, but not the scripts that start it.
 */
async function keptRight(path) {
  const copy = await kept(path);
  if (!copy || (path in engine && !/\.m?js$/.test(path))) return copy;
  const bytes = await attempt(() => copy.arrayBuffer());
  if (bytes && (await hashOf(bytes)) === FILES.get(path)) return withBytes(bytes, copy);
  await attempt(async () => (await caches.open(KEPT)).delete(key(FILES.get(path))));
  return undefined;
}

/** Return a response with the headers received, but for those of its transport. */
function withBytes(bytes, { status, statusText, headers }, added = {}) {
  const all = new Headers(headers);
  for (const name of ["Content-Encoding", "Content-Length"]) all.delete(name);
  for (const [name, value] of Object.entries(added)) all.set(name, value);
  return new Response(bytes, { status, statusText, headers: all });
}

/** Keep bytes whose hash was found right. Throws where storage refuses. */
async function put(path, bytes, response) {
  // The reader who wants nothing kept has deleted the cache: only an installation makes one.
  if (!(await caches.has(KEPT))) return;
  const about = { "X-Path": path, "X-Kept": new Date().toISOString() };
  await (await caches.open(KEPT)).put(key(FILES.get(path)), withBytes(bytes, response, about));
}

/** Fetch a path of this version whole, as [bytes, response]; throw if it is not right. */
async function fetchRight(path, request) {
  // The browser's own cache may be stale: the second try goes past it.
  for (const one of [request, new Request(SCOPE + path, { cache: "reload" })]) {
    const response = await fetch(one);
    const bytes = await response.arrayBuffer();
    if (response.ok && (await hashOf(bytes)) === FILES.get(path)) return [bytes, response];
  }
  throw new Error(`${path} is not of this version`);
}

let apart; // a promise, settled once the list of the files apart is read

/** Add to the files of this version those apart, unless its list cannot be had. */
function listApart() {
  apart ??= (async () => {
    let bytes = await (await keptRight(APART))?.arrayBuffer();
    if (!bytes) {
      let response;
      [bytes, response] = await fetchRight(APART, new Request(SCOPE + APART));
      await attempt(() => put(APART, bytes, response));
    }
    for (const [path, hash] of Object.entries(JSON.parse(new TextDecoder().decode(bytes)))) {
      FILES.set(path, hash);
      HASHES.add(hash);
    }
  })().catch(() => {
    apart = undefined; // the next request tries again
  });
  return apart;
}

/** Keep paths of this version, a few at a time; `onKept(path)` is called after each. */
async function keepAll(paths, onKept = () => {}) {
  const left = [...paths];
  const take = async () => {
    for (let path; (path = left.shift()) !== undefined; onKept(path)) {
      if (await kept(path)) continue;
      await put(path, ...(await fetchRight(path, new Request(SCOPE + path, { priority: "low" }))));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
}

addEventListener("install", (event) => {
  // Without storage this fails, and the site works as if there were no such worker.
  event.waitUntil(caches.open(KEPT).then(() => keepAll(Object.keys(shell))));
});

/** Complete the cache of this version, as far as the reader's connection allows it. */
async function complete({ path, thrifty, calculates }) {
  if (!(await caches.has(KEPT))) return; // the reader wants nothing kept
  const cache = await caches.open(KEPT);
  const have = new Set((await cache.keys()).map(({ url }) => url.slice(key("").length)));
  const old = new Map(); // files that this version does not serve: their path, by hash
  for (const hash of have) {
    if (HASHES.has(hash)) continue;
    old.set(hash, (await cache.match(key(hash)))?.headers.get("X-Path"));
  }
  if ([path, ...old.values()].some(isApart)) {
    await listApart();
    for (const hash of HASHES) old.delete(hash);
  }
  const wanted = new Set([path]);
  if (!thrifty) {
    for (const one of Object.keys({ ...shell, ...more })) wanted.add(one);
    // Pages visited in an older version, and its engine, stay at hand in this one.
    for (const one of old.values()) wanted.add(one);
    const started = [...old.values()].some((one) => one?.startsWith(SITE.runtime));
    if (calculates || started || Object.values(engine).some((hash) => have.has(hash))) {
      for (const one of Object.keys(engine)) wanted.add(one);
    }
  }
  await keepAll([...wanted].filter((one) => FILES.has(one) && !have.has(FILES.get(one))));
  // Not while another version may be keeping its own.
  if (registration.installing || registration.waiting) return;
  for (const hash of old.keys()) await cache.delete(key(hash));
}

// Pages of a newer publication ask the network for everything

let newer; // a promise of the set of their clients; the cache remembers it when this worker stops

function newerClients() {
  newer ??= attempt(async () => {
    const requests = await (await caches.open(NEWER)).keys();
    return new Set(requests.map(({ url }) => url.slice(SCOPE.length)));
  }).then((set) => set ?? new Set());
  return newer;
}

async function remember(client) {
  if (!client) return;
  (await newerClients()).add(client);
  await attempt(async () => (await caches.open(NEWER)).put(SCOPE + client, new Response("")));
}

/** Let a new version take over as soon as no page of this one is left. */
async function handOver() {
  const set = await newerClients();
  const pages = await clients.matchAll({ type: "window" });
  if (!pages.every(({ id }) => set.has(id))) return;
  registration.waiting?.postMessage({ type: "take over" });
}

addEventListener("activate", (event) => {
  event.waitUntil(
    attempt(async () => {
      await registration.navigationPreload?.enable(); // the network does not wait for this worker
      const alive = new Set((await clients.matchAll({ type: "all" })).map(({ id }) => id));
      const cache = await caches.open(NEWER);
      for (const request of await cache.keys()) {
        if (!alive.has(request.url.slice(SCOPE.length))) await cache.delete(request);
      }
    }),
  );
});

// Answers to the requests of pages

const served = new Map(); // by client, how a kept page was served: { kept: its day, why }

addEventListener("fetch", (event) => {
  const { method, url, headers, mode } = event.request;
  if (method !== "GET" || headers.has("Range") || !url.startsWith(SCOPE)) return;
  // `?embed=1` or a date at the end change nothing of a static file.
  const path = new URL(url).pathname.slice(FOLDER.length).replace(/(^|\/)index\.html$/, "$1");
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (mode !== "navigate") {
    if (FILES.has(path)) event.respondWith(file(event, path));
    else if (isApart(path)) event.respondWith(fileApart(event, path));
    else if (path.startsWith(SITE.fragments)) event.respondWith(fragment(event, name));
  } else if (!name.includes(".") || name.endsWith(".html")) event.respondWith(page(event, path));
});

/** Answer with the network's page: the law must be fresh. Else the kept one. */
async function page(event, path) {
  const asked = network(event);
  asked.catch(() => {}); // handled below
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, { why: "slow" }));
  if (isApart(path) && !FILES.has(path)) await listApart();
  const copy = await keptRight(path);
  const answer = await Promise.race(copy ? [asked, late] : [asked]).catch(() => ({
    why: "offline",
  }));
  if (answer.response && !(copy && unfit(answer))) {
    const ours = await refresh(event, path, copy, answer);
    // Once a new version waits, it is the network's.
    if (answer.bytes && (!ours || registration.waiting)) await remember(event.resultingClientId);
    return answer.response;
  }
  if (!copy) return withoutCopy(event.request, path);
  // An answer of the network that comes too late is kept for the next time.
  event.waitUntil(attempt(async () => refresh(event, path, copy, await asked)));
  served.set(event.resultingClientId, {
    kept: copy.headers.get("X-Kept"),
    why: answer.why ?? "slow",
  });
  return copy;
}

/** Fetch a page whole: { response, bytes, hash }. Throws if the network is lost, even half-way. */
async function network(event) {
  const response = (await event.preloadResponse) ?? (await fetch(event.request));
  if (response.type === "opaqueredirect") return { response };
  const bytes = await response.arrayBuffer();
  return { response: withBytes(bytes, response), bytes, hash: await hashOf(bytes) };
}

/** Tell whether the host fails: an error of its own, or a page without its end. */
function unfit({ response, bytes }) {
  if (response.status >= 500) return true;
  return Boolean(bytes) && !new TextDecoder().decode(bytes.slice(-1000)).includes("</html>");
}

/** Keep the network's page if it is of this version, else look for the newer one. Return which. */
async function refresh(event, path, copy, { response, bytes, hash }) {
  const ours = hash === FILES.get(response.status === 404 ? SITE.missing : path);
  const today = new Date().toISOString().slice(0, "2026-11-24".length);
  if (!ours) event.waitUntil(attempt(() => registration.update()));
  else if (response.ok && !copy?.headers.get("X-Kept").startsWith(today)) {
    event.waitUntil(attempt(() => put(path, bytes, response)));
  }
  return ours;
}

/** Answer with the page that explains that another one was never kept. */
async function withoutCopy({ url }, path) {
  const { search } = new URL(url);
  if (FILES.has(`${path}/`)) return Response.redirect(`${SCOPE}${path}/${search}`);
  if (path === SITE.offline || !(await kept(SITE.offline))) return Response.error();
  // The answers, which are after the `#`, follow a redirection by themselves.
  return Response.redirect(`${SCOPE}${SITE.offline}?page=${encodeURIComponent(path + search)}`);
}

/** Answer with a file of a page: the kept one, else that of the network if it is of this version. */
async function file(event, path) {
  if ((await newerClients()).has(event.clientId)) {
    await remember(event.resultingClientId); // a worker of that page
    return fetch(event.request);
  }
  const copy = await keptRight(path);
  if (copy) return copy;
  if (path in engine) {
    // Compiled while it arrives, and checked by the worker that requests it.
    const response = await fetch(event.request);
    event.waitUntil(attempt(() => keepCopy(path, response.clone())));
    return response;
  }
  try {
    const [bytes, response] = await fetchRight(path, event.request);
    event.waitUntil(attempt(() => put(path, bytes, response)));
    return withBytes(bytes, response);
  } catch {
    event.waitUntil(attempt(() => registration.update()));
    return Response.error();
  }
}

/** Answer with a file that is apart; without its list, with the network's. */
async function fileApart(event, path) {
  await listApart();
  return FILES.has(path) ? file(event, path) : fetch(event.request);
}

let texts; // a promise of what the search reads, by the name of its file: a query asks for tens at once

/** Answer with what the search reads of a page: its name tells its content, whatever the version. */
async function fragment(event, name) {
  texts ??= attempt(async () => (await keptRight(SITE.texts))?.json());
  const known = await texts;
  if (!known) texts = undefined; // not kept yet: the next query looks again
  return known && Object.hasOwn(known, name) ? new Response(known[name]) : fetch(event.request);
}

async function keepCopy(path, response) {
  const bytes = await response.arrayBuffer();
  if (response.ok && (await hashOf(bytes)) === FILES.get(path)) await put(path, bytes, response);
}

// Answers to the messages of pages: each comes with the port to answer on

const ANSWERS = {
  /** A page is open: tell it how it was served, then complete the cache. */
  async hello({ source, data, reply }) {
    const done = (completing = completing.then(() => attempt(() => complete(data))));
    reply({ ...served.get(source.id), newer: (await newerClients()).has(source.id) });
    served.delete(source.id);
    await handOver();
    await done;
  },

  /** The reader wants the calculators without network. */
  async engine({ reply }) {
    const paths = Object.keys({ ...more, ...engine });
    let done = 0;
    try {
      await keepAll(paths, () => reply({ done: (done += 1), total: paths.length }));
      reply({ state: await state() });
    } catch {
      reply({ failed: true });
    }
  },

  /** A page asks for the state of the cache: now, and once it is complete. */
  async state({ reply }) {
    reply({ state: await state() });
    await completing;
    reply({ state: await state() });
  },
};
let completing = Promise.resolve(); // one page after the other

addEventListener("message", (event) => {
  const { data, source, ports } = event;
  if (data.type === "take over") skipWaiting();
  else if (Object.hasOwn(ANSWERS, data.type)) {
    const reply = (message) => ports[0].postMessage(message);
    event.waitUntil(ANSWERS[data.type]({ source, data, reply }));
  }
});

/** Return the pages kept, whether the calculators are, and the bytes of their engine. */
async function state() {
  const pages = [];
  if (await kept(APART)) await listApart();
  for (const path of FILES.keys()) {
    if (path !== "" && !path.endsWith("/")) continue;
    const copy = await kept(path);
    const title = copy && /<title>(.*?)<\/title>/s.exec(await copy.text())?.[1];
    if (title) pages.push({ path, title: plain(title), kept: copy.headers.get("X-Kept") });
  }
  const ready = await Promise.all(Object.keys({ ...more, ...engine }).map(kept));
  return { pages, calculators: ready.every(Boolean), engineBytes: SITE.engineBytes };
}

const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"' };

function plain(html) {
  return html.replace(/&(?:#(\d+)|(\w+));/g, (whole, code, name) =>
    code ? String.fromCodePoint(code) : (NAMED[name] ?? whole),
  );
}
