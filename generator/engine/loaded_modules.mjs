// Start Python once, answer through the bridge, and print the modules that this has loaded.
// Arguments: the folder of the pyodide package, the wheel.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { boot, exercise } from "./boot.mjs";

const [folder, wheel] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
const { info } = JSON.parse(await readFile(join(folder, "pyodide-lock.json"), "utf-8"));
const python = await boot(loadPyodide, {
  indexURL: folder,
  lock: info,
  files: { wheel: new Uint8Array(await readFile(wheel)) },
});
exercise(python);
console.log(JSON.stringify([...python.pyimport("sys").modules.keys()]));
