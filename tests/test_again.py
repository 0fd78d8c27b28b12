"""A build that stops half-way, for another change or for a mistake: what the next one makes of it."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

import pytest

from calculators import CALCULATORS
from generator.build import PAGES, Later, build_site
from generator.content import load
from generator.pyodide.engine import BuildError


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def rendered(project: Path) -> dict[str, int]:
    """Return when each page was written, by its path."""
    made = project / "build" / "site"
    return {
        page.relative_to(made).as_posix(): page.stat().st_mtime_ns for page in made.rglob("*.html")
    }


def test_what_is_left_for_later_leaves_a_site_that_holds(project: Path) -> None:
    """Its pages are rendered, the engine that they ask for is there, and the next build goes on from it."""
    change(project / "data" / "glossary" / "fle.yaml", "title: ", "title: Essai, ")

    def stage(name: str) -> AbstractContextManager[None]:
        if name not in PAGES:
            raise Later
        return nullcontext()

    checked = load.load(project / "data", CALCULATORS, date.today())
    assert checked.content, checked.mistakes
    with pytest.raises(Later):
        build_site(checked.content, project, True, stage)
    site = project / "build" / "site"
    page = (site / "contribuer" / "atelier" / "index.html").read_text("utf-8")
    (digest,) = set(re.findall(r"workshop/([0-9a-f]{16})/", page))
    assert (site / "workshop" / digest / "worker.js").exists()
    before = rendered(project)
    build_site(checked.content, project, True)
    after = rendered(project)
    assert after["glossaire/fle/index.html"] == before["glossaire/fle/index.html"]
    assert [one.name for one in (site / "workshop").iterdir()] == [digest]


def test_a_build_that_stopped_is_no_base_for_the_next_one(project: Path) -> None:
    """The renderer stops: the key of the site goes, so that the next build makes every page."""
    change(project / "mkdocs.yml", "plugins: []", "plugins: [absent]")
    checked = load.load(project / "data", CALCULATORS, date.today())
    assert checked.content, checked.mistakes
    for again in (True, False):
        with pytest.raises(BuildError, match="absent"):
            build_site(checked.content, project, again)
        assert not (project / "build" / "site.key").exists()
