"""`build_site.py veille`: links followed gently, and what to reread, the most important first."""

from __future__ import annotations

import dataclasses
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

import build_site
from generator.content.load import Content
from generator.review import link_check, to_reread
from generator.review.link_check import CheckedLink, State

TODAY = date(2026, 11, 24)
ARTICLE = "/codes/article_lc/LEGIARTI000043514036"
OLD_ARTICLE = "/codes/article_lc/LEGIARTI000043514037"
MOVES = {
    "/ancienne": (301, "/nouvelle"),
    "/provisoire": (302, "/nouvelle"),
    "/actualites/2019": (302, "/"),
    "/ronde": (302, "/ronde"),
}
CODES = {"/absente": 404, "/retiree": 410, "/privee": 401, "/interdite": 403, "/malade": 500}
TEXTS = {
    ARTICLE: "<p>Version en vigueur\n depuis le <b>01 septembre 2021</b></p>",
    OLD_ARTICLE: "<p>Version en vigueur du <b>01 juin 2021</b> au\n 01 juillet 2024</p>",
}


class _Site(BaseHTTPRequestHandler):
    asked: ClassVar[Counter[str]] = Counter()

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        code, to = MOVES.get(self.path, (CODES.get(self.path, 200), ""))
        if self.path == "/presse":  # too busy the first time
            code = 429 if self.asked[self.path] == 1 else 200
        self.send_response(code)
        if to:
            self.send_header("Location", to)
        body = TEXTS.get(self.path, "").encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test of this file may reach another machine: the attempt itself fails it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        assert address[0] == "127.0.0.1", f"a test asked {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def base() -> Iterator[str]:
    """The address of a site that has everything that can happen to a link."""
    _Site.asked.clear()
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def _states(
    base: str, paths: list[str], known: dict[str, CheckedLink] | None = None
) -> dict[str, State]:
    found = link_check.check([base + path for path in paths], known or {}, TODAY, pause=0)
    return {link.url.removeprefix(base): link.state for link in found}


def test_each_fate_of_a_link_has_its_name(base: str) -> None:
    """Dead is what says so itself; what refuses a robot, or is ill, is to be opened by a person."""
    expected = {
        "/nouvelle": State.VIVANT,
        "/provisoire": State.VIVANT,
        "/ancienne": State.DEPLACE,
        "/actualites/2019": State.ACCUEIL,
        "/absente": State.MORT,
        "/retiree": State.MORT,
        "/ronde": State.MORT,
        "/privee": State.A_VERIFIER,
        "/interdite": State.A_VERIFIER,
        "/malade": State.A_VERIFIER,
        ARTICLE: State.VIVANT,
        OLD_ARTICLE: State.REMPLACE,
    }
    assert _states(base, list(expected)) == expected


def test_a_busy_site_is_asked_again(base: str) -> None:
    """One 429 is not a verdict; a site that stays ill is asked three times, and no more."""
    assert _states(base, ["/presse", "/malade"])["/presse"] is State.VIVANT
    assert _Site.asked == {"/presse": 2, "/malade": 3}


def test_a_site_that_does_not_answer_is_to_be_verified() -> None:
    """A closed door is no proof that the page is gone."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    (link,) = link_check.check([f"http://127.0.0.1:{port}/page"], {}, TODAY, pause=0)
    assert (link.state, link.why) == (State.A_VERIFIER, "pas de réponse")


def test_what_was_alive_of_late_is_not_asked_again(base: str, tmp_path: Path) -> None:
    """The cache spares the sites; a link that was not alive is followed each time."""
    found = link_check.check([f"{base}/nouvelle", f"{base}/absente"], {}, TODAY, pause=0)
    link_check.write_known(tmp_path / "links.json", found)
    known = link_check.read_known(tmp_path / "links.json")
    assert known == {link.url: link for link in found}
    assert _states(base, ["/nouvelle", "/absente"], known) == {
        "/nouvelle": State.VIVANT,
        "/absente": State.MORT,
    }
    assert _Site.asked == {"/nouvelle": 1, "/absente": 2}
    later = TODAY + link_check.FRESH + timedelta(days=1)
    link_check.check([f"{base}/nouvelle"], known, later, pause=0)
    assert _Site.asked["/nouvelle"] == 2


@pytest.mark.parametrize(
    "text", ["", "{", "[{}]", '[{"url": 1, "state": "x", "why": "", "on": "a"}]']
)
def test_a_broken_cache_is_forgotten(tmp_path: Path, text: str) -> None:
    """What cannot be read is asked again."""
    (tmp_path / "links.json").write_text(text, "utf-8")
    assert link_check.read_known(tmp_path / "links.json") == {}
    assert link_check.read_known(tmp_path / "absent.json") == {}


def test_the_links_of_the_site_are_those_that_leave_it(tmp_path: Path) -> None:
    """Each address of another site, without its fragment, with the pages where it stands."""
    page = (
        '<a href="https://a.example/b#c">1</a><a href="https://a.example/b">2</a>'
        '<a href="https://notre.example/x">3</a><a href="../y">4</a><a href="mailto:a@b.c">5</a>'
    )
    (tmp_path / "un").mkdir()
    (tmp_path / "un" / "index.html").write_text(page, "utf-8")
    (tmp_path / "404.html").write_text(page, "utf-8")
    found = link_check.collect(tmp_path, "https://notre.example/")
    assert found == {"https://a.example/b": ["/404.html", "/un/"]}


def test_a_search_is_followed_once_for_all_communes(tmp_path: Path) -> None:
    search = '<a href="https://a.example/s?city={}&kinds=ACI">1</a><a href="https://a.example/s?city={}">2</a>'
    for name in ("mende-48", "lille-59"):
        (tmp_path / f"{name}.html").write_text(search.format(name, name), "utf-8")
    found = link_check.collect(tmp_path, "https://notre.example/")
    assert sorted(found) == [
        "https://a.example/s?city=lille-59",
        "https://a.example/s?city=lille-59&kinds=ACI",
    ]
    assert all(pages == ["/lille-59.html", "/mende-48.html"] for pages in found.values())


def test_what_to_reread_comes_by_importance(content: Content) -> None:
    """Ends of known values, changed articles, dead links, old readings, then the rest."""
    urls = {state: f"https://a.example/{state.name}" for state in State}
    found = [CheckedLink(url, state, "dit pourquoi", TODAY) for state, url in urls.items()]
    pages = {url: ["/a/", "/b/", "/c/", "/d/", "/e/"] for url in urls.values()}
    text = to_reread.weekly_list(content, found, pages, date(2027, 12, 1))
    titles = [line for line in text.splitlines() if line.startswith("## ")]
    assert [title.partition(" (")[0] for title in titles] == [
        "## Des valeurs n'ont bientôt plus de suite connue",
        "## Des articles ont changé",
        "## Des liens ne mènent plus à rien",
        "## Des fiches n'ont pas été relues depuis plus d'un an",
        "## Des valeurs en vigueur restent à vérifier",
        "## Des pages ont déménagé",
        "## Des liens sont à ouvrir à la main",
    ]
    assert (
        "- [ ] <https://a.example/MORT> : dit pourquoi. Sur `/a/`, `/b/`, `/c/` et 2 autres."
        in text
    )
    assert urls[State.VIVANT] not in text


def test_a_quiet_week_is_said(content: Content) -> None:
    """Without anything to reread, the report says so."""
    quiet = dataclasses.replace(content, rules={})
    assert "Rien à relire cette semaine." in to_reread.weekly_list(quiet, [], {}, TODAY)


def test_the_command_follows_no_link_when_told_not_to(capsys: pytest.CaptureFixture[str]) -> None:
    """`--offline` tells what the dates say, without a request."""
    assert build_site.main(["veille", "--offline"]) == 0
    assert capsys.readouterr().out.startswith("Relevé du ")
