"""« Qui embauche près de chez moi ? », « Qui peut prescrire dans ma ville ? »: three clicks from the home page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_site import overflow, violations
from tests.conftest import ROOT

PLATFORM = "https://emplois.inclusion.beta.gouv.fr/search/"
DOOR = "Qui embauche, qui prescrit près de chez moi ?"
FIELD = "Votre commune ou code postal"


def test_the_two_questions_are_answered_in_three_clicks(page: Page) -> None:
    """The door, the commune, the link; then by keyboard alone; then a département, with its print."""
    page.goto("")
    page.get_by_role("link", name=DOOR).first.click()
    page.get_by_label(FIELD).fill("l'hay")
    page.get_by_role("button", name="L’Haÿ-les-Roses (94)").click()
    employers = page.get_by_role("link", name="Chercher un employeur")
    expect(employers).to_have_attribute(
        "href", f"{PLATFORM}employers/results?city=lhay-les-roses-94&distance=25"
    )
    prescribers = page.get_by_role("link", name="Chercher un prescripteur habilité")
    expect(prescribers).to_have_attribute(
        "href", f"{PLATFORM}prescribers/results?city=lhay-les-roses-94&distance=25"
    )
    assert violations(page) == []
    assert overflow(page) == []

    page.get_by_label(FIELD).press("ControlOrMeta+a")
    page.keyboard.type("48000")
    page.get_by_role("button", name="Mende (48)").wait_for()
    page.keyboard.press("Enter")
    expect(page.get_by_label(FIELD)).to_have_value("Mende (48)")
    page.get_by_label("À quelle distance").select_option("50")
    page.get_by_text("Choisir un type de structure").click()
    page.get_by_label("Atelier et chantier").check()
    expect(employers).to_have_attribute(
        "href", f"{PLATFORM}employers/results?city=mende-48&distance=50&kinds=ACI"
    )
    # The same commune, in the directory of this site: what networks say of it, without any other file.
    page.get_by_role("link", name="Les plus proches, dans l’annuaire de ce site").click()
    rows = page.locator(".directory-rows > li")
    expect(rows.first).to_contain_text("ALOES", timeout=60_000)
    everyone = rows.count()
    page.get_by_label("Qui cherchez-vous").select_option("aci")
    expect(page.locator("[data-part=told]")).to_have_text("Une réponse dans le département.")
    expect(rows).to_have_count(1)
    assert everyone > 1
    expect(rows.get_by_role("link", name="Atelier et chantier d’insertion")).to_be_visible()
    report = rows.get_by_role("link", name="Signaler une erreur")
    expect(report).to_have_attribute("href", re.compile("contribuer/$|reperes-iae--"))
    assert violations(page) == []
    assert overflow(page) == []
    page.go_back()

    page.get_by_label(FIELD).fill("4800")
    expect(page.locator("#near-status")).to_have_text("Un code postal a cinq chiffres.")
    # What is being typed is no commune: no link keeps the one before.
    expect(employers).to_have_attribute("href", f"{PLATFORM}employers")

    page.get_by_label(FIELD).fill("Lozère")
    page.get_by_role("link", name="Lozère (48), le département").wait_for()
    page.get_by_label(FIELD).press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Lozère (48)\u00a0: qui embauche, qui prescrit"
    )
    expect(page.get_by_role("button", name="Imprimer cette liste")).to_be_visible()
    assert violations(page) == []
    assert overflow(page) == []


LEAFLETS = [f"depliants/{path.stem}/" for path in (ROOT / "docs" / "depliants").glob("[!i]*.md")]


@pytest.mark.parametrize("address", ["annuaire/59/", *LEAFLETS])
def test_what_is_handed_over_is_one_sheet_of_paper(
    address: str, page: Page, tmp_path: Path
) -> None:
    """One A4: a leaflet, or a département (Nord has as many lines as any)."""
    page.goto(address)
    page.get_by_role("button", name="Imprimer c").wait_for()
    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    pages = (tmp_path / "sheet.pdf").read_bytes().count(b"/Type /Page\n")
    assert pages == 1
