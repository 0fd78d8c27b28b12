"""Calculators of the insertion par l'activité économique (IAE).

A calculator is a module with a `Situation` (what is asked) and `calculate(situation, rules)`
(what is answered). This list is explicit: its order is the site's.
"""

from types import ModuleType

from calculators import aide_geiq, diagnostic, eligibilite_iae

CALCULATORS: dict[str, ModuleType] = {
    "eligibilite_iae": eligibilite_iae,
    "aide_geiq": aide_geiq,
    "diagnostic": diagnostic,
}

__all__ = ["CALCULATORS"]
