// Keep the functions of Pyodide's WebAssembly that its own scripts call: it exports ten thousand for
// compiled packages, and nothing here loads one. Arguments: the folder of the pyodide package, the
// file to write.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import binaryen from "binaryen";

const [folder, target] = process.argv.slice(2);
const bytes = readFileSync(join(folder, "pyodide.asm.wasm"));
const known = new WebAssembly.Module(bytes);

// The names in the scripts. They give each export to a variable and to `Module` under its name after
// an underscore, `var _free=Module["_free"]=wasmExports["free"]`, which is no use of it.
const scripts = ["pyodide.asm.js", "pyodide.mjs"].map((name) => readFileSync(join(folder, name)));
const given = /\b(?:var _[\w$]+=)?(?:Module\["_[\w$]+"\]=)?wasmExports\["[\w$]+"\](?=[;,])/g;
const used = new Set(
  scripts
    .join("\n")
    .replace(given, "")
    .match(/[\w$]+/g),
);
// The start links the functions that the module imports from itself.
for (const { name } of WebAssembly.Module.imports(known)) used.add(name);

// `CompactImports` is a way to write that no browser reads yet.
const { All, CompactImports } = binaryen.Features;
const module = binaryen.readBinary(bytes, All & ~CompactImports);
for (const { name } of WebAssembly.Module.exports(known)) {
  const kept = used.has(name) || used.has(`_${name}`) || name.startsWith("__wasm_");
  if (!kept) module.removeExport(name);
}
module.runPasses(["remove-unused-module-elements"]);
writeFileSync(target, module.emitBinary());
