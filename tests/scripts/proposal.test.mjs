// The workshop: the message that proposes a change, and what the buttons above a text write.

import assert from "node:assert/strict";
import { test } from "node:test";

import { mail } from "../../docs/assets/scripts/workshop/mail.js";
import {
  around,
  before,
  chosen,
  instead,
  link,
} from "../../docs/assets/scripts/workshop/toolbar.js";

const MESSAGE = {
  subject: "Proposition : SIAE",
  changes: "SIAE : {site}glossaire/siae/",
  files: "=== fichier a",
  name: "proposition.txt",
};
const SITE = { contact: "contact@exemple.fr", home: "https://exemple.fr/" };

test("a short proposal is whole in the address, a long one is joined as a file", () => {
  const short = mail(MESSAGE, SITE);
  assert.ok(short.whole);
  assert.match(
    short.address,
    /^mailto:contact@exemple\.fr\?subject=Proposition%20%3A%20SIAE&body=/,
  );
  assert.match(decodeURIComponent(short.address), /https:\/\/exemple\.fr\/glossaire\/siae\//);
  const long = mail({ ...MESSAGE, files: "x".repeat(5_000), changes: "é".repeat(5_000) }, SITE);
  assert.equal(long.whole, false);
  assert.ok(long.address.length <= 1_800);
  assert.match(decodeURIComponent(long.address), /« proposition\.txt » est joint/);
  assert.ok(long.text.endsWith("x".repeat(5_000)));
});

test("without an address to write to there is none, and the text is the same", () => {
  for (const contact of [null, "https://exemple.fr/contact"]) {
    const { address, text } = mail(MESSAGE, { ...SITE, contact });
    assert.equal(address, null);
    assert.match(text, /=== fichier a$/);
  }
});

test("bold keeps the spaces outside, a list marks each line as a paragraph of its own", () => {
  assert.deepEqual(around("un mot ici", 3, 7, "**"), { text: "un **mot** ici", start: 5, end: 8 });
  assert.equal(before("Avant.\nun\ndeux", 7, 14, "- ").text, "Avant.\n\n- un\n- deux");
  assert.equal(before("- un", 0, 4, "- ").text, "- un");
  assert.equal(instead("a b c", 2, 3, "x").text, "a x c");
});

test("a link is written as the site reads it, from a title or an id", () => {
  assert.equal(link("terme:", "siae", "une [SIAE]", ""), "[une SIAE](terme:siae)");
  assert.equal(
    link("article:", "R5132-1-7", "l’article", 'dit "six" mois'),
    '[l’article](article:R5132-1-7 "dit ’six’ mois")',
  );
  const known = { siae: "Structure de l’insertion (SIAE)" };
  assert.equal(chosen(known, "structure de l'insertion (siae)"), "siae");
  assert.equal(chosen(known, "SIAE"), "siae");
  assert.equal(chosen(known, "rien"), undefined);
});
