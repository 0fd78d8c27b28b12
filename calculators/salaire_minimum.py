"""Tell the lowest pay of a contract: its hours at the Smic of the day.

Source: code du travail, L3231-1 and L1242-15. The Smic is in `data/rules/montants.yaml`, the other
values in `data/rules/salaire_minimum.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculators.amounts import cents, count, euros, exact, in_euros
from calculators.inputs import Invalid, ask
from calculators.result import Reason, Result, Status, Verdict
from calculators.rules import NotInForce, Rules
from calculators.situations import Territoire

SUBJECT = "salaire_minimum"
TITLE = "Quel est le salaire minimum de ce contrat ?"
SUMMARY = (
    "Donnez le jour et les heures payées : la réponse donne le salaire brut le plus bas, au salaire minimum "
    "(Smic) de ce jour, et dit si votre taux horaire suffit."
)
#: The name on the page of each machine-readable value of the answer.
VALUES = {
    "smic_horaire": "Smic brut d'une heure, en euros",
    "montant": "Salaire brut le plus bas, en euros",
}
VERDICTS = {
    "calcule": Verdict("Salaire minimum calculé", "favorable"),
    "conforme": Verdict("Au moins le Smic", "favorable"),
    "sous_minimum": Verdict("Sous le Smic", "defavorable"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The answers of the person; the form is generated from it."""

    au: date = ask(
        "Pour quel mois ? Donnez l'un de ses jours",
        help="Le Smic change le 1er janvier, et parfois un autre mois.",
        step="Le contrat",
        fact="au",
    )
    territoire: Territoire = ask("Où la personne travaille-t-elle ?")
    heures: float = ask(
        "Combien d'heures sont payées ?",
        help="Dans le mois, sans les heures supplémentaires. Un temps plein à 35 heures par semaine en compte "
        "151,67.",
    )
    taux_horaire: float | None = ask(
        "Salaire brut d'une heure, en euros",
        help="Celui du contrat ou de la fiche de paie. Laissez vide si vous ne le connaissez pas.",
        step="Le salaire",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Multiply the hours by the Smic in force on `au`, and hold the pay of an hour against it.

    Raises Invalid without hours, and NotInForce in Mayotte and outside the known days.
    """
    if situation.heures == 0:
        raise Invalid({"heures": NO_HOUR})
    law = rules.on(situation.au)
    if situation.territoire is Territoire.mayotte:
        raise NotInForce(MAYOTTE)
    smic = law["montants.smic_horaire"]
    amount = cents(exact(situation.heures).times(exact(smic.value)))
    paid = situation.taux_horaire
    verdict = "calcule" if paid is None else "sous_minimum" if paid < smic.value else "conforme"
    words = {
        "montant": euros(amount),
        "heures": count(exact(situation.heures), "heure", "heures"),
        "smic": smic.words,
        "taux": euros(cents(exact(paid or 0))),
    }
    read = {name: law[f"{SUBJECT}.{name}"] for name in ALWAYS}
    return Result(
        verdict=verdict,
        summary=SENTENCES[verdict].format(**words),
        values={"smic_horaire": smic.value, "montant": in_euros(amount)},
        reasons=[
            Reason("smic", SMIC.format(**words), STATUS[verdict], smic),
            *(Reason(name, ALWAYS[name], "info", cited) for name, cited in read.items()),
        ],
        not_checked=_not_checked(situation, rules),
    )


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["convention"]: True,
        NOT_CHECKED["heures"]: True,
        NOT_CHECKED["autres"]: True,
        **rules.unread(SUBJECT, situation.au),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

SENTENCES = {
    "calcule": "Le salaire brut est d'au moins {montant} pour {heures}, au Smic de {smic} de l'heure.",
    "conforme": "Oui : {taux} de l'heure, pour un Smic de {smic}. Le salaire brut est d'au moins {montant} pour "
    "{heures}.",
    "sous_minimum": "Non : {taux} de l'heure, moins que le Smic de {smic}. Le salaire brut doit être d'au moins "
    "{montant} pour {heures}.",
}
SMIC = "{heures} × {smic} = {montant}, au plus bas."
STATUS: dict[str, Status] = {"calcule": "info", "conforme": "met", "sous_minimum": "unmet"}
ALWAYS = {
    "champ": "Le Smic protège les salariés du secteur privé et le personnel de droit privé des établissements "
    "publics.",
    "egalite": "En contrat à durée déterminée, le salaire n'est pas plus bas que celui d'un salarié en CDI au même "
    "poste, avec la même qualification.",
}
NO_HOUR = "Donnez des heures au-dessus de zéro."
MAYOTTE = (
    "Mayotte a son propre Smic, que ce site ne connaît pas. Demandez-le à l'inspection du travail de "
    "Mayotte."
)
NOT_CHECKED = {
    "convention": "La convention collective : son salaire peut être plus haut que le Smic.",
    "heures": "Les heures supplémentaires, mieux payées, et un changement du Smic pendant ces heures.",
    "autres": "Une personne de moins de 18 ans, un contrat d'apprentissage ou de professionnalisation, un travail "
    "en détention : ils ont leurs propres minimums.",
}
