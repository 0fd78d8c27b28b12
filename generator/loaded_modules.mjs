// Start Python once, answer through the bridge, and print the modules that this has loaded.
// Arguments: the folder of the pyodide package, the wheel.
import { pathToFileURL } from "node:url";
import { join, resolve } from "node:path";

const [folder, wheel] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: folder });
await python.loadPackage(pathToFileURL(wheel).href, { messageCallback: () => {} });
const { run } = python.pyimport("calculators.bridge");
// A mistake in the situation also loads what words a refusal.
const { CALCULATORS } = python.pyimport("calculators");
for (const calculator of CALCULATORS.keys()) {
  run(JSON.stringify({ calculator, situation: { unknown: [], date: "" } }));
}
run("not JSON");
console.log(JSON.stringify([...python.pyimport("sys").modules.keys()]));
