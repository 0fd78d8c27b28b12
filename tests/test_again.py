"""Built again after a change, the site is the one that a full build makes."""

from __future__ import annotations

import hashlib
import re
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

import pytest

from calculators import CALCULATORS
from generator.build import PAGES, Later, build_site
from generator.content import load, scaffold
from generator.pyodide.engine import BuildError


def build(project: Path, again: bool) -> dict[str, str]:
    """Build; return the digest of every file of the site, by its path."""
    checked = load.load(project / "data", CALCULATORS, date.today())
    assert checked.content, checked.mistakes
    made = build_site(checked.content, project, again)
    return {
        path.relative_to(made).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in made.rglob("*")
        if path.is_file()
    }


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


def test_a_partial_build_makes_the_site_of_a_full_build(project: Path) -> None:
    """An entry changed, one created, a page by hand and a script: each file is the same.

    When the new entry goes, its page goes, and nothing leads to it.
    """
    before = rendered(project)
    created = scaffold.create(project / "data", "term", "essai", date.today())
    created.write_text(created.read_text("utf-8").replace("À écrire", "Un essai"), "utf-8")
    change(project / "data" / "glossary" / "aci.yaml", "title: ", "title: Essai d'")
    change(project / "docs" / "methode.md", "## ", "Un essai.\n\n## ")
    change(project / "docs" / "assets" / "scripts" / "site" / "filter.js", "\n", "\n// Un essai.\n")
    again = build(project, again=True)
    after = rendered(project)
    kept = [name for name in before if after[name] == before[name]]
    assert len(before) / 4 < len(kept) < len(before), "nothing was kept, or all was"
    assert "glossaire/essai/index.html" in again
    assert again == build(project, again=False)
    created.unlink()
    assert set(again) - set(build(project, again=True)) >= {"glossaire/essai/index.html"}
    made = project / "build" / "site"
    texts = [
        path.read_text("utf-8") for path in made.rglob("*") if path.suffix in {".html", ".xml"}
    ]
    assert not any("glossaire/essai/" in text for text in texts)


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
    build(project, again=True)
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
