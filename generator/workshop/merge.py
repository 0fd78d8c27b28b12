"""Put together two changes of one entry: what a draft typed, and what the site has published since.

Three values of a form are compared, field by field: the entry as the draft found it (`base`), the
draft (`mine`), and the entry as it is now (`theirs`). Whatever one side alone has changed is kept.
A field that both have changed is a conflict, which a person solves. A form holds texts: « 1500 » is
the number 1500.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.content.models import SOURCE_KINDS
from generator.yaml_files.document import Path_

#: What tells an element of a list from the others: the first of these that all of them have.
_IDENTITIES = (
    ("id",),
    ("since",),
    *((kind,) for kind in SOURCE_KINDS),
    ("label", "year"),
    ("label",),
    ("word",),
    ("before",),
    ("title",),
)
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides have changed: its path in the merged value, and what each wants.

    None is a field, or an element of a list, that one side has taken away. The merged value holds
    `mine`, or `theirs` when mine is None: nothing is lost before a person has chosen.
    """

    field: Path_
    mine: Any
    theirs: Any


def merge(base: Any, mine: Any, theirs: Any) -> tuple[Any, list[Conflict]]:
    """Return the three values put together, and the conflicts that are left."""
    conflicts: list[Conflict] = []
    merged = _merged(base, mine, theirs, (), conflicts)
    return ({} if merged is None else merged), conflicts


def same(one: Any, other: Any) -> bool:
    """Tell whether two values of a form mean the same in a file."""
    if _empty(one) or _empty(other):
        return _empty(one) and _empty(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return all(same(one.get(key), other.get(key)) for key in {*one, *other})
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict | list) or isinstance(other, dict | list):
        return False
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    return bool(_scalar(one) == _scalar(other))


def _empty(value: Any) -> bool:
    if isinstance(value, dict | list):
        return all(_empty(one) for one in (value.values() if isinstance(value, dict) else value))
    return value is None or value == ""


def _scalar(value: Any) -> Any:
    """Return a number for what reads as one, « true » for yes, or the text itself."""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value).strip()
    plain = "".join(text.split()).replace(",", ".")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else text


def _merged(base: Any, mine: Any, theirs: Any, at: Path_, conflicts: list[Conflict]) -> Any:
    if same(base, theirs) or same(mine, theirs):
        return mine
    if same(base, mine):
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict):
        old = base if isinstance(base, dict) else {}
        if _source(mine) == _source(theirs):
            return _mapping(old, mine, theirs, at, conflicts)
    if isinstance(mine, list) and isinstance(theirs, list):
        before = base if isinstance(base, list) else []
        lists = [[one for one in each if not _empty(one)] for each in (before, mine, theirs)]
        identities = _identities(lists)
        if identities:
            return _list(identities, at, conflicts)
    if isinstance(base, str) and isinstance(mine, str) and isinstance(theirs, str):
        lines = _lines(base, mine, theirs)
        if lines is not None:
            return lines
    conflicts.append(Conflict(at, mine, theirs))
    return theirs if _empty(mine) else mine


def _source(value: dict[str, Any]) -> list[Any]:
    """Return what a source cites: the title of one and the day of another make no source."""
    return [value.get(kind) for kind in SOURCE_KINDS]


def _mapping(
    base: dict[str, Any],
    mine: dict[str, Any],
    theirs: dict[str, Any],
    at: Path_,
    conflicts: list[Conflict],
) -> dict[str, Any]:
    keys = [*mine, *(key for key in theirs if key not in mine)]
    merged = {
        key: _merged(base.get(key), mine.get(key), theirs.get(key), (*at, key), conflicts)
        for key in keys
    }
    return {key: one for key, one in merged.items() if one is not None}


# Lists


def _identities(lists: list[list[Any]]) -> list[dict[Any, Any]] | None:
    """Return the elements of each list by what tells them apart, or None when nothing does."""
    everything = [one for each in lists for one in each]
    if not any(isinstance(one, dict | list) for one in everything):
        names: list[dict[Any, Any]] = [{str(one): one for one in each} for each in lists]
        return names if _distinct(names, lists) else None
    if not all(isinstance(one, dict) for one in everything):
        return None
    for keys in (*_IDENTITIES, SOURCE_KINDS):
        named = [{_identity(one, keys): one for one in each} for each in lists]
        known = all(any(part for part in name) for each in named for name in each)
        if known and _distinct(named, lists):
            return named
    return None


def _identity(one: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("" if one.get(key) is None else str(_scalar(one[key])) for key in keys)


def _distinct(named: list[dict[Any, Any]], lists: list[list[Any]]) -> bool:
    return all(len(each) == len(whole) for each, whole in zip(named, lists, strict=True))


def _list(named: list[dict[Any, Any]], at: Path_, conflicts: list[Conflict]) -> list[Any]:
    base, mine, theirs = named
    order = _order(base, mine, theirs)
    merged: list[Any] = []
    for name in order:
        inside: list[Conflict] = []
        where = (*at, len(merged))
        one = _merged(base.get(name), mine.get(name), theirs.get(name), where, inside)
        if not _empty(one):
            merged.append(one)
            conflicts += inside
    return merged


def _order(base: dict[Any, Any], mine: dict[Any, Any], theirs: dict[Any, Any]) -> list[Any]:
    """Return the names of both sides: in mine's order, or theirs if mine has moved nothing."""
    everything = {*mine, *theirs}
    days = all(_DAY.fullmatch("".join(name)) for name in everything)
    if days and all([*each] == sorted(each) for each in (base, mine, theirs)):
        return sorted(everything)  # the values of a rule
    kept = [[name for name in each if name in base] for each in (mine, base)]
    first, second = (
        (theirs, mine) if kept[0] == [n for n in kept[1] if n in mine] else (mine, theirs)
    )
    order = [*first]
    previous = None
    for name in second:
        if name not in order:
            order.insert(order.index(previous) + 1 if previous is not None else 0, name)
        previous = name
    return order


# Texts of several paragraphs


def _lines(base: str, mine: str, theirs: str) -> str | None:
    """Return a text with the changed lines of both, or None when they touch the same ones."""
    old = base.split("\n")
    if len(old) == 1:  # no part of it is not touched
        return None
    changes = sorted({*_changes(old, mine.split("\n")), *_changes(old, theirs.split("\n"))})
    if any(
        first[1] > second[0] or first[0] == second[0]
        for first, second in itertools.pairwise(changes)
    ):
        return None
    lines = [*old]
    for start, end, new in reversed(changes):
        lines[start:end] = new
    return "\n".join(lines)


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind != "equal":
            yield i1, i2, tuple(new[j1:j2])
