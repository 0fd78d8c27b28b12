// The drafts of the workshop: what is kept, and what becomes of a field that two people changed.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { solved, words } from "../../docs/assets/scripts/workshop/conflicts.js";
import {
  draftOf,
  drafts,
  forgetDraft,
  keepDraft,
  keepsDrafts,
  noteProposed,
} from "../../docs/assets/scripts/workshop/drafts.js";

afterEach(() => {
  delete globalThis.localStorage;
});

function storage() {
  const kept = new Map();
  globalThis.localStorage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => kept.set(name, text),
    removeItem: (name) => kept.delete(name),
  };
}

const TERM = { kind: "term", file: "data/glossary/aci.yaml", part: "" };
const RULE = { kind: "rule", file: "data/rules/carence.yaml", part: "parameters.duree" };

test("every draft is kept, the last typed last, and the forge changes no order", () => {
  storage();
  assert.ok(keepDraft({ ...TERM, value: 1 }));
  assert.ok(keepDraft({ ...RULE, value: 2 }));
  noteProposed(TERM, "2026-11-27");
  assert.deepEqual(
    drafts().map(({ value, proposed }) => [value, proposed]),
    [
      [1, "2026-11-27"],
      [2, undefined],
    ],
  );
  keepDraft({ ...TERM, value: 3 });
  assert.deepEqual(
    drafts().map(({ value }) => value),
    [2, 3],
  );
  forgetDraft(RULE);
  assert.equal(draftOf(RULE), undefined);
  noteProposed(RULE, "2026-11-27");
  assert.equal(drafts().length, 1);
});

test("a browser that stores nothing says so, and breaks nothing", () => {
  globalThis.localStorage = {
    getItem() {
      throw new Error("refused");
    },
    removeItem() {
      throw new Error("refused");
    },
    setItem() {
      throw new Error("refused");
    },
  };
  assert.equal(keepsDrafts(), false);
  assert.equal(keepDraft({ ...TERM, value: 1 }), false);
  assert.deepEqual(drafts(), []);
  storage();
  assert.equal(keepsDrafts(), true);
});

test("the side that is chosen is written at its place, and the other choices stay", () => {
  const value = { title: "A", figures: [{ value: "1" }, { value: "2" }, { value: "3" }] };
  const first = { field: ["title"], mine: "A", theirs: "B" };
  const gone = { field: ["figures", 1], mine: null, theirs: { value: "2" } };
  const last = { field: ["figures", 2, "value"], mine: "3", theirs: 4 };
  const all = [first, gone, last];

  assert.deepEqual(solved(value, all, first, "mine"), { value, conflicts: [gone, last] });
  assert.equal(solved(value, all, first, "theirs").value.title, "B");
  assert.equal(solved(value, all, last, "theirs").value.figures[2].value, 4);

  const taken = solved(value, all, gone, "mine");
  assert.deepEqual(taken.value.figures, [{ value: "1" }, { value: "3" }]);
  assert.deepEqual(taken.conflicts, [first, { ...last, field: ["figures", 1, "value"] }]);
  assert.deepEqual(solved(value, all, gone, "theirs").value, value);

  const key = { field: ["title"], mine: "A", theirs: null };
  const without = solved(value, [key, last], key, "theirs");
  assert.deepEqual(Object.keys(without.value), ["figures"]);
  assert.deepEqual(without.conflicts, [last]);
  assert.equal(value.title, "A");
});

test("a value is told in words, whatever its shape", () => {
  assert.equal(words(null), "Rien : enlevé.");
  assert.equal(words(["a", 2, true, false]), "a\n2\noui\nnon");
  assert.equal(
    words({ label: "Membres", source: { url: "https://a.fr" } }),
    "label : Membres\nurl : https://a.fr",
  );
});
