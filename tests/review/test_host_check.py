"""A host that does not compress is told, file by file; ours does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from build_site import main
from generator.dev_server import Handler
from generator.review.host_check import uncompressed

FILES = {
    "index.html": '<link rel="stylesheet" href="assets/styles/site.css">',
    "assets/styles/site.css": "a{}",
    "assets/scripts/site/engine_files.js": 'export { FILES } from "../../../runtime/0a1b/files.js";',
    "api/rules.json": "{}",
    "journal/feed.xml": "<feed/>",
    "runtime/0a1b/pyodide.asm.wasm": "wasm",
    "runtime/0a1b/pyodide.asm.js": "js",
}


class Plain(SimpleHTTPRequestHandler):
    """A host as it comes: no compression, no type for WebAssembly."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".wasm": "application/octet-stream"}

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@contextmanager
def _served(folder: Path, handler: type[SimpleHTTPRequestHandler]) -> Iterator[str]:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def test_our_own_server_compresses_the_pages_and_the_engine(tmp_path: Path) -> None:
    with _served(tmp_path, Handler) as address:
        assert uncompressed(address) == []


def test_a_host_that_compresses_nothing_is_told_file_by_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with _served(tmp_path, Plain) as address:
        told = uncompressed(f"{address}/")
        assert len(told) == len(FILES) + 1
        assert sum("ne compresse pas" in line for line in told) == len(FILES)
        assert any("« application/octet-stream ». Faites-lui donner" in line for line in told)
        assert main(["check", "--production", address]) == 1
        assert "pyodide.asm.wasm : l'hébergeur ne compresse pas" in capsys.readouterr().err


def test_an_address_that_is_not_the_site_is_said(tmp_path: Path) -> None:
    with _served(tmp_path, Handler) as address:
        (line,) = uncompressed(f"{address}/api")
        assert "n'est pas celle du site" in line
    (line,) = uncompressed(address)
    assert "pas de réponse" in line
