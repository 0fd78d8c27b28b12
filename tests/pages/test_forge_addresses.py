"""The addresses of each forge: where a file changes, begins, has its history, and where one writes.

The shapes are those that each forge documents or shows: GitHub and Gitea (which Forgejo comes from)
fill a new file from `filename` and `value` (github.com/go-gitea/gitea/pull/16556); GitLab reads
`file_name` alone, and `issue[title]`, `issue[description]`.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from generator.content import load
from generator.content.models import Site
from generator.pages import edit_links

FILE = "data/glossary/aci.yaml"
#: For each repository: the addresses of the file, of a new file, and of an issue, from it on.
FORGES = {
    "https://github.com/reseau/site": (
        f"/edit/main/{FILE}",
        f"/commits/main/{FILE}",
        f"/new/main?filename={FILE.replace('/', '%2F')}&value=a%3A+1",
        "/issues/new",
    ),
    "https://gitlab.com/reseau/site": (
        f"/-/edit/main/{FILE}",
        f"/-/commits/main/{FILE}",
        f"/-/new/main?file_name={FILE.replace('/', '%2F')}",
        "/-/issues/new",
    ),
    "https://codeberg.org/reseau/site": (
        f"/_edit/main/{FILE}",
        f"/commits/branch/main/{FILE}",
        f"/_new/main/?filename={FILE.replace('/', '%2F')}&value=a%3A+1",
        "/issues/new",
    ),
}


def site_of(content: load.Content, repository: str | None, **more: str) -> Site:
    return content.site.model_copy(update={"repository": repository, **more})


@pytest.mark.parametrize("repository", FORGES)
def test_each_forge_has_its_addresses(content: load.Content, repository: str) -> None:
    """A known file, its history, a new file with its text where the forge takes one."""
    edit, history, new, _ = FORGES[repository]
    site = site_of(content, repository)
    assert edit_links.edit_address(site, FILE) == repository + edit
    assert edit_links.history_address(site, FILE) == repository + history
    given = edit_links.new_address(site, FILE, "a: 1") or edit_links.new_address(site, FILE)
    assert given == repository + new


@pytest.mark.parametrize("repository", FORGES)
def test_an_error_is_reported_where_the_forge_listens(
    content: load.Content, repository: str
) -> None:
    """GitHub fills its form; the others have a title, and a text that says the same."""
    site = site_of(content, repository)
    address = edit_links.error_form_address(site, page="Un titre", valeur="3 mois")
    assert address is not None
    assert address.startswith(f"{repository}{FORGES[repository][3]}?")
    fields = parse_qs(urlsplit(address).query)
    if "template" in fields:
        assert fields == {"template": ["erreur.yml"], "page": ["Un titre"], "valeur": ["3 mois"]}
    else:
        assert sorted(fields) in (["body", "title"], ["issue[description]", "issue[title]"])
        assert ["Page : Un titre\n\nCe qui est écrit : 3 mois"] in fields.values()


@pytest.mark.parametrize(
    ("repository", "named", "shape"),
    [
        ("https://forge.apps.education.fr/reseau/site", None, "/-/edit/"),
        ("https://framagit.org/reseau/site", None, "/-/edit/"),
        ("https://gitea.exemple.fr/reseau/site", None, "/_edit/"),
        ("https://forge.exemple.fr/reseau/site", "gitlab", "/-/edit/"),
        ("https://gitlab.exemple.fr/reseau/site", "forgejo", "/_edit/"),
        ("https://forge.exemple.fr/reseau/site", None, "/edit/"),
    ],
)
def test_the_host_tells_the_forge_unless_the_site_says(
    content: load.Content, repository: str, named: str | None, shape: str
) -> None:
    """A host of another name is taken for GitHub, until `forge` says what it is."""
    more = {"forge": named} if named else {}
    assert shape in str(edit_links.edit_address(site_of(content, repository, **more), FILE))


def test_without_a_repository_no_address_is_guessed(content: load.Content) -> None:
    """The page says then whom to write to."""
    site = site_of(content, None)
    assert edit_links.history_address(site, FILE) is None
    assert edit_links.new_address(site, FILE, "a: 1") is None
