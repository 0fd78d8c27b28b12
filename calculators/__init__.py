"""Calculators of the insertion par l'activité économique (IAE).

A calculator is a module with a `Situation` (what is asked) and `calculate(situation, rules)`
(what is answered). This list is explicit: its order is the site's.
"""

from types import ModuleType

from calculators import eligibilite_iae, heures_ai, pmsmp

CALCULATORS: dict[str, ModuleType] = {
    "eligibilite_iae": eligibilite_iae,
    "pmsmp": pmsmp,
    "heures_ai": heures_ai,
}

__all__ = ["CALCULATORS"]
