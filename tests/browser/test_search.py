"""The search: what people type leads to the page that answers."""

from __future__ import annotations

from pathlib import Path

import yaml
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parent.parent.parent
QUERIES = yaml.safe_load((ROOT / "tests" / "search.yaml").read_text("utf-8"))
#: Ask all the queries of the function that the search box calls; return the addresses it finds.
ASK = """async queries => {
  const { find } = await import("/assets/scripts/site/find.js");
  const found = [];
  for (const query of queries) found.push((await find(query)).pages.map(page => page.url));
  return found;
}"""


def test_what_people_type_leads_to_the_page(page: Page) -> None:
    """Each query of `tests/search.yaml` finds its page among the first three."""
    page.goto("404.html")
    found = page.evaluate(ASK, [entry["query"] for entry in QUERIES])
    failures = [
        f"« {entry['query']} » : {entry['page']} n'est pas dans {' '.join(pages[:3])}"
        for entry, pages in zip(QUERIES, found, strict=True)
        if (pages if entry["page"] is None else entry["page"] not in pages[:3])
    ]
    assert not failures, "\n".join(failures)


def test_enough_is_asked() -> None:
    """At least 300 queries, none twice; five of them find nothing, the others have their page."""
    assert len({entry["query"] for entry in QUERIES}) == len(QUERIES) >= 300
    pages = [entry["page"] for entry in QUERIES if entry["page"] is not None]
    assert len(QUERIES) - len(pages) >= 5
    assert all(page.startswith("/") and page.endswith("/") for page in pages)


def test_the_search_works_by_keyboard(page: Page) -> None:
    """A slash opens it, arrows walk the results, Escape closes it."""
    page.goto("")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("chômeur longue durée")
    expect(page.locator(".search [role=status]")).to_contain_text("trouvée")
    page.keyboard.press("ArrowDown")
    first = page.locator(".search li a").first
    expect(first).to_be_focused()
    expect(first).to_contain_text("longue durée")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).to_be_hidden()


def test_the_search_says_when_nothing_answers(page: Page) -> None:
    """A screen reader hears it too: the sentence is in a status; arrows reach where to go instead."""
    page.goto("glossaire/")
    page.get_by_role("button", name="Rechercher").click()
    page.keyboard.type("zzqzz")
    expect(page.locator(".search [role=status]")).to_contain_text("Rien trouvé pour")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".search li a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossaire/")
