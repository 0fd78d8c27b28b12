"""Tell how many CDI inclusion a structure may have.

Source: code du travail, D5132-10-5-2 (EI), D5132-10-17 (ETTI), D5132-26-11 (AI), D5132-43-13 (ACI).
The values are in `data/rules/part_cdi_inclusion.yaml`.

The articles set the number of contracts against that of full-time posts: contracts are counted, not
hours, and a fraction of a contract is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculators.amounts import Share, count, exact
from calculators.inputs import Invalid, ask
from calculators.result import Reason, Result, Verdict
from calculators.rules import Cited, Rules
from calculators.situations import Conventionnee

SUBJECT = "part_cdi_inclusion"
TITLE = "Combien de CDI inclusion une structure peut-elle signer ?"
SUMMARY = (
    "Donnez les postes de la convention et les CDI inclusion en cours : la réponse dit combien peuvent "
    "encore être signés, avec ou sans dérogation du préfet."
)
#: The name on the page of each machine-readable value of the answer.
VALUES = {
    "maximum": "CDI inclusion sans dérogation, au plus",
    "maximum_derogation": "CDI inclusion avec la dérogation du préfet, au plus",
    "reste": "CDI inclusion encore possibles sans autre décision",
}
VERDICTS = {
    "possible": Verdict("Dans la limite", "favorable"),
    "sous_conditions": Verdict("Seulement sur dérogation", "attention"),
    "impossible": Verdict("Au-delà de la limite", "defavorable"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The answers of the person; the form is generated from it."""

    structure: Conventionnee = ask("Type de structure", step="La structure", fact="structure")
    au: date = ask("À quelle date faut-il vérifier ?", fact="au")
    postes: float = ask(
        "Combien de postes à temps plein la convention fixe-t-elle ?",
        help="Les postes de travail d'insertion de l'annexe financière, par exemple 12,5.",
    )
    cdi: int = ask(
        "Combien de CDI inclusion, avec celui que vous prévoyez ?",
        help="Ceux qui sont en cours, et ceux que vous voulez signer.",
        step="Les CDI inclusion",
    )
    derogation: bool = ask("Le préfet a-t-il accordé une dérogation ?")


def calculate(situation: Situation, rules: Rules) -> Result:
    """Hold the contracts against the share of the posts, by the rule in force on `au`.

    Raises Invalid when the convention has no post, and NotInForce before the known days.
    """
    if situation.postes == 0:
        raise Invalid({"postes": NO_POST})
    law = rules.on(situation.au)
    share = law[f"{SUBJECT}.part_{situation.structure}"]
    more = law[f"{SUBJECT}.derogation_{situation.structure}"]
    most, waived = _most(situation, share), _most(situation, more)
    allowed = waived if situation.derogation else most
    if situation.cdi <= allowed:
        verdict = "possible"
    elif situation.cdi <= waived:
        verdict = "sous_conditions"
    else:
        verdict = "impossible"
    words = {
        "cdi": _cdi(situation.cdi),
        "maximum": _cdi(most),
        "derogation": _cdi(waived),
        "limite": _cdi(allowed),
        "part": share.words,
        "part_derogation": more.words,
        "postes": count(exact(situation.postes), "poste", "postes"),
    }
    within, in_waiver = situation.cdi <= most, situation.cdi <= waived
    read = {name: law[f"{SUBJECT}.{name}"] for name in COUNTED}
    return Result(
        verdict=verdict,
        summary=SENTENCES[verdict].format(**words),
        values={
            "maximum": most,
            "maximum_derogation": waived,
            "reste": max(allowed - situation.cdi, 0),
        },
        reasons=[
            Reason(
                "part",
                SHARE[within].format(**words),
                "met" if within else "info" if in_waiver else "unmet",
                share,
            ),
            Reason(
                "derogation",
                WAIVER[situation.derogation].format(**words),
                "info" if in_waiver else "unmet",
                more,
            ),
            *(Reason(name, COUNTED[name], "info", cited) for name, cited in read.items()),
        ],
        not_checked=_not_checked(situation, rules),
    )


def _most(situation: Situation, share: Cited) -> int:
    """Return the whole contracts that the share of the posts holds."""
    part = exact(situation.postes).times(Share(share.value, 100))
    return part.top // part.bottom


def _cdi(number: int) -> str:
    return f"{number} CDI inclusion"


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["age"]: True,
        NOT_CHECKED["derogation"]: situation.derogation,
        **rules.unread(SUBJECT, situation.au),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

SENTENCES = {
    "possible": "Oui : {cdi} pour {postes}, la limite est de {limite}.",
    "sous_conditions": "Pas sans dérogation : la limite est de {maximum} pour {postes}, et de {derogation} si le "
    "préfet l'accorde.",
    "impossible": "Non : {cdi}, c'est plus que {derogation}, la limite pour {postes} même avec une dérogation.",
}
SHARE = {
    True: "La limite est de {part} des postes de la convention, soit {maximum} : elle est respectée.",
    False: "La limite est de {part} des postes de la convention, soit {maximum} : elle est dépassée.",
}
WAIVER = {
    True: "Sur décision du préfet, la limite monte à {part_derogation} des postes, soit {derogation}.",
    False: "Le préfet peut porter la limite à {part_derogation} des postes, soit {derogation}, quand la situation de "
    "la structure le justifie.",
}
COUNTED = {
    "contrats": "Ce sont les contrats qui se comptent, pas leurs heures.",
    "arrondi": "Un contrat ne se coupe pas : le nombre est arrondi en dessous.",
}
NO_POST = "Donnez au moins une part de poste : sans poste dans la convention, aucun CDI inclusion n'est possible."
NOT_CHECKED = {
    "age": "Les personnes : le CDI inclusion demande un âge et un parcours.",
    "derogation": "La décision du préfet : elle peut fixer une part plus basse que la plus haute permise.",
}
