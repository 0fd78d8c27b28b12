"""What people ask of the workshop, typed in French, and what they read back: days, articles, names."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.content import load
from generator.workshop import reading, service, written_pages
from tests.conftest import ROOT

TODAY = date.today()
SOURCE = {"document": "Plaquette du réseau", "date": "novembre 2026"}
BASIS = "a_verifier"


@pytest.fixture(scope="module")
def shop() -> service.Workshop:
    """The workshop with the pages written by hand too."""
    return service.Workshop(ROOT, TODAY, load.read_all(ROOT / "data"))


def ask(shop: service.Workshop, **request: Any) -> dict[str, Any]:
    response = json.loads(shop.run(json.dumps(request)))
    assert isinstance(response, dict)
    return response


def walked(
    shop: service.Workshop, kind: str, change: dict[str, Any], **where: Any
) -> dict[str, Any]:
    """Open an entry, type the change, and return what comes of it: the check accepts it."""
    others = where.pop("others", [])
    opened = ask(shop, ask="open", kind=kind, **where)
    assert opened["type"] == "opened", opened
    request = {name: opened[name] for name in ("kind", "file", "part")}
    value = opened["value"] | change
    response = ask(shop, ask="write", **request, value=value, others=others)
    assert [one["message"] for one in response["mistakes"]] + response["others"] == []
    assert response["files"] != []
    return response | {"sent": request | {"value": value}}


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("27/11/2026", "2026-11-27"),
        ("27 novembre 2026", "2026-11-27"),
        ("le 1er sept. 2021", "2021-09-01"),
        ("vendredi 27 Novembre 2026", "2026-11-27"),
        ("2026-11-27", "2026-11-27"),
        ("31/02/2026", None),
        ("27/11/26", None),
        ("bientôt", None),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, iso: str | None) -> None:
    """And nothing is guessed of a day that does not exist, or of a year of two figures."""
    found = reading.day(typed)
    assert (found and found.isoformat()) == iso


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("R. 5132-1-7", "R5132-1-7"),
        ("article L. 5132-3 du code du travail", "L5132-3"),
        ("R5132-1-7", "R5132-1-7"),
        ("le code du travail", None),
    ],
)
def test_an_article_is_read_as_legifrance_prints_it(typed: str, number: str | None) -> None:
    """With its letter, its point and its spaces, or as a file names it."""
    assert reading.article(typed) == number


def test_a_figure_and_a_department_are_typed_in_french(shop: service.Workshop) -> None:
    """« 1 500 », « Lozère »; a month is read as its year, and this is said."""
    figure = {"label": "Structures membres", "value": "1 500", "year": "2026", "basis": BASIS}
    response = walked(
        shop,
        "network",
        {
            "website": "www.exemple.fr",
            "departments": ["Lozère", "2A"],
            "figures": [figure | {"source": SOURCE}],
        },
        file="data/networks/coorace.yaml",
    )
    value = yaml.safe_load(response["text"])
    assert value["website"] == "https://www.exemple.fr"
    assert value["departments"] == ["48", "2A"]
    assert value["figures"][0]["source"]["date"] == 2026
    told = {tuple(one["field"]): one["text"] for one in response["understood"]}
    assert told["departments", 0] == "Lozère (48)"
    assert told["figures", 0, "source", "date"].startswith("l'année 2026.")


def test_a_sector_an_event_and_a_kind_of_prescriber_are_added(shop: service.Workshop) -> None:
    """Each in its one file, beside the others."""
    sector = {"title": "Réemploi", "summary": "Réparer et vendre des objets.", "basis": BASIS}
    response = walked(shop, "sector", sector | {"sources": [SOURCE]}, new="Réemploi")
    assert yaml.safe_load(response["text"])["sectors"][-1]["id"] == "reemploi"
    history = yaml.safe_load((ROOT / "data/history.yaml").read_text("utf-8"))["phases"][-1]
    opened = ask(
        shop,
        ask="open",
        kind="history",
        file="data/history.yaml",
        part=f"phases.{history['title']}",
    )
    last = str(opened["value"]["events"][-1]["date"])
    event = {
        "date": "/".join(reversed(last.split("-"))),
        "title": "Un essai",
        "basis": BASIS,
        "sources": [SOURCE],
    }
    events = [*opened["value"]["events"], event]
    response = walked(
        shop,
        "history",
        {"events": events, "checked": TODAY.strftime("%d/%m/%Y")},
        file="data/history.yaml",
        part=f"phases.{history['title']}",
    )
    assert "Événements, ajouté" in response["message"]["changes"]
    kind = {
        "code": "ESSAI",
        "title": "Organisme d'essai",
        "summary": "Un organisme qui sert d'essai.",
        "sign_up": "false",
        "authorization": "possible",
        "rights": ["orienter"],
    }
    response = walked(shop, "prescriber", kind, new="Organisme d'essai")
    assert yaml.safe_load(response["text"])["kinds"][-1]["id"] == "organisme_d_essai"


def test_a_new_page_comes_with_its_line_of_the_menu(shop: service.Workshop) -> None:
    """And a sentence of a page changes that sentence alone."""
    page = {
        "title": "Une page d'essai",
        "description": "Une page pour essayer.",
        "text": "Un [terme](terme:siae).",
        "menu": written_pages.menus((ROOT / "mkdocs.yml").read_text("utf-8"))[0],
    }
    response = walked(shop, "page", page, new="Une page d'essai")
    assert sorted(one["file"] for one in response["files"]) == [
        "docs/comprendre/une_page_d_essai.md",
        "mkdocs.yml",
    ]
    file = "docs/comprendre/sorties.md"
    text = ask(shop, ask="open", kind="page", file=file)["value"]["text"]
    response = walked(shop, "page", {"text": f"{text}\n\nUne phrase de plus."}, file=file)
    marks = [one["mark"] for one in response["diff"] if one["mark"] in "+-" and one["text"]]
    assert marks == ["+"]
    told = response["message"]["changes"].split("\n")
    assert [line for line in told if line[:1] == "-"] == ["- Texte, après : Une phrase de plus."]


def test_a_value_and_the_new_article_that_it_cites_are_one_proposal(shop: service.Workshop) -> None:
    """Alone, the value is refused: the text that it cites is not on the site."""
    article = {
        "title": "Code du travail, article R. 9999-1",
        "source": {
            "url": "https://www.exemple.fr/texte",
            "title": "Copie du texte",
            "date": TODAY.strftime("%d/%m/%Y"),
        },
        "versions": [
            {
                "id": "LEGIARTI000000000001",
                "since": "1er janvier 2026",
                "text": "Le délai est de trois mois.",
            }
        ],
    }
    first = walked(shop, "article", article, new="R. 9999-1")
    assert first["file"] == "data/articles/R9999-1.yaml"
    file, part = "data/rules/carence.yaml", "parameters.mois_suspension"
    opened = ask(shop, ask="open", kind="rule", file=file, part=part)
    value = {
        "since": "1er juin 2026",
        "value": "3",
        "basis": "loi",
        "source": {"article": "R. 9999-1", "quote": "Le délai est de trois mois"},
    }
    change = {"values": [*opened["value"]["values"], value]}
    request = {name: opened[name] for name in ("kind", "file", "part")}
    alone = ask(shop, ask="write", **request, value=opened["value"] | change)
    assert "Un texte de loi qui manque" in " ".join(one["message"] for one in alone["mistakes"])
    both = walked(shop, "rule", change, file=file, part=part, others=[first["sent"]])
    assert {one["file"] for one in both["files"]} == {first["file"], file}


def test_no_form_asks_for_a_file(shop: service.Workshop) -> None:
    """What a field expects is said without a folder of the project: nobody who types has seen one."""
    told = {}
    for kind in ask(shop, ask="catalogue")["kinds"]:
        for entry in kind["entries"][-1:]:
            form = ask(shop, ask="open", kind=kind["kind"], **entry)["schema"]
            told[kind["kind"]] = re.findall(r"[^\"]*data/[^\"]*", json.dumps(form))
    assert told
    assert {kind: words for kind, words in told.items() if words} == {}


def test_what_is_missing_is_said_without_a_word_of_yaml(shop: service.Workshop) -> None:
    """« Choisissez sur quoi cela repose », and neither keys nor quotes nor names of files."""
    opened = ask(shop, ask="open", kind="term", new="Un terme d'essai")
    request = {name: opened[name] for name in ("kind", "file", "part")}
    response = ask(shop, ask="write", **request, value={})
    told = " ".join(one["message"] for one in response["mistakes"])
    assert "Choisissez sur quoi cela repose" in told
    assert "La clé" not in told
    assert ": loi" not in told
    assert ".yaml" not in told


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.stem)
def test_the_mark_of_the_first_paragraph_is_kept_and_not_shown(path: Path) -> None:
    """Who writes a page needs no Markdown attribute; a page whose text changes keeps its own."""
    before = path.read_text("utf-8")
    value = written_pages.value_of(before)
    assert written_pages.text_of(before, value) == before
    start = before.partition("\n## ")[0]
    assert "{ .lead }" not in value["text"].partition("\n## ")[0] or not re.search(
        r"^# .*\n\n[^\n]+\n\{ \.lead \}", start, re.MULTILINE
    )
    longer = {**value, "text": f"{value['text']}\n\nUne phrase de plus."}
    assert written_pages.text_of(before, longer) == f"{before.rstrip()}\n\nUne phrase de plus.\n"
