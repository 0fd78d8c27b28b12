"""The build, stage by stage: data, rules, wheel, engine, Markdown, HTML, search index, open data."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from calculators import CALCULATORS
from calculators.dates import french_date
from calculators.rules import Rules
from calculators.typography import APOSTROPHE
from generator.content import communes, compiled_rules, picture_files
from generator.content.communes import Places
from generator.content.last_changes import last_changes
from generator.content.load import PICTURES, Content, picture_documents
from generator.directory import store, zones
from generator.pages import (
    department_pages,
    metadata,
    pictures,
    spreadsheet,
    spreadsheet_model,
)
from generator.pages.directory import Published
from generator.pages.tree import TOKENS, Engines, PageBuilder, pages
from generator.publish import (
    addresses,
    commune_files,
    departments,
    directory_files,
    lighter,
    open_data,
    page_weight,
    preview_banner,
    redirects,
    search_names,
    security_headers,
    service_worker,
    third_party,
    zone_files,
)
from generator.pyodide.engine import BuildError, build_engine, build_wheel, engine_files, run
from generator.workshop import engine as workshop_engine

#: The stage that runs the code of others, by its name.
RENDERER = "MkDocs"
#: Pages that hold the words of every subject, and answer about none.
NOT_SEARCHED = {"journal/toutes", "journal/anciennes", "licences"}
#: What people type for a sign that pages print.
TYPED = {APOSTROPHE: "'", "œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"}
#: Files that every page depends on too: the configuration, and the versions of the tools.
PINNED = ("mkdocs.yml", "package-lock.json", "requirements.txt", "requirements-workshop.txt")

type Stage = Callable[[str], AbstractContextManager[object]]


@dataclass(frozen=True)
class Read:
    """What other commands have read for the build: the communes, the State's directory, the FRR zones."""

    places: Places
    directory: store.Store | None
    published: Published | None
    zones: Mapping[str, zones.Zone] | None


def _read(content: Content, root: Path) -> Read:
    places, kept = communes.read(root / "node_modules"), store.read(root)
    published = Published(kept.day, directory_files.hiring(content, places, kept)) if kept else None
    return Read(places, kept, published, zones.read(root))


def compile_rules(content: Content, root: Path) -> str:
    """Write `calculators/rules.json`, and return its text."""
    text = compiled_rules.as_text(content)
    target = root / "calculators" / "rules.json"
    if not target.exists() or target.read_text("utf-8") != text:
        target.write_text(text, "utf-8")
    return text


def build_site(
    content: Content,
    root: Path,
    again: bool = False,
    stage: Stage = nullcontext,
    preview: int | None = None,
) -> Path:
    """Build the whole site; return its folder. Raises BuildError when a tool fails.

    `again` builds only what has changed since the last build, when that is sure to give the same
    site: the code is the same, and no page has gone. `stage` is entered with the name of each
    stage, and left at its end. `preview` is the number of the proposal that the site shows: each page
    says that nobody has read it, and asks not to be indexed.
    """
    build_folder = root / "build"
    build_folder.mkdir(exist_ok=True)
    site = build_folder / "site"
    security_headers.write_meta(root / "generator" / "theme")
    with stage("rules and engine"):
        compiled = compile_rules(content, root)
        stamp = build_folder / "site.key"
        keys = [_key(root), hashlib.sha256(compiled.encode()).hexdigest()]
        known = stamp.read_text("utf-8").split() if again and stamp.exists() else []
        stamp.unlink(missing_ok=True)  # a build that stops half-way is no base for the next one
        if known != keys:
            build_wheel(root, build_folder)
        (wheel,) = build_folder.glob("calculators-*.whl")
        engine = build_engine(root / "node_modules" / "pyodide", wheel, build_folder / "runtime")
        workshop = workshop_engine.build(
            root,
            [*content.documents.values(), *picture_documents(content)],
            build_folder / "workshop",
        )
    with stage("pages"):
        engines = Engines(
            f"runtime/{engine.digest}/", f"workshop/{workshop.digest}/", workshop.weight
        )
        told = metadata.Build(
            last_changes(root), preview_words(preview, content) if preview else ""
        )
        read = _read(content, root)
        gone = write_pages(content, Rules.from_json(compiled), root, engines, read, told)
    with stage(RENDERER):
        if known[:1] == keys[:1] and not gone:
            _mkdocs_again(root)
        else:
            _mkdocs(root)
    with stage("départements"):
        _write_places(
            PageBuilder(content, CALCULATORS, Rules.from_json(compiled), engines), read, site
        )
    with stage("style sheets and scripts"):
        lighter.write(root, build_folder / "docs", site)
    with stage("addresses"):
        if refused := addresses.refused(site, address(root)):
            raise BuildError(
                "\n".join(["Des adresses de pages ne peuvent pas être publiées.", *refused])
            )
    with stage("copies and open data"):
        shutil.rmtree(site / "pagefind", ignore_errors=True)
        for name in ("runtime", "workshop"):
            _fill(site / name, _files(build_folder / name))
        third_party.copy_libraries(root / "node_modules", site / "assets" / "vendor")
        open_data.write_api(content, site / "api")
    with stage("search index"):
        _pagefind(root, site)
        search_names.write(content, read.places, site / "pagefind" / "names.json")
        _write_missing(site, content, root, bool(preview))
    with stage("security headers and list of software"):
        third_party.write_licences(root, site)
        security_headers.write_headers(site, build_folder)
    with stage("weights"):  # once the files that nothing loads are gone
        page_weight.write_figures(site, engine.weight)
    with stage("service worker"):
        service_worker.write_worker(site, content.site)  # the last: it knows every file
    stamp.write_text("\n".join(keys), "utf-8")
    return site


def _key(root: Path) -> str:
    """Return the digest of all that every page depends on: code, theme, configuration, tools."""
    names = ("calculators", "generator")
    code = [path for name in names for path in (root / name).rglob("*") if path.suffix != ".pyc"]
    known = hashlib.sha256()
    for path in sorted([*code, *(root / name for name in PINNED)]):
        # The compiled rules change with the data, and each page that shows them with them.
        if path.is_file() and path.name != "rules.json":
            known.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return known.hexdigest()


def address(root: Path) -> str:
    """Return the address of the site, with its final slash."""
    return str(yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))["site_url"])


def _write_missing(site: Path, content: Content, root: Path, preview: bool) -> None:
    """Write what answers where there is no page: any more, or at all."""
    own = "" if preview else address(root)
    redirects.write(site, root / "build", content.redirects.redirects, own)
    if preview:
        preview_banner.announce(site)


def preview_words(number: int, content: Content) -> str:
    """Return what each page of a proposal says first."""
    return f"Proposition n° {number}, non relue : aperçu du {french_date(content.today)}."


def write_pages(
    content: Content,
    rules: Rules,
    root: Path,
    engines: Engines,
    read: Read,
    build: metadata.Build | None = None,
) -> set[Path]:
    """Write the Markdown tree and its assets into `build/docs`, complete before the renderer.

    A file that has not changed is left as it is, with its day. Returns the files that have gone.
    """
    docs, tree = root / "docs", root / "build" / "docs"
    files = _files(docs)
    written = {name: text.decode() for name, text in files.items() if name.endswith(".md")}
    written["licences.md"] = third_party.page(third_party.parts(root))
    made = pages(
        content,
        CALCULATORS,
        rules,
        written,
        address(root),
        engines,
        build,
        read.zones is not None,
        read.published,
    )
    folder = docs / "assets" / "scripts"
    scripts = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.js")
    }
    made = metadata.with_modules(made, scripts)
    files |= {name: text.encode() for name, text in made.items()}
    files["assets/scripts/site/engine_files.js"] = engine_files(engines.calculators).encode()
    examples = spreadsheet.examples()
    for name, described in spreadsheet.spreadsheets(CALCULATORS, rules).items():
        # The mark at the start tells a spreadsheet that the letters are UTF-8.
        given = examples.get(name, [])
        model = spreadsheet.model(described, given).encode("utf-8-sig")
        files[f"simulateurs/liste/modele-{name}.csv"] = model
        files[f"simulateurs/liste/modele-{name}.xlsx"] = spreadsheet_model.workbook(
            described, given
        )
    files |= _pictures(content, root)
    lighter.join_sheets(files)
    return _fill(tree, files)


def _files(folder: Path) -> dict[str, bytes]:
    """Return the contents of the files of a folder, by their paths in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _fill(folder: Path, files: dict[str, bytes]) -> set[Path]:
    """Make a folder hold these files alone: one that has not changed is left as it is, with its day.

    Returns the files that have gone.
    """
    gone = {path for path in folder.rglob("*") if path.is_file()} - {
        folder / name for name in files
    }
    for path in gone:
        path.unlink()
        with suppress(OSError):  # it holds other files
            os.removedirs(path.parent)
    for name, body in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != body:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
    return gone


def _pictures(content: Content, root: Path) -> dict[str, bytes]:
    """Return the sizes of each picture by their paths in the site; those of the last build are kept."""
    kept = root / "build" / "pictures"
    made = {}
    for file, (width, _) in content.pictures.items():
        given = root / PICTURES / file
        known = hashlib.sha256(given.read_bytes()).hexdigest()[:16]
        for most, name in pictures.sizes(file, width).items():
            copy = kept / f"{known}-{most}.webp"
            if not copy.exists():
                kept.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(picture_files.resized(given, most))
            made[f"{pictures.FOLDER}{name}"] = copy.read_bytes()
    return made


def _write_places(builder: PageBuilder, read: Read, site: Path) -> None:
    """Write the directory, the page of each département, and the files in which a page finds a commune."""
    for name in ("api", directory_files.FOLDER, zone_files.FOLDER):
        shutil.rmtree(site / name, ignore_errors=True)
    counts = directory_files.write(builder.content, read.places, read.directory, site)
    departments.write(site, department_pages.pages(builder, read.places, counts), TOKENS)
    commune_files.write(read.places, site)
    if read.zones is not None:
        zone_files.write(read.zones, read.places, site)


def _mkdocs(root: Path) -> None:
    # The theme prints a notice about MkDocs 2, which the pinned version does not concern.
    # Without --quiet: MkDocs counts only the warnings that it prints, and `strict` stops on those.
    run([sys.executable, "-m", "mkdocs", "build"], "MkDocs", {"NO_MKDOCS_2_WARNING": "1"}, root)


def _mkdocs_again(root: Path) -> None:
    """Render the pages that are newer than their HTML of the last build."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    # Here, where all else is loaded already: a process of its own would double the time.
    from mkdocs.commands.build import build as render  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import Abort  # noqa: PLC0415

    def strict(record: logging.LogRecord) -> bool:
        # Every warning stops, but the one on the files that a « dirty » build leaves in place.
        return not record.getMessage().startswith("A 'dirty' build")

    printed = io.StringIO()
    handler = logging.StreamHandler(printed)
    handler.setLevel(logging.WARNING)
    logger, its_build = logging.getLogger("mkdocs"), logging.getLogger("mkdocs.commands.build")
    logger.addHandler(handler)
    its_build.addFilter(strict)
    try:
        render(load_config(str(root / "mkdocs.yml")), dirty=True)
    except Abort as stopped:
        raise BuildError(f"Échec : MkDocs.\n{printed.getvalue()}{stopped}") from stopped
    finally:
        logger.removeHandler(handler)
        its_build.removeFilter(strict)


def _pagefind(root: Path, site: Path) -> None:
    # Pagefind splits « l'emploi » in two words, and not « l’emploi », and finds no « oeuvre » in
    # « œuvre »: it reads a typed copy.
    copy = root / "build" / "indexed"
    files = {}
    for path in site.rglob("*.html"):
        if departments.is_copy(path.relative_to(site)):
            continue  # a hundred and one answers alike would hide the others
        if path.parent.relative_to(site).as_posix() in NOT_SEARCHED:
            continue
        text = path.read_text("utf-8")
        for letter, typed in TYPED.items():  # far faster than `translate`
            text = text.replace(letter, typed)
        files[path.relative_to(site).as_posix()] = text.encode()
    _fill(copy, files)
    command: list[str | Path] = [
        "node",
        root / "node_modules" / "pagefind" / "lib" / "runner" / "bin.cjs",
        "--site",
        copy,
        "--output-path",
        site / "pagefind",
        "--root-selector",
        "article.md-content__inner",
        "--force-language",
        "fr",
        "--quiet",
    ]
    run(command, "l'index de recherche", folder=root)
