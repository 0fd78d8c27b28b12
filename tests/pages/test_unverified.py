"""What the pages still leave to be verified, counted; and what they no longer say of themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content.load import Content
from generator.pages import metadata
from generator.pages.tree import pages
from tests.conftest import ROOT

#: Never more than today: each one that is verified lowers its number here. What a rule or a word of
#: the law says, and what happened or was counted: `decisions/unverified.md`.
MOST_IN_RULES = 11
MOST_IN_FACTS = 17
MOST_IN_PAGES = 2
#: Files and folders of `data/` that hold no rule: figures, members, addresses, history, stories.
FACTS = {"figures", "sectors", "history", "networks", "directory", "portraits"}
#: What a page says of our reading and not of its subject: at home on these pages alone.
OWN_READING = (
    r"n[’']avons pas (?:re)?lue?s?\b",
    r"que nous avons lus?\b",
    r"documents? anciens?\b",
    r"glossaire de 20\d\d\b",
    r"document d[’']origine\b",
    r"de notre main\b",
)
#: The page of a team tells of the file that it was given.
AT_HOME = {
    "suivi/equipe.md",
    "methode.md",
    "accessibilite.md",
    "contribuer.md",
    "contribuer/atelier.md",
}


def _unverified(value: object) -> Iterator[str]:
    match value:
        case dict():
            if value.get("basis") == "a_verifier":
                yield ""
            for inner in value.values():
                yield from _unverified(inner)
        case list():
            for inner in value:
                yield from _unverified(inner)


def test_what_is_left_to_verify_is_counted(content: Content) -> None:
    """Rules and facts of `data/`, and the pages written by hand: the table tells where they are."""
    data = Counter(
        {
            path.removeprefix("data/").partition(".")[0]: len(list(_unverified(document.value)))
            for path, document in content.documents.items()
            if path.startswith("data/")
        }
    )
    written = Counter(
        {
            path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count(
                'data-basis="a_verifier"'
            )
            for path in (ROOT / "docs" / "comprendre").glob("*.md")
        }
    )
    facts = Counter({name: n for name, n in data.items() if name.partition("/")[0] in FACTS})
    rules = data - facts
    for title, counted in (("rules", rules), ("facts", facts), ("pages", written)):
        print(f"\nÀ vérifier, {title}: {counted.total()}")
        for name, count in counted.most_common():
            if count:
                print(f"{count:6} {name}")
    assert rules.total() <= MOST_IN_RULES
    assert facts.total() <= MOST_IN_FACTS
    assert written.total() <= MOST_IN_PAGES


@pytest.fixture(scope="module")
def tree(content: Content, rules: Rules) -> Mapping[str, str]:
    """Every page of the site, those written by hand too."""
    docs = ROOT / "docs"
    written = {
        path.relative_to(docs).as_posix(): path.read_text("utf-8") for path in _markdown(docs)
    }
    return pages(content, CALCULATORS, rules, written, "https://exemple.fr/")


def _markdown(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.md"))


def test_the_pages_do_not_tell_of_our_reading(tree: Mapping[str, str]) -> None:
    """A reader wants the rule and its source; how we read them is on the page of the method."""
    found: dict[str, Counter[str]] = {expression: Counter() for expression in OWN_READING}
    for path, text in tree.items():
        if path.endswith(".md") and path not in AT_HOME:
            words = re.sub(r"<[^>]+>", "", metadata.body(text))
            for expression, count in found.items():
                count[path] += len(re.findall(expression, words, re.IGNORECASE))
    for expression, count in found.items():
        print(f"{count.total():6} {expression}")
    assert [(one, +count) for one, count in found.items() if +count] == []
