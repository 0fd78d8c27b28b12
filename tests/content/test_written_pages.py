"""The pages written by hand, in their places: their links, their names, the menu."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content import load, written_pages
from generator.content.load import Content
from generator.content.references import Known
from generator.pages import tree
from generator.pages.tree import pages
from generator.yaml_files.document import Mistake
from tests.conftest import ROOT
from tests.content.test_mistakes import NEIGHBOURS, TODAY, copy


def told(root: Path, name: str) -> list[Mistake]:
    """Return the mistakes of one file of the project in `root`."""
    return [
        one
        for one in load.load(root / "data", CALCULATORS, TODAY).mistakes
        if one.path.as_posix() == name
    ]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project: a few entries, two pages, and the menu of the site."""
    copy(NEIGHBOURS, tmp_path)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    docs = tmp_path / "docs"
    (docs / "comprendre").mkdir(parents=True)
    (docs / "index.md").write_text("# Accueil\n\n[Lire](comprendre/index.md#le-titre)\n", "utf-8")
    (docs / "comprendre" / "index.md").write_text(
        "# Une page\n\n## Le titre\n\n## Un autre { #nom }\n\n[Aller](#nom) [ou](../index.md)\n",
        "utf-8",
    )
    return tmp_path


def test_links_between_pages_pass(root: Path) -> None:
    for name in ("docs/index.md", "docs/comprendre/index.md"):
        assert told(root, name) == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Deux choses :\n- une\n- deux", 5, "Une liste commence après une ligne vide"),
        ("Deux choses :\n\n• une", 6, "commence par « - »"),
        ("1) Une chose", 4, "s'écrit « 1. »"),
        ("- une\n  - dedans", 5, "se décale de quatre espaces"),
        ("[Lire](https://www.exemple.fr/a b)", 4, "s'écrit sans espace"),
        ("Un **mot.", 4, "« ** » est seul"),
    ],
)
def test_a_page_is_read_as_its_author_reads_it(
    root: Path, text: str, line: int, words: str
) -> None:
    """As a text of data is: what the renderer would show as signs is told; in code, it is no list."""
    page = root / "docs" / "index.md"
    page.write_text(f"# Accueil\n\n\n{text}\n", "utf-8")
    (mistake,) = told(root, "docs/index.md")
    assert (mistake.line, words in mistake.message) == (line, True), mistake
    page.write_text(f"# Accueil\n\n```\n{text}\n```\n", "utf-8")
    assert told(root, "docs/index.md") == []


def test_a_page_that_no_menu_names_is_told(root: Path) -> None:
    """It would be published, and nobody would find it."""
    (root / "docs" / "seule.md").write_text("# Seule\n", "utf-8")
    (mistake,) = told(root, "docs/seule.md")
    assert "Aucun menu ne mène à cette page" in mistake.message


def test_a_menu_that_leads_to_nothing_is_told_at_its_line(root: Path) -> None:
    """Of the pages that the menu names, those that this small project lacks, each at its place."""
    mistakes = told(root, "mkdocs.yml")
    lines = (root / "mkdocs.yml").read_text("utf-8").splitlines()
    assert mistakes
    for mistake in mistakes:
        assert lines[mistake.line - 1][mistake.column - 1 :] in mistake.message
    (root / "mkdocs.yml").write_text("nav: [\n", "utf-8")
    (mistake,) = told(root, "mkdocs.yml")
    assert "ne se lit pas" in mistake.message


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("comprendre/Index.md", None),
        ("glossaire/iae.md", "remplacerait"),
        ("glossaire/index.md", "remplacerait"),
        ("comprendre/con.md", "Windows"),
    ],
)
def test_a_name_that_takes_the_place_of_another_is_told(
    root: Path, name: str, why: str | None
) -> None:
    """A page of the site, or one that differs by its capitals."""
    path = root / "docs" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("# Une page\n", "utf-8")
    if why is None:  # the second of the two, in order
        name, why = "comprendre/index.md", "que par ses capitales"
    assert any(why in one.message for one in told(root, f"docs/{name}"))


def test_a_page_in_another_encoding_is_told(root: Path) -> None:
    (root / "docs" / "index.md").write_bytes(b"# Accueil\n\nUne page courte\xe9.\n")
    (mistake,) = told(root, "docs/index.md")
    assert (mistake.line, mistake.column) == (3, 16)
    assert "Enregistrez le fichier en UTF-8" in mistake.message


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    """Without it the site would lose all networks, in silence."""
    copy(NEIGHBOURS, tmp_path)
    (mistake,) = told(tmp_path, "data/networks")
    assert "Ce dossier manque, ou il est vide" in mistake.message


def test_two_files_that_differ_by_their_capitals_are_told(tmp_path: Path) -> None:
    """Windows and macOS would keep one of the two, and git would lose the other."""
    copy(NEIGHBOURS, tmp_path)
    folder = tmp_path / "data" / "glossary"
    shutil.copy(folder / "iae.yaml", folder / "Iae.yaml")
    assert any(
        "que par ses capitales" in one.message for one in told(tmp_path, "data/glossary/iae.yaml")
    )


def test_the_pages_that_the_site_makes_are_known(content: Content, rules: Rules) -> None:
    """Each of them may be linked to; texts of law that nobody cites have none."""
    made = pages(
        content, CALCULATORS, rules, {"licences.md": "---\ntitle: x\n---\n"}, "http://a.fr/"
    )
    known = Known(
        terms=content.terms.keys(),
        rules=dict(content.rules),
        articles=content.articles.keys(),
        texts=content.articles,
        calculators=CALCULATORS,
        journeys=[*content.journeys.journeys],
        today=TODAY,
        networks=content.networks.keys(),
        news=content.news.keys(),
        portraits=content.portraits.keys(),
        directory=content.directory.keys(),
        easy_read=content.easy_read.keys(),
    )
    # One page stands for those of all departments, and is not kept.
    expected = written_pages.generated(known) | {tree.DEPARTMENT}
    assert {one for one in made if not one.endswith("/feed.xml")} <= expected
    assert all(one.startswith("textes/") for one in expected - set(made)), expected - set(made)


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("page:comprendre/index#le-titre", None),
        ("page:glossaire/iae", None),
        ("page:comprendre/", "Vouliez-vous dire « comprendre/index » ?"),
        ("page:comprendre/index#absent", "« #absent » n'est pas dans cette page."),
        ("reseau:coorace", "« reseau:coorace » ne mène à rien."),
        ("actualite:2026-11-20-x", "« actualite:2026-11-20-x » ne mène à rien."),
    ],
)
def test_a_link_that_names_a_thing_of_the_site_leads_to_it(
    root: Path, link: str, message: str | None
) -> None:
    """A page, a network, news; in a page of docs/."""
    (root / "docs" / "index.md").write_text(f"# Accueil\n\n[Lire]({link})\n", "utf-8")
    messages = [one.message for one in told(root, "docs/index.md")]
    assert len(messages) == (message is not None), messages
    assert message is None or message in messages[0]


def test_a_link_of_data_leads_to_a_page_that_exists(root: Path) -> None:
    """Where `docs/` is, as on the forge; without it, nobody knows its pages."""
    term = root / "data/glossary/iae.yaml"
    text = term.read_text("utf-8")
    term.write_text(text.replace("definition: |\n", "definition: |\n  [Lire](page:rien).\n\n"))
    messages = [one.message for one in told(root, "data/glossary/iae.yaml")]
    assert any("La page « rien » n'existe pas." in message for message in messages)
    shutil.rmtree(root / "docs")
    messages = [one.message for one in told(root, "data/glossary/iae.yaml")]
    assert not any("La page" in message for message in messages)


def test_a_picture_that_no_entry_shows_is_told(tmp_path: Path) -> None:
    """Nothing would say what it is, nor by what right it is published; one that is shown passes."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    folder = tmp_path / "data" / "pictures"
    folder.mkdir(exist_ok=True)
    Image.new("RGB", (30, 10)).save(folder / "seule.png")
    (mistake,) = load.load(tmp_path / "data", CALCULATORS, date.today()).mistakes
    assert mistake.path.as_posix() == "data/pictures/seule.png"
    assert "Aucune fiche ne montre cette image." in mistake.message
    with (tmp_path / "data/networks/coorace.yaml").open("a", encoding="utf-8") as file:
        file.write("logo: { file: seule.png, alt: Un trait noir., licence: Licence Ouverte 2.0 }\n")
    checked = load.load(tmp_path / "data", CALCULATORS, date.today())
    assert checked.content, checked.mistakes
    assert checked.content.pictures["seule.png"] == (30, 10)
    (folder / "seule.png").write_bytes(b"GIF89a")
    (mistake,) = load.load(tmp_path / "data", CALCULATORS, date.today()).mistakes
    assert "n'est pas une image" in mistake.message
