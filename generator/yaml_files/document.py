"""The values of a file with the place of each, and the mistakes found in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

#: How many mistakes of one file are reported: nobody reads more, and finding each takes time.
MOST = 100

#: The place of a value in a file: the keys and the positions in lists that lead to it.
type Path_ = tuple[str | int, ...]

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake in a file, or a warning; `line` and `column` count from 1."""

    path: Path
    line: int
    column: int
    message: str
    warning: bool = False
    #: The path of its key or value, for a missing one: the place alone does not tell.
    where: Path_ | None = field(default=None, compare=False)
    #: What its model refuses: the type of the error, the value, and more by its type.
    error: Mapping[str, Any] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        kind = "avertissement : " if self.warning else ""
        return f"{self.path}:{self.line}:{self.column}: {kind}{self._on_one_line()}"

    def annotation(self) -> str:
        """Return the mistake as a GitHub workflow command, shown on the line in a pull request."""
        path = str(self.path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        message = self._on_one_line().replace("%", "%25")
        level = "warning" if self.warning else "error"
        return f"::{level} file={path},line={self.line},col={self.column}::{message}"

    def _on_one_line(self) -> str:
        return re.sub(r"\s*[\r\n]\s*", " ", self.message)


@dataclass(slots=True)
class Document:
    """A file's content, with the place (line, column) of each key and value by its path."""

    path: Path
    text: str = ""
    value: object = None
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    #: Where the characters of each scalar start in `text`.
    starts: dict[Path_, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)

    def fresh(self) -> Document:
        """Return a copy whose mistakes and warnings are its own."""
        return replace(self, mistakes=[*self.mistakes], warnings=[*self.warnings])

    def blame(self, where: Path_, message: str, *, key: bool = False) -> None:
        """Record a mistake at the value at `where` (or at its key)."""
        self.blame_at(self.place(where, key=key), message, where)

    def blame_at(
        self,
        place: tuple[int, int],
        message: str,
        where: Path_ | None = None,
        error: Mapping[str, Any] | None = None,
    ) -> None:
        """Record a mistake at a line and a column; the last one says that there are more."""
        if len(self.mistakes) == MOST:
            message = (
                f"Plus de {MOST} erreurs dans ce fichier : la suite n'est pas dite. "
                "Corrigez celles-ci, puis recommencez."
            )
        if not self.full:
            self.mistakes.append(Mistake(self.path, *place, message, where=where, error=error))

    @property
    def full(self) -> bool:
        """Whether there are more mistakes than anyone reads: looking for others is in vain."""
        return len(self.mistakes) > MOST

    def warn_at(self, place: tuple[int, int], message: str) -> None:
        """Record a warning: something to look at, for which no file is refused."""
        self.warnings.append(Mistake(self.path, *place, message, warning=True))

    def place(self, where: Path_, *, key: bool = False) -> tuple[int, int]:
        """Return the line and column of `where`, or of the nearest place above it.

        The parts in brackets are not the file's: validators add them.
        """
        key = key or where[-1:] == ("[key]",)
        where = tuple(part for part in where if not str(part).startswith("["))
        while where not in self.values and where:
            where = where[:-1]
        return (self.keys if key and where in self.keys else self.values).get(where, (1, 1))

    def place_inside(self, where: Path_, offset: int) -> tuple[int, int]:
        """Return the line and column of the character `offset` of the text at `where`.

        YAML changes the spaces and line ends of a long text, and nothing else: count the others.
        """
        value: Any = self.value
        for part in where:
            value = value[part]
        before = len("".join(value[:offset].split()))
        index = self.starts[where]
        for word in _WORD.finditer(self.text, index):
            index = word.start() + before
            if before < len(word[0]):
                break
            before -= len(word[0])
        return self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)
