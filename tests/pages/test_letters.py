"""The letters of « Suivre un parcours »: what a letter may miss has a name, for who writes it."""

from __future__ import annotations

import re

from calculators.situations import Structure
from generator.pages import follow

#: Always known: the day, and the addresses of the site.
KNOWN = {"date", "finit_pass", "finit_contrat", "page_prescripteurs", "page_eligible"}


def test_whatever_a_letter_may_miss_is_named() -> None:
    """A blank says what to write there; a line that may go says on what it depends."""
    letters = follow.letters()
    assert len(letters["letters"]) == 6
    for letter in letters["letters"].values():
        for line in letter["text"].splitlines():
            optional = re.match(r"\?(\w+) ", line)
            needed = set(re.findall(r"\{(\w+)\}", line)) - ({optional[1]} if optional else set())
            assert needed <= letters["blanks"].keys() | KNOWN, line
        assert "needs" not in letter or letter["note"]


def test_every_structure_has_its_words_in_a_letter() -> None:
    """A letter says which kind of structure writes."""
    assert set(follow.letters()["structures"]) == {str(one) for one in Structure}


def test_the_warm_letter_says_where_to_go() -> None:
    """Who is refused is told whom to see, and finds the whole list."""
    text = follow.letters()["letters"]["non_eligible"]["text"]
    for place in ("France Travail", "mission locale", "Cap emploi", "{page_prescripteurs}"):
        assert place in text
