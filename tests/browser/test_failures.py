"""When the engine cannot run, the page says so in French, keeps what was typed, gives the rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

FILLED = "simulateurs/eligibilite_iae/#auteur=siae&structure=ei&date=2026-11-21&criteres=rsa"


def _missing(route: Route) -> None:
    route.fulfill(status=404, body="")


def _cut_off(route: Route) -> None:
    body = route.fetch().body()
    route.fulfill(status=200, body=body[: len(body) // 2], content_type="application/octet-stream")


def _without_webassembly(route: Route) -> None:
    # A worker obeys the policy that comes with its own file.
    route.fulfill(
        response=route.fetch(), headers={"Content-Security-Policy": "script-src 'self'"} | JS
    )


def _silent(route: Route) -> None:
    route.fulfill(body="", content_type="text/javascript")


JS = {"Content-Type": "text/javascript"}
FAILURES: dict[str, tuple[str, Callable[[Route], None]]] = {
    "worker_missing": ("**/runtime/*/worker.js", _missing),
    "wheel_missing": ("**/runtime/*/*.whl", _missing),
    "wheel_cut_off": ("**/runtime/*/*.whl", _cut_off),
    "engine_missing": ("**/runtime/*/pyodide.mjs", _missing),
    "library_missing": ("**/runtime/*/python_stdlib.zip", _missing),
    "webassembly_missing": ("**/runtime/*/pyodide.asm.wasm", _missing),
    "webassembly_refused": ("**/runtime/*/worker.js", _without_webassembly),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failed_start_is_told_and_nothing_is_lost(page: Page, failure: str) -> None:
    """A clear sentence, the answers kept, the rule by hand, and a second try that works."""
    pattern, handler = FAILURES[failure]
    page.route(pattern, handler)
    page.goto(FILLED)
    answer = page.locator("[data-answer]")
    expect(answer).to_contain_text("Le calcul n'a pas pu se faire", timeout=45_000)
    expect(page.locator("form[data-calculator]")).to_have_attribute("data-state", "failed")
    expect(page.locator("input[value=rsa]")).to_be_checked()
    expect(page.locator("input[name=structure][value=ei]")).to_be_checked()
    answer.get_by_role("link", name="la règle à appliquer à la main").click()
    expect(page.locator("#a-la-main")).to_be_in_viewport()

    page.unroute(pattern)
    answer.get_by_role("button", name="Réessayer").click()
    expect(page.locator("[data-result]")).to_have_attribute(
        "data-verdict", "eligible", timeout=45_000
    )


def test_an_engine_that_stays_silent_for_a_minute_is_stopped(page: Page) -> None:
    """No reader waits for ever: after 60 s the page says so and offers to try again."""
    page.clock.install()
    page.route("**/runtime/*/worker.js", _silent)
    page.goto(FILLED)
    expect(page.locator("[data-status]")).to_contain_text("Calcul en cours")
    page.clock.fast_forward(59_000)
    expect(page.locator("[data-retry]")).to_have_count(0)
    page.clock.fast_forward(2_000)
    expect(page.locator("[data-answer]")).to_contain_text("depuis une minute")


def test_without_javascript_the_page_is_a_checklist_and_the_rule(
    browser: Browser, site: str
) -> None:
    """The questions, the proofs and the rule by hand are plain HTML; nothing can be sent."""
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto("simulateurs/eligibilite_iae/")
    expect(page.get_by_text("Le calcul demande JavaScript")).to_be_visible()
    expect(page.get_by_label("La personne touche-t-elle le RSA ?")).to_be_visible()
    expect(page.get_by_text("entreprise d'insertion : 3 critères")).to_be_visible()
    expect(page.get_by_role("button", name="Voir la réponse")).to_be_disabled()
    page.get_by_label("Date du diagnostic d'éligibilité").press("Enter")
    assert page.url == f"{site}simulateurs/eligibilite_iae/"
    context.close()
