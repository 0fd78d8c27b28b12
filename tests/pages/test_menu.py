"""The menu « Comprendre » and its index page: the same groups, none too long to read."""

from __future__ import annotations

import re

import yaml

from calculators.typography import french
from generator.yaml_files.reader import LOADER
from tests.conftest import ROOT

#: The most lines of one level of the menu: more are skimmed, not read.
MOST = 11


def _menu() -> list[object]:
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=LOADER)
    (found,) = (entry["Comprendre"] for entry in settings["nav"] if "Comprendre" in entry)
    return list(found)


def test_the_menu_and_its_page_group_alike() -> None:
    """Whoever reads the page finds in the menu the same groups, pages, order and words."""
    _, *groups = _menu()
    in_menu = {
        name: [
            (french(title), path.removeprefix("comprendre/"))
            for page in pages
            for title, path in page.items()
        ]
        for group in groups
        for name, pages in group.items()  # type: ignore[attr-defined]
    }
    text = (ROOT / "docs" / "comprendre" / "index.md").read_text("utf-8")
    listed = text.partition("## Que lire ensuite")[2].partition("\n## ")[0]
    in_page = {
        part.partition("\n")[0]: [
            (french(title), path)
            for title, path in re.findall(r"^- \[([^\]]+)\]\(([^)]+)\)", part, re.MULTILINE)
        ]
        for part in re.split(r"^### ", listed, flags=re.MULTILINE)[1:]
    }
    assert in_page == in_menu


def test_no_level_of_the_menu_is_long() -> None:
    """Thirty-two lines in a row are no menu."""
    first, *groups = _menu()
    assert first == {"Comprendre l’IAE": "comprendre/index.md"}
    sizes = [len(pages) for group in groups for pages in group.values()]  # type: ignore[attr-defined]
    assert len(groups) <= MOST
    assert max(sizes) <= MOST
