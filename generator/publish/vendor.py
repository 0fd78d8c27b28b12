"""Libraries of others that the browser loads: copied as published (see `shipped` for licences)."""

from __future__ import annotations

import shutil
from pathlib import Path

#: Files of `node_modules`, by package.
LIBRARIES = {
    "fflate": "umd/index.js",
    "ical.js": "dist/ical.min.js",
    "papaparse": "papaparse.min.js",
    "read-excel-file": "bundle/read-excel-file.min.js",
}


def copy(node_modules: Path, target: Path) -> None:
    """Copy every library into a folder of its name under `target`."""
    for package, name in LIBRARIES.items():
        folder = target / package
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(node_modules / package / name, folder / Path(name).name)
