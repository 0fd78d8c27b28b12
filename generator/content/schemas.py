"""The JSON Schemas of `data/`, with the French words of each key: editors and the workshop use them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from generator.content import collections, labels
from generator.content.collections import COLLECTIONS
from generator.yaml_files.document import Document, Mistake

DIALECT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


@cache
def schemas() -> Mapping[str, str]:
    """Return the text of each JSON Schema by its name in `data/schemas/`."""
    return {
        one.schema: json.dumps(
            DIALECT
            | labels.describe(_with_basis_last(one.model.model_json_schema()), one.model.__name__),
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
        for one in COLLECTIONS
    }


def _with_basis_last(schema: dict[str, Any]) -> dict[str, Any]:
    """Put the basis of each entry just before its sources: new files follow this order.

    A model has the fields of the one that it comes from first.
    """
    for described in (schema, *schema.get("$defs", {}).values()):
        known = described.get("properties", {})
        source = next((name for name in ("source", "sources") if name in known), None)
        if source is None or "basis" not in known:
            continue
        names = [name for name in known if name != "basis"]
        names.insert(names.index(source), "basis")
        described["properties"] = {name: known[name] for name in names}
    return schema


def first_lines(documents: Mapping[str, Document]) -> list[Mistake]:
    """Return a mistake for each file of `data/` whose first line does not lead editors to its schema."""
    found = []
    for path, document in documents.items():
        collection = collections.of(path)
        if collection is None:
            continue
        above = "../" if collection.files else ""
        line = f"# yaml-language-server: $schema={above}schemas/{collection.schema}.json"
        if document.text.partition("\n")[0].strip() != line:
            message = f"La première ligne dit aux éditeurs ce que le fichier peut contenir. Écrivez-y : {line}"
            found.append(Mistake(document.path, 1, 1, message))
    return found
