"""Tell how many hours a social clause asks for, as the facilitators of clauses reckon them.

No text of law gives a formula: this is a custom, and each factor is typed. Its source is in
`data/rules/clause_sociale.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculators.amounts import Share, cents, count, euros, exact, in_euros, nearest
from calculators.inputs import Invalid, ask
from calculators.result import Reason, Result, Verdict
from calculators.rules import Rules

SUBJECT = "clause_sociale"
TITLE = "Combien d'heures d'insertion une clause sociale demande-t-elle ?"
SUMMARY = (
    "Donnez le montant du marché, la part de la main-d'œuvre et la part réservée à l'insertion : la réponse "
    "donne un nombre d'heures, selon l'usage, et son calcul."
)
#: The name on the page of each machine-readable value of the answer.
VALUES = {
    "montant_main_oeuvre": "Main-d'œuvre du marché, en euros",
    "montant_insertion": "Main-d'œuvre réservée à l'insertion, en euros",
    "heures": "Heures d'insertion",
}
VERDICTS = {
    "calculee": Verdict("Heures estimées", "favorable"),
}
LARGEST_SUM = 1_000_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The answers of the person; the form is generated from it."""

    au: date = ask("Jour du marché", help="Ou aujourd'hui.", step="Le marché", fact="au")
    montant: float = ask("Montant du marché ou du lot, en euros", most=LARGEST_SUM)
    part_main_oeuvre: float = ask(
        "Part de la main-d'œuvre dans ce montant, en %",
        help="Elle change beaucoup d'un métier à l'autre : demandez au facilitateur.",
        most=100,
    )
    taux_effort: float = ask(
        "Part de cette main-d'œuvre réservée à l'insertion, en %",
        help="L'acheteur la choisit.",
        step="L'effort d'insertion",
        most=100,
    )
    cout_horaire: float = ask(
        "Coût d'une heure de travail, charges comprises, en euros",
        help="Celui du métier, cotisations comprises.",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Divide the labour kept for insertion by the cost of an hour.

    Raises Invalid for an hour that costs nothing, and NotInForce before the custom is known.
    """
    law = rules.on(situation.au)
    usage = law[f"{SUBJECT}.usage"]
    if situation.cout_horaire == 0:
        raise Invalid({"cout_horaire": NO_COST})
    hour, hundred = exact(situation.cout_horaire), Share(100)
    labour = exact(situation.montant).times(exact(situation.part_main_oeuvre)).over(hundred)
    kept = labour.times(exact(situation.taux_effort)).over(hundred)
    hours = kept.over(hour)
    words = {
        "montant": euros(cents(exact(situation.montant))),
        "part": count(exact(situation.part_main_oeuvre), "%", "%"),
        "main_oeuvre": euros(cents(labour)),
        "effort": count(exact(situation.taux_effort), "%", "%"),
        "insertion": euros(cents(kept)),
        "cout": euros(cents(hour)),
        "heures": count(Share(nearest(hours)), "heure", "heures"),
        "heures_exactes": count(hours, "heure", "heures", 2),
    }
    return Result(
        verdict="calculee",
        summary=SENTENCE.format(**words),
        values={
            "montant_main_oeuvre": in_euros(cents(labour)),
            "montant_insertion": in_euros(cents(kept)),
            "heures": hours.rounded(2),
        },
        reasons=[Reason("usage", STEPS.format(**words), "info", usage)],
        not_checked=_not_checked(situation, rules),
    )


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["formule"]: True,
        NOT_CHECKED["facteurs"]: True,
        NOT_CHECKED["marche"]: True,
        **rules.unread(SUBJECT, situation.au),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

SENTENCE = "Selon l'usage, cette clause demande environ {heures} d'insertion."
STEPS = (
    "{montant} × {part} de main-d'œuvre = {main_oeuvre} ; × {effort} pour l'insertion = {insertion} ; "
    "÷ {cout} de l'heure = {heures_exactes}."
)
NO_COST = "Donnez un coût au-dessus de zéro : les heures se calculent sur lui."
NOT_CHECKED = {
    "formule": "Une formule de la loi : il n'y en a pas. L'acheteur fixe les heures, souvent avec un "
    "facilitateur.",
    "facteurs": "Les facteurs que vous donnez : ils changent avec le métier, le lieu et l'année.",
    "marche": "Le marché lui-même : seul son texte dit combien d'heures sont dues, et qui peut les faire.",
}
