"""Rows of the published directory: what is refused, what is left out, what is one organisation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.content import carriers, communes
from generator.directory import rows
from generator.directory.rows import Result, kilometres, sort_out

ROOT = Path(__file__).parents[2]
PLACES = communes.read(ROOT / "node_modules")
#: Made up, at Mende.
ROW = {
    "source": "essai",
    "id": "essai--1",
    "nom": "Les Jardins d'Essai",
    "date_maj": "2026-10-01",
    "siret": "00000000000001",
    "adresse": "1 rue du Docteur Roux",
    "code_postal": "48000",
    "commune": "Mende",
    "code_insee": "48095",
    "longitude": 3.5,
    "latitude": 44.52,
    "telephone": "04 00 00 00 01",
    "courriel": "contact@essai.example.org",
    "description": "Demandez Jeanne Martin au 06 00 00 00 00.",
    "reseaux_porteurs": ["aci"],
}


def sorted_out(*changes: dict[str, Any]) -> Result:
    """Read rows that differ from `ROW`; each has an id, a SIRET and a name of its own."""
    given = []
    for number, change in enumerate(changes, 1):
        own = {"id": f"essai--{number}", "siret": f"{number:014}", "nom": f"Les Jardins {number}"}
        given.append(ROW | own | change)
    return sort_out(given, PLACES)


def test_a_row_keeps_what_the_schema_says_and_no_free_text() -> None:
    """The description, where people are named, is never kept."""
    (row,) = sort_out([ROW | {"score_qualite": 0.5, "typologie": None}], PLACES).rows["48"]
    assert row == {key: value for key, value in ROW.items() if key != "description"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"siret": "0000000000001"}, "« siret » n'a pas quatorze chiffres"),
        ({"code_postal": "480"}, "« code_postal » n'a pas cinq chiffres"),
        ({"courriel": "contact"}, "« courriel » n'est pas une adresse électronique"),
        ({"site_web": "javascript:alert(1)"}, "« site_web » n'est pas une adresse du web"),
        ({"date_maj": "2999-01-01"}, "« date_maj » n'est pas un jour passé de ce siècle"),
        ({"nom": None}, "« nom » manque"),
        ({"longitude": "est"}, "« longitude » n'est pas un nombre"),
        (
            {"reseaux_porteurs": ["zzz"]},
            "« reseaux_porteurs » a un code que le schéma ne connaît pas",
        ),
        ({"nom": "<script>alert(1)</script>"}, "un texte contient des signes de code"),
        ({"adresse": "1 rue \u202eegar"}, "un texte contient des signes de code"),
        ({"nom": "Mme Martin Jeanne"}, "le nom est celui d'une personne"),
        (
            {"code_insee": None, "code_postal": None},
            "ni la commune ni le code postal ne disent un département",
        ),
        (
            {"code_insee": "99999", "code_postal": "98800"},
            "ni la commune ni le code postal ne disent un département",
        ),
    ],
)
def test_a_refused_row_is_counted_by_its_reason_and_the_rest_goes_on(
    change: dict[str, Any], reason: str
) -> None:
    """One wrong row among three."""
    found = sorted_out({}, change, {})
    assert dict(found.refused) == {reason: 1}
    assert [row["id"] for row in found.rows["48"]] == ["essai--1", "essai--3"]


def test_a_row_of_the_older_schema_is_told_as_such() -> None:
    """Version 0 has no `reseaux_porteurs`: its rows would all look like another kind."""
    older = {key: value for key, value in ROW.items() if key != "reseaux_porteurs"}
    found = sort_out([older | {"typologie": "ACI"}], PLACES)
    assert dict(found.refused) == {"la ligne est d'un schéma plus ancien que la version 1": 1}


@pytest.mark.parametrize(
    "change",
    [
        {"courriel": "jeanne.martin@essai.example.org"},
        {"courriel": "j_martin2@essai.example.org"},
        {"telephone": "06 00 00 00 00"},
        {"telephone": "+33700000000"},
        {"telephone": "+590 690 00 00 00"},
        {"telephone": "+33 (0)6 00 00 00 00"},
        {"complement_adresse": "chez Mme Martin"},
        {"complement_adresse": "À l'attention de Jeanne"},
        {"adresse": "M. Martin, 1 rue des Essais"},
    ],
)
def test_what_may_be_of_a_person_is_left_out(change: dict[str, str]) -> None:
    """A personal mail, a mobile number, a name in an address: the row stays, without them."""
    found = sorted_out(change)
    (key,) = change
    assert key not in found.rows["48"][0]
    assert list(found.left_out.values()) == [1]


@pytest.mark.parametrize(
    "change",
    [
        {"courriel": "mission.locale@essai.example.org"},
        {"courriel": "jardins@essai.example.org"},
        {"telephone": "09 00 00 00 00"},
        {"telephone": "+33466000000"},
        {"adresse": "2 rue Madame"},
        {"nom": "Maison Madame Sans-Gêne"},
        {"nom": "Mmoire vive"},
    ],
)
def test_what_is_of_an_organisation_is_kept(change: dict[str, str]) -> None:
    """A street or a house named after someone is no person."""
    row = sorted_out(change).rows["48"][0]
    assert change.items() <= row.items()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ((44.52, 3.5), "des coordonnées inversées"),
        ((-30.0, 44.52), "des coordonnées hors du territoire"),
        ((3.5, None), "une coordonnée sans l'autre"),
        ((-4.9, 48.5), "des coordonnées loin du département"),  # off Finistère, for Mende
    ],
)
def test_coordinates_that_cannot_be_true_are_left_out(
    place: tuple[float, float | None], told: str
) -> None:
    """The structure stays, without a distance."""
    near: list[dict[str, Any]] = [{}, {}, {"code_insee": "48092", "commune": "Marvejols"}]
    found = sorted_out(*near, {"longitude": place[0], "latitude": place[1]})
    assert dict(found.left_out) == {told: 1}
    last = found.rows["48"][3]
    assert last["id"] == "essai--4"
    assert not {"longitude", "latitude"} & last.keys()


def test_a_commune_stands_in_the_middle_of_what_the_file_places_there() -> None:
    """Rows of other kinds tell it too, and a swapped pair of coordinates does not."""
    found = sorted_out(
        {"longitude": 3.4},
        {"longitude": 3.5, "reseaux_porteurs": ["communes"]},
        {"longitude": 3.6},
        {"longitude": 44.52, "latitude": 3.5},
    )
    assert found.communes["48"] == {"48095": (3.5, 44.52)}
    assert found.others == 1


@pytest.mark.parametrize(
    ("code", "postcode", "department"),
    [
        ("2A004", "20000", "2A"),
        (None, "20000", "2A"),
        (None, "20200", "2B"),
        ("97101", None, "971"),
        (None, "97400", "974"),
        ("75118", "75018", "75"),
        ("69381", "69001", "69"),
        (None, "01000", "01"),
    ],
)
def test_a_row_is_filed_under_its_departement(
    code: str | None, postcode: str | None, department: str
) -> None:
    """By its commune first, arrondissements and overseas included."""
    row: dict[str, Any] = {"code_insee": code, "code_postal": postcode, "longitude": None}
    found = sorted_out(row | {"latitude": None})
    assert [name for name, its in found.rows.items() if its] == [department]


def test_one_organisation_in_one_commune_is_one_row_with_all_its_kinds() -> None:
    """The newest stays; a SIRET of a head office, in another commune, makes no double."""
    found = sorted_out(
        {"siret": "00000000000009", "date_maj": "2026-09-01", "reseaux_porteurs": ["ei"]},
        {"siret": "00000000000009"},
        {"siret": None, "nom": "LES JARDINS n° 2", "date_maj": "2026-08-01"},
        {"siret": None, "nom": "Les jardins N° 2", "reseaux_porteurs": ["ccas-cias", "emmaus"]},
        {"siret": "00000000000009", "code_insee": "48092", "commune": "Marvejols"},
    )
    kept = {row["id"]: row["reseaux_porteurs"] for row in found.rows["48"]}
    assert kept == {
        "essai--2": ["aci", "ei"],
        "essai--4": ["aci", "ccas-cias", "emmaus"],
        "essai--5": ["aci"],
    }
    assert sorted(found.doubles) == [("essai--1", "essai--2"), ("essai--3", "essai--4")]


def test_distances_are_those_of_a_map() -> None:
    """Paris to Lyon, about 392 km as the crow flies."""
    assert kilometres((2.3522, 48.8566), (4.8357, 45.764)) == pytest.approx(392, abs=2)


def test_each_kind_leads_to_an_explanation_of_this_site() -> None:
    """The codes of data·inclusion, and the ids of `data/`."""
    prescribers = yaml.safe_load((ROOT / "data/prescribers.yaml").read_text("utf-8"))["kinds"]
    structures = yaml.safe_load((ROOT / "data/structures.yaml").read_text("utf-8"))["structures"]
    assert {*carriers.PRESCRIBERS.values()} <= {one["id"] for one in prescribers}
    assert {*carriers.EMPLOYERS.values()} <= {*structures}
    networks = {path.stem for path in (ROOT / "data/networks").glob("*.yaml")}
    assert {*carriers.NETWORKS.values()} <= networks
    assert {"aci", "geiq", "france-travail"} <= rows.KEPT
