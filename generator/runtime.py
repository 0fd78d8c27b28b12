"""The engine that answers in the browser: the calculators' wheel and a Python cut to fit it.

The standard library as published is a zip of sources, and compiling them is most of the start.
Here it is cut to the modules that a start and an answer really load (Node runs them once, at
build time), and precompiled, like the wheel.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from pyodide_lock import PyodideLockSpec
from pyodide_lock.utils import add_wheels_to_spec

#: Copied as published; the library and the lock file are cut.
ENGINE_FILES = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm")
LIBRARY = "python_stdlib.zip"
LOCK = "pyodide-lock.json"


class BuildError(Exception):
    """A tool of the build failed; the text says which and what it printed."""


def build_wheel(root: Path, build: Path) -> Path:
    """Build the pure wheel into `build`, and return its path."""
    for old in build.glob("calculators-*.whl"):
        old.unlink()
    _run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", build, root],
        "la roue des calculateurs",
    )
    (wheel,) = build.glob("calculators-*.whl")
    return wheel


def build_runtime(pyodide: Path, wheel: Path, folder: Path) -> None:
    """Write into `folder` the files that the page's worker fetches; do nothing if they are fresh.

    `pyodide` is the folder of the npm package.
    """
    version = json.loads((pyodide / "package.json").read_text("utf-8"))["version"]
    key = hashlib.sha256(version.encode() + Path(__file__).read_bytes() + wheel.read_bytes())
    stamp = folder.with_suffix(".key")
    if stamp.exists() and stamp.read_text("utf-8") == key.hexdigest():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ENGINE_FILES:
        shutil.copy(pyodide / name, folder)
    shutil.copy(wheel, folder)
    _cut_library(pyodide / LIBRARY, folder / LIBRARY, _loaded_modules(pyodide, wheel))
    lock = PyodideLockSpec.from_json(pyodide / LOCK)
    lock.packages.clear()
    lock = add_wheels_to_spec(lock, [folder / wheel.name], base_path=folder)
    lock.to_json(folder / LOCK)
    # Compiled code loads only in the same minor version of Python: see .python-version.
    _run(
        [Path(sys.executable).with_name("pyodide"), "py-compile", "--silent", folder],
        "la compilation de Python",
    )
    stamp.write_text(key.hexdigest(), "utf-8")


def _loaded_modules(pyodide: Path, wheel: Path) -> set[str]:
    script = Path(__file__).with_name("loaded_modules.mjs")
    printed = _run(["node", script, pyodide, wheel], "le démarrage de Pyodide dans Node")
    return set(json.loads(printed.splitlines()[-1]))


def _cut_library(published: Path, cut: Path, modules: set[str]) -> None:
    with (
        zipfile.ZipFile(published) as source,
        zipfile.ZipFile(cut, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in source.namelist():
            module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            if name.endswith(".py") and module in modules:
                out.writestr(name, source.read(name))


def _run(command: list[str | Path], what: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise BuildError(f"Échec : {what}.\n{done.stdout}{done.stderr}")
    return done.stdout
