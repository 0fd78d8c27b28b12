"""The files that the workshop holds, as the site has them and as drafts change them, and what they name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from calculators import CALCULATORS
from generator.content import collections, load
from generator.content.schemas import schemas
from generator.pages import directory
from generator.workshop import written_pages
from generator.workshop.form import PICTURES, held
from generator.yaml_files.document import Document


class Refused(ValueError):
    """The request cannot be served, or the proposal is not taken; the text says why, in French."""


class Files:
    """All the files, by their paths from the root of the project."""

    def __init__(self, documents: Mapping[str, Document], today: date) -> None:
        self.today = today
        self.documents = documents
        #: The documents as the site has them: what a proposal changes is told against these.
        self.published = documents
        self.schemas = {name: json.loads(text) for name, text in schemas().items()}
        #: What may be named, and the documents that say it.
        self._named: tuple[Mapping[str, Document], dict[str, dict[str, str]]] = ({}, {})
        #: The forms, which say what may be named: entries of a kind share theirs.
        self._forms: tuple[Mapping[str, Document], dict[tuple[str, ...], dict[str, Any]]] = ({}, {})

    def text_of(self, file: str) -> str | None:
        """Return the text of a file, or None."""
        return self.documents[file].text if file in self.documents else None

    def value(self, file: str, *, new: bool = False) -> Any:
        """Return the content of a file; a `new` one holds nothing yet."""
        if file in self.documents:
            return self.documents[file].value
        if new:
            return {}
        raise Refused(f"« {file} » n'existe pas.")

    def names(self, file: str = "") -> dict[str, dict[str, str]]:
        """Return what fields and links may name: the ids of each kind, and their titles.

        Those that only one file knows, such as its criteria, are those of `file`.
        """
        if self._named[0] is not self.documents:
            self._named = (self.documents, self._names())
        known = {**self._named[1]}
        if file in self.documents and (collection := collections.of(file)):
            value = self.value(file) or {}
            for part in collection.entries or ("criteria",):
                if "." not in part and isinstance(value.get(part), dict | list):
                    found = held(value, part, collection.entries.get(part, ""))
                    known.setdefault(
                        part, {name: title_in(value[part][at]) for name, at in found.items()}
                    )
        return known

    def forms(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """Return the forms that were made of these documents, to be read and completed."""
        if self._forms[0] is not self.documents:
            self._forms = (self.documents, {})
        return self._forms[1]

    def _names(self) -> dict[str, dict[str, str]]:
        known: dict[str, dict[str, str]] = {
            "calculators": {name: one.TITLE for name, one in CALCULATORS.items()},
            "departments": {
                code: f"{name} ({code})" for code, name in directory.department_names().items()
            },
            "pages": {},
            PICTURES: {
                Path(one).name: "" for one in self.documents if one.startswith(load.PICTURES)
            },
            "values": {},
        }
        known |= {one.attribute: {} for one in collections.COLLECTIONS if one.files}
        for path, document in self.documents.items():
            if path.startswith("docs/") and path.endswith(".md"):
                title = written_pages.value_of(document.text)["title"]
                known["pages"][path.removeprefix("docs/")] = title
            collection = collections.of(path)
            if collection is None or not isinstance(document.value, dict):
                continue
            value: dict[str, Any] = document.value
            name = Path(path).stem
            if collection.files:
                known[collection.attribute][name] = title_in(value)
            elif name in {"journeys", "sectors", "structures"}:
                found = held(value, name, collection.entries[name])
                known[name] = {one: title_in(value[name][at]) for one, at in found.items()}
            if collection.name == "rules":
                known["values"] |= {
                    f"{name}.{parameter}": f"{title_in(value)} : {title_in(inner)}"
                    for parameter, inner in (value.get("parameters") or {}).items()
                }
        return known


def title_in(entry: dict[str, Any]) -> str:
    """Return the title that an entry gives itself, whatever its key."""
    named = (entry.get(key) for key in ("title", "nom", "label", "now", "name", "id"))
    title, acronym = str(next((one for one in named if one), "")), entry.get("acronym")
    if first := entry.get("from_year"):  # a phase of history
        return f"{title} ({first} à {entry.get('to_year', "aujourd'hui")})"
    return f"{title} ({acronym})" if acronym and acronym != title else title
