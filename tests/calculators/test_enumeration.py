"""Eligibility, enumerated: nothing is left between two examples.

The table below is written from the platform's rules as published (levels, numbers, exclusive
pairs), and shares nothing with the calculator or with `data/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, product

import pytest

from calculators.eligibilite_iae import Auteur, Situation, StructureVisee, calculate
from calculators.inputs import Invalid
from calculators.rules import Rules

DAY = date(2026, 11, 21)
LEVEL_1 = ("rsa", "ass", "aah", "detld")
LEVEL_2 = (
    *("cap_bep", "senior", "jeune", "ase", "deld", "th", "pi"),
    *("psh_pr", "ref_da", "zrr", "qpv", "detention_mj", "fle", "pm"),
)
#: “2 for AI and ETTI, 3 for ACI, EI, EITI”.
NUMBER = {"ai": 2, "etti": 2, "aci": 3, "ei": 3, "eiti": 3}
#: “Incompatible pairs, for everybody: SENIOR+JEUNE, DETLD+DELD (checked before the count).”
EXCLUSIVE = ({"senior", "jeune"}, {"detld", "deld"})
#: When the criteria are met, and when they are not: only an SIAE is bound by them, only an SIAE
#: and an authorised prescriber validate.
VERDICTS = {
    "siae": ("eligible", "non_eligible"),
    "prescripteur_habilite": ("eligible_sur_diagnostic", "eligible_sur_diagnostic"),
    "orienteur": ("a_valider_favorable", "a_valider_defavorable"),
    "candidat": ("a_valider_favorable", "a_valider_defavorable"),
}

type Answer = tuple[str, int, int, int] | str


def expected(structure: str, auteur: str, criteria: frozenset[str]) -> Answer:
    """Read the answer in the table."""
    if any(pair <= criteria for pair in EXCLUSIVE):
        return "invalid"
    level_1 = len(criteria & set(LEVEL_1))
    level_2 = len(criteria & set(LEVEL_2))
    met = level_1 >= 1 or level_2 >= NUMBER[structure]
    return VERDICTS[auteur][not met], level_1, level_2, NUMBER[structure]


def answered(structure: str, auteur: str, criteria: frozenset[str], rules: Rules) -> Answer:
    """Ask the calculator."""
    situation = Situation(
        auteur=Auteur[auteur],
        structure=StructureVisee[structure],
        date=DAY,
        criteres=criteria,
        date_naissance=None,
        inscription_debut=None,
    )
    try:
        result = calculate(situation, rules)
    except Invalid as invalid:
        return "invalid" if list(invalid.errors) == ["criteres"] else repr(invalid.errors)
    values = result.values
    return result.verdict, values["niveau_1"], values["niveau_2"], values["niveau_2_requis"]


def classes() -> Iterator[frozenset[str]]:
    """Go through every count of each level, with either, both or none of each exclusive pair."""
    free_1 = [code for code in LEVEL_1 if code != "detld"]
    free_2 = [code for code in LEVEL_2 if code not in {"deld", "jeune", "senior"}]
    registered = ((), ("deld",), ("detld",), ("deld", "detld"))
    aged = ((), ("jeune",), ("senior",), ("jeune", "senior"))
    for count_1, count_2 in product(range(len(free_1) + 1), range(len(free_2) + 1)):
        for registration, age in product(registered, aged):
            yield frozenset((*free_1[:count_1], *free_2[:count_2], *registration, *age))


def nearly_none_or_all(most: int) -> Iterator[frozenset[str]]:
    """Go through every set of at most so many criteria, and everything but such a set."""
    codes = frozenset((*LEVEL_1, *LEVEL_2))
    for size in range(most + 1):
        for chosen in combinations(sorted(codes), size):
            yield frozenset(chosen)
            yield codes - frozenset(chosen)


def test_the_table_has_the_criteria_of_the_data(rules: Rules) -> None:
    """The platform has eighteen criteria, four of level 1 and fourteen of level 2."""
    assert {*LEVEL_1, *LEVEL_2} == set(rules.criteria["eligibilite_iae"])
    assert (len(LEVEL_1), len(LEVEL_2)) == (4, 14)


@pytest.mark.parametrize("auteur", VERDICTS)
@pytest.mark.parametrize("structure", NUMBER)
def test_every_class_of_criteria_is_answered_by_the_table(
    structure: str, auteur: str, rules: Rules
) -> None:
    """For each structure and author, every count of level 1 and of level 2 agrees with the table.

    Source: code du travail, R5132-1-7; order of 1 September 2021, article 2; the platform.
    """
    for criteria in classes():
        assert answered(structure, auteur, criteria, rules) == expected(
            structure, auteur, criteria
        ), sorted(criteria)


@pytest.mark.parametrize("structure", ["ai", "ei"])
def test_every_small_set_of_criteria_and_its_complement_is_answered_by_the_table(
    structure: str, rules: Rules
) -> None:
    """Which criteria are met does not matter, only their levels: sets of 0 to 4, and of 14 to 18.

    No structure asks for more than three: every set that stands next to a threshold is here.
    """
    for criteria in nearly_none_or_all(4):
        assert answered(structure, "siae", criteria, rules) == expected(
            structure, "siae", criteria
        ), sorted(criteria)
