// The page's side of the worker: starts it, asks it, and says when it cannot answer.

const TIMEOUT = 60_000; // ms without an answer, after which the worker is stopped

const MESSAGES = {
  worker: "Le fichier du calculateur n'a pas pu être chargé.",
  slow: "Le calculateur ne répond pas depuis une minute.",
  unsupported: "Ce navigateur ne sait pas faire tourner le calculateur.",
};

/** One worker; `onState` is told « loading », « ready », « computing », « failed ». */
export class Engine {
  #worker;
  #latest = 0;
  /** Requests that later ones do not replace, by id: { resolve, reject }. */
  #kept = new Map();
  #keptIds = 0;
  #timer;
  #onState;
  #onResponse;

  constructor({ onState, onResponse }) {
    this.#onState = onState;
    this.#onResponse = onResponse;
  }

  /** Start the worker, if it is not started yet. */
  start() {
    if (this.#worker) return;
    this.#onState("loading", {});
    try {
      this.#worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    } catch {
      this.#fail(MESSAGES.unsupported);
      return;
    }
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    // A missing worker file fires `error` without a message.
    this.#worker.onerror = () => this.#fail(MESSAGES.worker);
    this.#watch();
  }

  /** Ask for one answer; an answer that is not the latest asked for is dropped. */
  ask(request) {
    this.start();
    if (!this.#worker) return;
    this.#latest += 1;
    this.#onState("computing", {});
    this.#watch();
    this.#worker.postMessage({ id: this.#latest, request: JSON.stringify(request) });
  }

  /** Ask for one answer that later requests do not replace; a failure is a sentence to show. */
  request(request) {
    return new Promise((resolve, reject) => {
      this.start();
      if (!this.#worker) {
        reject(new Error(MESSAGES.unsupported));
        return;
      }
      const id = `kept-${(this.#keptIds += 1)}`;
      this.#kept.set(id, { resolve, reject });
      this.#watch();
      this.#worker.postMessage({ id, request: JSON.stringify(request) });
    });
  }

  #receive(data) {
    if (data.type === "progress") this.#onState("loading", data);
    else if (data.type === "failed") this.#fail(data.message);
    else if (data.type === "ready") {
      this.#unwatch();
      this.#onState("ready", data);
      if (this.#latest === 0 && this.#kept.size === 0) return;
      this.#onState("computing", {});
      this.#watch();
    } else if (this.#kept.has(data.id)) {
      const { resolve } = this.#kept.get(data.id);
      this.#kept.delete(data.id);
      this.#unwatch();
      if (this.#kept.size > 0) this.#watch();
      else this.#onState("ready", {});
      resolve(JSON.parse(data.response));
    } else if (data.id === this.#latest) {
      this.#unwatch();
      this.#onState("ready", {});
      this.#onResponse(JSON.parse(data.response));
    }
  }

  #watch() {
    this.#unwatch();
    this.#timer = setTimeout(() => this.#fail(MESSAGES.slow), TIMEOUT);
  }

  #unwatch() {
    clearTimeout(this.#timer);
  }

  #fail(message) {
    this.#unwatch();
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#onState("failed", { message });
    for (const { reject } of this.#kept.values()) reject(new Error(message));
    this.#kept.clear();
  }
}
