"""The one door: JSON text in, JSON text out, and a sentence for each mistake in a request."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from calculators import CALCULATORS, bridge, eligibilite_iae
from calculators.bridge import answer, run
from calculators.rules import Rules
from calculators.typography import french

SITUATION = {"date": "2026-11-21", "structure": "ei", "auteur": "siae", "criteres": ["rsa"]}
GEIQ = {"date": "2026-11-21", "auteur": "geiq", "criteres": ["rsa"]}
UNREADABLE = {"type": "invalid", "errors": {"request": "La demande n’est pas du JSON lisible."}}


def ask(**request: Any) -> dict[str, Any]:
    """Ask, and read the response."""
    response = json.loads(run(json.dumps(request)))
    assert isinstance(response, dict)
    return response


@pytest.mark.parametrize(
    "text", ["", "{", "bonjour", "{'a': 1}", "\ud800", "\x00", "1 2", "[" * 99]
)
def test_what_is_not_json_is_refused(text: str) -> None:
    """Any text has an answer."""
    assert json.loads(run(text)) == UNREADABLE


@pytest.mark.parametrize("open_close", ["[]", '{"a":1}', '[{"a":1}]'])
@pytest.mark.parametrize("depth", [9, 900, 4_990, 9_990, 9_996, 9_997, 20_000, 100_000])
def test_json_too_deep_is_not_an_error(open_close: str, depth: int) -> None:
    """However deep, a value is either refused at its place or not read at all."""
    opened, _, closed = open_close.partition("1")
    if not closed:
        opened, closed = "[", "]"
    text = f"{opened * depth}1{closed * depth}"
    response = json.loads(run(f'{{"calculator": "diagnostic", "situation": {{"au": {text}}}}}'))
    assert response["type"] == "invalid"
    assert {"au"} <= set(response["errors"]) or response == UNREADABLE


@pytest.mark.parametrize("request_", [[], "texte", 1, None, True, [{"calculator": "carence"}]])
def test_a_request_is_an_object(request_: object) -> None:
    """A list of requests is not one: a batch is a list of situations."""
    assert json.loads(run(json.dumps(request_))) == {
        "type": "invalid",
        "errors": {"request": "La demande doit être un objet JSON."},
    }


@pytest.mark.parametrize("name", [None, "", "eligibilite", "CARENCE", 1, ["carence"], {}])
def test_a_calculator_is_one_of_the_list(name: object) -> None:
    """Any other name is refused, and the names are given."""
    known = ", ".join(CALCULATORS)
    assert ask(calculator=name, situation={}) == {
        "type": "invalid",
        "errors": {"calculator": french(f"Ce simulateur n'existe pas. Simulateurs : {known}.")},
    }
    assert set(ask(situation={})["errors"]) == {"calculator"}


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"situation": SITUATION, "situations": [SITUATION]},
        {"situation": SITUATION, "autre": 1},
        {"Situation": SITUATION},
        {"situation": SITUATION, "brief": True},
        {"situations": [SITUATION], "brief": False},
    ],
)
def test_a_request_has_a_situation_or_a_list_of_them(keys: dict[str, Any]) -> None:
    """One or the other, and nothing else."""
    assert ask(calculator="eligibilite_iae", **keys) == {
        "type": "invalid",
        "errors": {"request": french("Donnez « situation », ou « situations » pour une liste.")},
    }


@pytest.mark.parametrize("situations", [None, {}, SITUATION, "texte", 1])
def test_a_batch_is_a_list(situations: object) -> None:
    """One situation under the plural is refused."""
    assert ask(calculator="eligibilite_iae", situations=situations) == {
        "type": "invalid",
        "errors": {"situations": "Il faut ici une liste, entre crochets."},
    }


def test_a_batch_has_one_response_for_each_situation() -> None:
    """Each has its own kind, in order; an empty list has none."""
    rows = [SITUATION, {}, 3, {**SITUATION, "date": "1990-01-01"}, SITUATION]
    response = ask(calculator="eligibilite_iae", situations=rows)
    kinds = [result["type"] for result in response["results"]]
    assert kinds == ["result", "invalid", "invalid", "unknown", "result"]
    assert response["results"][0] == response["results"][-1]
    assert ask(calculator="eligibilite_iae", situations=[]) == {"type": "results", "results": []}


def test_a_brief_batch_has_of_each_result_what_a_line_shows() -> None:
    """The same as without, but for the fields left out, whether or not an answer is unknown."""
    rows = [SITUATION, {}, {**SITUATION, "date": "1990-01-01"}]
    rows += [{**SITUATION, "structure": "inconnu"}, {"structure": "inconnu"}]
    asked = {"calculator": "eligibilite_iae", "situations": rows}
    whole, brief = ask(**asked)["results"], ask(**asked, brief=True)["results"]
    kept = ("verdict", "summary", "values", "dates")
    for one in whole:
        if one["type"] == "result":
            one["result"] = {name: one["result"][name] for name in kept}
    assert brief == whole
    assert [one["type"] for one in brief].count("result") == 2


def test_the_response_is_ascii() -> None:
    """Accents are escaped: no encoding between here and the page can spoil them."""
    text = run(json.dumps({"calculator": "eligibilite_iae", "situation": SITUATION}))
    assert text.isascii()
    assert "é" in json.loads(text)["result"]["summary"]


def test_a_lone_surrogate_comes_back_as_json() -> None:
    """Half of a character cannot be shown; it cannot stop the answer either."""
    situation = {**SITUATION, "structure": "\ud800", "\udfff": 1}
    assert set(ask(calculator="eligibilite_iae", situation=situation)["errors"]) == {
        "structure",
        "?",
    }


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "-1", f"1{'0' * 4000}"]
)
def test_a_number_out_of_bounds_is_refused(number: str) -> None:
    """Python reads more than JSON has: what is no number is refused at its place."""
    mission = f'{{"date": "2026-01-01", "utilisateur": "entreprise", "heures": {number}}}'
    situation = f'{{"au": "2026-11-21", "missions": [{mission}]}}'
    response = json.loads(run(f'{{"calculator": "heures_ai", "situation": {situation}}}'))
    assert set(response["errors"]) == {"missions.0.heures"}


@pytest.mark.parametrize("calculator", ["eligibilite_iae", "aide_geiq"])
def test_an_answer_says_which_rules_made_it(calculator: str, rules: Rules) -> None:
    """Their version, and the day on which the rules of this calculator were last reread."""
    situation = SITUATION if calculator == "eligibilite_iae" else GEIQ
    day = rules.checked[calculator] - timedelta(days=1)
    reread = replace(rules, checked={**rules.checked, calculator: day})
    result = answer(CALCULATORS[calculator], situation, reread)["result"]
    assert result["rules"] == {"version": rules.version, "checked": day.isoformat()}
    assert re.fullmatch("[0-9a-f]{12}", rules.version)


def test_a_bug_of_ours_stops_neither_a_batch_nor_the_page(
    rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said in a sentence, without what only we could read, and the other rows are answered."""

    def fails_once(situation: eligibilite_iae.Situation, rules: Rules) -> object:
        if not situation.criteres:
            raise ZeroDivisionError
        return eligibilite_iae.calculate(situation, rules)

    broken = ModuleType("broken")
    vars(broken).update(vars(eligibilite_iae), calculate=fails_once)
    error = answer(broken, {**SITUATION, "criteres": []}, rules)
    assert set(error) == {"type", "message"}
    assert error["type"] == "error"
    assert error["message"].startswith("Une erreur de notre fait empêche cette réponse.")
    monkeypatch.setattr(bridge, "CALCULATORS", {"broken": broken})
    response = ask(calculator="broken", situations=[{**SITUATION, "criteres": []}, SITUATION])
    assert [result["type"] for result in response["results"]] == ["error", "result"]


def test_the_rules_are_read_once() -> None:
    """A batch, or a page that asks again, does not read the file again."""
    assert bridge._rules() is bridge._rules()


def test_a_reason_and_a_proof_carry_their_whole_citation() -> None:
    """Basis, rule, first day, source, quote and note stand beside what they prove, to the letter."""
    result = ask(calculator="eligibilite_iae", situation=SITUATION)["result"]
    law = {
        "title": "Code du travail, article R.\u00a05132-1-7",
        "url": "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000043995978",
        "quote": "lorsqu’elle répond à l’un des critères suivants",
    }
    assert result["reasons"][1] == {
        "id": "niveau_1",
        "text": french("Critères de niveau 1 : 1 rempli. 1 critère de niveau 1 suffit."),
        "status": "met",
        "value": 1,
        "basis": "loi",
        "rule": "eligibilite_iae.criteres_niveau_1_requis",
        "since": "2021-09-01",
        "source": law,
        "note": None,
    }
    assert result["reasons"][2]["note"] == (
        "L’arrêté ne nomme pas l’EITI. Texte lu dans une copie publique (idcite.com)."
    )
    (proof,) = result["proofs"]
    assert proof.pop("source")["title"].startswith("Arrêté du 1er\u00a0septembre 2021, annexe 2")
    assert proof == {
        "criterion": "rsa",
        "title": "Bénéficiaire du RSA (revenu de solidarité active)",
        "document": "Attestation de RSA, ou rien si la plateforme a déjà vérifié ce point",
        "validity": french("Moins de 3 mois quand le PASS IAE est délivré"),
        "basis": "loi",
        "rule": "eligibilite_iae.rsa.justificatif",
        "since": "2025-09-07",
        "note": None,
    }
