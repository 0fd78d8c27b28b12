"""What pages load is cut to what this site shows, and nothing that it shows is lost."""

from __future__ import annotations

import json
import re
from importlib.metadata import distribution
from pathlib import Path

import pytest

from generator.publish import lighter, page_weight
from generator.pyodide.engine import BuildError, run, weight
from tests.conftest import ROOT

SITE = ROOT / "build" / "site"
#: Bytes of a page without the engine, compressed: the goal is 70 kB, which that of lists exceeds a little.
HEAVIEST = 70_500
CLASS = re.compile(r"\.([a-z][\w-]*)")


def made(folder: Path, theme: str, scripts: dict[str, str], names: list[str]) -> dict[str, str]:
    given = {"theme": theme, "site": "p{color:var(--a)}", "scripts": scripts, "names": names}
    (folder / "given.json").write_text(json.dumps(given), "utf-8")
    program = Path(lighter.__file__).with_suffix(".mjs")
    return dict(json.loads(run(["node", program, folder / "given.json"], "l'essai")))


def test_a_rule_stays_if_a_page_or_a_script_names_its_classes(tmp_path: Path) -> None:
    """And a variable if something reads it; elements, states and what `:not` says are left alone."""
    theme = """:root{--a:var(--b);--b:red;--c:var(--d);--d:blue}
    .shown,.gone>.shown{top:0} .opened{top:1px} .noted{top:2px} kbd:hover{top:3px}
    .shown:not(.gone){top:4px} [dir=rtl] .shown{top:5px} [data-md-toggle=drawer]{top:6px}
    @media print{.gone{top:7px}}"""
    script = {"a.js": '// noted\nconst long = "opened";\nexport const twice = long + long;'}
    found = made(tmp_path, theme, script, ["shown", "ltr", "drawer"])
    assert found["theme"].strip() == (
        ":root{--a:var(--b);--b:red}.shown{top:0}.opened{top:1px}kbd:hover{top:3px}"
        ".shown:not(.gone){top:4px}[data-md-toggle=drawer]{top:6px}"
    )
    assert "noted" not in found["scripts"]["a.js"]  # type: ignore[index]


def test_a_sheet_that_cannot_be_read_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(BuildError):
        made(tmp_path, ".shown{", {}, [])


def test_no_class_that_the_theme_styles_is_lost() -> None:
    """Each class of a page that the theme's own sheets name is in the sheet that readers fetch."""
    folder = Path(str(distribution("mkdocs-material").locate_file("material/templates/assets")))
    own = "".join(path.read_text("utf-8") for path in folder.glob("stylesheets/*.css"))
    styled, cut = set(CLASS.findall(own)), (SITE / lighter.THEME).read_text("utf-8")
    written: set[str] = set()
    for path in SITE.rglob("*.html"):
        written.update(
            *(one.split() for one in re.findall(r'class="([^"]*)"', path.read_text("utf-8")))
        )
    assert len(written & styled) > 50
    assert written & styled <= set(CLASS.findall(cut))


def test_no_page_for_readers_is_heavier_than_what_a_phone_should_fetch() -> None:
    """With all that a browser fetches with it, the engine apart: what writes the site is not counted."""
    sizes = {path: weight([path]) for path in SITE.glob("assets/**/*") if path.is_file()} | {
        path: weight([path]) for path in SITE.glob("runtime/*/*js")
    }
    heavy = {}
    for path in SITE.rglob("index.html"):
        page = f"{path.parent.relative_to(SITE).as_posix()}/".removeprefix("./")
        if page.startswith("contribuer/"):
            continue
        files = {SITE / file for file in page_weight.fetched(SITE, page)} - {path}
        bytes_ = sum(sizes.get(file) or weight([file]) for file in files) + weight([path])
        if bytes_ > HEAVIEST:
            heavy[page] = bytes_
    assert heavy == {}
