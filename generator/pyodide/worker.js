// Python, in a worker. Only JSON text crosses: requests come in, responses go out.
//
// The worker's name says what it is for: "" answers; "fresh" answers, and trusts nothing that was
// kept; "snapshot" starts a Python that nobody has typed anything into, and keeps its memory for
// the next visit.

import { KEEPS, SCRIPTS, WORDS, boot, bridgeOf, exercise } from "./boot.mjs";
import { FILES, LOCK } from "./files.js";
import { base64, forget, keep, kept, seems } from "./snapshot.js";

const FOLDER = new URL(".", import.meta.url);
const WASM = "pyodide.asm.wasm";
const LIBRARY = "python_stdlib.zip";
/** What only our own start of Python knows what to do with. */
const GIVEN = Object.keys(FILES).filter((name) => ![WASM, LIBRARY, ...SCRIPTS].includes(name));
const STEPS = 3;

const EMPTY_MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

// The files: all are asked for at once, and none is used before its SHA-256 is the one expected

const network = fetch.bind(globalThis);

/** Return the bytes of a file. One byte more, less or other, and the browser hands none out. */
async function bytes(name) {
  const integrity = `sha256-${FILES[name].sha256}`;
  const response = await network(new URL(name, FOLDER), { integrity });
  return new Uint8Array(await response.arrayBuffer());
}

/** Compile while the bytes arrive; hand the module out once all of them are as expected. */
async function compiled() {
  // Only a secure context can compute a digest: elsewhere the browser checks, then we compile.
  if (!crypto.subtle) return WebAssembly.compile(await bytes(WASM));
  const response = await network(new URL(WASM, FOLDER));
  // A host that names the type wrong makes this fail, whatever the bytes are.
  const streamed = WebAssembly.compileStreaming(response.clone()).catch(() => undefined);
  const whole = await response.arrayBuffer();
  if (base64(await crypto.subtle.digest("SHA-256", whole)) !== FILES[WASM].sha256) {
    throw new Error(`${WASM}: other bytes`);
  }
  return (await streamed) ?? WebAssembly.compile(whole);
}

/**
 * Return what starts Pyodide. `import` takes no checksum: what it gives, which only defines things,
 * is not called before the same address has given the bytes expected. This finds a file that is
 * spoilt or cut off. It does not stop a host that means harm: that one would change this very script.
 */
async function scripts() {
  const right = Promise.all(SCRIPTS.map(bytes));
  // Without an earlier visit, WebKit would fetch them twice.
  if (!(await seems())) await right;
  const [{ loadPyodide }] = await Promise.all(SCRIPTS.map((name) => import(new URL(name, FOLDER))));
  await right;
  return loadPyodide;
}

/** Get everything; return what starts a Python, given options of Pyodide. */
async function prepared() {
  try {
    await WebAssembly.compile(EMPTY_MODULE);
  } catch {
    throw new Failure(WORDS.refused);
  }
  const given = Promise.all(GIVEN.map(async (name) => [name, await bytes(name)]));
  const compiling = compiled();
  compiling.catch(() => {}); // heard by whoever starts a Python
  const all = [scripts(), bytes(LIBRARY), given];
  const [loadPyodide, library, files] = await Promise.all(all);
  // Pyodide fetches by itself: it is handed what was verified.
  globalThis.fetch = async () => new Response(library);
  const common = { indexURL: FOLDER.href, lock: LOCK, files: Object.fromEntries(files) };
  return (options) =>
    new Promise((resolve, reject) => {
      // What goes wrong with WebAssembly, Pyodide swallows or leaves to nobody: it waits for ever.
      addEventListener("unhandledrejection", ({ reason }) => reject(reason), { once: true });
      WebAssembly.instantiateStreaming = async (_, imports) => {
        try {
          const module = await compiling;
          return { module, instance: await WebAssembly.instantiate(module, imports) };
        } catch (error) {
          reject(error);
          throw error;
        }
      };
      boot(loadPyodide, { ...common, ...options }).then(resolve, reject);
    });
}

// Answers

let launch;
let bridge;
let doubtful = false; // restored, and no answer yet

let steps = 0;
function step() {
  steps += 1;
  postMessage({ type: "progress", done: steps, total: STEPS });
}

/** A failure that has its own sentence. */
class Failure extends Error {}

function fail(error, message) {
  console.error(error);
  const sentence = error instanceof RangeError ? WORDS.memory : message;
  const known = error instanceof Failure;
  // The page then asks whether the site has another engine by now.
  const missing = sentence === WORDS.missing && !known;
  postMessage({ type: "failed", message: known ? error.message : sentence, missing });
}

async function start() {
  // What was kept is read while the files come.
  const snapshot = KEEPS && (self.name === "fresh" ? forget() : kept());
  launch = await prepared();
  step();
  const python = (await restored(await snapshot)) ?? (await launch());
  step();
  bridge = bridgeOf(python);
  step();
  const versions = { python: python.version, restored: doubtful };
  postMessage({ type: "ready", versions, restored: doubtful || !KEEPS });
}

/** Start from the memory that was kept; on any doubt throw it away, and return undefined. */
async function restored(memory) {
  if (!memory) return undefined;
  try {
    const python = await launch({ _loadSnapshot: memory });
    doubtful = true;
    return python;
  } catch {
    await forget();
    return undefined;
  }
}

/** Answer. What was restored and fails at its first answer gives way to a normal start. */
async function answer(request) {
  try {
    const response = bridge.run(request);
    if (doubtful && JSON.parse(response).type === "error") throw new Error(response);
    return response;
  } catch (error) {
    if (!doubtful) throw error;
    await forget();
    bridge = bridgeOf(await launch());
    return bridge.run(request);
  } finally {
    doubtful = false;
  }
}

/** Answer one request after the other; after a failure, stay silent. */
function serve() {
  let done = start();
  done.catch((error) => fail(error, WORDS.missing));
  onmessage = ({ data: { id, request } }) => {
    done = done.then(async () => {
      try {
        postMessage({ id, response: await answer(request) });
      } catch (error) {
        fail(error, WORDS.stopped);
        throw error;
      }
    });
    done.catch(() => {}); // told already
  };
}

/** Keep the memory of a Python that has loaded all that answers need. Nobody waits for it. */
async function remember() {
  try {
    const python = await (await prepared())({ _makeSnapshot: true });
    exercise(python);
    await keep(python.makeMemorySnapshot());
  } catch {
    // The next visit starts as this one did.
  }
  close();
}

if (self.name === "snapshot") remember();
else serve();
