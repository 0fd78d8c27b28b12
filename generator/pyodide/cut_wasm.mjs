// Keep of Pyodide's WebAssembly what its own scripts call: it exports ten thousand functions for
// compiled packages, and nothing here loads one. It may be placed anywhere in the memory: the scripts
// always place it at one address, and its pointers are written here for that one. Its data holds tables
// of modules that no answer imports, and texts of `help()`: zeros, which compress to nothing, take their
// place (`unused.json`). Its script loses the variables of what is gone, and what nothing reaches then.
// Arguments: the folder of the pyodide package, the modules that answers import (one word, commas), the
// folder to write both into.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import binaryen from "binaryen";

import { cutScript } from "./cut_script.mjs";
import { baseGlobals, basesOf, dataOf, takePointers, withoutZeros } from "./linked.mjs";

const [folder, modules, target] = process.argv.slice(2);
const bytes = readFileSync(join(folder, "pyodide.asm.wasm"));
const known = new WebAssembly.Module(bytes);
const { interpreter, ...unused } = JSON.parse(
  readFileSync(join(import.meta.dirname, "unused.json"), "utf-8"),
).pyodide;
if (createHash("sha256").update(bytes).digest("hex") !== interpreter) {
  throw new Error("unused.json is of another interpreter: run find_unused.mjs, which says how.");
}
const imported = modules.split(",").filter((name) => name in unused);
if (imported.length > 0) throw new Error(`Imported, and left out: ${imported}`);

// The names in the scripts. They give each export to a variable and to `Module` under its name after
// an underscore, `var _free=Module["_free"]=wasmExports["free"]`, which is no use of it.
const scripts = ["pyodide.asm.js", "pyodide.mjs"].map((name) =>
  readFileSync(join(folder, name), "utf-8"),
);
const given = /\b(?:var _[\w$]+=)?(?:Module\["_[\w$]+"\]=)?wasmExports\["[\w$]+"\](?=[;,])/g;
const used = new Set(
  scripts
    .join("\n")
    .replace(given, "")
    .match(/[\w$]+/g),
);
// The start links the functions that the module imports from itself.
for (const { name } of WebAssembly.Module.imports(known)) used.add(name);
const isUsed = (name) => used.has(name) || used.has(`_${name}`) || name.startsWith("__wasm_");

// `CompactImports` is a way to write that no browser reads yet, and Safari reads `GC` since 18.2 only.
const { All, CompactImports, GC } = binaryen.Features;
const module = binaryen.readBinary(bytes, All & ~CompactImports & ~GC);
const data = dataOf(bytes);
const bases = basesOf(scripts[0]);
const globals = baseGlobals(module);
const pointers = takePointers(module, globals);
for (const { name } of WebAssembly.Module.exports(known)) {
  if (!isUsed(name)) module.removeExport(name);
}
for (const [name, base] of Object.entries(globals)) {
  module.removeGlobal(name);
  module.addGlobal(name, binaryen.i32, false, module.i32.const(bases[base]));
}
module.runPasses(["remove-unused-module-elements", "simplify-globals", "precompute"]);
const written = Buffer.from(module.emitBinary());
const placed = dataOf(written);
if (!placed.equals(data)) throw new Error("The data is not where it was.");
for (const range of Object.values(unused).join(" ").split(" ")) {
  const [start, length] = range.split("+").map(Number);
  placed.fill(0, start, start + length);
}
for (const [at, { base, number }] of pointers) placed.writeInt32LE(number + bases[base], at);
writeFileSync(join(target, "pyodide.asm.wasm"), withoutZeros(written));
const imports = WebAssembly.Module.imports(new WebAssembly.Module(written));
const script = cutScript(
  withoutLostNames(scripts[0]),
  new Set(imports.map(({ name }) => name)),
  new Set(scripts[1].match(/[\w$]+/g)),
);
writeFileSync(join(target, "pyodide.asm.js"), script);

/** Drop the variables of exports that nothing uses. */
function withoutLostNames(script) {
  const line = /\bvar _[\w$]+=Module\["_[\w$]+"\]=wasmExports\["([\w$]+)"\];/g;
  return script.replace(line, (whole, name) => (isUsed(name) ? whole : ""));
}
