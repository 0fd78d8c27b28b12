"""The configuration of `deploy/`, in the real nginx, over a part of the site, compressed.

Build it first: `make site`. nginx is installed by `make test` on Debian and Ubuntu, as root.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from generator.content.models import Redirect
from generator.publish import redirects
from tests.conftest import ROOT
from tools.nginx import serving

SITE = ROOT / "build" / "site"
PARTS = (
    "404.html",
    "index.html",
    "api/rules.json",
    "assets/embed.js",
    "assets/images/share.png",
    "assets/styles/site.css",
    "glossaire/aci/index.html",
    "journal/feed.xml",
    "simulateurs/pass_iae/index.html",
)
ENGINE = "runtime/0123456789abcdef/"
IMMUTABLE = "public, max-age=31536000, immutable"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def site() -> Iterator[Path]:
    """A part of the built site, compressed; and files as the engine has, but small."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for part in PARTS:
            source = SITE / part
            (folder / part).parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, folder / part)
            elif source.exists():
                shutil.copy2(source, folder / part)
        engine = folder / ENGINE
        engine.mkdir(parents=True)
        for suffix in ("wasm", "whl", "zip", "mjs", "js"):
            (engine / f"essai.{suffix}").write_bytes(b"essai " * 200)
        (folder / "assets" / "essai").mkdir()
        (folder / "assets" / "essai" / "LICENSE").write_text("MIT", "utf-8")
        (folder / "sw.js").write_text("// essai", "utf-8")
        (folder / "site.webmanifest").write_text('{"name": "é"}', "utf-8")
        (folder / ".secret").write_text("secret", "utf-8")
        (folder.parent / f"{folder.name}.outside").write_text("secret", "utf-8")
        command = ["node", str(ROOT / "deploy" / "compress.mjs"), name]
        subprocess.run(command, check=True)
        yield folder
        (folder.parent / f"{folder.name}.outside").unlink()


@pytest.fixture(scope="module")
def port(site: Path) -> Iterator[int]:
    """nginx, serving it; `WEB_SERVER` names the program (`make test` finds it)."""
    program = os.environ.get("WEB_SERVER")
    if not program:
        reason = "no nginx here: see tools/program"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with tempfile.TemporaryDirectory() as name:
        build = Path(name)
        shutil.copy(ROOT / "build" / "security_headers.conf", build)
        moved = Redirect(old="glossaire/ancien_nom/", new="glossaire/aci/")
        redirects.write(site, build, [moved], "https://www.exemple.fr/")
        with serving(site, program, build) as found:
            yield found


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for a path as it is written: nothing tidies it on the way."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Accept-Encoding": "identity"} | named)
    response = connection.getresponse()
    answer = Answer(response.status, dict(response.getheaders()), response.read())
    connection.close()
    return answer


def test_a_page_is_sent_as_the_browser_can_read_it(port: int, site: Path) -> None:
    """In brotli, else in gzip, else as it is; `Vary` tells caches so."""
    path = site / "glossaire" / "aci" / "index.html"
    plain = ask(port, "/glossaire/aci/")
    assert (plain.status, plain.body) == (200, path.read_bytes())
    assert plain.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Content-Encoding" not in plain.headers
    zipped = ask(port, "/glossaire/aci/", Accept_Encoding="gzip")
    assert gzip.decompress(zipped.body) == path.read_bytes()
    assert len(zipped.body) < len(plain.body) / 2
    smallest = ask(port, "/glossaire/aci/", Accept_Encoding="gzip, br")
    assert smallest.headers["Content-Encoding"] == "br"
    script = (
        "process.stdout.write(require('zlib').brotliDecompressSync(require('fs').readFileSync(0)))"
    )
    read = subprocess.run(
        ["node", "-e", script], input=smallest.body, capture_output=True, check=True
    )
    assert read.stdout == path.read_bytes()
    assert len(smallest.body) < len(zipped.body)
    assert {plain.headers.get("Vary"), zipped.headers["Vary"]} <= {None, "Accept-Encoding"}
    assert smallest.headers["Vary"] == "Accept-Encoding"


def test_a_former_address_leads_to_the_new_one(port: int) -> None:
    """With or without its final slash, and whatever is asked after it; the new address answers."""
    for former in ("/glossaire/ancien_nom/", "/glossaire/ancien_nom"):
        answer = ask(port, f"{former}?a=b")
        assert (answer.status, answer.headers["Location"]) == (301, "/glossaire/aci/?a=b")
    assert ask(port, "/glossaire/aci/").status == 200


def test_what_does_not_shrink_is_not_sent_compressed(port: int, site: Path) -> None:
    """An image is small already; no copy of it is made."""
    answer = ask(port, "/assets/images/share.png", Accept_Encoding="gzip, br")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")
    assert "Content-Encoding" not in answer.headers
    assert not [*site.glob("assets/images/share.png.*"), *site.glob("**/LICENSE.*")]


def test_a_page_that_has_not_changed_is_not_sent_again(port: int) -> None:
    """The browser asks each time, and is answered in a line: with a tag, or a date."""
    first = ask(port, "/", Accept_Encoding="br")
    assert first.headers["Cache-Control"] == "no-cache"
    by_tag = ask(port, "/", Accept_Encoding="br", If_None_Match=first.headers["ETag"])
    by_date = ask(port, "/", If_Modified_Since=first.headers["Last-Modified"])
    for answer in (by_tag, by_date):
        assert (answer.status, answer.body) == (304, b"")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "content", "cache"),
    [
        (f"/{ENGINE}essai.wasm", "application/wasm", IMMUTABLE),
        (f"/{ENGINE}essai.whl", "application/zip", IMMUTABLE),
        (f"/{ENGINE}essai.zip", "application/zip", IMMUTABLE),
        (f"/{ENGINE}essai.mjs", "text/javascript; charset=utf-8", IMMUTABLE),
        (f"/{ENGINE}essai.js", "text/javascript; charset=utf-8", IMMUTABLE),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/site.webmanifest", "application/manifest+json; charset=utf-8", "no-cache"),
        ("/assets/styles/site.css", "text/css; charset=utf-8", "no-cache"),
        ("/api/rules.json", "application/json; charset=utf-8", "no-cache"),
        ("/journal/feed.xml", "application/xml; charset=utf-8", "no-cache"),
        ("/assets/essai/LICENSE", "text/plain; charset=utf-8", "no-cache"),
    ],
)
def test_each_kind_of_file_says_what_it_is_and_how_long_to_keep_it(
    port: int, path: str, content: str, cache: str
) -> None:
    """Files named after their content are kept for a year, the others are revalidated."""
    answer = ask(port, path, Accept_Encoding="br")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == content
    assert answer.headers["Cache-Control"] == cache
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_suffix_of_the_site_has_a_type() -> None:
    """But the pieces of the search index, which only its own script reads."""
    text = (ROOT / "deploy" / "http.conf").read_text("utf-8")
    declared = text.split("types {", 1)[1].split("}", 1)[0]
    known = {word.rstrip(";") for line in declared.splitlines() for word in line.split()[1:]}
    files = [path for path in SITE.rglob("*") if path.is_file() and path.suffix]
    own = {path.suffix for path in files if SITE / "pagefind" in path.parents}
    assert {path.suffix[1:] for path in files if path.suffix not in own - {".js", ".css"}} <= known


@pytest.mark.parametrize("path", ["/nulle-part/", "/glossaire/aci/rien", f"/{ENGINE}rien.wasm"])
def test_an_address_that_does_not_exist_shows_the_page_that_says_so(
    port: int, site: Path, path: str
) -> None:
    """Its status is 404, it has every header, and it is not kept, whatever the name."""
    answer = ask(port, path)
    assert (answer.status, answer.body) == (404, (site / "404.html").read_bytes())
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_an_address_without_its_slash_leads_to_the_page(port: int) -> None:
    """The address holds no host, no port and no scheme: a proxy in front has its own."""
    answer = ask(port, "/glossaire/aci", Host="exemple.fr", X_Forwarded_Proto="https")
    assert (answer.status, answer.headers["Location"]) == (301, "/glossaire/aci/")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
def test_one_can_only_read(port: int, method: str) -> None:
    """405, whether the page exists or not."""
    assert ask(port, "/", method).status == 405
    assert ask(port, "/nulle-part", method).status == 405


def test_headers_alone_can_be_asked_for(port: int) -> None:
    """HEAD answers with the headers of GET, and without the page."""
    head, sent = ask(port, "/", "HEAD"), ask(port, "/")
    head.headers.pop("Date"), sent.headers.pop("Date")
    assert (head.status, head.headers, head.body) == (200, sent.headers, b"")


def test_nothing_outside_the_site_can_be_read(port: int, site: Path) -> None:
    """Nor a name that begins with a dot, nor the list of a folder."""
    outside = f"{site.name}.outside"
    for way in ("..", "%2e%2e", "..%2f", "%2e%2e%2f", "assets/../..", "assets/%2e%2e/%2e%2e"):
        answer = ask(port, f"/{way}/{outside}")
        assert answer.status in {400, 404}
        assert b"secret" not in answer.body
    for hidden in ("/.secret", "/%2esecret", "/assets/.secret", "/.git/config"):
        assert ask(port, hidden).status == 404
    assert ask(port, "/assets/").status in {403, 404}


def test_only_a_calculator_asked_for_with_embed_may_be_framed(port: int) -> None:
    """The parameter alone opens nothing else."""
    framed = ask(port, "/simulateurs/pass_iae/?embed=1").headers["Content-Security-Policy"]
    assert "frame-ancestors *" in framed
    for path in ("/simulateurs/pass_iae/", "/simulateurs/pass_iae/?embed=10", "/?embed=1"):
        policy = ask(port, path).headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy


def test_nothing_says_which_nginx_it_is(port: int) -> None:
    """No version in the answers; `serving` checks that no request is logged."""
    for path in ("/", "/nulle-part/"):
        assert ask(port, path).headers["Server"] == "nginx"
    assert ask(port, "/" + "a" * 300).status == 404


def test_the_container_tells_whether_the_site_answers(port: int) -> None:
    """Its check succeeds here, and fails where nothing listens."""
    text = (ROOT / "deploy" / "Containerfile").read_text("utf-8")
    (found,) = re.findall(r"^HEALTHCHECK .*? CMD (\[.*\])$", text, re.MULTILINE)
    for where, status in ((port, 0), (1, 1)):
        command = json.loads(found.replace("8080", str(where)))
        assert subprocess.run(command, capture_output=True, check=False).returncode == status
