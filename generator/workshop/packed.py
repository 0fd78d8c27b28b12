"""`data/`, read, as the bytes that go to the browser: reading it there would take seconds.

The places of values are most of what reading finds, and only mistakes ask for them. They stay in the
build: a file whose places are asked for is read again, which gives the same.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self, override

from generator.yaml_files.document import Document
from generator.yaml_files.reader import read_text

_PLACES = ("keys", "values", "starts")


class Unplaced(Document):
    """A document that was read elsewhere: it reads its text when a place in it is asked for."""

    __slots__ = ("_origin",)
    #: The document that this one is a copy of: the text is read once for all copies.
    _origin: Unplaced | None

    @classmethod
    def of(cls, path: Path, text: str, value: object, origin: Unplaced | None = None) -> Self:
        """Return the document without its places."""
        document = cls(path, text, value)
        document._origin = origin
        for name in _PLACES:
            delattr(document, name)
        return document

    @override
    def fresh(self) -> Document:
        copied = self.of(self.path, self.text, self.value, self)
        copied.mistakes, copied.warnings = [*self.mistakes], [*self.warnings]
        return copied

    def __getattr__(self, name: str) -> Any:
        """Find the places, once one of them is asked for: Python looks here for what is not there yet."""
        if name not in _PLACES:
            raise AttributeError(name)
        whole = self._origin or read_text(self.text, self.path)
        for one in _PLACES:
            setattr(self, one, getattr(whole, one))
        return getattr(self, name)


def packed(documents: Iterable[Document]) -> bytes:
    """Return all of `data/`, read, as bytes that `unpacked` gives back."""
    files = {  # each in a pickle of its own: references to earlier values are shorter there
        one.path.as_posix(): pickle.dumps((one.text, one.value)) for one in documents
    }
    return pickle.dumps(files)


def unpacked(packed_files: bytes) -> dict[str, Document]:
    """Return the documents by their paths. The bytes are our own, and their SHA-256 was checked."""
    documents: dict[str, Document] = {}
    for file, one in pickle.loads(packed_files).items():  # noqa: S301
        text, value = pickle.loads(one)  # noqa: S301
        # A picture has no text, and no place.
        kind = Unplaced.of if text else Document
        documents[file] = kind(Path(file), text, value)
    return documents
