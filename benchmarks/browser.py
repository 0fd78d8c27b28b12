"""In Chromium: a list of 10,000 rows, from the button of its page to the last answer on screen."""

from __future__ import annotations

import csv
import io
from time import perf_counter

from benchmarks import start
from benchmarks.calculation import BATCH, Row, batch, spread
from benchmarks.processes import memory
from calculators.bridge import run
from generator.content.worked_cases import load

CALCULATOR = "suspension"
PAGE = "simulateurs/liste/"


def table() -> bytes:
    """Write the worked cases of the calculator as a list, again and again."""
    cases = [_cells(case.situation) for case in load() if case.calculator == CALCULATOR]
    heads = list(dict.fromkeys(head for cells in cases for head in cells))
    text = io.StringIO()
    lines = csv.DictWriter(text, heads, restval="", delimiter=";")
    lines.writeheader()
    lines.writerows((cases * (BATCH // len(cases) + 1))[:BATCH])
    return text.getvalue().encode()


def _cells(situation: dict[str, object]) -> dict[str, str]:
    """Flatten a situation as the columns of lists are named: `suspensions.1.debut`."""
    cells = {}
    for name, value in situation.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value, 1):
                for field, one in _cells(row).items():
                    cells[f"{name}.{number}.{field}"] = one
        elif isinstance(value, list) and value:
            cells[name] = ", ".join(map(str, value))
        elif isinstance(value, bool):
            cells[name] = "oui" if value else "non"
        elif value not in (None, []):
            cells[name] = str(value)
    return cells


def rows() -> list[Row]:
    """Time the list on an engine that is ready, and look at what it does to the page meanwhile."""
    text, rounds = batch(CALCULATOR), []
    for _ in range(start.SLOW_ROUNDS):
        began = perf_counter()
        run(text)
        rounds.append((perf_counter() - began, *_in_a_page()))
    in_cpython, seconds, held, resident = map(list, zip(*rounds, strict=True))
    name = f"list of {BATCH} rows, {CALCULATOR}"
    times = [seconds / alone for seconds, alone in zip(seconds, in_cpython, strict=True)]
    return [
        (name, *spread(seconds, "s"), "≤ 6.5 s"),
        (f"{name}, Chromium / CPython", *spread(times, "times"), ""),
        (f"{name}, longest block of the page", *spread(held, "ms"), "≤ 100 ms"),
        (f"{name}, memory of the page", *spread(resident, "MB"), "≤ 250 MB"),
    ]


def _in_a_page() -> tuple[float, float, float]:
    """Return the seconds of the list, the longest block of the page in ms, its memory in MB."""
    with start.host(start.SITE) as base, start.by_itself() as seen:
        with seen() as (_, context):
            page = context.new_page()
            page.set_default_timeout(300_000)
            page.goto(base + PAGE)
            page.evaluate(
                "() => addEventListener('calculator:ready', () => document.body.dataset.ready = '')"
            )
            page.locator("form [name=calculator]").select_option(CALCULATOR)
            page.locator("form [name=file]").set_input_files(
                {"name": "liste.csv", "mimeType": "text/csv", "buffer": table()}
            )
            page.locator("form [name=file]").focus()
            page.locator("body[data-ready]").wait_for(state="attached")
            page.evaluate(start.HELD)
            began = page.evaluate("performance.now()")
            page.get_by_role("button", name="Vérifier la liste").click()
            page.locator("[data-outcome] tbody tr").first.wait_for()
            seconds = (page.evaluate("performance.now()") - began) / 1000
            held = max(page.evaluate("window.held"))
        with seen() as (chromium, context):
            (page,) = context.pages
            resident = memory(chromium, page) / 1e6
    return seconds, held, resident
