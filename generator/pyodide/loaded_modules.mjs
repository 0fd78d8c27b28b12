// Start Python once, answer through the bridge, and print the modules that this has loaded from the
// library: the interpreter holds others, frozen.
// Arguments: the folder of the interpreter, the wheel, the standard library, Pyodide's lock file.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { boot, exercise } from "./boot.mjs";

const [folder, wheel, library, lock] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
const { info } = JSON.parse(await readFile(lock, "utf-8"));
const python = await boot(loadPyodide, {
  indexURL: folder,
  stdLibURL: library,
  lock: info,
  files: { wheel: new Uint8Array(await readFile(wheel)) },
});
exercise(python);
console.log(
  python.runPython(`
    import json, sys
    specs = {name: module.__spec__ for name, module in sys.modules.items()}
    json.dumps([name for name, spec in specs.items() if not spec or spec.origin != "frozen"])
  `),
);
