"""Count the mutants that the last `make mutants` killed, by module, and list those that survive.

mutmut changes functions only. The tables at the foot of each module are changed here: one entry at
a time takes the value of the next entry, a set loses or gains one member, a number grows by one.
"""

from __future__ import annotations

import importlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from calculators import CALCULATORS, dates
from calculators.bridge import answer
from calculators.rules import Rules, load
from generator.content import worked_cases

#: The exit codes of mutmut that are not a kill: survived, no test reached it, not run.
NOT_KILLED = {0: "survived", 5: "survived", 33: "no test", None: "not run"}
#: Tables that are for the page: no answer carries them.
WORDS = {"VALUES", "VERDICTS", "TOLD", "CALCULATORS"}


def main() -> None:
    """Print two Markdown tables, each with the names of the mutants that are not killed."""
    print("Functions (mutmut)\n")
    states, left = {}, []
    for path in sorted(Path("mutants/calculators").glob("*.py.meta")):
        codes = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        states[path.name.removesuffix(".py.meta")] = Counter(
            NOT_KILLED.get(code, "killed") for code in codes.values()
        )
        left += [
            f"{NOT_KILLED[code]}: {name}" for name, code in codes.items() if code in NOT_KILLED
        ]
    _show(states, left)
    print("\nTables\n")
    rules, every, left = load(), worked_cases.load(), []
    tables: dict[str, Counter[str]] = {}
    for name in sorted(set(states) & set(CALCULATORS)):
        module = importlib.import_module(f"calculators.{name}")
        own = [case for case in every if case.calculator == name]
        tables[name] = Counter()
        for label, change in _changes(module):
            with change:
                killed = not _holds(own, module, rules)
            tables[name]["killed" if killed else "survived"] += 1
            left += [] if killed else [f"survived: {name}.{label}"]
    _show(tables, left)


def _show(states: dict[str, Counter[str]], left: list[str]) -> None:
    print("| Module | Mutants | Killed | Score |\n| --- | ---: | ---: | ---: |")
    total: Counter[str] = sum(states.values(), Counter())
    for name, counts in [*states.items(), ("**all**", total)]:
        score = 100 * counts["killed"] / max(counts.total(), 1)
        print(f"| {name} | {counts.total()} | {counts['killed']} | {score:.1f} % |")
    print("", *left, sep="\n")


def _holds(own: list[worked_cases.Case], module: ModuleType, rules: Rules) -> bool:
    """Tell whether every case of the calculator still gets its answer."""
    for case in own:
        response = answer(module, case.situation, rules)
        if case.differences(response) or "None" in json.dumps(response):
            return False
    return True


def _changes(module: ModuleType) -> Iterator[tuple[str, Any]]:
    for name, table in vars(module).items():
        if not name.isupper() or name in WORDS or hasattr(dates, name):
            continue
        if isinstance(table, int):
            yield name, _set(vars(module), name, table + 1)
        elif isinstance(table, dict):
            yield from _in_table(name, table)


def _in_table(name: str, table: dict[Any, Any]) -> Iterator[tuple[str, Any]]:
    keys = list(table)
    for key, following in zip(keys, keys[1:] + keys[:1], strict=True):
        label, value = f"{name}[{key!s}]", table[key]
        if isinstance(value, set):
            for member in sorted(set().union(*table.values())):
                yield f"{label} {member!s}", _set(table, key, value ^ {member})
        elif isinstance(value, dict):
            yield from _in_table(label, value)
        elif value != table[following]:
            yield label, _set(table, key, table[following])


@contextmanager
def _set(table: dict[Any, Any], key: Any, value: Any) -> Iterator[None]:
    before = table[key]
    table[key] = value
    yield
    table[key] = before


if __name__ == "__main__":
    main()
