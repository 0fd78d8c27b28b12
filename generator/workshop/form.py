"""The form of an entry: its fields, where each is in the file, and the JSON Schema that shows it."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.content import value_names
from generator.content.carriers import CARRIER_NAMES
from generator.content.collections import COLLECTIONS, Collection, Editor
from generator.pages import names
from generator.workshop.file_editor import Branches, Schema
from generator.workshop.reading import Names
from generator.workshop.wording import in_form
from generator.yaml_files.document import Path_

#: The kinds that the workshop edits, by their names in its requests.
EDITED = {one.editor.kind: one for one in COLLECTIONS if one.editor}
#: The words of the codes of enumerations.
_LABELS = {
    "BasisKind": value_names.BASIS_NAMES,
    "Category": {key.value: name for key, name in names.CATEGORIES.items()},
    "Family": {key.value: name for key, name in names.FAMILIES.items() if key},
    "StructureKind": {
        key: name[:1].upper() + name[1:] for key, name in names.STRUCTURE_NAMES.items()
    },
    "Carrier": {key.value: name for key, name in CARRIER_NAMES.items()},
    "PortraitKind": {"parcours": "Une personne", "structure": "Une structure"},
    "Scope": {
        "national": "National",
        "territorial": "Territorial",
        "ressources": "Centre de ressources",
    },
    "Topic": {key.value: name for key, name in names.TOPICS.items()},
}
#: The kind of the names of pictures: one may be chosen on the device too.
PICTURES = "pictures"
#: Fields that name something, and the kind of names that they may hold.
_NAMED = {
    "article": "articles",
    "calculator": "calculators",
    "calculators": "calculators",
    "department": "departments",
    "departments": "departments",
    "directory": "directory",
    "file": PICTURES,
    "incompatible": "criteria",
    "journeys": "journeys",
    "network": "networks",
    "networks": "networks",
    "places": "places",
    "related": "terms",
    "rights": "rights",
    "rule": "rules",
    "sectors": "sectors",
    "term": "terms",
    "terms": "terms",
}
#: A list of that many names at most is shown whole, to be ticked.
_TICKED = 20
#: Keys that come last, in this order: the basis of a fact, its sources, its note.
_LAST = ("basis", "source", "sources", "note", "checked")
#: Lists that people read from the newest on: a new element comes first.
_NEWEST_FIRST = {"figures"}


@dataclass(frozen=True)
class EditedEntry:
    """The edited entry: a file, one of its entries (`kinds.asp`), or the rest of a file that has some."""

    kind: str
    file: str
    part: str = ""

    @property
    def collection(self) -> Collection:
        """The kind of the file."""
        return EDITED[self.kind]

    @property
    def editor(self) -> Editor:
        """How the kind is edited."""
        assert self.collection.editor
        return self.collection.editor

    @property
    def identifier(self) -> str:
        """The name of the file, which is the id of the entry."""
        return Path(self.file).stem

    @property
    def name(self) -> tuple[str, str]:
        """The part of the file where the entry is, and what names it there; empty for a whole file."""
        for section in self.editor.parts:
            if self.part.startswith(f"{section}."):
                return section, self.part[len(section) + 1 :]
        return "", ""


def held(value: dict[str, Any], section: str, named_by: str) -> dict[str, str | int]:
    """Return where each entry of a part is, by its name: a key, or a place in a list."""
    entries = value.get(section) or {}
    if isinstance(entries, dict):
        return {name: name for name in entries}
    return {str(one.get(named_by)): position for position, one in enumerate(entries)}


def place(entry: EditedEntry, value: dict[str, Any]) -> Path_:
    """Return where the entry is in its file, `value`; at the end of its part when it is new."""
    section, name = entry.name
    if not section:
        return ()
    entries = held(value, section, entry.editor.parts[section])
    in_list = bool(entry.editor.parts[section])
    return (section, entries.get(name, len(entries) if in_list else name))


def places(
    entry: EditedEntry, value: dict[str, Any], schema: Schema, new: bool = False
) -> dict[str, Path_]:
    """Return the fields of the form, and where each is in the file.

    `value` is the content of the file, `schema` the JSON Schema of its kind. Raises KeyError when the
    file does not have the part, unless it is `new`.
    """
    section, name = entry.name
    known = schema["properties"]
    if not section:
        if entry.part:
            raise KeyError(entry.part)
        return {one: (one,) for one in known if one not in entry.editor.parts}
    if not new and name not in held(value, section, entry.editor.parts[section]):
        raise KeyError(entry.part)
    at = place(entry, value)
    fields: dict[str, Path_] = {one: (*at, one) for one in _model(schema, section)["properties"]}
    # What is read again with the entry is the whole file.
    return fields | ({"checked": ("checked",)} if "checked" in known.keys() - fields else {})


def _model(schema: Schema, section: str) -> Schema:
    """Return the schema of the entries of a part."""
    branches = Branches(schema["$defs"])
    holder = next(branches.all(schema["properties"][section]))
    each = holder.get("items") or branches.inner(holder, "")
    each = each or next(iter(holder["properties"].values()))
    return next(branches.all(each))


def form(entry: EditedEntry, schema: Schema, fields: Iterable[str], known: Names) -> dict[str, Any]:
    """Return the JSON Schema of the form: that of editors, with names and words for its fields.

    `schema` is that of the kind, `fields` the names of those to show, `known` what they may name.
    """
    definitions = copy.deepcopy(schema["$defs"])
    for name, words in _LABELS.items():
        if name in definitions:
            definitions[name]["labels"] = words
    section = entry.name[0]
    properties = copy.deepcopy(schema["properties"])
    required = {*schema.get("required", ())}
    if section:
        model = copy.deepcopy(_model(schema, section))
        properties = {"checked": properties.get("checked")} | model["properties"]
        required = {*model.get("required", ()), "checked"}
        ruled = entry.editor.parts[section]
        if ruled and ruled in properties:
            properties[ruled]["fixed"] = ruled == "id"
    for described in (properties, *(one.get("properties", {}) for one in definitions.values())):
        for name, one in described.items():
            if not one:
                continue
            in_form(name, one)
            _name(name, one, definitions, known)
            if name in _NEWEST_FIRST:
                one["newestFirst"] = True
    for one in definitions.values():
        if "properties" in one:
            one["properties"] = _ordered(one["properties"])
    return {
        "type": "object",
        "properties": _ordered({name: properties[name] for name in fields}),
        "required": [name for name in fields if name in required],
        "$defs": definitions,
    }


def _name(name: str, described: Schema, definitions: Schema, known: Names) -> None:
    """Say in the schema of a field what it may name: to be ticked, chosen, or typed with suggestions."""
    kind = _NAMED.get(name)
    if kind is None or kind not in known:
        return
    branches = [*Branches(definitions).all(described)]
    in_list = any(one.get("type") == "array" for one in branches)
    items = next((one.get("items", {}) for one in branches if "items" in one), described)
    texts = [*Branches(definitions).all(items)]
    if not any(one.get("type") == "string" for one in texts):
        return  # the list of things itself
    if in_list and 0 < len(known[kind]) <= _TICKED:
        described["items"] = {"type": "string", "enum": [*known[kind]], "labels": {**known[kind]}}
    else:
        described["names"] = kind
        described["upload"] = kind == PICTURES


def _ordered(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of a model in the order in which people read and write them."""
    ranked = sorted(properties, key=lambda name: _LAST.index(name) + 1 if name in _LAST else 0)
    return {name: properties[name] for name in ranked}
