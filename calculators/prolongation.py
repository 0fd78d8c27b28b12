"""Tell whether a PASS IAE can be prolonged, for how many days, and who decides.

Source: code du travail, R5132-1-8 (reasons, ages, prescriber, months of the whole path); the
platform's practice for the window and the days. Values: `data/rules/prolongation.yaml`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from datetime import date, timedelta

from calculators.dates import add_months, days_in, french_date, last_day
from calculators.inputs import Choice, Invalid, ask
from calculators.result import Milestone, Reason, Result, Span, Verdict
from calculators.rules import Cited, Law, Rules
from calculators.situations import IN_STRUCTURE, Structure
from calculators.typography import quantity

SUBJECT = "prolongation"
TITLE = "Puis-je prolonger un PASS IAE ?"
SUMMARY = (
    "Donnez les dates du PASS IAE et le motif : la réponse dit quand demander, combien de jours "
    "sont possibles, et qui décide."
)
#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "fenetre_debut": "Premier jour pour demander",
    "fenetre_fin": "Dernier jour pour demander",
    "jours_max": "Jours possibles, au plus",
    "nouvelle_fin_pass": "Nouvelle fin du PASS IAE",
    "prescripteur_requis": "Un prescripteur habilité doit décider",
    "possible_des": "Premier jour où la demander",
}
VERDICTS = {
    "possible": Verdict("Demande possible", "favorable"),
    "impossible": Verdict("Pas possible telle que demandée", "defavorable"),
}


class Motif(Choice):
    """Why the path should last longer."""

    formation = "formation", "Une formation est en cours à la fin du PASS IAE"
    cdi_inclusion = "cdi_inclusion", "La personne signe un CDI inclusion"
    senior = (
        "senior",
        "La personne est « senior » et en difficulté",
        "Des difficultés particulières font obstacle à son insertion durable dans l'emploi.",
    )
    rqth = (
        "rqth",
        "La personne est reconnue travailleur handicapé (RQTH) et en difficulté",
        "Des difficultés particulières font obstacle à son insertion durable dans l'emploi.",
    )
    difficultes = (
        "difficultes",
        "La personne a des difficultés particulièrement importantes",
        "Seulement dans un atelier et chantier d'insertion ou une association intermédiaire.",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the structure knows on the day it asks."""

    structure: Structure = ask(
        "Dans quel type de structure ?", step="La structure et le motif", fact="structure"
    )
    motif: Motif = ask("Pourquoi prolonger ?")
    pass_debut: datetime.date = ask(
        "Premier jour du PASS IAE", step="Le PASS IAE", fact="pass_debut"
    )
    pass_fin: datetime.date = ask(
        "Dernier jour du PASS IAE",
        help="Tel qu'il est affiché avant cette prolongation.",
        fact="pass_fin",
    )
    jours_deja_prolonges: int = ask(
        "Jours de prolongation déjà obtenus",
        help="Le total de toutes les prolongations de ce PASS IAE. Aucune : zéro.",
    )
    au: datetime.date = ask(
        "Jour de la demande",
        help="Le jour où la structure demande la prolongation.",
        step="La prolongation demandée",
        fact="au",
    )
    jours_demandes: int = ask("Jours demandés")
    suspendu: bool | None = ask("Le PASS IAE est-il suspendu ?", help="Le jour de la demande.")


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say whether the prolongation can be asked for, under the rules of `au`, the day it is.

    Raises Invalid for answers that contradict each other, NotInForce when no rule is known on `au`.
    """
    _refuse_contradictions(situation)
    law = rules.on(situation.au)
    motif = situation.motif
    opens, closes, window = _window(situation, law)
    jours_max, limits = _days(situation, law)
    fin = situation.pass_fin + timedelta(days=situation.jours_demandes)
    requis = law[f"{SUBJECT}.prescripteur_requis"].pick(motif)
    reasons = [
        _structure(situation, law),
        *_not_suspended(situation, law),
        *window,
        *limits,
        *_months(situation, fin, law),
        *_conditions(motif, law),
        Reason("prescripteur", PRESCRIBER[requis.value], "info", requis),
        *_who_asks(requis, law),
        *_report(situation, requis, law),
    ]
    refused = [reason for reason in reasons if reason.status == "unmet"]
    verdict = "impossible" if refused else "possible"
    dates = [
        Milestone("fenetre_debut", MILESTONES["fenetre_debut"], opens),
        Milestone("fin_pass", MILESTONES["fin_pass"], situation.pass_fin),
        Milestone("fenetre_fin", MILESTONES["fenetre_fin"], closes),
    ]
    periods = [Span("pass", "pass", PERIODS["pass"], situation.pass_debut, situation.pass_fin)]
    if opens <= closes:  # it may never open on a PASS IAE of a few months, when its start decides
        periods.append(Span("fenetre", "fenetre", PERIODS["fenetre"], opens, closes))
    possible_des = opens if _only_early(refused, opens, closes) else None
    if possible_des:
        summary = NOT_YET.format(french_date(opens), french_date(closes))
    elif refused:
        summary = f"Non : {refused[0].text[0].lower()}{refused[0].text[1:]}"
    else:
        dates.append(Milestone("nouvelle_fin_pass", MILESTONES["nouvelle_fin_pass"], fin))
        first = situation.pass_fin + timedelta(days=1)
        periods.append(Span("prolongation", "prolongation", PERIODS["prolongation"], first, fin))
        summary = POSSIBLE[requis.value].format(
            pass_=PASS[situation.pass_fin < situation.au].format(french_date(situation.pass_fin)),
            fin=french_date(fin),
            passe=ALREADY_PAST if fin < situation.au else ".",
        )
    return Result(
        verdict=verdict,
        summary=summary,
        values={
            "fenetre_debut": opens.isoformat(),
            "fenetre_fin": closes.isoformat(),
            "jours_max": jours_max,
            "nouvelle_fin_pass": None if refused else fin.isoformat(),
            "prescripteur_requis": requis.value,
            "possible_des": possible_des.isoformat() if possible_des else None,
        },
        reasons=reasons,
        not_checked=_not_checked(situation, rules),
        dates=sorted(dates, key=lambda milestone: milestone.day),
        periods=periods,
    )


def longest(situation: Situation, rules: Rules) -> int:
    """Return how many days may be asked for on `au`, whatever `jours_demandes` says.

    Raises NotInForce when no rule is known on that day. Five times in each answer of `fin_pass`, a whole
    answer for this number alone took a third of the time.
    """
    return _days(situation, rules.on(situation.au))[0]


def _refuse_contradictions(situation: Situation) -> None:
    errors = {}
    if situation.pass_fin < situation.pass_debut:
        errors["pass_fin"] = ENDS_BEFORE
    elif situation.jours_deja_prolonges >= days_in(situation.pass_debut, situation.pass_fin):
        errors["jours_deja_prolonges"] = TOO_MANY_USED
    if situation.jours_demandes == 0:
        errors["jours_demandes"] = NO_DAY
    if errors:
        raise Invalid(errors)


def _only_early(refused: list[Reason], opens: date, closes: date) -> bool:
    """Tell whether the day is the only fault, and a better one will come."""
    return [reason.id for reason in refused] == ["fenetre_debut"] and opens <= closes


def _structure(situation: Situation, law: Law) -> Reason:
    """Tell whether the structure may use the reason: the EITI are practice, not law."""
    if situation.structure is Structure.eiti:
        cited = law[f"{SUBJECT}.motifs_eiti"].pick(situation.motif)
    elif situation.motif is Motif.difficultes:
        cited = law[f"{SUBJECT}.structures_difficultes"].pick(situation.structure)
    else:
        cited = law[f"{SUBJECT}.structures"].pick(situation.structure)
    text = (OPEN if cited.value else CLOSED).format(IN_STRUCTURE[situation.structure])
    return Reason("structure", text, "met" if cited.value else "unmet", cited)


def _not_suspended(situation: Situation, law: Law) -> list[Reason]:
    if situation.suspendu is None:
        return []
    cited = law[f"{SUBJECT}.pass_non_suspendu"]
    text = SUSPENDED[situation.suspendu]
    return [Reason("suspendu", text, "unmet" if situation.suspendu else "met", cited)]


def _window(situation: Situation, law: Law) -> tuple[date, date, list[Reason]]:
    """Return the first and the last day to ask. For a time the first was set by the start."""
    fenetre = law[f"{SUBJECT}.fenetre"]
    if "apres_debut" in fenetre.value:
        before = fenetre.pick("apres_debut")
        opens = add_months(situation.pass_debut, before.value)
    else:
        before = fenetre.pick("avant_fin")
        opens = add_months(situation.pass_fin, -before.value)
    after = fenetre.pick("apres_fin")
    closes = add_months(situation.pass_fin, after.value)
    words = {"opens": french_date(opens), "closes": french_date(closes)}
    return (
        opens,
        closes,
        [
            _check("fenetre_debut", opens <= situation.au, before, **words),
            _check("fenetre_fin", situation.au <= closes, after, **words),
        ],
    )


def _days(situation: Situation, law: Law) -> tuple[int, list[Reason]]:
    """Return how many days may be asked for: a limit for each decision, another for them all."""
    asked, used = situation.jours_demandes, situation.jours_deja_prolonges
    decision = law[f"{SUBJECT}.max_par_decision"].pick(situation.motif)
    in_one_go = _check("max_par_decision", asked <= decision.value, decision)
    plafond = law[f"{SUBJECT}.plafond_cumul"]
    if situation.motif not in plafond.value:
        return decision.value, [Reason("plafond_cumul", NO_TOTAL, "info", plafond), in_one_go]
    plafond = plafond.pick(situation.motif)
    together = law[f"{SUBJECT}.cumul_tous_motifs"]
    left = max(plafond.value - used, 0)
    jours_max = min(decision.value, left)
    words = {
        "used": quantity(used, "jour"),
        "left": quantity(left, "jour"),
        "jours_max": quantity(jours_max, "jour"),
    }
    return jours_max, [
        _check("plafond_cumul", asked <= left, plafond, **words),
        Reason("cumul", TOGETHER[together.value], "info", together),
        in_one_go,
    ]


def _months(situation: Situation, fin: date, law: Law) -> list[Reason]:
    """Hold the law's months, which differ from the platform's days, against the new end."""
    reasons = []
    if situation.motif is Motif.difficultes:
        decision = law[f"{SUBJECT}.decision_difficultes"]
        latest = add_months(situation.pass_fin, decision.value)
        reasons.append(
            _check("decision_difficultes", fin <= latest, decision, latest=french_date(latest))
        )
    if situation.motif in {Motif.rqth, Motif.senior, Motif.difficultes}:
        path = law[f"{SUBJECT}.plafond_parcours"].pick(situation.motif)
        latest = last_day(situation.pass_debut, months=path.value)
        within = fin <= latest
        text = PATH[within].format(path.words, french_date(latest))
        reasons.append(Reason("plafond_parcours", text, "met" if within else "info", path))
        apart = law[f"{SUBJECT}.suspension_hors_plafond"]
        reasons.append(Reason("suspension_hors_plafond", SUSPENDED_TIME, "info", apart))
    return reasons


def _conditions(motif: Motif, law: Law) -> list[Reason]:
    """Say what the law asks of the person, which the answers do not tell."""
    condition = law[f"{SUBJECT}.condition"].pick(motif)
    reasons = [Reason("condition", CONDITION.format(condition.value), "info", condition)]
    if motif in {Motif.senior, Motif.cdi_inclusion}:
        age = law[f"{SUBJECT}.age"].pick(motif)
        reasons.append(Reason("age", AGE.format(age.words), "info", age))
    return reasons


def _who_asks(requis: Cited, law: Law) -> list[Reason]:
    """Say who asks the prescriber: the law names more structures than the platform lets ask."""
    practice = law[f"{SUBJECT}.demandeur_plateforme"]
    reasons = [Reason("demandeur_plateforme", ASKS_ON_THE_PLATFORM, "info", practice)]
    if requis.value:
        reasons.insert(0, Reason("demandeurs", ASKS, "info", law[f"{SUBJECT}.demandeurs"]))
    return reasons


def _report(situation: Situation, requis: Cited, law: Law) -> list[Reason]:
    if situation.structure is not Structure.ai or not requis.value:
        return []
    cited = law[f"{SUBJECT}.bilan_ai"]
    return [Reason("bilan", REPORT[cited.value], "info", cited)]


def _check(identifier: str, holds: bool, cited: Cited, **words: str) -> Reason:
    text = CHECKS[identifier][0 if holds else 1].format(valeur=cited.words, **words)
    return Reason(identifier, text, "met" if holds else "unmet", cited)


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["suspendu"]: situation.suspendu is None,
        NOT_CHECKED["dernier"]: True,
        NOT_CHECKED["embauche"]: True,
        NOT_CHECKED["cdi_eiti"]: situation.structure is Structure.eiti
        and situation.motif is Motif.cdi_inclusion,
        NOT_CHECKED["eiti"]: situation.structure is Structure.eiti,
        **rules.unread(SUBJECT, situation.au),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

POSSIBLE = {
    True: "Oui, si un prescripteur habilité l'accepte : {pass_} irait jusqu'au {fin}{passe}",
    False: "Oui : la structure peut prolonger elle-même, et {pass_} ira jusqu'au {fin}{passe}",
}
#: By whether its last day is past.
PASS = {False: "le PASS IAE", True: "le PASS IAE, fini le {},"}
ALREADY_PAST = ", un jour déjà passé : avec si peu de jours, il ne redevient pas valide."
NOT_YET = "Pas encore : la plateforme accepte cette demande du {} au {}."
ENDS_BEFORE = "Le dernier jour tombe avant le premier. Vérifiez les deux dates."
TOO_MANY_USED = (
    "Les prolongations déjà obtenues dépassent la durée du PASS IAE. Vérifiez ce nombre et les "
    "dates : le dernier jour du PASS IAE tient compte de ces prolongations."
)
NO_DAY = "Donnez le nombre de jours demandés : au moins un."
OPEN = "Ce motif est ouvert à {}."
CLOSED = "Ce motif n'est pas ouvert à {}."
SUSPENDED = {
    True: "Le PASS IAE est suspendu, et la suspension doit finir avant la demande de prolongation.",
    False: "Le PASS IAE n'est pas suspendu.",
}
#: What is written when the condition holds, then when it does not.
CHECKS = {
    "fenetre_debut": (
        "La demande est ouverte depuis le {opens}.",
        "La demande vient trop tôt, car la plateforme l'accepte du {opens} au {closes}.",
    ),
    "fenetre_fin": (
        "La demande est possible jusqu'au {closes}.",
        "La demande vient trop tard, car la plateforme l'acceptait du {opens} au {closes}.",
    ),
    "max_par_decision": (
        "La plateforme limite chaque prolongation pour ce motif à {valeur}.",
        "La demande est trop longue pour une seule fois, car la plateforme limite chaque "
        "prolongation pour ce motif à {valeur}.",
    ),
    "plafond_cumul": (
        "La plateforme limite le total des prolongations à {valeur} pour ce motif : après {used} de "
        "prolongation, il reste {left}.",
        "La demande est trop longue, car la plateforme limite à {valeur} le total des prolongations "
        "pour ce motif, et il reste au plus {jours_max} à demander.",
    ),
    "decision_difficultes": (
        "La loi limite chaque décision à {valeur} : jusqu'au {latest} au plus tard.",
        "La loi limite chaque décision à {valeur}, et la prolongation irait au-delà du {latest}.",
    ),
}
NO_TOTAL = "Pour ce motif, la plateforme ne limite pas le total des prolongations."
TOGETHER = {
    True: "Toutes les prolongations du PASS IAE s'additionnent, quel que soit leur motif.",
    False: "À cette date, seules les prolongations du même motif s'additionnent : ne comptez que "
    "celles-là.",
}
PATH = {
    True: "La loi compte autrement : tout le parcours dure {} au plus, donc jusqu'au {} s'il n'a "
    "jamais été suspendu.",
    False: "La loi limite tout le parcours à {}, donc jusqu'au {} s'il n'a jamais été suspendu : "
    "demandez au prescripteur de vérifier que des suspensions expliquent ce dépassement.",
}
SUSPENDED_TIME = (
    "Nous lisons les articles ainsi : le temps où le parcours est suspendu ne compte pas dans ces "
    "mois. Aucun texte ne l'écrit."
)
CONDITION = "À vérifier avec la personne, pièces à l'appui : {}."
AGE = "La personne doit avoir au moins {}. L'article ne dit pas quel jour son âge se regarde."
ASKS = (
    "La loi : la demande vient de la structure qui emploie la personne, ou de celle qui souhaite "
    "l'employer."
)
ASKS_ON_THE_PLATFORM = (
    "La plateforme : la structure doit avoir embauché la personne avec ce PASS IAE. Celle qui "
    "souhaite seulement l'employer n'y trouve pas cette démarche."
)
PRESCRIBER = {
    True: "Un prescripteur habilité décide : la structure lui adresse la demande. S'il refuse, il "
    "donne ses raisons par écrit, à la structure et à la personne.",
    False: "La structure prolonge elle-même, et le déclare en ligne : aucun prescripteur n'a à "
    "décider.",
}
REPORT = {
    True: "L'association intermédiaire joint un bilan à sa demande.",
    False: "À cette date, la plateforme ne demande pas de bilan.",
}
MILESTONES = {
    "fenetre_debut": "Premier jour pour demander",
    "fin_pass": "Dernier jour du PASS IAE",
    "fenetre_fin": "Dernier jour pour demander",
    "nouvelle_fin_pass": "Nouveau dernier jour du PASS IAE",
}
PERIODS = {
    "pass": "PASS IAE",
    "fenetre": "Période pour demander la prolongation",
    "prolongation": "Jours ajoutés par la prolongation demandée",
}
NOT_CHECKED = {
    "suspendu": "Une suspension : un PASS IAE suspendu ne peut pas être prolongé.",
    "dernier": "Le PASS IAE : il doit être le dernier de la personne, sans autre demande de "
    "prolongation en attente.",
    "embauche": "L'embauche : nous ne vérifions pas que la structure a recruté la personne avec ce "
    "PASS IAE.",
    "cdi_eiti": "Le contrat : le code du travail ne prévoit pas de CDI inclusion dans une EITI, "
    "même si la plateforme y ouvre ce motif.",
    "eiti": "Le décret propre aux EITI : ce qu'il dit des prolongations.",
}
