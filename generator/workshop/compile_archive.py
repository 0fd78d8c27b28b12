"""Copy an archive, its Python modules compiled: the same bytes in, the same bytes out.

`compile_workshop.mjs` runs the text of this file in the Python of the workshop, whose version is not
that of the build: pyodide-build, which compiles the engine of the calculators, cannot run there. That
Python is started with `-OO -X no_debug_ranges`: these drop docstrings, assertions and the columns of
tracebacks, which nobody reads in a browser.
"""

from __future__ import annotations

import py_compile
import zipfile
from pathlib import Path

#: The date of every member: with that of the build, each build would be another engine.
DATE = (1980, 1, 1, 0, 0, 0)


def main(source: Path, target: Path, kept: set[str], is_packed: bool) -> None:
    """Write `target`: every `.py` of `source` becomes a `.pyc`, other files stay as they are.

    `kept` are the modules to keep, alone; empty, it keeps the whole archive. What Python reads in its
    archive is packed there (`is_packed`); the rest is packed together, later.
    """
    compression = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
    with (
        zipfile.ZipFile(source) as given,
        zipfile.ZipFile(target, "w") as written,
    ):
        written_module, compiled = Path("/module.py"), Path("/module.pyc")  # nothing else is there
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
            member = zipfile.ZipInfo(name, DATE)
            # The level of the archive does not count for a member that is given as a `ZipInfo`.
            written.writestr(member, content, compression, compresslevel=9)


def _module(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
