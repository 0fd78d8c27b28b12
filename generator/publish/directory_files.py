"""The directory as it is published: `/api/annuaire/48.json` for programs with its schema, `/annuaire/lignes/48.json` for the page.

What this site knows is laid over what the State published: rows left out, rows corrected, and the entries
of `data/directory/`, which win.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data_inclusion.schema import v1

from calculators.typography import french
from generator.content.carriers import EMPLOYERS, NETWORKS, PRESCRIBERS, Carrier
from generator.content.communes import Places
from generator.content.load import Content
from generator.content.markdown import plain_letters
from generator.directory.rows import name_of
from generator.directory.store import Place, Row, Store, compact
from generator.publish import open_data

API, FOLDER = "api/annuaire", "annuaire/lignes"
#: The columns of the page's rows, in their order; `docs/assets/scripts/near/rows.js` reads them.
COLUMNS = (
    "id",
    "nom",
    "types",
    "adresse",
    "commune",
    "code",
    "longitude",
    "latitude",
    "telephone",
    "courriel",
    "site",
    "jour",
    "source",
    "lien",
    "reseaux",
    "fiche",
    "secteurs",
    "metiers",
    "corrige",
)
#: How a source of data·inclusion is named to readers; another is shown by its code.
_SOURCES = {"emplois-de-linclusion": "Les emplois de l'inclusion", "dora": "DORA"}
_CARRIERS = {one.value: one for one in Carrier}


def rows_of(content: Content, store: Store | None, code: str) -> list[Row]:
    """Return the rows of a département, by name: those of data·inclusion with `networks`, and ours.

    A row has `entry` where it is one of `data/directory/`, and `corrected` where this site corrects it.
    """
    out = {one.row for one in content.directory_changes.exclusions}
    corrections = {one.row: one for one in content.directory_changes.corrections}
    own = _own(content, code)
    found = []
    for given in store.department(code)[0] if store else []:
        row = dict(given)
        if row["id"] in out:
            continue
        if correction := corrections.get(row["id"]):
            row |= correction.corrected | {"corrected": correction.day.isoformat()}
        if entry := next((own.pop(name) for name in _names(row) if name in own), None):
            row |= entry
        row["networks"] = _networks(row)
        found.append(row)
    found += own.values()
    return sorted(found, key=lambda row: (plain_letters(row["nom"]), row["id"]))


def _own(content: Content, code: str) -> dict[str, Row]:
    """Return the entries of a département, by what a row of the source is known by: SIRET, or name."""
    found = {}
    for key, published in open_data.directory_rows(content).items():
        if content.directory[key].department == code:
            row = {
                name: value
                for name, value in published.items()
                if name in _PUBLISHED and (value or name == "networks")
            }
            found[_names(row)[0]] = row | {"entry": key}
    return found


#: The keys of an entry that a row keeps: its own page says the rest.
_PUBLISHED = frozenset({"networks", "sectors", "trades", *v1.Structure.model_fields}) - {
    "description"
}


def _names(row: Mapping[str, Any]) -> list[str]:
    """Return what may make a row and an entry the same: the SIRET, the name in its commune."""
    name = name_of({"nom": row["nom"], "commune": row.get("commune", "")})
    return [one for one in (row.get("siret"), name or row["id"]) if one]


def _networks(row: Row) -> list[str]:
    """Return the networks of a row: those that an entry says, and those that its codes name."""
    carriers = (_CARRIERS[code] for code in row.get("reseaux_porteurs", ()))
    named = {NETWORKS[one] for one in carriers if one in NETWORKS}
    return sorted(named | {*row.get("networks", ())})


def counts(rows: list[Row]) -> tuple[int, int]:
    """Return how many rows hire, and how many are of a kind that may prescribe."""
    kinds = [{_CARRIERS[code] for code in row.get("reseaux_porteurs", ())} for row in rows]
    hire, prescribe = {*EMPLOYERS}, {*PRESCRIBERS}
    return sum(1 for one in kinds if one & hire), sum(1 for one in kinds if one & prescribe)


def hiring(content: Content, places: Places, store: Store) -> dict[str, int]:
    """Return how many rows hire in each département, by its code."""
    return {code: counts(rows_of(content, store, code))[0] for code in places.departments}


def write(
    content: Content, places: Places, store: Store | None, site: Path
) -> dict[str, tuple[int, int]]:
    """Write the files of each département and the index of all; return the `counts` of each."""
    for folder in (API, FOLDER):
        (site / folder).mkdir(parents=True, exist_ok=True)
    boxes: dict[str, list[float]] = {}
    found: dict[str, tuple[int, int]] = {}
    sources: Counter[str] = Counter()
    networks: Counter[str] = Counter()
    sectors: set[str] = set()
    day = store.day.isoformat() if store else None
    for code in places.departments:
        rows = rows_of(content, store, code)
        communes = store.department(code)[1] if store else {}
        found[code] = counts(rows)
        sources.update(row["source"] for row in rows)
        networks.update(one for row in rows for one in row["networks"])
        sectors.update(one for row in rows for one in row.get("sectors", ()))
        if box := _box(rows):
            boxes[code] = box
        shard = {"communes": communes, "rows": [_short(row) for row in rows]}
        published = {"licence": open_data.LICENCE, "source_day": day, "data": rows}
        (site / FOLDER / f"{code}.json").write_text(compact(shard), "utf-8")
        (site / API / f"{code}.json").write_text(compact(published), "utf-8")
    index = {
        "day": day,
        "columns": COLUMNS,
        "boxes": boxes,
        "kinds": _kinds(content),
        "networks": {key: french(content.networks[key].title) for key in sorted(networks)},
        "sectors": {
            one.id: french(one.title) for one in content.sectors.sectors if one.id in sectors
        },
        "sources": {code: _source_name(code, content) for code in sorted(sources)},
    }
    (site / FOLDER / "index.json").write_text(compact(index), "utf-8")
    described = json.dumps(open_data.departments_schema(), ensure_ascii=False, indent=1)
    (site / f"{API}.schema.json").write_text(f"{described}\n", "utf-8")
    return found


def _box(rows: list[Row]) -> list[float]:
    """Return the west, south, east and north of the rows that are placed; nothing when none is."""
    placed: list[Place] = [
        (row["longitude"], row["latitude"]) for row in rows if "longitude" in row
    ]
    if not placed:
        return []
    east, north = (max(one[axis] for one in placed) for axis in (0, 1))
    west, south = (min(one[axis] for one in placed) for axis in (0, 1))
    return [west, south, east, north]


def _short(row: Row) -> list[Any]:
    """Return a row for the page, in the order of `COLUMNS`, without the empty ones of its end."""
    street = ", ".join(row[key] for key in ("adresse", "complement_adresse") if key in row)
    values: defaultdict[str, Any] = defaultdict(lambda: None)
    values |= {
        "id": row["id"],
        "nom": french(row["nom"]),
        "types": [code for code in row.get("reseaux_porteurs", ()) if _shown(code)],
        "adresse": french(street) or None,
        "commune": " ".join(row[key] for key in ("code_postal", "commune") if key in row) or None,
        "code": row.get("code_insee"),
        "longitude": row.get("longitude"),
        "latitude": row.get("latitude"),
        "telephone": row.get("telephone"),
        "courriel": row.get("courriel"),
        "site": row.get("site_web"),
        "jour": row["date_maj"],
        "source": row["source"],
        "lien": row.get("lien_source"),
        "reseaux": row["networks"] or None,
        "fiche": row.get("entry"),
        "secteurs": row.get("sectors"),
        "metiers": french(", ".join(row.get("trades", ()))) or None,
        "corrige": row.get("corrected"),
    }
    found = [values[name] for name in COLUMNS]
    while found[-1] is None:
        found.pop()
    return found


def _shown(code: str) -> bool:
    return _CARRIERS[code] in EMPLOYERS or _CARRIERS[code] in PRESCRIBERS


def _kinds(content: Content) -> dict[str, dict[str, str]]:
    """Return each kind by its code: its name, the page that explains it, and what it does for a reader."""
    structures = content.structures.by_id()
    prescribers = {one.id: one for one in content.prescribers.kinds}
    hire = {
        one.value: {
            "name": french(structures[key].title),
            "page": f"structures/{key}/",
            "does": "embauche",
        }
        for one, key in EMPLOYERS.items()
    }
    return hire | {
        one.value: {
            "name": french(prescribers[key].title),
            "page": f"prescripteurs/#{key}",
            "does": "prescrit",
        }
        for one, key in PRESCRIBERS.items()
    }


def _source_name(code: str, content: Content) -> str:
    if code == open_data.SOURCE:
        return french(content.site.name)
    return french(_SOURCES.get(code, code.replace("-", " ")))
