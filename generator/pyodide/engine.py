"""The engine that answers in the browser: the calculators' wheel and a Python cut to fit it.

The standard library as published is a zip of sources, and compiling them is most of the start.
Here it is cut to the modules that a start and an answer really load (Node runs them once, at
build time), and precompiled, like the wheel. Modules that a start loads and that nothing calls have
a stand-in of a few lines, in `stand_ins/`. The interpreter loses what only compiled packages
would call: less to fetch, to compile and to link.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ENGINE = Path(__file__).parent
#: Laid out as the modules that they stand for.
STAND_INS = ENGINE / "stand_ins"
#: Copied as they are; the interpreter is cut, the library and the wheel are compiled.
SCRIPTS = ("pyodide.mjs", "pyodide.asm.js")
INTERPRETER = "pyodide.asm.wasm"
OWN = ("worker.js", "boot.mjs", "snapshot.js")
LIBRARY = "python_stdlib.zip"
LOCK = "pyodide-lock.json"
#: Of the digest that names the folder of an engine: enough for two never to be the same.
DIGEST_LENGTH = 16


class BuildError(Exception):
    """A tool of the build failed; the text says which and what it printed."""


@dataclass(frozen=True)
class Built:
    """An engine that was built: its folder in the site, and what a reader fetches of it."""

    digest: str
    #: In bytes, compressed as hosts do.
    weight: int


def weight(paths: Iterable[Path]) -> int:
    """Return what a host sends of these files, in bytes: compressed with gzip, as nearly all do."""
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths)


def build_wheel(root: Path, build: Path) -> Path:
    """Build the pure wheel into `build`, and return its path."""
    for old in build.glob("calculators-*.whl"):
        old.unlink()
    run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", build, root],
        "la roue des calculateurs",
    )
    (wheel,) = build.glob("calculators-*.whl")
    return wheel


def build_runtime(pyodide: Path, wheel: Path, folder: Path) -> Built:
    """Write what the page's worker fetches into `folder/DIGEST/`.

    `pyodide` is the folder of the npm package. The digest names the content: a page asks for the
    engine that it was built with, and nothing else ever answers at that address.
    """
    version = json.loads((pyodide / "package.json").read_text("utf-8"))["version"]
    ours = [*sorted(path for path in ENGINE.rglob("*") if path.suffix != ".pyc"), wheel]
    key = hashlib.sha256(
        version.encode() + b"".join(path.read_bytes() for path in ours if path.is_file())
    ).hexdigest()
    stamp = folder.with_suffix(".key")
    if stamp.exists() and folder.exists():
        known, *built = stamp.read_text("utf-8").split()
        if known == key:
            digest, weighed = built
            return Built(digest, int(weighed))
    shutil.rmtree(folder, ignore_errors=True)
    draft = folder / "draft"
    draft.mkdir(parents=True)
    for name in SCRIPTS:
        shutil.copyfile(pyodide / name, draft / name)
    for name in OWN:
        shutil.copyfile(ENGINE / name, draft / name)
    run(["node", ENGINE / "cut_wasm.mjs", pyodide, draft / INTERPRETER], "l'interpréteur")
    _compile(wheel, draft / wheel.name, set())
    whole = folder / "whole.zip"
    _whole_library(pyodide / LIBRARY, whole)
    _compile(whole, draft / LIBRARY, _loaded_modules(pyodide, wheel, whole))
    whole.unlink()
    lock = json.loads((pyodide / LOCK).read_text("utf-8"))
    names = (*SCRIPTS, INTERPRETER, LIBRARY, wheel.name)
    (draft / "files.js").write_text(files_script(draft, names, lock["info"]), "utf-8")
    engine = Built(digest_of(draft), weight(draft.iterdir()))
    draft.rename(folder / engine.digest)
    stamp.write_text(f"{key} {engine.digest} {engine.weight}", "utf-8")
    return engine


def engine_files(runtime: str) -> str:
    """Return the module, beside the site's scripts, that names what a page may fetch ahead."""
    return (
        f'export {{ FILES }} from "../{runtime}files.js";\n'
        f'export const FOLDER = new URL("../{runtime}", import.meta.url);\n'
    )


def files_script(folder: Path, names: Iterable[str], lock: dict[str, str]) -> str:
    """Return the module that tells the worker what it may use: nothing else than these bytes."""
    contents = {name: (folder / name).read_bytes() for name in names}
    files = {
        name: {
            "sha256": base64.b64encode(hashlib.sha256(content).digest()).decode(),
            "size": len(content),
        }
        for name, content in contents.items()
    }
    return (
        "// Written by the build: the files of this folder, their SHA-256 in base64, their bytes.\n"
        f"export const FILES = {json.dumps(files, indent=2)};\n"
        f"export const LOCK = {json.dumps(lock)};\n"
    )


def digest_of(folder: Path) -> str:
    """Return what names a folder: the beginning of the SHA-256 of its names and contents."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:DIGEST_LENGTH]


def _whole_library(published: Path, target: Path) -> None:
    """Write the library as published, but for what has a stand-in."""
    ours = {path.relative_to(STAND_INS).as_posix(): path for path in STAND_INS.rglob("*.py")}
    with zipfile.ZipFile(published) as given, zipfile.ZipFile(target, "w") as written:
        for name in given.namelist():
            written.writestr(name, ours[name].read_bytes() if name in ours else given.read(name))


def _loaded_modules(pyodide: Path, wheel: Path, library: Path) -> set[str]:
    script = ENGINE / "loaded_modules.mjs"
    printed = run(["node", script, pyodide, wheel, library], "le démarrage de Pyodide dans Node")
    return set(json.loads(printed.splitlines()[-1]))


def _compile(source: Path, target: Path, modules: set[str]) -> None:
    # Compiled code loads only in the same minor version of Python: see .python-version.
    flags = ["-I", "-OO", "-X", "no_debug_ranges"]
    script = ENGINE / "compile_archive.py"
    command: list[str | Path] = [sys.executable, *flags, script, source, target]
    run(command, "la compilation de Python", "\n".join(sorted(modules)))


def run(command: list[str | Path], what: str, given: str = "") -> str:
    """Run a tool of the build, and return what it prints. Raises BuildError, which names `what`."""
    done = subprocess.run(  # noqa: S603
        command, input=given, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BuildError(f"Échec : {what}.\n{done.stdout}{done.stderr}")
    return done.stdout
