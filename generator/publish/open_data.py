"""The data for other sites and programs: `/api/*.json`, and their schemas."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from data_inclusion.schema import v1
from pydantic import BaseModel, ConfigDict, Field, create_model

from generator.content import compiled_rules, labels, models, schemas
from generator.content.collections import COLLECTIONS
from generator.content.load import Content

PUBLISHED = {one.published: one for one in COLLECTIONS if one.published}
#: The name of this site as a source of data·inclusion's rows.
SOURCE = "reperes-iae"
LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"


def published_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of `/api/NAME.json`: that of its models, with addresses made."""
    collection = PUBLISHED[name]
    model: Any = collection.model
    if collection.model is models.DirectoryEntry:
        model = DirectoryRow
    if collection.files:
        model = dict[models.Id if collection.files is models.ID else str, model]  # type: ignore[misc]
    if collection.model is models.RuleFile:
        model = compiled_rules.CompiledRules
    published = _schema(f"/api/{name}.json", data=(model, ...))
    for source in models.SOURCES:
        if definition := published["$defs"].get(source.__name__):
            definition["properties"] |= {
                "title": {"type": "string"},
                "url": {"type": ["string", "null"], "format": "uri"},
            }
            definition["required"] = sorted({*definition["required"], "title", "url"})
    return published


def departments_schema() -> dict[str, Any]:
    """Return the JSON Schema of `/api/annuaire/48.json`, and of the hundred other files like it."""
    day = Field(
        description="Le jour du fichier de l'État ; null quand l'annuaire de l'État n'est pas chargé."
    )
    return _schema(
        "/api/annuaire/DEPARTEMENT.json",
        source_day=(Annotated[date | None, day], ...),
        data=(list[DepartmentRow], ...),
    )


def _schema(name: str, **keys: Any) -> dict[str, Any]:
    """Return the JSON Schema of a published file, with its licence."""
    document = create_model(name, __config__=ConfigDict(extra="forbid"), licence=(str, ...), **keys)
    published = schemas.DIALECT | labels.describe(document.model_json_schema(), document.__name__)
    published["properties"]["licence"]["const"] = LICENCE
    return published


def documents(content: Content) -> dict[str, Any]:
    """Return the content of each file of `/api/`. Sources carry their title and their address."""
    return {
        name: compiled_rules.compile_rules(content)
        if one.model is models.RuleFile
        else _plain(content, getattr(content, one.attribute))
        for name, one in PUBLISHED.items()
        if one.model is not models.DirectoryEntry
    } | {"directory": directory_rows(content)}


class DirectoryRow(v1.Structure):  # type: ignore[misc]  # its library publishes no types
    """An entry of the directory as it is published: data·inclusion's own model, and this site's keys."""

    model_config = ConfigDict(extra="forbid")

    department: str
    networks: list[str]
    sectors: list[str]
    trades: list[str]
    authorization: models.Authorization | None = None
    basis: models.Basis | None = None
    sources: list[models.Source]
    checked: date


class DepartmentRow(v1.Structure):  # type: ignore[misc]  # its library publishes no types
    """A row of the file of a département: data·inclusion's own model, and this site's keys."""

    model_config = ConfigDict(extra="forbid")

    networks: Annotated[
        list[str], Field(description="Les réseaux, par leur identifiant dans networks.json.")
    ]
    sectors: list[str] = Field(
        default_factory=list, description="Les secteurs, par leur identifiant dans sectors.json."
    )
    trades: list[str] = Field(default_factory=list, description="Les métiers, en quelques mots.")
    entry: Annotated[
        str | None, Field(description="La fiche de directory.json, quand ce site en a une.")
    ] = None
    corrected: Annotated[
        date | None, Field(description="Le jour où ce site a corrigé la ligne de l'État.")
    ] = None


def directory_rows(content: Content) -> dict[str, Any]:
    """Return the entries of the directory by their ids, in data·inclusion's schema.

    Raises ValidationError, of pydantic, for one that its library refuses: `check` should have told it.
    """
    rows = {}
    for key, entry in content.directory.items():
        own = {"source": SOURCE, "id": f"{SOURCE}--{key}", "date_maj": entry.checked.isoformat()}
        row = own | {name: one for name, one in _plain(content, entry).items() if one != []}
        v1.Structure.model_validate(
            {name: one for name, one in row.items() if name in v1.Structure.model_fields}
        )
        rows[key] = row | {name: row.get(name, []) for name in ("networks", "sectors", "trades")}
    return rows


def write_api(content: Content, folder: Path) -> None:
    """Write `/api/` into the site."""
    (folder / "schemas").mkdir(parents=True, exist_ok=True)
    for name, data in documents(content).items():
        text = json.dumps({"licence": LICENCE, "data": data}, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.json").write_text(text, "utf-8")
        described = json.dumps(published_schema(name), ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.schema.json").write_text(described, "utf-8")
    for name, text in schemas.schemas().items():
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
