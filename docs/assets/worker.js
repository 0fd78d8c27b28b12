// Python, in a worker. Only JSON text crosses: requests come in, responses go out.

const RUNTIME = new URL("../runtime/", import.meta.url);
const STEPS = 3;

let done = 0;
function step() {
  done += 1;
  postMessage({ type: "progress", done, total: STEPS });
}

async function start() {
  if (typeof WebAssembly === "undefined") {
    throw new Error("Ce navigateur refuse WebAssembly, dont le calculateur a besoin.");
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
    throw new Error("Un fichier du calculateur manque ou n'a pas pu être lu.");
  }
}

const started = start().catch((error) => {
  postMessage({ type: "failed", message: error.message });
});

onmessage = async ({ data: { id, request } }) => {
  const bridge = await started;
  if (bridge) postMessage({ id, response: bridge.run(request) });
};
