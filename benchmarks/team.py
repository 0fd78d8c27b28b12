"""In Chromium: the platform's export of 10,000 rows, from the file to the board of the team."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, timedelta

from benchmarks import start
from benchmarks.calculation import Row

ROWS, SEED = 10_000, 1
COLUMNS = [
    "Nom candidat",
    "Type employeur",
    "Date de naissance candidat",
    "Statut de la candidature",
    "Dates de début d\u2019embauche",
    "Dates de fin d\u2019embauche",
    "Numéro PASS IAE",
    "Début PASS IAE",
    "Fin PASS IAE",
    "Statut PASS IAE",
]


def export() -> bytes:
    """Write an export of made-up hires: three rows for two people or so, as in the true ones."""
    chance = random.Random(SEED)  # noqa: S311 - made-up rows
    lines: list[list[object]] = []
    while len(lines) < ROWS:
        begin = date(2023, 6, 1) + timedelta(chance.randrange(1_250))
        end = begin + timedelta(chance.choice([729, 729, 820, 1_094]))
        born = date(1962, 1, 1) + timedelta(chance.randrange(15_000))
        kind = chance.choice(["ACI", "ACI", "EI", "AI", "ETTI"])
        number = f"99999{len(lines):07d}"
        for hire in range(chance.choice([1, 1, 2])):
            first = begin + timedelta(365 * hire)
            last = first + timedelta(chance.choice([120, 182, 364, 729]))
            days = [first, last, number, begin, end, "Valide"]
            lines.append([f"Nom {number}", kind, born, "Candidature acceptée", *days])
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([COLUMNS, *lines[:ROWS]])
    return text.getvalue().encode()


def rows() -> list[Row]:
    """Time the first alerts on screen and the last, on an engine that is ready."""
    with start.host(start.SITE) as base, start.browser() as chromium:
        page = chromium.new_page()
        page.set_default_timeout(300_000)
        page.goto(f"{base}suivi/equipe/")
        page.evaluate(
            "() => addEventListener('calculator:ready', () => document.body.dataset.ready = '')"
        )
        page.locator("#equipe-fichiers").focus()
        page.locator("body[data-ready]").wait_for(state="attached")
        page.locator("#equipe-fichiers").set_input_files(
            {"name": "export.csv", "mimeType": "text/csv", "buffer": export()}
        )
        page.evaluate(start.HELD)
        began = page.evaluate("performance.now()")
        page.locator("[data-team] [type=submit]").click()
        page.locator("[data-outcome] tbody li").first.wait_for()
        first = (page.evaluate("performance.now()") - began) / 1000
        page.locator("[data-outcome] [data-slot=end]", has_text="personnes dans").wait_for()
        last = (page.evaluate("performance.now()") - began) / 1000
        held = max(page.evaluate("window.held"))
    return [
        (f"board of {ROWS} rows, first alerts", f"{first:.1f} s", "", "< 3 s"),
        (f"board of {ROWS} rows, all", f"{last:.1f} s", "", "< 20 s"),
        (f"board of {ROWS} rows, longest block of the page", f"{held:.0f} ms", "", "< 200 ms"),
    ]
