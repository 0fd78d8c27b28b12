"""Tell what a hire or a return does to a suspension: its last day, and the end of the PASS IAE.

Source: code du travail, R5132-1-3, for what suspends a path; how a suspension stops is practice of the
platform. The values are in `data/rules/reprise.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from calculators.dates import french_date
from calculators.inputs import Choice, Invalid, ask
from calculators.result import Milestone, Reason, Result, Span, Verdict
from calculators.rules import Law, Rules
from calculators.situations import Periode

SUBJECT = "reprise"
TITLE = "La personne reprend : que devient la suspension ?"
SUMMARY = (
    "Une personne suspendue est embauchée, ou revient : la réponse dit quand la suspension s'arrête, "
    "et quand finit alors le PASS IAE."
)
#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "suspension_effacee": "Suspension effacée",
    "fin_suspension": "Dernier jour de la suspension",
    "fin_pass": "Dernier jour du PASS IAE",
}
VERDICTS = {
    "possible": Verdict("La reprise arrête la suspension", "favorable"),
    "impossible": Verdict("La suspension ne s'arrête pas ce jour-là", "defavorable"),
}


class Motif(Choice):
    """Why the PASS IAE is suspended: today's reasons, then those that the platform no longer offers."""

    contrat_suspendu = "contrat_suspendu", "Le contrat de travail est suspendu"
    contrat_rompu = "contrat_rompu", "Le contrat de travail est rompu"
    contrat_termine = "contrat_termine", "Le contrat de travail est terminé"
    accord_cta = "accord_cta", "Le comité technique d'animation (CTA) est d'accord"
    contrat_passerelle = "contrat_passerelle", "Contrat passerelle (expérimentation)"
    sickness = "sickness", "Arrêt pour longue maladie (ancien motif)"
    maternity = "maternity", "Congé de maternité (ancien motif)"
    incarceration = "incarceration", "Incarcération (ancien motif)"
    trial_outside_iae = (
        "trial_outside_iae",
        "Période d'essai chez un employeur hors de l'insertion (ancien motif)",
    )
    detoxification = "detoxification", "Cure de désintoxication (ancien motif)"
    force_majeure = "force_majeure", "Force majeure (ancien motif)"


class Evenement(Choice):
    """What happens."""

    embauche = "embauche", "Une structure d'insertion l'embauche"
    retour = "retour", "Elle revient dans la structure qui l'emploie"


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the structure knows on the day when the person starts again."""

    evenement: Evenement = ask("Que se passe-t-il ?", step="La reprise")
    jour: date = ask("Premier jour de la reprise", help="Le premier jour travaillé.")
    suspension: Periode = ask(
        "La suspension en cours", help="Ses dates sur la plateforme.", step="La suspension"
    )
    motif: Motif = ask("Pourquoi le PASS IAE est-il suspendu ?")
    pass_debut: date = ask("Premier jour du PASS IAE", step="Le PASS IAE", fact="pass_debut")
    pass_fin: date = ask(
        "Dernier jour du PASS IAE",
        help="Tel que la plateforme l'affiche aujourd'hui, suspension comprise.",
        fact="pass_fin",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say when the suspension stops, under the rules of `jour`, and when the PASS IAE then ends.

    Raises Invalid for dates that contradict each other, NotInForce when no rule is known on `jour`.
    """
    _refuse_contradictions(situation)
    law = rules.on(situation.jour)
    cause = Reason("cause", CAUSE, "info", law[f"{SUBJECT}.cause"])
    checks = [_stops(situation, law)]
    if checks[0].status == "unmet":
        return _refused(situation, [*checks, cause], rules)
    end = _end(situation, law)
    checks.append(_day_left(situation, end.fin_pass, law))
    if checks[1].status == "unmet":
        return _refused(situation, [*checks, *end.reasons, cause], rules)
    days = {
        "fin_suspension": french_date(end.fin_suspension or situation.suspension.fin),
        "avant": french_date(situation.pass_fin),
        "apres": french_date(end.fin_pass),
    }
    return Result(
        verdict="possible",
        summary=SENTENCES[end.kind].format(**days),
        values=_values(end.fin_suspension, end.fin_pass),
        reasons=[*checks, *end.reasons, cause],
        not_checked=_not_checked(situation, rules),
        dates=_dates(end.fin_suspension, situation.jour, end.fin_pass),
        periods=_periods(situation, end.fin_suspension, end.fin_pass),
    )


def _refused(situation: Situation, reasons: list[Reason], rules: Rules) -> Result:
    """Say why the suspension does not stop: its dates, and those of the PASS IAE, stay."""
    refused = next(reason for reason in reasons if reason.status == "unmet")
    fin_suspension, fin_pass = situation.suspension.fin, situation.pass_fin
    return Result(
        verdict="impossible",
        summary=f"Non : {refused.text[0].lower()}{refused.text[1:]}",
        values=_values(fin_suspension, fin_pass),
        reasons=reasons,
        not_checked=_not_checked(situation, rules),
        dates=_dates(fin_suspension, None, fin_pass),
        periods=_periods(situation, fin_suspension, fin_pass),
    )


def _values(fin_suspension: date | None, fin_pass: date) -> dict[str, Any]:
    return {
        "suspension_effacee": fin_suspension is None,
        "fin_suspension": fin_suspension.isoformat() if fin_suspension else None,
        "fin_pass": fin_pass.isoformat(),
    }


def _dates(fin_suspension: date | None, jour: date | None, fin_pass: date) -> list[Milestone]:
    days = {"fin_suspension": fin_suspension, "jour": jour, "fin_pass": fin_pass}
    return [Milestone(name, MILESTONES[name], day) for name, day in days.items() if day]


def _periods(situation: Situation, fin_suspension: date | None, fin_pass: date) -> list[Span]:
    spans = [Span("pass", "pass", PERIODS["pass"], situation.pass_debut, fin_pass)]
    if fin_suspension:
        debut = situation.suspension.debut
        motif = situation.motif.label
        label = PERIODS["suspension"].format(f"{motif[0].lower()}{motif[1:]}")
        spans.append(Span("suspension", "suspension", label, debut, fin_suspension))
    return spans


def _refuse_contradictions(situation: Situation) -> None:
    errors = {}
    suspension = situation.suspension
    if situation.pass_fin < situation.pass_debut:
        errors["pass_fin"] = ENDS_BEFORE
    elif situation.pass_fin < suspension.fin:
        errors["pass_fin"] = NOT_INCLUDED
    if suspension.fin < suspension.debut:
        errors["suspension.fin"] = ENDS_BEFORE
    elif suspension.debut < situation.pass_debut:
        errors["suspension.debut"] = STARTS_TOO_EARLY
    if situation.jour < suspension.debut:
        errors["jour"] = NOT_SUSPENDED
    if errors:
        raise Invalid(errors)


def _stops(situation: Situation, law: Law) -> Reason:
    """Hold the event against what the platform lets stop a suspension."""
    debut, fin = french_date(situation.suspension.debut), french_date(situation.suspension.fin)
    if situation.jour > situation.suspension.fin:
        return Reason("arret", OVER.format(fin), "met", law[f"{SUBJECT}.fin_prevue"])
    if situation.evenement is Evenement.embauche:
        cited = law[f"{SUBJECT}.arret_par_embauche"].pick(situation.motif)
        text = HIRE[bool(cited.value)].format(fin=fin)
        return Reason("arret", text, "met" if cited.value else "unmet", cited)
    edge = {situation.suspension.debut: "premier_jour", situation.suspension.fin: "dernier_jour"}
    case = edge.get(situation.jour, "entre")
    cited = law[f"{SUBJECT}.retour"].pick(case)
    text = BACK[case].format(debut=debut, fin=fin)
    return Reason("arret", text, "met" if cited.value else "unmet", cited)


class _End(NamedTuple):
    """How the suspension ends: its last day (None if it is erased), that of the PASS IAE, and why."""

    kind: str
    fin_suspension: date | None
    fin_pass: date
    reasons: list[Reason]


def _end(situation: Situation, law: Law) -> _End:
    """Work out both ends.

    The platform moves the end of the PASS IAE by the gap between both days of the suspension: what
    is taken off that gap is taken off the end.
    """
    suspension, jour = situation.suspension, situation.jour
    if jour > suspension.fin:
        return _End("over", suspension.fin, situation.pass_fin, [_lost(law)])
    if jour == suspension.debut:
        cited = law[f"{SUBJECT}.efface"]
        given_back = suspension.fin - suspension.debut
        return _End(
            "erased",
            None,
            situation.pass_fin - given_back,
            [Reason("fin_pass", _moved(ERASED, given_back.days), "info", cited)],
        )
    cited = law[f"{SUBJECT}.veille"]
    eve = jour - timedelta(days=cited.value)
    given_back = suspension.fin - eve
    return _End(
        "stopped",
        eve,
        situation.pass_fin - given_back,
        [Reason("fin_pass", _moved(EVE, given_back.days), "info", cited), _lost(law)],
    )


def _lost(law: Law) -> Reason:
    lost = law["suspension.jours_non_rendus"]
    return Reason("jour_perdu", LOST.format(lost.words), "info", lost)


def _moved(text: str, days: int) -> str:
    return f"{text} {MOVED[days > 0].format(f'{days} jour{"s" if days >= 2 else ""}')}"


def _day_left(situation: Situation, fin_pass: date, law: Law) -> Reason:
    """Hold that the person starts again while the PASS IAE still runs."""
    cited = law[f"{SUBJECT}.dans_le_pass"]
    held = situation.jour <= fin_pass
    text = LEFT[held].format(jour=french_date(situation.jour), fin=french_date(fin_pass))
    return Reason("dans_le_pass", text, "met" if held else "unmet", cited)


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["eligible"]: situation.evenement is Evenement.embauche,
        NOT_CHECKED["deux"]: True,
        **rules.unread(SUBJECT, situation.jour),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

SENTENCES = {
    "stopped": "Oui : la suspension s'arrête la veille, le {fin_suspension}, et le dernier jour du PASS "
    "IAE passe du {avant} au {apres}.",
    "erased": "Oui : la suspension commençait ce jour-là, elle est effacée. Le dernier jour du PASS IAE "
    "passe du {avant} au {apres}.",
    "over": "Oui : la suspension s'est arrêtée d'elle-même le {fin_suspension}. Le PASS IAE finit "
    "toujours le {apres}.",
}
ENDS_BEFORE = "Le dernier jour tombe avant le premier. Vérifiez les deux dates."
NOT_INCLUDED = (
    "Ce jour tombe avant la fin de la suspension. Donnez la fin que la plateforme affiche, suspension "
    "comprise."
)
STARTS_TOO_EARLY = "La suspension commence avant le PASS IAE. Vérifiez les deux dates."
NOT_SUSPENDED = (
    "La suspension commence après ce jour : la personne n'est pas suspendue. Vérifiez les dates."
)
HIRE = {
    True: "Sur la plateforme, une embauche arrête une suspension pour ce motif.",
    False: "Une suspension pour cet ancien motif ne s'arrête pas par une embauche : la plateforme bloque "
    "les candidatures jusqu'au {fin}.",
}
BACK = {
    "entre": "Sur la plateforme, un retour se déclare après le premier jour de la suspension et avant "
    "le dernier.",
    "premier_jour": "Un retour ne se déclare pas le premier jour de la suspension, le {debut}. Essayez "
    "avec le lendemain.",
    "dernier_jour": "Un retour ne se déclare pas le dernier jour de la suspension : elle finit "
    "d'elle-même le {fin}.",
}
OVER = "La suspension est finie depuis le {} : il n'y a rien à arrêter."
LEFT = {
    True: "Le PASS IAE court encore ce jour-là : il finit le {fin}.",
    False: "La suspension arrêtée, le PASS IAE finirait le {fin}, avant la reprise du {jour} : il n'en "
    "reste aucun jour.",
}
EVE = "La suspension s'arrête la veille de la reprise."
ERASED = "Une embauche le premier jour de la suspension l'efface."
MOVED = {
    True: "La fin du PASS IAE avance de {}, ceux que la suspension ne prend plus.",
    False: "La fin du PASS IAE ne change pas.",
}
CAUSE = (
    "Notre lecture : la loi suspend le parcours parce que le contrat est suspendu, rompu ou fini ; la "
    "reprise fait disparaître cette cause. Elle ne dit pas comment la suspension s'arrête."
)
LOST = "La suspension garde son effet jusqu'à ce jour, moins {} : c'est le compte de la plateforme."
MILESTONES = {
    "fin_suspension": "Dernier jour de la suspension",
    "jour": "Premier jour de la reprise",
    "fin_pass": "Dernier jour du PASS IAE",
}
PERIODS = {"pass": "PASS IAE, après la reprise", "suspension": "Suspension : {}"}
NOT_CHECKED = {
    "eligible": "L'embauche elle-même : vérifiez aussi qu'elle est possible à cette date.",
    "deux": "Les autres suspensions du PASS IAE : elles gardent leurs dates.",
}
