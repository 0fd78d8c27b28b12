"""Structures, history, sectors, figures and journal: their data and their pages."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content import load, models
from generator.content.load import Content
from generator.pages import charts, edit_links, feed, journal, metadata
from generator.pages.tree import pages
from generator.publish import open_data
from tests.conftest import ROOT

ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "https://exemple.fr/"


@pytest.fixture(scope="module")
def tree(content: Content, rules: Rules) -> dict[str, str]:
    """Every generated page, by its path, and the feed."""
    return pages(content, CALCULATORS, rules, {}, HOME)


def test_the_file_that_a_page_is_changed_in_exists(tree: dict[str, str]) -> None:
    """Of the pages that data makes and of those written by hand, one of which is not in `docs/`."""
    docs = ROOT / "docs"
    by_hand = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")} | {"licences.md"}
    named = {
        page: edit_links.source_file(page, page in by_hand)
        for page in [*tree, *by_hand]
        if page.endswith(".md")
    }
    print(f"Pages: {len(named)}, with a file of their own: {len({*filter(None, named.values())})}")
    assert named["licences.md"] == "generator/publish/licences.md"
    assert [file for file in named.values() if file and not (ROOT / file).is_file()] == []


def test_a_structure_has_the_names_of_its_glossary_entry(content: Content) -> None:
    """A structure and the term of the same id have one title and one acronym."""
    structures = content.structures.by_id()
    assert set(structures) == set(models.StructureKind)
    for key, structure in structures.items():
        term = content.terms[key]
        assert (structure.title, structure.acronym) == (term.title, term.acronym)


def test_every_fact_of_every_structure_is_compared(content: Content, tree: dict[str, str]) -> None:
    """The comparison has a row for each fact and a cell for each structure."""
    rows = re.findall(
        r'<tr markdown="1">\n<th scope="row">(.+?)</th>(.+?)</tr>',
        tree["structures/index.md"],
        re.DOTALL,
    )
    assert len(rows) == len(models.FACTS) == 11
    acronyms = [structure.acronym for structure in content.structures.by_id().values()]
    for _, cells in rows:
        assert re.findall(r'data-label="(\w+)"', cells) == acronyms


def test_a_value_of_the_rules_is_shown_and_not_typed(tree: dict[str, str]) -> None:
    """The pages of structures show the values of `data/rules/`, with a link to the rule."""
    assert re.search(
        r"\[3\u00a0critères\]\(\.\./regles/eligibilite_iae\.md\)", tree["structures/ei.md"]
    )
    assert re.search(r"\[480\u00a0heures\]\(\.\./regles/heures_ai\.md\)", tree["structures/ai.md"])


def test_a_structure_and_its_glossary_entry_lead_to_each_other(
    content: Content, tree: dict[str, str]
) -> None:
    """The page of a structure links to its term, and back."""
    for key in content.structures.by_id():
        assert f"](../structures/{key}.md)" in tree[f"glossaire/{key}.md"]
        assert f"](../glossaire/{key}.md)" in tree[f"structures/{key}.md"]


def test_the_end_of_the_experiment_is_told(tree: dict[str, str]) -> None:
    """Source: law 2018-771, article 83, and decree 2018-1198: eight years from 22 December 2018."""
    for path in ("structures/eiti.md", "structures/index.md", "comprendre/histoire.md"):
        assert "22\u00a0décembre 2026" in tree[path]


def test_history_has_its_five_phases(content: Content) -> None:
    """Five phases, at least fifteen dated events."""
    assert len(content.history.phases) == 5
    assert sum(len(phase.events) for phase in content.history.phases) >= 15


def test_a_chart_says_in_words_what_it_draws() -> None:
    """Bars are as long as their shares, and the description gives every value."""
    drawn = ElementTree.fromstring(charts.bars("essai", "Un & deux", {"<Un>": 40, "Deux": 12.5}))
    assert [node.get("width") for node in drawn.iter("rect")] == ["216.0", "67.5"]
    assert drawn.findtext("title") == "Un & deux"
    assert drawn.findtext("desc") == "<Un> 40 %, Deux 12,5 %."
    assert drawn.get("aria-labelledby") == "essai-titre essai-texte"
    assert {drawn[0].get("id"), drawn[1].get("id")} == {"essai-titre", "essai-texte"}


def test_every_chart_stands_beside_its_table(content: Content, tree: dict[str, str]) -> None:
    """Each share drawn is also a row of a table, with the number of people that it makes."""
    page = tree["comprendre/chiffres.md"]
    assert page.count("<svg") == len(content.figures.charts) == 2
    assert "| 39\u00a0% | 52\u202f000 |" in page  # 39 % of 134 300, to the nearest thousand
    assert "style=" not in page


def _journal(content: Content) -> list[journal.DayOfChanges]:
    return journal.entries(content, str)


def test_the_feed_holds_the_entries_of_the_page(content: Content, tree: dict[str, str]) -> None:
    """Same entries, same order; each one leads to its place in the page, on its day."""
    atom = ElementTree.fromstring(tree["journal/feed.xml"].encode())
    entries = atom.findall(f"{ATOM}entry")
    listed = r"^(?:### |- \d).*\{ #(\S+) \}$"  # in full, or a line that leads to it
    anchors = re.findall(listed, tree["journal/toutes.md"], re.MULTILINE)
    older = re.findall(r"^### .*\{ #(\S+) \}$", tree["journal/anciennes.md"], re.MULTILINE)
    assert 0 < len(older) < len(anchors)
    assert older == anchors[-len(older) :]
    links = [entry.find(f"{ATOM}link") for entry in entries]
    assert [link.get("href") for link in links if link is not None] == [
        f"{HOME}journal/toutes/#{anchor}" for anchor in anchors
    ]
    assert len(set(anchors)) == len(anchors) == len(_journal(content)) > 20
    for entry, anchor in zip(entries, anchors, strict=True):
        assert entry.findtext(f"{ATOM}updated") == f"{anchor[:10]}T00:00:00Z"
    days = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert days == sorted(days, key=str, reverse=True)
    assert atom.findtext(f"{ATOM}updated") == days[0]


def test_the_feed_is_a_valid_atom_feed(tree: dict[str, str]) -> None:
    """Source: RFC 4287, 4.1.1 and 4.1.2: one id, title, updated; an author; entries with content."""
    atom = ElementTree.fromstring(tree["journal/feed.xml"].encode())
    assert atom.tag == f"{ATOM}feed"
    assert atom.findtext(f"{ATOM}author/{ATOM}name")
    relations = [link.get("rel") for link in atom.findall(f"{ATOM}link")]
    assert relations == ["alternate", "self"]
    entries = atom.findall(f"{ATOM}entry")
    for node in (atom, *entries):
        for tag in ("id", "title", "updated"):
            (found,) = node.findall(f"{ATOM}{tag}")
            assert found.text
    identifiers = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(identifiers)) == len(identifiers)
    for entry in entries:
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "html"
        assert ElementTree.fromstring(content.text or "").tag == "ul"


def test_the_id_of_an_entry_never_changes(content: Content) -> None:
    """A reader that has seen an entry does not see it twice: this id was published."""
    (entry,) = [one for one in _journal(content) if one.anchor == "2021-09-03-eligibilite_iae"]
    assert feed.urn(entry) == "urn:uuid:418cf96a-84fa-555f-afc7-269cd7145b74"


def test_every_dated_value_is_in_the_journal(content: Content) -> None:
    """Each `since` of the rules, and nothing else."""
    expected = []
    for rule in content.rules.values():
        for parameter in rule.parameters.values():
            expected += [dated.since for dated in parameter.values]
        for criterion in rule.criteria.values():
            expected += [dated.since for dated in (*criterion.values, *criterion.proofs)]
    days = [line.dated.since for entry in _journal(content) for line in entry.lines]
    assert sorted(days) == sorted(expected)


def test_each_change_is_told_as_a_person_would(content: Content) -> None:
    """Since 2021, what changes for someone has its sentence; its numbers are those of the rule."""
    days = journal.entries(content, str)
    told = journal.told(content, days)
    assert {(one.change.day, one.change.rule) for year in told.values() for one in year} >= {
        (entry.day, entry.subject)
        for entry in days
        if entry.day.year >= 2021
        and any(
            not line.first and not line.changes[0].startswith("valeur inchangée")
            for line in entry.lines
        )
    }
    known = {
        (entry.day, entry.subject): " ".join(
            f"{line.title} {' '.join(line.changes)}" for line in entry.lines
        )
        for entry in days
    }
    for one in (one for year in told.values() for one in year):
        words = known[one.change.day, one.change.rule].replace("\u00a0", " ").replace("\u202f", " ")
        for number in re.findall(r"\d+(?: \d{3})*(?:,\d+)?", one.change.sentence):
            assert re.search(rf"(?<!\d){re.escape(number)}(?!\d)", words), (
                one.change,
                number,
            )


def test_a_change_that_no_rule_knows_is_refused(tmp_path: Path) -> None:
    """The day and the rule of a sentence are those of a dated value: from there comes its source."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    file = tmp_path / "data" / "journal.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("day: 2026-08-24", "day: 2026-08-02"), "utf-8")
    found = [
        one.message
        for one in load.load(tmp_path / "data", CALCULATORS, date(2026, 11, 28)).mistakes
    ]
    assert any("Aucune valeur de « embauche » ne commence le 2 août 2026" in one for one in found)


def test_the_journal_is_short_enough_to_read(tree: dict[str, str]) -> None:
    """The year that runs comes first, under its name, and a page holds no more than a reader reads."""
    pages = {
        path: text
        for path, text in tree.items()
        if re.fullmatch(r"journal/(index|\d{4})\.md", path)
    }
    (newest,) = re.findall(r"^# Ce qui change en (\d{4})$", pages["journal/index.md"], re.MULTILINE)
    assert f"journal/{newest}.md" not in pages
    for path, text in pages.items():
        # What a click opens is read by whoever asked for it.
        read = re.sub(r"<div popover.*?</div>", " ", metadata.body(text), flags=re.DOTALL)
        words = len(re.sub(r"<[^>]+>|\]\([^)]*\)", " ", read).split())
        print(f"{path}: {words} words")
        assert words < 900, path


def test_a_change_is_told_in_words(tree: dict[str, str]) -> None:
    """Source: order of 1 September 2021, article 2: two criteria for an AI, where three were asked."""
    page = tree["journal/anciennes.md"]
    _, day = page.split("{ #2021-09-03-eligibilite_iae }")
    entry = re.sub(r"<[^>]+>", "", day.split("\n## ")[0])
    assert (
        "association intermédiaire (AI)\u00a0: 2\u00a0critères, au lieu de 3\u00a0critères."
        in entry
    )
    assert "Arrêté du 1er\u00a0septembre 2021, article 2" in entry
    assert "entreprise d’insertion (EI)" not in entry.split("Premières")[0]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (6, 12, ["12 mois, au lieu de 6 mois"]),
        (0, 6, ["6 mois, au lieu de rien"]),
        (3, 0, ["rien, au lieu de 3 mois"]),
        ({"ai": 3, "ei": 3}, {"ai": 2, "ei": 3}, ["ai : 2 mois, au lieu de 3 mois"]),
        ({"ai": 3, "ei": 3}, {"ai": 3}, ["ei : plus rien n'est prévu ; auparavant, 3 mois"]),
        ({"ai": 3}, {"ai": 3, "ei": 0}, ["ei : 0 mois, pour la première fois"]),
        (6, 6, ["valeur inchangée, 6 mois", "nouvelle source"]),
    ],
)
def test_the_journal_tells_the_cases_that_change(
    before: object, after: object, changes: list[str]
) -> None:
    """Each with the value that it had; the other cases are left out."""
    source = {"article": "L5132-1"}
    values = [
        models.DatedValue.model_validate(
            {"since": date(2020, month, 1), "value": value, "basis": "loi", "source": source}
        )
        for month, value in ((1, before), (2, after))
    ]
    first, second = values
    assert journal.changes(first, second, "mois", str) == changes


def test_the_data_of_these_pages_is_published(content: Content) -> None:
    """`/api/` holds them, sources with their addresses."""
    published = open_data.documents(content)
    assert {"structures", "history", "sectors", "figures"} <= set(published)
    source = published["structures"]["structures"]["aci"]["siae"]["sources"][0]
    assert source["url"].startswith("https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI")
