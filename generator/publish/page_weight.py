"""The bytes that a reader fetches, measured on the built files and shown on the page `cout/`.

The page is written by hand, and holds `<span data-cost="NAME"></span>` for each figure. The content of
that element is replaced, so that the figures are right even if the page is not rendered again. They
are left out of the search, which indexes the page before they are known.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath

from calculators.typography import NO_BREAK
from generator.publish import service_worker
from generator.pyodide.engine import weight

PAGE = "cout/index.html"
#: The pages that are measured: one to read, the next one, one with a calculator.
READ, NEXT, CALCULATED = "comprendre/contrats/", "glossaire/aci/", "simulateurs/pass_iae/"
#: The example of the page: a million readers read three pages each, one in four calculates.
READERS, PAGES, ONE_IN = 1_000_000, 3, 4

_FIGURE = re.compile(r'(<span data-cost="([a-z_]+)"[^>]*>)[^<]*(</span>)')
_UNITS = ("octets", "ko", "Mo", "Go", "To", "Po")
_LINKED = {"stylesheet", "modulepreload", "icon"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in {"script", "img"} and attributes.get("src"):
            self.addresses.append(attributes["src"] or "")
        elif tag == "link" and attributes.get("rel") in _LINKED:
            self.addresses.append(attributes["href"] or "")


def fetched(site: Path, page: str) -> set[str]:
    """Return the paths of the files that a browser fetches with a page, itself included.

    `page` is its folder in the site, with its final slash: `glossaire/aci/`.
    """
    parsed = _Page()
    parsed.feed((site / page / "index.html").read_text("utf-8"))
    files = {normpath(join(page, address)) for address in parsed.addresses}
    return {f"{page}index.html", *(file for file in files if not file.startswith("data:"))}


def figures(site: Path, engine: int) -> dict[str, str]:
    """Return each figure of the page, in French, by its name; `engine` is the engine's weight in bytes."""
    first, then = fetched(site, READ), fetched(site, NEXT)
    calculation = fetched(site, CALCULATED)
    groups = service_worker.groups(site)
    ahead = {
        file.relative_to(site).as_posix()
        for name in ("shell", "more")
        for file in groups[name].values()
    }
    arrival = _bytes(site, first)
    kept = _bytes(site, ahead - first)
    next_page = _bytes(site, then - first)
    calculated = _bytes(site, calculation - first) + engine
    reading = arrival + kept + (PAGES - 1) * next_page
    total = READERS * reading + READERS // ONE_IN * calculated
    return {
        "arrival": size(arrival),
        "kept": size(kept),
        "next_page": size(next_page),
        "calculation": size(calculated),
        "engine": size(engine),
        "pages": str(PAGES),
        "one_in": str(ONE_IN),
        "reader": size(reading),
        "total": size(total),
    }


def write_figures(site: Path, engine: int) -> None:
    """Write the figures in the page. Raises KeyError for a name that `figures` does not return."""
    page = site / PAGE
    known = figures(site, engine)
    text = page.read_text("utf-8")
    filled = _FIGURE.sub(lambda match: match[1] + known[match[2]] + match[3], text)
    if filled != text:
        page.write_text(filled, "utf-8")


def size(count: float) -> str:
    r"""Write a number of bytes with its French unit and two digits, enough to compare.

    >>> size(6_543_210).replace("\u00a0", " ")
    '6,5 Mo'
    """
    unit = 0
    while count >= 999.5 and unit < len(_UNITS) - 1:
        count, unit = count / 1000, unit + 1
    digits = f"{count:.1f}" if count < 9.95 and unit else f"{count:.0f}"
    return f"{digits.removesuffix('.0').replace('.', ',')}{NO_BREAK}{_UNITS[unit]}"


def _bytes(site: Path, paths: set[str]) -> int:
    return weight(site / path for path in paths)
