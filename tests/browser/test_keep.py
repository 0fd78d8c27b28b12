"""What one does with an answer: see it in time, print it, copy it, put its dates in a calendar."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from calculators.bridge import run
from calculators.dates import french_date
from generator.content.worked_cases import load
from tests.browser.conftest import until
from tests.browser.test_calculator import START, _fits_a_form, address
from tests.browser.test_site import violations

PASS: dict[str, Any] = {
    "debut": "2024-12-01",
    "suspensions": [{"debut": "2025-03-01", "fin": "2025-06-30"}],
    "prolongations": [{"debut": "2027-03-31", "fin": "2027-06-30"}],
    "au": "2025-04-01",
}
#: A date to come in fewer than 14 days, and another later.
ENDING: dict[str, Any] = PASS | {"suspensions": [], "prolongations": [], "au": "2026-11-20"}
NOW = "2026-11-24T09:30:00"
CASES = {
    name: [case for case in load() if case.calculator == name and _fits_a_form(case)]
    for name in ("pass_iae", "pmsmp", "heures_ai")
}


def result(calculator: str, situation: dict[str, Any]) -> dict[str, Any]:
    """Answer as the command line does."""
    request = {"calculator": calculator, "situation": situation}
    response: dict[str, Any] = json.loads(run(json.dumps(request, default=str)))
    assert response["type"] == "result", response
    return dict(response["result"])


def answered(page: Page, calculator: str, situation: dict[str, Any]) -> Locator:
    """Open the address of a filled form; return the answer, shown."""
    page.goto(address(calculator, situation))
    answer = page.locator("[data-result]")
    expect(answer).to_be_visible(timeout=START)
    return answer


def plain(text: str) -> str:
    """Leave out every space: lines are cut where the paper ends."""
    return re.sub(r"\s", "", normalize("NFKC", text))


def days(answer: dict[str, Any], looked_at: str | None) -> list[list[str]]:
    """Return what is to be drawn: kind, first day, last day."""
    return [
        *([span["kind"], span["debut"], span["fin"]] for span in answer["periods"]),
        *(["date", entry["date"], entry["date"]] for entry in answer["dates"]),
        *([["jour", looked_at, looked_at]] if looked_at else []),
    ]


@pytest.mark.parametrize("calculator", CASES)
def test_the_timeline_and_its_table_say_what_the_answer_says(page: Page, calculator: str) -> None:
    """Each period, each date and the day looked at: drawn once, to scale, and in the table."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.set_default_timeout(START)
    page.add_init_script(
        "addEventListener('calculator:result', ({detail}) => (window.answer = detail))"
    )
    page.goto(f"simulateurs/{calculator}/")
    drawn = 0
    for case in CASES[calculator]:
        fragment = address(calculator, case.situation).partition("#")[2]
        page.evaluate("text => { window.answer = undefined; location.hash = text; }", fragment)
        response = until(page, "window.answer")
        if response["type"] != "result" or not response["result"]["periods"]:
            expect(page.locator("figure.timeline")).to_be_hidden()
            continue
        drawn += 1
        page.evaluate(
            "document.querySelectorAll('[data-wide]').forEach((one) => (one.open = true))"
        )
        page.locator("figure.timeline svg").first.wait_for()
        expected = days(response["result"], case.situation.get("au") and str(case.situation["au"]))
        lanes = page.locator(".timeline g[data-kind]").evaluate_all(
            "nodes => nodes.map(({dataset: {kind, debut, fin}}) => [kind, debut, fin])"
        )
        table = page.locator(".facts tbody tr").evaluate_all(
            "rows => rows.map(row => { const days = [...row.querySelectorAll('time')]"
            ".map(time => time.dateTime); return [row.dataset.kind, days[0], days.at(-1)]; })"
        )
        assert lanes == expected, str(case)
        assert table == expected, str(case)
        labels = [span["label"] for span in response["result"]["periods"]]
        assert page.locator(".facts tbody th").all_text_contents()[: len(labels)] == labels
        faults = page.evaluate(DRAWING_FAULTS)
        assert faults == [], str(case)
    assert drawn > 1


#: Words that leave the drawing or touch others, bars that are not where their days are.
DRAWING_FAULTS = """() => {
  const svg = document.querySelector(".timeline > svg"), frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent);
  const boxes = texts.map((text) => text.getBoundingClientRect());
  const faults = texts.filter((_, i) => boxes[i].left < frame.left - 1
    || boxes[i].right > frame.right + 1).map((text) => `cut: ${text.textContent}`);
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b, j) => {
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (width > 0 && height > 4) faults.push(
      `touch: ${texts[i].textContent} / ${texts[i + 1 + j].textContent}`);
  }));
  const bars = [...svg.querySelectorAll("g:has(> rect)")].map((lane) => [
    Date.parse(lane.dataset.debut), Date.parse(lane.dataset.fin) + 86400000,
    lane.querySelector("rect").getBoundingClientRect()]);
  const [first, last] = [bars[0], bars.at(-1)];
  const scale = (first[2].right - first[2].left) / (first[1] - first[0]);
  for (const [from, to, box] of bars) {
    const left = first[2].left + (from - first[0]) * scale;
    const right = first[2].left + (to - first[0]) * scale;
    if (Math.abs(left - box.left) > 3 || Math.abs(right - box.right) > 3)
      faults.push(`scale: ${left} ${box.left}, ${right} ${box.right}`);
  }
  return faults;
}"""


def test_an_answer_without_period_has_no_timeline_and_no_calendar(page: Page) -> None:
    """No empty drawing, no button that does nothing."""
    situation = {"date": "2026-11-21", "structure": "ei", "auteur": "siae", "criteres": ["rsa"]}
    answer = answered(page, "eligibilite_iae", situation)
    assert result("eligibilite_iae", situation)["periods"] == []
    expect(answer.locator("svg")).to_have_count(0)
    expect(answer.get_by_role("heading", name="Les périodes")).to_be_hidden()
    expect(answer.get_by_role("button", name="Ajouter à l’agenda")).to_be_hidden()
    expect(answer.get_by_role("button", name="Imprimer")).to_be_visible()


def test_a_timeline_is_accessible_and_fits(page: Page) -> None:
    """Axe finds nothing in either theme, table unfolded; nothing overflows; the image has a name."""
    answer = answered(page, "pass_iae", PASS)
    expect(answer.get_by_role("img", name="Frise des périodes et des dates")).to_be_visible()
    answer.get_by_text("Lire la frise en tableau").click()
    expect(answer.get_by_role("table")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page) == []
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_day_looked_at_is_today_only_today(page: Page) -> None:
    """« Aujourd'hui » is the day of the reader's clock; another day is the day looked at."""
    page.clock.set_fixed_time(NOW)
    answer = answered(page, "pass_iae", ENDING | {"au": "2026-11-24"})
    expect(answer.locator("tr[data-kind=jour] th")).to_have_text("Aujourd’hui")
    page.locator("input[name=au]").fill("2026-11-23")
    expect(answer.locator("tr[data-kind=jour] th")).to_have_text("Jour regardé")


def test_the_dates_to_come_go_to_a_calendar(page: Page) -> None:
    """A library reads the file: whole days, alarms, whole sentences, and none of the answers."""
    page.clock.set_fixed_time(NOW)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    answer = answered(page, "pass_iae", ENDING)
    assert not any("ical" in url for url in fetched), "fetched before it is asked for"
    with page.expect_download() as waited:
        answer.get_by_role("button", name="Ajouter à l’agenda").click()
    expect(answer.get_by_role("status")).to_contain_text("Le fichier est prêt")
    assert waited.value.suggested_filename == "pass_iae.ics"
    raw = Path(waited.value.path()).read_bytes()

    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.endswith(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    events: list[Any] = list(Calendar.from_ical(raw).walk("VEVENT"))
    said = result("pass_iae", ENDING)
    dates = said["dates"]
    assert [(str(event["SUMMARY"]), event["DTSTART"].dt.isoformat()) for event in events] == [
        (entry["label"], entry["date"]) for entry in dates
    ]
    assert [alarm["TRIGGER"].dt for event in events for alarm in event.walk("VALARM")] == [
        timedelta(hours=-15),
        timedelta(hours=9, days=-14),
    ]
    assert len({str(event["UID"]) for event in events}) == len(events) == 2
    for event in events:
        assert type(event["DTSTART"].dt) is date
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
        assert event["DTSTAMP"].dt.isoformat().startswith("2026-11-24T")
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["URL"] == page.url.partition("#")[0]
        description = str(event["DESCRIPTION"])
        assert said["summary"] in description
        assert said["reasons"][0]["source"]["url"] in description
        assert said["not_checked"][0] in description
    assert b"debut" not in raw
    assert b"#" not in raw


def test_only_dates_to_come_are_offered_and_a_failure_is_told(page: Page) -> None:
    """A past date is of no use in a calendar; a file that cannot be made is told in French."""
    page.clock.set_fixed_time(NOW)
    page.route("**/vendor/ical.js/ical.min.js", lambda route: route.abort())
    answer = answered(page, "pass_iae", PASS)
    assert [entry["date"] < NOW for entry in result("pass_iae", PASS)["dates"]].count(True) == 1
    expect(answer.locator("[data-slot=calendar_words]")).to_contain_text("les 2 dates à venir")
    answer.get_by_role("button", name="Ajouter à l’agenda").click()
    expect(answer.get_by_role("status")).to_contain_text("n’a pas pu être préparé")
    page.clock.set_fixed_time("2040-01-01T12:00:00")
    page.locator("input[name=au]").fill("2025-04-02")
    expect(answer.get_by_role("button", name="Ajouter à l’agenda")).to_be_hidden()


def test_the_printed_sheet_stands_as_evidence(page: Page) -> None:
    """Who asked what, when, under which rules, with every reason and source: two A4 pages."""
    page.emulate_media(color_scheme="dark")
    page.clock.set_fixed_time(NOW)
    answered(page, "pass_iae", PASS)
    page.clock.set_fixed_time("2026-11-24T14:05:00")
    pdf = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    for sheet in pdf.pages:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (595, 842)
    assert len(pdf.pages) <= 3
    text = plain(" ".join(sheet.extract_text() for sheet in pdf.pages))
    said = result("pass_iae", PASS)
    expected = [
        "Repères IAE",
        "Quand finit un PASS IAE ?",
        f"Adresse : {page.url.partition('#')[0]}",
        "Établi le 24 novembre 2026 à 14 h 05",
        f"Règles : version {said['rules']['version']}",
        f"relues le {french_date(date.fromisoformat(said['rules']['checked']))}",
        "Premier jour du PASS IAE : 1er décembre 2024",
        "Suspensions du PASS IAE, n° 1 : Premier jour : 1er mars 2025 ; Dernier jour : 30 juin 2025",
        "À quelle date regarder le PASS IAE ? 1er avril 2025",
        said["summary"],
        french_date(date.fromisoformat(said["values"]["fin_carence"])),
        "Cette réponse informe.",
        "Référence du dossier :",
        *said["not_checked"],
    ]
    for reason in said["reasons"]:
        expected += [reason["text"], reason["source"]["title"], reason["source"]["url"]]
        expected += [reason["note"] or "", french_date(date.fromisoformat(reason["since"]))]
    for span in said["periods"]:
        expected += [span["label"], french_date(date.fromisoformat(span["fin"]))]
    for entry in said["dates"]:
        expected.append(f"{french_date(date.fromisoformat(entry['date']))} : {entry['label']}")
    assert [one for one in expected if plain(one) not in text] == []
    unwanted = ["Copier", "Imprimer", "Effacer", "Voir la réponse", "Rechercher", "Glossaire",
                "Fin du PASS IAE prévue au départ", "Licence", "à appliquer à la main"]  # fmt: skip
    assert [one for one in unwanted if plain(one) in text] == []
    expect(page.locator("details.facts[open]")).to_have_count(0)


def test_a_page_without_answer_prints_its_questions_and_its_rule(page: Page) -> None:
    """On paper, a calculator that was not used is a checklist."""
    page.goto("simulateurs/pass_iae/")
    pdf = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    text = plain(" ".join(sheet.extract_text() for sheet in pdf.pages))
    assert plain("Premier jour du PASS IAE") in text
    assert plain("La règle, à appliquer à la main") in text


def test_the_answer_is_copied_as_text_and_as_a_link(page: Page) -> None:
    """The text holds the whole answer in reading order; the link opens to the same answer."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.clock.set_fixed_time(NOW)
    situation = {
        "date": "2026-11-21",
        "structure": "ei",
        "auteur": "siae",
        "criteres": ["jeune", "qpv"],
    }
    answer = answered(page, "eligibilite_iae", situation)
    answer.get_by_role("button", name="Copier le texte").click()
    expect(answer.get_by_role("status")).to_have_text("Le texte est copié.")
    text = page.evaluate("navigator.clipboard.readText()")
    said = result("eligibilite_iae", situation)
    order = ["unmet", "met", "info"]  # what decides is read first
    decided = sorted(said["reasons"], key=lambda one: order.index(one["status"]))
    parts = [
        "Repères IAE",
        page.url.partition("#")[0],
        "24 novembre 2026 à 9 h 30",
        said["rules"]["version"],
        "Entreprise d’insertion (EI)",
        "21 novembre 2026",
        "A-t-elle moins de 26 ans ? oui",
        said["summary"],
        *(part for one in decided for part in (one["text"], one["source"]["url"])),
        *(part for one in said["proofs"] for part in (one["document"], one["source"]["url"])),
        *said["not_checked"],
        "Cette réponse informe.",
    ]
    place = 0
    for part in map(plain, parts):
        assert part in plain(text)[place:], part
        place = plain(text).index(part, place)

    answer.get_by_role("button", name="Copier le lien").click()
    expect(answer.get_by_role("status")).to_have_text("Le lien est copié.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(page.url.partition("#")[0] + "#")
    other = page.context.new_page()
    other.goto(link)
    expect(other.locator("[data-result] .verdict")).to_have_text(said["summary"], timeout=START)


def test_a_refused_copy_is_shown_to_copy_by_hand(page: Page) -> None:
    """Where the browser refuses the clipboard, the text is there, selected."""
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject()}})"
    )
    answer = answered(page, "pass_iae", ENDING)
    answer.get_by_role("button", name="Copier le lien").click()
    expect(answer.get_by_role("status")).to_contain_text("à la main")
    field = answer.get_by_role("textbox", name="À copier à la main")
    expect(field).to_be_focused()
    assert page.evaluate("getSelection().toString()") == field.input_value() == page.url
    assert violations(page) == []
