"""Check the conventions of a PMSMP with one host: how long, how many, how often.

Source: code du travail, L5135-1, L5135-5 and D5135-3; D5132-10-3, D5132-26-3 and D5132-43-3 for the
share of an insertion contract. The values are in `data/rules/pmsmp.yaml`.

- Days are days of the calendar, from the first to the last, both included, present or not.
- The twelve months are counted from the first day of each convention or renewal. A convention is in
  them when it starts in them; its days are in them one by one.
- A renewal belongs to the last convention before it with the same object, failing that to the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from calculators.dates import days_in, french_date, last_day
from calculators.inputs import Choice, Invalid, ask
from calculators.result import Milestone, Reason, Result, Span, Verdict
from calculators.rules import Cited, Rules
from calculators.situations import Periode

SUBJECT = "pmsmp"
TITLE = "Combien de temps une mise en situation (PMSMP) peut-elle durer ?"
SUMMARY = (
    "Donnez les conventions signées avec un même accueillant : la réponse dit si leur durée et leur "
    "nombre sont permis, et jusqu'à quand va la dernière."
)
#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "jours_total": "Jours chez le même accueillant, dans la période la plus chargée",
    "fin_max": "Dernier jour possible de la dernière convention",
}
VERDICTS = {
    "conforme": Verdict("Conforme", "favorable"),
    "non_conforme": Verdict("Non conforme", "defavorable"),
}


class Objet(Choice):
    """What a PMSMP is for: a convention has one object."""

    decouverte = "decouverte", "Découvrir un métier ou un secteur d'activité"
    projet = "projet", "Confirmer un projet professionnel"
    recrutement = "recrutement", "Amorcer un recrutement"


@dataclass(frozen=True, kw_only=True, slots=True)
class Convention:
    """A convention, or its renewal."""

    debut: date = ask("Premier jour")
    fin: date = ask("Dernier jour")
    objet: Objet = ask("Objet de la convention")
    renouvellement: bool = ask(
        "C'est le renouvellement d'une convention déjà notée",
        help="Même objet, parce que l'objectif n'est pas atteint.",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the person answers; the form is generated from it."""

    conventions: tuple[Convention, ...] = ask(
        "Conventions avec cet accueillant",
        help="Pour une même personne chez un même accueillant, renouvellements compris.",
        rows=1,
        step="Les conventions",
    )
    contrat: Periode | None = ask(
        "Contrat à durée déterminée d'insertion (CDDI)",
        help="Seulement si la personne est en CDDI, renouvellements compris.",
        step="Le contrat",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say whether every convention is allowed, and until when the last one may run.

    A convention is held to the law of its first day, a period of twelve months too; the share of
    the contract to the law of the last convention's first day. Raises Invalid for dates that
    contradict each other, and NotInForce for a convention before the days that are known.
    """
    conventions, contrat = _ordered(situation), situation.contrat
    last = conventions[-1]
    years = {convention: _year(convention, rules) for convention in conventions}
    used = {c: _used(conventions[i:], years[c]) for i, c in enumerate(conventions)}
    wrong = _wrong(conventions, years, rules)
    limits = [(years[c], _on(rules, c, "jours").value) for c in conventions]
    if contrat:
        limits.append((contrat, _share(contrat, _on(rules, last, "part_contrat"))))
    refused = any(last in found for found in wrong.values())
    fin_max = None if refused else _fin_max(conventions, limits, rules)
    reasons = [
        _duration(conventions, rules),
        *_renewals(conventions, wrong, rules),
        *_number(last, wrong, rules),
        _days(years, used, rules),
        *_in_contract(conventions, contrat, rules),
        *_how_counted(last, rules),
    ]
    unmet = [reason.id for reason in reasons if reason.status == "unmet"]
    return Result(
        verdict="non_conforme" if unmet else "conforme",
        summary=_summary(unmet, fin_max),
        values={
            "jours_total": max(used.values()),
            "fin_max": fin_max.isoformat() if fin_max else None,
        },
        reasons=reasons,
        not_checked=_not_checked(conventions, contrat, wrong, rules),
        dates=_dates(last, years, fin_max, rules),
        periods=_periods(situation),
    )


def _ordered(situation: Situation) -> list[Convention]:
    """Put the conventions in the order of their first days; refuse those that cannot be."""
    errors = {}
    numbered = sorted(enumerate(situation.conventions), key=lambda pair: pair[1].debut)
    for position, convention in numbered:
        if convention.fin < convention.debut:
            errors[f"conventions.{position}.fin"] = BACKWARDS
    for (_, before), (position, convention) in pairwise(numbered):
        if convention.debut <= before.fin:
            errors[f"conventions.{position}.debut"] = OVERLAP.format(french_date(before.fin))
    if not numbered:
        errors["conventions"] = NONE_GIVEN
    elif numbered[0][1].renouvellement:
        errors[f"conventions.{numbered[0][0]}.renouvellement"] = RENEWS_NOTHING
    if situation.contrat and situation.contrat.fin < situation.contrat.debut:
        errors["contrat.fin"] = BACKWARDS
    if errors:
        raise Invalid(errors)
    return [convention for _, convention in numbered]


def _on(rules: Rules, convention: Convention, name: str) -> Cited:
    """Read a value as it stands on the first day of a convention."""
    return rules.on(convention.debut)[f"{SUBJECT}.{name}"]


def _year(convention: Convention, rules: Rules) -> Periode:
    """Return the twelve months that start with a convention."""
    months = _on(rules, convention, "periode").value
    return Periode(debut=convention.debut, fin=last_day(convention.debut, months=months))


def _longest(convention: Convention, rules: Rules) -> date:
    return last_day(convention.debut, months=_on(rules, convention, "duree").value)


def _used(conventions: list[Convention], period: Periode) -> int:
    """Count the days of the conventions inside a period."""
    return sum(
        max(0, days_in(max(c.debut, period.debut), min(c.fin, period.fin))) for c in conventions
    )


def _share(contrat: Periode, part: Cited) -> int:
    """Return the whole days that fit in the share of the contract."""
    days: int = days_in(contrat.debut, contrat.fin) * part.value // 100
    return days


def _families(conventions: list[Convention]) -> list[list[Convention]]:
    """Gather each convention and its renewals."""
    families: list[list[Convention]] = []
    for convention in conventions:
        if convention.renouvellement:
            same = [family for family in families if family[0].objet is convention.objet]
            (same or families)[-1].append(convention)
        else:
            families.append([convention])
    return families


def _wrong(
    conventions: list[Convention], years: dict[Convention, Periode], rules: Rules
) -> dict[str, list[Convention]]:
    """Find the conventions that may not be at all, by the rule that they break."""
    wrong: dict[str, list[Convention]] = {
        "renouvellement": [],
        "renouvellement_objet": [],
        "nombre": [],
        "objets": [],
    }
    initials: list[Convention] = []
    for initial, *renewals in _families(conventions):
        for rank, renewal in enumerate(renewals, start=1):
            if rank > _on(rules, renewal, "renouvellements").value:
                wrong["renouvellement"].append(renewal)
            same = _on(rules, renewal, "renouvellement_meme_objet").value
            if same and renewal.objet is not initial.objet:
                wrong["renouvellement_objet"].append(renewal)
        recent = [other for other in initials if initial.debut <= years[other].fin]
        if len(recent) >= _on(rules, initial, "conventions").value:
            wrong["nombre"].append(initial)
        different = _on(rules, initial, "objets_differents").value
        if different and any(other.objet is initial.objet for other in recent):
            wrong["objets"].append(initial)
        initials.append(initial)
    return wrong


def _fin_max(
    conventions: list[Convention], limits: list[tuple[Periode, int]], rules: Rules
) -> date | None:
    """Return the last day that every limit leaves to the last convention, if any is left."""
    *others, last = conventions
    ends = [_longest(last, rules)]
    for period, allowed in limits:
        if period.debut <= last.debut <= period.fin:
            left = allowed - _used(others, period)
            if left < days_in(last.debut, period.fin):
                ends.append(last_day(last.debut, days=left))
    return min(ends) if min(ends) >= last.debut else None


def _reason(id: str, cited: Cited, broken: list[str], respected: str) -> Reason:
    """Say what breaks the rule, or that it is respected."""
    if broken:
        return Reason(id, " ".join(broken), "unmet", cited)
    return Reason(id, respected, "met", cited)


def _duration(conventions: list[Convention], rules: Rules) -> Reason:
    duree = _on(rules, conventions[-1], "duree")
    broken = [
        TOO_LONG.format(french_date(c.debut), french_date(c.fin), french_date(_longest(c, rules)))
        for c in conventions
        if c.fin > _longest(c, rules)
    ]
    return _reason("duree", duree, broken, DURATION.format(duree.words))


def _renewals(
    conventions: list[Convention], wrong: dict[str, list[Convention]], rules: Rules
) -> list[Reason]:
    last = conventions[-1]
    number = _on(rules, last, "renouvellements")
    if not any(convention.renouvellement for convention in conventions):
        return [Reason("renouvellement", MAY_RENEW.format(number.words), "info", number)]
    return [
        _reason(
            "renouvellement",
            number,
            [RENEWED_TOO_MUCH.format(french_date(c.debut)) for c in wrong["renouvellement"]],
            RENEWED.format(number.words),
        ),
        _reason(
            "renouvellement_objet",
            _on(rules, last, "renouvellement_meme_objet"),
            [OTHER_OBJECT.format(french_date(c.debut)) for c in wrong["renouvellement_objet"]],
            SAME_OBJECT,
        ),
    ]


def _number(last: Convention, wrong: dict[str, list[Convention]], rules: Rules) -> list[Reason]:
    number, months = _on(rules, last, "conventions"), _on(rules, last, "periode").words
    return [
        _reason(
            "nombre",
            number,
            [TOO_MANY.format(french_date(c.debut), number.words, months) for c in wrong["nombre"]],
            NUMBER.format(number.words, months),
        ),
        _reason(
            "objets",
            _on(rules, last, "objets_differents"),
            [TWINS.format(french_date(c.debut), c.objet.label, months) for c in wrong["objets"]],
            DIFFERENT.format(months),
        ),
    ]


def _days(years: dict[Convention, Periode], used: dict[Convention, int], rules: Rules) -> Reason:
    last = list(years)[-1]
    jours, months = _on(rules, last, "jours"), _on(rules, last, "periode").words
    broken = [
        TOO_MANY_DAYS.format(french_date(year.debut), french_date(year.fin), days, jours.words)
        for (convention, year), days in zip(years.items(), used.values(), strict=True)
        if days > _on(rules, convention, "jours").value
    ]
    respected = DAYS.format(_day_count(max(used.values())), months, jours.words)
    return _reason("jours", jours, broken, respected)


def _in_contract(
    conventions: list[Convention], contrat: Periode | None, rules: Rules
) -> list[Reason]:
    if contrat is None:
        return []
    part = _on(rules, conventions[-1], "part_contrat")
    used, share = _used(conventions, contrat), _share(contrat, part)
    text = IN_CONTRACT.format(
        _day_count(used),
        _day_count(share),
        part.words,
        _day_count(days_in(contrat.debut, contrat.fin)),
    )
    return [Reason("part_contrat", text, "unmet" if used > share else "met", part)]


def _how_counted(last: Convention, rules: Rules) -> list[Reason]:
    """Tell the readings on which the count rests."""
    periode = _on(rules, last, "periode")
    calendar = _on(rules, last, "jours_du_calendrier")
    return [
        Reason("periode", PERIOD.format(periode.words), "info", periode),
        Reason("jours_du_calendrier", CALENDAR, "info", calendar),
    ]


def _summary(unmet: list[str], fin_max: date | None) -> str:
    if unmet == ["objets"]:
        return SENTENCES["objets"]
    if fin_max is None:
        return SENTENCES["impossible"]
    return SENTENCES["non_conforme" if unmet else "conforme"].format(french_date(fin_max))


def _not_checked(
    conventions: list[Convention],
    contrat: Periode | None,
    wrong: dict[str, list[Convention]],
    rules: Rules,
) -> list[str]:
    checked = rules.checked[SUBJECT]
    checks = {
        NOT_CHECKED["objectif"]: any(convention.renouvellement for convention in conventions),
        NOT_CHECKED["objectifs"]: bool(wrong["objets"]),
        NOT_CHECKED["contrat"]: contrat is not None,
        NOT_CHECKED["cddi"]: contrat is None,
        NOT_CHECKED["interdits"]: True,
        NOT_CHECKED["signature"]: True,
        NOT_CHECKED["relu"].format(french_date(checked)): conventions[-1].fin > checked,
    }
    return [text for text, applies in checks.items() if applies]


def _dates(
    last: Convention, years: dict[Convention, Periode], fin_max: date | None, rules: Rules
) -> list[Milestone]:
    """Give the end of the last convention, its latest end, and the end of the oldest period."""
    months = _on(rules, last, "periode").words
    oldest = next(year for year in years.values() if last.debut <= year.fin)
    label = MILESTONES["fin_periode"].format(months, french_date(oldest.debut))
    dates = [
        Milestone("fin", MILESTONES["fin"], last.fin),
        Milestone("fin_periode", label, oldest.fin),
    ]
    if fin_max:
        dates.append(Milestone("fin_max", MILESTONES["fin_max"], fin_max))
    return sorted(dates, key=lambda milestone: milestone.day)


def _periods(situation: Situation) -> list[Span]:
    spans = [
        Span(f"conventions.{position}", "convention", PERIODS[c.renouvellement], c.debut, c.fin)
        for position, c in enumerate(situation.conventions)
    ]
    if situation.contrat:
        contrat = situation.contrat
        spans.append(Span("contrat", "contrat", CONTRACT, contrat.debut, contrat.fin))
    return spans


def _day_count(days: int) -> str:
    return f"{days} {'jours' if days >= 2 else 'jour'}"


# The words of the answer.

SENTENCES = {
    "conforme": "Oui : ces conventions respectent les règles, et la dernière peut aller jusqu'au "
    "{} au plus tard.",
    "non_conforme": "Non : une règle au moins n'est pas respectée, et la dernière convention peut "
    "aller jusqu'au {} au plus tard.",
    "impossible": "Non : une règle au moins n'est pas respectée, et la dernière convention n'est "
    "pas possible à ces dates.",
    "objets": "Non, sauf si leurs objectifs diffèrent : des conventions de la même période ont le "
    "même objet.",
}
DURATION = (
    "Chaque convention, chaque renouvellement dure {} au plus, de date à date, que la personne soit "
    "là tous les jours ou non."
)
TOO_LONG = "La convention du {} au {} est trop longue : elle pouvait aller jusqu'au {}."
MAY_RENEW = (
    "Si l'objectif n'est pas atteint, voyez avec le prescripteur : {} au plus par convention, pour "
    "le même objet."
)
RENEWED = "Par convention : {} au plus."
RENEWED_TOO_MUCH = "Le renouvellement du {} est de trop : sa convention a déjà été renouvelée."
SAME_OBJECT = "Chaque renouvellement garde l'objet de sa convention."
OTHER_OBJECT = "Le renouvellement du {} change d'objet : il doit garder celui de sa convention."
NUMBER = "Chez un même accueillant : {} au plus sur {}, sans compter les renouvellements."
TOO_MANY = "La convention du {} est de trop : {} au plus sur {} chez un même accueillant."
DIFFERENT = "Sur {}, aucune convention ne reprend l'objet d'une autre."
TWINS = (
    "La convention du {} reprend l'objet « {} » d'une autre convention, sur {}. Le texte l'admet "
    "seulement si les objectifs écrits sont différents : voyez-le avec le prescripteur."
)
DAYS = "{} en tout sur {} chez cet accueillant : la limite est de {}."
TOO_MANY_DAYS = "Du {} au {}, {} jours chez cet accueillant : la limite est de {}."
IN_CONTRACT = (
    "Pendant le contrat, {} de mise en situation chez cet accueillant : la limite est de {}, soit "
    "{} des {} du contrat."
)
PERIOD = "Les {} se comptent depuis le premier jour de chaque convention ou renouvellement."
CALENDAR = (
    "Nous comptons tous les jours du calendrier, du premier au dernier compris, même sans présence : "
    "le texte ne dit pas quels jours compter."
)
OVERLAP = "Cette convention commence avant la fin d'une autre, le {}. Vérifiez les deux, ou retirez-en une."
BACKWARDS = "Le dernier jour tombe avant le premier. Vérifiez les deux dates."
NONE_GIVEN = "Ajoutez au moins une convention."
RENEWS_NOTHING = (
    "La première convention ne peut pas être un renouvellement. Ajoutez la convention renouvelée, ou "
    "répondez non."
)
MILESTONES = {
    "fin": "Fin de la dernière convention",
    "fin_max": "Dernier jour possible de cette convention",
    "fin_periode": "Fin des {} qui commencent le {}",
}
PERIODS = {False: "Convention", True: "Renouvellement d'une convention"}
CONTRACT = "CDD d'insertion (CDDI)"
NOT_CHECKED = {
    "objectif": "L'objectif : on ne renouvelle une convention que s'il n'est pas atteint.",
    "objectifs": "Les objectifs écrits dans chaque convention.",
    "contrat": "Les autres mises en situation pendant le contrat, chez d'autres accueillants : "
    "elles comptent aussi dans la part du contrat, que la convention avec l'État doit prévoir.",
    "cddi": "La limite propre aux contrats à durée déterminée d'insertion : donnez les dates du "
    "contrat pour la vérifier.",
    "interdits": "Le travail confié : ni poste permanent, ni surcroît d'activité, ni emploi "
    "saisonnier, ni remplacement.",
    "signature": "Le prescripteur et les signatures.",
    "relu": "Les textes parus après le {} : c'est le jour de notre dernière relecture.",
}
