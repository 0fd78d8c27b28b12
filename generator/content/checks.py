"""The checks that need more than one file, or the words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from calculators.dates import french_date
from generator.content import freshness, markdown, models, quotes
from generator.content.journeys import JOURNEYS
from generator.content.validation import brief, keys_of, near
from generator.yaml_files.document import Document, Path_

_MARKDOWN_KEYS = {
    "answer",
    "definition",
    "description",
    "detail",
    "introduction",
    "by_hand",
    "before",
    "now",
    "note",
    "meaning",
}
#: After every year: the end of a phase that still lasts.
_NO_END = 9999
_VALUE = re.compile(r"([a-z0-9_]+)\.([a-z0-9_]+)(?:\.([a-z0-9_]+))?\Z")


class Checker:
    """The checks that need more than one file, or the words of a text."""

    def __init__(
        self,
        documents: dict[str, Document],
        parsed: dict[str, BaseModel],
        calculators: set[str],
        today: date,
    ) -> None:
        self.documents = documents
        self.parsed = parsed
        self.calculators = calculators
        self.today = today
        # Ids come from the files, not from the models: a file with a mistake still exists.
        self.terms = _stems(documents, "glossary")
        self.rules = _stems(documents, "rules")
        outdated = parsed.get("outdated")
        self.names = freshness.Names(outdated) if isinstance(outdated, models.Outdated) else None
        self.articles = _stems(documents, "articles")
        self.texts = {
            key.partition("/")[2]: model
            for key, model in parsed.items()
            if isinstance(model, models.LegalText)
        }

    def run(self) -> None:
        """Record in each document what is wrong with it beyond its own model."""
        for key, document in self.documents.items():
            if key.startswith("articles/"):
                continue  # the words of the law are what they are
            for where, value in _walk(document.value):
                if document.full:
                    break
                if where[-1:] == ("quote",):
                    continue  # the words of the law too
                self._entry(document, where, value)
                if isinstance(value, str) and where and len(value) <= markdown.LONGEST:
                    freshness.check_text(document, where, quotes.without(value), self.names)
            if key.startswith("rules/"):
                self._rule(document)
            if key == "prescribers":
                self._prescribers(document)
                self._unique_ids(document, "rights")
                self._unique_ids(document, "kinds")
            if key == "sectors":
                self._unique_ids(document, "sectors")
            if key == "figures":
                self._unique_ids(document, "charts")
            if key == "history":
                self._history(document)
        self._same_name_twice()

    def _entry(self, document: Document, where: Path_, value: object) -> None:
        name = where[-1] if where else None
        parent = where[-2] if len(where) > 1 else None
        if name == "checked" and isinstance(value, date) and value > self.today:
            document.blame(
                where,
                f"« checked » est dans le futur ({french_date(value)}). "
                "Écrivez le jour où vous avez relu les sources.",
            )
        elif name == "checked" and isinstance(value, date):
            freshness.check_reading(document, document.place(where), value, self.today)
        if not where or not isinstance(value, str):
            return
        if len(value) > markdown.LONGEST:
            if document.place(where) not in {(one.line, one.column) for one in document.mistakes}:
                document.blame(
                    where,
                    f"Ce texte est trop long : {len(value)} caractères, {markdown.LONGEST} "
                    "au plus. Raccourcissez.",
                )
            return
        self._text(document, where, value)
        if name == "article" and value not in self.articles:
            document.blame(where, quotes.unknown(value, self.articles))
        elif name in {"article", "text"}:
            self._quote(document, where, value)
        elif (name == "term" or parent in {"related", "terms"}) and models.ID.match(value):
            self._known(document.place(where), document, value, self.terms, _TERM)
        elif parent == "calculators":
            self._calculator(document.place(where), document, value)
        elif parent == "journeys":
            words = ("La démarche", f"Démarches : {', '.join(JOURNEYS)}.")
            self._known(document.place(where), document, value, JOURNEYS, words)
        elif name == "unit" and document.path.parent.name == "rules" and value not in models.UNITS:
            document.blame(
                where,
                f"L'unité « {brief(value)} » est inconnue.{near(value, models.UNITS)} "
                f"Écrivez l'une de celles-ci : {', '.join(models.UNITS)}.",
            )
        elif name == "summary" and not models.one_sentence(value):
            document.blame(
                where,
                "« summary » doit être une seule phrase, finie par un point. "
                "Mettez le reste dans la définition ou la description.",
            )

    def _quote(self, document: Document, where: Path_, number: str) -> None:
        """Hold that a source quotes its text, as it stood on the first day of what it founds."""
        source = _at(document.value, where[:-1])
        quote = _get(source, "quote")
        text = self.texts.get(number)
        owner = _at(document.value, where[:-2])
        since = _get(owner, "since")
        if text is None or not isinstance(quote, str):
            return
        day = since if isinstance(since, date) else self.today
        if message := quotes.problem(number, text, quote, day):
            document.blame((*where[:-1], "quote"), message)
        elif _get(owner, "derived") is None and _get(owner, "basis") == "loi":
            for missing in quotes.missing_numbers(_get(owner, "value"), quote):
                document.blame(
                    (*where[:-1], "quote"),
                    f"Les mots cités ne disent pas « {missing} ». Citez le passage qui donne ce "
                    "nombre, ou dites dans « derived » comment il en vient.",
                )

    def _known(
        self,
        place: tuple[int, int],
        document: Document,
        value: str,
        known: Iterable[str],
        words: tuple[str, str],
    ) -> None:
        """Blame `value` unless it is known; `words` name the thing, and say what to do."""
        if value not in known:
            what, remedy = words
            hint = near(value, known)
            document.blame_at(place, f"{what} « {brief(value)} » n'existe pas.{hint} {remedy}")

    def _calculator(self, place: tuple[int, int], document: Document, name: str) -> None:
        words = ("Le simulateur", f"Simulateurs : {', '.join(sorted(self.calculators))}.")
        self._known(place, document, name, self.calculators, words)

    def _text(self, document: Document, where: Path_, text: str) -> None:
        """Check the words of any value, and the links of those that take Markdown."""
        if where[-1] not in _MARKDOWN_KEYS:
            for problem in markdown.plain_problems(text):
                document.blame_at(document.place_inside(where, problem.offset), problem.message)
            return
        for problem in markdown.problems(text):
            document.blame_at(document.place_inside(where, problem.offset), problem.message)
        for link in markdown.links(text):
            # Finding its place takes longer than all else: only for what may be blamed.
            match link.internal:
                case ("terme", name) if name not in self.terms:
                    place = document.place_inside(where, link.offset)
                    self._known(place, document, name, self.terms, _TERM)
                case ("article", number):
                    if message := quotes.linked(number, link.title, self.texts, self.today):
                        document.blame_at(document.place_inside(where, link.offset), message)
                case ("simulateur", name) if name not in self.calculators:
                    self._calculator(document.place_inside(where, link.offset), document, name)
                case ("regle", name) if message := self._rule_value(name):
                    document.blame_at(document.place_inside(where, link.offset), message)

    def _rule_value(self, name: str) -> str | None:
        """Say what is wrong with the link `regle:NAME`, or return None."""
        example = "regle:eligibilite_iae.criteres_niveau_2_requis.aci"
        match = _VALUE.match(name)
        rule = self.parsed.get(f"rules/{match[1]}") if match else None
        if not match or not isinstance(rule, models.RuleFile):
            if not match or match[1] not in self.rules:
                hint = near(name.partition(".")[0], self.rules)
                return (
                    f"« regle:{brief(name)} » ne mène à rien.{hint} "
                    f"Écrivez regle:fichier.parametre, comme {example}."
                )
            return None  # that file has mistakes of its own, told where they are
        if match[2] not in rule.parameters:
            return (
                f"La règle « {match[1]} » n'a pas de valeur « {match[2]} »."
                f"{near(match[2], rule.parameters)} "
                f"Valeurs de cette règle : {', '.join(rule.parameters)}."
            )
        value = rule.parameters[match[2]].values[-1].value
        if isinstance(value, dict) and match[3] not in value:
            return (
                f"« regle:{name} » a une valeur par cas. Finissez par l'un de ces cas : "
                f"{', '.join(f'.{case}' for case in value)}."
            )
        if match[3] and not isinstance(value, dict):
            return f"« regle:{name} » n'a pas de cas. Enlevez la fin, « .{match[3]} »."
        return None

    def _rule(self, document: Document) -> None:
        for name in keys_of(_get(document.value, "parameters")):
            where: Path_ = ("parameters", name)
            parameter = _get(document.value, *where)
            self._in_order(document, (*where, "values"))
            if _get(parameter, "unit") is not None:
                self._numbers(document, (*where, "values"))
        criteria = _get(document.value, "criteria")
        for name in keys_of(criteria):
            self._in_order(document, ("criteria", name, "values"))
            self._in_order(document, ("criteria", name, "proofs"))
            self._incompatible(document, criteria, name)

    def _in_order(self, document: Document, where: Path_) -> None:
        """Hold that the days go up and do not overlap: a value holds until the next one."""
        before, end = date.min, date.min
        for position, item in enumerate(_items(_get(document.value, *where))):
            since, until = _get(item, "since"), _get(item, "until")
            if not isinstance(since, date):
                continue
            if since <= before:
                document.blame(
                    (*where, position, "since"),
                    f"« since » ({since}) doit tomber après celui de la valeur d'avant ({before}). "
                    "Rangez les valeurs de la plus ancienne à la plus récente.",
                )
            elif since <= end:
                document.blame(
                    (*where, position - 1, "until"),
                    f"« until » ({end}) doit tomber avant le « since » de la valeur suivante "
                    f"({since}). Changez l'un des deux, ou effacez « until ».",
                )
            before, end = since, date.min
            if isinstance(until, date):
                end = until
                if until < since:
                    document.blame(
                        (*where, position, "until"),
                        f"« until » ({until}) tombe avant « since » ({since}). "
                        "Corrigez l'une des deux dates.",
                    )

    def _numbers(self, document: Document, where: Path_) -> None:
        for position, item in enumerate(_items(_get(document.value, *where))):
            value = _get(item, "value")
            for case in keys_of(value) or [""]:
                place = (*where, position, "value", *([case] if case else []))
                one = _get(value, case) if case else value
                if isinstance(one, bool | str):
                    document.blame(
                        place,
                        f"« {brief(one)} » doit être un nombre, puisque « unit » donne son unité. "
                        "Écrivez 2 ou 12.5, sans guillemets ni unité.",
                    )

    def _incompatible(self, document: Document, criteria: Any, name: str) -> None:
        for position, other in enumerate(_items(_get(criteria, name, "incompatible"))):
            where = ("criteria", name, "incompatible", position)
            if not isinstance(other, str):
                continue
            self._known(document.place(where), document, other, keys_of(criteria), _CRITERION)
            mutual = _items(_get(criteria, other, "incompatible"))
            if other in criteria and name not in mutual:
                listed = ", ".join(str(one) for one in [*mutual, name])
                document.blame(
                    ("criteria", other, "incompatible") if mutual else ("criteria", other),
                    f"« {name} » exclut « {other} » (ligne {document.place(where)[0]}), mais "
                    f"« {other} » n'exclut pas « {name} ». "
                    f"Écrivez ici « incompatible: [{listed}] ».",
                    key=True,
                )

    def _prescribers(self, document: Document) -> None:
        rights = [_get(right, "id") for right in _items(_get(document.value, "rights"))]
        names = [name for name in rights if isinstance(name, str)]
        free = {
            name
            for right in _items(_get(document.value, "rights"))
            if _get(right, "without_authorization") is True
            and isinstance(name := _get(right, "id"), str)
        }
        for position, kind in enumerate(_items(_get(document.value, "kinds"))):
            never = _get(kind, "authorization") == "jamais"
            for index, right in enumerate(_items(_get(kind, "rights"))):
                if not isinstance(right, str):
                    continue
                place = document.place(("kinds", position, "rights", index))
                self._known(place, document, right, names, _RIGHT)
                if never and right in names and right not in free:
                    document.blame_at(
                        place,
                        f"« {right} » demande d'être habilité, et ce type ne l'est jamais. Effacez "
                        "ce droit, ou écrivez plus haut, dans le droit, "
                        "« without_authorization: true ».",
                    )

    def _unique_ids(self, document: Document, part: str) -> None:
        seen: dict[str, int] = {}
        for position, item in enumerate(_items(_get(document.value, part))):
            where = (part, position, "id")
            name = _get(item, "id")
            if not isinstance(name, str):
                continue
            if name in seen:
                document.blame(
                    where,
                    f"L'identifiant « {brief(name)} » est déjà pris, ligne {seen[name]}. "
                    "Choisissez-en un autre, ou réunissez les deux.",
                )
            else:
                seen[name] = document.place(where)[0]

    def _history(self, document: Document) -> None:
        """Hold that phases and events follow each other, and that each event is in its phase."""
        start = 0
        for position, phase in enumerate(_items(_get(document.value, "phases"))):
            where: Path_ = ("phases", position)
            first, last = _get(phase, "from_year"), _get(phase, "to_year")
            if type(first) is not int:
                continue
            if first < start:
                document.blame(
                    (*where, "from_year"),
                    f"Cette phase commence en {first}, avant la fin de la phase précédente "
                    f"({start if start < _NO_END else 'il lui manque « to_year »'}). "
                    "Rangez les phases de la plus ancienne à la plus récente.",
                )
            start = last if type(last) is int else _NO_END
            if start < first:
                document.blame(
                    (*where, "to_year"),
                    f"Cette phase finit en {start}, avant de commencer ({first}). "
                    "Corrigez l'une des deux années.",
                )
                continue
            before = (0, 0, 0)
            for index, event in enumerate(_items(_get(phase, "events"))):
                day = _get(event, "date")
                if not isinstance(day, int | date) or isinstance(day, bool):
                    continue
                place = (*where, "events", index, "date")
                year = day.year if isinstance(day, date) else day
                if not first <= year <= start:
                    document.blame(
                        place,
                        f"« date » ({day}) tombe hors de sa phase, qui va de {first} à "
                        f"{last or "aujourd'hui"}. Déplacez l'événement, ou corrigez la date.",
                    )
                    continue
                # A year alone may stand before or after the days of that year.
                known = (year, day.month, day.day) if isinstance(day, date) else (year, 0, 0)
                if known[: 3 if known[1] else 1] < before[: 3 if known[1] else 1]:
                    document.blame(
                        place,
                        f"« date » ({day}) tombe avant celle de l'événement précédent. "
                        "Rangez les événements du plus ancien au plus récent.",
                    )
                before = max(before, known)

    def _same_name_twice(self) -> None:
        owners: dict[str, str] = {}
        for identifier in sorted(self.terms):
            document = self.documents[f"glossary/{identifier}"]
            for position, name in enumerate(_items(_get(document.value, "related"))):
                if name == identifier:
                    document.blame(
                        ("related", position),
                        f"Cette fiche se cite elle-même dans « related ». Effacez « {name} ».",
                    )
            acronym = _get(document.value, "acronym")
            if isinstance(acronym, str) and owners.setdefault(acronym, identifier) != identifier:
                document.blame(
                    ("acronym",),
                    f"Le sigle « {brief(acronym)} » est déjà celui de "
                    f"data/glossary/{owners[acronym]}.yaml. Réunissez les deux fiches, ou écrivez "
                    "l'autre sens dans « false_friends ».",
                )


_TERM = ("Le terme", "Corrigez-le, ou créez sa fiche dans data/glossary/.")
_CRITERION = ("Le critère", "Écrivez le nom d'un critère de ce fichier.")
_RIGHT = ("Le droit", "Écrivez un « id » de la liste « rights », plus haut dans ce fichier.")


def _get(value: object, *where: str | int) -> Any:
    """Return what stands at `where` in a value that may have any shape, or None."""
    for part in where:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _at(value: Any, where: Path_) -> Any:
    """Return what stands at a path that is known to exist."""
    for part in where:
        value = value[part]
    return value


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _stems(documents: dict[str, Document], folder: str) -> set[str]:
    return {key.split("/")[1] for key in documents if key.startswith(f"{folder}/")}


def _walk(value: object, where: Path_ = ()) -> Iterator[tuple[Path_, object]]:
    """Yield every value of a document with its path."""
    yield where, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(inner, (*where, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _walk(inner, (*where, position))
