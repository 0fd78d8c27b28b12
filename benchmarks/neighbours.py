"""In Chromium: what a page costs the machine when nobody asks anything, and what stays on the device."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks import start
from benchmarks.calculation import Row
from benchmarks.processes import memory, processor

TYPED = 10_000
WARM = 500  # answers before the memory is looked at
IDLE = 10  # seconds
ENDED = 40  # seconds until Chromium has ended the site's own worker, which it does 30 s after its last file
ALONE = 20  # seconds between two looks at whether a page has changed its answer for long
#: Changes the answer without being waited for.
CHANGES = f"(changes) => {{ ({start.CHANGE})(changes).then(() => {{ window.done = true; }}); }}"
SAME = 3  # looks at what is kept that find the same
#: The bytes of each cache, of what the page stored, and how many databases there are.
KEPT = """async () => {
  const found = { storage: JSON.stringify({ ...localStorage }).length - 2, caches: {} };
  for (const name of await caches.keys()) {
    const responses = await (await caches.open(name)).matchAll();
    const blobs = await Promise.all(responses.map((response) => response.blob()));
    found.caches[name] = blobs.reduce((sum, { size }) => sum + size, 0);
  }
  return { ...found, databases: (await indexedDB.databases()).length };
}"""
REASONS = {
    "engine-snapshot-": "memory of a start, so that the next answer comes sooner",
    "site-kept:": "the site and its engine, for when the network does not answer",
    "site-newer:": "pages that have changed since",
}


def rows() -> list[Row]:
    """Look at a page whose engine is idle, change its answer for long, list what is kept."""
    with start.host(start.SITE) as base:
        with start.by_itself() as seen:
            found = _at_rest(seen, base)
        with start.browser() as chromium:
            return [*found, *_kept(chromium, base)]


def _at_rest(seen: start.Seen, base: str) -> list[Row]:
    with seen() as (chromium, context):
        page = start.answered(context, base + start.OURS)
        _settled(page)
        time.sleep(ENDED)
        before = processor(chromium)
        time.sleep(IDLE)
        used = processor(chromium) - before
    with seen() as (chromium, context):
        (page,) = context.pages
        idle = memory(chromium, page)
        page.evaluate(start.CHANGE, WARM)
    with seen() as (chromium, context):
        (page,) = context.pages
        warm = memory(chromium, page)
        page.evaluate(CHANGES, TYPED)
    after = None
    while after is None:
        time.sleep(ALONE)
        with seen() as (chromium, context):
            (page,) = context.pages
            after = memory(chromium, page) if page.evaluate("window.done") else None
    return [
        (f"processor of a page at rest, {IDLE} s", f"{used * 1000:.0f} ms", "", "≤ 10 ms"),
        ("memory of a page at rest", f"{idle / 1e6:.0f} MB", "", ""),
        (
            f"memory of a page after {TYPED} answers more",
            f"{100 * (after / warm - 1):+.1f} %",
            f"{warm / 1e6:.0f} to {after / 1e6:.0f} MB",
            "< +10 %",
        ),
    ]


def _kept(chromium: Browser, base: str) -> list[Row]:
    context = chromium.new_context()
    kept = _settled(start.answered(context, base + start.OURS))
    context.close()
    found: list[Row] = []
    for name, size in sorted(kept["caches"].items()):
        (reason,) = (why for prefix, why in REASONS.items() if name.startswith(prefix))
        found.append((f"kept on the device: {reason}", f"{size / 1e6:.1f} MB", "", ""))
    told = f"{kept['databases']} databases"
    return [*found, ("kept on the device: settings", f"{kept['storage']} bytes", told, "")]


def _settled(page: Page) -> dict[str, Any]:
    """Return what is kept once nothing more is, for some seconds."""
    kept: dict[str, Any] = {}
    same = 0
    while same < SAME:
        time.sleep(start.SETTLE)
        now = page.evaluate(KEPT)
        same = same + 1 if now == kept else 0
        kept = now
    return kept
