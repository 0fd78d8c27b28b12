"""Work out the aide au poste of a structure: for a contract, for a month, for a year.

Source: code du travail, R5132-7, -8, -8-2 and -10 (EI), R5132-10-12, -10-13 and -10-13-2 (ETTI),
R5132-23, -24 and -24-2 (AI), R5132-37, -38 and -39-1 (ACI); the orders that fix the amounts. The
values are in `data/rules/aide_poste.yaml`, the hours of a full-time post in `etp_annee.yaml`.

- A post occupied full time during the whole year brings the base of the structure, once.
- The base is that of `au`. On a day without a known base, it must be typed from the agreement.
- The agreement's posts count for as long as the months looked at: half of them for half a year.
- The modulated part is a percentage of the base already rounded to the cent.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from calculators.amounts import Share, cents, count, euros, exact, in_euros, nearest
from calculators.dates import french_date
from calculators.inputs import Choice, Invalid, ask
from calculators.result import Bar, Reason, Result, Status, Verdict
from calculators.rules import Cited, Law, NotInForce, Rules
from calculators.situations import Conventionnee, Territoire

SUBJECT = "aide_poste"
TITLE = "Combien rapporte un poste d'insertion ?"
SUMMARY = (
    "Donnez la structure, le contrat et les heures ou les postes : la réponse donne l'aide au poste "
    "que verse l'État, au centime, et ses étapes."
)
#: The name on the page of each machine-readable value of the answer.
VALUES = {
    "montant": "Aide au poste, en euros",
    "montant_socle": "Part socle, en euros",
    "montant_module": "Part modulée, en euros",
    "mensualite": "Part socle par mois, en euros",
    "derniere_mensualite": "Part socle du dernier mois, en euros",
    "socle": "Montant socle d'un poste pour un an, en euros",
    "etp": "Postes à temps plein payés, sur un an",
    "etp_demande": "Postes à temps plein demandés, sur un an",
}
VERDICTS = {
    "calculee": Verdict("Aide calculée", "favorable"),
}


class Contrat(Choice):
    """The contract of the post."""

    cddi = "cddi", "Contrat à durée déterminée d'insertion (CDDI)"
    mission = "mission", "Contrat de mission"
    cdd_usage = "cdd_usage", "Contrat à durée déterminée d'usage"
    cdi_inclusion = "cdi_inclusion", "CDI inclusion"


#: The contracts that open the aid in each structure.
CONTRACTS = {
    Conventionnee.aci: (Contrat.cddi, Contrat.cdi_inclusion),
    Conventionnee.ai: (Contrat.cddi, Contrat.cdd_usage, Contrat.cdi_inclusion),
    Conventionnee.ei: (Contrat.cddi, Contrat.cdi_inclusion),
    Conventionnee.etti: (Contrat.mission, Contrat.cdi_inclusion),
}
FIXED_TERM = ("cddi", "mission", "cdd_usage")
MONTHS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The answers of the person; the form is generated from it."""

    structure: Conventionnee = ask(
        "Quelle structure ?",
        help="Une entreprise d'insertion par le travail indépendant (EITI) suit une autre règle, que donne "
        "la page « Les sommes ».",
        step="La structure",
        fact="structure",
        sure=True,
    )
    territoire: Territoire = ask("Où est-elle ?", sure=True)
    au: datetime.date = ask(
        "Quel jour regarder ?",
        help="Le montant socle change avec les années. Choisissez un jour de la période qui vous intéresse.",
        fact="au",
    )
    contrat: Contrat = ask("Quel contrat ?", step="Le contrat", sure=True)
    annee_cdi: int | None = ask(
        "Quelle année du CDI inclusion ?",
        help="1 pour la première année du contrat, 2 pour la deuxième, et ainsi de suite.",
        when={"contrat": ("cdi_inclusion",)},
    )
    mois: int | None = ask(
        "Sur combien de mois ?",
        help="1 pour un mois, 6 pour un contrat de six mois, 12 pour une année. Sans réponse : 12.",
        step="Les postes",
    )
    heures: float | None = ask(
        "Heures de ces mois",
        help="Donnez les heures, ou bien les postes. Un ACI compte les heures payées, une EI les heures "
        "travaillées, une AI et une ETTI les heures de mise à disposition ou de mission.",
    )
    etp: float | None = ask(
        "Ou postes occupés pendant ces mois",
        help="1 pour un temps plein, 0,5 pour un mi-temps, 8 pour huit temps pleins.",
    )
    heures_temps_plein: float | None = ask(
        "Heures d'un temps plein, pour une année",
        help="Seulement si l'annexe financière de la convention donne un autre nombre que l'usage.",
    )
    heures_contrat: float | None = ask(
        "Contrat à temps partiel : heures par semaine",
        help="Avec des postes, et non des heures : un poste occupé par une personne à temps partiel compte "
        "alors pour 1, et l'aide est réduite.",
        when={"structure": ("ei",)},
    )
    heures_collectives: float | None = ask(
        "Durée collective du travail dans l'entreprise, en heures par semaine",
        help="Sans réponse : 35 heures.",
        when={"structure": ("ei",)},
    )
    etp_convention: float | None = ask(
        "Postes à temps plein de la convention, pour une année",
        help="Ils sont dans l'annexe financière. L'aide ne va pas au-delà.",
    )
    socle: float | None = ask(
        "Montant socle de la convention, en euros pour un an",
        help="Il est dans l'annexe financière. Nécessaire pour un jour dont le montant publié n'est pas "
        "connu, comme en 2026.",
        step="Les montants",
    )
    taux_module: float | None = ask(
        "Part modulée, en pourcentage",
        help="Le préfet la fixe chaque année, de 0 à 10 % du montant socle.",
        when={"contrat": FIXED_TERM},
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say how much the posts bring, by the amounts of `au`.

    Raises Invalid for answers that contradict each other, and NotInForce when no base is known for
    that day, structure and place and none is typed.
    """
    law = rules.on(situation.au)
    _refuse(situation, law)
    post = law[f"{SUBJECT}.poste_{situation.structure}"]
    base, base_reasons = _base(situation, law, post)
    months = situation.mois or MONTHS
    asked, hours_reasons = _asked(situation, months, law, post)
    reduced, part_time = _part_time(situation, asked, law)
    kept, limit, limited = _limited(situation, reduced, months, law)
    part, cdi = _part_of_base(situation, law)
    base_sum = cents(base.times(kept).times(part))
    modulated, modulation = _modulated(situation, base_sum, law)
    monthly, last = _months(base_sum, months)
    total = base_sum + modulated
    return Result(
        verdict="calculee",
        summary=_summary(situation, months, base_sum, modulated),
        values={
            "socle": base.rounded(2),
            "etp": kept.rounded(4),
            "montant_socle": in_euros(base_sum),
            "montant_module": in_euros(modulated),
            "montant": in_euros(total),
            "etp_demande": asked.rounded(4),
            "mensualite": in_euros(monthly),
            "derniere_mensualite": in_euros(last),
        },
        reasons=[
            *base_reasons,
            *hours_reasons,
            *part_time,
            *limited,
            *cdi,
            Reason("calcul", _written(base, kept, part, base_sum), "met", post),
            *modulation,
            _paid(months, monthly, last, law),
        ],
        not_checked=_not_checked(situation, rules),
        bars=_bars(asked, reduced, kept, limit),
    )


def _refuse(situation: Situation, law: Law) -> None:
    """Raise Invalid with every answer that contradicts another or the law."""
    errors = {}
    allowed = CONTRACTS[situation.structure]
    if situation.contrat not in allowed:
        listed = ", ".join(f"« {contrat.label} »" for contrat in allowed)
        errors["contrat"] = NO_SUCH_CONTRACT.format(listed)
    elif situation.contrat is Contrat.cdi_inclusion and not situation.annee_cdi:
        errors["annee_cdi"] = WHICH_YEAR
    if situation.mois is not None and not 1 <= situation.mois <= MONTHS:
        errors["mois"] = HOW_MANY_MONTHS
    if situation.heures is None and situation.etp is None:
        errors["heures"] = HOURS_OR_POSTS
    if situation.heures is not None and situation.etp is not None:
        errors["etp"] = NOT_BOTH
    elif situation.etp is not None and situation.heures_temps_plein is not None:
        errors["heures_temps_plein"] = WITH_HOURS
    for name in ("heures_temps_plein", "socle"):
        if getattr(situation, name) == 0:
            errors[name] = ABOVE_ZERO
    if situation.structure is Conventionnee.ei:
        errors |= _refuse_part_time(situation)
    if situation.contrat is not Contrat.cdi_inclusion and situation.taux_module is not None:
        most = law[f"{SUBJECT}.part_modulee"]
        if situation.taux_module > most.value:
            errors["taux_module"] = TOO_HIGH.format(most.words)
    if errors:
        raise Invalid(errors)


def _refuse_part_time(situation: Situation) -> dict[str, str]:
    weekly = situation.heures_contrat
    if weekly is None:
        return {"heures_contrat": WEEKLY_HOURS} if situation.heures_collectives is not None else {}
    if situation.heures is not None:
        return {"heures_contrat": COUNTED_TWICE}
    return {} if weekly else {"heures_contrat": ABOVE_ZERO}


def _base(situation: Situation, law: Law, post: Cited) -> tuple[Share, list[Reason]]:
    """Return the base of a post for a year, in euros: as typed, or as published for that day."""
    place = "_mayotte" if situation.territoire is Territoire.mayotte else ""
    day = f"{french_date(situation.au)}, {PLACES[situation.territoire]},"
    try:
        published = law[f"{SUBJECT}.socle_{situation.structure}{place}"]
    except NotInForce as unknown:
        if situation.socle is None:
            raise NotInForce(f"{unknown} {TYPE_IT}") from None
        text = TYPED.format(euros(cents(exact(situation.socle)))) + UNPUBLISHED.format(day)
        return exact(situation.socle), [Reason("socle", text, "met", post)]
    if situation.socle is None:
        text = PUBLISHED.format(day, published.words)
        return Share(published.value), [Reason("socle", text, "met", published)]
    base = exact(situation.socle)
    return base, [
        Reason("socle", TYPED.format(euros(cents(base))), "met", post),
        Reason(
            "socle_publie",
            BESIDE.format(day, published.words),
            "info",
            published,
        ),
    ]


def _asked(situation: Situation, months: int, law: Law, post: Cited) -> tuple[Share, list[Reason]]:
    """Return the posts occupied, as full-time posts over a whole year."""
    if situation.etp is not None:
        asked = exact(situation.etp).times(Share(months, MONTHS))
        text = POSTS[months == MONTHS].format(
            _posts(exact(situation.etp)), _during(months), _posts(asked)
        )
        return asked, [Reason("postes", text, "met", post)]
    assert situation.heures is not None  # refused before
    year = law["etp_annee.heures_temps_plein"].pick(situation.structure)
    typed = situation.heures_temps_plein
    whole = Share(year.value) if typed is None else exact(typed)
    asked = exact(situation.heures).over(whole)
    text = HOURS[typed is None].format(
        _hours(exact(situation.heures)), _hours(whole), _posts(asked), year.words
    )
    return asked, [Reason("postes", text, "met", year)]


def _part_time(situation: Situation, asked: Share, law: Law) -> tuple[Share, list[Reason]]:
    """Reduce the posts by the part time of the contract: in an EI only."""
    weekly = situation.heures_contrat
    if situation.structure is not Conventionnee.ei or weekly is None:
        return asked, []
    least = law[f"{SUBJECT}.temps_partiel"]
    if weekly >= least.value:
        text = NO_PART_TIME.format(_hours(exact(weekly)), least.words)
        return asked, [Reason("temps_partiel", text, "info", least)]
    whole = max(situation.heures_collectives or 0, least.value)
    reduced = asked.times(exact(weekly).over(exact(whole)))
    text = PART_TIME.format(
        _hours(exact(weekly)), _hours(exact(whole)), _posts(asked), _posts(reduced)
    )
    return reduced, [Reason("temps_partiel", text, "met", least)]


def _limited(
    situation: Situation, reduced: Share, months: int, law: Law
) -> tuple[Share, Share | None, list[Reason]]:
    """Keep the posts within those of the agreement; return them, that limit, and the reason."""
    if situation.etp_convention is None:
        return reduced, None, []
    cited = law[f"{SUBJECT}.limite_{situation.structure}"]
    limit = exact(situation.etp_convention).times(Share(months, MONTHS))
    over = reduced.exceeds(limit)
    text = LIMIT[over].format(
        _posts(exact(situation.etp_convention)), _during(months), _posts(limit), _posts(reduced)
    )
    status: Status = "unmet" if over else "met"
    return limit if over else reduced, limit, [Reason("convention", text, status, cited)]


def _part_of_base(situation: Situation, law: Law) -> tuple[Share, list[Reason]]:
    """Return the part of the base that the contract opens, and the reason when it is a CDI."""
    if situation.contrat is not Contrat.cdi_inclusion:
        return Share(1), []
    assert situation.annee_cdi  # refused before
    parts = law[f"{SUBJECT}.cdi_{situation.structure}"]
    first = situation.annee_cdi == 1
    part = parts.pick("premiere_annee" if first else "annees_suivantes")
    text = CDI[first].format(situation.annee_cdi, part.words)
    return Share(part.value, 100), [Reason("cdi", text, "met", part)]


def _modulated(situation: Situation, base_sum: int, law: Law) -> tuple[int, list[Reason]]:
    """Return the modulated part in cents, and how it is found; a CDI inclusion has none."""
    if situation.contrat is Contrat.cdi_inclusion:
        return 0, []
    most = law[f"{SUBJECT}.part_modulee"]
    if situation.taux_module is None:
        highest = nearest(Share(base_sum * most.value, 100))
        text = NO_RATE.format(most.words, euros(highest))
        return 0, [Reason("module", text, "info", most)]
    rate = exact(situation.taux_module)
    modulated = nearest(Share(base_sum * rate.top, 100 * rate.bottom))
    text = RATE.format(count(rate, "%", "%"), euros(base_sum), euros(modulated), most.words)
    return modulated, [Reason("module", text, "met", most)]


def _months(base_sum: int, months: int) -> tuple[int, int]:
    """Share the base out between the months: all alike, and the last one takes the cents left."""
    monthly = base_sum // months
    return monthly, base_sum - monthly * (months - 1)


def _paid(months: int, monthly: int, last: int, law: Law) -> Reason:
    cited = law[f"{SUBJECT}.versement"]
    if months == 1:
        text = PAID_ONCE.format(euros(monthly))
    else:
        same = monthly == last
        text = PAID[same].format(months, euros(monthly), euros(last))
    return Reason("versement", text + IN_TWELVE, "info", cited)


def _written(base: Share, kept: Share, part: Share, base_sum: int) -> str:
    """Write the multiplication of the base, so that it may be done again."""
    percent = "" if part.top == part.bottom else f" × {count(part.times(Share(100)), '%', '%')}"
    return MULTIPLIED.format(euros(cents(base)), _posts(kept), percent, euros(base_sum))


def _summary(situation: Situation, months: int, base_sum: int, modulated: int) -> str:
    if situation.contrat is Contrat.cdi_inclusion:
        case = "cdi"
    else:
        case = "socle" if situation.taux_module is None else "module"
    return SENTENCES[case].format(
        euros(base_sum + modulated), _during(months), euros(base_sum), euros(modulated)
    )


def _bars(asked: Share, reduced: Share, kept: Share, limit: Share | None) -> list[Bar]:
    """List the posts asked, granted and paid, to draw them to one scale."""
    bars = [Bar("demande", BARS["demande"], asked.rounded(4), _posts(asked))]
    if asked.exceeds(reduced):
        bars.append(
            Bar("temps_partiel", BARS["temps_partiel"], reduced.rounded(4), _posts(reduced))
        )
    if limit is not None:
        bars.append(Bar("convention", BARS["convention"], limit.rounded(4), _posts(limit)))
    bars.append(Bar("paye", BARS["paye"], kept.rounded(4), _posts(kept)))
    return bars


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["personne"]: True,
        NOT_CHECKED["cumul"]: True,
        NOT_CHECKED["mois"]: situation.mois is None,
        NOT_CHECKED["collective"]: situation.structure is Conventionnee.ei
        and situation.heures_contrat is not None
        and situation.heures_collectives is None,
        NOT_CHECKED["convention"]: situation.etp_convention is None,
        NOT_CHECKED["report"]: situation.etp_convention is not None,
        NOT_CHECKED["prison"]: situation.structure in {Conventionnee.aci, Conventionnee.ei},
        NOT_CHECKED["part_cdi"]: situation.contrat is Contrat.cdi_inclusion,
        NOT_CHECKED["changement"]: True,
        NOT_CHECKED["departement"]: situation.structure is Conventionnee.aci,
        **rules.unread(SUBJECT, situation.au),
    }
    return [text for text, applies in checks.items() if applies]


def _during(months: int) -> str:
    if months == MONTHS:
        return "une année"
    return "un mois" if months == 1 else f"{months} mois"


def _posts(share: Share) -> str:
    return count(share, "poste", "postes")


def _hours(share: Share) -> str:
    return count(share, "heure", "heures")


# The words of the answer.

SENTENCES = {
    "module": "L'aide au poste est de {0} pour {1} : {2} de part socle et {3} de part modulée.",
    "socle": "L'aide au poste est de {0} pour {1}, sans compter la part modulée : son taux n'est pas "
    "donné.",
    "cdi": "L'aide au poste est de {0} pour {1} : un CDI inclusion n'ouvre que la part socle.",
}
PUBLISHED = "Le montant socle publié pour le {} est de {} par poste à temps plein et par an."
TYPED = "Le montant socle de votre convention est de {} par poste à temps plein et par an."
UNPUBLISHED = " Celui qui est publié pour le {} n'est pas connu : le calcul prend le vôtre."
BESIDE = "Le montant publié pour le {} est de {} : le calcul prend celui de votre convention."
PLACES = {Territoire.metropole: "hors Mayotte", Territoire.mayotte: "à Mayotte"}
TYPE_IT = (
    "Le calcul reste possible : écrivez le montant socle de l'annexe financière de votre convention dans "
    "« Montant socle de la convention, en euros pour un an »."
)
POSTS = {
    True: "{0} pendant {1} : autant à temps plein sur un an.",
    False: "{0} pendant {1}, soit {2} à temps plein sur un an.",
}
HOURS = {
    True: "{0}, à {1} pour un temps plein d'une année : {2} à temps plein sur un an. Si l'annexe "
    "financière donne un autre nombre d'heures, écrivez-le.",
    False: "{0}, à {1} pour un temps plein d'une année, d'après votre réponse : {2} à temps plein sur un "
    "an. L'usage en compte {3}.",
}
PART_TIME = "Le contrat est de {0} par semaine, pour un temps plein de {1} : {2} × {0} ÷ {1} = {3} à temps plein."
NO_PART_TIME = "Le contrat est de {} par semaine : à partir de {}, l'aide n'est pas réduite pour temps partiel."
LIMIT = {
    False: "La convention permet {0} sur un an, soit {2} pour {1}. Occupation : {3}, dans cette limite.",
    True: "La convention permet {0} sur un an, soit {2} pour {1}. Occupation : {3}, au-delà : l'aide "
    "s'arrête à {2}.",
}
CDI = {
    True: "C'est la première année du CDI inclusion : l'aide est de {1} du montant socle.",
    False: "C'est l'année {0} du CDI inclusion : l'aide est de {1} du montant socle.",
}
MULTIPLIED = "{} × {}{} = {} de part socle, au centime le plus proche."
NO_RATE = (
    "La part modulée va de 0 à {} de la part socle, soit {} au plus. Le préfet en fixe le taux chaque "
    "année : il n'est pas donné, et le calcul ne la compte pas."
)
RATE = (
    "La part modulée est de {} de {}, soit {}. Elle va de 0 à {} ; le préfet la fixe chaque année."
)
PAID_ONCE = "La part socle de ce mois est de {}."
PAID = {
    True: "Sur {0} mois, la part socle fait {1} par mois.",
    False: "Sur {0} mois, la part socle fait {1} par mois, et {2} le dernier mois.",
}
IN_TWELVE = (
    " L'Agence de services et de paiement verse d'abord un douzième du total de la convention, puis "
    "régularise selon les postes occupés. La part modulée vient en une fois."
)
BARS = {
    "demande": "Postes demandés",
    "temps_partiel": "Après le temps partiel",
    "convention": "Limite de la convention",
    "paye": "Postes payés",
}
NO_SUCH_CONTRACT = (
    "Ce contrat n'ouvre pas l'aide au poste dans cette structure. Contrats possibles : {}."
)
WHICH_YEAR = "Donnez l'année du CDI inclusion : 1 pour la première, 2 pour la deuxième."
HOW_MANY_MONTHS = (
    "Donnez un nombre de mois de 1 à 12. Pour plus d'un an, faites un calcul par année."
)
HOURS_OR_POSTS = "Donnez les heures, ou bien les postes occupés."
NOT_BOTH = "Donnez les heures, ou bien les postes : videz l'une des deux réponses."
WITH_HOURS = (
    "Ce nombre ne sert qu'avec des heures. Videz-le, ou donnez des heures à la place des postes."
)
ABOVE_ZERO = "Ce nombre doit être plus grand que zéro."
WEEKLY_HOURS = (
    "Donnez aussi les heures par semaine du contrat, ou videz la durée collective du travail."
)
COUNTED_TWICE = (
    "Les heures tiennent déjà compte du temps partiel. Videz cette réponse, ou donnez des postes à la "
    "place des heures."
)
TOO_HIGH = (
    "La part modulée ne dépasse pas {} du montant socle, 5 % dans un établissement pénitentiaire."
)
NOT_CHECKED = {
    "personne": "La personne : elle doit être éligible, avec un PASS IAE en cours et non suspendu.",
    "cumul": "Une autre aide à l'emploi de l'État pour le même poste : elles ne s'ajoutent pas.",
    "mois": "La durée : elle n'est pas donnée, et le calcul porte sur 12 mois.",
    "collective": "La durée collective du travail : elle n'est pas donnée, et compte pour 35 heures.",
    "convention": "Les postes de la convention : l'aide ne va pas au-delà.",
    "report": "Ce que la convention permet de reporter d'un mois à l'autre : le nombre de postes est ici "
    "compté à proportion des mois. C'est notre lecture.",
    "prison": "Un établissement pénitentiaire : la part modulée y est de 5 %, et le montant socle y "
    "était plus bas avant le 1er mai 2022. Écrivez alors celui de la convention.",
    "part_cdi": "Le nombre de CDI inclusion : au plus 20 % des postes de la convention, 30 % sur décision "
    "du préfet.",
    "changement": "Un changement du montant socle pendant la période : faites un calcul par montant.",
    "departement": "La part du département, quand il participe au financement : elle est dans ce montant ou "
    "à part, selon la convention.",
}
