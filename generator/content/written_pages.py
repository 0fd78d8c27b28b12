"""The pages written by hand (`docs/`): where their links lead, their pictures, the menu that names them.

What stops the renderer is told here first, with its line and the remedy; so is what it lets pass.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from markdown.extensions.toc import slugify

from generator.content import markdown, models
from generator.content.collections import COLLECTIONS
from generator.content.consistency import get, items, reserved
from generator.content.markdown import TextLink
from generator.content.references import Known
from generator.content.validation import near
from generator.yaml_files.document import Document
from generator.yaml_files.reader import LOADER

#: Pages that the site makes and that no file of `data/` has for itself.
GENERATED = {
    "annuaire/index.md",
    "comprendre/pres_de_chez_moi.md",
    "facile/index.md",
    "glossaire/index.md",
    "journal/2021.md",
    "journal/2022.md",
    "journal/2023.md",
    "journal/2024.md",
    "journal/2025.md",
    "journal/anciennes.md",
    "journal/index.md",
    "journal/toutes.md",
    "licences.md",
    "plan-du-site.md",
    "regles/index.md",
    "reseaux/index.md",
    "simulateurs/index.md",
    "simulateurs/liste.md",
    "suivi/index.md",
    "structures/index.md",
    "suivi/equipe.md",
    "textes/index.md",
}
#: Pages that list the files of a folder of `data/`, and are not made without any.
LISTS = {
    "news": "actualites/index.md",
    "portraits": "portraits/index.md",
}
#: Folders whose every page is made.
_MADE = {
    page.partition("/")[0] for page in {*GENERATED, *LISTS.values()} if page.endswith("/index.md")
}
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`|<!--.*?-->", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r'(!?)\[([^\]]*)\]\(\s*([^)\s]+)(?:\s+"[^"]*")?\s*\)')
_TAG = re.compile(r"<(a|img)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_HEADING = re.compile(r"^#{1,6} (.+?)\s*(?:\{[^}]*\})?$", re.MULTILINE)
_ID = re.compile(r"\{[^}\n]*#([\w-]+)[^}\n]*\}|\bid=\"([\w-]+)\"")
_DRAWING = re.compile(r"\[\[(pictogramme|dessin):([^\]]*)\]\]")
_NO_ALTERNATIVE = (
    "Cette image n'a pas de texte pour qui ne la voit pas. Écrivez-le entre les crochets : "
    '![Ce que montre l\'image.](image.png). Si elle ne fait que décorer : <img src="image.png" alt="">.'
)


@dataclass(frozen=True, slots=True)
class Pages:
    """All the pages and files of the site, by their paths in its tree, and what names things."""

    written: Mapping[str, Document]
    generated: Set[str]
    files: Set[str]
    known: Known

    def anchors(self, page: str) -> set[str] | None:
        """Return the names of the places of a page written by hand; None for another page."""
        if page not in self.written:
            return None
        return _anchors(self.written[page].text)


@lru_cache(maxsize=1024)
def _anchors(written: str) -> set[str]:
    text = _without_code(written)
    named = {one for found in _ID.findall(text) for one in found if one}
    return named | {slugify(heading, "-") for heading in _HEADING.findall(text)}


def generated(known: Known) -> set[str]:
    """Return the paths of the pages that the site makes: `glossaire/aci.md`."""
    ids = {
        "glossary": known.terms,
        "networks": known.networks,
        "directory": known.directory,
        "easy_read": known.easy_read,
        "news": known.news,
        "portraits": known.portraits,
        "rules": known.rules.keys(),
        "structures": {kind.value for kind in models.StructureKind},
        "journeys": known.journeys,
    }
    made = {
        pattern.format(name)
        for one in COLLECTIONS
        for pattern in one.pages
        if not pattern.startswith("simulateurs/")  # a rule alone has no simulator
        for name in (ids.get(one.name, ()) if "{}" in pattern else ("",))
    }
    texts = {f"textes/{number}.md" for number in known.articles}
    lists = {page for name, page in LISTS.items() if ids[name]}
    return (
        made | GENERATED | lists | texts | {f"simulateurs/{name}.md" for name in known.calculators}
    )


def check_pages(documents: Mapping[str, Document], known: Known) -> None:
    """Record in each page of `docs/`, and in `mkdocs.yml` if it is here, where it leads to nothing."""
    start = len("docs/")
    inside = {path[start:]: one for path, one in documents.items() if path.startswith("docs/")}
    written = {path: one for path, one in inside.items() if path.endswith(".md")}
    pages = Pages(written, generated(known), inside.keys(), known)
    for path, document in written.items():
        _name(path, document, pages)
        text = _without_code(document.text)
        for offset, message in [*_links(path, text, pages), *_alone(document.text)]:
            document.blame_at(_place(text, offset), message)
    for path, document in documents.items():
        page = get(document.value, "page") if path.startswith("data/easy_read/") else None
        everything = pages.written.keys() | pages.generated
        if isinstance(page, str) and pages.written and page not in everything:
            document.blame(
                ("page",),
                f"« {page} » n'est pas une page du site.{near(page, everything)} Corrigez le chemin.",
            )
    if moved := documents.get("data/redirects.yaml"):
        _redirects(moved, pages)
    if menu := documents.get("mkdocs.yml"):
        _menu(menu, pages)
    if links := documents.get("data/links.yaml"):
        _links_to_pages(links, pages)


@lru_cache(maxsize=1024)  # a change leaves most pages as they are
def _alone(text: str) -> list[tuple[int, str]]:
    """Return what is wrong with a page, whatever the others are."""
    bare = _without_code(text)
    problems = markdown.page_problems(text, bare)
    return [*_tags(bare), *_drawings(bare), *((one.offset, one.message) for one in problems)]


@lru_cache(maxsize=1024)
def _without_code(text: str) -> str:
    return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _name(path: str, document: Document, pages: Pages) -> None:
    stem = posixpath.basename(path).removesuffix(".md")
    twin = next((one for one in pages.written if one < path and one.lower() == path.lower()), None)
    if twin:
        document.blame(
            (),
            f"« {path} » ne diffère de « {twin} » que par ses capitales : Windows et macOS n'en gardent "
            "qu'un. Renommez l'une des deux pages.",
        )
    elif path in pages.generated:
        document.blame(
            (),
            "Cette page remplacerait celle que le site fait sous ce nom. Renommez-la, ou effacez-la.",
        )
    elif stem != "index" and models.RESERVED.match(stem):
        document.blame((), reserved(stem))


def _links(page: str, text: str, pages: Pages) -> Iterator[tuple[int, str]]:
    for found in _LINK.finditer(text):
        picture, words, target = found.groups()
        if picture:
            if not words.strip():
                yield found.start(), _NO_ALTERNATIVE
            message = _leads(page, target, pages, picture=True)
        else:
            message = _leads(page, target, pages)
            message = message or markdown.link_problem(TextLink(target, 0, "", words))
        if message:
            yield found.start(3), message


def _tags(text: str) -> Iterator[tuple[int, str]]:
    for found in _TAG.finditer(text):
        attributes: dict[str, str] = dict(_ATTRIBUTE.findall(found[2]))
        if found[1] == "img" and "alt" not in attributes:
            yield found.start(), _NO_ALTERNATIVE
        address = attributes.get("href", attributes.get("src", ""))
        # Written in HTML, an address is that of the built page: only other sites are looked at.
        if re.match(r"//|[\w.+-]+:", address) and (problem := markdown.address_problem(address)):
            yield found.start(), problem


def _drawings(text: str) -> Iterator[tuple[int, str]]:
    for found in _DRAWING.finditer(text):
        known = models.SCHEMES if found[1] == "dessin" else [*models.Pictogram]
        if found[2] not in known:
            yield (
                found.start(),
                f"« {found[0]} » n'est pas un dessin du site.{near(found[2], known)} Dessins : "
                f"{', '.join(known)}.",
            )


def _leads(page: str, target: str, pages: Pages, *, picture: bool = False) -> str | None:
    """Say in French why a link of `page` leads to nothing, or return None."""
    kind, colon, name = target.partition(":")
    if kind == "page" and colon:
        return _leads_to_page(name, pages)
    if target.startswith("[["):
        return None  # a slot that the site fills
    if colon and kind in {"texte", "plateforme", "article", "regle"}:
        return None if not picture else _no_file(target)  # checked with the sources
    if colon and (known := _things(kind, pages)) is not None:
        return None if name in known else f"« {target} » ne mène à rien.{near(name, known)}"
    if colon or target.startswith("//"):
        return markdown.address_problem(target, in_text=True)
    path, _, anchor = target.partition("#")
    there = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    if there not in pages.written and there not in pages.generated and there not in pages.files:
        return _no_file(target)
    anchors = pages.anchors(there)
    if anchor and anchors is not None and anchor not in anchors:
        return (
            f"« #{anchor} » n'est pas dans cette page.{near(anchor, anchors)} Un titre « ## Mon titre » "
            "a pour nom « #mon-titre »."
        )
    return None


def named(pages: Iterable[str]) -> set[str]:
    """Return the names of pages in `page:` links: their paths from the home page."""
    return {page.removesuffix(".md") for page in pages}


def _leads_to_page(target: str, pages: Pages) -> str | None:
    name, _, anchor = target.partition("#")
    known = named(pages.written.keys() | pages.generated)
    if name not in known:
        return (
            f"« page:{name} » ne mène à aucune page du site.{near(name, known)} Écrivez son adresse "
            "depuis l'accueil, sans barre à la fin : page:comprendre/contrats."
        )
    anchors = pages.anchors(f"{name}.md")
    if anchor and anchors is not None and anchor not in anchors:
        return f"« #{anchor} » n'est pas dans cette page.{near(anchor, anchors)}"
    return None


def _no_file(target: str) -> str:
    return (
        f"« {target} » ne mène à aucun fichier du site. Corrigez le chemin : il part du dossier de cette "
        "page."
    )


def _things(kind: str, pages: Pages) -> Set[str] | None:
    known = pages.known
    return {
        "terme": known.terms,
        "simulateur": known.calculators.keys(),
        "demarche": {*known.journeys},
        "regle-page": known.rules.keys(),
        "structure": {one.value for one in models.StructureKind},
        "reseau": known.networks,
        "actualite": known.news,
    }.get(kind)


def address(page: str) -> str:
    """Return the address of a page from the home page: `glossaire/aci/` for `glossaire/aci.md`."""
    folder, name = posixpath.split(page.removesuffix(".md"))
    return f"{folder}/" if name == "index" else posixpath.join(folder, name, "")


def _redirects(document: Document, pages: Pages) -> None:
    """Hold that each former address is free, and that the new one is that of a page."""
    known = {address(page) for page in pages.written.keys() | pages.generated}
    entries = items(get(document.value, "redirects"))
    seen: dict[str, str] = {}
    for position, entry in enumerate(entries):
        where = ("redirects", position)
        old, new = get(entry, "old"), get(entry, "new")
        if not isinstance(old, str) or not isinstance(new, str):
            continue  # told with its shape
        if old in known:
            document.blame(
                (*where, "old"),
                f"« {old} » est l'adresse d'une page du site : elle ne peut pas mener ailleurs. Effacez "
                "cette ligne.",
            )
        elif old in seen:
            document.blame(
                (*where, "old"),
                f"« {old} » mène déjà à « {seen[old]} ». Gardez une seule des deux lignes.",
            )
        seen.setdefault(old, new)
    for position, entry in enumerate(entries):
        new = get(entry, "new")
        if not isinstance(new, str) or new in known:
            continue
        if new in seen:
            problem = f"« {new} » est une adresse d'avant. Écrivez celle où elle mène : {seen[new]}"
        elif pages.written or new.partition("/")[0] in _MADE:
            problem = f"« {new} » n'est l'adresse d'aucune page.{near(new, known)} Corrigez-la."
        else:
            continue  # the workshop has no page of docs/
        document.blame(("redirects", position, "new"), problem)


def _links_to_pages(document: Document, pages: Pages) -> None:
    """Hold that what follows an answer or a page is a page that exists."""
    everything = pages.written.keys() | pages.generated
    categories = {f"glossaire/{category.value}" for category in models.Category} | _MADE
    named: list[tuple[tuple[str | int, ...], object, Set[str]]] = [
        (("places", position, "page"), get(place, "page"), everything)
        for position, place in enumerate(items(get(document.value, "places")))
    ]
    for position, way in enumerate(items(get(document.value, "ways_on"))):
        for key, others in (("pages", categories), ("to", set())):
            named += [
                (("ways_on", position, key, rank), one, everything | others)
                for rank, one in enumerate(items(get(way, key)))
            ]
    for where, page, known in named:
        path = page.partition("#")[0] if isinstance(page, str) else ""
        # The workshop has no page of docs/: only what the site makes is known there.
        if path and path not in known and (pages.written or path.partition("/")[0] in _MADE):
            document.blame(
                where, f"« {path} » n'est aucune page du site.{near(path, known)} Corrigez-la."
            )


def _menu(menu: Document, pages: Pages) -> None:
    """Hold that the menu leads to pages that exist, and that each page is in it or said to be out."""
    try:
        settings: Any = yaml.load(menu.text, Loader=LOADER)  # noqa: S506 - it is a safe one
    except yaml.YAMLError:
        menu.blame((), "Ce fichier ne se lit pas. Vérifiez le retrait et les deux-points.")
        return
    named = {*_leaves(settings.get("nav", []))}
    everything = pages.written.keys() | pages.generated
    for path in sorted(named - everything):
        place = _place(menu.text, menu.text.index(path))
        menu.blame_at(
            place,
            f"Le menu mène à « {path} », qui n'existe pas.{near(path, everything)} Corrigez le chemin ; "
            "pour une page que le site fait, ajoutez-la à GENERATED "
            "(generator/content/written_pages.py).",
        )
    apart = tuple(settings.get("not_in_nav", "").split())
    for path, document in pages.written.items():
        if path not in named and not path.startswith(apart):
            document.blame(
                ("menu",),
                "Aucun menu ne mène à cette page. Ajoutez-la à « nav », dans mkdocs.yml ; si d'autres "
                "pages y mènent, ajoutez-la à « not_in_nav ».",
            )


def _leaves(entries: Any) -> Iterator[str]:
    for entry in entries:
        for value in entry.values() if isinstance(entry, dict) else [entry]:
            if isinstance(value, str):
                yield value
            else:
                yield from _leaves(value)
