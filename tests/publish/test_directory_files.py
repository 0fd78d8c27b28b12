"""The published directory: what this site knows is laid over what the State published."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from data_inclusion.schema import v1

from generator.content import communes, models
from generator.content.load import Content
from generator.directory import store
from generator.publish import directory_files, open_data
from tests.conftest import ROOT

DAY = date(2026, 11, 2)
PLACES = communes.read(ROOT / "node_modules")
LOZERE = "48"


def row(number: int, **keys: Any) -> store.Row:
    """Return a made-up row at Mende."""
    return {
        "source": "emplois-de-linclusion",
        "id": f"essai--{number}",
        "nom": f"Essai {number}",
        "date_maj": "2026-10-01",
        "commune": "Mende",
        "code_insee": "48095",
        "reseaux_porteurs": ["aci"],
        **keys,
    }


@pytest.fixture
def known(content: Content) -> Content:
    """The content, with one row left out, one corrected, and a SIRET for one entry."""
    changes = models.DirectoryChanges.model_validate(
        {
            "exclusions": [{"row": "essai--1", "day": DAY, "reason": "La structure l'a demandé."}],
            "corrections": [
                {"row": "essai--2", "day": DAY, "reason": "Elle a déménagé.", "adresse": "1 rue A"}
            ],
        }
    )
    entry = content.directory["jardin_de_cocagne_lozere"].model_copy(
        update={"siret": "00000000000003"}
    )
    directory = {**content.directory, "jardin_de_cocagne_lozere": entry}
    return replace(content, directory_changes=changes, directory=directory)


def kept(root: Path, rows: list[store.Row]) -> store.Store:
    """Keep a directory of one département."""
    middle = {"48095": (3.5, 44.52)}
    return store.write(root, DAY, {LOZERE: rows}, {LOZERE: middle}, [])


def test_what_the_site_knows_wins(known: Content, tmp_path: Path) -> None:
    """A row left out is nowhere; a corrected one says the day; an entry keeps the phone that it lacks."""
    siret = {"siret": "00000000000003", "telephone": "04 00 00 00 00", "nom": "JARDIN"}
    given = [
        row(1),
        row(2, adresse="9 rue Z", reseaux_porteurs=["aci", "coorace"]),
        row(3, **siret),
    ]
    rows = {one["id"]: one for one in directory_files.rows_of(known, kept(tmp_path, given), LOZERE)}
    assert "essai--1" not in rows
    assert rows["essai--2"]["adresse"] == "1 rue A"
    assert rows["essai--2"]["corrected"] == "2026-11-02"
    assert rows["essai--2"]["networks"] == ["coorace"]
    assert "essai--3" not in rows
    ours = rows["reperes-iae--jardin_de_cocagne_lozere"]
    assert ours["nom"] == known.directory["jardin_de_cocagne_lozere"].nom
    assert ours["telephone"] == "04 00 00 00 00"
    assert ours["entry"] == "jardin_de_cocagne_lozere"
    assert ours["sectors"] == ["maraichage"]
    assert "sectors" not in rows["essai--2"]


def document_is_refused(schema: jsonschema.Draft202012Validator, file: Path) -> bool:
    """Tell whether the schema refuses what is wrong: a key too many, a day that is none, no licence."""
    document = json.loads(file.read_text("utf-8"))
    document["source_day"] = "2026-13-01"
    document["data"][0] |= {"description": None, "surprise": 1, "siret": "1"}
    del document["licence"]
    return len([*schema.iter_errors(document)]) == 4


def test_every_departement_has_its_files_in_the_schema(known: Content, tmp_path: Path) -> None:
    """With the licence and the day of the source; the page's rows have the names of their columns."""
    described = open_data.departments_schema()
    jsonschema.Draft202012Validator.check_schema(described)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    schema = jsonschema.Draft202012Validator(described, format_checker=checker)
    place = {"longitude": 3.5, "latitude": 44.52, "code_postal": "48000"}
    directory = kept(tmp_path, [row(4, **place), row(5, reseaux_porteurs=["caf", "mobin"])])
    counts = directory_files.write(known, PLACES, directory, tmp_path / "site")
    assert len(counts) == 101
    assert counts["59"] == (0, 0)
    for code in PLACES.departments:
        document = json.loads((tmp_path / f"site/api/annuaire/{code}.json").read_text("utf-8"))
        assert [error.message for error in schema.iter_errors(document)] == []
        assert document["source_day"] == "2026-11-02"
        assert "licence-ouverte" in document["licence"]
        for one in document["data"]:
            fields = v1.Structure.model_fields
            v1.Structure.model_validate({key: one[key] for key in one.keys() & fields.keys()})
    assert document_is_refused(schema, tmp_path / "site/api/annuaire/48.json")
    assert json.loads((tmp_path / "site/api/annuaire.schema.json").read_text("utf-8")) == described
    folder = tmp_path / "site" / directory_files.FOLDER
    index = json.loads((folder / "index.json").read_text("utf-8"))
    shard = json.loads((folder / "48.json").read_text("utf-8"))
    assert "Maraîchage" in index["sectors"]["maraichage"]
    (garden,) = [one for one in shard["rows"] if "jardin_de_cocagne" in one[0]]
    assert garden[index["columns"].index("metiers")].startswith("maraîchage biologique")
    assert index["boxes"] == {"48": [3.5, 44.52, 3.5, 44.52]}
    assert shard["communes"] == {"48095": [3.5, 44.52]}
    named = [dict(zip(index["columns"], one, strict=False)) for one in shard["rows"]]
    (placed,) = [one for one in named if one["id"] == "essai--4"]
    assert placed["commune"] == "48000 Mende"
    (prescriber,) = [one for one in named if one["id"] == "essai--5"]
    assert prescriber["types"] == ["caf"]  # « mobin » is a network, told as such
    assert prescriber["reseaux"] == ["mobin"]
    assert index["networks"]["mobin"]
    assert {kind for one in named for kind in one["types"]} <= index["kinds"].keys()


def test_without_a_directory_only_what_networks_say_is_there(
    content: Content, tmp_path: Path
) -> None:
    """The site works before any directory is read."""
    directory_files.write(content, PLACES, None, tmp_path)
    document = json.loads((tmp_path / "api/annuaire/48.json").read_text("utf-8"))
    assert document["source_day"] is None
    ours = [key for key, one in content.directory.items() if one.department == "48"]
    assert sorted(one["entry"] for one in document["data"]) == sorted(ours)
