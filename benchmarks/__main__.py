"""Print one table in Markdown: what was measured, the figure, its spread, the goal, and whether it is met.

Absolute times depend on the machine. Ratios compare two things measured in the same run, in turn.
Names of groups on the command line measure those alone: `make bench ROWS=start,growth`.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import traceback
from collections.abc import Callable, Mapping

from benchmarks import (
    browser,
    calculation,
    data_files,
    directory,
    faults,
    follow,
    growth,
    lists,
    load,
    neighbours,
    pages,
    start,
    team,
    weights,
)
from benchmarks.calculation import Row

#: What is measured together, in turn; one that fails costs the others nothing.
GROUPS: dict[str, Callable[[], list[Row]]] = {
    "calculation": calculation.rows,
    "bytes": weights.rows,
    "start": start.first_visits,
    "line": start.poor_line,
    "phone": start.slow_processor,
    "again": start.second_visits,
    "changes": start.changes,
    "batch": browser.rows,
    "pages": pages.rows,
    "follow": follow.rows,
    "team": team.rows,
    "faults": faults.rows,
    "load": load.rows,
    "workshop": start.workshop,
    "rest": neighbours.rows,
    "serve": growth.again,
    "growth": growth.rows,
    "lists": lists.rows,
    "data": data_files.rows,
    "directory": directory.rows,
}
TRIES = 2  # a browser may fail once


def judged(figure: str, goal: str) -> str:
    """Say whether a figure meets a goal such as « ≤ 0.50 », « < 20 s » or « = 0 »; "" without goal."""
    if not goal:
        return ""
    sign, limit = goal[0], float(re.findall(r"[\d.]+", goal)[0])
    value = float(re.findall(r"[-+]?[\d.]+", figure)[0])
    met = {
        "≤": value <= limit,
        "<": value < limit,
        "≥": value >= limit,
        "=": value == limit,
    }[sign]
    if met:
        return "met"
    return f"missed by {abs(value / limit - 1):.0%}" if limit else f"missed by {value:g}"


def measure(groups: Mapping[str, Callable[[], list[Row]]]) -> list[str]:
    """Print the rows of each group when they are known; return those that failed or miss their goal.

    A group that fails is tried again, and both are said.
    """
    print("| measure | figure | spread | goal | |\n|---|---|---|---|---|")
    wrong = []
    for name, rows in groups.items():
        before = os.getloadavg()[0]
        found: list[Row] = []
        for turn in range(TRIES):
            try:
                found = rows()
                break
            except Exception as error:
                traceback.print_exc()
                said = f"failed, try {turn + 1} of {TRIES}: {type(error).__name__}"
                print(f"| {name} | {said} | | | |", flush=True)
        else:
            wrong.append(f"{name}: failed")
        for row in found:
            verdict = judged(row[1], row[3])
            print(f"| {' | '.join([*row, verdict])} |")
            if verdict.startswith("missed"):
                wrong.append(f"{row[0]}: {row[1]}, goal {row[3]}, {verdict}")
        load_now = os.getloadavg()[0]
        print(
            f"| {name}: load of the machine | {before:.1f}, then {load_now:.1f} | | | |", flush=True
        )
    return wrong


def main(asked: list[str]) -> int:
    """Measure what is asked, or everything; 1 if a goal is missed, 2 if a name is unknown."""
    names = [name for word in asked for name in word.split(",") if name] or list(GROUPS)
    if unknown := [name for name in names if name not in GROUPS]:
        print(f"Not a group: {', '.join(unknown)}. One of: {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {platform.machine()}, {start.versions()}\n")
    wrong = measure({name: GROUPS[name] for name in names})
    print("\nEvery goal is met." if not wrong else "\n" + "\n".join(wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
