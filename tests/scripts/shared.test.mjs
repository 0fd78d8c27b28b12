// What several scripts share: what a tab keeps, the elements they make.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { element, slot } from "../../docs/assets/scripts/shared/dom.js";
import { forget, keep, kept } from "../../docs/assets/scripts/shared/storage.js";

afterEach(() => {
  delete globalThis.sessionStorage;
  delete globalThis.document;
});

/** Give this tab a storage, as browsers do: its keys are its own properties. */
function storage() {
  const methods = {
    setItem(key, text) {
      this[key] = text;
    },
    getItem(key) {
      return this[key] ?? null;
    },
    removeItem(key) {
      delete this[key];
    },
  };
  globalThis.sessionStorage = Object.create(methods);
}

test("a text is kept under its name, and an empty one is forgotten", () => {
  storage();
  keep("faits", "{}");
  assert.equal(kept("faits"), "{}");
  keep("faits", "");
  assert.equal(kept("faits"), "");
  assert.deepEqual(Object.keys(sessionStorage), []);
});

test("what another page of the same origin keeps is not ours to forget", () => {
  storage();
  sessionStorage.setItem("autre", "1");
  keep("faits", "{}");
  forget();
  assert.deepEqual(Object.keys(sessionStorage), ["autre"]);
});

test("where storage is refused, nothing is kept and nothing fails", () => {
  Object.defineProperty(globalThis, "sessionStorage", {
    configurable: true,
    get() {
      throw new Error("refused");
    },
  });
  keep("faits", "{}");
  assert.equal(kept("faits"), "");
  forget();
});

test("what an element holds is text, whatever it looks like", () => {
  const made = { attributes: {}, content: [] };
  made.setAttribute = (key, value) => (made.attributes[key] = value);
  made.append = (...content) => made.content.push(...content);
  globalThis.document = { createElement: (name) => Object.assign(made, { name }) };
  element("p", { class: "help" }, "<b>", "deux");
  assert.equal(made.name, "p");
  assert.deepEqual(made.attributes, { class: "help" });
  assert.deepEqual(made.content, ["<b>", "deux"]);
});

test("a place is found by its name", () => {
  const node = { querySelector: (selector) => selector };
  assert.equal(slot(node, "summary"), '[data-slot="summary"]');
});
