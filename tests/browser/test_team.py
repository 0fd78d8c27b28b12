"""The page « Le tableau de l'équipe »: the platform's export in, what a team must not miss out."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import openpyxl
from playwright.sync_api import FilePayload, Locator, Page, expect

from calculators.typography import NARROW, NO_BREAK
from tests.browser.test_follow import tab_to
from tests.browser.test_site import violations

TODAY = datetime(2026, 11, 27, 12)
#: A cold start of Python takes a few seconds on a slow machine.
START = 45_000
#: The columns of the export, in its order, apostrophes as it writes them.
COLUMNS = [
    "Civilité candidat",
    "Nom candidat",
    "Prénom candidat",
    "Email candidat",
    "Téléphone candidat",
    "Date de naissance candidat",
    "Ville candidat",
    "Département candidat",
    "Nom structure employeur",
    "Type employeur",
    "Métiers",
    "Source de la candidature",
    "Nom organisation prescripteur",
    "Nom utilisateur prescripteur",
    "Date de la candidature",
    "Statut de la candidature",
    "Dates de début d’embauche",
    "Dates de fin d’embauche",
    "Motifs de refus",
    "Éligibilité IAE validée",
    "Eligible au contrôle",
    "Numéro PASS IAE",
    "Début PASS IAE",
    "Fin PASS IAE",
    "Statut PASS IAE",
]


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def application(name: str, number: str, **more: Any) -> dict[str, Any]:
    """One row, by column: a hire of an ACI, unless told otherwise."""
    return {
        "Nom candidat": name,
        "Prénom candidat": "Prénom",
        "Date de naissance candidat": day("1990-01-31"),
        "Type employeur": "ACI",
        "Statut de la candidature": "Candidature acceptée",
        "Dates de début d\u2019embauche": day("2026-01-05"),
        "Dates de fin d\u2019embauche": day("2027-09-04"),
        "Numéro PASS IAE": number,
        "Début PASS IAE": day("2026-01-05"),
        "Fin PASS IAE": day("2028-01-04"),
        "Statut PASS IAE": "Valide",
        **more,
    }


def export(*rows: dict[str, Any]) -> FilePayload:
    """Write the export as openpyxl does."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([row.get(column) for column in COLUMNS])
    content = io.BytesIO()
    book.save(content)
    return {"name": "export.xlsx", "mimeType": "", "buffer": content.getvalue()}


def plain(place: Locator) -> str:
    """Return a text with the spaces and the apostrophes that people type."""
    text = place.inner_text().replace(NO_BREAK, " ").replace(NARROW, " ")
    return text.replace("\u2019", "'")


def names(page: Page) -> list[str]:
    """Return whom the board shows, in its order."""
    return page.locator("[data-outcome] > table tbody strong").all_inner_texts()


def test_the_board_of_a_team(page: Page) -> None:
    """An export is read; who presses comes first; filters, hidden names, the year; a row opens."""
    ends = {"Début PASS IAE": day("2024-12-09"), "Fin PASS IAE": day("2026-12-08")}
    page.clock.set_fixed_time(TODAY)
    page.goto("suivi/equipe/")
    page.locator("#equipe-fichiers").set_input_files(
        export(
            application("Calme", "999990000001"),
            application("Calme", "999990000001"),
            application("Finit", "999990000002", **ends),
            application("Illisible", "999990000003", **{"Fin PASS IAE": "bientôt"}),
            application("Groupement", "", **{"Type employeur": "GEIQ"}),
            application(
                "Partie", "999990000004", **{"Dates de fin d\u2019embauche": day("2026-06-30")}
            ),
        )
    )
    # What follows the choice of a file is done by the keyboard alone.
    page.locator("#equipe-fichiers").focus()
    tab_to(page, "[data-team] [type=submit]")
    page.keyboard.press("Enter")
    board = page.locator("[data-outcome]")
    expect(board.locator("[data-slot=end]")).to_contain_text(
        "5 personnes dans 6 lignes", timeout=START
    )
    assert violations(page) == []
    tab_to(page, "[name=hide]")
    page.keyboard.press("Space")
    assert names(page)[0] == "Personne 3"
    page.keyboard.press("Space")
    tab_to(page, "[name=kind]")
    tab_to(page, "[data-outcome] tbody a")

    # Most urgent first: what cannot be read, the end of a PASS before the end of a contract.
    assert names(page) == [
        "Prénom Illisible",
        "Prénom Finit",
        "Prénom Calme",
        "Prénom Partie",
        "Prénom Groupement",
    ]
    rows = board.locator("> table tbody tr")
    assert "« bientôt » n'est pas une date" in plain(rows.nth(0))
    text = plain(rows.nth(1))
    assert "Fin du PASS IAE le 8 décembre 2026 (dans 11 jours)" in text
    assert "Contrat plus long que le PASS IAE" in text
    expect(rows.nth(4)).to_contain_text("GEIQ")
    assert "ligne 3" in (board.locator("[data-notes]").text_content() or "")

    # Filters of kind and of month, then nobody is named.
    board.get_by_label("Mois", exact=True).select_option("2026-12")
    assert names(page) == ["Prénom Finit"]
    page.get_by_label("Masquer les noms").check()
    assert names(page) == ["Personne 2"]
    assert "999990000002" not in (board.text_content() or "")
    page.get_by_label("Masquer les noms").uncheck()
    board.get_by_label("Mois", exact=True).select_option("")
    board.get_by_label("Alerte", exact=True).select_option("sans_echeance")
    assert names(page) == ["Prénom Groupement"]

    # A number of the year opens its rows.
    exits = board.locator("[data-line=sorties_comptees] [data-open]")
    expect(exits).to_have_text("1")
    exits.click()
    assert names(page) == ["Prénom Partie"]

    # The page fits a phone, and a row opens the pathway, filled, without a name.
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    address = board.get_by_role("link", name="Ouvrir le suivi").get_attribute("href") or ""
    assert "pass_debut=2026-01-05" in address
    assert "Partie" not in address
    page.goto(f"suivi/equipe/{address}")
    expect(page.locator("[data-result]").first).to_be_visible(timeout=START)


def test_a_team_keeps_its_own_headings_and_its_own_sheet(page: Page) -> None:
    """A list with other names is read once the reader has said what they are, never guessed."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "Équipe"
    first.append(
        ["Nom", "N° PASS", "Début PASS", "Échéance PASS", "Début de contrat", "Fin de contrat"]
    )
    first.append(
        [
            "Finit",
            "999990000002",
            *map(day, ("2024-12-09", "2026-12-08", "2026-01-05", "2027-09-04")),
        ]
    )
    second = book.create_sheet("Anciens")
    second.append(["Premier jour du PASS IAE", "Nom"])
    second.append([day("2023-01-09"), "Partie"])
    content = io.BytesIO()
    book.save(content)
    page.clock.set_fixed_time(TODAY)
    page.goto("suivi/equipe/")
    page.get_by_text("La même réponse pour toutes les lignes").first.click()
    page.get_by_label("Quelle structure suit la personne ?").select_option("ei")
    page.locator("#equipe-fichiers").set_input_files(
        {"name": "equipe.xlsx", "mimeType": "", "buffer": content.getvalue()}
    )
    submit = page.get_by_role("button", name="Faire le tableau")
    submit.click()
    ask = page.locator("[data-matching]")
    expect(ask.get_by_role("heading")).to_be_focused(timeout=START)
    expect(ask.get_by_label("Début PASS (colonne C)")).to_have_value("pass_debut")
    assert violations(page) == []
    ask.get_by_label("N° PASS (colonne B)").select_option("numero_pass")
    ask.get_by_label("Échéance PASS (colonne D)").select_option("pass_fin")
    ask.get_by_role("button", name="Continuer avec ces colonnes").click()
    board = page.locator("[data-outcome]")
    expect(board.locator("[data-slot=end]")).to_contain_text(
        "1 personnes dans 1 lignes", timeout=START
    )
    assert names(page) == ["Finit"]
    assert "Fin du PASS IAE le 8 décembre 2026" in plain(board.locator("tbody tr").first)
    # Another sheet, then the same: it is read with what was said of nothing else.
    page.get_by_label("Feuille à lire dans equipe.xlsx").select_option(label="Anciens (2 lignes)")
    submit.click()
    expect(board.locator("tbody strong").first).to_have_text("Partie", timeout=START)
