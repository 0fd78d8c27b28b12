"""Calculators of the insertion par l'activité économique (IAE).

A calculator is a module with a `Situation` (what is asked) and `calculate(situation, rules)`
(what is answered). The list is explicit: its order is the site's.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType

_NAMES = (
    "eligibilite_iae",
    "aide_geiq",
    "diagnostic",
    "pass_iae",
    "carence",
    "embauche",
    "suspension",
    "reprise",
    "prolongation",
    "fin_pass",
    "duree_contrat",
    "pmsmp",
    "heures_ai",
    "aide_poste",
    "etp_annee",
    "controle",
    "essai_preavis",
    "part_cdi_inclusion",
    "recettes_aci",
    "part_departement",
    "clause_sociale",
    "marche_reserve",
    "salaire_minimum",
    "suivi",
)


class _Calculators(Mapping[str, ModuleType]):
    # Imported when asked for: in a browser, the others would delay the first answer.

    def __getitem__(self, name: str) -> ModuleType:
        if name not in _NAMES:
            raise KeyError(name)
        return import_module(f"{__name__}.{name}")

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


#: The module of each calculator, by its name.
CALCULATORS: Mapping[str, ModuleType] = _Calculators()

__all__ = ["CALCULATORS"]
