"""From `data/` to models: every mistake at once, with file, line, column and the remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from calculators.dates import french_date
from calculators.typography import french
from generator.content import freshness, models
from generator.content.checks import Checker
from generator.content.validation import validate
from generator.yaml_files.document import Document, Mistake
from generator.yaml_files.reader import read

#: Files that hold one entry each: folder, model. The file's name is the entry's id.
FOLDERS: dict[str, type[BaseModel]] = {
    "glossary": models.Term,
    "networks": models.Network,
    "rules": models.RuleFile,
    "articles": models.LegalText,
}
#: Single files.
FILES: dict[str, type[BaseModel]] = {
    "figures": models.Figures,
    "history": models.History,
    "links": models.Links,
    "outdated": models.Outdated,
    "prescribers": models.Prescribers,
    "sectors": models.Sectors,
    "site": models.Site,
    "structures": models.Structures,
}

#: Folders of `data/` that are read elsewhere: worked cases, and what editors complete with.
OTHERS = ("cases", "schemas")


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
    links: models.Links
    outdated: models.Outdated
    prescribers: models.Prescribers
    sectors: models.Sectors
    structures: models.Structures
    terms: dict[str, models.Term]
    networks: dict[str, models.Network]
    rules: dict[str, models.RuleFile]
    #: The files that all this comes from, as they were read.
    documents: dict[str, Document]

    def address(self, source: models.Source) -> Address:
        """Return the title and the address of a source."""
        match source:
            case models.Article(article=number, quote=quote):
                text = self.articles[number]
                return Address(
                    french(text.title),
                    legifrance(text.id),
                    quote,
                )
            case models.Text(text=identifier, title=title, quote=quote):
                return Address(title, legifrance(identifier), quote)
            case models.Platform(platform=path, title=title):
                code = self.site.platform
                kind = "blob" if "." in path else "tree"
                read_on = f"version du {french_date(code.date)}"
                return Address(
                    f"{title} ({read_on})", f"{code.repository}/{kind}/{code.commit}/{path}"
                )
            case models.Page(url=url, title=title, date=day):
                return Address(f"{title} ({shown_date(day)})", url)
            case models.PaperDocument(document=title, date=day):
                return Address(f"{title} ({shown_date(day)})", None)
        raise TypeError(source)


def legifrance(identifier: str) -> str:
    """Return the address of a version of an article, or of a text of the official journal."""
    kind = "jorf/id" if identifier.startswith("JORFTEXT") else "codes/article_lc"
    return f"https://www.legifrance.gouv.fr/{kind}/{identifier}"


def shown_date(day: date | int | str) -> str:
    """Write a day (« 3 septembre 2021 ») or a year, or leave « non daté » as it is."""
    return french_date(day) if isinstance(day, date) else str(day)


@dataclass(slots=True)
class Checked:
    """What reading `data/` gives: the content if there is no mistake, or all the mistakes.

    Warnings are told too, and refuse nothing.
    """

    content: Content | None
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)


def load(
    root: Path,
    calculators: Iterable[str],
    today: date,
    reader: Callable[[Path, Path], Document] = read,
) -> Checked:
    """Read and check every file under `root` (the `data/` folder), and what has aged in `docs/`.

    `calculators` are the ids that a text may link to; a `checked` date after `today` is refused.
    `reader` reads a file of `data/`, given where it is and the path to print.
    """
    documents: dict[str, Document] = {}
    parsed: dict[str, BaseModel] = {}
    expected = list(_expected(root))
    resolved = root.resolve()
    for key, path, model in expected:
        place = path.relative_to(root)
        shown = Path(root.name) / place
        if path.resolve() != resolved / place:
            document = documents[key] = Document(shown)
            document.blame(
                (),
                "Ce fichier n'est qu'un lien vers un autre endroit. "
                "Mettez-y le texte lui-même, ou effacez-le.",
            )
            continue
        document = documents[key] = reader(path, shown)
        if document.value is not None or not document.mistakes:
            validate(document, model, parsed, key)
        if not (models.NUMBER if key.startswith("articles/") else models.ID).match(path.stem):
            document.blame_at(
                (1, 1),
                f"Le nom du fichier (« {path.name} ») ne convient pas. Renommez-le : minuscules "
                "sans accent, chiffres et « _ », 60 caractères au plus, comme pass_iae.yaml.",
            )
    known = {path for _, path, _ in expected}
    stray = [
        _stray(root, path)
        for path in sorted(set(root.rglob("*")) - known)
        if not path.is_dir() and path.parent.name not in OTHERS
    ]
    checker = Checker(documents, parsed, set(calculators), today)
    checker.run()
    pages = [
        freshness.check_page(
            path, path.relative_to(root.parent), checker.names, today, checker.texts
        )
        for path in sorted((root.parent / "docs").rglob("*.md"))
    ]
    read_all = [*documents.values(), *pages]
    mistakes = sorted({*stray, *(m for d in read_all for m in d.mistakes)})
    warnings = sorted({m for d in read_all for m in d.warnings})
    if mistakes:
        return Checked(None, mistakes, warnings)

    def folder(name: str) -> dict[str, Any]:
        return {
            key.split("/")[1]: model for key, model in parsed.items() if key.startswith(f"{name}/")
        }

    single: dict[str, Any] = {name: parsed[name] for name in FILES}
    content = Content(
        **single,
        articles=folder("articles"),
        terms=folder("glossary"),
        networks=folder("networks"),
        rules=folder("rules"),
        documents=documents,
    )
    return Checked(content, [], warnings)


def unfit_for_production(root: Path, content: Content) -> list[Mistake]:
    """Return what the public may not be shown without: one mistake for each missing field."""
    document = read(root / "site.yaml", Path(root.name) / "site.yaml")
    for where, words in models.missing(content.site):
        document.blame(
            where,
            f"Avant la mise en ligne, donnez {words} : remplissez « {where[-1]} ».",
            key=True,
        )
    config = root.parent / "mkdocs.yml"
    for number, line in enumerate(config.read_text("utf-8").splitlines(), 1):
        if line.startswith("site_url: http://127.0.0.1"):
            message = "Avant la mise en ligne, donnez l'adresse du site : remplissez « site_url »."
            document.mistakes.append(Mistake(Path(config.name), number, 1, message))
    owners = root.parent / ".github" / "CODEOWNERS"
    lines = owners.read_text("utf-8").splitlines() if owners.exists() else []
    for number, line in enumerate(lines, 1):
        if "@a-nommer" in line and not line.startswith("#"):
            message = "Avant la mise en ligne, dites qui relit ces fichiers : remplacez @a-nommer."
            place = owners.relative_to(root.parent)
            document.mistakes.append(Mistake(place, number, line.index("@") + 1, message))
    return sorted(document.mistakes)


def _expected(root: Path) -> Iterator[tuple[str, Path, type[BaseModel]]]:
    for name, model in FILES.items():
        yield name, root / f"{name}.yaml", model
    for name, model in FOLDERS.items():
        for path in sorted((root / name).glob("*.yaml")):
            yield f"{name}/{path.stem}", path, model


def _stray(root: Path, path: Path) -> Mistake:
    names = ", ".join([f"{name}.yaml" for name in FILES] + [f"{name}/ID.yaml" for name in FOLDERS])
    if path.suffix.lower() in {".yml", ".yaml"} and path.parent.name in FOLDERS:
        remedy = f"Renommez-le en {path.stem}.yaml."
    else:
        remedy = f"Effacez-le ou déplacez-le. Les fichiers attendus sont : {names}."
    return Mistake(
        Path(root.name) / path.relative_to(root), 1, 1, f"Ce fichier n'est pas lu. {remedy}"
    )
