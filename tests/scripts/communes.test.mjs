// « Votre commune ou code postal », on the true list of communes: what people type, and what they mean.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { search } from "../../docs/assets/scripts/near/communes.js";
import { communeCode } from "../../docs/assets/scripts/shared/near.js";

// The files as the build writes them.
const made = JSON.parse(
  execFileSync(
    ".venv/bin/python",
    [
      "-c",
      "import json; from pathlib import Path; from generator.content import communes; from generator.publish import commune_files; places = communes.read(Path('node_modules')); print(json.dumps({'files': commune_files.files(places), 'slugs': [[one.name, one.department, one.slug] for one in places.communes.values()]}, ensure_ascii=False))",
    ],
    { maxBuffer: 1e8, encoding: "utf8", env: { ...process.env, PYTHONIOENCODING: "utf-8" } },
  ),
);
const read = new Set();
const load = async (name) => {
  read.add(name);
  return made.files[name];
};
const weight = (name) => gzipSync(JSON.stringify(made.files[name])).length;

async function first(text) {
  const { communes, departments, problem } = await search(text, load);
  const [one] = communes;
  if (one) return `${one.today ?? one.name} ${one.code}`;
  return departments[0] ? `${departments[0].name} (${departments[0].code})` : problem;
}

test("a commune is found as people write it", async () => {
  for (const [typed, meant] of [
    ["Mende", "Mende 48095"],
    ["mende", "Mende 48095"],
    ["48000", "Mende 48095"],
    ["48 000", "Mende 48095"],
    ["mende 48000", "Mende 48095"],
    ["48000 mende", "Mende 48095"],
    ["st denis", "Saint-Denis 974"],
    ["st denis 93", "Saint-Denis 93066"],
    ["93200", "Saint-Denis 93066"],
    ["ste genevieve des bois", "Sainte-Geneviève-des-Bois 91549"],
    ["l'hay", "L'Haÿ-les-Roses 94038"],
    ["L’HAŸ LES ROSES", "L'Haÿ-les-Roses 94038"],
    ["lhay les roses", "L'Haÿ-les-Roses 94038"],
    ["la rochelle", "La Rochelle 17300"],
    ["rochelle", "La Rochelle 17300"],
    ["vandoeuvre", "Vandœuvre-lès-Nancy 54547"],
    ["bage le chatel", "Bâgé-le-Châtel 01026"],
    ["montreuil s bois", "name"],
    ["chalons en champagne", "Châlons-en-Champagne 51108"],
    ["paris 11", "Paris 75056"],
    ["paris 11e", "Paris 75056"],
    ["75011", "Paris 75056"],
    ["marseille 3e arrondissement", "Marseille 13055"],
    ["lyon cedex", "Lyon 69123"],
    ["arbignieu", "Arboys en Bugey 01015"],
    ["ajaccio", "Ajaccio 2A004"],
    ["20000", "Ajaccio 2A004"],
    ["20600", "Bastia 2B033"],
    ["st pierre 974", "Saint-Pierre 97416"],
    ["97410", "Saint-Pierre 97416"],
    ["mamoudzou", "Mamoudzou 97611"],
    ["97600", "Mamoudzou 97611"],
    ["48250", "Mont Lozère et Goulet 48027"],
    ["lozère", "Lozère (48)"],
    ["48", "Lozère (48)"],
    ["1", "Ain (01)"],
    ["2a", "Corse-du-Sud (2A)"],
    ["974", "La Réunion (974)"],
  ]) {
    const found = await first(typed);
    assert.ok(String(found).startsWith(meant), `« ${typed} » : ${found}`);
  }
});

test("what is not found is said, each time for its reason", async () => {
  for (const [typed, problem] of [
    ["", "short"],
    ["l", "short"],
    ["4800", "unfinished"],
    ["99999", "postcode"],
    ["480000", "postcode"],
    ["98800", "elsewhere"],
    ["97150", "elsewhere"],
    ["xyzzy", "name"],
  ]) {
    assert.equal((await search(typed, load)).problem, problem, `« ${typed} »`);
  }
});

test("every commune is found by its name and its number, and by its postcode", async () => {
  const all = Object.entries(made.files).filter(([name]) => /\d/.test(name));
  let found = 0;
  for (const [department, rows] of all) {
    // One in nine: the whole list takes too long.
    for (let place = rows.length % 9; place < rows.length; place += 9) {
      const [name, code, postcodes] = rows[place];
      const { communes } = await search(`${name} ${department}`, load);
      assert.ok(
        communes.some((one) => one.code === code),
        `${name} ${department}`,
      );
      const there = await search(postcodes.split(" ")[0], load);
      assert.ok(
        there.communes.some((one) => one.code === code),
        `${name} ${postcodes}`,
      );
      found += 1;
    }
  }
  assert.ok(found > 3_000);
});

test("a choice asks for less than 60 kB", async () => {
  assert.equal(Object.keys(made.files).length, 1 + 26 + 101);
  for (const name of Object.keys(made.files)) {
    assert.ok(weight("index") + weight(name) < 60_000, `${name}: ${weight(name)}`);
  }
  read.clear();
  await search("saint-sulpice", load);
  assert.deepEqual([...read], ["index", "s"]);
});

test("the page and the build name each commune alike in the platform's addresses", () => {
  for (const [name, department, wanted] of made.slugs) {
    assert.equal(communeCode(name, department), wanted);
  }
  const known = new Set(made.slugs.map(([, , wanted]) => wanted));
  for (const one of [
    "saint-sulpice-01",
    "bage-le-chatel-01",
    "mende-48",
    "lhay-les-roses-94",
    "ajaccio-2a",
    "vanduvre-les-nancy-54",
  ]) {
    assert.ok(known.has(one), one);
  }
  // No two communes of a département share one.
  assert.equal(known.size, made.slugs.length);
});
