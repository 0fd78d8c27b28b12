"""Count the hours that an employee of an association intermédiaire (AI) worked in businesses.

Source: code du travail, L5132-9, L2211-1, R5132-18 and D5132-18-1. The values are in
`data/rules/heures_ai.yaml`.

- The period starts on the first mission in a business and lasts from date to date. The law does
  not say what follows it: here, the first mission in a business after its end starts a new one.
- A mission counts on its day. One after `au` is left out, and so is one of zero hours.
- A prefect's waiver that runs on `au` lifts the limit: the verdict is then `sous_plafond` whatever
  the hours, and `reste` is what the ordinary limit leaves.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from calculators.dates import french_date, last_day
from calculators.inputs import Choice, ask
from calculators.result import Milestone, Reason, Result, Span, Verdict
from calculators.rules import Cited, Law, NotInForce, Rules

SUBJECT = "heures_ai"
TITLE = "Combien d'heures en entreprise pour un salarié d'association intermédiaire ?"
SUMMARY = (
    "Donnez les missions du salarié : la réponse additionne les heures faites en entreprise et "
    "dit ce qui reste avant le plafond."
)
#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "heures": "Heures faites en entreprise",
    "reste": "Heures restantes",
    "fin_periode": "Fin de la période de décompte",
}
VERDICTS = {
    # Not « under the limit »: a prefect's waiver lifts it, whatever the hours.
    "sous_plafond": Verdict("Heures encore possibles", "favorable"),
    "plafond_atteint": Verdict("Plafond atteint", "attention"),
    "plafond_depasse": Verdict("Plafond dépassé", "defavorable"),
}

type Period = tuple[datetime.date, datetime.date, Decimal]
"""First day, last day, hours."""


class Utilisateur(Choice):
    """Where the employee works."""

    entreprise = (
        "entreprise",
        "Une entreprise",
        "Aussi un artisan, un commerçant ou une profession libérale, pour son activité, et un établissement "
        "public industriel et commercial (EPIC), comme une régie ou un office public de l'habitat.",
    )
    particulier = (
        "particulier",
        "Un particulier",
        "Pour des tâches sans lien avec sa profession : ménage, jardin, garde d'enfants.",
    )
    association = (
        "association",
        "Une association",
        "Ou un autre organisme privé sans but lucratif.",
    )
    collectivite = (
        "collectivite",
        "Une collectivité",
        "Une commune, un département, une région, un groupement de communes ou l'État. Un établissement "
        "public industriel et commercial (EPIC), ou administratif pour du personnel de droit privé, se répond "
        "« Une entreprise ».",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Mission:
    """Some hours for one user of the association."""

    date: datetime.date = ask(
        "Jour de la mission",
        help="Le premier jour, pour une mission de plusieurs jours.",
    )
    heures: float = ask("Nombre d'heures", help="Des heures décimales : 7,5 pour 7 h 30.")
    utilisateur: Utilisateur = ask("Chez qui ?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the person answers; the form is generated from it."""

    missions: tuple[Mission, ...] = ask(
        "Missions du salarié",
        help="Toutes les missions depuis la première en entreprise. Une mission qui dépasse la fin "
        "d'une période se coupe en deux lignes.",
        rows=1,
        step="Les missions",
    )
    au: datetime.date = ask(
        "Compter jusqu'au",
        help="Ce jour compris. Les missions qui suivent ne sont pas comptées.",
        step="Le décompte",
        fact="au",
    )
    derogation_fin: datetime.date | None = ask(
        "Dernier jour de la dérogation du préfet",
        help="Seulement si le préfet a levé le plafond pour l'association.",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say how many hours count, and how many are left.

    The law is that of `au`; the length of a period is that of its first day. Raises NotInForce
    when `au` or a mission that starts a period comes before the days that are known.
    """
    au = situation.au
    law = rules.on(au)
    plafond = law[f"{SUBJECT}.plafond"]
    done = [mission for mission in situation.missions if mission.date <= au and mission.heures > 0]
    met = {mission.utilisateur for mission in done}
    counted = {used: _counted(law, used) for used in Utilisateur if used in met}
    periods = _periods([m for m in done if counted[m.utilisateur].value], rules)
    current = _current(periods, au)
    heures = current[2] if current else Decimal()
    reste = max(plafond.value - heures, Decimal())
    end = situation.derogation_fin
    waiver = end if end and au <= end else None
    verdict = _verdict(heures, plafond, waiver)
    return Result(
        verdict=verdict,
        summary=_summary(verdict, au, current, plafond, waiver),
        values={
            "heures": _number(heures),
            "reste": _number(reste),
            "fin_periode": current[1].isoformat() if current else None,
        },
        reasons=[
            _limit(heures, plafond, waiver),
            *_period(periods, current, law, rules),
            *_users(done, counted),
            *_waiver(situation, heures >= plafond.value, law),
        ],
        not_checked=_not_checked(situation, rules),
        dates=_dates(current, waiver),
        periods=[
            Span(f"decompte.{position}", "decompte", COUNTING, first, last)
            for position, (first, last, _) in enumerate(periods)
        ],
    )


def _counted(law: Law, utilisateur: Utilisateur) -> Cited:
    """Tell whether the hours for that user count."""
    if utilisateur is Utilisateur.collectivite:
        # L5132-9 refers to L2211-1, which is its source: a value of its own.
        return law[f"{SUBJECT}.collectivite"]
    return law[f"{SUBJECT}.utilisateurs"].pick(utilisateur)


def _periods(missions: list[Mission], rules: Rules) -> list[Period]:
    """Share the missions that count among the periods that they start, in order."""
    periods: list[Period] = []
    for mission in sorted(missions, key=lambda mission: mission.date):
        if not periods or mission.date > periods[-1][1]:
            length = rules.on(mission.date)[f"{SUBJECT}.periode"]
            periods.append((mission.date, last_day(mission.date, months=length.value), Decimal()))
        first, last, hours = periods[-1]
        periods[-1] = first, last, hours + _decimal(mission.heures)
    return periods


def _current(periods: list[Period], au: datetime.date) -> Period | None:
    return periods[-1] if periods and au <= periods[-1][1] else None


def _verdict(heures: Decimal, plafond: Cited, waiver: datetime.date | None) -> str:
    if waiver or heures < plafond.value:
        return "sous_plafond"
    return "plafond_atteint" if heures == plafond.value else "plafond_depasse"


def _limit(heures: Decimal, plafond: Cited, waiver: datetime.date | None) -> Reason:
    over = heures > plafond.value
    text = LIMIT[over].format(heures=_words(heures), plafond=plafond.words)
    if over:
        return Reason("plafond", text, "info" if waiver else "unmet", plafond)
    return Reason("plafond", text, "met", plafond)


def _period(periods: list[Period], current: Period | None, law: Law, rules: Rules) -> list[Reason]:
    if current:
        first, last, _ = current
        length = rules.on(first)[f"{SUBJECT}.periode"]
        text = PERIOD.format(length.words, french_date(first), french_date(last))
    else:
        length = law[f"{SUBJECT}.periode"]
        text = NO_PERIOD.format(length.words)
    reasons = [Reason("periode", text, "info", length)]
    ended = [
        ENDED.format(french_date(first), french_date(last), _words(hours))
        for first, last, hours in (period for period in periods if period is not current)
    ]
    if ended:
        text = " ".join([*ended, NEW_PERIOD])
        reasons.append(Reason("nouvelle_periode", text, "info", law[f"{SUBJECT}.nouvelle_periode"]))
    return reasons


def _users(done: list[Mission], counted: dict[Utilisateur, Cited]) -> list[Reason]:
    """Say whose hours count, and how many hours do not."""
    reasons = []
    for used, cited in counted.items():
        text = USERS[used]
        if not cited.value:
            text += NOT_COUNTED.format(_words(_sum(m for m in done if m.utilisateur is used)))
        reasons.append(Reason(used, text, "info", cited))
    return reasons


def _waiver(situation: Situation, reached: bool, law: Law) -> list[Reason]:
    """Tell what the prefect's waiver does, or that one may be asked for."""
    end, au = situation.derogation_fin, situation.au
    if end is None and not reached:
        return []
    try:
        longest = law[f"{SUBJECT}.derogation"]
    except NotInForce:
        if end:
            raise
        return []  # before the decree, there is none to ask for
    if end is None:
        return [Reason("derogation", TO_ASK.format(longest.words), "info", longest)]
    if end < au:
        return [Reason("derogation", WAIVER_OVER.format(french_date(end)), "info", longest)]
    text = WAIVED.format(french_date(end), longest.words)
    if end > last_day(au, months=12 * longest.value):
        text += WAIVER_FAR.format(longest.words)
    return [Reason("derogation", text, "met", longest)]


def _summary(
    verdict: str,
    au: datetime.date,
    current: Period | None,
    plafond: Cited,
    waiver: datetime.date | None,
) -> str:
    _, end, heures = current or (au, au, Decimal())
    case = "derogation" if waiver else verdict if current else "aucune"
    return SENTENCES[case].format(
        heures=_words(heures),
        ecart=_words(abs(plafond.value - heures)),
        plafond=plafond.words,
        jusqu_au=french_date(waiver or end),
    )


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    au = situation.au
    later = [mission for mission in situation.missions if mission.date > au and mission.heures]
    empty = [
        f"{french_date(mission.date)} ({mission.utilisateur.label.lower()})"
        for mission in situation.missions
        if not mission.heures
    ]
    checks = {
        NOT_CHECKED["apres"].format(
            french_date(au),
            _words(_sum(later)),
            _words(_sum(m for m in later if m.utilisateur is Utilisateur.entreprise)),
        ): bool(later),
        NOT_CHECKED["vides"].format(", ".join(empty)): bool(empty),
        NOT_CHECKED["derogation"]: situation.derogation_fin is not None,
        NOT_CHECKED["autres"]: True,
        NOT_CHECKED["passees"]: True,
        NOT_CHECKED["tache"]: True,
        **rules.unread(SUBJECT, au),
    }
    return [text for text, applies in checks.items() if applies]


def _dates(current: Period | None, waiver: datetime.date | None) -> list[Milestone]:
    dates = []
    if current:
        end = current[1]
        dates += [
            Milestone("fin_periode", MILESTONES["fin_periode"], end),
            Milestone("nouvelle_periode", MILESTONES["nouvelle_periode"], last_day(end, days=2)),
        ]
    if waiver:
        dates.append(Milestone("derogation_fin", MILESTONES["derogation_fin"], waiver))
    return sorted(dates, key=lambda milestone: milestone.day)


def _sum(missions: Iterable[Mission]) -> Decimal:
    return sum((_decimal(mission.heures) for mission in missions), Decimal())


def _decimal(hours: float) -> Decimal:
    """Keep the hours as they were typed: sums of 0.1 must come out exact."""
    return Decimal(str(hours))


def _number(hours: Decimal) -> int | float:
    return int(hours) if hours == int(hours) else float(hours)


def _words(hours: Decimal) -> str:
    number = format(hours.normalize(), "f").replace(".", ",")
    return f"{number} {'heures' if hours >= 2 else 'heure'}"


# The words of the answer.

SENTENCES = {
    "sous_plafond": "Oui, il reste {ecart} en entreprise jusqu'au {jusqu_au} : le total est de "
    "{heures} sur {plafond}.",
    "plafond_atteint": "Le plafond de {plafond} est atteint : plus aucune heure en entreprise "
    "jusqu'au {jusqu_au}, sauf dérogation du préfet.",
    "plafond_depasse": "Le plafond de {plafond} est dépassé de {ecart} : plus aucune heure en "
    "entreprise jusqu'au {jusqu_au}, sauf dérogation du préfet.",
    "aucune": "Oui : au {jusqu_au}, aucune heure en entreprise ne compte et le plafond de "
    "{plafond} est intact.",
    "derogation": "Oui : le préfet a levé le plafond de {plafond} jusqu'au {jusqu_au}, et le "
    "total en entreprise est de {heures}.",
}
LIMIT = {
    False: "Total en entreprise : {heures}, pour un plafond de {plafond}.",
    True: "Total en entreprise : {heures}, plus que le plafond de {plafond}.",
}
PERIOD = (
    "La période dure {} : elle va du {}, jour de la première mission en entreprise, au {} compris."
)
NO_PERIOD = (
    "Aucune période n'est en cours. La prochaine mission en entreprise en ouvrira une de {}."
)
ENDED = "La période du {} au {} est finie : ses {} ne comptent plus."
NEW_PERIOD = "La loi ne dit pas comment compter ensuite : c'est notre lecture."
NOT_COUNTED = " Total donné : {}."
USERS = {
    Utilisateur.entreprise: "Les heures faites en entreprise comptent.",
    Utilisateur.particulier: "Les heures faites chez des particuliers, hors de leur profession, ne "
    "comptent pas.",
    Utilisateur.association: "Les heures faites chez des associations, ou d'autres organismes privés "
    "sans but lucratif, ne comptent pas.",
    Utilisateur.collectivite: "Les heures faites pour des collectivités ne comptent pas. Celles d'un "
    "établissement public industriel et commercial (EPIC) comptent : répondez alors « Une entreprise ».",
}
TO_ASK = (
    "L'association peut demander au préfet de lever le plafond : la dérogation dure {} au plus et "
    "peut être renouvelée. Le préfet consulte la commission spécialisée, regarde l'activité des ETTI du "
    "département et le bilan de l'association ; la qualité des parcours doit être garantie."
)
WAIVED = (
    "Le préfet a levé le plafond jusqu'au {} compris. Une dérogation dure {} au plus et peut être "
    "renouvelée."
)
WAIVER_FAR = " La date donnée est à plus de {} : vérifiez-la sur la décision du préfet."
WAIVER_OVER = "La dérogation du préfet a pris fin le {} : le plafond s'applique de nouveau."
MILESTONES = {
    "fin_periode": "Dernier jour de la période",
    "nouvelle_periode": "Le compte peut repartir de zéro",
    "derogation_fin": "Fin de la dérogation du préfet",
}
COUNTING = "Période de décompte des heures"
NOT_CHECKED = {
    "apres": "Les missions après le {} : elles ne sont pas comptées. Total donné : {}, dont {} en entreprise.",
    "vides": "Les missions sans heure, qui ne comptent pas : {}.",
    "derogation": "La décision du préfet, et ce que deviennent après sa fin les heures faites "
    "pendant la dérogation : nous les comptons toutes.",
    "autres": "Les heures faites par ce salarié dans une autre association intermédiaire : le texte parle "
    "« d'un même salarié » et ne dit pas si elles s'ajoutent. Par prudence, ajoutez-les aux missions : c'est "
    "notre lecture.",
    "passees": "Les périodes déjà finies : seule la période en cours est comparée au plafond.",
    "tache": "La mission elle-même : en entreprise, la tâche doit être précise et temporaire.",
}
