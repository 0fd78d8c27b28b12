"""Sentences that readers stumbled on, and that were written again: none comes back."""

from __future__ import annotations

import json
import re

import pytest

from calculators import CALCULATORS
from calculators.bridge import answer
from calculators.rules import Rules
from generator.content.load import Content
from generator.content.worked_cases import load
from generator.pages.tree import pages
from tests.conftest import ROOT

#: What was wrong with them, and the words that told.
REFUSED = {
    "our own reading is no news for a reader: say what is to be checked": [
        r"nous (?:n'avons|en avons|l'avons|avons) (?:pas )?(?:encore )?(?:re)?lue?s?\b",
        r"\bn'(?:a|ont|avons) pas (?:encore )?été relue?s?\b",
        r"n'avons pas (?:encore )?(?:re)?lue?s?\b",
        r"\bn'en avons (?:re)?lue?s?\b|ne disent pas sous quelle forme",
        r"\bles textes lus\b|textes que nous avons lus",
        r"\bnon relue?s?\b(?! par des personnes concernées)|\blue? en (?:partie|entier)\b",
        r"documents? anciens?\b|document d'origine à retrouver|relevé de faits du projet",
        r"glossaire de 2020|de notre main",
    ],
    "nobody speaks so": [
        r"d'autant de jours que la suspension",
        r"au lieu de 0\b|retiré, c'était",
        r"fixe l'argent",
        r"zone rurale à soutenir",
        r"ne peut pas être habilité|peut être habilité\. une fois habilité|\bloi loi\b",
        r"aucun article que nous",
    ],
    "a good answer has no red « Non », nor a reason that does not matter": [
        r"ne valide pas elle-même|demandés à défaut|il n'en faut pas, puisque",
        r"deux limites valent",
    ],
    "a proof is asked for in plain words": [
        r"certification par la plateforme|avant la délivrance du (?:récépissé|\[?pass)",
    ],
    "a form speaks to a person": [
        r"début de cette pratique n'est pas établi|nos réponses commencent avec",
        r"elle ne peut pas être déclarée d'avance|suppose que le contrat suivant",
        r"quel jour posez-vous la question|est-elle condamnée et bénéficie",
        r"les acteurs locaux de l'insertion sont d'accord|qui a fait le diagnostic valide",
        r"prescrit avant un nouveau parcours|prescripteur habilité le prescrit",
    ],
}
#: Where the site tells how it reads, how it was tried, and what it read in the file of a person.
TOLD_THERE = {
    *("docs/methode.md", "docs/accessibilite.md", "simulateurs/liste.md", "suivi/equipe.md"),
}
WORDS = [words for several in REFUSED.values() for words in several]


@pytest.fixture(scope="module")
def texts(content: Content, rules: Rules) -> dict[str, str]:
    """What readers may be told, on one line each: pages, made or by hand, and the answers of worked cases."""
    told = pages(content, CALCULATORS, rules, {}, "https://exemple.fr/")
    for case in load():
        answered = answer(CALCULATORS[case.calculator], case.situation, rules)
        told[f"{case.calculator} : {case.name}"] = json.dumps(answered, ensure_ascii=False)
    for path in [*(ROOT / "docs").rglob("*.md"), *(ROOT / "calculators").rglob("*.py")]:
        told[path.relative_to(ROOT).as_posix()] = path.read_text("utf-8")
    return {
        # A sentence of Python may go on after a quotation mark, one of Markdown on another line.
        name: " ".join(re.sub(r"\"\n\s*f?\"", "", text).replace("’", "'").split())
        for name, text in told.items()
    }


@pytest.mark.parametrize("words", WORDS)
def test_no_sentence_that_was_written_again_comes_back(words: str, texts: dict[str, str]) -> None:
    """On no page, in no answer."""
    found = {
        name: match[0]
        for name, text in texts.items()
        if name not in TOLD_THERE and (match := re.search(words, text, re.IGNORECASE))
    }
    assert not found, found
