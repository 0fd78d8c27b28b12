"""Checks inside one file, beyond its model: the order of days, unique ids, mutual exclusions.

A file that its model refuses is checked too, so a value may have any shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

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
        if get(parameter, "unit") is not None:
            _numbers(document, (*where, "values"))
    criteria = get(document.value, "criteria")
    for name in keys_of(criteria):
        _in_order(document, ("criteria", name, "values"))
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


def _numbers(document: Document, where: Path_) -> None:
    for position, item in enumerate(items(get(document.value, *where))):
        value = get(item, "value")
        for case in keys_of(value) or [""]:
            place = (*where, position, "value", *([case] if case else []))
            one = get(value, case) if case else value
            if isinstance(one, bool | str):
                document.blame(
                    place,
                    f"« {brief(one)} » doit être un nombre, puisque « unit » donne son unité. "
                    "Écrivez 2 ou 12.5, sans guillemets ni unité.",
                )


def _incompatible(document: Document, criteria: Any, name: str) -> None:
    for position, other in enumerate(items(get(criteria, name, "incompatible"))):
        where = ("criteria", name, "incompatible", position)
        if not isinstance(other, str):
            continue
        must_exist(document, document.place(where), other, keys_of(criteria), _CRITERION)
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
            place = document.place(("kinds", position, "rights", index))
            must_exist(document, place, right, names, _RIGHT)
            if never and right in names and right not in free:
                document.blame_at(
                    place,
                    f"« {right} » demande d'être habilité, et ce type ne l'est jamais. Effacez "
                    "ce droit, ou écrivez plus haut, dans le droit, "
                    "« without_authorization: true ».",
                )


def unique_ids(document: Document, where_list: Path_, entries: list[Any]) -> None:
    """Hold that no two entries of a list have the same id."""
    seen: dict[str, int] = {}
    for position, item in enumerate(entries):
        where = (*where_list, position, "id")
        name = get(item, "id")
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


def history(document: Document) -> None:
    """Hold that phases and events follow each other, and that each event is in its phase."""
    start = 0
    for position, phase in enumerate(items(get(document.value, "phases"))):
        where: Path_ = ("phases", position)
        first, last = get(phase, "from_year"), get(phase, "to_year")
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
        for index, event in enumerate(items(get(phase, "events"))):
            day = get(event, "date")
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


def must_exist(
    document: Document,
    place: tuple[int, int],
    name: str,
    known: Iterable[str],
    words: tuple[str, str],
) -> None:
    """Refuse `name` unless it is known; `words` are the kind of thing it names, and the remedy."""
    if name not in known:
        kind, remedy = words
        hint = near(name, known)
        document.blame_at(place, f"{kind} « {brief(name)} » n'existe pas.{hint} {remedy}")


def get(value: object, *where: str | int) -> Any:
    """Return the value at the path `where`, or None: `value` may have any shape."""
    for part in where:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def items(value: object) -> list[Any]:
    """Return the elements of a list; a value of another shape has none."""
    return value if isinstance(value, list) else []
