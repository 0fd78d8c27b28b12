"""Checks inside one file, beyond its model: the order of days, unique ids, mutual exclusions.

A file that its model refuses is checked too, so a value may have any shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from generator.content import models
from generator.content.validation import brief, keys_of, near
from generator.yaml_files.document import Document, Path_

#: After every year: the end of a phase that still lasts.
_NO_END = 9999
_CRITERION = ("Le critère", "Écrivez le nom d'un critère de ce fichier.")
_RIGHT = ("Le droit", "Écrivez un « id » de la liste « rights », plus haut dans ce fichier.")


def rule(document: Document) -> None:
    """Hold the order of the values, their numbers, and the criteria that exclude each other."""
    for name in keys_of(get(document.value, "parameters")):
        where: Path_ = ("parameters", name)
        parameter = get(document.value, *where)
        _in_order(document, (*where, "values"))
        _numbers(document, (*where, "values"), get(parameter, "unit"))
        _forgotten_cases(document, (*where, "values"))
    criteria = get(document.value, "criteria")
    for name in keys_of(criteria):
        _in_order(document, ("criteria", name, "values"))
        _numbers(document, ("criteria", name, "values"), None)
        _forgotten_cases(document, ("criteria", name, "values"))
        _in_order(document, ("criteria", name, "proofs"))
        _incompatible(document, criteria, name)


def _in_order(document: Document, where: Path_) -> None:
    """Hold that the days go up and do not overlap: a value holds until the next one."""
    before, end = date.min, date.min
    for position, item in enumerate(items(get(document.value, *where))):
        since, until = get(item, "since"), get(item, "until")
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


def _forgotten_cases(document: Document, where: Path_) -> None:
    """Hold that a value gives each case of the one before, or says in « ended » that it has ended."""
    known: list[str] = []
    for position, item in enumerate(items(get(document.value, *where))):
        value = get(item, "value")
        place = (*where, position)
        ended = [name for name in items(get(item, "ended")) if isinstance(name, str)]
        for index, name in enumerate(ended):
            if name not in known or name in keys_of(value):
                document.blame(
                    (*place, "ended", index),
                    f"« {brief(name)} » n'a pas pris fin : "
                    + ("il a encore une valeur ici." if name in keys_of(value) else "")
                    + ("la valeur d'avant ne le donne pas." if name not in known else "")
                    + " Effacez-le de « ended ».",
                )
        forgotten = [name for name in known if name not in keys_of(value) and name not in ended]
        if forgotten and value is not None:
            listed = ", ".join(forgotten)
            document.blame(
                (*place, "value"),
                f"Cette valeur oublie des cas que donne celle d'avant : {listed}. Ajoutez-les ; s'ils "
                f"n'existent plus à partir de ce jour, écrivez-le : « ended: [{listed}] ».",
                key=True,
            )
        known = keys_of(value)


#: The units of values that name them by their cases: `{ jours: 730 }`.
_UNITS_OF_CASES = {"jours": "jour", "mois": "mois", "heures": "heure", "derniers_mois": "mois"}


def _numbers(document: Document, where: Path_, unit: str | None) -> None:
    """Hold that a value with a unit is a number, and that no number is out of any sense."""
    for position, item in enumerate(items(get(document.value, *where))):
        value = get(item, "value")
        for case in keys_of(value) or [""]:
            place = (*where, position, "value", *([case] if case else []))
            one = get(value, case) if case else value
            if isinstance(one, bool | str):
                if unit is not None:
                    document.blame(
                        place,
                        f"« {brief(one)} » doit être un nombre, puisque « unit » donne son unité. "
                        "Écrivez 2 ou 12.5, sans guillemets ni unité.",
                    )
            elif isinstance(one, int | float):
                _bounded(document, place, one, unit or _UNITS_OF_CASES.get(case))


def _bounded(document: Document, place: Path_, number: float, unit: str | None) -> None:
    # A part of a window may be nothing (« 0 mois après la fin »); a duration alone may not.
    least = "plus de 0" if unit in models.DURATIONS and place[-1] == "value" else "au moins 0"
    most = models.MOST.get(str(unit), models.MOST_WITHOUT_UNIT)
    if number < 0 or number > most or (number == 0 and least == "plus de 0"):
        shown = f"{number:f}".rstrip("0").rstrip(".")
        document.blame(
            place,
            f"« {shown} » n'a pas de sens{f' en « {unit} »' if unit else ''} : {least}, et {most} au "
            "plus. Corrigez le nombre, ou l'unité.",
        )


def _incompatible(document: Document, criteria: Any, name: str) -> None:
    for position, other in enumerate(items(get(criteria, name, "incompatible"))):
        where = ("criteria", name, "incompatible", position)
        if not isinstance(other, str):
            continue
        must_exist(document, where, other, keys_of(criteria), _CRITERION)
        mutual = items(get(criteria, other, "incompatible"))
        if other in criteria and name not in mutual:
            listed = ", ".join(str(one) for one in [*mutual, name])
            document.blame(
                ("criteria", other, "incompatible") if mutual else ("criteria", other),
                f"« {name} » exclut « {other} » (ligne {document.place(where)[0]}), mais "
                f"« {other} » n'exclut pas « {name} ». "
                f"Écrivez ici « incompatible: [{listed}] ».",
                key=True,
            )


def prescribers(document: Document) -> None:
    """Hold that each kind has rights that exist, and that it may have."""
    rights = [get(right, "id") for right in items(get(document.value, "rights"))]
    names = [name for name in rights if isinstance(name, str)]
    free = {
        name
        for right in items(get(document.value, "rights"))
        if get(right, "without_authorization") is True and isinstance(name := get(right, "id"), str)
    }
    for position, kind in enumerate(items(get(document.value, "kinds"))):
        never = get(kind, "authorization") == "jamais"
        for index, right in enumerate(items(get(kind, "rights"))):
            if not isinstance(right, str):
                continue
            where = ("kinds", position, "rights", index)
            must_exist(document, where, right, names, _RIGHT)
            if never and right in names and right not in free:
                document.blame_at(
                    document.place(where),
                    f"« {right} » demande d'être habilité, et ce type ne l'est jamais. Effacez "
                    "ce droit, ou écrivez plus haut, dans le droit, "
                    "« without_authorization: true ».",
                )


def unique_ids(document: Document, where_list: Path_, entries: list[Any]) -> None:
    """Hold that no two entries of a list have the same id."""
    seen: dict[str, Path_] = {}
    for position, item in enumerate(entries):
        where = (*where_list, position, "id")
        name = get(item, "id")
        if not isinstance(name, str):
            continue
        if name in seen:
            document.blame(
                where,
                f"L'identifiant « {brief(name)} » est déjà pris, ligne {document.place(seen[name])[0]}. "
                "Choisissez-en un autre, ou réunissez les deux.",
            )
        else:
            seen[name] = where


def repeated(document: Document, where_list: Path_, entries: list[Any]) -> None:
    """Hold that a list says nothing twice: the same word, the same source, the same figure."""
    seen: list[tuple[object, Path_]] = []
    for position, item in enumerate(entries):
        name = _figure(item) or item
        where = (*where_list, position)
        if item is None or get(item, "since") is not None:  # dated values are held by their days
            continue
        first = next((place for other, place in seen if other == name), None)
        if first is None:
            seen.append((name, where))
            continue
        said = f"« {brief(item)} »" if isinstance(item, str) else "Cet élément"
        if _figure(item):
            said = f"Le chiffre « {brief(get(item, 'label'))} » de la même période"
        line = document.place(first)[0]
        document.blame(where, f"{said} est déjà dans la liste, ligne {line}. Gardez-en un seul.")


def _figure(item: object) -> tuple[object, ...] | None:
    """Return what makes a figure the same as another, or None for something else."""
    if not isinstance(item, dict) or "label" not in item or "value" not in item:
        return None
    label, period, year = (get(item, key) for key in ("label", "period", "year"))
    return (str(label).casefold(), str(period).casefold(), year, get(item, "unit"))


def journeys(document: Document) -> None:
    """Hold that no journey has the name of a page that lists them."""
    for name in keys_of(get(document.value, "journeys")):
        if models.RESERVED.match(name):
            document.blame(("journeys", name), reserved(name), key=True)


def reserved(name: str) -> str:
    """Say why a name leads elsewhere than to its entry."""
    if name == "index":
        return (
            "Le nom « index » est celui de la page qui liste ce dossier : il la remplacerait. "
            "Choisissez un autre nom."
        )
    return (
        f"Le nom « {name} » est celui d'un appareil pour Windows, qui ne sait pas enregistrer ce "
        "fichier. Choisissez un autre nom."
    )


def history(document: Document) -> None:
    """Hold that phases and events follow each other, and that each event is in its phase."""
    start = 0
    phases = items(get(document.value, "phases"))
    for position, phase in enumerate(phases):
        where: Path_ = ("phases", position)
        first, last = get(phase, "from_year"), get(phase, "to_year")
        if type(first) is not int:
            continue
        if first < start:
            document.blame(
                (*where, "from_year"),
                f"Cette période commence en {first}, avant la fin de la période précédente "
                f"({start if start < _NO_END else 'il lui manque « to_year »'}). "
                "Rangez les périodes de la plus ancienne à la plus récente.",
            )
        start = last if type(last) is int else _NO_END
        if start < first:
            document.blame(
                (*where, "to_year"),
                f"Cette période finit en {start}, avant de commencer ({first}). "
                "Corrigez l'une des deux années.",
            )
            continue
        before = (0, 0, 0)
        for index, event in enumerate(items(get(phase, "events"))):
            day = get(event, "date")
            if not isinstance(day, int | date) or isinstance(day, bool):
                continue
            place = (*where, "events", index, "date")
            year = day.year if isinstance(day, date) else day
            if not first <= year <= start:
                document.blame(
                    place,
                    f"« date » ({day}) tombe hors de sa période, qui va de {first} à "
                    f"{last or "aujourd'hui"}. Déplacez l'événement{_phase_of(year, phases)}, ou "
                    "corrigez la date.",
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


def _phase_of(year: int, phases: list[Any]) -> str:
    """Name the phase where a year falls, if there is one."""
    for phase in phases:
        first, last = get(phase, "from_year"), get(phase, "to_year")
        if type(first) is int and first <= year <= (last if type(last) is int else _NO_END):
            return f" vers « {get(phase, 'title')} »"
    return ""


def must_exist(
    document: Document,
    where: Path_,
    name: str,
    known: Iterable[str],
    words: tuple[str, str],
    *,
    offset: int | None = None,
    key: bool = False,
) -> None:
    """Refuse `name` unless it is known; `words` are the kind of thing it names, and the remedy.

    It is the value at `where`, its `key`, or what is after `offset` characters of it: its place is
    looked for when it is refused, which is rare, for this takes longer than all else.
    """
    if name not in known:
        kind, remedy = words
        hint = near(name, known)
        place = (
            document.place(where, key=key)
            if offset is None
            else document.place_inside(where, offset)
        )
        document.blame_at(place, f"{kind} « {brief(name)} » n'existe pas.{hint} {remedy}")


def get(value: object, *where: str | int) -> Any:
    """Return the value at the path `where`, or None: `value` may have any shape."""
    for part in where:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def value_at(value: Any, where: Path_) -> Any:
    """Return the value at a path that exists, through lists too."""
    for part in where:
        value = value[part]
    return value


def items(value: object) -> list[Any]:
    """Return the elements of a list; a value of another shape has none."""
    return value if isinstance(value, list) else []
