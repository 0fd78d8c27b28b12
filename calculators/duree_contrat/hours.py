"""Hold the weekly hours against the minimum of each contract, and its derogations.

Source: code du travail, L3123-7, L3123-19 and L3123-27 (part time), D5132-10-5-3, D5132-26-12 and
D5132-43-5 to D5132-43-14 (CDDI).
"""

from __future__ import annotations

from contextlib import suppress

from calculators.dates import Period, days_in, french_date, last_day_within, spells
from calculators.duree_contrat.path import lasted
from calculators.duree_contrat.situation import SUBJECT, Contrat, Derogation, Situation
from calculators.result import Reason, Status
from calculators.rules import Law, NotInForce, Rules
from calculators.situations import Structure


def check_hours(situation: Situation, rules: Rules) -> tuple[list[Reason], list[Reason]]:
    """Hold the weekly hours against the minimum of the contract; return checks and notes."""
    if situation.contrat is not Contrat.cddi:
        return _part_time(situation, rules)
    least, low = None, []
    for periode in situation.periodes:
        if periode.heures_semaine is not None:
            least = rules.on(periode.debut)[f"{SUBJECT}.heures_cddi_{situation.structure}"]
            if periode.heures_semaine < least.value:
                low.append((periode.debut, periode.fin))
    if least is None:
        return [], []
    if not low:
        return [Reason("heures", HOURS_ENOUGH.format(least.words), "met", least)], []
    chain = spells(low)
    text = french_date(chain[0][0]), least.words
    if situation.derogation_heures is None:
        return [Reason("heures", HOURS_LOW.format(*text), "unmet", least)], []
    reason = Reason("heures", HOURS_DEROGATED.format(*text), "info", least)
    return [reason, *_derogation(situation, rules.on(chain[0][0]), chain)], []


def _part_time(situation: Situation, rules: Rules) -> tuple[list[Reason], list[Reason]]:
    """Hold missions, CDD d'usage and CDI against the minimum of any part time (L3123-27).

    An AI or an ETTI may propose less where the path justifies it (L5132-6, L5132-7); elsewhere a
    branch agreement, or the employee in writing, may (L3123-7, L3123-19).
    """
    rows = sorted(situation.periodes, key=lambda periode: periode.debut)
    given = [row for row in rows if row.heures_semaine is not None]
    law = rules.on((given or rows)[0].debut)
    least = law[f"{SUBJECT}.heures_temps_partiel"]
    low = [row for row in given if (row.heures_semaine or 0) < least.value]
    notes = []
    if low and situation.contrat is not Contrat.cdi_inclusion:
        with suppress(NotInForce):  # before the version that was read, no contract is exempt
            brief = rules.on(low[0].debut)[f"{SUBJECT}.contrat_bref"]
            low = [row for row in low if days_in(row.debut, row.fin) > brief.value]
            text = BRIEF.format(brief.words)
            notes.append(Reason("contrat_bref", text, "info", brief))
    if not given:
        return [], [Reason("temps_partiel", PART_TIME.format(least.words), "info", least)]
    if not low:
        text = PART_TIME_BRIEF if notes else HOURS_ENOUGH
        return [Reason("temps_partiel", text.format(least.words), "met", least)], notes
    first = french_date(low[0].debut)
    name = LESS_HOURS.get(situation.structure)
    if name is None:
        return [
            Reason("temps_partiel", LESS_BY_BRANCH.format(first, least.words), "info", least)
        ], notes
    less = rules.on(low[0].debut)[f"{SUBJECT}.{name}"]
    check = Reason("temps_partiel", PART_TIME_LOW.format(first, least.words), "info", least)
    return [check], [Reason("moins_d_heures", LESS_ON_PATH, "info", less), *notes]


def _derogation(situation: Situation, law: Law, low: list[Period]) -> list[Reason]:
    """Hold the time below the minimum against the derogation that is asked of the prefect.

    D5132-10-5-3, D5132-26-12, D5132-43-14 (two jobs), D5132-43-5 to D5132-43-10 (ACI).
    """
    end = low[-1][1]
    status: Status
    if situation.derogation_heures is Derogation.cumul:
        terms = law[f"{SUBJECT}.cumul_{situation.structure}"]
        after, once, twice = (
            terms.pick(case) for case in ("anciennete", "une_fois", "avec_renouvellement")
        )
        status = lasted(situation.parcours_debut, low[0][0], after)
        seniority = Reason("cumul_parcours", CUMUL_AFTER[status].format(after.words), status, after)
        fits = end <= last_day_within(low, twice.value)
        text = (CUMUL if fits else DEROGATION_LONG).format(
            once.words if fits else twice.words, twice.words
        )
        term = once if fits else twice
        together = law[f"{SUBJECT}.heures_temps_partiel"]
        return [
            seniority,
            Reason("derogation_heures", text, "info" if fits else "unmet", term),
            Reason("heures_ensemble", TOGETHER.format(together.words), "info", together),
        ]
    granted = law[f"{SUBJECT}.{situation.derogation_heures}"]
    if situation.structure is not Structure.aci:
        return [Reason("derogation_heures", ACI_ONLY, "unmet", granted)]
    individual = situation.derogation_heures is Derogation.aci_individuelle
    fits = end <= last_day_within(low, granted.value)
    status = "info" if fits or individual else "unmet"
    text = ACI_INDIVIDUAL[fits] if individual else ACI_COLLECTIVE if fits else DEROGATION_LONG
    return [Reason("derogation_heures", text.format(granted.words), status, granted)]


# The words of the answer.

PART_TIME = (
    "Le temps de travail : au moins {}, ou le minimum de la branche. Donnez les heures de chaque période "
    "pour le vérifier."
)
PART_TIME_BRIEF = (
    "Le temps de travail est d'au moins {}, sauf pour un contrat bref, qui n'a pas ce minimum."
)
PART_TIME_LOW = (
    "À partir du {}, le temps de travail est inférieur à {}, le minimum ordinaire du temps partiel."
)
LESS_BY_BRANCH = (
    "À partir du {}, le temps de travail est inférieur à {} : il faut un accord de branche, ou une demande "
    "écrite et motivée de la personne. Seules l'AI et l'ETTI peuvent proposer moins pour le parcours."
)
LESS_ON_PATH = "Moins d'heures peuvent être proposées lorsque le parcours d'insertion le justifie."
BRIEF = "Un contrat de {} au plus n'a pas de minimum d'heures."
#: The value that lets a structure propose fewer hours.
LESS_HOURS = {Structure.ai: "moins_d_heures_ai", Structure.etti: "heures_mission"}
HOURS_ENOUGH = "Le temps de travail indiqué est d'au moins {}."
HOURS_LOW = (
    "À partir du {}, le temps de travail est inférieur à {}. Augmentez-le, ou demandez une "
    "dérogation au préfet : pour cumuler deux emplois ou, dans un ACI, pour des difficultés "
    "particulièrement importantes."
)
HOURS_DEROGATED = (
    "À partir du {}, le temps de travail est inférieur à {} : il faut une dérogation du préfet."
)
CUMUL_AFTER: dict[Status, str] = {
    "met": "Le cumul de deux emplois commence après {} de parcours ou plus.",
    "unmet": "Le cumul de deux emplois n'est possible qu'après {} de parcours.",
    "info": "Le cumul de deux emplois n'est possible qu'après {} de parcours : vérifiez la date de "
    "début du PASS IAE.",
}
CUMUL = (
    "Demandez au préfet l'autorisation de cumuler deux emplois : {} au plus, renouvelables une "
    "fois après un bilan, soit {}. Joignez la promesse d'embauche du second employeur, qui n'est ni une "
    "structure d'insertion ni une entreprise adaptée, et les actions d'accompagnement prévues. Les deux "
    "emplois font ensemble un temps plein, ou au moins le minimum du temps partiel."
)
TOGETHER = (
    "Le minimum du temps partiel est de {}, ou celui de la branche : les deux emplois doivent l'atteindre "
    "ensemble."
)
DEROGATION_LONG = "Le temps de travail réduit dure plus de {} : la dérogation ne va pas si loin."
ACI_ONLY = "Cette dérogation n'existe que dans un ACI. Demandez plutôt le cumul de deux emplois."
ACI_INDIVIDUAL = {
    True: "La dérogation individuelle dure {} au plus. L'employeur la demande au préfet avant l'embauche ; "
    "plus tard, c'est le salarié qui la demande, avec l'accord de l'employeur. Avant l'embauche, le préfet "
    "fait le diagnostic du risque de grande exclusion.",
    False: "Le temps de travail réduit dure plus de {} : demandez au préfet de prolonger la dérogation, avec "
    "un bilan, pour achever l'accompagnement ou la formation, sans dépasser la durée de l'action ni celle du "
    "chantier conventionné.",
}
ACI_COLLECTIVE = (
    "L'employeur demande au préfet la dérogation collective, avec un projet d'accompagnement renforcé : "
    "{} au plus. Il fait lui-même le diagnostic du risque de grande exclusion."
)
