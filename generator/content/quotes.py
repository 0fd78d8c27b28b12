"""The words of the law under each statement: is the quote in the text, with its numbers.

A quote is compared letter by letter, but for what typography changes: spaces, apostrophes, quotation
marks, hyphens, capitals. « […] » stands for words left out between two passages.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from calculators.dates import french_date
from generator.content.models import LONGEST_QUOTE, TEXT, LegalText, Version
from generator.content.validation import brief, near

#: A link to an article, and the words that it quotes.
LINK = re.compile(r'(?<=\]\()article:([^\s)]+)(?:\s+"([^"]*)")?(?=\))')
_LEFT_OUT = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")
#: Signs that typography changes, by the one that stands for them.
_ALIKE = str.maketrans(
    dict.fromkeys("’‘", "'") | dict.fromkeys("‑‐", "-") | dict.fromkeys("«»“”", '"')
)
_SPACED = re.compile(r' *" *|  +')
_WORD = re.compile(r"\w+")
_UNITS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}


def spans(quote: str, text: str) -> list[tuple[int, int]]:
    """Return where each passage of `quote` stands in `text`, in order; nothing if one is missing."""
    found = []
    plain, starts, removed = _plain(text)

    def place(index: int) -> int:
        return index + removed[bisect_right(starts, index) - 1]

    end = 0
    for passage in filter(None, map(str.strip, _LEFT_OUT.split(quote))):
        wanted, *_ = _plain(passage)
        start = plain.find(wanted, end)
        if start < 0:
            return []
        end = start + len(wanted)
        found.append((place(start), place(end)))
    return found


@cache
def _plain(text: str) -> tuple[str, list[int], list[int]]:
    """Return a text without what typography changes, and from which signs how many are removed."""
    lowered = text.lower()
    same = re.sub(r"\s", " ", lowered if len(lowered) == len(text) else text).translate(_ALIKE)
    parts, starts, removed = [], [0], [0]
    end = 0
    for found in _SPACED.finditer(same):
        parts += [same[end : found.start()], found[0].strip() or " "]
        end = found.end()
        starts.append(found.start() - removed[-1] + 1)
        removed.append(removed[-1] + len(found[0]) - 1)
    return "".join([*parts, same[end:]]), starts, removed


def version_on(text: LegalText, day: date) -> Version | None:
    """Return the version in force on `day`, or None when the text is not in force then."""
    begun = [version for version in text.versions if version.since <= day]
    if not begun or (begun[-1].until and begun[-1].until <= day):
        return None
    return begun[-1]


def words_on(text: LegalText, day: date) -> tuple[Version, str]:
    """Return the version whose words are read for `day`, and these words.

    The words of old versions are not all published: then they are those of the oldest that is.
    """
    read = [version for version in text.versions if version.text]
    begun = [version for version in read if version.since <= day]
    version = begun[-1] if begun else read[0]
    assert version.text is not None
    return version, version.text


def problem(number: str, text: LegalText, quote: str, day: date) -> str | None:
    """Say in French why `quote` is not what the text says on `day`, or return None."""
    if version_on(text, day) is None:
        first = french_date(text.versions[0].since)
        last = text.versions[-1].until
        life = f"du {first} au {french_date(last)}" if last else f"depuis le {first}"
        return (
            f"« {number} » n'est pas en vigueur le {french_date(day)} : il l'est {life} "
            f"(data/articles/{number}.yaml). Citez le texte de ce jour-là."
        )
    _, words = words_on(text, day)
    if spans(quote, words):
        return None
    other = next((v for v in text.versions if v.text and spans(quote, v.text)), None)
    if other:
        return (
            f"Ces mots sont dans la version de « {number} » du {french_date(other.since)}, et non "
            f"dans celle du {french_date(day)}. Citez la version en vigueur ce jour-là."
        )
    return (
        f"« {number} » ne contient pas « {quote} ». Le passage le plus proche : "
        f"« {nearest(quote, words)} ». Recopiez-le à la lettre (data/articles/{number}.yaml)."
    )


class Citation(NamedTuple):
    """A place that names a text of law, and the words of it that it quotes."""

    file: str
    where: tuple[str | int, ...]
    number: str
    quote: str | None


def citations(file: str, value: object, where: tuple[str | int, ...] = ()) -> Iterator[Citation]:
    """Yield each citation of a file: in the values of data, in the text of a page."""
    match value:
        case dict():
            for name in ("article", "text"):
                # A text is named by its number; other values hold a text, and name none.
                number = value.get(name)
                if isinstance(number, str) and (name == "article" or TEXT.match(number)):
                    yield Citation(file, where, number, value.get("quote"))
            for name, inner in value.items():
                yield from citations(file, inner, (*where, name))
        case list():
            for position, inner in enumerate(value):
                yield from citations(file, inner, (*where, position))
        case str() if "](article:" in value:
            for link in LINK.finditer(value):
                yield Citation(file, where, link[1], link[2])


def unknown(number: str, texts: Iterable[str]) -> str:
    """Say that the text of an article is not there, and how to have it."""
    return (
        f"Le texte de l'article « {brief(number)} » n'est pas dans data/articles/."
        f"{near(number, texts)} Corrigez le numéro, ou lancez « build_site.py articles », qui va "
        "chercher ce texte."
    )


def linked(number: str, quote: str | None, texts: Mapping[str, LegalText], day: date) -> str | None:
    """Say what is wrong with the link `[words](article:NUMBER "quote")`, or return None."""
    if number not in texts:
        return unknown(number, texts)
    if quote and len(quote) > LONGEST_QUOTE:
        return TOO_LONG.format(len(quote), LONGEST_QUOTE)
    return problem(number, texts[number], quote, day) if quote else MISSING_IN_LINK.format(number)


#: What to do about a citation that shows none of the words it rests on.
MISSING_IN_LINK = (
    "Ce lien ne cite pas les mots du texte. Écrivez-les après le numéro, entre guillemets droits : "
    '[article …](article:{} "les mots qui décident").'
)
TOO_LONG = (
    "Ces mots du texte sont trop longs : {} caractères, {} au plus. Gardez ceux qui décident, et "
    "écrivez « […] » à la place des autres."
)
MISSING = (
    "Cette source ne cite pas les mots du texte. Ajoutez « quote » : les quelques mots qui décident, "
    "recopiés à la lettre de data/articles/{}.yaml."
)
NOT_HERE = (
    "Le texte « {} » n'est pas dans data/articles/ : ces mots ne peuvent pas être comparés. Ajoutez-y "
    "le passage lu, avec la page où vous l'avez lu, ou enlevez « quote »."
)


def in_page(text: str, texts: Mapping[str, LegalText], day: date) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with each link to an article of a page: a character, a message."""
    for link in LINK.finditer(text):
        if message := linked(link[1], link[2], texts, day):
            yield link.start(1), message


def without(text: str) -> str:
    """Blank the quotes of a Markdown text: old names are those of the law, not ours."""
    return LINK.sub(
        lambda link: link[0].replace(link[2], " " * len(link[2])) if link[2] else link[0], text
    )


def nearest(quote: str, text: str) -> str:
    """Return the words of `text` that are the nearest to `quote`, as many of them."""
    wanted = [word.lower() for word in _WORD.findall(quote)]
    words = list(_WORD.finditer(text))
    known = [word[0].lower() for word in words]
    size = min(len(wanted), len(known))
    if not size:
        return ""
    matcher = difflib.SequenceMatcher(b=wanted, autojunk=False)

    telling = {word for word in wanted if len(word) > 3}

    def likeness(start: int) -> tuple[int, float]:
        window = known[start : start + size]
        matcher.set_seq1(window)
        return len(telling.intersection(window)), matcher.quick_ratio()

    starts = range(len(known) - size + 1)
    best = max(starts, key=likeness)
    return " ".join(text[words[best].start() : words[best + size - 1].end()].split())


def missing_numbers(value: object, quote: str) -> list[str]:
    """Return the numbers of a dated value that its quote holds neither in figures nor in letters."""
    said = re.sub(r"[\s-]+", " ", quote.lower().replace("‑", "-"))
    missing = []
    for number in dict.fromkeys(_numbers(value)):
        plain = f"{number:.10g}"
        figures = plain.replace(".", ",")
        thousands = f"{number:,}".replace(",", " ")
        cents = f"{number:,.2f}".replace(",", " ")
        written = (plain, figures, thousands, cents, cents.replace(".", ","))
        forms = "|".join(map(re.escape, (*written, *in_letters(number))))
        if not re.search(rf"(?<!\w)({forms})(?!\w)", said):
            missing.append(figures)
    return missing


def told_once(value: object, text: LegalText) -> list[str]:
    """Return the numbers that fewer than two of the pages that tell a text hold; nothing for a copy."""
    pages = [missing_numbers(value, telling.text) for telling in text.told_by or ()]
    numbers = dict.fromkeys(number for page in pages for number in page)
    return [number for number in numbers if sum(number not in page for page in pages) < 2]


def _numbers(value: object) -> Iterator[float]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _numbers(one)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def in_letters(number: float) -> list[str]:
    """Write a whole number under a thousand in letters, without hyphens; other numbers have none."""
    if number != int(number) or not 0 <= number < 1000:
        return []
    hundreds, rest = divmod(int(number), 100)
    below = _below_hundred(rest) if rest or not hundreds else ""
    hundred = {0: "", 1: "cent"}.get(hundreds, f"{_UNITS[hundreds]} cent{'' if rest else 's'}")
    whole = f"{hundred} {below}".strip()
    return [whole, f"{whole}e"] if whole.endswith("un") else [whole]


def _below_hundred(number: int) -> str:
    if number < len(_UNITS):
        return _UNITS[number]
    if number < 20:
        return f"dix {_UNITS[number - 10]}"
    if number == 80:
        return "quatre vingts"
    ten = 60 if 70 <= number < 80 else 80 if number > 80 else number // 10 * 10
    rest = number - ten
    name = _TENS.get(ten, "quatre vingt")
    if not rest:
        return name
    joined = " et " if rest in {1, 11} and ten != 80 else " "
    return f"{name}{joined}{_below_hundred(rest)}"
