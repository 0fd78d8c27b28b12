"""The rules of easy-to-read pages, after the European ones: short sentences, common words, figures.

A sentence a line; 15 words at most; no passive with « par »; one subordinate at most; no acronym
that the words of the page do not explain; numbers in figures, and those of the law from its values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.content.consistency import get, items
from generator.yaml_files.document import Document

MOST_WORDS = 15
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_WORD = re.compile(r"[\w’'-]+")
_END = re.compile(r"[.?!:]$")
_PASSIVE = re.compile(
    r"\b(?:est|es|êtes|sont|sera|serez|seront|était|étaient|été|être)\b[^.?!]*?"
    r"\w(?:é|i|u|t|is)e?s?\b[^.?!]*?\bpar\b(?! (?:mois|jour|semaine|an|heure|exemple|téléphone|écrit)\b)",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\b(?:parce qu(?:e\b|['’])|qui\b|que\b|qu['’]|si\b|s['’]ils?\b|quand\b|lorsqu|dont\b|puisqu|afin\b)",
    re.IGNORECASE,
)
#: Questions that the language makes with « que », and no subordinate.
_QUESTION = re.compile(r"\b(?:qu['’])?est-ce (?:que\b|qu['’]|qui\b)|^qui\b", re.IGNORECASE)
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]+\b")
_SPELLED = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante"
    r"|cinquante|soixante|cent|mille)\b",
    re.IGNORECASE,
)
_OF_THE_LAW = re.compile(
    r"\d[\d   ,.]*\s*(?:jours?|mois|ans?|années?|heures?|semaines?|euros?|€|%)", re.IGNORECASE
)


def check(document: Document) -> None:
    """Record each sentence of an easy-to-read page that breaks a rule, at its line."""
    words = items(get(document.value, "words"))
    explained = {one for word in words for one in _ACRONYM.findall(str(get(word, "word") or ""))}
    explained |= {
        one
        for word in words
        for one in _ACRONYM.findall(str(get(word, "meaning") or ""))
        if f"{one} veut dire" in str(get(word, "meaning"))
    }
    for part, held in enumerate(items(get(document.value, "parts"))):
        for position, idea in enumerate(items(get(held, "ideas"))):
            text = get(idea, "text")
            where = ("parts", part, "ideas", position, "text")
            if isinstance(text, str):
                for offset, message in problems(text, explained):
                    document.blame_at(document.place_inside(where, offset), message)


def problems(text: str, explained: set[str]) -> Iterator[tuple[int, str]]:
    """Yield what breaks a rule in the lines of an idea: its place, and what to do, in French."""
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            for message in _told(line.strip(), explained):
                yield offset, message
        offset += len(line) + 1


def _told(line: str, explained: set[str]) -> Iterator[str]:
    # A value of a rule is a number and its unit.
    shown = _LINK.sub(lambda link: link[1] or "0 x", line)
    plain = _LINK.sub(lambda link: link[1], line)
    if not _END.search(line) or re.search(r"[.?!] ", line):
        yield "Écrivez une phrase par ligne, qui finit par un point."
    if (count := len(_WORD.findall(shown))) > MOST_WORDS:
        yield f"Cette phrase a {count} mots, {MOST_WORDS} au plus. Coupez-la en deux."
    if _PASSIVE.search(plain):
        yield "Dites qui fait quoi : « La structure décide », et non « est décidé par la structure »."
    if len(_SUBORDINATE.findall(_QUESTION.sub("", plain))) > 1:
        yield "Une seule fois « qui », « que », « si » ou « quand » par phrase. Coupez-la en deux."
    for acronym in dict.fromkeys(_ACRONYM.findall(plain)):
        if acronym not in explained:
            yield f"Expliquez « {acronym} » dans « words », ou écrivez-le en entier."
    if spelled := _SPELLED.search(plain):
        yield f"Écrivez les nombres en chiffres, et non « {spelled[0]} »."
    if typed := _OF_THE_LAW.search(plain):
        yield (
            f"« {typed[0]} » peut changer. Écrivez la valeur datée, comme "
            "[](regle:pass_iae.duree_loi)."
        )
