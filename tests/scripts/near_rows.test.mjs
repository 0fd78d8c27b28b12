// The rows of the directory: what is near a commune, and what is asked for.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  around,
  asked,
  byDistance,
  kilometres,
  read,
  toBox,
  told,
} from "../../docs/assets/scripts/near/rows.js";

const KINDS = {
  aci: { name: "ACI", page: "structures/aci/", does: "embauche" },
  caf: { name: "CAF", page: "prescripteurs/#caf", does: "prescrit" },
};
const ROWS = read(
  [
    ["1", "Loin", ["aci"], 4.0, 45.0, ["coorace"]],
    ["2", "Près", ["caf"], 3.51, 44.52, null, ["batiment"]],
    ["3", "Nulle part", ["aci", "caf"], null, null, null],
  ],
  ["id", "nom", "types", "longitude", "latitude", "reseaux", "secteurs"],
);

test("what a row lacks is left out", () => {
  assert.deepEqual(ROWS[2], { id: "3", nom: "Nulle part", types: ["aci", "caf"] });
});

test("the nearest come first, and a row without a place has no distance", () => {
  const near = byDistance(ROWS, [3.5, 44.52]);
  assert.deepEqual(
    near.map(({ row }) => row.id),
    ["2", "1"],
  );
  assert.equal(told(near[0].far), "à moins d’un kilomètre");
  assert.equal(told(near[1].far), "à 66\u00a0km");
});

test("one asks for all who hire, one kind, one network, one sector, or all", () => {
  const ids = (kind, network, sector = "") =>
    asked(ROWS, KINDS, { kind, network, sector }).map(({ id }) => id);
  assert.deepEqual(ids("", ""), ["1", "2", "3"]);
  assert.deepEqual(ids("embauche", ""), ["1", "3"]);
  assert.deepEqual(ids("prescrit", ""), ["2", "3"]);
  assert.deepEqual(ids("caf", ""), ["2", "3"]);
  assert.deepEqual(ids("", "coorace"), ["1"]);
  assert.deepEqual(ids("caf", "coorace"), []);
  assert.deepEqual(ids("", "", "batiment"), ["2"]);
});

test("another département is asked for only where it may hold something nearer", () => {
  const boxes = { 48: [3, 44, 4, 45], 30: [3.5, 43.5, 4.8, 44.4], 59: [2, 50, 4, 51] };
  const place = /** @type {[number, number]} */ ([3.5, 44.52]);
  assert.equal(toBox(place, boxes[48]), 0);
  assert.ok(Math.abs(toBox(place, boxes[30]) - 13.3) < 0.1);
  assert.deepEqual(around(place, boxes, "48", 60), ["30"]);
  assert.deepEqual(around(place, boxes, "48", 5), []);
});

test("a distance is that of a map", () => {
  assert.ok(Math.abs(kilometres([2.3522, 48.8566], [4.8357, 45.764]) - 392) < 2);
});
