"""What a network has to say: news that fold, prescribers whose years end, pictures, links, rows."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest
from data_inclusion.schema import v1
from PIL import Image, ImageCms
from pydantic import TypeAdapter, ValidationError

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content import models, picture_files
from generator.content.carriers import CARRIER_NAMES, Carrier
from generator.content.load import Content
from generator.pages import directory, links, pictures
from generator.pages.tree import PageBuilder, pages
from generator.publish import addresses, open_data
from tests.content.test_hostile import EXTENSIONS
from tests.pages.made_up import ENTRY, NEWS_ID, made_up

ATOM = "{http://www.w3.org/2005/Atom}"


def page(content: Content, rules: Rules, path: str) -> str:
    return PageBuilder(content, CALCULATORS, rules).generated()[path]


@pytest.mark.parametrize(
    ("today", "current"),
    [(date(2026, 11, 20), True), (date(2026, 12, 6), True), (date(2026, 12, 7), False)],
)
def test_news_fold_the_day_after_their_last_one(
    content: Content, rules: Rules, today: date, current: bool
) -> None:
    """On their own page's list and on the network's; without anything to come, a sentence says so."""
    told = replace(made_up(content), today=today)
    for path in ("actualites/index.md", "reseaux/essai.md"):
        now, _, over = page(told, rules, path).partition("<details")
        assert ("Portes ouvertes aux jardins" in now) == current
        assert ("Portes ouvertes aux jardins" in over) != current
        assert ("<p data-none hidden>" in now) == current


def test_without_news_there_is_no_page_of_news(content: Content, rules: Rules) -> None:
    """Nor a feed, nor a link that leads there: nothing is shown empty."""
    silent = replace(content, news={})
    made = pages(silent, CALCULATORS, rules, {}, "https://exemple.fr/")
    assert not any(path.startswith("actualites/") for path in made)
    assert "actualites/" not in made["reseaux/index.md"]


def test_the_feed_holds_the_news_by_their_day_of_publication(
    content: Content, rules: Rules
) -> None:
    """Newest first, each with the address of its page."""
    made = pages(made_up(content), CALCULATORS, rules, {}, "https://exemple.fr/")
    atom = ElementTree.fromstring(made["actualites/feed.xml"].encode())
    first, *_ = entries = atom.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "Portes ouvertes aux jardins"
    assert first.findtext(f"{ATOM}updated") == "2026-11-20T00:00:00Z"
    link = first.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"https://exemple.fr/actualites/{NEWS_ID}/"
    assert len(entries) == len(content.news) + 1


@pytest.mark.parametrize(("today", "over"), [(date(2029, 2, 28), False), (date(2029, 3, 1), True)])
def test_a_prescriber_is_authorised_for_five_years(
    content: Content, rules: Rules, today: date, over: bool
) -> None:
    """From 29 February 2024 to 28 February 2029; then the page says that it has ended."""
    told = replace(made_up(content), today=today)
    for path in ("annuaire/jardins.md", "reseaux/essai.md", "prescripteurs.md"):
        text = page(told, rules, path)
        assert "habilité du 29 février 2024 au 28 février 2029" in text
        ended = "<span>**habilitation terminée le 28 février 2029**"
        assert (ended in text) == over


def test_an_authorisation_is_never_longer_than_five_years() -> None:
    """An order says less at most."""
    order = {"order": "Arrêté", "since": date(2024, 1, 10)}
    assert models.Authorization.model_validate(order).end == date(2029, 1, 9)
    shorter = models.Authorization.model_validate(order | {"until": date(2026, 1, 9)})
    assert shorter.end == date(2026, 1, 9)
    with pytest.raises(ValidationError, match="cinq ans"):
        models.Authorization.model_validate(order | {"until": date(2029, 1, 10)})


def test_the_directory_has_the_keys_and_the_codes_of_data_inclusion() -> None:
    """All that the library of the schema knows, version 1, but what is filled in at publication."""
    theirs = v1.Structure.model_fields.keys() - {"source", "id", "date_maj"}
    assert theirs <= models.DirectoryEntry.model_fields.keys()
    assert {one.name: one.value for one in Carrier} == {
        one.name: one.value for one in v1.ReseauPorteur
    }
    assert {one.value: one.label for one in v1.ReseauPorteur} == {
        one.value: name for one, name in CARRIER_NAMES.items()
    }


def test_a_published_entry_is_a_row_of_data_inclusion(content: Content) -> None:
    """Its library reads it, with every key filled: nothing is lost, and the day is that of reading."""
    row = open_data.directory_rows(made_up(content))["jardins"]
    read = v1.Structure.model_validate(
        {name: one for name, one in row.items() if name in v1.Structure.model_fields}
    )
    assert (read.id, read.date_maj) == ("reperes-iae--jardins", date(2026, 11, 20))
    assert read.reseaux_porteurs == {v1.ReseauPorteur.ACI, v1.ReseauPorteur.CCAS_CIAS}
    assert all(getattr(read, name) is not None for name in v1.Structure.model_fields)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("telephone", "06 12 34 56 78", "portable"),
        ("telephone", "+33 6 12 34 56 78", "portable"),
        ("courriel", "samira.exemple@exemple.fr", "adresse d'une personne"),
        ("courriel", "pas une adresse", "adresse électronique"),
        ("nom", "Les Jardins.", "point"),
        ("code_insee", "93055", "département 48"),
        ("latitude", None, "vont ensemble"),
    ],
)
def test_what_is_a_person_s_or_in_the_wrong_place_is_refused(
    key: str, value: object, words: str
) -> None:
    """Names, mobile numbers and mail of persons have no place in a directory."""
    with pytest.raises(ValidationError, match=words):
        TypeAdapter(models.DirectoryEntry).validate_python(
            {**ENTRY, "checked": date(2026, 11, 20), key: value}
            | {"authorization": None, "sources": [{"document": "Essai", "date": 2026}]}
        )


def test_hours_are_said_in_french() -> None:
    """The notation is OpenStreetMap's, as the schema asks."""
    said = directory.opening_hours(ENTRY["horaires_accueil"])
    assert said == (
        "du lundi au vendredi, 9 h à 12 h et 14 h à 17 h 30 ; samedi, 9 h à 12 h ; fermé les jours fériés"
    )


def test_the_searches_of_the_platform_are_filled_with_the_commune() -> None:
    """As the State's geographic interface names it: « saint-chely-dapcher-48 », « ajaccio-2a »."""
    for commune, code, slug in (
        ("Saint-Chély-d'Apcher", "48", "saint-chely-dapcher-48"),
        ("L'Haÿ-les-Roses", "94", "lhay-les-roses-94"),
        ("Ajaccio", "2A", "ajaccio-2a"),
    ):
        address = directory.platform_search("employers", commune, code, 25)
        assert address.endswith(f"/employers/results?city={slug}&distance=25")


def test_links_name_networks_news_and_pages(content: Content) -> None:
    """In data and in pages written by hand alike; an anchor stays."""
    text = "[a](reseau:coorace) [b](actualite:2026-01-01-x) [c](page:comprendre/contrats#fin)"
    assert links.resolve(text, "glossaire/aci.md", content) == (
        "[a](../reseaux/coorace.md) [b](../actualites/2026-01-01-x.md) "
        "[c](../comprendre/contrats.md#fin)"
    )


def _photo(path: Path, size: tuple[int, int] = (1500, 1000)) -> None:
    """Write a picture as a telephone does: turned, with a place and a profile in its metadata."""
    data = Image.Exif()
    data[0x0112] = 6  # turned a quarter to the right
    data[0x010F] = "Un téléphone"
    data.get_ifd(0x8825)[1] = "N"  # its place
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", size, "green").save(path, "JPEG", exif=data, icc_profile=profile)


def test_readers_are_sent_a_small_picture_without_its_metadata(tmp_path: Path) -> None:
    """WebP, upright, two sizes; a small picture is never made larger."""
    given = tmp_path / "serre.jpg"
    _photo(given)
    assert picture_files.size_of(given) == (1000, 1500)
    for width in pictures.WIDTHS:
        with Image.open(io.BytesIO(picture_files.resized(given, width))) as made:
            assert (made.format, made.size) == ("WEBP", (width, round(width * 1.5)))
            assert not made.getexif()
            assert not {"exif", "icc_profile", "xmp"} & {*made.info}
    _photo(given, (200, 100))
    with Image.open(io.BytesIO(picture_files.resized(given, 960))) as made:
        assert made.size == (100, 200)
    assert pictures.sizes("serre.jpg", 100) == {100: "serre-jpg-480.webp"}


def test_a_picture_says_what_it_shows_and_by_what_right(content: Content, rules: Rules) -> None:
    """Its text, its two sizes, its author and its licence; the page keeps its place."""
    text = page(made_up(content), rules, "reseaux/essai.md")
    assert 'alt="Quatre personnes plantent des salades."' in text
    assert 'src="../../assets/pictures/serre-jpg-960.webp" width="960" height="640"' in text
    assert "serre-jpg-480.webp 480w, ../../assets/pictures/serre-jpg-960.webp 960w" in text
    assert "Image : Une photographe, Licence Ouverte 2.0" in text


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("page.png", b"<html>", "n'est pas une image"),
        ("moitie.jpg", None, "n'est pas une image"),
        ("Été 1.jpg", b"", "ne convient pas"),
        ("lourde.jpg", b"\xff" * 10_000_001, "trop lourde : 10 Mo"),
    ],
)
def test_what_is_no_picture_or_weighs_too_much_is_refused(
    tmp_path: Path, name: str, body: bytes | None, words: str
) -> None:
    """Half a picture too; the sentence says what to do."""
    path = tmp_path / name
    if body is None:
        _photo(path)
        body = path.read_bytes()[:3000]
    path.write_bytes(body)
    with pytest.raises(ValueError, match=words):
        picture_files.size_of(path)


def test_a_picture_with_too_many_pixels_is_refused(tmp_path: Path) -> None:
    """A few kilobytes may hold a picture that no memory holds."""
    path = tmp_path / "grande.png"
    Image.new("1", (8000, 7000)).save(path)
    with pytest.raises(ValueError, match="8000 × 7000 pixels"):
        picture_files.size_of(path)


def test_nothing_that_a_network_says_stops_the_build(content: Content, rules: Rules) -> None:
    """Telephones, plans, mail: each address of the pages of full entries may be published."""
    made = pages(made_up(content), CALCULATORS, rules, {}, "https://exemple.fr/")
    for path in ("reseaux/essai.md", "annuaire/jardins.md", f"actualites/{NEWS_ID}.md"):
        shown = markdown.markdown(made[path], extensions=EXTENSIONS)
        assert "href=" in shown
        assert [*addresses.of_page(shown, "https://exemple.fr/")] == []


def test_no_news_that_ship_pretend_to_be_to_come(content: Content) -> None:
    """They are of the past, and say of what day: nothing to come is invented."""
    for one in content.news.values():
        assert one.last_day < content.today + timedelta(days=366)
        assert one.sources
