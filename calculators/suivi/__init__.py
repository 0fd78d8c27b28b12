"""Follow one person's whole pathway: where she stands, what is possible, what approaches, what is wrong.

It has no law of its own: each fact is typed once, and the other calculators are asked for theirs. What
they cannot answer is said, and the rest goes on.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from calculators import pmsmp
from calculators.dates import add_days, add_months, days_in, french_date
from calculators.duree_contrat.situation import Contrat
from calculators.inputs import Invalid, questions
from calculators.result import ORDER, Milestone, Reason, Result, Span, Verdict
from calculators.rules import Law, Rules
from calculators.situations import Periode
from calculators.suivi.options import (
    CONTRACTS,
    around_the_end,
    at_work,
    come_back,
    current,
    hire_elsewhere,
    place,
    renew,
    shut,
    suspend,
    work_in_businesses,
)
from calculators.suivi.others import Chain, Others
from calculators.suivi.situation import Accueillant, Situation
from calculators.typography import quantity

__all__ = ["SUBJECT", "SUMMARY", "TITLE", "VALUES", "VERDICTS", "Situation", "calculate"]

SUBJECT = "suivi"
TITLE = "Où en est ce parcours, et que faire maintenant ?"
SUMMARY = (
    "Donnez ce que vous savez d'un parcours : la réponse dit où en est la personne, ce qui est possible, "
    "ce qui approche et ce qui ne va pas."
)
#: The name on the page of each machine-readable value of the answer.
VALUES = {
    "fin_pass": "Dernier jour du PASS IAE",
    "jours_restants": "Jours restants dans le PASS IAE",
    "part_utilisee": "Part du parcours déjà utilisée, en pour cent",
    "prochaine_echeance": "Prochaine échéance",
}
VERDICTS = {
    "a_jour": Verdict("Rien ne presse", "favorable"),
    "attention": Verdict("À préparer", "attention"),
    "alerte": Verdict("À traiter maintenant", "defavorable"),
}
#: Days before a deadline from which it is told as urgent, then as near: how we sort, no rule of law.
URGENT, NEAR = 30, 90


def calculate(situation: Situation, rules: Rules) -> Result:
    """Put together what the others answer about the person on `au`.

    Raises Invalid, with the fields of this situation, for facts that contradict each other, and
    NotInForce when nothing is known of a PASS IAE that begins on `pass_debut`.
    """
    others = Others(situation, rules)
    state, unexplained = others.pass_iae()
    end = date.fromisoformat(state.values["fin"])
    around = others.fin_pass(end, others.prolonged(state))
    chains = others.chains()
    hosts = others.hosts(chains)
    hours, diagnosis = others.heures_ai(), others.diagnostic()
    if others.errors:
        raise Invalid(others.errors)
    options = [
        *come_back(situation, chains, end, others),
        *renew(situation, chains, end),
        *(around_the_end(around, situation, end, others) if around else ()),
        *suspend(situation, chains, end, others),
        *hire_elsewhere(situation, end, others),
        *place(hosts, situation),
        *work_in_businesses(hours, situation, end),
    ]
    options = sorted(map(shut, options), key=lambda option: ORDER[option.status])
    answers = [("diagnostic", diagnosis), ("heures_ai", hours[1] if hours else None)]
    answers += [(f"mise_en_situation_{host}", answer) for host, _, answer in hosts]
    reasons = [
        *_pass(state, unexplained, end, situation, rules.on(situation.au)),
        *_person(around),
        *_contracts(situation, chains, end, rules),
        *(reason for name, answer in answers if answer for reason in _kept(name, answer)),
    ]
    # The share of a contract is told once, and not for each host.
    reasons = list({(one.cited.id, one.text): one for one in reversed(reasons)}.values())[::-1]
    reasons.sort(key=lambda reason: reason.status != "unmet")
    dates = _dates(others, state, around, chains, diagnosis, hours[1] if hours else None)
    verdict = _verdict(situation, state, chains, reasons, dates)
    left = state.values["jours_restants"]
    return Result(
        verdict=verdict,
        summary=_summary(situation, state, end, left, reasons, dates),
        values={
            "fin_pass": end.isoformat(),
            "jours_restants": left,
            "part_utilisee": _share(situation, end),
            "prochaine_echeance": dates[0].day.isoformat() if dates else None,
        },
        reasons=reasons,
        not_checked=_not_checked(others, [state, around, diagnosis], chains, around is not None),
        dates=dates,
        periods=_periods(state, around, chains, hosts, diagnosis),
        options=options,
    )


def _kept(name: str, answer: Result) -> list[Reason]:
    """Return the reasons of an answer under names that no other answer has.

    That the PASS IAE or the diagnosis is over is where the person stands, not a fault.
    """
    return [
        replace(reason, id=f"{name}_{reason.id}", status="info")
        if reason.status == "unmet" and f"{name}_{reason.id}" in STATES
        else replace(reason, id=f"{name}_{reason.id}")
        for reason in answer.reasons
    ]


def _pass(
    state: Result, unexplained: int, end: date, situation: Situation, law: Law
) -> list[Reason]:
    """Return the reasons on the PASS IAE; say so when its dates do not explain the end it shows."""
    reasons = _kept("pass", state)
    suspended = current(situation)
    if suspended and (long := _long(suspended, law)):
        cited = law["carence.mois_suspension"]
        text = LONG.format(cited.words, french_date(long))
        reasons.append(Reason("suspension_longue", text, "info", cited))
    if not unexplained:
        return reasons
    cited = next(reason.cited for reason in reasons if reason.id == "pass_duree")
    days = quantity(abs(unexplained), "jour")
    text = UNEXPLAINED[unexplained > 0].format(french_date(end), days)
    kept = [reason for reason in reasons if reason.id not in {"pass_duree", "pass_duree_loi"}]
    return [Reason(DOUBT, text, "info", cited), *kept]


def _long(suspended: Periode, law: Law) -> date | None:
    """Return the day on which a suspension has lasted so long that the path may be ended."""
    day = add_months(suspended.debut, law["carence.mois_suspension"].value)
    return day if day <= suspended.fin else None


def _person(around: Result | None) -> list[Reason]:
    """Return what `fin_pass` says of the person: it stands also where no option depends on it."""
    told = {"rqth", "difficultes", "formation"}
    return [
        replace(one, id=f"personne_{one.id}")
        for one in (around.reasons if around else ())
        if one.id in told
    ]


def _contracts(situation: Situation, chains: list[Chain], end: date, rules: Rules) -> list[Reason]:
    """Return the reasons on each chain of contracts, then hold its last day against the PASS IAE.

    `duree_contrat` does not know the suspensions and the prolongations: what it says of the path is
    left out. A motive that does not open a prolongation is no fault: the total length tells whether
    another one does.
    """
    reasons = []
    for rank, chain in enumerate(chains):
        if chain.result is None:
            continue
        name = f"contrat_{rank}"
        told = [one for one in chain.result.reasons if not _of_the_path(one.id, chain.contrat)]
        told = [replace(one, status="info") if one.id in MOTIVES else one for one in told]
        reasons += _kept(name, replace(chain.result, reasons=told))
        last, law = chain.last(situation.sortie), rules.on(situation.au)
        if chain.contrat is Contrat.cdi_inclusion:
            if end < situation.au <= (last or situation.au):
                cited = law[f"{SUBJECT}.aide_cdi_apres_pass"]
                text = CDI_GOES_ON.format(french_date(end))
                reasons.append(Reason(f"{name}_apres_pass", text, "unmet", cited))
        elif last and last > end:
            cited = law["fin_pass.contrat_apres_pass"]
            text = ENDS_AFTER.format(
                _capital(CONTRACTS[chain.contrat]), french_date(last), french_date(end)
            )
            reasons.append(Reason(f"{name}_apres_pass", text, "unmet", cited))
    return reasons


def _of_the_path(reason: str, contrat: Contrat) -> bool:
    """Tell whether a reason of `duree_contrat` counts the path without what has moved its end.

    A mission or a CDD d'usage has no total of its own: the path is its only limit.
    """
    if reason in {"parcours", "aide", "formation_parcours"}:
        return True
    if contrat is Contrat.cddi:
        return reason.startswith("plafond_") and reason != "plafond_contrat"
    limits = {"duree_maximale", "duree_decision", "decision", "jour_de_l_age", *MOTIVES}
    return reason in limits or reason.startswith("plafond_")


def _dates(
    others: Others,
    state: Result,
    around: Result | None,
    chains: list[Chain],
    diagnosis: Result | None,
    hours: Result | None,
) -> list[Milestone]:
    """Gather the days to come, `au` included, each once and in order."""
    situation, found = others.situation, dict[str, Milestone]()
    if around:
        found |= {one.id: one for one in around.dates}
    else:
        found["fin_pass"] = Milestone(
            "fin_pass", MILESTONES["fin_pass"], date.fromisoformat(state.values["fin"])
        )
    suspended = current(situation)
    if suspended:
        days = {"fin_suspension": suspended.fin}
        if long := _long(suspended, others.rules.on(situation.au)):
            days["suspension_longue"] = long
        found |= {name: Milestone(name, MILESTONES[name], day) for name, day in days.items()}
    for rank, chain in enumerate(chains):
        last = chain.last(situation.sortie)
        if last and last != situation.sortie:
            label = MILESTONES["fin_contrat"].format(CONTRACTS[chain.contrat])
            found[f"fin_contrat_{rank}"] = Milestone(f"fin_contrat_{rank}", label, last)
    if situation.sortie:
        found["sortie"] = Milestone("sortie", MILESTONES["sortie"], situation.sortie)
    for row, convention in enumerate(situation.conventions or ()):
        name = f"fin_convention_{row}"
        found[name] = Milestone(name, MILESTONES["fin_convention"], convention.fin)
    if diagnosis:
        day = add_days(date.fromisoformat(diagnosis.values["expire_le"]), -1)
        found["fin_diagnostic"] = Milestone("fin_diagnostic", MILESTONES["fin_diagnostic"], day)
    if hours and hours.values["fin_periode"]:
        day = date.fromisoformat(hours.values["fin_periode"])
        found["fin_decompte"] = Milestone("fin_decompte", MILESTONES["fin_decompte"], day)
    coming = [milestone for milestone in found.values() if milestone.day >= situation.au]
    return sorted(coming, key=lambda milestone: milestone.day)


def _verdict(
    situation: Situation,
    state: Result,
    chains: list[Chain],
    reasons: list[Reason],
    dates: list[Milestone],
) -> str:
    """Say how much it presses: what is wrong first, then the nearest deadline."""
    wrong = any(reason.status == "unmet" for reason in reasons)
    doubt = any(reason.id == DOUBT for reason in reasons)
    ended = state.verdict == "expire" and at_work(situation, chains)
    deadlines = [days_in(situation.au, one.day) for one in dates if _presses(one)]
    nearest = min(deadlines, default=NEAR + 1)
    if wrong or ended or nearest <= URGENT:
        return "alerte"
    if doubt or nearest <= NEAR or state.verdict in {"suspendu", "expire"}:
        return "attention"
    return "a_jour"


def _presses(milestone: Milestone) -> bool:
    """Tell whether something is lost after that day; the others open something."""
    return not milestone.id.startswith(("fenetre_debut", "libre_le", "fin_carence", "fin_decompte"))


def _share(situation: Situation, end: date) -> int:
    """Return how much of the PASS IAE is behind, suspensions left out, in whole per cents."""
    stopped = sum(
        max(days_in(max(s.debut, situation.pass_debut), min(s.fin, end)), 0)
        for s in (situation.suspensions or ())
    )
    total = days_in(situation.pass_debut, end) - stopped
    before = sum(
        max(days_in(s.debut, min(s.fin, add_days(situation.au, -1), end)), 0)
        for s in (situation.suspensions or ())
    )
    used = days_in(situation.pass_debut, min(add_days(situation.au, -1), end)) - before
    return min(max(100 * used // max(total, 1), 0), 100)


def _summary(
    situation: Situation,
    state: Result,
    end: date,
    left: int,
    reasons: list[Reason],
    dates: list[Milestone],
) -> str:
    suspended = current(situation)
    text = STATE[state.verdict].format(
        debut=french_date(situation.pass_debut),
        fin=french_date(end),
        reste=quantity(left, "jour"),
        reprise=french_date(suspended.fin) if suspended else "",
    )
    wrong = sum(reason.status == "unmet" for reason in reasons)
    if wrong:
        text += WRONG[wrong >= 2].format(wrong)
    if dates:
        text += NEXT.format(
            dates[0].label[0].lower() + dates[0].label[1:], french_date(dates[0].day)
        )
    return text


def _not_checked(
    others: Others, answers: list[Result | None], chains: list[Chain], known: bool
) -> list[str]:
    """List what the answer does not say; `known`: whether the end of the PASS IAE has rules that day."""
    useless = _useless(others.situation, chains, known)
    notes = [USELESS.format(", ".join(f"« {label} »" for label in useless))] if useless else []
    notes += others.unknown
    rows = [row for chain in chains for _, row in chain.rows if row.heures_semaine is None]
    if rows:
        days = sorted({row.debut for row in rows})
        notes.append(NO_HOURS.format(", ".join(map(french_date, days))))
    for answer in answers:
        notes += answer.not_checked if answer else ()
    return list(dict.fromkeys(notes))


def _useless(situation: Situation, chains: list[Chain], known: bool) -> list[str]:
    """List the questions whose answers, though given, count for nothing here."""
    left, own = situation.sortie, [chain for chain in chains if not chain.elsewhere]
    fixed = any(chain.contrat is not Contrat.cdi_inclusion for chain in chains)
    used = {
        "sortie": left is not None
        and (left >= situation.au or any(chain.end is None or chain.end > left for chain in own)),
        "date_naissance": known or bool(chains),
        **dict.fromkeys(("rqth", "difficultes", "formation_fin"), known or fixed),
    }
    labels = {question.name: question.label for question in questions(Situation)}
    return [
        labels[name]
        for name, counts in used.items()
        if getattr(situation, name) is not None and not counts
    ]


def _periods(
    state: Result,
    around: Result | None,
    chains: list[Chain],
    hosts: list[tuple[Accueillant, pmsmp.Situation, Result | None]],
    diagnosis: Result | None,
) -> list[Span]:
    """Draw everything on one line of time, each period once."""
    spans = {span.id: span for span in (around.periods if around else ())}
    spans |= {span.id: span for span in state.periods}
    for chain in chains:
        for span in chain.result.periods if chain.result else ():
            if span.id.startswith("periodes."):
                name = f"contrats.{chain.rows[int(span.id.partition('.')[2])][0]}"
                spans[name] = replace(span, id=name)
    for rank, (_, _, answer) in enumerate(hosts):
        for span in answer.periods if answer else ():
            if span.kind == "convention":
                name = f"mise_en_situation_{rank}.{span.id}"
                spans[name] = replace(span, id=name)
    if diagnosis:
        spans |= {span.id: span for span in diagnosis.periods}
    return list(spans.values())


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


# The words of the answer.

#: The reasons of `duree_contrat` that tell whether a motive opens a prolongation, and how far.
MOTIVES = {"senior", "difficultes", "formation", "plafond_contrat"}
#: The reasons that tell a state.
STATES = {"pass_etat", "pass_aides", "diagnostic_duree"}
DOUBT = "pass_fin_affichee"

STATE = {
    "futur": "Le PASS IAE n'a pas commencé : il ira du {debut} au {fin}.",
    "valide": "Le PASS IAE est valide jusqu'au {fin} : il reste {reste}.",
    "suspendu": "Le PASS IAE est suspendu jusqu'au {reprise} ; il ira ensuite jusqu'au {fin}, et il "
    "reste {reste}.",
    "expire": "Le PASS IAE est fini depuis le {fin}.",
}
#: By whether the end that was given is later than the usual one.
UNEXPLAINED = {
    True: "Le PASS IAE finit le {}, soit {} de plus que les dates données ne le disent : il manque sans doute "
    "une suspension ou une prolongation. Ajoutez-la : les jours encore possibles en dépendent.",
    False: "Le PASS IAE finit le {}, soit {} de moins que les dates données ne le disent : vérifiez-les.",
}
#: By whether there is more than one point.
WRONG = {False: " Un point ne va pas : lisez-le.", True: " {} points ne vont pas : lisez-les."}
NEXT = " Prochaine échéance : {}, le {}."
USELESS = "Ces réponses ne comptent pas ici : {}."
NO_HOURS = (
    "Le temps de travail des contrats qui commencent ces jours-là, dont il manque les heures : {}."
)
LONG = (
    "Au-delà de {} de suspension d'affilée, un prescripteur ou une structure peut mettre fin au parcours : "
    "c'est le cas à partir du {}."
)
ENDS_AFTER = "{} va jusqu'au {}, plus loin que le PASS IAE, qui finit le {} : l'aide de l'État s'arrête ce jour-là."
CDI_GOES_ON = (
    "Le CDI inclusion continue, et le PASS IAE est fini depuis le {} : sans prolongation du parcours, l'aide "
    "de l'État est arrêtée."
)
MILESTONES = {
    "fin_pass": "Dernier jour du PASS IAE",
    "fin_suspension": "Dernier jour de la suspension",
    "suspension_longue": "Douze mois de suspension : le parcours peut être arrêté",
    "fin_contrat": "Dernier jour pour {}",
    "sortie": "Dernier jour dans la structure",
    "fin_convention": "Dernier jour de la mise en situation (PMSMP)",
    "fin_diagnostic": "Dernier jour du diagnostic d'éligibilité",
    "fin_decompte": "Fin du décompte des heures en entreprise",
}
