"""Tell when a PASS IAE ends, what state it is in on a given day, and what is left of it.

Source: code du travail, R5132-1-2 (24 months), R5132-1-3 and R5132-1-10 (suspension), R5132-1-8
(prolongation), R5132-1-4 (waiting period). The law counts in months and does not say by how much a
suspension moves the end: the days are those of the platform. The values are in
`data/rules/pass_iae.yaml`, and in `data/rules/carence.yaml` for what follows the end.

Some PASS IAE that still run began before these articles (50 and over: up to 84 months). For them
the end planned at the start is enough: what came after it follows the rules of its own day.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from calculators.dates import add_days, add_months, days_in, eve_of, french_date, last_day
from calculators.inputs import Invalid, ask
from calculators.result import Milestone, Reason, Result, Span, Status, Verdict
from calculators.rules import Cited, Law, NotInForce, Rules
from calculators.situations import Periode, running_on

SUBJECT = "pass_iae"
TITLE = "Quand finit un PASS IAE ?"
SUMMARY = (
    "Donnez le début du PASS IAE, ses suspensions et ses prolongations : la réponse donne sa fin, "
    "son état et les jours restants."
)
#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "fin": "Dernier jour du PASS IAE",
    "jours_restants": "Jours restants",
    "fin_initiale": "Fin prévue au départ",
    "duree_jours": "Durée totale, en jours",
    "fin_carence": "Fin du délai de carence",
}
#: Which value of the answer is a fact that other calculators ask.
TOLD = {"fin": "pass_fin"}
VERDICTS = {
    "futur": Verdict("Pas encore commencé", "attention"),
    "valide": Verdict("Valide", "favorable"),
    "suspendu": Verdict("Suspendu", "attention"),
    "expire": Verdict("Expiré", "defavorable"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the person answers; the form is generated from it."""

    debut: date = ask(
        "Premier jour du PASS IAE",
        help="En général le premier jour prévu de la première embauche.",
        step="Le PASS IAE",
        fact="pass_debut",
    )
    fin_initiale: date | None = ask(
        "Fin du PASS IAE prévue au départ",
        help="Sans cette date, nous la calculons. Ne comptez ni les suspensions ni "
        "les prolongations. Pour un PASS IAE de 2020 ou d'avant, donnez-la.",
    )
    suspensions: tuple[Periode, ...] = ask(
        "Suspensions du PASS IAE",
        help="Toutes, finies ou non. Pour une suspension en cours, la fin prévue.",
        step="Les suspensions et les prolongations",
        fact="suspensions",
    )
    prolongations: tuple[Periode, ...] = ask(
        "Prolongations accordées",
        help="Sur la plateforme, une prolongation part du dernier jour du PASS IAE lui-même.",
    )
    au: date = ask(
        "À quelle date regarder le PASS IAE ?",
        help="Aujourd'hui, ou le jour qui vous intéresse.",
        step="Le jour à regarder",
        fact="au",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say when the PASS IAE ends, in what state it is on `au`, and how many days are left.

    The duration is the one in force on `debut`, unless the end it gave is known; each suspension or
    prolongation follows the rule of its own first day, the state and the waiting period that of the
    last day. Raises Invalid for periods that contradict each other or the PASS IAE, and NotInForce
    before the known days.
    """
    fin_initiale, durations = _planned(situation, rules.on(situation.debut))
    fin, moves = _moved(situation, fin_initiale, rules)
    law = rules.on(fin)
    carence = law["carence.duree"]
    fin_carence = add_months(fin, 12 * carence.value)
    suspension = running_on(situation.au, situation.suspensions)
    verdict = _verdict(situation, fin, suspension)
    restants = _ahead(situation.debut, fin, situation.au) - sum(
        _ahead(period.debut, period.fin, situation.au) for period in situation.suspensions
    )
    return Result(
        verdict=verdict,
        summary=SENTENCES[verdict].format(
            au=french_date(situation.au),
            debut=french_date(situation.debut),
            fin=french_date(fin),
            reprise=french_date(suspension.fin) if suspension else "",
            restants=_days(restants),
        ),
        values={
            "fin_initiale": fin_initiale.isoformat(),
            "fin": fin.isoformat(),
            "duree_jours": days_in(situation.debut, fin),
            "jours_restants": restants,
            "fin_carence": fin_carence.isoformat(),
        },
        reasons=[
            *durations,
            *moves,
            _state(verdict, law),
            *(_suspended(rules.on(situation.au)) if verdict == "suspendu" else ()),
            Reason(
                "carence",
                CARENCE[situation.au > fin_carence].format(
                    duree=carence.words, fin=french_date(fin_carence)
                ),
                "info",
                carence,
            ),
        ],
        not_checked=_not_checked(situation, rules),
        dates=_next_dates(situation, suspension, fin, fin_carence),
        periods=_periods(situation, fin, fin_carence),
    )


def _planned(situation: Situation, law: Law) -> tuple[date, list[Reason]]:
    """Return the end that was planned at the start, and the durations known that day.

    Raises NotInForce when neither the end nor the platform's duration is known.
    """
    fin, reasons = situation.fin_initiale, []
    with suppress(NotInForce):
        plateforme = law[f"{SUBJECT}.duree"]
        fin = fin or _default_end(situation.debut, plateforme)
        reasons.append(_platform_duration(situation, plateforme))
    if fin is None:
        raise NotInForce(END_NEEDED.format(french_date(situation.debut)))
    with suppress(NotInForce):
        reasons.insert(0, _legal_duration(situation, fin, law))
    return fin, reasons


def _default_end(debut: date, duree: Cited) -> date:
    return add_days(eve_of(debut, duree.value.get("mois", 0)), duree.value.get("jours", 0))


def _moved(situation: Situation, fin: date, rules: Rules) -> tuple[date, list[Reason]]:
    """Move the end by each suspension and prolongation, in the order in which they start.

    On the same day the suspension comes first: it must start in the PASS IAE, and the prolongation
    starts on its last day.
    """
    if fin < situation.debut:
        raise Invalid({"fin_initiale": ENDS_FIRST.format(french_date(situation.debut))})
    events = [
        *(("suspensions", *numbered) for numbered in enumerate(situation.suspensions)),
        *(("prolongations", *numbered) for numbered in enumerate(situation.prolongations)),
    ]
    errors: dict[str, str] = {}
    reasons: list[Reason] = []
    last: dict[str, date] = {}
    for group, position, period in sorted(events, key=lambda event: event[2].debut):
        # After a mistake the end is uncertain: nothing more is held against it.
        known_end = date.max if errors else fin
        mistakes = CHECKS[group](period, situation.debut, known_end, last.get(group))
        errors |= {f"{group}.{position}.{name}": text for name, text in mistakes.items()}
        if not mistakes:
            lost = rules.on(period.debut)[f"{SUBJECT}.{LOST[group]}"]
            later = add_days(fin, days_in(period.debut, period.fin) - lost.value)
            text = _move(group, period, fin, later, lost)
            reasons.append(Reason(f"{group}.{position}", text, "info", lost))
            fin, last[group] = later, period.fin
    if errors:
        raise Invalid(errors)
    return fin, reasons


def _move(group: str, period: Periode, fin: date, later: date, lost: Cited) -> str:
    elsewhere = group == "prolongations" and period.debut != fin
    return (MOVED[group] + (STARTS_ELSEWHERE if elsewhere else "")).format(
        debut=french_date(period.debut),
        fin=french_date(period.fin),
        comptes=_days(days_in(period.debut, period.fin)),
        perdus=lost.words,
        ajoutes=_days((later - fin).days),
        avant=french_date(fin),
        apres=french_date(later),
    )


def _check_suspension(
    period: Periode, debut: date, fin: date, previous: date | None
) -> dict[str, str]:
    """Refuse a suspension that starts outside the PASS IAE, or before the previous one is over."""
    if period.fin < period.debut:
        return {"fin": SUSPENSION_ENDS_FIRST}
    if period.debut < debut:
        return {"debut": STARTS_TOO_EARLY.format(french_date(debut))}
    if period.debut > fin:
        return {"debut": SUSPENSION_OUTSIDE.format(french_date(fin))}
    if previous and period.debut <= previous:
        return {"debut": SUSPENSIONS_OVERLAP.format(french_date(previous))}
    return {}


def _check_prolongation(
    period: Periode, debut: date, fin: date, previous: date | None
) -> dict[str, str]:
    """Refuse a prolongation of no day, or that starts before the previous end or after a gap."""
    if period.fin <= period.debut:
        return {"fin": PROLONGATION_ENDS_FIRST}
    if period.debut < debut:
        return {"debut": STARTS_TOO_EARLY.format(french_date(debut))}
    if add_days(period.debut, -1) > fin:
        return {"debut": PROLONGATION_OUTSIDE.format(french_date(fin))}
    if previous and period.debut < previous:
        return {"debut": PROLONGATIONS_OVERLAP.format(french_date(previous))}
    return {}


CHECKS = {"suspensions": _check_suspension, "prolongations": _check_prolongation}
STATUS: dict[str, Status] = {
    "valide": "met",
    "expire": "unmet",
    "suspendu": "info",
    "futur": "info",
}
#: The parameter that says how many of its days do not move the end.
LOST = {"suspensions": "jours_perdus_suspension", "prolongations": "jours_communs_prolongation"}


def _verdict(situation: Situation, fin: date, suspension: Periode | None) -> str:
    """Name the state, tested in the platform's order."""
    if situation.au > fin:
        return "expire"
    if suspension:
        return "suspendu"
    return "valide" if situation.au >= situation.debut else "futur"


def _ahead(debut: date, fin: date, au: date) -> int:
    """Count the days of a period that are not over on `au`, that day included."""
    return max(days_in(max(debut, au), fin), 0)


def _days(count: int) -> str:
    return f"{count} jour{'s' if count >= 2 else ''}"


def _legal_duration(situation: Situation, fin_initiale: date, law: Law) -> Reason:
    duree = law[f"{SUBJECT}.duree_loi"]
    terme = last_day(situation.debut, months=duree.value)
    within = fin_initiale <= terme
    text = LEGAL_DURATION.format(duree.words, french_date(terme)) + ("" if within else TOO_LONG)
    return Reason("duree_loi", text, "met" if within else "unmet", duree)


def _platform_duration(situation: Situation, duree: Cited) -> Reason:
    ((unit, count),) = duree.value.items()
    fin = _default_end(situation.debut, duree)
    text = PLATFORM_DURATION.format(f"{count} {unit}", french_date(fin))
    if situation.fin_initiale:
        text += GIVEN_END[situation.fin_initiale == fin].format(french_date(situation.fin_initiale))
    return Reason("duree", text, "info", duree)


def _state(verdict: str, law: Law) -> Reason:
    return Reason("etat", STATE[verdict], STATUS[verdict], law[f"{SUBJECT}.dernier_jour_compris"])


def _suspended(law: Law) -> list[Reason]:
    aides, mois = law[f"{SUBJECT}.aides_pendant_suspension"], law["carence.mois_suspension"]
    return [
        Reason("aides", NO_AID, "unmet", aides),
        Reason("interruption", INTERRUPTION.format(mois.words), "info", mois),
    ]


def _next_dates(
    situation: Situation, suspension: Periode | None, fin: date, fin_carence: date
) -> list[Milestone]:
    dates = [
        Milestone("debut", MILESTONES["debut"], situation.debut),
        Milestone("fin", MILESTONES["fin"], fin),
        Milestone("fin_carence", MILESTONES["fin_carence"], fin_carence),
    ]
    if suspension:
        dates.append(Milestone("fin_suspension", MILESTONES["fin_suspension"], suspension.fin))
    ahead = [milestone for milestone in dates if milestone.day >= situation.au]
    return sorted(ahead, key=lambda milestone: milestone.day)


def _periods(situation: Situation, fin: date, fin_carence: date) -> list[Span]:
    return [
        Span("pass", "pass", PERIODS["pass"], situation.debut, fin),
        *(
            Span(f"suspensions.{position}", "suspension", PERIODS["suspension"], s.debut, s.fin)
            for position, s in enumerate(situation.suspensions)
        ),
        *(
            Span(
                f"prolongations.{position}", "prolongation", PERIODS["prolongation"], p.debut, p.fin
            )
            for position, p in enumerate(situation.prolongations)
        ),
        Span("carence", "carence", PERIODS["carence"], add_days(fin, 1), fin_carence),
    ]


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["suspensions"]: bool(situation.suspensions),
        NOT_CHECKED["prolongations"]: bool(situation.prolongations),
        NOT_CHECKED["ancien"]: situation.debut < rules.parameters[f"{SUBJECT}.duree"][0].since,
        NOT_CHECKED["recepisse"]: True,
        NOT_CHECKED["interruption"]: True,
        NOT_CHECKED["eiti"]: True,
        NOT_CHECKED["detention"]: True,
        **rules.unread(SUBJECT, situation.au),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

SENTENCES = {
    "expire": "Le {au}, ce PASS IAE est fini : son dernier jour était le {fin}.",
    "suspendu": "Le {au}, ce PASS IAE est suspendu, et la suspension va jusqu'au {reprise} : "
    "il restera {restants} à utiliser ensuite, jusqu'au {fin}.",
    "valide": "Le {au}, ce PASS IAE est valide : il reste {restants}, celui-ci compris, et son "
    "dernier jour est le {fin}.",
    "futur": "Le {au}, ce PASS IAE n'a pas encore commencé : il ira du {debut} au {fin}.",
}
LEGAL_DURATION = (
    "La loi : un parcours dure {} au plus à partir du récépissé. Comptée du premier jour du PASS "
    "IAE, cette durée va jusqu'au {}."
)
TOO_LONG = " La fin donnée au départ dépasse ce terme : vérifiez-la."
PLATFORM_DURATION = (
    "La plateforme : un PASS IAE commencé ce jour-là dure {}, premier et dernier jours compris, "
    "donc jusqu'au {}."
)
#: By whether the end that was given is the one that the platform's duration gives.
GIVEN_END = {
    True: " C'est la fin que vous donnez.",
    False: " Vous donnez une autre fin, le {} : nous comptons avec elle.",
}
MOVED = {
    "suspensions": "Suspension du {debut} au {fin} : {comptes}, moins {perdus} que la plateforme "
    "ne rend pas. La fin recule de {ajoutes}, du {avant} au {apres}.",
    "prolongations": "Prolongation du {debut} au {fin} : {comptes}, moins {perdus} qui compte déjà "
    "dans le PASS IAE. La fin recule de {ajoutes}, du {avant} au {apres}.",
}
STARTS_ELSEWHERE = (
    " Sur la plateforme, une prolongation part du dernier jour du PASS IAE à ce moment, ici le "
    "{avant} : vérifiez son premier jour, sauf si une suspension a été déclarée depuis."
)
STATE = {
    "valide": "Un PASS IAE est valide jusqu'à son dernier jour, compris.",
    "suspendu": "Un PASS IAE suspendu n'est pas expiré : il reprend après la suspension, jusqu'à "
    "son dernier jour, compris.",
    "expire": "Un PASS IAE n'est plus valide dès le lendemain de son dernier jour.",
    "futur": "Un PASS IAE qui n'a pas commencé sera valide jusqu'à son dernier jour, compris.",
}
NO_AID = "Pendant la suspension, la structure n'a pas droit à l'aide de l'État."
INTERRUPTION = (
    "Après {} de suspension d'affilée, un prescripteur habilité ou une structure peut mettre fin "
    "au parcours, mais seulement après avoir examiné la situation de la personne."
)
#: By whether the waiting period is over.
CARENCE = {
    False: "Après la fin vient un délai de carence de {duree}, jusqu'au {fin} compris : un autre "
    "parcours n'est alors possible que si un prescripteur habilité l'accepte.",
    True: "Le délai de carence de {duree} s'est terminé le {fin} : il ne bloque plus un autre "
    "parcours.",
}
END_NEEDED = (
    "Pour un PASS IAE commencé le {}, nous ne connaissons pas la durée de départ. Donnez la fin "
    "prévue au départ : elle suffit pour répondre."
)
ENDS_FIRST = "Cette fin tombe avant le premier jour du PASS IAE, le {}. Corrigez l'une des dates."
STARTS_TOO_EARLY = "Le PASS IAE ne commence que le {}. Corrigez l'une des deux dates."
SUSPENSION_ENDS_FIRST = "La suspension finit avant de commencer. Corrigez l'une des deux dates."
SUSPENSION_OUTSIDE = (
    "Une suspension commence pendant le PASS IAE, et il finit à ce moment le {}. Corrigez cette "
    "date, ou ajoutez la prolongation qui manque."
)
SUSPENSIONS_OVERLAP = (
    "Une autre suspension court jusqu'au {}, et deux suspensions ne se chevauchent pas. Corrigez "
    "l'une des dates."
)
PROLONGATION_ENDS_FIRST = (
    "Une prolongation ajoute un jour au moins : sa fin tombe après son premier jour. Corrigez "
    "l'une des deux dates."
)
PROLONGATION_OUTSIDE = (
    "Une prolongation part du dernier jour du PASS IAE, à ce moment le {}. Écrivez ce jour, ou "
    "ajoutez la période qui manque."
)
PROLONGATIONS_OVERLAP = (
    "Une autre prolongation va jusqu'au {}, et deux prolongations ne se chevauchent pas. Corrigez "
    "l'une des dates."
)
MILESTONES = {
    "debut": "Premier jour du PASS IAE",
    "fin": "Dernier jour du PASS IAE",
    "fin_carence": "Dernier jour du délai de carence",
    "fin_suspension": "Dernier jour de la suspension",
}
PERIODS = {
    "pass": "PASS IAE",
    "suspension": "Suspension du PASS IAE",
    "prolongation": "Prolongation du PASS IAE",
    "carence": "Délai de carence",
}
NOT_CHECKED = {
    "suspensions": "Les suspensions : leurs motifs, leur durée maximale et le délai pour les "
    "déclarer.",
    "prolongations": "Les prolongations : leurs motifs, leurs limites et l'accord du prescripteur.",
    "ancien": "La fin prévue au départ : nous comptons avec celle que vous donnez. Vérifiez qu'elle "
    "comprend les trois mois ajoutés aux PASS IAE en cours au printemps 2020.",
    "recepisse": "La date du récépissé : la loi compte à partir d'elle, et elle peut différer du "
    "premier jour du PASS IAE.",
    "interruption": "Une décision qui aurait mis fin au parcours avant son terme.",
    "eiti": "La règle propre aux EITI : la plateforme compte de la même façon, mais leur décret "
    "est à vérifier.",
    "detention": "Le travail en détention : ces règles ne s'appliquent pas au contrat d'emploi "
    "pénitentiaire.",
}
