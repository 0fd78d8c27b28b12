"""Read one YAML file safely, and remember where every key and value stands.

The accepted YAML is the part that people edit without surprises: mappings, lists, quoted and
plain text, block text, whole and decimal numbers, `true` and `false`, and ISO dates. Everything
YAML would guess at (`yes`, `048`, `12:30`) is refused with the remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20

type Path_ = tuple[str | int, ...]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]", re.ASCII)
_RESOLVER: Any = yaml.resolver.Resolver()
_TEXT_TAG = "tag:yaml.org,2002:str"
# Characters that hide or reorder what a reviewer sees on the screen.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake in a data file; `line` and `column` count from 1."""

    path: Path
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"

    def annotation(self) -> str:
        """Return the mistake as a GitHub workflow command, shown on the line in a pull request."""
        message = self.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return f"::error file={self.path},line={self.line},col={self.column}::{message}"


@dataclass(slots=True)
class Document:
    """A file's content, with the place (line, column) of each key and value by its path."""

    path: Path
    value: object = None
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def blame(self, where: Path_, message: str, *, key: bool = False) -> None:
        """Record a mistake at `where`, or at the nearest place that exists in the file."""
        known = self.existing(where)
        places = self.keys if key and known in self.keys else self.values
        line, column = places.get(known, (1, 1))
        self.mistakes.append(Mistake(self.path, line, column, message))

    def existing(self, where: Path_) -> Path_:
        """Keep the parts of `where` that the file has (validators add parts of their own)."""
        known: Path_ = ()
        for part in where:
            if (*known, part) in self.values:
                known = (*known, part)
        return known


class _Stop(Exception):
    """The rest of this file cannot be read."""


def read(path: Path, shown: Path | None = None) -> Document:
    """Read `path`; every mistake found is in the returned document's `mistakes`.

    `shown` is the path to print, when it differs.
    """
    document = Document(shown or path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        document.blame((), f"Le fichier ne peut pas être lu ({error.strerror}).")
        return document
    if len(raw) > MAX_BYTES:
        document.blame(
            (),
            f"Le fichier pèse {len(raw) // 1024} ko ; la limite est {MAX_BYTES // 1024} ko. "
            "Coupez-le en plusieurs fichiers.",
        )
        return document
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "Ce caractère n'est pas de l'UTF-8. Enregistrez le fichier en UTF-8."
        document.mistakes.append(Mistake(document.path, line, 1, message))
        return document
    _check_characters(document, text)
    if not document.mistakes:
        _parse(document, text)
    return document


def _check_characters(document: Document, text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            column = line.index("\t") + 1
            message = "Une tabulation. Remplacez-la par des espaces (deux par niveau)."
            document.mistakes.append(Mistake(document.path, number, column, message))
        for match in _INVISIBLE.finditer(line.removesuffix("\r")):
            code = f"U+{ord(match.group()):04X}"
            message = f"Un caractère invisible ({code}). Effacez-le et retapez le texte autour."
            document.mistakes.append(Mistake(document.path, number, match.start() + 1, message))


def _parse(document: Document, text: str) -> None:
    events = yaml.parse(text, Loader=yaml.SafeLoader)
    try:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
        else:
            document.blame((), "Le fichier est vide.")
            return
        document.value = _Builder(document, events).build((), next(events), 0)
        next(events)  # the end of the document
        extra = next(events)
        if isinstance(extra, yaml.DocumentStartEvent):
            line, _ = _place(extra)
            message = "« --- » ouvre un second document. Gardez un seul document par fichier."
            document.mistakes.append(Mistake(document.path, line, 1, message))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        document.mistakes.append(
            Mistake(document.path, line, column, _syntax_message(error.problem or ""))
        )
    except _Stop:
        pass


def _syntax_message(problem: str) -> str:
    """Say in French what the YAML parser could not read."""
    known = {
        "mapping values are not allowed": "Deux-points de trop sur la ligne. "
        'Mettez le texte entre guillemets droits : titre: "Texte : la suite".',
        "could not find expected ':'": "Il manque un deux-points après une clé, "
        "ou le retrait de cette ligne est trop petit.",
        "expected <block end>": "Le retrait de cette ligne ne va pas avec les lignes d'avant. "
        "Alignez-la (deux espaces par niveau).",
        "found unexpected end of stream": "Un guillemet ouvert n'est pas refermé.",
        "found unexpected document separator": "Un guillemet ouvert n'est pas refermé.",
        "cannot start any token": "Ce caractère ne peut pas commencer une valeur. "
        "Mettez la valeur entre guillemets droits.",
        "expected ',' or": "Il manque une virgule, un crochet ou une accolade.",
        "unknown escape character": "« \\ » dans un texte entre guillemets : écrivez « \\\\ ».",
    }
    for beginning, message in known.items():
        if beginning in problem:
            return message
    return (
        "Le YAML ne se lit pas à cet endroit. Vérifiez le retrait (deux espaces par niveau), "
        "les deux-points et les guillemets de cette ligne et de celle d'avant."
    )


def _place(event: yaml.Event) -> tuple[int, int]:
    assert event.start_mark is not None
    return event.start_mark.line + 1, event.start_mark.column + 1


class _Builder:
    """Turn parser events into plain values; record places, refuse what is not accepted."""

    def __init__(self, document: Document, events: Iterator[yaml.Event]) -> None:
        self.document = document
        self.events = events

    def build(self, where: Path_, event: yaml.Event, depth: int) -> object:
        place = _place(event)
        self.document.values[where] = place
        if depth > MAX_DEPTH:
            self._blame(place, f"Plus de {MAX_DEPTH} niveaux imbriqués. Aplatissez le fichier.")
            raise _Stop
        if isinstance(event, yaml.AliasEvent):
            self._blame(place, f"Un renvoi YAML (*{event.anchor}). Recopiez la valeur en entier.")
            return None
        if anchor := getattr(event, "anchor", None):
            self._blame(place, f"Une ancre YAML (&{anchor}). Effacez-la.")
        if tag := getattr(event, "tag", None):
            self._blame(place, f"Une étiquette YAML ({tag}). Effacez-la.")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(where, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(where, depth)
        assert isinstance(event, yaml.ScalarEvent)
        return self._scalar(event, place)

    def _mapping(self, where: Path_, depth: int) -> dict[str, object]:
        mapping: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            place = _place(event)
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                self._blame(
                    place, "Une clé doit être un mot simple, sans crochet ni signe spécial."
                )
                raise _Stop
            name = event.value
            path = (*where, name)
            duplicate = name in mapping
            if duplicate:
                first = self.document.keys[path][0]
                self._blame(
                    place,
                    f"La clé « {name} » est déjà écrite ligne {first}. "
                    "Gardez une seule des deux, ou réunissez leurs valeurs.",
                )
                path = (*where, f"{name} (bis)")
            self.document.keys[path] = place
            value = self.build(path, next(self.events), depth + 1)
            if not duplicate:
                mapping[name] = value
        return mapping

    def _sequence(self, where: Path_, depth: int) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.build((*where, len(items)), event, depth + 1))
        return items

    def _scalar(self, event: yaml.ScalarEvent, place: tuple[int, int]) -> object:
        text: str = event.value
        if not event.implicit[0] or event.style is not None:
            return text
        if text in {"", "null", "~"}:
            return None
        if text in {"true", "false"}:
            return text == "true"
        if match := _NUMBER.match(text):
            return float(text) if match.group(2) else int(text)
        if _DATE.match(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._blame(place, f"« {text} » n'est pas un jour du calendrier (AAAA-MM-JJ).")
                return None
        guessed = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
        if guessed != _TEXT_TAG or _LEADING_ZERO.match(text):
            self._blame(
                place,
                f"« {text} » est ambigu en YAML. Mettez-le entre guillemets droits "
                f'("{text}"), ou écrivez true, false, un nombre ou une date AAAA-MM-JJ.',
            )
        return text

    def _blame(self, place: tuple[int, int], message: str) -> None:
        self.document.mistakes.append(Mistake(self.document.path, *place, message))
