"""Tell whether a person is eligible to an IAE path.

Source: code du travail, L5132-3, R5132-1-1 and R5132-1-7; order of 1 September 2021. The values
are in `data/rules/eligibilite_iae.yaml`. The structure may be unknown: each is then answered.
"""

from __future__ import annotations

import datetime
from contextlib import suppress
from dataclasses import dataclass

from calculators.dates import french_date
from calculators.deductions import deduce
from calculators.inputs import Choice, ask
from calculators.result import Proof, Reason, Result, Status, Verdict
from calculators.rules import Cited, Criterion, Law, NotInForce, Rules
from calculators.situations import IN_STRUCTURE, Structure, refuse_incompatible

SUBJECT = "eligibilite_iae"
TITLE = "Vérifier l'éligibilité à un parcours d'insertion"
SUMMARY = (
    "Dites qui vous êtes, la structure et la situation de la personne : la réponse donne "
    "la règle, sa source et les justificatifs à réunir."
)

#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "niveau_1": "Critères de niveau 1 remplis",
    "niveau_2": "Critères de niveau 2 remplis",
    "niveau_2_requis": "Critères de niveau 2 demandés sans critère de niveau 1",
    "par_structure": "Réponse par type de structure",
}
VERDICTS = {
    "eligible": Verdict("Éligible", "favorable"),
    "non_eligible": Verdict("Non éligible avec ces critères", "defavorable"),
    "eligible_sur_diagnostic": Verdict("Éligible si le diagnostic le conclut", "favorable"),
    "a_valider_favorable": Verdict("Critères remplis, à faire valider", "favorable"),
    "a_valider_defavorable": Verdict("Critères insuffisants, voir un prescripteur", "attention"),
    "selon_structure": Verdict("Selon la structure", "attention"),
}
FAVORABLE = {code for code, verdict in VERDICTS.items() if verdict.tone == "favorable"}


class Auteur(Choice):
    """Who appreciates eligibility."""

    siae = (
        "siae",
        "Une structure qui recrute (SIAE)",
        "Vous validez vous-même l'éligibilité : les critères s'imposent à vous.",
    )
    prescripteur_habilite = (
        "prescripteur_habilite",
        "Un prescripteur habilité",
        "Votre diagnostic suffit : aucun critère ni justificatif ne vous est imposé.",
    )
    orienteur = (
        "orienteur",
        "Un orienteur",
        "Vous pouvez proposer la candidature, pas valider l'éligibilité.",
    )
    candidat = (
        "candidat",
        "La personne qui cherche un emploi",
        "Vous pouvez préparer votre demande ; quelqu'un d'autre la validera.",
    )


class StructureVisee(Choice):
    """The structure that would hire, if it is known yet."""

    aci = "aci", Structure.aci.label
    ai = "ai", Structure.ai.label
    ei = "ei", Structure.ei.label
    eiti = "eiti", Structure.eiti.label
    etti = "etti", Structure.etti.label
    inconnue = "inconnue", "Je ne sais pas encore", "La réponse est donnée pour chaque structure."


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the person answers; the form is generated from it."""

    auteur: Auteur = ask("Qui êtes-vous ?", step="Votre rôle", fact="auteur", sure=True)
    structure: StructureVisee | None = ask(
        "Dans quel type de structure ?",
        help="Sans réponse, nous répondons pour chaque type de structure.",
        step="La structure",
        fact="structure",
        sure=True,  # « je ne sais pas encore » is one of its own answers
    )
    date: datetime.date = ask(
        "Date du diagnostic d'éligibilité",
        help="Le jour où quelqu'un fait le point avec la personne, avant l'embauche.",
        step="Les dates",
        fact="date_diagnostic",
        you="Quel jour ferez-vous le point avec la structure ou le prescripteur ?",
        you_help="Si vous ne le savez pas encore, laissez la date d'aujourd'hui.",
    )
    date_naissance: datetime.date | None = ask(
        "Date de naissance de la personne",
        help="Sert seulement à vérifier les critères d'âge.",
        fact="date_naissance",
        you="Votre date de naissance",
    )
    inscription_debut: datetime.date | None = ask(
        "Inscrite sans interruption à France Travail depuis le",
        help="S'il y a eu une interruption, laissez vide et cochez vous-même.",
        fact="inscription_debut",
        you="Votre inscription à France Travail, sans interruption, date du",
    )
    criteres: frozenset[str] = ask(
        "Quelle est la situation de la personne ?",
        help="Cochez tout ce qui est vrai à cette date. Rien de tout cela : ne cochez rien.",
        criteria=SUBJECT,
        step="La situation de la personne",
        you="Quelle est votre situation ?",
        you_step="Votre situation",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say whether the person is eligible, and why; in each structure when it is not known yet.

    Raises Invalid for criteria that exclude each other or contradict the dates given, and
    NotInForce when no rule is known for that day, structure or criterion.
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
    levels = [law[f"{SUBJECT}.{criterion.code}"].pick("niveau") for criterion in met]
    niveau_1 = sum(level.value == 1 for level in levels)
    niveau_2 = sum(level.value == 2 for level in levels)
    requis_1 = law[f"{SUBJECT}.criteres_niveau_1_requis"]
    requis_2 = _niveau_2_requis(law, situation.structure)
    direct = niveau_1 >= requis_1.value
    par_structure = {
        structure: _verdict(situation.auteur, direct or niveau_2 >= requis.value)
        for structure, requis in requis_2.items()
    }
    verdicts = set(par_structure.values())
    verdict = verdicts.pop() if len(verdicts) == 1 else "selon_structure"
    asked = next(iter(requis_2)) if _known(situation.structure) else None
    proofs = _proofs(situation, met, law)
    return Result(
        verdict=verdict,
        summary=_summary(situation.auteur, verdict, asked, par_structure),
        values={
            "niveau_1": niveau_1,
            "niveau_2": niveau_2,
            "niveau_2_requis": requis_2[asked].value if asked else None,
            "par_structure": None if asked else {str(s): v for s, v in par_structure.items()},
        },
        reasons=[
            *_who_decides(situation.auteur, law),
            _level_1(niveau_1, requis_1, situation.auteur, verdict),
            *(
                Reason(
                    "niveau_2" if asked else f"niveau_2_{structure}",
                    (LEVEL_2[direct] if asked else IN_EACH).format(
                        count=niveau_2,
                        s="s" if niveau_2 >= 2 else "",
                        requis=requis.words,
                        structure=IN_STRUCTURE[structure],
                    ),
                    _status(niveau_2 >= requis.value, situation.auteur, verdict),
                    requis,
                )
                for structure, requis in requis_2.items()
            ),
            *_registered_by_the_rsa(situation, law),
            *(
                Reason(criterion.code, CRITERION.format(criterion.title, level.value), "met", level)
                for criterion, level in zip(met, levels, strict=True)
            ),
            *dated.reasons,
        ],
        proofs=proofs,
        not_checked=[
            *_not_checked(situation, met, proofs, rules),
            *(() if asked or Structure.eiti in requis_2 else [_no_longer_known(rules)]),
        ],
        deduced=dated.deduced,
    )


def _known(structure: StructureVisee | None) -> bool:
    return structure is not None and structure != StructureVisee.inconnue


def _niveau_2_requis(law: Law, structure: StructureVisee | None) -> dict[Structure, Cited]:
    """Return the number of criteria of the structure, or of every one for which it is known."""
    if structure is not None and _known(structure):
        return {Structure[structure.name]: _of_structure(law, Structure[structure.name])}
    found = {}
    for one in Structure:
        with suppress(NotInForce):  # of an EITI nothing is known after its experiment
            found[one] = _of_structure(law, one)
    return found


def _no_longer_known(rules: Rules) -> str:
    """Say until when an EITI was answered for."""
    last = rules.parameters[f"{SUBJECT}.criteres_niveau_2_requis_eiti"][-1].until
    assert last is not None  # else its number would be known
    return EITI_UNKNOWN.format(french_date(last))


def _of_structure(law: Law, structure: Structure) -> Cited:
    if structure is Structure.eiti:
        # The order does not name the EITI: its number is practice, and ends with the experiment.
        return law[f"{SUBJECT}.criteres_niveau_2_requis_eiti"]
    return law[f"{SUBJECT}.criteres_niveau_2_requis"].pick(structure)


def _summary(
    auteur: Auteur, verdict: str, asked: Structure | None, par_structure: dict[Structure, str]
) -> str:
    to_herself = TO_HERSELF if auteur is Auteur.candidat else {}
    if asked:
        sentence = to_herself.get(verdict, SENTENCES[verdict])
        return sentence.format(structure=IN_STRUCTURE[asked])
    enough, too_few = (
        _listed(
            [IN_STRUCTURE[s] for s, one in par_structure.items() if (one in FAVORABLE) is wanted]
        )
        for wanted in (True, False)
    )
    sentence = to_herself.get(f"{verdict}_partout", IN_ANY[verdict])
    return sentence.format(enough=enough, too_few=too_few)


def _listed(names: list[str]) -> str:
    """Write « a, b ou c »."""
    return " ou ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _verdict(auteur: Auteur, favorable: bool) -> str:
    if auteur is Auteur.prescripteur_habilite:
        return "eligible_sur_diagnostic"
    if auteur is Auteur.siae:
        return "eligible" if favorable else "non_eligible"
    return "a_valider_favorable" if favorable else "a_valider_defavorable"


def _who_decides(auteur: Auteur, law: Law) -> list[Reason]:
    may = law[f"{SUBJECT}.validation"].pick(auteur)
    reasons = [Reason("validation", VALIDATION[auteur], "met" if may.value else "info", may)]
    if auteur is Auteur.prescripteur_habilite:
        bound = law[f"{SUBJECT}.criteres_imposes"].pick(auteur)
        reasons.append(Reason("criteres_imposes", NOT_BOUND, "info", bound))
    return reasons


def _level_1(count: int, requis: Cited, auteur: Auteur, verdict: str) -> Reason:
    text = LEVEL_1.format(count=count, s="s" if count >= 2 else "", requis=requis.words)
    return Reason("niveau_1", text, _status(count >= requis.value, auteur, verdict), requis)


def _status(reached: bool, auteur: Auteur, verdict: str) -> Status:
    """Say what a count is worth: one that is not reached matters only when none else is."""
    if auteur is Auteur.prescripteur_habilite:
        return "info"
    if reached:
        return "met"
    return "info" if verdict in {*FAVORABLE, "selon_structure"} else "unmet"


def _registered_by_the_rsa(situation: Situation, law: Law) -> list[Reason]:
    """Recall what also starts a registration, when its length is at stake."""
    if not situation.inscription_debut and not situation.criteres & {"deld", "detld"}:
        return []
    with suppress(NotInForce):
        rsa = law[f"{SUBJECT}.inscription_rsa"]
        words = REGISTERED_BY_THE_RSA[situation.auteur is Auteur.candidat]
        return [Reason("inscription_rsa", words, "info", rsa)]
    return []


def _proofs(situation: Situation, met: list[Criterion], law: Law) -> list[Proof]:
    """List what to gather. A prescriber has nothing to gather; of old days nothing is known."""
    if situation.auteur is Auteur.prescripteur_habilite:
        return []
    try:
        return [Proof(c.code, c.title, law[f"{SUBJECT}.{c.code}.justificatif"]) for c in met]
    except NotInForce:
        return []


def _not_checked(
    situation: Situation, met: list[Criterion], proofs: list[Proof], rules: Rules
) -> list[str]:
    codes = {criterion.code for criterion in met}
    checks = {
        NOT_CHECKED["criteres"]: situation.auteur is Auteur.prescripteur_habilite,
        NOT_CHECKED["justificatifs"]: bool(proofs),
        NOT_CHECKED["justificatifs_inconnus"]: bool(met)
        and not proofs
        and situation.auteur is not Auteur.prescripteur_habilite,
        NOT_CHECKED["age"]: bool(codes & {"jeune", "senior"}) and situation.date_naissance is None,
        NOT_CHECKED["inscription"]: bool(codes & {"deld", "detld"}),
        NOT_CHECKED["pass_iae"]: True,
        NOT_CHECKED["detention"]: True,
        **rules.unread(SUBJECT, situation.date),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

SENTENCES = {
    "eligible": "Oui : la personne remplit les critères, et {structure} peut valider son "
    "éligibilité sans prescripteur.",
    "non_eligible": "Pas avec ces critères : {structure} ne peut pas valider l'éligibilité sans "
    "prescripteur, mais un prescripteur habilité peut le faire après son propre diagnostic.",
    "eligible_sur_diagnostic": "Oui, si votre diagnostic conclut qu'un parcours est utile : "
    "aucun nombre de critères ne s'impose à un prescripteur habilité.",
    "a_valider_favorable": "Bon signe : les critères sont remplis pour {structure}, "
    "mais la structure ou un prescripteur habilité doit encore valider l'éligibilité.",
    "a_valider_defavorable": "Les critères cochés ne suffisent pas pour {structure}, mais "
    "un prescripteur habilité peut valider l'éligibilité sans ces critères.",
}
#: The same when the structure is not known.
IN_ANY = {
    "eligible": "Oui : la personne remplit les critères, et toute structure d'insertion peut valider "
    "son éligibilité sans prescripteur.",
    "non_eligible": "Pas avec ces critères : aucune structure d'insertion ne peut valider "
    "l'éligibilité sans prescripteur, mais un prescripteur habilité peut le faire après son propre "
    "diagnostic.",
    "eligible_sur_diagnostic": SENTENCES["eligible_sur_diagnostic"],
    "a_valider_favorable": "Bon signe : les critères sont remplis pour toutes les structures "
    "d'insertion, mais la structure ou un prescripteur habilité doit encore valider l'éligibilité.",
    "a_valider_defavorable": "Les critères cochés ne suffisent pour aucune structure d'insertion, "
    "mais un prescripteur habilité peut valider l'éligibilité sans ces critères.",
    "selon_structure": "Cela dépend de la structure : les critères cochés suffisent pour {enough}, "
    "mais pas pour {too_few}, où il faut un prescripteur habilité.",
}
#: The same to the person who asks for herself, « partout » when the structure is not known.
TO_HERSELF = {
    "a_valider_favorable": "Bon signe : vous remplissez les critères pour {structure}, qui doit "
    "encore valider votre éligibilité, à moins qu'un prescripteur habilité ne le fasse.",
    "a_valider_defavorable": "Ces critères ne suffisent pas pour {structure}, mais un prescripteur "
    "habilité peut valider votre éligibilité sans eux.",
    "a_valider_favorable_partout": "Bon signe : vous remplissez les critères. La structure, ou un "
    "prescripteur habilité, doit encore valider votre éligibilité.",
    "a_valider_defavorable_partout": "Ces critères ne suffisent pas, mais un prescripteur habilité "
    "peut valider votre éligibilité sans eux.",
}
EITI_UNKNOWN = (
    "Une entreprise d'insertion par le travail indépendant (EITI) : sa règle n'est connue que "
    "jusqu'au {}, et aucun texte connu ne prévoit la suite."
)
VALIDATION = {
    Auteur.siae: "Une structure d'insertion (SIAE) peut valider elle-même l'éligibilité.",
    Auteur.prescripteur_habilite: "Un prescripteur habilité peut valider l'éligibilité.",
    Auteur.orienteur: "Un orienteur propose la candidature ; la structure ou un "
    "prescripteur habilité valide l'éligibilité.",
    Auteur.candidat: "C'est la structure ou un prescripteur habilité qui valide l'éligibilité.",
}
NOT_BOUND = (
    "Les critères ne s'imposent qu'à la structure qui fait elle-même le diagnostic : ils restent "
    "pour vous une indication."
)
LEVEL_1 = "Critères de niveau 1 : {count} rempli{s}. {requis} de niveau 1 suffit."
#: By whether a criterion of level 1 is enough.
LEVEL_2 = {
    False: "Critères de niveau 2 : {count} rempli{s}. Sans critère de niveau 1, {structure} demande "
    "{requis} de niveau 2.",
    True: "Le niveau 1 suffit. Sans lui, {structure} demanderait {requis} de niveau 2 ; il y en a "
    "{count}.",
}
IN_EACH = "Dans {structure} : sans niveau 1, il faut {requis} de niveau 2, et il y en a {count}."
#: By whether the person asks for herself.
REGISTERED_BY_THE_RSA = {
    False: "Demander le RSA inscrit aussi à France Travail la personne et son conjoint, sans autre "
    "démarche : cette inscription peut être plus ancienne qu'elle ne le croit.",
    True: "Demander le RSA vous inscrit aussi à France Travail, avec votre conjoint, sans autre "
    "démarche : cette inscription peut être plus ancienne que vous ne le croyez.",
}
CRITERION = "« {} » compte comme critère de niveau {}."
NOT_CHECKED = {
    "criteres": "Le diagnostic lui-même : il revient au prescripteur d'apprécier les difficultés "
    "de la personne.",
    "justificatifs": "Les justificatifs : la structure doit les voir, et les garder.",
    "justificatifs_inconnus": "Les justificatifs demandés à cette date : nos sources ne les "
    "donnent pas.",
    "age": "L'âge : donnez la date de naissance pour le vérifier.",
    "inscription": "La durée d'inscription à France Travail : demandez l'attestation.",
    "pass_iae": "Un ancien PASS IAE : le délai de carence qui suit sa fin peut bloquer un nouveau "
    "parcours.",
    "detention": "Le travail en détention : ces règles ne s'appliquent pas au contrat d'emploi "
    "pénitentiaire.",
}
