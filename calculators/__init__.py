"""Calculators of the insertion par l'activité économique (IAE).

A calculator is a module with a `Situation` (what is asked) and `calculate(situation, rules)`
(what is answered). This list is explicit: its order is the site's.
"""

from types import ModuleType

from calculators import (
    aide_geiq,
    carence,
    diagnostic,
    duree_contrat,
    eligibilite_iae,
    heures_ai,
    pass_iae,
    pmsmp,
    prolongation,
    suspension,
)

CALCULATORS: dict[str, ModuleType] = {
    "eligibilite_iae": eligibilite_iae,
    "aide_geiq": aide_geiq,
    "diagnostic": diagnostic,
    "pass_iae": pass_iae,
    "carence": carence,
    "suspension": suspension,
    "prolongation": prolongation,
    "duree_contrat": duree_contrat,
    "pmsmp": pmsmp,
    "heures_ai": heures_ai,
}

__all__ = ["CALCULATORS"]
