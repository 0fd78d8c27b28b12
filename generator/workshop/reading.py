"""What people type in a form, read as the file needs it: days, articles of the law, names of entries.

« 27/11/2026 » is 2026-11-27, « R. 5132-1-7 » is R5132-1-7, « Lozère » is 48. What is read is shown to
who typed it. A text that reads as nothing stays as it is, for the check to refuse; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from calculators.dates import MONTHS, french_date
from generator.workshop.file_editor import Branches, Schema
from generator.yaml_files.document import Path_

#: Names that a field may hold, by kind: the id of each, and its title.
type Names = Mapping[str, Mapping[str, str]]

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_LETTERS = re.compile(r"(?:(\d{1,2})(?:\s*er)?\s+)?([a-z]{3,9})\.?\s+(\d{4})")
_MONTH = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{4})")
_LEAD = re.compile(rf"\s*(?:(?:le|en|depuis)\s+)?(?:(?:{'|'.join(_DAYS)})\s+)?")
_ARTICLE = re.compile(
    r"(?:articles?\s+|art\.?\s*)?([lrd])\s*\.?\s*\*?\s*(\d{1,4}(?:\s*-\s*\d+)*)"
    r"(?:\s+du\s+code\b.*)?",
)
_TEXT = re.compile(r"(JORF|LEGI)(TEXT|ARTI)\d{12}")


@dataclass(slots=True)
class Reading:
    """A value of a form with its texts read, and what was understood of each: its field, its words."""

    value: Any
    understood: list[tuple[Path_, str]] = field(default_factory=list)


def read(value: Any, schema: Schema, names: Names) -> Reading:
    """Return what a form holds, read as its schema says; nothing that is given changes."""
    reading = Reading(None)
    reading.value = _Reader(Branches(schema.get("$defs", {})), names, reading).read(
        value, schema, ()
    )
    return reading


class _Reader:
    def __init__(self, branches: Branches, names: Names, reading: Reading) -> None:
        self.branches = branches
        self.names = names
        self.reading = reading

    def read(self, value: Any, schema: Schema, at: Path_) -> Any:
        branch = self.branches.branch(schema, value)
        if isinstance(value, dict):
            return {
                key: self.read(one, self.branches.inner(branch, key), (*at, key))
                for key, one in value.items()
            }
        if isinstance(value, list):
            items = {**branch.get("items", {})}
            if "names" in schema:
                items["names"] = schema["names"]
            return [self.read(one, items, (*at, index)) for index, one in enumerate(value)]
        if not isinstance(value, str) or not value.strip():
            return value
        return self.text(value, schema, at)

    def text(self, value: str, schema: Schema, at: Path_) -> Any:
        """Read one text; say what was understood when that is not what was typed."""
        branches = list(self.branches.all(schema))
        kinds = {
            "date" if one.get("format") == "date" else str(one.get("type")) for one in branches
        }
        patterns = " ".join(str(one["pattern"]) for one in branches if "pattern" in one)
        typed = value.strip()
        found = typed
        if kind := schema.get("names"):
            found = name(typed, self.names.get(kind, {}), kind) or typed
            self._say(at, typed, found, self.names.get(kind, {}).get(found, ""))
        elif "date" in kinds:
            found, said = _day_of_field(typed, "integer" in kinds)
            self._say(at, typed, found, said)
        elif kinds == {"integer"} and (read_day := day(typed) or month(typed)):
            found = str(read_day[0] if isinstance(read_day, tuple) else read_day.year)
            self._say(at, typed, found, found)
        elif "boolean" in kinds and plain(typed) in {"oui", "non"}:
            found = {"oui": "true", "non": "false"}[plain(typed)]
        elif re.search("JORFTEXT|LEGIARTI", patterns) and (held := _TEXT.search(typed)):
            found = held[0]
            self._say(at, typed, found, found)
        elif _of_the_web(schema, patterns) and re.match(r"(www\.)?[\w-]+(\.[\w-]+)+(/|$)", typed):
            found = f"https://{typed}"
            self._say(at, typed, found, found)
        return found if found != typed else value

    def _say(self, at: Path_, typed: str, found: str, said: str) -> None:
        if said and plain(said) != plain(typed) and found != typed:
            self.reading.understood.append((at, said))


def _of_the_web(schema: Schema, patterns: str) -> bool:
    """Tell whether a field holds the address of a page: a few old sites are not in https."""
    example = str(next(iter(schema.get("examples", ())), ""))
    return patterns == "^https://" or (not patterns and example.startswith("https://"))


def plain(text: str) -> str:
    """Return a text without capitals, accents or doubled spaces: people type them or not."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())


_MONTHS = {plain(one): number for number, one in enumerate(MONTHS, 1)}
#: Short forms too: « sept. ». « jui » is two months, and none of them.
_SHORT = {one[:size]: number for one, number in _MONTHS.items() for size in (4, 5)} | {
    one[:3]: number for one, number in _MONTHS.items() if not one.startswith("jui")
}


def day(text: str) -> date | None:
    """Return the day that a text says in figures or in words, or None."""
    words = _LEAD.sub("", plain(text), count=1).strip()
    if found := _ISO.fullmatch(words):
        year, month_, number = map(int, found.groups())
    elif found := _FIGURES.fullmatch(words):
        number, month_, year = map(int, found.groups())
    elif (found := _LETTERS.fullmatch(words)) and found[1]:
        number, month_, year = int(found[1]), _month_of(found[2]), int(found[3])
    else:
        return None
    try:
        return date(year, month_, number)
    except ValueError:
        return None


def month(text: str) -> tuple[int, int] | None:
    """Return the year and the month that a text says, without a day, or None."""
    words = _LEAD.sub("", plain(text), count=1).strip()
    if (found := _LETTERS.fullmatch(words)) and not found[1]:
        number, year = _month_of(found[2]), int(found[3])
    elif found := _MONTH.fullmatch(words):
        number, year = int(found[1]), int(found[2])
    else:
        return None
    return (year, number) if 1 <= number <= 12 else None


def _month_of(word: str) -> int:
    return _MONTHS.get(word) or _SHORT.get(word) or 0


def long_day(one: date) -> str:
    """Write a day with the name of its day, which shows a slip of the finger."""
    return f"{_DAYS[one.weekday()]} {french_date(one)}"


def _day_of_field(text: str, year_too: bool) -> tuple[str, str]:
    """Return what a field of a day holds, and how it was understood (empty when it was not)."""
    if found := day(text):
        return found.isoformat(), long_day(found)
    if year_too and (found_month := month(text)):
        year = str(found_month[0])
        return year, f"l'année {year}. Pour dire le jour, écrivez-le en entier"
    return text, ""


def article(text: str) -> str | None:
    """Return the number of an article as files name it: « R. 5132-1-7 » is R5132-1-7."""
    found = _ARTICLE.fullmatch(plain(text))
    return found and found[1].upper() + re.sub(r"\s", "", found[2])


def name(text: str, known: Mapping[str, str], kind: str = "") -> str | None:
    """Return the id of what a text names: by its id, its title, its acronym, the number of an article."""
    if text in known:
        return text
    wanted = plain(text)
    for wording in _wordings:
        found = [one for one, title in known.items() if wanted in wording(one, title)]
        if len(found) == 1:
            return found[0]
    return article(text) if kind == "articles" else None


def _whole(identifier: str, title: str) -> Iterator[str]:
    yield plain(title)
    yield plain(identifier)


def _parts(_: str, title: str) -> Iterator[str]:
    head, mark, tail = plain(title).partition(" (")
    if mark:
        yield head
        yield tail.removesuffix(")")


_wordings = (_whole, _parts)
