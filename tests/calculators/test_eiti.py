"""The day after the experiment of the EITI: no error, and a refusal that says what still holds."""

from __future__ import annotations

from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.bridge import answer
from calculators.rules import Rules
from generator.content.worked_cases import Case, load

#: The experiment ends on 22 December 2026, and no text is known for what follows.
AFTER = ("2026-12-23", "2027-01-01")
OF_EITI = [case for case in load() if case.situation.get("structure") == "eiti"]


def on(case: Case, day: str) -> dict[str, Any]:
    """Return the situation of a case, asked on another day."""
    asked = {name: day for name in ("au", "date") if name in case.situation}
    assert asked, case
    return case.situation | asked


@pytest.mark.parametrize("day", AFTER)
@pytest.mark.parametrize("case", OF_EITI, ids=str)
def test_after_the_experiment_a_refusal_says_what_still_holds(
    case: Case, day: str, rules: Rules
) -> None:
    """A PASS IAE already given runs on, other structures may hire, and the text is not known."""
    response = answer(CALCULATORS[case.calculator], on(case, day), rules)
    if (
        case.calculator == "suivi"
    ):  # the rest of the pathway is told, and beside it what is not known
        refusals = [note for note in response["result"]["not_checked"] if "connue que" in note]
        assert refusals
    else:
        assert response["type"] in {"unknown", "invalid"}
        refusals = [response["message"]] if response["type"] == "unknown" else []
    for refusal in refusals:
        for words in ("22 décembre 2026", "aucun texte connu", "PASS IAE déjà délivré", "ACI"):
            assert words in refusal.replace("\N{NO-BREAK SPACE}", " "), words


def test_every_calculator_that_asks_the_structure_has_a_case_of_an_eiti() -> None:
    """None is forgotten by the test above."""
    asking = {
        name
        for name, module in CALCULATORS.items()
        if "structure" in module.Situation.__dataclass_fields__
    }
    assert {case.calculator for case in OF_EITI} == asking
