// The worker that reads and writes files, for the pages that take lists. It starts when it is first asked.

/** @typedef {{ resolve: (done: any) => void, reject: (error: any) => void }} Waiting */

export class Reader {
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Map<number, Waiting>} */
  #asked = new Map();
  #ids = 0;
  #lost;

  /** @param {string} lost the sentence told when the worker stops by itself */
  constructor(lost) {
    this.#lost = lost;
  }

  /**
   * Give the worker a task; what it refuses is thrown as { refused: messages }.
   * @param {string} task @param {object} given @returns {Promise<any>}
   */
  ask(task, given) {
    const worker = (this.#worker ??= this.#start());
    const id = (this.#ids += 1);
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      worker.postMessage({ id, task, given });
    });
  }

  /** Stop the worker, with what it was reading; the next task starts another one. */
  forget() {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#asked = new Map();
  }

  #start() {
    const worker = new Worker(new URL("worker.js", import.meta.url));
    const asked = this.#asked;
    worker.onmessage = ({ data: { id, done, refused: messages } }) => {
      const waiting = asked.get(id);
      asked.delete(id);
      if (messages) waiting?.reject({ refused: messages });
      else waiting?.resolve(done);
    };
    worker.onerror = () => {
      for (const { reject } of asked.values()) reject({ refused: [this.#lost] });
      this.forget();
    };
    return worker;
  }
}
