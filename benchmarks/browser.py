"""In Chromium: a batch, asked of the engine of the site as its page asks it."""

from __future__ import annotations

from time import perf_counter

from benchmarks import start
from benchmarks.calculation import BATCH, Row, batch, slowest_batch
from calculators.bridge import run

#: Starts the engine, has one situation answered, then times the batch: text in, text out.
ASK = """async ([runtime, first, text]) => {
  const worker = new Worker(`${runtime}worker.js`, { type: "module" });
  const asked = (request) => new Promise((resolve) => {
    worker.onmessage = ({ data }) => data.id && resolve();
    worker.postMessage({ id: 1, request });
  });
  await asked(first);
  const start = performance.now();
  await asked(text);
  return performance.now() - start;
}"""


def rows() -> list[Row]:
    """Time the batch of the calculator whose cases take longest."""
    name = slowest_batch()
    text = batch(name)
    began = perf_counter()
    run(text)
    in_cpython = perf_counter() - began
    with start.host(start.SITE) as base, start.browser() as chromium:
        page = chromium.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{base}404.html")
        runtime = f"{base}runtime/{start.runtime().name}/"
        seconds = page.evaluate(ASK, [runtime, start.REQUEST, text]) / 1000
    return [
        (f"{BATCH} {name}, Chromium", f"{seconds:.2f} s", "", "< 15 s"),
        (f"{BATCH} {name}, Chromium / CPython", f"{seconds / in_cpython:.2f}", "", ""),
    ]
