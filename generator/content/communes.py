"""The communes of France, from the package that publishes the official geographic code as JSON.

Territories that are no département (Saint-Martin, Nouvelle-Calédonie…) are left out: the State's
platform and the networks know the hundred and one départements.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from generator.content.markdown import plain_letters

#: Where it is installed, in `node_modules`.
PACKAGE = "@etalab/decoupage-administratif"
#: Names begin with them so often that they tell nothing: a name is filed under its next word.
SMALL_WORDS = frozenset(
    [
        "d",
        "de",
        "des",
        "du",
        "l",
        "la",
        "le",
        "les",
        "saint",
        "sainte",
        "saintes",
        "saints",
        "st",
        "ste",
    ]
)


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune: its code (INSEE), the number of its département, its postcodes."""

    code: str
    name: str
    department: str
    postcodes: tuple[str, ...]
    population: int

    @property
    def slug(self) -> str:
        """Its name in the addresses of the State's platform."""
        return slug(self.name, self.department)


@dataclass(frozen=True, slots=True)
class Department:
    """One département: its number (`48`, `2A`, `971`), and the code of its chief town."""

    code: str
    name: str
    chief_town: str


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that lives on inside a commune: `Arbignieu`, in Arboys en Bugey."""

    name: str
    commune: Commune


@dataclass(frozen=True, eq=False)  # read once: what is made of them is kept by their identity
class Places:
    """The départements and communes by their codes, and the former names."""

    departments: dict[str, Department]
    communes: dict[str, Commune]
    former: tuple[FormerName, ...]
    #: The communes of today by the codes that live on inside them.
    former_codes: dict[str, Commune]

    @cached_property
    def by_department(self) -> dict[str, list[Commune]]:
        """The communes of each département, the most peopled first."""
        found: dict[str, list[Commune]] = {code: [] for code in self.departments}
        for one in sorted(self.communes.values(), key=lambda one: (-one.population, one.name)):
            found[one.department].append(one)
        return found


@cache
def read(node_modules: Path) -> Places:
    """Read the package that `npm ci` installs."""
    folder = node_modules / PACKAGE / "data"

    def entries(name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((folder / f"{name}.json").read_text("utf-8"))
        return [one for one in found if one["zone"] != "com"]

    departments = {
        one["code"]: Department(one["code"], one["nom"], one["chefLieu"])
        for one in entries("departements")
    }
    listed = entries("communes")
    communes = {
        one["code"]: Commune(
            one["code"],
            one["nom"],
            one["departement"],
            tuple(one.get("codesPostaux", ())),
            one.get("population", 0),
        )
        for one in listed
        if one["type"] == "commune-actuelle"
    }
    former = tuple(
        FormerName(one["nom"], communes[one["chefLieu"]])
        for one in listed
        if one["type"] in {"commune-deleguee", "commune-associee"}
        and one["nom"] != communes[one["chefLieu"]].name
    )
    former_codes = {
        one["code"]: communes[one["chefLieu"]]
        for one in listed
        if one["type"] in {"commune-deleguee", "commune-associee"} and one["code"] not in communes
    }
    return Places(departments, communes, former, former_codes)


def slug(name: str, department: str) -> str:
    """Return the name of a commune in the addresses of the State's platform: `lhay-les-roses-94`.

    That is what Django's `slugify` makes of the name and the number: « œ » goes away.
    """
    plain = re.sub(r"[^\w\s-]", "", plain_letters(f"{name}-{department}"))
    return re.sub(r"[-\s]+", "-", plain).strip("-_")


def initial(name: str) -> str:
    """Return the letter under which a name is filed: `h` for L'Haÿ-les-Roses, `d` for Saint-Denis."""
    plain = unicodedata.normalize("NFD", name.lower().replace("œ", "oe").replace("æ", "ae"))
    words: list[str] = re.findall(r"[a-z0-9]+", re.sub(r"[\u0300-\u036f]", "", plain))
    return next((word for word in words if word not in SMALL_WORDS), words[-1])[0]
