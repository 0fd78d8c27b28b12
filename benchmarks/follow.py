"""In Chromium: the longest worked case of `suivi`, from its address to its answer on `/suivi/`."""

from __future__ import annotations

from urllib.parse import urlencode

from benchmarks import start
from benchmarks.calculation import Row, spread
from generator.content.worked_cases import load

ROUNDS = 5


def address() -> str:
    """Return the address of a pathway of over five years: two employers, three suspensions."""
    situation = next(case.situation for case in load() if case.calculator == "suivi")
    pairs = [
        (f"{name}.{row}.{field}", one)
        for name, value in situation.items()
        if isinstance(value, list)
        for row, fields in enumerate(value)
        for field, one in fields.items()
    ]
    pairs += [(name, value) for name, value in situation.items() if not isinstance(value, list)]
    return f"suivi/#{urlencode([(name, str(value).lower()) for name, value in pairs])}"


def rows() -> list[Row]:
    """Time a first visit, its cache empty, and a second one: until the answer is in the page."""
    first, second = [], []
    with start.host(start.SITE) as base, start.browser() as chromium:
        for _ in range(ROUNDS):
            context = chromium.new_context()
            first.append(start.seconds(context, base + address(), keep=True))
            second.append(start.seconds(context, base + address()))
            context.close()
    return [
        ("filled address of a pathway to its answer, first visit", *spread(first, "s"), ""),
        ("filled address of a pathway to its answer, second visit", *spread(second, "s"), ""),
    ]
