"""What nobody's situation holds: a slip of the hand, not a rule of law.

A value that nobody has is refused, for whatever follows from it would be wrong: a birth in 1900, the
hours of a month given for a week, a PASS IAE of forty years. One that is odd, and may be right, is
questioned: the answer stands. The bounds are of plain sense, wide on purpose.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Any

from calculators.dates import days_in, french_date
from calculators.typography import french, number

#: Nobody younger signs a contract, and nobody older looks for one.
AGES = range(14, 100)
#: Nobody has been registered for longer.
REGISTERED_YEARS = 50
#: The hours that a contract gives for one week.
WEEKLY = {"heures_semaine", "heures_contrat", "heures_collectives"}
WEEKLY_HOURS = 80
#: A path with all its suspensions and prolongations, up to the pension of a senior, is shorter.
PASS_YEARS = 20
#: The first and the last day of a PASS IAE, as the calculators call them.
PASSES = (("pass_debut", "pass_fin"), ("debut", "fin_initiale"))
HOURS_A_DAY = 24


def errors(situation: Any) -> dict[str, str]:
    """Return what nobody's situation holds: a French sentence by field path."""
    answers = dict(_answers(situation))
    found: dict[str, str] = {}
    day = answers.get("au") or answers.get("date")
    born, registered = answers.get("date_naissance"), answers.get("inscription_debut")
    if born and day and born <= day and (age := _years(born, day)) not in AGES:
        found["date_naissance"] = AGE.format(age, french_date(day))
    if registered and day and _years(registered, day) > REGISTERED_YEARS:
        found["inscription_debut"] = REGISTERED.format(_years(registered, day))
    for first, last in PASSES:
        start, end = answers.get(first), answers.get(last)
        if start and end and _years(start, end) > PASS_YEARS:
            found[last] = TOO_LONG.format(_years(start, end))
    for path, value in answers.items():
        if path.rpartition(".")[2] in WEEKLY and value and value > WEEKLY_HOURS:
            found[path] = WEEK.format(number(value))
    return found


def doubts(situation: Any) -> dict[str, str]:
    """Return what is odd and may be right: a French sentence by field path.

    A mission counts on its first day: its hours may be those of several, but not of days to come.
    """
    found = {}
    for position, mission in enumerate(getattr(situation, "missions", None) or ()):
        days = days_in(mission.date, situation.au)
        if days > 0 and mission.heures > HOURS_A_DAY * days:
            words = number(mission.heures), french_date(mission.date)
            found[f"missions.{position}.heures"] = french(DAY.format(*words))
    return found


def _answers(situation: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Give each answer with its path, those of rows and records included."""
    for field in dataclasses.fields(situation):
        value, path = getattr(situation, field.name), prefix + field.name
        if isinstance(value, tuple):
            for position, row in enumerate(value):
                yield from _answers(row, f"{path}.{position}.")
        elif dataclasses.is_dataclass(value):
            yield from _answers(value, f"{path}.")
        else:
            yield path, value


def _years(first: date, last: date) -> int:
    """Count the whole years between two days; none when they are in the other order."""
    return max(last.year - first.year - ((last.month, last.day) < (first.month, first.day)), 0)


# The words of the answer.

AGE = "La personne aurait {} ans le {}. Vérifiez l'année de naissance."
REGISTERED = "L'inscription durerait depuis {} ans. Vérifiez son année."
TOO_LONG = "Ce PASS IAE durerait {} ans. Vérifiez l'année de ses deux dates."
WEEK = (
    "{} heures par semaine : personne ne travaille autant. Si c'est une durée par mois, donnez celle "
    "d'une semaine."
)
DAY = (
    "{} heures depuis le {} : un jour n'en compte que 24. C'est juste si la mission dure encore ; sinon, "
    "corrigez ce nombre, ou le jour."
)
