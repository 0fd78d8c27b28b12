"""The Markdown that data files may hold: paragraphs, lists, bold, italics, links.

No raw HTML, no heading (the page has its own), no image, no code block. Links go to http(s) and
mailto addresses, or to the site's own things: `terme:ID`, `simulateur:ID`, `regle:FILE.PARAMETER`,
`reseau:ID`, `actualite:ID`, `page:PATH`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from html.parser import HTMLParser
from unicodedata import normalize
from urllib.parse import SplitResult, urlsplit

import markdown as python_markdown
from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Characters of the longest text: three times the longest that we have. Parsing takes time.
LONGEST = 8_000
INTERNAL = ("terme", "simulateur", "regle", "article", "reseau", "actualite", "page")
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
    "strong_open": "Du gras. Cette valeur n'en porte pas : enlevez les étoiles.",
    "em_open": "De l'italique. Cette valeur n'en porte pas : enlevez les étoiles ou les « _ ».",
    **dict.fromkeys(
        (
            *("heading_open", "bullet_list_open", "ordered_list_open", "blockquote_open", "hr"),
            *("fence", "code_block"),
        ),
        "Ce début change la forme de la page (liste, titre, citation ou code). Commencez par un mot.",
    ),
}
#: Signs without which a plain text holds nothing to refuse: parsing takes seconds.
_MAY_DRAW = re.compile(r"[<{}|\[\]\\`*]|(?<!\w)_|_(?!\w)|^ *([-+#>=:~]|\d+[.)])", re.MULTILINE)


#: Braces give attributes to the words before them; bars make tables. A title or a sentence becomes the
#: words of a link: a sign that ends those words early would lead the link elsewhere.
_MARKS, _MARKS_IN_PLAIN_TEXT = "{}|", r"{}|\[\]\\`"
_MARK = "Un signe « {} », qui change la forme de la page. Écrivez des parenthèses ou une virgule."

# Most texts have the forms that the guide shows: words, links, bold, paragraphs, lists of one level.
# Both parsers read those alike (`tests/content/test_hostile.py` holds them to it), and nothing in them
# is refused but addresses and words of links. One expression, which never goes back, knows them.
_SIGN = r"[^\W_]|[ \u00a0\u202f,.;:!?'’«»()/%€…–—\"°²=+×·-]"
_START = r"(?=[^\W\d_]|[«(\"]|\[|\*\*[^\W_]|\d++(?![.)]))"
_ADDRESS = r"[\w:/.?=#%,;@+~-]++"
#: The renderer looks for the end of an address among the signs of its title too.
_QUOTED = r"[^\]()\"\\<>&`*_{}|\x00-\x1f]|\](?!\()"


def _usual_lines(indent: str) -> str:
    """Return the pattern of the lines of a paragraph, or of an item, which are after `indent`."""
    line = rf"(?<! )\n{indent}{_START}"
    words = rf"(?:{_SIGN}|{line})"
    title = rf"\"(?=[^\W_]|[«\[])(?:{_QUOTED}|{line})*+(?<=[^\W_]|[.»\]%])\""
    link = rf"(?<!!)\[{words}*+\]\({_ADDRESS}(?:(?: |{line}){title})?\)"
    inside = rf"(?=[^\W_]|\[)(?:{words}|{link})++(?<=[^\W_]|[,.:?!»)])"
    bold = rf"(?<![^\W_])\*\*{inside}\*\*(?=[\s,.;:)]|\Z)"
    return rf"{_START}(?:{words}|{link}|{bold})++"


_USUAL_ITEM = rf"- {_usual_lines('  ')}"
_USUAL_BLOCK = rf"(?:{_usual_lines('')}|{_USUAL_ITEM}(?:(?<! )\n{_USUAL_ITEM})*+)"
_USUAL = re.compile(rf"{_USUAL_BLOCK}(?:(?<! )\n\n{_USUAL_BLOCK})*+(?<! )\n*")
_USUAL_LINK = re.compile(rf'\[([^]]*)\]\(({_ADDRESS})(?:\s+"([^"]*)")?\)')

#: The extensions of the site's renderer (`mkdocs.yml`) that these texts could trigger.
EXTENSIONS = [
    f"markdown.extensions.{name}" for name in ("attr_list", "def_list", "md_in_html", "tables")
]
_RENDERER = python_markdown.Markdown(extensions=EXTENSIONS)
_BULLET = re.compile(r" *[•·‣▪◦]")
_BULLET_BY_HAND = "Un élément de liste commence par « - ». Remplacez ce signe."
_NUMBER = re.compile(r" *(\d{1,9})\) ")
_NUMBER_BY_HAND = "Une liste numérotée s'écrit « 1. », avec un point. Remplacez la parenthèse."
_ITEM = re.compile(r"( *)([-+*]|\d{1,9}\.) ")
_LIST_AFTER_TEXT = (
    "Une liste commence après une ligne vide. Ajoutez-en une avant cette ligne ; si ce n'est pas une "
    "liste, joignez cette ligne à celle d'avant."
)
_LIST_INDENT = "Une liste dans une liste se décale de quatre espaces. Décalez cette ligne, ou ramenez-la au bord."
_ADDRESS_WITH_SPACE = (
    "L'adresse d'un lien s'écrit sans espace, et la parenthèse se referme juste après : "
    "[texte](https://www.exemple.fr)."
)
_SLOT = "« [[ » marque la place d'un texte que le site écrit lui-même. Enlevez un crochet."
_COLON = "Un deux-points au début change la forme de la page. Commencez par un mot."
_BROKEN_LINK = (
    "Ce lien est incomplet, ou coupé par la fin d'un paragraphe. Écrivez-le en entier : "
    "[texte](https://www.exemple.fr)."
)
_UNCLOSED = "« {} » est seul : le gras ou le code ne se referme pas. Ajoutez-le, ou effacez-le."
#: Bold and code that every parser closes.
_CLOSED_CODE = re.compile(r"(?<!`)`[^`\n]++`(?!`)")
_CLOSED_BOLD = re.compile(
    r"(?<![^\W_])(?<!\*)\*\*(?=[^\W_]|[\[«])(?:[^*`_\n]|_(?!_)|(?<! )\n *(?=[^\W\d_]|\[))++"
    r"(?<=[^\W_]|[,.:?!»)])\*\*(?=[\s,.;:)]|\Z)"
)
_EMPTY_LINK = "Un lien sans texte : personne ne le voit. Écrivez entre les crochets où il mène."
_NOT_LEGIFRANCE = (
    "Ce lien dit « Légifrance » et mène ailleurs. Citez l'article, comme [article R. 5132-1-7]"
    '(article:R5132-1-7 "les mots qui décident"), ou dites où mène le lien.'
)
_OTHER_ADDRESS = (
    "Ce lien montre l'adresse « {} » et mène à « {} ». Écrivez la même aux deux endroits."
)
_SHOWN_ADDRESS = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:/\S*)?\Z", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
#: The name of a public site: labels, then letters. A number is a machine, not a name; `xn--` hides
#: letters that may look like others.
_HOST = re.compile(r"((?!xn--)[a-z0-9à-öø-ÿœ]([a-z0-9à-öø-ÿœ-]*[a-z0-9à-öø-ÿœ])?\.)+[a-z]{2,63}")
#: Last parts of names that lead nowhere, or to the reader's own network.
_NOT_PUBLIC = {
    *(
        "localhost",
        "localdomain",
        "local",
        "internal",
        "intranet",
        "lan",
        "home",
        "corp",
        "private",
    ),
    *("test", "example", "invalid", "onion", "arpa"),
}
_LINK_START = re.compile(r'\]\((?![^\s()<>"]+(?:\s+"[^"]*")?\))')
#: Brackets that open no link, at most: the renderer looks for the end of each through all the text.
_BRACKETS = 50
_AMBIGUOUS = (
    "Ce passage ne se lit pas partout de la même façon. Écrivez-le plus simplement : des paragraphes, "
    "des listes « - » après une ligne vide, **gras**, [texte](adresse)."
)


@dataclass(frozen=True, order=True)
class Problem:
    """A part of a text that is refused: its place (a character, from 0) and the remedy, in French."""

    offset: int
    message: str


@dataclass(frozen=True)
class TextLink:
    """A link in a text: where it goes, and where it stands (a character, from 0)."""

    target: str
    offset: int
    title: str = ""
    words: str = ""

    @property
    def internal(self) -> tuple[str, str] | None:
        """Return (`terme`, `aci`) for `terme:aci`, or None for an address of the web."""
        kind, colon, name = self.target.partition(":")
        return (kind, name) if colon and kind in INTERNAL else None


@cache  # the workshop checks the same thousand texts at each change of one
def links(text: str) -> list[TextLink]:
    """Return every link of `text`, in order."""
    if _USUAL.fullmatch(text):
        return list(_usual_links(text))
    found: list[TextLink] = []
    opened, words = False, ""
    for token, offset in _tokens(text):
        if token.type == "link_open":
            address, title = str(token.attrs["href"]), str(token.attrs.get("title", ""))
            found.append(TextLink(address, offset, title))
            opened, words = True, ""
        elif token.type == "link_close":
            found[-1] = replace(found[-1], words=words)
            opened = False
        elif opened:
            words += " " if token.type == "softbreak" else token.content
    return found


def _usual_links(text: str) -> Iterator[TextLink]:
    for found in _USUAL_LINK.finditer(text):
        words, target, title = found.groups(default="")
        # Lines of a paragraph are joined without their indents.
        words = re.sub(r"\n *", " ", words)
        yield TextLink(
            target, text.find(target, found.start()), re.sub(r"\n *", "\n", title), words
        )


@cache
def problems(text: str) -> list[Problem]:
    """Return the refused parts of `text`, a Markdown text."""
    usual = _USUAL.fullmatch(text) is not None
    found = [] if usual else [*_refused(text, _REFUSED), *_marks(text, _MARKS)]
    for link in links(text):
        message = None if link.internal else address_problem(link.target, in_text=True)
        if message := message or link_problem(link):
            found.append(Problem(link.offset, message))
    if usual:
        return sorted(set(found))
    found += _unclosed(text)
    found += [Problem(slot.start(), _SLOT) for slot in re.finditer(r"\[\[", text)]
    # A text that the site's renderer reads in another way is refused: the check would not see it.
    found = found or _unlike(text)
    return sorted(set(found))


def link_problem(link: TextLink) -> str | None:
    """Say in French why the words of a link tell nothing, or lie about where it leads; else None."""
    if link.internal and link.internal[0] == "regle" and not link.words:
        return None  # the value itself will be its words
    if not re.search(r"\w", link.words):
        return _EMPTY_LINK
    if link.internal:
        return None
    if "legifrance" in plain_letters(link.words):
        return _NOT_LEGIFRANCE
    shown = _SHOWN_ADDRESS.fullmatch(link.words.strip())
    host = urlsplit(link.target).hostname or ""
    if shown and host and shown[1].lower().removeprefix("www.") != host.removeprefix("www."):
        return _OTHER_ADDRESS.format(shown[1], host)
    return None


def plain_letters(text: str) -> str:
    """Return `text` in small letters without accents."""
    return normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()


def _unclosed(text: str) -> Iterator[Problem]:
    """Yield the marks of bold and of code that open or close nothing: readers would see them."""
    if not re.search(r"\*\*|__|`|\\", _CLOSED_BOLD.sub("", _CLOSED_CODE.sub("x", text))):
        return  # most pages: parsing them takes a fifth of a whole check
    for token, offset in _tokens(text):
        if token.type == "text" and (
            mark := re.search(r"\*\*|(?<!\w)__|__(?!\w)|`", token.content)
        ):
            yield Problem(max(offset, text.find(mark[0], offset)), _UNCLOSED.format(mark[0]))


def page_problems(text: str, without_code: str) -> list[Problem]:
    """Return the parts of a page of `docs/` that its author does not see as readers will.

    Such a page may hold more than a text of `data/`: attributes, tables, HTML. `without_code` is the
    same text, with spaces in the place of its code.
    """
    named = [Problem(offset, message) for offset, message in _by_hand(without_code)]
    return [*named, *_unclosed(text)]


def _by_hand(text: str) -> list[tuple[int, str]]:
    named = [(found.end(), _ADDRESS_WITH_SPACE) for found in _LINK_START.finditer(text)]
    return [*named, *_lists(text)]


def _unlike(text: str) -> list[Problem]:
    """Return the parts that the site's renderer does not read as CommonMark, and lists made by hand."""
    named = _by_hand(text)
    if text.lstrip().startswith(":"):  # a definition of the words that the page puts before it
        named.append((text.index(":"), _COLON))
    if not named and "](" in text:
        named += [
            (max(offset, text.find("](", offset)), _BROKEN_LINK)
            for token, offset in _tokens(text)
            if token.type in {"text", "code_inline"} and "](" in token.content
        ]
    if not named and (place := _first_difference(text)) is not None:
        named.append((place, _AMBIGUOUS))
    return [Problem(offset, message) for offset, message in named]


def _lists(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that look like an item of a list, and are one for one parser at most."""
    offset = 0
    before, in_list = "", False
    for line in text.split("\n"):
        item = _ITEM.match(line)
        number = _NUMBER.match(line)
        if _BULLET.match(line):
            yield offset, _BULLET_BY_HAND
        if number and (number[1] == "1" or not before.strip()):  # not the end of « en 2021) »
            yield offset, _NUMBER_BY_HAND
        if item and before.strip() and not in_list:
            if len(item[2]) > 1 and item[2] != "1.":
                item = None  # the end of « le 4 septembre 2025. », to both parsers
            else:
                yield offset, _LIST_AFTER_TEXT
        elif item and len(item[1]) % 4:
            yield offset + len(item[1]), _LIST_INDENT
        if item:
            in_list = True
        elif line.strip() and not before.strip() and not line.startswith("    "):
            in_list = False
        before = line
        offset += len(line) + 1


def _first_difference(text: str) -> int | None:
    """Return the character at which the site's renderer reads `text` in another way, or None."""
    if text.count("[") > len(links(text)) + _BRACKETS:
        return text.index("[")
    _RENDERER.reset()
    try:
        html = _PARSER.renderer.render(_blocks(text), _PARSER.options, {})
        ours, site = (_Outline(one).parts for one in (html, _RENDERER.convert(text)))
    except RecursionError:  # lists in lists, hundreds of times
        return 0
    if ours == site:
        return None
    shared = 0
    while ours[shared : shared + 1] == site[shared : shared + 1]:
        shared += 1
    place = 0
    for position, part in enumerate(ours):
        if not part.startswith("<"):
            place = max(place, text.find(part.split(" ")[0], place))
            if position >= shared:
                break
    return place


class _Outline(HTMLParser):
    """The tags of a piece of HTML with their attributes, and its words, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._words = ""
        self._items = 0
        self.feed(html)
        self.close()
        self._end_words()

    def _end_words(self) -> None:
        if words := " ".join(self._words.split()):
            self.parts.append(words)
        self._words = ""

    def _tag(self, tag: str, part: str) -> None:
        # A list whose items are paragraphs only has more space between them.
        if not (tag == "p" and self._items):
            self._end_words()
            self.parts.append(part)
        else:
            self._words += " "

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = sorted((name, " ".join((value or "").split())) for name, value in attrs)
        self._tag(tag, f"<{tag} {given}>")
        self._items += tag == "li"

    def handle_endtag(self, tag: str) -> None:
        self._items -= tag == "li"
        self._tag(tag, f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._words += data


def plain_problems(text: str) -> list[Problem]:
    """Return the refused parts of `text`, a title or a sentence that takes no Markdown."""
    if not _MAY_DRAW.search(text):  # most texts
        return []
    found = _refused(text, _REFUSED_IN_PLAIN_TEXT)
    if found_colon := re.search(
        r"^ *:", text, re.MULTILINE
    ):  # a definition, for the renderer alone
        found.append(Problem(found_colon.end() - 1, _COLON))
    # The message on a whole link, or an image, says more than one on its brackets.
    return found or _marks(text, _MARKS_IN_PLAIN_TEXT) or list(_unclosed(text))


def _marks(text: str, marks: str) -> list[Problem]:
    """Return the first sign of each line that the site's renderer obeys, and this parser does not."""
    if not re.search(f"[{marks}]", text):  # most texts: looking at each line takes longer
        return []
    found = re.finditer(rf"^[^{marks}\n]*([{marks}])", text, re.MULTILINE)
    return [Problem(match.start(1), _MARK.format(match[1])) for match in found]


def _refused(text: str, refused: dict[str, str]) -> list[Problem]:
    """Return the tokens that are refused; the same one is reported once a line (<b> and </b>)."""
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
        parts.port  # noqa: B018 - reading it is what tells a wrong one
    except ValueError:
        return f"L'adresse « {shown} » ne se lit pas. Recopiez-la depuis votre navigateur."
    if parts.scheme == "mailto" and _MAIL.fullmatch(address.removeprefix("mailto:")):
        return None
    if parts.scheme not in {"http", "https"}:
        return (
            f"Le lien « {shown} » n'est pas accepté. Écrivez une adresse complète, comme "
            f"https://www.exemple.fr{_OWN_LINKS if in_text else ''}."
        )
    if not _public(address, parts):
        return (
            f"L'adresse « {shown} » n'est pas celle d'un site public. "
            "Recopiez-la depuis votre navigateur."
        )
    host = parts.hostname or ""
    if host == "legifrance.gouv.fr" or host.endswith(".legifrance.gouv.fr"):
        return (
            "N'écrivez pas d'adresse Légifrance : donnez le texte comme source, "
            '{ article: R5132-1-7 } ou { text: JORFTEXT000044011209, title: "…" }. Le site en '
            "fait l'adresse."
        )
    if "legifrance" in host:
        return (
            f"« {host} » n'est pas Légifrance, et se fait passer pour lui. Citez le texte lui-même."
        )
    return None


def _public(address: str, parts: SplitResult) -> bool:
    """Tell whether an address leads to a site that everyone can see, and nowhere else."""
    host = parts.hostname or ""
    return (
        _HOST.fullmatch(host) is not None
        and host.rpartition(".")[2] not in _NOT_PUBLIC
        and not re.search(r"[\s\\\x00-\x1f]", address)
        and "@" not in parts.netloc
    )


@lru_cache(maxsize=1)
def _blocks(text: str) -> list[Token]:
    return _PARSER.parse(text)


@lru_cache(maxsize=1)  # the problems of a text, then its links
def _tokens(text: str) -> list[tuple[Token, int]]:
    """Return each token of `text`, with the character where it stands (or its line starts)."""
    found = []
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
    for block in _blocks(text):
        line = block.map[0] if block.map else 0
        after = 0  # the address before: the same one may come again
        found.append((block, starts[line]))
        for token in block.children or ():
            start = starts[min(line, len(starts) - 1)]
            words = token.content if token.type == "html_inline" else token.attrs.get("href")
            words = words or token.attrs.get("src")
            place = text.find(str(words), max(start, after)) if words else -1
            found.append((token, max(start, place)))
            after = max(after, place + 1)
            line += token.type in {"softbreak", "hardbreak"} or token.content.count("\n")
    return found
