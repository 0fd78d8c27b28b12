"""What a calculator answers: a verdict, and everything that explains it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from calculators.rules import Cited, Source
from calculators.typography import french

type Status = Literal["met", "unmet", "info"]
type Tone = Literal["favorable", "attention", "defavorable"]
type Openness = Literal["possible", "sous_conditions", "plus_tard", "impossible"]
#: What can be done at once comes first, and what cannot be done last.
ORDER: dict[Openness, int] = {"possible": 0, "sous_conditions": 0, "plus_tard": 1, "impossible": 2}
#: What a line of a list shows of a result; the rest is a tenfold of it.
BRIEF = ("verdict", "summary", "values", "dates")
#: What a period on the timeline is: `fenetre` is when a request may be made, `decompte` the period
#: over which hours are counted.
type Kind = Literal[
    "pass",
    "contrat",
    "suspension",
    "prolongation",
    "carence",
    "fenetre",
    "diagnostic",
    "convention",
    "decompte",
    "mission",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict in a few words, for the cell of a table, and how to take it."""

    label: str
    tone: Tone


def _source(source: Source) -> dict[str, Any]:
    """Return where a value can be read, and the words of the text if it is quoted."""
    made = {"title": french(source.title), "url": source.url}
    return {**made, "quote": french(source.quote)} if source.quote else made


def _citation(cited: Cited) -> dict[str, Any]:
    """Return what stands beside anything that is cited: on what it rests, since when, where."""
    return {
        "basis": cited.basis,
        "rule": cited.id,
        "since": cited.since.isoformat(),
        "source": _source(cited.source),
        "note": french(cited.note) if cited.note else None,
    }


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the answer: what was found, against which cited value."""

    id: str
    text: str
    status: Status
    cited: Cited

    def as_json(self) -> dict[str, Any]:
        """Return the contract's form of a reason."""
        return {
            "id": self.id,
            "text": french(self.text),
            "status": self.status,
            "value": self.cited.value,
            **_citation(self.cited),
        }


@dataclass(frozen=True, slots=True)
class Proof:
    """A document to gather for a criterion; `cited.value` has `document` and `validity`."""

    criterion: str
    title: str
    cited: Cited

    def as_json(self) -> dict[str, Any]:
        """Return the contract's form of a proof."""
        validity = self.cited.value.get("validity")
        return {
            "criterion": self.criterion,
            "title": french(self.title),
            "document": french(self.cited.value["document"]),
            "validity": french(validity) if validity else None,
            **_citation(self.cited),
        }


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date that matters next: drawn on the timeline, exported to a calendar."""

    id: str
    label: str
    day: date

    def as_json(self) -> dict[str, str]:
        """Return the contract's form of a date."""
        return {"id": self.id, "label": french(self.label), "date": self.day.isoformat()}


@dataclass(frozen=True, slots=True)
class Span:
    """A period to draw on the timeline, past or to come; both days are included."""

    id: str
    kind: Kind
    label: str
    debut: date
    fin: date

    def as_json(self) -> dict[str, str]:
        """Return the contract's form of a period."""
        return {
            "id": self.id,
            "kind": self.kind,
            "label": french(self.label),
            "debut": self.debut.isoformat(),
            "fin": self.fin.isoformat(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the things that can be done: when, by whom, with what, and the calculator that checks it.

    `situation` holds JSON values: those of the calculator's fields that are already known.
    """

    id: str
    label: str
    status: Openness
    text: str
    cited: Cited
    calculator: str
    situation: dict[str, Any]
    first: date | None = None
    last: date | None = None
    who: str | None = None
    papers: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the contract's form of an option."""
        return {
            "id": self.id,
            "label": french(self.label),
            "status": self.status,
            "text": french(self.text),
            "from": self.first.isoformat() if self.first else None,
            "until": self.last.isoformat() if self.last else None,
            "who": french(self.who) if self.who else None,
            "papers": [french(paper) for paper in self.papers],
            **_citation(self.cited),
            "calculator": self.calculator,
            "situation": self.situation,
        }


@dataclass(frozen=True, slots=True)
class Bar:
    """A quantity to draw beside others of its kind, to one scale; `words` has its unit."""

    id: str
    label: str
    value: int | float
    words: str

    def as_json(self) -> dict[str, Any]:
        """Return the contract's form of a bar."""
        return {
            "id": self.id,
            "label": french(self.label),
            "value": self.value,
            "words": french(self.words),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer to one situation. `values` holds JSON values only."""

    verdict: str
    summary: str
    values: dict[str, Any]
    reasons: list[Reason]
    proofs: list[Proof] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    dates: list[Milestone] = field(default_factory=list)
    periods: list[Span] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    deduced: dict[str, bool] = field(default_factory=dict)
    """Whether the dates given say that a criterion is met; the others are not decided by them."""
    not_counted: tuple[str, ...] = ()
    """The fields whose answer does not count in this situation: the response says so of each."""

    def brief(self) -> dict[str, Any]:
        """Return the part of a result that a line of a list shows: the fields of `BRIEF`."""
        return {
            "verdict": self.verdict,
            "summary": french(self.summary),
            "values": self.values,
            "dates": [milestone.as_json() for milestone in self.dates],
        }

    def as_json(self) -> dict[str, Any]:
        """Return the contract's form of a result."""
        return {
            **self.brief(),
            "reasons": [reason.as_json() for reason in self.reasons],
            "proofs": [proof.as_json() for proof in self.proofs],
            "not_checked": [french(text) for text in self.not_checked],
            "periods": [
                span.as_json() for span in sorted(self.periods, key=lambda span: span.debut)
            ],
            "options": [option.as_json() for option in self.options],
            "bars": [bar.as_json() for bar in self.bars],
            "deduced": self.deduced,
        }
