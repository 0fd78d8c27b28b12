"""What networks know of structures and of local prescribers: where each entry is shown, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import quote_plus, urlencode

import yaml

from generator.content import models
from generator.content.carriers import CARRIER_NAMES, Carrier
from generator.content.communes import slug
from generator.content.load import Content
from generator.pages.metadata import sort_key
from generator.pages.names import STRUCTURE_NAMES

DEPARTMENTS = Path(__file__).with_name("departments.yaml")
#: The public searches of the State's platform, filled by their address.
_SEARCH = "https://emplois.inclusion.beta.gouv.fr/search/"
_DAYS = {
    "Mo": "lundi",
    "Tu": "mardi",
    "We": "mercredi",
    "Th": "jeudi",
    "Fr": "vendredi",
    "Sa": "samedi",
    "Su": "dimanche",
}

type Entries = list[tuple[str, models.DirectoryEntry]]


@dataclass(frozen=True)
class Published:
    """The directory that the State publishes, where the build has read one.

    Its day, and how many of its structures hire in each département, by the code of all of them.
    """

    day: date
    hiring: Mapping[str, int]


@cache
def department_names() -> dict[str, str]:
    """Return the name of each department by its code."""
    regions = yaml.safe_load(DEPARTMENTS.read_text("utf-8"))
    return {code: name for region in regions.values() for code, name in region.items()}


def entries(content: Content) -> Entries:
    """Return all entries with their ids, by name."""
    return sorted(content.directory.items(), key=lambda entry: sort_key(entry[1].nom))


def by_department(content: Content) -> dict[str, Entries]:
    """Return the entries by the name of their department."""
    found: dict[str, Entries] = {}
    for key, entry in entries(content):
        found.setdefault(department_names()[entry.department], []).append((key, entry))
    return dict(sorted(found.items(), key=lambda part: sort_key(part[0])))


def members(content: Content, network: str) -> Entries:
    """Return the entries that say that they are members of a network."""
    return [(key, one) for key, one in entries(content) if network in one.networks]


def authorized(content: Content, departments: list[str] | None = None) -> Entries:
    """Return the prescribers that the préfet has authorised, in some departments or in all."""
    return [
        (key, one)
        for key, one in entries(content)
        if one.authorization and (departments is None or one.department in departments)
    ]


def in_sectors(content: Content) -> Mapping[str, Entries]:
    """Return the entries by the id of the sectors where they work."""
    found: dict[str, Entries] = {}
    for key, entry in entries(content):
        for sector in entry.sectors:
            found.setdefault(sector, []).append((key, entry))
    return found


def kind_name(kind: Carrier, content: Content) -> str:
    """Name what an organisation is, as the glossary does for the structures that it explains."""
    if kind.value in STRUCTURE_NAMES:
        title = content.terms[kind.value].title
        return title[:1].lower() + title[1:]
    return CARRIER_NAMES[kind]


def opening_hours(text: str) -> str:
    """Say in French the hours that a form holds: `Mo-Fr 09:00-12:00` → « du lundi au vendredi, 9 h à 12 h »."""
    parts = [part.strip() for part in text.split(";")]
    said = [_hours_of(part) for part in parts if part != "PH off"]
    return " ; ".join(said) + (" ; fermé les jours fériés" if "PH off" in parts else "")


def _hours_of(part: str) -> str:
    days, _, hours = part.partition(" ")
    said = [
        "du {} au {}".format(*(_DAYS[day] for day in one.split("-"))) if "-" in one else _DAYS[one]
        for one in days.split(",")
    ]
    times = [" à ".join(_time(time) for time in one.split("-")) for one in hours.split(",")]
    return f"{', '.join(said)}, {' et '.join(times)}"


def _time(time: str) -> str:
    hour, minutes = time.split(":")
    return f"{int(hour)} h" + (f" {minutes}" if minutes != "00" else "")


def address(entry: models.DirectoryEntry) -> str:
    """Write where an organisation is, on one line; empty when nothing is known."""
    town = " ".join(part for part in (entry.code_postal, entry.commune) if part)
    return ", ".join(part for part in (entry.adresse, entry.complement_adresse, town) if part)


def map_address(where: str) -> str:
    """Return the page of OpenStreetMap that looks for an address: the reader may follow it."""
    return f"https://www.openstreetmap.org/search?query={quote_plus(where)}"


def platform_search(
    kind: str, commune: str, department: str, distance: int, structure: str = ""
) -> str:
    """Return the address of a public search of the platform around a commune.

    `kind` is its name there: `employers`, `job-descriptions`, `prescribers`; `distance` is in
    kilometres, one of those that the platform proposes: 2, 5, 10, 15, 25, 50, 100; `structure` is one
    kind of structures, in its capitals.
    """
    asked = {"city": slug(commune, department), "distance": str(distance)}
    query = urlencode(asked | ({"kinds": structure} if structure else {}))
    return f"{_SEARCH}{kind}/results?{query}"
