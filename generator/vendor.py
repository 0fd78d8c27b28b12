"""Libraries of others that the browser loads: copied as published, each beside its licence."""

from __future__ import annotations

import shutil
from pathlib import Path

#: Files of `node_modules`, by package. A licence alone: the package is inside another's file.
LIBRARIES = {
    "fflate": ("umd/index.js", "LICENSE"),
    "ical.js": ("dist/ical.min.js", "LICENSE"),
    "papaparse": ("papaparse.min.js", "LICENSE"),
    "read-excel-file": ("bundle/read-excel-file.min.js", "LICENSE"),
    "saxen": ("LICENSE",),
}


def copy(node_modules: Path, target: Path) -> None:
    """Copy every library into a folder of its name under `target`."""
    for package, names in LIBRARIES.items():
        folder = target / package
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copyfile(node_modules / package / name, folder / Path(name).name)
