"""The rules as dated, cited values: in force on their days, unknown on all the others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest

from calculators.dates import french_date
from calculators.rules import Cited, NotInForce, Rules, Source
from calculators.rules import load as load_rules
from generator.content import compiled_rules, load

RULES = load_rules()
PACKED = files("calculators").joinpath("rules.json").read_text("utf-8")
RAW = json.loads(PACKED)["parameters"]
each_parameter = pytest.mark.parametrize("identifier", RULES.parameters)


def compiled(*values: dict[str, Any], unit: list[str] | None = None) -> Rules:
    """Make rules with one parameter, `essai.duree`."""
    whole = [
        {"until": None, "basis": "loi", "source": {"title": "Texte", "url": None}, "note": None}
        | value
        for value in values
    ]
    parameter = {"title": "Durée d'essai", "unit": unit, "values": whole}
    raw = {"parameters": {"essai.duree": parameter}, "criteria": {}, "checked": {}}
    return Rules.from_json(json.dumps({**raw, "version": "essai"}))


def test_the_compiled_rules_are_those_of_the_data(content: load.Content) -> None:
    """`rules.json` is, to the letter, what `data/rules/` compiles to."""
    assert compiled_rules.as_text(content) == PACKED


def test_the_version_names_the_content_of_the_rules(content: load.Content) -> None:
    """One word changed anywhere is another version; the order in which files are read is not."""
    compiled_ = compiled_rules.compile_rules(content)
    assert compiled_["version"] == RULES.version
    assert re.fullmatch(r"[0-9a-f]{12}", RULES.version)
    turned = dict(reversed(content.rules.items()))
    assert compiled_rules.compile_rules(replace(content, rules=turned))["version"] == RULES.version
    day = content.rules["carence"].checked - timedelta(days=1)
    reread = {
        **content.rules,
        "carence": content.rules["carence"].model_copy(update={"checked": day}),
    }
    assert compiled_rules.compile_rules(replace(content, rules=reread))["version"] != RULES.version


def known(identifier: str) -> Iterator[tuple[date, date | None, dict[str, Any]]]:
    """Go through the values of a parameter, with their first and last days."""
    values = RAW[identifier]["values"]
    for value, following in pairwise([*values, None]):
        last = date.fromisoformat(value["until"]) if value["until"] else None
        if following and not last:
            last = date.fromisoformat(following["since"]) - timedelta(days=1)
        yield date.fromisoformat(value["since"]), last, value


@each_parameter
def test_a_value_holds_from_its_first_day_to_its_last(identifier: str) -> None:
    """Both days are included, and what is cited is what the data say."""
    for first, last, value in known(identifier):
        for day in (first, last or first + timedelta(days=36_500)):
            law = RULES.on(day)
            cited = law[identifier]
            assert law.read == [identifier]
            assert (cited.id, cited.value, cited.since) == (identifier, value["value"], first)
            assert (cited.basis, cited.note) == (value["basis"], value["note"])
            assert cited.source == Source(**value["source"])


@each_parameter
def test_the_eve_of_the_first_value_is_unknown(identifier: str) -> None:
    """Before what is known there is no value, and the message says from when there is one."""
    first, _, _ = next(known(identifier))
    eve = first - timedelta(days=1)
    law = RULES.on(eve)
    with pytest.raises(NotInForce) as unknown:
        law[identifier]
    assert french_date(first) in str(unknown.value)
    assert french_date(eve) in str(unknown.value)
    assert law.read == []


@each_parameter
def test_the_day_after_the_last_known_is_unknown(identifier: str) -> None:
    """After a value that ends and that nothing follows there is no value: never the nearest."""
    values = list(known(identifier))
    for (_, last, value), following in zip(values, [*values[1:], None], strict=True):
        if value["until"] and last:
            morrow = last + timedelta(days=1)
            if following and following[0] == morrow:
                continue
            with pytest.raises(NotInForce) as unknown:
                RULES.on(morrow)[identifier]
            assert french_date(last) in str(unknown.value)


def test_a_gap_between_two_values_is_unknown() -> None:
    """A value that ends before the next one starts leaves days without an answer."""
    rules = compiled(
        {"since": "2021-01-01", "until": "2021-06-30", "value": 1, "note": "Texte abrogé."},
        {"since": "2022-01-01", "value": 2},
    )
    assert rules.on(date(2021, 6, 30))["essai.duree"].value == 1
    assert rules.on(date(2022, 1, 1))["essai.duree"].value == 2
    for day in (date(2021, 7, 1), date(2021, 12, 31)):
        with pytest.raises(NotInForce, match=r"jusqu'au 30 juin 2021.* Texte abrogé\.$"):
            rules.on(day)["essai.duree"]


def test_an_end_without_a_note_adds_nothing() -> None:
    """The message stops after its own sentence."""
    rules = compiled({"since": "2021-01-01", "until": "2021-06-30", "value": 1})
    with pytest.raises(NotInForce, match=r"ne donnons pas de réponse\.$"):
        rules.on(date(2021, 7, 1))["essai.duree"]


def test_a_name_that_no_file_has_is_a_mistake_of_ours() -> None:
    """It is not an unknown rule of law: the answer must not pretend it is."""
    with pytest.raises(KeyError):
        RULES.on(date(2026, 11, 21))["eligibilite_iae.inconnu"]


def test_the_case_of_a_value_keeps_its_source() -> None:
    """Only the value and the end of the identifier change."""
    whole = RULES.on(date(2026, 11, 21))["eligibilite_iae.criteres_niveau_2_requis"]
    picked = whole.pick("ai")
    assert (picked.id, picked.value) == (f"{whole.id}.ai", 2)
    assert (picked.since, picked.basis, picked.source, picked.unit, picked.title) == (
        *(whole.since, whole.basis, whole.source, whole.unit, whole.title),
    )


@pytest.mark.parametrize("case", ["geiq", "eiti", ""])
def test_a_case_that_the_rule_does_not_name_is_unknown(case: str) -> None:
    """The order of 1 September 2021 does not name the EITI: nothing is lent to it."""
    whole = RULES.on(date(2026, 11, 21))["eligibilite_iae.criteres_niveau_2_requis"]
    with pytest.raises(NotInForce, match="ne dit rien du cas"):
        whole.pick(case)


def test_a_value_without_cases_has_none_to_pick() -> None:
    """A number for everybody says nothing of one structure."""
    whole = RULES.on(date(2026, 11, 21))["eligibilite_iae.criteres_niveau_1_requis"]
    with pytest.raises(NotInForce, match="ne dit rien du cas"):
        whole.pick("ai")


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0 critère"), (1, "1 critère"), (2, "2 critères"), (1400, "1 400 critères")],
)
def test_a_value_is_written_with_its_unit(value: float, words: str) -> None:
    """In French the plural starts at two."""
    rules = compiled({"since": "2021-01-01", "value": value}, unit=["critère", "critères"])
    assert rules.on(date(2021, 1, 1))["essai.duree"].words == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(12.31, "12,31 euros"), (1801.8, "1 801,80 euros"), (1867, "1 867 euros"), (1.5, "1,50 euro")],
)
def test_a_sum_has_two_digits_of_cents_or_none(value: float, words: str) -> None:
    """« 1 801,80 euros », never « 1,801.8 »."""
    rules = compiled({"since": "2021-01-01", "value": value}, unit=["euro", "euros"])
    assert rules.on(date(2021, 1, 1))["essai.duree"].words == words


def test_a_value_without_a_unit_is_written_alone() -> None:
    """Nothing is added to it."""
    cited: Cited = compiled({"since": "2021-01-01", "value": 7}).on(date(2021, 1, 1))["essai.duree"]
    assert cited.words == "7"
