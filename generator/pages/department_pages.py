"""The pages of the départements: who hires there, who prescribes, and whom to ask.

Each search of the State's platform is a link that a reader follows: the site asks nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from generator.content.communes import Commune, Places
from generator.pages import directory
from generator.pages.filters import departments
from generator.pages.tree import PageBuilder, typeset

#: The communes of a département around which a search is ready, besides its chief town.
LARGEST = 5


def pages(
    builder: PageBuilder, places: Places, counts: Mapping[str, tuple[int, int]]
) -> dict[str, Mapping[str, str]]:
    """Return what each copy of the page of a département holds, by its code: name, code, body.

    `counts` are how many rows of the directory hire there, and how many may prescribe.
    """
    return {
        code: {
            "name": typeset(name),
            "code": code,
            "body": body(builder, places, code, counts[code]),
        }
        for code, name in departments().items()
    }


def body(builder: PageBuilder, places: Places, code: str, counts: tuple[int, int]) -> str:
    """Return the body of the page of a département, as HTML."""
    content = builder.content
    chief = places.communes[places.departments[code].chief_town]
    networks = sorted(
        (key, network) for key, network in content.networks.items() if code in network.departments
    )
    return typeset(
        builder.templates.html(
            "department",
            chief=chief,
            others=[one for one in places.by_department[code][: LARGEST + 1] if one != chief][
                :LARGEST
            ],
            kinds=content.structures.by_id(),
            networks=networks,
            entries=directory.by_department(content).get(departments()[code], []),
            search=_search,
            counts=counts,
        )
    )


def _search(kind: str, around: Commune, distance: int, structure: str = "") -> str:
    """Return the address of a search of the platform, as HTML."""
    return escape(
        directory.platform_search(kind, around.name, around.department, distance, structure)
    )
