// How the Python of the workshop starts, the same in the reader's worker and in the build: see
// workshop_runtime.py. It takes the place of boot.mjs in the folder of that engine.

import xz from "xz-decompress";

const SITE = "/workshop";
const MEMBER = 0x04034b50; // what begins a member of a zip archive

export const SCRIPTS = ["pyodide.mjs", "pyodide.asm.mjs"];
/** A memory that holds a compiled package cannot be restored. */
export const KEEPS = false;
export const MESSAGES = {
  missing: "Un fichier de l’atelier manque ou n’a pas pu être lu.",
  refused: "Ce navigateur refuse WebAssembly, dont l’atelier a besoin.",
  memory: "La mémoire manque pour l’atelier. Fermez d’autres onglets ou applications.",
  stopped: "L’atelier s’est arrêté avant de répondre.",
};

/**
 * Start Python with the code and the data of the site. `files`: their bytes, by name, or a promise of
 * them; `lock`: what Pyodide checks of its own build.
 */
export async function boot(loadPyodide, { files: given, lock, ...options }) {
  // While Python starts, or before: what comes first.
  const archives = Promise.resolve(given).then((files) =>
    Promise.all(["packages.xz", "code.xz", "data.xz"].map((name) => fromArchive(files[name]))),
  );
  const python = await loadPyodide({
    ...options,
    // No docstring, no assertion, no column in tracebacks: nobody reads them in a browser.
    args: ["-OO", "-X", "no_debug_ranges"],
    lockFileContents: { info: lock, packages: {} },
  });
  for (const [path, bytes] of (await archives).flatMap(membersOf)) {
    const whole = `${SITE}/${path}`;
    python.FS.mkdirTree(whole.slice(0, whole.lastIndexOf("/")));
    python.FS.writeFile(whole, bytes);
  }
  python.pyimport("sys").path.append(SITE);
  return python;
}

/** The bytes of an archive that the build has packed. */
export async function fromArchive(bytes) {
  const stream = new xz.XzReadableStream(new Blob([bytes]).stream());
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The members of an archive that compresses none: what reads it in Python would be fetched too. */
function membersOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = [];
  for (let at = 0; view.getUint32(at, true) === MEMBER; ) {
    const [size, named, more] = [
      view.getUint32(at + 18, true),
      view.getUint16(at + 26, true),
      view.getUint16(at + 28, true),
    ];
    const start = at + 30 + named + more;
    const name = new TextDecoder().decode(bytes.subarray(at + 30, at + 30 + named));
    found.push([name, bytes.subarray(start, start + size)]);
    at = start + size;
  }
  return found;
}

/** Return what answers: its `run` takes JSON text, and gives some. */
export function bridgeOf(python) {
  return python.pyimport("generator.workshop.service").opened(SITE);
}

/** Ask all that a contributor may ask: this loads all that answers load. */
export function exercise(python) {
  const bridge = bridgeOf(python);
  const ask = (request) => JSON.parse(bridge.run(JSON.stringify(request)));
  for (const { kind, entries } of ask({ ask: "catalogue" }).kinds) {
    if (entries.length === 0) continue; // the pages come later; no text of law is mended
    const { schema, ...opened } = ask({ ask: "open", kind, ...entries[0] });
    const written = ask({ ...opened, ask: "write" });
    if (written.mistakes?.length !== 0) throw new Error(JSON.stringify(written));
    ask({ ...opened, ask: "write", value: { title: ["\ufeff"] } });
  }
}
