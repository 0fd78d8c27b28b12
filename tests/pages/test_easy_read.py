"""The easy-to-read pages: one click from the page that says it all and back, marked until reread."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content import load
from generator.pages import metadata, tree
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def pages(content: load.Content, rules: Rules) -> Mapping[str, str]:
    """Return the tree of the site."""
    docs = ROOT / "docs"
    written = {
        path.relative_to(docs).as_posix(): path.read_text("utf-8") for path in docs.rglob("*.md")
    }
    return tree.pages(content, CALCULATORS, rules, written, "http://site/")


def test_fifteen_pages_lead_to_the_whole_page_and_back(
    content: load.Content, pages: Mapping[str, str]
) -> None:
    """Both ways in one click, by the link of the page and by that of the theme."""
    assert len(content.easy_read) >= 15
    for key, one in content.easy_read.items():
        assert f"(../{one.page})" in pages[f"facile/{key}.md"]
        led = metadata.front_matter(pages[one.page])["easy_read"]
        assert f"facile/{key}/" in {link["path"] for link in led}
        assert f'href="{key}/"' in pages["facile/index.md"]


def test_a_page_that_nobody_reread_says_so(content: load.Content, pages: Mapping[str, str]) -> None:
    """Those whom it is for have the last word."""
    for key, one in content.easy_read.items():
        marked = "non relu par des personnes concernées" in pages[f"facile/{key}.md"]
        assert marked == (one.reread_by is None), key


def test_each_number_of_the_law_is_a_dated_value(pages: Mapping[str, str]) -> None:
    """A duration that is no link to its rule would go stale."""
    for path, text in pages.items():
        if path.startswith("facile/"):
            body = re.sub(r"\[[^\]]*\]\(\.\./regles/[^)]*\)", "", metadata.body(text))
            body = re.sub(r"<[^>]+>", "", body)
            assert not re.search(r"\d\s*(?:jour|mois|an\b|ans|heure|semaine|euro|%)", body), path
