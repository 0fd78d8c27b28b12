"""Say until when the path, which carries the State's aid, may go.

Source: code du travail, R5132-1-2 and R5132-1-8.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from calculators.dates import Period, add_months, french_date, last_day
from calculators.duree_contrat.situation import SUBJECT, Contrat, Decision, Situation
from calculators.result import Reason, Span, Status
from calculators.rules import Cited, Law, NotInForce


def longest_path(
    motive: str, situation: Situation, law: Law, chain: list[Period]
) -> tuple[str, str, Cited, datetime.date]:
    """Return the longest path that a motive allows (R5132-1-8), as a limit to be said."""
    path = law[f"{SUBJECT}.plafond_parcours"].pick(motive)
    start = situation.parcours_debut or chain[0][0]
    return f"plafond_{motive}", PATH_CAP, path, last_day(start, months=path.value)


@dataclass(frozen=True, slots=True)
class Path:
    """The path's ordinary length; its end is the latest that can be, when its start is not given."""

    cited: Cited
    end: datetime.date


def path_of(situation: Situation, law: Law, chain: list[Period]) -> Path | None:
    """Return the path's ordinary end (R5132-1-2), or None on a day before the article holds.

    Raises NotInForce on such a day when an answer is about the path. A path begins at the latest
    with the first contract: its end is counted from there when its first day is not given.
    """
    try:
        cited = law[f"{SUBJECT}.duree_parcours"]
    except NotInForce:
        if situation.parcours_debut or situation.rqth or situation.difficultes:
            raise
        return None
    start = situation.parcours_debut or chain[0][0]
    return Path(cited, last_day(start, months=cited.value))


def along_the_path(
    situation: Situation, law: Law, chain: list[Period], path: Path | None, motives: list[str]
) -> tuple[list[Reason], list[Reason], str]:
    """Hold the end of the contracts against the path.

    Returns a check, what explains it, and the half of the summary that speaks of the path.
    """
    if path is None:
        return [], [], ""
    end, notes = chain[-1][1], []
    late, known = end > path.end, situation.parcours_debut is not None
    status: Status = "info" if late else "met"
    training = situation.formation_fin
    if training and training > path.end:
        status = "met" if end <= training else status
        cited = law[f"{SUBJECT}.formation_parcours"]
        text = PATH_TRAINING.format(french_date(training))
        notes.append(Reason("formation_parcours", text, "info", cited))
    prescribed = situation.decision_de is Decision.prescripteur_habilite
    caps = [longest_path(motive, situation, law, chain) for motive in motives]
    for motive, (identifier, text, cited, day) in zip(motives, caps, strict=True):
        status = "met" if prescribed and end <= day else status
        if situation.contrat is Contrat.cddi:
            said = text.format(MOTIVES[motive], cited.words, french_date(day))
            held: Status = "met" if late else "info"
            if end > day:
                said, held = said + PATH_STOPS, "unmet"
            notes.append(Reason(identifier, said, held, cited))
    if motives and situation.contrat is Contrat.cddi and not prescribed:
        alone = law[f"{SUBJECT}.decision_parcours"].pick(Decision.siae)
        notes.append(Reason("aide", AID, "info", alone))
    prolonged = late and status == "met"
    text = PATH_PROLONGED if prolonged else PATH[known, not late]
    said = text.format(path.cited.words, french_date(path.end))
    # Not knowing when the path began is not a fault, unless it has ended whenever that was.
    if not late and not known:
        return [], [Reason("parcours", said, "info", path.cited), *notes], ""
    words = BOTH_PROLONGED if prolonged else BOTH[late, path.end < situation.au]
    both = words.format(french_date(path.end), "" if known else AT_THE_LATEST)
    if caps and late and not prolonged:
        both += AT_MOST.format(french_date(max(day for *_, day in caps)))
    return [Reason("parcours", said, status, path.cited)], notes, both


def path_span(situation: Situation, path: Path | None) -> list[Span]:
    """Draw the path, when its first day is known."""
    start = situation.parcours_debut
    return [Span("parcours", "pass", PATH_SPAN, start, path.end)] if start and path else []


def lasted(start: datetime.date | None, first: datetime.date, after: Cited) -> Status:
    """Tell whether a path that began on `start` has lasted long enough on `first`.

    `info` when its start is not known, and on the one day that may be discussed (`calculators.dates`).
    """
    if start is None:
        return "info"
    if first > last_day(start, months=after.value):
        return "met"
    return "info" if first >= add_months(start, after.value) else "unmet"


# The words of the answer.

MOTIVES = {
    "senior": "Pour l'âge",
    "rqth": "Pour un travailleur handicapé dont les difficultés font obstacle à l'insertion durable",
    "difficultes": "Pour des difficultés particulièrement importantes",
}
PATH_CAP = "{}, le parcours ne dépasse pas {} : jusqu'au {} au plus tard."
AID = (
    "Pour l'âge, le handicap ou les difficultés, la structure ne prolonge pas le parcours, ni l'aide de "
    "l'État : demandez cette décision-là à un prescripteur habilité."
)
#: By whether the path's first day is known, and whether the contracts fit in.
PATH = {
    (True, True): (
        "Le parcours dure {}, jusqu'au {} sans suspension ni prolongation : la dernière période "
        "finit avant, ou ce jour-là."
    ),
    (True, False): (
        "Le parcours dure {} : sauf suspension ou prolongation, il finit, et l'aide de l'État avec "
        "lui, le {}. La dernière période va plus loin : vérifiez la fin du PASS IAE."
    ),
    (False, True): (
        "Le parcours, et l'aide de l'État, durent {} à partir du PASS IAE, donc jusqu'au {} au plus "
        "tard, sauf suspension ou prolongation. Donnez le premier jour du parcours pour le vérifier."
    ),
    (False, False): (
        "Le parcours, et l'aide de l'État, durent {} à partir du PASS IAE : ils finissent le {} au "
        "plus tard, sauf suspension ou prolongation. La dernière période va plus loin."
    ),
}
PATH_PROLONGED = (
    "Le parcours dure {}, jusqu'au {} : d'après vos réponses, il est prolongé jusqu'à la fin de la dernière "
    "période. Vérifiez que la prolongation est déclarée sur la plateforme."
)
PATH_TRAINING = "Pour finir la formation, la structure prolonge elle-même le parcours, jusqu'au {} au plus tard."
#: By whether the contracts go further than the path, and whether its end is over.
BOTH = {
    (False, False): " ; le parcours, sans suspension ni prolongation, va jusqu'au {}{}",
    (False, True): " ; le parcours, sans suspension ni prolongation, allait jusqu'au {}{}",
    (True, False): (
        " ; le parcours et l'aide de l'État finissent avant, le {}{}, sauf suspension ou prolongation"
    ),
    (True, True): (
        " ; le parcours et l'aide de l'État ont fini avant, le {}{}, sauf suspension ou prolongation"
    ),
}
BOTH_PROLONGED = " ; le parcours, prolongé, peut aller jusque-là"
AT_THE_LATEST = " au plus tard"
AT_MOST = " jusqu'au {} au plus"
PATH_STOPS = " La dernière période va plus loin : l'aide de l'État s'arrête avant elle."
PATH_SPAN = "Parcours, sans suspension ni prolongation"
