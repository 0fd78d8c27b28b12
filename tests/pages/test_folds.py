"""What a page folds: its long references and what used to hold, and not a word is lost."""

from __future__ import annotations

import re

import pytest

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content.load import Content
from generator.pages import folds
from generator.pages.tree import pages
from tests.conftest import ROOT

LAW = '<span class="basis" data-basis="loi">Loi</span>'
PRACTICE = '<span class="basis" data-basis="pratique">Pratique</span>'
ARTICLE = '[article L. 5132-{}](article:L5132-{} "une parenthèse ) dans les mots")'
WRITTEN = {
    path.relative_to(ROOT / "docs").as_posix(): path.read_text("utf-8")
    for path in (ROOT / "docs").rglob("*.md")
}


def cited(count: int) -> str:
    articles = ", ".join(ARTICLE.format(one, one) for one in range(1, count + 1))
    return f"{LAW} Code du travail, {articles}. {PRACTICE} le code.\n{{ .citation }}"


def test_references_fold_when_they_are_many_and_keep_their_marks_in_view() -> None:
    for few in (1, 2):
        assert folds.fold(cited(few)) == cited(few)
    folded = folds.fold(f"Une règle.\n\n{cited(7)}\n\nLa suite.")
    assert f"<summary>{LAW} {PRACTICE} 7 références</summary>" in folded
    assert folded.startswith("Une règle.\n\n<details")
    assert folded.endswith("</details>\n\nLa suite.")


def test_a_long_source_folds_without_a_reference_to_count() -> None:
    """A publisher's own words may be longer than what they rest under."""
    words = f"{LAW} Un glossaire : « {'un mot ' * 30}»."
    folded = folds.fold(f"{words}\n{{ .citation }}")
    assert f"<summary>{LAW} La source</summary>" in folded
    both = folds.fold(f"{words} {PRACTICE} son code.\n{{ .citation }}")
    assert f"<summary>{LAW} {PRACTICE} Les sources</summary>" in both


def test_what_used_to_hold_folds_under_its_heading() -> None:
    """Its heading stays: the list of the sections leads to it."""
    page = "## Ce qui a changé\n\n- Un.\n- Deux.\n- Trois.\n\n## La suite\n\nFin."
    folded = folds.fold(page)
    assert folded.startswith("## Ce qui a changé\n\n<details")
    assert "<summary>Les 3 changements</summary>" in folded
    assert folded.endswith("</details>\n\n## La suite\n\nFin.")
    assert folds.fold(page.replace("- Trois.\n", "")) == page.replace("- Trois.\n", "")


@pytest.mark.parametrize("path", WRITTEN)
def test_folding_loses_not_a_word(path: str) -> None:
    """Without its folds, a page is what was written; each that opens closes."""
    folded = folds.fold(WRITTEN[path])
    plain = re.sub(
        r'<details class="facts[^>]*><summary>.*?</summary>\n\n|\n\n</details>', "", folded
    )
    written = re.sub(
        r'<details class="facts[^>]*><summary>.*?</summary>\n\n|\n\n</details>', "", WRITTEN[path]
    )
    assert plain == written
    assert folded.count("<details") == folded.count("</details>")


def test_the_prescribers_stand_in_their_groups(content: Content, rules: Rules) -> None:
    """No group is empty, and each kind is in the list once."""
    page = pages(content, CALCULATORS, rules, {}, "https://exemple.fr/")["prescripteurs.md"]
    listed = re.findall(r'<h4 id="(\w+)">', page)
    assert sorted(listed) == sorted(kind.id for kind in content.prescribers.kinds)
    groups = page.split("<div data-group")[1:]
    assert all("<details data-item" in group for group in groups)
