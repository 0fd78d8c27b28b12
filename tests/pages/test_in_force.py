"""A value that begins tomorrow is not in force today: pages are right before, on and after a change."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, timedelta

import pytest

from calculators import CALCULATORS
from calculators.rules import Rules
from calculators.typography import NARROW, NO_BREAK
from generator.content import compiled_rules, in_force
from generator.content.load import Content
from generator.content.models import RuleFile, Version
from generator.pages import forms, legal_texts, names, tree
from generator.pages.tree import PageBuilder

CHANGE = date(2027, 1, 1)
RULE = "eligibilite_iae"
COUNT = f"{RULE}.criteres_niveau_2_requis.aci"


@pytest.fixture(scope="module")
def reformed(content: Content) -> Content:
    """The content with a decree that is published before its effect: one criterion more, another proof."""
    rule = content.rules[RULE]
    written = rule.model_dump()
    for values, key in (
        (written["parameters"]["criteres_niveau_2_requis"]["values"], "value"),
        (written["criteria"]["rsa"]["proofs"], "document"),
    ):
        later = {**values[-1], "since": CHANGE}
        later[key] = (
            {case: number + 4 for case, number in later[key].items()}
            if key == "value"
            else "Une attestation nouvelle"
        )
        values.append(later)
    changed = RuleFile.model_validate(written)
    return dataclasses.replace(content, rules={**content.rules, RULE: changed})


def on(content: Content, day: date) -> Content:
    """Return the content as it is checked on a day."""
    return dataclasses.replace(content, today=day)


def read_on(text: str, day: date) -> str:
    """Return the words of a text as `reader_day.js` leaves them to who reads it on a day."""
    for part, holds in (("until", day.__le__), ("from", day.__ge__)):
        parts = re.compile(rf'<span data-{part}="([0-9-]+)"(?: hidden)?>([^<]*)</span>')
        for found in {*parts.findall(text)}:
            kept = found[1] if holds(date.fromisoformat(found[0])) else ""
            text = re.sub(
                rf'<span data-{part}="{found[0]}"(?: hidden)?>{re.escape(found[1])}</span>',
                kept,
                text,
            )
    return text


def without_script(text: str) -> str:
    """Return the words of a text whose hidden parts stay so."""
    text = re.sub(r"<span [^>]*hidden>[^<]*</span>", "", text)
    return re.sub(r"</?span[^>]*>", "", text)


def now(content: Content) -> int:
    """Return the number of criteria that the data gives before the change."""
    value = in_force.on(content.rules[RULE].parameters["criteres_niveau_2_requis"].values, CHANGE)
    assert value
    assert isinstance(value.value, dict)
    return int(value.value["aci"])


@pytest.mark.parametrize("days", [-400, -1, 0, 1, 400])
def test_a_page_tells_the_value_of_its_day_and_the_coming_one(
    content: Content, reformed: Content, days: int
) -> None:
    """Both sides of the change before its day, the new value alone from that day on."""
    before, after = now(content), now(content) + 4
    today = on(reformed, CHANGE + timedelta(days=days))
    told = names.value_in_force(today, COUNT)
    if days < 0:
        both = f"{before} critères ({after} critères à partir du 1er janvier 2027)"
        assert without_script(told) == both
    else:
        assert told == f"{after} critères"
    assert told in page_of("data/glossary/aci.yaml", today)
    rule = without_script(page_of(f"data/rules/{RULE}.yaml", today))
    start = "À partir du" if days < 0 else "Depuis le"
    assert f"- {start} 1er janvier 2027 :" in rule


@pytest.mark.parametrize("file", ["data/glossary/aci.yaml", f"data/rules/{RULE}.yaml"])
@pytest.mark.parametrize("built", [date(2026, 12, 1), CHANGE - timedelta(days=1), CHANGE])
def test_a_page_is_right_on_the_day_it_is_read(reformed: Content, file: str, built: date) -> None:
    """Built before a change and read after it, it says what it says when it is built on that day.

    So for the end of the EITI, on 22 December 2026, and for the decree of January.
    """
    page = page_of(file, on(reformed, built))
    for day in (date(2026, 12, 22), date(2026, 12, 23), CHANGE - timedelta(days=1), CHANGE):
        if day >= built:
            same_day = page_of(file, on(reformed, day))
            assert words(read_on(page, day)) == words(read_on(same_day, day))


def words(page: str) -> str:
    """Return a page without its head, which names the scripts that it needs."""
    return page.split("---\n", 2)[2]


def test_a_page_that_tells_two_sides_asks_for_the_script_that_chooses(
    content: Content, rules: Rules
) -> None:
    """And no other page does; what the page asked for stays."""
    made = tree.pages(on(content, date(2026, 12, 1)), CALCULATORS, rules, {}, "https://a.fr/")
    asking = {path for path, text in made.items() if '"site/reader_day.js"' in text}
    assert asking == {path for path, text in made.items() if "<span data-until=" in text}
    assert f"regles/{RULE}.md" in asking
    assert "glossaire/cddi.md" not in asking


def page_of(file: str, content: Content) -> str:
    """Return the Markdown of the page of one file."""
    rules = Rules.from_json(compiled_rules.as_text(content))
    return plain(tree.page_of(file, content, CALCULATORS, rules)[1])


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ").replace(NARROW, " ")


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_form_names_the_proof_of_its_day(reformed: Content, days: int) -> None:
    rules = Rules.from_json(compiled_rules.as_text(reformed))
    day = CHANGE + timedelta(days=days)
    (proof,) = [
        plain(option.proof)
        for step in forms.steps(CALCULATORS[RULE], rules, day)
        for control in step.controls
        if control.kind == "criteria"
        for _, options in control.groups
        for option in options
        if option.code == "rsa"
    ]
    if days < 0:
        both = " ; à partir du 1er janvier 2027 : une attestation nouvelle"
        assert without_script(proof).endswith(both)
        assert not read_on(proof, day).startswith("une attestation nouvelle")
    else:
        assert proof == "une attestation nouvelle"
    assert read_on(proof, CHANGE) == "une attestation nouvelle"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 12, 21), "3 critères (jusqu'au 22 décembre 2026)"),
        (date(2026, 12, 22), "3 critères (jusqu'au 22 décembre 2026)"),
        (date(2026, 12, 23), "3 critères jusqu'au 22 décembre 2026, puis plus rien de connu"),
        (date(2020, 1, 1), "3 critères à partir du 9 avril 2020"),
    ],
)
def test_a_value_that_ends_is_told_as_ended(content: Content, day: date, told: str) -> None:
    """The experiment of the EITI has its last day in the law: nothing is known after it."""
    target = f"{RULE}.criteres_niveau_2_requis_eiti"
    written = names.value_in_force(on(content, day), target)
    assert without_script(written) == told
    end = date(2026, 12, 23)
    if day.year == 2026:
        assert (
            read_on(written, end) == "3 critères jusqu'au 22 décembre 2026, puis plus rien de connu"
        )
    rule = without_script(page_of(f"data/rules/{RULE}.yaml", on(content, day)))
    ended = "- Du 9 avril 2020 au 22 décembre 2026 :"
    assert (ended in rule) == (day > date(2026, 12, 22))


def test_a_case_that_has_ended_is_told_until_its_last_day(content: Content) -> None:
    """A value after it gives other cases, and says that this one has ended."""
    told = names.value_in_force(content, "diagnostic.validite_mois.siae")
    assert told == "6 mois jusqu'au 8 décembre 2024, puis plus rien de connu"


def test_a_text_of_law_shows_the_version_of_its_day(content: Content) -> None:
    """Before its first day, the coming version is only announced."""
    text = content.articles["R5132-1-7"]
    words = text.versions[-1].text
    coming = Version(id="LEGIARTI000000000001", since=CHANGE, text=f"Autre. {words}")
    changed = text.model_copy(update={"versions": [*text.versions, coming]})
    with_it = dataclasses.replace(content, articles={**content.articles, "R5132-1-7": changed})
    for day, shown in ((CHANGE - timedelta(days=1), False), (CHANGE, True)):
        today = on(with_it, day)
        builder = PageBuilder(today, CALCULATORS, Rules.from_json(compiled_rules.as_text(content)))
        page = builder.legal_texts({})[legal_texts.page("R5132-1-7")]
        assert ("Autre." in page) == shown
        assert ("Une autre version commence le 1er janvier 2027." in page) != shown
