"""A quote is in the text that it quotes, on the day that it is quoted for, with its numbers."""

from __future__ import annotations

from datetime import date

import pytest

from generator.content import load, models, quotes
from generator.content.models import LegalText
from generator.review import legal_texts
from tests.conftest import ROOT

TEXT = LegalText.model_validate(
    {
        "title": "Code du travail, article R. 5132-99",
        "source": {"package": "@socialgouv/legi-data 2.513.0"},
        "versions": [
            {"id": "LEGIARTI000000000001", "since": date(2009, 6, 1), "until": date(2014, 7, 1)},
            {
                "id": "LEGIARTI000000000002",
                "since": date(2014, 7, 1),
                "until": date(2021, 9, 1),
                "text": "La durée est de 12 mois.",
            },
            {
                "id": "LEGIARTI000000000003",
                "since": date(2021, 9, 1),
                "until": date(2026, 1, 1),
                "text": "1° La durée ne peut excéder vingt-quatre mois ;\n"
                "2° L'aide « au poste » s'arrête à la fin du parcours.",
            },
        ],
    }
)
NOW = date(2022, 1, 1)


@pytest.mark.parametrize(
    "quote",
    [
        "vingt-quatre mois",
        "ne  peut excéder vingt‑quatre mois",
        'L’aide "au poste" s\'arrête',
        "l'aide «\u00a0au poste\u00a0»",
        "vingt-quatre mois ; 2° L'aide",
        "La durée […] vingt-quatre mois […] à la fin du parcours",
    ],
)
def test_only_typography_may_differ(quote: str) -> None:
    """Spaces, ends of lines, apostrophes, quotation marks, hyphens, capitals, words left out."""
    assert quotes.problem("R5132-99", TEXT, quote, NOW) is None


@pytest.mark.parametrize(
    ("quote", "nearest"),
    [
        ("La durée ne peut excéder trente-quatre mois", "vingt-quatre mois"),
        ("à la fin du parcours […] vingt-quatre mois", "vingt-quatre mois"),
        ("L'aide au poste s'arrête", "s'arrête"),
    ],
)
def test_another_word_or_another_order_is_refused(quote: str, nearest: str) -> None:
    """The message shows the passage of the text that is the nearest."""
    message = quotes.problem("R5132-99", TEXT, quote, NOW)
    assert message is not None
    assert "ne contient pas" in message
    assert nearest in message.partition("Le passage le plus proche")[2]


def test_the_words_of_another_version_are_refused() -> None:
    """The message says of which version they are."""
    message = quotes.problem("R5132-99", TEXT, "12 mois", NOW)
    assert message is not None
    assert "dans la version de « R5132-99 » du 1er juillet 2014" in message


@pytest.mark.parametrize("day", [date(2009, 5, 31), date(2026, 1, 1)])
def test_a_text_that_is_not_in_force_is_not_quoted(day: date) -> None:
    """Before its first day, and from the day on which it no longer holds."""
    message = quotes.problem("R5132-99", TEXT, "vingt-quatre mois", day)
    assert message is not None
    assert "n'est pas en vigueur" in message


def test_where_old_words_are_not_published_the_oldest_that_are_stand_for_them() -> None:
    """The version of 2009 has no words here: those of 2014 are compared."""
    assert quotes.problem("R5132-99", TEXT, "12 mois", date(2010, 1, 1)) is None
    assert quotes.problem("R5132-99", TEXT, "vingt-quatre mois", date(2010, 1, 1)) is not None


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        (24, "vingt-quatre mois"),
        (480, "une durée de 480 heures"),
        (480, "quatre cent quatre-vingts heures"),
        ({"rqth": 60, "senior": 84}, "quatre-vingt-quatre mois […] soixante mois"),
        (1, "au moins une heure, un jour"),
        (71, "soixante et onze ans"),
        (57, "cinquante-sept ans"),
        (0.5, "0,5 point"),
        ({"ai": True, "ei": False}, "les associations intermédiaires"),
        ("un texte", "les associations"),
    ],
)
def test_a_number_is_found_in_figures_or_in_letters(value: object, quote: str) -> None:
    assert quotes.missing_numbers(value, quote) == []


@pytest.mark.parametrize(
    ("value", "quote", "missing"),
    [
        (24, "quatre mois", ["24"]),
        (4, "vingt-quatre mois", []),
        (48, "480 heures", ["48"]),
        (1747.2, "soit 1 747,20 € mensuels", []),
        (1747.2, "soit 747,20 € mensuels", ["1747,2"]),
        ({"ai": 3, "ei": 2}, "deux critères", ["3"]),
    ],
)
def test_a_number_that_the_quote_does_not_say_is_named(
    value: object, quote: str, missing: list[str]
) -> None:
    assert quotes.missing_numbers(value, quote) == missing


def test_every_citation_of_the_site_shows_its_words() -> None:
    """In data and in pages: none is left without a quote, and thousands are not skipped."""
    citations = [one for one in legal_texts.citations(ROOT) if not models.TEXT.match(one.number)]
    unquoted = [one for one in citations if not one.quote]
    print(f"Citations of articles: {len(citations)}, without their words: {len(unquoted)}")
    assert len(citations) > 1000
    assert unquoted == []


def _held(number: str, identifier: str | None) -> str:
    text = LegalText.model_validate(
        {
            "title": "Arrêté du 18 février 2015",
            "source": {"url": "https://exemple.fr/copie", "title": "Copie", "date": NOW},
            "versions": [{"id": identifier, "since": NOW, "text": "dix mille euros"}],
        }
    )
    return load.read_at(number, text)


@pytest.mark.parametrize(
    ("number", "identifier", "address"),
    [
        ("R5132-7", "LEGIARTI000045950386", "codes/article_lc/LEGIARTI000045950386"),
        ("LEGIARTI000047974751", "LEGIARTI000047974751", "loda/article_lc/LEGIARTI000047974751"),
        ("JORFARTI000046738076", "JORFARTI000046738076", "jorf/article_jo/JORFARTI000046738076"),
        ("JORFTEXT000044011209", "JORFTEXT000044011209", "jorf/id/JORFTEXT000044011209"),
    ],
)
def test_a_text_is_read_on_the_shelf_of_its_kind(
    number: str, identifier: str, address: str
) -> None:
    """An article of a code and one of an order have identifiers of one form, and not one address."""
    assert _held(number, identifier) == f"https://www.legifrance.gouv.fr/{address}"


def test_a_text_without_an_identifier_is_read_where_it_was() -> None:
    """The address of the official journal is not guessed: the link opens the copy."""
    assert _held("arrete-2015-02-18", None) == "https://exemple.fr/copie"
    assert _held("R2113-7", None) == "https://exemple.fr/copie"


def test_a_version_that_nobody_could_find_is_refused() -> None:
    """Without an identifier, and without the page where it was read."""
    with pytest.raises(ValueError, match="personne ne saurait où la lire"):
        LegalText.model_validate(
            {
                "title": "Arrêté du 18 février 2015",
                "source": {"document": "Journal officiel", "date": NOW},
                "versions": [{"since": NOW, "text": "dix mille euros"}],
            }
        )


def _told(*words: str) -> dict[str, object]:
    page = {"url": "https://exemple.fr/", "title": "Une revue", "date": 2022}
    return {
        "title": "Arrêté du 5 juillet 2022",
        "told_by": [{"page": page, "text": one} for one in words],
        "versions": [{"since": date(2022, 1, 1)}],
    }


def test_a_text_that_two_pages_tell_has_the_words_of_both() -> None:
    """Whoever reads its page finds the words of each under its title; the link opens the first."""
    text = LegalText.model_validate(_told("Le montant est de 1 479 €.", "Il passe à 1479 euros."))
    assert quotes.problem("arrete-2022-07-05", text, "passe à 1479 euros", NOW) is None
    assert quotes.problem("arrete-2022-07-05", text, "Une revue : Le montant", NOW) is None
    assert load.read_at("arrete-2022-07-05", text) == "https://exemple.fr/"


def test_a_number_that_one_page_alone_tells_is_named() -> None:
    """Two must agree; a copy of the text needs no second."""
    text = LegalText.model_validate(
        _told("1 479 € en mai, 1 441 € en janvier.", "Le montant est de 1 479 €.", "11.27 euros")
    )
    assert quotes.told_once({"ai": 1479, "etti": 1441}, text) == ["1441"]
    assert quotes.told_once({"ai": 1479}, TEXT) == []


@pytest.mark.parametrize("wrong", [{"told_by": []}, {"told_by": [{"page": 1}]}, {"versions": 3}])
def test_one_page_does_not_tell_a_text(wrong: dict[str, object]) -> None:
    """One telling, or one that is not whole, is refused as any mistake is."""
    with pytest.raises(ValueError, match=r"told_by|source|versions"):
        LegalText.model_validate(_told("Le montant est de 1 479 €.") | wrong)
