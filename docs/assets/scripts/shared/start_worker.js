// Starts workers of Python. That of an address which holds answers starts before its page is there:
// the head of a calculator's page runs this module first, and names the worker (theme/main.html).

import "./trusted_types.js";

const named = document.querySelector("script[data-worker]")?.dataset.worker;
let early = named && location.hash.includes("=") ? startEarly(named) : undefined;

function startEarly(/** @type {string} */ path) {
  try {
    const address = new URL(path, document.baseURI).href;
    const worker = start(address, "");
    /** @type {Event[]} */
    const events = [];
    worker.onmessage = worker.onerror = (/** @type {Event} */ event) => events.push(event);
    return { address, worker, events };
  } catch {
    return undefined; // whoever asks for a worker hears why there is none
  }
}

/** Return a worker; `name` tells it what it is for. Throws where the browser refuses. @param {URL} address */
export function launch(address, name = "") {
  if (name !== "" || !early || early.address !== address.href) return start(address, name);
  const { worker, events } = early;
  early = undefined;
  // Once the handlers of the caller are there, they hear what was said before.
  queueMicrotask(() => events.forEach((event) => worker.dispatchEvent(event)));
  return worker;
}

function start(/** @type {string | URL} */ address, /** @type {string} */ name) {
  return new Worker(address, { type: "module", name });
}
