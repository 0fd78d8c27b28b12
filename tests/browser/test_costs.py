"""What the page on costs says a reader fetches is what a browser fetches."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from generator.publish import page_weight
from generator.pyodide.engine import weight
from tests.browser.conftest import SITE


@pytest.mark.parametrize("address", [page_weight.READ, page_weight.NEXT, page_weight.CALCULATED])
def test_a_browser_fetches_what_is_counted(page: Page, address: str) -> None:
    """Neither more, nor less: the page, its styles, its scripts, its images."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).path[1:]))
    page.goto(address, wait_until="networkidle")
    assert {
        f"{path}index.html" if path.endswith("/") else path for path in asked
    } == page_weight.fetched(SITE, address)


def test_the_page_tells_each_figure() -> None:
    """All are filled in, and are those of the site as it is."""
    text = (SITE / page_weight.PAGE).read_text("utf-8")
    told = dict(re.findall(r'<span data-cost="([a-z_]+)"[^>]*>([^<]*)</span>', text))
    assert told == page_weight.figures(SITE, weight((SITE / "runtime").rglob("*.*")))
    assert all(told.values())


def test_a_figure_that_changes_is_written_again(tmp_path: Path) -> None:
    """Even when the page is not rendered again; one that is not known is refused."""
    for name in (page_weight.READ, page_weight.NEXT, page_weight.CALCULATED, "cout"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").write_text("<p>", "utf-8")
    page = tmp_path / page_weight.PAGE
    page.write_text('<span data-cost="pages">9</span>', "utf-8")
    page_weight.write_figures(tmp_path, 0)
    assert page.read_text("utf-8") == f'<span data-cost="pages">{page_weight.PAGES}</span>'
    page.write_text('<span data-cost="price"></span>', "utf-8")
    with pytest.raises(KeyError, match="price"):
        page_weight.write_figures(tmp_path, 0)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 octets"),
        (999, "999 octets"),
        (1_000, "1 ko"),
        (9_940, "9,9 ko"),
        (9_960, "10 ko"),
        (999_499, "999 ko"),
        (999_600, "1 Mo"),
        (1_310_000_000_000, "1,3 To"),
    ],
)
def test_a_size_is_written_as_one_says_it(count: int, words: str) -> None:
    """With a comma, two digits at most after it counts, and a space that does not break."""
    assert page_weight.size(count).replace("\N{NO-BREAK SPACE}", " ") == words
