"""The policy of the site at work: what it refuses, who may frame what, and hostile input."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from time import perf_counter
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect

from generator.dev_server import server
from tests.browser.test_calculator import START

CALCULATOR = "simulateurs/pass_iae/"
ANSWERS = "debut=2026-01-15&au=2026-06-01"
#: No input may hold the page longer than that, in seconds.
PATIENCE = 2
SEED = 20261124


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A context where the policy may refuse things: that is what these tests are about."""
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, base_url=site, locale="fr-FR"
    )
    yield context
    # A file that is still on its way would fail the next test.
    context.unroute_all(behavior="ignoreErrors")
    context.close()


#: Each would be code, or a word sent elsewhere, if the policy let it.
ATTACKS = {
    "markup": "document.body.innerHTML = '<b>x</b>'",
    "adjacent markup": "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
    "parsed markup": "document.write('<b>x</b>')",
    "framed markup": "document.createElement('iframe').srcdoc = '<b>x</b>'",
    "an address of a script": "document.createElement('script').src = 'assets/scripts/calculator/embedded.js'",
    "words of a script": "document.createElement('script').text = '1'",
    "a worker of another kind": "new Worker('/assets/scripts/calculator/embedded.js')",
    "a worker of elsewhere": "new Worker('https://other.example/worker.js')",
    "evaluation": "window.eval('1')",
    "a function from text": "new Function('1')",
    "another policy": "trustedTypes.createPolicy('mine', { createHTML: text => text })",
    "the same policy again": "trustedTypes.createPolicy('default', {createHTML: text => text})",
}


def test_no_text_becomes_code(context: BrowserContext) -> None:
    """Markup, addresses and words of scripts, evaluation, a policy of one's own: all thrown back."""
    page = context.new_page()
    page.goto("methode/")
    for attack, code in ATTACKS.items():
        # Later, as the page itself: what a test evaluates at once may evaluate text.
        thrown = page.evaluate(
            "new Promise((done) => setTimeout(() => {"
            f" try {{ {code}; done(''); }} catch (error) {{ done(`${{error}}`); }} }}))"
        )
        assert thrown, attack
        assert thrown.startswith(("TypeError", "EvalError")), thrown


def test_nothing_is_loaded_from_elsewhere_nor_run_in_place(context: BrowserContext) -> None:
    """An image, a request, a style, a listener in an attribute: refused, told, without effect."""
    page = context.new_page()
    page.goto("methode/")
    told = page.evaluate(
        """async () => {
        const told = new Set();
        addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
          told.add(effectiveDirective));
        new Image().src = "https://other.example/x.png";
        await fetch("https://other.example/").catch(() => {});
        const style = document.createElement("style");
        style.textContent = "body { display: none }";
        document.head.append(style);
        const button = document.createElement("button");
        try { button.setAttribute("onclick", "window.ran = true"); } catch { told.add("attribute"); }
        document.body.append(button);
        button.click();
        document.body.setAttribute("style", "display: none");
        const form = document.createElement("form");
        form.action = "/elsewhere";
        document.body.append(form);
        form.submit();
        await new Promise((resolve) => setTimeout(resolve, 300));
        return [...told, window.ran, getComputedStyle(document.body).display];
      }"""
    )
    assert {"img-src", "connect-src", "style-src-elem", "style-src-attr", "form-action"} <= set(
        told
    )
    assert True not in told
    assert told[-1] != "none"
    assert "elsewhere" not in page.url


@pytest.fixture
def other(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Another site, with one frame for each page of ours that it would show."""
    folder = tmp_path_factory.mktemp("other")
    frames = "".join(f'<iframe src="{site}{path}" height="400"></iframe>' for path in FRAMED)
    (folder / "index.html").write_text(f"<!doctype html><title>Autre</title>{frames}", "utf-8")
    httpd = server(folder, 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://localhost:{httpd.server_port}/"
    httpd.shutdown()
    httpd.server_close()


FRAMED = {
    f"{CALCULATOR}?embed=1": True,
    "simulateurs/carence/?nom=x&embed=1": True,
    "annuaire/?embed=1": True,
    CALCULATOR: False,
    "simulateurs/liste/?embed=1": False,
    "methode/?embed=1": False,
    "": False,
}


#: What a frame shows: a calculator, or the directory.
ASKED_FOR = "form[data-calculator], form[data-near-form]"


def test_other_sites_frame_the_calculators_that_they_ask_for(
    context: BrowserContext, other: str, site: str
) -> None:
    """`?embed=1` shows a calculator or the directory; any other page is refused before a byte of it is drawn."""
    page = context.new_page()
    page.goto(other)
    for frame, (path, shown) in zip(page.frames[1:], FRAMED.items(), strict=True):
        assert frame.url.startswith(site if shown else "chrome-error:"), path
        if shown:
            expect(frame.locator(ASKED_FOR)).to_be_visible()
            expect(frame.locator(".md-header")).to_be_hidden()


def test_a_page_framed_without_leave_hides_where_headers_cannot_say(
    context: BrowserContext, other: str, site: str
) -> None:
    """On a host that sends no header, the page shows a link to itself and nothing else."""

    def bare(route: Route) -> None:
        response = route.fetch()
        headers = response.headers
        headers.pop("content-security-policy", None)
        route.fulfill(response=response, headers=headers)

    context.route(f"{site}**", bare)
    page = context.new_page()
    page.goto(other)
    for frame, (path, shown) in zip(page.frames[1:], FRAMED.items(), strict=True):
        notice = frame.get_by_text("Cette page ne s’affiche pas dans un autre site.")
        if shown:
            expect(frame.locator(ASKED_FOR)).to_be_visible()
            expect(notice).to_have_count(0)
            continue
        expect(notice).to_be_visible()
        expect(frame.locator("main")).to_be_hidden()
        with page.expect_popup() as opened:
            notice.get_by_role("link").click()
        assert opened.value.url == site + path
        opened.value.close()


def test_a_frame_and_the_dark_theme_are_settled_before_anything_is_drawn(
    context: BrowserContext,
) -> None:
    """Without any other script, a framed calculator is alone and a dark page is dark."""
    for script in ("scripts/calculator/embedded.js", "scripts/site/menu.js"):
        context.route(f"**/assets/{script}", lambda route: route.abort())
    page = context.new_page()
    page.emulate_media(color_scheme="dark")
    page.goto(f"{CALCULATOR}?embed=1")
    expect(page.locator(".md-header")).to_be_hidden()
    expect(page.locator("form[data-calculator]")).to_be_visible()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.goto("methode/?embed=1")
    expect(page.locator(".md-header")).to_be_visible()


def test_pages_work_where_storage_is_refused(page: Page) -> None:
    """A browser that throws at the word « localStorage » shows the page, its theme, its search."""
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name,"
        " { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    page.goto("methode/")
    page.get_by_role("button", name="Rechercher").click()
    page.get_by_role("searchbox").fill("carence")
    expect(page.get_by_role("dialog").locator("li a").first).to_be_visible(timeout=START)
    assert thrown == []


def fragments() -> list[str]:
    """Return hostile fragments: made by hand, and by a generator that always says the same."""
    chance = random.Random(SEED)
    names = ["debut", "au", "fin_initiale", "__proto__", "constructor", "suspensions.0.debut"]
    names += ["suspensions.9999.debut", "suspensions.-1.fin", "toString", "length", "elements", ""]
    values = ["2026-01-15", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "\u202e", "NaN"]
    values += [
        "' or 1=1 --",
        "${alert(1)}",
        "{{7*7}}",
        "\x00",
        "9" * 500,
        "é" * 50,
        "2026-13-45",
        "",
    ]
    made = [
        "&".join(
            f"{quote(chance.choice(names))}={quote(chance.choice(values))}"
            for _ in range(chance.randint(1, 30))
        )
        for _ in range(15)
    ]
    return [
        *made,
        "=" * 100_000,
        "&".join(f"k{i}=1" for i in range(100_000)),
        "&".join(f"suspensions.{i}.debut=2026-01-01" for i in range(100_000)),
        "suspensions.1000000.debut=2026-01-01",
        "&".join(["debut=2026-01-15"] * 20_000),
        "debut=" + "%3Cscript%3Ealert(1)%3C/script%3E" * 5_000,
        "debut=%%%E0%A4%A&%zz=%ff&a=%00",
        "__proto__.polluted=1&__proto__[polluted]=1&constructor.prototype.polluted=1",
    ]


def seconds(page: Page, fragment: str) -> float:
    """Give a fragment to the page; return how long it takes until the page can draw again.

    What the browser itself makes of so long an address is not counted.
    """
    milliseconds: float = page.evaluate(
        "async fragment => { history.replaceState(null, '', '#');"
        " history.replaceState(null, '', '#' + fragment);"
        " const start = performance.now();"
        " dispatchEvent(new HashChangeEvent('hashchange'));"
        " await new Promise(resolve => requestAnimationFrame(resolve));"
        " return performance.now() - start; }",
        fragment,
    )
    return milliseconds / 1000


def test_hostile_fragments_are_ignored_aloud(page: Page) -> None:
    """Whatever follows the « # »: nothing runs, nothing hangs, nothing leaves, the notice tells."""
    sent: list[str] = []
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.goto(f"{CALCULATOR}#{ANSWERS}")
    expect(page.locator("[data-result]")).to_be_visible(timeout=START)
    page.on("request", lambda request: sent.append(request.url))
    # On a busy machine, three times what the largest honest form costs there.
    largest = "&".join(f"suspensions.{i}.debut=2026-01-01" for i in range(200))
    patience = max(PATIENCE, 3 * seconds(page, largest))
    for fragment in fragments():
        # Once more before blaming the page: something else may hold the machine.
        assert any(seconds(page, fragment) < patience for _ in range(3)), fragment[:80]
        assert page.locator("[data-row]").count() <= 200
        if "__proto__" in fragment:
            expect(page.locator("[data-notice]")).to_be_visible()
        told = page.locator("[data-notice]").text_content() or ""
        assert len(told) < 3_000
        assert page.evaluate("({}).polluted") is None
    assert page.locator("main img[src=x], main script").count() == 0
    assert dialogs == []
    assert {url.rpartition("/")[2] for url in sent} <= {"logo.svg"}  # the tab's icon, asked again
    # And the page still answers.
    page.evaluate("fragment => { location.hash = fragment; }", ANSWERS)
    expect(page.locator("[data-result] [data-value=fin]")).to_have_attribute(
        "data-raw", "2028-01-14", timeout=START
    )


#: Posted to the frame by the site that it obeys, and to the host by the frame: values of any shape.
MESSAGES = """() => {
  const many = { type: "calculator:fill" };
  for (let i = 0; i < 100_000; i += 1) many[`k${i}`] = i;
  const cycle = { type: "calculator:fill" };
  cycle.fragment = cycle;
  const bad = ["debut", "a=1#b=2", "=", "&", "a=%zz&&", "a b=1", "x".repeat(1e6), null, 1n, 0, true,
    new Date(), [], ["debut=2020-01-01"], new Map(), new ArrayBuffer(1e6), Symbol.iterator.toString,
    { toString: 1 }, /x/, new Error("x"), new String("debut=2020-01-01")];
  const kinds = ["calculator:fill", "calculator:size", "calculator:result", "__proto__", "", 0, null];
  const made = [many, cycle, null, undefined, 1n, "calculator:fill", [], new Int8Array(9)];
  for (const type of kinds) for (const fragment of bad) made.push({ type, fragment, height: fragment });
  made.push(...[-1, 0, 1e300, NaN, Infinity, "1e9", [9], {}].map((height) => (
    { type: "calculator:size", height })));
  return made.filter((message) => { try { structuredClone(message); return true; }
    catch { return false; } });
}"""


def test_hostile_messages_change_nothing(
    context: BrowserContext, site: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Between a frame and its host, both ways: no answer, no error, no height out of its bounds."""
    folder = tmp_path_factory.mktemp("host")
    httpd = server(folder, 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    origin = f"http://localhost:{httpd.server_port}"
    (folder / "index.html").write_text(
        "<!doctype html><title>Hôte</title><iframe data-reperes-iae height=300"
        f' src="{site}{CALCULATOR}?embed=1&amp;origine={origin}#{ANSWERS}"></iframe>'
        f'<script src="{site}assets/embed.js"></script>',
        "utf-8",
    )
    try:
        page = context.new_page()
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(origin)
        inner = page.frames[1]
        result = inner.locator("[data-result] [data-value=fin]")
        expect(result).to_have_attribute("data-raw", "2028-01-14", timeout=START)
        start = perf_counter()
        for where, target in ((page, "frames[0]"), (page, "window"), (inner, "parent")):
            posted = where.evaluate(
                f"() => {{ const made = ({MESSAGES})();"
                f" for (const one of made) {target}.postMessage(one, '*');"
                " return made.length; }"
            )
            assert posted > 100
        inner.evaluate("new Promise(resolve => setTimeout(resolve, 200))")
        assert perf_counter() - start < 5 * PATIENCE
        assert inner.evaluate("location.hash") == f"#{ANSWERS}"
        expect(result).to_have_attribute("data-raw", "2028-01-14")
        assert 100 <= int(page.locator("iframe").get_attribute("height") or "") <= 20_000
        assert thrown == []
    finally:
        httpd.shutdown()
        httpd.server_close()
