"""What the site names, for a search that found nothing or that names an article: `pagefind/names.json`."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

from calculators import CALCULATORS
from calculators.typography import french
from generator.content.communes import Places
from generator.content.load import Content

_LETTERS = re.compile(r"[^\W\d_]+")
#: Shorter words are too near one another for a slip of the hand to be told.
_SHORTEST = 4


def names(content: Content, places: Places) -> dict[str, object]:
    """Return `entries` (a name and its address), `words` (plain, sorted), and names by their numbers.

    `articles` and `departments` have the title of a text, the name of a département.
    """
    entries = [
        *((CALCULATORS[key].TITLE, f"simulateurs/{key}/") for key in CALCULATORS),
        *((one.title, f"demarches/{key}/") for key, one in content.journeys.journeys.items()),
        *((one.title, f"glossaire/{key}/") for key, one in content.terms.items()),
        *((one.title, f"reseaux/{key}/") for key, one in content.networks.items()),
    ]
    said = [name for name, _ in entries]
    said += [one for term in content.terms.values() for one in term.aliases]
    said += [one for network in content.networks.values() for one in network.aliases]
    words = {word for name in said for word in _LETTERS.findall(_plain(name))}
    return {
        "entries": [[french(name), address] for name, address in entries],
        "words": sorted(word for word in words if len(word) >= _SHORTEST),
        "departments": {code: french(one.name) for code, one in places.departments.items()},
        "articles": {number: french(text.title) for number, text in content.articles.items()},
    }


def write(content: Content, places: Places, path: Path) -> None:
    """Write the file where the search reads it."""
    path.write_text(json.dumps(names(content, places), ensure_ascii=False), "utf-8")


def _plain(text: str) -> str:
    text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(
        one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one)
    )
