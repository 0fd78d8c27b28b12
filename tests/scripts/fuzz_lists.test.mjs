// Random lists, from a seed that does not change: the same answers from what says the same, and never
// from what no longer does. `make bench` tries thousands.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fuzz } from "./fuzz_lists.mjs";

test("a hundred and forty lists give the right answers, a question, a refusal, never a wrong one", (context) => {
  const { counts, wrong } = fuzz(20_261_127, 140);
  context.diagnostic(JSON.stringify(counts));
  assert.deepEqual(wrong, []);
  assert.ok(counts.right > 70 && counts.refused > 20 && counts.asked > 10, JSON.stringify(counts));
});
