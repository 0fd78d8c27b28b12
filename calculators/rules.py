"""The rules as dated, cited values. They are compiled from `data/rules/` into `rules.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pkgutil import get_data
from typing import Any, Literal

from calculators.dates import french_date
from calculators.typography import number

type Basis = Literal["loi", "pratique", "lecture", "a_verifier"]
type Value = bool | int | float | str | dict[str, bool | int | float | str]


class NotInForce(Exception):
    """No value is known for that day or case. Its text is a French sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value can be read; `url` is None for a document that is not on the web.

    `quote` holds the words of the text that decide, where it was read.
    """

    title: str
    url: str | None
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A value that never leaves its source.

    `id` is `file.parameter`, with the case after a further dot once one is picked; `unit` is
    (singular, plural) or None; `since` is the first day on which the value holds, and `until` the
    last one known, where a text ends without a sequel.
    """

    id: str
    title: str
    value: Any
    unit: tuple[str, str] | None
    since: date
    basis: Basis
    source: Source
    until: date | None = None
    note: str | None = None

    def pick(self, case: str) -> Cited:
        """Return the value for one case (a structure, a key of a criterion).

        Raises NotInForce when the rule says nothing of that case.
        """
        if not isinstance(self.value, dict) or case not in self.value:
            raise NotInForce(f"La règle « {self.title} » ne dit rien du cas « {case} ».")
        # Written out: `dataclasses.replace` took a fifth of a batch.
        return Cited(
            id=f"{self.id}.{case}",
            title=self.title,
            value=self.value[case],
            unit=self.unit,
            since=self.since,
            until=self.until,
            basis=self.basis,
            source=self.source,
            note=self.note,
        )

    @property
    def words(self) -> str:
        """Write the value with its unit: « 3 critères », « 1 400 euros »."""
        if self.unit is None:
            return str(self.value)
        singular, plural = self.unit
        return f"{number(self.value, singular)} {plural if abs(self.value) >= 2 else singular}"


@dataclass(frozen=True, slots=True)
class Criterion:
    """The words of an eligibility criterion; its level and its proof are dated values."""

    code: str
    title: str
    question: str
    question_to_herself: str
    group: str
    term: str
    incompatible: tuple[str, ...]


@dataclass(slots=True)
class Law:
    """The rules as they stand on one day; `read` lists the values it has given."""

    rules: Rules
    day: date
    read: list[str] = field(default_factory=list)

    def __getitem__(self, identifier: str) -> Cited:
        """Return the value in force; raise NotInForce outside the days that are known."""
        values = self.rules.parameters[identifier]
        begun = [value for value in values if value.since <= self.day]
        if not begun:
            raise NotInForce(self._outside(values[0], NOT_YET, values[0].since))
        cited = begun[-1]
        if cited.until and self.day > cited.until:
            told = [self._outside(cited, NO_LONGER, cited.until)]
            # A value that holds for several cases has no words of its own.
            told += (
                [UNTIL_THEN.format(cited.words)]
                if cited.unit and not isinstance(cited.value, dict)
                else []
            )
            raise NotInForce(" ".join([*told, *filter(None, [cited.note])]))
        self.read.append(identifier)
        return cited

    def _outside(self, cited: Cited, sentence: str, limit: date) -> str:
        return sentence.format(cited.title, french_date(limit), french_date(self.day))


NOT_YET = (
    "La règle « {} » n'est connue qu'à partir du {}. Pour le {}, nous ne donnons pas de réponse."
)
NO_LONGER = (
    "La règle « {} » n'est connue que jusqu'au {}. Pour le {}, nous ne donnons pas de réponse."
)

UNTIL_THEN = "Jusque-là : {}."


UNREAD = "Les textes parus après le {} : c'est le jour de notre dernière relecture."


@dataclass(frozen=True, slots=True)
class Rules:
    """Every dated value by `file.parameter`, oldest first, and every criterion by file and code.

    `checked` is the day each file was last reread; `version` names the whole.
    """

    parameters: dict[str, tuple[Cited, ...]]
    criteria: dict[str, dict[str, Criterion]]
    checked: dict[str, date]
    version: str

    @classmethod
    def from_json(cls, text: str) -> Rules:
        """Read the compiled rules (the content of `rules.json`)."""
        raw = json.loads(text)
        parameters = {
            identifier: tuple(_cited(identifier, parameter, value) for value in parameter["values"])
            for identifier, parameter in raw["parameters"].items()
        }
        criteria = {
            subject: {
                code: Criterion(code, **{**words, "incompatible": tuple(words["incompatible"])})
                for code, words in entries.items()
            }
            for subject, entries in raw["criteria"].items()
        }
        checked = {name: date.fromisoformat(day) for name, day in raw["checked"].items()}
        return cls(parameters, criteria, checked, raw["version"])

    def unread(self, subject: str, day: date) -> dict[str, bool]:
        """Return what is not checked of newer texts, and whether `day` comes after the last review."""
        checked = self.checked[subject]
        return {UNREAD.format(french_date(checked)): day > checked}

    def on(self, day: date) -> Law:
        """Return the rules as they stand on `day`."""
        return Law(self, day)


def _cited(identifier: str, parameter: dict[str, Any], value: dict[str, Any]) -> Cited:
    return Cited(
        id=identifier,
        title=parameter["title"],
        value=value["value"],
        unit=tuple(parameter["unit"]) if parameter["unit"] else None,
        since=date.fromisoformat(value["since"]),
        until=date.fromisoformat(value["until"]) if value["until"] else None,
        basis=value["basis"],
        source=Source(**value["source"]),
        note=value["note"],
    )


def load() -> Rules:
    """Read the rules that are packed with the calculators.

    Raises FileNotFoundError when they have not been compiled yet (`make site` does it).
    """
    # Not by `importlib.resources`: with what it imports, it weighs more than all our calculators.
    content = get_data("calculators", "rules.json")
    assert content is not None  # what a zip or a folder imports can always be read
    return Rules.from_json(content.decode())
