"""From `data/` to models: every mistake at once, with file, line, column and the remedy."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from calculators.dates import french_date
from calculators.typography import french
from generator.content import collections, consistency, freshness, models, written_pages
from generator.content.checks import check_data
from generator.content.collections import COLLECTIONS, Collection
from generator.content.consistency import get, items
from generator.content.references import Known
from generator.content.validation import keys_of, validate
from generator.yaml_files.document import Document, Mistake
from generator.yaml_files.reader import read, read_page

#: Folders of `data/` that are read elsewhere: worked cases, and the schemas for editors.
OTHERS = ("cases", "schemas")
#: The folder of the pictures that entries name.
PICTURES = "data/pictures/"


@dataclass(frozen=True, slots=True)
class Address:
    """A source as a reader sees it; `url` is None for a document that is not on the web."""

    title: str
    url: str | None
    quote: str | None = None


@dataclass(slots=True)
class Content:
    """All of `data/`, read and checked."""

    site: models.Site
    articles: dict[str, models.LegalText]
    figures: models.Figures
    history: models.History
    journeys: models.Journeys
    links: models.Links
    outdated: models.Outdated
    prescribers: models.Prescribers
    redirects: models.Redirects
    directory_changes: models.DirectoryChanges
    sectors: models.Sectors
    structures: models.Structures
    told: models.Told
    terms: dict[str, models.Term]
    networks: dict[str, models.Network]
    directory: dict[str, models.DirectoryEntry]
    news: dict[str, models.News]
    portraits: dict[str, models.Portrait]
    rules: dict[str, models.RuleFile]
    easy_read: dict[str, models.EasyRead]
    #: The files that all this comes from, as they were read, by their paths.
    documents: dict[str, Document]
    #: The pictures of `data/pictures/`, by the names of their files: width, height.
    pictures: dict[str, tuple[int, int]]
    #: The day of the check: pages tell the values of that day, and what comes after it.
    today: date

    def address(self, source: models.Source) -> Address:
        """Return the title and the address of a source."""
        match source:
            case models.Article(article=number, quote=quote):
                text = self.articles[number]
                return Address(french(text.title), read_at(number, text), quote)
            case models.Text(text=number, title=title, quote=quote):
                if (held := self.articles.get(number)) is None:
                    return Address(title, legifrance(number), quote)
                return Address(title, read_at(number, held), quote)
            case models.Platform(platform=path, title=title):
                code = self.site.platform
                kind = "blob" if "." in path else "tree"
                read_on = f"version du {french_date(code.date)}"
                return Address(
                    f"{title} ({read_on})", f"{code.repository}/{kind}/{code.commit}/{path}"
                )
            case models.Page(url=url, title=title, date=day, quote=quote):
                return Address(f"{title} ({shown_date(day)})", url, quote)
            case models.PaperDocument(document=title, date=day, quote=quote):
                return Address(f"{title} ({shown_date(day)})", None, quote)
        raise TypeError(source)


_SHELVES = {"JORFTEXT": "jorf/id", "JORFARTI": "jorf/article_jo", "LEGIARTI": "loda/article_lc"}


def legifrance(identifier: str, shelf: str | None = None) -> str:
    """Return the address of a text of the official journal, or of an article of one.

    Articles of codes stand on a shelf of their own, under identifiers of the same form: `read_at`.
    """
    return f"https://www.legifrance.gouv.fr/{shelf or _SHELVES[identifier[:8]]}/{identifier}"


def read_at(number: str, text: models.LegalText, version: models.Version | None = None) -> str:
    """Return the address of a version of a text, or of the newest: Légifrance's, else the copy's."""
    if identifier := (version or text.versions[-1]).id:
        return legifrance(identifier, None if models.TEXT.match(number) else "codes/article_lc")
    assert isinstance(text.source, models.Page)
    return text.source.url


def shown_date(day: date | int | str) -> str:
    """Write a day (« 3 septembre 2021 ») or a year, or leave « non daté » as it is."""
    return french_date(day) if isinstance(day, date) else str(day)


@dataclass(slots=True)
class Checked:
    """The result of a check: the content if there is no mistake, or all the mistakes.

    Warnings refuse nothing.
    """

    content: Content | None
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)


def pictures(documents: Mapping[str, Document]) -> dict[str, tuple[int, int]]:
    """Return the pictures that entries may show, by the names of their files: width, height."""
    return {
        Path(path).name: (get(one.value, "width") or 0, get(one.value, "height") or 0)
        for path, one in documents.items()
        if path.startswith(PICTURES)
    }


def load(data: Path, calculators: Mapping[str, ModuleType], today: date) -> Checked:
    """Read and check the folder `data`, and the `docs/` beside it: see `read_all` and `check`."""
    return check(read_all(data), calculators, today)


def read_all(data: Path, known: Mapping[str, Document] | None = None) -> dict[str, Document]:
    """Read every file of the folder `data`, and the pages and the menu of the `docs/` beside it.

    Return them by their paths from the root of the project, with their mistakes of YAML. A file
    that no collection expects, and a picture, is named and not read. Those of `known`, what was read
    before, are not parsed again where the text is the same.
    """
    known = known or {}
    root = data.parent
    paths = {root / one.path() for one in COLLECTIONS if not one.files}
    for one in COLLECTIONS:
        if one.files:
            paths.update((data / one.name).glob("*.yaml"))
    paths.update(
        path for path in data.rglob("*") if not path.is_dir() and path.parent.name not in OTHERS
    )
    resolved = root.resolve()
    documents = {}
    for path in sorted(paths):
        shown = path.relative_to(root)
        if shown.as_posix().startswith(PICTURES):
            document = _picture(path, shown)
        elif collections.of(shown) is None:
            document = Document(shown)
        elif path.resolve() != resolved / shown:
            document = Document(shown)
            document.blame(
                (),
                "Ce fichier n'est qu'un lien vers un autre endroit. "
                "Mettez-y le texte lui-même, ou effacez-le.",
            )
        else:
            document = read(path, shown, known.get(shown.as_posix()))
        documents[shown.as_posix()] = document
    for path in sorted((root / "docs").rglob("*")):
        if path.is_file():
            shown = path.relative_to(root)
            page = path.suffix == ".md"
            documents[shown.as_posix()] = read_page(path, shown) if page else Document(shown)
    menu = Path("mkdocs.yml")
    # Without the pages, as in the workshop, a menu would lead to nothing.
    if (root / menu).exists() and (root / "docs").is_dir():
        documents[menu.as_posix()] = read_page(root / menu, menu)
    return documents


def picture_documents(content: Content) -> list[Document]:
    """Return what `read_all` makes of the pictures of a content."""
    return [
        Document(Path(f"{PICTURES}{name}"), value={"width": width, "height": height})
        for name, (width, height) in content.pictures.items()
    ]


def _picture(path: Path, shown: Path) -> Document:
    """Return the document of a picture: its width and its height, or what is wrong with it."""
    # Pillow is not in the browser, where no file is read.
    from generator.content import picture_files  # noqa: PLC0415

    document = Document(shown)
    try:
        width, height = picture_files.size_of(path)
        document.value = {"width": width, "height": height}
    except ValueError as error:
        document.blame((), str(error))
    return document


def check(
    documents: Mapping[str, Document], calculators: Mapping[str, ModuleType], today: date
) -> Checked:
    """Check the documents that `read_all` returns, as a whole; none of them is changed.

    `calculators` are the modules that a text or a journey may lead to, by their ids; a `checked` date
    after `today` is refused.
    """
    copies = {path: one.fresh() for path, one in sorted(documents.items())}
    data: dict[str, Document] = {}
    parsed: dict[str, BaseModel] = {}
    # By the name that Windows and macOS give a file, the first path: copies are in order.
    first: dict[str, str] = {}
    for path, document in copies.items():
        twin = first.setdefault(path.lower(), path)
        if not path.startswith("data/") or path.startswith(PICTURES):
            continue
        collection = collections.of(path)
        if collection is None:
            document.blame((), _stray(document.path))
            continue
        data[path] = document
        if document.value is not None or not document.mistakes:
            validate(document, collection.model, parsed, path)
        if collection.files:
            _check_name(document, collection, twin)
    _check_folders(data, copies)
    shown = pictures(documents)
    known = _known(data, parsed, calculators, today, shown.keys())
    pages = [path for path in documents if path.startswith("docs/") and path.endswith(".md")]
    if pages:
        every = {path.removeprefix("docs/") for path in pages} | written_pages.generated(known)
        known = replace(known, pages=written_pages.named(every))
    outdated = parsed.get("data/outdated.yaml")
    names = freshness.Names(outdated) if isinstance(outdated, models.Outdated) else None
    check_data(data, known, names)
    for path, document in copies.items():
        if path.endswith(".md"):
            freshness.check_page(document, names, today, known.texts)
    written_pages.check_pages(copies, known)
    if not any(document.mistakes for document in copies.values()):
        _unused_pictures(copies, parsed)
    mistakes = sorted({one for document in copies.values() for one in document.mistakes})
    warnings = sorted({one for document in copies.values() for one in document.warnings})
    if mistakes:
        return Checked(None, mistakes, warnings)
    return Checked(_content(parsed, documents, today), [], warnings)


def _unused_pictures(copies: Mapping[str, Document], parsed: Mapping[str, BaseModel]) -> None:
    """Blame a picture that no entry shows: nothing says what it is, nor by what right it is here."""
    named = {picture.file for entry in parsed.values() for picture in pictures_of(entry)}
    for path, document in copies.items():
        if path.startswith(PICTURES) and document.path.name not in named:
            document.blame(
                (),
                "Aucune fiche ne montre cette image. Nommez-la dans une fiche, avec son texte et sa licence, "
                "ou effacez-la.",
            )


def pictures_of(entry: BaseModel) -> list[models.Picture]:
    """Return the pictures that an entry shows."""
    match entry:
        case models.Network(logo=logo, pictures=others):
            return [one for one in (logo, *others) if one]
        case models.News(picture=picture) | models.Portrait(picture=picture) if picture:
            return [picture]
    return []


def _check_name(document: Document, collection: Collection, twin: str) -> None:
    """Blame the name of a file of a folder: it is an address, and a file of every system.

    `twin` is the first path that differs from its own by capitals alone: its own if there is none.
    """
    name = document.path.name
    assert collection.files
    if twin != document.path.as_posix():
        document.blame_at(
            (1, 1),
            f"« {name} » ne diffère de {twin} que par ses capitales : Windows et macOS n'en "
            "gardent qu'un. Réunissez les deux, ou renommez-en un.",
        )
    elif not collection.named(document.path.stem):
        document.blame_at(
            (1, 1),
            f"Le nom du fichier (« {name} ») ne convient pas. Renommez-le : {collection.naming}.",
        )
    elif models.RESERVED.match(document.path.stem):
        document.blame_at((1, 1), consistency.reserved(document.path.stem))


def _check_folders(data: Mapping[str, Document], documents: dict[str, Document]) -> None:
    """Blame a folder of `data/` without any file: the site would lose all that it held."""
    for one in COLLECTIONS:
        folder = f"data/{one.name}"
        if one.required and not any(path.startswith(f"{folder}/") for path in data):
            documents[folder] = Document(Path(folder))
            documents[folder].blame(
                (), "Ce dossier manque, ou il est vide. Remettez-le : le site en a besoin."
            )


def _files(name: str, held: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of `held` (by paths) for the files of a folder, by their ids."""
    start = f"data/{name}/"
    return {Path(path).stem: one for path, one in held.items() if path.startswith(start)}


def _known(
    data: Mapping[str, Document],
    parsed: Mapping[str, BaseModel],
    calculators: Mapping[str, ModuleType],
    today: date,
    pictures: Set[str],
) -> Known:
    rules = _files("rules", parsed)
    return Known(
        terms=_files("glossary", data).keys(),
        rules={name: rules.get(name) for name in _files("rules", data)},
        articles=_files("articles", data).keys(),
        texts=_files("articles", parsed),
        calculators=calculators,
        journeys=keys_of(get(data["data/journeys.yaml"].value, "journeys")),
        today=today,
        networks=_files("networks", data).keys(),
        news=_files("news", data).keys(),
        portraits=_files("portraits", data).keys(),
        directory=_files("directory", data).keys(),
        easy_read=_files("easy_read", data).keys(),
        sectors={
            str(get(one, "id")) for one in items(get(data["data/sectors.yaml"].value, "sectors"))
        },
        pictures=pictures,
    )


def _content(
    parsed: Mapping[str, BaseModel], documents: Mapping[str, Document], today: date
) -> Content:
    held: dict[str, Any] = {
        one.attribute: _files(one.name, parsed) if one.files else parsed[one.path()]
        for one in COLLECTIONS
    }
    read_data = {path: one for path, one in documents.items() if path.startswith("data/")}
    read_data = {path: one for path, one in read_data.items() if not path.startswith(PICTURES)}
    return Content(**held, documents=read_data, pictures=pictures(documents), today=today)


def unfit_for_production(root: Path, content: Content) -> list[Mistake]:
    """Return one mistake for each field that a public site may not leave empty.

    `root` is the project: its `mkdocs.yml` and the names of the forge's reviewers count too.
    """
    document = replace(content.documents["data/site.yaml"], mistakes=[])
    for where, words in models.missing(content.site):
        document.blame(
            where,
            f"Avant la mise en ligne, donnez {words} : remplissez « {where[-1]} ».",
            key=True,
        )
    config = root / "mkdocs.yml"
    for number, line in enumerate(config.read_text("utf-8").splitlines(), 1):
        if line.startswith("site_url: http://127.0.0.1"):
            message = "Avant la mise en ligne, donnez l'adresse du site : remplissez « site_url »."
            document.mistakes.append(Mistake(Path(config.name), number, 1, message))
    owners = root / ".github" / "CODEOWNERS"
    lines = owners.read_text("utf-8").splitlines() if owners.exists() else []
    for number, line in enumerate(lines, 1):
        if "@a-nommer" in line and not line.startswith("#"):
            message = "Avant la mise en ligne, dites qui relit ces fichiers : remplacez @a-nommer."
            place = owners.relative_to(root)
            document.mistakes.append(Mistake(place, number, line.index("@") + 1, message))
    return sorted(document.mistakes)


def _stray(path: Path) -> str:
    """Say what to do with a file that no collection expects."""
    folders = [one.name for one in COLLECTIONS if one.files]
    if path.suffix.lower() in {".yml", ".yaml"} and path.parent.name in folders:
        remedy = f"Renommez-le en {path.stem}.yaml."
    else:
        names = [f"{one.name}/ID.yaml" if one.files else f"{one.name}.yaml" for one in COLLECTIONS]
        remedy = f"Effacez-le ou déplacez-le. Les fichiers attendus sont : {', '.join(names)}."
    return f"Ce fichier n'est pas lu. {remedy}"
