"""`serve`, on a copy of the project: what is served after a change, at once and a little later."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import pytest

from generator.publish.service_worker import short_hash

PATIENCE = 240.0  # seconds, on a machine that does much else


@dataclass
class Served:
    """A copy of the project that is served, and the process that serves it."""

    project: Path
    process: subprocess.Popen[str]
    home: str

    def page(self, address: str) -> str:
        with urllib.request.urlopen(self.home + address) as answer:
            return str(answer.read().decode())

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
        """Wait for all that follows: the worker, the last to be written, lists the pages of these."""
        pages = [self.page(f"glossaire/{entry}/") for entry in entries]
        hashes = [short_hash(page.encode()) for page in pages]
        stamp = self.project / "build" / "site.key"
        wait(lambda: stamp.exists() and all(one in self.page("sw.js") for one in hashes))


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
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            process.send_signal(signal.SIGINT)  # as Ctrl+C does
            _, rest = process.communicate(timeout=PATIENCE)
            assert process.returncode == 0
            assert "Traceback" not in rest
            assert children
            assert not any(Path(f"/proc/{child}").exists() for child in children)
        finally:
            process.kill()


def test_two_changes_in_a_row_are_shown_then_everything_is_that_of_a_build(served: Served) -> None:
    """The pages of the two entries first; the end is, to the byte, what `build --again` makes."""
    served.change("aci", "title: ", "title: Essai d'")
    assert served.said() == "Reconstruction… faite.\n"
    assert "Essai d’" in served.page("glossaire/aci/")
    served.change("deld", "title: ", "title: Essai de ")
    assert served.said() == "Reconstruction… faite.\n"
    assert "Essai de" in served.page("glossaire/deld/")
    served.whole("aci", "deld")
    assert "Essai d’" in served.page("glossaire/")
    site = digests(served.project)
    program = str(served.project / "build_site.py")
    subprocess.run([sys.executable, program, "build", "--again"], check=True)
    assert digests(served.project) == site


def digests(project: Path) -> dict[str, str]:
    made = project / "build" / "site"
    return {
        path.relative_to(made).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in made.rglob("*")
        if path.is_file()
    }


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


def test_a_page_by_hand_and_a_style_are_shown(served: Served) -> None:
    """A page of `docs/` is its own; a style has no page, and all is made."""
    page = served.project / "docs" / "methode.md"
    page.write_text(page.read_text("utf-8") + "\n\nUn essai.\n", "utf-8")
    assert served.said() == "Reconstruction… faite.\n"
    assert "Un essai." in served.page("methode/")
    style = served.project / "docs" / "assets" / "styles" / "site.css"
    style.write_text(style.read_text("utf-8") + "\n.essai { color: red; }\n", "utf-8")
    assert served.said() == "Reconstruction… faite.\n"
    assert ".essai" in served.page("assets/styles/site.css")
