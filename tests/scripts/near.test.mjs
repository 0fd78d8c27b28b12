// The name of a commune in the addresses of the State's platform.

import assert from "node:assert/strict";
import { test } from "node:test";

import { communeCode } from "../../docs/assets/scripts/shared/near.js";

test("a commune is written as the State's list writes it", () => {
  for (const [commune, place, code] of [
    ["Mende", "48", "mende-48"],
    ["Mende", "48000", "mende-48"],
    ["Bâgé-le-Châtel", "1", "bage-le-chatel-01"],
    ["L’Haÿ-les-Roses", "94240", "lhay-les-roses-94"],
    ["L'Haÿ-les-Roses", "94", "lhay-les-roses-94"],
    ["Ajaccio", "2A", "ajaccio-2a"],
    ["Ajaccio", "20000", "ajaccio-2a"],
    ["Bastia", "20600", "bastia-2b"],
    [" saint  sulpice ", "01", "saint-sulpice-01"],
    ["St Étienne", "42", "saint-etienne-42"],
    ["Le Lamentin", "97232", "le-lamentin-972"],
  ]) {
    assert.equal(communeCode(commune, place), code);
  }
});

test("what cannot be a commune of a département gives no address", () => {
  for (const [commune, place] of [
    ["", "48"],
    ["Mende", ""],
    ["Mende", "20"],
    ["Mende", "99"],
    ["Mende", "4800"],
    ["Mende", "Lozère"],
    ["!", "48"],
  ]) {
    assert.equal(communeCode(commune, place), "");
  }
});
