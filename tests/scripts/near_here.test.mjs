// « Autour de moi »: what the device says, and the commune that the directory knows nearest to it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { communeNear, locate } from "../../docs/assets/scripts/near/here.js";

/** A device that answers with a place, or with the code of a problem. */
function device(answer) {
  return {
    getCurrentPosition(found, failed, options) {
      this.options = options;
      if (typeof answer === "number") failed({ code: answer });
      else found({ coords: answer });
    },
  };
}

test("a device says where it is, and how precisely", async () => {
  const its = device({ longitude: 3.5, latitude: 44.5, accuracy: 12_000 });
  assert.deepEqual(await locate(its), { place: [3.5, 44.5], precision: 12 });
  assert.ok(its.options.timeout > 0, "nobody waits for ever");
});

test("a refusal, a device that does not know, one that is too slow are told apart", async () => {
  await assert.rejects(locate(device(1)), { message: "refused" });
  await assert.rejects(locate(device(2)), { message: "nowhere" });
  await assert.rejects(locate(device(3)), { message: "slow" });
});

const FILES = {
  "lignes/index": {
    boxes: { 30: [3.6, 43.5, 4.8, 44.4], 48: [3, 44.2, 4, 45], 59: [2, 50, 4, 51] },
  },
  "lignes/30": { communes: { 30007: [4.08, 44.12] } },
  "lignes/48": { communes: { 48095: [3.5, 44.52], 48061: [3.6, 44.32] } },
  "communes/30": [["Alès", "30007", "30100"]],
  "communes/48": [
    ["Mende", "48095", "48000"],
    ["Florac Trois Rivières", "48061", "48400"],
  ],
};

/** Find the commune near a place, with the names of the files that were read. */
async function found(longitude, latitude) {
  const asked = [];
  const commune = await communeNear([longitude, latitude], async (name) => {
    asked.push(name);
    return FILES[name];
  });
  return { name: commune?.name, department: commune?.department, asked };
}

test("the nearest commune is found in the files of the départements that may hold it", async () => {
  const inMende = await found(3.51, 44.53);
  assert.deepEqual(inMende, {
    name: "Mende",
    department: "48",
    asked: ["lignes/index", "lignes/48", "communes/48"],
  });
  // In the box of Lozère, and nearer to a commune of Gard.
  const { name, department, asked } = await found(3.95, 44.21);
  assert.deepEqual([name, department], ["Alès", "30"]);
  assert.ok(asked.includes("lignes/48"));
  assert.ok(!asked.includes("lignes/59"));
});

test("far from all that the directory knows, no commune is told", async () => {
  assert.deepEqual(await found(-0.12, 51.5), {
    name: undefined,
    department: undefined,
    asked: ["lignes/index"],
  });
});
