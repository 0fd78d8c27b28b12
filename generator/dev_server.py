"""Serve the built site on this machine, and build it again when a file changes."""

from __future__ import annotations

import errno
import gzip
import io
import sys
import threading
from collections.abc import Callable
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.build import MADE
from generator.publish import security_headers

#: Folders whose changes make the site build again.
WATCHED = ("data", "docs", "generator", "calculators")
QUIET = 0.15  # seconds without a change before building
#: Files that are sent compressed, as the host of a public site does.
COMPRESSED = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".wasm"}


@lru_cache(maxsize=256)
def _compress(path: Path, _changed: int, _size: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


class Handler(SimpleHTTPRequestHandler):
    """Static files, with the site's own page for an address that does not exist."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer with a file; with its compressed text, if the browser accepts it.

        A text is read before its length is told: a build may be writing it.
        """
        path = Path(self.translate_path(self.path))
        if self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix not in COMPRESSED or not path.is_file():
            return super().send_head()
        compressed = "gzip" in self.headers.get("Accept-Encoding", "")
        known = path.stat()
        body = (
            _compress(path, known.st_mtime_ns, known.st_size) if compressed else path.read_bytes()
        )
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        return io.BytesIO(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with the site's page."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Begin an answer, and keep its status for the headers."""
        self.status = code
        super().send_response(code, message)

    def end_headers(self) -> None:
        """Send the headers of the public host with the files of a built site; cache no other."""
        built = (Path(self.directory) / "_headers").exists()
        headers = (
            security_headers.headers(self.path, self.status)
            if built
            else {"Cache-Control": "no-cache"}
        )
        for name, value in headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: a reader's requests are recorded nowhere."""


class Server(ThreadingHTTPServer):
    """A server that says nothing of a browser that leaves before the end of an answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print the errors that are ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def server(folder: Path, port: int) -> Server:
    """Return a server of `folder` on the loopback address; port 0 takes a free one."""
    return Server(("127.0.0.1", port), partial(Handler, directory=str(folder)))


def serve(root: Path, rebuild: Callable[[], bool], port: int) -> int:
    """Build, serve until interrupted, and build again on change. Return the exit status."""
    try:
        httpd = server(root / "build" / "site", port)
    except (OSError, OverflowError) as error:
        print(_refusal(port, error), file=sys.stderr)
        return 1
    observer = Observer()
    try:
        print(
            "Construction du site : une demi-minute la première fois, quelques secondes ensuite…",
            flush=True,
        )
        if not rebuild():
            return 1
        changed = threading.Event()
        for folder in WATCHED:
            observer.schedule(_Notice(changed), str(root / folder), recursive=True)
        observer.start()
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        print(f"http://127.0.0.1:{httpd.server_port}/  (Ctrl+C pour arrêter)", flush=True)
        while True:
            changed.wait()
            while changed.is_set():
                changed.clear()
                changed.wait(QUIET)
            print("Reconstruction…", end=" ", flush=True)
            print("faite." if rebuild() else "impossible, l'ancien site reste servi.", flush=True)
    except KeyboardInterrupt:
        return 0
    finally:
        observer.stop()
        httpd.server_close()


def _refusal(port: int, error: Exception) -> str:
    """Say why a port cannot be opened, and how to take another."""
    another = "make serve PORT=8001" if port != 8001 else "make serve PORT=8002"
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return f"Le port {port} est déjà pris, peut-être par un autre « make serve ». Essayez : {another}"
    return f"Le port {port} ne peut pas être ouvert sur cette machine. Essayez : {another}"


class _Notice(FileSystemEventHandler):
    def __init__(self, changed: threading.Event) -> None:
        self.changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        # The build itself writes some files, and Python its caches.
        path = str(event.src_path)
        written = event.event_type in {"created", "modified", "moved", "deleted"}
        if written and "__pycache__" not in path and not path.endswith(MADE):
            self.changed.set()
