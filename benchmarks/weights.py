"""What a reader's browser fetches, in bytes: the engine, the workshop, the heaviest pages."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from benchmarks import start
from benchmarks.calculation import Row
from generator.publish import page_weight
from generator.pyodide.engine import weight

#: Brotli as a host makes it ahead: Python has none, and Node has.
BROTLI = """const [{ brotliCompressSync }, { readFileSync }] = [require("zlib"), require("fs")];
console.log(process.argv.slice(1).reduce((sum, path) => sum + brotliCompressSync(readFileSync(path)).length, 0));
"""
#: For those who write the site.
OTHERS = "contribuer/"
_weight = lru_cache(maxsize=None)(lambda path: weight([path]))


def rows() -> list[Row]:
    """Weigh what a first answer fetches of the engine, ours and as published, and the rest."""
    published = [*(start.MODULES / "pyodide" / name for name in start.PUBLISHED_FILES)]
    ours, theirs = weight(start.runtime().iterdir()), weight([*published, start.wheel()])
    (workshop,) = (start.SITE / "workshop").iterdir()
    told = {path.stem: path for path in workshop.glob("*.json")}
    pages, catalogue = told.pop("pages"), told.pop("catalogue")
    form = weight([catalogue]) + max(map(_weight, told.values()))
    engine = weight(path for path in workshop.iterdir() if path.suffix != ".json")
    return [
        ("engine, gzip, ours", f"{ours / 1e6:.2f} MB", "", "≤ 2.9 MB"),
        ("engine, gzip, published", f"{theirs / 1e6:.2f} MB", "", ""),
        ("bytes, ours / published", f"{ours / theirs:.2f}", "", "≤ 0.75"),
        ("engine, Brotli", f"{_brotli(start.runtime().iterdir()) / 1e6:.2f} MB", "", "≤ 2.3 MB"),
        ("workshop, gzip, to its heaviest form", f"{form / 1e6:.2f} MB", "", ""),
        ("workshop, gzip, to the checks of it", f"{(form + engine) / 1e6:.2f} MB", "", "≤ 5.5 MB"),
        ("workshop, gzip, pages of the site", f"{weight([pages]) / 1e6:.2f} MB", "", ""),
        *_pages(),
    ]


def _brotli(paths: Iterable[Path]) -> int:
    command = ["node", "-e", BROTLI, *map(str, paths)]
    return int(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603


def _pages() -> list[Row]:
    """Name the heaviest pages, without the engine: of those that one reads, of those that calculate."""
    heaviest: dict[str, tuple[int, str]] = {}
    for path in start.SITE.rglob("index.html"):
        page = f"{path.parent.relative_to(start.SITE).as_posix()}/".removeprefix("./")
        if page.startswith(OTHERS):
            continue
        files = page_weight.fetched(start.SITE, page)
        bytes_ = sum(_weight(start.SITE / file) for file in files)
        kind = "that calculates" if "data-runtime" in path.read_text("utf-8") else "to read"
        heaviest[kind] = max(heaviest.get(kind, (0, "")), (bytes_, page))
    return [
        (f"heaviest page {kind}, gzip, without engine", f"{bytes_ / 1e3:.0f} kB", f"/{page}", goal)
        for kind, goal in (("to read", "≤ 70 kB"), ("that calculates", "≤ 100 kB"))
        for bytes_, page in [heaviest[kind]]
    ]
