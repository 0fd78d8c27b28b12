"""The journal: what the dated rules say changed, day by day, as a page and as an Atom feed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

from markupsafe import escape

from calculators.dates import french_date
from calculators.typography import french
from generator.content import models
from generator.content.load import Content

_ATOM = "http://www.w3.org/2005/Atom"
type _Value = models.Scalar | dict[str, models.Scalar]


@dataclass(frozen=True, slots=True)
class Words:
    """How the pages write a value with its unit, and the name of a case."""

    value: Callable[[models.Scalar, str | None], str]
    case: Callable[[str], str]
    basis: dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One value that starts: what it is about, and what changes, in words.

    `first` tells the oldest value that is known, before which nothing is.
    """

    title: str
    anchor: str
    first: bool
    changes: list[str]
    dated: models.Dated


@dataclass(frozen=True, slots=True)
class Entry:
    """All that changes in one file of rules on one day."""

    day: date
    subject: str
    title: str
    lines: list[Line]

    @property
    def anchor(self) -> str:
        """Return the id of the entry in the page."""
        return f"{self.day}-{self.subject}"

    @property
    def uri(self) -> str:
        """Return the id of the entry in the feed: the same for ever, wherever the site is."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"reperes-iae:journal:{self.anchor}").urn


def entries(content: Content, words: Words) -> list[Entry]:
    """Return the entries, the newest day first, subjects in the order of their files."""
    found: dict[tuple[date, str], list[Line]] = {}
    for subject, rule in content.rules.items():
        for line in _lines(rule, words):
            found.setdefault((line.dated.since, subject), []).append(line)
    return [
        Entry(day, subject, content.rules[subject].title, lines)
        for (day, subject), lines in sorted(
            found.items(), key=lambda item: item[0][0], reverse=True
        )
    ]


def endings(content: Content) -> list[tuple[date, str, str, models.Dated]]:
    """Return the values that end with nothing known after: last day, subject, title, value."""
    found = []
    for subject, rule in content.rules.items():
        for title, _, _, values in _histories(rule):
            last = values[-1]
            if last.until:
                found.append((last.until, subject, title, last))
    return sorted(found, key=lambda ending: ending[:3])


def feed(found: list[Entry], name: str, site: str, content: Content, words: Words) -> str:
    """Return the Atom feed of these entries; `site` is the address of the home page."""
    page = f"{site.rstrip('/')}/journal/"
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(
        f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "fr"}
    )

    def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> None:
        ElementTree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes).text = text or None

    add(root, "id", uuid.uuid5(uuid.NAMESPACE_URL, "reperes-iae:journal").urn)
    add(root, "title", f"{name} : le journal des règles")
    add(root, "link", rel="alternate", type="text/html", href=page)
    add(root, "link", rel="self", type="application/atom+xml", href=f"{page}feed.xml")
    add(root, "updated", _instant(found[0].day))
    ElementTree.SubElement(root, f"{{{_ATOM}}}author").append(_named(name))
    for entry in found:
        node = ElementTree.SubElement(root, f"{{{_ATOM}}}entry")
        add(node, "id", entry.uri)
        add(node, "title", french(f"{french_date(entry.day)} : {entry.title}"))
        add(node, "link", rel="alternate", type="text/html", href=f"{page}#{entry.anchor}")
        add(node, "updated", _instant(entry.day))
        add(node, "content", _html(entry, content, words), type="html")
    ElementTree.indent(root)
    return ElementTree.tostring(root, "unicode", xml_declaration=True) + "\n"


def _named(name: str) -> ElementTree.Element:
    node = ElementTree.Element(f"{{{_ATOM}}}name")
    node.text = name
    return node


def _instant(day: date) -> str:
    return f"{day}T00:00:00Z"


def _html(entry: Entry, content: Content, words: Words) -> str:
    items = []
    for line in entry.lines:
        address = content.address(line.dated.source)
        known = "première valeur connue, " if line.first else ""
        told = french(f"{line.title} : {known}{' ; '.join(line.changes)}.")
        basis = words.basis[line.dated.basis.value]
        items.append(f"<li>{escape(told)} {escape(basis)}. {escape(address.title)}.</li>")
    return f"<ul>{''.join(items)}</ul>"


def _histories(
    rule: models.RuleFile,
) -> Iterator[tuple[str, str, str | None, list[models.DatedValue] | list[models.DatedProof]]]:
    """Go through what has dates: title, anchor in the page of the rule, unit, dated values."""
    for name, parameter in rule.parameters.items():
        yield parameter.title, name, parameter.unit, parameter.values
    for code, criterion in rule.criteria.items():
        yield f"Critère « {criterion.title} »", code, None, criterion.values
        yield f"Justificatif pour « {criterion.title} »", code, None, criterion.proofs


def _lines(rule: models.RuleFile, words: Words) -> Iterator[Line]:
    for title, anchor, unit, values in _histories(rule):
        first, *_ = values
        yield Line(title, anchor, True, _known(_value(first), unit, words), first)
        for before, after in pairwise(values):
            yield Line(title, anchor, False, changes(before, after, unit, words), after)


def _value(dated: models.Dated) -> _Value:
    """Return the value of a parameter, or the words of a proof."""
    if isinstance(dated, models.DatedProof):
        validity = dated.validity or ""
        return dated.document + (f", {validity[:1].lower()}{validity[1:]}" if validity else "")
    assert isinstance(dated, models.DatedValue)
    return dated.value


def _cases(value: _Value) -> dict[str, models.Scalar]:
    return value if isinstance(value, dict) else {"": value}


def _known(value: _Value, unit: str | None, words: Words) -> list[str]:
    return [
        f"{_inside(words.case(case))} : {words.value(one, unit)}"
        if case
        else _worded(one, unit, words)
        for case, one in _cases(value).items()
    ]


def _inside(name: str) -> str:
    """Write a name inside a sentence: « Une structure » loses its capital, « PASS IAE » does not."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _worded(value: models.Scalar, unit: str | None, words: Words) -> str:
    """Write a value; a whole sentence is quoted, to stand beside another."""
    told = words.value(value, unit)
    return f"« {told} »" if isinstance(value, str) and " " in value else told


def changes(before: models.Dated, after: models.Dated, unit: str | None, words: Words) -> list[str]:
    """Say what differs between two values that follow each other, one part for each case."""
    old, new = _cases(_value(before)), _cases(_value(after))
    told = []
    for case in dict.fromkeys((*new, *old)):
        if old.get(case) == new.get(case):
            continue
        name = f"{_inside(words.case(case))} : " if case else ""
        if case not in new:
            told.append(f"{name}retiré, c'était {_worded(old[case], unit, words)}")
        elif case not in old:
            told.append(f"{name}{_worded(new[case], unit, words)}, nouveau")
        else:
            was = _worded(old[case], unit, words)
            told.append(f"{name}{_worded(new[case], unit, words)}, au lieu de {was}")
    if told:
        return told
    same = f"valeur inchangée, {' ; '.join(_known(_value(after), unit, words))}"
    if before.basis != after.basis:
        was, now = words.basis[before.basis.value], words.basis[after.basis.value]
        return [same, f"fondement : « {now} », au lieu de « {was} »"]
    return [same, "nouvelle source"]
