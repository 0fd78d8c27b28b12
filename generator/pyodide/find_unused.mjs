// Find what no answer needs in the data of an interpreter, and write it in `unused.json`, which the
// build empties. To run when the version of Pyodide changes, and only then:
//
//     node generator/pyodide/find_unused.mjs LIB_DYNLOAD
//
// Only what is surely known is listed, with the SHA-256 of the interpreter in which it was found:
// - tables of modules for other alphabets, found by their content in the modules of a CPython of the
//   same version, LIB_DYNLOAD: `python3.13 -c "import _codecs_jp; print(_codecs_jp.__file__)"`;
// - the names of those modules in the list of built-in ones, so that importing one fails;
// - texts of `help()`, found by the structures that name them.
// Nothing is listed that something names the middle of.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import binaryen from "binaryen";

import { baseGlobals, dataOf, takePointers } from "./linked.mjs";

const MODULES = join(import.meta.dirname, "../../node_modules");
const CODECS = ["cn", "hk", "iso2022", "jp", "kr", "tw"].map((name) => `_codecs_${name}`);
/** The modules that go, by the package whose interpreter loses them: the workshop compares letters. */
const LEFT_OUT = { pyodide: [...CODECS, "unicodedata"] };

const STEP = 64; // bytes that are compared first
const KINDS = 6; // different bytes in them, at least: zeros are everywhere
const GAP = Buffer.alloc(16); // zeros, between which one table may end and another begin
const LEAST = 256; // bytes of a table
const MARGIN = 32; // bytes left at each end, which may be a neighbour's that are equal by chance

/** The places of the data where a table of a compiled module stands, as [start, end]. */
function sharedWith(data, places, compiled) {
  const found = [];
  for (let at = 0; at + STEP < compiled.length; at += 1) {
    const runs = (places.get(compiled.toString("latin1", at, at + STEP)) ?? []).map((place) => {
      let [before, after] = [0, STEP];
      while (
        place > before &&
        at > before &&
        data[place - before - 1] === compiled[at - before - 1]
      )
        before += 1;
      while (at + after < compiled.length && data[place + after] === compiled[at + after])
        after += 1;
      return [place - before, place + after];
    });
    runs.sort((one, other) => other[1] - other[0] - (one[1] - one[0]));
    if (runs.length === 0) continue;
    const [[start, end]] = runs;
    found.push([start, end]);
    at = Math.max(at, at + (end - start) - STEP - 1);
  }
  return found.flatMap(([start, end]) => split(data, start, end));
}

/** Cut a run at its zeros, leave out what is short, and the ends of the rest. */
function split(data, start, end) {
  const parts = [];
  for (let from = start; from < end; ) {
    const gap = data.indexOf(GAP, from);
    const to = gap < 0 || gap > end ? end : gap;
    if (to - from >= LEAST) parts.push([from + MARGIN, to - MARGIN]);
    from = to;
    while (from < end && data[from] === 0) from += 1;
  }
  return parts;
}

/** Where each 64 bytes stand in the data: one place in four. */
function placesOf(data) {
  const places = new Map();
  for (let at = 0; at + STEP < data.length; at += 4) {
    const part = data.subarray(at, at + STEP);
    if (new Set(part).size < KINDS) continue;
    const text = part.toString("latin1");
    places.set(text, [...(places.get(text) ?? []), at]);
  }
  return places;
}

/**
 * The texts of `help()`: of methods (name, function, flags, text), of attributes (name, function that
 * reads, one that writes or none, text), of types made from slots (number 56, text).
 */
function docstrings(data, pointers) {
  const isTo = (at, base) => pointers.get(at)?.base === `__${base}_base`;
  const textAt = (at) => data.toString("latin1", at, data.indexOf(0, at));
  const found = new Set();
  for (const [at, { base, number }] of pointers) {
    const isNamed =
      base === "__table_base" &&
      isTo(at - 4, "memory") &&
      isTo(at + 8, "memory") &&
      /^[A-Za-z_]\w*$/.test(textAt(pointers.get(at - 4).number));
    const isMethod = !pointers.has(at + 4) && data.readUInt32LE(at + 4) < 0x1000;
    if (isNamed && (isMethod || isTo(at + 4, "table"))) found.add(pointers.get(at + 8).number);
    const DOC = 56; // Py_tp_doc
    const isSlot = base === "__memory_base" && !pointers.has(at - 4);
    if (isSlot && data.readUInt32LE(at - 4) === DOC) found.add(number);
  }
  return [...found].map((start) => [start, data.indexOf(0, start)]);
}

/** The modules of the list of built-in ones, by their names: where each name stands. */
function builtins(module, data, pointers) {
  const { value } = binaryen.getExportInfo(module.getExport("PyImport_Inittab"));
  const address = binaryen.getExpressionInfo(
    binaryen.getGlobalInfo(module.getGlobal(value)).init,
  ).value;
  const found = new Map();
  for (let at = pointers.get(address).number; pointers.has(at); at += 8) {
    const { number } = pointers.get(at);
    const end = data.indexOf(0, number);
    found.set(data.toString("latin1", number, end), [number, end]);
  }
  return found;
}

/** All numbers of the code: any may be an address. */
function numbersOf(module) {
  const found = module.emitText().matchAll(/(?:i32\.const | offset=)(\d+)/g);
  return Array.from(found, ([, number]) => Number(number));
}

function unusedOf(name, compiled) {
  const bytes = readFileSync(join(MODULES, name, "pyodide.asm.wasm"));
  const { All, CompactImports } = binaryen.Features;
  const module = binaryen.readBinary(bytes, All & ~CompactImports);
  const data = dataOf(bytes);
  const pointers = takePointers(module, baseGlobals(module));
  const named = [...pointers.values()].filter(({ base }) => base === "__memory_base");
  const inCode = numbersOf(module);
  const inData = named.map(({ number }) => number);
  const addresses = Uint32Array.from(new Set([...inCode, ...inData])).sort();
  /** Whether nothing names a place after the first one of a text: another text may share its end. */
  const isWhole = ([start, end]) => {
    let [low, high] = [0, addresses.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (addresses[middle] <= start) low = middle + 1;
      else high = middle;
    }
    return low === addresses.length || addresses[low] > end;
  };
  const codes = new Set(inCode);
  const places = placesOf(data);
  const known = builtins(module, data, pointers);
  const found = {};
  for (const one of LEFT_OUT[name]) {
    const file = readdirSync(compiled).find((path) => path.startsWith(`${one}.`));
    const tables = sharedWith(data, places, readFileSync(join(compiled, file)));
    found[one] = [known.get(one), ...tables];
  }
  const texts = docstrings(data, pointers);
  found.docstrings = texts.filter(
    (text) => text[1] > text[0] && isWhole(text) && !codes.has(text[0]),
  );
  for (const [one, ranges] of Object.entries(found)) {
    const sorted = ranges.sort(([first], [second]) => first - second);
    const told = sorted.map(([start, end]) => `${start}+${end - start}`);
    found[one] = [...new Set(told)].join(" ");
  }
  return { interpreter: createHash("sha256").update(bytes).digest("hex"), ...found };
}

const [compiled] = process.argv.slice(2);
const all = Object.keys(LEFT_OUT).map((name) => [name, unusedOf(name, compiled)]);
const text = JSON.stringify(Object.fromEntries(all), undefined, 2);
writeFileSync(join(import.meta.dirname, "unused.json"), `${text}\n`);
