"""The journal as an Atom feed (RFC 4287)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree

from markupsafe import escape

from calculators.dates import french_date
from calculators.typography import french
from generator.content.load import Content
from generator.pages.journal import DayOfChanges
from generator.pages.names import BASIS_NAMES

_ATOM = "http://www.w3.org/2005/Atom"


def feed(entries: Sequence[DayOfChanges], content: Content, home: str) -> str:
    """Return the text of the feed of these entries, newest first; `home` is the home page's address."""
    name = content.site.name
    page = f"{home.rstrip('/')}/journal/"
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
    add(root, "updated", _instant(entries[0].day))
    add(ElementTree.SubElement(root, f"{{{_ATOM}}}author"), "name", name)
    for entry in entries:
        node = ElementTree.SubElement(root, f"{{{_ATOM}}}entry")
        add(node, "id", urn(entry))
        add(node, "title", french(f"{french_date(entry.day)} : {entry.title}"))
        add(node, "link", rel="alternate", type="text/html", href=f"{page}#{entry.anchor}")
        add(node, "updated", _instant(entry.day))
        add(node, "content", _html(entry, content), type="html")
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
