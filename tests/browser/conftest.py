"""The built site, served on the loopback address, in a real Chromium."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Frame,
    Page,
    Request,
    expect,
    sync_playwright,
)

from generator.dev_server import server

ROOT = Path(__file__).parent.parent.parent
SITE = ROOT / "build" / "site"
#: Chromium's own connections are switched off, so that every request seen is the page's.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Compiling the engine better while it starts costs more than a test ever gains by it.
    "--js-flags=--wasm-tiering-budget=1000000000",
]
#: A busy machine is slow, not wrong: what never comes is told just as well after a minute.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


def until(
    page: Page | Frame, ready: str | Callable[[], Any], seconds: float = PATIENCE / 1000
) -> Any:
    """Wait until a JavaScript expression, or a function, gives something; return it. The page goes on.

    Playwright's own `wait_for_function` turns text into code in the page: the policy refuses it.
    """
    late = monotonic() + seconds
    while not (found := page.evaluate(ready) if isinstance(ready, str) else ready()):
        assert monotonic() < late, ready
        page.wait_for_timeout(20)
    return found


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
    """A new page, at a phone's width.

    The test fails if the page asks anything of another host, or does what the policy refuses.
    """
    context = browser.new_context(
        viewport={"width": 360, "height": 800},
        base_url=site,
        locale="fr-FR",
        reduced_motion="reduce",
        service_workers="block",  # what is kept would hide what is served: see test_offline.py
    )
    foreign: list[str] = []
    refused: list[str] = []

    def watch(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != urlsplit(site).netloc:
            foreign.append(request.url)

    def hear(message: ConsoleMessage) -> None:
        if re.search("Content Security Policy|Permissions.Policy|Trusted", message.text):
            refused.append(message.text)

    context.on("request", watch)
    context.on("console", hear)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    # A file that is still on its way would fail the next test.
    context.unroute_all(behavior="ignoreErrors")
    context.close()
    assert foreign == [], "the page asked another host"
    assert refused == [], "the policy of the site refused something"
