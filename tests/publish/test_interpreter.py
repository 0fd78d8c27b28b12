"""The interpreter loses what is surely of no use to an answer, and nothing that an answer imports."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest

from generator.pyodide.engine import BuildError, run
from tests.conftest import ROOT

HERE = ROOT / "generator" / "pyodide"
PYODIDE = ROOT / "node_modules" / "pyodide"
UNUSED = json.loads((HERE / "unused.json").read_text("utf-8"))


@pytest.mark.parametrize("package", UNUSED)
def test_what_is_unused_was_found_in_this_very_interpreter(package: str) -> None:
    """Its places hold in one binary only; none is listed twice."""
    interpreter = (PYODIDE.with_name(package) / "pyodide.asm.wasm").read_bytes()
    assert hashlib.sha256(interpreter).hexdigest() == UNUSED[package]["interpreter"]
    ranges = sorted(
        tuple(map(int, one.split("+")))
        for name, listed in UNUSED[package].items()
        if name not in ("interpreter", "functions")
        for one in listed.split()
    )
    assert all(start + length <= after for (start, length), (after, _) in pairwise(ranges))


def test_a_module_that_an_answer_imports_is_not_left_out(tmp_path: Path) -> None:
    """A calculator that would need the names of letters stops the build, instead of a wrong answer."""
    command: list[str | Path] = [
        "node",
        HERE / "cut_wasm.mjs",
        PYODIDE,
        "json,unicodedata",
        tmp_path,
    ]
    with pytest.raises(BuildError, match="Imported, and left out: unicodedata"):
        run(command, "l'interpréteur")


def test_a_module_left_out_is_said_to_be_missing() -> None:
    """Its import fails, rather than give it without its tables; the rest of Python works."""
    (engine,) = (ROOT / "build" / "site" / "runtime").iterdir()
    (wheel,) = engine.glob("*.whl")
    code = f"""
import {{ readFileSync }} from "node:fs";
import {{ boot }} from "{(HERE / "boot.mjs").as_uri()}";
const {{ loadPyodide }} = await import("{(engine / "pyodide.mjs").as_uri()}");
const python = await boot(loadPyodide, {{
  indexURL: "{engine}",
  stdLibURL: "{engine / "python_stdlib.zip"}",
  lock: JSON.parse(readFileSync("{PYODIDE / "pyodide-lock.json"}")).info,
  files: {{ wheel: readFileSync("{wheel}") }},
}});
console.log(python.runPython(`
missing = []
for name in ("unicodedata", "_codecs_jp", "_codecs_kr"):
    try:
        __import__(name)
    except ModuleNotFoundError:
        missing.append(name)
(" ".join(missing), "É".lower(), len.__doc__)
`).toString());
"""
    printed = run(["node", "--input-type=module", "--eval", code], "Python dans Node")
    assert printed.strip() == "('unicodedata _codecs_jp _codecs_kr', 'é', None)"


def test_the_interpreter_of_the_workshop_has_what_pydantic_links_to() -> None:
    """Each function and value that the compiled package asks for is in what was cut, or in its script."""
    engine = ROOT / "build" / "workshop-compiled" / "interpreter"
    code = f"""
import {{ readFileSync }} from "node:fs";
const module = (name) => new WebAssembly.Module(readFileSync("{engine}/" + name));
const given = new Set(WebAssembly.Module.exports(module("pyodide.asm.wasm")).map((one) => one.name));
const script = readFileSync("{engine}/pyodide.asm.mjs", "utf-8");
const linked = ["__memory_base", "__table_base", "__stack_pointer", "memory", "__indirect_function_table"];
const missing = WebAssembly.Module.imports(module("pydantic_core.wasm"))
  .map((one) => one.name)
  .filter((name) => !given.has(name) && !linked.includes(name) && !script.includes(`${{name}}:_${{name}}`));
console.log(JSON.stringify(missing));
"""
    assert json.loads(run(["node", "--input-type=module", "--eval", code], "Node")) == []
