"""Fifteen things that people come for: each is a link or two from home, and none is a dead end.

`tests/browser` goes through the answers; here, the doors stay open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import pytest

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content.load import Content
from generator.pages.metadata import address
from generator.pages.tree import pages
from tests.conftest import ROOT

LINK = re.compile(r'\]\(([^)\s"]+)[^)]*\)|href="([^"]+)"')


class Task(NamedTuple):
    """The pages from home to the answer, and what the last one must hold."""

    way: tuple[str, ...]
    holds: tuple[str, ...]


TASKS = {
    "Suis-je éligible avec le RSA ?": Task(
        ("demarches/suis_je_eligible.md",),
        ("data-next", "Je ne sais pas", "Postulez dans une structure", "data-keep-print"),
    ),
    "Mon CDDI peut-il être renouvelé ?": Task(
        ("demarches/durees_et_contrats.md",),
        ("La durée et les heures d’un contrat d’insertion", 'data-calculator="duree_contrat"'),
    ),
    "Faut-il attendre avant un nouveau parcours ?": Task(
        ("simulateurs/carence.md",), ('name="diagnostic_de"', 'value="inconnu"')
    ),
    "Qui embauche, qui prescrit près de chez moi ?": Task(
        ("comprendre/pres_de_chez_moi.md",), ("commune",)
    ),
    "Vérifier quarante contrats": Task(("simulateurs/liste.md",), ("XLSX", "duree_contrat")),
    "Suspendre dans quatre jours": Task(
        ("demarches/pass_iae.md",),
        ("Si je peux le suspendre", "data-early><h3>", "Revenir le jour que donne la réponse"),
    ),
    "Quelques heures chez des particuliers": Task(
        ("comprendre/a_qui_m_adresser.md",), ("Un particulier",)
    ),
    "Jours restants, quand prolonger": Task(
        ("demarches/fin_pass.md",), ('data-calculator="fin_pass"',)
    ),
    "470 heures en entreprise": Task(
        ("demarches/durees_et_contrats.md",), ("Les heures en entreprise",)
    ),
    "L'aide au poste de 2026": Task(
        ("demarches/argent.md",),
        ("Montant socle de la convention", "les valeurs connues"),
    ),
    "Mon CCAS est-il habilité ?": Task(("prescripteurs.md",), ('id="ccas"',)),
    "Un réseau en Lozère": Task(("reseaux/index.md",), ("Lozère",)),
    "Les chiffres": Task(("comprendre/chiffres.md",), ("personnes",)),
    "Ce qui a changé en 2025": Task(("journal/index.md", "journal/2025.md"), ("2025",)),
}


@pytest.fixture(scope="module")
def tree(content: Content, rules: Rules) -> Mapping[str, str]:
    docs = ROOT / "docs"
    written = {p.relative_to(docs).as_posix(): p.read_text("utf-8") for p in docs.rglob("*.md")}
    return pages(content, CALCULATORS, rules, written, "https://exemple.fr/")


def leads(text: str, page: str, to: str) -> bool:
    """Tell whether a page links to another one, by its path or by its address."""
    folder = page.rpartition("/")[0]
    wanted = {to, to.removeprefix(f"{folder}/"), address(to)}
    found = {(one or other).partition("#")[0] for one, other in LINK.findall(text)}
    return bool(found & wanted)


@pytest.mark.parametrize("task", TASKS)
def test_what_people_come_for_is_a_link_or_two_from_home(
    task: str, tree: Mapping[str, str]
) -> None:
    """Each page of the way links to the next, and the last holds what answers."""
    way, holds = TASKS[task]
    for page, to in zip(("index.md", *way), way, strict=False):
        assert leads(tree[page], page, to), (page, to)
    missing = [words for words in holds if words not in tree[way[-1]]]
    assert missing == []


def test_the_other_years_come_before_the_changes(tree: Mapping[str, str]) -> None:
    """Who looks for another year has not to read this one."""
    page = tree["journal/index.md"]
    assert page.index("](2025.md)") < page.index("**")


def test_on_a_phone_a_line_leads_to_each_door_of_the_home_page(tree: Mapping[str, str]) -> None:
    """The six doors are four screens high there."""
    index, _, doors = tree["index.md"].partition('<div class="doors"')
    titles = re.findall(r"^## (.+?) \{ #([\w-]+) \}$", doors, re.MULTILINE)
    assert [f"[{title}](#{anchor})" for title, anchor in titles] == re.findall(
        r"^- (\[.+\]\(#[\w-]+\))$", index, re.MULTILINE
    )
    assert len(titles) == 6
