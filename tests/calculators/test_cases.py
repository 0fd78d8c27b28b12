"""The worked cases hold, each to the letter."""

from __future__ import annotations

import importlib
import json

import pytest

from calculators import CALCULATORS
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


#: What a carence that an option opens answers, when the facts of the option are all that it needs.
OPENED = {"nouveau_parcours": "libre", "nouveau_parcours_prescripteur": "levee"}


@pytest.mark.parametrize(
    "case", [case for case in load() if case.calculator == "fin_pass"], ids=str
)
def test_what_an_option_opens_takes_its_answers(case: Case, rules: Rules) -> None:
    """A simulator refuses none of them, asks only for what was not told, and agrees with the option."""
    response = answer(CALCULATORS["fin_pass"], case.situation, rules)
    for option in response.get("result", {}).get("options", []):
        opened = answer(CALCULATORS[option["calculator"]], option["situation"], rules)
        assert not set(opened.get("errors", {})) & set(option["situation"]), option["id"]
        told = {*case.situation} - {"structure"} | {*option["situation"]}
        if option["calculator"] == "prolongation":
            assert not set(opened.get("errors", {})) & told, option["id"]
        if opened["type"] == "result" and option["id"] in OPENED:
            assert opened["result"]["verdict"] == OPENED[option["id"]]
        if opened["type"] == "result" and option["status"] == "sous_conditions":
            assert opened["result"]["verdict"] in {"possible", *OPENED.values()}
