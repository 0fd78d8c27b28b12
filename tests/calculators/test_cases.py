"""The worked cases hold, each to the letter."""

from __future__ import annotations

import importlib
import json

import pytest

from calculators.bridge import answer
from calculators.rules import Rules
from generator.content.worked_cases import Case, load


@pytest.mark.parametrize("case", load(), ids=str)
def test_a_worked_case_gets_the_expected_answer(case: Case, rules: Rules) -> None:
    """What a lawyer wrote in `data/cases/` is what the calculator answers."""
    calculator = importlib.import_module(f"calculators.{case.calculator}")
    response = answer(calculator, case.situation, rules)
    assert case.differences(response) == []
    assert "None" not in json.dumps(response), "a sentence shows a value that is missing"
