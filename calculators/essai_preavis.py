"""Tell the longest trial period of a fixed-term contract, and the notice to leave it for a CDI.

Source: code du travail, L1242-10 (trial period) and L1243-2 (notice). The values are in
`data/rules/essai_preavis.yaml`.

- Both are counted as one day for each week. A week is seven days, and one that is begun does not
  count: the articles do not say it.
- Days are those of the calendar. The Cour de cassation has ruled so of the trial period; of the notice
  nothing that we know of does.
- The trial period is measured on the length first agreed, the notice on the whole length, renewals
  included. Without a precise end, they are measured on the shortest length and on the days done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculators.dates import add_days, days_in, french_date, last_day
from calculators.inputs import Invalid, ask
from calculators.result import Milestone, Reason, Result, Span, Verdict
from calculators.rules import Law, Rules
from calculators.typography import quantity

SUBJECT = "essai_preavis"
TITLE = "CDDI : quelle période d'essai, et quel préavis pour partir en CDI ?"
SUMMARY = (
    "Donnez les dates du contrat : la réponse dit combien de jours l'essai dure au plus, et quel "
    "préavis la personne doit quand elle part pour un contrat à durée indéterminée (CDI)."
)
#: The name on the page of each machine-readable value of the answer.
VALUES = {
    "essai_jours": "Jours d'essai, au plus",
    "essai_fin": "Dernier jour d'essai possible",
    "preavis_jours": "Jours de préavis",
    "dernier_jour": "Dernier jour de travail",
}
VERDICTS = {
    "calcule": Verdict("Essai et préavis calculés", "favorable"),
}
DAYS_IN_A_WEEK = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The answers of the person; the form is generated from it."""

    debut: date = ask("Premier jour du contrat", step="Le contrat")
    fin: date | None = ask(
        "Dernier jour du contrat",
        help="Celui d'aujourd'hui, renouvellements compris. Laissez vide si le contrat n'a pas de date de fin.",
    )
    fin_initiale: date | None = ask(
        "Dernier jour prévu à la signature, s'il a été renouvelé",
        help="L'essai se mesure sur la durée prévue au départ.",
    )
    duree_minimale_jours: int | None = ask(
        "Durée minimale en jours, si le contrat n'a pas de date de fin",
    )
    depart: date | None = ask(
        "Quel jour la personne annonce-t-elle son départ pour un CDI ?",
        help="Le jour où l'employeur reçoit l'annonce, avec la preuve du CDI.",
        step="Le départ",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Count the trial period by the rule of the first day, the notice by that of the departure.

    Raises Invalid for dates that contradict each other or a contract without any length, and
    NotInForce before the known days.
    """
    _refuse_contradictions(situation)
    tried, trial_end, reasons = _trial(situation, rules.on(situation.debut))
    law = rules.on(situation.depart or situation.debut)
    notice, leaves, more = _notice(situation, law)
    values = {
        "essai_jours": tried,
        "essai_fin": trial_end.isoformat() if trial_end else None,
        "preavis_jours": notice,
        "dernier_jour": leaves.isoformat() if leaves else None,
    }
    return Result(
        verdict="calcule",
        summary=" ".join([_trial_words(tried, trial_end), *_notice_words(notice, leaves)]),
        values=values,
        reasons=[*reasons, *more],
        not_checked=_not_checked(situation, trial_end, rules),
        dates=_dates(trial_end, leaves),
        periods=_periods(situation, trial_end, leaves),
    )


def _refuse_contradictions(situation: Situation) -> None:
    first, last = situation.debut, situation.fin
    errors = {}
    if last is None and situation.fin_initiale:
        errors["fin"] = RENEWED_WITHOUT_END
    elif last is None and situation.duree_minimale_jours is None:
        errors["fin"] = NO_LENGTH
    if last and situation.duree_minimale_jours is not None:
        errors["duree_minimale_jours"] = TWO_LENGTHS
    if situation.duree_minimale_jours == 0:
        errors["duree_minimale_jours"] = NO_DAY
    if last and last < first:
        errors["fin"] = BACKWARDS.format(french_date(first))
    if situation.fin_initiale and situation.fin_initiale < first:
        errors["fin_initiale"] = BACKWARDS.format(french_date(first))
    elif situation.fin_initiale and last and situation.fin_initiale >= last:
        errors["fin_initiale"] = NOT_RENEWED.format(french_date(last))
    if situation.depart and not first <= situation.depart <= (last or situation.depart):
        errors["depart"] = OUTSIDE
    if errors:
        raise Invalid(errors)


def _trial(situation: Situation, law: Law) -> tuple[int, date | None, list[Reason]]:
    """Return the days of the longest trial period, its last day if it has one, and why."""
    agreed = situation.fin_initiale or situation.fin
    if agreed is None:
        assert situation.duree_minimale_jours is not None
        agreed = last_day(situation.debut, days=situation.duree_minimale_jours)
    rate, limit = law[f"{SUBJECT}.essai_par_semaine"], law[f"{SUBJECT}.essai_seuil"]
    short = agreed <= last_day(situation.debut, months=limit.value)
    whole = days_in(situation.debut, agreed) // DAYS_IN_A_WEEK
    counted = whole * rate.value
    if short:
        cap = law[f"{SUBJECT}.essai_semaines"]
        longest = last_day(situation.debut, days=cap.value * DAYS_IN_A_WEEK)
    else:
        cap = law[f"{SUBJECT}.essai_mois"]
        longest = last_day(situation.debut, months=cap.value)
    end = min(last_day(situation.debut, days=counted), longest) if counted else None
    reasons = [
        Reason("essai", TRIAL.format(rate.words, quantity(whole, "semaine entière")), "info", rate),
        Reason("plafond", CAP[short].format(cap.words, limit.words), "info", cap),
        Reason("seuil", LIMIT[short].format(limit.words), "info", limit),
        *_counted(law, "essai_calendaire", "semaine_entiere"),
    ]
    return days_in(situation.debut, end) if end else 0, end, reasons


def _notice(situation: Situation, law: Law) -> tuple[int | None, date | None, list[Reason]]:
    """Return the days of notice and the last day at work, each if it is known, and why."""
    rate, most = law[f"{SUBJECT}.preavis_par_semaine"], law[f"{SUBJECT}.preavis_semaines"]
    measured = situation.fin or situation.depart
    days = None
    reasons = [Reason("preavis", NOTICE_UNKNOWN.format(rate.words), "info", rate)]
    if measured:
        whole = days_in(situation.debut, measured) // DAYS_IN_A_WEEK
        days = min(whole * rate.value, most.value * DAYS_IN_A_WEEK)
        text = NOTICE[situation.fin is not None]
        reasons = [
            Reason(
                "preavis", text.format(rate.words, quantity(whole, "semaine entière")), "info", rate
            )
        ]
    reasons += [
        Reason("preavis_plafond", NOTICE_CAP.format(most.words), "info", most),
        *_counted(law, "preavis_calendaire", "preavis_lendemain", "cdi"),
    ]
    if days is None or situation.depart is None:
        return days, None, reasons
    leaves = add_days(situation.depart, days)
    return days, min(leaves, situation.fin or leaves), reasons


def _counted(law: Law, *names: str) -> list[Reason]:
    return [Reason(name, COUNTED[name], "info", law[f"{SUBJECT}.{name}"]) for name in names]


def _trial_words(days: int, end: date | None) -> str:
    if end is None:
        return NO_TRIAL
    return TRIAL_ENDS.format(quantity(days, "jour"), french_date(end))


def _notice_words(days: int | None, leaves: date | None) -> list[str]:
    if days is None:
        return []
    if days == 0:
        return [NO_NOTICE]
    if leaves is None:
        return [NOTICE_LASTS.format(quantity(days, "jour"))]
    return [LEAVES.format(quantity(days, "jour"), french_date(leaves))]


def _not_checked(situation: Situation, trial_end: date | None, rules: Rules) -> list[str]:
    early = bool(situation.depart and trial_end and situation.depart <= trial_end)
    late = situation.depart or situation.debut
    checks = {
        NOT_CHECKED["contrat"]: True,
        NOT_CHECKED["pendant"]: early,
        NOT_CHECKED["suspendu"]: situation.depart is not None,
        **rules.unread(SUBJECT, late),
    }
    return [text for text, applies in checks.items() if applies]


def _dates(trial_end: date | None, leaves: date | None) -> list[Milestone]:
    days = {"essai_fin": trial_end, "dernier_jour": leaves}
    made = [Milestone(name, MILESTONES[name], day) for name, day in days.items() if day]
    return sorted(made, key=lambda milestone: milestone.day)


def _periods(situation: Situation, trial_end: date | None, leaves: date | None) -> list[Span]:
    first = situation.debut
    spans = []
    if situation.fin:
        spans.append(Span("contrat", "contrat", PERIODS["contrat"], first, situation.fin))
    if trial_end:
        spans.append(Span("essai", "decompte", PERIODS["essai"], first, trial_end))
    if situation.depart and leaves and leaves > situation.depart:
        begins = add_days(situation.depart, 1)
        spans.append(Span("preavis", "decompte", PERIODS["preavis"], begins, leaves))
    return spans


# The words of the answer.

TRIAL_ENDS = "La période d'essai dure {} au plus, jusqu'au {}."
NO_TRIAL = "Ce contrat est trop court pour une période d'essai : il ne compte pas une semaine."
NO_NOTICE = "Pour partir en CDI, la personne ne doit pas de préavis."
NOTICE_LASTS = "Pour partir en CDI, la personne doit un préavis de {}."
LEAVES = "Pour partir en CDI, la personne doit un préavis de {} : son dernier jour est le {}."
TRIAL = "L'essai compte {} par semaine de contrat : ici, {}."
CAP = {
    True: "Pour un contrat de {1} au plus, l'essai ne dépasse pas {0}.",
    False: "Pour un contrat de plus de {1}, l'essai ne dépasse pas {0}.",
}
LIMIT = {
    True: "La durée prévue à la signature ne dépasse pas {}.",
    False: "La durée prévue à la signature dépasse {}.",
}
NOTICE = {
    True: "Le préavis compte {} par semaine de contrat, renouvellements compris : ici, {}.",
    False: "Sans date de fin, le préavis compte {} par semaine déjà faite : ici, {}.",
}
NOTICE_UNKNOWN = (
    "Sans date de fin, le préavis compte {} par semaine déjà faite : donnez le jour du départ."
)
NOTICE_CAP = (
    "Le préavis ne dépasse pas {}. L'employeur et la personne peuvent se mettre d'accord sur moins."
)
COUNTED = {
    "essai_calendaire": "Les jours d'essai sont ceux du calendrier, repos et jours fériés compris, sauf si la "
    "convention collective ou le contrat dit autre chose.",
    "semaine_entiere": "Seules les semaines entières comptent : l'article ne dit rien d'une semaine commencée.",
    "preavis_calendaire": "Les jours de préavis sont ceux du calendrier : l'article ne parle pas de jours "
    "travaillés.",
    "preavis_lendemain": "Le préavis commence le lendemain de l'annonce, et le contrat ne va pas plus loin que "
    "sa date de fin.",
    "cdi": "La personne doit prouver qu'elle a conclu un CDI.",
}
NO_LENGTH = "Donnez le dernier jour du contrat ou, s'il n'a pas de date de fin, sa durée minimale."
RENEWED_WITHOUT_END = "Donnez le dernier jour du contrat tel qu'il est aujourd'hui, renouvelé."
TWO_LENGTHS = "Un contrat qui a un dernier jour n'a pas de durée minimale. Enlevez l'un des deux."
NO_DAY = "La durée minimale est d'un jour au moins."
BACKWARDS = "Ce jour précède le premier jour du contrat ({}). Corrigez l'une des deux dates."
NOT_RENEWED = (
    "Un contrat renouvelé finit plus tard que prévu : ce jour doit précéder le dernier jour du contrat "
    "({}). Sans renouvellement, laissez vide."
)
OUTSIDE = "Ce jour n'est pas dans le contrat. Donnez un jour entre son premier et son dernier jour."
MILESTONES = {
    "essai_fin": "Dernier jour d'essai possible",
    "dernier_jour": "Dernier jour de travail",
}
PERIODS = {
    "contrat": "Contrat",
    "essai": "Période d'essai la plus longue",
    "preavis": "Préavis",
}
NOT_CHECKED = {
    "contrat": "Le contrat lui-même : sans clause d'essai, il n'y en a pas ; un usage ou la convention "
    "collective peut la faire plus courte.",
    "pendant": "Un départ pendant la période d'essai : la personne peut alors partir sans CDI, avec un autre "
    "délai, que ce simulateur ne calcule pas.",
    "suspendu": "Un contrat suspendu pour une mise en situation ou pour un essai chez un autre employeur : si "
    "la personne y est embauchée, il est rompu sans préavis.",
}
