"""What is asked of a contract and its renewals, and what cannot be answered together."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from calculators.dates import french_date
from calculators.inputs import Choice, Invalid, ask
from calculators.situations import Structure

SUBJECT = "duree_contrat"


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


#: The contracts on which some answers count: only a fixed term is prolonged.
CDDI = (Contrat.cddi.value,)
FIXED_TERM = tuple(one.value for one in Contrat if one is not Contrat.cdi_inclusion)


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
        "À quelle date faut-il vérifier ?",
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
        when={"contrat": FIXED_TERM},
    )
    amenagement_peine: bool | None = ask(
        "La personne a-t-elle un aménagement de peine ?",
        help="Après une condamnation.",
        when={"contrat": CDDI},
    )
    difficultes: bool | None = ask(
        "A-t-elle des difficultés particulièrement importantes ?",
        help="Des difficultés qui empêchent son insertion si personne ne les prend en charge.",
        when={"contrat": FIXED_TERM},
    )
    formation_fin: datetime.date | None = ask(
        "Dernier jour de la formation",
        help="Seulement si une formation professionnelle est en cours à la fin du contrat.",
        step="La prolongation et les heures",
        when={"contrat": FIXED_TERM},
    )
    decision_de: Decision | None = ask(
        "Qui a décidé de prolonger ?",
        help="Seulement si la décision est prise, pour l'âge, le handicap ou les difficultés.",
        when={"contrat": FIXED_TERM},
    )
    derogation_heures: Derogation | None = ask(
        "Quelle dérogation aux heures demandez-vous ?",
        help="Seulement si le temps de travail est inférieur au minimum.",
        when={"contrat": CDDI},
    )


def refuse_contradictions(situation: Situation) -> None:
    """Raise Invalid for dates, hours, a structure and a contract that cannot go together."""
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


# The words of the answer.

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
NO_PERIOD = "Ajoutez au moins un contrat, avec son premier et son dernier jour."
ENDS_BEFORE = "Le dernier jour tombe avant le premier. Vérifiez les deux dates."
OVERLAP = (
    "Ce contrat commence avant la fin d'un autre, le {}. Corrigez les dates, ou enlevez une ligne."
)
PATH_LATER = (
    "Le parcours commence au plus tard avec le premier contrat, le {}. Vérifiez les deux dates."
)
BORN_LATER = (
    "La date de naissance tombe après le premier jour du contrat, le {}. Vérifiez les deux dates."
)
