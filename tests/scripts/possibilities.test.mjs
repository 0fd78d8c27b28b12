// Many possibilities of two missing answers are said in few rows, and none is lost.

import assert from "node:assert/strict";
import { test } from "node:test";

import { gathered, saidShortly } from "../../docs/assets/scripts/calculator/possibilities.js";

const SENT = ["prescriber", "guide", "person", "structure", "nobody"];
const MADE = ["prescriber", "structure", "none"];
const ROWS = SENT.flatMap((sent) =>
  MADE.map((made) => [
    [sent, made],
    sent === "prescriber" || made === "prescriber" ? "lifted" : "waits",
  ]),
);

test("fifteen possibilities of the waiting period are three rows", () => {
  assert.deepEqual(gathered(structuredClone(ROWS)), [
    [[["prescriber"], MADE], "lifted"],
    [[SENT.slice(1), ["prescriber"]], "lifted"],
    [[SENT.slice(1), MADE.slice(1)], "waits"],
  ]);
});

test("each possibility is in one row, which has its verdict", () => {
  const told = gathered(structuredClone(ROWS)).flatMap(([sets, verdict]) =>
    sets[0].flatMap((sent) => sets[1].map((made) => [[sent, made], verdict])),
  );
  assert.deepEqual(new Set(told.map(String)), new Set(ROWS.map(String)));
  assert.equal(told.length, ROWS.length);
});

test("a set is said by what it holds, or by what it leaves out when that is shorter", () => {
  assert.equal(saidShortly(MADE, MADE, "all but"), "");
  assert.equal(saidShortly(["none"], MADE, "all but"), "«\u00a0none\u00a0»");
  assert.equal(saidShortly(SENT.slice(1), SENT, "all but"), "all but «\u00a0prescriber\u00a0»");
});
