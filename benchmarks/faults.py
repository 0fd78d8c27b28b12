"""Break the browser at each moment of a journey: the answer is right, or a sentence says why there is none.

Nothing else is possible: an answer of before, or of half of the questions, is wrong. Each trial walks through a journey with a situation drawn from its seed, and breaks something on the
way. What CPython answers to the same situation is what the page must show. The test run has a few
trials; `rows` has them all.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Route

from benchmarks import start
from benchmarks.calculation import Row
from calculators.bridge import run

SEED = 2026
ROUNDS = 2
SIGNS = (
    "Le calcul n’a pas pu se faire",
    "Des réponses sont à revoir",
    "Nous ne savons pas répondre",
)
MINUTE = 61_000  # ms: a little more than the page waits for a silent worker

#: Keeps the workers of the page, so that they can be killed.
WORKERS = """const Own = Worker; window.workers = [];
window.Worker = class extends Own { constructor(...given) { super(...given); workers.push(this); } };"""
FILL = """() => { for (const storage of [sessionStorage, localStorage]) {
  for (let size = 1 << 20; size > 0; size >>= 1) {
    try { for (let count = 0; ; count += 1) storage.setItem(`full-${size}-${count}`, "x".repeat(size)); }
    catch {}
  }
} }"""
#: What the reader sees: the answer, and the sentence of a refusal.
SEEN = """() => {
  const region = [...document.querySelectorAll("[data-answer]")].find((one) => one.checkVisibility());
  const card = region?.querySelector("[data-result]");
  const raw = [...(card?.querySelectorAll("[data-value]") ?? [])].map((one) => [one.dataset.value, one.dataset.raw]);
  return { busy: region?.getAttribute("aria-busy") === "true", verdict: card?.dataset.verdict,
    values: Object.fromEntries(raw), text: region?.querySelector("h2")?.textContent ?? "" };
}"""


@dataclass(frozen=True)
class Journey:
    """A page, one of its doors, what it answers by itself, and the fields of each step."""

    page: str
    door: str
    calculator: str
    given: dict[str, Any]
    steps: tuple[tuple[str, ...], ...]
    draw: Callable[[random.Random], dict[str, Any]]


def _day(rng: random.Random) -> str:
    return (date(2024, 1, 1) + timedelta(days=rng.randrange(1000))).isoformat()


def _pass(rng: random.Random) -> dict[str, Any]:
    return {"debut": _day(rng), "suspensions": [], "prolongations": [], "au": _day(rng)}


def _eligible(rng: random.Random) -> dict[str, Any]:
    return {
        "structure": rng.choice(["aci", "ai", "ei", "etti"]),
        "date": _day(rng),
        "criteres": rng.sample(["rsa", "ass", "th", "qpv", "zrr", "pi"], rng.randrange(1, 4)),
    }


JOURNEYS = (
    Journey("demarches/pass_iae/", "fin", "pass_iae", {}, (("debut",), (), ("au",)), _pass),
    Journey(
        "demarches/suis_je_eligible/",
        "siae",
        "eligibilite_iae",
        {"auteur": "siae"},
        (("structure",), ("date",), ("criteres",)),
        _eligible,
    ),
)


# What is broken


def _kill(page: Page) -> None:
    page.evaluate("workers.forEach((worker) => worker.terminate())")


def _cut(page: Page) -> None:
    page.context.set_offline(True)


def _full(page: Page) -> None:
    page.evaluate(FILL)


def _back_and_forward(page: Page) -> None:
    page.go_back()
    page.go_forward()


def _another_version(page: Page) -> None:
    """Publish the site again: the engine of this page has gone, and another tab has the new one."""
    own = page.locator("[data-runtime]").first.get_attribute("data-runtime") or ""
    digest = own.split("/")[-2]

    def published(route: Route) -> None:
        text = route.fetch().text().replace(digest, "0123456789abcdef")
        route.fulfill(body=text, content_type="text/html; charset=utf-8")

    page.context.route(f"**/runtime/{digest}/**", lambda route: route.fulfill(status=404, body=""))
    page.context.route(re.compile(r"/demarches/|/simulateurs/"), published)
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_timeout(200)
    other.close()


FAULTS: dict[str, Callable[[Page], None]] = {
    "worker killed": _kill,
    "network cut": _cut,
    "storage full": _full,
    "back and forward": _back_and_forward,
    "another version": _another_version,
}
MOMENTS = ("opening", "loading", "step 1", "step 2", "step 3", "computing", "answer")
ALL = tuple(product(JOURNEYS, FAULTS, MOMENTS))


# A trial


def trial(
    context: BrowserContext, base: str, seed: int, journey: Journey, fault: str, moment: str
) -> str:
    """Walk through the journey; return « right », « refused », or what is wrong in a few words."""
    rng = random.Random(f"{seed} {journey.door} {fault} {moment}")  # noqa: S311 - nothing is secret
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.clock.install()
    page.add_init_script(WORKERS)
    first, then = journey.draw(rng), journey.draw(rng)
    broken = False
    # A worker that is dead says nothing: the minute may pass at once.
    patience = 1.0 if fault == "worker killed" else 10.0

    def reach(here: str) -> None:
        nonlocal broken
        if here == moment and not broken:
            broken = True
            FAULTS[fault](page)

    try:
        page.goto(base + journey.page)
        _walk(page, journey, first, reach, patience)
        if moment == "answer":
            _ended(page, _expected(journey, first), 10.0)
            reach("answer")
            page.locator("[data-review] [data-modify]:visible").first.click()
            first = then
            _walk(page, journey, first, reach, patience)
        return _ended(page, _expected(journey, first), patience)
    except Error as error:
        return f"stuck: {str(error).splitlines()[0]}"
    finally:
        context.set_offline(False)
        context.unroute_all(behavior="ignoreErrors")
        page.close()


def _walk(
    page: Page,
    journey: Journey,
    situation: dict[str, Any],
    reach: Callable[[str], None],
    patience: float,
) -> None:
    """Answer what is in view and go on, until the place of the answer is."""
    for _ in range(12):
        if page.locator("[name=porte]:visible").count():
            reach("opening")
            if page.locator("[name=porte]:visible").count() == 0:
                continue
            page.locator(f"[name=porte][value={journey.door}]").check()
            page.locator("[data-opening] button[type=submit]").click()
            reach("loading")
            continue
        step = page.locator("[data-step]:visible")
        if step.count() == 0:
            return
        here = int(step.locator("[data-rank]").inner_text())
        reach(f"step {here}")
        if page.locator("[data-step]:visible [data-rank]").all_inner_texts() != [str(here)]:
            continue
        for name in journey.steps[here - 1]:
            _answer(page, journey.calculator, name, situation[name])
        step.locator("button[type=submit]").click()
        if here == len(journey.steps):
            reach("computing")
        _moved(page, str(here), patience)


def _answer(page: Page, calculator: str, name: str, value: Any) -> None:
    controls = page.locator(f"form[data-calculator={calculator}] [name={name}]")
    if isinstance(value, list):
        for box in controls.all():
            box.set_checked(box.get_attribute("value") in value)
    elif controls.first.get_attribute("type") == "radio":
        controls.and_(page.locator(f"[value={value}]")).check()
    else:
        controls.fill(value)


def _moved(page: Page, rank: str, patience: float) -> None:
    """Wait for the next step; where the worker is silent, let a minute pass."""
    ranks = page.locator("[data-step]:visible [data-rank]")
    for late in (patience, 5.0):
        end = time.monotonic() + late
        while time.monotonic() < end:
            if ranks.all_inner_texts() != [rank]:
                return
            page.wait_for_timeout(20)
        page.clock.fast_forward(MINUTE)


def _expected(journey: Journey, situation: dict[str, Any]) -> dict[str, Any]:
    request = {"calculator": journey.calculator, "situation": journey.given | situation}
    return dict(json.loads(run(json.dumps(request))))


def _ended(page: Page, expected: dict[str, Any], patience: float) -> str:
    """Compare what is shown, once it no longer moves, with what CPython answers."""
    seen: dict[str, Any] = {}
    for late in (patience, 10.0):
        end = time.monotonic() + late
        while time.monotonic() < end:
            seen = page.evaluate(SEEN)
            if not seen["busy"] and (seen["verdict"] or seen["text"] in SIGNS):
                return _judged(seen, expected)
            page.wait_for_timeout(20)
        page.clock.fast_forward(MINUTE)
    return f"silent: {seen}"


def _judged(seen: dict[str, Any], expected: dict[str, Any]) -> str:
    if not seen["verdict"]:
        return "right" if expected["type"] == "unknown" and seen["text"] == SIGNS[2] else "refused"
    if expected["type"] != "result":
        return f"wrong: {seen}, and not {expected}"
    values = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in expected["result"]["values"].items()
        if isinstance(value, bool | int | str)
    }
    shown = {name: seen["values"].get(name) for name in values if name in seen["values"]}
    told = {name: value for name, value in values.items() if name in shown}
    same = seen["verdict"] == expected["result"]["verdict"] and shown == told
    return "right" if same else f"wrong: {seen}, and not {values}"


@contextmanager
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """Open a context as a phone has; what one trial has kept serves the next one."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 800}, locale="fr-FR", service_workers="block"
    )
    yield context
    context.close()


def rows() -> list[Row]:
    """Run every trial."""
    counts: Counter[str] = Counter()
    with start.host(start.SITE) as base, start.browser() as chromium:
        for turn in range(ROUNDS):
            for journey, fault, moment in ALL:
                with reader(chromium) as context:
                    said = trial(context, base, SEED + turn, journey, fault, moment)
                counts[said.partition(":")[0]] += 1
                if said not in {"right", "refused"}:
                    print(f"{journey.door}, {fault}, {moment}, seed {SEED + turn}: {said}")
        tried = sum(counts.values())
        wrong = tried - counts["right"] - counts["refused"]
        told = f"{counts['right']} right, {counts['refused']} refused"
        name = f"faults of the browser answered wrongly, of {tried}, seed {SEED}"
        return [(name, str(wrong), told, "= 0")]
