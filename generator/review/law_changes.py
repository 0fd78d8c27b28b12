"""A change of the law, for whoever rereads: the words before and after, and the pages that rest on them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from calculators.dates import french_date
from generator.content import quotes
from generator.content.load import read_at
from generator.content.models import LegalText, Version


def texts_report(
    before: Mapping[str, LegalText],
    after: Mapping[str, LegalText],
    citations: Iterable[quotes.Citation],
    cases: Mapping[str, int],
    today: date,
) -> str:
    """Write as Markdown, in French, each text whose words in force or to come have moved.

    `before` and `after` are the texts by number, `cases` the worked cases of each calculator. A text
    that is still cited and is gone from the code is listed; one cited for the first time is no change.
    """
    citing: dict[str, list[quotes.Citation]] = {}
    for citation in citations:
        citing.setdefault(citation.number, []).append(citation)
    parts = []
    for number in sorted(before.keys() & after.keys() | before.keys() & citing.keys()):
        lines = list(_change(number, before[number], after.get(number)))
        if lines:
            lines += _resting(after.get(number), citing.get(number, []), cases, today)
            parts.append("\n".join(lines))
    if not parts:
        return ""
    title = f"## La loi a changé : {len(parts)} texte{'s' if len(parts) > 1 else ''}"
    return "\n\n".join([title, *parts]) + "\n"


def _change(number: str, old: LegalText, new: LegalText | None) -> Iterator[str]:
    if new is None:
        yield f"### {number} : ce texte n'est plus dans data/articles/"
        yield ""
        return
    known, read = old.versions[-1], new.versions[-1]
    ends = read.until if read.id == known.id and read.until != known.until else None
    linked = f"[{number}]({read_at(number, new)})"
    if ends:
        yield f"### {linked} : il ne vaudra plus à partir du {french_date(ends)}"
        yield ""
    words = (_words(known), _words(read))
    if words[0] == words[1]:
        return
    yield f"### {linked} : nouveau texte depuis le {french_date(read.since)}"
    yield ""
    yield "| Avant | Après |"
    yield "|---|---|"
    for left, right in side_by_side(*words):
        yield f"| {left} | {right} |"
    yield ""


def _words(version: Version) -> list[str]:
    return [line for line in (version.text or "").split("\n") if line]


def side_by_side(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs that differ, in pairs; « … » stands for those that do not."""
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            yield "…", "…"
            continue
        left, right = old[first:last], new[start:end]
        for position in range(max(len(left), len(right))):
            yield (
                left[position] if position < len(left) else "",
                right[position] if position < len(right) else "",
            )


def _resting(
    text: LegalText | None,
    citations: list[quotes.Citation],
    cases: Mapping[str, int],
    today: date,
) -> Iterator[str]:
    """Yield which quotes no longer stand, then the files and the worked cases that rest on a text."""
    broken = [
        citation
        for citation in citations
        if citation.quote
        and (text is None or quotes.problem(citation.number, text, citation.quote, today))
    ]
    if broken:
        yield "Ces citations ne sont plus dans le texte en vigueur :"
        yield ""
        for one in broken:
            yield f"- [ ] `{one.file}` ({'.'.join(map(str, one.where))}) : « {one.quote} »"
        yield ""
    else:
        yield "Toutes nos citations restent dans le texte en vigueur."
        yield ""
    files = dict.fromkeys(citation.file for citation in citations)
    if files:
        yield f"Ce qui repose sur ce texte : {', '.join(f'`{file}`' for file in files)}."
    rules = [Path(file).stem for file in files if file.startswith("data/rules/")]
    counted = [f"{cases[name]} dans `data/cases/{name}.yaml`" for name in rules if cases.get(name)]
    if counted:
        yield f"Cas à recalculer à la main : {', '.join(counted)}."
    yield ""
