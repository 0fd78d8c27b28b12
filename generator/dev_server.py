"""Serve the built site on this machine, and build it again when a file changes."""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Callable
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.publish import security_headers

#: What a change in makes the site build again.
WATCHED = ("data", "docs", "generator", "calculators")
QUIET = 0.15  # seconds without a change before building
#: What is sent compressed, as the host of a public site does; the engine counts its own bytes.
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml"}


@lru_cache(maxsize=256)
def _compress(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


class Handler(SimpleHTTPRequestHandler):
    """Static files, with the site's own page for an address that does not exist."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer with a file; with its compressed text, for whoever accepts it."""
        path = Path(self.translate_path(self.path))
        if self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        engine = {"runtime", "workshop"} & {*path.parts}
        if not accepted or engine or path.suffix not in COMPRESSED or not path.is_file():
            return super().send_head()
        body = _compress(path, path.stat().st_mtime_ns)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
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
        """Say with each file of a built site what its public host will; of others, ask each time."""
        built = (Path(self.directory) / "_headers").exists()
        said = (
            security_headers.headers(self.path, self.status)
            if built
            else {"Cache-Control": "no-cache"}
        )
        for name, value in said.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: what is requested is nobody's business."""


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of `folder` on the loopback address; port 0 takes a free one."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(folder)))


def serve(root: Path, rebuild: Callable[[], bool], port: int) -> int:
    """Build, serve until interrupted, and build again on change. Return the exit status."""
    if not rebuild():
        return 1
    changed = threading.Event()
    observer = Observer()
    for folder in WATCHED:
        observer.schedule(_Notice(changed), str(root / folder), recursive=True)
    observer.start()
    httpd = server(root / "build" / "site", port)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{httpd.server_port}/  (Ctrl+C pour arrêter)", flush=True)
    try:
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
        httpd.shutdown()


class _Notice(FileSystemEventHandler):
    def __init__(self, changed: threading.Event) -> None:
        self.changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        # The build itself writes the compiled rules, and Python its caches.
        path = str(event.src_path)
        written = event.event_type in {"created", "modified", "moved", "deleted"}
        if written and not path.endswith(("rules.json", ".pyc", "__pycache__")):
            self.changed.set()
