"""The page of a text of law: its words, the marks of our quotes, and what rests on it."""

from __future__ import annotations

import re

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content.load import Content
from generator.pages import legal_texts
from generator.pages.tree import pages
from tests.content.test_mistakes import TODAY
from tests.content.test_quotes import TEXT


def test_the_quoted_words_are_marked_across_paragraphs_and_once() -> None:
    """Two quotes that overlap make one mark after the other; a mark never crosses a paragraph."""
    quoted = dict.fromkeys(["excéder vingt-quatre mois ; 2° L'aide", "vingt-quatre mois"])
    assert legal_texts.marked(TEXT, quoted, TODAY).split("\n") == [
        '<div class="legal-text" data-pagefind-weight="0.2">',
        "<p>1° La durée ne peut <mark>excéder vingt-quatre mois ;</mark></p>",
        "<p><mark>2° L&#39;aide</mark> « au poste » s&#39;arrête à la fin du parcours.</p>",
        "</div>",
    ]


def test_every_text_has_a_page_and_says_what_rests_on_it(content: Content, rules: Rules) -> None:
    """R5132-18 founds the 480 hours: the dated value, its calculator, the terms that cite it."""
    tree = pages(content, CALCULATORS, rules, {}, "https://exemple.fr/")
    assert {legal_texts.page(number) for number in content.articles} <= set(tree)
    page = tree["textes/R5132-18.md"]
    assert "# Code du travail, article R. 5132-18" in page.replace("\u00a0", " ")
    assert "(../regles/heures_ai.md#plafond)" in page
    assert "(../simulateurs/heures_ai.md)" in page
    assert "(../glossaire/prolongation.md)" in tree["textes/R5132-1-8.md"]


def test_a_quote_opens_without_script_and_leads_to_the_whole_text(content: Content) -> None:
    """The same words cited twice on a page are there once; no line begins with what follows."""
    shown = '<q cite="R5132-18">480 heures</q>'
    text, opened = legal_texts.open_quotes(
        f"Un plafond {shown}, et {shown}.", "regles/x.md", content
    )
    assert re.findall(r'popovertarget="([^"]+)"', text) == ["texte-1", "texte-1"]
    assert ">le texte</button>,</span> et <span" in text
    assert text.endswith(">le texte</button>.</span>")
    assert opened.count("popover=") == 1
    assert "« 480 heures »" in opened
    assert "(../textes/R5132-18.md)" in opened
