"""Tell which share of its charges an atelier et chantier d'insertion may cover by its sales.

Source: code du travail, D5132-34. The values are in `data/rules/recettes_aci.yaml`.

The share stays below 30 %, and may reach the one that the prefect has decided, 50 % at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculators.amounts import Share, cents, count, euros, exact, in_euros
from calculators.inputs import Invalid, ask
from calculators.result import Reason, Result, Status, Verdict
from calculators.rules import Rules

SUBJECT = "recettes_aci"
TITLE = "Les ventes d'un atelier et chantier d'insertion restent-elles sous la limite ?"
SUMMARY = (
    "Donnez les ventes et les charges du chantier d'insertion (ACI) : la réponse dit quelle part des "
    "charges les ventes couvrent, et si elle est permise."
)
#: The name on the page of each machine-readable value of the answer.
VALUES = {
    "part": "Part des charges que les ventes couvrent, en %",
    "seuil_euros": "Ventes à ne pas atteindre sans décision du préfet, en euros",
    "plafond_euros": "Ventes les plus hautes, avec une décision du préfet, en euros",
}
VERDICTS = {
    "sous_seuil": Verdict("Sous la limite", "favorable"),
    "sous_conditions": Verdict("Seulement sur décision du préfet", "attention"),
    "depasse": Verdict("Au-delà de la limite", "defavorable"),
}
#: No account of a structure is as great; sums stay exact.
LARGEST_SUM = 1_000_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The answers of the person; the form is generated from it."""

    au: date = ask(
        "À quelle date faut-il vérifier ?",
        help="Par exemple le dernier jour de l'exercice.",
        step="Le chantier",
        fact="au",
    )
    recettes: float = ask(
        "Ventes des biens et des services, en euros", help="Sans les aides.", most=LARGEST_SUM
    )
    charges: float = ask(
        "Charges liées aux activités d'insertion, en euros",
        help="Sur la même durée que les ventes.",
        most=LARGEST_SUM,
    )
    part_autorisee: float | None = ask(
        "Quelle part le préfet a-t-il autorisée, en % ?",
        help="Seulement si le préfet a décidé d'augmenter la part, par exemple 40.",
        step="La décision du préfet",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Hold the sales against the charges, by the rule in force on `au`.

    Raises Invalid without charges or for a decision that the article does not allow, and NotInForce
    before the known days.
    """
    law = rules.on(situation.au)
    limit, most = law[f"{SUBJECT}.part"], law[f"{SUBJECT}.part_decision"]
    _refuse_contradictions(situation, limit.value, most.value)
    sales, charges = exact(situation.recettes), exact(situation.charges)
    threshold, ceiling = (charges.times(Share(one.value, 100)) for one in (limit, most))
    decided = situation.part_autorisee is not None
    granted = charges.times(exact(situation.part_autorisee or 0)).over(Share(100))
    below, above = threshold.exceeds(sales), sales.exceeds(ceiling)
    if below or (decided and not sales.exceeds(granted)):
        verdict = "sous_seuil"
    elif above or decided:
        verdict = "depasse"
    else:
        verdict = "sous_conditions"
    covered = sales.over(charges).times(Share(100))
    words = {
        "part": count(covered, "%", "%", 2),
        "limite": limit.words,
        "plafond": most.words,
        "seuil": euros(cents(threshold)),
        "plafond_euros": euros(cents(ceiling)),
        "autorisee": count(exact(situation.part_autorisee or 0), "%", "%"),
    }
    status: Status = "unmet" if verdict == "depasse" else "info"
    need, advice = law[f"{SUBJECT}.avis"], law[f"{SUBJECT}.concurrence"]
    return Result(
        verdict=verdict,
        summary=SENTENCES[verdict, decided and not below].format(**words),
        values={
            "part": covered.rounded(2),
            "seuil_euros": in_euros(cents(threshold)),
            "plafond_euros": in_euros(cents(ceiling)),
        },
        reasons=[
            Reason("part", LIMIT[below].format(**words), "met" if below else status, limit),
            Reason("part_decision", DECISION[decided].format(**words), status, most),
            Reason("avis", ADVICE, "info", need),
            Reason("concurrence", NO_RIVAL, "info", advice),
        ],
        not_checked=_not_checked(situation, rules),
    )


def _refuse_contradictions(situation: Situation, limit: int, most: int) -> None:
    errors = {}
    if situation.charges == 0:
        errors["charges"] = NO_CHARGE
    decided = situation.part_autorisee
    if decided is not None and not limit <= decided <= most:
        errors["part_autorisee"] = OUT_OF_RANGE.format(limit, most)
    if errors:
        raise Invalid(errors)


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["comptes"]: True,
        NOT_CHECKED["outre_mer"]: True,
        **rules.unread(SUBJECT, situation.au),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

SENTENCES = {
    ("sous_seuil", False): "Oui : les ventes couvrent {part} des charges, moins que {limite}.",
    (
        "sous_seuil",
        True,
    ): "Oui : les ventes couvrent {part} des charges, et le préfet a autorisé {autorisee}.",
    (
        "sous_conditions",
        False,
    ): "Pas sans décision du préfet : les ventes couvrent {part} des charges, et la limite "
    "est de {limite}.",
    (
        "depasse",
        False,
    ): "Non : les ventes couvrent {part} des charges, plus que {plafond}, le maximum même avec une "
    "décision du préfet.",
    (
        "depasse",
        True,
    ): "Non : les ventes couvrent {part} des charges, plus que ce que le préfet a autorisé "
    "({autorisee}).",
}
LIMIT = {
    True: "Les ventes restent sous {limite} des charges, soit {seuil}.",
    False: "Sans décision du préfet, les ventes restent sous {limite} des charges, soit {seuil}.",
}
DECISION = {
    True: "Le préfet a autorisé {autorisee} ; il peut aller jusqu'à {plafond} des charges, soit {plafond_euros}.",
    False: "Le préfet peut autoriser jusqu'à {plafond} des charges, soit {plafond_euros}.",
}
ADVICE = (
    "Le préfet décide après avis favorable de la commission spécialisée du comité départemental pour "
    "l'emploi."
)
NO_RIVAL = "Il faut aussi que les entreprises du lieu n'assurent pas déjà ces activités."
NO_CHARGE = "Donnez des charges au-dessus de zéro : la part se calcule sur elles."
OUT_OF_RANGE = (
    "Le préfet peut augmenter la part de {} % à {} %. Corrigez ce nombre, ou laissez vide s'il n'a rien "
    "décidé."
)
NOT_CHECKED = {
    "comptes": "Ce qui entre dans les ventes et dans les charges : l'article parle des recettes de la "
    "commercialisation et des charges liées à ces activités.",
    "outre_mer": "La date d'effet en outre-mer : le texte de 2024 y dépend d'une ordonnance.",
}
