"""A calculator in a page of another site: its height, its name, and who is told what."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from generator.dev_server import server
from tests.browser.conftest import ROOT, until
from tests.browser.test_calculator import START
from tests.browser.test_site import violations

CALCULATOR = "simulateurs/pass_iae/"
ANSWERS = "debut=2026-01-15&au=2026-06-01"
OTHER = "https://reseau.example"
#: The host keeps every message that it hears from its frames.
LISTEN = "<script>heard = []; addEventListener('message', ({data}) => heard.push(data))</script>"
#: The frame does not scroll, and leaves nothing empty under its content.
FITS = """() => { const { height } = document.body.getBoundingClientRect();
  return document.documentElement.scrollHeight <= innerHeight && innerHeight < height + 2; }"""

type Host = Callable[[str], tuple[Page, str]]


@pytest.fixture
def host(browser: Browser, tmp_path: Path) -> Iterator[Host]:
    """Write a page of another site, and open it: return it with the origin it is served from."""
    httpd = server(tmp_path, 0)  # no file of headers there: the other site has no policy
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    origin = f"http://localhost:{httpd.server_port}"
    context = browser.new_context(
        viewport={"width": 400, "height": 800}, locale="fr-FR", service_workers="block"
    )

    def opened(body: str) -> tuple[Page, str]:
        text = f"<!doctype html><html lang=fr><title>Réseau X</title>{LISTEN}{body}"
        (tmp_path / "index.html").write_text(text.replace("ORIGIN", origin), "utf-8")
        page = context.new_page()
        page.goto(origin)
        return page, origin

    yield opened
    context.close()
    httpd.shutdown()
    httpd.server_close()


def framed(site: str, parameters: str = "", fragment: str = "", attributes: str = "") -> str:
    """Return the lines that a site copies, with what it adds to them."""
    return (
        f'<iframe data-reperes-iae title="PASS IAE" {attributes} width="100%" height="300"'
        f' src="{site}{CALCULATOR}?embed=1{parameters}#{fragment}"></iframe>'
        f'<script async src="{site}assets/embed.js"></script>'
    )


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def heard(page: Page, kind: str) -> list[dict[str, Any]]:
    """Return the messages of a kind that the host heard."""
    messages: list[dict[str, Any]] = page.evaluate("heard")
    return [message for message in messages if message["type"] == kind]


def send(page: Page, message: object) -> None:
    """Post a message to the frame, as the host does."""
    page.evaluate("message => frames[0].postMessage(message, '*')", message)


def test_the_lines_to_copy_show_a_frame_of_the_height_of_its_content(
    page: Page, host: Host, site: str
) -> None:
    """What the page gives to copy works in another site: sized, named after us, told nothing."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(CALCULATOR)
    page.get_by_text("Intégrer ce simulateur dans un site").click()
    page.get_by_role("button", name="Copier ces lignes").click()
    expect(page.get_by_text("Les lignes sont copiées.")).to_be_visible()
    snippet = page.evaluate("navigator.clipboard.readText()")
    assert f'src="{site}{CALCULATOR}' in snippet
    assert 'title="Quand finit un PASS IAE ?"' in snippet.replace("\u202f", " ")

    other, origin = host(snippet)
    calculator = frame(other)
    expect(calculator.get_by_text("Présenté par Votre réseau")).to_be_visible()
    own = calculator.get_by_role("link", name="Simulateur de Repères IAE")
    expect(own).to_have_attribute("href", site + CALCULATOR)
    for hidden in (".md-header", ".md-footer", ".lead", ".closing", ".embed-code", "#a-la-main"):
        expect(calculator.locator(hidden)).to_be_hidden()
    calculator.locator("input[name=debut]").fill("2026-01-15")
    calculator.get_by_role("button", name="Voir la réponse").click()
    expect(calculator.locator("[data-result]")).to_be_visible(timeout=START)
    calculator.get_by_text("Lire la frise en tableau").click()
    expect(calculator.get_by_role("table")).to_be_visible()
    inner = other.frames[1]
    until(inner, FITS)
    calculator.get_by_role("button", name="Effacer").click()
    until(inner, FITS)

    # Nothing but heights was told, and the host is not heard.
    assert {message["type"] for message in other.evaluate("heard")} == {"calculator:size"}
    assert set(other.evaluate("heard")[0]) == {"type", "height"}
    send(other, {"type": "calculator:fill", "fragment": ANSWERS})
    inner.evaluate("new Promise(resolve => setTimeout(resolve, 300))")
    expect(calculator.locator("input[name=debut]")).to_have_value("")

    # A height is obeyed if it comes from this frame, of this site, and is a number.
    size = "height => parent.postMessage({type: 'calculator:size', height}, '*')"
    # The frame itself tells its height again now and then: what is bound is seen for a moment.
    bound = other.evaluate_handle(
        "() => ({ met: new Promise(met => new MutationObserver(() => {"
        " if (document.querySelector('iframe').height === '20000') met(true); })"
        " .observe(document.querySelector('iframe'), {attributes: true})) })"
    )
    inner.evaluate(size, 1e9)
    late = "new Promise(late => setTimeout(late, 5000, false))"
    assert bound.evaluate(f"({{ met }}) => Promise.race([met, {late}])")
    other.evaluate(
        "url => document.body.append(Object.assign(document.createElement('iframe'), {src: url}))",
        f"{site}simulateurs/carence/?embed=1",
    )
    other.frames[2].wait_for_load_state()
    other.frames[2].evaluate(size, 4321)
    other.evaluate("postMessage(null, '*')")
    inner.evaluate(size, "4321")
    inner.evaluate("address => { location.href = address; }", f"{origin}/elsewhere")
    inner.wait_for_url(f"{origin}/elsewhere")
    inner.evaluate(size, 4321)
    other.evaluate("new Promise(resolve => setTimeout(resolve, 300))")
    expect(other.locator("iframe").first).not_to_have_attribute("height", "4321")


def test_what_is_near_is_shown_in_a_frame(page: Page, host: Host, site: str) -> None:
    """The lines that the directory gives to copy: a commune, what is near, and heights, nothing else."""
    page.goto("annuaire/")
    snippet = page.locator(".embed-code code").text_content() or ""
    assert f'src="{site}annuaire/' in snippet
    other, _ = host(snippet)
    directory = frame(other)
    expect(directory.get_by_text("Présenté par Votre réseau")).to_be_visible()
    own = directory.get_by_role("link", name="Annuaire de Repères IAE")
    expect(own).to_have_attribute("href", f"{site}annuaire/")
    for hidden in (".md-header", ".lead", ".closing", ".embed-code", ".drawing", "#near-distance"):
        expect(directory.locator(hidden)).to_be_hidden()
    directory.get_by_label("Votre commune ou code postal").fill("48000")
    directory.get_by_role("button", name="Mende (48)").click()
    rows = directory.locator(".directory-rows > li")
    expect(rows.first).to_contain_text("ALOES", timeout=60_000)
    assert rows.count() <= 20
    until(other.frames[1], FITS)
    assert {message["type"] for message in other.evaluate("heard")} == {"calculator:size"}
    assert violations(page) == []


def test_the_origin_that_is_named_fills_the_form_and_hears_the_answer(
    host: Host, site: str
) -> None:
    """The reader is told; an unknown answer is ignored aloud; what is badly written is ignored."""
    other, origin = host(framed(site, "&amp;origine=ORIGIN"))
    calculator = frame(other)
    says = f"Le site {origin} reçoit la réponse de ce calcul."
    expect(calculator.get_by_text(says)).to_be_visible()
    expect(calculator.get_by_text("Vos réponses ne quittent pas cette page")).to_be_hidden()

    send(other, {"type": "calculator:fill", "fragment": f"{ANSWERS}&zzz=1"})
    expect(calculator.locator("[data-result]")).to_be_visible(timeout=START)
    expect(calculator.locator("[data-notice]")).to_contain_text("zzz=1")
    until(other, "heard.some(({type}) => type === 'calculator:result')")
    (told,) = heard(other, "calculator:result")
    assert told["calculator"] == "pass_iae"
    assert told["response"]["result"]["values"]["fin"] == "2028-01-14"
    assert heard(other, "calculator:ready") == [
        {"type": "calculator:ready", "calculator": "pass_iae"}
    ]
    # What is no list of answers, or is too long, changes nothing.
    badly: list[object] = [
        None,
        3,
        {},
        "",
        "debut",
        "a=1#b=2",
        "a=1" + "&a=1" * 3000,
        "é=" + "é" * 5000,
    ]
    for bad in badly:
        send(other, {"type": "calculator:fill", "fragment": bad})
    send(other, "calculator:fill")
    inner = other.frames[1]
    inner.evaluate("new Promise(resolve => setTimeout(resolve, 300))")
    assert inner.evaluate("location.hash") == f"#{ANSWERS}&zzz=1"
    assert len(heard(other, "calculator:result")) == 1
    # The same lines again are the same question: the host waits for its answer.
    send(other, {"type": "calculator:fill", "fragment": f"{ANSWERS}&zzz=1"})
    until(other, "heard.filter(({type}) => type === 'calculator:result').length === 2")


def test_an_origin_that_is_not_the_host_hears_and_fills_nothing(host: Host, site: str) -> None:
    """Naming one site and standing in another: the messages do not pass, either way."""
    other, _ = host(framed(site, f"&amp;origine={OTHER}", ANSWERS))
    calculator = frame(other)
    expect(calculator.locator("[data-result]")).to_be_visible(timeout=START)
    expect(calculator.get_by_text(f"Le site {OTHER} reçoit")).to_be_visible()
    send(other, {"type": "calculator:fill", "fragment": "debut=2020-01-01"})
    other.frames[1].evaluate("new Promise(resolve => setTimeout(resolve, 300))")
    expect(calculator.locator("input[name=debut]")).to_have_value("2026-01-15")
    assert {message["type"] for message in other.evaluate("heard")} == {"calculator:size"}


BAD_ORIGINS = [
    "http://reseau.example",
    f"{OTHER}/page",
    "https://moi@reseau.example",
    "javascript:1",
    "*",
    "null",
    "reseau.example",
    "http://127.0.0.1.reseau.example",
]


def test_a_bad_origin_is_ignored_aloud(page: Page) -> None:
    """Only a site under https, or this very machine, can be named."""
    for origin in BAD_ORIGINS:
        page.goto(f"{CALCULATOR}?embed=1&origine={quote(origin)}")
        notice = page.locator("[data-line=refused]")
        expect(notice).to_contain_text(f"{origin}. Nous l’ignorons")
        expect(page.get_by_text("reçoit la réponse")).to_be_hidden()
        expect(page.get_by_text("Vos réponses ne quittent pas cette page")).to_be_visible()


def test_a_hostile_name_is_shown_as_text_and_never_instead_of_ours(page: Page) -> None:
    """No tag, no control character, 60 characters at most, nothing wider than the frame."""
    name = "<img src=x onerror=alert(1)>\u202e\u0000" + "W" * 200
    page.goto(f"{CALCULATOR}?embed=1&nom={quote(name)}")
    shown = page.locator("[data-line=name] [data-slot]")
    expect(shown).to_have_text(re.compile("^<img src=x onerror=alert\\(1\\)> W+$"))
    assert len(shown.text_content() or "") == 60
    expect(page.locator(".frame-head img")).to_have_count(0)
    expect(page.get_by_role("link", name="Simulateur de Repères IAE")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []


def test_a_closed_frame_still_answers_saves_and_opens_the_texts(host: Host, site: str) -> None:
    """The `sandbox` that the page « Intégrer » gives is enough; links open outside the frame."""
    documented = (ROOT / "docs" / "integrer.md").read_text("utf-8")
    sandbox = re.search(r'^sandbox="[^"]+"$', documented, re.MULTILINE)
    assert sandbox
    other, _ = host(framed(site, fragment=ANSWERS, attributes=unescape(sandbox[0])))
    calculator = frame(other)
    expect(calculator.locator("[data-result]")).to_be_visible(timeout=START)
    with other.expect_download() as waited:
        calculator.get_by_role("button", name="Ajouter à l’agenda").click()
    assert waited.value.suggested_filename == "pass_iae.ics"
    law = calculator.get_by_role("link", name="Code du travail").first
    law.evaluate("link => (link.href = location.origin + '/methode/')")  # no other host is asked
    with other.expect_popup() as opened:
        law.click()
    expect(opened.value.get_by_role("heading", name="Notre méthode")).to_be_visible()
    expect(calculator.locator("[data-result]")).to_be_visible()
