"""A page that its reader has changed: translated by the browser, larger, spaced, in forced colours."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import until
from tests.browser.test_calculator import DURATION, START

#: As the translations of browsers do: each text changed, and wrapped in elements of theirs.
TRANSLATED = """
const turned = new WeakSet();
function turn(node) {
  const parent = node.parentElement;
  if (turned.has(node) || !node.data.trim() || parent?.closest("script, style, textarea")) return;
  const [outer, inner] = ["font", "font"].map((name) => document.createElement(name));
  const text = document.createTextNode(`\u017d${node.data.replace(/[aeiouy\u00e9\u00e8?]/g, "\u00f8")} lorem`);
  turned.add(text);
  inner.append(text);
  outer.append(inner);
  node.replaceWith(outer);
}
function all(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  found.forEach(turn);
}
addEventListener("DOMContentLoaded", () => {
  all(document.body);
  new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) node.nodeType === Node.TEXT_NODE ? turn(node) : all(node);
    }
  }).observe(document.body, { childList: true, subtree: true });
});
"""
#: The reader's own size of letters, and the spacing of WCAG 1.4.12.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`html { font-size: 150% !important; } * { line-height: 1.5 !important;
    letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets.push(sheet);
}"""
WIDE = """() => {
  const { clientWidth } = document.documentElement;
  return [...document.querySelectorAll("article *")]
    .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden, pre, table"))
    .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
    .map((one) => `${one.tagName}.${one.className} ${one.textContent.slice(0, 40)}`);
}"""
PAGES = (
    "simulateurs/duree_contrat/",
    "demarches/pass_iae/",
    "simulateurs/liste/",
    "contribuer/atelier/",
)


def test_a_translated_form_answers_as_it_did(page: Page) -> None:
    """Rows are added, errors are told beside their field, answers come: names are no words that one reads."""
    page.add_init_script(TRANSLATED)
    page.goto(f"{DURATION}&contrat=cddi")
    result = page.locator("[data-result]")
    expect(result).to_have_attribute("data-verdict", "conforme", timeout=START)
    expect(result.locator("[data-slot=summary]")).to_contain_text("lorem")
    page.locator("[data-add] font").first.click()
    expect(page.locator("form[data-calculator] [data-row]")).to_have_count(2)
    expect(page.locator("[data-error-for='periodes.1.debut']")).to_contain_text("lorem")
    page.locator("[data-remove] font").last.click()
    expect(result).to_have_attribute("data-verdict", "conforme")
    page.goto("demarches/pass_iae/")
    page.locator("[name=porte][value=fin]").check()
    page.locator("[data-opening] button font").first.click()
    page.locator("[name=debut]:visible").fill("2026-01-15")
    for rank in ("2", "3", ""):
        page.locator("[data-journey] button[type=submit]:visible font").first.click()
        if rank:
            expect(page.locator("[data-rank]:visible")).to_contain_text(rank)
    end = page.locator("[data-value=fin]:visible")
    expect(end).to_have_attribute("data-raw", "2028-01-14", timeout=START)
    page.goto("simulateurs/liste/")
    page.locator("[name=calculator]").select_option("pass_iae")
    text = "Référence;Premier jour du PASS IAE;À quelle date regarder le PASS IAE ?\nA1;15/01/2026;27/11/2026\n"
    file = FilePayload(name="liste.csv", mimeType="text/csv", buffer=text.encode())
    page.locator("[data-spreadsheet-page] input[type=file]").first.set_input_files(file)
    page.locator("[data-spreadsheet-page] form button[type=submit]:visible").first.click()
    expect(page.locator("[data-outcome]")).to_be_visible(timeout=START)
    expect(page.locator("[data-refused]")).to_be_hidden()


def test_large_spaced_translated_pages_fit_the_narrowest_screen(page: Page) -> None:
    """At 400 %, with the reader's own letters and spaces, in forced colours: nothing leaves the page."""
    page.add_init_script(TRANSLATED)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 640})
    for address in PAGES:
        page.goto(address)
        until(page, "document.querySelector('article font') !== null")
        page.evaluate(SPACED)
        assert page.evaluate(WIDE) == [], address
