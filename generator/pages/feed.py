"""The journal and the news as Atom feeds (RFC 4287)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from xml.etree import ElementTree

from markupsafe import escape

from calculators.dates import french_date
from calculators.typography import french
from generator.content import models
from generator.content.load import Content
from generator.content.value_names import BASIS_NAMES
from generator.pages import news
from generator.pages.journal import DayOfChanges

_ATOM = "http://www.w3.org/2005/Atom"


def feed(entries: Sequence[DayOfChanges], content: Content, home: str) -> str:
    """Return the text of the feed of these entries, newest first; `home` is the home page's address."""
    name = content.site.name
    page = f"{home.rstrip('/')}/journal/"
    return _atom(
        "journal",
        f"{name} : le journal des règles",
        page,
        name,
        (
            _Entry(
                urn(entry),
                f"{french_date(entry.day)} : {entry.title}",
                f"{page}toutes/#{entry.anchor}",
                entry.day,
                _html(entry, content),
            )
            for entry in entries
        ),
    )


def news_feed(content: Content, home: str) -> str:
    """Return the text of the feed of the news, newest first; `home` is the home page's address."""
    name = content.site.name
    page = f"{home.rstrip('/')}/actualites/"
    return _atom(
        "actualites",
        f"{name} : les actualités des réseaux",
        page,
        name,
        (
            _Entry(
                uuid.uuid5(uuid.NAMESPACE_URL, f"reperes-iae:actualites:{key}").urn,
                one.title,
                f"{page}{key}/",
                news.published(key),
                f"<p>{escape(french(f'{_when(one)}. {one.summary.strip()}'))}</p>",
            )
            for key, one in sorted(content.news.items(), reverse=True)
        ),
    )


def _when(one: models.News) -> str:
    day = f"Le {french_date(one.day)}" if one.until in {None, one.day} else _span(one)
    return f"{day}, {one.place}" if one.place else day


def _span(one: models.News) -> str:
    assert one.until
    return f"Du {french_date(one.day)} au {french_date(one.until)}"


class _Entry(NamedTuple):
    id: str
    title: str
    address: str
    day: date
    html: str


def _atom(subject: str, title: str, page: str, author: str, entries: Iterable[_Entry]) -> str:
    """Return the text of a feed, whose `entries` are the newest first and at least one."""
    listed = list(entries)
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(
        f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "fr"}
    )

    def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> None:
        ElementTree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes).text = text or None

    add(root, "id", uuid.uuid5(uuid.NAMESPACE_URL, f"reperes-iae:{subject}").urn)
    add(root, "title", title)
    add(root, "link", rel="alternate", type="text/html", href=page)
    add(root, "link", rel="self", type="application/atom+xml", href=f"{page}feed.xml")
    add(root, "updated", _instant(listed[0].day))
    add(ElementTree.SubElement(root, f"{{{_ATOM}}}author"), "name", author)
    for entry in listed:
        node = ElementTree.SubElement(root, f"{{{_ATOM}}}entry")
        add(node, "id", entry.id)
        add(node, "title", french(entry.title))
        add(node, "link", rel="alternate", type="text/html", href=entry.address)
        add(node, "updated", _instant(entry.day))
        add(node, "content", entry.html, type="html")
    ElementTree.indent(root)
    return ElementTree.tostring(root, "unicode", xml_declaration=True) + "\n"


def urn(entry: DayOfChanges) -> str:
    """Return the id of an entry: the same for ever, wherever the site is."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"reperes-iae:journal:{entry.anchor}").urn


def _instant(day: date) -> str:
    return f"{day}T00:00:00Z"


def _html(entry: DayOfChanges, content: Content) -> str:
    items = []
    for line in entry.lines:
        source = content.address(line.dated.source)
        first = "première valeur connue, " if line.first else ""
        text = french(f"{line.title} : {first}{' ; '.join(line.changes)}.")
        basis = BASIS_NAMES[line.dated.basis.value]
        items.append(f"<li>{escape(text)} {escape(basis)}. {escape(french(source.title))}.</li>")
    return f"<ul>{''.join(items)}</ul>"
