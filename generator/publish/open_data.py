"""The data for other sites and programs: `/api/*.json`, and the schemas of what they hold."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

from generator.content import compiled_rules, labels, models
from generator.content.load import Content

#: The schemas that editors use, by file name: `data/schemas/NAME.json`.
SCHEMAS: dict[str, type[BaseModel]] = {
    "term": models.Term,
    "network": models.Network,
    "rule": models.RuleFile,
    "prescribers": models.Prescribers,
    "structures": models.Structures,
    "history": models.History,
    "sectors": models.Sectors,
    "figures": models.Figures,
    "article": models.LegalText,
    "links": models.Links,
    "outdated": models.Outdated,
    "site": models.Site,
}
LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
#: What the files of `/api/` hold when it is not one file of `data/` as it is.
COLLECTIONS: dict[str, Any] = {
    "glossary": dict[models.Id, models.Term],
    "networks": dict[models.Id, models.Network],
    "rules": compiled_rules.CompiledRules,
}
_DIALECT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def schemas() -> dict[str, str]:
    """Return the text of each JSON Schema of `data/`, by name."""
    return {
        name: json.dumps(_DIALECT | _described(model), ensure_ascii=False, indent=2) + "\n"
        for name, model in SCHEMAS.items()
    }


def _described(model: type[BaseModel]) -> dict[str, Any]:
    return labels.describe(model.model_json_schema(), model.__name__)


def published_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of `/api/NAME.json`: that of its models, with addresses made."""
    document = create_model(
        f"/api/{name}.json",
        __config__=ConfigDict(extra="forbid"),
        licence=(str, ...),
        data=(COLLECTIONS.get(name) or SCHEMAS[name], ...),
    )
    published = _DIALECT | labels.describe(document.model_json_schema(), document.__name__)
    published["properties"]["licence"]["const"] = LICENCE
    for source in models.SOURCES:
        if definition := published["$defs"].get(source.__name__):
            definition["properties"] |= {
                "title": {"type": "string"},
                "url": {"type": ["string", "null"], "format": "uri"},
            }
            definition["required"] = sorted({*definition["required"], "title", "url"})
    return published


def documents(content: Content) -> dict[str, Any]:
    """Return what each file of `/api/` holds. Sources carry their title and their address."""
    return {
        "glossary": _plain(content, content.terms),
        "networks": _plain(content, content.networks),
        "prescribers": _plain(content, content.prescribers),
        "rules": compiled_rules.compile_rules(content),
        "structures": _plain(content, content.structures),
        "history": _plain(content, content.history),
        "sectors": _plain(content, content.sectors),
        "figures": _plain(content, content.figures),
    }


def write(content: Content, folder: Path) -> None:
    """Write `/api/` into the site."""
    (folder / "schemas").mkdir(parents=True, exist_ok=True)
    for name, data in documents(content).items():
        text = json.dumps({"licence": LICENCE, "data": data}, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.json").write_text(text, "utf-8")
        described = json.dumps(published_schema(name), ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.schema.json").write_text(described, "utf-8")
    for name, text in schemas().items():
        (folder / "schemas" / f"{name}.json").write_text(text, "utf-8")


def _plain(content: Content, value: Any) -> Any:
    """Turn models into JSON values; empty optional keys are left out."""
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        plain = {name: _plain(content, one) for name, one in fields.items() if one is not None}
        if isinstance(value, models.SOURCES):
            address = content.address(value)
            plain |= {"title": address.title, "url": address.url}
        return plain
    if isinstance(value, dict):
        return {name: _plain(content, one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(content, one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
