"""Random lists, thousands from one seed: right, asked about, refused, and wrong, which must be none."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from benchmarks.calculation import Row

ROOT = Path(__file__).parent.parent
SEED, TRIES = 1, 10_000


def rows() -> list[Row]:
    """Return the counts of the fuzzer of lists; what is wrong is told on standard error."""
    script = ROOT / "tests" / "scripts" / "fuzz_lists.mjs"
    quiet = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"
    done = subprocess.run(  # noqa: S603 - our own script
        ["node", quiet, str(script), str(SEED), str(TRIES)],  # noqa: S607
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    counts = json.loads(done.stdout)
    told = ", ".join(f"{counts[name]} {name}" for name in ("right", "asked", "refused"))
    return [(f"random lists read wrongly, of {counts['tried']}", str(counts["wrong"]), told, "= 0")]
