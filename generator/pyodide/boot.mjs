// How Python starts, the same in the reader's worker and in the build: see engine.py.

const WHEEL = "/calculators.whl";

export const SCRIPTS = ["pyodide.mjs", "pyodide.asm.js"];
/** Whether the memory of a start is saved for the next visit: see snapshot.js. */
export const KEEPS = true;
export const MESSAGES = {
  missing: "Un fichier du simulateur manque ou n’a pas pu être lu.",
  refused: "Ce navigateur refuse WebAssembly, dont le simulateur a besoin.",
  memory: "La mémoire manque pour le simulateur. Fermez d’autres onglets ou applications.",
  stopped: "Le simulateur s’est arrêté avant de répondre.",
};

/**
 * Start Python, the calculators' wheel where it imports from: a wheel is a zip, nothing is
 * unpacked. `files`: its bytes, by its name, or a promise of them; `lock`: the `info` of Pyodide's lock
 * file, which Pyodide compares with its own build; a snapshot that is restored (`_loadSnapshot`) has the
 * path already.
 */
export async function boot(loadPyodide, { files, lock, ...options }) {
  const python = await loadPyodide({
    ...options,
    lockFileContents: { info: lock, packages: {} },
  });
  const [wheel] = Object.values(await files);
  python.FS.writeFile(WHEEL, wheel);
  if (!options._loadSnapshot) python.pyimport("sys").path.append(WHEEL);
  return python;
}

/** Return the bridge: its `run` takes a request as JSON text, and returns a response as JSON text. */
export function bridgeOf(python) {
  return python.pyimport("calculators.bridge");
}

/** Send each calculator one invalid request: this loads every module that an answer needs. */
export function exercise(python) {
  const { run } = bridgeOf(python);
  // An invalid situation also loads the modules that write error messages.
  for (const calculator of python.pyimport("calculators").CALCULATORS.keys()) {
    run(JSON.stringify({ calculator, situation: { unknown: [], date: "" } }));
  }
  run("not JSON");
}
