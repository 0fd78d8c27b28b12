// Find what no answer needs in the data of an interpreter, and write it in `unused.json`, which the
// build empties. To run when the version of Pyodide changes, and only then:
//
//     node generator/pyodide/find_unused.mjs LIB_DYNLOAD
//
// Only what is surely known is listed, with the SHA-256 of the interpreter in which it was found:
// - tables of modules for other alphabets, found by their content in the modules of a CPython of the
//   same version, LIB_DYNLOAD: `python3.13 -c "import _codecs_jp; print(_codecs_jp.__file__)"`;
// - the names of those modules in the list of built-in ones, so that importing one fails;
// - texts of `help()`, found by the structures that name them;
// - for the workshop, whose interpreter holds a database, three compressions and the tests of Python:
//   the functions that only those call, found by their neighbours (see `lostFunctions`).
// Nothing is listed that something names the middle of.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import binaryen from "binaryen";

import { baseGlobals, dataOf, isPlaced, takePointers } from "./linked.mjs";

const MODULES = join(import.meta.dirname, "../../node_modules");
const CODECS = ["cn", "hk", "iso2022", "jp", "kr", "tw"].map((name) => `_codecs_${name}`);
const TESTS = ["buffer", "capi", "clinic", "clinic_limited", "internalcapi", "limitedcapi"];
/** The modules that go, by the package whose interpreter loses them: the workshop compares letters. */
const LEFT_OUT = {
  pyodide: [...CODECS, "unicodedata"],
  "pyodide-workshop": [
    ...[...CODECS, "_multibytecodec", "_bz2", "_ctypes", "_lzma", "_remote_debugging", "_sqlite3"],
    ...["_xxtestfuzz", "_zstd", "xxsubtype", ...TESTS.map((one) => `_test${one}`)],
  ],
};
/**
 * What only they call, from an exported function to the one before another. A compiler writes a file
 * from its first function that others may call on: a module's is the one that starts it.
 */
const FUNCTIONS = {
  pyodide: [],
  "pyodide-workshop": [
    ["PyInit__ctypes", "PyInit__posixsubprocess"],
    ["PyInit__bz2", "PyInit_zlib"],
    // Several files, the first of which start before: the first function that calls the database.
    ["sqlite3_", "PyInit_array"], // and the modules of two compressions
    ["PyInit__remote_debugging", "PyInit__struct"],
    ["PyInit__codecs_cn", "PyInit_unicodedata"],
    ["PyInit_xxsubtype", "PyInit__testclinic_limited"],
    ["lzma_version_number", "SDL_GL_GetProcAddress"], // two compressions around the database
    ["BZ2_blockSort", "adler32_z"],
    ["_ZNSt3__26__sortIRNS_6__lessIccEEPcEEvT0_S5_T_", "__cxa_allocate_exception"], // C++
  ],
};
const CONSTRUCTORS = "__wasm_call_ctors";

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

/** What the words of the data are, when its pointers were taken out of the function that writes them. */
function linkedWords(pointers) {
  return {
    places: [...pointers.keys()],
    isTo: (at, base) => pointers.get(at)?.base === `__${base}_base`,
    isNumber: (at) => !pointers.has(at),
    numberAt: (at) => pointers.get(at)?.number ?? 0,
    isText: () => true,
    named: [...pointers.values()]
      .filter(({ base }) => base === "__memory_base")
      .map(({ number }) => number),
    signed: [],
  };
}

/**
 * The same where they are written already: any word may be one, and texts must look like some. A number
 * that may be a place of the table is none of the memory.
 */
function placedWords(data, slots) {
  const numberAt = (at) => data.readUInt32LE(at);
  const places = Array.from(
    { length: (data.length - FIRST - 8) >> 2 },
    (_, index) => FIRST + 4 * index,
  );
  const isMemory = (number) => number >= FIRST && number < data.length;
  const isText = (at) =>
    data[at - 1] === 0 && /^[ -~][ -~\n]*[ \n(]/.test(data.toString("latin1", at, at + 200));
  return {
    places,
    isTo: (at, base) =>
      base === "memory"
        ? numberAt(at) >= slots && isMemory(numberAt(at))
        : numberAt(at) > 0 && numberAt(at) < slots,
    isNumber: () => true,
    numberAt,
    isText,
    named: places.map(numberAt).filter(isMemory),
    signed: signedTexts(data),
  };
}

const FIRST = 1024; // where data begins

/** The texts of `help()` that begin with how a function is called, as Python's own tool writes them. */
function signedTexts(data) {
  const found = data.toString("latin1").matchAll(/(?<=\0)[A-Za-z_]\w*\([^\0]*?\)\n--\n\n/g);
  return Array.from(found, ({ index }) => index);
}

/**
 * The texts of `help()`: of methods (name, function, flags, text), of attributes (name, function that
 * reads, one that writes or none, text), of types made from slots (number 56, text).
 */
function docstrings(data, words) {
  const { isTo, isNumber, isText, numberAt } = words;
  const textAt = (at) => data.toString("latin1", at, data.indexOf(0, at));
  const found = new Set(words.signed);
  for (const at of words.places) {
    const isNamed =
      isTo(at, "table") &&
      isTo(at - 4, "memory") &&
      isTo(at + 8, "memory") &&
      isText(numberAt(at + 8)) &&
      /^[A-Za-z_]\w*$/.test(textAt(numberAt(at - 4)));
    const isMethod = isNumber(at + 4) && data.readUInt32LE(at + 4) < 0x1000;
    if (isNamed && (isMethod || isTo(at + 4, "table"))) found.add(numberAt(at + 8));
    const DOC = 56; // Py_tp_doc
    const isSlot = isTo(at, "memory") && isNumber(at - 4) && isText(numberAt(at));
    if (isSlot && data.readUInt32LE(at - 4) === DOC) found.add(numberAt(at));
  }
  return [...found].map((start) => [start, data.indexOf(0, start)]);
}

/** The modules of the list of built-in ones, by their names: where each name stands. */
function builtins(module, data, { numberAt }) {
  const { value } = binaryen.getExportInfo(module.getExport("PyImport_Inittab"));
  const address = binaryen.getExpressionInfo(
    binaryen.getGlobalInfo(module.getGlobal(value)).init,
  ).value;
  const found = new Map();
  for (let at = numberAt(address); numberAt(at) > 0; at += 8) {
    const number = numberAt(at);
    const end = data.indexOf(0, number);
    found.set(data.toString("latin1", number, end), [number, end]);
  }
  return found;
}

/** All numbers of a text of code: any may be an address. */
function numbersOf(text) {
  const found = text.matchAll(/(?:i32\.const | offset=)(\d+)/g);
  return Array.from(found, ([, number]) => Number(number));
}

/** The functions of the module, by their names in it: what each calls, and its numbers. */
function graphOf(text) {
  const found = new Map();
  let calls, numbers;
  for (const line of text.split("\n")) {
    const [, name] = line.match(/^ \(func (\S+?)\)?(?: |$)/) ?? [];
    if (name) {
      [calls, numbers] = [new Set(), new Set()];
      found.set(name, { calls, numbers, place: found.size });
    }
    const [, called] = line.match(/\((?:return_)?call (\$\S+?)\)?(?: |$)/) ?? [];
    if (called) calls?.add(called);
    for (const number of numbersOf(line)) numbers?.add(number);
  }
  return found;
}

/**
 * The functions of `ranges` that nothing else reaches, as [first, end] of their places in the module.
 * One that stands twice in the table may be another's too: the linker writes equal ones once.
 */
function lostFunctions(module, text, ranges) {
  const graph = graphOf(text);
  const names = [...graph.keys()];
  const exported = new Map();
  for (let index = 0; index < module.getNumExports(); index += 1) {
    const { kind, name, value } = binaryen.getExportInfo(module.getExportByIndex(index));
    if (kind === binaryen.ExternalFunction) exported.set(name, graph.get(`$${value}`)?.place);
  }
  const ofDatabase = new Set(
    [...exported].filter(([name]) => name.startsWith("sqlite3_")).map(([, place]) => names[place]),
  );
  const callsIt = (name) => [...graph.get(name).calls].some((one) => ofDatabase.has(one));
  const first = (name) => (name === "sqlite3_" ? names.findIndex(callsIt) : exported.get(name));
  const inside = new Set(ranges.flatMap(([from, to]) => names.slice(first(from), first(to))));
  const [, listed] = text.match(/^ \(elem .*? func (.*)\)$/m);
  const slots = ["", ...listed.split(" ")];
  const standing = new Set(slots.filter((name, slot) => slots.indexOf(name) < slot));
  const reached = new Set([...standing].filter((name) => inside.has(name)));
  const constructors = names[exported.get(CONSTRUCTORS)];
  const reach = (name) => inside.has(name) && reached.add(name);
  for (const [name, { calls }] of graph) {
    if (!inside.has(name) && name !== constructors) calls.forEach(reach);
  }
  for (const name of reached) {
    // A set is walked through with what is added to it meanwhile.
    const { calls, numbers } = graph.get(name);
    calls.forEach(reach);
    for (const number of numbers) reach(slots[number]);
  }
  const lost = names.map((name, place) => inside.has(name) && !reached.has(name) && place);
  return lost
    .filter((place) => place !== false)
    .reduce((found, place) => {
      if (found.at(-1)?.[1] === place) found.at(-1)[1] += 1;
      else found.push([place, place + 1]);
      return found;
    }, []);
}

function unusedOf(name, compiled) {
  const bytes = readFileSync(join(MODULES, name, "pyodide.asm.wasm"));
  const { All, CompactImports } = binaryen.Features;
  const module = binaryen.readBinary(bytes, All & ~CompactImports);
  const data = dataOf(bytes);
  const placed = isPlaced(module);
  const pointers = placed ? new Map() : takePointers(module, baseGlobals(module));
  const text = module.emitText();
  const slots = text.match(/^ \(elem .*/m)[0].split(" ").length;
  const words = placed ? placedWords(data, slots) : linkedWords(pointers);
  const inCode = numbersOf(text.replace(/^ \(data .*/gm, ""));
  const addresses = Uint32Array.from(new Set([...inCode, ...words.named])).sort();
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
  const known = builtins(module, data, words);
  const found = {};
  for (const one of LEFT_OUT[name]) {
    const file = CODECS.concat("unicodedata").includes(one)
      ? readdirSync(compiled).find((path) => path.startsWith(`${one}.`))
      : undefined;
    const tables = file ? sharedWith(data, places, readFileSync(join(compiled, file))) : [];
    const [start, end] = known.get(one) ?? [];
    if (data[start - 1] !== 0) throw new Error(`${name} has no ${one}, or shares its letters.`);
    // Without its first letter a name is none; another text may share the others.
    found[one] = [[start, placed ? start + 1 : end], ...tables];
  }
  const texts = docstrings(data, words);
  found.docstrings = texts.filter(
    (text) => text[1] > text[0] && isWhole(text) && !codes.has(text[0]),
  );
  if (FUNCTIONS[name].length > 0) found.functions = lostFunctions(module, text, FUNCTIONS[name]);
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
