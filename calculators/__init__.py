"""Calculators of the insertion par l'activité économique (IAE).

A calculator is a module with a `Situation` (what is asked) and `calculate(situation, rules)`
(what is answered). This list is explicit: its order is the site's.
"""

from types import ModuleType

from calculators import duree_contrat, eligibilite_iae

CALCULATORS: dict[str, ModuleType] = {
    "eligibilite_iae": eligibilite_iae,
    "duree_contrat": duree_contrat,
}

__all__ = ["CALCULATORS"]
