"""Tell whether a structure employs enough disadvantaged workers for a reserved public contract.

Source: code de la commande publique, R2113-7. The values are in `data/rules/marche_reserve.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculators.amounts import Share, count, exact
from calculators.inputs import Invalid, ask
from calculators.result import Reason, Result, Verdict
from calculators.rules import Rules

SUBJECT = "marche_reserve"
TITLE = "Notre structure peut-elle répondre à un marché réservé ?"
SUMMARY = (
    "Donnez l'effectif et le nombre de salariés en insertion : la réponse dit si la part que demande un "
    "marché réservé est atteinte."
)
#: The name on the page of each machine-readable value of the answer.
VALUES = {
    "part": "Part des personnes défavorisées, en %",
    "minimum": "Personnes défavorisées qu'il faut au moins",
}
VERDICTS = {
    "atteint": Verdict("Part atteinte", "favorable"),
    "non_atteint": Verdict("Part non atteinte", "defavorable"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """The answers of the person; the form is generated from it."""

    au: date = ask("À quelle date faut-il vérifier ?", step="L'effectif", fact="au")
    effectif: float = ask(
        "Combien de personnes travaillent dans la structure ?",
        help="Tout le monde, permanents compris. En personnes ou en temps plein, mais la même unité partout.",
    )
    defavorises: float = ask(
        "Combien sont défavorisées ou handicapées ?",
        help="Par exemple les salariés en insertion, et ceux qui sont reconnus travailleurs handicapés.",
        step="Les personnes défavorisées",
    )


def calculate(situation: Situation, rules: Rules) -> Result:
    """Hold the disadvantaged workers against all of them, by the rule in force on `au`.

    Raises Invalid for a part that is greater than the whole, or nobody, and NotInForce before the
    known days.
    """
    _refuse_contradictions(situation)
    law = rules.on(situation.au)
    share = law[f"{SUBJECT}.part"]
    whole, part = exact(situation.effectif), exact(situation.defavorises)
    needed = whole.times(Share(share.value, 100))
    reached = not needed.exceeds(part)
    verdict = "atteint" if reached else "non_atteint"
    held = part.over(whole).times(Share(100))
    words = {
        "part": count(held, "%", "%", 2),
        "demande": share.words,
        "minimum": count(needed, "personne", "personnes", 2),
        "effectif": count(whole, "personne", "personnes"),
    }
    unit, notice = law[f"{SUBJECT}.unite"], law[f"{SUBJECT}.annonce"]
    return Result(
        verdict=verdict,
        summary=SENTENCES[verdict].format(**words),
        values={"part": held.rounded(2), "minimum": needed.rounded(2)},
        reasons=[
            Reason("part", SHARE.format(**words), "met" if reached else "unmet", share),
            Reason("unite", UNIT, "info", unit),
            Reason("annonce", NOTICE, "info", notice),
        ],
        not_checked=_not_checked(situation, rules),
    )


def _refuse_contradictions(situation: Situation) -> None:
    errors = {}
    if situation.effectif == 0:
        errors["effectif"] = NOBODY
    elif situation.defavorises > situation.effectif:
        errors["defavorises"] = TOO_MANY.format(count(exact(situation.effectif), "", "").strip())
    if errors:
        raise Invalid(errors)


def _not_checked(situation: Situation, rules: Rules) -> list[str]:
    checks = {
        NOT_CHECKED["marche"]: True,
        NOT_CHECKED["personnes"]: True,
        **rules.unread(SUBJECT, situation.au),
    }
    return [text for text, applies in checks.items() if applies]


# The words of the answer.

SENTENCES = {
    "atteint": "Oui : {part} de l'effectif, pour {demande} au moins.",
    "non_atteint": "Non : {part} de l'effectif, il faut {demande} au moins.",
}
SHARE = "Un marché peut être réservé quand la part est d'au moins {demande} : pour {effectif}, {minimum}."
UNIT = "L'article parle d'une proportion de travailleurs, sans dire s'il faut compter des personnes ou des temps pleins."
NOTICE = "L'acheteur annonce que le marché est réservé, dans l'avis ou dans les documents de la consultation."
NOBODY = "Donnez un effectif au-dessus de zéro : la part se calcule sur lui."
TOO_MANY = "Ce nombre ne peut pas dépasser l'effectif ({}). Corrigez l'un des deux."
NOT_CHECKED = {
    "marche": "Le marché lui-même : l'acheteur dit à qui il le réserve, et comment prouver la part.",
    "personnes": "Qui est défavorisé ou handicapé au sens du code de la commande publique.",
}
