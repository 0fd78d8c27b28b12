"""What to do after an answer: each answer to a person who asks for herself leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from calculators import CALCULATORS
from calculators.bridge import answer
from calculators.rules import Rules
from generator.content.load import Content
from generator.content.worked_cases import load
from generator.pages.tree import pages

LED = ("eligibilite_iae", "aide_geiq", "carence", "fin_pass")


@pytest.fixture(scope="module")
def tree(content: Content, rules: Rules) -> Mapping[str, str]:
    return pages(content, CALCULATORS, rules, {}, "https://exemple.fr/")


@pytest.mark.parametrize("calculator", LED)
def test_every_answer_says_what_to_do_next(calculator: str, content: Content, rules: Rules) -> None:
    """Each worked case has steps for its verdict and its role, and a place to go."""
    after = content.links.after(calculator)
    for case in load():
        if case.calculator != calculator:
            continue
        response = answer(CALCULATORS[calculator], case.situation, rules)
        if response["type"] != "result":
            continue
        role, verdict = case.situation.get("auteur"), response["result"]["verdict"]
        steps = next(
            (
                one.steps
                for one in after
                if verdict in one.verdicts and (not one.roles or role in one.roles)
            ),
            (),
        )
        assert any(step.places or step.calculators for step in steps), (case, role, verdict)


def test_a_place_stands_on_the_page_as_a_link_that_the_weekly_check_follows(
    tree: Mapping[str, str], content: Content
) -> None:
    """No place is forgotten; all links of the built pages are followed."""
    linked = {url for path in tree for url in re.findall(r'<a href="(https://[^"]+)"', tree[path])}
    assert {place.url for place in content.links.places} <= linked
