"""Nothing that was typed is ignored in silence.

An answer that may be left out changes the response when it is, be it only by a line that says that it
does not count. One that may not is another response, or refused, when another stands in its place.
« Non » to a question that may be left out is the same as silence: it is what the response supposes.
So is « je ne sais pas encore » where it is one of the answers, and « le premier » of several hosts.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from calculators import CALCULATORS
from calculators.bridge import NOT_ASKED, answer
from calculators.inputs import Question, questions
from calculators.rules import Rules
from calculators.typography import french
from generator.content.worked_cases import Case, load
from tests.calculators import strategies

each_calculator = pytest.mark.parametrize("calculator", CALCULATORS)
#: How far a day is moved to see whether it counts.
STEPS = (1, -1, 31, -31, 400, -400, 1500, -1500, 9000, -9000, 30000, -30000, -63500)
NUMBERS = (0, 0.5, 3, 10, 19, 20, 23, 24, 30, 35, 100, 365, 400, 481, 3650)

type Place = tuple[str | int, ...]


def given_answers(situation: type, raw: dict[str, Any]) -> Iterator[tuple[Place, Question]]:
    """Yield where each answer is, and its question; the rows of a group are asked one by one."""
    for question in questions(situation):
        value = raw.get(question.name)
        silent = question.optional and value in (False, "inconnue", "premier")
        if value is None or silent or value in ([], ""):
            continue
        if question.kind == "group":
            for position, row in enumerate(value):
                for place, inner in given_answers(question.of, row):
                    yield (question.name, position, *place), inner
        elif question.kind == "record":
            for place, inner in given_answers(question.of, value):
                yield (question.name, *place), inner
        else:
            yield (question.name,), question


def others(question: Question, value: Any) -> Iterator[Any]:
    """Yield other answers to a question."""
    match question.kind:
        case "date":
            day = date.fromisoformat(value)
            for step in STEPS:
                moved = day + timedelta(days=step)
                if 1900 <= moved.year <= 2199:
                    yield moved.isoformat()
        case "boolean":
            yield not value
        case "integer" | "number":
            whole = question.kind == "integer"
            yield from (int(n) if whole else n for n in NUMBERS if n != value)
        case "choice":
            yield from (member.value for member in question.of if member.value != value)
        case _:
            yield []
            yield value[:-1]


def at(situation: dict[str, Any], place: Place) -> Any:
    for step in place:
        situation = situation[step]  # type: ignore[index]
    return situation


def changed(situation: dict[str, Any], place: Place, value: Any) -> dict[str, Any]:
    copied = copy.deepcopy(situation)
    at(copied, place[:-1])[place[-1]] = value
    return copied


def ignored(calculator: str, situation: dict[str, Any], rules: Rules) -> list[str]:
    """List the answers that no response depends on, and of which none says that it does not count."""
    module = CALCULATORS[calculator]
    before = answer(module, situation, rules)
    found, asked = [], questions(module.Situation)
    for place, question in given_answers(module.Situation, situation):
        value = at(situation, place)
        labels = {question.label, *(one.label for one in asked if one.name == place[0])}
        said = {french(NOT_ASKED.format(label=label)) for label in labels}
        if said & set(before["result"]["not_checked"]):
            continue
        if question.optional:
            tried = [changed(situation, place, None)]
        else:
            tried = [changed(situation, place, other) for other in others(question, value)]
        responses = (answer(module, one, rules) for one in tried)
        if all(response == before for response in responses):
            found.append(".".join(str(step) for step in place if isinstance(step, str)))
    return found


@pytest.mark.parametrize("case", load(), ids=str)
def test_no_answer_of_a_worked_case_is_ignored(case: Case, rules: Rules) -> None:
    """Each answer of a case changes what is answered."""
    response = answer(CALCULATORS[case.calculator], case.situation, rules)
    if response["type"] == "result":
        assert ignored(case.calculator, case.situation, rules) == []


@each_calculator
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_answer_is_ignored(calculator: str, rules: Rules, data: DataObject) -> None:
    """The same of any situation that has a result."""
    situation = data.draw(strategies.situations(calculator))
    if answer(CALCULATORS[calculator], situation, rules)["type"] == "result":
        assert ignored(calculator, situation, rules) == []
