"""Thousands of changes of true files of `data/`: what the check accepts, the page shows as written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks.calculation import Row
from benchmarks.data_fuzzer import Fuzzer, counted
from generator.content import load

ROOT = Path(__file__).parent.parent
#: By seed, how many changes; the seeds are told, so that a fault is found again.
TRIES = {1: 1_000, 2: 1_000, 3: 1_000}


def rows() -> list[Row]:
    """Count what was tried, right, refused and wrong; print each that is wrong."""
    fuzzer = Fuzzer(load.read_all(ROOT / "data"), date.today())
    found = []
    for seed, count in TRIES.items():
        tries = fuzzer.run(count, seed)
        for one in tries:
            if one.outcome == "wrong":
                print(f"{one.file}: {one.change}: {one.why}")
        counts = counted(tries)
        told = ", ".join(f"{number} {name}" for name, number in counts.items() if name != "wrong")
        name = f"changed files of data/ shown wrongly, of {count}, seed {seed}"
        found.append((name, str(counts["wrong"]), told, "= 0"))
    return found
