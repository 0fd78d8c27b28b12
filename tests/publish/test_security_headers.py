"""The security headers of each answer: in the pages, on the local server, on other hosts."""

from __future__ import annotations

import re
import threading
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit

import pytest

from generator.dev_server import server
from generator.publish import security_headers
from tests.conftest import ROOT

SITE = ROOT / "build" / "site"
CALCULATOR = "/simulateurs/pass_iae/"
NO_CODE = {"application/ld+json", "application/json"}
#: Elements whose `style` is written by hand would be refused; so would code in an attribute.
CODE = re.compile(r"on[a-z]+\Z|style\Z|srcdoc\Z")


def addresses() -> list[str]:
    """Return the address of each file of the site, pages by their folder."""
    assert (SITE / "index.html").exists(), "Build the site first: make site"
    files = (path.relative_to(SITE).as_posix() for path in SITE.rglob("*") if path.is_file())
    return sorted("/" + quote(file.removesuffix("index.html")) for file in files)


class Reading(HTMLParser):
    """The parts of a page that the policy would refuse, and the policy in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.policies: list[str | None] = []
        self.refused: list[str] = []
        self.scripts_before = 0
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(given["content"])
        if tag == "script" and given.get("type") not in NO_CODE:
            self.scripts_before += not self.policies
            address = given.get("src") or ""
            if not address or urlsplit(address).netloc:
                self.refused.append(f"a script in the page, or from elsewhere: {address}")
        if tag in {"style", "base", "object", "embed"}:
            self.refused.append(tag)
        self.refused += [f"{tag} {name}" for name in given if CODE.match(name)]
        self.refused += [
            f"{tag} {name}={value}"
            for name, value in attrs
            if re.match(r"\s*(javascript|vbscript|data):", value or "", re.IGNORECASE)
        ]


def test_each_page_carries_the_policy_and_nothing_that_it_refuses() -> None:
    """The same policy everywhere, before any script; no code in the page, in any form."""
    for path in SITE.rglob("*.html"):
        page = Reading(path)
        assert page.policies == [security_headers.CONTENT_POLICY], path
        assert page.scripts_before == 0, path
        assert page.refused == [], path
        assert b'<meta charset="utf-8">' in path.read_bytes()[:1024], path


def test_the_policy_makes_no_code_of_text() -> None:
    """Nothing by default, no inline code, no evaluation; Trusted Types with one policy only."""
    policy = dict(part.split(" ", 1) for part in security_headers.CONTENT_POLICY.split("; "))
    assert policy["default-src"] == "'none'"
    assert "unsafe-inline" not in security_headers.CONTENT_POLICY
    assert "'unsafe-eval'" not in security_headers.CONTENT_POLICY
    assert policy["trusted-types"] == "default"
    assert all("http" not in value and "*" not in value for value in policy.values())


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The local server of the built site."""
    httpd = server(SITE, 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def answered(address: str) -> dict[str, str]:
    """Return the headers of an answer, an error included."""
    try:
        with urllib.request.urlopen(address) as response:
            response.read()
            return dict(response.headers)
    except HTTPError as error:
        return dict(error.headers)


ASKED = {
    "/": ("'none'", "same-origin", None, security_headers.ASKED_AGAIN),
    CALCULATOR: ("'none'", "same-origin", None, security_headers.ASKED_AGAIN),
    f"{CALCULATOR}?embed=1": ("*", "same-origin", None, security_headers.ASKED_AGAIN),
    f"{CALCULATOR}?nom=x&embed=1": ("*", "same-origin", None, security_headers.ASKED_AGAIN),
    f"{CALCULATOR}?embed=2": ("'none'", "same-origin", None, security_headers.ASKED_AGAIN),
    f"{CALCULATOR}?embed=0&embed=1": ("'none'", "same-origin", None, security_headers.ASKED_AGAIN),
    "/simulateurs/?embed=1": ("'none'", "same-origin", None, security_headers.ASKED_AGAIN),
    "/simulateurs/liste/?embed=1": ("'none'", "same-origin", None, security_headers.ASKED_AGAIN),
    "/annuaire/?embed=1": ("*", "same-origin", None, security_headers.ASKED_AGAIN),
    "/annuaire/": ("'none'", "same-origin", None, security_headers.ASKED_AGAIN),
    "/annuaire/48/?embed=1": ("'none'", "same-origin", None, security_headers.ASKED_AGAIN),
    "/methode/?embed=1": ("'none'", "same-origin", None, security_headers.ASKED_AGAIN),
    "/methode/?/simulateurs/pass_iae/&embed=1": (
        "'none'",
        "same-origin",
        None,
        security_headers.ASKED_AGAIN,
    ),
    "/assets/embed.js": ("'none'", "cross-origin", None, security_headers.ASKED_AGAIN),
    "/assets/scripts/calculator/embedded.js": (
        "'none'",
        "same-origin",
        None,
        security_headers.ASKED_AGAIN,
    ),
    "/api/rules.json": ("'none'", "cross-origin", "*", security_headers.ASKED_AGAIN),
    "/journal/feed.xml": ("'none'", "cross-origin", "*", security_headers.ASKED_AGAIN),
    "/nowhere/": ("'none'", "same-origin", None, security_headers.ASKED_AGAIN),
}


@pytest.mark.parametrize("asked", ASKED)
def test_the_local_server_says_what_a_public_host_says(address: str, asked: str) -> None:
    """Who may frame, read and keep each answer, a page for a wrong address included."""
    headers = answered(address + asked)
    framing, shared, read_by, kept = ASKED[asked]
    assert (
        headers["Content-Security-Policy"]
        == f"{security_headers.CONTENT_POLICY}; frame-ancestors {framing}"
    )
    assert headers["Cross-Origin-Resource-Policy"] == shared
    assert headers.get("Access-Control-Allow-Origin") == read_by
    assert headers["Cache-Control"] == kept
    for name, value in security_headers.COMMON.items():
        assert headers[name] == value


def test_only_names_that_hold_their_content_are_kept() -> None:
    """The engine and the pieces of the index; never an error, never a name that stays."""
    kept = [
        one
        for one in addresses()
        if security_headers.headers(one)["Cache-Control"] == security_headers.KEPT
    ]
    folders = {one.rpartition("/")[0] for one in kept}
    assert {
        "/pagefind/fragment",
        "/pagefind/index",
    } <= folders
    for one in kept:
        assert re.search(r"[/._][0-9a-f]{7,16}([/.]|$)", one), one
        assert security_headers.headers(one, 404)["Cache-Control"] == security_headers.ASKED_AGAIN
    # Those folders are kept as a whole by hosts that read `_headers`.
    assert [
        one for one in addresses() if one.rpartition("/")[0] in folders and one not in kept
    ] == []


def rules() -> dict[str, dict[str, str]]:
    """Read the file of headers of the built site."""
    found: dict[str, dict[str, str]] = {}
    for line in (SITE / "_headers").read_text("utf-8").splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[list(found)[-1]][name] = value
        else:
            found[line] = {}
    return found


def matches(pattern: str, address: str) -> bool:
    parts = re.split(r"(\*|:[a-z]+)", pattern)
    known = [
        ".*" if part == "*" else "[^/]+" if part[:1] == ":" else re.escape(part) for part in parts
    ]
    return re.fullmatch("".join(known), address) is not None


def test_a_file_of_headers_says_the_same_and_no_header_twice() -> None:
    """For every file: one value of each header, the same as ours but where only paths are known."""
    known = rules()
    for address in addresses():
        met = [headers for pattern, headers in known.items() if matches(pattern, address)]
        names = [name for headers in met for name in headers]
        assert len(names) == len(set(names)), address
        headers = {name: value for one in met for name, value in one.items()}
        ours = security_headers.headers(address)
        for name, value in security_headers.COMMON.items():
            assert headers[name] == value
        assert headers["Content-Security-Policy"] == security_headers.CONTENT_POLICY
        # Such a host sends « no-cache » by itself.
        assert (
            headers.get("Cache-Control", security_headers.ASKED_AGAIN) == ours["Cache-Control"]
        ), address
        read_by = ours.get("Access-Control-Allow-Origin")
        assert headers.get("Access-Control-Allow-Origin") == read_by, address
        if ours["Cross-Origin-Resource-Policy"] == "cross-origin" and read_by is None:
            assert "Cross-Origin-Resource-Policy" not in headers, address
        if address.endswith(("/", ".html")):
            calculator = (
                "frame-ancestors *"
                in security_headers.headers(f"{address}?embed=1")["Content-Security-Policy"]
            )
            assert ("X-Frame-Options" not in headers) == calculator, address


def test_the_file_for_nginx_is_written_from_the_same_policy() -> None:
    """Each header is added whatever the status, and its cases are those of the policy."""
    text = (ROOT / "build" / "security_headers.conf").read_text("utf-8")
    added = re.findall(r"^add_header (\S+) (.+) always;$", text, re.MULTILINE)
    assert {name for name, _ in added} == set(security_headers.headers("/api/rules.json"))
    assert all(
        f'add_header {name} "{value}" always;' in text
        for name, value in security_headers.COMMON.items()
    )
    assert f'"{security_headers.CONTENT_POLICY}; $reperes_framed"' in text
    assert security_headers.IMMUTABLE in text
