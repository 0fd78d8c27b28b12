"""Take the pictures of the guide (`docs/contribuer.md`) from the built site: `make pictures`.

Each picture shows one step of a task, in the real workshop.
"""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path

from playwright.sync_api import Locator, Page, expect, sync_playwright

from generator.dev_server import server

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "contribuer" / "images"
WIDTH = 640
SLOW = 60_000  # ms: the engine of the workshop weighs several megabytes
#: Pixels around the elements of a picture.
MARGIN = 12


def main() -> None:
    """Walk the four tasks, and take each picture on the way."""
    httpd = server(ROOT / "build" / "site", 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    TARGET.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"),
            args=["--no-sandbox", "--disable-gpu", "--lang=fr-FR"],
        )
        page = chromium.new_page(
            viewport={"width": WIDTH, "height": 900},
            base_url=f"http://127.0.0.1:{httpd.server_port}/",
            locale="fr-FR",
            color_scheme="light",
            reduced_motion="reduce",
            bypass_csp=True,  # or the bars could not be hidden
        )
        page.goto("glossaire/ai/")
        _take(page, "corriger", page.locator(".reread"), page.locator(".edit-links"))
        page.get_by_role("link", name="Corriger dans l’atelier").click()
        page.get_by_role("button", name="Ouvrir l’atelier").click()
        _term(page)
        _figure(page)
        _network(page)
        _value(page)
        _move(page)
        chromium.close()
    httpd.shutdown()


def _term(page: Page) -> None:
    summary = page.get_by_label("Résumé")
    summary.wait_for(timeout=SLOW)
    summary.fill("Une association qui prête ses salariés à des particuliers")
    summary.press("Tab")
    _settled(page, "1 chose à corriger")
    _take(page, "faute", page.locator(".field", has=summary))
    summary.fill("Une association qui prête ses salariés à des particuliers et à des entreprises.")
    _settled(page, "vous pouvez proposer")
    _slot(page, "lines").locator("summary").click()
    _take(
        page, "changements", page.get_by_role("heading", name="Ce qui change"), _slot(page, "diff")
    )
    _take(page, "proposer", page.locator("section", has=_slot(page, "copy")))


def _move(page: Page) -> None:
    _choose(page, "Un terme du glossaire", "Aide au poste")
    moving = _slot(page, "moving")
    moving.locator("summary").click()
    page.get_by_label("Son nouveau nom").fill("Aide au poste d'insertion")
    _take(page, "renommer", moving)


def _figure(page: Page) -> None:
    _choose(page, "Un réseau", "COORACE")
    figures = page.get_by_role("group", name=re.compile("^Chiffres"))
    figures.get_by_role("button", name="Ajouter").last.click()
    one = figures.locator("details[open]").first
    one.get_by_label("Ce qui est compté").fill("Structures membres")
    one.get_by_label("Valeur").fill("1 500")
    one.get_by_label("Année").fill("2026")
    _take(page, "chiffre", one)


def _network(page: Page) -> None:
    page.evaluate("localStorage.clear()")
    page.get_by_label("Que voulez-vous changer ?").select_option(label="Un réseau")
    page.get_by_text("Un nouveau réseau").click()
    page.get_by_label("Quel est son nom, ou son titre ?").fill("IAE 12")
    _take(page, "nouveau", _slot(page, "chooser"))


def _value(page: Page) -> None:
    _choose(page, "Une valeur datée d’une règle", "Nombre de critères de niveau 2 à réunir")
    values = page.get_by_role("group", name=re.compile("^Valeurs"))
    values.get_by_role("button", name="Ajouter", exact=False).last.click()
    one = values.locator("details[open]").last
    one.get_by_label("Depuis le").fill("1er juin 2026")
    _take(page, "valeur", one)


def _choose(page: Page, kind: str, entry: str) -> None:
    page.evaluate("localStorage.clear()")
    page.get_by_label("Que voulez-vous changer ?").select_option(label=kind)
    page.get_by_label("Quelle fiche ?").select_option(label=entry)
    page.get_by_role("button", name="Ouvrir cette fiche").click()
    _settled(page, "rien n’a changé")


def _slot(page: Page, name: str) -> Locator:
    return page.locator(f'[data-slot="{name}"]')


def _settled(page: Page, words: str) -> None:
    expect(_slot(page, "status")).to_contain_text(words, timeout=SLOW)


def _take(page: Page, name: str, *shown: Locator) -> None:
    """Save a picture of the elements, with a margin, at most as high as the window."""
    shown[0].scroll_into_view_if_needed()
    top = shown[0].evaluate("one => one.getBoundingClientRect().top + scrollY")
    bottom = shown[-1].evaluate("one => one.getBoundingClientRect().bottom + scrollY")
    page.screenshot(
        path=TARGET / f"{name}.png",
        full_page=True,
        style=".md-header, .bar { visibility: hidden !important }",
        clip={
            "x": 0,
            "y": top - MARGIN,
            "width": WIDTH,
            "height": min(bottom - top, 700) + 2 * MARGIN,
        },
    )


if __name__ == "__main__":
    main()
