"""Check how long a chain of contracts lasts in a structure, and how far it may go.

Source: code du travail, L5132-5, L5132-11-1 and L5132-15-1 (CDDI), L5132-6 and L1251-7 (missions),
L5132-5-1, L5132-6-1, L5132-14-1 and L5132-15-1-1 (CDI inclusion), R5132-1-2 and R5132-1-8 (path),
D5132-10-5-3, D5132-26-12 and D5132-43-5 to D5132-43-14 (hours), L3123-7 and L3123-27 (part time).
The values are in `data/rules/duree_contrat.yaml`.

The contract and the path are two answers. A CDDI has its own maximum and its own prolongations; the
path, which carries the State's aid, has others (R5132-1-2, R5132-1-8) and may end before it. A mission
or a CDD d'usage has no total of its own: the path is its limit.
"""

from __future__ import annotations

import datetime
from contextlib import suppress
from dataclasses import dataclass

from calculators.dates import (
    Period,
    add_days,
    add_months,
    days_in,
    eve_of,
    french_date,
    is_aged,
    last_day,
    last_day_within,
    months_and_days,
    spells,
    total_of,
)
from calculators.inputs import Choice, Invalid, ask, questions
from calculators.result import Milestone, Reason, Result, Span, Status, Verdict
from calculators.rules import Cited, Law, NotInForce, Rules
from calculators.situations import IN_STRUCTURE, Structure

#: A prolongation that the answers open: `met` when nothing more is needed, `info` when something
#: must still be asked; and the last day it allows, `NO_LIMIT` when the law sets none.
type Way = tuple[Status, datetime.date]
NO_LIMIT = datetime.date.max

SUBJECT = "duree_contrat"
TITLE = "Mon contrat d'insertion a-t-il la bonne durée ?"
SUMMARY = (
    "Donnez la structure, le contrat et ses dates : la réponse dit si les durées et les heures "
    "conviennent, jusqu'où le contrat peut aller, et ce qu'il faut demander à qui."
)
#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "duree_totale": "Durée totale",
    "fin_max": "Dernier jour possible",
    "reste": "Ce qui reste",
    "fin_parcours": "Fin du parcours, sans suspension ni prolongation",
}
VERDICTS = {
    "conforme": Verdict("Conforme", "favorable"),
    "sous_conditions": Verdict("Possible sous conditions", "attention"),
    "non_conforme": Verdict("Non conforme", "defavorable"),
}


class Contrat(Choice):
    """The contracts of a path."""

    cddi = "cddi", "CDD d'insertion (CDDI)", "Dans un ACI, une AI ou une EI."
    mission = "mission", "Contrat de mission", "L'intérim d'insertion, dans une ETTI."
    cdd_usage = "cdd_usage", "CDD d'usage", "Dans une AI."
    cdi_inclusion = "cdi_inclusion", "CDI inclusion", "Le contrat sans date de fin des seniors."


class Decision(Choice):
    """Who decided to go on beyond the maximum."""

    prescripteur_habilite = "prescripteur_habilite", "Un prescripteur habilité"
    siae = "siae", "La structure elle-même (SIAE)", "Pour une personne recrutée directement."


class Derogation(Choice):
    """The derogations to the weekly minimum of the CDDI; the prefect grants each of them."""

    cumul = "cumul", "Cumuler deux emplois à temps partiel"
    aci_individuelle = "aci_individuelle", "ACI : une personne en risque de grande exclusion"
    aci_collective = "aci_collective", "ACI : tous les salariés ayant les mêmes difficultés"


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodeDeContrat:
    """A contract, or its renewal: both days are included."""

    debut: datetime.date = ask("Premier jour")
    fin: datetime.date = ask("Dernier jour")
    heures_semaine: float | None = ask("Heures de travail par semaine")


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the person answers; the form is generated from it."""

    structure: Structure = ask(
        "Dans quel type de structure ?", step="La structure et le contrat", fact="structure"
    )
    contrat: Contrat = ask("Quel contrat ?")
    periodes: tuple[PeriodeDeContrat, ...] = ask(
        "Contrats et renouvellements",
        help="Une ligne pour chaque contrat et pour chaque renouvellement ; en ETTI, une ligne par "
        "mission, renouvellement compris. CDI sans fin connue : le dernier jour à vérifier.",
        rows=1,
        step="Les dates des contrats",
    )
    au: datetime.date = ask(
        "Quel jour posez-vous la question ?",
        help="La durée maximale et les prolongations suivent la règle de ce jour.",
        fact="au",
    )
    parcours_debut: datetime.date | None = ask(
        "Premier jour du parcours",
        help="La date de début du PASS IAE.",
        step="Le parcours et la personne",
        fact="pass_debut",
    )
    date_naissance: datetime.date | None = ask(
        "Date de naissance de la personne",
        help="L'âge ouvre le CDI inclusion, et des prolongations si des difficultés particulières font "
        "obstacle à une insertion durable.",
        fact="date_naissance",
    )
    rqth: bool | None = ask(
        "La personne est-elle reconnue travailleur handicapé (RQTH) ?",
        help="Le handicap ouvre des prolongations, si des difficultés particulières font obstacle à "
        "une insertion durable. Il permet aussi une mission courte.",
    )
    amenagement_peine: bool | None = ask(
        "Est-elle condamnée et bénéficie-t-elle d'un aménagement de peine ?",
        help="Seulement pour un CDDI.",
    )
    difficultes: bool | None = ask(
        "A-t-elle des difficultés particulièrement importantes ?",
        help="Des difficultés qui empêchent son insertion si personne ne les prend en charge.",
    )
    formation_fin: datetime.date | None = ask(
        "Dernier jour de la formation",
        help="Seulement si une formation professionnelle est en cours à la fin du contrat. Ne compte "
        "pas pour un CDI inclusion.",
        step="La prolongation et les heures",
    )
    decision_de: Decision | None = ask(
        "Qui a décidé de prolonger ?",
        help="Seulement si la décision est prise, pour l'âge, le handicap ou les difficultés.",
    )
    derogation_heures: Derogation | None = ask(
        "Quelle dérogation aux heures demandez-vous ?",
        help="Seulement pour un CDDI, si le temps de travail est inférieur au minimum.",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say whether the contracts have a lawful length, and how far the chain may go.

    What is required of a contract (minimum, hours, a mission's length, the CDI's conditions) is
    read on its first day; the maximum and the prolongations on `au`. Raises Invalid for dates that
    contradict each other and for a contract that the structure cannot sign, and NotInForce when no
    rule is known for one of those days, or for a CDD d'usage outside an AI.
    """
    _refuse_contradictions(situation)
    if situation.contrat is Contrat.cdd_usage and situation.structure is not Structure.ai:
        raise NotInForce(USAGE_UNREAD)
    chain = spells((periode.debut, periode.fin) for periode in situation.periodes)
    if situation.contrat is Contrat.cdi_inclusion:
        return _cdi_inclusion(situation, rules, chain)
    return _fixed_term(situation, rules, chain)


def _refuse_contradictions(situation: Situation) -> None:
    errors: dict[str, str] = {}
    if situation.contrat not in POSSIBLE[situation.structure]:
        errors["contrat"] = IMPOSSIBLE[situation.structure].format(situation.contrat.label)
    if not situation.periodes:
        raise Invalid({**errors, "periodes": NO_PERIOD})
    ordered = []
    for position, periode in enumerate(situation.periodes):
        if periode.fin < periode.debut:
            errors[f"periodes.{position}.fin"] = ENDS_BEFORE
        else:
            ordered.append((periode.debut, periode.fin, position))
        if (periode.heures_semaine or 0) > HOURS_IN_A_WEEK:
            errors[f"periodes.{position}.heures_semaine"] = TOO_MANY_HOURS
    if situation.contrat in {Contrat.cddi, Contrat.cdi_inclusion}:
        latest = datetime.date.min
        for first, last, position in sorted(ordered):
            if first <= latest:
                errors[f"periodes.{position}.debut"] = OVERLAP.format(french_date(latest))
            latest = max(latest, last)
    start = min(periode.debut for periode in situation.periodes)
    if situation.parcours_debut and situation.parcours_debut > start:
        errors["parcours_debut"] = PATH_LATER.format(french_date(start))
    if situation.date_naissance and situation.date_naissance > start:
        errors["date_naissance"] = BORN_LATER.format(french_date(start))
    if errors:
        raise Invalid(errors)


# Fixed terms: CDDI, missions, CDD d'usage.


def _fixed_term(situation: Situation, rules: Rules, chain: list[Period]) -> Result:
    """Check CDDI, missions and CDD d'usage: the checks decide, the notes explain."""
    law = rules.on(situation.au)
    cddi = situation.contrat is Contrat.cddi
    path = _path(situation, law, chain)
    maximum = (
        law[f"{SUBJECT}.duree_cddi_{situation.structure}"].pick("maximum")
        if cddi
        else law[f"{SUBJECT}.duree_parcours"]
    )
    ordinary = last_day_within(chain, maximum.value)
    # A mission or a CDD d'usage has no total of its own: the path, once it is known, is its limit.
    bound = path is not None and not cddi and situation.parcours_debut is not None
    limit = min(ordinary, path.end) if path and bound else ordinary
    end = chain[-1][1]
    training, training_reasons = _training(situation, law, maximum, ordinary, end)
    motives, motive_reasons = _motives(situation, law, ordinary, end > ordinary)
    decided, decision_reasons = _on_decision(motives, situation, law, chain, ordinary)
    ways = [*training, *decided]
    fin_max = max([limit, *(day for _, day in ways)])
    path_checks, path_notes, both = _along_the_path(situation, law, chain, path, motives)
    hours, hour_notes = _hours(situation, rules)
    checks = [
        *(_first_contracts(situation, rules, chain) if cddi else _short_ones(situation, rules)),
        _longest(chain, maximum, ordinary, ways),
        *hours,
        *path_checks,
    ]
    notes = [
        *training_reasons,
        *motive_reasons,
        *decision_reasons,
        *_interruptions(chain, law),
        *path_notes,
        *hour_notes,
    ]
    verdict = _verdict(checks)
    milestones = {"fin": end}
    if fin_max < NO_LIMIT:
        milestones["fin_max"] = fin_max
    if fin_max > limit:
        milestones["fin_sans_prolongation"] = limit
    if path:
        milestones["fin_parcours"] = path.end
    return Result(
        verdict=verdict,
        summary=_summary(verdict, checks, _yes(situation, chain, ordinary, bound), both),
        values=_values(chain, None if fin_max == NO_LIMIT else fin_max, path),
        reasons=[*checks, *notes],
        not_checked=_not_checked(situation, rules, [*checks, *notes]),
        dates=_milestones(milestones, situation),
        periods=[
            *_rows(situation),
            *_left(end, limit, fin_max, situation),
            *_path_span(situation, path),
        ],
    )


def _yes(situation: Situation, chain: list[Period], ordinary: datetime.date, bound: bool) -> str:
    """Say how long the contracts last, and how far they may go, or could when that day is over.

    Contracts that are `bound` to the path have no other limit: the summary goes on with it.
    """
    end, total = chain[-1][1], _lasting(total_of(chain))
    if end > ordinary:
        return YES_BEYOND.format(total)
    words = YES_IN_PATH if bound else YES_OVER if ordinary < situation.au else YES
    return words.format(total, french_date(ordinary), french_date(end))


def _first_contracts(situation: Situation, rules: Rules, chain: list[Period]) -> list[Reason]:
    """Hold each CDDI that is not a renewal against the minimum (L5132-5, -11-1, -15-1)."""
    starts = {first for first, _ in chain}
    minimum, short, doubtful = None, [], []
    for periode in situation.periodes:
        if periode.debut in starts:
            law = rules.on(periode.debut)
            minimum = law[f"{SUBJECT}.duree_cddi_{situation.structure}"].pick("minimum")
            if periode.fin < eve_of(periode.debut, minimum.value):
                short.append(periode)
            elif periode.fin < last_day(periode.debut, months=minimum.value):
                doubtful.append(periode)
    assert minimum
    if situation.amenagement_peine:
        return [Reason("duree_minimale", NO_MINIMUM.format(minimum.words), "met", minimum)]
    if not short and not doubtful:
        return [Reason("duree_minimale", LONG_ENOUGH.format(minimum.words), "met", minimum)]
    first = french_date(min(periode.debut for periode in short or doubtful))
    text = (TOO_SHORT if short else ONE_DAY_SHORT).format(first, minimum.words)
    return [Reason("duree_minimale", text, "unmet" if short else "info", minimum)]


def _short_ones(situation: Situation, rules: Rules) -> list[Reason]:
    """Hold missions against L1251-7 and L5132-6; a CDD d'usage has no minimum."""
    if situation.contrat is Contrat.cdd_usage:
        first = min(periode.debut for periode in situation.periodes)
        none = rules.on(first)[f"{SUBJECT}.cdd_usage_minimum"].pick("duree")
        return [Reason("duree_minimale", USAGE_NO_MINIMUM, "met", none)]
    short, long = [], []
    for periode in sorted(situation.periodes, key=lambda periode: periode.debut):
        law = rules.on(periode.debut)
        ground, most = law[f"{SUBJECT}.motif_mission"], law[f"{SUBJECT}.duree_mission"]
        if periode.fin < last_day(periode.debut, months=ground.value):
            short.append(periode.debut)
        if periode.fin > last_day(periode.debut, months=most.value):
            long.append(french_date(periode.debut))
    return [
        *_grounds(situation, rules, short, ground),
        Reason("duree_mission", MISSION_LONG.format(long[0], most.words), "unmet", most)
        if long
        else Reason("duree_mission", MISSION_FITS.format(most.words), "met", most),
    ]


def _grounds(
    situation: Situation, rules: Rules, short: list[datetime.date], ground: Cited
) -> list[Reason]:
    """Say whether a mission needs another case of L1251-6 or L1251-7, and whether one is known."""
    if not short:
        return [Reason("motif_mission", GROUND_ITSELF.format(ground.words), "met", ground)]
    needed = GROUND_NEEDED.format(french_date(short[0]), ground.words)
    if not situation.rqth:
        return [Reason("motif_mission", f"{needed} {GROUNDS}", "info", ground)]
    case = rules.on(short[0])[f"{SUBJECT}.cas_mission"]
    return [
        Reason("motif_mission", f"{needed} {GROUND_HANDICAP}", "met", ground),
        Reason("cas_mission", CASE_HANDICAP, "met", case),
    ]


def _longest(
    chain: list[Period], maximum: Cited, ordinary: datetime.date, ways: list[Way]
) -> Reason:
    """Hold the total against the maximum, or against what a prolongation allows."""
    total, end = _lasting(total_of(chain)), chain[-1][1]
    status: Status
    if end <= ordinary:
        status, text = "met", WITHIN
    else:
        allowing = {status for status, day in ways if day >= end}
        status = "met" if "met" in allowing else "info" if allowing else "unmet"
        text = BEYOND[status]
    return Reason("duree_maximale", text.format(total, maximum.words), status, maximum)


def _training(
    situation: Situation, law: Law, maximum: Cited, ordinary: datetime.date, end: datetime.date
) -> tuple[list[Way], list[Reason]]:
    """Let a training under way be finished: the structure prolongs by itself (R5132-1-8)."""
    last = situation.formation_fin
    if last is None:
        return [], []
    cited = maximum if situation.contrat is Contrat.cddi else law[f"{SUBJECT}.formation_parcours"]
    late = last > ordinary
    status: Status = "info" if end <= ordinary else "met" if late and end <= last else "unmet"
    reason = Reason("formation", TRAINING[late].format(french_date(last)), status, cited)
    return [("met", last)] if late else [], [reason]


def _motives(
    situation: Situation, law: Law, ordinary: datetime.date, beyond: bool
) -> tuple[list[str], list[Reason]]:
    """List the motives, among age, disability and hardship, that the answers open."""
    closed: Status = "unmet" if beyond else "info"
    motives, reasons = [], []
    cddi = situation.contrat is Contrat.cddi
    if situation.date_naissance:
        age = law[f"{SUBJECT}.age_{f'cddi_{situation.structure}' if cddi else 'parcours'}"]
        aged = is_aged(situation.date_naissance, ordinary, age.value)
        motives += ["senior"] * aged
        text = AGED[aged].format(age.words, french_date(ordinary))
        reasons.append(Reason("senior", text, "met" if aged else closed, age))
        reasons.append(Reason("jour_de_l_age", AGE_DAY, "info", law[f"{SUBJECT}.jour_de_l_age"]))
    if situation.rqth:
        motives.append("rqth")
    if situation.difficultes:
        is_open = (
            law[f"{SUBJECT}.exception_cddi_{situation.structure}"].pick("difficultes")
            if cddi
            else law[f"{SUBJECT}.difficultes_parcours"].pick(situation.structure)
        )
        motives += ["difficultes"] * is_open.value
        text = HARDSHIP[is_open.value].format(IN_STRUCTURE[situation.structure])
        status = "met" if is_open.value else closed
        reasons.append(Reason("difficultes", text, status, is_open))
    return motives, reasons


def _on_decision(
    motives: list[str],
    situation: Situation,
    law: Law,
    chain: list[Period],
    ordinary: datetime.date,
) -> tuple[list[Way], list[Reason]]:
    """Say how far each motive leads the contract, and who must decide.

    A CDDI that is prolonged for age or disability has no limit (L5132-5, -11-1, -15-1); a mission or
    a CDD d'usage has those of the path (R5132-1-8).
    """
    if not motives:
        return [], []
    end = chain[-1][1]
    decided, decision_reasons = _decision(situation, law)
    ways: list[Way] = []
    reasons = []
    for motive in motives:
        status, limits = decided, []
        if situation.contrat is not Contrat.cddi:
            limits.append(_path_cap(motive, situation, law, chain))
        elif motive != "difficultes":
            free = law[f"{SUBJECT}.exception_cddi_{situation.structure}"].pick(motive)
            text = UNLIMITED.format(MOTIVES[motive])
            reasons.append(Reason(f"sans_limite_{motive}", text, "info", free))
        if motive == "difficultes":
            cap, one = _hardship_terms(situation, law)
            if cap:
                limits.append(("plafond_contrat", CAP, cap, last_day_within(chain, cap.value)))
            reasons.append(Reason("duree_decision", ONE_DECISION.format(one.words), "info", one))
            if status == "met" and end > last_day(add_days(ordinary, 1), months=one.value):
                status = "info"
        for identifier, text, cited, day in limits:
            held: Status = "info" if end <= ordinary else "met" if end <= day else "unmet"
            said = text.format(MOTIVES[motive], cited.words, french_date(day))
            reasons.append(Reason(identifier, said, held, cited))
        if status != "unmet":
            ways.append((status, min((day for *_, day in limits), default=NO_LIMIT)))
    return ways, [*decision_reasons, *reasons]


def _path_cap(
    motive: str, situation: Situation, law: Law, chain: list[Period]
) -> tuple[str, str, Cited, datetime.date]:
    """Return the longest path that a motive allows (R5132-1-8), as a limit to be said."""
    path = law[f"{SUBJECT}.plafond_parcours"].pick(motive)
    start = situation.parcours_debut or chain[0][0]
    return f"plafond_{motive}", PATH_CAP, path, last_day(start, months=path.value)


def _hardship_terms(situation: Situation, law: Law) -> tuple[Cited | None, Cited]:
    """Return the contract's own cap, if it has one, and the length of each decision."""
    if situation.contrat is not Contrat.cddi:
        return None, law[f"{SUBJECT}.duree_decision_parcours"]
    terms = law[f"{SUBJECT}.duree_cddi_{situation.structure}"]
    return terms.pick("difficultes"), terms.pick("decision")


def _decision(situation: Situation, law: Law) -> tuple[Status, list[Reason]]:
    """Say who may prolong the contract, and whether that is done."""
    cddi, who = situation.contrat is Contrat.cddi, situation.decision_de
    may = law[f"{SUBJECT}.decision_{f'cddi_{situation.structure}' if cddi else 'parcours'}"]
    alone = may.pick(Decision.siae)
    if who is Decision.siae:
        status: Status = "info" if alone.value else "unmet"
        reason = Reason("decision", ALONE[alone.value], status, alone)
    else:
        status = "met" if who else "info"
        text = PRESCRIBED if who else TO_DECIDE[alone.value]
        reason = Reason("decision", text, status, may.pick(Decision.prescripteur_habilite))
    return status, [reason]


def _interruptions(chain: list[Period], law: Law) -> list[Reason]:
    if len(chain) == 1:
        return []
    return [Reason("interruptions", GAPS, "info", law[f"{SUBJECT}.addition_des_periodes"])]


# The path: until when the State's aid may go.


@dataclass(frozen=True, slots=True)
class Path:
    """The path's ordinary length; its end is the latest that can be, when its start is not given."""

    cited: Cited
    end: datetime.date


def _path(situation: Situation, law: Law, chain: list[Period]) -> Path | None:
    """Return the path's ordinary end (R5132-1-2), or None on a day before the article holds.

    Raises NotInForce on such a day when an answer is about the path. A path begins at the latest with the first contract: that is where its end is counted from when
    its first day is not given.
    """
    try:
        cited = law[f"{SUBJECT}.duree_parcours"]
    except NotInForce:
        if situation.parcours_debut or situation.rqth or situation.difficultes:
            raise
        return None
    start = situation.parcours_debut or chain[0][0]
    return Path(cited, last_day(start, months=cited.value))


def _along_the_path(
    situation: Situation, law: Law, chain: list[Period], path: Path | None, motives: list[str]
) -> tuple[list[Reason], list[Reason], str]:
    """Hold the end of the contracts against the path.

    Returns a check, what explains it, and the half of the summary that speaks of the path.
    """
    if path is None:
        return [], [], ""
    end, notes = chain[-1][1], []
    late, known = end > path.end, situation.parcours_debut is not None
    status: Status = "info" if late else "met"
    training = situation.formation_fin
    if training and training > path.end:
        status = "met" if end <= training else status
        cited = law[f"{SUBJECT}.formation_parcours"]
        text = PATH_TRAINING.format(french_date(training))
        notes.append(Reason("formation_parcours", text, "info", cited))
    prescribed = situation.decision_de is Decision.prescripteur_habilite
    caps = [_path_cap(motive, situation, law, chain) for motive in motives]
    for motive, (identifier, text, cited, day) in zip(motives, caps, strict=True):
        status = "met" if prescribed and end <= day else status
        if situation.contrat is Contrat.cddi:
            said = text.format(MOTIVES[motive], cited.words, french_date(day))
            held: Status = "met" if late else "info"
            if end > day:
                said, held = said + PATH_STOPS, "unmet"
            notes.append(Reason(identifier, said, held, cited))
    if motives and situation.contrat is Contrat.cddi and not prescribed:
        alone = law[f"{SUBJECT}.decision_parcours"].pick(Decision.siae)
        notes.append(Reason("aide", AID, "info", alone))
    prolonged = late and status == "met"
    text = PATH_PROLONGED if prolonged else PATH[known, not late]
    said = text.format(path.cited.words, french_date(path.end))
    # Not knowing when the path began is not a fault, unless it has ended whenever that was.
    if not late and not known:
        return [], [Reason("parcours", said, "info", path.cited), *notes], ""
    words = BOTH_PROLONGED if prolonged else BOTH[late, path.end < situation.au]
    both = words.format(french_date(path.end), "" if known else AT_THE_LATEST)
    if caps and late and not prolonged:
        both += AT_MOST.format(french_date(max(day for *_, day in caps)))
    return [Reason("parcours", said, status, path.cited)], notes, both


def _path_span(situation: Situation, path: Path | None) -> list[Span]:
    start = situation.parcours_debut
    return [Span("parcours", "pass", PATH_SPAN, start, path.end)] if start and path else []


# Hours.


def _hours(situation: Situation, rules: Rules) -> tuple[list[Reason], list[Reason]]:
    """Hold the weekly hours against the minimum of the contract; return checks and notes."""
    if situation.contrat is not Contrat.cddi:
        return _part_time(situation, rules)
    least, low = None, []
    for periode in situation.periodes:
        if periode.heures_semaine is not None:
            least = rules.on(periode.debut)[f"{SUBJECT}.heures_cddi_{situation.structure}"]
            if periode.heures_semaine < least.value:
                low.append((periode.debut, periode.fin))
    if least is None:
        return [], []
    if not low:
        return [Reason("heures", HOURS_ENOUGH.format(least.words), "met", least)], []
    chain = spells(low)
    text = french_date(chain[0][0]), least.words
    if situation.derogation_heures is None:
        return [Reason("heures", HOURS_LOW.format(*text), "unmet", least)], []
    reason = Reason("heures", HOURS_DEROGATED.format(*text), "info", least)
    return [reason, *_derogation(situation, rules.on(chain[0][0]), chain)], []


def _part_time(situation: Situation, rules: Rules) -> tuple[list[Reason], list[Reason]]:
    """Hold missions, CDD d'usage and CDI against the minimum of any part time (L3123-27).

    An AI or an ETTI may propose less where the path justifies it (L5132-6, L5132-7); elsewhere a
    branch agreement, or the employee in writing, may (L3123-7, L3123-19).
    """
    rows = sorted(situation.periodes, key=lambda periode: periode.debut)
    given = [row for row in rows if row.heures_semaine is not None]
    law = rules.on((given or rows)[0].debut)
    least = law[f"{SUBJECT}.heures_temps_partiel"]
    low = [row for row in given if (row.heures_semaine or 0) < least.value]
    notes = []
    if low and situation.contrat is not Contrat.cdi_inclusion:
        with suppress(NotInForce):  # before the version that was read, no contract is exempt
            brief = rules.on(low[0].debut)[f"{SUBJECT}.contrat_bref"]
            low = [row for row in low if days_in(row.debut, row.fin) > brief.value]
            text = BRIEF.format(brief.words)
            notes.append(Reason("contrat_bref", text, "info", brief))
    if not given:
        return [], [Reason("temps_partiel", PART_TIME.format(least.words), "info", least)]
    if not low:
        text = PART_TIME_BRIEF if notes else HOURS_ENOUGH
        return [Reason("temps_partiel", text.format(least.words), "met", least)], notes
    first = french_date(low[0].debut)
    name = LESS_HOURS.get(situation.structure)
    if name is None:
        return [
            Reason("temps_partiel", LESS_BY_BRANCH.format(first, least.words), "info", least)
        ], notes
    less = rules.on(low[0].debut)[f"{SUBJECT}.{name}"]
    check = Reason("temps_partiel", PART_TIME_LOW.format(first, least.words), "info", least)
    return [check], [Reason("moins_d_heures", LESS_ON_PATH, "info", less), *notes]


def _derogation(situation: Situation, law: Law, low: list[Period]) -> list[Reason]:
    """Hold the time below the minimum against the derogation that is asked of the prefect.

    D5132-10-5-3, D5132-26-12, D5132-43-14 (two jobs), D5132-43-5 to D5132-43-10 (ACI).
    """
    end = low[-1][1]
    status: Status
    if situation.derogation_heures is Derogation.cumul:
        terms = law[f"{SUBJECT}.cumul_{situation.structure}"]
        after, once, twice = (
            terms.pick(case) for case in ("anciennete", "une_fois", "avec_renouvellement")
        )
        status = _ripe(situation.parcours_debut, low[0][0], after)
        seniority = Reason("cumul_parcours", CUMUL_AFTER[status].format(after.words), status, after)
        fits = end <= last_day_within(low, twice.value)
        text = (CUMUL if fits else DEROGATION_LONG).format(
            once.words if fits else twice.words, twice.words
        )
        term = once if fits else twice
        together = law[f"{SUBJECT}.heures_temps_partiel"]
        return [
            seniority,
            Reason("derogation_heures", text, "info" if fits else "unmet", term),
            Reason("heures_ensemble", TOGETHER.format(together.words), "info", together),
        ]
    granted = law[f"{SUBJECT}.{situation.derogation_heures}"]
    if situation.structure is not Structure.aci:
        return [Reason("derogation_heures", ACI_ONLY, "unmet", granted)]
    individual = situation.derogation_heures is Derogation.aci_individuelle
    fits = end <= last_day_within(low, granted.value)
    status = "info" if fits or individual else "unmet"
    text = ACI_INDIVIDUAL[fits] if individual else ACI_COLLECTIVE if fits else DEROGATION_LONG
    return [Reason("derogation_heures", text.format(granted.words), status, granted)]


# The contract without an end.


def _cdi_inclusion(situation: Situation, rules: Rules, chain: list[Period]) -> Result:
    """Check age, time in the path, hours and missions (L5132-5-1, -6-1, -14-1, -15-1-1; decrees)."""
    first, end = chain[0][0], chain[-1][1]
    law, born, start = rules.on(first), situation.date_naissance, situation.parcours_debut
    age = law[f"{SUBJECT}.cdi_age_{situation.structure}"]
    after = law[f"{SUBJECT}.cdi_parcours_{situation.structure}"]
    old: Status = "info"
    if born:
        old = "met" if is_aged(born, first, age.value) else "unmet"
    ripe = _ripe(start, first, after)
    hours, notes = _hours(situation, rules)
    checks = [
        Reason("cdi_age", CDI_AGE[old].format(age.words), old, age),
        Reason("cdi_parcours", CDI_PATH[ripe].format(after.words), ripe, after),
        *hours,
    ]
    path = _path(situation, law, chain) if start else None
    late = path is not None and path.end < first
    if path:
        text = CDI_AFTER_PATH if late else CDI_IN_PATH
        said = text.format(path.cited.words, french_date(path.end))
        checks.append(Reason("parcours", said, "info" if late else "met", path.cited))
    both = CDI_BOTH.format(french_date(path.end)) if path and late else ""
    fin_max = None
    if situation.structure is Structure.etti:
        longest, fin_max = _cdi_missions(situation, rules)
        checks.append(longest)
    verdict = _verdict(checks)
    milestones = {"fin": end}
    if start:
        milestones["cdi_possible"] = add_days(last_day(start, months=after.value), 1)
    if path:
        milestones["fin_parcours"] = path.end
    if fin_max:
        milestones["fin_max"] = fin_max
    notes += [
        Reason(
            "cdi_prolonge_parcours", CDI_PROLONGS, "info", law[f"{SUBJECT}.cdi_prolonge_parcours"]
        ),
        Reason(
            "contrat_precedent",
            PREVIOUS[situation.structure],
            "info",
            law[f"{SUBJECT}.cdi_precedent_{situation.structure}"],
        ),
        Reason("sans_interruption", NO_GAP, "info", law[f"{SUBJECT}.cdi_sans_interruption"]),
    ]
    reasons = [*checks, *notes]
    return Result(
        verdict=verdict,
        summary=_summary(verdict, checks, CDI_YES, both),
        values=_values(chain, fin_max, path),
        reasons=reasons,
        not_checked=_not_checked(situation, rules, reasons),
        dates=_milestones(milestones, situation),
        periods=[*_rows(situation), *_path_span(situation, path)],
    )


def _ripe(start: datetime.date | None, first: datetime.date, after: Cited) -> Status:
    """Tell whether a path that began on `start` has lasted long enough on `first`.

    `info` when its start is not known, and on the one day that may be discussed (`calculators.dates`).
    """
    if start is None:
        return "info"
    if first > last_day(start, months=after.value):
        return "met"
    return "info" if first >= add_months(start, after.value) else "unmet"


def _cdi_missions(situation: Situation, rules: Rules) -> tuple[Reason, datetime.date]:
    """Hold each mission of an ETTI's CDI against L5132-6-1; return the last one's last day."""
    long, limit = [], datetime.date.min
    for periode in sorted(situation.periodes, key=lambda periode: periode.debut):
        most = rules.on(periode.debut)[f"{SUBJECT}.cdi_mission"]
        limit = last_day(periode.debut, months=most.value)
        if periode.fin > limit:
            long.append(french_date(periode.debut))
    if long:
        return Reason("cdi_mission", MISSION_LONG.format(long[0], most.words), "unmet", most), limit
    return Reason("cdi_mission", MISSION_FITS.format(most.words), "met", most), limit


# The answer.


def _verdict(checks: list[Reason]) -> str:
    statuses = {reason.status for reason in checks}
    if "unmet" in statuses:
        return "non_conforme"
    return "sous_conditions" if "info" in statuses else "conforme"


def _summary(verdict: str, checks: list[Reason], yes: str, both: str) -> str:
    """Answer in one sentence: the contract, then `both`, the path when it is known."""
    if verdict == "non_conforme":
        faults = [FAULTS[reason.id] for reason in checks if reason.status == "unmet"]
        return f"Non : {' et '.join(faults)}{both}."
    # The path, which has no condition here, has its own half of the sentence.
    asked = dict.fromkeys(
        CONDITIONS[r.id] for r in checks if r.status == "info" and CONDITIONS[r.id]
    )
    if verdict == "conforme" or not asked:
        return f"{yes}{both}."
    *others, last = asked
    conditions = f"{', '.join(others)} et {last}" if others else last
    return f"Possible, à condition {conditions}{both}."


def _values(
    chain: list[Period], fin_max: datetime.date | None, path: Path | None
) -> dict[str, object]:
    """Give the total, the last possible day, and what is left if the chain goes on unbroken."""
    end, reste = chain[-1][1], None
    if fin_max:
        left = months_and_days(add_days(end, 1), fin_max) if fin_max > end else (0, 0)
        reste = _as_json(left)
    return {
        "duree_totale": _as_json(total_of(chain)),
        "fin_max": fin_max.isoformat() if fin_max else None,
        "reste": reste,
        "fin_parcours": path.end.isoformat() if path else None,
    }


def _as_json(length: tuple[int, int]) -> dict[str, int]:
    return {"mois": length[0], "jours": length[1]}


def _lasting(length: tuple[int, int]) -> str:
    months, days = length
    parts = [f"{months} mois"] * (months > 0) + [f"{days} jour{'s' * (days > 1)}"] * (days > 0)
    return " et ".join(parts)


def _milestones(days: dict[str, datetime.date], situation: Situation) -> list[Milestone]:
    coming = [(day, name) for name, day in days.items() if day >= situation.au]
    return [Milestone(name, MILESTONES[name], day) for day, name in sorted(coming)]


def _rows(situation: Situation) -> list[Span]:
    """Draw each row; in an ETTI it is a mission, whatever the contract."""
    etti = situation.structure is Structure.etti
    label = (PERIODS_ETTI if etti else PERIODS)[situation.contrat]
    return [
        Span(f"periodes.{position}", "mission" if etti else "contrat", label, row.debut, row.fin)
        for position, row in enumerate(situation.periodes)
    ]


def _left(
    end: datetime.date, ordinary: datetime.date, fin_max: datetime.date, situation: Situation
) -> list[Span]:
    """Draw what may be added, while the next contract can still start the day after the last."""
    if add_days(end, 1) < situation.au:
        return []
    # A day without a limit cannot be drawn.
    latest = ordinary if fin_max == NO_LIMIT else fin_max
    limits = ("reste", end, ordinary), ("reste_prolongation", max(end, ordinary), latest)
    return [
        Span(name, "contrat", LEFT[name], add_days(before, 1), last)
        for name, before, last in limits
        if before < last
    ]


def _not_checked(situation: Situation, rules: Rules, reasons: list[Reason]) -> list[str]:
    contrat = situation.contrat
    latest = max(situation.au, *(periode.debut for periode in situation.periodes))
    useless = _useless(situation, {reason.id for reason in reasons})
    unknown = sorted(row.debut for row in situation.periodes if row.heures_semaine is None)
    checks = {
        USELESS.format(", ".join(f"« {label} »" for label in useless)): bool(useless),
        NOT_CHECKED["heures"].format(", ".join(map(french_date, unknown))): bool(unknown),
        NOT_CHECKED[contrat.value]: True,
        NOT_CHECKED["mise_a_disposition"]: situation.structure is Structure.ai,
        NOT_CHECKED["parcours"]: contrat is not Contrat.cdi_inclusion
        and not any(reason.id == "parcours" for reason in reasons),
        NOT_CHECKED["pass_iae"]: contrat is not Contrat.cdi_inclusion,
        NOT_CHECKED["detention"]: True,
        NOT_CHECKED["relu"].format(french_date(rules.checked[SUBJECT])): latest
        > rules.checked[SUBJECT],
    }
    return [text for text, applies in checks.items() if applies]


def _useless(situation: Situation, said: set[str]) -> list[str]:
    """List the questions whose answers, though given, count for nothing here."""
    contrat = situation.contrat
    cdi = contrat is Contrat.cdi_inclusion
    used = {
        "rqth": not cdi,
        "amenagement_peine": contrat is Contrat.cddi,
        "difficultes": not cdi,
        "formation_fin": not cdi,
        "decision_de": "decision" in said,
        "derogation_heures": "derogation_heures" in said,
    }
    labels = {question.name: question.label for question in questions(Situation)}
    return [labels[name] for name, used_ in used.items() if getattr(situation, name) and not used_]


# The words of the answer.

#: A week has no more hours.
HOURS_IN_A_WEEK = 7 * 24
POSSIBLE = {
    # Of a CDD d'usage outside an AI the texts read say nothing: the answer is "unknown".
    Structure.aci: {Contrat.cddi, Contrat.cdd_usage, Contrat.cdi_inclusion},
    Structure.ai: {Contrat.cddi, Contrat.cdd_usage, Contrat.cdi_inclusion},
    Structure.ei: {Contrat.cddi, Contrat.cdd_usage, Contrat.cdi_inclusion},
    Structure.eiti: set[Contrat](),
    Structure.etti: {Contrat.mission, Contrat.cdd_usage, Contrat.cdi_inclusion},
}
NO_MISSION = (
    "« {} » : ce contrat n'existe que dans une ETTI. Choisissez un autre contrat, ou « ETTI »."
)
IMPOSSIBLE = {
    Structure.aci: NO_MISSION,
    Structure.ai: NO_MISSION,
    Structure.ei: NO_MISSION,
    Structure.eiti: "« {} » : une EITI ne signe pas de contrat de travail, elle accompagne des "
    "travailleurs indépendants. Choisissez une autre structure.",
    Structure.etti: "« {} » : ce contrat n'existe que dans un ACI, une AI ou une EI. "
    "Choisissez « Contrat de mission » ou « CDI inclusion », ou une autre structure.",
}
USAGE_UNREAD = (
    "La liste du CDD d'usage (article D1242-1) ouvre l'activité d'insertion à l'AI seulement. Une autre "
    "structure peut relever d'un autre secteur de cette liste, comme le déménagement ou la restauration : "
    "nous ne donnons pas de réponse. Demandez à la DDETS, ou choisissez un autre contrat."
)
NO_PERIOD = "Ajoutez au moins un contrat, avec son premier et son dernier jour."
ENDS_BEFORE = "Le dernier jour tombe avant le premier. Vérifiez les deux dates."
OVERLAP = (
    "Ce contrat commence avant la fin d'un autre, le {}. Corrigez les dates, ou enlevez une ligne."
)
TOO_MANY_HOURS = "Une semaine ne compte pas autant d'heures. Vérifiez ce nombre."
PATH_LATER = (
    "Le parcours commence au plus tard avec le premier contrat, le {}. Vérifiez les deux dates."
)
BORN_LATER = (
    "La date de naissance tombe après le premier jour du contrat, le {}. Vérifiez les deux dates."
)

LONG_ENOUGH = "Le premier contrat de chaque suite dure au moins {}."
TOO_SHORT = (
    "Le contrat qui commence le {} dure moins de {}. Ce minimum ne tombe que pour une personne "
    "condamnée qui bénéficie d'un aménagement de peine."
)
ONE_DAY_SHORT = (
    "Le contrat qui commence le {} dure {}, à un jour près : le dernier mois n'a pas le jour qu'il faudrait, "
    "et aucun article ne dit comment compter. Ajoutez un jour, ou vérifiez auprès de la DDETS."
)
NO_MINIMUM = (
    "Le minimum de {} ne s'applique pas à une personne condamnée qui bénéficie d'un aménagement "
    "de peine ; aucun autre minimum n'est écrit."
)
USAGE_NO_MINIMUM = "Le minimum du CDDI ne s'applique pas au CDD d'usage."
GROUND_ITSELF = "Chaque mission dure au moins {} : elle n'a pas besoin d'un autre cas de recours."
GROUND_NEEDED = (
    "La mission qui commence le {} dure moins de {} : il lui faut un autre cas permis par l'article "
    "L1251-6 ou L1251-7, écrit dans le contrat."
)
GROUNDS = (
    "Par exemple : remplacer un absent, un surcroît d'activité, le recrutement de personnes en difficulté "
    "prévu par une loi ou un accord de branche étendu, un complément de formation, l'apprentissage, un "
    "handicap reconnu."
)
GROUND_HANDICAP = "Le handicap reconnu de la personne est l'un de ces cas."
CASE_HANDICAP = (
    "Une personne reconnue travailleur handicapé peut faire une mission de toute durée, à ce titre."
)
MISSION_FITS = "Chaque mission dure {} au plus."
MISSION_LONG = (
    "La mission qui commence le {} dure plus de {}, renouvellement compris : c'est impossible, "
    "même si le parcours est prolongé."
)
WITHIN = "Durée totale : {}. Le maximum sans prolongation est de {}."
BEYOND: dict[Status, str] = {
    "met": "Durée totale : {}. C'est plus que {}, mais une prolongation le permet.",
    "info": "Durée totale : {}. C'est plus que {} : il faut une décision de prolongation.",
    "unmet": "Durée totale : {}. C'est plus que {}, et aucune prolongation ne va jusque-là d'après "
    "les réponses données (formation en cours, âge, handicap, difficultés).",
}
TRAINING = {
    True: "Une formation en cours à la fin du contrat peut être terminée : la structure prolonge "
    "elle-même, jusqu'au {} au plus tard.",
    False: "La formation finit le {} : elle ne va pas au-delà du dernier jour sans prolongation.",
}
AGED = {
    True: "La personne a {} ou plus le {}, dernier jour sans prolongation : à titre exceptionnel, si des "
    "difficultés particulières font obstacle à son insertion durable, son âge permet une prolongation.",
    False: "La personne n'a pas {} le {}, dernier jour sans prolongation : son âge ne permet pas "
    "de prolongation.",
}
AGE_DAY = "Aucun article ne dit quel jour on regarde l'âge : le dernier jour sans prolongation est notre lecture."
HARDSHIP = {
    True: "Des difficultés particulièrement importantes permettent une prolongation dans {}, "
    "à titre exceptionnel.",
    False: "Les difficultés particulièrement importantes ne permettent pas de prolongation "
    "dans {}.",
}
MOTIVES = {
    "senior": "Pour l'âge",
    "rqth": "Pour un travailleur handicapé dont les difficultés font obstacle à l'insertion durable",
    "difficultes": "Pour des difficultés particulièrement importantes",
}
UNLIMITED = (
    "{}, à titre exceptionnel, la loi ne fixe pas de durée maximale au contrat prolongé. Le parcours et "
    "l'aide de l'État, eux, en ont une."
)
PATH_CAP = "{}, le parcours ne dépasse pas {} : jusqu'au {} au plus tard."
CAP = "{}, les contrats ne dépassent pas {} en tout : jusqu'au {} au plus tard."
ONE_DECISION = "Chaque décision pour difficultés vaut {} au plus : il en faut une nouvelle ensuite."
PRESCRIBED = "Un prescripteur habilité a décidé la prolongation."
TO_DECIDE = {
    True: "Pour aller plus loin, demandez la décision à un prescripteur habilité. La structure peut décider "
    "elle-même pour une personne qu'elle a recrutée directement.",
    False: "Pour aller plus loin, demandez la décision à un prescripteur habilité : lui seul peut "
    "la prendre.",
}
ALONE = {
    True: "La structure peut prolonger elle-même le contrat d'une personne qu'elle a recrutée "
    "directement. Sinon, demandez la décision à un prescripteur habilité.",
    False: "La structure ne peut pas décider seule cette prolongation : demandez-la à un "
    "prescripteur habilité.",
}
AID = (
    "Pour l'âge, le handicap ou les difficultés, la structure ne prolonge pas le parcours, ni l'aide de "
    "l'État : demandez cette décision-là à un prescripteur habilité."
)
GAPS = (
    "Les périodes séparées s'ajoutent ; les jours d'interruption ne comptent pas. Les textes lus "
    "ne le disent pas : c'est notre lecture."
)
#: By whether the path's first day is known, and whether the contracts fit in.
PATH = {
    (
        True,
        True,
    ): "Le parcours dure {}, jusqu'au {} sans suspension ni prolongation : la dernière période "
    "finit avant, ou ce jour-là.",
    (
        True,
        False,
    ): "Le parcours dure {} : sauf suspension ou prolongation, il finit, et l'aide de l'État avec "
    "lui, le {}. La dernière période va plus loin : vérifiez la fin du PASS IAE.",
    (
        False,
        True,
    ): "Le parcours, et l'aide de l'État, durent {} à partir du PASS IAE, donc jusqu'au {} au plus "
    "tard, sauf suspension ou prolongation. Donnez le premier jour du parcours pour le vérifier.",
    (
        False,
        False,
    ): "Le parcours, et l'aide de l'État, durent {} à partir du PASS IAE : ils finissent le {} au "
    "plus tard, sauf suspension ou prolongation. La dernière période va plus loin.",
}
PATH_PROLONGED = (
    "Le parcours dure {}, jusqu'au {} : d'après vos réponses, il est prolongé jusqu'à la fin de la dernière "
    "période. Vérifiez que la prolongation est déclarée sur la plateforme."
)
PATH_TRAINING = "Pour finir la formation, la structure prolonge elle-même le parcours, jusqu'au {} au plus tard."
#: By whether the contracts go further than the path, and whether its end is over.
BOTH = {
    (False, False): " ; le parcours, sans suspension ni prolongation, va jusqu'au {}{}",
    (False, True): " ; le parcours, sans suspension ni prolongation, allait jusqu'au {}{}",
    (
        True,
        False,
    ): " ; le parcours et l'aide de l'État finissent avant, le {}{}, sauf suspension ou "
    "prolongation",
    (True, True): " ; le parcours et l'aide de l'État ont fini avant, le {}{}, sauf suspension ou "
    "prolongation",
}
BOTH_PROLONGED = " ; le parcours, prolongé, peut aller jusque-là"
AT_THE_LATEST = " au plus tard"
AT_MOST = " jusqu'au {} au plus"
PATH_STOPS = " La dernière période va plus loin : l'aide de l'État s'arrête avant elle."
PATH_SPAN = "Parcours, sans suspension ni prolongation"
PART_TIME = (
    "Le temps de travail : au moins {}, ou le minimum de la branche. Donnez les heures de chaque période "
    "pour le vérifier."
)
PART_TIME_BRIEF = (
    "Le temps de travail est d'au moins {}, sauf pour un contrat bref, qui n'a pas ce minimum."
)
PART_TIME_LOW = (
    "À partir du {}, le temps de travail est inférieur à {}, le minimum ordinaire du temps partiel."
)
LESS_BY_BRANCH = (
    "À partir du {}, le temps de travail est inférieur à {} : il faut un accord de branche, ou une demande "
    "écrite et motivée de la personne. Seules l'AI et l'ETTI peuvent proposer moins pour le parcours."
)
LESS_ON_PATH = "Moins d'heures peuvent être proposées lorsque le parcours d'insertion le justifie."
BRIEF = "Un contrat de {} au plus n'a pas de minimum d'heures."
#: The value that lets a structure propose fewer hours.
LESS_HOURS = {Structure.ai: "moins_d_heures_ai", Structure.etti: "heures_mission"}
HOURS_ENOUGH = "Le temps de travail indiqué est d'au moins {}."
HOURS_LOW = (
    "À partir du {}, le temps de travail est inférieur à {}. Augmentez-le, ou demandez une "
    "dérogation au préfet : pour cumuler deux emplois ou, dans un ACI, pour des difficultés "
    "particulièrement importantes."
)
HOURS_DEROGATED = (
    "À partir du {}, le temps de travail est inférieur à {} : il faut une dérogation du préfet."
)
CUMUL_AFTER: dict[Status, str] = {
    "met": "Le cumul de deux emplois commence après {} de parcours ou plus.",
    "unmet": "Le cumul de deux emplois n'est possible qu'après {} de parcours.",
    "info": "Le cumul de deux emplois n'est possible qu'après {} de parcours : vérifiez la date de "
    "début du PASS IAE.",
}
CUMUL = (
    "Demandez au préfet l'autorisation de cumuler deux emplois : {} au plus, renouvelables une "
    "fois après un bilan, soit {}. Joignez la promesse d'embauche du second employeur, qui n'est ni une "
    "structure d'insertion ni une entreprise adaptée, et les actions d'accompagnement prévues. Les deux "
    "emplois font ensemble un temps plein, ou au moins le minimum du temps partiel."
)
TOGETHER = (
    "Le minimum du temps partiel est de {}, ou celui de la branche : les deux emplois doivent l'atteindre "
    "ensemble."
)
DEROGATION_LONG = "Le temps de travail réduit dure plus de {} : la dérogation ne va pas si loin."
ACI_ONLY = "Cette dérogation n'existe que dans un ACI. Demandez plutôt le cumul de deux emplois."
ACI_INDIVIDUAL = {
    True: "La dérogation individuelle dure {} au plus. L'employeur la demande au préfet avant l'embauche ; "
    "plus tard, c'est le salarié qui la demande, avec l'accord de l'employeur. Avant l'embauche, le préfet "
    "fait le diagnostic du risque de grande exclusion.",
    False: "Le temps de travail réduit dure plus de {} : demandez au préfet de prolonger la dérogation, avec "
    "un bilan, pour achever l'accompagnement ou la formation, sans dépasser la durée de l'action ni celle du "
    "chantier conventionné.",
}
ACI_COLLECTIVE = (
    "L'employeur demande au préfet la dérogation collective, avec un projet d'accompagnement renforcé : "
    "{} au plus. Il fait lui-même le diagnostic du risque de grande exclusion."
)
CDI_AGE: dict[Status, str] = {
    "met": "La personne a {} ou plus le premier jour du CDI inclusion.",
    "unmet": "La personne n'a pas encore {} le premier jour du CDI inclusion.",
    "info": "La personne doit avoir au moins {} : demandez-lui sa date de naissance.",
}
CDI_PATH: dict[Status, str] = {
    "met": "Le CDI inclusion commence après {} de parcours ou plus.",
    "unmet": "Le CDI inclusion n'est possible qu'après {} de parcours.",
    "info": "Le CDI inclusion n'est possible qu'après {} de parcours : vérifiez la date de début "
    "du PASS IAE.",
}

CDI_IN_PATH = "Le parcours dure {}, jusqu'au {} sans suspension ni prolongation : le CDI inclusion commence avant."
CDI_AFTER_PATH = (
    "Le parcours dure {} : sauf suspension ou prolongation, il a fini le {}, avant le CDI inclusion. Vérifiez "
    "la fin du PASS IAE."
)
CDI_BOTH = " ; le parcours a fini avant, le {}, sauf suspension ou prolongation"
CDI_PROLONGS = (
    "La structure prolonge elle-même le parcours jusqu'à la rupture du CDI inclusion, et le déclare sur la "
    "plateforme."
)
PREVIOUS = {
    structure: f"Avant de signer, la structure examine la situation de la personne et les actions menées "
    f"pendant {contract} précédent : le décret suppose donc ce contrat."
    for structure, contract in {
        Structure.aci: "le CDDI",
        Structure.ai: "le CDDI ou le CDD d'usage",
        Structure.ei: "le CDDI",
        Structure.etti: "le contrat de mission",
    }.items()
}
NO_GAP = (
    "Un guide public demande que le CDI inclusion suive sans interruption le contrat d'avant. Aucun article "
    "lu ne le dit : vérifiez auprès de la DDETS."
)

YES = "Oui : ces contrats durent {} en tout, et peuvent aller jusqu'au {} sans prolongation"
YES_OVER = "Oui : ces contrats, finis le {2}, durent {0} en tout ; ils pouvaient aller jusqu'au {1}"
YES_IN_PATH = "Oui : ces contrats durent {} en tout"
YES_BEYOND = "Oui : ces contrats durent {} en tout, ce qu'une prolongation permet"
CDI_YES = "Oui : le CDI inclusion est possible d'après les réponses données"
CONDITIONS = {
    "duree_maximale": "d'avoir une décision de prolonger, prise par qui en a le droit",
    "duree_minimale": "de vérifier la durée d'un contrat, trop court d'un jour peut-être",
    "motif_mission": "d'avoir, pour une mission courte, un autre cas permis par L1251-6 ou L1251-7",
    "heures": "d'obtenir une dérogation du préfet sur les heures",
    "temps_partiel": "de pouvoir justifier le nombre d'heures",
    "derogation_heures": "d'obtenir une dérogation du préfet sur les heures",
    "cumul_parcours": "de vérifier la date de début du parcours",
    "heures_ensemble": "d'atteindre, à deux emplois, le minimum du temps partiel",
    "cdi_age": "de vérifier l'âge de la personne",
    "cdi_parcours": "de vérifier la date de début du parcours",
    "parcours": "",
}
FAULTS = {
    "duree_minimale": "un contrat est trop court",
    "duree_mission": "une mission est trop longue",
    "duree_maximale": "la durée totale dépasse ce qui est permis",
    "heures": "le temps de travail est trop faible",
    "derogation_heures": "la dérogation sur les heures ne convient pas",
    "cumul_parcours": "le parcours est trop récent pour cumuler deux emplois",
    "cdi_age": "la personne est trop jeune pour un CDI inclusion",
    "cdi_parcours": "le parcours est trop récent pour un CDI inclusion",
    "cdi_mission": "une mission est trop longue",
}
MILESTONES = {
    "fin": "Fin de la dernière période",
    "fin_sans_prolongation": "Dernier jour possible sans prolongation",
    "fin_max": "Dernier jour possible d'après vos réponses",
    "fin_parcours": "Fin du parcours, sans suspension ni prolongation",
    "cdi_possible": "Premier jour possible pour un CDI inclusion",
}
PERIODS = {
    Contrat.cddi: Contrat.cddi.label,
    Contrat.cdd_usage: Contrat.cdd_usage.label,
    Contrat.cdi_inclusion: "CDI inclusion, jusqu'au jour donné",
}
PERIODS_ETTI = {
    Contrat.mission: Contrat.mission.label,
    Contrat.cdi_inclusion: "Mission du CDI inclusion",
}
LEFT = {
    "reste": "Encore possible sans prolongation",
    "reste_prolongation": "Encore possible avec une prolongation",
}
USELESS = "Ces réponses ne comptent pas ici : {}."
NOT_CHECKED = {
    "heures": "Le temps de travail des périodes qui commencent ces jours-là, dont il manque les heures : {}.",
    "cddi": "La durée légale du travail, que l'horaire ne doit pas dépasser, et l'examen de la "
    "situation de la personne avant une prolongation.",
    "mission": "Les autres règles de l'intérim, et l'examen de la situation de la personne avant "
    "une prolongation.",
    "cdd_usage": "Les règles ordinaires du CDD d'usage : seules celles de l'insertion sont "
    "vérifiées.",
    "cdi_inclusion": "Le contrat d'avant, les difficultés de la personne, la part des CDI "
    "inclusion dans la structure et la déclaration sur la plateforme.",
    "mise_a_disposition": "Les heures de mise à disposition en entreprise, qui ont un plafond.",
    "parcours": "Le parcours et l'aide de l'État : leur durée n'est connue que pour les jours qui suivent le "
    "décret de 2021.",
    "pass_iae": "Les suspensions et les prolongations du PASS IAE : la plateforme les compte en "
    "jours. « Dernier jour possible » suppose que le contrat suivant commence le lendemain.",
    "detention": "Le travail en détention : ces règles ne s'appliquent pas au contrat d'emploi "
    "pénitentiaire.",
    "relu": "Les textes parus après le {} : c'est le jour de notre dernière relecture.",
}
