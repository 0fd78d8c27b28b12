// How Python starts, the same in the reader's worker and in the build: see runtime.py.

const WHEEL = "/calculators.whl";

/**
 * Start Python, the calculators' wheel where it imports from: a wheel is a zip, nothing is
 * unpacked. `wheel`: its bytes; `lock`: what Pyodide checks of its own build; a snapshot that is
 * restored (`_loadSnapshot`) knows its path already.
 */
export async function boot(loadPyodide, { wheel, lock, ...options }) {
  const python = await loadPyodide({
    ...options,
    lockFileContents: { info: lock, packages: {} },
    fsInit: async (files) => files.writeFile(WHEEL, wheel),
  });
  if (!options._loadSnapshot) python.pyimport("sys").path.append(WHEEL);
  return python;
}

/** Ask one thing of each calculator that no person has typed: this loads all that answers load. */
export function exercise(python) {
  const { run } = python.pyimport("calculators.bridge");
  // A mistake in the situation also loads what words a refusal.
  for (const calculator of python.pyimport("calculators").CALCULATORS.keys()) {
    run(JSON.stringify({ calculator, situation: { unknown: [], date: "" } }));
  }
  run("not JSON");
}
