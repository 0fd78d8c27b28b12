"""What a screen reader is given: the trees of ten pages, as they are expected.

`TREES=write pytest tests/browser/test_trees.py` writes them again; the difference is then read.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page, expect

FOLDER = Path(__file__).parent / "trees"
#: The day that forms propose.
DAY = "2026-11-28T12:00:00"
#: Of each page, the parts that one acts on.
TREES = {
    "home": ("", ".md-header, h1, .first-actions"),
    "term": ("glossaire/aci/", ".breadcrumb, h1, .way-on"),
    "structure": ("structures/etti/", ".breadcrumb, h1, .way-on"),
    "near": ("comprendre/pres_de_chez_moi/", "h1, [data-near-form], .near-links"),
    "door": ("demarches/suis_je_eligible/", "h1, [data-opening]"),
    "herself": (
        "demarches/suis_je_eligible/#porte-candidat",
        "form[data-calculator=eligibilite_iae]",
    ),
    "carence": ("simulateurs/carence/", "h1, form[data-calculator]"),
    "contract": ("simulateurs/duree_contrat/", "form[data-calculator]"),
    "prescribers": ("prescripteurs/", "h1, [data-filter], .way-on"),
    "networks": ("reseaux/", "h1, [data-filter]"),
}


#: Remembers each stop of the keyboard that nobody could see: off screen, hidden, or without a size.
STOPS = """() => {
  window.stops = { seen: 0, lost: [] };
  addEventListener("focusin", ({ target }) => {
    const { left, right, width, height } = target.getBoundingClientRect();
    const visible = target.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const out = !visible || !width || !height || right < 1 || left > innerWidth - 1;
    window.stops.seen += 1;
    if (out) window.stops.lost.push(target.outerHTML.slice(0, 100));
  });
}"""


def test_ten_pages_are_read_and_walked_as_expected(page: Page) -> None:
    """What a screen reader is given has not changed; no stop of the keyboard is out of view.

    At 360 px, and at 320 px as a zoom of 400 % makes it.
    """
    page.clock.set_fixed_time(DAY)
    for name, (path, parts) in TREES.items():
        page.goto("about:blank")
        page.goto(path)
        page.wait_for_selector(".menu-button")
        expect(page.locator(parts).last).to_be_visible()
        told = "\n".join(
            part.aria_snapshot() for part in page.locator(parts).all() if part.is_visible()
        )
        expected = FOLDER / f"{name}.txt"
        if os.environ.get("TREES") == "write":
            expected.parent.mkdir(exist_ok=True)
            expected.write_text(f"{told}\n", "utf-8")
        assert f"{told}\n" == expected.read_text("utf-8"), name
        page.evaluate(STOPS)
        for width in (360, 320):
            page.set_viewport_size({"width": width, "height": 740})
            for _ in range(8):
                page.keyboard.press("Tab")
        stops = page.evaluate("window.stops")
        assert stops["seen"] > 8, name
        assert stops["lost"] == [], name
