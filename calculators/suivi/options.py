"""Say what is possible for the person now: each option is the answer of another calculator."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from calculators import embauche, heures_ai, pmsmp, prolongation, reprise, suspension
from calculators.carence import Candidature, Employeur
from calculators.dates import add_days, french_date
from calculators.duree_contrat.situation import Contrat
from calculators.inputs import Invalid
from calculators.result import Openness, Option, Result
from calculators.rules import NotInForce
from calculators.situations import Periode, running_on
from calculators.suivi.others import Chain, Others
from calculators.suivi.situation import Accueillant, Situation


def current(situation: Situation) -> Periode | None:
    """Return the suspension that runs on `au`, if there is one."""
    return running_on(situation.au, situation.suspensions or ())


def at_work(situation: Situation, chains: list[Chain]) -> bool:
    """Tell whether a contract of the structure runs on `au`, and nobody says that she has left."""
    left = situation.sortie is not None and situation.sortie < situation.au
    return not left and any(chain.runs_on(situation.au) for chain in chains if not chain.elsewhere)


def around_the_end(answer: Result, situation: Situation, end: date, others: Others) -> list[Option]:
    """Return the options of `fin_pass`; a suspended PASS IAE is not prolonged before it is over."""
    suspended = current(situation)
    options = []
    for option in answer.options:
        if option.calculator == "duree_contrat" and (situation.contrats or ()):
            continue  # each chain of contracts has its own option
        waits = option.calculator == "prolongation" and option.status != "impossible"
        options.append(
            _after(suspended, option, situation, end, others) if suspended and waits else option
        )
    return options


def _after(
    suspended: Periode, option: Option, situation: Situation, end: date, others: Others
) -> Option:
    facts = prolongation.Situation(
        structure=situation.structure,
        motif=prolongation.Motif[option.situation["motif"]],
        pass_debut=situation.pass_debut,
        pass_fin=end,
        jours_deja_prolonges=option.situation["jours_deja_prolonges"],
        au=situation.au,
        jours_demandes=option.situation["jours_demandes"],
        suspendu=True,
    )
    refused = prolongation.calculate(facts, others.rules)
    reason = next(reason for reason in refused.reasons if reason.id == "suspendu")
    again = add_days(suspended.fin, 1)
    waiting = replace(option, cited=reason.cited, situation=option.situation | {"suspendu": True})
    if option.last is not None and option.last < again:
        # The suspension takes all that was left: ended earlier, it would leave no day to prolong.
        text = f"{reason.text} {OVER.format(french_date(option.last))}"
        return replace(waiting, status="impossible", text=text)
    return replace(
        waiting,
        status="plus_tard",
        text=f"{reason.text} {AFTER.format(french_date(suspended.fin))} {option.text}",
        first=max(again, option.first or again),
    )


def suspend(situation: Situation, chains: list[Chain], end: date, others: Others) -> list[Option]:
    """Ask for a suspension that begins on `au`; a suspended PASS IAE has another option."""
    if current(situation) or not situation.pass_debut <= situation.au <= end:
        return []
    started = [chain.start for chain in chains if chain.start <= situation.au]
    motif = suspension.Motif.contrat_termine
    if at_work(situation, chains):
        motif = suspension.Motif.contrat_suspendu
    facts = suspension.Situation(
        structure=situation.structure,
        motif=motif,
        pass_debut=situation.pass_debut,
        pass_fin=end,
        derniere_embauche=max([situation.pass_debut, *started]),
        suspensions=(situation.suspensions or ()),
        au=situation.au,
        debut=situation.au,
        fin=None,
    )
    answer = _try(suspension, facts, LABELS["suspendre"], others)
    if answer is None:
        return []
    possible = answer.verdict == "possible"
    text = IF_SUSPENDED[motif.value].format(answer.summary) if possible else answer.summary
    return [
        Option(
            id="suspendre",
            label=LABELS["suspendre"],
            status="sous_conditions" if possible else "impossible",
            text=text,
            cited=_cited(answer, "duree_max"),
            calculator="suspension",
            situation=_as_json(facts),
            first=situation.au,
            last=end,
            who=WHO["suspendre"],
            papers=PAPERS["suspendre"],
        )
    ]


def come_back(situation: Situation, chains: list[Chain], end: date, others: Others) -> list[Option]:
    """Ask what stops the suspension that runs on `au`: the return of the person, or a hire."""
    suspended = current(situation)
    if suspended is None:
        return []
    returns = at_work(situation, chains)
    facts = reprise.Situation(
        evenement=reprise.Evenement.retour if returns else reprise.Evenement.embauche,
        jour=situation.au,
        suspension=suspended,
        motif=reprise.Motif.contrat_suspendu if returns else reprise.Motif.contrat_termine,
        pass_debut=situation.pass_debut,
        pass_fin=end,
    )
    answer = reprise.calculate(facts, others.rules)
    possible = answer.verdict == "possible"
    return [
        Option(
            id="reprise",
            label=LABELS["reprise"],
            status="sous_conditions" if possible else "impossible",
            text=IF_BACK[facts.evenement.value].format(answer.summary)
            if possible
            else answer.summary,
            cited=answer.reasons[0].cited,
            calculator="reprise",
            situation=_as_json(facts),
            first=situation.au,
            last=suspended.fin,
            who=WHO["reprise"],
        )
    ]


def renew(situation: Situation, chains: list[Chain], end: date) -> list[Option]:
    """Say until when each chain of the structure's contracts may go on."""
    options = []
    for chain in chains:
        last, result = chain.end, chain.result
        if (
            result is None
            or last is None
            or chain.elsewhere
            or chain.contrat is Contrat.cdi_inclusion
            or last < situation.au
            or (situation.sortie and situation.sortie <= last)
        ):
            continue
        # A mission has no total of its own: its limit is the PASS IAE, whose end is known here.
        ordinary, longest = _limits(result) if chain.contrat is Contrat.cddi else (end, end)
        until = ordinary if ordinary > last else longest
        status: Openness = "sous_conditions" if until is None or until > last else "impossible"
        beyond = "" if status == "impossible" or ordinary > last else "_plus_loin"
        text = RENEW[status + beyond].format(
            contrat=CONTRACTS[chain.contrat],
            fin=french_date(last),
            jusqu=french_date(until) if until else "",
        )
        if chain.contrat is Contrat.cddi and (until is None or until > end >= situation.au):
            text += NO_AID.format(french_date(end))
        options.append(
            Option(
                id=f"renouveler_{chain.contrat}",
                label=LABELS["renouveler"].format(CONTRACTS[chain.contrat]),
                status=status,
                text=text,
                cited=_cited(result, "duree_maximale"),
                calculator="duree_contrat",
                situation=_as_json(chain.asked),
                first=add_days(last, 1),
                last=until,
                who=WHO["renouveler"],
                papers=PAPERS["renouveler"],
            )
        )
    return options


def _limits(result: Result) -> tuple[date, date | None]:
    """Return the last day without a prolongation, and with one; None when the law sets none."""
    longest = result.values["fin_max"]
    latest = date.fromisoformat(longest) if longest else None
    days = {milestone.id: milestone.day for milestone in result.dates}
    return days.get("fin_sans_prolongation", latest or date.min), latest


def hire_elsewhere(situation: Situation, end: date, others: Others) -> list[Option]:
    """Ask for a hire by another structure of the same kind on `au`, while the PASS IAE runs."""
    if situation.au > end:
        return []
    facts = embauche.Situation(
        structure=Employeur[situation.structure.name],
        au=situation.au,
        date_embauche=max(situation.au, situation.pass_debut),
        fin_contrat=None,
        nouveau_debut=None,
        pass_debut=situation.pass_debut,
        pass_fin=end,
        suspensions=(situation.suspensions or ()),
        diagnostic_de=embauche.Diagnostic.aucun,
        diagnostic_expire_le=None,
        candidature_de=Candidature.siae,
    )
    answer = _try(embauche, facts, LABELS["embauche_ailleurs"], others)
    if answer is None:
        return []
    possible = answer.verdict != "impossible"
    return [
        Option(
            id="embauche_ailleurs",
            label=LABELS["embauche_ailleurs"],
            status="possible" if possible else "impossible",
            text=answer.summary,
            cited=_cited(answer, "dans_le_pass"),
            calculator="embauche",
            situation=_as_json(facts),
            first=date.fromisoformat(answer.values["date_min"]),
            last=date.fromisoformat(answer.values["date_max"]),
            who=WHO["embauche_ailleurs"],
        )
    ]


def place(
    hosts: list[tuple[Accueillant, pmsmp.Situation, Result | None]], situation: Situation
) -> list[Option]:
    """Say until when the last PMSMP with each host may run."""
    options = []
    for host, facts, result in hosts:
        if result is None:
            continue
        latest = result.values["fin_max"]
        last = date.fromisoformat(latest) if latest else None
        open_ = last is not None and last >= situation.au
        options.append(
            Option(
                id=f"mise_en_situation_{host}",
                label=LABELS["mise_en_situation"].format(host.label.lower()),
                status="sous_conditions" if open_ else "impossible",
                text=PLACE_OVER.format(french_date(last)) if last and not open_ else result.summary,
                cited=_cited(result, "duree"),
                calculator="pmsmp",
                situation=_as_json(facts),
                first=situation.au,
                last=last,
                who=WHO["mise_en_situation"],
                papers=PAPERS["mise_en_situation"],
            )
        )
    return options


def work_in_businesses(
    counted: tuple[heures_ai.Situation, Result] | None, situation: Situation, end: date
) -> list[Option]:
    """Say how many hours in businesses an AI may still give; it has to hire the person first."""
    if counted is None:
        return []
    facts, answer = counted
    over = answer.values["fin_periode"]
    left = answer.values["reste"] > 0
    gone = situation.au > end or bool(situation.sortie and situation.sortie < situation.au)
    open_: Openness = "sous_conditions" if gone else "possible"
    return [
        Option(
            id="heures_en_entreprise",
            label=LABELS["heures_en_entreprise"],
            status=open_ if left else "impossible",
            text=IF_HIRED_AGAIN.format(answer.summary) if left and gone else answer.summary,
            cited=answer.reasons[0].cited,
            calculator="heures_ai",
            situation=_as_json(facts),
            first=facts.au,
            last=date.fromisoformat(over) if over else None,
            who=WHO["heures_en_entreprise"],
        )
    ]


def shut(option: Option) -> Option:
    """Return an option that is not open without its days, who decides it and what it needs."""
    if option.status != "impossible":
        return option
    return replace(option, first=None, last=None, who=None, papers=())


def _try(module: Any, facts: Any, label: str, others: Others) -> Result | None:
    """Ask what nobody has asked yet: when it has no answer, that is said beside the others."""
    try:
        answer: Result = module.calculate(facts, others.rules)
    except NotInForce as unknown:
        others.unknown.append(f"{label} : {unknown}")
    except Invalid as invalid:
        others.unknown.append(f"{label} : {next(iter(invalid.errors.values()))}")
    else:
        return answer
    return None


def _cited(answer: Result, name: str) -> Any:
    """Return what a reason of the answer cites; the first reason stands in where it is not told."""
    found = [reason for reason in answer.reasons if reason.id == name]
    return (found or answer.reasons)[0].cited


def _as_json(value: Any) -> Any:
    """Write a situation as the contract does, without what was not answered."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_as_json(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        answers = {name: getattr(value, name) for name in value.__dataclass_fields__}
        return {name: _as_json(one) for name, one in answers.items() if one is not None}
    return getattr(value, "value", value)


# The words of the options.

CONTRACTS = {
    Contrat.cddi: "le CDD d'insertion",
    Contrat.mission: "la mission",
    Contrat.cdd_usage: "le CDD d'usage",
    Contrat.cdi_inclusion: "le CDI inclusion",
}
LABELS = {
    "suspendre": "Suspendre le PASS IAE",
    "reprise": "Reprendre, et arrêter la suspension",
    "renouveler": "Renouveler {}",
    "embauche_ailleurs": "Être embauché par une autre structure d'insertion",
    "mise_en_situation": "Une mise en situation (PMSMP), chez {}",
    "heures_en_entreprise": "Des missions en entreprise",
}
WHO = {
    "suspendre": "La structure, ou un prescripteur habilité.",
    "reprise": "La structure qui reprend ou embauche la personne, en ligne.",
    "renouveler": "La structure et la personne, par un avenant ou un nouveau contrat.",
    "embauche_ailleurs": "L'autre structure, qui enregistre l'embauche en ligne.",
    "mise_en_situation": "L'accueillant, la personne et le prescripteur, par une convention.",
    "heures_en_entreprise": "L'association intermédiaire.",
}
PAPERS = {
    "suspendre": ("Ce qui montre que le contrat est suspendu, rompu ou terminé.",),
    "renouveler": ("Le contrat, et les renouvellements déjà signés.",),
    "mise_en_situation": ("La convention, signée avant le premier jour.",),
}
AFTER = "La demande redevient possible après le {}, fin prévue de la suspension, ou dès la reprise."
OVER = "La période pour demander finit le {}, avant que la suspension soit finie."
#: By the reason that was supposed.
IF_SUSPENDED = {
    "contrat_suspendu": "Si le contrat de travail est suspendu : {}",
    "contrat_termine": "Si la personne n'a plus de contrat : {}",
}
IF_BACK = {
    "retour": "Si la personne revient ce jour-là : {}",
    "embauche": "Si une structure embauche la personne ce jour-là : {}",
}
IF_HIRED_AGAIN = "Seulement si l'association embauche de nouveau la personne. {}"
PLACE_OVER = (
    "La dernière mise en situation ne peut plus continuer : son dernier jour possible était le {}. Une "
    "autre convention se vérifie dans le simulateur."
)
RENEW: dict[str, str] = {
    "sous_conditions": "Après le {fin}, {contrat} peut continuer jusqu'au {jusqu} au plus tard, si les "
    "conditions de durée et d'heures sont remplies.",
    "sous_conditions_plus_loin": "Après le {fin}, {contrat} ne continue que sur la décision d'un prescripteur "
    "habilité, ou de la structure pour une personne recrutée directement.",
    "impossible": "Après le {fin}, {contrat} ne peut pas continuer : le dernier jour possible est le {jusqu}.",
}
NO_AID = " L'aide de l'État, elle, s'arrête avec le PASS IAE, le {}."
