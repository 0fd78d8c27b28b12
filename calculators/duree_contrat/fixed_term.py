"""Check CDDI, missions and CDD d'usage: how long each lasts, how far the chain may go.

Source: code du travail, L5132-5, L5132-11-1 and L5132-15-1 (CDDI), L5132-6 and L1251-7 (missions).
"""

from __future__ import annotations

import datetime

from calculators.dates import (
    Period,
    add_days,
    eve_of,
    french_date,
    is_aged,
    last_day,
    last_day_within,
    total_of,
)
from calculators.duree_contrat.answer import (
    NO_LIMIT,
    in_words,
    milestones_of,
    not_checked,
    rows_of,
    summary_of,
    values_of,
    verdict_of,
    what_is_left,
)
from calculators.duree_contrat.hours import check_hours
from calculators.duree_contrat.path import MOTIVES, along_the_path, longest_path, path_of, path_span
from calculators.duree_contrat.situation import SUBJECT, Contrat, Decision, Situation
from calculators.result import Reason, Result, Status
from calculators.rules import Cited, Law, Rules
from calculators.situations import IN_STRUCTURE

#: A prolongation that the answers open: `met` when nothing more is needed, `info` when something
#: must still be asked; and the last day it allows, `NO_LIMIT` when the law sets none.
type Way = tuple[Status, datetime.date]


def check_fixed_term(situation: Situation, rules: Rules, chain: list[Period]) -> Result:
    """Check CDDI, missions and CDD d'usage: the checks decide, the notes explain."""
    law = rules.on(situation.au)
    cddi = situation.contrat is Contrat.cddi
    path = path_of(situation, law, chain)
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
    training, training_reasons = _training(situation, law, maximum, limit, end)
    motives, motive_reasons = _motives(situation, law, limit, end > ordinary)
    decided, decision_reasons = _on_decision(motives, situation, law, chain, limit)
    ways = [*training, *decided]
    fin_max = max([limit, *(day for _, day in ways)])
    path_checks, path_notes, both = along_the_path(situation, law, chain, path, motives)
    hours, hour_notes = check_hours(situation, rules)
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
    verdict = verdict_of(checks)
    milestones = {"fin": end}
    if fin_max < NO_LIMIT:
        milestones["fin_max"] = fin_max
    if fin_max > limit:
        milestones["fin_sans_prolongation"] = limit
    if path:
        milestones["fin_parcours"] = path.end
    return Result(
        verdict=verdict,
        summary=summary_of(verdict, checks, _yes(situation, chain, ordinary, bound), both),
        values=values_of(chain, None if fin_max == NO_LIMIT else fin_max, path),
        reasons=[*checks, *notes],
        not_checked=not_checked(situation, rules, [*checks, *notes]),
        dates=milestones_of(milestones, situation),
        periods=[
            *rows_of(situation),
            *what_is_left(end, limit, fin_max, situation),
            *path_span(situation, path),
        ],
    )


def _yes(situation: Situation, chain: list[Period], ordinary: datetime.date, bound: bool) -> str:
    """Say how long the contracts last, and how far they may go, or could when that day is over.

    Contracts that are `bound` to the path have no other limit: the summary goes on with it.
    """
    end, total = chain[-1][1], in_words(total_of(chain))
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
    total, end = in_words(total_of(chain)), chain[-1][1]
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
            limits.append(longest_path(motive, situation, law, chain))
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


# The words of the answer.

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
UNLIMITED = (
    "{}, à titre exceptionnel, la loi ne fixe pas de durée maximale au contrat prolongé. Le parcours et "
    "l'aide de l'État, eux, en ont une."
)
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
GAPS = (
    "Les périodes séparées s'ajoutent ; les jours d'interruption ne comptent pas. Les textes "
    "ne le disent pas : c'est notre lecture."
)
YES = "Oui : ces contrats durent {} en tout, et peuvent aller jusqu'au {} sans prolongation"
YES_OVER = "Oui : ces contrats, finis le {2}, durent {0} en tout ; ils pouvaient aller jusqu'au {1}"
YES_IN_PATH = "Oui : ces contrats durent {} en tout"
YES_BEYOND = "Oui : ces contrats durent {} en tout, ce qu'une prolongation permet"
