// Keep of Pyodide's WebAssembly what its own scripts call, and the compiled packages that it loads: it
// exports ten thousand functions for any package. That of the simulators may be placed anywhere in the
// memory: the scripts always place it at one address, and its pointers are written here for that one. Its
// data holds tables of modules that no answer imports, and texts of `help()`: zeros, which compress to
// nothing, take their place, and what only those modules call is emptied (`unused.json`). Its script loses
// the variables of what is gone, and what nothing reaches then.
// Arguments: the folder of the pyodide package, the modules that answers import (one word, commas), the
// folder to write both into, the compiled packages.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import binaryen from "binaryen";

import { cutScript } from "./cut_script.mjs";
import {
  baseGlobals,
  basesOf,
  dataOf,
  isPlaced,
  takeCalls,
  takePointers,
  withoutZeros,
} from "./linked.mjs";

const SCRIPTS = { pyodide: "pyodide.asm.js", "pyodide-workshop": "pyodide.asm.mjs" };

const [folder, modules, target, ...packages] = process.argv.slice(2);
const script = SCRIPTS[basename(folder)];
const bytes = readFileSync(join(folder, "pyodide.asm.wasm"));
const known = new WebAssembly.Module(bytes);
const {
  interpreter,
  functions = "",
  ...unused
} = JSON.parse(readFileSync(join(import.meta.dirname, "unused.json"), "utf-8"))[basename(folder)];
if (createHash("sha256").update(bytes).digest("hex") !== interpreter) {
  throw new Error("unused.json is of another interpreter: run find_unused.mjs, which says how.");
}
const imported = modules.split(",").filter((name) => name in unused);
if (imported.length > 0) throw new Error(`Imported, and left out: ${imported}`);

// The names in the scripts. They give each export to a variable and to `Module` under its name after
// an underscore, `var _free=Module["_free"]=wasmExports["free"]`, which is no use of it; newer ones have
// one list of all these variables before.
const [whole, start] = [script, "pyodide.mjs"].map((name) =>
  readFileSync(join(folder, name), "utf-8"),
);
const LIST = /\bvar (?:_[\w$]+,){1000,}[\w$,]+;/;
const given =
  /\b(?:(?:var )?_[\w$]+=)?(?:Module\["_[\w$]+"\]=)?wasmExports\["[\w$]+"\](?:\.value>>>0)?(?=[;,}])/g;
const used = new Set(
  `${whole}\n${start}`
    .replace(LIST, "")
    .replace(given, "")
    .match(/[\w$]+/g),
);
// The start links the functions that the module imports from itself.
const needed = packages.flatMap((path) =>
  WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(path))),
);
for (const { name } of [...WebAssembly.Module.imports(known), ...needed]) used.add(name);
const isUsed = (name) => used.has(name) || used.has(`_${name}`) || name.startsWith("__wasm_");

// `CompactImports` is a way to write that no browser reads yet, and Safari reads `GC` since 18.2 only.
const { All, CompactImports, GC } = binaryen.Features;
const module = binaryen.readBinary(bytes, All & ~CompactImports & ~GC);
const data = dataOf(bytes);
const bases = isPlaced(module) ? {} : basesOf(whole);
const globals = baseGlobals(module);
const pointers = isPlaced(module) ? new Map() : takePointers(module, globals);
const lost = new Set();
const first = WebAssembly.Module.imports(known).filter(({ kind }) => kind === "function").length;
for (const [from, count] of rangesOf(functions)) {
  for (let place = first + from; place < first + from + count; place += 1) {
    const one = module.getFunctionByIndex(place);
    binaryen.Function.setBody(one, module.unreachable());
    lost.add(binaryen.getFunctionInfo(one).name);
  }
}
if (lost.size > 0) takeCalls(module, lost);
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
for (const [start, length] of rangesOf(Object.values(unused).join(" "))) {
  placed.fill(0, start, start + length);
}
for (const [at, { base, number }] of pointers) placed.writeInt32LE(number + bases[base], at);
const cut = withoutZeros(written, placed);
writeFileSync(join(target, "pyodide.asm.wasm"), cut);
const compiled = new WebAssembly.Module(cut);
const imports = WebAssembly.Module.imports(compiled).concat(needed);
writeFileSync(
  join(target, script),
  cutScript(
    withoutLostNames(whole),
    new Set(imports.map(({ name }) => name)),
    new Set(start.match(/[\w$]+/g)),
  ),
);

/** Read "3+2 9+1" as [[3, 2], [9, 1]]: starts and lengths. */
function rangesOf(text) {
  const words = text.split(" ").filter(Boolean);
  return words.map((word) => word.split("+").map(Number));
}

/** Drop the variables of exports that nothing uses. */
function withoutLostNames(text) {
  const line =
    /(?<=[;{])(?:var )?(_[\w$]+)=Module\["_[\w$]+"\]=wasmExports\["([\w$]+)"\](?:\.value>>>0)?(?:;|(?=\}))/g;
  const gone = new Set();
  const rest = text.replace(line, (whole, variable, name) => {
    if (isUsed(name)) return whole;
    gone.add(variable);
    return "";
  });
  return rest.replace(LIST, (list) => {
    const kept = list.slice("var ".length, -1).split(",");
    return `var ${kept.filter((name) => !gone.has(name)).join(",")};`;
  });
}
