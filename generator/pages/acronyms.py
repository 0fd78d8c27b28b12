"""Acronyms explained where they are first met on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from markupsafe import escape

from calculators.typography import french
from generator.content import models
from generator.pages.links import relative

#: Where acronyms are left alone: front matter, headings, code, links, forms, tags. Each alternative
#: starts with its first character, and looks back after it: the search leaps from one to the next.
_PROTECTED = re.compile(
    r"-(?<=\A-)--\n.*?\n---\n|#(?<=^#).*?$|```.*?```|`[^`\n]*`|\[[^\]]*\]\([^)]*\)"
    r"|<(form|template|noscript|button|select|nav|summary|svg|a)\b.*?</\1>|<[^>]+>|https?://\S+",
    re.MULTILINE | re.DOTALL,
)


#: An acronym with the bracket or the elision before it, and the marks after it: one line holds them.
_WITH_MARKS = re.compile(
    r"([(\[«]\u00a0?|\b[ldsnqLDSNQ]['’])?"
    r"(<button type=\"button\" class=\"acronym\"[^>]*>[^<]*</button>)"
    r"((?:[\u00a0\u202f][:;?!»]|[)\],.;…])*)"
)


class Acronyms:
    """The acronyms of the glossary, found in the text of a page."""

    def __init__(self, terms: Mapping[str, models.Term]) -> None:
        self.terms = terms
        self.ids = {term.acronym: key for key, term in terms.items() if term.acronym}
        # The longest first: SIAE is not « S » and IAE.
        longest_first = sorted(self.ids, key=len, reverse=True)
        acronym = "|".join(map(re.escape, longest_first))
        # Looked at before the rest: eight times as fast with three thousand acronyms.
        initials = "".join(re.escape(letter) for letter in sorted({one[0] for one in self.ids}))
        # A word of its own, perhaps after « l' » or « d' ».
        start = r"(?:(?<![\w'’-])|(?<=[ldsnqLDSNQ]['’]))"
        self.pattern = re.compile(rf"(?=[{initials}]){start}(?:{acronym})(?![\w’-])")

    def explain(self, text: str, page: str) -> str:
        """Make the first occurrence of each acronym a button that opens its explanation.

        A hover shows the title (the theme's tooltip); a tap, a click or a key opens the popover.
        Both are plain HTML and need no script. `page` is the path of the page that holds `text`.
        """
        folder, _, name = page.removesuffix(".md").partition("/")
        own = self.terms.get(name) if folder == "glossaire" else None
        seen = {own.acronym} if own else set()
        explained: list[str] = []

        def button(match: re.Match[str]) -> str:
            acronym = match[0]
            if acronym in seen:
                return acronym
            seen.add(acronym)
            explained.append(acronym)
            key = self.ids[acronym]
            return (
                f'<button type="button" class="acronym" popovertarget="sigle-{key}" '
                f'title="{escape(french(self.terms[key].title))}">{acronym}</button>'
            )

        parts: list[str] = []
        end = 0
        for protected in _PROTECTED.finditer(text):
            parts += [self._made(button, text[end : protected.start()]), protected[0]]
            end = protected.end()
        parts.append(self._made(button, text[end:]))
        return "".join(parts) + self._popovers(explained, page)

    def _made(self, button: Callable[[re.Match[str]], str], text: str) -> str:
        """Return `text` with its buttons: an inline block, a button lets its comma go to the next line."""
        made = self.pattern.sub(button, text)
        return _WITH_MARKS.sub(_on_one_line, made) if made != text else made

    def _popovers(self, acronyms: Iterable[str], page: str) -> str:
        blocks = []
        for acronym in acronyms:
            key = self.ids[acronym]
            term = self.terms[key]
            blocks.append(
                f'\n<div popover="auto" class="explanation" id="sigle-{key}" data-pagefind-ignore="all" '
                f'markdown="1">\n\n**{acronym} : {french(term.title)}.** {french(term.summary.strip())} '
                f"[Lire la fiche]({relative(f'glossaire/{key}.md', page)})\n\n</div>\n"
            )
        return "\n" + "".join(blocks) if blocks else ""


def _on_one_line(match: re.Match[str]) -> str:
    return f'<span class="acronym-line">{match[0]}</span>' if match[1] or match[3] else match[0]
