"""What a calculator asks, and how an answer is read: one declaration for both.

A situation is a frozen dataclass whose fields are made by `ask`. Accepted types: `date`, `bool`,
`int`, `float`, a `Choice`, `frozenset[Choice]`, `frozenset[str]` with `criteria=`, another such
dataclass (`Periode`), a tuple of them (`tuple[Periode, ...]`), and any of these or None.
"""

from __future__ import annotations

import dataclasses
import difflib
import types
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Literal, NoReturn, get_args, get_origin, get_type_hints

from calculators.rules import Rules
from calculators.typography import number

#: Days that calendars and sums below can carry without overflow; wider than any situation.
FIRST_YEAR, LAST_YEAR = 1900, 2199
#: The greatest number that is read, unless its question says otherwise.
MOST = 1_000_000
#: Longest list (periods, missions) in one situation; larger work goes through a batch.
MAX_ITEMS = 1000


class Invalid(Exception):
    """The situation cannot be read; `errors` maps each dotted field path to a French sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


class Choice(StrEnum):
    """A closed list of answers. A member is written `aci = "aci", "label"[, "help"]`."""

    label: str
    help: str

    def __new__(cls, value: str, label: str, help: str = "") -> Choice:
        """Make a member from its code, its label and a sentence of help."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.help = help
        return member


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a situation, as the form and the reader see it."""

    name: str
    label: str
    help: str
    kind: Literal[
        "date", "boolean", "integer", "number", "choice", "choices", "criteria", "record", "group"
    ]
    optional: bool
    of: Any
    """The Choice, the subject of the criteria, or the dataclass of a record or of a group."""
    rows: int
    """How many empty rows a group shows at first."""
    step: str = ""
    """The title of the step that this question opens; empty when it goes on with the one before."""
    fact: str = ""
    """The name of the fact that other calculators ask too; empty when there is none."""
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The answers to other questions, by field, without which this one does not count: it is not
    asked then. Each field must have one of its codes."""
    sure: bool = False
    """Whether the person who asks must know: « je ne sais pas » is not offered."""
    most: int = MOST
    """The greatest number that is an answer."""
    you: tuple[str, str, str] = ("", "", "")
    """The label, the help and the step to the person who asks for herself; empty where they are the
    same."""


def ask(
    label: str,
    *,
    help: str = "",
    criteria: str | None = None,
    rows: int = 0,
    step: str = "",
    fact: str = "",
    when: dict[str, tuple[str, ...]] | None = None,
    sure: bool = False,
    most: int = MOST,
    you: str = "",
    you_help: str = "",
    you_step: str = "",
) -> Any:
    """Declare a question: its label, a sentence of help, the rules file of its criteria.

    `rows` is how many empty rows the form of a group shows at first; `step`, the title of the step
    that begins here; `fact`, the name of a fact that several calculators ask, so that a page may
    carry the answer from one to the next; `when`, the answers without which the question does not
    count; `sure`, that « je ne sais pas » is no answer to it; `most`, the greatest number; `you`,
    `you_help` and `you_step`, the words for the person who asks for herself, where they differ.
    """
    return dataclasses.field(
        metadata={
            "label": label,
            "help": help,
            "criteria": criteria,
            "rows": rows,
            "step": step,
            "fact": fact,
            "when": tuple((when or {}).items()),
            "sure": sure,
            "most": most,
            "you": (you, you_help, you_step),
        }
    )


@cache
def questions(situation: type) -> tuple[Question, ...]:
    """Return the questions of a situation, in the order they are asked."""
    hints = get_type_hints(situation)
    return tuple(_question(field, hints[field.name]) for field in dataclasses.fields(situation))


def not_counted(situation: type, raw: object) -> list[Question]:
    """Return the questions that `raw`, a situation as it was sent, answers and that do not count."""
    return [
        question
        for question in _conditional(situation)
        if isinstance(raw, dict)
        and raw.get(question.name) not in (None, [])
        and not all(raw.get(name) in codes for name, codes in question.when)
    ]


@cache
def _conditional(situation: type) -> tuple[Question, ...]:
    return tuple(question for question in questions(situation) if question.when)


def _question(field: dataclasses.Field[Any], hint: Any) -> Question:
    optional = get_origin(hint) is types.UnionType
    if optional:
        (hint,) = [part for part in get_args(hint) if part is not type(None)]
    kinds = {date: "date", bool: "boolean", int: "integer", float: "number"}
    kind: Any
    of = None
    if hint in kinds:
        kind = kinds[hint]
    elif get_origin(hint) is frozenset:
        (of,) = get_args(hint)
        kind = "choices"
        if of is str:
            kind, of = "criteria", field.metadata["criteria"]
    elif get_origin(hint) is tuple:
        kind, of = "group", get_args(hint)[0]
    elif dataclasses.is_dataclass(hint):
        kind, of = "record", hint
    else:
        kind, of = "choice", hint
    said = field.metadata
    return Question(
        field.name,
        said["label"],
        said["help"],
        kind,
        optional,
        of,
        said["rows"],
        said["step"],
        said["fact"],
        said["when"],
        said["sure"],
        said["most"],
        said["you"],
    )


def read[S](situation: type[S], raw: object, rules: Rules) -> S:
    """Read a situation from parsed JSON; raise Invalid with every mistake at once."""
    reader = _Reader(rules)
    values = reader.mapping(situation, raw, "")
    if reader.errors:
        raise Invalid(reader.errors)
    return situation(**values)


class _Missing(Exception):
    """A mistake has been recorded; there is no value to return."""


class _Reader:
    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.errors: dict[str, str] = {}

    def mapping(self, situation: type, raw: object, prefix: str) -> dict[str, Any]:
        if not isinstance(raw, dict):
            self.errors[prefix.rstrip(".") or "situation"] = (
                "Il faut ici un objet JSON : un nom de champ et sa valeur, entre accolades."
            )
            return {}
        asked = questions(situation)
        names = [question.name for question in asked]
        for name in raw:
            if name not in names:
                close = difflib.get_close_matches(name[:60], names, n=1)
                hint = f" Vouliez-vous dire « {close[0]} » ?" if close else ""
                self.errors[prefix + _printable(name)] = f"Ce champ est inconnu.{hint}"
        values: dict[str, Any] = {}
        for question in asked:
            with suppress(_Missing):
                values[question.name] = self.answer(
                    question, raw.get(question.name), prefix + question.name
                )
        return values

    def answer(self, question: Question, raw: object, path: str) -> Any:
        if raw is None:
            if question.optional:
                return None
            self.refuse(path, f"Répondez à la question « {question.label} ».")
        match question.kind:
            case "date":
                return self.date(raw, path)
            case "boolean":
                if not isinstance(raw, bool):
                    self.refuse(path, "Répondez par oui (true) ou non (false).")
                return raw
            case "integer" | "number":
                return self.number(raw, path, question.most, whole=question.kind == "integer")
            case "choice":
                return question.of(self.code(raw, path, [member.value for member in question.of]))
            case "choices":
                codes = [member.value for member in question.of]
                return frozenset(question.of(code) for code in self.codes(raw, path, codes))
            case "criteria":
                return frozenset(self.codes(raw, path, list(self.rules.criteria[question.of])))
            case "record":
                return self.record(question, raw, path)
            case _:
                return self.group(question, raw, path)

    def date(self, raw: object, path: str) -> date:
        try:
            day = date.fromisoformat(raw) if isinstance(raw, str) else None
        except ValueError:
            day = None
        if day is None or day.isoformat() != raw:  # the reader of ISO dates takes weeks too
            self.refuse(
                path,
                f"{_shown(raw)} n'est pas une date. Écrivez l'année, le mois et le jour : "
                "2026-11-21.",
            )
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.refuse(path, f"L'année doit être comprise entre {FIRST_YEAR} et {LAST_YEAR}.")
        return day

    def number(self, raw: object, path: str, most: int, *, whole: bool) -> int | float:
        if isinstance(raw, bool) or not isinstance(raw, int if whole else int | float):
            self.refuse(path, f"Écrivez un nombre{' entier' if whole else ''}, sans unité.")
        if not 0 <= raw <= most:  # NaN compares as false
            self.refuse(path, f"Ce nombre doit être compris entre 0 et {number(most)}.")
        return raw

    def code(self, raw: object, path: str, codes: list[str]) -> str:
        if not isinstance(raw, str) or raw not in codes:
            close = difflib.get_close_matches(raw[:60], codes, n=1) if isinstance(raw, str) else ()
            hint = f" Vouliez-vous dire « {close[0]} » ?" if close else ""
            self.refuse(
                path,
                f"{_shown(raw)} n'est pas une réponse possible.{hint} Réponses : "
                f"{', '.join(codes)}.",
            )
        return raw

    def codes(self, raw: object, path: str, codes: list[str]) -> list[str]:
        return [self.code(code, path, codes) for code in self.items(raw, path)]

    def record(self, question: Question, raw: object, path: str) -> Any:
        values = self.mapping(question.of, raw, f"{path}.")
        return None if self.errors else question.of(**values)

    def group(self, question: Question, raw: object, path: str) -> tuple[Any, ...]:
        rows = [
            self.mapping(question.of, row, f"{path}.{position}.")
            for position, row in enumerate(self.items(raw, path))
        ]
        return () if self.errors else tuple(question.of(**row) for row in rows)

    def items(self, raw: object, path: str) -> list[object]:
        if not isinstance(raw, list):
            self.refuse(path, "Il faut ici une liste, entre crochets.")
        if len(raw) > MAX_ITEMS:
            self.refuse(path, f"La liste compte {len(raw)} éléments ; {MAX_ITEMS} au plus.")
        return raw

    def refuse(self, path: str, message: str) -> NoReturn:
        self.errors[path] = message
        raise _Missing


def _shown(raw: object) -> str:
    """Quote what was given, short and printable, whatever it was."""
    text = _printable(raw if isinstance(raw, str) else repr(raw))
    return f"« {text} »" if text else "Une réponse vide"


def _printable(text: str) -> str:
    """Cut a text short, and replace what cannot be shown."""
    clean = "".join(letter if letter.isprintable() else "?" for letter in text[:40])
    return f"{clean}…" if len(text) > 40 else clean
