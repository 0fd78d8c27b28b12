"""What a page folds: what it rests on, when that is long, and what used to hold.

A reader on a phone had to scroll past a dozen articles after each paragraph. The mark (« Loi »…) and
the number of references stay in view; one tap, a print or a search in the page opens the rest.
"""

from __future__ import annotations

import re

#: A paragraph of sources: it begins with its mark.
_CITATION = re.compile(
    r'^(<span class="basis"[^\n]*(?:\n[^\n]+)*?)\n\{ \.citation \}$', re.MULTILINE
)
#: A section that folds, its heading aside: up to the next one, or to the end of the pages' foot.
_SECTION = re.compile(
    r"^(## (Sources|Ce qui a changé)(?: \{[^}\n]*\})?\n\n)(.*?)"
    r"(?=\n\n(?:#|<div|</div>|Sources relues)|\Z)",
    re.MULTILINE | re.DOTALL,
)
_BASIS = re.compile(r'<span class="basis"[^>]*>[^<]*</span>')
_LINK = re.compile(r'\[([^\]]*)\]\([^\s)]+(?: "[^"]*")?\)')
_ITEM = re.compile(r"^- ", re.MULTILINE)
#: As many letters as are read at a glance, by the number of references: each has a button for its text.
SHORT = {0: 200, 1: 200, 2: 140}
MANY = 100
#: As many items of a section.
FEW = 2


def fold(text: str) -> str:
    """Return the Markdown `text` of a page, its links not yet resolved, with its folds."""
    return _SECTION.sub(_section, _CITATION.sub(_citation, text))


def _citation(match: re.Match[str]) -> str:
    words = match[1]
    links = len(_LINK.findall(words))
    if len(_seen(words)) <= SHORT.get(links, MANY):
        return match[0]
    marks = list(dict.fromkeys(_BASIS.findall(words)))
    named = f"{links} références" if links > 1 else "Les sources" if marks[1:] else "La source"
    return _folded(f"{' '.join(marks)} {named}", f"{words}\n{{ .citation }}", "facts references")


def _section(match: re.Match[str]) -> str:
    heading, name, words = match.groups()
    items = len(_ITEM.findall(words))
    if items <= FEW or "<details" in words:
        return match[0]
    summary = (
        "Tout ce sur quoi repose cette page" if name == "Sources" else f"Les {items} changements"
    )
    return heading + _folded(summary, words)


def _seen(words: str) -> str:
    """Return what is read of `words`, without what their links hold."""
    return re.sub(r"<[^>]*>", "", _LINK.sub(r"\1", words))


def _folded(summary: str, words: str, kind: str = "facts") -> str:
    return f'<details class="{kind}" markdown="1"><summary>{summary}</summary>\n\n{words}\n\n</details>'
