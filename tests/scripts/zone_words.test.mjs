// What the list of FRR communes says of one of them, and when the answer may be proposed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { zoneWords } from "../../docs/assets/scripts/near/zone_words.js";

const ZONE = ["FRR plus", "2025-01-01", "JORFTEXT000049746821", "2024-06-19"];
const text = ({ before, order = "", after = "" }) => before + order + after;

test("a commune that is classed is told with its day, its order, and the proof to bring", () => {
  const said = zoneWords("Mende", ZONE, "2026-11-28");
  assert.equal(
    text(said),
    "Mende\u00a0: cette commune est classée FRR plus depuis le 1er janvier 2025 (arrêté du 19 juin 2024)\u00a0: le justificatif reste à apporter.",
  );
  assert.equal(said.address, "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000049746821");
  assert.equal(said.proposed, true);
});

test("the first day counts, the eve does not", () => {
  assert.equal(zoneWords("Mende", ZONE, "2025-01-01").proposed, true);
  const eve = zoneWords("Mende", ZONE, "2024-12-31");
  assert.equal(eve.proposed, false);
  assert.match(text(eve), /à partir du 1er janvier 2025 seulement/);
});

test("a commune out of the list is proposed nothing, and is not said to be out of the zone", () => {
  const said = zoneWords("Paris", undefined, "2026-11-28");
  assert.equal(said.proposed, false);
  assert.match(said.before, /n’est pas dans la liste/);
});
