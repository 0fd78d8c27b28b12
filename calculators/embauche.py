"""Tell whether a hire may start on a day, with which diagnosis or PASS IAE, and until when it is aided.

Source: code du travail, R5132-1-1 to R5132-1-9 (who is hired, the diagnosis, the waiting period, the
aid); the platform's practice for the days. Values: `data/rules/embauche.yaml`, and those of the waiting
period, the diagnosis, the suspension and its end.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from datetime import date

from calculators.carence import Candidature, Employeur
from calculators.dates import add_days, add_months, french_date, last_day
from calculators.inputs import Choice, Invalid, ask
from calculators.result import Milestone, Reason, Result, Span, Status, Verdict
from calculators.rules import Law, Rules
from calculators.situations import IN_STRUCTURE, Periode, Structure, overlapping, running_on

SUBJECT = "embauche"
TITLE = "Puis-je embaucher cette personne à cette date ?"
SUMMARY = (
    "Donnez le jour de l'embauche, le PASS IAE et le diagnostic : la réponse dit si l'embauche peut "
    "commencer ce jour-là, et jusqu'à quand l'aide est versée."
)
#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "date_min": "Premier jour d'embauche possible",
    "date_max": "Dernier jour d'embauche possible",
    "eligibilite_valide": "Un diagnostic ou un PASS IAE valable",
    "fin_suspension": "Dernier jour de la suspension que l'embauche arrête",
    "fin_pass": "Dernier jour du PASS IAE",
    "aide_jusqu_au": "Dernier jour de l'aide",
    "report_max": "Dernier jour pour repousser le début",
}
VERDICTS = {
    "possible": Verdict("Embauche possible", "favorable"),
    "sous_conditions": Verdict("Possible à une condition", "attention"),
    "impossible": Verdict("Pas possible à cette date", "defavorable"),
}
#: The employers whose hires need a path of the IAE: a question for them only.
SIAE = tuple(employeur.value for employeur in Employeur if employeur is not Employeur.geiq)


class Diagnostic(Choice):
    """Who made the eligibility diagnosis."""

    prescripteur_habilite = "prescripteur_habilite", "Un prescripteur habilité"
    siae = "siae", "L'employeur qui recrute"
    autre_siae = "autre_siae", "Une autre structure"
    aucun = "aucun", "Personne : il n'y a pas de diagnostic valable"


#: The answers that speak of a diagnosis.
MADE = tuple(author.value for author in Diagnostic if author is not Diagnostic.aucun)


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the employer knows on the day the hire is recorded."""

    structure: Employeur = ask("Qui embauche ?", step="L'embauche", fact="structure", sure=True)
    au: datetime.date = ask(
        "Jour où l'embauche est enregistrée", help="En général, aujourd'hui.", fact="au"
    )
    date_embauche: datetime.date = ask("Premier jour du contrat")
    fin_contrat: datetime.date | None = ask(
        "Dernier jour du contrat", help="S'il est connu.", when={"structure": SIAE}
    )
    nouveau_debut: datetime.date | None = ask(
        "Nouveau premier jour, si vous repoussez le contrat",
        help="Seulement si l'embauche est déjà enregistrée et que son premier jour change.",
        when={"structure": SIAE},
    )
    pass_debut: datetime.date | None = ask(
        "Premier jour du PASS IAE",
        help="S'il y a eu un PASS IAE. Sinon, laissez vide.",
        step="Le PASS IAE",
        fact="pass_debut",
        when={"structure": SIAE},
    )
    pass_fin: datetime.date | None = ask(
        "Dernier jour du PASS IAE",
        help="Tel que la plateforme l'affiche, même s'il est passé. Sans PASS IAE, laissez vide.",
        fact="pass_fin",
        when={"structure": SIAE},
    )
    suspensions: tuple[Periode, ...] = ask(
        "Suspensions du PASS IAE", help="Aucune : n'ajoutez rien.", fact="suspensions"
    )
    diagnostic_de: Diagnostic = ask(
        "Qui a fait le diagnostic d'éligibilité ?", step="Le diagnostic et la candidature"
    )
    diagnostic_expire_le: datetime.date | None = ask(
        "Premier jour où ce diagnostic n'est plus valable",
        help="Sans lui, nous supposons que le diagnostic est encore valable.",
        when={"diagnostic_de": MADE},
    )
    candidature_de: Candidature = ask("Qui a envoyé la candidature ?")


@dataclass(slots=True)
class _Path:
    """What the person's path says of the hire: why, under which conditions, and between which days."""

    first: date
    last: date
    eligible: bool = False
    kind: str = "nouveau"
    reasons: list[Reason] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    jour: date | None = None
    debut: date | None = None
    fin: date | None = None
    fin_suspension: date | None = None
    fin_carence: date | None = None
    begun: bool = False
    ignored: list[str] = field(default_factory=list)
    """The answers that were given and do not count here, each in a sentence."""


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say whether the hire may start, under the rules of `au`, the day it is recorded.

    Raises Invalid for dates that contradict each other, NotInForce when no rule is known on `au`, or
    on the first day of the contract for a structure whose rules end before it.
    """
    law = rules.on(situation.au)
    if situation.structure is Employeur.geiq:
        return _in_geiq(situation, law, rules)
    _refuse_contradictions(situation)
    structure, past = _structure(situation, rules), _not_past(situation, law)
    running = situation.pass_fin is not None and situation.au <= situation.pass_fin
    path = _running(situation, rules, law) if running else _new(situation, rules, law)
    path.jour = situation.nouveau_debut or situation.date_embauche
    checks = [past, _not_too_far(situation, path.first, law)]
    report_max, report = _report(situation, path, _unmet([*checks, *path.reasons]), rules, law)
    checks += [*path.reasons, *report, structure]
    refused = _unmet(checks)
    verdict = "impossible" if refused else "sous_conditions" if path.conditions else "possible"
    aide, aid = (None, []) if refused else _aid(situation, path, law)
    if refused:
        path.debut, path.fin = situation.pass_debut, situation.pass_fin
        path.fin_suspension, path.jour = None, None
        summary = _refusal(refused)
    else:
        summary = _accepted(situation, path, aid)
    return Result(
        verdict=verdict,
        summary=summary,
        values={
            "date_min": path.first.isoformat(),
            "date_max": path.last.isoformat(),
            "eligibilite_valide": path.eligible,
            "fin_suspension": _iso(path.fin_suspension),
            "fin_pass": _iso(path.fin),
            "aide_jusqu_au": _iso(aide),
            "report_max": _iso(report_max),
        },
        reasons=[*checks, *aid],
        not_checked=_not_checked(situation, path, verdict, rules),
        dates=_dates(situation, path),
        periods=_periods(situation, path, refused=bool(refused), running=running),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _unmet(reasons: list[Reason]) -> list[Reason]:
    return [reason for reason in reasons if reason.status == "unmet"]


def _days(count: int) -> str:
    return f"{count} jour{'s' if count >= 2 else ''}"


def _refuse_contradictions(situation: Situation) -> None:
    errors = {}
    debut, fin = situation.pass_debut, situation.pass_fin
    start = situation.nouveau_debut or situation.date_embauche
    if situation.fin_contrat and situation.fin_contrat < start:
        errors["fin_contrat"] = ENDS_BEFORE
    if fin is None and (debut or situation.suspensions):
        errors["pass_fin"] = END_NEEDED
    if debut and fin and fin < debut:
        errors["pass_fin"] = ENDS_BEFORE
    latest = max(situation.au, situation.date_embauche)
    for position, period in enumerate(situation.suspensions):
        name = f"suspensions.{position}"
        if period.fin < period.debut:
            errors[f"{name}.fin"] = ENDS_BEFORE
        elif fin and fin < period.fin:
            errors[f"{name}.fin"] = NOT_INCLUDED
        if debut and situation.au < debut:
            errors[f"{name}.debut"] = NOT_BEGUN
        elif debut and period.debut < debut:
            errors[f"{name}.debut"] = STARTS_TOO_EARLY
        elif period.debut > latest:
            errors[f"{name}.debut"] = NOT_IN_ADVANCE
    errors |= overlapping(situation.suspensions)
    if errors:
        raise Invalid(errors)


def _structure(situation: Situation, rules: Rules) -> Reason:
    """Say that the structure hires in a path; the EITI by practice, and only until a known day."""
    if situation.structure is Employeur.eiti:
        day = max(situation.au, situation.date_embauche, situation.nouveau_debut or date.min)
        return Reason("structure", EITI, "met", rules.on(day)[f"{SUBJECT}.structure_eiti"])
    cited = rules.on(situation.au)[f"{SUBJECT}.structures"].pick(situation.structure)
    name = IN_STRUCTURE[Structure[situation.structure.name]]
    return Reason("structure", IN_A_PATH.format(name), "met", cited)


def _not_past(situation: Situation, law: Law) -> Reason:
    cited = law[f"{SUBJECT}.pas_dans_le_passe"].pick("siae")
    held = situation.au <= situation.date_embauche
    text = NOT_PAST[held].format(french_date(situation.date_embauche), french_date(situation.au))
    return Reason("pas_dans_le_passe", text, "met" if held else "unmet", cited)


def _not_too_far(situation: Situation, first: date, law: Law) -> Reason:
    """Hold the first day of the contract against the months ahead of `first`, the day of recording."""
    cited = law[f"{SUBJECT}.avance_max"]
    latest = add_months(first, cited.value)
    held = situation.date_embauche <= latest
    text = NOT_TOO_FAR[held].format(cited.words, french_date(latest))
    return Reason("avance_max", text, "met" if held else "unmet", cited)


# The PASS IAE is valid on the day the hire is recorded.


def _running(situation: Situation, rules: Rules, law: Law) -> _Path:
    """Hold the hire against a PASS IAE that is valid, suspended or to come."""
    pass_fin, jour = situation.pass_fin, situation.date_embauche
    assert pass_fin is not None  # what makes it a running one
    to_come = situation.pass_debut is not None and situation.au < situation.pass_debut
    held = jour <= pass_fin
    far = add_months(situation.au, law[f"{SUBJECT}.avance_max"].value)
    path = _Path(
        first=situation.au,
        last=min(far, pass_fin),
        eligible=held,
        kind="futur" if to_come else "en_cours",
        debut=situation.pass_debut,
        fin=pass_fin,
        begun=not to_come,
        ignored=_ignored(situation, diagnosis=False, application=False),
    )
    enough = law["diagnostic.pass_iae_suffit"]
    path.reasons = [
        Reason(
            "dans_le_pass",
            INSIDE[held].format(french_date(pass_fin)),
            "met" if held else "unmet",
            law[f"{SUBJECT}.dans_le_pass"],
        ),
        Reason("pass_iae_suffit", ENOUGH, "met" if held else "info", enough),
    ]
    if not held:
        duree = law["carence.duree"]
        path.reasons.append(Reason("carence", AFTERWARDS.format(duree.words), "info", duree))
    elif jour == pass_fin:
        cited = law["pass_iae.dernier_jour_compris"]
        path.reasons.append(Reason("dernier_jour", LAST_DAY, "info", cited))
    if to_come and held:
        _to_come(situation, path, rules, law)
    if jour >= situation.au:
        _suspended(situation, path, law)
    return path


def _to_come(situation: Situation, path: _Path, rules: Rules, law: Law) -> None:
    """Move a PASS IAE that has not begun to the first day of a hire that comes before it."""
    debut, jour = situation.pass_debut, situation.date_embauche
    assert debut is not None
    cited = law[f"{SUBJECT}.pass_suit_embauche"]
    earlier = situation.au <= jour < debut
    text = TO_COME[earlier].format(french_date(debut))
    path.reasons.append(Reason("pass_suit_embauche", text, "info", cited))
    if earlier:
        path.kind = "avance"
        path.reasons.append(_from_its_start(path, jour, rules))


def _from_its_start(path: _Path, debut: date, rules: Rules) -> Reason:
    """Count the whole length of the PASS IAE from its first day."""
    duree = rules.on(debut)["pass_iae.duree"]
    path.debut, path.fin = debut, _end(debut, duree.value)
    ((unit, count),) = duree.value.items()
    text = LENGTH.format(f"{count} {unit}", french_date(debut), french_date(path.fin))
    return Reason("duree_pass", text, "info", duree)


def _end(debut: date, duree: dict[str, int]) -> date:
    return last_day(debut, months=duree.get("mois", 0), days=duree.get("jours", 0))


def _suspended(situation: Situation, path: _Path, law: Law) -> None:
    """Stop the suspension that the hire falls in, and give back the days that it no longer takes."""
    jour, pass_fin = situation.date_embauche, situation.pass_fin
    assert pass_fin is not None
    period = running_on(jour, situation.suspensions)
    if period is None:
        return
    if jour == period.debut:
        path.kind, cited = "effacee", law["reprise.efface"]
        path.fin = pass_fin - (period.fin - period.debut)
    else:
        path.kind, cited = "suspendu", law["reprise.veille"]
        path.fin_suspension = add_days(jour, -cited.value)
        path.fin = pass_fin - (period.fin - path.fin_suspension)
    days = (pass_fin - path.fin).days
    text = f"{STOPPED[path.kind]} {MOVED[days > 0].format(_days(days))}"
    path.reasons.append(Reason("suspension", text, "info", cited))
    if path.fin_suspension:
        lost = law["suspension.jours_non_rendus"]
        path.reasons.append(Reason("jour_perdu", LOST.format(lost.words), "info", lost))
    left = law["reprise.dans_le_pass"]
    held = jour <= path.fin
    text = LEFT[held].format(french_date(path.fin))
    path.reasons.append(Reason("jours_restants", text, "met" if held else "unmet", left))


# There is no PASS IAE, or it is over.


def _new(situation: Situation, rules: Rules, law: Law) -> _Path:
    """Hold the hire against the waiting period and the diagnosis: it opens a new PASS IAE."""
    far = law[f"{SUBJECT}.avance_max"].value
    path = _Path(first=situation.au, last=add_months(situation.au, far))
    waits = situation.pass_fin is not None and _waiting(situation, path, law)
    path.last = add_months(path.first, far)
    path.ignored = _ignored(situation, diagnosis=True, application=waits)
    path.eligible = _diagnosis(situation, path, law) and not _unmet(path.reasons)
    if situation.date_embauche >= situation.au and not _unmet(path.reasons):
        opens = law[f"{SUBJECT}.nouveau_pass"]
        path.reasons += [
            Reason("nouveau_pass", OPENS, "info", opens),
            _from_its_start(path, situation.date_embauche, rules),
        ]
    return path


def _waiting(situation: Situation, path: _Path, law: Law) -> bool:
    """Hold the day against the waiting period, and tell whether it runs on the day of recording.

    The platform looks at the day of recording: a hire after the period may be recorded once it is over.
    """
    pass_fin = situation.pass_fin
    assert pass_fin is not None
    duree = law["carence.duree"]
    fin = path.fin_carence = add_months(pass_fin, 12 * duree.value)
    words = {"duree": duree.words, "fin": french_date(fin), "fin_pass": french_date(pass_fin)}
    if situation.au > fin:
        path.reasons.append(Reason("carence", OVER.format(**words), "met", duree))
        return False
    lifts = _lifts(situation, law)
    by = [reason.id for reason in lifts if reason.status == "met"]
    later = situation.date_embauche > fin
    status: Status = "info" if by or later else "unmet"
    name = "levee" if by else "plus_tard" if later else "bloque"
    text = WAITING[name].format(**words, libre=french_date(add_days(fin, 1)))
    path.reasons += [Reason("carence", text, status, duree), *lifts, _derogation(situation, law)]
    if not by:
        path.first = add_days(fin, 1)
        path.conditions.append("plus_tard")
    elif "levee_diagnostic" not in by:
        path.conditions.append("prescrire")
    return True


def _lifts(situation: Situation, law: Law) -> list[Reason]:
    """Look for what lifts the period on the platform. A « no » there is no refusal by itself."""
    author = Diagnostic.siae if _is_structure(situation) else situation.diagnostic_de
    diagnostic = law["carence.levee_diagnostic"].pick(author)
    candidature = law["carence.levee_candidature"].pick(situation.candidature_de)
    valid = bool(diagnostic.value) and _valid_on(situation, situation.au)
    return [
        Reason("levee_diagnostic", BY_DIAGNOSIS[valid], "met" if valid else "info", diagnostic),
        Reason(
            "levee_candidature",
            BY_APPLICATION[bool(candidature.value)],
            "met" if candidature.value else "info",
            candidature,
        ),
    ]


def _is_structure(situation: Situation) -> bool:
    return situation.diagnostic_de in {Diagnostic.siae, Diagnostic.autre_siae}


def _derogation(situation: Situation, law: Law) -> Reason:
    author = Diagnostic.siae if _is_structure(situation) else situation.diagnostic_de
    return Reason("derogation", DEROGATION, "info", law["carence.derogation"].pick(author))


def _valid_on(situation: Situation, day: date) -> bool:
    expiry = situation.diagnostic_expire_le
    return expiry is None or day < expiry


def _diagnosis(situation: Situation, path: _Path, law: Law) -> bool:
    """Tell whether the diagnosis will do. Two days may count: that of recording, and the first day."""
    usable = law[f"{SUBJECT}.diagnostic_utilisable"].pick(situation.diagnostic_de)
    on_record = law[f"{SUBJECT}.jour_enregistrement"]
    on_start = law[f"{SUBJECT}.jour_embauche"]
    jour = max(situation.date_embauche, path.first)
    recorded, started = _valid_on(situation, path.first), _valid_on(situation, jour)
    good = bool(usable.value) and recorded and (started or not on_start.value)
    days = {
        "enregistrement": french_date(path.first),
        "jour": french_date(jour),
        "depuis": french_date(on_start.since),
    }
    record = RECORDED[recorded] if usable.value else RECORD_DAY
    record_status: Status = "met" if usable.value and recorded else "info"
    differ = bool(usable.value) and recorded and not started
    start = (START_DAY_TOO if on_start.value else RECORD_DAY_ONLY) + OTHER_READING[
        differ, bool(on_start.value)
    ]
    status: Status = "met" if usable.value else "info"
    path.reasons += [
        Reason("diagnostic_prealable", BEFOREHAND, "info", law[f"{SUBJECT}.diagnostic_prealable"]),
        Reason("diagnostic", WHOSE[situation.diagnostic_de], status, usable),
        Reason("jour_enregistrement", record.format(**days), record_status, on_record),
        Reason("jour_embauche", start.format(**days), "info", on_start),
    ]
    if not good:
        name = "finit_avant" if differ else "expire"
        path.conditions.append(name if usable.value else "diagnostic")
    return good


# Changing the first day, and the aid.


def _report(
    situation: Situation, path: _Path, refused: list[Reason], rules: Rules, law: Law
) -> tuple[date | None, list[Reason]]:
    """Return the last day to which the start may be put off, and hold the new one against it."""
    au, jour, nouveau = situation.au, situation.date_embauche, situation.nouveau_debut
    if nouveau is None and (refused or jour <= path.first or au < path.first):
        return None, []
    cited = law[f"{SUBJECT}.report_jours"]
    if jour <= au:
        return None, [Reason("report", ALREADY_BEGUN.format(french_date(jour)), "unmet", cited)]
    latest = add_days(au, cited.value)
    reasons = []
    if path.begun and path.fin:
        before = law[f"{SUBJECT}.report_avant_la_fin"]
        latest = min(latest, add_days(path.fin, -1))
        text = BEFORE_THE_END.format(french_date(path.fin))
        reasons.append(Reason("report_avant_la_fin", text, "info", before))
    if nouveau is None:
        name = "ouvert" if jour < latest else "ferme"
    else:
        name = "passe" if nouveau < au else "trop_loin" if latest < nouveau else "accepte"
    words = {
        "au": french_date(au),
        "max": french_date(latest),
        "jours": cited.words,
        "nouveau": french_date(nouveau or jour),
    }
    reasons.append(Reason("report", REPORT[name].format(**words), REPORT_STATUS[name], cited))
    if nouveau and name == "accepte" and not path.begun:
        again = _from_its_start(path, nouveau, rules)
        path.reasons = [reason for reason in path.reasons if reason.id != again.id]
        moves = law[f"{SUBJECT}.report_du_pass"]
        reasons += [Reason("report_du_pass", MOVES, "info", moves), again]
    return latest if jour < latest else None, reasons


def _aid(situation: Situation, path: _Path, law: Law) -> tuple[date | None, list[Reason]]:
    """Return the last day of the aid: that of the contract or of the path, whichever comes first."""
    fin, contrat = path.fin, situation.fin_contrat
    if fin is None or situation.structure is Employeur.eiti:
        return None, []
    beyond = contrat is not None and fin < contrat
    last = contrat if contrat and not beyond else fin
    aid = law[f"{SUBJECT}.fin_aide"]
    reasons = [Reason("fin_aide", AID[beyond].format(french_date(last)), "info", aid)]
    if beyond:
        reading = law[f"{SUBJECT}.contrat_au_dela"]
        reasons.append(Reason("contrat_au_dela", BEYOND, "info", reading))
    return last, reasons


# A GEIQ, which is no structure of the IAE.


def _in_geiq(situation: Situation, law: Law, rules: Rules) -> Result:
    """Answer for a GEIQ: no PASS IAE, no waiting period, and a diagnosis for its aid only."""
    au, jour = situation.au, situation.date_embauche
    past = law[f"{SUBJECT}.pas_dans_le_passe"].pick("geiq")
    far = _not_too_far(situation, au, law)
    author = law[f"{SUBJECT}.diagnostic_geiq"].pick(situation.diagnostic_de)
    valid = bool(author.value) and _valid_on(situation, au)
    name = "valable" if valid else "expire" if author.value else "absent"
    path = _Path(
        first=au,
        last=add_months(au, law[f"{SUBJECT}.avance_max"].value),
        eligible=valid,
        jour=None if _unmet([far]) else jour,
        ignored=_ignored(situation, diagnosis=True, application=False),
    )
    path.ignored += [
        IGNORED["suspension"].format(french_date(period.debut), french_date(period.fin))
        for period in situation.suspensions
    ]
    refused = _unmet([far])
    verdict = "impossible" if refused else "possible"
    return Result(
        verdict=verdict,
        summary=_refusal(refused) if refused else GEIQ[jour < au].format(french_date(jour)),
        values={
            **dict.fromkeys(VALUES),
            "date_max": path.last.isoformat(),
            "eligibilite_valide": valid,
        },
        reasons=[
            Reason("structure", NO_PATH, "info", law[f"{SUBJECT}.structures"].pick("geiq")),
            Reason("pas_dans_le_passe", PAST_ALLOWED, "met", past),
            far,
            Reason("sans_diagnostic", NOT_NEEDED, "info", law[f"{SUBJECT}.geiq_sans_diagnostic"]),
            Reason("diagnostic", FOR_THE_AID[name], "met" if valid else "info", author),
        ],
        not_checked=_not_checked(situation, path, verdict, rules),
        dates=_dates(situation, path),
        periods=[],
    )


# The answer in words, and what is drawn.


def _refusal(refused: list[Reason]) -> str:
    text = refused[0].text
    start = "Pas encore" if refused[0].id == "carence" else "Non"
    return f"{start} : {text[0].lower()}{text[1:]}"


def _accepted(situation: Situation, path: _Path, aid: list[Reason]) -> str:
    """Say yes, on which conditions, until when the PASS IAE runs, and that the aid stops before."""
    fin = path.fin or path.last
    days = {
        "jour": french_date(situation.nouveau_debut or situation.date_embauche),
        "prevu": french_date(situation.date_embauche),
        "fin": french_date(fin),
        "avant": french_date(situation.pass_fin or fin),
        "veille": french_date(path.fin_suspension or fin),
        "libre": french_date(path.first),
    }
    if path.conditions:
        conditions = " et si ".join(CONDITIONS[name].format(**days) for name in path.conditions)
        text = CONDITIONAL.format(conditions=conditions, **days)
    elif situation.nouveau_debut:
        text = POSTPONED[path.begun].format(**days)
    else:
        text = POSSIBLE[path.kind].format(**days)
    return text + AID_STOPS * any(reason.id == "contrat_au_dela" for reason in aid)


def _dates(situation: Situation, path: _Path) -> list[Milestone]:
    days = {
        "embauche": path.jour,
        "fin_suspension": path.fin_suspension,
        "fin_pass": path.fin,
        "fin_contrat": situation.fin_contrat,
        "fin_carence": path.fin_carence,
        "libre_le": path.fin_carence and add_days(path.fin_carence, 1),
    }
    dates = [Milestone(name, MILESTONES[name], day) for name, day in days.items() if day]
    return sorted(dates, key=lambda milestone: milestone.day)


def _periods(situation: Situation, path: _Path, *, refused: bool, running: bool) -> list[Span]:
    """Draw the contract, its PASS IAE, the one before, the suspensions, the wait and the window."""
    spans = [Span("fenetre", "fenetre", PERIODS["fenetre"], path.first, path.last)]
    own = running or not refused
    if path.debut and path.fin and own:
        spans.append(Span("pass", "pass", PERIODS["pass"], path.debut, path.fin))
    if situation.pass_debut and situation.pass_fin and not running:
        debut, fin = situation.pass_debut, situation.pass_fin
        spans.append(Span("ancien_pass", "pass", PERIODS["ancien_pass"], debut, fin))
    stops = None if refused else situation.date_embauche
    for position, period in enumerate(situation.suspensions):
        fin = period.fin
        if stops and period.debut <= stops <= fin:
            fin = add_days(stops, -1)
        if period.debut <= fin:
            name = f"suspensions.{position}"
            spans.append(Span(name, "suspension", PERIODS["suspension"], period.debut, fin))
    if path.fin_carence and situation.pass_fin:
        after = add_days(situation.pass_fin, 1)
        spans.append(Span("carence", "carence", PERIODS["carence"], after, path.fin_carence))
    if situation.fin_contrat:
        debut = situation.nouveau_debut or situation.date_embauche
        spans.append(Span("contrat", "contrat", PERIODS["contrat"], debut, situation.fin_contrat))
    return spans


def _ignored(situation: Situation, *, diagnosis: bool, application: bool) -> list[str]:
    """List the answers that were given and do not count: in the diagnosis or in the application."""
    made = situation.diagnostic_de is not Diagnostic.aucun
    usable = diagnosis and situation.diagnostic_de is not Diagnostic.autre_siae
    checks = {
        IGNORED["diagnostic_de"]: made and not diagnosis,
        IGNORED["diagnostic_expire_le"]: made
        and not usable
        and situation.diagnostic_expire_le is not None,
        IGNORED["candidature_de"]: situation.candidature_de is not Candidature.aucun
        and not application,
        NOT_CHECKED["diagnostic"]: made and usable and situation.diagnostic_expire_le is None,
    }
    return [text for text, applies in checks.items() if applies]


def _not_checked(situation: Situation, path: _Path, verdict: str, rules: Rules) -> list[str]:
    geiq = situation.structure is Employeur.geiq
    checks = {
        NOT_CHECKED["motif"]: path.kind in {"suspendu", "effacee"},
        NOT_CHECKED["premier_jour"]: path.begun and situation.pass_debut is None,
        NOT_CHECKED["report"]: situation.nouveau_debut is not None and not geiq,
        NOT_CHECKED["eiti"]: situation.structure is Employeur.eiti,
        NOT_CHECKED["aide"]: not geiq and verdict != "impossible",
        NOT_CHECKED["convention"]: geiq,
        NOT_CHECKED["prolongation"]: path.begun,
        **rules.unread(SUBJECT, situation.au),
    }
    return [*path.ignored, *(text for text, applies in checks.items() if applies)]


# The words of the answer.

POSSIBLE = {
    "nouveau": "Oui : l'embauche peut commencer le {jour}, et un PASS IAE ira de ce jour au {fin}.",
    "en_cours": "Oui : l'embauche peut commencer le {jour}, avec le PASS IAE de la personne, valide "
    "jusqu'au {fin}.",
    "futur": "Oui : l'embauche peut commencer le {jour}, avec le PASS IAE de la personne, qui finira "
    "le {fin}.",
    "avance": "Oui : l'embauche peut commencer le {jour}. Le PASS IAE, qui n'a pas commencé, partira de "
    "ce jour et finira le {fin}.",
    "suspendu": "Oui : l'embauche du {jour} arrête la suspension le {veille}, et le dernier jour du PASS "
    "IAE passe du {avant} au {fin}.",
    "effacee": "Oui : la suspension commençait le {jour}, l'embauche l'efface. Le dernier jour du PASS "
    "IAE passe du {avant} au {fin}.",
}
#: By whether the PASS IAE has begun.
POSTPONED = {
    False: "Oui : le contrat peut commencer le {jour} au lieu du {prevu}, et le PASS IAE ira de ce jour "
    "au {fin}.",
    True: "Oui : le contrat peut commencer le {jour} au lieu du {prevu}. Le PASS IAE a déjà commencé : il "
    "finit toujours le {fin}.",
}
CONDITIONAL = (
    "Oui, si {conditions}. L'embauche peut alors commencer le {jour}, et un PASS IAE ira de ce jour au "
    "{fin}."
)
CONDITIONS = {
    "plus_tard": "vous l'enregistrez à partir du {libre}, après le délai de carence",
    "prescrire": "le prescripteur habilité qui envoie la candidature prescrit un nouveau parcours",
    "diagnostic": "un diagnostic fait avant déclare la personne éligible",
    "expire": "un nouveau diagnostic est fait, car celui que vous avez ne va pas jusque-là",
    "finit_avant": "un nouveau diagnostic est fait, car celui que vous avez finit avant le contrat "
    "(pratique à confirmer)",
}
AID_STOPS = " Le contrat peut aller plus loin, mais l'aide s'arrête avec le PASS IAE."
GEIQ = {
    False: "Oui : un GEIQ peut embaucher la personne le {}, avec ou sans PASS IAE.",
    True: "Oui : un GEIQ peut encore enregistrer une embauche passée, celle du {}, avec ou sans PASS "
    "IAE.",
}
ENDS_BEFORE = "Le dernier jour tombe avant le premier. Vérifiez les deux dates."
END_NEEDED = "Donnez le dernier jour du PASS IAE, tel que la plateforme l'affiche."
NOT_INCLUDED = (
    "La suspension finit après le PASS IAE. Vérifiez la fin du PASS IAE : la plateforme l'affiche "
    "suspension comprise."
)
NOT_BEGUN = (
    "Le PASS IAE n'a pas commencé : il ne peut pas être suspendu. Vérifiez son premier jour, ou retirez "
    "la suspension."
)
STARTS_TOO_EARLY = "La suspension commence avant le PASS IAE. Vérifiez les deux dates."
NOT_IN_ADVANCE = (
    "Cette suspension commence après l'embauche, et une suspension ne se déclare pas d'avance. Vérifiez "
    "ses dates, ou retirez-la."
)
IN_A_PATH = "Une embauche se fait, dans {}, au sein d'un parcours d'insertion."
EITI = (
    "La plateforme permet aussi à une entreprise d'insertion par le travail indépendant (EITI) de "
    "prendre une personne avec un PASS IAE."
)
NOT_PAST = {
    True: "L'embauche ne commence pas dans le passé.",
    False: "L'embauche du {} tombe avant le jour où elle est enregistrée, le {}, et la plateforme "
    "n'accepte pas d'antidater un contrat.",
}
NOT_TOO_FAR = {
    True: "La plateforme accepte une embauche jusqu'à {} à l'avance, ici jusqu'au {}.",
    False: "La plateforme n'accepte une embauche que {} à l'avance, ici jusqu'au {}.",
}
INSIDE = {
    True: "Le PASS IAE court encore ce jour-là : il finit le {}.",
    False: "Le PASS IAE finit le {}, avant l'embauche, et tant qu'il est valide la plateforme n'accepte "
    "qu'une embauche qui commence au plus tard ce jour-là.",
}
ENOUGH = (
    "Un PASS IAE valide suffit : la plateforme ne demande pas d'autre diagnostic, et l'embauche se fait "
    "dans n'importe quelle structure d'insertion."
)
AFTERWARDS = (
    "Après le PASS IAE, il faut attendre {} avant un nouveau parcours, sauf si un prescripteur habilité "
    "l'accepte plus tôt."
)
LAST_DAY = (
    "C'est le dernier jour du PASS IAE : il compte encore, mais tous les écrans de la plateforme ne "
    "l'acceptent pas. Choisissez la veille si vous le pouvez."
)
#: By whether the hire comes before the PASS IAE.
TO_COME = {
    False: "Le PASS IAE commence le {}, au plus tard le jour de l'embauche : ses dates ne changent pas.",
    True: "Le PASS IAE devait commencer le {}, après l'embauche : la plateforme avance son premier jour "
    "à celui de l'embauche.",
}
LENGTH = "Un PASS IAE dure {}, premier et dernier jours compris : ici du {} au {}."
STOPPED = {
    "suspendu": "L'embauche arrête la suspension la veille de son premier jour.",
    "effacee": "Une embauche le premier jour de la suspension l'efface.",
}
MOVED = {
    True: "La fin du PASS IAE avance de {}, ceux que la suspension ne prend plus.",
    False: "La fin du PASS IAE ne change pas.",
}
LOST = "La suspension garde son effet jusqu'à ce jour, moins {} : c'est le compte de la plateforme."
LEFT = {
    True: "La suspension arrêtée, le PASS IAE court encore le jour de l'embauche.",
    False: "La suspension arrêtée, le PASS IAE finirait le {}, avant l'embauche : il n'en reste aucun "
    "jour.",
}
OVER = "Le délai de carence de {duree} après le PASS IAE s'est terminé le {fin}."
WAITING = {
    "bloque": "Le délai de carence de {duree} court jusqu'au {fin}, car un PASS IAE a fini le "
    "{fin_pass} : seul un prescripteur habilité peut prescrire un nouveau parcours avant.",
    "plus_tard": "Le délai de carence de {duree} court jusqu'au {fin}. L'embauche vient après, mais la "
    "plateforme ne permet de l'enregistrer qu'à partir du {libre}.",
    "levee": "Le délai de carence de {duree} court jusqu'au {fin}, mais la plateforme le lève.",
}
BY_DIAGNOSIS = {
    True: "Un prescripteur habilité a fait un diagnostic encore valable : la plateforme lève le délai.",
    False: "Aucun diagnostic valable d'un prescripteur habilité ne lève le délai. Celui d'une structure "
    "ne le lève pas.",
}
BY_APPLICATION = {
    True: "Un prescripteur habilité envoie la candidature : la plateforme ne la bloque pas.",
    False: "La candidature ne lève pas le délai : seule celle d'un prescripteur habilité le ferait.",
}
DEROGATION = (
    "La loi : un prescripteur habilité peut prescrire un nouveau parcours avant la fin du délai, de "
    "lui-même ou à la demande d'une structure. S'il refuse, il donne ses raisons par écrit."
)
BEFOREHAND = (
    "La loi demande un diagnostic avant de déclarer la personne éligible ; elle ne dit pas combien de "
    "temps il vaut."
)
WHOSE = {
    Diagnostic.prescripteur_habilite: "Le diagnostic d'un prescripteur habilité sert dans toutes les "
    "structures d'insertion.",
    Diagnostic.siae: "Votre diagnostic sert pour votre structure, et pour elle seule.",
    Diagnostic.autre_siae: "Le diagnostic d'une autre structure ne sert qu'à elle : faites le vôtre, ou "
    "demandez celui d'un prescripteur habilité.",
    Diagnostic.aucun: "Il n'y a pas de diagnostic valable : faites-en un, ou demandez celui d'un "
    "prescripteur habilité.",
}
RECORD_DAY = "Le diagnostic doit être valable le jour où l'embauche est enregistrée."
RECORDED = {
    True: "Le diagnostic est valable le {enregistrement}, quand l'embauche est enregistrée.",
    False: "Le diagnostic n'est plus valable le {enregistrement}, quand l'embauche est enregistrée.",
}
RECORD_DAY_ONLY = (
    "La plateforme ne regarde que le jour de l'enregistrement, pas celui de l'embauche."
)
START_DAY_TOO = (
    "D'après un changement du {depuis}, à confirmer, la plateforme regarde aussi le premier jour du "
    "contrat."
)
#: By whether the diagnosis ends between both days, and whether the first day of the contract counts.
OTHER_READING = {
    (False, False): "",
    (False, True): "",
    (True, False): " Le diagnostic suffit donc, même s'il n'est plus valable le {jour}.",
    (
        True,
        True,
    ): " Le diagnostic ne l'est plus le {jour}. Si la plateforme ne regarde encore que le jour "
    "de l'enregistrement, il suffit.",
}
OPENS = "Un nouveau PASS IAE commence le premier jour de l'embauche."
ALREADY_BEGUN = "Le contrat a commencé le {} : son premier jour ne peut plus être repoussé."
BEFORE_THE_END = (
    "Le PASS IAE a déjà commencé : il ne bouge pas, et le nouveau premier jour doit venir avant son "
    "dernier jour, le {}."
)
REPORT = {
    "ouvert": "Une fois l'embauche enregistrée, son premier jour peut encore être repoussé de {jours} au "
    "plus, comptés du jour du changement : ici jusqu'au {max}.",
    "ferme": "Pour l'instant, le premier jour ne peut pas être repoussé : la plateforme n'accepte que "
    "{jours} au plus après le jour du changement, et avant la fin d'un PASS IAE commencé, ici jusqu'au "
    "{max}.",
    "accepte": "Le contrat n'a pas commencé : son premier jour peut être changé, jusqu'au {max}.",
    "passe": "Le nouveau premier jour, le {nouveau}, tombe avant le jour du changement, le {au}, et la "
    "plateforme n'accepte pas d'antidater un contrat.",
    "trop_loin": "Le nouveau premier jour, le {nouveau}, vient trop tard, car la plateforme n'accepte un "
    "report que jusqu'au {max}.",
}
REPORT_STATUS: dict[str, Status] = {
    "ouvert": "info",
    "ferme": "info",
    "accepte": "met",
    "passe": "unmet",
    "trop_loin": "unmet",
}
MOVES = "Le PASS IAE n'a pas commencé : il suit le nouveau premier jour du contrat."
#: By whether the contract goes past the PASS IAE.
AID = {
    False: "La structure peut avoir l'aide de l'État jusqu'au {}, si le contrat va jusque-là.",
    True: "L'aide de l'État s'arrête le {}, avec le parcours, avant la fin du contrat.",
}
BEYOND = (
    "Notre lecture : le contrat peut finir après le PASS IAE. La loi n'arrête alors que l'aide. Une "
    "prolongation du PASS IAE la ferait continuer."
)
NO_PATH = (
    "Un GEIQ n'est pas une structure d'insertion : son embauche ne demande pas de PASS IAE, et le délai "
    "de carence ne s'y applique pas."
)
PAST_ALLOWED = "Un GEIQ peut aussi enregistrer une embauche déjà commencée."
NOT_NEEDED = "L'embauche se fait sans diagnostic : il sert pour l'aide à l'accompagnement."
FOR_THE_AID = {
    "valable": "Il y a un diagnostic GEIQ valable : il sert pour l'aide.",
    "expire": "Le diagnostic n'est plus valable : pour l'aide, il en faut un nouveau.",
    "absent": "Il n'y a pas de diagnostic GEIQ qui serve ici : pour l'aide, il en faut un, du GEIQ ou d'un "
    "prescripteur habilité.",
}
MILESTONES = {
    "embauche": "Premier jour du contrat",
    "fin_suspension": "Dernier jour de la suspension",
    "fin_pass": "Dernier jour du PASS IAE",
    "fin_contrat": "Dernier jour du contrat",
    "fin_carence": "Dernier jour du délai de carence",
    "libre_le": "Fin de l'attente entre deux parcours",
}
PERIODS = {
    "fenetre": "L'embauche peut commencer",
    "pass": "PASS IAE",
    "ancien_pass": "PASS IAE précédent",
    "suspension": "Suspension",
    "carence": "Délai de carence",
    "contrat": "Contrat",
}
IGNORED = {
    "diagnostic_de": "L'auteur du diagnostic : il ne compte pas ici, le PASS IAE suffit.",
    "diagnostic_expire_le": "La fin du diagnostic : elle ne compte pas ici.",
    "candidature_de": "L'auteur de la candidature : il ne compte que pendant un délai de carence.",
    "suspension": "La suspension du PASS IAE, du {} au {} : elle ne compte pas pour un GEIQ.",
}
NOT_CHECKED = {
    "diagnostic": "La fin du diagnostic : vous ne l'avez pas donnée, nous supposons qu'il est encore "
    "valable.",
    "motif": "Le motif de la suspension : les anciens motifs, comme la maladie, ne s'arrêtent pas par une "
    "embauche.",
    "premier_jour": "Le premier jour du PASS IAE : nous supposons qu'il a commencé.",
    "report": "Le diagnostic au nouveau premier jour : nous le regardons au jour prévu d'abord.",
    "eiti": "L'aide propre aux EITI : c'est leur décret qui la fixe.",
    "aide": "La convention de la structure : l'aide en dépend, et s'arrête pendant une suspension.",
    "convention": "L'aide aux GEIQ : elle demande une convention avec le préfet et un contrat qui y ouvre "
    "droit.",
    "prolongation": "Une prolongation du PASS IAE : elle reculerait sa fin.",
}
