"""What to do after an answer and after a page: each leads somewhere, by its name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

import pytest

from calculators import CALCULATORS
from calculators.bridge import answer
from calculators.rules import Rules
from calculators.typography import french
from generator.content.load import Content
from generator.content.worked_cases import load
from generator.pages.metadata import address, body, titles
from generator.pages.tree import pages
from tests.conftest import ROOT

LINKED = re.compile(r'<a href="(https://[^"]+)"')


@pytest.fixture(scope="module")
def tree(content: Content, rules: Rules) -> Mapping[str, str]:
    docs = ROOT / "docs"
    written = {p.relative_to(docs).as_posix(): p.read_text("utf-8") for p in docs.rglob("*.md")}
    return pages(content, CALCULATORS, rules, written, "https://exemple.fr/")


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_every_answer_says_what_to_do_next_or_why_nothing_is(
    calculator: str, content: Content, rules: Rules
) -> None:
    """Each worked case has steps for its verdict and its role, and somewhere to go; so has each verdict."""
    after = [one for one in content.links.next_steps if one.calculator == calculator]

    def leads(verdict: str, role: object) -> bool:
        one = next(
            (a for a in after if verdict in a.verdicts and (not a.roles or role in a.roles)), None
        )
        return one is not None and bool(
            one.reason or any(step.places or step.calculators for step in one.steps)
        )

    told = {verdict for one in after for verdict in one.verdicts}
    assert CALCULATORS[calculator].VERDICTS.keys() <= told
    for case in load():
        if case.calculator != calculator:
            continue
        response = answer(CALCULATORS[calculator], case.situation, rules)
        if response["type"] != "result":
            continue
        role, verdict = case.situation.get("auteur"), response["result"]["verdict"]
        # An uncertain answer leads to the question that decides.
        asked = verdict == "selon_reponse" and response["result"]["values"]["decisif"]
        assert asked or leads(verdict, role), (case.name, role, verdict)


def test_a_place_stands_on_the_page_as_a_link_that_the_weekly_check_follows(
    tree: Mapping[str, str], content: Content
) -> None:
    """No place is forgotten; all links of the built pages are followed."""
    linked = {url for path in tree for url in LINKED.findall(tree[path])}
    assert {place.url for place in content.links.places if place.url} <= linked


def test_no_page_for_readers_is_a_dead_end(tree: Mapping[str, str]) -> None:
    """Each page that explains leads on, to a simulator or the next page, by its title."""
    titled = titles(tree)
    read = [
        path for path in tree if re.match("(comprendre|glossaire|structures)/|prescripteurs", path)
    ]
    assert len(read) > 100
    for path in read:
        block = re.search(r'<div class="way-on".*?</div>', tree[path], re.DOTALL)
        assert block, path
        ways = re.findall(r"\[([^\]]+)\]\(([^)]+)\)", block[0])
        assert ways, path
        for words, target in ways:
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            page = there.partition("#")[0]
            assert page != path
            assert words == french(titled[page]), (path, target)


def test_every_page_leads_somewhere(tree: Mapping[str, str]) -> None:
    """Of those that are no list either: each has a link of its own to another page, or a form to fill."""
    for path, text in tree.items():
        if path.endswith(".md"):
            assert re.search(r"\]\([^):]+\.md|<form|<a [^>]*href", body(text)), path
    for path in tree:
        if re.match(r"(reseaux|regles)/(?!index)", path):
            assert 'class="way-on"' in tree[path], path


def test_a_link_says_the_title_of_the_page_that_it_opens(
    tree: Mapping[str, str], content: Content
) -> None:
    """At home, and after an answer: whoever follows a link recognises where she arrives."""
    titled = titles(tree)
    for place in content.links.places:
        assert place.page is None or french(place.label) == french(titled[place.page]), place.id
    addresses = {address(path): title for path, title in titled.items()}
    home = tree["index.md"].partition("## Ce que vous trouverez ici")[0]
    links = [
        *(
            (words, address(path))
            for words, path in re.findall(r"\[([^\]]+)\]\(([^):]+\.md)\)", home)
        ),
        *(
            (words, to)
            for to, words in re.findall(r'<a [^>]*href="([^"#]+)[^"]*">([^<]+)</a>', home)
        ),
    ]
    assert len(links) > 15
    for words, to in links:
        if not to.startswith("glossaire/"):  # a word of a sentence
            assert words == french(addresses[to]), (words, to)


def test_a_door_answers_who_one_is(tree: Mapping[str, str], content: Content) -> None:
    """A link behind a door names one that exists, which gives the role to the questions."""
    doors = content.journeys.journeys["suis_je_eligible"].doors
    given = {door.id: door.answers for door in doors}
    asked = re.findall(r"suis_je_eligible/#porte-(\w+)", tree["index.md"])
    assert asked
    assert all("auteur" in given[door] for door in asked)
