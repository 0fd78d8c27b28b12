"""The journeys: step by step, by keyboard alone, and nothing that was answered is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_site import overflow, violations
from tests.conftest import ROOT

JOURNEYS = yaml.safe_load((ROOT / "data" / "journeys.yaml").read_text("utf-8"))["journeys"]
START = 45_000
ELIGIBLE = "demarches/suis_je_eligible/"
PASS = "demarches/pass_iae/"


def heading(page: Page) -> Locator:
    """The heading of the step, or of the answer, that is in view."""
    return page.locator("[data-journey] [data-heading]:visible").first


def go_on(page: Page, to: str = "") -> None:
    """Press the visible « Continuer », and wait until the heading holds `to`."""
    page.locator("[data-journey] button[type=submit]:visible").click()
    expect(heading(page)).to_contain_text(to)


def ready(page: Page) -> None:
    """Wait until the engine can answer."""
    page.locator("form[data-state=ready]:visible").wait_for(timeout=START)


def hire(page: Page, structure: str) -> Locator:
    """Say that one hires in that structure, go to the step of the dates, and return the form."""
    page.goto(ELIGIBLE)
    page.get_by_label("Je recrute dans une structure").check()
    go_on(page)
    ready(page)
    form = page.locator("form[data-calculator=eligibilite_iae]")
    form.get_by_label(structure).check()
    go_on(page, "Les dates")
    return form


def tab_to(page: Page, found: str) -> None:
    """Press Tab until `found`, a condition on the focused element, is true."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(
            f"(() => {{ const e = document.activeElement;"
            f" return e.closest('[data-journey]') !== null && ({found}) }})()"
        ):
            return
    raise AssertionError(f"the keyboard never reached: {found}")


def press(page: Page, name: str) -> None:
    """Reach a button by Tab, and press it with Enter."""
    tab_to(page, f"e.tagName === 'BUTTON' && e.textContent.trim() === {name!r}")
    page.keyboard.press("Enter")


def choose(page: Page, value: str) -> None:
    """Reach a group of radio buttons by Tab, and move to one of them with the arrows."""
    tab_to(page, "e.type === 'radio'")
    page.keyboard.press("Space")
    for _ in range(12):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no choice {value}")


def type_date(page: Page, name: str, day: str) -> None:
    """Reach a date by Tab, and type it; `day` is written in the browser's order."""
    tab_to(page, f"e.name === {name!r}")
    page.keyboard.type(day)


def test_a_job_seeker_goes_through_eligibility_by_keyboard(page: Page) -> None:
    """Role, structure, dates, situation, answer: Tab, arrows, Space, Enter, and typed dates.

    The questions speak to her; the commune that she gave on another page leads her near there.
    """
    page.goto("comprendre/pres_de_chez_moi/#type-ai")
    commune = page.get_by_label("Votre commune ou code postal")
    commune.fill("48200")
    page.locator("[data-choices]").get_by_role("button", name="Saint-Chély-d’Apcher").click()
    there = "results?city=saint-chely-dapcher-48&distance=25&kinds=AI"
    employers = page.locator(".near-links").get_by_role("link", name="Chercher un employeur")
    expect(employers).to_have_attribute("href", re.compile(re.escape(there) + "$"))
    page.goto(ELIGIBLE)
    choose(page, "candidat")
    press(page, "Continuer")
    expect(heading(page)).to_be_focused()
    expect(heading(page)).to_have_text("Étape 1 sur 3\u00a0: La structure")
    step = page.locator("[data-step]:visible")
    expect(step).to_contain_text("Étape suivante\u00a0: Les dates")
    expect(step.get_by_role("button", name="Voir la réponse")).to_have_count(0)
    assert page.title().startswith("Étape 1 sur 3\u00a0: La structure - Suis-je éligible")
    choose(page, "ai")
    press(page, "Continuer")
    expect(heading(page)).to_contain_text("Les dates")
    press(page, "Continuer")
    expect(heading(page)).to_have_text("Étape 3 sur 3\u00a0: Votre situation")
    expect(page.locator("label:visible", has_text="Habitez-vous un quartier")).to_be_visible()
    tab_to(page, "e.value === 'qpv'")
    page.keyboard.press("Space")
    press(page, "Voir la réponse")
    answer = page.locator("[data-result]:visible")
    expect(answer).to_have_attribute("data-verdict", "a_valider_defavorable", timeout=START)
    expect(answer.locator("[data-sentence]")).to_be_focused()
    expect(page.locator("[data-review]")).to_contain_text("Association intermédiaire (AI)")
    expect(page.locator("[data-review]")).to_contain_text("Habitez-vous un quartier prioritaire")
    near = answer.get_by_role("link", name="autour de Saint-Chély-d’Apcher")
    expect(near).to_have_attribute("href", re.compile("/search/prescribers/results"))


def test_contracts_go_by_keyboard(page: Page) -> None:
    """A contract of six months in a work-integration site is checked, rows and dates typed.

    The step whose questions count for a fixed term only is skipped for the other contract; so are,
    on demand, the two that hold nothing but optional questions.
    """
    page.goto("demarches/durees_et_contrats/")
    choose(page, "contrat")
    press(page, "Continuer")
    choose(page, "aci")
    choose(page, "cdi_inclusion")
    press(page, "Continuer")
    expect(heading(page)).to_contain_text("Étape 2 sur 3")
    press(page, "Retour")
    choose(page, "aci")
    choose(page, "cddi")
    press(page, "Continuer")
    expect(heading(page)).to_contain_text("Étape 2 sur 4")
    type_date(page, "periodes.0.debut", "01152026")
    type_date(page, "periodes.0.fin", "07142026")
    tab_to(page, "e.name === 'periodes.0.heures_semaine'")
    page.keyboard.type("26")
    step = page.locator("[data-step]:visible")
    expect(step).to_contain_text("Étape suivante, facultative\u00a0: Le parcours et la personne")
    press(page, "Voir la réponse")
    answer = page.locator("[data-result]:visible")
    expect(answer).to_have_attribute("data-verdict", "conforme", timeout=START)
    expect(answer.locator("[data-value=duree_totale]")).to_have_attribute(
        "data-raw", '{"mois":6,"jours":0}'
    )


def test_a_pass_goes_by_keyboard_and_its_dates_go_on(page: Page) -> None:
    """The end that one calculator finds is already written where the next one asks it."""
    page.goto(PASS)
    choose(page, "fin")
    press(page, "Continuer")
    type_date(page, "debut", "01152026")
    press(page, "Continuer")
    press(page, "Continuer")
    press(page, "Voir la réponse")
    answer = page.locator("[data-result]:visible")
    expect(answer.locator("[data-value=fin]")).to_have_attribute(
        "data-raw", "2028-01-14", timeout=START
    )
    parts = page.locator("[data-review] .reviewed-step")
    expect(parts.nth(0)).to_contain_text("15 janvier 2026")
    expect(parts.nth(1)).to_contain_text("Rien n’est indiqué.")
    expect(parts.nth(0)).not_to_contain_text("Rien n’est indiqué.", use_inner_text=True)
    press(page, "Si je peux le prolonger")
    choose(page, "aci")
    choose(page, "formation")
    press(page, "Continuer")
    form = page.locator("form[data-calculator=prolongation]")
    expect(form.locator("[name=pass_debut]")).to_have_value("2026-01-15")
    expect(form.locator("[name=pass_fin]")).to_have_value("2028-01-14")


def test_a_missing_answer_is_told_before_the_next_step(page: Page) -> None:
    """The summary takes the focus, leads to the question, and the step stays, before Python is there."""
    page.route("**/runtime/**", lambda _route: None)  # it never comes
    page.goto(PASS)
    go_on(page)
    expect(page.get_by_text("Choisissez une réponse")).to_be_visible()
    page.get_by_label("Quand il finit").check()
    go_on(page)
    go_on(page)
    expect(page.locator("form[data-state=loading]:visible")).to_be_visible()
    expect(heading(page)).to_contain_text("Étape 1")
    summary = page.locator("[data-step-errors]:visible")
    expect(summary.locator("[data-heading]")).to_be_focused()
    summary.get_by_role("link").click()
    assert page.evaluate("document.activeElement.name") == "debut"
    assert violations(page) == []


def test_going_back_loses_nothing_and_one_change_keeps_the_rest(page: Page) -> None:
    """The page's « Retour » and the browser's own lead back to filled questions."""
    form = hire(page, "Atelier et chantier d’insertion (ACI)")
    go_on(page, "La situation")
    form.locator("input[value=qpv]").check()
    form.locator("input[value=th]").check()
    page.get_by_role("button", name="Retour", exact=True).click()
    expect(heading(page)).to_contain_text("Les dates")
    page.go_back()
    expect(heading(page)).to_contain_text("La situation")
    expect(form.locator("input[value=qpv]")).to_be_checked()
    go_on(page)
    answer = page.locator("[data-result]:visible")
    expect(answer).to_have_attribute("data-verdict", "non_eligible")
    page.get_by_role("button", name="Modifier : La structure").click()
    expect(heading(page)).to_be_focused()
    form.get_by_label("Association intermédiaire (AI)").check()
    page.get_by_role("button", name="Revoir la réponse").click()
    expect(answer).to_have_attribute("data-verdict", "eligible")
    expect(answer.locator("[data-value=niveau_2]")).to_have_attribute("data-raw", "2")


def test_answers_survive_a_reload_and_clear_forgets_them(page: Page) -> None:
    """The tab keeps the answers and the step; « Effacer » leaves nothing of them."""
    page.goto(PASS)
    page.get_by_label("S’il faut attendre").check()
    go_on(page)
    form = page.locator("form[data-calculator=carence]")
    form.get_by_label("Entreprise d’insertion (EI)").check()
    go_on(page)
    form.locator("[name=fin_pass]").fill("2026-03-31")
    page.reload()
    expect(heading(page)).to_contain_text("Les dates")
    expect(form.locator("[name=fin_pass]")).to_have_value("2026-03-31")
    assert "#" not in page.url
    page.get_by_role("button", name="Effacer mes réponses").click()
    expect(heading(page)).to_have_text("Que voulez-vous savoir ?")
    assert page.evaluate("sessionStorage.length") == 0
    page.get_by_label("S’il faut attendre").check()
    go_on(page)
    expect(form.get_by_label("Entreprise d’insertion (EI)")).not_to_be_checked()


def test_a_contradiction_is_told_at_once_beside_what_was_ticked(page: Page) -> None:
    """Two lengths of registration exclude each other: no need to ask for the answer to know."""
    form = hire(page, "Entreprise d’insertion (EI)")
    go_on(page, "La situation")
    form.locator("input[value=deld]").check()
    expect(form.locator("[data-near]")).to_have_count(0)
    form.locator("input[value=detld]").check()
    near = form.locator("[data-near]")
    expect(near).to_contain_text("en même temps")
    expect(near).to_be_in_viewport()
    expect(page.locator("[data-status]:visible")).to_contain_text("en même temps")
    assert violations(page) == []
    form.locator("input[value=deld]").uncheck()
    expect(near).to_have_count(0)


def test_ages_and_registration_come_from_the_dates(page: Page) -> None:
    """The boxes that the dates decide are ticked; a later date unticks them; a person's no stays."""
    form = hire(page, "Entreprise d’insertion (EI)")
    form.locator("[name=date]").fill("2026-11-21")
    form.locator("[name=date_naissance]").fill("2004-05-17")
    form.locator("[name=inscription_debut]").fill("2025-06-01")
    jeune, deld, senior = (
        form.locator(f"input[value={code}]") for code in ("jeune", "deld", "senior")
    )
    expect(jeune).to_be_checked()
    expect(deld).to_be_checked()
    expect(senior).not_to_be_checked()
    go_on(page, "La situation")
    expect(form.locator(".choice", has=page.locator("input[value=jeune]"))).to_contain_text(
        "D’après les dates : oui."
    )
    expect(form.locator(".choice", has=page.locator("input[value=senior]"))).to_contain_text(
        "D’après les dates : non."
    )
    page.get_by_role("button", name="Retour", exact=True).click()
    form.locator("[name=date_naissance]").fill("1970-01-01")
    expect(senior).to_be_checked()
    expect(jeune).not_to_be_checked()
    go_on(page, "La situation")
    senior.uncheck()
    go_on(page, "La réponse")
    expect(page.locator("[data-result]:visible")).to_be_visible()
    expect(senior).not_to_be_checked()


def test_a_broken_engine_stops_no_step(page: Page) -> None:
    """Every question can be read and answered; the failure is told with the rule by hand."""
    page.route("**/runtime/*/*.whl", lambda route: route.fulfill(status=404, body=""))
    page.goto(PASS)
    page.get_by_label("Quand il finit").check()
    go_on(page)
    page.locator("form[data-state=failed]:visible").wait_for(timeout=START)
    form = page.locator("form[data-calculator=pass_iae]")
    form.locator("[name=debut]").fill("2026-01-15")
    for step in ("Étape 2", "Étape 3", ""):
        go_on(page, step)
    answer = page.locator("[data-answer]:visible")
    expect(answer).to_contain_text("Le calcul n’a pas pu se faire", timeout=START)
    expect(page.locator("[data-review]")).to_contain_text("15 janvier 2026")
    by_hand = answer.get_by_role("link", name="la règle à appliquer à la main")
    page.unroute("**/runtime/*/*.whl")
    answer.get_by_role("button", name="Réessayer").click()
    expect(page.locator("[data-result]:visible")).to_have_attribute(
        "data-verdict", "valide", timeout=START
    )
    expect(by_hand).to_have_count(0)


def test_without_javascript_each_form_is_a_link_away(browser: Browser, site: str) -> None:
    """The steps need a script: the page says so and leads to the whole forms."""
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto(PASS)
    note = page.get_by_text("Les étapes demandent JavaScript")
    expect(note).to_be_visible()
    note.get_by_role("link", name="Puis-je prolonger").click()
    assert page.url == f"{site}simulateurs/prolongation/"
    context.close()


def _to_answer(page: Page, name: str, width: int, look: Callable[[], None]) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"demarches/{name}/")
    look()
    page.locator("input[name=porte]").first.check()
    go_on(page)
    ready(page)
    look()


@pytest.mark.parametrize("name", JOURNEYS)
def test_axe_finds_nothing_in_a_journey_and_nothing_overflows(page: Page, name: str) -> None:
    """The opening and the first step, at a zoom of 400 %, in light and in dark."""

    def look() -> None:
        assert violations(page) + overflow(page) == []
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert violations(page, "color-contrast") == []
        page.emulate_media(color_scheme="light", reduced_motion="reduce")

    _to_answer(page, name, 320, look)
