"""Copy an archive, its Python modules compiled: the same bytes in, the same bytes out.

Arguments: the archive (a zip, a wheel), its copy. The modules to keep come on standard input, one a
line; none keeps them all. Run by the build with `-OO -X no_debug_ranges`: these drop docstrings,
assertions and the columns of tracebacks, which nobody reads in a browser.
"""

from __future__ import annotations

import py_compile
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

#: `pyodide py-compile` writes the time of the build, and each build would be another engine.
STAMP = (1980, 1, 1, 0, 0, 0)


def main(source: Path, target: Path, kept: set[str]) -> None:
    """Write `target`; every `.py` becomes a `.pyc`, and what is not Python stays as it is."""
    with (
        TemporaryDirectory() as folder,
        zipfile.ZipFile(source) as given,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as written,
    ):
        written_module, compiled = Path(folder, "module.py"), Path(folder, "module.pyc")
        for source_name in sorted(given.namelist()):
            name, content = source_name, given.read(source_name)
            if name.endswith(".py"):
                if kept and _module(name) not in kept:
                    continue
                written_module.write_bytes(content)
                py_compile.compile(
                    str(written_module),
                    cfile=str(compiled),
                    dfile=name,
                    doraise=True,
                    invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
                )
                name, content = f"{name}c", compiled.read_bytes()
            elif kept:
                continue
            member = zipfile.ZipInfo(name, STAMP)
            member.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(member, content)


def _module(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


# Pyodide runs this text for its `main` alone: it gives no archive.
if __name__ == "__main__" and len(sys.argv) == 3:
    main(Path(sys.argv[1]), Path(sys.argv[2]), set(sys.stdin.read().split()))
