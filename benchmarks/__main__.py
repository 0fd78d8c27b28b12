"""Print one table: what was measured, the figure, its spread, the goal.

Absolute times depend on the machine. Ratios compare two things measured in the same run, in turn.
"""

from __future__ import annotations

import platform

from benchmarks import (
    browser,
    calculation,
    data_files,
    faults,
    growth,
    lists,
    load,
    pages,
    start,
    team,
)


def main() -> None:
    """Run every benchmark and print its rows."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {start.versions()}\n")
    rows = [("measure", "median", "min to max", "goal")]
    rows += [*calculation.rows(), *start.rows(), *browser.rows(), *faults.rows(), *pages.rows()]
    rows += [*load.rows(), *growth.rows(), *lists.rows(), *data_files.rows(), *team.rows()]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )


if __name__ == "__main__":
    main()
