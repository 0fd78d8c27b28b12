"""What a page says of itself to machines, and the map of all pages: both from the finished tree.

Facts go into the front matter, from where `theme/main.html` writes them: every renderer that reads
the tree gives the same heads, and no HTML is parsed again after the build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from calculators.typography import french
from generator.sources import Content

HOME = "index.md"
#: Pages that have no table of contents of their own belong under the one that lists them.
LISTED_BY = {"demarches": "simulateurs"}

_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---\n", re.MULTILINE | re.DOTALL)


def front_matter(text: str) -> dict[str, Any]:
    """Return the front matter of a page."""
    found = _FRONT_MATTER.match(text)
    return yaml.safe_load(found[1]) if found else {}


def address(path: str) -> str:
    """Return the address of a page, from the site's home: `glossaire/aci.md` → `glossaire/aci/`."""
    place = path.removesuffix(".md").removesuffix("index")
    return f"{place}/" if place and not place.endswith("/") else place


def section(path: str) -> str | None:
    """Return the page that lists this one, if it is in a folder: `glossaire/index.md`."""
    folder = path.rpartition("/")[0]
    return f"{LISTED_BY.get(folder, folder)}/index.md" if folder else None


def complete(tree: Mapping[str, str], content: Content) -> dict[str, str]:
    """Add to each page the way from the home page to it, and to a term what it defines."""
    titles = {path: str(front_matter(text)["title"]) for path, text in tree.items()}
    titles[HOME] = "Accueil"
    pages = {}
    for path, text in tree.items():
        facts: dict[str, Any] = {}
        if listed_by := section(path):
            way = dict.fromkeys([HOME, listed_by, path])
            facts["trail"] = [{"title": titles[one], "path": address(one)} for one in way]
        folder, _, name = path.removesuffix(".md").partition("/")
        if folder == "glossaire" and (term := content.terms.get(name)):
            others = [term.acronym, *term.aliases] if term.acronym else term.aliases
            facts["term"] = {"name": french(term.title), "others": others}
        # JSON is YAML.
        lines = "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items()
        )
        pages[path] = _FRONT_MATTER.sub(
            lambda found, lines=lines: f"---\n{found[1]}{lines}---\n", text, count=1
        )
    return pages
