// Keeps the site at hand without network, through `sw.js`, and tells how fresh a page is.
// Where the browser refuses, or the publisher or the reader wants none of it, nothing happens.

import { day, dayOf } from "../shared/dates.js";
import { keep as note, kept as noted } from "../shared/storage.js";
import { SITE } from "../shared/trusted_types.js";

const CHOICE = "reperes-iae.hors-connexion";
const PATIENCE = 120_000; // ms given to an answer, which then no longer goes first
const LOOK = 500; // ms between two looks at whether it is there
/** What is kept of this site; the engine keeps its own under another name. */
const OURS = [`site-kept:${SITE.pathname}`, `site-newer:${SITE.pathname}`];

const SAID = {
  offline: "Vous êtes hors connexion. Cette page est la copie gardée le #.",
  slow: "Le site ne répond pas. Cette page est la copie gardée le #.",
  lost: "Vous êtes hors connexion. Ce que cet appareil a gardé du site reste lisible.",
  back: "La connexion est revenue.",
  version: "Une nouvelle version du site est en ligne.",
};

const bar = document.createElement("div");
const said = document.createElement("p");
const button = document.createElement("button");

/** Whether this page may keep the site at hand: never a frame, nor a browser that cannot. */
export const able =
  "serviceWorker" in navigator &&
  document.querySelector("link[rel=manifest]") !== null &&
  window === parent &&
  new URLSearchParams(location.search).get("embed") !== "1";

if (able) prepare();

/** Settled once a worker is at work; rejected where there is none. */
export const started = able && wanted() ? loaded().then(start) : Promise.reject(new Error("none"));
started.catch(ignore);

/** Whether the reader wants something kept, on this device. */
export function wanted() {
  try {
    return localStorage.getItem(CHOICE) !== "non";
  } catch {
    return true;
  }
}

function choose(yes) {
  try {
    if (yes) localStorage.removeItem(CHOICE);
    else localStorage.setItem(CHOICE, "non");
  } catch {
    // What is refused here is refused to what would be kept, too.
  }
}

/** Register the worker, and wait until one is at work. Throws where the browser refuses. */
async function register() {
  const registration = await navigator.serviceWorker.register(new URL("sw.js", SITE));
  if (registration.active) return registration;
  const first = registration.installing ?? registration.waiting;
  await /** @type {Promise<void>} */ (
    new Promise((resolve, reject) => {
      first.addEventListener("statechange", () => {
        if (first.state === "activated") resolve();
        if (first.state === "redundant") reject(new Error("nothing could be kept"));
      });
    })
  );
  return registration;
}

/**
 * Say something to the worker at work; `onReply` hears each of its answers.
 * @param {object} message @param {(reply: any) => void} [onReply]
 */
export async function tell(message, onReply = () => {}) {
  const worker = (await navigator.serviceWorker.getRegistration(SITE))?.active;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => onReply(data);
  worker?.postMessage(message, [port2]);
}

/** Keep the site at hand from now on. Throws where the browser refuses. */
export async function keep() {
  choose(true);
  await register();
  await caches.open(OURS[0]); // what the reader had deleted
  await hello();
}

/** Keep nothing, from now on. Throws where the browser refuses. */
export async function forget() {
  choose(false);
  const registration = await navigator.serviceWorker.getRegistration(SITE);
  await registration?.unregister();
  for (const name of await caches.keys()) {
    if (OURS.includes(name) || name.startsWith("engine-")) await caches.delete(name);
  }
}

function prepare() {
  bar.className = "announcement";
  said.setAttribute("role", "status");
  button.type = "button";
  button.className = "button secondary";
  button.textContent = "Recharger la page";
  button.addEventListener("click", () => location.reload());
  bar.append(said);
  (document.querySelector("main") ?? document.body).prepend(bar);
  const calculated = () => {
    note("moteur", "servi"); // the reader may leave before anything is kept
    return started.then(() => hello(), ignore);
  };
  addEventListener("calculator:ready", calculated, { once: true });
  addEventListener("offline", () => say(SAID.lost));
  addEventListener("online", () => said.textContent && say(SAID.back, true));
}

function say(text, reload = false) {
  said.textContent = text;
  if (reload) bar.append(button);
  else button.remove();
}

function ignore() {
  // A private window, storage refused or full: the site works as it always did.
}

/** Wait until what the reader came for is there: the page, and the answer that it is computing. */
async function loaded() {
  // Its form says « loading » at each piece of the engine that arrives, and « computing » between them.
  const busy = 'form:is([data-state="loading"], [data-state="computing"])';
  while (document.querySelector(busy) && performance.now() < PATIENCE) {
    await Promise.race([heard("calculator:result"), wait(LOOK)]);
  }
  if (document.readyState !== "complete") await heard("load");
  await new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve));
}

function heard(type) {
  return new Promise((resolve) => addEventListener(type, resolve, { once: true }));
}

function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function start() {
  navigator.serviceWorker.addEventListener("controllerchange", () => hello());
  const registration = await register();
  registration.addEventListener("updatefound", () => watch(registration.installing));
  watch(registration.installing ?? registration.waiting);
  await hello();
}

/**
 * Tell the worker that this page is open, and hear how it was served.
 * @param {(reply: any) => void} [onReply]
 */
function hello(onReply = () => {}) {
  const { saveData, effectiveType = "" } = navigator.connection ?? {};
  const thrifty = Boolean(saveData) || effectiveType.endsWith("2g");
  const path = location.pathname.slice(SITE.pathname.length);
  const calculates = noted("moteur") === "servi";
  return tell({ type: "hello", path, thrifty, calculates }, (reply) => {
    const { kept, why } = reply;
    // The page of what is kept says it in its own words.
    if (kept && !document.querySelector("[data-offline]")) {
      say(SAID[why].replace("#", day(dayOf(new Date(kept)))), why === "slow");
    }
    onReply(reply);
  });
}

/** Once a new version is there, an old page says so; a page of that version lets it take over. */
function watch(worker) {
  if (!worker || !navigator.serviceWorker.controller) return; // the very first version
  const look = () => {
    if (worker.state !== "installed") return;
    hello(({ newer }) => newer || say(SAID.version, true));
  };
  worker.addEventListener("statechange", look);
  look();
}
