"""The head of every built page, and the pages about the whole site."""

from __future__ import annotations

import json
import re
import shutil
import struct
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from jinja2 import DictLoader, Environment, FileSystemLoader
from jinja2.loaders import ChoiceLoader
from mkdocs.commands.build import build as render
from mkdocs.config import load_config

import build_site
from calculators import CALCULATORS
from calculators.dates import french_date
from calculators.rules import Rules
from generator.build import preview_words
from generator.content import load, models
from generator.pages import metadata
from generator.pages import tree as site_tree
from tests.conftest import ROOT

SITE = ROOT / "build" / "site"
HOME = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["site_url"]
NOT_FOUND = SITE / "404.html"


class Head(HTMLParser):
    """The parts of a page that machines read: title, metas, links, data; and its own links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title = ""
        self.metas: dict[str, list[str]] = {}
        self.links: list[dict[str, str]] = []
        self.data: list[dict[str, Any]] = []
        self.anchors: list[str] = []
        self._inside = ""
        self._text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note the metas, the links and the anchors."""
        given = {name: value or "" for name, value in attributes}
        if tag == "meta":
            name = given.get("name") or given.get("property", "")
            self.metas.setdefault(name, []).append(given.get("content", ""))
        elif tag == "link":
            self.links.append(given)
        elif tag == "a" and "href" in given:
            self.anchors.append(given["href"])
        if tag == "title" or given.get("type") == "application/ld+json":
            self._inside, self._text = tag, ""

    def handle_data(self, data: str) -> None:
        """Keep the text of a title or of structured data."""
        if self._inside:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        """Note the title, or read the structured data."""
        if tag != self._inside:
            return
        if tag == "title":
            # An icon drawn in SVG has a title too; the page's comes first.
            self.title = self.title or self._text
        else:
            self.data.append(json.loads(self._text))
        self._inside = ""


@pytest.fixture(scope="module")
def built() -> dict[str, Head]:
    """The head of every page that has an address of its own, by that address."""
    assert NOT_FOUND.exists(), "Build the site first: make site"
    return {
        HOME + path.parent.relative_to(SITE).as_posix().removeprefix(".") + "/"
        if path.parent != SITE
        else HOME: Head(text)
        for path in sorted(SITE.rglob("index.html"))
        # What stands at a former address only leads on.
        if 'http-equiv="refresh"' not in (text := path.read_text("utf-8"))
    }


def test_no_two_pages_have_the_same_title_or_description(built: dict[str, Head]) -> None:
    """In a list of tabs or of results, each page is told from every other."""
    titles = Counter(head.title for head in built.values())
    descriptions = Counter(head.metas["description"][0] for head in built.values())
    assert [title for title, times in titles.items() if times > 1 or len(title) < 15] == []
    assert [text for text, times in descriptions.items() if times > 1 or len(text) < 20] == []


def test_every_page_says_what_it_is_to_those_who_share_it(built: dict[str, Head]) -> None:
    """One canonical address, one Open Graph value of each kind, one feed, one image."""
    for address, head in built.items():
        assert [one["href"] for one in head.links if one["rel"] == "canonical"] == [address]
        graph = {name: values for name, values in head.metas.items() if name.startswith("og:")}
        assert all(len(values) == 1 and values[0] for values in graph.values()), address
        assert graph["og:url"] == [address]
        assert graph["og:title"][0] in head.title
        assert graph["og:description"] == head.metas["description"]
        assert graph["og:type"] == ["website" if address == HOME else "article"]
        assert graph["og:locale"] == ["fr_FR"]
        assert graph["og:site_name"] == ["Repères IAE"]
        assert graph["og:image"] == [f"{HOME}assets/images/share.png"]
        feeds = [one for one in head.links if one.get("type") == "application/atom+xml"]
        assert [one["rel"].split() for one in feeds] == [["alternate"]]
        assert urljoin(address, feeds[0]["href"]) == f"{HOME}journal/feed.xml"


def test_the_shared_image_has_the_size_that_is_announced(built: dict[str, Head]) -> None:
    """The first bytes of a PNG give its width and height."""
    image = (SITE / "assets" / "images" / "share.png").read_bytes()
    width, height = struct.unpack(">II", image[16:24])
    metas = built[HOME].metas
    assert [str(width)] == metas["og:image:width"] == ["1200"]
    assert [str(height)] == metas["og:image:height"] == ["630"]
    assert len(image) < 100_000


def test_a_page_in_a_section_gives_the_way_to_it(built: dict[str, Head]) -> None:
    """The breadcrumb starts at the home page, ends at the page, and each step is a page."""
    with_trail = 0
    for address, head in built.items():
        trails = [one for one in head.data if one["@type"] == "BreadcrumbList"]
        deep = urlsplit(address).path.count("/") > 2
        if not trails:
            assert not deep, address
            continue
        with_trail += 1
        (trail,) = trails
        steps = trail["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[0]["item"] == HOME
        assert steps[-1]["item"] == address
        assert len(steps) >= (3 if deep else 2)
        assert all(step["item"] in built and step["name"] for step in steps)
    assert with_trail > 100


def test_a_term_says_what_it_defines(built: dict[str, Head], content: load.Content) -> None:
    """Each page of the glossary, and no other, carries one DefinedTerm: its name, its meaning."""
    found = {}
    for address, head in built.items():
        for one in head.data:
            if one["@type"] == "DefinedTerm":
                assert one["url"] == address
                assert one["description"] == head.metas["description"][0]
                found[address] = one
    assert set(found) == {f"{HOME}glossaire/{name}/" for name in content.terms}
    aci = found[f"{HOME}glossaire/aci/"]
    assert aci["name"] == "Atelier et chantier d’insertion"
    assert "ACI" in aci["alternateName"]


def test_data_cannot_end_its_script_nor_its_attribute() -> None:
    """A title that holds `</script>` or a quote stays a text, in the data and in the metas."""
    hostile = "</script><script>alert(1)</script> \"' <b>"
    theme = ROOT / "generator" / "theme"
    base = DictLoader(
        {"base.html": "{% block htmltitle %}{% endblock %}{% block extrahead %}{% endblock %}"}
    )
    environment = Environment(loader=ChoiceLoader([FileSystemLoader(theme), base]))
    environment.filters |= {"url": str, "script_tag": str}
    meta = {
        "title": hostile,
        "description": hostile,
        "trail": [{"title": hostile, "path": "a/"}] * 3,
        "term": {"name": hostile, "others": [hostile]},
    }
    text = environment.get_template("main.html").render(
        page=SimpleNamespace(meta=meta, canonical_url=HOME, is_homepage=False),
        config=SimpleNamespace(site_name="Site", site_url=HOME, site_description=hostile),
    )
    head = Head(text)
    assert text.count("<script") == text.count("</script>") == 2
    assert hostile in head.title
    assert head.metas["og:title"] == head.metas["og:description"] == [hostile]
    trail, term = head.data
    assert trail["itemListElement"][2]["name"] == term["name"] == term["description"] == hostile


@pytest.mark.parametrize("preview", [12, None])
def test_a_proposal_that_nobody_has_read_says_so_and_stays_out_of_sight(
    content: load.Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, preview: int | None
) -> None:
    """As `build_site.py build --preview 12` makes a page; the same page of the site is the contrary."""
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    pages = {
        "index.md": "---\ntitle: Accueil\ndescription: Un.\n---\n\n# Accueil\n",
        "glossaire/index.md": "---\ntitle: Glossaire\ndescription: Deux.\n---\n\n# Glossaire\n",
        "glossaire/aci.md": "---\ntitle: ACI\ndescription: Trois.\n---\n\n# ACI\n",
    }
    build = metadata.Build(preview=preview_words(preview, content) if preview else "")
    for path, text in metadata.complete(pages, content, pages, HOME, build).items():
        (tmp_path / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / path).write_text(text, "utf-8")
    config = load_config(
        str(ROOT / "mkdocs.yml"),
        docs_dir=str(tmp_path / "docs"),
        site_dir=str(tmp_path / "site"),
        nav=None,
        strict=False,
    )
    render(config)
    for path in pages:
        file = tmp_path / "site" / metadata.address(path) / "index.html"
        text = file.read_text("utf-8")
        head = Head(text)
        canonical = [one for one in head.links if one.get("rel") == "canonical"]
        shared = [name for name in head.metas if name.startswith("og:")]
        banner = re.findall(r'data-md-component="announce">(.*?)</div>', text, re.DOTALL)
        told = " ".join(re.sub("<[^>]*>", "", " ".join(banner)).replace("\u00a0", " ").split())
        if preview:
            assert head.metas["robots"] == ["noindex, nofollow"]
            assert (canonical, shared, head.data) == ([], [], [])
            assert HOME not in text.partition("<body")[0]
            day = french_date(content.today).replace("\u00a0", " ")
            assert told == f"Proposition n° 12, non relue : aperçu du {day}."
        else:
            assert "robots" not in head.metas
            assert [one["href"] for one in canonical] == [f"{HOME}{metadata.address(path)}"]
            assert shared
            assert told == ""


def test_the_sitemap_and_the_map_name_all_pages_and_nothing_else(built: dict[str, Head]) -> None:
    """Robots and readers find the same pages: those that were built."""
    tree = ElementTree.parse(SITE / "sitemap.xml")
    listed = [place.text for place in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert Counter(listed) == Counter(list(built))
    plan = (SITE / "plan-du-site" / "index.html").read_text("utf-8")
    article = plan[plan.index("<article") : plan.index("</article>")]
    links = [link for link in Head(article).anchors if not link.startswith("#")]
    shown = Counter(urljoin(f"{HOME}plan-du-site/", link) for link in links)
    assert shown == Counter(list(built))


def test_the_page_for_a_wrong_address_works_at_any_depth(built: dict[str, Head]) -> None:
    """Its links start at the root, lead somewhere, and it stays out of search engines."""
    head = Head(NOT_FOUND.read_text("utf-8"))
    assert head.title == "Page introuvable - Repères IAE"
    assert head.metas["robots"] == ["noindex"]
    links = [link for link in head.anchors if not link.startswith("#")]
    assert len(links) > 10
    for link in links:
        assert link.startswith("/"), link
        assert urljoin(HOME, link).replace("/.", "/") in built, link
    for one in head.links:
        assert urlsplit(one["href"]).path.startswith("/"), one


def test_every_page_leads_to_the_pages_of_trust(built: dict[str, Head]) -> None:
    """The legal notice, privacy, accessibility and the map are linked from every page."""
    wanted = {
        f"{HOME}{name}/"
        for name in ("mentions-legales", "accessibilite", "vie-privee", "plan-du-site")
    }
    for address, head in built.items():
        assert wanted <= {urljoin(address, link) for link in head.anchors}, address


def test_the_legal_notice_invents_nothing(content: load.Content, rules: Rules) -> None:
    """Empty fields of `data/site.yaml` are told once as missing; the others are shown as they are."""

    def notice(site: models.Site) -> str:
        changed = load.Content(
            **{name: getattr(content, name) for name in content.__slots__} | {"site": site}
        )
        tree = site_tree.PageBuilder(changed, CALCULATORS, rules).generated()
        return tree["mentions-legales.md"]

    bare = content.site.model_copy(
        update={
            "publisher": models.Organisation(name=None, address=None, phone=None),
            "host": models.Organisation(name=None, address=None, phone=None),
            "publication_director": None,
            "contact": None,
        }
    )
    said = notice(bare)
    assert all(said.count(words) == 1 for words in models.LEGAL_NOTICE.values())
    assert "## Éditeur" not in said
    assert "## Hébergeur" not in said
    one = models.Organisation(
        name="Réseau <A>", address="1 rue Haute, Mende", phone="01 23 45 67 89"
    )
    full = bare.model_copy(
        update={
            "publisher": one,
            "host": one,
            "publication_director": "Camille Martin",
            "contact": "contact@exemple.fr",
        }
    )
    text = notice(full)
    assert "Il manque" not in text
    assert text.count("- Nom : ") == 2
    for given in (
        "Réseau &lt;A&gt;",
        "1 rue Haute",
        "Camille Martin",
        "(mailto:contact@exemple.fr)",
    ):
        assert given in text


def test_a_check_before_publication_names_each_missing_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check` alone passes; with `--production` one line a field, at its place; none when given."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    monkeypatch.setattr(build_site, "DATA", data)
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: Essai\nsite_url: https://exemple.fr/\n")
    text = (data / "site.yaml").read_text("utf-8")
    without = re.sub(r"(?ms)^publisher:.*?(?=^#|^platform)", "", text)

    def check(notice: str, *options: str) -> tuple[int, list[str]]:
        (data / "site.yaml").write_text(without + notice, "utf-8")
        status = build_site.main(["check", *options])
        lines = capsys.readouterr().err.splitlines()
        return status, [
            line for line in lines if line.startswith(("data/site.yaml:", "mkdocs.yml:"))
        ]

    organisation = "{ name: Un réseau, address: Mende, phone: '01 23 45 67 89' }"
    full = (
        f"publisher: {organisation}\nhost: {organisation}\n"
        "publication_director: Camille Martin\ncontact: https://exemple.fr/contact\n"
    )
    assert check("") == (0, [])
    status, lines = check("", "--production")
    assert status == 1
    assert len(lines) == len(models.LEGAL_NOTICE)
    assert check(full, "--production") == (0, [])
    status, (line,) = check(full.replace("Camille Martin", "null"), "--production")
    assert status == 1
    number = without.count("\n") + 3
    assert line.startswith(f"data/site.yaml:{number}:1: ")
    assert "la personne qui dirige la publication" in line
    config.write_text("site_name: Essai\nsite_url: http://127.0.0.1:8000/\n")
    status, (line,) = check(full, "--production")
    assert status == 1
    assert line.startswith("mkdocs.yml:2:1: ")


@pytest.mark.parametrize(
    ("path", "address", "listed_by"),
    [
        ("index.md", "", ""),
        ("methode.md", "methode/", ""),
        ("glossaire/index.md", "glossaire/", "glossaire/index.md"),
        ("glossaire/aci.md", "glossaire/aci/", "glossaire/index.md"),
        ("demarches/pass_iae.md", "demarches/pass_iae/", "simulateurs/index.md"),
    ],
)
def test_the_address_of_a_page_and_the_page_that_lists_it(
    path: str, address: str, listed_by: str
) -> None:
    """The journeys have no table of contents: the calculators' lists them."""
    assert metadata.address(path) == address
    assert metadata.section(path) == listed_by
