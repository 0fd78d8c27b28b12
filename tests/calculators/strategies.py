"""What Hypothesis tries: situations made from a calculator's own questions, and any JSON at all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from calculators import CALCULATORS
from calculators.inputs import Question, questions
from calculators.rules import load

RULES = load()
IAE_CODES, GEIQ_CODES = list(RULES.criteria["eligibilite_iae"]), list(RULES.criteria["aide_geiq"])

#: The first day of each known value, and its last day: where answers change.
TURNING_DAYS = sorted(
    {
        day
        for values in RULES.parameters.values()
        for value in values
        for day in (value.since, value.until)
        if day
    }
)
#: Days around which a situation takes place.
BASES = (
    st.dates(date(2019, 1, 1), date(2032, 12, 31))
    | st.sampled_from(TURNING_DAYS)
    | st.sampled_from([date(2024, 2, 29), date(2024, 2, 28), date(2025, 8, 31), date(2026, 11, 21)])
)
#: Lengths that the rules speak of, in days, and the ones next to them.
LENGTHS = st.sampled_from(
    (
        *(0, 0, 1, 14, 15, 16, 27, 28, 29, 30, 31, 59, 60, 61, 91, 92, 93, 120),
        *(181, 182, 183, 364, 365, 366, 396, 729, 730, 731, 1094, 1095, 1096, 1825),
    )
)
STEPS = LENGTHS | st.integers(0, 1500)

#: Text with everything that JSON may carry, lone surrogates included.
texts = st.text(st.characters(), max_size=20)
scalars: SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.just("2026-11-21")
)
#: Any JSON value, with the NaN and the infinities that Python's reader lets through.
any_json: SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def situations(
    draw: DrawFn, calculator: str, bases: SearchStrategy[date] = BASES
) -> dict[str, Any]:
    """Make a situation with every answer of the right type; its dates may contradict each other."""
    return draw(_record(CALCULATORS[calculator].Situation, draw(bases)))


@st.composite
def broken(draw: DrawFn, calculator: str) -> dict[str, Any]:
    """Make a situation with one answer replaced by any JSON, taken away, or of no question."""
    situation = draw(situations(calculator))
    place: dict[str, Any] = situation
    rows = [row for group in situation.values() if isinstance(group, list) for row in group]
    inner = [row for row in rows if isinstance(row, dict)]
    in_a_row: bool = draw(st.booleans())
    if inner and in_a_row:
        place = draw(st.sampled_from(inner))
    name = draw(st.sampled_from(list(place)) | texts)
    if name in place and draw(st.booleans()):
        del place[name]
    else:
        place[name] = draw(any_json)
    return situation


@st.composite
def _record(
    draw: DrawFn, situation: type, base: date, *, starts_there: bool = False
) -> dict[str, Any]:
    """Answer each question of a situation, or of a row; a row mostly starts on the base."""
    values: dict[str, Any] = {}
    for question in questions(situation):
        if question.optional and draw(st.integers(0, 2)) == 0:
            if draw(st.booleans()):
                values[question.name] = None
            continue
        if starts_there and question.kind == "date":
            values[question.name], starts_there = base.isoformat(), False
        else:
            values[question.name] = draw(_answer(question, base, values))
    return values


def _answer(question: Question, base: date, before: dict[str, Any]) -> SearchStrategy[Any]:
    match question.kind:
        case "date":
            return _day(question.name, base, before).map(date.isoformat)
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(0, 400) | st.sampled_from([365, 366, 1095, 1096, 1825, 3650])
        case "number":
            few = st.integers(0, 160).map(lambda quarters: quarters / 4)
            return few | few | st.sampled_from([48, 48.5, 239.5, 240, 479.75, 480, 0.1])
        case "choice":
            return st.sampled_from([member.value for member in question.of])
        case "choices":
            return _some([member.value for member in question.of])
        case "criteria":
            return _some(list(RULES.criteria[question.of]))
        case "record":
            return _record(question.of, base)
        case "group":
            # A whole pathway has many groups: what a test draws is bounded, and it has to shrink.
            groups = sum(isinstance(value, list) for value in before.values())
            return _rows(question.of, _start(before) or base, 1 if groups > 1 else 4)


def _some(codes: list[str]) -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(codes), max_size=6, unique=True)


def _day(name: str, base: date, before: dict[str, Any]) -> SearchStrategy[date]:
    """Choose a day near the base; an end is mostly on or after the beginning that goes with it."""
    if name == "date_naissance":
        return st.integers(0, 26_000).map(lambda days: base - timedelta(days=days))
    if name == "inscription_debut":
        return STEPS.map(lambda days: base - timedelta(days=days))
    around = st.tuples(STEPS, st.sampled_from([-1, 0, 1])).map(
        lambda step: base + timedelta(days=step[0] * step[1])
    )
    start = before.get(f"{name.removesuffix('fin')}debut") if name.endswith("fin") else None
    if start is None:
        return around
    after = STEPS.map(lambda days: date.fromisoformat(start) + timedelta(days=days))
    return after | after | after | around


def _start(values: dict[str, Any]) -> date | None:
    """Return the first day of what has been described so far: a PASS IAE, a path."""
    starts = [day for name, day in values.items() if name.endswith("debut") and day]
    return min(map(date.fromisoformat, starts), default=None)


@st.composite
def _rows(draw: DrawFn, row: type, base: date, most: int) -> list[dict[str, Any]]:
    """Make rows that follow each other, most of the time."""
    rows: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(0, most))):
        base += timedelta(days=draw(st.sampled_from([0, 1, 1, 1, 2, 30, 200])))
        rows.append(draw(_record(row, base, starts_there=draw(st.integers(0, 5)) > 0)))
        days = [
            day for day in rows[-1].values() if isinstance(day, str) and day[:2] in {"19", "20"}
        ]
        base = max(map(date.fromisoformat, days), default=base)
    return rows
