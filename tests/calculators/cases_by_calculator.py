"""The worked cases again, one test for each calculator, for `make mutants` alone.

Each mutant is one run of pytest, which is much faster with ten tests than with five hundred.
"""

from __future__ import annotations

import pytest

from calculators import bridge
from calculators.inputs import questions
from calculators.rules import Rules
from calculators.typography import french
from generator.content.worked_cases import Case, load
from tests.calculators.test_cases import test_a_worked_case_gets_the_expected_answer as check

CASES: dict[str, list[Case]] = {}
for found in load():
    CASES.setdefault(found.calculator, []).append(found)


@pytest.fixture(autouse=True)
def _forget() -> None:
    """Answer afresh: what the first run has kept would hide a mutant from the next ones."""
    for kept in (french, questions, bridge._rules):
        kept.cache_clear()


@pytest.mark.parametrize("calculator", CASES)
def test_every_worked_case_gets_the_expected_answer(calculator: str, rules: Rules) -> None:
    for case in CASES[calculator]:
        check(case, rules)
