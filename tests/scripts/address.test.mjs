// A link that a mail program, a chat or a text editor has damaged says what it said.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import {
  answersOf,
  holdsAnswers,
  writeAddress,
} from "../../docs/assets/scripts/calculator/address.js";

const PAIRS = [
  ["regime", "iae"],
  ["structure", "ei"],
  ["date", "2026-11-21"],
  ["heures", "12.5"],
  ["criteres", "cap_bep"],
];
const LINK = "regime=iae&structure=ei&date=2026-11-21&heures=12.5&criteres=cap_bep";
const again = encodeURIComponent;

/** What each kind of damage makes of the whole link. */
const DAMAGES = {
  none: LINK,
  escaped: LINK.replaceAll("&", "&amp;"),
  "escaped twice": LINK.replaceAll("&", "&amp;amp;"),
  "escaped by number": LINK.replaceAll("&", "&#38;"),
  "a final stop": `${LINK}.`,
  "an ellipsis": `${LINK}...`,
  "an angle": `${LINK}>`,
  "an angle, encoded": `${LINK}%3E`,
  "an angle, escaped": `${LINK}&gt;`,
  "guillemets and a stop": `${LINK}%C2%A0%C2%BB.`,
  "a parenthesis and a comma": `${LINK}),`,
  "a quote": `${LINK}%22`,
  "a final ampersand": `${LINK}&`,
  "encoded whole": again(LINK),
  "encoded twice": again(again(LINK)),
  "encoded, then escaped": again(LINK.replaceAll("&", "&amp;")),
  "escaped, encoded, with a stop": `${again(LINK.replaceAll("&", "&amp;"))}.`,
  "a second sharp": `#${LINK}`,
  "an encoded sharp": `%23${LINK}`,
  "written in mail codes": LINK.replaceAll("=", "=3D"),
  "cut by mail": LINK.replace("2026-11", "2026=%0D%0A-11"),
  "cut by lines": LINK.replace("2026-11", "2026%0A%20-11"),
  "a plus for a space": LINK.replace("&date", "+&date"),
  "unseen signs": LINK.replace("structure", "struc%E2%80%8Bture").replace("cap", "c%C2%ADap"),
  "read as HTML": again(LINK.replace("regime", "\u00aeime").replace("reg", "\u00ae")),
};

for (const [name, text] of Object.entries(DAMAGES)) {
  test(`damage to a link: ${name}`, () => {
    assert.deepEqual(answersOf(text), PAIRS);
    assert.ok(holdsAnswers(`#${text}`));
  });
}

test("what HTML reads as a sign in the middle of a link is read back", () => {
  assert.deepEqual(answersOf("au=2026-01-01®ime=iae¬ification=2026-02-01"), [
    ["au", "2026-01-01"],
    ["regime", "iae"],
    ["notification", "2026-02-01"],
  ]);
});

test("an anchor of the page holds no answers", () => {
  assert.ok(!holdsAnswers("#a-la-main"));
  assert.ok(!holdsAnswers(""));
});

test("a link cut in the middle of a letter, or of a code, keeps what comes before", () => {
  assert.deepEqual(answersOf("debut=2026-01-01&fin=%E2%8"), [
    ["debut", "2026-01-01"],
    ["fin", "%E2%8"],
  ]);
  assert.deepEqual(answersOf("debut=2026-01-01&fin="), [["debut", "2026-01-01"]]);
});

test("rows are packed, in their order, each group by itself", () => {
  const text =
    "suspensions.7.fin=b&suspensions.5.debut=a&suspensions.7.debut=c&prolongations.2.fin=d";
  assert.deepEqual(answersOf(text), [
    ["suspensions.1.fin", "b"],
    ["suspensions.0.debut", "a"],
    ["suspensions.1.debut", "c"],
    ["prolongations.0.fin", "d"],
  ]);
});

test("any two damages, one after the other, leave the answers as they were", () => {
  const damages = [
    (text) => text.replaceAll("&", "&amp;"),
    (text) => `${text}.`,
    (text) => `${text}>`,
    (text) => `<${text}>`,
    again,
    (text) => text.replaceAll("=", "=3D"),
    (text) => `${text.slice(0, 40)}%20${text.slice(40)}`,
  ];
  for (const first of damages) {
    for (const second of damages) assert.deepEqual(answersOf(second(first(LINK))), PAIRS);
  }
});

for (const [browser, refuse] of [
  ["that throws", () => assert.fail("too many")],
  ["that says nothing", () => {}],
]) {
  test(`by a browser ${browser}, the newest address that it refuses is written later, once`, () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const [page, written] = ["https://site.example/page/", []];
    let write = refuse;
    globalThis.document = { baseURI: page };
    globalThis.location = { href: page };
    globalThis.history = { replaceState: (_state, _title, address) => write(address) };
    for (const answer of ["a=1", "a=2"]) {
      writeAddress(
        () => `#${answer}`,
        () => written.push(answer),
      );
    }
    mock.timers.tick(1000); // refused again
    write = (address) => {
      location.href = address;
    };
    assert.deepEqual([location.href, written], [page, []]);
    mock.timers.tick(2000);
    assert.deepEqual([location.href, written], [`${page}#a=2`, ["a=2"]]);
    mock.timers.reset();
  });
}
