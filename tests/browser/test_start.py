"""How the engine starts: what is fetched ahead, what the browser keeps, and what it never keeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import until
from tests.browser.test_failures import FILLED

START = 45_000  # ms
IDLE = 3_500  # ms: a little more than the page waits for before it keeps something
#: A day of birth that nothing else in the site holds.
TYPED = "1961-03-09"

#: Notes how the engine says that it has started.
READY = "addEventListener('calculator:ready', ({ detail }) => { window.started = detail; });"
#: The memory that was kept: its size, and whether it holds a text; nothing kept, nothing returned.
KEPT = """async (text) => {
  for (const name of (await caches.keys()).filter((name) => name.startsWith("engine-snapshot-"))) {
    for (const response of await (await caches.open(name)).matchAll()) {
      const bytes = await response.arrayBuffer();
      return { size: bytes.byteLength, found: new TextDecoder("latin1").decode(bytes).includes(text) };
    }
  }
}"""
#: Writes the memory that was kept again, changed; a first call sets it aside.
CHANGE = """async (change) => {
  const [name] = (await caches.keys()).filter((name) => /^engine-snapshot-|^aside-/.test(name)).sort();
  const own = name.replace(/^aside-/, "");
  const aside = await caches.open(`aside-${own}`);
  const cache = await caches.open(own);
  let [request] = await aside.keys();
  if (!request) {
    [request] = await cache.keys();
    await aside.put(request, await cache.match(request));
  }
  const response = await aside.match(request);
  let bytes = new Uint8Array(await response.arrayBuffer());
  let digest = response.headers.get("X-SHA-256");
  if (change === "one_byte") bytes[bytes.length - 1] ^= 1;
  if (change === "cut_off") bytes = bytes.slice(0, bytes.length / 2);
  // The memory is after its size, the number of its pages, and where each one goes.
  const [, count] = new Uint32Array(bytes.buffer, 0, 2);
  if (change === "other_build") bytes[4 * (2 + count) + 16] ^= 1;
  if (change === "emptied") bytes.fill(0, 4 * (2 + count) + 4096);
  if (change === "other_build" || change === "emptied") {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    digest = btoa(String.fromCharCode(...hash));
  }
  await cache.put(request, new Response(bytes, { headers: { "X-SHA-256": digest } }));
}"""


def wait_kept(page: Page) -> dict[str, Any]:
    """Wait until the browser has kept a memory; return what is known of it."""
    return dict(until(page, lambda: page.evaluate(KEPT, TYPED), START / 1000))


def answered(page: Page) -> bool:
    """Open the filled address anew, wait for its answer; tell whether a memory was restored."""
    page.goto("about:blank")
    page.goto(f"{FILLED}&date_naissance={TYPED}")
    expect(page.locator("[data-result]")).to_have_attribute(
        "data-verdict", "eligible", timeout=START
    )
    started = page.evaluate("window.started")
    assert started["python"]
    return bool(started["restored"])


@pytest.fixture(scope="module")
def returning(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A browser that has been here: it has kept the memory of a start."""
    context = browser.new_context(base_url=site, locale="fr-FR", service_workers="block")
    context.add_init_script(READY)
    page = context.new_page()
    page.clock.install()
    assert not answered(page)
    page.clock.fast_forward(IDLE)
    wait_kept(page)
    page.close()
    yield context
    context.close()


def test_a_second_visit_restores_the_first_start_and_no_answer(returning: BrowserContext) -> None:
    """The memory that is kept comes from a Python that nobody has typed anything into."""
    page = returning.new_page()
    assert answered(page)
    kept = page.evaluate(KEPT, TYPED)
    assert 5_000_000 < kept["size"] < 15_000_000
    assert not kept["found"]
    # The search is no blind one: what Python has loaded is found.
    assert page.evaluate(KEPT, "calculators.bridge")["found"]
    page.close()


@pytest.mark.parametrize("change", ["one_byte", "cut_off", "other_build", "emptied"])
def test_a_memory_in_doubt_is_thrown_away_without_a_word(
    returning: BrowserContext, change: str
) -> None:
    """Other bytes, half of them, another build, a memory that cannot run: a normal start answers."""
    page = returning.new_page()
    page.goto("404.html")
    page.evaluate(CHANGE, change)
    assert not answered(page)
    assert page.evaluate(KEPT, TYPED) is None
    page.close()


def test_a_memory_that_fails_at_its_first_answer_gives_way(returning: BrowserContext) -> None:
    """The question is asked again of a Python started anew; the reader sees only the answer."""
    page = returning.new_page()
    page.goto("404.html")
    page.evaluate(CHANGE, "")  # whatever the tests above have left

    def broken(route: Route) -> None:
        text = route.fetch().text()
        call = "const response=bridge.run(request);"
        assert call in text
        text = text.replace(call, f'if (doubtful) throw new Error("broken"); {call}')
        route.fulfill(body=text, content_type="text/javascript")

    page.route("**/runtime/*/worker.js", broken)
    assert answered(page), "it was restored"
    assert page.evaluate(KEPT, TYPED) is None
    page.close()


#: Before the page: whether it may keep something.
CONDITIONS = {
    "nothing_against_it": ("", 2),
    "data_saved": ("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})", 1),
    "private_window": ("delete window.caches", 1),
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_memory_is_kept_only_where_it_may_be(page: Page, condition: str) -> None:
    """Idle for three seconds, the page starts another worker: not under Save-Data, nor in private."""
    script, workers = CONDITIONS[condition]
    page.add_init_script(script)
    page.clock.install()
    started: list[str] = []
    page.on("worker", lambda worker: started.append(worker.url))
    page.goto(FILLED)
    expect(page.locator("[data-result]")).to_be_visible(timeout=START)
    assert len(started) == 1
    page.clock.fast_forward(IDLE)
    page.wait_for_timeout(300)
    assert len(started) == workers


#: In the worker: what storage answers.
REFUSALS = {
    "absent": "delete WorkerGlobalScope.prototype.caches;",
    "refused": "caches.open = () => Promise.reject(new DOMException('no', 'SecurityError'));",
    "full": "Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError'));",
    "small": "navigator.storage.estimate = async () => ({ quota: 3e7, usage: 0 });",
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_storage_that_refuses_changes_nothing_for_the_reader(page: Page, refusal: str) -> None:
    """Absent, refused, full or too small: nothing is kept, nothing is said, the next visit answers."""

    def patched(route: Route) -> None:
        text = route.fetch().text()
        # The last thing that the worker of a snapshot does is to close itself.
        assert text.count("close()") == 1
        text = text.replace("close()", "new BroadcastChannel('end').postMessage(self.name)")
        route.fulfill(body=REFUSALS[refusal] + text, content_type="text/javascript")

    page.add_init_script(
        f"{READY} new BroadcastChannel('end').onmessage = ({{ data }}) => (window.ended = data);"
    )
    page.route("**/runtime/*/worker.js", patched)
    page.clock.install()
    assert not answered(page)
    page.clock.fast_forward(IDLE)
    until(page, "window.ended === 'snapshot'", START / 1000)
    assert page.evaluate(KEPT, TYPED) is None
    expect(page.locator("[data-result]")).to_be_visible()
    expect(page.locator(".engine-status")).to_have_text("")


LINK = "article a[href*='simulateurs/']"
#: The connection that the browser tells, then what a hand does, and whether the engine is fetched.
HINTS = {
    "hover": ({"effectiveType": "4g", "saveData": False}, "pointerover", True),
    "keyboard": ({"effectiveType": "4g", "saveData": False}, "focusin", True),
    "slow": ({"effectiveType": "3g", "saveData": False}, "pointerdown", False),
    "data_saved": ({"effectiveType": "4g", "saveData": True}, "pointerdown", False),
    "unknown_hover": (None, "pointerover", False),
    "unknown_press": (None, "pointerdown", True),
}


@pytest.mark.parametrize("hint", HINTS)
def test_the_engine_is_fetched_ahead_on_a_good_connection_only(page: Page, hint: str) -> None:
    """A reading page fetches nothing of Python before a hand goes to a calculator."""
    connection, gesture, fetched = HINTS[hint]
    value = "undefined" if connection is None else str(connection).replace("False", "false")
    value = value.replace("True", "true")
    page.add_init_script(f"Object.defineProperty(navigator, 'connection', {{value: {value}}})")
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto("")
    page.wait_for_load_state("networkidle")
    assert not [url for url in seen if "/runtime/" in url]
    page.locator(LINK).first.dispatch_event(gesture, {"bubbles": True})
    page.wait_for_timeout(700)
    names = {url.rpartition("/")[2] for url in seen if "/runtime/" in url}
    assert ({"pyodide.asm.wasm", "pyodide.asm.js", "python_stdlib.zip"} <= names) is fetched
    assert bool(names) is fetched


def test_the_next_page_takes_over_what_a_click_has_stopped(page: Page) -> None:
    """Leaving a page ends its requests: the calculator's page fetches its engine without waiting."""
    page.goto("")
    page.locator(LINK).first.click()
    page.wait_for_url("**/simulateurs/**")
    fetched = "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('.whl'))"
    until(page, fetched)


def test_a_filled_address_starts_python_before_the_scripts_of_its_page(page: Page) -> None:
    """One worker only, and what it says while the page cannot hear it yet is heard later."""
    late: list[Route] = []
    page.route("**/assets/scripts/calculator/calculator.js", lambda route: late.append(route))  # noqa: PLW0108
    page.route("**/pyodide.asm.wasm", lambda route: route.abort())
    with page.expect_console_message(lambda message: "TypeError" in message.text):
        page.goto(FILLED, wait_until="commit")
    assert late
    for route in late:
        route.continue_()
    expect(page.locator("[data-answer]")).to_contain_text("Un fichier du simulateur manque")
    page.unroute("**/pyodide.asm.wasm")
    page.locator("[data-retry]").click()
    expect(page.locator("[data-result]")).to_be_visible(timeout=START)


def test_an_address_without_answers_starts_no_python(page: Page) -> None:
    """Only the few lines of its worker are at hand; a question answered starts one worker, not two."""
    workers: list[str] = []
    seen: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url))
    page.on("request", lambda request: seen.append(request.url.rpartition("/")[2]))
    page.goto(FILLED.partition("#")[0])
    page.wait_for_load_state("networkidle")
    assert not workers
    assert not [
        name for name in seen if name.startswith("pyodide") or name.endswith((".zip", ".whl"))
    ]
    page.goto("about:blank")
    page.goto(FILLED)
    expect(page.locator("[data-result]")).to_be_visible(timeout=START)
    assert len(workers) == 1
