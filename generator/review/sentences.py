"""The sentences of a text that a change touches, before and after."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*#>|]|\d+\.\s))")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÖØ-Þ«\[*(])")
#: A period after these ends no sentence: « art. L. 5132-1 ».
_SHORT = re.compile(r"(?:^|[\s(«])(?:[A-Z]|art|al|etc|M|Mme|n°|p)\.$")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARK = re.compile(r"^(?:[-*>#]+|\d+\.)\s+")


def split(text: str) -> list[str]:
    """Return the sentences of a Markdown text, in order; a title or a line of a table is one."""
    found = []
    for block in _BLOCK.split(text):
        line = _MARK.sub("", " ".join(block.split()))
        start = 0
        for end in _END.finditer(line):
            if not _SHORT.search(line[start : end.start()]):
                found.append(line[start : end.start()])
                start = end.end()
        if line[start:]:
            found.append(line[start:])
    return found


def changed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the sentences that differ, in pairs; None for one that is added or taken away."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        left, right = before[first:last], after[start:end]
        for position in range(max(len(left), len(right))):
            yield (
                left[position] if position < len(left) else None,
                right[position] if position < len(right) else None,
            )


def plain(sentence: str) -> str:
    """Return a sentence without the addresses of its links."""
    return _LINK.sub(r"\1", sentence)
