"""A whole pathway never says other than the calculators that it asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calculators import CALCULATORS
from calculators.bridge import answer
from generator.content.worked_cases import load
from tests.calculators import strategies

SITUATIONS = [case.situation for case in load() if case.calculator == "suivi"]


def ask(calculator: str, situation: dict[str, Any]) -> dict[str, Any]:
    return answer(CALCULATORS[calculator], situation, strategies.RULES)


def test_a_host_older_than_its_rules_leaves_the_rest_answered() -> None:
    """What is not known of a PMSMP of before 2014 is said beside an answer that stands."""
    convention = {
        "debut": "2014-01-01",
        "fin": "2014-01-05",
        "objet": "projet",
        "renouvellement": False,
    }
    situation = {"structure": "ei", "au": "2026-11-27", "pass_debut": "2025-10-01"}
    alone = ask("suivi", situation)["result"]
    result = ask("suivi", situation | {"conventions": [convention]})["result"]
    assert result["options"] == alone["options"]
    (note,) = set(result["not_checked"]) - set(alone["not_checked"])
    assert "16\N{NO-BREAK SPACE}novembre 2014" in note


@settings(max_examples=60)
@given(
    strategies.situations("suivi") | st.sampled_from(SITUATIONS),
    st.integers(-400, 400),
)
def test_a_pathway_never_says_other_than_the_calculators_it_asks(
    situation: dict[str, Any], later: int
) -> None:
    """Each option, sent with its situation to its calculator, gets the same days and the same status."""
    day = date.fromisoformat(situation["au"]) + timedelta(days=later)
    situation = situation | {"au": day.isoformat()}
    response = ask("suivi", situation)
    assume(response["type"] == "result")
    result = response["result"]
    if not situation.get("pass_fin"):
        facts = {name: situation.get(name) or [] for name in ("suspensions", "prolongations")}
        facts |= {"debut": situation["pass_debut"], "au": situation["au"]}
        alone = ask("pass_iae", facts)["result"]["values"]
        assert result["values"]["fin_pass"] == alone["fin"]
        assert result["values"]["jours_restants"] == alone["jours_restants"]
    for option in result["options"]:
        said = ask(option["calculator"], option["situation"])
        if (
            option["id"] == "contrat_sans_aide"
        ):  # it asks of the contract, of which nothing is known
            assert set(said["errors"]) == {"contrat", "periodes"}
            continue
        if option["id"].startswith("nouveau_parcours") and said["type"] == "unknown":
            assert situation["structure"] == "eiti"  # after the last day that its rule is known
            continue
        assert said["type"] == "result", said
        assert_same(option, said["result"], situation["au"], result["values"]["fin_pass"])


#: What the facts on the person close: her age, her handicap, her difficulties, her training.
MOTIVES = {"rqth", "senior", "cdi_inclusion", "difficultes", "formation"}

type Told = dict[str, Any]


def assert_same(option: Told, said: Told, au: str, fin_pass: str) -> None:
    match option["calculator"]:
        case "prolongation":
            _prolongation(option, said)
        case "carence":
            _carence(option, said)
        case "duree_contrat":
            _duree_contrat(option, said, fin_pass)
        case "embauche":
            _embauche(option, said)
        case "pmsmp":
            latest = said["values"]["fin_max"]
            assert (option["status"] != "impossible") == (latest is not None and latest >= au)
            assert option["until"] in {None, latest}
        case "heures_ai":
            assert (option["status"] != "impossible") == (said["values"]["reste"] > 0)
            assert option["until"] in {None, said["values"]["fin_periode"]}
        case _:
            assert option["calculator"] in {"suspension", "reprise"}
            _decided(option, said)


def _prolongation(option: Told, said: Told) -> None:
    allowed, later = said["verdict"] == "possible", said["values"]["possible_des"]
    suspended = option["situation"].get("suspendu")
    if option["status"] == "impossible":
        closed_by_the_person = MOTIVES & set(option["id"].split("_", 1))
        assert closed_by_the_person or suspended or not (allowed or later)
        return
    if option["status"] == "sous_conditions":
        assert allowed
    else:
        assert allowed or later or suspended
    assert option["until"] == said["values"]["fenetre_fin"]
    assert option["from"] >= said["values"]["fenetre_debut"]


def _carence(option: Told, said: Told) -> None:
    expected = {"nouveau_parcours": "libre", "nouveau_parcours_prescripteur": "levee"}
    assert said["verdict"] == expected[option["id"]]
    if option["id"] == "nouveau_parcours":
        assert option["from"] > said["values"]["fin_carence"]
    else:
        assert option["until"] == said["values"]["fin_carence"]


def _duree_contrat(option: Told, said: Told, fin_pass: str) -> None:
    told = {entry["id"]: entry["date"] for entry in said["dates"]}
    longest = said["values"]["fin_max"]
    if option["situation"]["contrat"] != "cddi":
        longest = fin_pass
    if option["status"] == "impossible":
        assert longest < option_end(option)
    elif option["until"] is not None:
        assert option["until"] in {longest, told.get("fin_sans_prolongation")}
    else:
        assert longest is None


def option_end(option: Told) -> str:
    """Return the day after the last contract of the situation of an option."""
    last = max(periode["fin"] for periode in option["situation"]["periodes"])
    return (date.fromisoformat(last) + timedelta(days=1)).isoformat()


def _decided(option: Told, said: Told) -> None:
    assert (option["status"] == "impossible") == (said["verdict"] == "impossible")
    assert said["summary"] in option["text"]


def _embauche(option: Told, said: Told) -> None:
    _decided(option, said)
    if said["verdict"] != "impossible":
        values = said["values"]
        assert [option["from"], option["until"]] == [values["date_min"], values["date_max"]]
