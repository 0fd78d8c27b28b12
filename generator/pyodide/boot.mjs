// How Python starts, the same in the reader's worker and in the build: see runtime.py.

const WHEEL = "/calculators.whl";

export const SCRIPTS = ["pyodide.mjs", "pyodide.asm.js"];
/** The memory of a start is kept for the next visit: see snapshot.js. */
export const KEEPS = true;
export const WORDS = {
  missing: "Un fichier du calculateur manque ou n'a pas pu être lu.",
  refused: "Ce navigateur refuse WebAssembly, dont le calculateur a besoin.",
  memory: "La mémoire manque pour le calculateur. Fermez d'autres onglets ou applications.",
  stopped: "Le calculateur s'est arrêté avant de répondre.",
};

/**
 * Start Python, the calculators' wheel where it imports from: a wheel is a zip, nothing is
 * unpacked. `files`: its bytes, by its name; `lock`: what Pyodide checks of its own build; a
 * snapshot that is restored (`_loadSnapshot`) knows its path already.
 */
export async function boot(loadPyodide, { files, lock, ...options }) {
  const [wheel] = Object.values(files);
  const python = await loadPyodide({
    ...options,
    lockFileContents: { info: lock, packages: {} },
    fsInit: async (system) => system.writeFile(WHEEL, wheel),
  });
  if (!options._loadSnapshot) python.pyimport("sys").path.append(WHEEL);
  return python;
}

/** Return what answers: its `run` takes JSON text, and gives some. */
export function bridgeOf(python) {
  return python.pyimport("calculators.bridge");
}

/** Ask one thing of each calculator that no person has typed: this loads all that answers load. */
export function exercise(python) {
  const { run } = bridgeOf(python);
  // A mistake in the situation also loads what words a refusal.
  for (const calculator of python.pyimport("calculators").CALCULATORS.keys()) {
    run(JSON.stringify({ calculator, situation: { unknown: [], date: "" } }));
  }
  run("not JSON");
}
