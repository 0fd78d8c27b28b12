"""The built site, served on the loopback address, in a real Chromium."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from generator.serving import server

ROOT = Path(__file__).parent.parent.parent
SITE = ROOT / "build" / "site"
#: Chromium's own connections are switched off, so that every request seen is the page's.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the built site, with its final slash."""
    assert (SITE / "index.html").exists(), "Build the site first: make site"
    httpd = server(SITE, 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}/"
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all the tests; `CHROMIUM` names it (`make test` finds it)."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=SWITCHES
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A new page, at a phone's width; the test fails if it asks anything of another host."""
    context = browser.new_context(
        viewport={"width": 360, "height": 800},
        base_url=site,
        locale="fr-FR",
        reduced_motion="reduce",
        service_workers="block",  # what is kept would hide what is served: see test_offline.py
    )
    foreign: list[str] = []

    def watch(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != urlsplit(site).netloc:
            foreign.append(request.url)

    context.on("request", watch)
    yield context.new_page()
    context.close()
    assert foreign == [], "the page asked another host"
