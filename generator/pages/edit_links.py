"""From a page of the site to the file that it is made of, and to the forge where the file changes.

The addresses are those of GitHub. Without the forge's address (`data/site.yaml`), there are none.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from generator.content import collections
from generator.content.collections import COLLECTIONS
from generator.content.models import Site

#: What the two links under a page say, and what each writes in the letter or in the form.
OPINIONS = {"Oui": "Oui", "Non, il y manque quelque chose": "Non"}
#: Pages about the site and not for its readers: nobody came there for help.
_ABOUT = {
    "404.md",
    "accessibilite.md",
    "index.md",
    "licences.md",
    "mentions-legales.md",
    "plan-du-site.md",
}
#: Pages that the code makes out of all the files of a folder: there is no one file to change.
_OF_ALL = ("index", "liste")
#: What makes the pages that no file of their own makes, where their folder does not say it.
_MADE_OF = {
    "journal/index.md": "data/rules",
    "licences.md": "generator/publish",
    "simulateurs/index.md": "data/journeys.yaml",
    "simulateurs/liste.md": "generator/pages/templates/spreadsheet.md.j2",
    "suivi/equipe.md": "generator/pages/templates/team.md.j2",
    "suivi/index.md": "generator/pages/templates/follow.md.j2",
    "textes/index.md": "data/articles",
}


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


def origin(path: str, written: bool) -> str:
    """Return the file, or the folder, that the page `path` is made of: `data/glossary` for its list."""
    if file := source_file(path, written):
        return file
    folder = path.rpartition("/")[0]
    if folder == "textes" and path not in _MADE_OF:
        return f"data/articles/{path.removeprefix('textes/').removesuffix('.md')}.yaml"
    for collection in COLLECTIONS:
        if any(page.startswith(f"{folder}/{{}}") for page in collection.pages):
            found = f"data/{collection.name}" if collection.files else collection.path()
            return _MADE_OF.get(path, found)
    return _MADE_OF.get(path, "data")


def in_workshop(file: str | None) -> bool:
    """Tell whether the workshop can open this file."""
    collection = collections.of(file) if file else None
    return collection is not None and collection.editor is not None


def history_address(site: Site, path: str) -> str | None:
    """Return where the forge shows the changes of a file, or of the files of a folder."""
    if site.repository is None:
        return None
    return f"{site.repository}/commits/{quote(site.branch)}/{quote(path)}"


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


def opinion_addresses(site: Site, path: str, page: str) -> dict[str, str]:
    """Return where each of the `OPINIONS` on a page is told: a letter to write, or the forge's form.

    `page` names it. Empty where no opinion is asked, and without an address to write to. The fields
    are those of `.github/ISSUE_TEMPLATE/avis.yml`: `page`, `aide`.
    """
    if path in _ABOUT or path.startswith("contribuer"):
        return {}
    if site.contact and not site.contact.startswith("https://"):
        return {
            words: f"mailto:{site.contact}?"
            + urlencode(
                {
                    "subject": f"Avis sur une page de {site.name}",
                    "body": f"Page : {page}\nCette page vous a-t-elle aidé ? {opinion}\n\n"
                    "Ce que vous cherchiez, ou ce qui n’est pas clair :\n",
                },
                quote_via=quote,
            )
            for words, opinion in OPINIONS.items()
        }
    if site.repository:
        return {
            words: f"{site.repository}/issues/new?"
            + urlencode({"template": "avis.yml", "page": page, "aide": opinion})
            for words, opinion in OPINIONS.items()
        }
    return {"Nous écrire": site.contact} if site.contact else {}
