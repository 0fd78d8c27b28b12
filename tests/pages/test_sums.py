"""The page of sums shows the dated values, and says where one is not known."""

from __future__ import annotations

import re
from datetime import date

from generator.content import in_force, load
from generator.content.models import Parameter
from generator.pages import charts, sums

PARAMETER = Parameter.model_validate(
    {
        "title": "Essai",
        "unit": "euro",
        "values": [
            {
                "since": date(2020, 1, 1),
                "until": date(2020, 12, 31),
                "value": 100,
                "basis": "a_verifier",
                "source": {"document": "Un texte", "date": 2020},
            },
            {
                "since": date(2022, 1, 1),
                "value": 150.5,
                "basis": "a_verifier",
                "source": {"document": "Un autre", "date": 2022},
            },
        ],
    }
)


def test_a_row_begins_where_a_value_begins_or_is_no_longer_known() -> None:
    """The day after the last known one has a row of its own, without a value."""
    found = [(row.since, row.values["EI"]) for row in sums.rows({"EI": PARAMETER})]
    first, second = PARAMETER.values
    assert found == [
        (date(2020, 1, 1), first),
        (date(2021, 1, 1), None),
        (date(2022, 1, 1), second),
    ]


def test_before_the_first_value_nothing_is_known() -> None:
    """No value is carried back."""
    assert in_force.on(PARAMETER.values, date(2019, 12, 31)) is None
    assert in_force.on(PARAMETER.values, date(2020, 12, 31)) is PARAMETER.values[0]


def test_a_drawing_leaves_a_gap_where_nothing_is_known_and_says_all_in_words() -> None:
    """The stair is broken; its description reads every step."""
    drawing = charts.steps(
        "essai",
        "Essai",
        [
            charts.Step(date(2020, 1, 1), 100),
            charts.Step(date(2021, 1, 1), None),
            charts.Step(date(2022, 1, 1), 150.5),
        ],
        date(2023, 1, 1),
    )
    (path,) = re.findall(r'<path d="([^"]+)"', drawing)
    assert path.count("M") == 2
    assert (
        "Depuis le 1er janvier 2020, 100 euros; depuis le 1er janvier 2021, non connu; depuis le "
        "1er janvier 2022, 150,50 euros." in drawing
    )


def test_every_known_base_is_on_the_page(content: load.Content) -> None:
    """Each dated amount of the aid to the post, and the first day without one."""
    shown = sums.slots(content)
    for key in sums.STRUCTURES:
        for value in content.rules["aide_poste"].parameters[f"socle_{key}"].values:
            assert f"{value.value:,} €".replace(",", " ") in shown["[[sommes-aide]]"]
    assert (
        "| 1er janvier 2026 | non connu | non connu | non connu | non connu |"
        in shown["[[sommes-aide]]"]
    )
    assert shown["[[sommes-dessin]]"].count("<svg") == len(sums.STRUCTURES)
    assert "de 10 000 à 13 304 euros" in shown["[[sommes-dessin]]"]
