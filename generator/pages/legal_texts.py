"""The page of each text of law: its words, those that we quote marked, and what rests on it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from markupsafe import escape

from calculators.typography import french
from generator.content import in_force, quotes
from generator.content.load import Content
from generator.content.models import LegalText, Version
from generator.pages.links import relative
from generator.pages.metadata import front_matter

#: Who rests on a text, in the order of the page: the kind, its title in French.
KINDS = {
    "rules": "Les valeurs datées",
    "calculators": "Les simulateurs",
    "glossary": "Le glossaire",
    "structures": "Les structures",
    "pages": "Les pages",
    "networks": "Les réseaux",
}
#: Single files with a page of their own.
_PAGES = {
    "history": ("comprendre/histoire.md", "history"),
    "sectors": ("comprendre/secteurs.md", "sectors"),
    "figures": ("comprendre/chiffres.md", "figures"),
    "prescribers": ("prescripteurs.md", "prescribers"),
}


class CitedBy(NamedTuple):
    """Something of ours that rests on a text."""

    kind: str
    title: str
    #: The page in the site's tree, with its anchor.
    path: str


class Cited(NamedTuple):
    """Who cites a text, and the words that they quote."""

    by: dict[CitedBy, None]
    quotes: dict[str, None]


def page(number: str) -> str:
    """Return the page of a text in the site's tree."""
    return f"textes/{number}.md"


def cited(
    content: Content, calculators: Container[str], written: Mapping[str, str]
) -> dict[str, Cited]:
    """Return who cites each text, by its number. `written` are the pages written by hand, by path."""
    found = {number: Cited({}, {}) for number in content.articles}

    def add(number: str, quote: str | None, *by: CitedBy) -> None:
        if number in found:
            found[number].by.update(dict.fromkeys(by))
            found[number].quotes.update(dict.fromkeys(filter(None, [quote])))

    for path, document in content.documents.items():
        key = path.removeprefix("data/").removesuffix(".yaml")
        for citation in quotes.citations(path, document.value):
            owners = _owners(content, calculators, key, citation.where)
            add(citation.number, citation.quote, *owners)
    for path, text in written.items():
        title = str(front_matter(text).get("title", path))
        for citation in quotes.citations(path, text):
            add(citation.number, citation.quote, CitedBy("pages", title, path))
    return found


def _owners(
    content: Content, calculators: Container[str], key: str, where: tuple[str | int, ...]
) -> Iterator[CitedBy]:
    folder, _, name = key.partition("/")
    match folder:
        case "rules":
            rule = content.rules[name]
            anchor, title = "", rule.title
            if where[0] in {"parameters", "criteria"}:
                entry = (rule.parameters | rule.criteria)[str(where[1])]
                anchor, title = f"#{where[1]}", f"{rule.title} : {entry.title}"
            yield CitedBy("rules", title, f"regles/{name}.md{anchor}")
            if name in calculators:
                yield CitedBy("calculators", rule.title, f"simulateurs/{name}.md")
        case "glossary":
            yield CitedBy("glossary", content.terms[name].title, f"glossaire/{name}.md")
        case "networks":
            yield CitedBy("networks", content.networks[name].title, f"reseaux/{name}.md")
        case "structures" if len(where) > 1 and where[0] == "structures":
            sheet = content.structures.by_id()[str(where[1])]
            yield CitedBy("structures", sheet.title, f"structures/{where[1]}.md")
        case "structures":
            yield CitedBy("structures", content.structures.title, "structures/index.md")
        case _ if folder in _PAGES:
            path, part = _PAGES[folder]
            yield CitedBy("pages", getattr(content, part).title, path)


def shown_version(text: LegalText, today: date) -> Version:
    """Return the version in force; else the next one, or the last one of a text that has ended."""
    later = in_force.coming(text.versions, today)
    return quotes.version_on(text, today) or later or text.versions[-1]


def marked(text: LegalText, quoted: Mapping[str, None], today: date) -> str:
    """Return the words of a text on a day as one block of HTML, those that we quote marked."""
    _, words = quotes.words_on(text, shown_version(text, today).since)
    spans = sorted(span for quote in quoted for span in quotes.spans(quote, words))
    parts: list[str] = []
    end = 0
    for start, stop in spans:
        if stop <= end:
            continue
        parts += [str(escape(words[end : max(start, end)])), "\0"]
        parts += [str(escape(words[max(start, end) : stop])), "\1"]
        end = stop
    parts.append(str(escape(words[end:])))
    # A quote may run over the end of a paragraph, which a mark may not.
    inside = False
    lines = []
    for line in "".join(parts).split("\n"):
        opened = f"\0{line}" if inside else line
        inside = opened.rfind("\0") > opened.rfind("\1")
        lines.append(f"<p>{opened}\1</p>" if inside else f"<p>{opened}</p>")
    html = "\n".join(lines).replace("\0", "<mark>").replace("\1", "</mark>")
    # Whoever searches wants our page first, and the whole text after it.
    return f'<div class="legal-text" data-pagefind-weight="0.2">\n{html}\n</div>'


def short_title(text: LegalText) -> str:
    """Return « Article R. 5132-1-8 » for an article, and its whole title for another text."""
    found = re.search(r", article (.+)$", text.title)
    return f"Article {found[1]}" if found else text.title


def by_code(texts: Mapping[str, LegalText]) -> dict[str, list[tuple[str, LegalText]]]:
    """Return the texts by the code that they are in, in the order of their numbers."""
    groups: dict[str, list[tuple[str, LegalText]]] = {}
    for number, text in sorted(texts.items(), key=lambda entry: _in_order(entry[0])):
        code, found, _ = text.title.partition(", article ")
        groups.setdefault(code if found else "Arrêtés", []).append((number, text))
    return groups


def _in_order(number: str) -> tuple[str, list[int]]:
    return number[0], [int(part) for part in re.findall(r"\d+", number)]


_QUOTED = re.compile(r'<q cite="([A-Za-z0-9-]+)">(.*?)</q>([,.;)]*)', re.DOTALL)


def open_quotes(text: str, path: str, content: Content) -> tuple[str, str]:
    """Make a button of each quote of a page; return the page, and the quotes that they open.

    Whatever is quoted is there: the check has compared it. Plain HTML: a tap, a click or a key opens the quote, and needs no script.
    """
    opened: dict[tuple[str, str], str] = {}

    def button(match: re.Match[str]) -> str:
        number, words, after = match.groups()
        key = opened.setdefault((number, words), f"texte-{len(opened) + 1}")
        title = short_title(content.articles[number])
        shown = (
            f'<button type="button" class="legal-quote" popovertarget="{key}" '
            f'aria-label="le texte : {escape(french(title))}">le texte</button>'
        )
        # No line begins with a comma, as after an acronym.
        return f'<span class="acronym-line">{shown}{after}</span>' if after else shown

    text = _QUOTED.sub(button, text)
    blocks = []
    for (number, words), key in opened.items():
        title = french(content.articles[number].title)
        whole = f"[Tout le texte]({relative(page(number), path)})"
        blocks.append(
            f'\n<div popover="auto" class="explanation" id="{key}" data-pagefind-ignore="all" '
            f'markdown="1">\n\n**{title} :** « {words} » {whole}\n\n</div>\n'
        )
    return text, "".join(blocks)
