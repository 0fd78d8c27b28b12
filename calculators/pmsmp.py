"""Check the conventions of a PMSMP with one host: how long, how many, how often.

Source: code du travail, L5135-1, L5135-5 and D5135-3; D5132-10-3, D5132-26-3 and D5132-43-3 for the
share of an insertion contract. The values are in `data/rules/pmsmp.yaml`.

- Days are days of the calendar, from the first to the last, both included, present or not.
- The law counts a month from date to date; the State's own service accepts a gap of days between the
  first and the last. A day that the service alone accepts is to be verified, and so is the one day
  that may be discussed at the end of the twelve months (`calculators.dates`).
- The twelve months are counted from the first day of each convention or renewal. A convention is in
  them when it starts in them; its days are in them one by one.
- A renewal belongs to the last convention before it with the same object, failing that to the last.
- Two conventions of the twelve months have different objects or different objectives; a renewal keeps
  both. When the objectives are not told, two conventions with one object are to be verified.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from calculators.dates import add_days, days_in, eve_of, french_date, last_day
from calculators.inputs import Choice, Invalid, ask
from calculators.result import Milestone, Reason, Result, Span, Verdict
from calculators.rules import Cited, NotInForce, Rules
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
    "a_verifier": Verdict("À vérifier", "attention"),
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
        help="Même objet et mêmes objectifs, parce qu'ils ne sont pas atteints.",
    )
    objectifs_differents: bool | None = ask(
        "Ses objectifs sont-ils différents ?",
        help="Ceux qu'elle écrit, comparés à ceux de la convention de même objet qui la précède. Seulement "
        "s'il y en a une.",
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
    jours_ailleurs: int | None = ask(
        "Jours de mise en situation chez d'autres accueillants, pendant ce contrat",
        help="Ils comptent aussi dans la part du contrat. Comptez chaque jour, du premier au dernier de chaque "
        "convention.",
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
    found = _faults(conventions, years, rules)
    limits = [(years[c], _on(rules, c, "jours").value) for c in conventions]
    if contrat:
        left = _share(contrat, _on(rules, last, "part_contrat")) - (situation.jours_ailleurs or 0)
        limits.append((contrat, left))
    refused = any(fault.convention is last and fault.sure for fault in found)
    fin_max = None if refused else _fin_max(conventions, limits, rules)
    reasons = [
        *_duration(conventions, rules),
        *_renewals(conventions, found, rules),
        *_number(last, found, rules),
        _days(years, used, rules),
        *_in_contract(conventions, situation, rules),
        *_how_counted(conventions, contrat, rules),
    ]
    unmet = any(reason.status == "unmet" for reason in reasons)
    doubtful = any(reason.status == "info" and reason.id in DOUBTS for reason in reasons)
    verdict = "non_conforme" if unmet else "a_verifier" if doubtful else "conforme"
    return Result(
        verdict=verdict,
        summary=_summary(verdict, reasons, fin_max),
        values={
            "jours_total": max(used.values()),
            "fin_max": fin_max.isoformat() if fin_max else None,
        },
        reasons=reasons,
        not_checked=_not_checked(conventions, situation, found, rules),
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


@dataclass(frozen=True, slots=True)
class Fault:
    """A convention that may not be, by the id of the reason that says it.

    It is not `sure` when an answer is missing, or on the one day that may be discussed.
    """

    id: str
    convention: Convention
    sure: bool


def _faults(
    conventions: list[Convention], years: dict[Convention, Periode], rules: Rules
) -> list[Fault]:
    """Find the conventions that may not be at all, whatever their length."""
    found: list[Fault] = []
    initials: list[Convention] = []
    for initial, *renewals in _families(conventions):
        for rank, renewal in enumerate(renewals, start=1):
            if rank > _on(rules, renewal, "renouvellements").value:
                found.append(Fault("renouvellement", renewal, sure=True))
            same = _on(rules, renewal, "renouvellement_meme_objet").value
            if same and renewal.objet is not initial.objet:
                found.append(Fault("renouvellement_objet", renewal, sure=True))
            same = _on(rules, renewal, "renouvellement_memes_objectifs").value
            if same and renewal.objectifs_differents:
                found.append(Fault("renouvellement_objectifs", renewal, sure=True))
        recent = [other for other in initials if initial.debut <= years[other].fin]
        # The one day that may be discussed: the platform's months end on the eve of it.
        sure = [other for other in recent if initial.debut <= _shorter_year(other, rules)]
        most = _on(rules, initial, "conventions").value
        if len(recent) >= most:
            found.append(Fault("nombre", initial, sure=len(sure) >= most))
        different = _on(rules, initial, "objets_differents").value
        twins = [other for other in recent if different and other.objet is initial.objet]
        if twins and not initial.objectifs_differents:
            told = initial.objectifs_differents is False
            found.append(Fault("objets", initial, sure=told and twins[0] in sure))
        initials.append(initial)
    return found


def _shorter_year(convention: Convention, rules: Rules) -> date:
    return eve_of(convention.debut, _on(rules, convention, "periode").value)


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


def _reason(id: str, cited: Cited, broken: list[str], respected: str, sure: bool = True) -> Reason:
    """Say what breaks the rule, or may break it, or that it is respected."""
    if broken:
        return Reason(id, " ".join(broken), "unmet" if sure else "info", cited)
    return Reason(id, respected, "met", cited)


def _duration(conventions: list[Convention], rules: Rules) -> list[Reason]:
    """Hold each convention against the month of the law, then the days of the State's service."""
    duree = _on(rules, conventions[-1], "duree")
    long = [c for c in conventions if c.fin > _longest(c, rules)]
    refused = [c for c in long if c.fin > (_accepted(c, rules) or date.min)]
    broken = [
        (TOO_LONG if c in refused else LONGER_THAN_LAW).format(
            french_date(c.debut), french_date(c.fin), french_date(_longest(c, rules))
        )
        for c in long
    ]
    text = DURATION.format(duree.words)
    reasons = [_reason("duree", duree, broken, text, sure=bool(refused))]
    with suppress(NotInForce):  # what the service accepted before is not known
        service = _on(rules, conventions[-1], "duree_service")
        day = french_date(add_days(conventions[-1].debut, service.value))
        reasons.append(Reason("duree_service", SERVICE.format(service.words, day), "info", service))
    return reasons


def _accepted(convention: Convention, rules: Rules) -> date | None:
    """Return the last day that the State's service accepts, where it is known."""
    with suppress(NotInForce):
        return add_days(convention.debut, _on(rules, convention, "duree_service").value)
    return None


def _told(id: str, words: str, found: list[Fault], *more: str) -> tuple[list[str], bool]:
    """Put each fault of a rule in words; tell whether one of them is sure."""
    faults = [fault for fault in found if fault.id == id]
    told = [
        words.format(french_date(f.convention.debut), *more, objet=f.convention.objet.label)
        + ("" if f.sure or id != "nombre" else ONE_DAY)
        for f in faults
    ]
    return told, any(fault.sure for fault in faults)


def _renewals(conventions: list[Convention], found: list[Fault], rules: Rules) -> list[Reason]:
    last = conventions[-1]
    number = _on(rules, last, "renouvellements")
    renewals = [convention for convention in conventions if convention.renouvellement]
    if not renewals:
        return [Reason("renouvellement", MAY_RENEW.format(number.words), "info", number)]
    untold = [french_date(c.debut) for c in renewals if c.objectifs_differents is None]
    same = KEEP_OBJECTIVES.format(", du ".join(untold)) if untold else SAME_OBJECTIVES
    checks = [
        ("renouvellement", "renouvellements", RENEWED_TOO_MUCH, RENEWED.format(number.words)),
        ("renouvellement_objet", "renouvellement_meme_objet", OTHER_OBJECT, SAME_OBJECT),
        ("renouvellement_objectifs", "renouvellement_memes_objectifs", OTHER_OBJECTIVES, same),
    ]
    return [
        _reason(reason, _on(rules, last, name), _told(reason, words, found)[0], respected)
        for reason, name, words, respected in checks
    ]


def _number(last: Convention, found: list[Fault], rules: Rules) -> list[Reason]:
    number, months = _on(rules, last, "conventions"), _on(rules, last, "periode").words
    many, sure = _told("nombre", TOO_MANY, found, number.words, months)
    twins, told = _told("objets", TWINS, found, months)
    return [
        _reason("nombre", number, many, NUMBER.format(number.words, months), sure),
        _reason(
            "objets", _on(rules, last, "objets_differents"), twins, DIFFERENT.format(months), told
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


def _in_contract(conventions: list[Convention], situation: Situation, rules: Rules) -> list[Reason]:
    contrat, elsewhere = situation.contrat, situation.jours_ailleurs
    if contrat is None:
        return []
    part = _on(rules, conventions[-1], "part_contrat")
    used, share = _used(conventions, contrat) + (elsewhere or 0), _share(contrat, part)
    text = IN_CONTRACT[elsewhere is not None].format(
        _day_count(used),
        _day_count(share),
        part.words,
        _day_count(days_in(contrat.debut, contrat.fin)),
    )
    return [Reason("part_contrat", text, "unmet" if used > share else "met", part)]


def _how_counted(
    conventions: list[Convention], contrat: Periode | None, rules: Rules
) -> list[Reason]:
    """Tell the readings on which the count rests."""
    last = conventions[-1]
    periode = _on(rules, last, "periode")
    start = _on(rules, last, "depart_periode")
    calendar = _on(rules, last, "jours_du_calendrier")
    reasons = [
        Reason("periode", YEAR.format(periode.words), "info", periode),
        Reason("depart_periode", PERIOD.format(periode.words), "info", start),
        Reason("jours_du_calendrier", CALENDAR, "info", calendar),
    ]
    if contrat:
        part = _on(rules, last, "part_en_jours")
        reasons.append(Reason("part_en_jours", SHARE_IN_DAYS, "info", part))
    return reasons


def _summary(verdict: str, reasons: list[Reason], fin_max: date | None) -> str:
    unmet = [reason.id for reason in reasons if reason.status == "unmet"]
    if unmet == ["objets"]:
        return SENTENCES["objets"]
    if fin_max is None:
        return SENTENCES["impossible"]
    if verdict != "a_verifier":
        return SENTENCES[verdict].format(french_date(fin_max))
    doubts = [DOUBTS[r.id] for r in reasons if r.status == "info" and r.id in DOUBTS]
    return TO_VERIFY.format(" et ".join(doubts))


def _not_checked(
    conventions: list[Convention], situation: Situation, found: list[Fault], rules: Rules
) -> list[str]:
    contrat, elsewhere = situation.contrat, situation.jours_ailleurs
    useless = _useless(conventions, rules)
    renewed = any(convention.renouvellement for convention in conventions)
    checks = {
        USELESS.format(", du ".join(map(french_date, useless))): bool(useless),
        NOT_CHECKED["objectif"]: renewed,
        NOT_CHECKED["objectifs"]: any(fault.id == "objets" and not fault.sure for fault in found),
        NOT_CHECKED["ailleurs"]: contrat is None and elsewhere is not None,
        NOT_CHECKED["contrat"]: contrat is not None and elsewhere is None,
        NOT_CHECKED["convention"]: contrat is not None and elsewhere is not None,
        NOT_CHECKED["cddi"]: contrat is None,
        NOT_CHECKED["etti"]: True,
        NOT_CHECKED["interdits"]: True,
        NOT_CHECKED["signature"]: True,
        **rules.unread(SUBJECT, conventions[-1].fin),
    }
    return [text for text, applies in checks.items() if applies]


def _useless(conventions: list[Convention], rules: Rules) -> list[date]:
    """List the conventions that say whether their objectives differ, with none to compare before."""
    initials = [convention for convention in conventions if not convention.renouvellement]
    return [
        convention.debut
        for position, convention in enumerate(initials)
        if convention.objectifs_differents is not None
        and not any(
            other.objet is convention.objet and convention.debut <= _year(other, rules).fin
            for other in initials[:position]
        )
    ]


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
        Span(
            f"conventions.{position}",
            "convention",
            f"{PERIODS[c.renouvellement]} : {c.objet.label.lower()}",
            c.debut,
            c.fin,
        )
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
    "conforme": "Oui : ces conventions respectent les règles ; dernier jour possible pour la dernière : le "
    "{}.",
    "non_conforme": "Non : une règle au moins n'est pas respectée ; dernier jour possible pour la dernière "
    "convention : le {}.",
    "impossible": "Non : une règle au moins n'est pas respectée, et la dernière convention n'est "
    "pas possible à ces dates.",
    "objets": "Non : des conventions de la même période ont le même objet et les mêmes objectifs.",
}
TO_VERIFY = "À vérifier : {}."
#: What must be verified, by the reason that leaves it open.
DOUBTS = {
    "duree": "une convention dure plus d'un mois de date à date, mais le service de l'État l'accepte",
    "nombre": "une convention commence le seul jour qui se discute au bout des douze mois",
    "objets": "des conventions de la même période ont le même objet, ce qui n'est possible que si leurs "
    "objectifs diffèrent",
}
DURATION = (
    "Chaque convention, chaque renouvellement dure {} au plus, de date à date, que la personne soit "
    "là tous les jours ou non."
)
TOO_LONG = "La convention du {} au {} est trop longue : elle pouvait aller jusqu'au {}."
LONGER_THAN_LAW = (
    "La convention du {} au {} dépasse un mois de date à date, qui va jusqu'au {}, mais le service de l'État "
    "l'accepte : vérifiez auprès du prescripteur."
)
SERVICE = (
    "Le service de l'État pour les conventions compte autrement : {} au plus entre le premier et le dernier "
    "jour, donc jusqu'au {} pour la dernière."
)
MAY_RENEW = (
    "Si l'objectif n'est pas atteint, voyez avec le prescripteur : {} au plus par convention, pour "
    "le même objet et les mêmes objectifs."
)
RENEWED = "Par convention : {} au plus."
RENEWED_TOO_MUCH = "Le renouvellement du {} est de trop : sa convention a déjà été renouvelée."
SAME_OBJECT = "Chaque renouvellement garde l'objet de sa convention."
OTHER_OBJECT = "Le renouvellement du {} change d'objet : il doit garder celui de sa convention."
OTHER_OBJECTIVES = (
    "Le renouvellement du {} change d'objectifs : il doit garder ceux de sa convention."
)
SAME_OBJECTIVES = "Chaque renouvellement garde les objectifs de sa convention."
KEEP_OBJECTIVES = (
    "Un renouvellement garde les objectifs de sa convention : vérifiez-le pour celui du {}."
)
NUMBER = "Chez un même accueillant : {} au plus sur {}, sans compter les renouvellements."
TOO_MANY = "La convention du {} est de trop : {} au plus sur {} chez un même accueillant."
ONE_DAY = " C'est à un jour près, que les textes ne tranchent pas : vérifiez-le."
DIFFERENT = "Sur {}, aucune convention ne reprend à la fois l'objet et les objectifs d'une autre."
TWINS = (
    "La convention du {} reprend l'objet « {objet} » d'une autre convention, sur {}. Le texte l'admet "
    "seulement si les objectifs écrits sont différents : voyez-le avec le prescripteur."
)
DAYS = "{} en tout sur {} chez cet accueillant : la limite est de {}."
TOO_MANY_DAYS = "Du {} au {}, {} jours chez cet accueillant : la limite est de {}."
#: By whether the days with other hosts are known.
IN_CONTRACT = {
    False: "Pendant le contrat, {} de mise en situation chez cet accueillant : la limite est de {}, soit "
    "{} des {} du contrat.",
    True: "Pendant le contrat, {} de mise en situation chez tous les accueillants : la limite est de {}, soit "
    "{} des {} du contrat.",
}
YEAR = "Le nombre de conventions et leur durée totale se comptent sur {} qui se suivent."
PERIOD = (
    "Nous comptons les {} depuis le premier jour de chaque convention ou renouvellement : le texte ne dit pas "
    "d'où ils partent."
)
CALENDAR = (
    "Nous comptons tous les jours du calendrier, du premier au dernier compris, même sans présence : "
    "le texte limite la durée des conventions, qui court de date à date."
)
SHARE_IN_DAYS = (
    "Nous comptons la part du contrat en jours du calendrier : le texte ne dit pas s'il faut compter en jours "
    "ou en heures."
)
USELESS = (
    "La réponse sur les objectifs de la convention du {} : elle ne compte que pour un renouvellement, ou après "
    "une convention de même objet sur la même période."
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
PERIODS = {False: "Convention", True: "Renouvellement"}
CONTRACT = "CDD d'insertion (CDDI)"
NOT_CHECKED = {
    "objectif": "L'objectif : on ne renouvelle une convention que s'il n'est pas atteint.",
    "etti": "La structure : pour une ETTI, lisez les deux lectures de la règle, et demandez à la DDETS.",
    "objectifs": "Les objectifs écrits dans chaque convention.",
    "contrat": "Les autres mises en situation pendant le contrat, chez d'autres accueillants : "
    "elles comptent aussi dans la part du contrat, que la convention avec l'État doit prévoir.",
    "convention": "La convention avec l'État : elle doit prévoir les mises en situation pendant le contrat.",
    "ailleurs": "Les jours chez d'autres accueillants : ils ne comptent que dans la part du contrat. Donnez les "
    "dates du contrat.",
    "cddi": "La limite propre aux contrats à durée déterminée d'insertion : donnez les dates du "
    "contrat pour la vérifier.",
    "interdits": "Le travail confié : ni poste permanent, ni surcroît d'activité, ni emploi "
    "saisonnier, ni remplacement.",
    "signature": "Le prescripteur et les signatures.",
}
