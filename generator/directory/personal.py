"""What may be of a person in a row of the source, and is left out: names, their mail, their mobile."""

from __future__ import annotations

import re
from typing import Any

from generator.content.models import is_a_mobile, is_of_a_person

_TITLE = r"(?:M\.|Mr\.?|Mme\.?|Mlle\.?|Monsieur|Madame|Mademoiselle)"
#: A name that is that of a person; « Maison Madame » and « Notre-Dame » are not.
_PERSON = re.compile(rf"{_TITLE}\s+\S", re.IGNORECASE)
#: In an address: « chez Mme Martin », « à l'attention de »; « rue du Docteur Roux » is a street.
_AT_PERSON = re.compile(
    rf"\b(?:chez|c/o|attention|contact|responsable|référente?)\b|(?<![\w.]){_TITLE}\s+[A-ZÀ-Ý]",
)


def without_persons(row: dict[str, Any]) -> tuple[dict[str, Any], list[str]] | None:
    """Return a row without what may be of a person, and the keys left out; None for a person's own row.

    The description never comes here: free text names people, their mail and their mobile.
    """
    if _PERSON.match(row["nom"]):
        return None
    out = []
    if "telephone" in row and is_a_mobile(row["telephone"]):
        out.append("telephone")
    if "courriel" in row and is_of_a_person(row["courriel"]):
        out.append("courriel")
    out += [
        name
        for name in ("adresse", "complement_adresse")
        if name in row and _AT_PERSON.search(row[name])
    ]
    return {name: value for name, value in row.items() if name not in out}, out
