"""The form of an entry: its fields, where each is in the file, and the JSON Schema that shows it."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.content import value_names
from generator.content.carriers import CARRIER_NAMES
from generator.content.collections import COLLECTIONS, Collection
from generator.pages import names
from generator.yaml_files.document import Path_

#: The kinds that the workshop edits, by their names in its requests.
EDITED = {one.editor.kind: one for one in COLLECTIONS if one.editor}
#: The words of the codes of enumerations.
_LABELS = {
    "BasisKind": value_names.BASIS_NAMES,
    "Category": {key.value: name for key, name in names.CATEGORIES.items()},
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
}
#: Fields whose words name entries of `data/`: the page suggests them.
_NAMED = {"related": "terms", "terms": "terms", "term": "terms", "article": "articles"}
#: Keys that come last, in this order: the basis of a fact, its sources, its note.
_LAST = ("basis", "source", "sources", "note", "checked")
#: Lists that people read from the newest on: a new element comes first.
_NEWEST_FIRST = {"figures"}


@dataclass(frozen=True)
class EditedEntry:
    """The edited entry: the whole of a file, or a part of it (`kinds.asp`, `parameters.duree`)."""

    kind: str
    file: str
    part: str = ""

    @property
    def collection(self) -> Collection:
        """The kind of the file."""
        return EDITED[self.kind]

    @property
    def identifier(self) -> str:
        """The name of the file, which is the id of the entry."""
        return Path(self.file).stem


def places(entry: EditedEntry, value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Path_]:
    """Return the fields of the form, and where each is in the file.

    `value` is the content of the file, `schema` the JSON Schema of its kind. Raises KeyError when the
    file does not have the part.
    """
    section, _, name = entry.part.partition(".")
    if entry.kind == "rule":
        if name not in (value.get(section) or {}):
            raise KeyError(entry.part)
        fields = ["values", "proofs"] if section == "criteria" else ["values"]
        return {one: (section, name, one) for one in fields} | {"checked": ("checked",)}
    if entry.kind == "prescriber":
        ids = [one["id"] for one in value[section]]
        position = ids.index(name) if name in ids else len(ids)
        return {"kind": (section, position), "checked": ("checked",)}
    return {one: (one,) for one in schema["properties"]}


def form(
    entry: EditedEntry, value: dict[str, Any], schema: dict[str, Any], fields: dict[str, Path_]
) -> dict[str, Any]:
    """Return the JSON Schema of the form: that of editors, with names and labels for its fields.

    The arguments are those of `places`, and its result.
    """
    definitions = copy.deepcopy(schema["$defs"])
    for name, words in _LABELS.items():
        if name in definitions:
            definitions[name]["labels"] = words
    properties = copy.deepcopy(schema["properties"])
    if entry.kind == "rule":
        model = "Criterion" if entry.part.startswith("criteria.") else "Parameter"
        properties |= definitions[model]["properties"]
    if entry.kind == "prescriber":
        rights = definitions["PrescriberKind"]["properties"]["rights"]
        known = {one["id"]: one["title"] for one in value["rights"]}
        rights["items"] = {"type": "string", "enum": list(known), "labels": known}
        properties["kind"] = {"$ref": "#/$defs/PrescriberKind"}
    for described in (properties, *(one.get("properties", {}) for one in definitions.values())):
        for name, field in described.items():
            if name in _NAMED:
                field["names"] = _NAMED[name]
            if name in _NEWEST_FIRST:
                field["newestFirst"] = True
    for one in definitions.values():
        if "properties" in one:
            one["properties"] = _ordered(one["properties"])
    required = {*schema["required"], "values", "proofs", "kind"}
    return {
        "type": "object",
        "properties": {name: properties[name] for name in fields},
        "required": [name for name in fields if name in required],
        "$defs": definitions,
    }


def _ordered(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of a model in the order in which people read and write them."""
    ranked = sorted(properties, key=lambda name: _LAST.index(name) + 1 if name in _LAST else 0)
    return {name: properties[name] for name in ranked}
