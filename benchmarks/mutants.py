"""Count the mutants that the last `make mutants` killed, by module, and list those that survive."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

#: The exit codes of mutmut that are not a kill: survived, no test reached it, not run.
NOT_KILLED = {0: "survived", 5: "survived", 33: "no test", None: "not run"}


def main() -> None:
    """Print a Markdown table, then the names of the mutants that are not killed."""
    total: Counter[str] = Counter()
    left: list[str] = []
    print("| Module | Mutants | Killed | Score |\n| --- | ---: | ---: | ---: |")
    for path in sorted(Path("mutants/calculators").glob("*.py.meta")):
        codes = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        states = Counter(NOT_KILLED.get(code, "killed") for code in codes.values())
        left += [
            f"{NOT_KILLED[code]}: {name}" for name, code in codes.items() if code in NOT_KILLED
        ]
        print(_row(path.name.removesuffix(".py.meta"), states))
        total += states
    print(_row("**all**", total))
    print("", *left, sep="\n")


def _row(name: str, states: Counter[str]) -> str:
    return (
        f"| {name} | {states.total()} | {states['killed']} "
        f"| {100 * states['killed'] / states.total():.1f} % |"
    )


if __name__ == "__main__":
    main()
