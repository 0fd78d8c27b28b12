"""What several situations share: structures, a period with two ends, criteria that exclude others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from calculators.inputs import Choice, Invalid, ask
from calculators.rules import Criterion


class Structure(Choice):
    """The structures that hire in an IAE path."""

    aci = "aci", "Atelier et chantier d'insertion (ACI)"
    ai = "ai", "Association intermédiaire (AI)"
    ei = "ei", "Entreprise d'insertion (EI)"
    eiti = "eiti", "Entreprise d'insertion par le travail indépendant (EITI)"
    etti = "etti", "Entreprise de travail temporaire d'insertion (ETTI)"


class Conventionnee(Choice):
    """The structures to which the State pays an aid for each post of an agreement: not the EITI."""

    aci = "aci", Structure.aci.label
    ai = "ai", Structure.ai.label
    ei = "ei", Structure.ei.label
    etti = "etti", Structure.etti.label


class Territoire(Choice):
    """Where the structure is: Mayotte has its own sums."""

    metropole = "metropole", "En métropole ou outre-mer, sauf Mayotte"
    mayotte = "mayotte", "À Mayotte"


#: The structure in a sentence, with its article.
IN_STRUCTURE = {
    Structure.aci: "un atelier et chantier d'insertion (ACI)",
    Structure.ai: "une association intermédiaire (AI)",
    Structure.ei: "une entreprise d'insertion (EI)",
    Structure.eiti: "une entreprise d'insertion par le travail indépendant (EITI)",
    Structure.etti: "une entreprise de travail temporaire d'insertion (ETTI)",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Periode:
    """A period: both days are included."""

    debut: date = ask("Premier jour")
    fin: date = ask("Dernier jour")


def running_on(day: date, periods: tuple[Periode, ...]) -> Periode | None:
    """Return the first of the periods that holds the day, if one does."""
    return next((period for period in periods if period.debut <= day <= period.fin), None)


def overlapping(suspensions: tuple[Periode, ...]) -> dict[str, str]:
    """Return the errors of the suspensions that begin before another has ended, by field path."""
    in_order = sorted(enumerate(suspensions), key=lambda item: item[1].debut)
    return {
        f"suspensions.{position}.debut": OVERLAP
        for (_, earlier), (position, later) in pairwise(in_order)
        if later.debut <= earlier.fin
    }


def refuse_incompatible(met: list[Criterion]) -> None:
    """Raise Invalid when two of the criteria met exclude each other."""
    titles = {criterion.code: criterion.title for criterion in met}
    for criterion in met:
        for other in criterion.incompatible:
            if other in titles:
                raise Invalid({"criteres": INCOMPATIBLE.format(criterion.title, titles[other])})


INCOMPATIBLE = "« {} » et « {} » ne peuvent pas être vrais en même temps. Décochez l'un des deux."
OVERLAP = "Cette suspension en chevauche une autre. Vérifiez leurs dates."
