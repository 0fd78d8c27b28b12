"""Lighthouse on one page of each kind, served compressed as a host on the web does."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import threading
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.calculation import Row
from generator.dev_server import Handler, Server

ROOT = Path(__file__).parent.parent
SITE = ROOT / "build" / "site"
#: One page of each kind: where one arrives, a word, an explanation, a calculator, a journey.
KINDS = [
    "",
    "glossaire/aci/",
    "comprendre/contrats/",
    "simulateurs/pass_iae/",
    "demarches/suis_je_eligible/",
]
#: What does not depend on the machine.
STEADY = ("accessibility", "best-practices", "seo")
ROUNDS = 3


def lighthouse(addresses: list[str], categories: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return `{"address", "scores": {category: 0 to 100}, "faults": [sentence]}` per address."""
    command = ["node", str(ROOT / "benchmarks" / "lighthouse.mjs"), os.environ.get("CHROMIUM", "")]
    done = subprocess.run(  # noqa: S603
        [*command, ",".join(categories), *addresses], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def rows() -> list[Row]:
    """Measure each page several times: the median, and the extremes."""
    with Server(("127.0.0.1", 0), partial(Compressed, directory=str(SITE))) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        addresses = [f"http://127.0.0.1:{httpd.server_port}/{path}" for path in KINDS]
        reports = lighthouse(addresses * ROUNDS, ("performance", *STEADY))
        httpd.shutdown()
    found = []
    for number, path in enumerate(KINDS):
        mine = reports[number :: len(KINDS)]
        speed = [report["scores"]["performance"] for report in mine]
        extremes = f"{min(speed)} to {max(speed)}"
        found.append((f"Lighthouse, performance of /{path}", f"{median(speed)}", extremes, "≥ 95"))
    steady = min(report["scores"][name] for report in reports for name in STEADY)
    found.append((f"Lighthouse, the least of {', '.join(STEADY)}", f"{steady}", "", "= 100"))
    return found


class Compressed(Handler):
    """The site's files, compressed, over connections that stay open."""

    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        """Answer until the browser goes away, which is not a fault."""
        with suppress(ConnectionResetError):
            super().handle()

    def send_head(self) -> BytesIO | None:
        """Send the headers; return the body."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return None
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)
