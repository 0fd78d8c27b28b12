"""Tell the dates of a control of the eligibilities that a structure has declared.

Source: code du travail, R5132-1-12 to R5132-1-17. The values are in `data/rules/controle.yaml`.

No article says how a week or a month of this procedure is counted. We take the day that starts a
period as its day zero: six weeks end on the same day of the week, five months on the same day of the
month. A last day that falls on a Sunday stays the last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculators.dates import add_days, add_months, french_date
from calculators.inputs import Invalid, ask
from calculators.result import Milestone, Reason, Result, Span, Verdict
from calculators.rules import Cited, Law, Rules

SUBJECT = "controle"
TITLE = "Un contrôle a posteriori : quelles sont les dates ?"
SUMMARY = (
    "Donnez le jour où le contrôle a commencé : la réponse dit jusqu'à quand envoyer les "
    "justificatifs, puis les compléter, et quand le préfet décide au plus tard."
)
#: The name on the page of each machine-readable value of the answer.
VALUES = {
    "fin_justificatifs": "Dernier jour pour envoyer les justificatifs",
    "fin_complement": "Dernier jour pour compléter ou présenter ses observations",
    "decision_max": "Dernier jour pour la décision du préfet",
}
VERDICTS = {
    "calcule": Verdict("Dates calculées", "favorable"),
}
DAYS_IN_A_WEEK = 7
SATURDAY = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The answers of the person; the form is generated from it."""

    debut_controle: date = ask(
        "Quel jour la DDETS a-t-elle transmis la liste des personnes contrôlées ?",
        help="C'est le jour où la liste et les justificatifs demandés arrivent dans la plateforme.",
        step="Le début du contrôle",
    )
    notification: date | None = ask(
        "Quel jour la notification des manquements est-elle arrivée ?",
        help="Seulement si l'administration en a envoyé une, avec les mesures envisagées.",
        step="La notification",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Return the last day of each stage, by the rule in force when the control begins.

    Raises Invalid for a notification before the control, and NotInForce before the known days.
    """
    first, notified = situation.debut_controle, situation.notification
    if notified and notified < first:
        raise Invalid({"notification": TOO_EARLY.format(french_date(first))})
    law = rules.on(first)
    answer = law[f"{SUBJECT}.delai_justificatifs"]
    proofs = _weeks_after(first, answer)
    values = {"fin_justificatifs": proofs.isoformat(), "fin_complement": None, "decision_max": None}
    reasons = [
        _year(first, law),
        Reason("justificatifs", TO_ANSWER.format(answer.words, _shown(proofs)), "info", answer),
    ]
    dates = [Milestone("fin_justificatifs", MILESTONES["fin_justificatifs"], proofs)]
    periods = [Span("justificatifs", "fenetre", PERIODS["justificatifs"], first, proofs)]
    summary = ANSWER.format(french_date(proofs))
    more, decision = law[f"{SUBJECT}.delai_complement"], law[f"{SUBJECT}.delai_decision"]
    if notified:
        completed, decided = _weeks_after(notified, more), add_months(notified, decision.value)
        values |= {"fin_complement": completed.isoformat(), "decision_max": decided.isoformat()}
        reasons += [
            Reason("complement", TO_COMPLETE.format(more.words, _shown(completed)), "info", more),
            Reason("decision", TO_DECIDE.format(decision.words, _shown(decided)), "info", decision),
        ]
        dates += [
            Milestone("fin_complement", MILESTONES["fin_complement"], completed),
            Milestone("decision_max", MILESTONES["decision_max"], decided),
        ]
        periods += [
            Span("complement", "fenetre", PERIODS["complement"], notified, completed),
            Span("decision", "decompte", PERIODS["decision"], notified, decided),
        ]
        summary = NOTIFIED.format(french_date(completed), french_date(decided))
    else:
        reasons += [
            Reason("complement", IF_NOTIFIED.format(more.words), "info", more),
            Reason("decision", THEN_DECIDED.format(decision.words), "info", decision),
        ]
    return Result(
        verdict="calcule",
        summary=summary,
        values=values,
        reasons=[*reasons, *_always(law)],
        not_checked=_not_checked(situation, rules),
        dates=dates,
        periods=periods,
    )


def _weeks_after(day: date, weeks: Cited) -> date:
    return add_days(day, DAYS_IN_A_WEEK * weeks.value)


def _shown(day: date) -> str:
    """Write a day, with its name when offices may be closed."""
    name = WEEKEND.get(day.weekday())
    return f"{name} {french_date(day)}" if name else french_date(day)


def _year(first: date, law: Law) -> Reason:
    """Say of which year the declarations are."""
    lag = law[f"{SUBJECT}.annee"]
    return Reason("annee", YEAR.format(first.year, first.year - lag.value), "info", lag)


def _always(law: Law) -> list[Reason]:
    """Return what does not depend on the days: how they are counted, what may follow, what to keep."""
    kept = law[f"{SUBJECT}.conservation"]
    return [
        *(Reason(name, text, "info", law[f"{SUBJECT}.{name}"]) for name, text in ALWAYS.items()),
        Reason("conservation", KEPT.format(kept.words), "info", kept),
    ]


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    late = max(filter(None, (situation.debut_controle, situation.notification)))
    checks = {
        NOT_CHECKED["pieces"]: True,
        NOT_CHECKED["notification"]: situation.notification is not None,
        **rules.unread(SUBJECT, late),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

WEEKEND = {SATURDAY: "samedi", SATURDAY + 1: "dimanche"}
ANSWER = "Envoyez les justificatifs demandés au plus tard le {}."
NOTIFIED = (
    "Complétez les justificatifs ou présentez vos observations au plus tard le {} ; le préfet décide "
    "au plus tard le {}."
)
YEAR = "Un contrôle de {} porte sur les éligibilités que la structure a déclarées en {}."
TO_ANSWER = "La structure a {} pour répondre : jusqu'au {}."
TO_COMPLETE = (
    "Dès la réception de la notification, la structure a {} pour envoyer ce qui manque ou présenter ses "
    "observations : jusqu'au {}."
)
TO_DECIDE = "La décision du préfet est adressée à la structure {} au plus tard après la notification : le {}."
IF_NOTIFIED = (
    "S'il manque des justificatifs, ou s'ils ne suffisent pas, l'administration notifie les manquements : "
    "la structure a alors {} pour compléter ou présenter ses observations."
)
THEN_DECIDED = "Le préfet décide ensuite, {} au plus tard après cette notification."
ALWAYS = {
    "decompte": "Le premier jour ne compte pas : le délai finit le même jour de la semaine, ou le même "
    "jour du mois.",
    "jours_feries": "Aucun article n'allonge le délai quand il finit un samedi, un dimanche ou un jour "
    "férié : par prudence, répondez avant.",
    "mesures": "Le préfet peut suspendre ou retirer à la structure la capacité de prescrire un parcours.",
    "reversement": "Pour une personne qui ne remplissait pas les conditions, le préfet peut supprimer tout "
    "ou partie de l'aide et demander le remboursement.",
    "proportion": "La décision tient compte de la nature et du nombre des irrégularités, et de celles des "
    "trois années précédentes.",
}
KEPT = "Les justificatifs se gardent {} à partir de la déclaration d'éligibilité."
TOO_EARLY = (
    "La notification ne peut pas précéder le début du contrôle ({}). Corrigez l'une des deux dates."
)
MILESTONES = {
    "fin_justificatifs": "Dernier jour pour envoyer les justificatifs",
    "fin_complement": "Dernier jour pour compléter ou présenter ses observations",
    "decision_max": "Dernier jour pour la décision du préfet",
}
PERIODS = {
    "justificatifs": "Pour envoyer les justificatifs",
    "complement": "Pour compléter ou présenter ses observations",
    "decision": "Jusqu'à la décision du préfet",
}
NOT_CHECKED = {
    "pieces": "Les justificatifs eux-mêmes, et le calendrier que la DDETS annonce : s'il donne plus de temps, "
    "c'est lui qui compte pour vous.",
    "notification": "Le jour qui fait partir les cinq mois : l'article dit « après la notification », sans "
    "dire s'il s'agit de son envoi ou de son arrivée. Nous comptons depuis le jour donné.",
}
