"""What nobody's situation holds is refused beside its field; what is odd is questioned."""

from __future__ import annotations

from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.bridge import answer
from calculators.rules import Rules
from calculators.typography import APOSTROPHE, NARROW, NO_BREAK

DIAGNOSIS = {"date": "2026-11-21", "structure": "ei", "auteur": "siae", "criteres": []}
PASS = {"debut": "2021-01-01", "au": "2026-11-21", "suspensions": [], "prolongations": []}
GRANTED = {
    "structure": "aci",
    "motif": "formation",
    "jours_deja_prolonges": 0,
    "jours_demandes": 90,
    "au": "2026-11-21",
    "pass_debut": "2006-11-22",
}
CONTRACT = {"structure": "aci", "contrat": "cddi", "au": "2026-11-21"}
PERIOD = {"debut": "2026-01-01", "fin": "2026-06-30"}
PART_TIME = {
    "structure": "ei",
    "territoire": "metropole",
    "au": "2025-06-02",
    "contrat": "cddi",
    "etp": 1,
}


def said(rules: Rules, calculator: str, situation: dict[str, Any]) -> dict[str, str]:
    """Answer, and return the errors by field, with plain spaces."""
    errors = answer(CALCULATORS[calculator], situation, rules).get("errors", {})
    return {field: plain(sentence) for field, sentence in errors.items()}


def plain(sentence: str) -> str:
    """Write a sentence as it is typed."""
    return sentence.replace(NO_BREAK, " ").replace(NARROW, " ").replace(APOSTROPHE, "'")


@pytest.mark.parametrize(
    ("born", "age"),
    [("1900-01-01", 126), ("1926-11-21", 100), ("2020-06-01", 6), ("2012-11-22", 13)],
)
def test_nobody_signs_at_six_or_at_a_hundred(rules: Rules, born: str, age: int) -> None:
    errors = said(rules, "eligibilite_iae", DIAGNOSIS | {"date_naissance": born})
    assert list(errors) == ["date_naissance"]
    assert f"aurait {age} ans le 21 novembre 2026" in errors["date_naissance"]


@pytest.mark.parametrize("born", ["1926-11-22", "2012-11-21"])
def test_ages_that_people_have_are_read(rules: Rules, born: str) -> None:
    assert said(rules, "eligibilite_iae", DIAGNOSIS | {"date_naissance": born}) == {}


def test_a_registration_lasts_at_most_fifty_years(rules: Rules) -> None:
    assert said(rules, "eligibilite_iae", DIAGNOSIS | {"inscription_debut": "1975-11-22"}) == {}
    errors = said(rules, "eligibilite_iae", DIAGNOSIS | {"inscription_debut": "1975-11-21"})
    assert "depuis 51 ans" in errors["inscription_debut"]


@pytest.mark.parametrize(
    ("calculator", "situation", "field"),
    [
        ("pass_iae", PASS, "fin_initiale"),
        ("prolongation", GRANTED | {"pass_debut": "2021-01-01"}, "pass_fin"),
    ],
)
def test_a_pass_of_forty_years_is_refused(
    rules: Rules, calculator: str, situation: dict[str, Any], field: str
) -> None:
    errors = said(rules, calculator, situation | {field: "2061-01-01"})
    assert list(errors) == [field]
    assert "durerait 40 ans" in errors[field]


def test_a_pass_of_twenty_years_is_read(rules: Rules) -> None:
    """Up to the pension, with a permanent contract, and every suspension."""
    assert said(rules, "prolongation", GRANTED | {"pass_fin": "2026-11-22"}) == {}


def test_the_hours_of_a_month_are_not_those_of_a_week(rules: Rules) -> None:
    """In each row, and in each calculator that asks for a week."""
    rows: list[dict[str, Any]] = [
        PERIOD | {"heures_semaine": 80},
        {"debut": "2026-07-01", "fin": "2026-08-31"},
    ]
    assert said(rules, "duree_contrat", CONTRACT | {"periodes": rows}) == {}
    rows[1]["heures_semaine"] = 155
    errors = said(rules, "duree_contrat", CONTRACT | {"periodes": rows})
    assert "155 heures par semaine" in errors["periodes.1.heures_semaine"]
    errors = said(rules, "aide_poste", PART_TIME | {"heures_contrat": 121.33})
    assert "121,33 heures par semaine" in errors["heures_contrat"]


def test_hours_that_no_day_holds_are_questioned_and_answered(rules: Rules) -> None:
    """A mission may last several days: only those that have passed by the day looked at are counted."""
    mission = {"date": "2026-11-21", "heures": 30, "utilisateur": "entreprise"}
    missions = [
        mission,
        mission | {"date": "2026-11-20"},
        mission | {"date": "2026-11-22"},
        mission | {"heures": 24},
    ]
    situation = {"missions": missions, "au": "2026-11-21"}
    response = answer(CALCULATORS["heures_ai"], situation, rules)
    result = response["result"]
    assert list(result["doubts"]) == ["missions.0.heures"]
    doubt = result["doubts"]["missions.0.heures"]
    assert "30 heures depuis le 21 novembre 2026" in plain(doubt)
    assert doubt in result["not_checked"]
