"""Tell how many hours are still to be done to use the full-time posts of the agreement.

Source: code du travail, R5132-7, R5132-10-12, R5132-23 and R5132-37 (posts of the agreement); the
hours of a full-time post, in `data/rules/etp_annee.yaml`.

The hours of the month of `au` and of the months before are done; those of later months are planned.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from calculators.amounts import Share, count, exact
from calculators.dates import french_date
from calculators.inputs import Choice, Invalid, ask
from calculators.result import Bar, Milestone, Reason, Result, Span, Status, Verdict
from calculators.rules import Cited, Law, Rules
from calculators.situations import Conventionnee

SUBJECT = "etp_annee"
TITLE = "Combien d'heures faire d'ici le 31 décembre ?"
SUMMARY = (
    "Donnez les postes de la convention et les heures de chaque mois : la réponse dit les postes "
    "occupés, et les heures encore à faire avant la fin de l'année."
)
#: The name on the page of each machine-readable value of the answer.
VALUES = {
    "heures_reste": "Heures restant à faire dans l'année",
    "heures_a_prevoir": "Heures encore à prévoir",
    "heures_en_trop": "Heures au-delà de la convention",
    "heures_par_mois": "Heures à faire par mois restant",
    "heures_faites": "Heures faites",
    "heures_prevues": "Heures prévues ensuite",
    "heures_convention": "Heures de la convention",
    "etp_faits": "Postes à temps plein occupés par les heures faites",
    "etp_total": "Postes à temps plein, heures faites et prévues",
}
VERDICTS = {
    "postes_occupes": Verdict("Tous les postes sont occupés", "favorable"),
    "postes_libres": Verdict("Des heures restent à prévoir", "attention"),
    "postes_depasses": Verdict("Plus d'heures que la convention", "defavorable"),
}


class Mois(Choice):
    """The months of the year."""

    janvier = "janvier", "Janvier"
    fevrier = "fevrier", "Février"
    mars = "mars", "Mars"
    avril = "avril", "Avril"
    mai = "mai", "Mai"
    juin = "juin", "Juin"
    juillet = "juillet", "Juillet"
    aout = "aout", "Août"
    septembre = "septembre", "Septembre"
    octobre = "octobre", "Octobre"
    novembre = "novembre", "Novembre"
    decembre = "decembre", "Décembre"


#: The number of each month, from 1.
NUMBERS = {month: number for number, month in enumerate(Mois, start=1)}


@dataclass(frozen=True, kw_only=True, slots=True)
class HeuresDuMois:
    """The hours of one month."""

    mois: Mois = ask("Mois")
    heures: float = ask("Heures", help="De toutes les personnes en insertion, ensemble.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The answers of the person; the form is generated from it."""

    structure: Conventionnee = ask(
        "Quelle structure ?", step="La convention", fact="structure", sure=True
    )
    etp_convention: float = ask(
        "Postes à temps plein de la convention, pour l'année",
        help="Ils sont dans l'annexe financière.",
    )
    heures_temps_plein: float | None = ask(
        "Heures d'un temps plein, pour une année",
        help="Seulement si l'annexe financière de la convention donne un autre nombre que l'usage.",
    )
    au: datetime.date = ask(
        "Quel jour sommes-nous ?",
        help="Les heures de ce mois et des mois d'avant sont faites. Celles des mois suivants sont prévues.",
        step="Les heures",
        fact="au",
    )
    mois: tuple[HeuresDuMois, ...] = ask(
        "Heures par mois",
        help="Les mois de la même année, faits ou prévus. Un ACI compte les heures payées, une EI les "
        "heures travaillées, une AI et une ETTI les heures de mise à disposition ou de mission.",
        rows=1,
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Hold the hours done and planned in the year of `au` against the agreement.

    Raises Invalid for a month given twice or a number that may not be zero, and NotInForce before
    the days for which the hours of a full-time post are known.
    """
    _refuse(situation)
    au = situation.au
    law = rules.on(au)
    year = law[f"{SUBJECT}.heures_temps_plein"].pick(situation.structure)
    typed = situation.heures_temps_plein
    whole = Share(year.value) if typed is None else exact(typed)
    agreed = exact(situation.etp_convention).times(whole)
    done = _sum(row for row in situation.mois if NUMBERS[row.mois] <= au.month)
    planned = _sum(row for row in situation.mois if NUMBERS[row.mois] > au.month)
    total = done.plus(planned)
    left, to_plan, over = agreed.less(done), agreed.less(total), total.less(agreed)
    verdict = (
        "postes_depasses" if over.top else "postes_libres" if to_plan.top else "postes_occupes"
    )
    months = 12 - au.month
    end = datetime.date(au.year, 12, 31)
    return Result(
        verdict=verdict,
        summary=SENTENCES[verdict].format(
            fin=french_date(end),
            reste=_hours(left),
            a_prevoir=_hours(to_plan),
            en_trop=_hours(over),
            convention=_posts(exact(situation.etp_convention)),
        ),
        values={
            "heures_reste": left.rounded(2),
            "heures_a_prevoir": to_plan.rounded(2),
            "heures_en_trop": over.rounded(2),
            "heures_par_mois": left.over(Share(months)).rounded(2) if months else None,
            "heures_faites": done.rounded(2),
            "heures_prevues": planned.rounded(2),
            "heures_convention": agreed.rounded(2),
            "etp_faits": done.over(whole).rounded(4),
            "etp_total": total.over(whole).rounded(4),
        },
        reasons=[
            _agreement(situation, whole, agreed, year),
            Reason(
                "faites",
                DONE.format(au.year, _hours(done), _posts(done.over(whole))),
                "met",
                year,
            ),
            Reason(
                "prevues",
                PLANNED.format(_hours(planned), _hours(total), _posts(total.over(whole))),
                "met",
                year,
            ),
            _limit(situation, over, to_plan, law),
            *_by_month(left, months, year),
        ],
        not_checked=_not_checked(situation, rules),
        dates=[Milestone("fin_annee", END, end)],
        periods=[Span("decompte.0", "decompte", COUNTING, datetime.date(au.year, 1, 1), end)],
        bars=[
            Bar("faites", BARS["faites"], done.rounded(2), _hours(done)),
            Bar("total", BARS["total"], total.rounded(2), _hours(total)),
            Bar("convention", BARS["convention"], agreed.rounded(2), _hours(agreed)),
        ],
    )


def _refuse(situation: Situation) -> None:
    errors = {
        name: ABOVE_ZERO
        for name in ("etp_convention", "heures_temps_plein")
        if getattr(situation, name) == 0
    }
    seen = set()
    for position, row in enumerate(situation.mois):
        if row.mois in seen:
            errors[f"mois.{position}.mois"] = TWICE.format(row.mois.label)
        seen.add(row.mois)
    if errors:
        raise Invalid(errors)


def _agreement(situation: Situation, whole: Share, agreed: Share, year: Cited) -> Reason:
    typed = situation.heures_temps_plein is not None
    text = AGREED[typed].format(
        _posts(exact(situation.etp_convention)), _hours(whole), _hours(agreed), year.words
    )
    return Reason("convention", text, "met", year)


def _limit(situation: Situation, over: Share, to_plan: Share, law: Law) -> Reason:
    """Say what becomes of the hours beyond the agreement, or of the posts left free."""
    cited = law[f"aide_poste.limite_{situation.structure}"]
    if over.top:
        return Reason("limite", OVER.format(_hours(over)), "unmet", cited)
    status: Status = "info" if to_plan.top else "met"
    text = FREE.format(_hours(to_plan)) if to_plan.top else FULL
    return Reason("limite", text, status, cited)


def _by_month(left: Share, months: int, year: Cited) -> list[Reason]:
    """Share what is left between the months that come; there is none after December."""
    if not left.top:
        return []
    if not months:
        return [Reason("par_mois", NO_MONTH.format(_hours(left)), "info", year)]
    named = "le mois qui reste" if months == 1 else f"les {months} mois qui restent"
    text = BY_MONTH.format(_hours(left), named, _hours(left.over(Share(months))))
    return [Reason("par_mois", text, "info", year)]


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    given = {NUMBERS[row.mois] for row in situation.mois}
    absent = [
        month.label.lower()
        for month, number in NUMBERS.items()
        if number <= situation.au.month and number not in given
    ]
    checks = {
        NOT_CHECKED["absents"].format(", ".join(absent)): bool(absent),
        NOT_CHECKED["avenant"]: True,
        NOT_CHECKED["aide"]: True,
        **rules.unread(SUBJECT, situation.au),
    }
    return [text for text, applies in checks.items() if applies]


def _sum(rows: Iterable[HeuresDuMois]) -> Share:
    total = Share(0)
    for row in rows:
        total = total.plus(exact(row.heures))
    return total


def _posts(share: Share) -> str:
    return count(share, "poste", "postes")


def _hours(share: Share) -> str:
    return count(share, "heure", "heures", 2)


# The words of the answer.

SENTENCES = {
    "postes_libres": "Il reste {reste} à faire d'ici le {fin} pour occuper la convention ({convention}) : "
    "encore à prévoir : {a_prevoir}.",
    "postes_occupes": "Les heures faites et prévues occupent toute la convention ({convention}) d'ici le "
    "{fin}.",
    "postes_depasses": "Les heures faites et prévues dépassent la convention ({convention}) de {en_trop} "
    "d'ici le {fin} : elles n'ouvrent pas d'aide en plus.",
}
AGREED = {
    False: "La convention : {0}, à {1} pour un temps plein d'une année, soit {2}. Si l'annexe financière "
    "donne un autre nombre d'heures, écrivez-le.",
    True: "La convention : {0}, à {1} pour un temps plein d'une année, d'après votre réponse, soit {2}. "
    "L'usage en compte {3}.",
}
DONE = "Fait depuis le 1er janvier {} : {}, soit {} à temps plein."
PLANNED = "Prévu ensuite : {}. Total de l'année : {}, soit {} à temps plein."
OVER = "L'aide s'arrête aux postes de la convention. Au-delà : {}."
FREE = "L'aide peut aller jusqu'aux postes de la convention : il y reste {} à prévoir."
FULL = "L'aide va jusqu'aux postes de la convention : les heures prévues y arrivent juste."
BY_MONTH = "{} à faire sur {} : {} par mois."
NO_MONTH = "Aucun mois ne suit dans l'année. Reste de la convention : {}."
END = "Fin de l'année de la convention"
COUNTING = "Année sur laquelle les heures s'additionnent"
BARS = {
    "faites": "Heures faites",
    "total": "Heures faites et prévues",
    "convention": "Heures de la convention",
}
ABOVE_ZERO = "Ce nombre doit être plus grand que zéro."
TWICE = "Ce mois est déjà donné : réunissez les heures de « {} » sur une seule ligne."
NOT_CHECKED = {
    "absents": "Les mois passés sans ligne, comptés pour zéro : {}.",
    "avenant": "Un avenant qui change le nombre de postes dans l'année : donnez celui du dernier avenant.",
    "aide": "Le montant de l'aide : le simulateur de l'aide au poste le donne.",
}
