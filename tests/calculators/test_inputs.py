"""How a situation is read: every mistake has its sentence, at its place, all of them at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.bridge import run
from calculators.inputs import MAX_ITEMS, Choice, Invalid, Question, ask, questions, read
from calculators.rules import Rules


class Couleur(Choice):
    """A list of answers."""

    rouge = "rouge", "Rouge", "Comme une cerise."
    vert = "vert", "Vert"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ligne:
    """A row."""

    debut: date = ask("Premier jour")
    heures: float | None = ask("Heures")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tout:
    """A situation with a question of each kind."""

    jour: date = ask("Quel jour ?", help="Un jour.")
    vrai: bool = ask("Vrai ?")
    nombre: int = ask("Combien ?")
    mesure: float = ask("Quelle mesure ?")
    couleur: Couleur = ask("Quelle couleur ?")
    couleurs: frozenset[Couleur] = ask("Quelles couleurs ?")
    criteres: frozenset[str] = ask("Quels critères ?", criteria="eligibilite_iae")
    ligne: Ligne = ask("Quelle ligne ?")
    lignes: tuple[Ligne, ...] = ask("Quelles lignes ?", rows=2)
    peut_etre: int | None = ask("Peut-être ?")


GOOD: dict[str, Any] = {
    "jour": "2026-11-21",
    "vrai": False,
    "nombre": 0,
    "mesure": 7.5,
    "couleur": "vert",
    "couleurs": ["rouge", "rouge"],
    "criteres": ["rsa", "pi", "rsa"],
    "ligne": {"debut": "2026-01-01"},
    "lignes": [{"debut": "2026-01-01", "heures": 35}, {"debut": "2026-02-01", "heures": None}],
}


def mistakes(raw: object, rules: Rules) -> dict[str, str]:
    """Read what cannot be read."""
    with pytest.raises(Invalid) as invalid:
        read(Tout, raw, rules)
    return invalid.value.errors


def test_a_situation_is_read_whole(rules: Rules) -> None:
    """Each answer becomes its type; what is given twice in a list counts once."""
    assert read(Tout, GOOD, rules) == Tout(
        jour=date(2026, 11, 21),
        vrai=False,
        nombre=0,
        mesure=7.5,
        couleur=Couleur.vert,
        couleurs=frozenset({Couleur.rouge}),
        criteres=frozenset({"rsa", "pi"}),
        ligne=Ligne(debut=date(2026, 1, 1), heures=None),
        lignes=(
            Ligne(debut=date(2026, 1, 1), heures=35),
            Ligne(debut=date(2026, 2, 1), heures=None),
        ),
        peut_etre=None,
    )


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_a_question_that_may_not_count_may_be_left_out(calculator: str) -> None:
    """Hidden, a question that must be answered would stop the form without a word.

    What it depends on is a choice of the same situation, by codes that this choice has.
    """
    asked = {question.name: question for question in questions(CALCULATORS[calculator].Situation)}
    for question in asked.values():
        assert question.optional or not question.when, question.name
        for name, codes in question.when:
            assert {*codes} <= {one.value for one in asked[name].of}
        if question.kind in {"group", "record"}:
            assert not any(inner.when for inner in questions(question.of))


def test_the_questions_say_what_the_form_needs() -> None:
    """Name, words, kind, whether it may be left out, and what it is made of."""
    asked = questions(Tout)
    assert [(question.name, question.kind) for question in asked] == [
        ("jour", "date"),
        ("vrai", "boolean"),
        ("nombre", "integer"),
        ("mesure", "number"),
        ("couleur", "choice"),
        ("couleurs", "choices"),
        ("criteres", "criteria"),
        ("ligne", "record"),
        ("lignes", "group"),
        ("peut_etre", "integer"),
    ]
    assert asked[0] == Question("jour", "Quel jour ?", "Un jour.", "date", False, None, 0)
    assert asked[8] == Question("lignes", "Quelles lignes ?", "", "group", False, Ligne, 2)
    assert [question.name for question in asked if question.optional] == ["peut_etre"]
    assert (Couleur.rouge.label, Couleur.rouge.help, Couleur.vert.help) == (
        *("Rouge", "Comme une cerise.", ""),
    )


@pytest.mark.parametrize("raw", [None, [], "situation", 1, True, 1.5])
def test_a_situation_is_an_object(raw: object, rules: Rules) -> None:
    """Anything else is refused at the place of the situation itself."""
    assert mistakes(raw, rules) == {
        "situation": "Il faut ici un objet JSON : un nom de champ et sa valeur, entre accolades."
    }


def test_an_empty_situation_asks_every_question_at_once(rules: Rules) -> None:
    """Left out or null, a question that is not optional is asked again by its label."""
    asked = {q.name: f"Répondez à la question « {q.label} »." for q in questions(Tout)}
    del asked["peut_etre"]
    assert mistakes({}, rules) == asked
    assert mistakes(dict.fromkeys(GOOD), rules) == asked


NOT_A_NUMBER = "Écrivez un nombre, sans unité."
NOT_WHOLE = "Écrivez un nombre entier, sans unité."
TOO_BIG = "Ce nombre doit être compris entre 0 et 1 000 000."
NOT_A_LIST = "Il faut ici une liste, entre crochets."
NOT_AN_OBJECT = "Il faut ici un objet JSON : un nom de champ et sa valeur, entre accolades."
NOT_YES_NO = "Répondez par oui (true) ou non (false)."
OUT_OF_YEARS = "L'année doit être comprise entre 1900 et 2199."
NO_DATE = "{} n'est pas une date. Écrivez l'année, le mois et le jour : 2026-11-21."
NO_COLOUR = "{} n'est pas une réponse possible.{} Réponses : rouge, vert."


@pytest.mark.parametrize(
    ("field", "raw", "message"),
    [
        ("jour", "21/11/2026", NO_DATE.format("« 21/11/2026 »")),
        ("jour", "2026-02-29", NO_DATE.format("« 2026-02-29 »")),
        ("jour", "2026-13-01", NO_DATE.format("« 2026-13-01 »")),
        ("jour", "20261121", NO_DATE.format("« 20261121 »")),
        ("jour", "2026-W47-6", NO_DATE.format("« 2026-W47-6 »")),
        ("jour", "2026-11-21T00:00", NO_DATE.format("« 2026-11-21T00:00 »")),
        ("jour", "", NO_DATE.format("Une réponse vide")),
        ("jour", 20261121, NO_DATE.format("« 20261121 »")),
        ("jour", ["2026-11-21"], NO_DATE.format("« ['2026-11-21'] »")),
        ("jour", "1899-12-31", OUT_OF_YEARS),
        ("jour", "2200-01-01", OUT_OF_YEARS),
        ("jour", "0001-01-01", OUT_OF_YEARS),
        ("vrai", "oui", NOT_YES_NO),
        ("vrai", 1, NOT_YES_NO),
        ("nombre", 1.0, NOT_WHOLE),
        ("nombre", "3", NOT_WHOLE),
        ("nombre", True, NOT_WHOLE),
        ("nombre", -1, TOO_BIG),
        ("nombre", 1_000_001, TOO_BIG),
        ("nombre", 10**400, TOO_BIG),
        ("mesure", "7,5", NOT_A_NUMBER),
        ("mesure", False, NOT_A_NUMBER),
        ("mesure", [], NOT_A_NUMBER),
        ("mesure", -0.1, TOO_BIG),
        ("mesure", 1_000_000.5, TOO_BIG),
        ("mesure", 10**400, TOO_BIG),
        ("mesure", float("nan"), TOO_BIG),
        ("mesure", float("inf"), TOO_BIG),
        ("mesure", float("-inf"), TOO_BIG),
        ("couleur", "bleu", NO_COLOUR.format("« bleu »", "")),
        ("couleur", "rouges", NO_COLOUR.format("« rouges »", " Vouliez-vous dire « rouge » ?")),
        ("couleur", 3, NO_COLOUR.format("« 3 »", "")),
        ("couleur", ["vert"], NO_COLOUR.format("« ['vert'] »", "")),
        ("couleur", "", NO_COLOUR.format("Une réponse vide", "")),
        ("couleur", "\ud800", NO_COLOUR.format("« ? »", "")),
        ("couleur", "a\x00\n\u200bb", NO_COLOUR.format("« a???b »", "")),
        ("couleur", "b" * 40, NO_COLOUR.format(f"« {'b' * 40} »", "")),
        ("couleur", "b" * 41, NO_COLOUR.format(f"« {'b' * 40}… »", "")),
        ("couleurs", "rouge", NOT_A_LIST),
        ("couleurs", {"rouge": True}, NOT_A_LIST),
        ("couleurs", ["rouge", "Vert"], NO_COLOUR.format("« Vert »", " Vouliez-vous dire « vert » ?")),
        ("criteres", "rsa", NOT_A_LIST),
        ("ligne", [], NOT_AN_OBJECT),
        ("lignes", {}, NOT_A_LIST),
        ("peut_etre", "x", NOT_WHOLE),
    ],
)  # fmt: skip
def test_a_mistake_has_its_sentence(field: str, raw: object, message: str, rules: Rules) -> None:
    """What was given is quoted, short and printable; what is expected is said."""
    assert mistakes({**GOOD, field: raw}, rules) == {field: message}


@pytest.mark.parametrize("number", [0, 1, 1_000_000])
def test_the_bounds_of_numbers_are_included(number: int, rules: Rules) -> None:
    """From nothing to a million."""
    assert read(Tout, {**GOOD, "nombre": number, "mesure": number}, rules).nombre == number


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31", "2024-02-29"])
def test_the_bounds_of_days_are_included(day: str, rules: Rules) -> None:
    """From the first day of 1900 to the last of 2199."""
    assert read(Tout, {**GOOD, "jour": day}, rules).jour == date.fromisoformat(day)


def test_a_criterion_is_one_of_its_file(rules: Rules) -> None:
    """A criterion of the GEIQ is not one of the IAE, and the nearest is proposed."""
    message = mistakes({**GOOD, "criteres": ["qpvv"]}, rules)["criteres"]
    assert message.startswith(
        "« qpvv » n'est pas une réponse possible. Vouliez-vous dire « qpv » ? Réponses : rsa, ass,"
    )
    assert "criteres" in mistakes({**GOOD, "criteres": ["jeune_sq"]}, rules)


def test_an_unknown_field_is_named(rules: Rules) -> None:
    """The nearest question is proposed, if one is near."""
    unknown = "Ce champ est inconnu."
    assert mistakes({**GOOD, "nombres": 1, "xyz": 1, "": 1, "\ud800" * 41: 1}, rules) == {
        "nombres": f"{unknown} Vouliez-vous dire « nombre » ?",
        "xyz": unknown,
        "": unknown,
        "?" * 40 + "…": unknown,
    }
    assert mistakes({**GOOD, "ligne": {"debut": "2026-01-01", "heure": 1}}, rules) == {
        "ligne.heure": f"{unknown} Vouliez-vous dire « heures » ?"
    }


def test_places_are_dotted(rules: Rules) -> None:
    """A row is counted from 0, and a field of a record is under its name."""
    raw = {
        **GOOD,
        "ligne": {"debut": "hier"},
        "lignes": [{"debut": "2026-01-01"}, {"heures": "x"}, 3],
    }
    assert mistakes(raw, rules) == {
        "ligne.debut": NO_DATE.format("« hier »"),
        "lignes.1.debut": "Répondez à la question « Premier jour ».",
        "lignes.1.heures": NOT_A_NUMBER,
        "lignes.2": NOT_AN_OBJECT,
    }


def test_a_mistake_before_a_row_does_not_hide_one_in_it(rules: Rules) -> None:
    """Every mistake is told at once, wherever it is."""
    raw = {**GOOD, "jour": "x", "lignes": [{"debut": "y"}], "ligne": GOOD["ligne"]}
    assert set(mistakes(raw, rules)) == {"jour", "lignes.0.debut"}


def test_a_list_has_a_length(rules: Rules) -> None:
    """A thousand rows are read, one more is refused without reading any."""
    row = {"debut": "2026-01-01"}
    assert len(read(Tout, {**GOOD, "lignes": [row] * MAX_ITEMS}, rules).lignes) == MAX_ITEMS
    assert mistakes({**GOOD, "lignes": [0] * (MAX_ITEMS + 1)}, rules) == {
        "lignes": "La liste compte 1001 éléments ; 1000 au plus."
    }
    assert set(mistakes({**GOOD, "criteres": ["rsa"] * (MAX_ITEMS + 1)}, rules)) == {"criteres"}


def test_a_huge_number_in_the_text_is_answered() -> None:
    """Python refuses to read a number of more than 4 300 digits: it is not a bug of ours."""
    text = '{"calculator": "prolongation", "situation": {"jours_demandes": 1%s}}' % ("0" * 5000)
    assert json.loads(run(text))["type"] == "invalid"
    text = '{"calculator": "prolongation", "situation": {"jours_demandes": 1e999}}'
    errors = json.loads(run(text))["errors"]
    assert errors["jours_demandes"].startswith("Écrivez un nombre entier")
