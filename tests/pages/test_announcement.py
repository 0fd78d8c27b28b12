"""A form says at its start how many questions it asks, from its own description."""

from __future__ import annotations

import pytest

from generator.pages.forms import Control, Step, announcement


def asked(kind: str = "date", optional: bool = False, **more: object) -> Control:
    """A question of that kind."""
    return Control(path=kind, label="", help="", kind=kind, optional=optional, **more)  # type: ignore[arg-type]


ONE, MAY, LIST = asked(), asked(optional=True), asked("group", rows=[asked(), asked()])


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ([ONE], "1 question."),
        ([ONE, MAY], "2 questions, dont 1 facultative."),
        ([MAY, MAY], "2 questions facultatives."),
        ([ONE, LIST], "1 question et 1 liste à remplir ligne par ligne."),
        (
            [ONE, MAY, LIST, LIST],
            "2 questions, dont 1 facultative, et 2 listes à remplir ligne par ligne.",
        ),
        ([LIST], "1 liste à remplir ligne par ligne."),
        ([asked("record", rows=[ONE, MAY])], "2 questions, dont 1 facultative."),
        ([asked("record", optional=True, rows=[ONE, ONE])], "2 questions facultatives."),
        (
            [ONE, asked(optional=True, when={"contrat": ["cdi"]})],
            "2 questions au plus, selon vos réponses, dont 1 facultative.",
        ),
    ],
)
def test_questions_are_counted_as_the_form_asks_them(controls: list[Control], words: str) -> None:
    """Optional ones are told apart, those that may not count too, and a list is no single question."""
    assert announcement([Step("Les dates", controls=controls)]) == words


def test_a_step_that_a_door_has_answered_is_not_counted() -> None:
    """It is not asked; one of which it answers a part still is, whole."""
    steps = [Step("Le rôle", controls=[ONE]), Step("La suite", controls=[ONE, asked("number")])]
    assert announcement(steps, {"date"}) == "2 questions."
