"""From a page of the site to the file that it is made of, and to the forge where the file changes.

The addresses are those of GitHub. Without the forge's address (`data/site.yaml`), there are none.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from generator.content import collections
from generator.content.collections import COLLECTIONS
from generator.content.models import Site

#: Pages that the code makes out of all the files of a folder: there is no one file to change.
_OF_ALL = ("index", "liste")


def source_file(path: str, written: bool) -> str | None:
    """Return the file that the page `path` is made of; `written` tells a page of `docs/`."""
    if written:
        return f"docs/{path}"
    for collection in COLLECTIONS:
        for page in collection.pages:
            found = re.fullmatch(page.replace("{}", "([^/]+)"), path)
            if found and not (collection.files and found[1] in _OF_ALL):
                return collection.path(*found.groups())
    return None


def in_workshop(file: str | None) -> bool:
    """Tell whether the workshop can open this file."""
    collection = collections.of(file) if file else None
    return collection is not None and collection.editor is not None


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
