"""In Chromium: a batch, and the start of our engine against Pyodide as published, in turn."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tempfile
import threading
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, sync_playwright

from benchmarks.calculation import BATCH, Row, batch, slowest_batch, spread
from calculators.bridge import run
from generator.serving import server

ROOT = Path(__file__).parent.parent
ROUNDS = 5
ENGINE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")

#: A page that starts an engine and times it until its first answer; the same for both.
PAGE = """<!doctype html><meta charset="utf-8"><script type="module">
const start = performance.now();
const { loadPyodide } = await import("./pyodide.mjs");
const python = await loadPyodide({ indexURL: new URL(".", location).href, packages: [WHEEL] });
const { run } = python.pyimport("calculators.bridge");
run(JSON.stringify({ calculator: "eligibilite_iae", situation: {} }));
window.run = run;
window.ready = performance.now() - start;
</script>"""


def versions() -> str:
    """Name what is compared."""
    package = json.loads((ROOT / "node_modules" / "pyodide" / "package.json").read_text("utf-8"))
    return f"Pyodide {package['version']}"


def rows() -> list[Row]:
    """Serve both engines side by side and measure them turn about, each with a cold cache."""
    with tempfile.TemporaryDirectory() as folder:
        ours, published = _lay_out(Path(folder))
        httpd = server(Path(folder), 0)
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{httpd.server_port}"
        try:
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(
                    executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
                )
                found = [*_start(chromium, base), *_batch(chromium, base)]
                chromium.close()
        finally:
            httpd.shutdown()
        ratio = _bytes(ours) / _bytes(published)
    found.append(("bytes of the engine (gzip), ours / as published", f"{ratio:.2f}", "", "≤ 0.75"))
    return found


def _lay_out(folder: Path) -> tuple[Path, Path]:
    ours, published = folder / "ours", folder / "published"
    shutil.copytree(ROOT / "build" / "runtime", ours)
    shutil.copytree(ROOT / "node_modules" / "pyodide", published)
    (wheel,) = (ROOT / "build").glob("calculators-*.whl")
    shutil.copy(wheel, published)
    (ours / "index.html").write_text(PAGE.replace("WHEEL", '"calculators"'), "utf-8")
    (published / "index.html").write_text(PAGE.replace("WHEEL", f'"./{wheel.name}"'), "utf-8")
    return ours, published


def _bytes(folder: Path) -> int:
    names = [folder / name for name in (*ENGINE, "pyodide-lock.json")]
    files = (*names, *folder.glob("*.whl"))
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)


def _seconds(chromium: Browser, address: str) -> float:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    milliseconds = page.wait_for_function("window.ready", timeout=120_000).json_value()
    context.close()
    return float(milliseconds) / 1000


def _start(chromium: Browser, base: str) -> list[Row]:
    times: dict[str, list[float]] = {"ours": [], "published": []}
    for _ in range(ROUNDS):
        for name, measured in times.items():
            measured.append(_seconds(chromium, f"{base}/{name}/"))
    ratio = median(times["ours"]) / median(times["published"])
    return [
        ("start to first answer, our engine", *spread(times["ours"], "s"), ""),
        ("start to first answer, as published", *spread(times["published"], "s"), ""),
        ("start, ours / as published", f"{ratio:.2f}", "", "≤ 0.50"),
    ]


def _batch(chromium: Browser, base: str) -> list[Row]:
    name = slowest_batch()
    text = batch(name)
    start = perf_counter()
    run(text)
    in_cpython = perf_counter() - start
    page = chromium.new_page()
    page.goto(f"{base}/ours/")
    page.wait_for_function("window.ready", timeout=120_000)
    milliseconds = page.evaluate(
        "text => { const start = performance.now(); run(text); return performance.now() - start }",
        text,
    )
    page.close()
    seconds = milliseconds / 1000
    return [
        (f"{BATCH} {name}, Chromium", f"{seconds:.2f} s", "", "< 15 s"),
        (f"{BATCH} {name}, Chromium / CPython", f"{seconds / in_cpython:.2f}", "", ""),
    ]
