"""A whole pathway never says other than the calculators that it asks."""

from __future__ import annotations

from typing import Any

from calculators import CALCULATORS
from calculators.bridge import answer
from calculators.rules import Rules
from generator.content.worked_cases import load

SITUATIONS = [case.situation for case in load() if case.calculator == "suivi"]


def ask(calculator: str, situation: dict[str, Any], rules: Rules) -> dict[str, Any]:
    return answer(CALCULATORS[calculator], situation, rules)


def test_a_host_older_than_its_rules_leaves_the_rest_answered(rules: Rules) -> None:
    """What is not known of a PMSMP of before 2014 is said beside an answer that stands."""
    convention = {
        "debut": "2014-01-01",
        "fin": "2014-01-05",
        "objet": "projet",
        "renouvellement": False,
    }
    situation = {"structure": "ei", "au": "2026-11-27", "pass_debut": "2025-10-01"}
    alone = ask("suivi", situation, rules)["result"]
    result = ask("suivi", situation | {"conventions": [convention]}, rules)["result"]
    assert result["options"] == alone["options"]
    (note,) = set(result["not_checked"]) - set(alone["not_checked"])
    assert "16\N{NO-BREAK SPACE}novembre 2014" in note
