"""Check how long a chain of contracts lasts in a structure, and how far it may go.

Source: code du travail, L5132-5, L5132-11-1 and L5132-15-1 (CDDI), L5132-6 and L1251-7 (missions),
L5132-5-1, L5132-6-1, L5132-14-1 and L5132-15-1-1 (CDI inclusion), R5132-1-2 and R5132-1-8 (path),
D5132-10-5-3, D5132-26-12 and D5132-43-5 to D5132-43-14 (hours), L3123-7 and L3123-27 (part time).
The values are in `data/rules/duree_contrat.yaml`.

The contract and the path are two answers. A CDDI has its own maximum and its own prolongations; the
path, which carries the State's aid, has others (R5132-1-2, R5132-1-8) and may end before it. A mission
or a CDD d'usage has no total of its own: the path is its limit.
"""

from __future__ import annotations

from calculators.dates import spells
from calculators.duree_contrat.cdi_inclusion import check_cdi_inclusion
from calculators.duree_contrat.fixed_term import check_fixed_term
from calculators.duree_contrat.situation import SUBJECT, Contrat, Situation, refuse_contradictions
from calculators.result import Result, Verdict
from calculators.rules import NotInForce, Rules
from calculators.situations import Structure

__all__ = ["SUBJECT", "SUMMARY", "TITLE", "VALUES", "VERDICTS", "Situation", "calculate"]

TITLE = "Mon contrat d'insertion a-t-il la bonne durée ?"
SUMMARY = (
    "Donnez la structure, le contrat et ses dates : la réponse dit si les durées et les heures "
    "conviennent, jusqu'où le contrat peut aller, et ce qu'il faut demander à qui."
)
#: What each machine-readable value of the answer is called on the page.
VALUES = {
    "duree_totale": "Durée totale",
    "fin_max": "Dernier jour possible",
    "reste": "Ce qui reste",
    "fin_parcours": "Fin du parcours, sans suspension ni prolongation",
}
VERDICTS = {
    "conforme": Verdict("Conforme", "favorable"),
    "sous_conditions": Verdict("Possible sous conditions", "attention"),
    "non_conforme": Verdict("Non conforme", "defavorable"),
}


def calculate(situation: Situation, rules: Rules) -> Result:
    """Say whether the contracts have a lawful length, and how far the chain may go.

    What is required of a contract (minimum, hours, a mission's length, the CDI's conditions) is
    read on its first day; the maximum and the prolongations on `au`. Raises Invalid for dates that
    contradict each other and for a contract that the structure cannot sign, and NotInForce when no
    rule is known for one of those days, or for a CDD d'usage outside an AI.
    """
    refuse_contradictions(situation)
    if situation.contrat is Contrat.cdd_usage and situation.structure is not Structure.ai:
        raise NotInForce(USAGE_UNREAD)
    chain = spells((periode.debut, periode.fin) for periode in situation.periodes)
    if situation.contrat is Contrat.cdi_inclusion:
        return check_cdi_inclusion(situation, rules, chain)
    return check_fixed_term(situation, rules, chain)


# The words of the answer.

USAGE_UNREAD = (
    "La liste du CDD d'usage (article D1242-1) ouvre l'activité d'insertion à l'AI seulement. Une autre "
    "structure peut relever d'un autre secteur de cette liste, comme le déménagement ou la restauration : "
    "nous ne donnons pas de réponse. Demandez à la DDETS, ou choisissez un autre contrat."
)
