"""The rows of a published file, one at a time: JSON, JSON lines, CSV or Parquet, told by its first bytes.

A file that is broken anywhere raises `Unreadable`: half a directory would look whole to a reader.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import ijson

#: A row as its file gives it: by the names of its columns.
type Raw = dict[str, Any]

_PARQUET = b"PAR1"
_ROWS_AT_ONCE = 2_000
_BYTES_AT_ONCE = 1 << 20
_NO_PARQUET = (
    "Un fichier Parquet se lit avec la bibliothèque « duckdb », qui n'est pas installée. Installez-la "
    "(pip install --group annuaire), ou donnez le même fichier en CSV ou en JSON."
)
_HALF = "Le fichier est coupé : téléchargez-le de nouveau."


class Unreadable(Exception):
    """The file cannot be read to its end; the message says why in French, and what to do."""


def rows(path: Path) -> Iterator[Raw]:
    """Yield the rows of a file. Raises Unreadable, perhaps after some rows."""
    try:
        with path.open("rb") as file:
            start = file.read(_BYTES_AT_ONCE)
    except OSError as error:
        raise Unreadable(f"{path} : ce fichier ne s'ouvre pas ({error.strerror}).") from error
    if start.startswith(_PARQUET):
        return _parquet(path)
    if start[:2] in {b"\xff\xfe", b"\xfe\xff", b"PK", b"\x1f\x8b"}:
        raise Unreadable(
            "Ce fichier n'est ni du JSON, ni du CSV, ni du Parquet en UTF-8. Décompressez-le, ou "
            "enregistrez-le en « CSV UTF-8 »."
        )
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise Unreadable("Ce fichier est vide.")
    if text.startswith(b"["):
        return _json(path)
    return _json_lines(path) if text.startswith(b"{") else _csv(path)


def _json(path: Path) -> Iterator[Raw]:
    with path.open("rb") as file:
        _skip_mark(file)
        try:
            for row in ijson.items(file, "item", use_float=True):
                yield _object(row)
        except ijson.IncompleteJSONError as error:
            raise Unreadable(_broken(error)) from error
        except ijson.JSONError as error:
            raise Unreadable(_broken(error)) from error
        except UnicodeDecodeError as error:
            raise Unreadable(_NOT_UTF8) from error


def _broken(error: Exception) -> str:
    words = str(error)
    if "UTF8" in words or "UTF-8" in words:
        return _NOT_UTF8
    return _HALF if re.search("premature|incomplete", words, re.IGNORECASE) else _NOT_JSON


_NOT_UTF8 = "Le texte n'est pas en UTF-8. Enregistrez le fichier en « UTF-8 », ou téléchargez-le de nouveau."
_NOT_JSON = "Ce n'est pas du JSON : une virgule, un guillemet ou une accolade manque. Téléchargez le fichier de nouveau."


def _json_lines(path: Path) -> Iterator[Raw]:
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            cut = "" if line.endswith("\n") else f" {_HALF}"
            raise Unreadable(
                f"Ligne {number} : ce n'est pas un objet JSON entier.{cut} Donnez une liste JSON, ou un "
                "objet par ligne."
            ) from error
        yield _object(row)


def _object(row: Any) -> Raw:
    if not isinstance(row, dict):
        raise Unreadable(
            "Une ligne du fichier n'est pas un objet JSON : des clés et leurs valeurs."
        )
    return row


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from file
    except UnicodeDecodeError as error:
        raise Unreadable(_NOT_UTF8) from error


def _csv(path: Path) -> Iterator[Raw]:
    csv.field_size_limit(_BYTES_AT_ONCE)
    lines = _lines(path)
    first = next(lines, "")
    separator = max(",;\t", key=first.count)
    header = next(csv.reader([first], delimiter=separator), [])
    if len(header) < 2:
        raise Unreadable(
            "Ce fichier n'est ni du JSON, ni du Parquet, ni un CSV avec ses noms de colonnes."
        )
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise Unreadable(
                    f"Ligne {reader.line_num + 1} : {len(cells)} cases, et {len(header)} colonnes. {_HALF}"
                )
            yield {name: _cell(name, text) for name, text in zip(header, cells, strict=True)}
    except csv.Error as error:
        raise Unreadable(f"Ligne {reader.line_num + 1} : ce CSV ne se lit pas. {_HALF}") from error


def _cell(name: str, text: str) -> Any:
    """Return the value of a cell: nothing when empty, a list for the one column that holds some.

    A list is written as JSON, `["ai", "ei"]`, as PostgreSQL does, `{ai,ei}`, or as Python does.
    """
    text = text.strip()
    if not text:
        return None
    if name != "reseaux_porteurs":
        return text
    return [one for one in re.split(r"[\s,;|\[\]{}\"']+", text) if one]


def _parquet(path: Path) -> Iterator[Raw]:
    try:
        import duckdb  # noqa: PLC0415  # 50 MB: only who reads such a file needs it
    except ImportError as error:
        raise Unreadable(_NO_PARQUET) from error
    with path.open("rb") as file:
        file.seek(-len(_PARQUET), 2)
        if file.read() != _PARQUET:
            raise Unreadable(_HALF)
    try:
        with duckdb.connect(config={"memory_limit": "200MB", "threads": 1}) as base:
            found = base.execute("SELECT * FROM read_parquet(?)", [str(path)])
            names = [column[0] for column in found.description or ()]
            while part := found.fetchmany(_ROWS_AT_ONCE):
                for row in part:
                    yield {
                        name: _cell(name, value) if isinstance(value, str) else value
                        for name, value in zip(names, row, strict=True)
                    }
    except duckdb.Error as error:
        raise Unreadable(f"Ce fichier Parquet ne se lit pas. {_HALF}") from error


def _skip_mark(file: IO[bytes]) -> None:
    if file.read(3) != b"\xef\xbb\xbf":
        file.seek(0)
