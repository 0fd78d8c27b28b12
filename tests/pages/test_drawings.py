"""The drawings: one file a pictogram, on one grid, in two colours; what a page asks for is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.content import load, models
from generator.pages import directory, drawings

FILES = sorted(drawings.FOLDER.glob("*.svg"))


def test_each_name_has_its_drawing_and_each_drawing_its_name() -> None:
    """A name without a file would stop the build, a file without a name could be asked for by nobody."""
    assert [path.stem for path in FILES] == [*models.Pictogram]
    assert sorted(drawings.DRAWINGS) == [*models.SCHEMES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_pictogram_has_one_stroke_and_two_colours(path: Path) -> None:
    """The colour of the text, and one tint that the style sheet gives: light and dark follow."""
    text = path.read_text("utf-8")
    assert 'viewBox="0 0 48 48"' in text
    assert set(re.findall(r'stroke-width="([^"]*)"', text)) == {"2"}
    assert set(re.findall(r'stroke="([^"]*)"', text)) == {"currentColor"}
    assert set(re.findall(r'fill="([^"]*)"', text)) == {"none", "var(--tint, #a9ddd7)"}
    assert "style=" not in text


def test_a_scheme_says_in_words_what_it_shows(content: load.Content) -> None:
    """A caption each, and a name and a description for each SVG that holds words."""
    for name, draw in drawings.DRAWINGS.items():
        made = draw(content)
        assert "<figcaption>" in made, name
        assert made.count('role="img"') == made.count("<desc id="), name
        assert "\n" not in made, "a line end would close the block for some Markdown renderers"


def test_the_schemes_follow_the_dated_values(content: load.Content) -> None:
    """No duration is typed in the drawing of the two counts."""
    made = drawings.DRAWINGS["deux_comptes"](content)
    limits = content.rules["prolongation"].parameters["plafond_parcours"].values[-1].value
    assert isinstance(limits, dict)
    assert f"{limits['senior']} mois" in made


def test_every_departement_is_on_the_map(content: load.Content) -> None:
    """Of the mainland and Corsica an outline, of overseas a square."""
    known = set(directory.department_names())
    assert known == {*drawings._outlines(), *drawings.OVERSEAS}
    assert directory.DEPARTMENTS.exists()
    for network in content.networks.values():
        assert {*network.departments} <= known
    made = drawings.territory(["48", "971"], "Ici")
    assert "Lozère (48), Guadeloupe (971)" in made
    assert made.count('class="chosen" x=') == 1
