"""The leaflets: a sheet for each of the six people of the home page, its numbers those of the rules."""

from __future__ import annotations

import re

from generator.pages import metadata
from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "depliants"
LEAFLETS = sorted(path for path in FOLDER.glob("*.md") if path.name != "index.md")


def test_each_door_at_home_gives_its_leaflet() -> None:
    """Who opens a door can take its sheet away; the list has the six of them."""
    home = (ROOT / "docs" / "index.md").read_text("utf-8")
    doors = home.split('<div class="door" markdown="1">')[1:]
    given = [
        name
        for door in doors
        for name in re.findall(r"\(depliants/(\w+)\.md\)", door.split("</div>")[0])
    ]
    assert len(doors) == len(given) == 6
    assert sorted(given) == [path.stem for path in LEAFLETS]
    listed = re.findall(r"\((\w+)\.md\)", (FOLDER / "index.md").read_text("utf-8"))
    assert sorted(listed) == sorted(given)


def test_each_number_of_a_leaflet_is_a_dated_value() -> None:
    """Paper goes stale soon enough: no duration, age or amount is typed, but the age of a mission locale."""
    for path in LEAFLETS:
        text = re.sub(r"\[[^\]]*\]\([^)]*\)", "", metadata.body(path.read_text("utf-8")))
        text = text.replace("la mission locale avant 26 ans", "")
        assert not re.search(r"\d", re.sub(r"<[^>]+>|\{[^}]*\}", "", text)), path.name


def test_each_idea_of_a_leaflet_leads_to_its_page() -> None:
    """A sheet is short: what it says is explained and sourced one click away."""
    for path in LEAFLETS:
        ideas = path.read_text("utf-8").split('<div class="idea" markdown="1">')[1:]
        assert 5 <= len(ideas) <= 8, path.name
        for idea in ideas:
            assert re.search(r"\]\((\.\./|article:|demarche:|simulateur:)", idea), (path.name, idea)
