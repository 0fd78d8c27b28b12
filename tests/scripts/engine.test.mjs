// The page's side of the worker: a minute counts only while nothing moves.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

let workers = [];
globalThis.document = { querySelector: () => null, baseURI: "https://site.example/" };
globalThis.location = { hash: "" };
globalThis.Worker = class {
  posted = [];
  terminated = false;
  constructor() {
    workers.push(this);
  }
  postMessage(message) {
    this.posted.push(message);
  }
  terminate() {
    this.terminated = true;
  }
};
const { Engine } = await import("../../docs/assets/scripts/shared/engine.js");

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => {
  mock.timers.reset();
  workers = [];
});

/** Start an engine; return it with the states that it tells, and a way to speak as its worker. */
function started() {
  const states = [];
  const responses = [];
  const engine = new Engine({
    runtime: "runtime/0/",
    onState: (state, detail) => states.push([state, detail]),
    onResponse: (response) => responses.push(response),
  });
  engine.ask({ calculator: "carence" });
  const hear = (data) => workers.at(-1).onmessage({ data });
  return { engine, states, responses, hear };
}

test("a download that goes on for five minutes is not cut, and its bytes are told", () => {
  const { states, responses, hear } = started();
  for (let step = 1; step <= 6; step += 1) {
    mock.timers.tick(50_000);
    hear({ type: "download", done: step * 500_000, total: 3_300_000 });
  }
  assert.deepEqual(states.at(-1)[1].download.done, 3_000_000);
  hear({ type: "ready", versions: {}, restored: true });
  mock.timers.tick(59_000);
  hear({ id: 1, response: '{"type":"result"}' });
  assert.deepEqual(responses, [{ type: "result" }]);
  assert.ok(!states.some(([state]) => state === "failed"));
});

test("a download that stops is told after a minute, and not as a silence of Python", () => {
  const { states, hear } = started();
  hear({ type: "download", done: 1, total: 3 });
  mock.timers.tick(59_000);
  assert.notEqual(states.at(-1)[0], "failed");
  mock.timers.tick(1_000);
  assert.equal(states.at(-1)[0], "failed");
  assert.match(states.at(-1)[1].message, /téléchargement n’avance plus/);
  assert.ok(workers[0].terminated);
});

test("a Python that stays silent for a minute is stopped, after its download too", () => {
  const { states, hear } = started();
  hear({ type: "download", done: 3, total: 3 });
  hear({ type: "ready", versions: {}, restored: true });
  mock.timers.tick(60_000);
  assert.match(states.at(-1)[1].message, /ne répond pas depuis une minute/);
});

test("an answer that is not the latest asked for is dropped", () => {
  const { engine, responses, hear } = started();
  engine.ask({ calculator: "carence" });
  hear({ type: "ready", versions: {}, restored: true });
  hear({ id: 1, response: '{"type":"result","of":1}' });
  hear({ id: 2, response: '{"type":"result","of":2}' });
  assert.deepEqual(responses, [{ type: "result", of: 2 }]);
});
