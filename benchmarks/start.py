"""In Chromium: from an address to its answer, our page against the same Python as others serve it.

Each contestant has a page of its own, served by the same host, and is measured until its answer is
in the page. They take turns. Ours is the real page of the site, with its theme and its policy; the
others are the shortest page that answers the same question with the same wheel.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median, quantiles
from typing import Any, BinaryIO, ClassVar, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.calculation import Row, spread
from benchmarks.processes import slowed
from generator.dev_server import Handler
from generator.publish import security_headers

ROOT = Path(__file__).parent.parent
SITE = ROOT / "build" / "site"
MODULES = ROOT / "node_modules"
ROUNDS = 5
SLOW_ROUNDS = 3
SETTLE = 2  # seconds for the browser to write what it keeps
CHANGES = 120
PHONE = 6  # times slower than this machine


class Line(NamedTuple):
    """A narrow line: bits a second, shared by every connection, and the delay of each request."""

    bits: int
    delay: float

    def __str__(self) -> str:
        return f"{self.bits / 1e6:g} Mb/s, {self.delay * 1000:.0f} ms"


GOOD, POOR = Line(9_000_000, 0.085), Line(1_600_000, 0.150)

#: What a page that loads Pyodide fetches of it.
PUBLISHED_FILES = (
    "pyodide.mjs",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
SITUATION = {"auteur": "siae", "structure": "ei", "date": "2026-11-21", "criteres": ["rsa"]}
REQUEST = json.dumps({"calculator": "eligibilite_iae", "situation": SITUATION})
OURS = "simulateurs/eligibilite_iae/#auteur=siae&structure=ei&date=2026-11-21&criteres=rsa"
EDITED = "contribuer/atelier/?fichier=data/glossary/aci.yaml"
ADDRESSES = {"ours": OURS, "published": "published/", "PyScript": "pyscript/"}

PUBLISHED = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Pyodide</title>
<script type="module">
import { loadPyodide } from "./pyodide.mjs";
const python = await loadPyodide({ packages: ["./WHEEL"] });
const { run } = python.pyimport("calculators.bridge");
const { result } = JSON.parse(run(JSON.stringify(REQUEST)));
const answer = document.createElement("p");
answer.dataset.result = "";
answer.textContent = result.summary;
document.body.append(answer);
</script>"""
PYSCRIPT = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>PyScript</title>
<link rel="stylesheet" href="dist/core.css"><script type="module" src="dist/core.js"></script>
<script type="py" config='{"interpreter": "/published/pyodide.mjs",
 "files": {"/published/WHEEL": "./calculators.whl"}}'>
import json, sys
sys.path.append("./calculators.whl")
from calculators.bridge import run
from pyscript import document
answer = document.createElement("p")
answer.setAttribute("data-result", "")
answer.textContent = json.loads(run('REQUEST'))["result"]["summary"]
document.body.append(answer)
</script>"""

#: Notes when the answer is in the page, in ms since its address was asked for.
WATCH = """
new MutationObserver(() => {
  if (window.answered || !document.querySelector("[data-result]")) return;
  window.answered = performance.now();
}).observe(document, { childList: true, subtree: true });
"""
#: Keeps how long each task held the page.
HELD = """(() => {
  window.held = [0];
  const keep = (list) => window.held.push(...list.getEntries().map(({ duration }) => duration));
  new PerformanceObserver(keep).observe({ type: "longtask" });
})()"""
KEPT = """async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("engine-snapshot-") && (await (await caches.open(name)).keys()).length) return 1;
  }
  return 0;
}"""
#: Chooses another structure again and again: the time from each choice to its answer, in ms.
CHANGE = """async (changes) => {
  const boxes = [...document.querySelectorAll("[name=structure]")];
  const times = [];
  for (let change = 0; change < changes; change += 1) {
    const box = boxes[change % boxes.length];
    const answered = new Promise((resolve) =>
      addEventListener("calculator:result", () => resolve(performance.now()), { once: true }),
    );
    const start = performance.now();
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    times.push((await answered) - start);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return times;
}"""


def versions() -> str:
    """Name what is compared."""
    names = {"Pyodide": "pyodide", "PyScript": "@pyscript/core"}
    packages = {
        name: json.loads((MODULES / folder / "package.json").read_text("utf-8"))["version"]
        for name, folder in names.items()
    }
    return ", ".join(f"{name} {version}" for name, version in packages.items())


#: A page that nobody looks at counts as seen.
AWAKE = [
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
]
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium: `CHROMIUM` names it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=SWITCHES
        )
        yield chromium
        chromium.close()


@contextmanager
def profile(folder: str) -> Iterator[BrowserContext]:
    """Start Chromium on a profile on disk, as a person's own browser has."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=os.environ.get("CHROMIUM"), args=SWITCHES
        )
        yield context
        context.close()


#: Attaches the browser's tools for as long as the block lasts; gives the browser, and where its pages are.
type Seen = Callable[[], AbstractContextManager[tuple[Browser, BrowserContext]]]


@contextmanager
def by_itself() -> Iterator[Seen]:
    """Start Chromium without its tools, as a person does.

    While they are there, they keep what a page fetches, and some kilobytes for each address that it had:
    what a page holds is looked at by tools that have just come.
    """
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        sync_playwright() as playwright,
    ):
        program = os.environ.get("CHROMIUM") or playwright.chromium.executable_path
        switches = [*SWITCHES, *AWAKE, "--headless=new", "--no-startup-window"]
        switches += ["--remote-debugging-port=0", f"--user-data-dir={folder}"]
        told = Path(folder) / "DevToolsActivePort"

        @contextmanager
        def seen() -> Iterator[tuple[Browser, BrowserContext]]:
            port = told.read_text("utf-8").split()[0]
            chromium = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
            yield chromium, chromium.contexts[0]
            chromium.close()  # leaves it, and ends nothing

        with subprocess.Popen(  # noqa: S603
            [program, *switches], stderr=subprocess.DEVNULL
        ) as process:
            try:
                while process.poll() is None and not (told.exists() and told.read_text("utf-8")):
                    time.sleep(SETTLE)
                yield seen
            finally:
                process.terminate()


@contextmanager
def contestants() -> Iterator[str]:
    """Serve the site and the other contestants; give their address."""
    with tempfile.TemporaryDirectory() as folder, host(_lay_out(Path(folder))) as base:
        yield base


def first_visits() -> list[Row]:
    """Measure the start in a browser that has kept nothing, turn about: no line, then the narrow one."""
    cold: dict[str, list[float]] = {name: [] for name in ADDRESSES}
    slow: dict[str, list[float]] = {name: [] for name in ADDRESSES}
    with contestants() as base, browser() as chromium:
        for times, rounds in ((cold, ROUNDS), (slow, SLOW_ROUNDS)):
            Narrow.line = GOOD if times is slow else None
            for _ in range(rounds):
                for name, address in ADDRESSES.items():
                    context = chromium.new_context()
                    times[name].append(seconds(context, base + address))
                    context.close()
        Narrow.line = None
    return [
        *_compared("cold", cold, "≤ 0.50"),
        *_compared(f"cold at {GOOD}", slow, "≤ 0.60"),
        _multiple("the same, ours / %.2f s of its bytes", slow["ours"], GOOD, "≤ 1.15"),
    ]


def poor_line() -> list[Row]:
    """Measure a first visit on the poor line: from a host that compresses all, and from `serve`."""
    found = []
    for name, handler in (("a host that compresses", Host), ("`serve`", Narrow)):
        times = []
        with host(SITE, handler) as base, browser() as chromium:
            Narrow.line = POOR
            for _ in range(SLOW_ROUNDS):
                context = chromium.new_context()
                times.append(seconds(context, base + OURS))
                context.close()
            Narrow.line = None
        said = f"cold at {POOR}, {name}"
        found += [
            (f"address to answer, {said}", *spread(times, "s"), ""),
            _multiple(f"{said} / %.2f s of its bytes", times, POOR, "≤ 1.10"),
        ]
    return found


def slow_processor() -> list[Row]:
    """Measure a first visit on a processor slowed as a phone's is: its answer, and what holds the page."""
    times, held = [], []
    with host(SITE) as base:
        for _ in range(ROUNDS):
            with browser() as chromium, slowed(PHONE):
                page = answered(chromium, base + OURS)
                times.append(page.evaluate("window.answered") / 1000)
                held.append(max(page.evaluate("window.held")))
    name = f"processor slowed {PHONE} times"
    return [
        (f"address to answer, cold, {name}", *spread(times, "s"), "≤ 5 s"),
        (f"{name}, longest block of the page", *spread(held, "ms"), "≤ 100 ms"),
    ]


def _multiple(name: str, times: list[float], line: Line, goal: str) -> Row:
    """Compare times with what the bytes of the engine alone take on this line; `name` has their place."""
    alone = _bytes(runtime().iterdir()) * 8 / line.bits
    spreads = f"{min(times) / alone:.2f} to {max(times) / alone:.2f}"
    return name % alone, f"{median(times) / alone:.2f}", spreads, goal


def second_visits() -> list[Row]:
    """Measure the start in a browser that is opened again, on the profile of a first visit.

    On disk, for every contestant: a private window would keep none of their large files.
    """
    second: dict[str, list[float]] = {name: [] for name in ADDRESSES}
    with contestants() as base:
        for _ in range(ROUNDS):
            for name, address in ADDRESSES.items():
                with tempfile.TemporaryDirectory() as folder:
                    with profile(folder) as first:
                        seconds(first, base + address, keep=name == "ours")
                        time.sleep(SETTLE)
                    with profile(folder) as again:
                        second[name].append(seconds(again, base + address))
    ours = median(second["ours"])
    return [
        *_compared("second visit, on disk", second, "≤ 0.30"),
        ("second visit, on disk, ours", f"{ours:.2f} s", "", "≤ 0.60 s"),
    ]


def _compared(condition: str, times: dict[str, list[float]], goal: str) -> list[Row]:
    found: list[Row] = [
        (f"address to answer, {condition}, {name}", *spread(measured, "s"), "")
        for name, measured in times.items()
    ]
    ours = median(times["ours"])
    for other, limit in (("published", goal), ("PyScript", "")):
        ratio = ours / median(times[other])
        found.append((f"{condition}, ours / {other}", f"{ratio:.2f}", "", limit))
    return found


def seconds(context: BrowserContext, address: str, *, keep: bool = False) -> float:
    """Open an address and return the seconds until its answer shows.

    `keep`: then wait until the browser has kept what makes the next visit short.
    """
    page = answered(context, address)
    milliseconds = page.evaluate("window.answered")
    if keep:
        _until(page, KEPT)
    page.close()
    return float(milliseconds) / 1000


def answered(context: BrowserContext | Browser, address: str) -> Page:
    """Open an address in a page, and return it once its answer shows."""
    page = context.new_page()
    page.add_init_script(WATCH)
    page.add_init_script(HELD)
    page.goto(address)
    _until(page, "window.answered")
    return page


def _until(page: Page, script: str) -> Any:
    """Return what a script returns once it is true; the page's policy forbids Playwright's way."""
    end = time.monotonic() + 120
    while not (value := page.evaluate(script)):
        if time.monotonic() > end:
            raise TimeoutError(script)
        page.wait_for_timeout(100)
    return value


def changes() -> list[Row]:
    """Measure the time from a changed field to its answer, in pages one after the other."""
    slowest = []
    with host(SITE) as base, browser() as chromium:
        for _ in range(ROUNDS):
            context = chromium.new_context()
            times = answered(context, base + OURS).evaluate(CHANGE, CHANGES)
            slowest.append(quantiles(times, n=20)[-1])
            context.close()
    name = f"changed field to answer, 95th percentile of {CHANGES}"
    return [(name, *spread(slowest, "ms"), "≤ 30 ms")]


def workshop() -> list[Row]:
    """Measure, in a browser that has kept nothing, from the button of the workshop to a form and its check."""
    forms, checks = [], []
    with host(SITE) as base, browser() as chromium:
        for _ in range(ROUNDS):
            context = chromium.new_context()
            page = context.new_page()
            page.goto(base + EDITED)
            page.locator("[data-slot=open]").click()
            began = time.perf_counter()
            page.locator("[data-slot=form] label").first.wait_for(timeout=120_000)
            forms.append(time.perf_counter() - began)
            page.locator("[data-slot=outcome]").wait_for(timeout=120_000)
            checks.append(time.perf_counter() - began)
            context.close()
    return [
        ("workshop, from its button to a form", *spread(forms, "s"), "≤ 3 s"),
        ("workshop, from its button to a checked form", *spread(checks, "s"), ""),
    ]


# What is served


def runtime() -> Path:
    """Return the folder of the engine."""
    (folder,) = (ROOT / "build" / "runtime").iterdir()
    return folder


def wheel() -> Path:
    """Return the wheel of the calculators, as it is before it is compiled."""
    (wheel,) = (ROOT / "build").glob("calculators-*.whl")
    return wheel


def _lay_out(folder: Path) -> Path:
    """Add the other contestants to a copy of the site."""
    site, ours = folder / "site", wheel()
    shutil.copytree(SITE, site)
    published = site / "published"
    published.mkdir()
    for name in PUBLISHED_FILES:
        shutil.copy(MODULES / "pyodide" / name, published)
    shutil.copy(ours, published)
    shutil.copytree(MODULES / "@pyscript" / "core" / "dist", site / "pyscript" / "dist")
    for name, page in (("published", PUBLISHED), ("pyscript", PYSCRIPT)):
        text = page.replace("WHEEL", ours.name).replace("REQUEST", REQUEST)
        (site / name / "index.html").write_text(text, "utf-8")
    return site


def _bytes(files: Iterable[Path]) -> int:
    """Return what a host sends of these files, compressed on both sides as it compresses."""
    return sum(len(_compressed(path)) for path in files)


@lru_cache(maxsize=1024)
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


class Narrow(Handler):
    """The project's own handler, as slow as `line` says.

    In the server, because the browser's own way of doing it does not reach workers. All the connections
    share the bits of the line.
    """

    line: ClassVar[Line | None] = None
    _free: ClassVar[float] = 0.0
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def do_GET(self) -> None:  # noqa: N802
        """Answer after the delay of the line."""
        if self.line:
            time.sleep(self.line.delay)
        super().do_GET()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send the body, at the speed of the line."""
        while part := source.read(8192):
            if self.line:
                with self._lock:
                    Narrow._free = max(time.monotonic(), Narrow._free)
                    Narrow._free += len(part) * 8 / self.line.bits
                    due = Narrow._free
                time.sleep(max(0.0, due - time.monotonic()))
            outputfile.write(part)

    def handle(self) -> None:
        """Answer until the browser goes away, which is not a fault."""
        try:
            super().handle()
        except ConnectionError:
            return


class Host(Narrow):
    """A host as public sites have: compressed, kept by the browser, over connections that stay."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send the headers; return the body."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return None
        body = _compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def end_headers(self) -> None:
        """Send the site's own headers with its files; what hosts of libraries send with the others."""
        if not self.path.startswith(("/published/", "/pyscript/")):
            super().end_headers()
            return
        self.send_header("Cache-Control", security_headers.KEPT)
        SimpleHTTPRequestHandler.end_headers(self)

    def send_header(self, keyword: str, value: str) -> None:
        """Let the browser keep every file: what changes between two visits is not measured."""
        if keyword == "Cache-Control":
            value = "public, max-age=31536000"
        super().send_header(keyword, value)


@contextmanager
def host(site: Path, handler: type[Narrow] = Host) -> Iterator[str]:
    """Serve a folder; give its address."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}/"
    httpd.shutdown()
    httpd.server_close()
