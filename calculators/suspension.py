"""Tell whether a PASS IAE can be suspended, from when, until when, and what its end becomes.

Source: code du travail, R5132-1-3 (the cases, who declares, the fifteen days, the twelve months) and
R5132-1-10 (the aids); the platform's practice for the limits. Values: `data/rules/suspension.yaml`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from datetime import date, timedelta

from calculators.dates import add_months, days_in, eve_of, french_date
from calculators.inputs import Choice, Invalid, ask
from calculators.result import Milestone, Reason, Result, Span, Verdict
from calculators.rules import Cited, Law, Rules
from calculators.situations import Periode, Structure, overlapping

SUBJECT = "suspension"
TITLE = "Puis-je suspendre un PASS IAE ?"
SUMMARY = (
    "Donnez les dates du PASS IAE et le motif : la réponse dit si la suspension est possible, "
    "jusqu'à quand, et ce que devient la fin du PASS IAE."
)
#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "debut_min": "Premier jour possible pour la suspension",
    "fin_max": "Dernier jour possible de la suspension",
    "nouvelle_fin_pass": "Nouvelle fin du PASS IAE",
    "possible_des": "Premier jour pour la déclarer",
}
VERDICTS = {
    "possible": Verdict("Suspension possible", "favorable"),
    "impossible": Verdict("Pas possible telle que demandée", "defavorable"),
}


class Motif(Choice):
    """Why the path stops for a while."""

    contrat_suspendu = "contrat_suspendu", "Le contrat de travail est suspendu"
    contrat_rompu = "contrat_rompu", "Le contrat de travail est rompu"
    contrat_termine = "contrat_termine", "Le contrat de travail est terminé"
    accord_cta = (
        "accord_cta",
        "Le comité technique d'animation (CTA) est d'accord",
        "Les membres de ce comité ont donné leur accord.",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the structure of the last hire knows on the day it declares the suspension."""

    structure: Structure = ask(
        "Dans quel type de structure ?", step="La structure et le motif", fact="structure"
    )
    motif: Motif = ask("Pourquoi suspendre ?")
    pass_debut: datetime.date = ask(
        "Premier jour du PASS IAE", step="Le PASS IAE", fact="pass_debut"
    )
    pass_fin: datetime.date = ask(
        "Dernier jour du PASS IAE",
        help="Tel qu'il est affiché avant cette suspension.",
        fact="pass_fin",
    )
    derniere_embauche: datetime.date = ask("Premier jour de la dernière embauche")
    suspensions: tuple[Periode, ...] = ask(
        "Suspensions déjà enregistrées", help="Aucune : n'ajoutez rien.", fact="suspensions"
    )
    au: datetime.date = ask(
        "Jour de la déclaration",
        help="Le jour où la structure déclare la suspension.",
        step="La suspension demandée",
        fact="au",
    )
    debut: datetime.date = ask("Premier jour de la suspension demandée")
    fin: datetime.date | None = ask(
        "Dernier jour de la suspension demandée",
        help="Sans lui, nous comptons jusqu'à la limite.",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say whether the suspension can be declared, under the rules of `au`, its day.

    Raises Invalid for dates that contradict each other, NotInForce when no rule is known on `au`.
    """
    _refuse_contradictions(situation)
    law = rules.on(situation.au)
    debut = situation.debut
    duree_max = law[f"{SUBJECT}.duree_max"]
    fin_max = eve_of(debut, duree_max.value)
    fin = situation.fin or fin_max
    debut_min, start = _start(situation, law)
    unused = ("derniere_embauche",) if _finished(situation) else ()
    structure = _structure(situation.structure, law)
    checks = [
        structure,
        *_declarant(law),
        *_motif(situation, law),
        *_pass(situation, fin, law),
        *start,
        _check("duree_max", fin <= fin_max, duree_max, jour=fin_max),
    ]
    refused = next((check for check in checks if check.status == "unmet"), None)
    limits = {"debut_min": debut_min.isoformat(), "fin_max": fin_max.isoformat()}
    if refused:
        on_its_day = _possible_on_its_first_day(situation, fin, structure.cited, checks, law)
        dates = [Milestone("fin_pass", MILESTONES["fin_pass"], situation.pass_fin)]
        if on_its_day:
            dates.insert(0, Milestone("possible_des", MILESTONES["possible_des"], debut))
        return Result(
            verdict="impossible",
            summary=NOT_YET.format(french_date(debut))
            if on_its_day
            else f"Non : {refused.text[0].lower()}{refused.text[1:]}",
            values={
                **limits,
                "nouvelle_fin_pass": None,
                "possible_des": debut.isoformat() if on_its_day else None,
            },
            reasons=checks,
            not_checked=_not_checked(situation, rules),
            dates=dates,
            periods=[
                Span("pass", "pass", PERIODS["pass"], situation.pass_debut, situation.pass_fin),
                *_suspensions(situation, situation.fin),
            ],
            not_counted=unused,
        )
    nouvelle_fin, effects, dates = _effects(situation, fin, law)
    return Result(
        verdict="possible",
        summary=_possible(situation, fin, nouvelle_fin),
        values={
            **limits,
            "nouvelle_fin_pass": nouvelle_fin.isoformat(),
            "possible_des": None,
        },
        reasons=[*checks, *effects],
        not_checked=_not_checked(situation, rules),
        dates=dates,
        periods=[
            Span("pass", "pass", PERIODS["pass_suspendu"], situation.pass_debut, nouvelle_fin),
            *_suspensions(situation, fin),
        ],
        not_counted=unused,
    )


def _refuse_contradictions(situation: Situation) -> None:
    errors = {}
    if situation.pass_fin < situation.pass_debut:
        errors["pass_fin"] = ENDS_BEFORE
    if situation.fin is not None and situation.fin < situation.debut:
        errors["fin"] = ENDS_BEFORE
    for position, period in enumerate(situation.suspensions):
        if period.fin < period.debut:
            errors[f"suspensions.{position}.fin"] = ENDS_BEFORE
    errors |= overlapping(situation.suspensions)
    if errors:
        raise Invalid(errors)


def _check(identifier: str, holds: bool, cited: Cited, **days: date) -> Reason:
    words = {name: french_date(day) for name, day in days.items()}
    text = CHECKS[identifier][0 if holds else 1].format(valeur=cited.words, **words)
    return Reason(identifier, text, "met" if holds else "unmet", cited)


def _structure(structure: Structure, law: Law) -> Reason:
    if structure is Structure.eiti:
        return Reason("structure", EITI, "met", law[f"{SUBJECT}.structure_eiti"])
    cited = law[f"{SUBJECT}.structures"].pick(structure)
    return Reason("structure", SIAE, "met", cited)


def _declarant(law: Law) -> list[Reason]:
    """Say who declares: the law names more people than the platform lets do it."""
    return [
        Reason(name, text, "info", law[f"{SUBJECT}.{name}"])
        for name, text in (("declarants", WHO), ("declarant_plateforme", WHO_ON_THE_PLATFORM))
    ]


def _possible_on_its_first_day(
    situation: Situation, fin: date, structure: Cited, checks: list[Reason], law: Law
) -> bool:
    """Tell whether the only fault of the suspension is to be declared too early."""
    debut = situation.debut
    if debut <= situation.au or (structure.until and debut > structure.until):
        return False
    that_day = replace(situation, au=debut)
    moved = [*_motif(that_day, law), *_pass(that_day, fin, law), *_start(that_day, law)[1]]
    again = {reason.id: reason for reason in [*checks, *moved]}
    if "apres_suspension" in again:  # it may be over by then, when the last hire decides no longer
        again.pop("apres_embauche", None)
    return all(reason.status != "unmet" for reason in again.values())


def _possible(situation: Situation, fin: date, nouvelle_fin: date) -> str:
    """Say yes, and that the suspension is behind us when its last day is past."""
    name = "passee" if fin < situation.au else "en_cours"
    days = situation.debut, fin, situation.pass_fin, nouvelle_fin
    return POSSIBLE[name].format(*map(french_date, days))


def _motif(situation: Situation, law: Law) -> list[Reason]:
    """Hold the reason against the law; an agreement of the CTA is practice only."""
    motif = situation.motif
    cited = law[f"{SUBJECT}.motifs"].pick(motif)
    if motif is Motif.accord_cta:
        return [
            Reason("motif", CTA_NOT_IN_LAW, "info", cited),
            Reason("motif_cta", CTA, "met", law[f"{SUBJECT}.motif_cta"]),
        ]
    reasons = [Reason("motif", MOTIF[motif], "met", cited)]
    if motif is Motif.contrat_suspendu:
        seuil = law[f"{SUBJECT}.jours_contrat_suspendu"]
        longer = days_in(situation.debut, situation.fin or situation.au) > seuil.value
        if longer or situation.fin:
            reasons.append(_check("jours_contrat_suspendu", longer, seuil))
        else:
            text = NOT_YET_LONGER.format(seuil.words)
            reasons.append(Reason("jours_contrat_suspendu", text, "info", seuil))
    return reasons


def _pass(situation: Situation, fin: date, law: Law) -> list[Reason]:
    """Hold the suspension against the PASS IAE and the suspensions it has already had."""
    au, debut = situation.au, situation.debut
    bounds = {"pass_debut": situation.pass_debut, "pass_fin": situation.pass_fin}
    suspended = any(period.debut <= au <= period.fin for period in situation.suspensions)
    overlaps = any(p.debut <= fin and debut <= p.fin for p in situation.suspensions)
    holds = {
        "pass_en_cours": situation.pass_debut <= au <= situation.pass_fin,
        "pas_deja_suspendu": not suspended,
        "pas_dans_le_futur": debut <= au,
        "debut_dans_le_pass": situation.pass_debut <= debut <= situation.pass_fin,
        "sans_chevauchement": not overlaps,
    }
    conditions = law[f"{SUBJECT}.conditions"]
    return [
        _check(name, held, conditions.pick(name), au=au, **bounds) for name, held in holds.items()
    ]


def _start(situation: Situation, law: Law) -> tuple[date, list[Reason]]:
    """Return the first day on which the suspension may start, and what sets it."""
    retroactivite = law[f"{SUBJECT}.retroactivite"]
    threshold = situation.au - timedelta(days=retroactivite.value)
    finished = _finished(situation)
    after = max(finished) + timedelta(days=1) if finished else situation.derniere_embauche
    name = "apres_suspension" if finished else "apres_embauche"
    condition = law[f"{SUBJECT}.conditions"].pick("apres_embauche")
    return max(threshold, after, situation.pass_debut), [
        _check(name, situation.debut >= after, condition, jour=after),
        _check("retroactivite", situation.debut >= threshold, retroactivite, jour=threshold),
    ]


def _finished(situation: Situation) -> list[date]:
    """Return the last days of the suspensions that are over; they count instead of the last hire."""
    return [period.fin for period in situation.suspensions if period.fin < situation.au]


def _effects(
    situation: Situation, fin: date, law: Law
) -> tuple[date, list[Reason], list[Milestone]]:
    """Say what the suspension does to the PASS IAE, to the aids and to the path."""
    lost = law[f"{SUBJECT}.jours_non_rendus"]
    added = days_in(situation.debut, fin) - lost.value
    nouvelle_fin = situation.pass_fin + timedelta(days=added)
    interruption = law[f"{SUBJECT}.interruption"]
    since = _suspended_since(situation)
    interruptible = add_months(since, interruption.value)
    text = INTERRUPTION.format(interruption.words, french_date(interruptible))
    days = f"{added} jour{'s' if added >= 2 else ''}"
    reasons = [
        Reason("fin_pass", EFFECT.format(days=days, lost=lost.words), "info", lost),
        Reason("aides", AIDS, "info", law[f"{SUBJECT}.aides"]),
        Reason("interruption", text, "info", interruption),
    ]
    dates = [
        Milestone("debut", MILESTONES["debut"], situation.debut),
        Milestone("fin", MILESTONES["fin"], fin),
        Milestone("nouvelle_fin_pass", MILESTONES["nouvelle_fin_pass"], nouvelle_fin),
    ]
    if interruptible <= fin:
        dates.append(Milestone("interruption", MILESTONES["interruption"], interruptible))
    return nouvelle_fin, reasons, sorted(dates, key=lambda milestone: milestone.day)


def _suspensions(situation: Situation, fin: date | None) -> list[Span]:
    """Draw the suspensions, and the one that is asked for when its end is known."""
    spans = [
        Span(f"suspensions.{position}", "suspension", PERIODS["suspension"], s.debut, s.fin)
        for position, s in enumerate(situation.suspensions)
    ]
    if fin:
        label = PERIODS["demandee" if situation.fin else "demandee_max"]
        spans.append(Span("suspension", "suspension", label, situation.debut, fin))
    return spans


def _suspended_since(situation: Situation) -> date:
    """Return the first day without a break: suspensions that touch each other are one."""
    since = situation.debut
    for period in sorted(situation.suspensions, key=lambda period: period.debut, reverse=True):
        if period.fin + timedelta(days=1) == since:
            since = period.debut
    return since


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["embauche"]: True,
        NOT_CHECKED["motif"]: True,
        NOT_CHECKED["fin"]: situation.fin is None,
        NOT_CHECKED["eiti"]: situation.structure is Structure.eiti,
        **rules.unread(SUBJECT, situation.au),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

POSSIBLE = {
    "en_cours": "Oui : le PASS IAE peut être suspendu du {} au {}, et son dernier jour passe du {} "
    "au {}.",
    "passee": "Oui : cette suspension, du {} au {}, est déjà finie, mais elle peut encore être "
    "déclarée, et le dernier jour du PASS IAE passe du {} au {}.",
}
NOT_YET = (
    "Pas encore : une suspension ne se déclare pas d'avance. Vous pourrez déclarer celle-ci à "
    "partir du {}."
)
WHO = (
    "Le code du travail : un prescripteur habilité ou une structure d'insertion déclare la "
    "suspension en ligne."
)
WHO_ON_THE_PLATFORM = (
    "La plateforme : seule la structure de la dernière embauche peut la déclarer. Un prescripteur "
    "habilité doit donc le lui demander."
)
ENDS_BEFORE = "Le dernier jour tombe avant le premier. Vérifiez les deux dates."
SIAE = "Le code du travail prévoit la suspension du parcours dans cette structure."
EITI = (
    "La plateforme permet aussi à une entreprise d'insertion par le travail indépendant (EITI) "
    "de suspendre un PASS IAE."
)
MOTIF = {
    Motif.contrat_suspendu: "Le code du travail : le parcours est suspendu lorsque le contrat l'est "
    "assez longtemps.",
    Motif.contrat_rompu: "Le code du travail : le parcours est suspendu lorsque le contrat est rompu.",
    Motif.contrat_termine: "Le code du travail : le parcours est suspendu lorsque le contrat a pris "
    "fin.",
}
CTA_NOT_IN_LAW = (
    "Le code du travail ne cite pas l'accord des membres du comité technique d'animation (CTA) "
    "parmi les motifs : gardez une trace écrite de cet accord."
)
CTA = "La plateforme accepte comme motif l'accord des membres du comité technique d'animation."
NOT_YET_LONGER = (
    "Le contrat doit être suspendu plus de {} : demandez à la structure jusqu'à quand il l'est, "
    "ou attendez que cette durée soit passée."
)
#: What is written when the condition holds, then when it does not.
CHECKS = {
    "jours_contrat_suspendu": (
        "Le contrat est suspendu plus de {valeur}.",
        "Le contrat doit être suspendu plus de {valeur}, et la période donnée est trop courte.",
    ),
    "pass_en_cours": (
        "Le PASS IAE est en cours le {au}.",
        "Le PASS IAE n'est pas en cours le {au}, car il va du {pass_debut} au {pass_fin}.",
    ),
    "pas_deja_suspendu": (
        "Le PASS IAE n'est pas déjà suspendu le {au}.",
        "Le PASS IAE est déjà suspendu le {au}, et cette suspension doit d'abord finir.",
    ),
    "pas_dans_le_futur": (
        "La suspension ne commence pas après le jour de sa déclaration.",
        "La suspension commence après le {au} : elle se déclare à partir de son premier jour.",
    ),
    "debut_dans_le_pass": (
        "La suspension commence pendant le PASS IAE.",
        "La suspension doit commencer pendant le PASS IAE, du {pass_debut} au {pass_fin}.",
    ),
    "sans_chevauchement": (
        "La suspension n'en chevauche aucune autre.",
        "La suspension en chevauche une autre, déjà enregistrée, et ses dates doivent changer.",
    ),
    "apres_embauche": (
        "La suspension ne commence pas avant la dernière embauche, le {jour}.",
        "La suspension ne peut pas commencer avant la dernière embauche, le {jour}.",
    ),
    "apres_suspension": (
        "La suspension commence après la précédente : le {jour} au plus tôt.",
        "La suspension doit commencer après la précédente, donc le {jour} au plus tôt.",
    ),
    "retroactivite": (
        "La plateforme accepte {valeur} de retard au plus : un début le {jour} ou après convient.",
        "La déclaration vient trop tard, car la plateforme accepte {valeur} de retard au plus, donc "
        "un début le {jour} au plus tôt.",
    ),
    "duree_max": (
        "La plateforme limite une suspension à {valeur} : jusqu'au {jour} au plus tard.",
        "La suspension est trop longue, car la plateforme la limite à {valeur}, donc jusqu'au {jour} "
        "au plus tard.",
    ),
}
EFFECT = (
    "La fin du PASS IAE recule de {days} : le nombre de jours suspendus, moins {lost}, car la "
    "plateforme compte l'écart entre les deux dates. La loi ne dit pas de combien elle recule."
)
AIDS = "Pendant la suspension, le droit aux aides s'arrête."
INTERRUPTION = (
    "Au-delà de {} de suspension d'affilée, soit à partir du {}, un prescripteur habilité ou une "
    "structure peut mettre fin au parcours, après avoir examiné la situation de la personne. La "
    "décision lui est notifiée."
)
MILESTONES = {
    "fin_pass": "Dernier jour du PASS IAE",
    "debut": "Premier jour de la suspension",
    "fin": "Dernier jour de la suspension",
    "nouvelle_fin_pass": "Nouveau dernier jour du PASS IAE",
    "possible_des": "La suspension peut être déclarée à partir de ce jour",
    "interruption": "Le parcours peut être interrompu à partir de ce jour",
}
PERIODS = {
    "pass": "PASS IAE",
    "pass_suspendu": "PASS IAE, avec la suspension demandée",
    "suspension": "Suspension enregistrée",
    "demandee": "Suspension demandée",
    "demandee_max": "Suspension demandée, si elle va jusqu'à la limite",
}
NOT_CHECKED = {
    "embauche": "La dernière embauche : la plateforme vérifie que la structure qui déclare l'a faite.",
    "motif": "Le motif : gardez le document qui le prouve.",
    "fin": "La durée réelle : vous n'avez pas donné de dernier jour, nous comptons jusqu'à la "
    "limite.",
    "eiti": "Le décret propre aux EITI : ce qu'il dit des suspensions.",
}
