"""The eligibility calculator answers in the page, from the keyboard or from an address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from calculators import CALCULATORS
from calculators.inputs import Invalid, not_counted, read
from calculators.rules import load as load_rules
from generator.content.worked_cases import Case, load
from tests.browser.conftest import until

ELIGIBILITY = "simulateurs/eligibilite_iae/"
#: A cold start of Python takes a few seconds on a slow machine.
START = 45_000


def address(calculator: str, situation: dict[str, Any]) -> str:
    """Return the address of a filled form, as the contract writes it."""
    pairs: list[tuple[str, str]] = []
    for name, value in situation.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for position, row in enumerate(value):
                pairs += [
                    (f"{name}.{position}.{field}", _text(inner))
                    for field, inner in row.items()
                    if inner is not None
                ]
        elif isinstance(value, dict):
            pairs += [(f"{name}.{field}", _text(inner)) for field, inner in value.items()]
        elif isinstance(value, list):
            pairs += [(name, str(item)) for item in value]
        elif value is not None:
            pairs.append((name, _text(value)))
    return f"simulateurs/{calculator}/#{urlencode(pairs)}"


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_the_form_is_filled_and_answered_from_the_keyboard_alone(page: Page) -> None:
    """Tab, arrows, Space and Enter are enough to ask and to read the answer."""
    page.goto(ELIGIBILITY)
    page.locator("input[name=auteur]").first.focus()
    page.keyboard.press("Space")  # the structure
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")  # ACI, AI, EI
    expect(page.locator("input[name=structure][value=ei]")).to_be_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "date"
    page.locator("input[name=date]").fill("2026-11-21")
    while page.evaluate("document.activeElement.value") != "rsa":
        page.keyboard.press("Tab")
    # A proof is long to hear: a screen reader says it once the criterion is ticked.
    rsa = page.locator("input[value=rsa]")
    expect(rsa).not_to_have_accessible_description(re.compile("Justificatif"))
    page.keyboard.press("Space")
    expect(rsa).to_have_accessible_description(re.compile("Justificatif"))
    while page.evaluate("document.activeElement.type") != "submit":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    answer = page.locator("[data-result]")
    expect(answer).to_have_attribute("data-verdict", "eligible", timeout=START)
    expect(answer).to_contain_text("une entreprise d’insertion (EI)")
    expect(answer.locator("[data-value=niveau_2_requis]")).to_have_attribute("data-raw", "3")
    expect(page.locator("[aria-live] [data-result]")).to_be_visible()
    assert "criteres=rsa" in page.url
    # Her place is the sentence, so nothing else says it; elsewhere, it is said after its verdict.
    expect(page.locator("[data-said]")).to_have_text("")
    rsa.focus()
    page.keyboard.press("Space")
    expect(answer).not_to_have_attribute("data-verdict", "eligible", timeout=START)
    said = [
        answer.locator(f"[data-{one}]").inner_text() for one in ("slot=verdict_name", "sentence")
    ]
    expect(page.locator("[data-said]")).to_have_text(". ".join(said))


def test_an_answer_explains_itself_with_working_links(page: Page) -> None:
    """Reasons carry their basis, their date and a Légifrance address."""
    situation = {
        "date": "2026-11-21",
        "structure": "ai",
        "auteur": "siae",
        "criteres": ["jeune", "qpv"],
    }
    page.goto(address("eligibilite_iae", situation))
    answer = page.locator("[data-result]")
    expect(answer).to_have_attribute("data-verdict", "eligible", timeout=START)
    answer.locator("[data-section=more_reasons] > summary").click()
    law = answer.get_by_role("link", name="Arrêté du 1er septembre 2021, article 2")
    expect(law).to_have_attribute(
        "href", "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000044011209"
    )
    expect(answer).to_contain_text("3 septembre 2021")
    expect(answer).to_contain_text("Pièce d’identité")
    expect(answer).to_contain_text("Ce que le calcul n’a pas vérifié")


def test_an_answer_that_is_not_known_says_so(page: Page) -> None:
    """After the end of the EITI experiment, the page gives no answer rather than a guess."""
    situation = {"date": "2026-12-23", "structure": "eiti", "auteur": "siae", "criteres": ["rsa"]}
    page.goto(address("eligibilite_iae", situation))
    expect(page.locator("[data-answer]")).to_contain_text("22 décembre 2026", timeout=START)
    expect(page.locator("[data-result]")).to_have_count(0)


def test_errors_are_linked_to_their_question(page: Page) -> None:
    """A contradiction is told in the summary and beside the question, and keeps the answers."""
    page.goto(
        f"{ELIGIBILITY}#auteur=siae&structure=ei&date=2026-11-21&criteres=jeune&criteres=senior"
    )
    place = page.locator("[data-error-for=criteres]")
    expect(place).to_contain_text("en même temps", timeout=START)
    group = page.locator("fieldset", has=place).last
    assert place.get_attribute("id") in (group.get_attribute("aria-describedby") or "").split()
    page.locator("[data-answer] a", has_text="en même temps").click()
    assert page.evaluate("document.activeElement.name") == "criteres"
    page.locator("input[value=senior]").uncheck()
    expect(page.locator("[data-result]")).to_have_attribute("data-verdict", "non_eligible")
    expect(place).to_be_hidden()


def test_an_unknown_answer_in_the_address_is_ignored_aloud(page: Page) -> None:
    """A link of an older version still works; what it says in vain is shown."""
    page.goto(
        f"{ELIGIBILITY}#auteur=siae&structure=ei&date=2026-11-21&criteres=rsa&criteres=zzz&age=3"
    )
    expect(page.locator("[data-result]")).to_have_attribute(
        "data-verdict", "eligible", timeout=START
    )
    notice = page.locator("[data-notice]")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("criteres=zzz, age=3")


def test_what_the_browser_cannot_read_is_no_empty_answer(page: Page) -> None:
    """The page says so beside the field, while Python is not there; a date is pasted as people write it."""
    page.route("**/runtime/**", lambda _route: None)  # it never comes
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("simulateurs/duree_contrat/")
    hours, start = (
        page.locator(f"[name='periodes.0.{name}']") for name in ("heures_semaine", "debut")
    )
    hours.focus()
    page.keyboard.type("1e")
    for text, day in (("27 novembre 2026", "2026-11-27"), ("27/11/26", "2026-11-27")):
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        start.focus()
        page.keyboard.press("Control+V")
        expect(start).to_have_value(day)
    place = page.locator("[data-error-for='periodes.0.debut']")
    expect(place).to_contain_text("27/11/26\u00a0» n’est pas une date")
    page.get_by_role("button", name="Voir la réponse").click()
    answer = page.locator("[data-answer]")
    expect(answer.locator("[data-heading]")).to_be_focused()
    expect(answer).to_contain_text("Ce nombre ne peut pas être lu.")
    expect(answer).to_contain_text("Répondez à la question «\u00a0Quel contrat\u00a0?\u00a0».")
    expect(page.locator("[data-error-for='periodes.0.heures_semaine']")).to_be_visible()
    expect(place).to_be_hidden()


DURATION = (
    "simulateurs/duree_contrat/#structure=aci&au=2026-11-27&periodes.0.debut=2026-01-01"
    "&periodes.0.fin=2026-06-30&periodes.0.heures_semaine=26"
)


def test_a_damaged_link_opens_as_it_was_meant(page: Page) -> None:
    """Escaped, with a full stop, rows from the fifth on, no day, and another's control in the form."""
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => {"
        " const input = document.createElement('input'); input.type = 'hidden';"
        " input.name = 'grammaire'; input.value = '1';"
        " document.querySelector('form[data-calculator]').append(input); })"
    )
    link = DURATION.replace("&au=2026-11-27", "").replace("periodes.0", "periodes.5")
    page.goto(f"{link}&contrat=cddi&rqth=true&rqth=false".replace("&", "&amp;") + ".")
    result = page.locator("[data-result]")
    expect(result).to_have_attribute("data-verdict", "conforme", timeout=START)
    expect(page.locator("form[data-calculator] [data-row]")).to_have_count(1)
    assert page.locator("[name=au]").input_value() == page.evaluate(
        "new Date().toLocaleDateString('sv-SE')"
    )
    expect(page.locator("[data-notice]")).to_contain_text("rqth=true, rqth=false")
    expect(page.locator("[name=rqth]:checked")).to_have_count(0)


def test_a_question_that_cannot_count_is_not_asked(page: Page) -> None:
    """An answer to it stays out of the address and of the situation, and comes back with the question."""
    page.goto(f"{DURATION}&contrat=cddi&amenagement_peine=true&rqth=false")
    result = page.locator("[data-result]")
    expect(result).to_have_attribute("data-verdict", "conforme", timeout=START)
    punished = page.locator("fieldset[data-when]", has=page.locator("[name=amenagement_peine]"))
    expect(punished).to_be_visible()
    page.locator("[name=contrat][value=cdi_inclusion]").check()
    expect(punished).to_be_hidden()
    expect(page.locator("[name=derogation_heures]").first).to_be_hidden()
    expect(result).to_have_attribute("data-verdict", "sous_conditions")
    expect(result).not_to_contain_text("cette réponse ne compte pas")
    assert "amenagement_peine" not in page.url
    page.locator("[name=contrat][value=inconnu]").check()
    expect(result).to_have_attribute("data-verdict", "selon_reponse")
    expect(punished).to_be_visible()
    assert "amenagement_peine=true" in page.url
    page.goto("about:blank")
    page.goto(f"{DURATION}&contrat=cdi_inclusion&amenagement_peine=true")
    expect(page.locator("[data-notice]")).to_contain_text("amenagement_peine=true")


def test_the_answer_opens_on_what_decides(page: Page) -> None:
    """The focus goes to the sentence, under its heading; one reason, the others folded."""
    page.goto(ELIGIBILITY)
    page.locator("[name=auteur][value=siae]").check()
    page.locator("[name=structure][value=ei]").check()
    page.locator("[name=date]").fill("2026-11-21")
    page.locator("[value=rsa]").check()
    page.get_by_role("button", name="Voir la réponse").click()
    sentence = page.locator("[data-result] [data-sentence]")
    expect(sentence).to_be_focused(timeout=START)
    expect(sentence).to_have_text(re.compile("^Oui.: la personne"))
    expect(page.locator("[data-result] [data-heading]")).to_be_in_viewport()
    reasons = page.locator("[data-section=reasons] [data-list] > li")
    folded = page.locator("[data-section=more_reasons]")
    expect(reasons).to_have_count(1)
    expect(folded.locator("summary").first).to_have_text("Toutes les raisons (4)")
    top = page.locator("[data-result]").bounding_box()
    fold = folded.bounding_box()
    assert top
    assert fold
    assert fold["y"] - top["y"] < 2500
    assert "unmet" not in reasons.evaluate_all("all => all.map(one => one.dataset.status)")


def test_what_is_not_known_gives_a_table_and_a_way_to_the_question(page: Page) -> None:
    """Each possibility has its line; the link leads to the question that decides."""
    page.goto(f"{DURATION}&contrat=inconnu")
    answer = page.locator("[data-result]")
    expect(answer).to_have_attribute("data-verdict", "selon_reponse", timeout=START)
    rows = answer.locator("[data-section=cases] tbody tr")
    expect(rows.filter(has_text="CDI inclusion")).to_contain_text("Possible sous conditions")
    answer.get_by_role("link", name="Quel contrat").click()
    assert page.evaluate("document.activeElement.name") == "contrat"


def test_without_a_structure_each_structure_has_its_verdict(page: Page) -> None:
    """One table says it in words; no code of a verdict is shown."""
    page.goto(f"{ELIGIBILITY}#auteur=siae&date=2026-11-21&criteres=jeune&criteres=qpv")
    rows = page.locator("[data-section=cases] tbody tr")
    expect(rows).to_have_count(5, timeout=START)
    expect(rows.filter(has_text="(AI)")).to_contain_text("Éligible")
    expect(rows.filter(has_text="(EI)")).to_contain_text("Non éligible avec ces critères")
    expect(page.locator("[data-section=decisive]")).to_be_hidden()


def test_clear_empties_the_form_the_answer_and_the_address(page: Page) -> None:
    """Nothing of a person's situation stays on the screen of a shared computer."""
    page.goto(f"{ELIGIBILITY}#auteur=siae&structure=ei&date=2026-11-21&criteres=rsa")
    expect(page.locator("[data-result]")).to_be_visible(timeout=START)
    page.get_by_role("button", name="Effacer").click()
    expect(page.locator("[data-result]")).to_have_count(0)
    expect(page.locator("input:checked")).to_have_count(0)
    assert "#" not in page.url


def test_the_window_hears_one_ready_and_each_result(page: Page) -> None:
    """A page that embeds the calculator can wait for it, and read the answers of the contract."""
    page.add_init_script(
        "window.heard = []; for (const name of ['ready', 'result'])"
        " addEventListener(`calculator:${name}`, ({type, detail}) => heard.push([type, detail]))"
    )
    page.goto(f"{ELIGIBILITY}#auteur=siae&structure=ei&date=2026-11-21&criteres=rsa")
    expect(page.locator("[data-result]")).to_be_visible(timeout=START)
    page.locator("input[value=qpv]").check()
    expect(page.locator("[data-value=niveau_2]")).to_have_attribute("data-raw", "1")
    heard = page.evaluate("window.heard")
    assert [kind for kind, _ in heard] == [
        "calculator:ready",
        "calculator:result",
        "calculator:result",
    ]
    assert heard[1][1]["type"] == "result"
    assert heard[1][1]["result"]["verdict"] == "eligible"
    expect(page.locator("form[data-calculator]")).to_have_attribute("data-state", "ready")


def test_embed_shows_the_calculator_alone(page: Page) -> None:
    """In another site's frame there is no header, no menu, no footer."""
    page.goto("simulateurs/eligibilite_iae/?embed=1")
    expect(page.locator("form[data-calculator]")).to_be_visible()
    expect(page.locator(".md-header")).to_be_hidden()
    expect(page.locator(".md-footer")).to_be_hidden()


def test_the_worked_cases_get_the_same_answer_in_the_engine(page: Page) -> None:
    """What CPython answers, Chromium answers: same verdicts, values, reasons, proofs and dates."""
    page.goto(ELIGIBILITY)
    page.evaluate(
        """async (site) => {
          const { Engine } = await import(`${site}assets/scripts/shared/engine.js`);
          const { runtime } = document.querySelector("[data-runtime]").dataset;
          const ignore = () => {};
          window.engine = new Engine({ runtime, onState: ignore, onResponse: ignore });
        }""",
        "/",
    )
    cases = load()
    for start in range(0, len(cases), 50):  # so that none waits longer than an answer may
        some = cases[start : start + 50]
        requests = [{"calculator": one.calculator, "situation": one.situation} for one in some]
        answers = page.evaluate(
            "texts => Promise.all(texts.map(text => engine.request(JSON.parse(text))))",
            [json.dumps(request, default=str) for request in requests],
        )
        for case, response in zip(some, answers, strict=True):
            assert case.differences(response) == [], str(case)


def test_the_forms_ask_what_the_worked_cases_say(page: Page) -> None:
    """Each question, each choice, one and several rows, taken through the page at least once."""
    page.add_init_script(
        "window.addEventListener('calculator:result', ({detail}) => (window.answer = detail))"
    )
    opened = ""
    for case in _fewest([case for case in load() if _fits_a_form(case)]):
        if case.calculator != opened:
            opened = case.calculator
            page.goto(f"simulateurs/{opened}/")
        page.evaluate(
            "fragment => { window.answer = undefined; history.replaceState(null, '', '#');"
            " location.hash = fragment; }",
            address(case.calculator, case.situation).partition("#")[2],
        )
        response = until(page, "window.answer")
        assert case.differences(json.loads(json.dumps(response))) == [], str(case)


def _fewest(cases: list[Case]) -> list[Case]:
    """Return cases that say together all that all of them say, one calculator after the other."""
    chosen: list[Case] = []
    for calculator, group in groupby(cases, lambda case: case.calculator):
        mine = [(case, set(_choices(case.situation, calculator))) for case in group]
        left = set().union(*(said for _, said in mine))
        while left:
            case, said = max(mine, key=lambda one: len(one[1] & left))
            left -= said
            chosen.append(case)
    return chosen


def _choices(value: object, name: str) -> Iterator[str]:
    """Give what a situation answers: the questions, what is chosen, how many rows."""
    if isinstance(value, dict):
        for field, inner in value.items():
            yield from _choices(inner, f"{name}.{field}")
    elif isinstance(value, list):
        yield f"{name} {min(len(value), 2)}"
        for inner in value:
            yield from _choices(inner, name)
    else:
        typed = re.match(r"[\d-]", str(value))  # a day or a number: any is as good
        yield name if typed else f"{name} {value}"


def _fits_a_form(case: Case) -> bool:
    """Tell whether a form can say it: no unknown field or code, no answer that it does not ask."""
    situation = CALCULATORS[case.calculator].Situation
    try:
        read(situation, case.situation, load_rules())
    except Invalid:
        return False
    if not_counted(situation, case.situation):
        return False
    return not address(case.calculator, case.situation).endswith("#")
