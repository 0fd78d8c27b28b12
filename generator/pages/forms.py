"""From a calculator's questions to the controls of its form: names, labels, choices, hints.

Their HTML is in `templates/form.html.j2`.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import ModuleType
from typing import Any

from calculators.dates import french_date
from calculators.inputs import FIRST_YEAR, LAST_YEAR, Choice, Question, questions
from calculators.rules import Cited, Rules
from calculators.typography import french, quantity
from calculators.unsure import FINITE, UNSURE
from generator.content import in_force
from generator.pages import names

#: Fields that mean "on which day do we look": the page proposes today's date.
TODAY = {"au", "date"}
FIRST_DAY, LAST_DAY = f"{FIRST_YEAR}-01-01", f"{LAST_YEAR}-12-31"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen; `title` is the official name when the label is a question."""

    code: str
    label: str
    help: str = ""
    proof: str = ""
    #: The label to the person who asks for herself, where it differs.
    you: str = ""


DOUBT = Option(UNSURE, "Je ne sais pas")


@dataclass(frozen=True, slots=True)
class Control:
    """One question as the page shows it; `path` is the name of its control."""

    path: str
    label: str
    help: str
    kind: str
    optional: bool
    today: bool = False
    #: Whether « je ne sais pas » is one of the answers.
    unsure: bool = False
    groups: list[tuple[str, list[Option]]] = field(default_factory=list)
    rows: list[Control] = field(default_factory=list)
    first_rows: int = 0
    #: The answers to other questions, by field, without which this one is not asked.
    when: dict[str, list[str]] = field(default_factory=dict)
    #: The same as a sentence, for a page without scripts.
    when_words: str = ""
    #: The label and the help to the person who asks for herself, where they differ.
    you: str = ""
    you_help: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """The questions that are asked together, in a journey."""

    title: str
    #: To the person who asks for herself, where it differs.
    you: str = ""
    controls: list[Control] = field(default_factory=list)


def steps(calculator: ModuleType, rules: Rules, today: date | None = None) -> list[Step]:
    """Return the steps of a calculator's form, and their controls, in the order they are asked.

    Proofs are those asked for on `today`, the day of the machine by default.
    """
    day = today or date.today()
    found: list[Step] = []
    asked = questions(calculator.Situation)
    for question in asked:
        if question.step:
            found.append(Step(french(question.step), french(question.you[2])))
        control = _control(question, "", rules, day)
        if question.when:
            control = replace(
                control,
                when={name: list(codes) for name, codes in question.when},
                when_words=_when_words(question, asked),
            )
        found[-1].controls.append(control)
    return found


def announcement(parts: Sequence[Step], given: Container[str] = ()) -> str:
    """Say how many questions a form asks: a whole step is left out when all its fields are `given`.

    A list is not one question: it has a line for each thing that happened, and is told apart.
    """
    asked = [
        control
        for part in parts
        if not all(control.path in given for control in part.controls)
        for control in part.controls
    ]
    lists = sum(control.kind == "group" for control in asked)
    optional = [
        control.optional or one.optional
        for control in asked
        if control.kind != "group"
        for one in (control.rows or [control])
    ]
    words = quantity(len(optional), "question facultative" if all(optional) else "question")
    if any(control.when for control in asked):
        words += " au plus, selon vos réponses"
    if any(optional) and not all(optional):
        words += f", dont {quantity(sum(optional), 'facultative')}"
    if lists:
        told = f"{quantity(lists, 'liste')} à remplir ligne par ligne"
        words = f"{words}{', et ' if ',' in words else ' et '}{told}" if optional else told
    return f"{words}."


def _when_words(question: Question, asked: tuple[Question, ...]) -> str:
    """Say for which answers a question counts, or for which it does not: the shorter list."""
    sentences = []
    for name, codes in question.when:
        (deciding,) = (other for other in asked if other.name == name)
        counts = [member.label for member in deciding.of if member.value in codes]
        others = [member.label for member in deciding.of if member.value not in codes]
        start, labels = ("Sauf", others) if len(others) < len(counts) else ("Seulement", counts)
        listed = " ou ".join(f"« {label} »" for label in labels)
        sentences.append(f"{start} pour {listed}.")
    return french(" ".join(sentences))


def facts(calculator: ModuleType) -> dict[str, str]:
    """Return the facts that the questions of a calculator ask, by field."""
    return {q.name: q.fact for q in questions(calculator.Situation) if q.fact}


def _control(question: Question, prefix: str, rules: Rules, day: date) -> Control:
    kind: str = question.kind
    groups: list[tuple[str, list[Option]]] = []
    rows: list[Control] = []
    # Only what the calculators can try: no row of a group, and no question that one must know.
    unsure = not prefix and not question.sure and question.kind in FINITE
    match question.kind:
        case "choice" | "choices":
            options = [_option(member) for member in question.of]
            groups = [("", [*options, DOUBT] if unsure and question.kind == "choice" else options)]
        case "criteria":
            groups = _criteria(question.of, rules, day)
        case "group" | "record":
            path = f"{question.name}.#." if question.kind == "group" else f"{question.name}."
            rows = [_control(inner, path, rules, day) for inner in questions(question.of)]
    return Control(
        path=prefix + question.name,
        label=french(question.label),
        help=french(question.help),
        kind=kind,
        optional=question.optional,
        today=not prefix and question.name in TODAY,
        unsure=unsure,
        groups=groups,
        rows=rows,
        first_rows=question.rows,
        you=french(question.you[0]),
        you_help=french(question.you[1]),
    )


def _option(member: Any) -> Option:
    assert isinstance(member, Choice)
    return Option(member.value, french(member.label), french(member.help))


def _criteria(subject: str, rules: Rules, day: date) -> list[tuple[str, list[Option]]]:
    """Group the criteria as their questions are grouped; the proof asked for today stands beside."""
    groups: dict[str, list[Option]] = {}
    for code, criterion in rules.criteria[subject].items():
        proof = _proof(rules.parameters[f"{subject}.{code}.justificatif"], day)
        words = [criterion.question, criterion.title, proof, criterion.question_to_herself]
        option = Option(code, *(french(one) for one in words))
        groups.setdefault(criterion.group, []).append(option)
    return [(french(group), options) for group, options in groups.items()]


def _proof(values: Sequence[Cited], day: date) -> str:
    """Name the document that proves a criterion on a day, and the one that will later, as HTML."""
    now, later = in_force.on(values, day), in_force.coming(values, day)
    told, next_one = (_inside(str(one.value["document"])) if one else "" for one in (now, later))
    if not later or told == next_one:
        return told or "plus aucun document connu"
    eve = later.since - timedelta(days=1)
    start = f"à partir du {french_date(later.since)} : "
    return names.until(eve, f"{told} ; {start}" if told else start) + next_one


def _inside(sentence: str) -> str:
    """Return a sentence as it is written inside another: its first word, if it is no acronym, in small letters."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]
