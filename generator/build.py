"""The build, stage by stage: data, rules, wheel, engine, Markdown, HTML, search index, open data."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Set
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

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
    edit_links,
    metadata,
    pictures,
    spreadsheet,
    spreadsheet_model,
)
from generator.pages.directory import Published
from generator.pages.tree import TOKENS, Engines, PageBuilder, pages, pages_of
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
from generator.pyodide.engine import (
    BuildError,
    Built,
    build_engine,
    build_wheel,
    engine_files,
    run,
)
from generator.workshop import engine as workshop_engine
from generator.yaml_files.reader import LOADER

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

#: The stage that runs the code of others, by its name.
RENDERER = "MkDocs"
#: Pages that hold the words of every subject, and answer about none.
NOT_SEARCHED = {"journal/toutes", "journal/anciennes", "licences"}
#: What people type for a sign that pages print.
TYPED = {APOSTROPHE: "'", "œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"}
#: The folders of the engines, in the build and in the site.
ENGINES = ("runtime", "workshop")
#: Files that the build writes beside the code: the compiled rules change with the data, and each page
#: that shows them with them; the policy of every page comes from the code.
MADE = ("rules.json", security_headers.META)
#: Files that every page depends on too: the configuration, and the versions of the tools.
PINNED = ("mkdocs.yml", "package-lock.json", "requirements.txt", "requirements-workshop.txt")

#: The stages that make the pages. What is between them and the last one may be left for later.
PAGES = ("rules and engine", "pages", RENDERER)

type Stage = Callable[[str], AbstractContextManager[object]]


class Later(Exception):
    """Raised by a `stage` to leave the rest of a build: its pages stay a base for the next one."""


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
    stage, and left at its end; after `PAGES`, it may raise `Later`. `preview` is the number of the
    proposal that the site shows: each page says that nobody has read it, and asks not to be indexed.
    """
    build_folder = root / "build"
    build_folder.mkdir(exist_ok=True)
    security_headers.write_meta(root / "generator" / "theme")
    with stage("rules and engine"):
        compiled = compiled_rules.write(content, root)
        keys, known = _keys(root, compiled), _known(root) if again else []
        # A build that stops half-way is no base for the next one.
        _stamp(root).unlink(missing_ok=True)
        if known != keys:
            build_wheel(root, build_folder)
        engine = _engine(root)
        workshop = workshop_engine.build(
            root,
            [*content.documents.values(), *picture_documents(content)],
            build_folder / "workshop",
        )
    with stage("pages"):
        engines, read = _engines(engine, workshop), _read(content, root)
        rules = Rules.from_json(compiled)
        gone = write_pages(content, rules, root, engines, read, _told(content, root, preview))
    with stage(RENDERER):
        if known[:1] == keys[:1] and not gone:
            for name in ENGINES:  # before the pages that ask for them
                _write(build_folder / "site" / name, _files(build_folder / name))
            _mkdocs_again(root, keys[0])
        else:
            _mkdocs(root)
    builder = PageBuilder(content, CALCULATORS, rules, engines)
    try:
        _write_others(builder, root, read, engine, stage, preview)
    except Later:
        _write_stamp(root, keys)
        raise
    _write_stamp(root, keys)
    return build_folder / "site"


def show_pages(content: Content, root: Path, files: Set[str]) -> bool:
    """Make the pages of the changed `files` in the site that was built last; tell whether it could.

    It cannot when the code or the rules have changed, or when a page has gone. All the rest is that of
    the last build, until `build_site` makes it again: the pages that only name what has changed, the
    workshop, whose pages ask for the engine that is there, the search, the open data, the worker.
    Where a file has no page of its own, all the pages are made.
    """
    compiled = compiled_rules.write(content, root)
    keys, workshop = _keys(root, compiled), workshop_engine.last(root / "build" / "workshop")
    if workshop is None or _known(root) != keys:
        return False
    _stamp(root).unlink()
    engines, rules = _engines(_engine(root), workshop), Rules.from_json(compiled)
    read, told, home = _read(content, root), _told(content, root), address(root)
    zones_known = read.zones is not None
    builder = PageBuilder(content, CALCULATORS, rules, engines, home, zones_known, read.published)
    if not _write_own_pages(files, builder, root, home, told) and write_pages(
        content, rules, root, engines, read, told
    ):
        return False
    _mkdocs_again(root, keys[0])
    _check_addresses(root)
    _write_stamp(root, keys)
    return True


def _write_own_pages(
    files: Set[str], builder: PageBuilder, root: Path, home: str, build: metadata.Build
) -> bool:
    """Write the pages of `files` alone; return False if one of these has no page, or a new one."""
    tree = root / "build" / "docs"
    known = {
        path.relative_to(tree).as_posix(): path.read_text("utf-8") for path in tree.rglob("*.md")
    }
    written = _written(_files(root / "docs"), root)
    made = pages_of(files, known, builder, written, home, build)
    told = {edit_links.source_file(path, path in written) for path in made}
    if not files or told != files or not made.keys() <= known.keys():
        return False
    for path, text in metadata.with_modules(made, _scripts(root)).items():
        if text != known[path]:
            (tree / path).write_text(text, "utf-8")
    return True


def _stamp(root: Path) -> Path:
    """Return the file that says what the pages of the built site are made of: see `_keys`."""
    return root / "build" / "site.key"


def _known(root: Path) -> list[str]:
    stamp = _stamp(root)
    return stamp.read_text("utf-8").split() if stamp.exists() else []


def _write_stamp(root: Path, keys: list[str]) -> None:
    _stamp(root).write_text("\n".join(keys), "utf-8")


def _keys(root: Path, compiled: str) -> list[str]:
    return [code_key(root), hashlib.sha256(compiled.encode()).hexdigest()]


def _engine(root: Path) -> Built:
    folder = root / "build"
    (wheel,) = folder.glob("calculators-*.whl")
    return build_engine(root / "node_modules" / "pyodide", wheel, folder / "runtime")


def _engines(engine: Built, workshop: Built) -> Engines:
    return Engines(f"runtime/{engine.digest}/", f"workshop/{workshop.digest}/", workshop.weight)


def _told(content: Content, root: Path, preview: int | None = None) -> metadata.Build:
    return metadata.Build(last_changes(root), preview_words(preview, content) if preview else "")


def _check_addresses(root: Path) -> None:
    if refused := addresses.refused(root / "build" / "site", address(root)):
        raise BuildError(
            "\n".join(["Des adresses de pages ne peuvent pas être publiées.", *refused])
        )


def _write_others(
    builder: PageBuilder,
    root: Path,
    read: Read,
    engine: Built,
    stage: Stage,
    preview: int | None,
) -> None:
    """Write all that stands beside the rendered pages."""
    content, build_folder = builder.content, root / "build"
    site = build_folder / "site"
    with stage("départements"):
        _write_places(builder, read, site)
    with stage("style sheets and scripts"):
        lighter.write(root, build_folder / "docs", site)
    with stage("addresses"):
        _check_addresses(root)
    with stage("copies and open data"):
        shutil.rmtree(site / "pagefind", ignore_errors=True)
        for name in ENGINES:
            _fill(site / name, _files(build_folder / name))
        third_party.copy_libraries(root / "node_modules", site / "assets" / "vendor")
        open_data.write_api(content, site / "api")
    with stage("search index"):
        _pagefind(root, site)
        search_names.write(content, read.places, site / "pagefind" / "names.json")
        service_worker.write_texts(site, content.site)
        _write_missing(site, content, root, bool(preview))
    with stage("security headers and list of software"):
        third_party.write_licences(root, site)
        security_headers.write_headers(site, build_folder)
    with stage("weights"):  # once the files that nothing loads are gone
        page_weight.write_figures(site, engine.weight)
    with stage("service worker"):
        service_worker.write_worker(site, content.site)  # the last: it knows every file


def code_key(root: Path) -> str:
    """Return the digest of all that every page depends on: code, theme, configuration, tools."""
    names = ("calculators", "generator")
    code = [path for name in names for path in (root / name).rglob("*") if path.suffix != ".pyc"]
    known = hashlib.sha256()
    for path in sorted([*code, *(root / name for name in PINNED)]):
        if path.is_file() and path.name not in MADE:
            known.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return known.hexdigest()


def address(root: Path) -> str:
    """Return the address of the site, with its final slash."""
    known = yaml.load((root / "mkdocs.yml").read_bytes(), LOADER)  # noqa: S506 - it is a safe one
    return str(known["site_url"])


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
    written = _written(files, root)
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
    made = metadata.with_modules(made, _scripts(root))
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


def _written(docs: dict[str, bytes], root: Path) -> dict[str, str]:
    """Return the pages written by hand, by path: those of `docs/`, and the one beside the code."""
    written = {name: text.decode() for name, text in docs.items() if name.endswith(".md")}
    return written | {"licences.md": third_party.page(third_party.parts(root))}


def _scripts(root: Path) -> dict[str, str]:
    """Return the scripts of the site by their paths in their folder."""
    folder = root / "docs" / "assets" / "scripts"
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.js")
    }


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
    _write(folder, files)
    return gone


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, body in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != body:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)


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


@lru_cache(maxsize=1)
def _renderer_settings(root: Path, _key: str) -> MkDocsConfig:
    """Return MkDocs' configuration, whose theme keeps its compiled templates and the list of its files.

    `_key` is the `code_key`, which holds the configuration and our part of the theme.
    """
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from mkdocs.config import load_config  # noqa: PLC0415

    config = load_config(str(root / "mkdocs.yml"))
    templates = config.theme.get_env()
    # Fourteen thousand icons, of which the renderer keeps none.
    search, listed = templates.list_templates, list[str]()

    def list_templates(filter_func: Callable[[str], bool]) -> list[str]:
        if not listed:
            listed.extend(search(filter_func=filter_func))
        return listed

    templates.list_templates = list_templates  # type: ignore[method-assign,assignment]
    config.theme.get_env = lambda: templates  # type: ignore[method-assign]
    return config


def _mkdocs_again(root: Path, key: str) -> None:
    """Render the pages that are newer than their HTML of the last build; `key` is the `code_key`."""
    # Here, where all else is loaded already: a process of its own would double the time.
    from mkdocs.commands.build import build as render  # noqa: PLC0415
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
        render(_renderer_settings(root, key), dirty=True)
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
