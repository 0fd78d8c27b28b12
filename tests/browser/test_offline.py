"""What is kept of the site works without network, is never broken nor mixed, and can be refused."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from generator.content.load import Content
from generator.dev_server import Handler, Server
from generator.publish import service_worker
from tests.browser import test_engines
from tests.browser.conftest import PATIENCE, ROOT, SITE, SWITCHES
from tests.browser.engines import Send, Window
from tests.browser.test_failures import FILLED

PAGE = "glossaire/aci/"
OTHER = "glossaire/pass_iae/"
CALCULATOR = "simulateurs/pass_iae/"
GROUPS = ("shell", "more", "engine", "visited")
GONE = "Vous êtes hors connexion. Cette page est la copie gardée le"
ILL = "Le site ne répond pas. Cette page est la copie gardée le"
VERSION = "Une nouvelle version du site est en ligne."
REGISTERED = "navigator.serviceWorker.getRegistration().then(Boolean)"
WAITING = "navigator.serviceWorker.getRegistration().then(one => Boolean(one?.waiting))"
AT_WORK = "return navigator.serviceWorker.getRegistration().then(one => Boolean(one?.active))"
#: The site's style, as the page gets it.
STYLE = "fetch(document.querySelector('link[href$=\"site.css\"]').href).then(one => one.text())"
SAVE_DATA = "Object.defineProperty(NetworkInformation.prototype, 'saveData', { value: true })"
#: The hashes of what is kept, by the name of the cache.
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith("site-kept:")) continue;
    for (const { url } of await (await caches.open(name)).keys()) found.push(url.split("/").at(-1));
  }
  return found;
}"""

#: Write code in the place of the file of that hash, as a page of the same origin could.
POISON = """async hash => {
  const code = new Response("window.poisoned = true;", { headers: { "Content-Type": "text/javascript" } });
  for (const name of await caches.keys()) {
    if (!name.startsWith("site-kept:")) continue;
    await (await caches.open(name)).put(new URL(`/kept/${hash}`, location.href).href, code.clone());
  }
}"""

#: Firefox and WebKitGTK, one after the other.
engine = test_engines.engine


class Host:
    """A host of a copy of the site, which may fall, lie, be slow, or publish another version."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []  # the paths that were asked for
        self.cut: set[str] = set()  # the files sent half-way
        self.slow: set[str] = set()  # the files that wait until they are no more in it
        self.ill: set[str] = set()  # the files that the host fails to give
        self.port = 0
        self.start()

    def start(self) -> None:
        """Answer again, at the same address."""
        self.lost = False
        handler = partial(_Answer, self, directory=str(self.folder))
        self.httpd = Server(("127.0.0.1", self.port), handler)
        self.port = self.httpd.server_port
        threading.Thread(target=self.httpd.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Refuse every connection: the network is lost."""
        self.lost = True
        self.httpd.shutdown()
        self.httpd.server_close()

    def edit(self, path: str, old: str, new: str) -> None:
        """Change a file of the site."""
        file = self.folder / path
        text = file.read_text("utf-8")
        assert old in text
        file.unlink()  # it is a link to the built one
        file.write_text(text.replace(old, new), "utf-8")

    def publish(self) -> None:
        """Publish the files as they are now."""
        (self.folder / "sw.js").unlink()
        (self.folder / "sw.js").write_text(service_worker.worker(self.folder), "utf-8")

    def listed(self, *groups: str, visited: str = "") -> dict[str, str]:
        """Return the hashes of the published files of these groups, and of a visited page, by path."""
        known = service_worker.listed(self.folder)
        files = {path: value for group in groups for path, value in known[group].items()}
        return {**files, visited: known["visited"][visited]} if visited else files


class _Answer(Handler):
    def __init__(self, host: Host, *args: Any, **options: Any) -> None:
        self.host = host
        super().__init__(*args, **options)

    def do_GET(self) -> None:  # noqa: N802
        """Answer as the host is told to."""
        if self.host.lost:
            return  # Firefox connects ahead: this connection is older than the loss of the network
        path = self.path.partition("?")[0][1:]
        self.host.asked.append(path)
        file = Path(self.translate_path(self.path))
        while path in self.host.slow and not self.host.lost:
            time.sleep(0.05)
        if path in self.host.ill:
            self.send_response(503)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path in self.host.cut:
            body = (file / "index.html" if file.is_dir() else file).read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(str(file)))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
        else:
            super().do_GET()


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """A host of its own, that a test may break."""
    host = Host(shutil.copytree(SITE, tmp_path / "site", copy_function=os.symlink))
    yield host
    host.stop()


@pytest.fixture
def context(browser: Browser, host: Host) -> Iterator[BrowserContext]:
    """A browser that has never seen the site, and keeps it."""
    context = browser.new_context(
        viewport={"width": 360, "height": 800},
        base_url=f"http://127.0.0.1:{host.port}/",
        locale="fr-FR",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert errors == [], "errors in the page"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A first tab."""
    return context.new_page()


def until(ready: Callable[[], Any], what: str, seconds: float = 45) -> None:
    """Wait until something is true."""
    assert soon(ready, seconds), f"not within {seconds} s: {what}"


def soon(ready: Callable[[], Any], seconds: float) -> bool:
    """Tell whether something becomes true in time."""
    end = time.monotonic() + seconds
    while not (done := ready()) and time.monotonic() < end:
        time.sleep(0.05)
    return bool(done)


def rest(page: Page) -> None:
    """Stop the workers. A browser stops those with nothing to do, but for a debugger's, as here."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("ServiceWorker.enable")
    chromium.send("ServiceWorker.stopAllWorkers")
    chromium.detach()


def hand_over(page: Page, done: Callable[[], bool]) -> None:
    """Wait until a new version is at work, as `done` tells, over as many visits as it takes."""
    for _ in range(8):
        if soon(done, 2):
            return
        rest(page)
        page.reload()
    pytest.fail("no new version at work")


def settle(page: Page, wanted: dict[str, str]) -> None:
    """Wait until all of this is kept."""
    until(lambda: set(wanted.values()) <= set(page.evaluate(KEPT)), "everything kept")


def test_after_a_first_visit_the_site_works_without_network(page: Page, host: Host) -> None:
    """The page, the search, a calculator, a département, and a page that was never opened."""
    page.goto(FILLED)
    expect(page.locator("[data-result]")).to_be_visible()
    page.goto(PAGE)
    settle(page, host.listed("shell", "more", "engine", visited=PAGE))
    page.goto("annuaire/48/")
    expect(page.locator(".directory-rows > li").first).to_be_visible(timeout=60_000)
    apart = json.loads((host.folder / "apart.json").read_text("utf-8"))
    settle(page, {name: apart[name] for name in ("annuaire/48/", "annuaire/lignes/48.json")})
    page.goto(PAGE)
    host.stop()

    page.reload()
    expect(page.locator(".announcement")).to_contain_text(GONE)
    page.get_by_role("button", name="Rechercher").click()
    page.keyboard.type("chômeur longue durée")
    expect(page.locator(".search li a").first).to_contain_text("longue durée")

    page.goto(FILLED)
    expect(page.locator("[data-result]")).to_have_attribute("data-verdict", "eligible")

    page.goto("annuaire/48/")
    expect(page.locator(".directory-rows > li").first).to_be_visible(timeout=60_000)

    page.goto(f"{OTHER}#mot=1")
    absent = page.locator("[data-absent]")
    expect(absent).to_contain_text(f"/{OTHER}")
    expect(page.locator("[data-pages]")).to_contain_text("ACI")
    host.start()
    absent.get_by_role("link", name="Essayer encore").click()
    expect(page).to_have_url(f"http://127.0.0.1:{host.port}/{OTHER}#mot=1")
    expect(page.locator(".announcement")).to_be_hidden()

    # Code that another page of this origin has put in its place is not run, and goes.
    script = "assets/scripts/site/search.js"
    host.asked.clear()
    page.evaluate(POISON, host.listed("shell")[script])
    page.goto(PAGE)
    until(lambda: script in host.asked, "the right script is asked for")
    assert page.evaluate("window.poisoned") is None


#: Says again and again that the engine is on its way, as on a slow line.
ON_ITS_WAY = """const Own = Worker;
window.Worker = class extends Own {
  constructor(...given) {
    super(...given);
    const data = { type: "download", done: 1, total: 2 };
    setInterval(() => window.here || this.dispatchEvent(new MessageEvent("message", { data })), 50);
  }
};"""


def test_the_answer_goes_before_what_is_kept_for_later(page: Page, host: Host) -> None:
    """On a first visit, nothing competes with the engine that the reader waits for, however long."""
    held: list[Route] = []
    page.add_init_script(ON_ITS_WAY)
    page.route("**/pyodide.asm.wasm", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(FILLED)
    page.locator("form[data-state=loading]").wait_for(timeout=60_000)
    page.wait_for_timeout(1_500)  # a little more than the page takes to keep what it keeps
    assert "sw.js" not in host.asked
    page.evaluate("window.here = true")
    for route in held:
        route.continue_()
    expect(page.locator("[data-result]")).to_be_visible()
    settle(page, host.listed("shell"))
    asked = [path for path in host.asked if path.startswith("runtime/") or path == "sw.js"]
    # `files.js` is for pages that fetch the engine ahead.
    needed = {path for path in host.listed("engine") if not path.endswith("/files.js")}
    assert set(asked[: asked.index("sw.js")]) == needed


def test_a_new_version_waits_for_the_last_page_of_the_old_one(
    context: BrowserContext, page: Page, host: Host
) -> None:
    """Two tabs during an update: each one has its own version, whole, until the old one is closed."""
    page.goto(PAGE)
    settle(page, host.listed("shell", "more"))
    page.reload()  # from now on, the worker answers
    host.edit(f"{PAGE}index.html", "</h1>", " (nouveau)</h1>")
    host.edit("assets/styles/site.css", ":root,", ".anew,:root,")
    host.publish()

    second = context.new_page()
    second.goto(PAGE)
    expect(second.locator("h1")).to_contain_text("(nouveau)")
    expect(page.locator(".announcement")).to_contain_text(VERSION)
    expect(second.locator(".announcement")).to_be_hidden()
    assert "anew" not in page.evaluate(STYLE)
    assert "anew" in second.evaluate(STYLE)
    rest(page)  # whose page is whose is not forgotten
    assert "anew" not in page.evaluate(STYLE)
    assert "anew" in second.evaluate(STYLE)
    assert page.evaluate(WAITING)

    page.close()
    second.reload()
    published = set(host.listed(*GROUPS).values())
    hand_over(second, lambda: set(second.evaluate(KEPT)) <= published)
    settle(second, host.listed("shell", "more", visited=PAGE))
    host.stop()
    second.reload()
    expect(second.locator(".announcement")).to_contain_text(GONE)
    expect(second.locator("h1")).to_contain_text("(nouveau)")
    assert "anew" in second.evaluate(STYLE)


def test_a_version_that_changes_during_a_visit_loses_no_answer(page: Page, host: Host) -> None:
    """The page itself may not have changed: it is offered all the same, and takes the new version."""
    page.goto(OTHER)
    settle(page, host.listed("shell", "more", visited=OTHER))
    page.goto(CALCULATOR)
    page.locator("[name=debut]").fill("2026-01-05")
    host.edit(f"{OTHER}index.html", "</h1>", " (nouveau)</h1>")
    host.publish()
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
    expect(page.locator(".announcement")).to_contain_text(VERSION)
    with page.expect_navigation():
        page.get_by_role("button", name="Recharger la page").click()
    hand_over(page, lambda: not page.evaluate(WAITING))
    expect(page.locator("[name=debut]")).to_have_value("2026-01-05")
    expect(page.locator(".announcement")).to_be_hidden()

    # What was visited in the old version is at hand in the new one.
    settle(page, host.listed(visited=OTHER))
    host.stop()
    page.goto(OTHER)
    expect(page.locator("h1")).to_contain_text("(nouveau)")


def test_a_page_of_an_old_version_is_not_given_files_of_another(page: Page, host: Host) -> None:
    """Before the old version could keep a file, it was published again: better none than a mix."""
    page.add_init_script(SAVE_DATA)
    page.goto(PAGE)
    settle(page, host.listed("shell"))
    page.reload()
    host.edit("pagefind/pagefind.js", "export", "/* anew */ export")
    page.get_by_role("button", name="Rechercher").click()
    page.keyboard.type("chômeur")
    expect(page.locator(".search [role=status]")).to_contain_text("n’a pas pu être chargée")


def test_what_is_broken_is_never_kept_nor_served(page: Page, host: Host) -> None:
    """Half a file of the engine and of the search, half a page, a page without its end."""
    wheel = next(path for path in host.listed("engine") if path.endswith(".whl"))
    host.cut = {wheel, "pagefind/pagefind.js"}
    page.goto(FILLED)
    expect(page.locator("[data-answer]")).to_contain_text("n’a pas pu se faire")
    page.goto(OTHER)
    until(lambda: "pagefind/pagefind.js" in host.asked, "the search is asked for")
    settle(page, host.listed("shell", visited=OTHER))
    kept = page.evaluate(KEPT)
    assert host.listed("engine")[wheel] not in kept
    assert host.listed("more")["pagefind/pagefind.js"] not in kept

    # The page that is kept replaces the half one, and stays.
    host.cut.add(OTHER)
    page.goto(OTHER)
    expect(page.locator(".announcement")).to_contain_text(GONE)
    host.cut.clear()
    host.edit(f"{OTHER}index.html", "</html>", "")
    page.goto(OTHER)
    expect(page.locator(".announcement")).to_contain_text(ILL)
    settle(page, host.listed("shell", "more"))


def test_wrong_bytes_stop_an_installation(page: Page, host: Host) -> None:
    """A host that serves a file of another version: nothing is installed, the site works."""
    host.edit("assets/styles/theme.css", "body{", "body{--ill:0;")
    page.goto(PAGE)
    until(lambda: host.asked.count("assets/styles/theme.css") > 2, "a second try")
    until(lambda: not page.evaluate(REGISTERED), "no worker")
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    assert host.listed("shell")["assets/styles/theme.css"] not in page.evaluate(KEPT)


def test_a_network_too_slow_or_an_ill_host_gives_the_kept_page(page: Page, host: Host) -> None:
    """After three seconds, or an error of the host: the copy, its day, and a way to try again."""
    page.goto(PAGE)
    settle(page, host.listed("shell", "more", visited=PAGE))
    host.slow.add(PAGE)
    start = time.monotonic()
    page.goto(PAGE)  # while the host still waits
    assert 2.9 < time.monotonic() - start < 4.9
    expect(page.locator(".announcement")).to_contain_text(ILL)
    host.slow.clear()
    host.ill.add(PAGE)
    page.get_by_role("button", name="Recharger la page").click()
    expect(page.locator(".announcement")).to_contain_text(ILL)
    host.ill.clear()
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".announcement")).to_be_hidden()


def test_without_network_a_calculator_says_so_and_goes_on_once_ready(
    page: Page, host: Host
) -> None:
    """Lost before the engine: a sentence, the answers, the rule by hand. Lost after: it answers."""
    page.goto(PAGE)
    settle(page, host.listed("shell", "more"))
    assert not set(host.listed("engine").values()) & set(page.evaluate(KEPT))
    host.stop()
    page.goto(FILLED)
    answer = page.locator("[data-answer]")
    expect(answer).to_contain_text("n’a pas pu se faire")
    expect(page.locator("input[value=rsa]")).to_be_checked()
    expect(page.locator("#a-la-main")).to_be_visible()
    host.start()
    answer.get_by_role("button", name="Réessayer").click()
    expect(page.locator("[data-result]")).to_be_visible()
    host.stop()
    page.locator("input[value=rsa]").uncheck()
    expect(page.locator("[data-result]")).to_have_attribute("data-verdict", "non_eligible")


def test_the_reader_keeps_the_calculators_then_nothing(page: Page, host: Host) -> None:
    """One button keeps the engine too, another deletes all and is obeyed until it is taken back."""
    page.goto("hors-connexion/")
    expect(page.locator("[data-status]")).to_contain_text("ne répondent pas encore sans réseau")
    page.get_by_role("button", name="Garder les simulateurs").click()
    expect(page.locator("[data-status]")).to_contain_text("Les simulateurs répondent sans réseau")
    expect(page.get_by_role("button", name="Garder les simulateurs")).to_be_hidden()
    expect(page.locator("[data-pages]")).to_contain_text("Vérifier une liste")
    page.evaluate("caches.open('engine-memory')")  # what the engine keeps of its own

    page.get_by_role("button", name="Ne plus rien garder").click()
    expect(page.locator("[data-status]")).to_contain_text("ne garde rien de ce site")
    expect(page.locator("[data-pages] li")).to_have_count(0)
    for path in ("hors-connexion/", PAGE, OTHER):
        page.goto(path, wait_until="networkidle")
        assert page.evaluate("caches.keys()") == []
        assert not page.evaluate(REGISTERED)

    page.goto("hors-connexion/")
    page.get_by_role("button", name="Garder de nouveau").click()
    settle(page, host.listed("shell", "more"))
    expect(page.get_by_role("button", name="Ne plus rien garder")).to_be_visible()


def test_the_publisher_can_turn_it_off(page: Page, host: Host, content: Content) -> None:
    """`hors_connexion: false`: whoever comes back deletes what an older version kept."""
    page.goto(PAGE)
    settle(page, host.listed("shell", "more"))
    page.evaluate("caches.open('engine-memory')")
    (host.folder / "sw.js").unlink()
    service_worker.write_worker(
        host.folder, content.site.model_copy(update={"hors_connexion": False})
    )
    for path in (PAGE, "hors-connexion/"):
        # What `theme/main.html` leaves out.
        host.edit(f"{path}index.html", '<link rel="manifest"', "<link")
    page.goto(PAGE)
    hand_over(page, lambda: page.evaluate("caches.keys()") == [])
    page.goto("hors-connexion/", wait_until="networkidle")
    expect(page.locator("[data-status]")).to_contain_text("ce site ne garde rien")
    assert not page.evaluate(REGISTERED)


def test_whoever_saves_data_keeps_only_what_was_opened(page: Page, host: Host) -> None:
    """Nothing is fetched ahead: neither the search, nor the calculators, nor other pages."""
    page.add_init_script(SAVE_DATA)
    page.goto(PAGE)
    settle(page, host.listed("shell", visited=PAGE))
    page.goto(OTHER, wait_until="networkidle")
    settle(page, host.listed(visited=OTHER))
    fetched = set(host.asked)
    assert not fetched & set(host.listed("more", "engine"))
    assert fetched & set(host.listed("visited")) == {PAGE, OTHER}
    host.stop()
    page.goto(PAGE)
    expect(page.locator(".announcement")).to_contain_text(GONE)


@pytest.mark.parametrize(
    "script",
    [
        "delete Navigator.prototype.serviceWorker",
        "ServiceWorkerContainer.prototype.register = () =>"
        " Promise.reject(new DOMException('', 'SecurityError'))",
        "Object.defineProperty(Navigator.prototype, 'serviceWorker',"
        " { get() { throw new DOMException('', 'SecurityError'); } })",
    ],
    ids=["private_window", "refused", "forbidden"],
)
def test_a_browser_that_refuses_loses_nothing_else(page: Page, script: str) -> None:
    """The site works as it always did, and the page of what is kept says why nothing is."""
    page.add_init_script(script)
    page.goto(PAGE, wait_until="networkidle")
    expect(page.locator("h1")).to_be_visible()
    page.get_by_role("button", name="Rechercher").click()
    page.keyboard.type("chômeur")
    expect(page.locator(".search li a").first).to_be_visible()
    page.goto("hors-connexion/")
    expect(page.locator("[data-status]")).to_contain_text("Ce navigateur ne garde rien")


def test_a_full_storage_loses_nothing_else(page: Page, host: Host) -> None:
    """The browser has room for nothing, then for a little: the site works, the button says so."""
    room = page.context.new_cdp_session(page)
    origin = f"http://127.0.0.1:{host.port}"
    room.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1_000})
    page.goto("hors-connexion/")
    expect(page.locator("[data-status]")).to_contain_text("Ce navigateur ne garde rien")
    assert not page.evaluate(REGISTERED)
    room.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 3_000_000})
    page.reload()
    page.get_by_role("button", name="Garder les simulateurs").click()
    expect(page.locator("[data-status]")).to_contain_text("Tout n’a pas pu être gardé")
    page.goto(PAGE)
    expect(page.locator("h1")).to_be_visible()


def test_a_frame_keeps_nothing(page: Page, host: Host) -> None:
    """Neither a calculator alone, nor one in the page of another."""
    page.goto(f"{CALCULATOR}?embed=1", wait_until="networkidle")
    assert not page.evaluate(REGISTERED)
    (host.folder / "other.html").write_text(f"<iframe src='{CALCULATOR}?embed=1'></iframe>")
    page.goto("other.html", wait_until="networkidle")
    assert not page.evaluate(REGISTERED)
    assert "sw.js" not in host.asked


def test_the_site_installs_as_an_app(browser: Browser, host: Host, tmp_path: Path) -> None:
    """Chromium finds no fault in its manifest, and its icons are what it says."""
    # It never installs anything from a private window, as those of the other tests.
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "profile",
        executable_path=os.environ.get("CHROMIUM"),
        args=SWITCHES,
        base_url=f"http://127.0.0.1:{host.port}/",
    )
    page = context.new_page()
    page.goto(PAGE)
    chromium = page.context.new_cdp_session(page)
    manifest = chromium.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert chromium.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    told = json.loads(manifest["data"])
    for icon in told["icons"]:
        size = page.evaluate(
            "async src => { const image = new Image(); image.src = src; await image.decode();"
            " return `${image.naturalWidth}x${image.naturalHeight}`; }",
            urljoin(manifest["url"], icon["src"]),
        )
        assert size == icon["sizes"]
    context.close()


def test_what_is_kept_ahead_is_small() -> None:
    """The page says « moins de deux mégaoctets », as hosts send it; the list is asked for at each visit."""

    def wire(path: str) -> int:
        file = SITE / path
        return len(gzip.compress((file / "index.html" if file.is_dir() else file).read_bytes(), 6))

    known = service_worker.listed(SITE)
    assert sum(map(wire, [*known["shell"], *known["more"]])) < 2_000_000
    assert wire("sw.js") < 28_000
    assert "Cela demande moins de deux mégaoctets." in (ROOT / "docs/hors-connexion.md").read_text(
        "utf-8"
    )


def test_the_list_holds_every_page_and_nothing_that_must_come_from_the_network() -> None:
    """Each page and each file of the engine can be kept; what programs read never is."""
    known = service_worker.listed(SITE)
    listed = {path for group in GROUPS for path in known[group]} | {*service_worker.apart(SITE)}
    pages = {
        re.sub(r"(^|/)index\.html$", r"\1", file.relative_to(SITE).as_posix())
        for file in SITE.rglob("*.html")
    }
    assert pages <= listed
    assert {
        f"{file.relative_to(SITE)}" for file in SITE.glob("runtime/**/*") if file.is_file()
    } == set(known["engine"])
    assert not [path for path in listed if path.startswith(("api/", "sitemap", "sw.js", "_"))]
    assert not {"journal/feed.xml", "assets/embed.js"} & listed


def test_firefox_and_webkit_read_and_calculate_without_network(engine: Send, host: Host) -> None:
    """The same visit in the other engines: a page, an answer, then no network."""
    window = Window(engine, f"http://127.0.0.1:{host.port}/")
    window.open(FILLED)
    window.find("[data-result][data-verdict=eligible]")
    # WebKit lets go of a worker whose page is left while it is installed: the next page tries again.
    window.until(AT_WORK)
    window.open(PAGE)
    wanted = set(host.listed("shell", "more", "engine", visited=PAGE).values())
    until(lambda: wanted <= set(window.evaluate(f"return ({KEPT})()")), "everything kept", 45)
    host.stop()
    window.open(FILLED)
    window.find("[data-result][data-verdict=eligible]")
    window.open(PAGE)
    window.until(
        "return document.querySelector('.announcement p')?.textContent.includes(arguments[0])", GONE
    )
    window.open(OTHER)
    window.find("[data-absent] a", "Essayer encore")
    engine("Navigate", url="about:blank")
