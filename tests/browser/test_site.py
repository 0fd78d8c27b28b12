"""Every main type of page: readable, reachable by keyboard, self-contained."""

from __future__ import annotations

import itertools
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.pages import STEADY, lighthouse
from tests.browser.conftest import SITE

ROOT = Path(__file__).parent.parent.parent
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
PAGES = [
    "",
    "glossaire/",
    "glossaire/aci/",
    "glossaire/pass_iae/",
    "prescripteurs/",
    "reseaux/",
    "reseaux/coorace/",
    "regles/",
    "regles/eligibilite_iae/",
    "simulateurs/",
    "simulateurs/eligibilite_iae/",
    "simulateurs/liste/",
    "structures/",
    "structures/aci/",
    "comprendre/histoire/",
    "comprendre/secteurs/",
    "comprendre/chiffres/",
    "journal/",
    "comprendre/contrats/",
    "donnees/",
    "contribuer/",
    "contribuer/atelier/",
    "integrer/",
    "methode/",
    "hors-connexion/",
    "vie-privee/",
    "accessibilite/",
    "404.html",
]

#: Elements that no end tag closes.
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
#: Elements whose text is not shown, or scrolls.
UNSEEN = {"template", "script", "style", "pre"}

#: A contract of which neither the kind nor the structure is known.
DOUBTFUL = (
    "simulateurs/duree_contrat/#structure=inconnu&contrat=inconnu&au=2026-11-27"
    "&periodes.0.debut=2026-01-01&periodes.0.fin=2026-06-30&periodes.0.heures_semaine=26"
)


def violations(page: Page, *rules: str) -> list[str]:
    """Run axe in the page, with these rules or with all; return one line per violation."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{one['id']}: {one['help']} {json.dumps([node['target'] for node in one['nodes']][:3])}"
        for one in found
    ]


def overflow(page: Page) -> list[str]:
    """Return one line if the page is wider than its window."""
    pixels = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [f"{pixels} px too wide"] if pixels > 0 else []


def in_order(levels: list[int]) -> bool:
    """One level-1 heading, first, and no level is skipped."""
    skipped = any(after - before > 1 for before, after in itertools.pairwise(levels))
    return levels[:1] == [1] and levels.count(1) == 1 and not skipped


class Shape(HTMLParser):
    """What a page is made of, whatever it says: each kind of element within its kind of parent."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.kinds: set[tuple[str, str]] = set()
        self.headings: list[int] = []
        self.language: str | None = None
        self.words: set[str] = set()
        self.within = [("", "", False)]  # tag, kind, hidden
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        kind = ".".join([tag, *sorted((said.get("class") or "").split())])
        named = [name for name, _ in sorted(attrs) if name not in {"class", "id", "style"}]
        self.kinds.add((self.within[-1][1], f"{kind} {named}"))
        hidden = self.within[-1][2] or tag in UNSEEN or "hidden" in said
        if (
            re.fullmatch("h[1-4]", tag)
            and not hidden
            and ("article" in [w[0] for w in self.within])
        ):
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.language = said.get("lang")
        if tag not in VOID:
            self.within.append((tag, kind, hidden))

    def handle_endtag(self, tag: str) -> None:
        while len(self.within) > 1 and self.within.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.within[-1][2]:
            self.words.update(data.split())


def chosen(shapes: dict[str, Shape]) -> list[str]:
    """Return the pages with the longest words, then few that have together all that pages are made of."""
    pages = sorted(shapes, key=lambda one: -max(map(len, shapes[one].words)))[:10]
    left = set().union(*(shape.kinds for shape in shapes.values()))
    left.difference_update(*(shapes[page].kinds for page in pages))
    while left:
        pages.append(max(shapes, key=lambda one: len(shapes[one].kinds & left)))
        left -= shapes[pages[-1]].kinds
    return pages


@pytest.fixture(scope="module")
def shapes() -> dict[str, Shape]:
    """The shape of every page by its address in the site, but those that lead elsewhere at once."""
    return {
        path.relative_to(SITE).as_posix().removesuffix("index.html"): Shape(path)
        for path in sorted(SITE.rglob("*.html"))
        if 'http-equiv="refresh"' not in path.read_text("utf-8")
    }


def test_the_headings_of_every_page_are_in_order_and_it_says_that_it_is_in_french(
    shapes: dict[str, Shape],
) -> None:
    assert [address for address, page in shapes.items() if page.language != "fr"] == []
    wrong = {address: page.headings for address, page in shapes.items()}
    assert {address: levels for address, levels in wrong.items() if not in_order(levels)} == {}


def test_every_shape_of_page_is_accessible_and_fits_the_narrowest_screen(
    page: Page, shapes: dict[str, Shape]
) -> None:
    """Axe finds no fault in a page, and none overflows 320 pixels, as a zoom of 400 % makes it.

    Axe looks at what a page is made of, and two hundred texts of law are made of the same: each element
    is looked at, in each of its places, on one page at least; and so are those with the longest words.
    """
    page.set_viewport_size({"width": 320, "height": 800})
    page.add_init_script(AXE)  # sent once, and not with each of the pages
    faults = []
    for address in chosen(shapes):
        page.goto(address)
        faults += [f"/{address}: {fault}" for fault in [*violations(page), *overflow(page)]]
    assert not faults, "\n".join(faults)


def test_axe_finds_nothing_in_the_dark_theme(page: Page) -> None:
    """The dark theme has colours of its own: one page of each kind shows them."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    faults = []
    for path in PAGES:
        page.goto(path)
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        faults += [f"/{path}: {fault}" for fault in violations(page, "color-contrast")]
    assert not faults, "\n".join(faults)


def test_lighthouse_finds_nothing(site: str) -> None:
    """100 for accessibility, good practices and search engines, on a simulator, which has most.

    `make bench` asks for them on all kinds of page, with performance, which depends on the machine.
    """
    [report] = lighthouse([f"{site}simulateurs/eligibilite_iae/"], STEADY)
    assert report["faults"] == []
    assert report["scores"] == dict.fromkeys(STEADY, 100)


def test_axe_finds_nothing_in_an_answer(page: Page) -> None:
    """An answer, and the errors of a form, are as accessible as the page.

    So are the table of what missing answers would give, what is folded, and the questions that may
    not count; on a phone, the sentence and what one does with it come first.
    """
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(DOUBTFUL)
    card = page.locator("[data-result]")
    expect(card.locator("[data-section=cases] tbody tr").first).to_be_visible()
    expect(page.locator("[data-when]:visible").first).to_be_visible()
    top = card.evaluate("node => node.getBoundingClientRect().top")
    for first in ("[data-slot=summary]", "[data-section=decisive]", "[data-keep-print]"):
        bottom = card.locator(first).evaluate("node => node.getBoundingClientRect().bottom")
        assert bottom - top < 600, first
    card.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    assert violations(page) == []
    assert overflow(page) == []
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto("simulateurs/eligibilite_iae/#auteur=siae&structure=ei&date=2026-11-21&criteres=rsa")
    expect(page.locator("[data-result]")).to_be_visible()
    assert violations(page) == []
    page.locator("input[value=jeune]").check()
    page.locator("input[value=senior]").check()
    expect(page.locator("[data-error-for=criteres]")).to_be_visible()
    assert violations(page) == []


def test_an_acronym_is_explained_by_keyboard_and_by_touch(page: Page) -> None:
    """The first occurrence opens its explanation with Enter, and Escape closes it."""
    page.goto("glossaire/pass_iae/")
    acronym = (
        page.get_by_role("button", name="CDI", exact=False)
        .or_(page.locator("button.acronym"))
        .first
    )
    explanation = page.locator(f"#{acronym.get_attribute('popovertarget')}")
    expect(explanation).to_be_hidden()
    acronym.focus()
    page.keyboard.press("Enter")
    expect(explanation).to_be_visible()
    expect(explanation.get_by_role("link", name="Lire la fiche")).to_be_visible()
    page.keyboard.press("Escape")
    expect(explanation).to_be_hidden()
    acronym.click()
    expect(explanation).to_be_visible()


def test_a_page_of_data_says_when_it_was_checked_and_how_to_mend_it(page: Page) -> None:
    """Each fiche shows its sources, the day they were read, and leads to where one mends it."""
    page.goto("glossaire/aci/")
    article = page.locator("article")
    expect(article.get_by_role("heading", name="Sources")).to_be_visible()
    expect(article).to_contain_text(re.compile(r"Sources relues le \d+\s\w+\s\d{4}"))
    expect(article.get_by_role("link", name="Corriger dans l’atelier")).to_have_attribute(
        "href", "../../contribuer/atelier/?fichier=data/glossary/aci.yaml"
    )


def test_an_address_that_a_program_has_damaged_leads_where_it_was_meant(page: Page) -> None:
    """Its « # » encoded, or the end of a sentence taken for a part of it."""
    for damaged, meant in (
        (
            "simulateurs/carence/%23structure%3Dei%26x%3D1",
            "simulateurs/carence/#structure%3Dei%26x%3D1",
        ),
        ("glossaire/aci/%C2%BB).", "glossaire/aci/"),
        ("glossaire/aci/%3E", "glossaire/aci/"),
    ):
        page.goto(damaged)
        page.wait_for_url(f"**/{meant}")


#: Where the focus is: its place on the screen, or what is wrong with it; nothing when it left the page.
STOP = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return null;
  const { left, right, width, height } = stop.getBoundingClientRect();
  const seen = stop.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const out = !seen || !width || !height || right < 1 || left > innerWidth - 1;
  return [out, stop.outerHTML.slice(0, 100)];
}"""


@pytest.mark.parametrize("width", [360, 320])
def test_the_menu_takes_the_focus_and_gives_it_back(page: Page, width: int) -> None:
    """Opened, it takes the focus, though no menu stands beside the page; Escape gives it back."""
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("")
    page.get_by_role("button", name="Menu").press("Enter")
    expect(page.locator(".md-sidebar--primary a:focus")).to_be_in_viewport()
    page.goto("demarches/suis_je_eligible/")
    menu = page.get_by_role("button", name="Menu")
    menu.press("Enter")
    assert page.evaluate("document.activeElement.closest('.md-sidebar--primary') !== null")
    expect(menu).to_have_attribute("aria-expanded", "true")
    # The group of the page is open, and covers the others: Enter on its title leaves it.
    expect(page.locator(":focus")).to_contain_text("Simulateurs")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_class(re.compile("md-nav__link"))
    assert page.evaluate(STOP)[0] is False
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    colours = page.locator(".one-button button")
    before = colours.get_attribute("aria-label")
    colours.press("Enter")
    expect(colours).not_to_have_attribute("aria-label", before or "")


def test_the_colours_are_one_button_and_the_choice_is_kept(page: Page) -> None:
    """As the device, light, dark, and again; a page that is opened later has the chosen ones."""
    page.emulate_media(color_scheme="dark")
    page.goto("methode/")
    button, body = page.locator(".one-button button"), page.locator("body")
    for name, scheme in (
        ("Passer au thème clair", "slate"),
        ("Passer au thème sombre", "default"),
        ("Suivre les réglages de l’appareil", "slate"),
        ("Passer au thème clair", "slate"),
    ):
        expect(button).to_have_attribute("aria-label", name)
        expect(body).to_have_attribute("data-md-color-scheme", scheme)
        button.press("Enter")
    page.goto("vie-privee/")
    expect(button).to_have_attribute("aria-label", "Passer au thème sombre")
    expect(body).to_have_attribute("data-md-color-scheme", "default")


def test_the_menu_beside_a_page_shows_its_line_and_the_section_being_read(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto("comprendre/politique/")
    expect(page.locator(".md-sidebar--primary a.md-nav__link--active")).to_be_in_viewport()
    page.locator("article h2").nth(3).evaluate("(title) => title.scrollIntoView()")
    sections = page.locator(".md-sidebar--secondary .md-nav__link")
    expect(sections.nth(3)).to_have_class(re.compile("--active"))
    expect(sections.nth(2)).to_have_class(re.compile("--passed"))
