"""From a page of the site to the file that it is made of, and to the forge where the file changes.

Each forge has its own addresses: that of the repository tells which one it is, or `forge` in
`data/site.yaml`. Without the address of a repository, there are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

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
_OF_ALL = ("index", "liste", "departement")
#: Pages written by hand elsewhere than in `docs/`, beside the code that fills them.
_WRITTEN_ELSEWHERE = {"licences.md": "generator/publish/licences.md"}
#: What makes the pages that no file of their own makes, where their folder does not say it.
_MADE_OF = {
    "annuaire/departement.md": "data/networks",
    "journal/index.md": "data/rules",
    "simulateurs/index.md": "data/journeys.yaml",
    "simulateurs/liste.md": "generator/pages/templates/spreadsheet.md.j2",
    "suivi/equipe.md": "generator/pages/templates/team.md.j2",
    "suivi/index.md": "generator/pages/templates/follow.md.j2",
    "textes/index.md": "data/articles",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forge:
    """The addresses of a forge, from that of a repository on; `{}` are the branch and the path."""

    edit: str
    history: str
    #: Opens a new file; its name, and its text where the forge takes one, are parameters.
    new: str
    name: str
    text: str | None
    #: Opens a folder to put files in; GitLab has no such page, and shows the folder.
    upload: str
    #: Opens a new issue. Only GitHub reads the forms of `.github/ISSUE_TEMPLATE`.
    issue: str
    title: str
    body: str
    forms: bool = False


FORGES = {
    "github": Forge(
        edit="/edit/{}/{}",
        history="/commits/{}/{}",
        new="/new/{}",
        name="filename",
        text="value",
        upload="/upload/{}/{}",
        issue="/issues/new",
        title="title",
        body="body",
        forms=True,
    ),
    "gitlab": Forge(
        edit="/-/edit/{}/{}",
        history="/-/commits/{}/{}",
        new="/-/new/{}",
        name="file_name",
        text=None,  # its editor forgets the text: gitlab.com/gitlab-org/gitlab/-/work_items/594214
        upload="/-/tree/{}/{}",
        issue="/-/issues/new",
        title="issue[title]",
        body="issue[description]",
    ),
    "forgejo": Forge(  # and Gitea, which it comes from
        edit="/_edit/{}/{}",
        history="/commits/branch/{}/{}",
        new="/_new/{}/",
        name="filename",
        text="value",
        upload="/_upload/{}/{}",
        issue="/issues/new",
        title="title",
        body="body",
    ),
}
#: What names a forge in the host of a repository. Others are taken for GitHub, unless `forge` says.
_HOSTS = {
    r"gitlab|framagit|forge\.apps\.education\.fr": "gitlab",
    r"codeberg|forgejo|gitea": "forgejo",
}
#: The questions of the form for an error, for a forge that has no forms.
_QUESTIONS = {
    "page": "Page",
    "valeur": "Ce qui est écrit",
    "source": "Source citée aujourd'hui",
}


#: In an address: the name and the identifier of a row, which the page fills in.
ROW = "LIGNEDELANNUAIRE"


def source_file(path: str, written: bool) -> str | None:
    """Return the file that the page `path` is made of; `written` tells a page of `docs/`."""
    if file := _WRITTEN_ELSEWHERE.get(path):
        return file
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
    if file and file.startswith("docs/"):
        return True
    collection = collections.of(file) if file else None
    return bool(collection and collection.editor and collection.editor.mended)


def forge_of(site: Site) -> Forge:
    """Return the forge of the site's repository."""
    host = urlsplit(site.repository or "").hostname or ""
    found = (name for pattern, name in _HOSTS.items() if re.search(pattern, host))
    named: str | None = site.forge
    return FORGES[named or next(found, "github")]


def edit_address(site: Site, file: str) -> str | None:
    """Return where the forge opens a file in its editor."""
    return _on_forge(site, forge_of(site).edit, file)


def upload_address(site: Site, folder: str) -> str | None:
    """Return where the forge takes a file into a folder."""
    return _on_forge(site, forge_of(site).upload, folder)


def history_address(site: Site, file: str) -> str | None:
    """Return where the forge lists the changes of a file, or of the files of a folder."""
    return _on_forge(site, forge_of(site).history, file)


def _on_forge(site: Site, pattern: str, *file: str) -> str | None:
    if site.repository is None:
        return None
    return site.repository + pattern.format(quote(site.branch), *map(quote, file))


def new_address(site: Site, file: str, text: str | None = None) -> str | None:
    """Return where the forge opens a new file, with its text if the forge takes one.

    None without a forge, and for a text that it does not take.
    """
    forge = forge_of(site)
    base = _on_forge(site, forge.new)
    if base is None or (text is not None and forge.text is None):
        return None
    fields = {forge.name: file} | ({forge.text: text} if text is not None and forge.text else {})
    return f"{base}?{urlencode(fields)}"


def error_form_address(site: Site, **fields: str) -> str | None:
    """Return where the forge opens a new issue for an error, with what is known of it.

    `fields` are those of `.github/ISSUE_TEMPLATE/erreur.yml`: `page`, `valeur`, `source`.
    """
    if site.repository is None:
        return None
    forge = forge_of(site)
    if forge.forms:
        told = {"template": "erreur.yml", **fields}
    else:
        lines = [f"{_QUESTIONS[name]} : {value}" for name, value in fields.items()]
        told = {forge.title: "Erreur : ", forge.body: "\n\n".join(lines)}
    return f"{site.repository}{forge.issue}?{urlencode(told)}"


def row_report_address(site: Site) -> str:
    """Return where an error in a row of the directory is told: `ROW` stands for its name and identifier.

    The forge's form, a letter to write, or the page that says how to contribute.
    """
    if address := error_form_address(site, page=f"Annuaire : {ROW}"):
        return address
    if site.contact and not site.contact.startswith("https://"):
        subject = urlencode({"subject": f"Annuaire : {ROW}"}, quote_via=quote)
        return f"mailto:{site.contact}?{subject}"
    return site.contact or "contribuer/"


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
        forge = forge_of(site)
        return {
            words: f"{site.repository}{forge.issue}?"
            + urlencode(
                {"template": "avis.yml", "page": page, "aide": opinion}
                if forge.forms
                else {forge.title: f"Avis : {page}", forge.body: opinion}
            )
            for words, opinion in OPINIONS.items()
        }
    return {"Nous écrire": site.contact} if site.contact else {}
