"""Print one table in Markdown: what was measured, the figure, its spread, the goal, and whether it is met.

Absolute times depend on the machine. Ratios compare two things measured in the same run, in turn.
Names of groups on the command line measure those alone: `make bench ROWS=start,growth`. The last
figures of this machine are printed beside the new ones, and those that changed by more than a tenth
at the end.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

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
AGREED = 0.1  # two runs that differ by no more than this say the same
#: The figures of the last run, by the name of their row.
LAST = Path(__file__).parent.parent / "build" / "figures.json"
NUMBER = re.compile(r"[-+]?\d[\d.]*")


def _number(figure: str) -> float:
    return float(NUMBER.findall(figure)[0])


def judged(figure: str, goal: str) -> str:
    """Say whether a figure meets a goal such as « ≤ 0.50 », « < 20 s » or « = 0 »; "" without goal."""
    if not goal:
        return ""
    sign, limit, value = goal[0], _number(goal), _number(figure)
    met = {
        "≤": value <= limit,
        "<": value < limit,
        "≥": value >= limit,
        "=": value == limit,
    }[sign]
    if met:
        return "met"
    return f"missed by {abs(value / limit - 1):.0%}" if limit else f"missed by {value:g}"


def changed(figure: str, last: str) -> str:
    """Say how far a figure is from the last one; "" if they agree, or if there are not two numbers."""
    if not (NUMBER.search(figure) and NUMBER.search(last)) or _number(figure) == _number(last):
        return ""
    if _number(last) == 0:
        return f"{last} last time"
    change = _number(figure) / _number(last) - 1
    return f"{last} last time, {change:+.0%}" if abs(change) > AGREED else ""


def measure(
    groups: Mapping[str, Callable[[], list[Row]]], figures: dict[str, str]
) -> tuple[list[str], list[str]]:
    """Print the rows of each group when they are known; return what is wrong, and what has changed.

    Wrong is what failed or misses its goal. A group that fails is tried again, and both are said.
    `figures` has those of the last run, and takes the new ones.
    """
    print("| measure | figure | spread | last time | goal | |\n|---|---|---|---|---|---|")
    wrong, moved = [], []
    for name, rows in groups.items():
        before = os.getloadavg()[0]
        found: list[tuple[Row, str]] = []
        for turn in range(TRIES):
            try:
                found = [(row, judged(row[1], row[3])) for row in rows()]
                break
            except Exception as error:
                traceback.print_exc()
                said = f"failed, try {turn + 1} of {TRIES}: {type(error).__name__}"
                print(f"| {name} | {said} | | | | |", flush=True)
        else:
            wrong.append(f"{name}: failed")
        for (label, figure, spread, goal), verdict in found:
            last = figures.get(label, "")
            print(f"| {' | '.join([label, figure, spread, last, goal, verdict])} |")
            if verdict.startswith("missed"):
                wrong.append(f"{label}: {figure}, goal {goal}, {verdict}")
            if said := changed(figure, last):
                moved.append(f"{label}: {figure}, {said}")
            figures[label] = figure
        load_now = os.getloadavg()[0]
        print(
            f"| {name}: load of the machine | {before:.1f}, then {load_now:.1f} | | | | |",
            flush=True,
        )
    return wrong, moved


def main(asked: list[str]) -> int:
    """Measure what is asked, or everything; 1 if a goal is missed, 2 if a name is unknown."""
    names = [name for word in asked for name in word.split(",") if name] or list(GROUPS)
    if unknown := [name for name in names if name not in GROUPS]:
        print(f"Not a group: {', '.join(unknown)}. One of: {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {platform.machine()}, {start.versions()}\n")
    figures = json.loads(LAST.read_text("utf-8")) if LAST.exists() else {}
    wrong, moved = measure({name: GROUPS[name] for name in names}, figures)
    LAST.write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    print("", *(wrong or ["Every goal is met."]), sep="\n")
    print("", *(moved or ["No figure changed by more than a tenth."]), sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
