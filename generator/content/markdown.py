"""The Markdown that data files may hold: paragraphs, lists, bold, italics, links.

No raw HTML, no heading (the page has its own), no image, no code block. Links go to http(s) and
mailto addresses, or to the site's own things: `terme:ID`, `simulateur:ID`, `regle:FILE.PARAMETER`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Characters of the longest text: three times the longest that we have. Parsing takes time.
LONGEST = 8_000
INTERNAL = ("terme", "simulateur", "regle", "article")
_PARSER = MarkdownIt("commonmark", {"html": True})
# The parser's own check drops `javascript:` links in silence; here each is shown and refused.
_PARSER.validateLink = bool  # type: ignore[method-assign, assignment]
# Addresses stay as they are typed, to be found again in the text.
_PARSER.normalizeLink = str  # type: ignore[method-assign, assignment]
_HTML = (
    "Du HTML (un signe « < » suivi d'un mot). Écrivez du Markdown : **gras**, listes, "
    "[texte](adresse)."
)
_IMAGE = "Une image. Les fiches n'en portent pas : enlevez « ![…](…) »."
_OWN_LINKS = ", ou un lien du site : terme:aci, simulateur:eligibilite_iae"
_REFUSED = {
    "heading_open": "Un titre (« # » ou un texte souligné). Écrivez plutôt une ligne en **gras**.",
    "html_block": _HTML,
    "html_inline": _HTML,
    "image": _IMAGE,
    "fence": "Un bloc de code (« ``` »). Écrivez un paragraphe.",
    "code_block": "Cette ligne est trop à droite : elle devient un bloc de code. "
    "Alignez-la sur le paragraphe d'avant.",
    "hr": "Un trait de séparation. Enlevez-le.",
}
_REFUSED_IN_PLAIN_TEXT = {
    "html_block": _HTML,
    "html_inline": _HTML,
    "image": _IMAGE,
    "link_open": "Un lien. Cette valeur n'en porte pas : écrivez le texte seul.",
}


#: Braces give attributes to what is before them; bars make tables. A title or a sentence becomes the
#: words of a link: what ends those words early would lead the link elsewhere.
_MARKS, _MARKS_IN_PLAIN_TEXT = "{}|", r"{}|\[\]\\`"
_MARK = "Un signe « {} », qui change la forme de la page. Écrivez des parenthèses ou une virgule."
# What a simple text is made of. Its lines start as a paragraph does, or an item of a list.
_NO_SIGN = r"[^\[\]<`\\\n\r\t\0]*+"
_WORD = r"(?!\d+[.)](?:\s|\Z))(?:[^\W_]|[(«])"
_LINK = re.compile(
    rf"(?<!!)\[{_NO_SIGN}(?:\n {{0,3}}(?={_WORD}){_NO_SIGN})*+\]\(([\w:/.?=#%,;@+~-]++)\)"
)
_LINE = rf" {{0,3}}(?:(?:-|\d{{1,9}}[.)]) )?(?:\*\*)?(?=\[|{_WORD}){_NO_SIGN}(?:{_LINK.pattern}{_NO_SIGN})*+"
#: Paragraphs, lists, emphasis and links, in their usual forms: all is accepted but addresses.
_SIMPLE = re.compile(rf"(?: *+(?:\n|\Z)|{_LINE}(?:\n|\Z))*+\Z")


@dataclass(frozen=True, order=True)
class Problem:
    """What is not accepted in a text: where (a character, from 0), and what to do, in French."""

    offset: int
    message: str


@dataclass(frozen=True)
class Link:
    """A link in a text: where it goes, and where it stands (a character, from 0)."""

    target: str
    offset: int
    title: str = ""

    @property
    def internal(self) -> tuple[str, str] | None:
        """Return (`terme`, `aci`) for `terme:aci`, or None for an address of the web."""
        kind, colon, name = self.target.partition(":")
        return (kind, name) if colon and kind in INTERNAL else None


@cache  # the workshop checks the same thousand texts at each change of one
def links(text: str) -> list[Link]:
    """Return every link of `text`, in order."""
    return [
        Link(str(token.attrs["href"]), offset, str(token.attrs.get("title", "")))
        for token, offset in _tokens(text)
        if token.type == "link_open"
    ]


@cache
def problems(text: str) -> list[Problem]:
    """Return everything in `text`, a Markdown text, that is not accepted."""
    found = [*_refused(text, _REFUSED), *_marks(text, _MARKS)]
    for link in links(text):
        if link.internal is None and (message := address_problem(link.target, in_text=True)):
            found.append(Problem(link.offset, message))
    return sorted(set(found))


def plain_problems(text: str) -> list[Problem]:
    """Return what is not accepted in `text`, a title or a sentence that takes no Markdown."""
    if not re.search(f"[<{_MARKS_IN_PLAIN_TEXT}]", text):  # most texts: parsing takes seconds
        return []
    found = _refused(text, _REFUSED_IN_PLAIN_TEXT)
    # A whole link, or an image, is told as what it is.
    return found or _marks(text, _MARKS_IN_PLAIN_TEXT)


def _marks(text: str, marks: str) -> list[Problem]:
    """Return the first sign of each line that the site's renderer obeys, and this parser does not."""
    if not re.search(f"[{marks}]", text):  # most texts: looking at each line takes longer
        return []
    found = re.finditer(rf"^[^{marks}\n]*([{marks}])", text, re.MULTILINE)
    return [Problem(match.start(1), _MARK.format(match[1])) for match in found]


def _refused(text: str, refused: dict[str, str]) -> list[Problem]:
    """Return the tokens that are refused; the same one is told once a line (<b> and </b>)."""
    found: dict[tuple[int, str], Problem] = {}
    for token, offset in _tokens(text):
        if message := refused.get(token.type):
            line = text.count("\n", 0, offset)
            found.setdefault((line, message), Problem(offset, message))
    return list(found.values())


def address_problem(address: str, *, in_text: bool = False) -> str | None:
    """Say in French what is wrong with a web or mail address, or return None.

    `in_text` tells of the links that a text may hold besides.
    """
    shown = address if len(address) <= 80 else address[:79] + "…"
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"L'adresse « {shown} » ne se lit pas. Recopiez-la depuis votre navigateur."
    if parts.scheme == "mailto" and "@" in parts.path:
        return None
    if parts.scheme not in {"http", "https"}:
        return (
            f"Le lien « {shown} » n'est pas accepté. Écrivez une adresse complète, comme "
            f"https://www.exemple.fr{_OWN_LINKS if in_text else ''}."
        )
    host = parts.hostname or ""
    if "." not in host or re.search(r"\s", address) or parts.username is not None:
        return (
            f"L'adresse « {shown} » n'est pas celle d'un site public. "
            "Recopiez-la depuis votre navigateur."
        )
    if host == "legifrance.gouv.fr" or host.endswith(".legifrance.gouv.fr"):
        return (
            "N'écrivez pas d'adresse Légifrance : donnez le texte comme source, "
            '{ article: R5132-1-7 } ou { text: JORFTEXT000044011209, title: "…" }. Le site en '
            "fait l'adresse."
        )
    return None


@lru_cache(maxsize=1)  # the problems of a text, then its links
def _tokens(text: str) -> list[tuple[Token, int]]:
    """Return each token of `text`, with the character where it stands (or its line starts).

    Of a simple text, its links alone: parsing it would take a hundred times as long.
    """
    if _SIMPLE.match(text):
        return [
            (Token("link_open", "a", 1, attrs={"href": link[1]}), link.start(1))
            for link in _LINK.finditer(text)
        ]
    return _parsed(text)


def _parsed(text: str) -> list[tuple[Token, int]]:
    found = []
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
    for block in _PARSER.parse(text):
        line = block.map[0] if block.map else 0
        found.append((block, starts[line]))
        for token in block.children or ():
            start = starts[min(line, len(starts) - 1)]
            words = token.content if token.type == "html_inline" else token.attrs.get("href")
            words = words or token.attrs.get("src")
            found.append((token, max(start, text.find(str(words), start))))
            line += token.type in {"softbreak", "hardbreak"} or token.content.count("\n")
    return found
