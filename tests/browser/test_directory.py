"""« Qui embauche près de chez moi ? », « Qui peut prescrire dans ma ville ? »: three clicks from the home page."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.content import communes
from generator.content.load import Content
from generator.directory import store
from generator.publish import directory_files
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
    page.get_by_role("link", name="Les structures les plus proches, dans l’annuaire").click()
    rows = page.locator(".directory-rows > li")
    expect(rows.first).to_be_visible(timeout=60_000)
    expect(page.get_by_label("Qui cherchez-vous")).to_have_value("embauche")
    page.get_by_label("Qui cherchez-vous").select_option("")
    expect(rows.first).to_contain_text("ALOES")
    everyone = rows.count()
    page.get_by_label("Qui cherchez-vous").select_option("aci")
    expect(page.locator("[data-part=told]")).to_have_text("Une réponse dans le département.")
    expect(rows).to_have_count(1)
    assert everyone > 1
    expect(rows.get_by_role("link", name="Atelier et chantier d’insertion")).to_be_visible()
    page.get_by_text("Choisir un réseau ou un métier").click()
    page.get_by_label("Dans quel métier").select_option(label="Maraîchage et agriculture")
    expect(rows).to_contain_text(["maraîchage biologique"])
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


def served(page: Page, content: Content, folder: Path) -> None:
    """Give the page a directory of thirty structures around Mende: the built site has none."""
    rows = [
        {
            "source": "essai",
            "id": f"essai--{number}",
            "nom": f"Les Jardins de la vallée du Lot et des grands causses, n° {number}",
            "date_maj": "2026-10-01",
            "adresse": "12 avenue du Maréchal des Essais",
            "complement_adresse": "Zone d'activité du Causse, bâtiment B",
            "code_postal": "48000",
            "commune": "Mende",
            "code_insee": "48095",
            "longitude": 3.5 + number / 200,
            "latitude": 44.52,
            "telephone": "04 00 00 00 00",
            "courriel": "contact@jardins-des-grands-causses.example.org",
            "site_web": "https://jardins-des-grands-causses.example.org/",
            "lien_source": "https://essai.example.org/structures/1",
            "reseaux_porteurs": ["aci", "coorace", "ei"],
        }
        for number in range(30)
    ]
    middle = {"48": {"48095": (3.5, 44.52)}}
    kept = store.write(folder, date(2026, 11, 2), {"48": rows}, middle, [])
    places = communes.read(ROOT / "node_modules")
    directory_files.write(content, places, kept, folder)
    files = folder / directory_files.FOLDER
    page.route(
        f"**/{directory_files.FOLDER}/*",
        lambda route: route.fulfill(path=files / route.request.url.rpartition("/")[2]),
    )


def test_what_is_around_is_shown_where_the_person_says_so(
    page: Page, content: Content, tmp_path: Path
) -> None:
    """« Autour de moi »: nothing is asked before it is pressed, and each problem has its sentence."""
    page.goto("annuaire/")
    around = page.get_by_role("button", name="Autour de moi")
    status = page.locator("#near-status")
    page.wait_for_load_state("networkidle")
    expect(around).to_be_hidden()  # nothing here tells where communes are

    served(page, content, tmp_path)
    page.reload()
    around.click()
    expect(status).to_contain_text("n’a pas le droit de dire où vous êtes")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": -0.12, "latitude": 51.5})
    around.click()
    expect(status).to_contain_text("vous êtes peut-être hors de France")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.context.set_geolocation({"longitude": 3.5, "latitude": 44.53, "accuracy": 9_000})
    around.click()
    expect(status).to_have_text(
        "Vous êtes près de Mende. Les liens plus bas s’ouvrent sur cette commune. Votre appareil ne "
        "connaît votre position qu’à 9 km près\u00a0: vérifiez la commune."
    )
    expect(page.get_by_label(FIELD)).to_have_value("Mende (48)")
    expect(page.locator("[data-part=told]")).to_have_text(
        "Autour de vous, près de Mende\u00a0: les 20 réponses les plus proches, à vol d’oiseau."
    )
    near = page.locator("[data-part=near] > li")
    expect(near).to_have_count(20)
    expect(near.first).to_contain_text("causses, n° 0 à 1\u00a0km")
    assert not [one for one in asked if re.search(r"3[.,]5|44[.,]5", one)]
    assert violations(page) == []
    assert overflow(page) == []
    # What is handed over: the twenty nearest, on one sheet.
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Imprimer les plus proches").click()
    assert sheets(page, tmp_path) == 1


def sheets(page: Page, folder: Path) -> int:
    """Print the page, and return how many sheets of paper it takes."""
    page.pdf(path=folder / "sheets.pdf", prefer_css_page_size=True)
    return (folder / "sheets.pdf").read_bytes().count(b"/Type /Page\n")


LEAFLETS = [f"depliants/{path.stem}/" for path in (ROOT / "docs" / "depliants").glob("[!i]*.md")]


@pytest.mark.parametrize("address", ["annuaire/59/", *LEAFLETS])
def test_what_is_handed_over_is_one_sheet_of_paper(
    address: str, page: Page, tmp_path: Path
) -> None:
    """One A4: a leaflet, or a département (Nord has as many lines as any)."""
    page.goto(address)
    page.get_by_role("button", name="Imprimer c").wait_for()
    assert sheets(page, tmp_path) == 1
