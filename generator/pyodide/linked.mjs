// What the linker of Pyodide's interpreter left for each start: a pointer in the data is a word that
// `__wasm_apply_data_relocs` writes, counted from where the scripts put the data and the functions.
import binaryen from "binaryen";

const RELOCATE = "__wasm_apply_data_relocs";
const { getExpressionInfo, getExportInfo, getFunctionInfo, getGlobalInfo } = binaryen;

/** Where the scripts put the module's data, and its functions in their table. */
export function basesOf(script) {
  return Object.fromEntries(
    ["memory", "table"].map((name) => {
      const made = `___${name}_base=new WebAssembly\\.Global\\(\\{value:"i32",mutable:false\\},(\\d+)\\)`;
      return [`__${name}_base`, Number(script.match(new RegExp(made))[1])];
    }),
  );
}

/** The names that the module gives to the bases: { "gimport$0": "__memory_base" … }. */
export function baseGlobals(module) {
  const globals = Array.from({ length: module.getNumGlobals() }, (_, index) =>
    getGlobalInfo(module.getGlobalByIndex(index)),
  );
  const bases = globals.filter(({ base }) => /^__(memory|table)_base$/.test(base ?? ""));
  return Object.fromEntries(bases.map(({ name, base }) => [name, base]));
}

/**
 * Take the pointers out of the function that writes them, and return them: the place in the data, what
 * it is counted from, the number. A word that no number is known of stays in the function.
 */
export function takePointers(module, globals) {
  /** @returns {{ base?: string, number: number } | undefined} */
  const known = (reference) => {
    const found = getExpressionInfo(reference);
    if (found.id === binaryen.GlobalGetId) {
      return globals[found.name] && { base: globals[found.name], number: 0 };
    }
    if (found.id === binaryen.ConstId) return { number: found.value };
    if (found.id !== binaryen.BinaryId || found.op !== binaryen.AddInt32) return undefined;
    const [left, right] = [known(found.left), known(found.right)];
    if (!left || !right || (left.base && right.base)) return undefined;
    return { base: left.base ?? right.base, number: left.number + right.number };
  };
  const writer = module.getFunction(getExportInfo(module.getExport(RELOCATE)).value);
  const pointers = new Map();
  const others = [];
  for (const child of getExpressionInfo(getFunctionInfo(writer).body).children) {
    const store = getExpressionInfo(child);
    const isWord = store.id === binaryen.StoreId && store.bytes === 4;
    const [at, value] = isWord ? [known(store.ptr), known(store.value)] : [];
    if (at?.base === "__memory_base" && value?.base) pointers.set(at.number + store.offset, value);
    else others.push(module.copyExpression(child));
  }
  binaryen.Function.setBody(writer, module.block(null, others));
  return pointers;
}

/** The bytes of the one segment of data: a view of the module's. */
export function dataOf(wasm) {
  let at = 8;
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = wasm[at];
      at += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < wasm.length) {
    const section = wasm[at];
    at += 1;
    const size = number();
    const end = at + size;
    if (section === 11) {
      if (number() !== 1) throw new Error("The interpreter has other segments of data.");
      const END = 0x0b;
      at = wasm.indexOf(END, at) + 1;
      const length = number();
      return wasm.subarray(at, at + length);
    }
    at = end;
  }
  throw new Error("The interpreter has no data.");
}
