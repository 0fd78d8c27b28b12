"""One person's file: four parts of an answer, kept on the device, opened again, on one sheet of paper."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from generator.content.worked_cases import load
from tests.browser.test_calculator import START, address
from tests.browser.test_site import overflow, violations

#: The longest one: five years, two employers, ten options.
LONGEST = next(case.situation for case in load() if case.calculator == "suivi")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what has the focus matches."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard never reached {selector}")


def test_the_keyboard_alone_follows_a_pathway(page: Page) -> None:
    """From the first question to a letter, at 360 px, without a pointer."""
    page.goto("suivi/")
    tab_to(page, "[name=structure]")
    page.keyboard.press("Space")
    tab_to(page, "[name=au]")
    page.keyboard.type("27112026")
    tab_to(page, "[name=pass_debut]")
    page.keyboard.type("03022025")
    tab_to(page, "[data-repeat=contrats] [data-add]")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")  # the first choice of the new row has the focus
    tab_to(page, "[name='contrats.0.debut']")
    page.keyboard.type("01062026")
    tab_to(page, "[name='contrats.0.fin']")
    page.keyboard.type("31122026")
    tab_to(page, "form[data-calculator] [type=submit]")
    page.keyboard.press("Enter")
    page.locator("[data-result]").first.wait_for(timeout=START)
    expect(page.locator("[data-result] [data-sentence]")).to_be_focused()
    folded = page.locator("[data-row] > details:not([open]) > summary")
    expect(folded).to_contain_text("CDD d’insertion (CDDI), du ")
    tab_to(page, "[data-slot=next]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-option] > details").first).to_have_attribute("open", "")
    tab_to(page, "[data-option=renouveler_cddi] [data-slot=link]")
    tab_to(page, "[data-letter]")
    page.keyboard.type("Proposer")
    expect(page.locator("[data-letter]")).to_have_value("renouvellement")
    tab_to(page, "[data-letter-next]")
    page.keyboard.press("Enter")
    chosen = page.evaluate(
        "getSelection().toString() || document.activeElement.value.slice("
        "document.activeElement.selectionStart, document.activeElement.selectionEnd)"
    )
    assert chosen == "[… prénom et nom]"


def test_a_pathway_is_followed_kept_opened_again_and_printed(page: Page, tmp_path: Path) -> None:
    """What is saved gives the same answer; a wrong file loses nothing; each sheet is one page."""
    page.goto(address("suivi", LONGEST).replace("simulateurs/suivi/", "suivi/"))
    answer = page.locator("[data-answer] [data-result]")
    expect(answer).to_be_visible(timeout=START)
    parts = ("Où en est la personne", "Ce qui approche", "Ce qui ne va pas", "Ce qui est possible")
    titles = answer.locator("h3:visible").all_inner_texts()
    assert [title for title in titles if title in parts] == list(parts)
    assert answer.locator("[data-horizons] h4").all_inner_texts() == [
        "Dans les 90 jours",
        "Plus tard",
    ]
    summary = answer.locator("[data-slot=summary]").inner_text()
    # Thirteen rows, a line each.
    form = page.locator("form[data-calculator]")
    assert form.evaluate("node => node.offsetHeight") < 5_000
    expect(form.locator("details[open]")).to_have_count(0)
    # Ten options, a line each: what is folded is read on paper, or one at a time.
    assert answer.evaluate("node => node.offsetHeight") < 4_100
    assert violations(page) == []
    assert overflow(page) == []

    with page.expect_download() as saved:
        page.get_by_role("button", name="Enregistrer sur cet appareil").click()
    file = tmp_path / "suivi.json"
    saved.value.save_as(file)
    page.locator("[data-file-erase]").click()
    expect(answer).to_have_count(0)
    assert "#" not in page.url
    page.locator("[data-file-open]").set_input_files(file)
    expect(answer.locator("[data-slot=summary]")).to_have_text(summary)
    filled = page.url
    wrong = tmp_path / "autre.json"
    wrong.write_text("%PDF-1.7")
    page.locator("[data-file-open]").set_input_files(wrong)
    expect(page.locator("[data-file-status]")).to_contain_text("ne peut pas être lu")
    assert page.url == filled

    letter = page.get_by_label("Le texte, à relire")
    page.get_by_label("Quel courrier").select_option("renouvellement")
    expect(letter).to_have_value(re.compile("finit le 31 décembre 2026"))
    assert "[… dernier jour proposé]" in letter.input_value()
    page.evaluate("window.print = () => {}")
    for button in ("La fiche du dossier", "La fiche pour la personne", "Imprimer le courrier"):
        page.get_by_role("button", name=button).click()
        assert len(PdfReader(BytesIO(page.pdf(format="A4"))).pages) == 1, button
        page.evaluate("dispatchEvent(new Event('afterprint'))")

    # A row opens for an error, and the answer's list leads into it.
    form.get_by_text("du 1er mars 2022").press("Enter")
    page.locator("[name='contrats.0.fin']").fill("2022-02-01")
    page.get_by_role("button", name="Voir la réponse").click()
    expect(page.locator("[data-answer] [data-list] a").first).to_be_visible()
    expect(form.locator("details[open]")).to_have_count(1)
    page.locator("[name='contrats.0.fin']").fill("2022-08-31")
    expect(answer).to_be_visible()
    page.get_by_role("button", name="Voir la réponse").click()
    expect(form.locator("details[open]")).to_have_count(0)
