// What imports what, among the scripts of the site.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../docs/assets/scripts", import.meta.url));
/** `from "./a.js"`, `import "./a.js"`, `import("./a.js")`, `new URL("a.js", import.meta.url)`. */
const IMPORT =
  /(?:\bfrom |^import |\bimport\()"(\.[^"]+)"|new URL\("([^"]+)", import\.meta\.url\)/gm;

/** Written by the build: it imports nothing. */
const BUILT = "site/engine_files.js";

const names = readdirSync(FOLDER, { recursive: true }).filter((name) => name.endsWith(".js"));
const imports = new Map(
  names.map((name) => {
    const found = [...readFileSync(join(FOLDER, name), "utf-8").matchAll(IMPORT)];
    const paths = found.map(([, one, other]) => normalize(join(dirname(name), one ?? other)));
    return [name, paths.filter((path) => !path.startsWith("..") && path !== BUILT)];
  }),
);

/** Return the first way from a script back to itself, or nothing. */
function circle(name, way = []) {
  if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
  for (const imported of imports.get(name)) {
    const found = circle(imported, [...way, name]);
    if (found) return found;
  }
  return undefined;
}

test("the imports are found, whichever way they are written", () => {
  assert.ok(imports.get("calculator/page.js").includes("calculator/form.js"));
  assert.ok(imports.get("spreadsheet/reader.js").includes("spreadsheet/worker.js"));
  assert.ok(imports.get("spreadsheet/worker.js").includes("spreadsheet/reading.js"));
});

test("every import leads to a script of the site", () => {
  for (const [name, paths] of imports) {
    for (const path of paths) {
      assert.ok(imports.has(path), `${name} imports ${path}`);
    }
  }
});

test("no script imports itself, by any way", () => {
  for (const name of names) assert.equal(circle(name)?.join(" → "), undefined);
});

test("what is shared needs no part of the site", () => {
  for (const [name, paths] of imports) {
    if (!name.startsWith("shared/")) continue;
    const outside = paths.filter((path) => !path.startsWith("shared/"));
    assert.deepEqual(outside, [], name);
  }
});
