"""The lines that a change adds and takes away, for the page of the workshop."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

CONTEXT = 3  # lines around a change


def diff(before: str, after: str) -> Iterator[dict[str, Any]]:
    """Yield `{"mark", "text"}` for each line that changes (`+`, `-`), and some around them (` `).

    The mark `at` says where each group starts.
    """
    old, new = before.splitlines(), after.splitlines()
    for group in difflib.SequenceMatcher(None, old, new, False).get_grouped_opcodes(CONTEXT):
        yield {"mark": "at", "text": f"Ligne {group[0][3] + 1}"}
        for kind, i1, i2, j1, j2 in group:
            if kind == "equal":
                yield from ({"mark": " ", "text": line} for line in old[i1:i2])
                continue
            yield from ({"mark": "-", "text": line} for line in old[i1:i2])
            yield from ({"mark": "+", "text": line} for line in new[j1:j2])
