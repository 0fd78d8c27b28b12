"""`serve`, on a copy of the project: what is served after a change, at once and a little later."""

from __future__ import annotations

import hashlib
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic, sleep

import pytest

from generator.build import MADE
from generator.content import scaffold
from generator.publish import departments
from generator.publish.service_worker import short_hash
from tests.conftest import SOURCES
from tests.test_again import rendered

PATIENCE = 240.0  # seconds, on a machine that does much else


@dataclass
class Served:
    """A copy of the project that is served, and the process that serves it."""

    project: Path
    process: subprocess.Popen[str]
    home: str

    def page(self, address: str) -> str:
        """Return a page; what there is of it, if it is being written at this moment."""
        with urllib.request.urlopen(self.home + address) as answer:
            return str(answer.read().decode(errors="replace"))

    def change(self, entry: str, old: str, new: str) -> None:
        path = self.project / "data" / "glossary" / f"{entry}.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def said(self) -> str:
        """Return what the next build says at its end."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def whole(self, *entries: str) -> None:
        """Wait for all that follows: the worker, the last to be written, lists the pages of these.

        A worker of the build before may list them too: the page that others are copied from has gone.
        """
        build = self.project / "build"
        model = build / "site" / departments.MODEL

        def listed(entry: str) -> bool:
            return short_hash(self.page(f"glossaire/{entry}/").encode()) in self.page("sw.js")

        wait(
            lambda: (
                (build / "site.key").exists() and not model.exists() and all(map(listed, entries))
            )
        )

    def stop(self) -> None:
        """Stop it as Ctrl+C does: nothing of it is left, and it says nothing."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        self.process.send_signal(signal.SIGINT)
        _, rest = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0
        assert "Traceback" not in rest
        assert children
        assert not any(Path(f"/proc/{child}").exists() for child in children)


def wait(done: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not done():
        assert monotonic() < end
        sleep(0.1)


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[Served]:
    command = [sys.executable, "-u", str(project / "build_site.py"), "serve", "--port", "0"]
    pipe = subprocess.PIPE
    # A shell that runs tests in the background has told them to ignore this signal, which they would inherit.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            assert process.stdout is not None
            assert "quelques secondes ensuite" in process.stdout.readline()
            home = process.stdout.readline().split()[0]
            site = Served(project, process, home)
            site.whole("aci")
            yield site
            if process.poll() is None:
                site.stop()
        finally:
            process.kill()


def test_two_changes_in_a_row_are_shown_and_pages_that_say_the_same_are_kept(
    served: Served,
) -> None:
    before = rendered(served.project)
    served.change("aci", "title: ", "title: Essai d'")
    assert served.said() == "Reconstruction… faite.\n"
    assert "Essai d’" in served.page("glossaire/aci/")
    served.change("deld", "title: ", "title: Essai de ")
    assert served.said() == "Reconstruction… faite.\n"
    assert "Essai de" in served.page("glossaire/deld/")
    served.whole("aci", "deld")
    assert "Essai d’" in served.page("glossaire/")
    after = rendered(served.project)
    kept = [page for page in before if after[page] == before[page]]
    assert len(before) / 4 < len(kept) < len(before), "nothing was kept, or all was"


def test_a_mistake_leaves_the_old_site_until_it_is_mended(served: Served) -> None:
    before = served.page("glossaire/fle/")
    served.change("fle", "title: ", "titel: ")
    assert served.said() == "Reconstruction… impossible, l'ancien site reste servi.\n"
    assert served.process.stderr is not None
    assert "data/glossary/fle.yaml" in served.process.stderr.readline()
    assert served.page("glossaire/fle/") == before
    served.change("fle", "titel: ", "title: Essai, ")
    assert served.said() == "Reconstruction… faite.\n"
    assert "Essai, " in served.page("glossaire/fle/")


def test_after_every_kind_of_change_the_site_is_that_of_a_full_build(
    served: Served, tmp_path: Path
) -> None:
    """A page by hand is its own; two entries come, a script and a style change, and one entry goes.

    Its page goes with it, and nothing leads to it. What `serve` made, `build --again` leaves; a full
    build makes it, each byte, from the files of the project alone.
    """
    page = served.project / "docs" / "methode.md"
    page.write_text(page.read_text("utf-8") + "\n\nUn essai.\n", "utf-8")
    assert served.said() == "Reconstruction… faite.\n"
    assert "Un essai." in served.page("methode/")
    template = scaffold.create(tmp_path, "term", "essai", date.today()).read_text("utf-8")
    glossary = served.project / "data" / "glossary"
    for name in ("essai", "passage"):
        (glossary / f"{name}.yaml").write_text(template.replace("À écrire", f"Un {name}"), "utf-8")
    assets = served.project / "docs" / "assets"
    script, style = assets / "scripts" / "site" / "filter.js", assets / "styles" / "site.css"
    script.write_text(script.read_text("utf-8") + "\nexport const ESSAI = 1;\n", "utf-8")
    style.write_text(style.read_text("utf-8") + "\n.essai { color: red; }\n", "utf-8")
    assert served.said() == "Reconstruction… faite.\n"
    # A slow machine has seen the entries alone.
    while ".essai" not in served.page("assets/styles/site.css"):
        assert served.said() == "Reconstruction… faite.\n"
    served.whole("essai", "passage")
    (glossary / "passage.yaml").unlink()
    while "Un passage" in served.page("glossaire/"):
        assert served.said() == "Reconstruction… faite.\n"
        served.whole("essai")
    made = served.project / "build" / "site"
    assert not (made / "glossaire" / "passage").exists()
    told = [*made.rglob("*.html"), made / "sitemap.xml", made / "sw.js"]
    assert not any("glossaire/passage/" in path.read_text("utf-8") for path in told)
    served.stop()
    shown = digests(served.project)
    build = [sys.executable, str(served.project / "build_site.py"), "build"]
    subprocess.run([*build, "--again"], check=True)
    assert shown == digests(served.project)
    clear(served.project)
    subprocess.run(build, check=True)
    assert shown == digests(served.project)


def clear(project: Path) -> None:
    """Take away all that builds have left, but what the first one fetches from the network or compiles."""
    fetched = {"runtime", "runtime.key", "workshop", "workshop-compiled", "workshop-wheel"}
    for path in (project / "build").iterdir():
        if path.is_dir() and path.name not in fetched:
            shutil.rmtree(path)
        elif path.name not in fetched:
            path.unlink()
    for name in MADE:
        (made,) = (path for folder in SOURCES for path in (project / folder).rglob(name))
        made.unlink()


def digests(project: Path) -> dict[str, str]:
    made = project / "build" / "site"
    return {
        path.relative_to(made).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in made.rglob("*")
        if path.is_file()
    }
