"""From the rows of a published file to those of the directory: checked, kept, placed, without doubles.

data·inclusion's own library judges each row. What it refuses is counted by its reason, in French, and
the rest goes on.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import cos, hypot, radians
from statistics import median

from data_inclusion.schema import v1
from pydantic import ValidationError

from generator.content.carriers import EMPLOYERS, PRESCRIBERS
from generator.content.communes import Places
from generator.content.markdown import plain_letters
from generator.directory.personal import without_persons
from generator.directory.source_files import Raw
from generator.directory.store import Place, Row

KEPT = frozenset(one.value for one in (*EMPLOYERS, *PRESCRIBERS))
#: Left out of each row: free text names people, their mail and their mobile.
_LEFT_OUT = frozenset({"description"})
_OLDER = frozenset({"typologie", "labels_nationaux", "presentation_resume", "thematiques"})
_NO_ADDRESS = "ni la commune ni le code postal ne disent un département"
_SIGNS = re.compile(r"[<>\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
#: Where France is: west, south, east, north.
_BOXES = {
    "971": (-62.0, 15.7, -60.9, 16.7),
    "972": (-61.4, 14.2, -60.6, 15.1),
    "973": (-54.8, 1.9, -51.4, 6.1),
    "974": (55.1, -21.5, 55.9, -20.7),
    "976": (44.9, -13.1, 45.4, -12.5),
}
_METROPOLE = (-5.3, 41.2, 9.7, 51.2)
#: No place of a département is as far from the middle of its places, in kilometres.
_FAR, _FAR_IN_GUYANE = 150, 400
_KILOMETRES = 111.2  # a degree of latitude
#: The municipal arrondissements, by the start of their codes, and the commune.
_ARRONDISSEMENTS = {"751": "75056", "132": "13055", "6938": "69123"}

_REASONS = {
    "missing": "« {} » manque",
    "enum": "« {} » a un code que le schéma ne connaît pas",
    "string_pattern_mismatch": "« {} » n'a pas la forme du schéma",
    "string_too_short": "« {} » est trop court",
    "string_too_long": "« {} » est trop long",
    "float_parsing": "« {} » n'est pas un nombre",
    "date_from_datetime_parsing": "« {} » n'est pas un jour",
    "url_parsing": "« {} » n'est pas une adresse du web",
    "url_scheme": "« {} » n'est pas une adresse du web",
    "avertissement": "« {} » n'a pas la forme du schéma",
}
_BY_KEY = {
    "siret": "« siret » n'a pas quatorze chiffres",
    "code_postal": "« code_postal » n'a pas cinq chiffres",
    "courriel": "« courriel » n'est pas une adresse électronique",
    "date_maj": "« date_maj » n'est pas un jour passé de ce siècle",
}


@dataclass
class Result:
    """What a file gave: rows and communes by the codes of the départements, and what to tell."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    communes: dict[str, dict[str, Place]] = field(default_factory=dict)
    read: int = 0
    others: int = 0
    #: Rows that are left out, and keys that are left out of a row, by the reason.
    refused: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    #: Each double: the row that is left out, the one that is kept.
    doubles: list[tuple[str, str]] = field(default_factory=list)
    newest: str = ""

    @property
    def kept(self) -> int:
        """How many rows the directory has."""
        return sum(map(len, self.rows.values()))


def sort_out(raws: Iterable[Raw], places: Places) -> Result:
    """Read all rows, and return those of the directory, by département and then by id."""
    result = Result()
    kept: dict[str, Row] = {}
    seen: dict[str, list[Place]] = defaultdict(list)
    for raw in raws:
        result.read += 1
        row = _checked(raw, result.refused)
        if row is None:
            continue
        commune = _commune(row, places)
        if place := _place(row, commune, result.left_out):
            seen[commune].append(place)
        if KEPT.isdisjoint(row.get("reseaux_porteurs", ())):
            result.others += 1
            continue
        clean = without_persons(row)
        if clean is None:
            result.refused["le nom est celui d'une personne"] += 1
            continue
        row, out = clean
        result.left_out.update(f"« {name} », qui peut être d'une personne" for name in out)
        if department_of(row, places) is None:
            result.refused[_NO_ADDRESS] += 1
            continue
        kept[row["id"]] = row  # the same id twice: the last one, as the source does
    rows = _without_doubles(kept.values(), result.doubles)
    result.newest = max((row["date_maj"] for row in rows), default="")
    _by_department(rows, seen, places, result)
    return result


def _checked(raw: Raw, refused: Counter[str]) -> Row | None:
    """Return a row with JSON values, without what it lacks; None when it is refused."""
    if "reseaux_porteurs" not in raw and not _OLDER.isdisjoint(raw):
        refused["la ligne est d'un schéma plus ancien que la version 1"] += 1
        return None
    given = {
        name: value for name in v1.Structure.model_fields if (value := raw.get(name)) is not None
    }
    try:
        row: Row = v1.Structure.model_validate(given).model_dump(mode="json", exclude_none=True)
    except ValidationError as error:
        refused[_reason(error)] += 1
        return None
    clean: Row = {}
    for name, value in row.items():
        if isinstance(value, list):
            clean[name] = sorted(value)
        elif not isinstance(value, str):
            clean[name] = value
        elif name not in _LEFT_OUT and (text := " ".join(value.split())):
            if _SIGNS.search(text):
                refused["un texte contient des signes de code"] += 1
                return None
            clean[name] = text
    return clean


def _reason(error: ValidationError) -> str:
    """Say why the library refuses a row: its first error, in French."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    key = str(first["loc"][0])
    if first["type"] == "missing":
        return _REASONS["missing"].format(key)
    if key in _BY_KEY:
        return _BY_KEY[key]
    return _REASONS.get(first["type"], "« {} » ne se lit pas").format(key)


def _commune(row: Row, places: Places) -> str:
    """Return the code of the commune of a row, arrondissements joined; empty when it is not known."""
    code = str(row.get("code_insee", ""))
    for start, whole in _ARRONDISSEMENTS.items():
        if code.startswith(start) and code not in places.communes:
            return whole
    return code if code in places.communes else ""


def department_of(row: Row, places: Places) -> str | None:
    """Return the number of the département of a row, by its commune, or else its postcode."""
    if code := _commune(row, places):
        return places.communes[code].department
    given = str(row.get("code_insee") or row.get("code_postal") or "")
    if not row.get("code_insee") and given.startswith("20"):
        return "2A" if given < "20200" else "2B"
    start = given[:3] if given.startswith("97") else given[:2]
    return start if start in places.departments else None


def _place(row: Row, commune: str, left_out: Counter[str]) -> Place | None:
    """Return where a row is, and take out of it the coordinates that are not in France."""
    longitude, latitude = row.get("longitude"), row.get("latitude")
    if longitude is None and latitude is None:
        return None
    row.pop("longitude", None)
    row.pop("latitude", None)
    if longitude is None or latitude is None:
        left_out["une coordonnée sans l'autre"] += 1
        return None
    overseas = str(row.get("code_insee") or row.get("code_postal") or "")[:3]
    box = _BOXES.get(overseas, _METROPOLE)
    if not _inside(longitude, latitude, box):
        swapped = _inside(latitude, longitude, box)
        left_out[
            "des coordonnées inversées" if swapped else "des coordonnées hors du territoire"
        ] += 1
        return None
    # Ten metres are enough to find a door, and a shard is a fifth smaller.
    row |= {"longitude": round(longitude, 4), "latitude": round(latitude, 4)}
    return (longitude, latitude) if commune else None


def _inside(longitude: float, latitude: float, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return west <= longitude <= east and south <= latitude <= north


def kilometres(one: Place, other: Place) -> float:
    """Return the distance between two near places, as the crow flies."""
    narrow = cos(radians((one[1] + other[1]) / 2))
    return _KILOMETRES * hypot((one[0] - other[0]) * narrow, one[1] - other[1])


def name_of(row: Row) -> str:
    """Return what makes two rows the same organisation in the same commune; empty when it is not told."""
    where = str(row.get("code_insee") or row.get("code_postal") or row.get("commune") or "")
    words = re.findall(r"[a-z0-9]+", plain_letters(f"{row['nom']}"))
    return f"{' '.join(words)} {plain_letters(where)}" if where and words else ""


def _without_doubles(rows: Iterable[Row], doubles: list[tuple[str, str]]) -> list[Row]:
    """Return the rows, those of one organisation as one: the newest, with the kinds of all.

    A SIRET counts within a commune: the schema lets a site bear the SIRET of its head office.
    """
    newest = sorted(rows, key=lambda row: (row["date_maj"], len(row), row["id"]), reverse=True)
    known: dict[str, Row] = {}
    kept = []
    for row in newest:
        where = row.get("code_insee") or row.get("code_postal")
        keys = [f"{row['siret']} {where}"] if "siret" in row else []
        keys += [name] if (name := name_of(row)) else []
        first = next((known[key] for key in keys if key in known), None)
        if first is None:
            kept.append(row)
        else:
            doubles.append((row["id"], first["id"]))
            both = {*first["reseaux_porteurs"], *row["reseaux_porteurs"]}
            first["reseaux_porteurs"] = sorted(both)
        for key in keys:
            known.setdefault(key, first or row)
    return sorted(kept, key=lambda row: str(row["id"]))


def _by_department(
    rows: list[Row], seen: Mapping[str, list[Place]], places: Places, result: Result
) -> None:
    """File rows and communes by département, without the coordinates that are far from all others."""
    centres: dict[str, dict[str, Place]] = defaultdict(dict)
    for code, found in seen.items():
        centre = (median(one[0] for one in found), median(one[1] for one in found))
        centres[places.communes[code].department][code] = centre
    middles = {
        code: (median(one[0] for one in its.values()), median(one[1] for one in its.values()))
        for code, its in centres.items()
    }

    def far(place: Place, department: str) -> bool:
        limit = _FAR_IN_GUYANE if department == "973" else _FAR
        return department in middles and kilometres(place, middles[department]) > limit

    for department in places.departments:
        result.rows[department] = []
        result.communes[department] = {
            code: (round(place[0], 3), round(place[1], 3))
            for code, place in sorted(centres[department].items())
            if not far(place, department)
        }
    for row in rows:
        department = department_of(row, places) or ""
        if "longitude" in row and far((row["longitude"], row["latitude"]), department):
            del row["longitude"], row["latitude"]
            result.left_out["des coordonnées loin du département"] += 1
        result.rows[department].append(row)
