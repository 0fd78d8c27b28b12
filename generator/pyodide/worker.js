// Python, in a worker. Only JSON text crosses: requests come in, responses go out.
//
// The worker's name is its task: "" answers; "fresh" answers, from a new start even if a snapshot is
// saved; "snapshot" starts a Python that has read no answer, and saves its memory for the next visit.

import { boot, bridgeOf, exercise, KEEPS, MESSAGES, SCRIPTS } from "./boot.mjs";
import { FILES, LOCK } from "./files.js";
import { base64, FOLDER, forget, load, mayExist, save } from "./snapshot.js";

const WASM = "pyodide.asm.wasm";
const LIBRARY = "python_stdlib.zip";
/** Files for our own `boot`: Pyodide knows nothing of them. */
const GIVEN = Object.keys(FILES).filter((name) => ![WASM, LIBRARY, ...SCRIPTS].includes(name));
/** The part of the interpreter that is here when those are asked for: Python starts while they arrive. */
const NEARLY = 0.95;
const STEPS = 3;

const EMPTY_MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

// The files: all are requested at once, and none is used before its SHA-256 is checked

const network = fetch.bind(globalThis);

/** Return the bytes of a file, or throw if a single one differs. */
async function bytes(name) {
  if (!crypto.subtle) {
    // Only a secure context can compute a digest: elsewhere the browser checks, and gives all at once.
    const integrity = `sha256-${FILES[name].sha256}`;
    const response = await network(new URL(name, FOLDER), { integrity });
    return new Uint8Array(await response.arrayBuffer());
  }
  return received(name, await network(new URL(name, FOLDER)));
}

/** Read an answer as it arrives, tell how far it is, and check its SHA-256. */
async function received(name, response) {
  const { sha256, size } = FILES[name];
  // A host that does not compress sends the whole size.
  if (response.headers.has("Content-Encoding")) counted[name].weight = FILES[name].sent;
  else counted[name].weight = size;
  const whole = new Uint8Array(size);
  let length = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    if (length + value.length > size) throw new Error(`${name}: too long`);
    whole.set(value, length);
    length += value.length;
    counted[name].part = length / size;
    if (name === WASM && length > NEARLY * size) askForRest();
    tellDownload();
  }
  if (base64(await crypto.subtle.digest("SHA-256", whole)) !== sha256) {
    throw new Error(`${name}: other bytes`);
  }
  return whole;
}

/** What is known of each download: its bytes on the line, and the part of them that is here. */
const counted = Object.fromEntries(
  Object.entries(FILES).map(([name, { sent }]) => [name, { weight: sent, part: 0 }]),
);
const QUIET = 500; // ms between two messages: files that a visit has kept come sooner, and need none
let told = performance.now();

function tellDownload() {
  if (self.name === "snapshot" || performance.now() - told < QUIET) return;
  told = performance.now();
  const files = Object.values(counted);
  const done = files.reduce((sum, { weight, part }) => sum + weight * part, 0);
  const total = files.reduce((sum, { weight }) => sum + weight, 0);
  postMessage({ type: "download", done, total });
}

/** Starting Python takes a slow line's time, but no file of ours: the line goes to what it takes first. */
let askForRest;
const restIsAsked = new Promise((resolve) => {
  askForRest = resolve;
});

/** Compile while the bytes arrive; return the module once their SHA-256 is checked. */
async function compiled() {
  if (!crypto.subtle) return WebAssembly.compile(await bytes(WASM));
  const response = await network(new URL(WASM, FOLDER));
  // A host that names the type wrong makes this fail, whatever the bytes are.
  const streamed = WebAssembly.compileStreaming(response.clone()).catch(() => undefined);
  const whole = await received(WASM, response);
  return (await streamed) ?? WebAssembly.compile(whole);
}

/**
 * Return Pyodide's `loadPyodide`. `import` takes no checksum: the functions that it defines are not
 * called before the same address has given the expected bytes. This finds a file that is damaged or
 * cut off. It does not stop a malicious host, which would change this very script.
 */
async function scripts() {
  const right = Promise.all(SCRIPTS.map(bytes));
  // Without an earlier visit, WebKit would fetch them twice.
  if (!(await mayExist())) await right;
  const [{ loadPyodide }] = await Promise.all(SCRIPTS.map((name) => import(new URL(name, FOLDER))));
  await right;
  return loadPyodide;
}

/** Fetch every file; return a function that starts a Python, given options of Pyodide. */
async function prepared() {
  try {
    await WebAssembly.compile(EMPTY_MODULE);
  } catch {
    throw new Failure(MESSAGES.refused);
  }
  const compiling = compiled();
  compiling.then(askForRest, askForRest); // failures are reported when a Python starts
  const files = restIsAsked.then(async () =>
    Object.fromEntries(await Promise.all(GIVEN.map(async (name) => [name, await bytes(name)]))),
  );
  files.catch(() => {}); // as well
  const [loadPyodide, library] = await Promise.all([scripts(), bytes(LIBRARY)]);
  // Pyodide fetches its library by itself: it gets the bytes that were checked.
  globalThis.fetch = async () => new Response(library);
  const common = { indexURL: FOLDER.href, lock: LOCK, files };
  return (options) =>
    new Promise((resolve, reject) => {
      // Pyodide neither reports nor rejects a failure of WebAssembly: its promise never settles.
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
let doubtful = false; // restored from a snapshot, and no answer yet

let steps = 0;
function step() {
  steps += 1;
  postMessage({ type: "progress", done: steps, total: STEPS });
}

/** A failure that has its own sentence. */
class Failure extends Error {}

function fail(error, message) {
  console.error(error);
  const sentence = error instanceof RangeError ? MESSAGES.memory : message;
  const known = error instanceof Failure;
  // The page then asks whether the site has another engine by now.
  const missing = sentence === MESSAGES.missing && !known;
  postMessage({ type: "failed", message: known ? error.message : sentence, missing });
}

async function start() {
  // The snapshot is read while the files arrive.
  const snapshot = KEEPS && (self.name === "fresh" ? forget() : load());
  launch = await prepared();
  step();
  const python = (await restored(await snapshot)) ?? (await launch());
  step();
  bridge = bridgeOf(python);
  step();
  const versions = { python: python.version, restored: doubtful };
  postMessage({ type: "ready", versions, restored: doubtful || !KEEPS });
}

/** Start from a saved memory; on any failure delete it, and return undefined. */
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

/** Answer. If a restored Python fails at its first answer, start a new one, and ask it. */
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
  done.catch((error) => fail(error, MESSAGES.missing));
  self.onmessage = ({ data: { id, request } }) => {
    done = done.then(async () => {
      try {
        postMessage({ id, response: await answer(request) });
      } catch (error) {
        fail(error, MESSAGES.stopped);
        throw error;
      }
    });
    done.catch(() => {}); // the page knows already
  };
}

/** Save the memory of a Python that has loaded all the modules of an answer. No page waits for it. */
async function saveSnapshot() {
  try {
    const python = await (await prepared())({ _makeSnapshot: true });
    exercise(python);
    await save(python.makeMemorySnapshot());
  } catch {
    // The next visit starts as this one did.
  }
  close();
}

if (self.name === "snapshot") saveSnapshot();
else serve();
