"""From a page of the site to the file that it is made of, and to the forge where the file changes.

The addresses are those of GitHub. Without the forge's address (`data/site.yaml`), there are none.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from generator.content.models import Site

#: The page that each file of `data/` alone makes; folders first.
_FOLDERS = {
    "glossaire": "glossary",
    "reseaux": "networks",
    "regles": "rules",
    "simulateurs": "rules",
}
_FILES = {
    "comprendre/chiffres.md": "figures",
    "comprendre/histoire.md": "history",
    "comprendre/secteurs.md": "sectors",
    "mentions-legales.md": "site",
    "prescripteurs.md": "prescribers",
}
#: Pages that the code makes out of everything: there is no one file to change.
_MADE = ("index", "liste")
#: The files that the workshop can open.
_WORKSHOP = ("data/glossary/", "data/networks/", "data/rules/", "data/prescribers.yaml")


def source_file(path: str, written: bool) -> str | None:
    """Return the file that the page `path` is made of; `written` tells a page of `docs/`."""
    if written:
        return f"docs/{path}"
    if path in _FILES:
        return f"data/{_FILES[path]}.yaml"
    folder, _, name = path.removesuffix(".md").rpartition("/")
    if folder == "structures":
        return "data/structures.yaml"
    if folder in _FOLDERS and name not in _MADE:
        return f"data/{_FOLDERS[folder]}/{name}.yaml"
    return None


def in_workshop(file: str | None) -> bool:
    """Tell whether the workshop can open this file."""
    return file is not None and file.startswith(_WORKSHOP)


def edit_address(site: Site, file: str) -> str | None:
    """Return where the forge opens a file in its editor."""
    if site.repository is None:
        return None
    return f"{site.repository}/edit/{quote(site.branch)}/{quote(file)}"


def error_form_address(site: Site, **fields: str) -> str | None:
    """Return where the forge opens the form for an error, with its fields filled.

    `fields` are those of `.github/ISSUE_TEMPLATE/erreur.yml`: `page`, `valeur`, `source`.
    """
    if site.repository is None:
        return None
    return f"{site.repository}/issues/new?{urlencode({'template': 'erreur.yml', **fields})}"
