"""The files in which a page finds a commune: by its name (a file a letter), by its postcode (a file a département).

They stand in `annuaire/communes/`; `docs/assets/scripts/near/communes.js` reads them:
`index.json` (départements, and the postcodes that do not tell their département), `a.json` to
`z.json` (name, code, and for a former name the commune of today), `48.json` (name, code, postcodes).
In each file the most peopled communes come first: they are the likeliest.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.content.communes import Places, initial

FOLDER = "annuaire/communes"


def files(places: Places) -> dict[str, Any]:
    """Return the content of each file, by its name without `.json`."""
    names: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    departments: dict[str, list[list[str]]] = {}
    postcodes: dict[str, set[str]] = defaultdict(set)
    for code, communes in places.by_department.items():
        departments[code] = [[one.name, one.code, " ".join(one.postcodes)] for one in communes]
        for one in communes:
            names[initial(one.name)].append((one.population, [one.name, one.code]))
            for postcode in one.postcodes:
                postcodes[postcode].add(code)
    for former in places.former:
        # After those of today that are as peopled: the name is the less known of the two.
        row = [former.name, former.commune.code, former.commune.name]
        names[initial(former.name)].append((former.commune.population // 10, row))
    odd = {
        postcode: sorted(found, key=lambda code: (code != department_of(postcode), code))
        for postcode, found in sorted(postcodes.items())
        if found != {department_of(postcode)}
    }
    index = {
        "departments": {code: one.name for code, one in places.departments.items()},
        "postcodes": odd,
    }
    by_letter = {
        letter: [row for _, row in sorted(rows, key=lambda one: (-one[0], one[1]))]
        for letter, rows in names.items()
    }
    return {"index": index, **by_letter, **departments}


def department_of(postcode: str) -> str:
    """Return the département that a postcode tells, as the post numbers them."""
    if postcode.startswith("20"):
        return "2A" if postcode < "20200" else "2B"
    return postcode[:3] if postcode.startswith("97") else postcode[:2]


def write(places: Places, site: Path) -> None:
    """Write the files into the site."""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _texts(places).items():
        (folder / f"{name}.json").write_text(text, "utf-8")


@lru_cache(maxsize=1)
def _texts(places: Places) -> dict[str, str]:
    return {
        name: json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        for name, content in files(places).items()
    }
