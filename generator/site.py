"""The build, stage by stage: data, rules, wheel, engine, Markdown, HTML, search index, open data."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from calculators import CALCULATORS
from calculators.rules import Rules
from generator import batch, offline, open_data, pages, rules_json, vendor
from generator.runtime import BuildError, build_runtime, build_wheel
from generator.sources import Content


def compile_rules(content: Content, root: Path) -> str:
    """Write `calculators/rules.json`, and return its text."""
    text = rules_json.as_text(content)
    target = root / "calculators" / "rules.json"
    if not target.exists() or target.read_text("utf-8") != text:
        target.write_text(text, "utf-8")
    return text


def build(content: Content, root: Path) -> Path:
    """Build the whole site; return its folder. Raises BuildError when a tool fails."""
    build_folder = root / "build"
    build_folder.mkdir(exist_ok=True)
    compiled = compile_rules(content, root)
    wheel = build_wheel(root, build_folder)
    build_runtime(root / "node_modules" / "pyodide", wheel, build_folder / "runtime")
    write_pages(content, Rules.from_json(compiled), root)
    site = build_folder / "site"
    _mkdocs(root)
    shutil.copytree(build_folder / "runtime", site / "runtime", dirs_exist_ok=True)
    vendor.copy(root / "node_modules", site / "assets" / "vendor")
    open_data.write(content, site / "api")
    _pagefind(root, site)
    offline.write(site, content.site)  # the last: it knows every file
    return site


def write_pages(content: Content, rules: Rules, root: Path) -> None:
    """Write the Markdown tree and its assets into `build/docs`, complete before the renderer."""
    address = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))["site_url"]
    docs, tree = root / "docs", root / "build" / "docs"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(docs, tree)
    written = {
        path.relative_to(docs).as_posix(): path.read_text("utf-8") for path in docs.rglob("*.md")
    }
    for name, text in pages.pages(content, CALCULATORS, rules, written, address).items():
        target = tree / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    models, examples = tree / "simulateurs" / "liste", batch.examples()
    models.mkdir()
    for name, known in batch.lists(CALCULATORS, rules).items():
        # The mark at the start tells a spreadsheet that the letters are UTF-8.
        model = batch.model(known, examples.get(name, [])).encode("utf-8-sig")
        (models / f"modele-{name}.csv").write_bytes(model)


def _mkdocs(root: Path) -> None:
    # The theme prints a notice about MkDocs 2, which the pinned version does not concern.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    _run([sys.executable, "-m", "mkdocs", "build", "--quiet"], root, "MkDocs", environment)


def _pagefind(root: Path, site: Path) -> None:
    command: list[str | Path] = [
        "node",
        root / "node_modules" / "pagefind" / "lib" / "runner" / "bin.cjs",
        "--site",
        site,
        "--root-selector",
        "article.md-content__inner",
        "--force-language",
        "fr",
        "--quiet",
    ]
    _run(command, root, "l'index de recherche")


def _run(
    command: list[str | Path], root: Path, what: str, environment: dict[str, str] | None = None
) -> None:
    done = subprocess.run(  # noqa: S603
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BuildError(f"Échec : {what}.\n{done.stdout}{done.stderr}")
