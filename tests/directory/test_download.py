"""An https source that stops on its way: the next try goes on where the last one stopped."""

from __future__ import annotations

import json
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.directory import generated
from generator.directory import download, store
from generator.directory.source_files import Unreadable
from generator.directory.update import update
from tests.conftest import ROOT

ANEW = "Le fichier a changé, ou ne se reprend pas : il est demandé en entier."


@dataclass
class Source:
    """A published file, and the way its server behaves."""

    content: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"ETag": '"1"'})
    #: After how many bytes each answer is cut; the next ones are whole.
    cuts: list[int] = field(default_factory=list)
    ranges: bool = True
    #: Answer a part of another place than the one that is asked for.
    wrong: bool = False
    status: int = 200
    asked: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/structures-2026-11-02.json"


class Handler(BaseHTTPRequestHandler):
    """Answers as HTTP says that a server of files does, with ranges."""

    def __init__(self, source: Source, *rest: object) -> None:
        self.source = source
        super().__init__(*rest)  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    def do_GET(self) -> None:
        """Answer with the file, or with the end of it."""
        its, asked = self.source, self.headers.get("Range", "")
        its.asked.append(asked)
        start = int(asked.removeprefix("bytes=").removesuffix("-") or 0)
        same = self.headers.get("If-Range") in its.headers.values()
        goes_on = bool(asked) and its.ranges and same
        if its.status != 200:
            self.send_error(its.status)
            return
        if goes_on and start >= len(its.content):
            self.send_error(416)
            return
        body = its.content[start:] if goes_on else its.content
        self.send_response(206 if goes_on else 200)
        for name, value in its.headers.items():
            self.send_header(name, value)
        if goes_on:
            first = start + its.wrong
            size = len(its.content)
            self.send_header("Content-Range", f"bytes {first}-{size - 1}/{size}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.close_connection = True
        with suppress(ConnectionError):  # who asks may have heard enough
            self.wfile.write(body[: its.cuts.pop(0)] if its.cuts else body)


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Iterator[Source]:
    """A server of this machine, without its certificate, whose file is three times what is read at once."""
    monkeypatch.setattr(download, "_SECURE", "http://127.0.0.1")
    monkeypatch.setattr(download, "_PAUSE", 0)
    its = Source(bytes(range(256)) * 800)
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, its))
    its.port = httpd.server_port
    threading.Thread(target=partial(httpd.serve_forever, 0.01), daemon=True).start()
    yield its
    httpd.shutdown()
    httpd.server_close()


def test_a_connection_that_is_cut_is_gone_on_from(source: Source, tmp_path: Path) -> None:
    """Twice within one command: each byte is asked for once."""
    source.cuts = [70_000, 70_000]
    file, told = download.download(source.address, tmp_path)
    assert file.read_bytes() == source.content
    starts = [int(one.removeprefix("bytes=").removesuffix("-") or 0) for one in source.asked]
    assert 0 == starts[0] < starts[1] < starts[2]
    assert told[0] == "Téléchargement repris : 0,1 Mo étaient déjà là."
    assert ANEW not in told


def stopped(source: Source, folder: Path) -> str:
    """Stop a download half-way: the server cuts it, then answers nothing more. Return what is told."""
    source.cuts = [150_000, 0]
    with pytest.raises(Unreadable) as refusal:
        download.download(source.address, folder)
    source.cuts.clear()
    source.asked.clear()
    return str(refusal.value)


@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": '"1"'},
        {"Last-Modified": "Mon, 02 Nov 2026 03:00:00 GMT"},
        {"Last-Modified": "Mon, 02 Nov 2026 03:00:00 GMT", "ETag": 'W/"1"'},
    ],
)
def test_the_next_command_goes_on_too(
    source: Source, tmp_path: Path, headers: dict[str, str]
) -> None:
    """By the tag of the file, or by its day where the tag is that of several versions."""
    source.headers = headers
    told = stopped(source, tmp_path)
    assert "0,1 Mo sont gardés : relancez la même commande, elle reprendra là." in told
    assert "L'annuaire reste comme il était." in told
    file, _ = download.download(source.address, tmp_path)
    assert source.asked == ["bytes=131072-"]
    assert file.read_bytes() == source.content


@pytest.mark.parametrize("change", ["tag", "no ranges", "wrong part", "shorter", "address"])
def test_what_cannot_be_gone_on_from_starts_anew(
    source: Source, tmp_path: Path, change: str
) -> None:
    """Another version, a server without ranges, a part of another place: never two halves of two files."""
    stopped(source, tmp_path)
    address = source.address
    match change:
        case "tag":
            source.headers = {"ETag": '"2"'}
            source.content = source.content[::-1]
        case "no ranges":
            source.ranges = False
        case "wrong part":
            source.wrong = True
        case "shorter":
            source.content = source.content[:1000]
        case "address":
            address += "?version=2"
    file, told = download.download(address, tmp_path)
    assert file.read_bytes() == source.content
    assert (ANEW in told) == (change != "address")


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"1"'}])
def test_a_file_without_a_version_is_not_kept(
    source: Source, tmp_path: Path, headers: dict[str, str]
) -> None:
    """Nobody could tell whether the rest is of the same file."""
    source.headers = headers
    assert "Rien n'est gardé" in stopped(source, tmp_path)
    file, told = download.download(source.address, tmp_path)
    assert source.asked == [""]
    assert file.read_bytes() == source.content
    assert told == []


def test_a_refusal_of_the_server_keeps_what_has_arrived(source: Source, tmp_path: Path) -> None:
    """It is busy today: the next command goes on."""
    stopped(source, tmp_path)
    source.status = 503
    with pytest.raises(Unreadable, match=r"le serveur répond 503\..* sont gardés"):
        download.download(source.address, tmp_path)
    source.status = 200
    assert download.download(source.address, tmp_path)[0].read_bytes() == source.content


def test_a_file_too_large_is_refused_and_a_large_one_takes_no_memory(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read at once is all that is held."""
    source.content *= 40
    tracemalloc.start()
    download.download(source.address, tmp_path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < len(source.content) / 4
    download.forget(tmp_path)
    monkeypatch.setattr(download, "_LARGEST", 1_000)
    with pytest.raises(Unreadable, match="deux gigaoctets"):
        download.download(source.address, tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_only_a_safe_address_is_asked(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No other scheme, and none by a redirection."""
    monkeypatch.setattr(download, "_SECURE", "https://")
    with pytest.raises(Unreadable, match="https://"):
        download.download(source.address, tmp_path)
    assert source.asked == []


def test_the_last_directory_stays_until_the_file_is_whole(source: Source, tmp_path: Path) -> None:
    """From the command to the directory: cut, kept, gone on from, read; then nothing is left of it."""
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    rows = [*generated(600)]
    home = tmp_path / store.FOLDER
    source.content = json.dumps(rows[:300]).encode()
    update(tmp_path, source.address)
    before = store.read(tmp_path)
    source.content, source.headers = json.dumps(rows).encode(), {"ETag": '"2"'}
    source.cuts = [100_000, 0]
    with pytest.raises(Unreadable, match="L'annuaire reste comme il était"):
        update(tmp_path, source.address)
    assert store.read(tmp_path) == before
    told = update(tmp_path, source.address)
    assert told[0].startswith("Téléchargement repris")
    after = store.read(tmp_path)
    assert after
    assert before
    assert after.rows > before.rows
    assert not [*home.glob("download.*")]
