// Python, in a worker. Only JSON text crosses: requests come in, responses go out.

const RUNTIME = new URL("../runtime/", import.meta.url);
const STEPS = 3;

let done = 0;
function step() {
  done += 1;
  postMessage({ type: "progress", done, total: STEPS });
}

const MISSING = "Un fichier du calculateur manque ou n'a pas pu être lu.";
const REFUSED = "Ce navigateur refuse WebAssembly, dont le calculateur a besoin.";
const EMPTY_MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

async function start() {
  try {
    await WebAssembly.compile(EMPTY_MODULE);
  } catch {
    throw new Error(REFUSED);
  }
  const { loadPyodide } = await load(() => import(new URL("pyodide.mjs", RUNTIME)));
  step();
  const python = await load(() =>
    loadPyodide({ indexURL: RUNTIME.href, packages: ["calculators"] }),
  );
  step();
  // A missing wheel is logged by the loader, which resolves all the same: importing is the test.
  const bridge = await load(() => python.pyimport("calculators.bridge"));
  step();
  postMessage({ type: "ready", versions: { python: python.version } });
  return bridge;
}

async function load(part) {
  try {
    return await part();
  } catch (error) {
    console.error(error);
    throw new Error(MISSING);
  }
}

function fail(message) {
  postMessage({ type: "failed", message });
}

// The loader swallows a WebAssembly file that it cannot read, then waits for ever: tell it here.
const instantiate = globalThis.WebAssembly?.instantiateStreaming;
if (instantiate) WebAssembly.instantiateStreaming = async (...given) => {
  try {
    return await instantiate.apply(WebAssembly, given);
  } catch (error) {
    fail(MISSING);
    throw error;
  }
};

const started = start().catch((error) => fail(error.message));

onmessage = async ({ data: { id, request } }) => {
  const bridge = await started;
  if (bridge) postMessage({ id, response: bridge.run(request) });
};
