"""Tell what a department pays for the employees of an ACI who received the RSA.

Source: code du travail, L5132-3-1 and D5132-41; the RSA is in `data/rules/montants.yaml`, the other
values in `data/rules/part_departement.yaml`.

This share is what is due when the State and the department have agreed on nothing else. It is rounded
to the cent for each employee and each month: no article says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculators.amounts import Share, cents, euros, exact, in_euros
from calculators.inputs import Invalid, ask
from calculators.result import Reason, Result, Verdict
from calculators.rules import NotInForce, Rules
from calculators.situations import Territoire
from calculators.typography import quantity

SUBJECT = "part_departement"
TITLE = "Quelle est la part du département dans le financement d'un chantier d'insertion ?"
SUMMARY = (
    "Donnez le nombre de salariés qui touchaient le revenu de solidarité active (RSA) et la durée : la "
    "réponse donne la part du département, à défaut d'accord avec l'État."
)
#: The name on the page of each machine-readable value of the answer.
VALUES = {
    "rsa": "RSA d'une personne seule, par mois, en euros",
    "par_mois": "Part du département par salarié et par mois, en euros",
    "montant": "Part du département en tout, en euros",
}
VERDICTS = {
    "calculee": Verdict("Part calculée", "favorable"),
    "selon_accord": Verdict("La convention décide", "attention"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The answers of the person; the form is generated from it."""

    au: date = ask(
        "Pour quel mois ? Donnez l'un de ses jours",
        help="Le RSA change chaque 1er avril.",
        step="Le mois",
        fact="au",
    )
    territoire: Territoire = ask("Où est l'atelier et chantier d'insertion (ACI) ?")
    accord: bool = ask(
        "Un accord entre l'État et le département fixe-t-il d'autres montants ?",
        help="Il est dans la convention annuelle d'objectifs et de moyens.",
    )
    salaries: int = ask(
        "Combien de salariés touchaient le RSA avant leur embauche ?",
        help="Un RSA à la charge de ce département.",
        step="Les salariés",
    )
    mois: int = ask(
        "Pendant combien de mois ?", help="Douze au plus : le RSA change chaque année.", most=12
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Multiply the share by the employees and the months, by the rule in force on `au`.

    Raises Invalid for no month, and NotInForce in Mayotte and outside the known days.
    """
    law = rules.on(situation.au)
    if situation.mois == 0:
        raise Invalid({"mois": NO_MONTH})
    if situation.territoire is Territoire.mayotte:
        raise NotInForce(MAYOTTE)
    rsa, share = law["montants.rsa_personne_seule"], law[f"{SUBJECT}.part"]
    monthly = cents(exact(rsa.value).times(Share(share.value, 100)))
    total = monthly * situation.salaries * situation.mois
    verdict = "selon_accord" if situation.accord else "calculee"
    words = {
        "total": euros(total),
        "mensuel": euros(monthly),
        "part": share.words,
        "rsa": rsa.words,
        "salaries": quantity(situation.salaries, "salarié"),
        "mois": f"{situation.mois} mois",
    }
    agreed, rounded = law[f"{SUBJECT}.accord"], law[f"{SUBJECT}.arrondi"]
    return Result(
        verdict=verdict,
        summary=SENTENCES[verdict].format(**words),
        values={"rsa": rsa.value, "par_mois": in_euros(monthly), "montant": in_euros(total)},
        reasons=[
            Reason("part", SHARE.format(**words), "info", share),
            Reason("rsa", RSA.format(**words), "info", rsa),
            Reason("total", TOTAL.format(**words), "info", rounded),
            Reason("accord", AGREED[situation.accord], "info", agreed),
        ],
        not_checked=_not_checked(situation, rules),
    )


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["rsa"]: situation.mois > 1,
        NOT_CHECKED["presence"]: True,
        **rules.unread(SUBJECT, situation.au),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

SENTENCES = {
    "calculee": "La part du département est de {total} : {mensuel} par mois, pour {salaries}, pendant {mois}.",
    "selon_accord": "L'accord entre l'État et le département fixe la part. Sans lui, elle serait de {total}, soit "
    "{mensuel} par salarié et par mois.",
}
SHARE = (
    "Le département verse {part} du RSA d'une personne seule, par salarié et par mois : {mensuel}."
)
RSA = "Le RSA d'une personne seule est de {rsa} par mois."
TOTAL = "{mensuel} par mois, pour {salaries}, pendant {mois} : {total}. La part d'un mois est arrondie au centime."
AGREED = {
    True: "Un accord entre l'État et le département passe avant cette part.",
    False: "Sans accord entre l'État et le département, le code fixe cette part.",
}
NO_MONTH = "Donnez un mois au moins."
MAYOTTE = (
    "Mayotte a son propre montant du RSA, que ce site ne connaît pas. Demandez-le au conseil "
    "départemental de Mayotte."
)
NOT_CHECKED = {
    "rsa": "Un changement du RSA pendant ces mois : il change chaque 1er avril. Faites alors deux calculs.",
    "presence": "Un mois incomplet, et la convention, qui fixe le nombre d'aides prévues.",
}
