"""The directory that `build_site.py annuaire` read last, in `build/directory/`: a file a département.

`current.json` says which folder holds it. It is replaced in one step, once the folder is whole: a
command that stops half-way leaves the last directory as it was.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

FOLDER = "build/directory"
_CURRENT = "current.json"

#: A row in data·inclusion's schema, with JSON values; keys without a value are left out.
type Row = dict[str, Any]
#: Longitude, latitude, in degrees.
type Place = tuple[float, float]


@dataclass(frozen=True)
class Store:
    """The directory that was read last: the day of its source, and how many rows it has."""

    folder: Path
    day: date
    rows: int

    def department(self, code: str) -> tuple[list[Row], dict[str, Place]]:
        """Return the rows of a département, and where its communes are, by their codes."""
        file = self.folder / f"{code}.json"
        if not file.exists():
            return [], {}
        held = json.loads(file.read_text("utf-8"))
        return held["rows"], held["communes"]


def read(root: Path) -> Store | None:
    """Return the directory that is kept under `root`, or None when none is."""
    home = root / FOLDER
    try:
        told = json.loads((home / _CURRENT).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Store(home / told["folder"], date.fromisoformat(told["day"]), told["rows"])


def write(
    root: Path,
    day: date,
    rows: Mapping[str, list[Row]],
    communes: Mapping[str, Mapping[str, Place]],
    report: Iterable[str],
) -> Store:
    """Keep a directory in place of the last one: rows and communes by the codes of the départements."""
    home = root / FOLDER
    last = read(root)
    home.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=f"{day}-", dir=home))
    for code, its in rows.items():
        held = {"rows": its, "communes": communes.get(code, {})}
        (folder / f"{code}.json").write_text(compact(held), "utf-8")
    (folder / "report.txt").write_text("".join(f"{line}\n" for line in report), "utf-8")
    count = sum(map(len, rows.values()))
    told = {"folder": folder.name, "day": day.isoformat(), "rows": count}
    replace(home / _CURRENT, told)
    if last:
        shutil.rmtree(last.folder, ignore_errors=True)
    return Store(folder, day, count)


def compact(value: object) -> str:
    """Write a JSON value without the spaces that only people need."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def replace(path: Path, value: object) -> None:
    """Write a JSON file in one step: whoever reads meanwhile has the old one whole."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(compact(value), "utf-8")
    new.replace(path)
