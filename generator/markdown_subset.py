"""The Markdown that data files may hold: paragraphs, lists, bold, italics, links.

No raw HTML, no heading (the page has its own), no image, no code block. Links go to http(s) and
mailto addresses, or to the site's own things: `terme:ID`, `simulateur:ID`, `regle:FILE.PARAMETER`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

INTERNAL = ("terme", "simulateur", "regle")
_PARSER = MarkdownIt("commonmark", {"html": True})
# The parser's own check drops `javascript:` links in silence; here each is shown and refused.
_PARSER.validateLink = bool  # type: ignore[method-assign, assignment]
_REFUSED = {
    "heading_open": "Un titre Markdown (« # »). Écrivez un paragraphe en **gras**.",
    "html_block": "Du HTML. Écrivez du Markdown : **gras**, listes, [texte](adresse).",
    "html_inline": "Du HTML. Écrivez du Markdown : **gras**, listes, [texte](adresse).",
    "image": "Une image. Les textes des fiches n'en portent pas.",
    "fence": "Un bloc de code. Écrivez un paragraphe.",
    "code_block": "Quatre espaces en début de ligne font un bloc de code. Enlevez-les.",
    "hr": "Un trait de séparation. Enlevez-le.",
}


@dataclass(frozen=True)
class Link:
    """A link in a text: where it goes and the line (from 0) of its paragraph."""

    target: str
    line: int

    @property
    def internal(self) -> tuple[str, str] | None:
        """Return (`terme`, `aci`) for `terme:aci`, or None for an address of the web."""
        kind, colon, name = self.target.partition(":")
        return (kind, name) if colon and kind in INTERNAL else None


def links(text: str) -> list[Link]:
    """Return every link of `text`, in order."""
    return [
        Link(str(token.attrs["href"]), line)
        for token, line in _tokens(text)
        if token.type == "link_open"
    ]


def problems(text: str) -> list[tuple[int, str]]:
    """Return (line from 0, message in French) for everything in `text` that is not accepted."""
    found = [
        (line, _REFUSED[token.type]) for token, line in _tokens(text) if token.type in _REFUSED
    ]
    for link in links(text):
        if link.internal is None and (message := address_problem(link.target)):
            found.append((link.line, message))
    return sorted(set(found))


def address_problem(address: str) -> str | None:
    """Say in French what is wrong with a web or mail address, or return None."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"L'adresse « {address} » ne se lit pas."
    if parts.scheme == "mailto" and "@" in parts.path:
        return None
    if parts.scheme not in {"http", "https"}:
        return (
            f"Le lien « {address} » n'est pas accepté. Écrivez une adresse complète en https://, "
            "mailto:, ou un lien du site : terme:aci, simulateur:eligibilite_iae."
        )
    if not parts.hostname or "." not in parts.hostname or parts.username is not None:
        return f"L'adresse « {address} » n'a pas de nom de site valable."
    return None


def _tokens(text: str) -> Iterator[tuple[Token, int]]:
    for block in _PARSER.parse(text):
        line = block.map[0] if block.map else 0
        yield block, line
        for token in block.children or ():
            yield token, line
