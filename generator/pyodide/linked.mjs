// What the linker of Pyodide's interpreter left for each start: a pointer in the data is a word that
// `__wasm_apply_data_relocs` writes, counted from where the scripts put the data and the functions.
import binaryen from "binaryen";

const [RELOCATE, CONSTRUCTORS] = ["__wasm_apply_data_relocs", "__wasm_call_ctors"];
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

/** Whether the linker has placed the data and the functions, and written the pointers already. */
export function isPlaced(module) {
  return Object.keys(baseGlobals(module)).length === 0;
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

/** Take out of what runs first the calls of functions that are emptied, `lost`. */
export function takeCalls(module, lost) {
  const first = module.getFunction(getExportInfo(module.getExport(CONSTRUCTORS)).value);
  const isLost = (reference) => {
    const found = getExpressionInfo(reference);
    if (found.id === binaryen.DropId) return isLost(found.value);
    return found.id === binaryen.CallId && lost.has(found.target);
  };
  const block = getFunctionInfo(first).body;
  getExpressionInfo(block).children.forEach((child, index) => {
    if (isLost(child)) binaryen.Block.setChildAt(block, index, module.nop());
  });
}

const [DATA, DATA_COUNT] = [11, 12];
const GAP = 256; // zeros worth a segment less: a memory is made of zeros

/** The bytes of the data: a view of the module's one segment, or all of them at their addresses. */
export function dataOf(wasm) {
  return placedData(wasm).content;
}

/** Write the data as segments without the zeros between them; `content` takes the place of its bytes. */
export function withoutZeros(wasm, content = dataOf(wasm)) {
  const { base } = placedData(wasm);
  const segments = [];
  const gap = Buffer.alloc(GAP);
  for (let start = 0; start < content.length; ) {
    const zeros = content.indexOf(gap, start);
    const end = zeros < 0 ? content.length : zeros;
    const place = [0, 0x41, ...signed(base + start), 0x0b];
    if (end > start)
      segments.push(
        Buffer.from([...place, ...unsigned(end - start)]),
        content.subarray(start, end),
      );
    start = end;
    while (start < content.length && content[start] === 0) start += 1;
  }
  const count = Buffer.from(unsigned(segments.length / 2));
  const written = [wasm.subarray(0, 8)];
  for (const { id, body } of sectionsOf(wasm)) {
    const changed =
      id === DATA ? Buffer.concat([count, ...segments]) : id === DATA_COUNT ? count : body;
    written.push(Buffer.from([id, ...unsigned(changed.length)]), changed);
  }
  return Buffer.concat(written);
}

/** Where the data goes, and its bytes. */
function placedData(wasm) {
  const body = sectionsOf(wasm).find(({ id }) => id === DATA)?.body;
  if (!body) throw new Error("The interpreter has no data.");
  const [count, first] = numberAt(body, 0);
  const segments = [];
  for (let at = first; segments.length < count; ) {
    // A segment: its kind, then an expression: a number, or a global's, and its end.
    const [base, end] = numberAt(body, at + 2);
    const [length, start] = numberAt(body, end + 1);
    at = start + length;
    segments.push({ base, content: body.subarray(start, at) });
  }
  if (count === 1) return segments[0];
  const { base, content } = segments.at(-1);
  const whole = Buffer.alloc(base + content.length);
  for (const one of segments) one.content.copy(whole, one.base);
  return { base: 0, content: whole };
}

function sectionsOf(wasm) {
  const found = [];
  for (let at = 8; at < wasm.length; ) {
    const [size, start] = numberAt(wasm, at + 1);
    found.push({ id: wasm[at], body: wasm.subarray(start, start + size) });
    at = start + size;
  }
  return found;
}

/** A number as WebAssembly writes it, and where the next one begins. */
function numberAt(bytes, at) {
  for (let value = 0, shift = 0; ; shift += 7, at += 1) {
    value += (bytes[at] & 127) * 2 ** shift;
    if (bytes[at] < 128) return [value, at + 1];
  }
}

function unsigned(number) {
  return number < 128 ? [number] : [(number % 128) + 128, ...unsigned(Math.floor(number / 128))];
}

/** A positive number, where negative ones are possible: the first bit of its last byte is 0. */
function signed(number) {
  return number < 64 ? [number] : [(number % 128) + 128, ...signed(Math.floor(number / 128))];
}
