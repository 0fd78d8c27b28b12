"""The addresses that pages had lead to those that answer, in each form that a host reads."""

from __future__ import annotations

from pathlib import Path

from generator.content.models import Redirect
from generator.publish import addresses, preview_banner, redirects, security_headers

OWN = "https://www.exemple.fr/iae/"
MOVED = [
    Redirect(old="glossaire/avant/", new="glossaire/aci/"),
    Redirect(old="avant/", new="methode/"),
]


def test_each_host_leads_to_the_new_page(tmp_path: Path) -> None:
    """A page for all, which the policy of the site allows; `_redirects`; the lines of nginx."""
    redirects.write(tmp_path, tmp_path, MOVED, OWN)
    page = (tmp_path / "glossaire/avant/index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../glossaire/aci/">' in page
    assert f'<link rel="canonical" href="{OWN}glossaire/aci/">' in page
    assert security_headers.CONTENT_POLICY in page
    assert "url=../methode/" in (tmp_path / "avant/index.html").read_text("utf-8")
    assert addresses.refused(tmp_path, OWN) == []
    assert (tmp_path / "_redirects").read_text("utf-8") == (
        "/glossaire/avant/ /glossaire/aci/ 301\n/avant/ /methode/ 301\n"
    )
    lines = (tmp_path / "redirects.conf").read_text("utf-8").splitlines()
    assert "    /glossaire/avant/ /glossaire/aci/;" in lines
    assert "    /glossaire/avant /glossaire/aci/;" in lines


def test_a_preview_names_no_address_to_cite(tmp_path: Path) -> None:
    """Nobody has read it yet, and its pages name none either."""
    redirects.write(tmp_path, tmp_path, MOVED, "")
    page = (tmp_path / "avant/index.html").read_text("utf-8")
    assert "canonical" not in page
    assert "url=../methode/" in page


def test_the_missing_page_of_a_preview_says_what_each_page_says(tmp_path: Path) -> None:
    """It comes from no page of ours, so nothing else writes the banner there; and once is enough."""
    banner = '<div data-md-component="announce">{}</div>'
    said = '<aside class="md-banner"><div>Proposition n° 12.</div></aside>'
    (tmp_path / "index.html").write_text(f"<body>{banner.format(said)}<main>", "utf-8")
    (tmp_path / "404.html").write_text(f"<body>{banner.format('')}<main>", "utf-8")
    for _ in range(2):
        preview_banner.announce(tmp_path)
        assert (tmp_path / "404.html").read_text("utf-8") == f"<body>{banner.format(said)}<main>"


def test_without_a_former_address_nginx_still_knows_the_variable(tmp_path: Path) -> None:
    """`http.conf` names it in any case."""
    redirects.write(tmp_path, tmp_path, [], OWN)
    assert "map $uri $reperes_moved" in (tmp_path / "redirects.conf").read_text("utf-8")
    assert [path.name for path in tmp_path.rglob("*.html")] == []
