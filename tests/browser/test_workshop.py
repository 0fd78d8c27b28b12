"""The workshop of contributors, in a real Chromium: the four tasks of CONTRIBUTING.md, to the end.

One page has the engine for all of them: starting it takes seconds, and it keeps nothing of a form.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Route, expect

from calculators import CALCULATORS
from generator.content import load, models
from generator.workshop import proposal
from tests.browser.conftest import ROOT, until
from tests.browser.test_site import overflow, violations
from tests.content.test_mistakes import broken_files

ADDRESS = "contribuer/atelier/"
#: What the four tasks need more than the 5 s of expect: a whole check, on a slow machine.
SLOW = 60_000


@pytest.fixture(scope="module")
def opened(browser: Browser, site: str) -> Iterator[Page]:
    """The workshop, open, at a phone's width; the policy of the site refuses nothing it does."""
    context = browser.new_context(
        viewport={"width": 360, "height": 800},
        base_url=site,
        locale="fr-FR",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.clock.set_fixed_time(datetime.now())  # midnight would part the drafts of one proposal
    refused: list[str] = []
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.on(
        "console",
        lambda said: refused.append(said.text) if said.type == "error" else None,
    )
    page.goto(ADDRESS)
    page.get_by_role("button", name="Ouvrir l’atelier").click()
    page.get_by_label("Que voulez-vous changer ?").wait_for(timeout=SLOW)
    yield page
    context.close()
    assert refused == []


def slot(page: Page, name: str) -> Locator:
    return page.locator(f'[data-slot="{name}"]')


def choose(page: Page, kind: str, entry: str) -> None:
    """Open an entry by its words, as a person does; no draft of a test before is in its form."""
    page.evaluate("document.activeElement.blur(), localStorage.clear()")
    page.get_by_label("Que voulez-vous changer ?").select_option(label=kind)
    page.get_by_label("Quelle fiche ?").select_option(label=entry)
    page.get_by_role("button", name="Ouvrir cette fiche").click()
    expect(slot(page, "status")).to_contain_text("Aucune faute : rien n’a changé", timeout=SLOW)


def settled(page: Page, words: str) -> None:
    expect(slot(page, "status")).to_contain_text(words, timeout=SLOW)


def accepted(page: Page, tmp_path: Path) -> dict[str, object]:
    """Return what the finished YAML holds, once `load.load` has accepted all of `data/`."""
    settled(page, "vous pouvez proposer ce changement")
    text = slot(page, "text").text_content() or ""
    file = slot(page, "file").text_content() or ""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / file).write_text(text, "utf-8")
    checked = load.load(tmp_path / "data", CALCULATORS, date.today())
    assert checked.mistakes == []
    value = yaml.safe_load(text)
    assert isinstance(value, dict)
    return value


def test_a_term_is_corrected(opened: Page, tmp_path: Path) -> None:
    """Task 1: the summary, a mistake on the way that is told beside its field, then the YAML."""
    page = opened
    choose(page, "Un terme du glossaire", "Association intermédiaire (AI)")
    summary = page.get_by_label("Résumé")
    before = summary.input_value()
    summary.fill("Une association, sans point")
    settled(page, "Il reste 1 case à remplir")  # nobody is blamed while still writing
    expect(page.locator(".field", has=summary).locator(".error")).to_be_hidden()
    summary.press("Tab")
    settled(page, "1 chose à corriger")
    expect(page.locator(".field", has=summary).locator(".error")).to_contain_text(
        "finie par un point"
    )
    expect(summary).to_have_attribute("aria-invalid", "true")
    expect(slot(page, "copy")).to_be_disabled()
    said = "Une association qui prête ses salariés à des particuliers et à des entreprises."
    summary.fill(said)
    value = accepted(page, tmp_path)
    assert str(value["summary"]).strip() == said
    expect(slot(page, "diff").locator("ins").first).to_contain_text("Ajouté")
    expect(slot(page, "page")).to_contain_text(said)
    expect(slot(page, "diff")).to_contain_text(before[:30])


def test_a_figure_of_a_network_is_changed(opened: Page, tmp_path: Path) -> None:
    """Task 2: a new figure, above the old ones, with its year and its source."""
    page = opened
    choose(page, "Un réseau", "COORACE")
    figures = page.get_by_role("group", name=re.compile("^Chiffres"))
    figures.get_by_role("button", name="Ajouter").last.click()
    one = figures.locator("details[open]").first
    one.get_by_label("Ce qui est compté").fill("Structures membres")
    one.get_by_label("Valeur").fill("1 500")
    one.get_by_label("Année").fill("2026")
    one.get_by_label("Sur quoi cela repose").select_option(label="À vérifier")
    one.get_by_label("Forme").select_option(label="Une page du web, avec sa date")
    one.get_by_label("Adresse").fill("https://www.exemple.fr/chiffres")
    one.get_by_label("Titre de la page").fill("Les chiffres du réseau")
    one.get_by_label("Date").first.fill("12/03/2026")
    expect(one.locator(".understood:visible")).to_have_text(
        "Compris\u00a0: jeudi 12 mars 2026.", timeout=SLOW
    )
    value = accepted(page, tmp_path)
    figures_read = value["figures"]
    assert isinstance(figures_read, list)
    assert figures_read[0] == {
        "label": "Structures membres",
        "value": 1500,
        "year": 2026,
        "basis": "a_verifier",
        "source": {
            "url": "https://www.exemple.fr/chiffres",
            "title": "Les chiffres du réseau",
            "date": date(2026, 3, 12),
        },
    }
    expect(slot(page, "diff").locator("del")).to_have_count(0)


def test_a_network_is_added(opened: Page, tmp_path: Path) -> None:
    """Task 3: a name that is refused, then one that is not; the form fills a whole new file."""
    page = opened
    page.evaluate("document.activeElement.blur(), localStorage.clear()")
    page.get_by_label("Que voulez-vous changer ?").select_option(label="Un réseau")
    page.get_by_text("Un nouveau réseau").click()
    name = page.get_by_label("Quel est son nom, ou son titre ?")
    name.fill("48")
    page.get_by_role("button", name="Commencer").click()
    expect(slot(page, "refused")).to_contain_text("ne convient pas comme nom", timeout=SLOW)
    name.fill("Réseau d'essai")
    page.get_by_role("button", name="Commencer").click()
    settled(page, "cases à remplir")
    form = slot(page, "form")
    expect(form.locator(".error:visible")).to_have_count(0)  # nobody has been there yet
    expect(form.get_by_label("Titre").first).to_have_value("Réseau d'essai")
    form.get_by_label("Portée").select_option(label="Territorial")
    form.get_by_label("Territoire").fill("Lozère")
    departments = form.get_by_role("group", name=re.compile("^Départements"))
    for index, typed in enumerate(["Lozère", "07"]):
        departments.get_by_role("button", name="Ajouter").click()
        departments.get_by_role("combobox").nth(index).fill(typed)
    form.get_by_label("Résumé").fill("Un réseau qui réunit les structures d'un département.")
    form.get_by_label("Description").fill("Le réseau réunit des [structures](terme:siae).")
    form.get_by_label("Sur quoi cela repose").select_option(label="À vérifier")
    sources_ = form.get_by_role("group", name=re.compile("^Sources"))
    sources_.get_by_role("button", name="Ajouter").click()
    sources_.get_by_label("Forme").select_option(label="Un document sans adresse")
    sources_.get_by_label("Document").fill("Plaquette du réseau")
    sources_.get_by_label("Date").fill("non daté")
    form.get_by_role("button", name="Aujourd’hui : Relu le").click()
    value = accepted(page, tmp_path)
    assert value == {
        "title": "Réseau d'essai",
        "scope": "territorial",
        "territory": "Lozère",
        "departments": ["48", "07"],
        "summary": "Un réseau qui réunit les structures d'un département.",
        "description": "Le réseau réunit des [structures](terme:siae).\n",
        "basis": "a_verifier",
        "sources": [{"document": "Plaquette du réseau", "date": "non daté"}],
        "checked": date.today(),
    }
    link = slot(page, "page").get_by_role("link", name="structures").first
    assert (link.get_attribute("href") or "").endswith("/glossaire/siae/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger la proposition").click()
    assert download.value.suggested_filename == f"proposition-{date.today()}.txt"
    [proposed] = proposal.read(download.value.path().read_text("utf-8"))
    assert proposed.text == slot(page, "text").text_content()
    assert (proposed.file, proposed.base) == ("data/networks/reseau_d_essai.yaml", None)


def test_a_dated_value_is_added_to_a_rule(opened: Page, tmp_path: Path) -> None:
    """Task 4: the new value comes last, with the cases of the one before; the old ones stay."""
    page = opened
    title = "Nombre de critères de niveau 2 à réunir"
    choose(page, "Une valeur datée d’une règle", title)
    values = page.get_by_role("group", name=re.compile("^Valeurs"))
    values.get_by_role("button", name="Ajouter", exact=False).last.click()
    one = values.locator("details[open]").last
    one.get_by_label("Depuis le").fill("1er juin 2026")
    cases = one.locator(".case")
    expect(cases).to_have_count(4)
    for index in range(4):
        cases.nth(index).get_by_label("Valeur").fill("2")
    one.get_by_label("Sur quoi cela repose").select_option(label="Loi")
    one.get_by_label("Forme").select_option(label="Une loi, un décret ou un arrêté")
    one.get_by_label("Texte officiel").fill("JORFTEXT000044011209")
    one.get_by_label("Titre du texte").fill("Arrêté du 1er mai 2026, article 3")
    value = accepted(page, tmp_path)
    rule = models.RuleFile.model_validate(value)
    last = rule.parameters["criteres_niveau_2_requis"].values[-1]
    assert (last.since, last.value) == (
        date(2026, 6, 1),
        {"ai": 2, "etti": 2, "ei": 2, "aci": 2},
    )
    expect(slot(page, "diff").locator("del")).to_have_count(0)
    expect(slot(page, "page")).to_contain_text("Depuis le 1er\u00a0juin 2026")


def source(form: Locator) -> None:
    """Say where it comes from."""
    group = form.get_by_role("group", name=re.compile("^Sources"))
    group.get_by_role("button", name="Ajouter").click()
    group.get_by_label("Forme").select_option(label="Un document sans adresse")
    group.get_by_label("Document").fill("Plaquette du réseau")
    group.get_by_label("Date").fill("novembre 2026")


def sourced(form: Locator) -> None:
    """Say where it comes from, and that it was read today."""
    source(form)
    form.get_by_role("button", name="Aujourd’hui : Relu le").click()


def open_entry(page: Page, kind: str, entry: str) -> None:
    """Open an entry beside the drafts that there are."""
    page.get_by_label("Que voulez-vous changer ?").select_option(label=kind)
    page.get_by_label("Quelle fiche ?").select_option(label=entry)
    page.get_by_role("button", name="Ouvrir cette fiche").click()
    expect(slot(page, "title")).to_contain_text(entry, timeout=SLOW)


def begin(page: Page, kind: str, name: str) -> Locator:
    """Begin a new entry, and return its form."""
    page.get_by_label("Que voulez-vous changer ?").select_option(label=kind)
    if not slot(page, "id").is_visible():
        slot(page, "new_words").click()
    slot(page, "id").fill(name)
    page.get_by_role("button", name="Commencer").click()
    expect(slot(page, "title")).to_contain_text(re.compile("^Un"), timeout=SLOW)
    settled(page, "à remplir")
    return slot(page, "form")


def taken(page: Page, root: Path) -> dict[str, str | None]:
    """Put the proposal into a copy of the project; return its files, by their paths."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger la proposition").click()
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    files = proposal.read(download.value.path().read_text("utf-8"))
    for one in files:
        if one.text is None:
            (root / one.file).unlink()
        else:
            (root / one.file).write_text(one.text, "utf-8")
    return {one.file: one.text for one in files}


def checked(root: Path) -> load.Content:
    """Return what the copy holds, once `check` has accepted it."""
    found = load.load(root / "data", CALCULATORS, date.today())
    assert [str(one) for one in found.mistakes] == []
    assert found.content
    return found.content


def test_five_jobs_of_the_site_s_own_pages_make_one_proposal(opened: Page, tmp_path: Path) -> None:
    """An event, a sector, a kind of prescriber, a sentence of a page, a new page with its link."""
    page = opened
    page.evaluate("document.activeElement.blur(), localStorage.clear()")
    open_entry(page, "L’histoire", "L’émergence (1970 à 1980)")
    events = page.get_by_role("group", name=re.compile("^Événements"))
    events.get_by_role("button", name="Ajouter").last.click()
    event = events.locator("details[open]").first
    event.get_by_label("Titre", exact=True).fill("Un premier essai")
    day = event.get_by_label("Date", exact=True).first
    day.fill("1985")
    day.press("Tab")
    settled(page, "1 chose à corriger")  # and where it belongs is said
    expect(event.locator(".error:visible")).to_contain_text("vers « Le développement »")
    day.fill("mars 1979")
    event.get_by_label("Sur quoi cela repose").select_option(label="À vérifier")
    source(event)
    expect(slot(page, "mistakes")).to_contain_text("du plus ancien au plus récent", timeout=SLOW)
    up = event.get_by_role("button", name=re.compile("^Monter : Événements"))
    while up.is_visible():
        up.click()
    expect(event.locator("summary").first).to_be_focused()
    page.get_by_role("button", name="Aujourd’hui : Relu le").click()
    settled(page, "vous pouvez proposer")

    form = begin(page, "Un secteur d’activité", "Réemploi")
    expect(slot(page, "title")).to_have_text("Un nouveau secteur : Réemploi")
    form.get_by_label("Résumé").fill("Réparer et vendre des objets.")
    form.get_by_label("Sur quoi cela repose").select_option(label="À vérifier")
    sourced(form)
    settled(page, "vous pouvez proposer")

    form = begin(page, "Un type de prescripteur", "Organisme d’essai")
    form.get_by_label("Code").fill("ESSAI")
    form.get_by_label("Résumé").fill("Un organisme qui sert d'essai.")
    form.get_by_label("À l’inscription").select_option(label="Non")
    form.get_by_label("Habilitation").select_option(label="Oui, c’est possible")
    form.get_by_label("Orienter une personne").check()
    settled(page, "vous pouvez proposer")

    open_entry(page, "Une page du site", "Les sorties dynamiques")
    text = page.get_by_label("Texte", exact=True)
    said = "Cette phrase est de plus."
    text.fill(f"{text.input_value()}\n\n{said}")
    settled(page, "vous pouvez proposer")
    expect(slot(page, "page")).to_contain_text(said)

    form = begin(page, "Une page du site", "Une page d’essai")
    form.get_by_label("Résumé").fill("Une page pour essayer.")
    text = form.get_by_label("Texte", exact=True)
    text.fill("Voyez aussi ")
    text.press("End")
    form.locator("summary", has_text="Lien").click()
    form.get_by_label("Lequel ?").fill("Réemploi")  # no entry of the glossary
    form.get_by_role("button", name="Insérer le lien").click()
    expect(form.get_by_text("Choisissez dans la liste qui s’ouvre.")).to_be_visible()
    form.get_by_label("Lequel ?").fill("Parcours")
    form.get_by_role("button", name="Insérer le lien").click()
    settled(page, "Il reste 1 case à remplir.")
    slot(page, "waiting_fields").get_by_role("button", name="Menu").click()
    form.get_by_label("Menu").select_option(label="Comprendre > En savoir plus")
    settled(page, "vous pouvez proposer")
    link = slot(page, "page").get_by_role("link", name="Parcours")
    assert (link.get_attribute("href") or "").endswith("/glossaire/parcours/")
    assert violations(page) + overflow(page) == []

    files = taken(page, tmp_path)
    new = "docs/comprendre/une_page_d_essai.md"
    assert files.keys() == {
        "data/history.yaml",
        "data/prescribers.yaml",
        "data/sectors.yaml",
        "docs/comprendre/sorties.md",
        "mkdocs.yml",
        new,
    }
    content = checked(tmp_path)
    first = content.history.phases[0].events[0]
    assert (first.title, first.date) == ("Un premier essai", 1979)
    assert content.sectors.sectors[-1].title == "Réemploi"
    kind = content.prescribers.kinds[-1]
    assert (kind.id, kind.sign_up, kind.authorization) == ("organisme_d_essai", False, "possible")
    assert (files["docs/comprendre/sorties.md"] or "").endswith(f"\n\n{said}\n")
    assert "[Parcours](terme:parcours)" in (files[new] or "")
    assert "- Une page d’essai: comprendre/une_page_d_essai.md\n" in (files["mkdocs.yml"] or "")


def test_seven_other_jobs_make_one_proposal(opened: Page, tmp_path: Path) -> None:
    """A dead link, a member, its news, its portrait, a picture, a new name, a page that goes."""
    page = opened
    page.evaluate("document.activeElement.blur(), localStorage.clear()")
    open_entry(page, "Un réseau", "COORACE")
    page.get_by_label("Site web").fill("www.exemple.fr/nouveau")
    expect(page.get_by_text("Compris : https://www.exemple.fr/nouveau.")).to_be_visible()
    logo = page.get_by_role("group", name=re.compile("^Logo"))
    logo.get_by_role("button", name="Ajouter").click()
    given = tmp_path / "Le logo, été.png"
    Image.new("RGB", (30, 20)).save(given)
    logo.get_by_label("choisissez-la sur votre appareil").set_input_files(given)
    expect(logo.get_by_label("Fichier")).to_have_value("le_logo_ete.png", timeout=SLOW)
    logo.get_by_label("Texte pour qui ne voit pas l’image").fill("Le logo du réseau.")
    logo.get_by_label("Licence").fill("Licence Ouverte 2.0")
    settled(page, "vous pouvez proposer")

    form = begin(page, "Une structure, ou un prescripteur habilité par le préfet", "Les Essais")
    form.get_by_label("Nom", exact=True).fill("Les Essais")
    form.get_by_label("Département", exact=True).fill("Lozère")
    form.get_by_label("Maraîchage").check()
    form.get_by_label("Sur quoi cela repose").select_option(label="À vérifier")
    sourced(form)
    settled(page, "vous pouvez proposer")

    form = begin(page, "Une actualité", "Portes ouvertes")
    form.get_by_label("Titre", exact=True).fill("Portes ouvertes")
    form.get_by_label("Jour", exact=True).fill("12 décembre 2026")
    form.get_by_label("Résumé").fill("La structure ouvre ses portes.")
    sourced(form)
    settled(page, "vous pouvez proposer")

    form = begin(page, "Un portrait", "Les Essais")
    form.get_by_label("Portrait de").select_option(label="Une structure")
    form.get_by_label("Titre", exact=True).fill("Les Essais, un potager")
    form.get_by_label("Année", exact=True).fill("2026")
    form.get_by_label("Fiche de l’annuaire").fill("Les Essais")
    form.get_by_label("Résumé").fill("Une structure qui cultive des légumes.")
    form.get_by_label("Texte", exact=True).fill("Elle embauche des personnes du département.")
    form.get_by_label("Sur quoi cela repose").select_option(label="À vérifier")
    sourced(form)
    settled(page, "vous pouvez proposer")

    open_entry(page, "Un terme du glossaire", "Aide au poste")
    slot(page, "moving").locator("summary").click()
    page.get_by_label("Son nouveau nom").fill("Aide au poste d'insertion")
    page.get_by_role("button", name="La renommer").click()
    expect(slot(page, "move_told")).to_contain_text("prend le nom", timeout=SLOW)

    old = load.load(ROOT / "data", CALCULATORS, date.today()).content
    assert old
    gone = min(old.news)
    open_entry(page, "Une actualité", old.news[gone].title)
    page.get_by_role("button", name="L’enlever du site").click()  # its part is open already
    expect(slot(page, "move_told")).to_contain_text("est enlevée", timeout=SLOW)
    settled(page, "vous pouvez proposer")
    assert violations(page) + overflow(page) == []

    expect(slot(page, "said")).to_contain_text("Image à joindre : le_logo_ete.png")
    with page.expect_download() as picture:
        page.get_by_role("button", name="Télécharger « le_logo_ete.png »").click()
    taken(page, tmp_path)
    pictures = tmp_path / load.PICTURES
    pictures.mkdir(exist_ok=True)
    picture.value.save_as(pictures / picture.value.suggested_filename)
    content = checked(tmp_path)
    network = content.networks["coorace"]
    assert str(network.website) == "https://www.exemple.fr/nouveau"
    assert network.logo
    assert network.logo.file == "le_logo_ete.png"
    assert content.directory["les_essais"].department == "48"
    assert content.directory["les_essais"].sectors == ["maraichage"]
    assert content.portraits["les_essais"].directory == "les_essais"
    assert content.news.keys() - old.news.keys() == {f"{date.today()}-portes-ouvertes"}
    assert old.news.keys() - content.news.keys() == {gone}
    assert content.terms.keys() - old.terms.keys() == {"aide_au_poste_d_insertion"}
    assert {one.old for one in content.redirects.redirects} >= {
        "glossaire/aide_au_poste/",
        f"actualites/{gone}/",
    }


def test_axe_finds_nothing_and_nothing_overflows(opened: Page) -> None:
    """The form, its mistakes and the page, in a phone and in a wide window, light and dark."""
    page = opened
    choose(page, "Un réseau", "COORACE")
    page.get_by_label("Résumé").fill("Trop court")
    page.get_by_label("Résumé").press("Tab")
    settled(page, "à corriger")
    for width, dark in ((360, False), (1280, True)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if dark else "light")
        assert violations(page) + overflow(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    page.emulate_media(color_scheme="light")
    slot(page, "mistakes").get_by_role("button", name="Résumé").click()
    expect(page.get_by_label("Résumé")).to_be_focused()


def test_a_draft_survives_a_reload_and_is_erased(opened: Page) -> None:
    """What was typed is there after a reload, joined with what the site has had since, until erased.

    Nor does one tab write over what another has typed since: a person chooses.
    """
    page = opened.context.new_page()
    page.goto(f"{ADDRESS}?fichier=data/glossary/aci.yaml")
    page.evaluate("localStorage.removeItem('reperes-iae.atelier')")
    page.reload()
    page.get_by_role("button", name="Ouvrir l’atelier").click()
    summary = page.get_by_label("Résumé")
    summary.wait_for(timeout=SLOW)
    before = summary.input_value()
    summary.fill("Un brouillon sans point")
    expect(slot(page, "draft")).to_be_visible()
    other = opened
    open_entry(other, "Un terme du glossaire", "Atelier et chantier d’insertion (ACI)")
    expect(other.get_by_label("Résumé")).to_have_value("Un brouillon sans point")
    other.get_by_label("Résumé").fill("Écrit dans l'autre onglet")
    expect(slot(page, "elsewhere")).to_contain_text("vous venez d’y écrire")
    summary.fill("Un brouillon")
    assert "Écrit dans l'autre onglet" in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_role("button", name="Garder celui de cet onglet").click()
    expect(slot(page, "elsewhere")).to_be_hidden()
    summary.fill("Un brouillon sans point")
    other.get_by_role("button", name="Prendre celui de l’autre onglet").click()
    expect(other.get_by_label("Résumé")).to_have_value("Un brouillon sans point", timeout=SLOW)
    page.reload()
    page.get_by_role("button", name="reprendre le brouillon").click()
    summary.wait_for(timeout=SLOW)
    expect(summary).to_have_value("Un brouillon sans point")
    settled(page, "1 chose à corriger")

    # A colleague has written the summary as it is now, and the other names, since the draft began.
    page.evaluate(
        """() => {
            const kept = JSON.parse(localStorage.getItem("reperes-iae.atelier"));
            for (const draft of Object.values(kept)) {
                draft.value.title = "Chantier d'insertion";
                draft.base.summary = "Avant.";
                delete draft.base.aliases;
                delete draft.value.aliases;
            }
            localStorage.setItem("reperes-iae.atelier", JSON.stringify(kept));
        }"""
    )
    page.reload()
    page.get_by_role("button", name="reprendre le brouillon").click()
    expect(slot(page, "moved")).to_contain_text("Cette fiche a changé sur le site", timeout=SLOW)
    expect(slot(page, "form").get_by_label("Titre").first).to_have_value("Chantier d'insertion")
    expect(page.get_by_label("Autres noms")).not_to_have_value("")
    choice = page.get_by_role("group", name="Deux changements : Résumé")
    expect(choice).to_contain_text("Un brouillon sans point")
    expect(choice).to_contain_text(before)
    settled(page, "2 choses à corriger")
    assert violations(page) + overflow(page) == []
    choice.get_by_role("button", name="Prendre celui du site").click()
    expect(summary).to_have_value(before)
    expect(choice).to_have_count(0)
    settled(page, "vous pouvez proposer ce changement")
    assert [line for line in slot(page, "diff").locator("del").all_text_contents() if line] != []
    slot(page, "drafts").get_by_role("button", name="Effacer").click()
    settled(page, "rien n’a changé")
    page.get_by_role("button", name="Le remettre").click()
    settled(page, "vous pouvez proposer ce changement")
    expect(slot(page, "form").get_by_label("Titre").first).to_have_value("Chantier d'insertion")
    page.get_by_role("button", name="Effacer le brouillon").click()
    expect(summary).to_have_value(before)
    settled(page, "rien n’a changé")
    assert page.evaluate("localStorage.getItem('reperes-iae.atelier')") is None

    page.get_by_label("Que voulez-vous changer ?").select_option(label="Un réseau")
    page.get_by_text("Un nouveau réseau").click()
    page.get_by_label("Quel est son nom, ou son titre ?").fill("Réseau essai")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Portée").select_option(label="Territorial", timeout=SLOW)
    page.reload()
    page.get_by_role("button", name="reprendre le brouillon").click()
    expect(slot(page, "file")).to_have_text("data/networks/reseau_essai.yaml", timeout=SLOW)
    expect(page.get_by_label("Portée")).to_have_value("territorial")
    page.get_by_role("button", name="Effacer le brouillon").click()
    page.close()


def test_the_browser_tells_the_mistakes_that_the_command_line_tells(opened: Page) -> None:
    """The same files get the same messages from the engine of the page as from `check`."""
    page = opened
    kinds = ("term_html", "term_unknown_related", "network_unknown_structure", "rule_dates_equal")
    chosen = [one for one in broken_files() if one.path.stem in kinds]
    assert len(chosen) == len(kinds)
    asked = [(f"data/{one.home}", one.path.read_text("utf-8")) for one in chosen]
    told = page.evaluate(
        """async (files) => {
            const { Engine } = await import(new URL("assets/scripts/shared/engine.js", files.home));
            const runtime = document.querySelector("[data-workshop]").dataset.workshop;
            const engine = new Engine({ runtime, onState() {}, onResponse() {} });
            return Promise.all(files.asked.map(([file, text]) =>
                engine.request({ ask: "check", file, text })));
        }""",
        {"asked": asked, "home": re.sub(r"contribuer/.*", "", page.url)},
    )
    for one, response in zip(chosen, told, strict=True):
        places = [(each["line"], each["column"]) for each in response["mistakes"]]
        assert places == [(line, column) for line, column, _ in one.expected], one
        for each, (_, _, part) in zip(response["mistakes"], one.expected, strict=True):
            assert part in each["message"]


def test_a_failed_start_is_told_and_tried_again(page: Page) -> None:
    """A file that is missing is a French sentence, and « Réessayer » works when it is back."""

    def missing(route: Route) -> None:
        route.fulfill(status=404, body="")

    page.route("**/workshop/*/code.xz", missing)
    page.goto(ADDRESS)
    page.get_by_role("button", name="Ouvrir l’atelier").click()
    expect(slot(page, "failure")).to_contain_text("Un fichier de l’atelier manque", timeout=SLOW)
    page.unroute("**/workshop/*/code.xz")
    page.get_by_role("button", name="Réessayer").click()
    page.get_by_label("Que voulez-vous changer ?").wait_for(timeout=SLOW)
    expect(slot(page, "failure")).to_be_hidden()


def test_a_form_is_filled_while_the_engine_arrives(page: Page) -> None:
    """The form needs no engine: what is typed meanwhile is kept, and nothing is said of it before."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/workshop/*/packages.xz", hold)
    page.goto(f"{ADDRESS}?fichier=data/glossary/ai.yaml")
    page.get_by_role("button", name="Ouvrir l’atelier").click()
    said = "Une association qui prête ses salariés."
    page.get_by_label("Résumé").fill(said, timeout=SLOW)
    expect(slot(page, "status")).to_contain_text("les vérifications arrivent")
    expect(slot(page, "draft")).to_be_visible()
    expect(slot(page, "outcome")).to_be_hidden()
    page.reload()
    held.clear()
    page.get_by_role("button", name=re.compile("reprendre le brouillon")).click()
    settled(page, "les vérifications arrivent")
    expect(slot(page, "draft_list")).to_contain_text("Association intermédiaire")
    until(page, lambda: held)
    held[0].continue_()
    settled(page, "vous pouvez proposer ce changement")
    expect(page.get_by_label("Résumé")).to_have_value(said)
    expect(slot(page, "diff").locator("ins").first).to_contain_text(said)


def test_a_silent_engine_is_told_after_a_minute(page: Page) -> None:
    """No one waits for ever."""
    page.clock.install()
    page.route(
        "**/workshop/*/worker.js",
        lambda route: route.fulfill(body="", content_type="text/javascript"),
    )
    page.goto(ADDRESS)
    page.get_by_role("button", name="Ouvrir l’atelier").click()
    expect(slot(page, "status")).to_contain_text("les vérifications arrivent")
    page.clock.fast_forward(61_000)
    expect(slot(page, "failure")).to_contain_text("depuis une minute")


def test_the_forge_opens_with_the_file(opened: Page) -> None:
    """With a forge: a new entry goes into its address, a known one is copied beside its editor."""
    page = opened.context.new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    forge = "https://forge.exemple.fr/reseau/site"
    page.context.route(f"{forge}/**", lambda route: route.fulfill(body="forge"))
    answer = {
        "type": "catalogue", "names": {}, "links": [], "pages": True,
        "repository": forge, "contact": "contact@exemple.fr",
        "kinds": [{"kind": "term", "title": "Terme", "new": "Nouveau",
                   "entries": [{"file": "data/glossary/a.yaml", "part": "", "id": "a", "title": "A"}]}],
    }  # fmt: skip
    shape = {
        "type": "object",
        "properties": {"title": {"type": "string", "title": "Titre"}},
        "$defs": {},
    }
    script = f"""
        const opened = ({{ file = "data/glossary/b.yaml" }}) => ({{ type: "opened", kind: "term", file,
            part: "", exists: file.endsWith("a.yaml"), value: {{}}, schema: {json.dumps(shape)} }});
        const forge = (file, text) => file.endsWith("a.yaml")
            ? {{ way: "known", address: "{forge}/edit" }}
            : {{ way: text.length > 9 ? "long" : "fresh", address: "{forge}/new" }};
        const written = ({{ file, value: {{ title: text = "" }} }}) => ({{ type: "written", file, text,
            changed: true, diff: [], mistakes: [], others: [], understood: [], page: null, pictures: [],
            files: [{{ file, title: "A", text, diff: [], forge: forge(file, text) }}],
            message: {{ subject: "A", changes: "A", files: text, name: "p.txt" }} }});
        const answers = {{ catalogue: () => ({json.dumps(answer)}), open: opened, write: written }};
        postMessage({{ type: "ready", versions: {{}}, restored: true }});
        onmessage = ({{ data: {{ id, request }} }}) => {{
            const asked = JSON.parse(request);
            postMessage({{ id, response: JSON.stringify(answers[asked.ask](asked)) }});
        }};"""
    page.route(
        "**/workshop/*/worker.js",
        lambda route: route.fulfill(body=script, content_type="text/javascript"),
    )
    # What the build has answered is missing: the engine answers.
    page.route("**/workshop/*/*.json", lambda route: route.fulfill(status=404))
    page.goto(ADDRESS)
    page.evaluate("localStorage.clear()")
    page.reload()
    page.get_by_role("button", name="Ouvrir l’atelier").click()
    settled(page, "L’atelier est ouvert")
    slot(page, "new_words").click()
    page.get_by_role("button", name="Commencer").click()
    slot(page, "form").get_by_label("Titre").fill("a: é\n")
    expect(slot(page, "text")).to_have_text("a: é")
    with page.context.expect_page() as new:
        page.get_by_role("button", name="Ouvrir la forge").click()
    assert new.value.url == f"{forge}/new"
    new.value.close()
    slot(page, "form").get_by_label("Titre").fill("x" * 20)
    expect(slot(page, "steps")).to_contain_text("dans une adresse")
    with page.context.expect_page() as new:
        page.get_by_role("button", name="Copier et ouvrir la forge").click()
    assert new.value.url == f"{forge}/new"
    assert page.evaluate("navigator.clipboard.readText()") == "x" * 20
    new.value.close()
    page.get_by_role("button", name="Ouvrir cette fiche").click()
    expect(slot(page, "file")).to_have_text("data/glossary/a.yaml")
    slot(page, "form").get_by_label("Titre").fill("b: 1")
    expect(slot(page, "text")).to_have_text("b: 1")
    with page.context.expect_page() as new:
        page.get_by_role("button", name="Copier et ouvrir la forge").click()
    assert new.value.url == f"{forge}/edit"
    assert page.evaluate("navigator.clipboard.readText()") == "b: 1"
    new.value.close()
    page.evaluate("localStorage.clear()")
    page.close()


def test_without_javascript_the_page_leads_to_the_guide(browser: Browser, site: str) -> None:
    """The page says what is needed, and where to go without it."""
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto(ADDRESS)
    expect(page.get_by_text("L’atelier demande JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Ouvrir l’atelier")).to_be_hidden()
    page.get_by_role("link", name="le guide pour contribuer").click()
    assert page.url == f"{site}contribuer/"
    context.close()


def test_nothing_is_fetched_before_one_asks(page: Page) -> None:
    """The engine is heavy: a reader who only passes by fetches none of it, and its weight is said."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(ADDRESS)
    until(page, "!document.querySelector('[data-workshop]').hidden")
    assert [url for url in asked if re.search(r"//[^/]+/workshop/", url)] == []
    assert re.search(r"Il pèse \d+\sMo", page.locator("article").inner_text())
