"""The drawings: one file a pictogram, on one grid, in two colours; what a page asks for is there."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
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


def counted(*known: int) -> directory.Published:
    """Return a directory with these counts in the first départements, and none in the others."""
    names = sorted(directory.department_names())
    counts = [*known, *[0] * (len(names) - len(known))]
    return directory.Published(date(2026, 11, 2), dict(zip(names, counts, strict=True)))


def test_the_map_is_shaded_by_the_number_of_structures_in_words_too() -> None:
    """Four shades of about as many départements each, round bounds, a legend, a number for each."""
    made = drawings.departments(counted(*range(3, 306, 3)))
    assert [made.count(f'class="shade-{rank}" ') - 1 for rank in range(4)] == [25, 24, 27, 25]
    legend = re.findall(r"</svg>([^<]+)</li>", made)
    assert legend == ["moins de 78", "de 78 à 149", "de 150 à 229", "230 et plus"]
    assert "au 2 novembre 2026" in made
    assert "<title>Ain (01) : 3 structures</title>" in made
    assert "other" not in made


@pytest.mark.parametrize(
    ("published", "shades"),
    [(None, 0), (counted(), 0), (counted(5), 0), (counted(*[1] * 60), 2)],
)
def test_a_map_without_numbers_has_no_shade(
    published: directory.Published | None, shades: int
) -> None:
    """Without a directory, or with the same number nearly everywhere, no shade is made up."""
    made = drawings.departments(published)
    assert made.count("<li>") == shades
    assert (made.count('class="other"') == 101) == (shades == 0)


def test_neighbour_shades_are_told_apart_in_light_and_dark() -> None:
    """Twice as light each, in the order of the numbers; the numbers themselves are in the list."""
    style = (drawings.FOLDER.parents[2] / "docs/assets/styles/drawings.css").read_text("utf-8")
    colours = re.findall(r"--shade-\d: (#\w{6});", style)

    def light(colour: str) -> float:
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        linear = (
            one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
        )
        return sum(
            weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
        )

    for theme in (colours[:4], colours[4:]):
        ordered = [light(one) + 0.05 for one in theme]
        steps = [max(a, b) / min(a, b) for a, b in pairwise(ordered)]
        assert min(steps) > 1.5
        assert max(ordered[0], ordered[3]) / min(ordered[0], ordered[3]) > 7
        assert ordered in (sorted(ordered), sorted(ordered, reverse=True))
