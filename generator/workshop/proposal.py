"""A proposal as a text that a person can read, send, and that `build_site.py receive` reads again.

It says in French what changes, then holds each file whole between two marks, with what it started
from (the name that git gives to those bytes) and its own digest: a message that a mail program has cut or
wrapped is told from one that is whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.content.labels import KEYS
from generator.content.models import SOURCE_KINDS
from generator.content.value_names import BASIS_NAMES
from generator.workshop.merge import same

#: The mark of the lines that the command reads.
_MARK = "=== "
_START = re.compile(
    rf"^{_MARK}fichier (?P<file>\S+) depuis (?P<base>[0-9a-f]{{40}}|rien) "
    r"empreinte (?P<digest>[0-9a-f]{64}) lignes (?P<lines>\d+)$"
)
_END = f"{_MARK}fin"
_GONE = re.compile(rf"^{_MARK}sans le fichier (?P<file>\S+) depuis (?P<base>[0-9a-f]{{40}})$")
#: What a mail program puts before each line of a message that is answered.
_ANSWERED = re.compile(r"^(?:> ?)+")


class Unreadable(ValueError):
    """The text holds no proposal, or not all of it; the words are French."""


@dataclass(frozen=True, slots=True)
class ProposedFile:
    """A file of a proposal: its whole text (None when it goes), and what it started from, by git's name."""

    file: str
    text: str | None
    base: str | None = None


def base_of(text: str | None) -> str | None:
    """Return the name that git gives to a file of that text."""
    if text is None:
        return None
    content = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()  # noqa: S324 - git's own


def written(files: list[ProposedFile]) -> str:
    """Return the part of a message that holds the files."""
    parts = []
    for one in files:
        if one.text is None:
            parts.append(f"{_MARK}sans le fichier {one.file} depuis {one.base}")
            continue
        lines = one.text.split("\n")
        digest = hashlib.sha256(one.text.encode()).hexdigest()
        parts.append(
            f"{_MARK}fichier {one.file} depuis {one.base or 'rien'} empreinte {digest} "
            f"lignes {len(lines)}"
        )
        parts += [*lines, _END]
    return "\n".join(parts) + "\n"


def read(message: str) -> list[ProposedFile]:
    """Return the files that a message holds. Raises Unreadable when one is missing or damaged."""
    lines = message.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    marked = [line for line in lines if _MARK in line]
    if marked and all(_ANSWERED.match(line) for line in marked):
        lines = [_ANSWERED.sub("", line) for line in lines]
    found = []
    position = 0
    while position < len(lines):
        line = lines[position].rstrip()
        start = _START.match(line)
        position += 1
        if gone := _GONE.match(line):
            found.append(ProposedFile(gone["file"], None, gone["base"]))
        if not start:
            continue
        size = int(start["lines"])
        text = "\n".join(lines[position : position + size])
        if hashlib.sha256(text.encode()).hexdigest() != start["digest"]:
            raise Unreadable(
                f"Le texte de {start['file']} n'est pas celui que l'atelier a écrit : une messagerie l'a "
                "coupé, ou quelqu'un l'a changé. Demandez le fichier joint, que l'atelier télécharge."
            )
        base = None if start["base"] == "rien" else start["base"]
        found.append(ProposedFile(start["file"], text, base))
        position += size
    if not found:
        raise Unreadable(
            "Ce texte ne contient pas de proposition de l'atelier. Enregistrez tout le message, ou le "
            "fichier joint."
        )
    return found


# What changes, in French


def changes(before: Any, after: Any) -> Iterator[str]:
    """Yield what changes between two values of a file, a line each: « Résumé, avant : … »."""
    yield from _changes(before, after, "")


def _changes(before: Any, after: Any, at: str) -> Iterator[str]:
    if same(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            inner = " > ".join(part for part in (at, _title(key)) if part)
            yield from _changes(before.get(key), after.get(key), inner)
    elif isinstance(before, list) and isinstance(after, list):
        gone = [one for one in before if not any(same(one, other) for other in after)]
        new = [one for one in after if not any(same(one, other) for other in before)]
        if len(gone) == len(new) == 1:
            yield from _changes(gone[0], new[0], at)
        else:
            yield from (f"{at}, enlevé : {told(one)}" for one in gone)
            yield from (f"{at}, ajouté : {told(one)}" for one in new)
            if not gone and not new:
                yield f"{at} : dans un autre ordre"
    elif isinstance(before, str) and isinstance(after, str) and "\n" in before + after:
        old, new = ([line for line in one.split("\n") if line] for one in (before, after))
        yield from (f"{at}, avant : {told(line)}" for line in old if line not in new)
        yield from (f"{at}, après : {told(line)}" for line in new if line not in old)
    elif before in (None, "", [], {}):
        yield f"{at}, ajouté : {told(after)}"
    elif after in (None, "", [], {}):
        yield f"{at}, enlevé : {told(before)}"
    else:
        yield f"{at}, avant : {told(before)}"
        yield f"{at}, après : {told(after)}"


def _title(key: Any) -> str:
    known = KEYS.get(str(key))
    return known.title if known else str(key)


def told(value: Any) -> str:
    """Write a value in a line."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict):
        if kinds := [kind for kind in SOURCE_KINDS if kind in value]:
            return (
                f"{value.get('title', '')} ({value[kinds[0]]})".strip()
                if "title" in value
                else str(value[kinds[0]])
            )
        return " ; ".join(f"{_title(key)} : {told(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(told, value))
    text = " ".join(str(value).split())
    return BASIS_NAMES.get(text, text)
