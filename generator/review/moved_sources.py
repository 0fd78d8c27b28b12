"""The entries whose sources a proposal changes, and whose day of reading stays where it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from calculators.dates import french_date
from generator.content import collections
from generator.content.last_changes import git
from generator.content.models import SOURCE_KINDS
from generator.review.published import base
from generator.yaml_files.document import Document, Mistake
from generator.yaml_files.reader import read_text


def left_behind(root: Path, branch: str, documents: Mapping[str, Document]) -> list[Mistake]:
    """Return a warning for each `checked` that is as published, over sources that are not.

    What git holds at the last commit of the published `branch` counts as published; without git,
    nothing is known to have moved. A warning: who corrects one source has not always reread the others.
    """
    published = base(root, branch)
    if published is None:
        return []
    listed = git(root, "diff", "--name-only", "-z", published, "--", "data") or ""
    found = []
    for file in listed.split("\0"):
        old = git(root, "show", f"{published}:{file}") if file in documents else None
        if old is None:
            continue
        document = documents[file]
        before = dict(_read(file, read_text(old, Path(file)).value))
        for name, entry in _read(file, document.value):
            was = before.get(name)
            if was is None or was["checked"] != entry["checked"]:
                continue
            if added := {*_sources(entry)} - {*_sources(was)}:
                line, column = document.place((*_where(document, entry), "checked"))
                found.append(
                    Mistake(
                        document.path,
                        line,
                        column,
                        f"« checked » est resté au {french_date(entry['checked'])}, et les sources ont "
                        f"changé ({', '.join(sorted(added))}). Si vous les avez toutes relues, mettez le "
                        "jour de cette lecture.",
                        warning=True,
                    )
                )
    return found


def _read(file: str, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each part of a file that has a day of reading, by its name: entries, then the whole file."""
    collection = collections.of(file)
    if collection is None or not isinstance(value, dict):
        return
    for part, name, entry in collection.entries_of(value):
        if isinstance(entry.get("checked"), date):
            yield f"{part}.{name}", entry
    if isinstance(value.get("checked"), date):
        yield "", value


def _where(document: Document, entry: dict[str, Any]) -> tuple[str | int, ...]:
    """Return the path of an entry of a document."""

    def look(value: Any, where: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
        if value is entry:
            yield where
        inside: Iterable[tuple[str | int, Any]] = value.items() if isinstance(value, dict) else ()
        if isinstance(value, list):
            inside = enumerate(value)
        for name, one in inside:
            yield from look(one, (*where, name))

    return next(look(document.value, ()))


def _sources(value: Any) -> Iterator[str]:
    """Yield what each source under a value cites."""
    if isinstance(value, dict):
        for kind in SOURCE_KINDS:
            if isinstance(value.get(kind), str) and ("quote" in value or "title" in value):
                yield str(value[kind])
        for one in value.values():
            yield from _sources(one)
    elif isinstance(value, list):
        for one in value:
            yield from _sources(one)
