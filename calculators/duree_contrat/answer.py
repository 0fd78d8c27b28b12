"""Put together the answer on a contract: verdict, sentence, values, what is drawn and not checked."""

from __future__ import annotations

import datetime

from calculators.dates import Period, add_days, french_date, months_and_days, total_of
from calculators.duree_contrat.path import Path
from calculators.duree_contrat.situation import SUBJECT, Contrat, Situation
from calculators.inputs import questions
from calculators.result import Milestone, Reason, Span
from calculators.rules import Rules
from calculators.situations import Structure

#: The last day of what the law does not limit.
NO_LIMIT = datetime.date.max


def verdict_of(checks: list[Reason]) -> str:
    """Return the verdict that the checks lead to."""
    statuses = {reason.status for reason in checks}
    if "unmet" in statuses:
        return "non_conforme"
    return "sous_conditions" if "info" in statuses else "conforme"


def summary_of(verdict: str, checks: list[Reason], yes: str, both: str) -> str:
    """Answer in one sentence: the contract, then `both`, the path when it is known."""
    if verdict == "non_conforme":
        faults = [FAULTS[reason.id] for reason in checks if reason.status == "unmet"]
        return f"Non : {' et '.join(faults)}{both}."
    # The path, which has no condition here, has its own half of the sentence.
    asked = dict.fromkeys(
        CONDITIONS[r.id] for r in checks if r.status == "info" and CONDITIONS[r.id]
    )
    if verdict == "conforme" or not asked:
        return f"{yes}{both}."
    *others, last = asked
    conditions = f"{', '.join(others)} et {last}" if others else last
    return f"Possible, à condition {conditions}{both}."


def values_of(
    chain: list[Period], fin_max: datetime.date | None, path: Path | None
) -> dict[str, object]:
    """Give the total, the last possible day, and what is left if the chain goes on unbroken."""
    end, reste = chain[-1][1], None
    if fin_max:
        left = months_and_days(add_days(end, 1), fin_max) if fin_max > end else (0, 0)
        reste = _as_json(left)
    return {
        "duree_totale": _as_json(total_of(chain)),
        "fin_max": fin_max.isoformat() if fin_max else None,
        "reste": reste,
        "fin_parcours": path.end.isoformat() if path else None,
    }


def _as_json(length: tuple[int, int]) -> dict[str, int]:
    return {"mois": length[0], "jours": length[1]}


def in_words(length: tuple[int, int]) -> str:
    """Write months and days: « 1 mois et 10 jours »."""
    months, days = length
    parts = [f"{months} mois"] * (months > 0) + [f"{days} jour{'s' * (days > 1)}"] * (days > 0)
    return " et ".join(parts)


def milestones_of(days: dict[str, datetime.date], situation: Situation) -> list[Milestone]:
    """Keep the days that are still to come on `au`, in order."""
    coming = [(day, name) for name, day in days.items() if day >= situation.au]
    return [Milestone(name, MILESTONES[name], day) for day, name in sorted(coming)]


def rows_of(situation: Situation) -> list[Span]:
    """Draw each row; in an ETTI it is a mission, whatever the contract."""
    etti = situation.structure is Structure.etti
    label = (PERIODS_ETTI if etti else PERIODS)[situation.contrat]
    return [
        Span(f"periodes.{position}", "mission" if etti else "contrat", label, row.debut, row.fin)
        for position, row in enumerate(situation.periodes)
    ]


def what_is_left(
    end: datetime.date, ordinary: datetime.date, fin_max: datetime.date, situation: Situation
) -> list[Span]:
    """Draw what may be added, while the next contract can still start the day after the last."""
    if add_days(end, 1) < situation.au:
        return []
    # A day without a limit cannot be drawn.
    latest = ordinary if fin_max == NO_LIMIT else fin_max
    limits = ("reste", end, ordinary), ("reste_prolongation", max(end, ordinary), latest)
    return [
        Span(name, "contrat", LEFT[name], add_days(before, 1), last)
        for name, before, last in limits
        if before < last
    ]


def not_checked(situation: Situation, rules: Rules, reasons: list[Reason]) -> list[str]:
    """List what the answer does not say, the answers that count for nothing first."""
    contrat = situation.contrat
    latest = max(situation.au, *(periode.debut for periode in situation.periodes))
    useless = _useless(situation, {reason.id for reason in reasons})
    unknown = sorted(row.debut for row in situation.periodes if row.heures_semaine is None)
    checks = {
        USELESS.format(", ".join(f"« {label} »" for label in useless)): bool(useless),
        NOT_CHECKED["heures"].format(", ".join(map(french_date, unknown))): bool(unknown),
        NOT_CHECKED[contrat.value]: True,
        NOT_CHECKED["mise_a_disposition"]: situation.structure is Structure.ai,
        NOT_CHECKED["parcours"]: contrat is not Contrat.cdi_inclusion
        and not any(reason.id == "parcours" for reason in reasons),
        NOT_CHECKED["pass_iae"]: contrat is not Contrat.cdi_inclusion,
        NOT_CHECKED["detention"]: True,
        **rules.unread(SUBJECT, latest),
    }
    return [text for text, applies in checks.items() if applies]


def _useless(situation: Situation, said: set[str]) -> list[str]:
    """List the questions of this contract whose answers, though given, count for nothing here."""
    fixed_term = situation.contrat is not Contrat.cdi_inclusion
    used = {
        "decision_de": not fixed_term or "decision" in said,
        "derogation_heures": situation.contrat is not Contrat.cddi or "derogation_heures" in said,
    }
    labels = {question.name: question.label for question in questions(Situation)}
    return [labels[name] for name, used_ in used.items() if getattr(situation, name) and not used_]


# The words of the answer.

CONDITIONS = {
    "duree_maximale": "d'avoir une décision de prolonger, prise par qui en a le droit",
    "duree_minimale": "de vérifier la durée d'un contrat, trop court d'un jour peut-être",
    "motif_mission": "d'avoir, pour une mission courte, un autre cas permis par L1251-6 ou L1251-7",
    "heures": "d'obtenir une dérogation du préfet sur les heures",
    "temps_partiel": "de pouvoir justifier le nombre d'heures",
    "derogation_heures": "d'obtenir une dérogation du préfet sur les heures",
    "cumul_parcours": "de vérifier la date de début du parcours",
    "heures_ensemble": "d'atteindre, à deux emplois, le minimum du temps partiel",
    "cdi_age": "de vérifier l'âge de la personne",
    "cdi_parcours": "de vérifier la date de début du parcours",
    "parcours": "",
}
FAULTS = {
    "duree_minimale": "un contrat est trop court",
    "duree_mission": "une mission est trop longue",
    "duree_maximale": "la durée totale dépasse ce qui est permis",
    "heures": "le temps de travail est trop faible",
    "derogation_heures": "la dérogation sur les heures ne convient pas",
    "cumul_parcours": "le parcours est trop récent pour cumuler deux emplois",
    "cdi_age": "la personne est trop jeune pour un CDI inclusion",
    "cdi_parcours": "le parcours est trop récent pour un CDI inclusion",
    "cdi_mission": "une mission est trop longue",
}
MILESTONES = {
    "fin": "Fin de la dernière période",
    "fin_sans_prolongation": "Dernier jour possible sans prolongation",
    "fin_max": "Dernier jour possible d'après vos réponses",
    "fin_parcours": "Fin du parcours, sans suspension ni prolongation",
    "cdi_possible": "Premier jour possible pour un CDI inclusion",
}
PERIODS = {
    Contrat.cddi: Contrat.cddi.label,
    Contrat.cdd_usage: Contrat.cdd_usage.label,
    Contrat.cdi_inclusion: "CDI inclusion, jusqu'au jour donné",
}
PERIODS_ETTI = {
    Contrat.mission: Contrat.mission.label,
    Contrat.cdi_inclusion: "Mission du CDI inclusion",
}
LEFT = {
    "reste": "Encore possible sans prolongation",
    "reste_prolongation": "Encore possible avec une prolongation",
}
USELESS = "Ces réponses ne comptent pas ici : {}."
NOT_CHECKED = {
    "heures": "Le temps de travail des périodes qui commencent ces jours-là, dont il manque les heures : {}.",
    "cddi": "La durée légale du travail, que l'horaire ne doit pas dépasser, et l'examen de la "
    "situation de la personne avant une prolongation.",
    "mission": "Les autres règles de l'intérim, et l'examen de la situation de la personne avant "
    "une prolongation.",
    "cdd_usage": "Les règles ordinaires du CDD d'usage : seules celles de l'insertion sont "
    "vérifiées.",
    "cdi_inclusion": "Le contrat d'avant, les difficultés de la personne, la part des CDI "
    "inclusion dans la structure et la déclaration sur la plateforme.",
    "mise_a_disposition": "Les heures de mise à disposition en entreprise, qui ont un plafond.",
    "parcours": "Le parcours et l'aide de l'État : leur durée n'est connue que pour les jours qui suivent le "
    "décret de 2021.",
    "pass_iae": "Les suspensions et les prolongations du PASS IAE : la plateforme les compte en "
    "jours. « Dernier jour possible » vaut si le contrat suivant commence tout de suite après.",
    "detention": "Le travail en détention : ces règles ne s'appliquent pas au contrat d'emploi "
    "pénitentiaire.",
}
