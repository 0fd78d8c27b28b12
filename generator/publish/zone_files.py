"""The FRR communes as the form reads them: `annuaire/zones/48.json`, `{code: [class, first day, order, its day]}`.

`docs/assets/scripts/near/zone.js` reads them. Each département has its file as soon as there is a list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from generator.content.communes import Places
from generator.directory.store import compact
from generator.directory.zones import Zone

FOLDER = "annuaire/zones"


def write(zones: Mapping[str, Zone], places: Places, site: Path) -> None:
    """Write the files into the site. A commune that the geographic code has lost since is left out."""
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for code, one in zones.items():
        if commune := places.communes.get(code):
            found[commune.department][code] = [one.name, one.since, one.order, one.signed]
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for department in places.departments:
        (folder / f"{department}.json").write_text(compact(found[department]), "utf-8")
