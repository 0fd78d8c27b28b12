"""The checks of `data/` beyond the models: the words of each text, and what it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from calculators.dates import french_date
from generator.content import collections, consistency, freshness, markdown, models, quotes
from generator.content.consistency import get, items
from generator.content.references import Known, check_key, check_links
from generator.content.shapes import Shape, shape_of, walk
from generator.content.validation import brief, near
from generator.yaml_files.document import Document, Path_

#: The checks of the files of one model.
_OF_ONE_FILE = {
    models.RuleFile: consistency.rule,
    models.Prescribers: consistency.prescribers,
    models.History: consistency.history,
}


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
            elif isinstance(value, list) and shape and shape.each and "id" in shape.each.fields:
                consistency.unique_ids(document, where, value)
            elif isinstance(value, str) and where and where[-1] != "quote":  # the law's words too
                _text(document, where, value, shape, known, names)
        if check := _OF_ONE_FILE.get(collection.model):
            check(document)
    terms = {name: data[f"data/glossary/{name}.yaml"] for name in known.terms}
    _same_name_twice(terms)


def _day_of_reading(document: Document, where: Path_, day: date, today: date) -> None:
    if day > today:
        document.blame(
            where,
            f"« checked » est dans le futur ({french_date(day)}). "
            "Écrivez le jour où vous avez relu les sources.",
        )
    else:
        freshness.check_reading(document, document.place(where), day, today)


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
