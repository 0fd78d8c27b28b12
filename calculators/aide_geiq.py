"""Tell which aid a GEIQ may receive for the person it hires and supports.

Source: code du travail, D6325-23 (the contracts), D6325-24 to -28 (agreement, payment, balance);
order of 10 March 2022, article 1 (the amounts); the platform's criteria. The values are in
`data/rules/aide_geiq.yaml`.
"""

from __future__ import annotations

import datetime
from contextlib import suppress
from dataclasses import dataclass

from calculators.deductions import Deductions, deduce
from calculators.inputs import Choice, ask
from calculators.result import Proof, Reason, Result, Status, Verdict
from calculators.rules import Cited, Criterion, Law, NotInForce, Rules
from calculators.situations import refuse_incompatible

SUBJECT = "aide_geiq"
TITLE = "Quelle aide pour une embauche dans un GEIQ ?"
SUMMARY = (
    "Dites qui fait le diagnostic et la situation de la personne : la réponse donne le montant "
    "de l'aide à l'accompagnement, pour une année pleine."
)
#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "montant": "Aide pour une année pleine, en euros",
}
VERDICTS = {
    "aide": Verdict("Aide ouverte", "favorable"),
    "sans_aide": Verdict("Pas d'aide avec ces réponses", "defavorable"),
}


class Auteur(Choice):
    """Who makes the diagnosis."""

    geiq = (
        "geiq",
        "Un GEIQ (groupement d'employeurs pour l'insertion et la qualification)",
        "Le montant dépend des critères cochés.",
    )
    prescripteur_habilite = (
        "prescripteur_habilite",
        "Un prescripteur habilité",
        "Le diagnostic suffit : aucun critère n'est demandé.",
    )


class Contrat(Choice):
    """The contract that the GEIQ signs with the person."""

    contrat_professionnalisation = "contrat_professionnalisation", "Contrat de professionnalisation"
    contrat_apprentissage = "contrat_apprentissage", "Contrat d'apprentissage"
    autre = "autre", "Un autre contrat"


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the person answers; the form is generated from it."""

    auteur: Auteur = ask("Qui fait le diagnostic ?", step="Le diagnostic", fact="auteur", sure=True)
    date: datetime.date = ask("Date du diagnostic", fact="date_diagnostic")
    contrat: Contrat | None = ask(
        "Quel contrat le GEIQ signe-t-il ?",
        help="L'aide suppose un contrat de professionnalisation ou d'apprentissage.",
    )
    date_naissance: datetime.date | None = ask(
        "Date de naissance de la personne",
        help="Sert seulement à vérifier les critères d'âge.",
        step="L'âge et l'inscription",
        fact="date_naissance",
    )
    inscription_debut: datetime.date | None = ask(
        "Inscrite sans interruption à France Travail depuis le",
        help="S'il y a eu une interruption, laissez vide et cochez vous-même.",
        fact="inscription_debut",
    )
    criteres: frozenset[str] = ask(
        "Quelle est la situation de la personne ?",
        help="Cochez tout ce qui est vrai à cette date. Rien de tout cela : ne cochez rien.",
        criteria=SUBJECT,
        step="La situation de la personne",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say which aid the diagnosis opens, by the rules of its day.

    Raises Invalid for criteria that exclude each other or contradict the dates given, and
    NotInForce on a day for which the amounts or the criteria are not known.
    """
    law = rules.on(situation.date)
    criteria = rules.criteria[SUBJECT]
    met = [criterion for code, criterion in criteria.items() if code in situation.criteres]
    refuse_incompatible(met)
    dated = deduce(
        law,
        criteria,
        situation.criteres,
        situation.date_naissance,
        situation.inscription_debut,
    )
    if situation.contrat is Contrat.autre:
        return _of_other_contract(situation, dated, rules)
    # The first case that matches decides: the criteria matter to a GEIQ only.
    if situation.auteur is Auteur.prescripteur_habilite:
        return _of_prescriber(situation, dated, rules)
    return _of_geiq(situation, met, dated, rules)


def _of_other_contract(situation: Situation, dated: Deductions, rules: Rules) -> Result:
    """Refuse: no criterion opens the aid without one of the two contracts."""
    return Result(
        verdict="sans_aide",
        summary=SENTENCES["autre_contrat"],
        values={"montant": 0},
        reasons=[_contract(situation, dated.law), *dated.reasons],
        not_checked=_not_checked(situation, [], rules),
        deduced=dated.deduced,
        not_counted=("criteres",) if situation.criteres else (),
    )


def _of_prescriber(situation: Situation, dated: Deductions, rules: Rules) -> Result:
    law = dated.law
    amount = law[f"{SUBJECT}.montant"].pick("annexe_2")
    return Result(
        verdict="aide",
        summary=SENTENCES["prescripteur_habilite"].format(amount.words),
        values={"montant": amount.value},
        reasons=[
            _granted(amount),
            _diagnosis(situation.auteur, law),
            *_agreement(situation, law),
            *dated.reasons,
        ],
        not_checked=_not_checked(situation, [], rules),
        deduced=dated.deduced,
        not_counted=("criteres",) if situation.criteres else (),
    )


def _of_geiq(situation: Situation, met: list[Criterion], dated: Deductions, rules: Rules) -> Result:
    law = dated.law
    places = [law[f"{SUBJECT}.{criterion.code}"] for criterion in met]
    counts = _counts(places)
    required = {step: law[f"{SUBJECT}.criteres_{step}_requis"] for step in counts}
    amounts = law[f"{SUBJECT}.montant"]
    opened = {step: amounts.pick(annex) for step, annex in AMOUNT_OPENED.items()}
    amount = _amount(counts, required, opened)
    proofs = _proofs(met, places, law)
    alone = _alone(met, places, rules)
    kept = [place for place, (_, parent) in zip(places, alone, strict=True) if parent is None]
    on_platform = _amount(_counts(kept), required, opened)
    summary = SENTENCES["aide" if amount else "sans_aide" if met else "sans_critere"]
    return Result(
        verdict="aide" if amount else "sans_aide",
        summary=summary.format(amount.words if amount else "")
        + _what_the_platform_does(alone, amount, on_platform),
        values={"montant": amount.value if amount else 0},
        reasons=[
            _granted(amount) if amount else _not_granted(opened["annexe_1"]),
            *_without_parent(alone, places),
            _diagnosis(situation.auteur, law),
            *(_agreement(situation, law) if amount else ()),
            _minimum(len(met), law),
            *(
                _counted(
                    step, counts[step], required[step], opened[step], granted=amount is not None
                )
                for step in counts
            ),
            *(_placed(criterion, place) for criterion, place in zip(met, places, strict=True)),
            *dated.reasons,
        ],
        proofs=proofs,
        not_checked=_not_checked(situation, proofs, rules),
        deduced=dated.deduced,
    )


def _counts(places: list[Cited]) -> dict[str, int]:
    return {
        "niveau_1": sum(place.value.get("niveau") == 1 for place in places),
        "niveau_2": sum(place.value.get("niveau") == 2 for place in places),
        "annexe_1": sum("1" in place.value["annexe"] for place in places),  # 1, or 1+2
    }


def _amount(
    counts: dict[str, int], required: dict[str, Cited], opened: dict[str, Cited]
) -> Cited | None:
    """Return the amount of the first count that is reached, or None."""
    reached = (step for step, count in counts.items() if count >= required[step].value)
    return next((opened[step] for step in reached), None)


def _agreement(situation: Situation, law: Law) -> list[Reason]:
    """Say what the aid supposes besides the criteria, and how it is paid."""
    paid = law[f"{SUBJECT}.versement"]
    reasons = [
        Reason("convention", AGREEMENT, "info", law[f"{SUBJECT}.convention"]),
        _contract(situation, law),
        Reason("versement", PAID.format(paid.value), "info", paid),
        Reason("bilan", REPORT, "info", law[f"{SUBJECT}.bilan"]),
        Reason("retenue", WITHHELD, "info", law[f"{SUBJECT}.retenue"]),
    ]
    with suppress(NotInForce):  # this practice is younger than the amounts
        days = law[f"{SUBJECT}.jours_minimum"]
        reasons.append(Reason("jours_minimum", FEW_DAYS.format(days.words), "info", days))
    return reasons


def _contract(situation: Situation, law: Law) -> Reason:
    contrat = situation.contrat
    cited = law[f"{SUBJECT}.contrats"]
    if contrat is None:
        return Reason("contrats", CONTRACTS, "info", cited)
    cited = cited.pick(contrat)
    status: Status = "met" if cited.value else "unmet"
    return Reason("contrats", CONTRACT[bool(cited.value)], status, cited)


def _granted(amount: Cited) -> Reason:
    return Reason("montant", GRANTED.format(amount.words), "met", amount)


def _not_granted(lower: Cited) -> Reason:
    return Reason("montant", NOT_GRANTED.format(lower.words), "unmet", lower)


def _diagnosis(auteur: Auteur, law: Law) -> Reason:
    suffices = law[f"{SUBJECT}.diagnostic_suffit"].pick(auteur)
    status: Status = "met" if suffices.value else "info"
    return Reason("diagnostic_suffit", DIAGNOSIS[auteur], status, suffices)


def _minimum(count: int, law: Law) -> Reason:
    minimum = law[f"{SUBJECT}.criteres_minimum"]
    status: Status = "met" if count >= minimum.value else "unmet"
    return Reason("criteres_minimum", MINIMUM.format(minimum.words), status, minimum)


def _counted(step: str, count: int, required: Cited, opened: Cited, *, granted: bool) -> Reason:
    """Hold a count against its threshold: one that is not reached matters if no other one is."""
    text = COUNTED[step].format(
        count=count, s="s" if count >= 2 else "", requis=required.words, montant=opened.words
    )
    status: Status = "met" if count >= required.value else "info" if granted else "unmet"
    return Reason(step, text, status, required)


def _placed(criterion: Criterion, place: Cited) -> Reason:
    """Say in which annex, and at which level, a criterion stands."""
    annex = place.pick("annexe")
    text = PLACED[annex.value].format(criterion.title, place.value.get("niveau"))
    return Reason(criterion.code, text, "info" if annex.value == NO_ANNEX else "met", annex)


def _alone(
    met: list[Criterion], places: list[Cited], rules: Rules
) -> list[tuple[Criterion, Criterion | None]]:
    """Return each criterion with the one that it details, if that one is not ticked too."""
    criteria = rules.criteria[SUBJECT]
    parents = [criteria.get(place.value.get("parent", "")) for place in places]
    return [
        (criterion, None if parent in met else parent)
        for criterion, parent in zip(met, parents, strict=True)
    ]


def _without_parent(
    alone: list[tuple[Criterion, Criterion | None]], places: list[Cited]
) -> list[Reason]:
    """Name the criteria that the platform drops in silence, for want of the one they detail."""
    return [
        Reason(
            f"{criterion.code}_parent",
            WITHOUT_PARENT.format(criterion.title, parent.title),
            "info",
            place.pick("parent"),
        )
        for (criterion, parent), place in zip(alone, places, strict=True)
        if parent
    ]


def _what_the_platform_does(
    alone: list[tuple[Criterion, Criterion | None]],
    amount: Cited | None,
    on_platform: Cited | None,
) -> str:
    """Say what becomes of the answer there, when a criterion stands without the one it details."""
    parents = dict.fromkeys(parent.title for _, parent in alone if parent)
    if not parents:
        return ""
    if on_platform == amount:
        effect = SAME_THERE
    else:
        effect = LESS_THERE.format(on_platform.words) if on_platform else NOTHING_THERE
    return TICK_TOO.format(" et ".join(f"« {title} »" for title in parents), effect)


def _proofs(met: list[Criterion], places: list[Cited], law: Law) -> list[Proof]:
    """List what to gather: a criterion of no annex opens nothing, and needs no proof."""
    return [
        Proof(criterion.code, criterion.title, law[f"{SUBJECT}.{criterion.code}.justificatif"])
        for criterion, place in zip(met, places, strict=True)
        if place.value["annexe"] != NO_ANNEX
    ]


def _not_checked(situation: Situation, proofs: list[Proof], rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["diagnostic"]: situation.auteur is Auteur.prescripteur_habilite,
        NOT_CHECKED["criteres"]: bool(proofs),
        NOT_CHECKED["contrat"]: situation.contrat is None,
        NOT_CHECKED["annee"]: situation.contrat is not Contrat.autre,
        NOT_CHECKED["arrete"]: True,
        NOT_CHECKED["convention"]: True,
        **rules.unread(SUBJECT, situation.date),
    }
    return [text for text, applies in checks.items() if applies]


#: Which amount each count opens: the first that is reached decides.
AMOUNT_OPENED = {"niveau_1": "annexe_2", "niveau_2": "annexe_2", "annexe_1": "annexe_1"}
NO_ANNEX = "0"

# The words of the answer.

SENTENCES = {
    "prescripteur_habilite": "Oui, si le GEIQ a une convention avec le préfet : le diagnostic d'un "
    "prescripteur habilité ouvre une aide de {} par accompagnement, pour une année pleine.",
    "aide": "Oui, si le GEIQ a une convention avec le préfet : les critères cochés ouvrent une aide "
    "de {} par accompagnement, pour une année pleine.",
    "autre_contrat": "Non : l'aide suppose un contrat de professionnalisation ou un contrat "
    "d'apprentissage.",
    "sans_aide": "Non : les critères cochés n'ouvrent pas l'aide, mais le diagnostic d'un "
    "prescripteur habilité l'ouvrirait.",
    "sans_critere": "Non : aucun critère n'est coché, et seul le diagnostic d'un prescripteur "
    "habilité ouvre l'aide sans critère.",
}
GRANTED = "Le montant de l'aide est de {} par accompagnement, pour une année pleine."
NOT_GRANTED = "L'aide la plus basse est de {} : il manque de quoi l'ouvrir."
TICK_TOO = " Cochez aussi {} : sans cela, {}."
SAME_THERE = "la plateforme ignore ce qui est coché à ce titre, et le résultat reste le même"
LESS_THERE = "la plateforme ignore ce qui est coché à ce titre, et n'ouvre que {}"
NOTHING_THERE = "la plateforme ignore ce qui est coché à ce titre, et n'ouvre aucune aide"
AGREEMENT = (
    "L'aide suppose que le GEIQ a conclu une convention avec le préfet, qui prévoit combien "
    "d'accompagnements elle paie dans l'année."
)
CONTRACTS = (
    "L'aide ne concerne que l'accompagnement dans un contrat de professionnalisation ou un contrat "
    "d'apprentissage."
)
CONTRACT = {
    True: "Ce contrat est l'un des deux que l'aide suppose.",
    False: "L'aide suppose un contrat de professionnalisation ou un contrat d'apprentissage.",
}
PAID = (
    "Le GEIQ reçoit {} % du montant prévu par sa convention quand il la conclut, et le reste après "
    "l'examen de son bilan."
)
REPORT = "Chaque année, le GEIQ fait le bilan de sa convention."
WITHHELD = (
    "Moins d'accompagnements que prévu, ou autrement que prévu : la somme est déduite du reste à "
    "verser, et au besoin remboursée."
)
FEW_DAYS = (
    "La plateforme : dans le bilan de l'année, un contrat de moins de {} ne compte pas, sauf si le "
    "GEIQ le justifie."
)
DIAGNOSIS = {
    Auteur.prescripteur_habilite: "Le diagnostic d'un prescripteur habilité suffit : aucun "
    "critère n'est demandé. L'arrêté parle d'une personne « orientée » par un prescripteur de la "
    "liste de l'IAE ; la plateforme regarde qui a fait le diagnostic.",
    Auteur.geiq: "Le diagnostic d'un GEIQ ne suffit pas : le montant dépend des critères. Un "
    "prescripteur habilité peut faire lui-même le diagnostic ; aucun critère n'est alors demandé.",
}
MINIMUM = "Un GEIQ doit cocher au moins {} pour faire un diagnostic sur la plateforme."
COUNTED = {
    "niveau_1": "Critères de niveau 1 : {count} coché{s}. Il faut {requis} de niveau 1 pour "
    "{montant}.",
    "niveau_2": "Critères de niveau 2 : {count} coché{s}. À défaut du niveau 1, il faut {requis} "
    "de niveau 2 pour {montant}.",
    "annexe_1": "Critères de l'annexe 1 de l'arrêté : {count} coché{s}. À défaut, il faut {requis} "
    "de l'annexe 1 pour {montant} ; en cocher plusieurs n'ajoute rien.",
}
PLACED = {
    "0": "« {} » ne figure dans aucune annexe : ce critère n'ouvre pas l'aide.",
    "1": "« {} » figure à l'annexe 1.",
    "2": "« {} » figure à l'annexe 2, au niveau {}.",
    "1+2": "« {} » figure aux annexes 1 et 2 : il compte pour l'annexe 1 et au niveau {}.",
}
WITHOUT_PARENT = (
    "La plateforme ignore « {} » si « {} » n'est pas coché aussi. Nous avons compté le premier "
    "seul : cochez les deux, le montant peut en dépendre."
)
NOT_CHECKED = {
    "diagnostic": "L'habilitation du prescripteur, et son diagnostic : les difficultés de la "
    "personne sont à son appréciation.",
    "criteres": "La situation de la personne (âge, inscription à France Travail, adresse) : "
    "demandez les justificatifs.",
    "contrat": "Le contrat : l'aide suppose un contrat de professionnalisation ou d'apprentissage.",
    "annee": "Une année incomplète : le montant donné est celui d'une année pleine.",
    "arrete": "Les annexes de l'arrêté du 10 mars 2022, et ses changements : le classement des "
    "critères est celui de la plateforme.",
    "convention": "La convention du GEIQ avec le préfet, et le nombre d'accompagnements qu'elle "
    "prévoit.",
}
