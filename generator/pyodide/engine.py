"""The engine that answers in the browser: the calculators' wheel and a Python cut to fit it.

The standard library as published is a zip of sources, and compiling them is most of the start.
Here it is cut to the modules that a start and an answer really load (Node runs them once, at
build time), and compiled by pyodide-build, like the wheel. Modules that a start loads and that
nothing calls have a stand-in of a few lines, in `stand_ins/`. The interpreter loses the functions
that only compiled packages would call, what would let it stand anywhere in the memory, the tables of
modules that nothing imports and the texts of `help()`: less to fetch, to compile and to link.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from generator.pyodide import archive

HERE = Path(__file__).parent
#: Laid out as the modules that they stand for.
STAND_INS = HERE / "stand_ins"
#: The second is cut with the interpreter; the library and the wheel are compiled.
SCRIPTS = ("pyodide.mjs", "pyodide.asm.js")
INTERPRETER = "pyodide.asm.wasm"
WORKER = (HERE / "snapshot.js", HERE / "worker.js")
LIBRARY = "python_stdlib.zip"
LOCK = "pyodide-lock.json"
#: Of the digest that names the folder of an engine: enough for two never to be the same.
DIGEST_LENGTH = 16


class BuildError(Exception):
    """A tool of the build failed; the text names it and holds its output."""


@dataclass(frozen=True)
class Built:
    """An engine that was built: the name of its folder in the site, and its weight for a reader."""

    digest: str
    #: In bytes, compressed as hosts do.
    weight: int


#: What hosts send of files, by the SHA-256 of these: from one build to the next, few of them change.
_SENT: dict[bytes, int] = {}


def weight(paths: Iterable[Path]) -> int:
    """Return the bytes that a host sends for these files: compressed with gzip, as nearly all do."""
    return sum(_sent(path.read_bytes()) for path in paths)


def _sent(content: bytes) -> int:
    digest = hashlib.sha256(content).digest()
    if digest not in _SENT:
        _SENT[digest] = len(gzip.compress(content, 6))
    return _SENT[digest]


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


def build_engine(pyodide: Path, wheel: Path, folder: Path) -> Built:
    """Write the files that the page's worker fetches into `folder/DIGEST/`.

    `pyodide` is the folder of the npm package. The digest names the content: a page asks for the
    engine that it was built with, and nothing else ever answers at that address.
    """
    key = _key(pyodide, wheel)
    stamp = folder.with_suffix(".key")
    if stamp.exists() and folder.exists():
        known, *built = stamp.read_text("utf-8").split()
        if known == key:
            digest, weighed = built
            return Built(digest, int(weighed))
    shutil.rmtree(folder, ignore_errors=True)
    draft = folder / "draft"
    draft.mkdir(parents=True)
    library = folder / LIBRARY
    library.write_bytes(archive.packed(with_stand_ins(archive.members(pyodide / LIBRARY))))
    loaded = _loaded_modules(pyodide, wheel, library, pyodide / LOCK)
    cut = [(name, code) for name, code in archive.members(library) if _module(name) in loaded]
    library.unlink()
    (draft / LIBRARY).write_bytes(archive.packed(cut))
    shutil.copyfile(wheel, draft / wheel.name)
    _compile(draft)
    (compiled_wheel,) = draft.glob("*.whl")
    for name in SCRIPTS:
        shutil.copyfile(pyodide / name, draft / name)
    modules = ",".join(sorted(loaded))
    run(["node", HERE / "cut_wasm.mjs", pyodide, modules, draft], "l'interpréteur")
    # What was cut starts, and answers.
    _loaded_modules(draft, compiled_wheel, draft / LIBRARY, pyodide / LOCK)
    lock = json.loads((pyodide / LOCK).read_text("utf-8"))
    names = (*SCRIPTS, INTERPRETER, LIBRARY, compiled_wheel.name)
    files = files_script(draft, names, lock["info"])
    write_worker(draft, pyodide.parent, files, (HERE / "boot.mjs").read_text("utf-8"))
    engine = Built(digest_of(draft), weight(draft.iterdir()))
    draft.rename(folder / engine.digest)
    stamp.write_text(f"{key} {engine.digest} {engine.weight}", "utf-8")
    return engine


def _key(pyodide: Path, wheel: Path) -> str:
    """Name all that an engine is made from."""
    package = json.loads((pyodide / "package.json").read_text("utf-8"))
    tools = f"{package['version']} {version('pyodide-build')} {sys.version}"
    ours = [*sorted(path for path in HERE.rglob("*") if path.suffix != ".pyc"), wheel]
    return hashlib.sha256(
        tools.encode() + b"".join(path.read_bytes() for path in ours if path.is_file())
    ).hexdigest()


def engine_files(runtime: str) -> str:
    """Return the JavaScript module that names the files a page may fetch ahead, and their folder."""
    return (
        f'export {{ FILES }} from "../../../{runtime}files.js";\n'
        f'export const FOLDER = new URL("../../../{runtime}", import.meta.url);\n'
    )


def files_script(folder: Path, names: Iterable[str], lock: dict[str, str]) -> str:
    """Return the JavaScript module that names the files the worker may use: these bytes, no others.

    `names` are files of `folder`; `lock` is the `info` of Pyodide's own lock file.
    """
    contents = {name: (folder / name).read_bytes() for name in names}
    files = {
        name: {
            "sha256": base64.b64encode(hashlib.sha256(content).digest()).decode(),
            "size": len(content),
            "sent": _sent(content),
        }
        for name, content in contents.items()
    }
    return (
        "// Written by the build: the files of this folder, their SHA-256 in base64, their bytes, and\n"
        "// those that a host sends once they are compressed.\n"
        f"export const FILES = {json.dumps(files, indent=2)};\n"
        f"export const LOCK = {json.dumps(lock)};\n"
    )


def write_worker(folder: Path, modules: Path, files: str, *boot: str) -> None:
    """Write the worker as one module, and `files` beside it for pages: no module waits for another.

    `modules` holds the tool that drops its comments; a name that two of its parts give stops the build.
    """
    (folder / "files.js").write_text(files, "utf-8")
    parts = (files, *boot, *(path.read_text("utf-8") for path in WORKER))
    whole = re.sub(r"^(import .*;\n|export )", "", "\n".join(parts), flags=re.M)
    worker, esbuild = folder / "worker.js", modules / "esbuild-wasm" / "bin" / "esbuild"
    worker.write_text(whole, "utf-8")
    small = ["--minify-whitespace", "--charset=utf8", "--allow-overwrite", f"--outfile={worker}"]
    run(["node", esbuild, worker, *small], "le script du moteur")


def digest_of(folder: Path) -> str:
    """Return the name of a folder: the beginning of the SHA-256 of its names and contents."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:DIGEST_LENGTH]


def with_stand_ins(
    library: Iterable[tuple[str, bytes]], *folders: Path
) -> Iterator[tuple[str, bytes]]:
    """Put each stand-in, also those of `folders`, in the place of its module; the rest stays as published."""
    ours = {
        path.relative_to(folder).as_posix(): path
        for folder in (STAND_INS, *folders)
        for path in folder.rglob("*.py")
    }
    for name, code in library:
        yield name, ours[name].read_bytes() if name in ours else code


def _module(name: str) -> str | None:
    """Return the module that a file of the library holds, or None: `json/__init__.py` → `json`."""
    if not name.endswith(".py"):
        return None
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _loaded_modules(interpreter: Path, wheel: Path, library: Path, lock: Path) -> set[str]:
    script = HERE / "loaded_modules.mjs"
    command: list[str | Path] = ["node", script, interpreter, wheel, library, lock]
    printed = run(command, "le démarrage de Python dans Node")
    return set(json.loads(printed.splitlines()[-1]))


def _compile(folder: Path) -> None:
    """Compile the Python of the archives of `folder`; a wheel's name then says for which Python.

    Compiled code loads only in the same minor version of Python: see .python-version. `-OO` and
    `no_debug_ranges` drop docstrings, assertions and the columns of tracebacks, which nobody reads
    in a browser.
    """
    flags = ("-I", "-OO", "-X", "no_debug_ranges")
    tool = ("-m", "pyodide_cli", "py-compile", "--silent")
    command = (sys.executable, *flags, *tool, folder)
    # The date makes Python write the hash of each source instead of its time, which changes.
    run(command, "la compilation de Python", {"SOURCE_DATE_EPOCH": "315532800"})
    for path in sorted(folder.iterdir()):
        # pyodide-build dates the members with the time of the build.
        path.write_bytes(archive.packed(archive.members(path)))


def run(
    command: Sequence[str | Path],
    goal: str,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> str:
    """Run a tool of the build, and return its standard output. Raises BuildError, which names `goal`.

    `goal` is a French noun with its article; `environment` adds to that of the build; `folder` is
    the working directory.
    """
    try:
        done = subprocess.run(  # noqa: S603
            command,
            cwd=folder,
            env=os.environ | (environment or {}),
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise BuildError(
            f"Échec : {goal}. « {command[0]} » n'est pas installé ici : installez-le, ou lancez « make "
            "site », qui dit ce qui manque."
        ) from None
    if done.returncode != 0:
        raise BuildError(f"Échec : {goal}.\n{done.stdout}{done.stderr}")
    return done.stdout
