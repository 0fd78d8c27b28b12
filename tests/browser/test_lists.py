"""Lists that filter as one types, the page for a wrong address, the weight of a page."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

KILOBYTE = 1000


def shown(page: Page) -> list[str]:
    """Return the headings of the entries in view."""
    return page.locator("[data-item]:visible :is(h3, h4)").all_inner_texts()


TYPED = {
    "missions locales": "Mission locale",
    "ÉPIDE": "Établissement pour l’insertion dans l’emploi (EPIDE)",
    "refugie": "Centre provisoire d’hébergement (CPH)",
    "l'enfance": "Aide sociale à l’enfance (ASE)",
    "pole emploi": "France Travail",
    "conseils departementaux": "Service social du conseil départemental",
}


def test_a_prescriber_is_found_as_people_type(page: Page) -> None:
    """Accents, capitals, plurals and small words do not count; other names do."""
    page.goto("prescripteurs/")
    everyone = len(shown(page))
    for typed, expected in TYPED.items():
        page.get_by_label("Nom, sigle ou mot").fill(typed)
        left = shown(page)
        assert expected in left, typed
        assert len(left) <= 3, typed
    plural = "s" if len(left) > 1 else ""
    expect(page.locator("form [role=status]")).to_have_text(
        f"{len(left)} type{plural} d’organisme{plural} affiché{plural} sur {everyone}."
    )


def test_prescribers_are_sorted_and_filtered_by_what_they_may_do(page: Page) -> None:
    """In their groups, by the alphabet; one type can never be authorised, and may only orient."""
    page.goto("prescripteurs/")
    names = shown(page)
    assert names[:2] == [
        "Agence nationale pour la formation professionnelle des adultes (AFPA)",
        "Cap emploi",
    ]
    page.get_by_label("Habilitation").select_option("jamais")
    assert shown(page) == ["Votre organisation n’est pas dans la liste"]
    page.get_by_label("Droit possible").select_option("valider_eligibilite")
    assert shown(page) == []
    status = page.locator("form [role=status]")
    expect(status).to_contain_text("Aucun type d’organisme ne répond. Essayez")
    page.get_by_role("button", name="Tout afficher").click()
    assert shown(page) == names
    expect(page.get_by_label("Nom, sigle ou mot")).to_be_focused()
    expect(page.get_by_role("button", name="Tout afficher")).to_be_hidden()


def test_a_filter_leaves_no_trace_and_loses_nothing(page: Page) -> None:
    """Typing and Enter change neither the address nor the page."""
    page.goto("prescripteurs/")
    address = page.url
    field = page.get_by_label("Nom, sigle ou mot")
    field.fill("caf")
    field.press("Enter")
    expect(page.locator("form [role=status]")).to_contain_text("sur")
    assert page.url == address
    expect(field).to_have_value("caf")
    kept = "[document.cookie, ...Object.values(localStorage), ...Object.values(sessionStorage)]"
    assert not any("caf" in text for text in page.evaluate(kept))


def test_a_link_to_an_entry_that_is_filtered_out_shows_it(page: Page) -> None:
    """The reader asked for it: the filters give way."""
    page.goto("prescripteurs/")
    page.get_by_label("Nom, sigle ou mot").fill("caf")
    expect(page.locator("#plie")).to_be_hidden()
    page.evaluate("location.hash = 'plie'")
    expect(page.locator("#plie")).to_be_in_viewport()


def test_who_may_do_what_side_by_side(page: Page) -> None:
    """An orienteur may do one thing; a right leads to its source; the prefect's way is told."""
    page.goto("prescripteurs/")
    rows = page.locator("article table").first.locator("tbody tr")
    cells = [row.locator("td").all_inner_texts() for row in rows.all()]
    assert [cell[0] for cell in cells if cell[1] == "Oui"] == ["Orienter une personne"]
    assert {cell[2] for cell in cells} == {"Oui"}
    for row in rows.all():
        target = row.locator("a").get_attribute("href")
        assert target
        expect(page.locator(f"li:has(> {target}), li:has(> p > {target})")).to_contain_text(
            "Code" if "mobilite" not in target else "critères"
        )
    # The list of rights is folded: a link into it opens it.
    right = page.locator("#droit-lever_carence").locator("..")
    expect(right).to_be_hidden()
    rows.get_by_role("link", name="Lever le délai de carence").click()
    expect(right).to_be_in_viewport()
    local = page.locator("#habilitation-locale")
    expect(local).to_have_text("L’habilitation locale, par le préfet")
    expect(page.get_by_text("Cinq ans. L’habilitation peut être renouvelée.")).to_be_visible()


LOZERE = {"IAE 48", "Fédération des associations intermédiaires d’Occitanie"}
SEINE_SAINT_DENIS = {"Réseau de l’IAE de Seine-Saint-Denis"}
PLACES = {
    "48": LOZERE,
    "lozere": LOZERE,
    "Occitanie": LOZERE,
    "93 Seine-Saint-Denis": SEINE_SAINT_DENIS,
    "Île-de-France": SEINE_SAINT_DENIS,
    "2A": set(),
}


def test_networks_of_a_place(page: Page) -> None:
    """A number, a department or a region; the networks of the whole country are there too."""
    page.goto("reseaux/")
    for place, expected in PLACES.items():
        page.get_by_label("Territoire").fill(place)
        names = set(shown(page))
        assert names & (LOZERE | SEINE_SAINT_DENIS) == expected, place
        assert "COORACE" in names, place


def test_networks_of_a_kind_of_structure(page: Page) -> None:
    """Only those that say they gather it; a part without any entry left hides its title."""
    page.goto("reseaux/")
    page.get_by_label("Type de structure").select_option("geiq")
    assert shown(page) == ["Fédération française des GEIQ"]
    expect(page.get_by_role("heading", name="Les réseaux territoriaux")).to_be_hidden()
    page.get_by_label("Type de structure").select_option("")
    page.get_by_label("Nom, sigle ou mot").fill("jardin")
    assert shown(page) == ["Réseau Cocagne"]


def test_a_place_that_is_not_known_is_said(page: Page) -> None:
    """Nothing is hidden for a place that we do not understand, and the reader is told."""
    page.goto("reseaux/")
    everyone = shown(page)
    page.get_by_label("Territoire").fill("Bruxelles")
    expect(page.locator("form [role=status]")).to_contain_text("Ce territoire ne nous dit rien")
    assert shown(page) == everyone


@pytest.mark.parametrize(("path", "least"), [("prescripteurs/", 30), ("reseaux/", 15)])
def test_without_javascript_the_plain_list_stays(
    browser: Browser, site: str, path: str, least: int
) -> None:
    """Every entry, and no control that would do nothing."""
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto(path)
    assert page.locator("[data-item]:visible").count() >= least
    expect(page.locator("form[data-filter]")).to_be_hidden()
    context.close()


def test_a_wrong_address_leads_on(page: Page) -> None:
    """However deep it is: the page has its look, its doors, and the search."""
    answer = page.goto("glossaire/ancien/mot/")
    assert answer
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")
    page.get_by_role("button", name="Rechercher dans le site").click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Le plan du site").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan du site")


def test_a_page_without_calculator_is_light(page: Page) -> None:
    """Less than 300 kB on the wire in all, and nothing that is asked for is missing."""
    received: dict[str, int] = {}
    missing: list[str] = []
    page.on("response", lambda one: missing.append(one.url) if one.status >= 400 else None)
    page.on(
        "response",
        lambda one: received.update({one.url: int(one.headers.get("content-length", 10**9))}),
    )
    page.goto("glossaire/aci/")
    page.wait_for_load_state("networkidle")
    assert missing == []
    assert len(received) > 5
    assert sum(received.values()) < 300 * KILOBYTE, received
    assert not any("runtime" in urlsplit(url).path for url in received)


def test_on_paper_links_are_written_out(page: Page) -> None:
    """A source's address is printed after its title; filters and menus are not."""
    page.goto("prescripteurs/")
    page.emulate_media(media="print")
    written = page.locator(".closing a[href^='https://www.legifrance']").first.evaluate(
        "link => getComputedStyle(link, '::after').content"
    )
    assert "https://www.legifrance.gouv.fr" in written or "attr(href)" in written
    for hidden in (".filter", ".breadcrumb", ".md-header", ".md-tabs", ".md-sidebar"):
        expect(page.locator(hidden).first).to_be_hidden()
