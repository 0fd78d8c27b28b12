"""The engine of the workshop: our own checks, in the browser, over all of `data/`.

The models need a compiled package, `pydantic_core`, which is only published for another Python than
that of the calculators: this engine has its own, in a folder of its own that nothing else fetches.
It is made as the other is (`generator/pyodide/`): an interpreter without what nothing here calls, a
library cut to the modules that answers load, compiled by the Python that runs it, each file checked before
use, a folder named after its content.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.pyodide import archive
from generator.pyodide.engine import (
    INTERPRETER,
    LIBRARY,
    LOCK,
    STAND_INS,
    Built,
    digest_of,
    files_script,
    run,
    weight,
    with_stand_ins,
    write_worker,
)
from generator.workshop import first_answers, packed
from generator.yaml_files.document import Document

SCRIPTS = ("pyodide.mjs", "pyodide.asm.mjs")
#: The compiled package, and its place among the packages.
CORE = "pydantic_core.wasm"
CORE_MODULE = "pydantic_core/_pydantic_core.so"
#: The packages that answers import, pure Python, and the distribution that gives their version.
PACKAGES = {
    "annotated_types": "annotated-types",
    "jinja2": "Jinja2",
    "markdown": "Markdown",
    "markdown_it": "markdown-it-py",
    "markupsafe": "MarkupSafe",
    "mdurl": "mdurl",
    "pydantic": "pydantic",
    "ruamel.yaml": "ruamel.yaml",
    "typing_extensions": "typing_extensions",
    "typing_inspection": "typing-inspection",
    "yaml": "PyYAML",
}
#: Our own code that answers in the browser: whole folders, but for the modules that no answer imports.
CODE = (
    "calculators/**/*.py",
    "generator/__init__.py",
    "generator/content/*.py",
    "generator/pages/*.py",
    "generator/pages/*.yaml",
    "generator/pages/pictograms/*.svg",
    "generator/pages/templates/*.j2",
    "generator/workshop/*.py",
    "generator/yaml_files/*.py",
)
NOT_IMPORTED = {
    "calculators/__main__.py",
    "calculators/bridge.py",
    "calculators/plausible.py",
    "generator/content/last_changes.py",
    "generator/content/picture_files.py",
    "generator/content/worked_cases.py",
    "generator/pages/department_pages.py",
    "generator/pages/spreadsheet_model.py",
    "generator/workshop/compile_archive.py",
    "generator/workshop/engine.py",
    "generator/workshop/first_answers.py",
    "generator/workshop/receive.py",
}
#: Beside `data/`.
ARCHIVES = (LIBRARY, "packages.xz", "code.xz")
HERE = Path(__file__).parent
#: Of modules that the packages import and nothing here calls, beside those of both engines.
OWN_STAND_INS = HERE / "stand_ins"
#: The folder of the code that both engines share.
SHARED = Path(archive.__file__).parent
REQUIREMENTS = "requirements-workshop.txt"
#: The platform of the wheel, as options of `pip download`.
_PLATFORM = (
    *("--platform", "pyemscripten_2026_0_wasm32", "--implementation", "cp"),
    *("--python-version", "3.14", "--abi", "cp314"),
)


def build(root: Path, documents: Sequence[Document], folder: Path) -> Built:
    """Write the files of the workshop's worker into `folder/DIGEST/`; `documents` are `data/`, read.

    The compiled archives are kept beside, and made again when the code changes.
    """
    pyodide = root / "node_modules" / "pyodide-workshop"
    made = folder.with_name("workshop-compiled")
    made.mkdir(parents=True, exist_ok=True)
    wheel = fetch_wheel(root)
    data = _data(root, documents)
    compiled = _compile(root, pyodide, wheel, data, made)
    shutil.rmtree(folder, ignore_errors=True)
    draft = folder / "draft"
    draft.mkdir(parents=True)
    for name in (*SCRIPTS, INTERPRETER):
        shutil.copyfile(made / "interpreter" / name, draft / name)
    for name in ARCHIVES:
        shutil.copyfile(made / name, draft / name)
    (draft / "data.xz").write_bytes(data)
    lock = json.loads((pyodide / LOCK).read_text("utf-8"))["info"]
    names = sorted(path.name for path in draft.iterdir())
    boot = (_unpacker(pyodide.parent), (HERE / "workshop_boot.mjs").read_text("utf-8"))
    write_worker(draft, pyodide.parent, files_script(draft, names, lock), *boot)
    (draft / "pages.json").write_bytes(_pages(root))
    for name, answers in first_answers.written(root, documents):
        (draft / name).write_bytes(answers)
    digest = digest_of(draft)
    draft.rename(folder / digest)
    return Built(digest, compiled + len(data))


def _unpacker(modules: Path) -> str:
    """Return the library that unpacks archives, written for `require`, as `xz` for a module."""
    library = modules / "xz-decompress" / "dist" / "package" / "xz-decompress.min.js"
    own = library.read_text("utf-8")
    given = "{ exports: {} }, {}, () => ({})"
    return f"const xz = ((module, exports, require) => {{\n{own}\nreturn module.exports;\n}})({given});"


def last(folder: Path) -> Built | None:
    """Return what `build` wrote into `folder` the last time, if it is there."""
    stamp = folder.with_name("workshop-compiled") / "code.key"
    made = [*folder.glob("*/data.xz")]
    if len(made) != 1 or not stamp.exists():
        return None
    _, compiled = stamp.read_text("utf-8").split()
    return Built(made[0].parent.name, int(compiled) + made[0].stat().st_size)


def fetch_wheel(root: Path) -> Path:
    """Return the wheel that `requirements-workshop.txt` pins; fetch it the first time."""
    target = root / "build" / "workshop-wheel"
    pinned = root / REQUIREMENTS
    stamp = target / "installed"
    if not stamp.exists() or stamp.read_bytes() != pinned.read_bytes():
        shutil.rmtree(target, ignore_errors=True)
        options = ("--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:")
        command = (sys.executable, "-m", "pip", "download", *options, *_PLATFORM)
        run([*command, "--requirement", pinned, "--dest", target], "la roue de l'atelier")
        stamp.write_bytes(pinned.read_bytes())
    (wheel,) = target.glob("*.whl")
    return wheel


def code_files(root: Path) -> list[Path]:
    """Return the files of our own code that are shipped."""
    found = {path for pattern in CODE for path in root.glob(pattern)}
    return sorted(found - {root / name for name in NOT_IMPORTED})


def _compile(root: Path, pyodide: Path, wheel: Path, data: bytes, made: Path) -> int:
    """Compile the changed archives into `made`; return the weight of all but the data."""
    version = json.loads((pyodide / "package.json").read_text("utf-8"))["version"]
    versions = [importlib.metadata.version(name) for name in PACKAGES.values()]
    key = hashlib.sha256(f"{version} {wheel.name} {versions}".encode())
    code = code_files(root)
    scripts = (*sorted(HERE.glob("*.mjs")), HERE / "compile_archive.py")
    for path in (*code, *sorted(SHARED.iterdir()), *_stand_ins(), *scripts):
        if path.is_file():
            key.update(path.name.encode() + path.read_bytes())
    stamp = made / "code.key"
    known, _, weighed = stamp.read_text("utf-8").partition(" ") if stamp.exists() else ("", "", "")
    if known == key.hexdigest():
        return int(weighed)
    stamp.unlink(missing_ok=True)
    sources = made / "sources"
    shutil.rmtree(sources, ignore_errors=True)
    sources.mkdir()
    core = [(name, code) for name, code in archive.members(wheel) if name.endswith(".py")]
    interpreter = _cut(pyodide, wheel, made)
    module = (CORE_MODULE, (interpreter / CORE).read_bytes())
    packages = archive.together((*_contents(_packages()), *core, module), preset=0)
    (sources / "packages.xz").write_bytes(packages)
    ours = _contents((path.relative_to(root), path) for path in code)
    (sources / "code.xz").write_bytes(archive.together(ours, preset=0))
    (sources / "data.xz").write_bytes(data)
    run(["node", HERE / "compile_workshop.mjs", interpreter, sources, made], "l'atelier")
    shutil.rmtree(sources)
    _pack(made, "code")
    _pack(made, "packages", module)
    shipped = [interpreter / name for name in (*SCRIPTS, INTERPRETER)]
    total = weight([*shipped, *(made / name for name in ARCHIVES)])
    stamp.write_text(f"{key.hexdigest()} {total}", "utf-8")
    return total


def _pack(made: Path, name: str, *more: tuple[str, bytes]) -> None:
    """Pack a compiled archive, and `more`, unless they are those of the last time: it takes seconds."""
    given, stamp = made / f"{name}.zip", made / f"{name}.key"
    key = hashlib.sha256(given.read_bytes() + b"".join(content for _, content in more)).hexdigest()
    if not stamp.exists() or stamp.read_text("utf-8") != key:
        stamp.unlink(missing_ok=True)
        packed_files = archive.together((*archive.members(given), *more))
        (made / f"{name}.xz").write_bytes(packed_files)
        stamp.write_text(key, "utf-8")


def _cut(pyodide: Path, wheel: Path, made: Path) -> Path:
    """Write the interpreter without what nothing calls, and the compiled package; return their folder.

    It is the one that compiles, and answers all that a contributor may ask: what is missing stops the build.
    """
    target = made / "interpreter"
    stamp = target / "interpreter.key"
    key = hashlib.sha256((pyodide / INTERPRETER).read_bytes() + wheel.read_bytes())
    for path in (*sorted(SHARED.glob("*.mjs")), *_stand_ins()):
        key.update(path.read_bytes())
    key.update((SHARED / "unused.json").read_bytes())
    if stamp.exists() and stamp.read_text("utf-8") == key.hexdigest():
        return target
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name in (SCRIPTS[0], LOCK):
        shutil.copyfile(pyodide / name, target / name)
    library = with_stand_ins(archive.members(pyodide / LIBRARY), OWN_STAND_INS)
    (target / LIBRARY).write_bytes(archive.packed(library))
    ((_, core),) = [one for one in archive.members(wheel) if one[0].endswith(".so")]
    (target / CORE).write_bytes(core)
    command = ("node", SHARED / "cut_wasm.mjs", pyodide, "", target, target / CORE)
    run(command, "l'interpréteur de l'atelier")
    stamp.write_text(key.hexdigest(), "utf-8")
    return target


def _stand_ins() -> list[Path]:
    return sorted(path for folder in (STAND_INS, OWN_STAND_INS) for path in folder.rglob("*.py"))


def _packages() -> Iterator[tuple[Path, Path]]:
    """Yield the sources of the packages: their place in the archive, and where they are."""
    for name in PACKAGES:
        found = importlib.util.find_spec(name)
        assert found is not None
        assert found.origin is not None
        origin = Path(found.origin)
        base = origin.parents[name.count(".") + 1] if origin.stem == "__init__" else origin.parent
        paths = origin.parent.rglob("*.py") if origin.stem == "__init__" else [origin]
        yield from ((path.relative_to(base), path) for path in sorted(paths))


def _contents(files: Iterable[tuple[Path, Path]]) -> Iterator[tuple[str, bytes]]:
    return ((name.as_posix(), path.read_bytes()) for name, path in files)


def _pages(root: Path) -> bytes:
    """Return the pages written by hand and the menu: the page asks for them when it needs them."""
    docs = sorted(path for path in (root / "docs").rglob("*") if path.is_file())
    written = [path for path in docs if path.suffix == ".md"] + [root / "mkdocs.yml"]
    given = {
        "pages": {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in written},
        "files": [path.relative_to(root).as_posix() for path in docs if path.suffix != ".md"],
    }
    return json.dumps(given, ensure_ascii=False).encode()


def _data(root: Path, documents: Iterable[Document]) -> bytes:
    """Return the archive of `data/`, read already, and of the configuration of the renderer."""
    config = (root / "mkdocs.yml").read_bytes()
    return archive.together((("data.pickle", packed.packed(documents)), ("mkdocs.yml", config)))
