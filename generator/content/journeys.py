"""The three journeys: a first question, whose choice opens a calculator, asked step by step.

The steps are those of the calculators' own questions (`ask(step=…)`); here are only the doors.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One choice of the first question: the calculator that it opens, and what it answers there.

    `answers` are fields of that calculator and their codes: a step that they fill is not asked.
    """

    id: str
    label: str
    calculator: str
    help: str = ""
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One page: `title`, what it is for, the first question and its doors, in order."""

    title: str
    summary: str
    question: str
    doors: tuple[Door, ...]


JOURNEYS = {
    "suis_je_eligible": Journey(
        title="Suis-je éligible ?",
        summary="Qui peut entrer dans un parcours d'insertion, qui le décide, et avec quels "
        "justificatifs.",
        question="Qui êtes-vous ?",
        doors=(
            Door(
                id="candidat",
                label="Je cherche un emploi",
                help="Dans les questions, « la personne », c'est vous.",
                calculator="eligibilite_iae",
                answers={"auteur": "candidat"},
            ),
            Door(
                id="orienteur",
                label="J'oriente une personne, sans être habilité",
                help="Vous proposez sa candidature ; quelqu'un d'autre valide l'éligibilité.",
                calculator="eligibilite_iae",
                answers={"auteur": "orienteur"},
            ),
            Door(
                id="prescripteur",
                label="Je suis prescripteur habilité",
                help="Votre diagnostic suffit pour une structure d'insertion (SIAE).",
                calculator="eligibilite_iae",
                answers={"auteur": "prescripteur_habilite"},
            ),
            Door(
                id="siae",
                label="Je recrute dans une structure d'insertion (SIAE)",
                help="Atelier et chantier, association intermédiaire, entreprise d'insertion…",
                calculator="eligibilite_iae",
                answers={"auteur": "siae"},
            ),
            Door(
                id="geiq",
                label="Je m'occupe d'une embauche dans un GEIQ",
                help="Le groupement d'employeurs pour l'insertion et la qualification (GEIQ) a ses "
                "propres critères, et une aide.",
                calculator="aide_geiq",
            ),
            Door(
                id="diagnostic",
                label="J'ai déjà un diagnostic : est-il encore valable ?",
                calculator="diagnostic",
            ),
        ),
    ),
    "durees_et_contrats": Journey(
        title="Durées et contrats",
        summary="Combien de temps un contrat d'insertion, une mise en situation ou des missions "
        "peuvent durer.",
        question="Que voulez-vous vérifier ?",
        doors=(
            Door(
                id="contrat",
                label="La durée et les heures d'un contrat d'insertion",
                help="Contrats et renouvellements qui se suivent, missions, CDI inclusion.",
                calculator="duree_contrat",
            ),
            Door(
                id="pmsmp",
                label="Une mise en situation en entreprise (PMSMP)",
                help="Période de mise en situation en milieu professionnel, avec ou sans contrat.",
                calculator="pmsmp",
            ),
            Door(
                id="heures",
                label="Les heures en entreprise d'un salarié d'association intermédiaire",
                calculator="heures_ai",
            ),
        ),
    ),
    "pass_iae": Journey(
        title="PASS IAE",
        summary="Quand un PASS IAE finit, comment le suspendre ou le prolonger, et quand un "
        "nouveau parcours est possible.",
        question="Que voulez-vous savoir ?",
        doors=(
            Door(id="fin", label="Quand il finit, et ce qu'il en reste", calculator="pass_iae"),
            Door(id="suspension", label="Si je peux le suspendre", calculator="suspension"),
            Door(
                id="reprise",
                label="Si la suspension s'arrête : embauche ou retour",
                calculator="reprise",
            ),
            Door(id="prolongation", label="Si je peux le prolonger", calculator="prolongation"),
            Door(
                id="carence",
                label="S'il faut attendre avant un nouveau parcours",
                help="Deux parcours sont séparés par un délai de carence.",
                calculator="carence",
            ),
        ),
    ),
}
