"""The page of each département: a copy of one page, with its own name, address and body."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.content import communes
from generator.pages.filters import departments as known_departments
from generator.pages.tree import TOKENS
from generator.publish import commune_files, departments, service_worker
from tests.conftest import ROOT

SITE = ROOT / "build" / "site"
PLATFORM = "https://emplois.inclusion.beta.gouv.fr/search/"


@pytest.fixture(scope="module")
def places() -> communes.Places:
    """The communes of France."""
    return communes.read(ROOT / "node_modules")


def test_the_official_code_and_the_site_know_the_same_departments(places: communes.Places) -> None:
    """A hundred and one, under the same numbers and names."""
    assert {code: one.name for code, one in places.departments.items()} == known_departments()
    assert len(places.departments) == 101
    assert len(places.communes) > 34_800


def test_each_department_has_its_page_and_the_model_is_gone() -> None:
    """Whatever stood for the name is replaced, in the addresses too."""
    folders = (SITE / "annuaire").iterdir()
    codes = {path.name for path in folders if path.is_dir() and path.name[0].isdigit()}
    assert codes == {*known_departments()}
    for code in codes:
        text = (SITE / "annuaire" / code / "index.html").read_text("utf-8")
        assert not [token for token in TOKENS.values() if token in text]
        assert departments.MODEL not in text
        assert f"annuaire/{code}/" in text


def test_the_searches_of_the_platform_are_filled_with_communes_it_knows(
    places: communes.Places,
) -> None:
    """A commune of the département, a distance and a kind that the platform proposes."""
    slugs = {one.slug: one.department for one in places.communes.values()}
    for code in known_departments():
        text = (SITE / "annuaire" / code / "index.html").read_text("utf-8")
        found = [unescape(one) for one in re.findall(rf'href="({PLATFORM}[^"]+\?[^"]+)"', text)]
        whats = {urlsplit(one).path.split("/")[2] for one in found}
        assert whats == {"employers", "job-descriptions", "prescribers"}, code
        kinds = set()
        for address in found:
            asked = parse_qs(urlsplit(address).query)
            assert slugs[asked["city"][0]] == code
            assert asked["distance"][0] in {"2", "5", "10", "15", "25", "50", "100"}
            kinds |= {*asked.get("kinds", [])}
        assert kinds == {"ACI", "AI", "EI", "EITI", "ETTI", "GEIQ"}


def test_a_name_is_encoded_where_an_address_needs_it(tmp_path: Path) -> None:
    """The form that reports an error gets the name of the département, and no mark of HTML is left open."""
    model = tmp_path / departments.MODEL
    model.mkdir(parents=True)
    name, code, body = TOKENS["name"], TOKENS["code"], TOKENS["body"]
    (model / "index.html").write_text(
        f'<title>{name}</title><a href="https://forge.fr/new?page={name}+%28{code}%29&amp;'
        f'at=http%3A%2F%2Fx%2Fannuaire%2Fdepartement%2F">x</a>{body}',
        "utf-8",
    )
    (tmp_path / "sitemap.xml").write_text(
        "<urlset>\n<url>\n<loc>https://x/</loc>\n</url>\n"
        f"<url>\n<loc>https://x/{departments.MODEL}</loc>\n</url>\n</urlset>",
        "utf-8",
    )
    copies = {
        "22": {"name": "Côtes-d’Armor", "code": "22", "body": "<p>Ici</p>"},
        "2A": {"name": "Corse & <b>", "code": "2A", "body": ""},
    }
    departments.write(tmp_path, copies, TOKENS)
    assert (tmp_path / "annuaire/22/index.html").read_text("utf-8") == (
        '<title>Côtes-d’Armor</title><a href="https://forge.fr/new?page=C%C3%B4tes-d%E2%80%99Armor'
        '+%2822%29&amp;at=http%3A%2F%2Fx%2Fannuaire%2F22%2F">x</a><p>Ici</p>'
    )
    assert "<title>Corse &amp; &lt;b&gt;</title>" in (
        tmp_path / "annuaire/2A/index.html"
    ).read_text("utf-8")
    listed = (tmp_path / "sitemap.xml").read_text("utf-8")
    assert re.findall(r"<loc>(.*?)</loc>", listed) == [
        "https://x/",
        "https://x/annuaire/22/",
        "https://x/annuaire/2A/",
    ]


def test_a_postcode_tells_its_department_or_is_listed(places: communes.Places) -> None:
    """The index holds the few that do not, their usual département first."""
    made = commune_files.files(places)
    for one in places.communes.values():
        for postcode in one.postcodes:
            usual = commune_files.department_of(postcode)
            assert one.department in made["index"]["postcodes"].get(postcode, [usual])
    assert made["index"]["postcodes"]["48250"] == ["48", "07"]
    assert len(made["index"]["postcodes"]) < 200


def test_the_list_apart_names_the_pages_that_few_readers_open() -> None:
    """Hundreds of files that few readers open: `sw.js` holds the address of their list alone."""
    listed = json.loads((SITE / "apart.json").read_text("utf-8"))
    assert listed == service_worker.apart(SITE)
    assert {f"annuaire/{code}/" for code in known_departments()} <= {*listed}
    main = service_worker.listed(SITE)
    assert "apart.json" in main["visited"]
    assert not {*listed} & {path for group in ("shell", "more", "visited") for path in main[group]}
