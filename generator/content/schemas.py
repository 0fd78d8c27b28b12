"""The JSON Schemas of `data/`, with the French words of each key: editors and the workshop use them."""

from __future__ import annotations

import json

from generator.content import labels
from generator.content.collections import COLLECTIONS

DIALECT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def schemas() -> dict[str, str]:
    """Return the text of each JSON Schema by its name in `data/schemas/`."""
    return {
        one.schema: json.dumps(
            DIALECT | labels.describe(one.model.model_json_schema(), one.model.__name__),
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
        for one in COLLECTIONS
    }
