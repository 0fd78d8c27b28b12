"""« Je ne sais pas » is answered by all that the missing answer could give, and by nothing more."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculators import CALCULATORS
from calculators.bridge import answer
from calculators.inputs import questions
from calculators.rules import Rules
from calculators.unsure import UNSURE, VERDICT
from generator.content.worked_cases import Case, load

CARENCE: dict[str, Any] = {
    "structure": "aci",
    "fin_pass": "2025-06-30",
    "au": "2026-11-21",
    "candidature_de": "siae",
    "diagnostic_de": "aucun",
}


def ask(calculator: str, rules: Rules, **situation: Any) -> dict[str, Any]:
    return answer(CALCULATORS[calculator], situation, rules)


def test_an_answer_that_decides_is_told_with_what_each_gives(rules: Rules) -> None:
    """Within the waiting period, all depends on who sent the application (R5132-1-5)."""
    result = ask("carence", rules, **CARENCE | {"candidature_de": UNSURE})["result"]
    assert result["verdict"] == VERDICT
    assert result["values"]["decisif"] == ["candidature_de"]
    assert {one["verdict"] for one in result["values"]["selon"]} == {"levee", "bloque"}
    assert result["values"]["fin_carence"] == "2027-06-30"
    assert "Un prescripteur habilité" in result["summary"]


def test_an_answer_that_changes_nothing_is_said_not_to(rules: Rules) -> None:
    """After the waiting period, who sent the application does not matter."""
    known = ask("carence", rules, **CARENCE | {"au": "2027-07-01"})["result"]
    result = ask("carence", rules, **CARENCE | {"au": "2027-07-01", "candidature_de": UNSURE})[
        "result"
    ]
    assert result["verdict"] == known["verdict"] == "libre"
    assert any("cela ne change pas cette réponse" in text for text in result["not_checked"])


def test_a_day_that_is_needed_is_asked_for_and_one_that_is_not_is_left_out(rules: Rules) -> None:
    refused = ask("carence", rules, **CARENCE | {"fin_pass": UNSURE})
    assert refused["type"] == "invalid"
    assert list(refused["errors"]) == ["fin_pass"]
    situation = {"debut": "2024-01-01", "suspensions": [], "prolongations": [], "au": "2026-11-21"}
    result = ask("pass_iae", rules, **situation, fin_initiale=UNSURE)["result"]
    assert result["verdict"] == ask("pass_iae", rules, **situation)["result"]["verdict"]
    assert any("n’est pas vérifié" in text for text in result["not_checked"])


def test_several_answers_that_decide_are_named(rules: Rules) -> None:
    result = ask("carence", rules, **CARENCE | {"structure": UNSURE, "candidature_de": UNSURE})[
        "result"
    ]
    assert result["values"]["decisif"] == ["structure", "candidature_de"]
    assert "Cela dépend de plusieurs réponses" in result["summary"]


def test_too_many_missing_answers_are_refused(rules: Rules) -> None:
    """Six structures, five senders, three diagnoses: 90 situations tell nobody anything."""
    everything = dict.fromkeys(("structure", "candidature_de", "diagnostic_de"), UNSURE)
    refused = ask("carence", rules, **CARENCE | everything)
    assert refused["type"] == "invalid"
    assert set(refused["errors"]) == set(everything)


def test_a_mistake_elsewhere_is_told_as_such(rules: Rules) -> None:
    refused = ask("carence", rules, **CARENCE | {"structure": UNSURE, "au": "hier"})
    assert list(refused["errors"]) == ["au"]


def test_a_day_without_a_rule_stays_unknown(rules: Rules) -> None:
    response = ask("carence", rules, **CARENCE | {"au": "1950-01-01", "diagnostic_de": UNSURE})
    assert response["type"] in {"unknown", "invalid"}


FINITE = [
    (case, question.name)
    for case in load()
    for question in questions(CALCULATORS[case.calculator].Situation)
    if question.kind in {"choice", "boolean"} and "type" not in case.expect
]


@settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(picked=st.sampled_from(FINITE))
def test_the_answer_covers_every_answer_that_could_be_given(
    picked: tuple[Case, str], rules: Rules
) -> None:
    """Each possibility, asked alone, is in the answer; and the answer holds no other."""
    case, name = picked
    calculator: ModuleType = CALCULATORS[case.calculator]
    (question,) = [q for q in questions(calculator.Situation) if q.name == name]
    codes = [True, False] if question.kind == "boolean" else [one.value for one in question.of]
    alone = [answer(calculator, case.situation | {name: code}, rules) for code in codes]
    possible = [one for one in alone if one["type"] != "invalid"]
    whole = answer(calculator, case.situation | {name: UNSURE}, rules)
    assert whole["type"] != "error"
    if not possible:
        assert whole["type"] == "invalid"
        return
    verdicts = {
        one["result"]["verdict"] if one["type"] == "result" else one["type"] for one in possible
    }
    if len(verdicts) > 1:
        assert whole["result"]["verdict"] == VERDICT
        assert {one["verdict"] for one in whole["result"]["values"]["selon"]} == verdicts
    elif whole["type"] == "result":
        assert {whole["result"]["verdict"]} == verdicts
    if whole["type"] == "result":
        results = [one["result"] for one in possible if one["type"] == "result"]
        for reason in whole["result"]["reasons"]:
            assert all(reason in one["reasons"] for one in results)
        for key, value in whole["result"]["values"].items():
            if key not in {"selon", "decisif"} and value is not None:
                assert all(one["values"].get(key) == value for one in results)


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_a_situation_without_a_doubt_is_answered_as_before(calculator: str, rules: Rules) -> None:
    """Nothing that is known goes through the possibilities."""
    for case in load():
        if case.calculator == calculator:
            response = answer(CALCULATORS[calculator], case.situation, rules)
            assert response.get("result", {}).get("verdict") != VERDICT


def test_an_option_that_a_missing_answer_decides_is_kept_and_said_to_depend(rules: Rules) -> None:
    """Nobody loses a door because she does not know which structure employs her."""
    facts = {"pass_fin": "2026-11-29", "jours_deja_prolonges": 0, "au": "2026-11-27"}
    result = ask("fin_pass", rules, structure=UNSURE, **facts)["result"]
    assert result["verdict"] == "fenetre_ouverte"
    options = {option["id"]: option for option in result["options"]}
    depends = options["prolongation_difficultes"]
    assert depends["status"] == "sous_conditions"
    assert "dépend d’une réponse" in depends["text"]
    assert "structure" not in depends["situation"]
    known = ask("fin_pass", rules, structure="ai", rqth=UNSURE, **facts)["result"]
    same = ask("fin_pass", rules, structure="ai", rqth=True, **facts)["result"]
    assert known["options"][0] == same["options"][0]
