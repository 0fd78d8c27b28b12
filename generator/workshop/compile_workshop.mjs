// Start the Python of the workshop once from its sources, make it answer, and compile for it what
// this has loaded: only a Python of its version can. Arguments: the folder of the interpreter,
// the folder of the sources (packages.xz, code.xz, data.xz), the folder to write to.
// What depends on no code of ours is kept there from one build to the next, under its own key.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { boot, exercise, fromArchive } from "./workshop_boot.mjs";

const [folder, sources, target] = process.argv.slice(2).map((path) => resolve(path));
const bytes = (path) => new Uint8Array(readFileSync(path));
const files = Object.fromEntries(
  readdirSync(sources).map((name) => [name, bytes(join(sources, name))]),
);
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
const { info } = JSON.parse(readFileSync(join(folder, "pyodide-lock.json"), "utf-8"));
const python = await boot(loadPyodide, { indexURL: folder, lock: info, files });
exercise(python);

const script = readFileSync(join(import.meta.dirname, "compile_archive.py"), "utf-8");
// The interpreter holds others, frozen.
const modules = JSON.parse(
  python.runPython(`
    import json, sys
    specs = {name: module.__spec__ for name, module in sys.modules.items()}
    json.dumps(sorted(name for name, spec in specs.items() if not spec or spec.origin != "frozen"))
  `),
);
python.runPython(script, { globals: python.globals });
const main = python.globals.get("main");
const path = python.pyimport("pathlib").Path;

/** Compile an archive; `kept`: the modules to keep, all and what is not Python when it is empty. */
function compile(name, given, kept, isPacked = false) {
  python.FS.writeFile("/given.zip", given);
  const names = python.pyimport("builtins").set(python.toPy(kept));
  main(path("/given.zip"), path("/made.zip"), names, isPacked);
  writeFileSync(join(target, name), python.FS.readFile("/made.zip"));
}

compile("code.zip", await fromArchive(files["code.xz"]), []);
const packages = await fromArchive(files["packages.xz"]);
const library = bytes(join(folder, "python_stdlib.zip"));
const key = createHash("sha256").update(script).update(library).update(packages);
const known = key.update(modules.join()).digest("hex");
const stamp = join(target, "library.key");
if (!existsSync(stamp) || readFileSync(stamp, "utf-8") !== known) {
  compile("python_stdlib.zip", library, modules, true);
  compile("packages.zip", packages, modules);
  writeFileSync(stamp, known);
}
