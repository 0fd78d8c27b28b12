import assert from "node:assert/strict";
import { test } from "node:test";
import { localFrenchVoice } from "../../docs/assets/scripts/easy_read/voices.js";

test("only a French voice of the device reads: others send the text away", () => {
  const far = { lang: "fr-FR", localService: false };
  const english = { lang: "en-GB", localService: true };
  const near = { lang: "fr_CA", localService: true };
  assert.equal(localFrenchVoice([far, english]), null);
  assert.equal(localFrenchVoice([far, english, near]), near);
  assert.equal(localFrenchVoice([{ lang: "frr", localService: true }]), null);
});
