"""Tell whether a person must wait before a new path, after a PASS IAE has ended.

Source: code du travail, R5132-1-4, for the two years, the day they run from, and the prescriber's
exception; the platform for what lifts them there. The values are in `data/rules/carence.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculators.dates import add_days, add_months, french_date, last_day
from calculators.inputs import Choice, Invalid, ask
from calculators.result import Milestone, Reason, Result, Span, Status, Verdict
from calculators.rules import Cited, Law, Rules
from calculators.situations import IN_STRUCTURE, Structure

SUBJECT = "carence"
TITLE = "Faut-il attendre avant un nouveau parcours ?"
SUMMARY = (
    "Donnez la fin du dernier PASS IAE et ce que vous savez de la candidature : la réponse dit si "
    "un nouveau parcours peut commencer."
)
#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "fin_carence": "Fin du délai de carence",
}
VERDICTS = {
    "libre": Verdict("Rien à attendre", "favorable"),
    "bloque": Verdict("Délai de carence en cours", "defavorable"),
    "levee": Verdict("Délai de carence levé", "favorable"),
}


class Employeur(Choice):
    """Who would hire: a structure of the IAE, or a GEIQ."""

    aci = "aci", Structure.aci.label
    ai = "ai", Structure.ai.label
    ei = "ei", Structure.ei.label
    eiti = "eiti", Structure.eiti.label
    etti = "etti", Structure.etti.label
    geiq = "geiq", "Groupement d'employeurs pour l'insertion et la qualification (GEIQ)"


class Candidature(Choice):
    """Who sent the application."""

    prescripteur_habilite = "prescripteur_habilite", "Un prescripteur habilité"
    orienteur = "orienteur", "Un orienteur"
    candidat = "candidat", "La personne elle-même"
    siae = "siae", "La structure qui recrute (SIAE)"
    aucun = "aucun", "Personne pour l'instant"


class Diagnostic(Choice):
    """Who made the eligibility diagnosis that is valid on the day."""

    prescripteur_habilite = "prescripteur_habilite", "Un prescripteur habilité"
    siae = "siae", "La structure qui recrute (SIAE)"
    aucun = "aucun", "Aucun diagnostic n'est encore valable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the person answers; the form is generated from it."""

    structure: Employeur = ask("Qui embaucherait ?", step="La structure", fact="structure")
    fin_pass: date = ask(
        "Dernier jour du dernier PASS IAE",
        help="Celui qu'affiche la plateforme. Si le parcours a été interrompu avant, le jour de "
        "l'interruption.",
        step="Les dates",
        fact="pass_fin",
    )
    suspension_debut: date | None = ask(
        "Parcours interrompu : premier jour de la suspension",
        help="Seulement si quelqu'un a mis fin au parcours pendant une longue suspension, par une "
        "décision notifiée à la personne. Sinon, laissez vide.",
    )
    au: date = ask(
        "À quelle date commencerait le nouveau parcours ?",
        help="Aujourd'hui, ou le jour qui vous intéresse.",
        fact="au",
    )
    candidature_de: Candidature = ask(
        "Qui a envoyé la candidature ?", step="La candidature et le diagnostic"
    )
    diagnostic_de: Diagnostic = ask(
        "Un diagnostic d'éligibilité est-il encore valable à cette date ?", help="Qui l'a fait ?"
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say whether the waiting period blocks a new path, and who can lift it.

    The rule is the one in force on `au`, when the new path would start. Raises Invalid for an
    interruption that the law does not allow, and NotInForce outside the known days.
    """
    law = rules.on(situation.au)
    concerne, duree = _concerned(law, situation.structure), law[f"{SUBJECT}.duree"]
    depart, interruption = _start(situation, law)
    fin_carence = add_months(depart, 12 * duree.value)
    waits = bool(concerne.value) and situation.fin_pass < situation.au <= fin_carence
    lifts = _lifts(situation, law) if waits else []
    lifted = [reason.id for reason in lifts if reason.status == "met"]
    verdict = ("levee" if lifted else "bloque") if waits else "libre"
    return Result(
        verdict=verdict,
        summary=_sentence(situation, verdict, lifted, concerne, fin_carence),
        values={"fin_carence": fin_carence.isoformat()},
        reasons=[
            Reason(
                "structure",
                CONCERNED[bool(concerne.value)].format(_in(situation.structure)),
                "info" if concerne.value else "met",
                concerne,
            ),
            Reason(
                "duree",
                DURATION[situation.suspension_debut is not None].format(
                    duree=duree.words,
                    debut=french_date(add_days(depart, 1)),
                    fin=french_date(fin_carence),
                )
                + PAST * (situation.au > fin_carence),
                "unmet" if waits else "met" if situation.au > fin_carence else "info",
                duree,
            ),
            *interruption,
            *lifts,
            *(_asks(situation, law) if waits else ()),
        ],
        not_checked=_not_checked(situation, verdict, rules),
        dates=_next_dates(situation, fin_carence) if concerne.value else [],
        periods=[
            Span(
                "carence",
                "carence",
                PERIOD[bool(lifted)],
                add_days(situation.fin_pass, 1),
                fin_carence,
            )
        ]
        if concerne.value and situation.fin_pass < fin_carence
        else [],
        # Without a period to lift, who sent the application does not matter.
        not_counted=() if waits else ("candidature_de", "diagnostic_de"),
    )


def _start(situation: Situation, law: Law) -> tuple[date, list[Reason]]:
    """Return the day after which the two years run, and what the law says of an interruption."""
    since = situation.suspension_debut
    if since is None:
        return situation.fin_pass, []
    mois = law[f"{SUBJECT}.mois_suspension"]
    if situation.fin_pass < last_day(since, months=mois.value):
        raise Invalid({"suspension_debut": TOO_SHORT.format(mois.words)})
    return since, [
        Reason("depart", FROM_SUSPENSION, "info", law[f"{SUBJECT}.depart_apres_interruption"]),
        Reason("mois_suspension", INTERRUPTED.format(mois.words), "info", mois),
    ]


def _concerned(law: Law, structure: Employeur) -> Cited:
    if structure is Employeur.eiti:
        # The labour code does not name the EITI: practice, which ends with the experiment.
        return law[f"{SUBJECT}.eiti_concernee"]
    return law[f"{SUBJECT}.structures_concernees"].pick(structure)


def _lifts(situation: Situation, law: Law) -> list[Reason]:
    """Look for what lifts the period on the platform: a diagnosis, or an application."""
    diagnostic = law[f"{SUBJECT}.levee_diagnostic"].pick(situation.diagnostic_de)
    candidature = law[f"{SUBJECT}.levee_candidature"].pick(situation.candidature_de)
    lifted = diagnostic.value or candidature.value
    return [
        # What does not lift it matters only if nothing does.
        Reason(name, text, "met" if cited.value else "info" if lifted else "unmet", cited)
        for name, text, cited in (
            ("diagnostic", DIAGNOSTIC[situation.diagnostic_de], diagnostic),
            ("candidature", CANDIDATURE[situation.candidature_de], candidature),
        )
    ]


def _asks(situation: Situation, law: Law) -> list[Reason]:
    """Say what the law asks of a prescriber, and the other day from which the period may run."""
    derogation = law[f"{SUBJECT}.derogation"].pick(situation.diagnostic_de)
    status: Status = "met" if derogation.value else "info"
    reasons = [Reason("derogation", DEROGATION[situation.diagnostic_de], status, derogation)]
    if situation.suspension_debut is None:
        mois = law[f"{SUBJECT}.mois_suspension"]
        reasons.append(Reason("interruption", INTERRUPTION.format(mois.words), "info", mois))
    return reasons


def _sentence(
    situation: Situation, verdict: str, lifted: list[str], concerne: Cited, fin_carence: date
) -> str:
    if verdict == "levee":
        name = lifted[0]
    elif verdict == "bloque":
        name = "bloque"
    elif not concerne.value:
        name = "non_concerne"
    else:
        name = "valide" if situation.au <= situation.fin_pass else "passe"
    return SENTENCES[name].format(
        structure=_in(situation.structure),
        au=french_date(situation.au),
        fin_pass=french_date(situation.fin_pass),
        fin=french_date(fin_carence),
    )


def _in(structure: Employeur) -> str:
    return GEIQ if structure is Employeur.geiq else IN_STRUCTURE[Structure[structure.name]]


def _next_dates(situation: Situation, fin_carence: date) -> list[Milestone]:
    dates = [
        Milestone("fin_pass", MILESTONES["fin_pass"], situation.fin_pass),
        Milestone("fin_carence", MILESTONES["fin_carence"], fin_carence),
        Milestone("libre_le", MILESTONES["libre_le"], add_days(fin_carence, 1)),
    ]
    ahead = [milestone for milestone in dates if milestone.day >= situation.au]
    return sorted(ahead, key=lambda milestone: milestone.day)


def _not_checked(situation: Situation, verdict: str, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["diagnostic"]: verdict == "levee",
        NOT_CHECKED["interruption"]: situation.suspension_debut is not None,
        NOT_CHECKED["fin_pass"]: True,
        NOT_CHECKED["eligibilite"]: True,
        NOT_CHECKED["detention"]: True,
        **rules.unread(SUBJECT, situation.au),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

GEIQ = "un groupement d'employeurs pour l'insertion et la qualification (GEIQ)"
SENTENCES = {
    "non_concerne": "Oui, sans attendre : le délai de carence ne concerne pas {structure}.",
    "valide": "Pas d'attente le {au} : le PASS IAE est encore valide et sert pour une nouvelle "
    "embauche, jusqu'au {fin_pass}.",
    "passe": "Oui : le délai de carence s'est terminé le {fin}, un nouveau parcours est possible.",
    "bloque": "Pas encore : le délai de carence court jusqu'au {fin} compris, sauf si un "
    "prescripteur habilité accepte un nouveau parcours avant cette date.",
    "diagnostic": "Oui : le délai de carence court jusqu'au {fin} compris, mais le diagnostic d'un "
    "prescripteur habilité permet un nouveau parcours sans attendre.",
    "candidature": "Oui, sur la plateforme : le délai de carence court jusqu'au {fin} compris, "
    "mais la candidature vient d'un prescripteur habilité, qui doit prescrire le parcours.",
}
CONCERNED = {
    True: "Le délai de carence s'applique dans {}.",
    False: "Le délai de carence ne s'applique pas dans {} : ce n'est pas un parcours d'insertion "
    "par l'activité économique.",
}
#: By whether the path was interrupted during a suspension.
DURATION = {
    False: "Dans une structure d'insertion, il faut attendre {duree} après la fin d'un PASS IAE "
    "avant un nouveau parcours : ici du {debut} au {fin}, compris.",
    True: "Dans une structure d'insertion, il faut attendre {duree} après le début de la suspension "
    "qui a mené à l'interruption : ici du {debut} au {fin}, compris.",
}
PAST = " Ce délai est passé."
FROM_SUSPENSION = (
    "La loi : quand le parcours a été interrompu après une longue suspension, le délai part du début "
    "de cette suspension, et non de la fin du PASS IAE."
)
INTERRUPTED = (
    "La loi : seule une suspension de plus de {} d'affilée permet d'interrompre le parcours, après "
    "examen de la situation de la personne et par une décision qui lui est notifiée."
)
TOO_SHORT = (
    "Un parcours ne peut être interrompu qu'après {} de suspension d'affilée. Vérifiez ce jour et la "
    "fin du PASS IAE, ou laissez cette date vide."
)
DIAGNOSTIC = {
    Diagnostic.prescripteur_habilite: "La plateforme lève le délai : un prescripteur habilité a "
    "fait un diagnostic encore valide.",
    Diagnostic.siae: "Le diagnostic de la structure ne lève pas le délai.",
    Diagnostic.aucun: "Il n'y a pas de diagnostic valide : celui d'un prescripteur habilité "
    "lèverait le délai sur la plateforme.",
}
CANDIDATURE = {
    Candidature.prescripteur_habilite: "La plateforme ne bloque pas une candidature envoyée par un "
    "prescripteur habilité.",
    Candidature.orienteur: "La candidature d'un orienteur ne lève pas le délai.",
    Candidature.candidat: "La candidature de la personne elle-même ne lève pas le délai.",
    Candidature.siae: "La candidature enregistrée par la structure ne lève pas le délai.",
    Candidature.aucun: "Il n'y a pas encore de candidature : celle d'un prescripteur habilité "
    "lèverait le délai sur la plateforme.",
}
DEROGATION = {
    Diagnostic.prescripteur_habilite: "La loi : un prescripteur habilité peut prescrire un nouveau "
    "parcours avant la fin du délai, de lui-même ou à la demande d'une structure.",
    Diagnostic.siae: "La loi : la structure ne lève pas seule le délai. Demandez à un prescripteur "
    "habilité de prescrire le nouveau parcours ; s'il refuse, il donne ses raisons par écrit.",
    Diagnostic.aucun: "La loi : un prescripteur habilité peut prescrire un nouveau parcours avant "
    "la fin du délai. Demandez-lui un diagnostic ; s'il refuse, il donne ses raisons par écrit.",
}
INTERRUPTION = (
    "Si quelqu'un a mis fin au parcours après {} de suspension d'affilée, le délai part du début de "
    "cette suspension et finit plus tôt : donnez ce jour dans le formulaire."
)
MILESTONES = {
    "fin_pass": "Dernier jour du PASS IAE",
    "fin_carence": "Dernier jour du délai de carence",
    "libre_le": "Un nouveau parcours est possible",
}
PERIOD = {False: "Délai de carence", True: "Délai de carence, levé"}
NOT_CHECKED = {
    "diagnostic": "Ce que le prescripteur habilité a décidé : demandez-lui de confirmer le nouveau "
    "parcours.",
    "interruption": "La décision qui a interrompu le parcours : demandez-la à la personne. Si la "
    "plateforme compte encore depuis la fin du PASS IAE, montrez cette décision.",
    "fin_pass": "La fin du PASS IAE : vérifiez-la sur la plateforme, avec ses suspensions et ses "
    "prolongations.",
    "eligibilite": "L'éligibilité de la personne : elle se vérifie à part.",
    "detention": "Le travail en détention : ces règles ne s'appliquent pas au contrat d'emploi "
    "pénitentiaire.",
}
