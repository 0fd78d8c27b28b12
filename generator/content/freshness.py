"""Content that has aged: former names, figures without a year, undated sources, old readings.

`data/` and the pages written by hand (`docs/`) follow the same rules. A former name is allowed where
the past is told; elsewhere its paragraph must also give the present name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from calculators.dates import french_date
from generator.content import models, quotes
from generator.yaml_files.document import Document, Path_
from generator.yaml_files.reader import read_text

#: Files that tell the past from end to end.
PAST_FILES = {"history", "journal", "outdated"}
#: Parts of a data file that tell the past, or only name things.
PAST = {"aliases", "changes", "false_friends", "acronym", "source", "sources", "title"}
#: A day of reading older than this gives a warning, and refuses nothing.
OLD = timedelta(days=365)

_PARAGRAPH = re.compile(r"\S.*?(?=\n\s*\n|\n\s*(?:[-*]|\d+\.) |\Z)", re.DOTALL)
_QUOTED = re.compile(r"«[^»]*»|`[^`]*`|\]\([^)]*\)")
_UNSAFE = re.compile(r"http://(?!127\.0\.0\.1|localhost)[^\s)>\"]+")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
#: A count of people, structures or euros: « 4 500 structures », « 142 500 salariés ».
_COUNT = re.compile(r"\b\d{1,3}(?:[ \u00a0\u202f]\d{3})+\b(?!\s(?:pixels|lignes|heures|jours))")
_UNDATED = re.compile(r"\bnon datée?s?\b|\bsans date\b")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TOLD_APART = re.compile(
    r"^## Ce qui a changé\n.*?(?=^## |^<div class=\"closing\"|\Z)"  # the past is told there
    r"|^[^\n]*\n\{ \.other-names[^\n]*$"  # and other names are listed there
    r"|^```.*?^```$",
    re.DOTALL | re.MULTILINE,
)
_SOURCES = re.compile(r"^## Sources\n(.*?)(?=^## |^Sources relues|^</div>|\Z)", re.DOTALL | re.M)
_READ_ON = re.compile(r"^Sources relues le (\d{1,2})(?:er)? (\w+) (\d{4})\.", re.MULTILINE)
_MONTHS = [french_date(date(2000, month, 2)).split()[1] for month in range(1, 13)]


class Names:
    """The former names, and where they are refused."""

    def __init__(self, outdated: models.Outdated) -> None:
        self.entries = outdated.names
        self.patterns = [
            re.compile("|".join(rf"\b{re.escape(name)}\b" for name in _any_case(entry.names)))
            for entry in self.entries
        ]
        # Also inside words: looking for where words end would take three times as long.
        words = (name for entry in self.entries for name in _any_case(entry.names))
        self.any = re.compile("|".join(map(re.escape, words)))

    def problems(self, text: str, owner: str | None = None) -> Iterator[tuple[int, str]]:
        """Yield the place and the message of each former name in a text of the present.

        `owner` is the glossary entry that the text belongs to, if any: it may tell its own past.
        """
        for paragraph in _PARAGRAPH.finditer(text):
            words = " ".join(paragraph[0].replace("\u00a0", " ").split())
            bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), paragraph[0])
            for entry, pattern in zip(self.entries, self.patterns, strict=True):
                found = pattern.search(bare)
                if (
                    found
                    and entry.term != owner
                    and not any(word in words for word in entry.beside)
                ):
                    yield (
                        paragraph.start() + found.start(),
                        f"« {found[0]} » est un nom d'avant. Aujourd'hui{_shown(entry.since)} : "
                        f"{entry.now}. Remplacez-le, dites dans le même paragraphe ce qui est vrai "
                        "aujourd'hui, ou rangez la phrase dans ce qui a changé.",
                    )


def _any_case(names: Iterable[str]) -> Iterator[str]:
    """Yield each name, and with a capital: acronyms and proper nouns keep their letters."""
    for name in names:
        yield name
        yield name[:1].upper() + name[1:]


def _shown(since: date | int | None) -> str:
    if since is None:
        return ""
    return f", depuis le {french_date(since)}" if isinstance(since, date) else f", depuis {since}"


def figures(text: str) -> Iterator[tuple[int, str]]:
    """Yield each large count whose paragraph gives no year, and does not say that it has none."""
    if not _COUNT.search(text):  # most texts
        return
    for paragraph in _PARAGRAPH.finditer(text):
        bare = re.sub(r"\]\([^)]*\)", lambda link: " " * len(link[0]), paragraph[0])
        count = _COUNT.search(bare)
        if count and not _YEAR.search(bare) and not _UNDATED.search(bare):
            yield (
                paragraph.start() + count.start(),
                f"Un chiffre sans année : « {' '.join(count[0].split())} ». "
                "Dites de quelle année il est, dans le même paragraphe.",
            )


def unsafe_links(text: str) -> Iterator[tuple[int, str]]:
    """Yield each link that anyone on the way can read or change."""
    for link in _UNSAFE.finditer(text):
        yield (
            link.start(),
            f"Le lien « {link[0]} » n'est pas sûr. Écrivez-le avec https://, après avoir vérifié "
            "qu'il s'ouvre, ou citez la source sans adresse.",
        )


def check_text(
    document: Document, where: Path_, text: str, names: Names | None, prose: bool
) -> None:
    """Blame in a data file the aged parts of one text; `prose` is whether it is made of sentences."""
    aged: list[tuple[int, str]] = []
    if prose:
        aged += unsafe_links(text)
        if not _has_year(document.value, where):
            aged += figures(text)
    if (
        names
        and names.any.search(text)  # first: few texts hold one
        and not PAST.intersection(map(str, where))
        and document.path.stem not in PAST_FILES
    ):
        owner = document.path.stem if document.path.parent.name == "glossary" else None
        aged += names.problems(text, owner)
    for offset, message in aged:
        document.blame_at(document.place_inside(where, offset), message)


def _has_year(value: Any, where: Path_) -> bool:
    """Tell whether a mapping that holds the text at `where` has a `year`, or the `day` of a change."""
    for part in where:
        if isinstance(value, dict) and (
            isinstance(value.get("year"), int) or isinstance(value.get("day"), date)
        ):
            return True
        value = value[part]
    return False


def check_reading(
    document: Document, place: Callable[[], tuple[int, int]], day: date, today: date
) -> None:
    """Warn about a day of reading that is too old; `place` finds where it is written."""
    if today - day > OLD:
        document.warn_at(
            place(),
            f"Relu le {french_date(day)}, il y a plus d'un an. Relisez chaque source, corrigez ce "
            "qui a changé, et écrivez le jour de cette relecture.",
        )


def check_page(
    document: Document,
    names: Names | None,
    today: date,
    texts: Mapping[str, models.LegalText],
) -> None:
    """Blame the aged parts of a page written by hand."""
    text = document.text

    def blame(aged: Iterable[tuple[int, str]]) -> None:
        for offset, message in aged:
            document.blame_at(_place(text, offset), message)

    if front := _FRONT_MATTER.match(text):
        # As long as its first line « --- », which YAML does not count as a value.
        for mistake in read_text("\n" + front[0][4:-4], document.path).mistakes:
            document.blame_at((mistake.line, mistake.column), mistake.message)
    blank = re.compile(r"[^\n]")
    body = _FRONT_MATTER.sub(lambda part: blank.sub(" ", part[0]), text)
    present = _TOLD_APART.sub(lambda part: blank.sub(" ", part[0]), quotes.without(body))
    blame(quotes.in_page(body, texts, today))
    blame(unsafe_links(body))
    sources = _SOURCES.search(body)
    if sources:
        blame(_undated(sources))
        present = present[: sources.start()] + present[sources.end() :]
    if names:
        blame(names.problems(present))
    blame(figures(present))
    for found in _READ_ON.finditer(body):
        if found[2] in _MONTHS:
            day = date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
            check_reading(document, partial(_place, text, found.start()), day, today)


def _undated(sources: re.Match[str]) -> Iterator[tuple[int, str]]:
    """Yield each source of a page that says no day, no year, and not « non daté »."""
    for line in re.finditer(r"^- (.+)$", sources[1], re.MULTILINE):
        # An article, a text and a file of the platform carry their dates where they lead.
        led = re.search(r"\]\((article|texte|plateforme):", line[1])
        if not led and not _YEAR.search(line[1]) and not _UNDATED.search(line[1]):
            yield (
                sources.start(1) + line.start(),
                f"Une source sans date : « {line[1][:60]} ». Ajoutez son jour ou son année, "
                "ou « (non daté) ».",
            )


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
