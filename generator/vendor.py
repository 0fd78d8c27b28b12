"""The libraries that pages fetch when they need them, copied with their licences."""

from __future__ import annotations

import shutil
from pathlib import Path

#: Each file served, from `node_modules/`; its licence is served beside it.
FILES = {"ical.min.js": ("ical.js/dist/ical.min.js", "ical.js/LICENSE")}


def copy(modules: Path, target: Path) -> None:
    """Copy the files of `modules` (`node_modules/`) into `target`, each with `NAME.LICENSE`."""
    target.mkdir(parents=True, exist_ok=True)
    for name, (file, licence) in FILES.items():
        shutil.copyfile(modules / file, target / name)
        shutil.copyfile(modules / licence, target / f"{name}.LICENSE")
