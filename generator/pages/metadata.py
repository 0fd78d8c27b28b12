"""The facts in the head of each page, and the map of all pages: both from the finished tree.

Facts go into the front matter, from where `theme/main.html` writes them: every renderer that reads
the tree gives the same heads, and no HTML is parsed again after the build.
"""

from __future__ import annotations

import json
import posixpath
import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from calculators.dates import french_date
from calculators.typography import french
from generator.content.load import Content
from generator.pages import edit_links
from generator.yaml_files.reader import LOADER

HOME = "index.md"
#: Pages that have no table of contents of their own belong under the one that lists them.
LISTED_BY = {
    "contribuer": "contribuer.md",
    "demarches": "simulateurs/index.md",
    "suivi": "simulateurs/index.md",
}

#: Pages that no menu names, or that are alone in theirs: it would be an empty column beside them.
_WITHOUT_MENU = re.compile(
    r"(glossaire|reseaux|structures)/|prescripteurs\.md|(regles|textes)/(?!index)|simulateurs/(?!index|liste)"
)

_IMPORT = re.compile(r'^import (?:[^"]+ from )?"(\.[^"]+)";', re.MULTILINE)
#: Words that a day takes away or brings: see `names.until` and `names.starting`.
_TWO_SIDES = re.compile(r"<span data-(?:until|from)=")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Build:
    """What pages say of the build that makes them, and that is not in their content."""

    #: The day on which each file last changed, by its path from the root of the project.
    changed: Mapping[str, date] = field(default_factory=dict)
    #: What every page of a proposal that nobody has read yet says first; empty for the site.
    preview: str = ""


def sort_key(title: str) -> str:
    """Sort as a French reader expects: accents and capitals do not count."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def front_matter(text: str) -> Mapping[str, Any]:
    """Return the front matter of a page."""
    found = _FRONT_MATTER.match(text)
    return _facts(found[1]) if found else {}


@lru_cache(maxsize=4096)  # each page is asked several times, and has often not changed since
def _facts(written: str) -> Mapping[str, Any]:
    facts: dict[str, Any] = yaml.load(written, Loader=LOADER)  # noqa: S506 - it is a safe one
    return facts


def body(text: str) -> str:
    """Return a page without its front matter."""
    return _FRONT_MATTER.sub("", text, count=1)


def address(path: str) -> str:
    """Return the address of a page, from the site's home: `glossaire/aci.md` → `glossaire/aci/`."""
    place = path.removesuffix(".md").removesuffix("index")
    return f"{place}/" if place and not place.endswith("/") else place


def section(path: str) -> str:
    """Return the page that lists this one: `glossaire/index.md`; empty if it is in no folder."""
    folder = path.rpartition("/")[0]
    return LISTED_BY.get(folder, f"{folder}/index.md") if folder else ""


def titles(tree: Mapping[str, str]) -> dict[str, str]:
    """Return the title of each page, by path."""
    found = {path: str(front_matter(text).get("title", path)) for path, text in tree.items()}
    return found | {HOME: "Accueil"}


def site_map(tree: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the parts of the site, each with its title, its own page and its pages by title.

    The pages that no other lists come first.
    """
    parts: dict[str, dict[str, Any]] = {"": {"title": "Le site", "path": None, "pages": []}}
    titled = titles(tree)
    listing = {section(path) for path in tree}
    for path in sorted(tree, key=lambda path: sort_key(titled[path])):
        listed_by = section(path)
        if listed_by not in tree:
            listed_by = ""
        part = parts.setdefault(
            listed_by, {"title": titled.get(listed_by), "path": listed_by, "pages": []}
        )
        if path not in listing:  # it is the title of a part
            part["pages"].append((path, titled[path]))
    first, *others = parts.values()
    return [first, *sorted(others, key=lambda part: sort_key(part["title"]))]


def complete(
    tree: Mapping[str, str],
    content: Content,
    written: Container[str],
    home: str,
    build: Build | None = None,
    only: Iterable[str] | None = None,
) -> dict[str, str]:
    """Add to each page the way from the home page to it, where it is changed, the term it defines.

    Return those of `tree`, or `only` some. `written` are the pages written by hand, `home` is the
    address of the home page. `app` tells the head whether the site installs as an app.
    """
    build = build or Build()
    titled = titles(tree)
    pages = {}
    for path in tree if only is None else only:
        text = _with_reader_day(tree[path])
        facts: dict[str, Any] = {"app": content.site.hors_connexion}
        if _WITHOUT_MENU.match(path) and "hide" not in front_matter(text):
            facts["hide"] = ["navigation"]
        listed_by = section(path)
        if listed_by in titled:
            way = dict.fromkeys([HOME, listed_by, path])
            facts["trail"] = [{"title": titled[one], "path": address(one)} for one in way]
        folder, _, name = path.removesuffix(".md").partition("/")
        if folder == "glossaire" and (term := content.terms.get(name)):
            others = [term.acronym, *term.aliases] if term.acronym else term.aliases
            facts["term"] = {"name": french(term.title), "others": others}
        if easy := [
            {"title": french(one.title), "path": f"facile/{key}/"}
            for key, one in content.easy_read.items()
            if one.page == path
        ]:
            facts["easy_read"] = easy
        facts |= _edit_facts(path, titled[path], content, path in written, home)
        named = f"{titled[path]} ({home}{address(path)})"
        if opinions := edit_links.opinion_addresses(content.site, path, named):
            facts["opinions"] = opinions
        facts |= _last_change(edit_links.origin(path, path in written), content, build.changed)
        if build.preview:
            facts["preview"] = french(build.preview)
        # JSON is YAML.
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items()]
        pages[path] = text.replace("---\n", "\n".join(["---", *lines, ""]), 1)
    return pages


def _last_change(origin: str, content: Content, changed: Mapping[str, date]) -> dict[str, str]:
    """Return the day on which the file of a page last changed, and where its history is.

    Keys: `changed`, in French, and `history`. Without git there is no day, and no key.
    """
    days = [day for file, day in changed.items() if file == origin or file.startswith(f"{origin}/")]
    if not days:
        return {}
    history = edit_links.history_address(content.site, origin)
    day = {"changed": french(french_date(max(days)))}
    return day | ({"history": history} if history else {})


def _with_reader_day(text: str) -> str:
    """Add to a page that tells two sides of a change the script that chooses by the reader's day."""
    if not _TWO_SIDES.search(text):
        return text
    scripts = front_matter(text).get("scripts", [])
    if scripts:
        text = re.sub(r"(?m)^scripts: .*\n", "", text, count=1)
    scripts = [*scripts, "site/reader_day.js"]
    return text.replace("---\n", f"---\nscripts: {json.dumps(scripts)}\n", 1)


def _edit_facts(
    path: str, title: str, content: Content, written: bool, home: str
) -> dict[str, str]:
    """Return where a page is changed, and where an error in it is reported.

    Keys: `edit`, `report`, `workshop`, each an address. Keys without an address are left out.
    """
    file = edit_links.source_file(path, written)
    addresses = {
        "edit": edit_links.edit_address(content.site, file) if file else None,
        "report": edit_links.error_form_address(
            content.site, page=f"{title} ({home}{address(path)})"
        ),
        "workshop": f"contribuer/atelier/?fichier={file}" if edit_links.in_workshop(file) else None,
    }
    return {key: value for key, value in addresses.items() if value}


def with_modules(tree: Mapping[str, str], scripts: Mapping[str, str]) -> dict[str, str]:
    """Add to each page that asks for scripts the names of the modules that these import.

    `scripts` are the texts of the site's own scripts, by path in `docs/assets/scripts`.
    """
    return {path: _with_modules(text, scripts) for path, text in tree.items()}


def _with_modules(text: str, scripts: Mapping[str, str]) -> str:
    asked = front_matter(text).get("scripts", []) if "\nscripts: " in text else []
    found = dict.fromkeys(asked)
    waiting = list(found)
    while waiting:
        importer = waiting.pop(0)
        for imported in _IMPORT.findall(scripts[importer]):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(importer), imported))
            if name not in found:
                found[name] = None
                waiting.append(name)
    modules = [name for name in found if name not in asked]
    if not modules:
        return text
    return text.replace("---\n", f"---\nmodules: {json.dumps(modules)}\n", 1)
