"""The journal: the changes that the dated rules tell of, day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.content import models
from generator.content.load import Content
from generator.content.value_names import BASIS_NAMES, value_text

type _Value = models.Scalar | dict[str, models.Scalar]
#: From the code of a case to its French name.
type CaseName = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One value that starts: its title, and the changes in French.

    `first` tells the oldest value that is known.
    """

    title: str
    anchor: str
    first: bool
    changes: list[str]
    dated: models.Dated


@dataclass(frozen=True, slots=True)
class DayOfChanges:
    """One entry of the journal: all that changes in one file of rules on one day."""

    day: date
    subject: str
    title: str
    lines: list[Line]

    @property
    def anchor(self) -> str:
        """Return the id of the entry in the page."""
        return f"{self.day}-{self.subject}"


def entries(content: Content, case_name: CaseName) -> list[DayOfChanges]:
    """Return the entries, the newest day first, subjects in the order of their files."""
    lines_of: dict[tuple[date, str], list[Line]] = {}
    for subject, rule in content.rules.items():
        for line in _lines(rule, case_name):
            lines_of.setdefault((line.dated.since, subject), []).append(line)
    return [
        DayOfChanges(day, subject, content.rules[subject].title, lines)
        for (day, subject), lines in sorted(
            lines_of.items(), key=lambda item: item[0][0], reverse=True
        )
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """A change as a person tells it, with the value that it rests on and the title of its rule."""

    change: models.ToldChange
    dated: models.Dated
    title: str


def told(content: Content, days: Sequence[DayOfChanges]) -> dict[int, list[Told]]:
    """Return the changes by year, the newest first: those of `data/journal.yaml`."""
    entry_of = {(one.day, one.subject): one for one in days}
    years: dict[int, list[Told]] = {}
    for change in sorted(content.told.changes, key=lambda one: one.day, reverse=True):
        entry = entry_of[change.day, change.rule]
        line = min(entry.lines, key=lambda one: one.first)  # what changes, before what begins
        years.setdefault(change.day.year, []).append(Told(change, line.dated, entry.title))
    return years


def endings(content: Content) -> list[tuple[date, str, str, models.Dated]]:
    """Return the values that end with nothing known after: last day, subject, title, value."""
    ending = []
    for subject, rule in content.rules.items():
        for title, _, _, values in _histories(rule):
            last = values[-1]
            if last.until:
                ending.append((last.until, subject, title, last))
    return sorted(ending, key=lambda one: one[:3])


def _histories(
    rule: models.RuleFile,
) -> Iterator[tuple[str, str, str | None, list[models.DatedValue] | list[models.DatedProof]]]:
    """Go through the dated lists of a file: title, anchor in its page, unit, dated values."""
    for name, parameter in rule.parameters.items():
        yield parameter.title, name, parameter.unit, parameter.values
    for code, criterion in rule.criteria.items():
        yield f"Critère « {criterion.title} »", code, None, criterion.values
        yield f"Justificatif pour « {criterion.title} »", code, None, criterion.proofs


def _lines(rule: models.RuleFile, case_name: CaseName) -> Iterator[Line]:
    for title, anchor, unit, values in _histories(rule):
        first, *_ = values
        yield Line(title, anchor, True, _all_cases(_value(first), unit, case_name), first)
        for before, after in pairwise(values):
            yield Line(title, anchor, False, changes(before, after, unit, case_name), after)


def _value(dated: models.Dated) -> _Value:
    """Return the value of a parameter, or the words of a proof."""
    if isinstance(dated, models.DatedProof):
        validity = dated.validity or ""
        return dated.document + (f", {validity[:1].lower()}{validity[1:]}" if validity else "")
    assert isinstance(dated, models.DatedValue)
    return dated.value


def _cases(value: _Value) -> dict[str, models.Scalar]:
    return value if isinstance(value, dict) else {"": value}


def _all_cases(value: _Value, unit: str | None, case_name: CaseName) -> list[str]:
    return [
        f"{_inside(case_name(case))} : {value_text(one, unit)}" if case else _quoted(one, unit)
        for case, one in _cases(value).items()
    ]


def _inside(name: str) -> str:
    """Write a name inside a sentence: « Une structure » loses its capital, « PASS IAE » does not."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _quoted(value: models.Scalar, unit: str | None) -> str:
    """Write a value; a whole sentence is quoted, to stand beside another."""
    text = value_text(value, unit)
    return f"« {text} »" if isinstance(value, str) and " " in value else text


def _amount(value: models.Scalar, unit: str | None) -> str:
    """Write a value that is compared with another: nobody says « au lieu de 0 mois »."""
    return "rien" if unit and value is not False and value == 0 else _quoted(value, unit)


def changes(
    before: models.Dated, after: models.Dated, unit: str | None, case_name: CaseName
) -> list[str]:
    """Say what differs between two values that follow each other, one part for each case."""
    old, new = _cases(_value(before)), _cases(_value(after))
    parts = []
    for case in dict.fromkeys((*new, *old)):
        if old.get(case) == new.get(case):
            continue
        name = f"{_inside(case_name(case))} : " if case else ""
        if case not in new:
            parts.append(f"{name}plus rien n'est prévu ; auparavant, {_quoted(old[case], unit)}")
        elif case not in old:
            parts.append(f"{name}{_quoted(new[case], unit)}, pour la première fois")
        else:
            now, was = (_amount(one[case], unit) for one in (new, old))
            parts.append(f"{name}{now}, au lieu de {was}")
    if parts:
        return parts
    same = f"valeur inchangée, {' ; '.join(_all_cases(_value(after), unit, case_name))}"
    if before.basis != after.basis:
        was, now = BASIS_NAMES[before.basis.value], BASIS_NAMES[after.basis.value]
        return [same, f"fondement : « {now} », au lieu de « {was} »"]
    return [same, "nouvelle source"]
