"""What is known of one person's pathway: each fact once, whatever it serves for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from calculators.duree_contrat.situation import Contrat
from calculators.heures_ai import Mission
from calculators.inputs import Choice, ask
from calculators.pmsmp import Objet
from calculators.situations import Periode, Structure


class Auteur(Choice):
    """Who made the eligibility diagnosis."""

    siae = "siae", "La structure d'insertion (SIAE)"
    prescripteur_habilite = "prescripteur_habilite", "Un prescripteur habilité"


class Accueillant(Choice):
    """Which of her hosts receives the person: the days are counted with each of them."""

    premier = "premier", "Le premier accueillant"
    deuxieme = "deuxieme", "Le deuxième"
    troisieme = "troisieme", "Le troisième"
    quatrieme = "quatrieme", "Le quatrième"


@dataclass(frozen=True, kw_only=True, slots=True)
class ContratDuParcours:
    """A contract of the pathway, or its renewal: both days are included."""

    contrat: Contrat = ask("Quel contrat ?")
    debut: datetime.date = ask("Premier jour")
    fin: datetime.date | None = ask("Dernier jour", help="Un CDI n'en a pas.")
    heures_semaine: float | None = ask("Heures de travail par semaine")
    structure: Structure | None = ask(
        "Chez un autre employeur : quelle structure ?",
        help="Seulement si ce n'est pas la structure de la première question.",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class MiseEnSituation:
    """A convention of PMSMP, or its renewal."""

    debut: datetime.date = ask("Premier jour")
    fin: datetime.date = ask("Dernier jour")
    objet: Objet = ask("Objet de la convention")
    renouvellement: bool = ask("C'est le renouvellement d'une convention déjà notée")
    accueillant: Accueillant | None = ask(
        "Chez qui ?", help="Sans réponse : le même accueillant pour toutes."
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The facts that the person, or the one who helps her, has at hand."""

    structure: Structure = ask(
        "Quelle structure suit la personne ?", step="Le parcours", fact="structure", sure=True
    )
    au: datetime.date = ask("À quelle date regarder ?", help="En général, aujourd'hui.", fact="au")
    pass_debut: datetime.date = ask("Premier jour du PASS IAE", fact="pass_debut")
    pass_fin: datetime.date | None = ask(
        "Dernier jour du PASS IAE",
        help="Tel que la plateforme l'affiche aujourd'hui. Sans lui, nous le calculons.",
        fact="pass_fin",
    )
    suspensions: tuple[Periode, ...] | None = ask(
        "Suspensions du PASS IAE",
        help="Toutes, finies ou non. Aucune : n'ajoutez rien.",
        fact="suspensions",
    )
    prolongations: tuple[Periode, ...] | None = ask(
        "Prolongations accordées", help="Aucune : n'ajoutez rien."
    )
    contrats: tuple[ContratDuParcours, ...] | None = ask(
        "Contrats et renouvellements",
        help="Une ligne pour chaque contrat et pour chaque renouvellement.",
        step="Les contrats",
    )
    sortie: datetime.date | None = ask(
        "Dernier jour dans la structure", help="Seulement si la personne part, ou est partie."
    )
    date_naissance: datetime.date | None = ask(
        "Date de naissance de la personne",
        help="L'âge ouvre d'autres possibilités.",
        step="La personne",
        fact="date_naissance",
    )
    rqth: bool | None = ask(
        "La personne est-elle reconnue travailleur handicapé (RQTH) ?",
        help="Si vous ne savez pas, ne répondez pas.",
        sure=True,
    )
    difficultes: bool | None = ask(
        "A-t-elle des difficultés particulièrement importantes ?",
        help="Des difficultés qui empêchent son insertion si personne ne les prend en charge. Si vous ne "
        "savez pas, ne répondez pas.",
        sure=True,
    )
    formation_fin: datetime.date | None = ask(
        "Dernier jour de la formation",
        help="Seulement si une formation professionnelle est en cours.",
    )
    date_diagnostic: datetime.date | None = ask(
        "Jour où le diagnostic d'éligibilité a été fait", fact="date_diagnostic"
    )
    diagnostic_de: Auteur | None = ask(
        "Qui a fait ce diagnostic ?", help="Seulement si vous donnez son jour.", sure=True
    )
    conventions: tuple[MiseEnSituation, ...] | None = ask(
        "Mises en situation (PMSMP)",
        help="Une ligne pour chaque convention et pour chaque renouvellement.",
        step="Les mises en situation et les missions",
    )
    missions: tuple[Mission, ...] | None = ask(
        "Missions d'une association intermédiaire",
        help="Toutes les missions depuis la première en entreprise.",
        when={"structure": (Structure.ai.value,)},
    )
