"""The checks of `data/` beyond the models: the words of each text, and what it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from pydantic import BaseModel

from calculators.dates import french_date
from generator.content import (
    collections,
    consistency,
    easy_read,
    freshness,
    markdown,
    models,
    quotes,
)
from generator.content.consistency import get, items
from generator.content.references import Known, check_cases, check_key, check_links
from generator.content.shapes import Shape, shape_of, walk
from generator.content.validation import brief, near
from generator.yaml_files.document import Document, Path_

#: The checks of the files of one model.
_OF_ONE_FILE = {
    models.RuleFile: consistency.rule,
    models.Prescribers: consistency.prescribers,
    models.History: consistency.history,
    models.Journeys: consistency.journeys,
    models.EasyRead: easy_read.check,
}
#: Years from which a day is a slip of the finger: before any text that we cite, and too far ahead.
_FIRST_YEAR, _YEARS_AHEAD = 1790, 10
_TO_WRITE = re.compile(r"À écrire\b")
#: Quotation marks that word processors put around a value, and that readers would see.
_AROUND = re.compile(r"[“”„‟].*[“”„‟]|[‘’].*[‘’]", re.DOTALL)


def check_data(data: Mapping[str, Document], known: Known, names: freshness.Names | None) -> None:
    """Record in each document of `data/`, by its path, what is wrong with it beyond its model."""
    for path, document in data.items():
        collection = collections.of(path)
        assert collection is not None
        if collection.model is models.LegalText:
            continue  # the words of the law are what they are
        for where, value, shape in walk(document.value, shape_of(collection.model)):
            if document.full:
                break
            if where and where[-1] == "checked" and isinstance(value, date):
                _day_of_reading(document, where, value, known.today)
            elif where and where[-1] == "date" and _of_a_source(where):
                _day_of_source(document, where, value, known.today)
            elif isinstance(value, date):
                _day(document, where, value, known.today)
            elif isinstance(value, list):
                if shape and shape.each and "id" in shape.each.fields:
                    consistency.unique_ids(document, where, value)
                else:
                    consistency.repeated(document, where, value)
            elif isinstance(value, dict) and shape and shape.model:
                _founded(document, where, value, shape.model)
            elif isinstance(value, str) and where and where[-1] != "quote":  # the law's words too
                _text(document, where, value, shape, known, names)
        if check := _OF_ONE_FILE.get(collection.model):
            check(document)
        if collection.model is models.RuleFile:
            check_cases(document, known)
    if journal := data.get("data/journal.yaml"):
        _told(journal, data)
    terms = {name: data[f"data/glossary/{name}.yaml"] for name in known.terms}
    _same_name_twice(terms)
    for folder in ("glossary", "networks"):
        start = f"data/{folder}/"
        _same_title_twice({path: one for path, one in data.items() if path.startswith(start)})


def _founded(
    document: Document, where: Path_, value: dict[str, Any], model: type[BaseModel]
) -> None:
    """Refuse a fact without a basis, unless a source says who tells it."""
    if not issubclass(model, models.Attested) or "basis" in value:
        return
    named = [get(value, "source"), *items(get(value, "sources"))]
    if not any(get(one, "publisher") for one in named):
        document.blame(
            (*where, "basis"),
            "Rien ne dit sur quoi cela repose. Ajoutez « basis: a_verifier », ou, pour un fait qu'un "
            "organisme publie, « publisher » et « quote » dans une source.",
        )


def _told(journal: Document, data: Mapping[str, Document]) -> None:
    """Hold that each change that is told is one of the rules, on its day."""
    for position, change in enumerate(items(get(journal.value, "changes"))):
        rule, day = get(change, "rule"), get(change, "day")
        document = data.get(f"data/rules/{rule}.yaml")
        where = ("changes", position)
        if document is None:
            names = [path[len("data/rules/") : -len(".yaml")] for path in data if "/rules/" in path]
            if names:  # the workshop may open this file without the rules
                journal.blame(
                    (*where, "rule"),
                    f"« {rule} » n'est pas une règle de data/rules/.{near(str(rule), names)}",
                )
        elif isinstance(day, date) and day not in {*_first_days(document.value)}:
            journal.blame(
                (*where, "day"),
                f"Aucune valeur de « {rule} » ne commence le {french_date(day)}. Corrigez le jour, ou "
                "ajoutez d'abord la valeur à data/rules/.",
            )


def _first_days(value: object) -> Iterator[date]:
    match value:
        case dict():
            if isinstance(since := value.get("since"), date):
                yield since
            for inner in value.values():
                yield from _first_days(inner)
        case list():
            for inner in value:
                yield from _first_days(inner)


def _day_of_reading(document: Document, where: Path_, day: date, today: date) -> None:
    if day > today:
        document.blame(
            where,
            f"« checked » est dans le futur ({french_date(day)}). "
            "Écrivez le jour où vous avez relu les sources.",
        )
    else:
        freshness.check_reading(document, partial(document.place, where), day, today)


def _day(document: Document, where: Path_, day: date, today: date) -> None:
    if not _FIRST_YEAR <= day.year <= today.year + _YEARS_AHEAD:
        document.blame(
            where,
            f"« {where[-1]} » tombe en {day.year} : de {_FIRST_YEAR} à {today.year + _YEARS_AHEAD}. "
            "Corrigez l'année.",
        )


def _of_a_source(where: Path_) -> bool:
    return where[-2:-1] == ("source",) or where[-3:-2] == ("sources",) or where[0] == "platform"


def _day_of_source(document: Document, where: Path_, day: object, today: date) -> None:
    """Refuse a source of tomorrow, and one that is newer than the day of reading."""
    year = day if isinstance(day, int) else today.year
    if year > today.year or (isinstance(day, date) and day > today):
        document.blame(
            where,
            f"« date » est dans le futur ({_shown(day)}). Écrivez le jour où la page a été lue, ou "
            "celui du document.",
        )
        return
    checked = None
    value: Any = document.value
    for part in where[:-1]:
        if isinstance(value, dict) and isinstance(value.get("checked"), date):
            checked = value["checked"]
        value = value[part]
    if isinstance(day, date) and checked and day > checked:
        document.blame(
            where,
            f"Cette source est du {french_date(day)}, et la fiche dit que tout a été relu le "
            f"{french_date(checked)}. Relisez les autres sources, et changez « checked ».",
        )


def _shown(day: object) -> str:
    return french_date(day) if isinstance(day, date) else str(day)


def _text(
    document: Document,
    where: Path_,
    text: str,
    shape: Shape | None,
    known: Known,
    names: freshness.Names | None,
) -> None:
    """Check the words of a text, its links, what it names, and what has aged in it."""
    if len(text) > markdown.LONGEST:
        if document.place(where) not in {(one.line, one.column) for one in document.mistakes}:
            document.blame(
                where,
                f"Ce texte est trop long : {len(text)} caractères, {markdown.LONGEST} "
                "au plus. Raccourcissez.",
            )
        return
    if to_write := _TO_WRITE.search(text):
        document.blame_at(
            document.place_inside(where, to_write.start()),
            "« À écrire » vient du modèle. Remplacez-le par votre texte, ou effacez la clé.",
        )
    if not text.strip():
        document.blame(where, "Ce texte n'a que des espaces. Écrivez-le, ou effacez la clé.")
        return
    if _AROUND.fullmatch(text.strip()):
        document.blame(
            where,
            f"Les guillemets {text.strip()[0]} {text.strip()[-1]} feraient partie du texte. Enlevez-les, "
            'ou remplacez-les par des guillemets droits : "…".',
        )
    prose = shape.prose if shape else None
    takes_markdown = prose is not None and prose.markdown
    for problem in (markdown.problems if takes_markdown else markdown.plain_problems)(text):
        document.blame_at(document.place_inside(where, problem.offset), problem.message)
    if takes_markdown:
        check_links(document, where, text, known)
    check_key(document, where, text, known)
    _wording(document, where, text)
    freshness.check_text(document, where, quotes.without(text), names, prose is not None)


def _wording(document: Document, where: Path_, text: str) -> None:
    if where[-1] == "unit" and document.path.parent.name == "rules" and text not in models.UNITS:
        document.blame(
            where,
            f"L'unité « {brief(text)} » est inconnue.{near(text, models.UNITS)} "
            f"Écrivez l'une de celles-ci : {', '.join(models.UNITS)}.",
        )
    elif where[-1] == "summary" and not models.one_sentence(text):
        document.blame(
            where,
            "« summary » doit être une seule phrase, finie par un point. "
            "Mettez le reste dans la définition ou la description.",
        )


def _same_name_twice(terms: Mapping[str, Document]) -> None:
    owners: dict[str, str] = {}
    for identifier, document in sorted(terms.items()):
        for position, name in enumerate(items(get(document.value, "related"))):
            if name == identifier:
                document.blame(
                    ("related", position),
                    f"Cette fiche se cite elle-même dans « related ». Effacez « {name} ».",
                )
        acronym = get(document.value, "acronym")
        if isinstance(acronym, str) and owners.setdefault(acronym, identifier) != identifier:
            document.blame(
                ("acronym",),
                f"Le sigle « {brief(acronym)} » est déjà celui de "
                f"data/glossary/{owners[acronym]}.yaml. Réunissez les deux fiches, ou écrivez "
                "l'autre sens dans « false_friends ».",
            )


def _same_title_twice(entries: Mapping[str, Document]) -> None:
    """Refuse two entries whose titles differ by their capitals at most: nobody could tell them apart."""
    owners: dict[str, str] = {}
    for path, document in sorted(entries.items()):
        title = get(document.value, "title")
        if isinstance(title, str) and owners.setdefault(title.casefold(), path) != path:
            document.blame(
                ("title",),
                f"Le titre « {brief(title)} » est déjà celui de {owners[title.casefold()]}, aux "
                "capitales près. Réunissez les deux fiches, ou précisez l'un des titres.",
            )
