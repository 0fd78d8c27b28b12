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


def _one_byte_changed(route: Route) -> None:
    response = route.fetch()
    body = bytearray(response.body())
    body[len(body) // 2] ^= 1
    route.fulfill(response=response, body=bytes(body))


def _without_memory(route: Route) -> None:
    refused = "WebAssembly.Memory = class { constructor() { throw new RangeError('refused'); } };"
    route.fulfill(body=refused + route.fetch().text(), content_type="text/javascript")


def _without_instance(route: Route) -> None:
    refused = "WebAssembly.instantiate = async () => { throw new RangeError('refused'); };"
    route.fulfill(body=refused + route.fetch().text(), content_type="text/javascript")


def _stopped(route: Route) -> None:
    text = route.fetch().text()
    assert text.count("response:await answer(request)") == 1
    text = text.replace("await answer(request)", "await Promise.reject(new Error('stopped'))")
    route.fulfill(body=text, content_type="text/javascript")


def _without_webassembly(route: Route) -> None:
    # A worker obeys the policy that comes with its own file.
    route.fulfill(
        response=route.fetch(), headers={"Content-Security-Policy": "script-src 'self'"} | JS
    )


def _silent(route: Route) -> None:
    route.fulfill(body="", content_type="text/javascript")


JS = {"Content-Type": "text/javascript"}
MISSING = "Un fichier du simulateur manque ou n’a pas pu être lu."
MEMORY = "La mémoire manque pour le simulateur."
#: The files concerned, what becomes of them, and the sentence that says it.
FAILURES: dict[str, tuple[str, Callable[[Route], None], str]] = {
    "worker_missing": ("worker.js", _missing, "Le fichier du simulateur n’a pas pu être chargé."),
    "wheel_missing": ("*.whl", _missing, MISSING),
    "wheel_corrupted": ("*.whl", _one_byte_changed, MISSING),
    "engine_missing": ("pyodide.mjs", _missing, MISSING),
    "script_corrupted": ("pyodide.asm.js", _one_byte_changed, MISSING),
    "library_cut_off": ("python_stdlib.zip", _cut_off, MISSING),
    "webassembly_missing": ("pyodide.asm.wasm", _missing, MISSING),
    "webassembly_cut_off": ("pyodide.asm.wasm", _cut_off, MISSING),
    "webassembly_refused": ("worker.js", _without_webassembly, "Ce navigateur refuse WebAssembly"),
    "memory_refused": ("worker.js", _without_memory, MEMORY),
    "instance_refused": ("worker.js", _without_instance, MEMORY),
    "stopped": ("worker.js", _stopped, "Le simulateur s’est arrêté avant de répondre."),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failed_start_is_told_and_nothing_is_lost(page: Page, failure: str) -> None:
    """A clear sentence, the answers kept, the rule by hand, and a second try that works."""
    name, handler, sentence = FAILURES[failure]
    broken = True
    # Not unrouted: what is under way would be handled twice.
    page.route(
        f"**/runtime/*/{name}", lambda route: handler(route) if broken else route.continue_()
    )
    page.goto(FILLED)
    answer = page.locator("[data-answer]")
    expect(answer).to_contain_text("Le calcul n’a pas pu se faire")
    expect(answer).to_contain_text(sentence)
    expect(page.locator("form[data-calculator]")).to_have_attribute("data-state", "failed")
    expect(page.locator("input[value=rsa]")).to_be_checked()
    expect(page.locator("input[name=structure][value=ei]")).to_be_checked()
    answer.get_by_role("link", name="la règle à appliquer à la main").click()
    expect(page.locator("#a-la-main")).to_be_in_viewport()

    broken = False
    answer.get_by_role("button", name="Réessayer").click()
    expect(page.locator("[data-result]")).to_have_attribute("data-verdict", "eligible")


def test_a_site_published_again_during_a_visit_asks_to_be_read_again(page: Page) -> None:
    """The engine of the page has gone: the page says why, and starts again with its answers."""
    engines = "**/runtime/**"
    page.goto("simulateurs/eligibilite_iae/")
    runtime = page.locator("[data-calculator-root]").get_attribute("data-runtime")
    assert runtime
    digest = runtime.split("/")[-2]

    def published(route: Route) -> None:
        if route.request.is_navigation_request():
            route.continue_()
            return
        text = route.fetch().text().replace(digest, "0123456789abcdef")
        route.fulfill(body=text, content_type="text/html; charset=utf-8")

    page.route(engines, _missing)
    page.route("**/simulateurs/eligibilite_iae/", published)
    page.get_by_text("Une structure qui recrute (SIAE)").click()
    page.get_by_label("Entreprise d’insertion (EI)").check()
    page.get_by_label("Date du diagnostic d’éligibilité").fill("2026-11-21")
    page.get_by_role("button", name="Voir la réponse").click()
    answer = page.locator("[data-answer]")
    expect(answer).to_contain_text("Le site a été mis à jour pendant votre visite.")
    expect(answer).to_contain_text("Vos réponses sont gardées. Rechargez la page, ou suivez")
    page.unroute(engines)
    answer.get_by_role("button", name="Recharger la page").click()
    expect(page.locator("[data-result]")).to_have_attribute("data-verdict", "non_eligible")


def test_an_engine_that_stays_silent_for_a_minute_is_stopped(page: Page) -> None:
    """No reader waits for ever: after 60 s the page says so and offers to try again."""
    page.clock.install()
    page.route("**/runtime/*/worker.js", _silent)
    page.goto(FILLED)
    expect(page.locator("[data-status]")).to_contain_text("Calcul en cours")
    page.clock.fast_forward(50_000)  # the seconds of a slow machine count too
    expect(page.locator("[data-retry]")).to_have_count(0)
    page.clock.fast_forward(12_000)
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
    expect(page.get_by_text("entreprise d’insertion : 3 critères")).to_be_visible()
    expect(page.get_by_role("button", name="Voir la réponse")).to_be_disabled()
    page.get_by_label("Date du diagnostic d’éligibilité").press("Enter")
    assert page.url == f"{site}simulateurs/eligibilite_iae/"
    context.close()
