"""What several situations share: the structures, and a period with two ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculators.inputs import Choice, ask


class Structure(Choice):
    """The structures that hire in an IAE path."""

    aci = "aci", "Atelier et chantier d'insertion (ACI)"
    ai = "ai", "Association intermédiaire (AI)"
    ei = "ei", "Entreprise d'insertion (EI)"
    eiti = "eiti", "Entreprise d'insertion par le travail indépendant (EITI)"
    etti = "etti", "Entreprise de travail temporaire d'insertion (ETTI)"


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
