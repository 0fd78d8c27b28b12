// The page's side of the worker: starts it, asks it, and says when it cannot answer.

import { launch } from "./start_worker.js";

const TIMEOUT = 60_000; // ms during which nothing moves, after which the worker is stopped
const IDLE = 3_000; // ms without a request, after which the memory of a start may be kept
const PATIENCE = 5_000; // ms given to the site to say whether it has changed

const MESSAGES = {
  worker: "Le fichier du simulateur n’a pas pu être chargé.",
  updated: "Le site a été mis à jour pendant votre visite.",
  slow: "Le simulateur ne répond pas depuis une minute.",
  stalled: "Le téléchargement n’avance plus depuis une minute. Vérifiez la connexion.",
  unsupported: "Ce navigateur ne sait pas faire tourner le simulateur.",
};

/**
 * One worker; `onState` is told « loading », « ready », « computing », « failed ». `runtime` is the
 * address of the engine that the page was built with; `messages` takes the place of the sentences
 * on what fails, for another engine than that of the calculators.
 */
export class Engine {
  #folder;
  /** @type {Worker | undefined} */
  #worker;
  #failed = false;
  #latest = 0;
  /**
   * Requests that later ones do not replace, by id.
   * @type {Map<string | number, { resolve: (response: any) => void, reject: (error: Error) => void }>}
   */
  #kept = new Map();
  #keptIds = 0;
  /** @type {number | undefined} */
  #timer;
  /** Whether some of the engine is still on its way. */
  #downloading = false;
  /** @type {number | undefined} */
  #idleTimer;
  /** Whether this browser still has to keep what makes the next start short. */
  #unkept = false;
  /** @type {Worker | undefined} */
  #keeper;
  #onState;
  #onResponse;
  #messages;

  /** @param {Engines.Options} options */
  constructor({ runtime, onState, onResponse, messages }) {
    this.#messages = { ...MESSAGES, ...messages };
    this.#folder = new URL(runtime, document.baseURI);
    this.#onState = onState;
    this.#onResponse = onResponse;
  }

  /** Start the worker, if it is not started yet. */
  start() {
    if (this.#worker) return;
    this.#onState("loading", {});
    try {
      // After a failure, nothing that an earlier visit has kept is trusted.
      this.#worker = this.#launch(this.#failed ? "fresh" : undefined);
    } catch {
      this.#fail(this.#messages.unsupported);
      return;
    }
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    // A missing worker file fires `error` without a message.
    this.#worker.onerror = () => this.#missing(this.#messages.worker);
    this.#watch();
  }

  /** Ask for one answer; an answer that is not the latest asked for is dropped. */
  ask(/** @type {object} */ request) {
    this.start();
    if (!this.#worker) return;
    this.#latest += 1;
    this.#onState("computing", {});
    this.#watch();
    this.#worker.postMessage({ id: this.#latest, request: JSON.stringify(request) });
  }

  /**
   * Ask for one answer that later requests do not replace; a failure is a sentence to show.
   * @param {object} request @returns {Promise<any>}
   */
  request(request) {
    return new Promise((resolve, reject) => {
      this.start();
      if (!this.#worker) {
        reject(new Error(this.#messages.unsupported));
        return;
      }
      const id = `kept-${(this.#keptIds += 1)}`;
      this.#kept.set(id, { resolve, reject });
      this.#watch();
      this.#worker.postMessage({ id, request: JSON.stringify(request) });
    });
  }

  #launch(/** @type {string | undefined} */ name) {
    return launch(new URL("worker.js", this.#folder), name);
  }

  #receive(/** @type {Engines.Message} */ data) {
    if ("id" in data) this.#answered(data);
    else if (data.type === "progress" || data.type === "download") {
      this.#watch();
      this.#downloading = data.type === "download" && data.done < data.total;
      if (data.type === "progress") this.#onState("loading", data);
      else this.#onState("loading", { download: data });
    } else if (data.type === "failed" && data.missing) this.#missing(data.message);
    else if (data.type === "failed") this.#fail(data.message);
    else {
      this.#unwatch();
      this.#failed = false;
      this.#unkept = !data.restored && mayKeep();
      this.#onState("ready", data);
      if (this.#latest === 0 && this.#kept.size === 0) return;
      this.#onState("computing", {});
      this.#watch();
    }
  }

  #answered(/** @type {Engines.Reply} */ { id, response }) {
    const waiting = this.#kept.get(id);
    if (waiting) {
      this.#kept.delete(id);
      this.#unwatch();
      if (this.#kept.size > 0) this.#watch();
      else this.#rest();
      waiting.resolve(JSON.parse(response));
    } else if (id === this.#latest) {
      this.#unwatch();
      this.#rest();
      this.#onResponse(JSON.parse(response));
    }
  }

  /** Nothing is asked: if that lasts, another worker keeps the memory of a start of its own. */
  #rest() {
    this.#onState("ready", {});
    clearTimeout(this.#idleTimer);
    if (!this.#unkept) return;
    this.#idleTimer = setTimeout(() => {
      this.#unkept = false;
      this.#keeper = this.#launch("snapshot");
      this.#keeper.onerror = (event) => event.preventDefault(); // nobody waits for it
    }, IDLE);
  }

  #watch() {
    this.#unwatch();
    clearTimeout(this.#idleTimer);
    this.#timer = setTimeout(
      () => this.#fail(this.#messages[this.#downloading ? "stalled" : "slow"]),
      TIMEOUT,
    );
  }

  #unwatch() {
    clearTimeout(this.#timer);
  }

  /** A file is missing: has the site been published again, with another engine? */
  async #missing(/** @type {string} */ message) {
    this.#unwatch();
    const worker = this.#worker;
    let updated = false;
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const response = await fetch(location.href, { cache: "no-store", signal });
      const digest = this.#folder.pathname.split("/").at(-2) ?? "";
      updated = response.ok && !(await response.text()).includes(digest);
    } catch {
      // The site does not answer: that is no news of it.
    }
    if (worker === this.#worker) this.#fail(updated ? this.#messages.updated : message, updated);
  }

  #fail(/** @type {string} */ message, reload = false) {
    this.#unwatch();
    clearTimeout(this.#idleTimer);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#downloading = false;
    this.#failed = true;
    this.#onState("failed", { message, reload });
    for (const { reject } of this.#kept.values()) reject(new Error(message));
    this.#kept.clear();
  }
}

/** Whether this browser has somewhere to keep things, and its reader does not save data. */
function mayKeep() {
  return "caches" in globalThis && !navigator.connection?.saveData;
}
