"""The page « Vérifier une liste »: a file in, one answer a row out, and nothing leaves the browser.

Most tests share one page, whose Python stays warm: starting it takes longer than the lists do.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
from playwright.sync_api import Browser, FilePayload, Page, Request, expect

from calculators import CALCULATORS
from calculators.bridge import answer
from calculators.rules import Rules
from calculators.typography import APOSTROPHE, NARROW, NO_BREAK
from generator.pages import spreadsheet
from tests.browser.conftest import SITE, until
from tests.browser.test_site import violations

LIST = "simulateurs/liste/"
TODAY = datetime(2026, 11, 21, 12)
#: A cold start of Python takes a few seconds on a slow machine.
START = 45_000
#: Longest time that the page may stay busy, in milliseconds: 10,000 rows at once take seconds.
BUSY = 600

HEADER = ["Référence", "debut", "suspensions.1.debut", "suspensions.1.fin", "au"]
PASSES = [
    ["D-1", "15/01/2026", "", "", "21/11/2026"],
    ["D-2", "2026-01-15", "1er mars 2026", "31-03-2026", "21.11.2026"],
    ["D-3 é « ’ œ", "03/02/2025", "", "", "21/11/2026"],
]


@pytest.fixture(scope="module")
def requests() -> list[Request]:
    """All that the shared page asked for."""
    return []


@pytest.fixture(scope="module")
def shared(browser: Browser, site: str, requests: list[Request]) -> Iterator[Page]:
    """One page for the module, on a fixed day."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        base_url=site,
        locale="fr-FR",
        reduced_motion="reduce",
        service_workers="block",
    )

    def keep(request: Request) -> None:
        requests.append(request)

    context.on("request", keep)
    page = context.new_page()
    page.clock.set_fixed_time(TODAY)
    page.goto(LIST)
    yield page
    context.close()


@pytest.fixture
def liste(shared: Page) -> Page:
    """The shared page, emptied."""
    shared.set_viewport_size({"width": 1280, "height": 900})
    shared.get_by_role("button", name="Effacer").click()
    return shared


def ask(page: Page, calculator: str, file: bytes, name: str = "liste.csv") -> None:
    """Give a file, and ask for the answers."""
    page.get_by_label("Que voulez-vous vérifier").select_option(calculator)
    payload: FilePayload = {"name": name, "mimeType": "", "buffer": file}
    page.get_by_label("Votre fichier").set_input_files(payload)
    page.get_by_role("button", name="Vérifier la liste").click()


def check(page: Page, calculator: str, file: bytes, name: str = "liste.csv") -> None:
    """Give a file, and wait for the answers or for the refusal."""
    ask(page, calculator, file, name)
    ended = page.locator(
        "[data-outcome]:not([hidden]), [data-refused]:not([hidden]), [data-matching]:not([hidden])"
    )
    expect(ended).to_be_visible(timeout=START)


def table(header: list[str], rows: list[list[str]], separator: str = ";") -> bytes:
    """Write a list as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([header, *rows])
    return text.getvalue().encode()


def shown(page: Page) -> list[list[str]]:
    """Read the rows of the table, details left out, with ordinary spaces."""
    rows = page.locator("table.rows tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => { const copy = cell.cloneNode(true);"
        " copy.querySelector('details')?.remove(); return copy.textContent.trim(); }))"
    )
    return [[plain(cell) for cell in row] for row in rows]


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ").replace(NARROW, " ").replace(APOSTROPHE, "'")


def column(page: Page, number: int) -> dict[str, str]:
    """Return a column of the table, by reference."""
    return {row[1]: row[number] for row in shown(page)}


def download(page: Page, button: str = "En CSV") -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return Path(waiting.value.path()).read_bytes()


def refusal(page: Page) -> str:
    region = page.locator("[data-refused]")
    expect(region).to_be_visible()
    expect(region.locator("h2")).to_be_focused()
    return plain(region.locator("ul").inner_text())


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_a_model_is_answered_and_its_results_can_be_read_again(
    liste: Page, rules: Rules, calculator: str
) -> None:
    """Each model gives what CPython answers; its results, given back, give the same results."""
    check(
        liste, calculator, (SITE / "simulateurs/liste" / f"modele-{calculator}.xlsx").read_bytes()
    )
    module = CALCULATORS[calculator]
    known = spreadsheet.spreadsheets(CALCULATORS, rules)[calculator]
    situations = json.loads(json.dumps(spreadsheet.examples()[calculator], default=str))
    expected = {}
    for number, situation in enumerate(situations, 1):
        groups: dict[str, Any] = {name: [] for name, one in known.families.items() if one.many}
        response = answer(module, groups | situation, rules)
        assert response["type"] == "result", response
        result = response["result"]
        expected[f"Exemple {number}"] = (
            plain(known.verdicts[result["verdict"]]["label"]),
            plain(result["summary"]),
        )
    assert len(expected) == 2
    assert {row[1]: (row[2], row[3]) for row in shown(liste)} == expected
    first = download(liste)
    check(liste, calculator, first)
    expect(liste.locator("[data-outcome]")).to_contain_text("résultats d’un calcul précédent")
    assert download(liste) == first


def test_separators_are_recognised(liste: Page) -> None:
    """Commas, semicolons and line breaks inside a quoted cell are not taken for separators."""
    header = [*HEADER, "Note"]
    rows = [[*row, 'a;b,c\t"d"|\nfin'] for row in PASSES]
    check(liste, "pass_iae", table(header, rows, "|"))
    assert column(liste, 2) == {plain(row[0]): "Valide" for row in PASSES}
    result = list(csv.reader(io.StringIO(download(liste).decode("utf-8-sig")), delimiter=";"))
    assert [row[5] for row in result] == ["Note", *['a;b,c\t"d"|\nfin'] * 3]


def test_the_letters_of_windows_are_read(liste: Page) -> None:
    """Accents, guillemets and ligatures come out as they went in; `reading.test.mjs` has the others."""
    check(liste, "pass_iae", table(HEADER, PASSES).decode().encode("cp1252"))
    assert sorted(column(liste, 1)) == [plain(row[0]) for row in PASSES]


def test_a_workbook_is_read_with_its_real_dates(liste: Page) -> None:
    """Days, numbers, yes and no come from their cells; blank rows and columns keep the numbers."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Contrats"
    lines: list[list[Any]] = [
        [],
        [None, "Référence", "structure", "Quel contrat ?", "periodes.1.debut", "periodes.1.fin"],
        [],
        [None, 12, "ACI", "cddi", date(2026, 1, 1), datetime(2026, 4, 30, 8, 30)],
        [None, "B", "EI", "CDDI", "01/01/2026", "30/04/2026"],
    ]
    extra: list[list[Any]] = [
        [],
        ["periodes.1.heures_semaine", "rqth", "au"],
        [],
        [26.5, True, date(2026, 2, 1)],
        ["26,5", "oui", "01/02/2026"],
    ]
    for line, more in zip(lines, extra, strict=True):
        sheet.append([*line, *more])
    book.create_sheet("Autre")
    file = io.BytesIO()
    book.save(file)
    check(liste, "duree_contrat", file.getvalue(), "liste.xlsx")
    rows = {row[1]: row for row in shown(liste)}
    assert rows["12"][2:] == rows["B"][2:]
    assert rows["12"][2] == "Conforme"
    assert (rows["12"][0], rows["B"][0]) == ("4", "5")
    notes = plain(liste.locator("[data-slot=notes]").inner_text())
    assert "2 feuilles. Nous avons lu « Contrats », et pas « Autre »" in notes


def test_a_list_may_be_pasted_or_dropped(liste: Page) -> None:
    """Cells copied from a spreadsheet, and a file dropped anywhere on the page."""
    text = table(HEADER, PASSES[:1], "\t").decode()
    liste.get_by_label("Que voulez-vous vérifier").select_option("pass_iae")
    liste.get_by_text("Coller des lignes").click()
    liste.get_by_label("Lignes à vérifier").fill(text)
    liste.get_by_role("button", name="Vérifier la liste").click()
    expect(liste.locator("tbody tr")).to_have_count(1)
    liste.evaluate(
        "text => { const given = new DataTransfer(); given.items.add(new File([text], 'a.csv'));"
        " document.body.dispatchEvent(new DragEvent('drop',"
        " { dataTransfer: given, bubbles: true, cancelable: true })); }",
        table(HEADER, PASSES).decode(),
    )
    liste.get_by_role("button", name="Vérifier la liste").click()
    expect(liste.locator("tbody tr")).to_have_count(3)


def test_columns_are_recognised_by_path_or_by_label(liste: Page) -> None:
    """Accents, capitals, signs and order do not count; what is not known is kept and said."""
    header = [
        "AU",
        "mon avis",
        "PREMIER JOUR du Pass-IAE",
        "suspensions du pass iae 07 dernier jour",
    ]
    header += ["Suspensions.7.Debut", "reference"]
    check(
        liste,
        "pass_iae",
        table(header, [["21/11/2026", "bof", "15/01/2026", "31/03/2026", "01/03/2026", "X"]]),
    )
    assert column(liste, 2) == {"X": "Valide"}
    assert "reste 450 jours" in column(liste, 3)["X"]
    assert "« mon avis »" in plain(liste.locator("[data-slot=notes]").inner_text())


def test_a_missing_or_double_column_stops_everything(liste: Page) -> None:
    """Each is told once, by its name, and nothing is calculated."""
    check(liste, "pass_iae", table(["au", "suspensions.2.fin"], [["21/11/2026", ""]]))
    assert questions(liste).splitlines() == [
        "Il manque la colonne « Premier jour du PASS IAE ».",
        "Il manque la colonne « Suspensions du PASS IAE 2 : Premier jour ».",
    ]
    check(liste, "pmsmp", table(["reference", "contrat.debut"], [["A", ""]]))
    said = questions(liste)
    assert "« Conventions avec cet accueillant 1 : Objet de la convention »" in said
    assert "(CDDI) : Dernier jour »" in said
    check(liste, "pass_iae", table([*HEADER, "Premier jour du PASS IAE"], [[""] * 6, ["A"] * 6]))
    assert "Deux colonnes donnent « Premier jour du PASS IAE »" in questions(liste)
    expect(liste.locator("[data-outcome]")).to_be_hidden()


def questions(page: Page) -> str:
    region = page.locator("[data-matching]")
    expect(region).to_be_visible()
    expect(region.locator("h2")).to_be_focused()
    return plain(region.locator("[data-slot=messages]").inner_text())


def test_a_list_keeps_its_own_headings(liste: Page) -> None:
    """The page asks what they are, keeps the choices on the device if one wishes, and forgets them."""
    header = ["Nom", "Entrée", "Sortie", "Type", "Visite"]
    rows = [
        ["00123", "01/01/2026", "30/06/2026", "CDDI", "03/04/2026"],
        ["B", "01/01/2026", "01/01/2029", "CDDI", ""],
    ]
    file = table(header, rows)
    check(liste, "duree_contrat", file)
    assert "Il manque la colonne « Quel contrat ? »." in questions(liste)
    region = liste.locator("[data-matching]")
    expect(region.get_by_label("Nom (colonne A)")).to_have_value("reference")
    expect(region.get_by_label("Entrée (colonne B)")).to_have_value("periodes.1.debut")
    expect(region.get_by_label("Sortie (colonne C)")).to_have_value("periodes.1.fin")
    go = region.get_by_role("button", name="Vérifier avec ces colonnes")
    go.click()
    expect(region.get_by_label("Type (colonne D)")).to_be_focused()
    expect(region.get_by_text("à quoi sert la colonne « Visite »")).to_be_visible()
    region.get_by_label("Type (colonne D)").select_option("Quel contrat ?")
    region.get_by_label("Visite (colonne E)").select_option("Ne sert pas ici")
    for width in (320, 1280):
        liste.set_viewport_size({"width": width, "height": 800})
        assert violations(liste) == []
    go.click()
    assert "Il manque la colonne « Dans quel type de structure ? »." in questions(liste)
    liste.locator("[data-list=duree_contrat] summary").last.click()
    same = liste.locator("[data-list=duree_contrat]").get_by_label("Dans quel type de structure")
    same.select_option("aci")
    region.get_by_label("Retenir ces choix sur cet appareil").check()
    go.click()
    expect(liste.locator("[data-outcome]")).to_be_visible(timeout=START)
    verdicts = column(liste, 2)
    assert verdicts["00123"] == "Conforme"
    assert "Atelier et chantier d'insertion" in plain(
        liste.locator("[data-slot=notes]").inner_text()
    )
    book = openpyxl.load_workbook(io.BytesIO(download(liste, "Télécharger les résultats")))
    sheet = book.worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][:5] == tuple(header)
    assert lines[1][:3] == ("00123", datetime(2026, 1, 1), datetime(2026, 6, 30))
    assert lines[1][7] == "Conforme"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
    # Given again, the file says the same, and nothing is asked.
    liste.reload()
    liste.locator("[data-list=duree_contrat] [data-same=structure]").evaluate(
        "control => { control.value = 'aci'; }"
    )
    check(liste, "duree_contrat", file)
    assert column(liste, 2) == verdicts
    assert "vos choix étaient retenus" in plain(liste.locator("[data-slot=notes]").inner_text())
    assert "00123" not in liste.evaluate("JSON.stringify({ ...localStorage })")
    liste.get_by_role("button", name="Oublier mes colonnes").click()
    assert "entree" not in liste.evaluate("JSON.stringify({ ...localStorage })")
    check(liste, "duree_contrat", file)
    questions(liste)


def test_another_sheet_can_be_read(liste: Page) -> None:
    """The sheet with the list is read first; the reader may choose another one."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Mode d'emploi"])
    for year, reference in (("2026", "jeune"), ("2025", "vieux")):
        sheet = book.create_sheet(year)
        sheet.append(HEADER)
        sheet.append([reference, *PASSES[0][1:]])
    file = io.BytesIO()
    book.save(file)
    check(liste, "pass_iae", file.getvalue(), "liste.xlsx")
    assert list(column(liste, 1).values()) == ["jeune"]
    liste.get_by_label("Feuille à lire").select_option("2025 (2 lignes)")
    liste.get_by_role("button", name="Vérifier la liste").click()
    expect(liste.locator("tbody tr")).to_contain_text("vieux", timeout=START)


def test_a_bad_row_is_told_and_stops_no_other(liste: Page) -> None:
    """Each mistake names its column, as the file does; the other rows have their answers."""
    header = [*HEADER, "suspensions.3.debut", "suspensions.3.fin"]
    rows = [
        ["court", "15/01/26", "", "", "21/11/2026", "", ""],
        ["jamais", "31/02/2026", "", "", "", "", ""],
        ["vide", "", "", "", "21/11/2026", "", ""],
        ["bon", "15/01/2026", "", "", "21/11/2026", "", ""],
        ["tard", "15/01/2026", "", "", "21/11/2026", "31/03/2026", "01/03/2026"],
        ["vieux", "15/01/2020", "", "", "21/11/2026", "", ""],
    ]
    check(liste, "pass_iae", table(header, rows))
    told = column(liste, 3)
    assert "Premier jour du PASS IAE : « 15/01/26 » : écrivez l'année avec quatre" in told["court"]
    assert "« 31/02/2026 » n'est pas une date" in told["jamais"]
    assert "Cette case est vide" in told["vide"]
    assert told["tard"].startswith("Suspensions du PASS IAE 3 : Dernier jour : ")
    assert "nous ne connaissons pas la durée de départ" in told["vieux"]
    verdicts = column(liste, 2)
    assert verdicts.pop("bon") == "Valide"
    assert verdicts.pop("vieux") == "Pas de réponse"
    assert set(verdicts.values()) == {"Ligne à revoir"}


def addresses(page: Page) -> dict[str, str]:
    """Open the details of every row; return where each leads, by reference."""
    links = page.get_by_role("link", name="Ouvrir dans le simulateur")
    for summary in page.locator("td details summary").all():
        summary.click()
    count = page.locator("tbody tr").count()
    expect(page.locator("td a[href^='../']")).to_have_count(count)
    return dict(
        zip(
            column(page, 1), [link.get_attribute("href") or "" for link in links.all()], strict=True
        )
    )


def test_a_suspension_asked_too_early_is_no_refusal(liste: Page) -> None:
    """Its cell says « Pas encore », and its sentence from which day it is a yes."""
    header = ["structure", "motif", "pass_debut", "pass_fin", "derniere_embauche", "au", "debut"]
    known = ["ei", "contrat_rompu", "01/06/2025", "31/05/2027", "01/06/2025", "21/11/2026"]
    check(liste, "suspension", table(header, [[*known, "25/11/2026"], [*known, "01/06/2027"]]))
    cells = {row[0]: row for row in shown(liste)}
    assert cells["2"][2] == "Pas encore"
    assert cells["2"][3].endswith("à partir du 25 novembre 2026.")
    assert cells["3"][2] == "Pas possible telle que demandée"


def test_criteria_are_read_by_code_or_by_name(liste: Page) -> None:
    """Separators are spaces, commas, semicolons, bars and line breaks; one unknown name is told."""
    said: dict[str, list[str] | None] = {
        "rsa qpv": ["rsa", "qpv"],
        "RSA, QPV": ["rsa", "qpv"],
        "Bénéficiaire du RSA;qpv": ["rsa", "qpv"],
        "qpv | rsa\nzrr": ["qpv", "rsa", "zrr"],
        "parent isolé": ["pi"],
        "aucun": [],
        "": [],
        "rsa, zzz": None,
        "n'importe quoi": None,
    }
    header = ["reference", "auteur", "structure", "date", "criteres"]
    rows = [[f"R{i}", "SIAE", "ei", "2026-11-21", text] for i, text in enumerate(said)]
    check(liste, "eligibilite_iae", table(header, rows))
    links, verdicts, told = addresses(liste), column(liste, 2), column(liste, 3)
    for row, (text, read) in enumerate(said.items()):
        if read is None:
            assert "n'est pas une réponse possible" in told[f"R{row}"], text
        else:
            assert re.findall("criteres=([^&]*)", links[f"R{row}"]) == read, text
        assert (verdicts[f"R{row}"] == "Ligne à revoir") == (read is None)


def test_numbers_are_read_as_french_writes_them(liste: Page) -> None:
    """What could be read in two ways is not guessed."""
    said = {"7,5": "7.5", "1 250,25": "1250.25", "1\u202f250": "1250", "8.5": "8.5", "12": "12"}
    refused = ["1.500", "1,234,567", "sept", "7 h"]
    header = ["reference", "missions.1.date", "missions.1.heures", "missions.1.utilisateur", "au"]
    rows = [[text, "2026-01-15", text, "particulier", "2026-11-21"] for text in (*said, *refused)]
    check(liste, "heures_ai", table(header, rows))
    links, verdicts, told = addresses(liste), column(liste, 2), column(liste, 3)
    for text, value in said.items():
        assert f"missions.0.heures={value}&" in links[plain(text)]
        assert verdicts[plain(text)] != "Ligne à revoir"
    for text in refused:
        assert told[text].startswith(f"Missions du salarié 1 : Nombre d'heures : « {text} »")


def test_yes_and_no_are_read_in_several_ways(liste: Page) -> None:
    """An empty cell of a question that must be answered is no, as a box left unticked."""
    header = ["reference", *(f"conventions.1.{name}" for name in ("debut", "fin", "objet"))]
    header += [f"conventions.2.{name}" for name in ("debut", "fin", "objet", "renouvellement")]
    header += ["conventions.1.renouvellement"]
    first = ["12/01/2026", "23/01/2026", "projet"]
    second = ["01/02/2026", "10/02/2026", "projet"]
    said = {"oui": 1, "VRAI": 1, "x": 1, "1": 1, "non": 0, "faux": 0, "0": 0, "": 0, "bof": None}
    check(
        liste,
        "pmsmp",
        table(header, [[word or "vide", *first, *second, word, ""] for word in said]),
    )
    verdicts = column(liste, 2)
    for word, value in said.items():
        wanted = {1: "Conforme", 0: "À vérifier", None: "Ligne à revoir"}[value]
        assert verdicts[word or "vide"] == wanted, word


def test_a_file_that_cannot_be_used_says_why(liste: Page) -> None:
    """One French sentence: what is wrong, and what to do. The file stays chosen."""
    check(liste, "pass_iae", b"%PDF-1.7 and the rest")
    assert "Ce fichier est un PDF" in refusal(liste)
    assert liste.get_by_label("Votre fichier").evaluate("input => input.files.length") == 1


def test_a_file_too_large_is_refused_unread(liste: Page) -> None:
    """Twenty megabytes are the limit; the page says what to do."""
    liste.get_by_label("Votre fichier").evaluate(
        "input => { const given = new DataTransfer();"
        " given.items.add(new File([new Uint8Array(20_000_001)], 'a.csv'));"
        " input.files = given.files; }"
    )
    liste.get_by_role("button", name="Vérifier la liste").click()
    assert "dépasse 20 Mo. Gardez-en les colonnes utiles" in refusal(liste)


def test_no_file_is_told_too(liste: Page) -> None:
    """Asking without a file does nothing in silence."""
    liste.get_by_role("button", name="Vérifier la liste").click()
    assert "Choisissez un fichier, ou collez des lignes." in refusal(liste)


def test_no_formula_comes_out(liste: Page) -> None:
    """What a spreadsheet would run is written as text, headers too, and read back as it was."""
    evil = [
        "=1+1",
        "+33612345678",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
    ]
    safe = ["-", "-12", "-7,5", "3-4", "a=b", "'quoted"]
    cells = [*evil, *safe]
    rows = [[text, "15/01/2026", "21/11/2026"] for text in cells]
    check(liste, "pass_iae", table(["=CMD()", "debut", "au"], rows))
    file = download(liste)
    assert file.startswith(b"\xef\xbb\xbf")
    assert file.endswith(b"\r\n")
    result = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row[0] for row in result] == ["'=CMD()", *(f"'{text}" for text in evil), *safe]
    check(liste, "pass_iae", file)
    assert download(liste) == file


def test_dates_of_the_results_are_dates_for_every_spreadsheet(liste: Page) -> None:
    """Days are written year first, decimals with a comma, and every row keeps its place."""
    check(liste, "pass_iae", table(HEADER, PASSES))
    result = csv.DictReader(io.StringIO(download(liste).decode("utf-8-sig")), delimiter=";")
    rows = [{plain(name): value for name, value in row.items()} for row in result]
    assert [row["Référence"] for row in rows] == [row[0] for row in PASSES]
    assert rows[0]["Résultat : Dernier jour du PASS IAE"] == "2028-01-14"
    assert rows[0]["Résultat : prochaine date"] == "2028-01-14"
    assert rows[0]["Résultat : objet de la prochaine date"] == "Dernier jour du PASS IAE"
    assert rows[0]["Résultat : verdict"] == "Valide"
    assert rows[0]["debut"] == "15/01/2026"


def test_the_day_of_the_page_serves_rows_without_one(liste: Page) -> None:
    """It is proposed as today, said with the answers, and written in the results."""
    day = liste.get_by_label("À quelle date regarder le PASS IAE")
    check(liste, "pass_iae", table(HEADER, [["A", "15/01/2026", "", "", ""]]))
    assert day.input_value() == "2026-11-21"
    assert "reste 420 jours" in column(liste, 3)["A"]
    day.fill("2028-01-14")
    check(liste, "pass_iae", table(["reference", "debut"], [["A", "15/01/2026"]]))
    assert "reste 1 jour" in column(liste, 3)["A"]
    assert "nous avons pris le 14 janvier 2028" in plain(
        liste.locator("[data-slot=notes]").inner_text()
    )
    result = list(csv.reader(io.StringIO(download(liste).decode("utf-8-sig")), delimiter=";"))
    assert (plain(result[0][2]), result[1][2]) == (
        "À quelle date regarder le PASS IAE ?",
        "2028-01-14",
    )


def _many(count: int) -> bytes:
    """A list whose rows differ: one in ten cannot be read, one in ten ends within 60 days."""
    rows = []
    for number in range(count):
        start = {0: "bof", 1: "10/12/2024"}.get(number % 10, f"{number % 28 + 1:02}/03/2026")
        rows.append([f"R{number:05}", start, "21/11/2026"])
    return table(["reference", "debut", "au"], rows)


def test_alerts_come_first_and_the_rest_on_demand(liste: Page) -> None:
    """Unreadable rows, then near dates, then the others; a hundred at a time; alerts alone."""
    check(liste, "pass_iae", _many(250))
    rows = shown(liste)
    assert len(rows) == 100
    assert [row[2] for row in rows[:26]] == ["Ligne à revoir"] * 25 + ["Valide"]
    assert all("(dans 18 jours)" in row[4] for row in rows[25:50])
    assert not any("dans" in row[4] for row in rows[50:])
    counts = liste.locator("[data-slot=counts] li").all_inner_texts()
    assert [plain(text) for text in counts] == ["25 : Ligne à revoir", "225 : Valide"]
    more = liste.get_by_role("button", name="Afficher 100 lignes de plus")
    more.click()
    assert len(shown(liste)) == 200
    expect(liste.locator("tbody tr").nth(100).locator("summary")).to_be_focused()
    more.click()
    assert len(shown(liste)) == 250
    expect(more).to_be_hidden()
    liste.get_by_label("Les alertes seulement (50)").check()
    assert len(shown(liste)) == 50
    liste.get_by_label("Toutes les lignes (250)").check()
    assert len(shown(liste)) == 100


def test_the_table_is_sorted_by_keyboard_and_says_so(liste: Page) -> None:
    """The heading of a column is a button; its state and its order are said."""
    check(liste, "pass_iae", table(HEADER, PASSES))
    head = liste.get_by_role("columnheader", name="Référence")
    assert head.get_attribute("aria-sort") is None
    head.get_by_role("button").focus()
    liste.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert [row[1][:3] for row in shown(liste)] == ["D-1", "D-2", "D-3"]
    liste.keyboard.press("Space")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert [row[1][:3] for row in shown(liste)] == ["D-3", "D-2", "D-1"]
    expect(liste.locator("[data-status]")).to_have_text(
        "Lignes triées par Référence, en ordre décroissant."
    )
    assert liste.locator("th[aria-sort]").count() == 1
    liste.get_by_role("columnheader", name="Prochaine date").get_by_role("button").click()
    assert [row[1][:3] for row in shown(liste)] == ["D-3", "D-1", "D-2"]


def test_a_row_opens_in_its_calculator(liste: Page) -> None:
    """Its details give the reasons, and a link to the same answer in the calculator's page."""
    check(liste, "pass_iae", table(HEADER, PASSES[1:2]))
    liste.locator("td details summary").click()
    expect(liste.locator("td details")).to_contain_text("La loi : un parcours dure 24 mois")
    with liste.context.expect_page() as opened:
        liste.get_by_role("link", name="Ouvrir dans le simulateur").click()
    page = opened.value
    expect(page.locator("[data-result]")).to_have_attribute("data-verdict", "valide", timeout=START)
    expect(page.locator("[data-notice]")).to_be_hidden()
    assert column(liste, 3)["D-2"] == plain(page.locator("[data-slot=summary]").inner_text())
    page.close()


def test_axe_finds_nothing_in_the_answers(liste: Page) -> None:
    """Answers and refusals are as accessible as the page, in both themes, down to 320 pixels."""
    check(liste, "pass_iae", _many(30))
    liste.locator("td details summary").first.click()
    for width, scheme in ((320, "light"), (1280, "dark")):
        liste.set_viewport_size({"width": width, "height": 800})
        liste.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert violations(liste) == []
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert liste.evaluate(overflow) <= 0
    check(liste, "pass_iae", b"")
    assert violations(liste) == []


def test_clear_forgets_everything(liste: Page) -> None:
    """Nothing of the list stays on the screen, in the form or in the browser."""
    check(liste, "pass_iae", table(HEADER, PASSES))
    assert "D-2" in liste.locator("article").inner_text()
    liste.get_by_role("button", name="Effacer").click()
    assert "D-2" not in liste.locator("article").inner_text()
    assert liste.locator("tbody tr").count() == 0
    assert liste.get_by_label("Votre fichier").evaluate("input => input.files.length") == 0
    kept = liste.evaluate(
        "async () => [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }),"
        " document.cookie, (await indexedDB.databases()).length, location.hash]"
    )
    assert "D-2" not in json.dumps(kept)
    assert kept[2:] == ["", 0, ""]


def test_nothing_of_the_lists_was_sent(liste: Page, site: str, requests: list[Request]) -> None:
    """After a list, the page has asked for the site's own files and nothing else."""
    check(liste, "pass_iae", table(HEADER, PASSES))
    assert any("spreadsheet/worker.js" in request.url for request in requests)
    for request in requests:
        parts = urlsplit(request.url)
        if parts.scheme == "blob":
            continue  # the file of results, made in the page
        assert parts.netloc == urlsplit(site).netloc
        assert (request.method, request.post_data, parts.query) == ("GET", None, "")


def test_ten_thousand_rows_leave_the_page_free(page: Page) -> None:
    """A large workbook is read, answered, sorted and written back; the page never freezes."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Référence", "auteur", "date", "criteres", "Note"])
    for number in range(10_000):
        day = date(2026, 1, 1) + timedelta(days=number % 300) if number % 3 else "bof"
        sheet.append([f"R{number:05}", "geiq", day, "rsa, qpv", f"Note {number} " * 5])
    file = io.BytesIO()
    book.save(file)
    # Beyond this size the library would start a worker of its own.
    assert zipfile.ZipFile(file).getinfo("xl/worksheets/sheet1.xml").file_size > 524_288
    page.set_default_timeout(120_000)
    page.goto(LIST)
    page.evaluate(
        "window.start = performance.now(); window.busy = [0]; new PerformanceObserver(list => { for (const { duration } of"
        " list.getEntries()) busy.push(duration); }).observe({ type: 'longtask' })"
    )
    ask(page, "aide_geiq", file.getvalue(), "liste.xlsx")
    heard = page.locator("[data-status]").evaluate_handle(
        "node => { const heard = []; new MutationObserver(() => heard.push(node.textContent))"
        ".observe(node, { childList: true }); return heard; }"
    )
    expect(page.locator("[data-outcome]")).to_be_visible(timeout=120_000)
    taken = page.evaluate("performance.now() - start")
    counts = page.locator("[data-slot=counts] li").all_inner_texts()
    assert [plain(text) for text in counts] == [
        "3 334 : Ligne à revoir",
        "6 666 : Aide ouverte",
    ]
    assert page.locator("tbody tr").count() == 100
    # Progress is said a few times, not at each of fifty slices.
    said = [text for text in heard.json_value() if "lignes vérifiées" in text]
    assert 2 <= len(said) <= 5, said
    page.get_by_role("columnheader", name="Réponse").get_by_role("button").click()
    assert download(page).count(b"\r\n") == 10_001
    assert len(download(page, "Télécharger les résultats")) > 100_000
    # On a slow machine, a tenth of what the list takes there.
    assert page.evaluate("Math.max(...busy)") < max(BUSY, taken / 10)


def test_stopping_keeps_what_is_done(liste: Page) -> None:
    """The answers already there are shown and written; the other rows stay without one."""
    ask(liste, "pass_iae", _many(20_000))
    until(liste, "document.querySelector('progress').value > 0", START / 1000)
    liste.get_by_role("button", name="Arrêter").click()
    expect(liste.locator("[data-outcome] h2")).to_be_focused()
    end = plain(liste.locator("[data-slot=end]").inner_text())
    found = re.fullmatch(
        "Vérification arrêtée : ([0-9 ]+) lignes sur 20 000. Les réponses obtenues sont gardées.",
        end,
    )
    assert found, end
    done = int(found[1].replace(" ", ""))
    assert 0 < done < 20_000
    result = list(csv.reader(io.StringIO(download(liste).decode("utf-8-sig")), delimiter=";"))
    assert len(result) == 20_001
    assert sum(row[3] != "" for row in result[1:]) == done


def test_an_engine_that_fails_is_told_and_can_be_tried_again(page: Page) -> None:
    """The file stays chosen; a second try works."""
    page.route("**/runtime/*/worker.js", lambda route: route.fulfill(status=404, body=""))
    page.goto(LIST)
    check(page, "pass_iae", table(HEADER, PASSES))
    expect(page.locator("[data-slot=end]")).to_contain_text("n’a pas pu être chargé")
    page.unroute("**/runtime/*/worker.js")
    page.get_by_role("button", name="Vérifier la liste").click()
    expect(page.locator("tbody tr")).to_have_count(3, timeout=START)


def test_without_javascript_the_columns_are_still_told(browser: Browser, site: str) -> None:
    """The page says what is missing, describes every column, and gives the models."""
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto(LIST)
    expect(page.get_by_text("La vérification demande JavaScript")).to_be_visible()
    for calculator in CALCULATORS:
        place = page.locator(f"[data-list={calculator}]")
        place.locator("summary").first.click()
        expect(place.locator("dl")).to_be_visible()
        assert place.get_by_role("link", name="Télécharger").get_attribute("href") == (
            f"modele-{calculator}.xlsx"
        )
    expect(page.locator("[data-list=pass_iae] dl")).to_contain_text("suspensions.1.debut")
    expect(page.get_by_role("button", name="Vérifier la liste")).to_be_disabled()
    context.close()


def test_each_name_of_a_column_means_one_column(rules: Rules) -> None:
    """Two questions of a calculator never share a label, nor a label and a path."""
    for known in spreadsheet.spreadsheets(CALCULATORS, rules).values():
        names = [name.casefold() for one in known.columns for name in (one.label, one.path)]
        assert len(set(names)) == len(names)
