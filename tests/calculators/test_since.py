"""Every day on which a value changes is held by worked cases, on both sides of the change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from calculators import CALCULATORS
from calculators.bridge import answer
from calculators.rules import Rules, load
from generator.content.worked_cases import load as load_cases
from tests.calculators.recording import Recording


def changes() -> Iterator[tuple[str, date, date]]:
    """Go through the changes: a file of rules, the last day before, the first day after."""
    for identifier, values in load().parameters.items():
        subject = identifier.partition(".")[0]
        for value in values:
            yield subject, value.since - timedelta(days=1), value.since
            if value.until:
                yield subject, value.until, value.until + timedelta(days=1)


@pytest.fixture(scope="module")
def deciding(rules: Rules) -> dict[str, set[date]]:
    """The days whose law is asked for in the worked cases, by file of rules.

    A file is its calculator's. One that several share, and that none is named after, is decided by
    the cases of all those that read it.
    """
    days: dict[str, set[date]] = {name: set() for name in CALCULATORS}
    shared: dict[str, set[str]] = {}
    for case in load_cases():
        recording = Recording.of(rules)
        answer(CALCULATORS[case.calculator], case.situation, recording)
        days[case.calculator] |= {law.day for law in recording.laws}
        for subject in {name.partition(".")[0] for law in recording.laws for name in law.read}:
            if subject not in CALCULATORS:
                shared.setdefault(subject, set()).add(case.calculator)
    together = {name: set().union(*(days[one] for one in by)) for name, by in shared.items()}
    return days | together


@pytest.mark.parametrize(
    ("subject", "before", "after"),
    sorted(set(changes())),
    ids=lambda part: part if isinstance(part, str) else part.isoformat(),
)
def test_a_change_has_a_case_on_each_side(
    subject: str, before: date, after: date, deciding: dict[str, set[date]]
) -> None:
    """A case is decided by the law of the first day of a value, another by that of its eve.

    For a value with an end: one on its last day, another on the next. No file is exempt, but one
    that no calculator reads yet: no case could be decided by it.
    """
    assert subject in deciding or subject not in CALCULATORS
    assert {before, after} <= deciding.get(subject, {before, after})
