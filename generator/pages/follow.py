"""The words of the page that follows one person: its letters, its sheets, how far its dates are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from calculators.situations import IN_STRUCTURE
from calculators.typography import french

#: The groups of the dates to come: a title, and the most days; the last one has no limit.
HORIZONS: list[tuple[str, int | None]] = [
    ("Dans les 30 jours", 30),
    ("Dans les 90 jours", 90),
    ("Dans les 180 jours", 180),
    ("Plus tard", None),
]


def letters() -> dict[str, Any]:
    """Return the letters, the words of what they miss and the person's sheet, spaces set.

    `letters` and `person` have a mapping by name, the other parts a text.
    """
    text = Path(__file__).with_name("letters.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    structures = {str(code): words for code, words in IN_STRUCTURE.items()}
    spaced: dict[str, Any] = _spaced(found | {"structures": structures, "words": LETTER_WORDS})
    return spaced


def _spaced(value: Any) -> Any:
    """Set the spaces and the apostrophes of all the texts of a mapping."""
    if isinstance(value, dict):
        return {name: _spaced(one) for name, one in value.items()}
    return french(value)


#: The small words that write a fact.
LETTER_WORDS = {
    "from": "du",
    "to": "au",
    "since": "depuis le",
    "and": "et",
    "or": "ou",
    "hours": "heures par semaine",
    "at": "chez",
    "ends": "finit",
    "ended": "a pris fin",
    "left_none": "Rien ne manque : relisez, puis copiez ou imprimez.",
    "left_one": "Un endroit à compléter, entre crochets.",
    "left": "{} endroits à compléter, entre crochets.",
}


#: What the page says of a file that is opened or saved.
WORDS = {
    name: french(words)
    for name, words in {
        "saved": "Le dossier est enregistré dans vos téléchargements. Il contient les réponses de la personne : "
        "gardez-le en lieu sûr.",
        "opened": "Le dossier est ouvert.",
        "unreadable": "Ce fichier ne peut pas être lu : il n'est pas un dossier enregistré par cette page. Vos "
        "réponses n'ont pas changé.",
        "other": "Ce fichier vient d'un autre programme, ou d'une autre page. Choisissez un dossier enregistré "
        "ici. Vos réponses n'ont pas changé.",
        "newer": "Ce dossier vient d'une version plus récente de cette page. Rechargez la page, puis ouvrez-le "
        "de nouveau. Vos réponses n'ont pas changé.",
        "large": "Ce fichier est trop grand pour être un dossier. Vos réponses n'ont pas changé.",
        "unknown": "Ces réponses du fichier n'existent plus ici, et n'ont pas été reprises : {}.",
        "older": "Le dossier vient d'une version plus ancienne : il a été lu.",
        "erased": "Tout est effacé de cette page.",
        "copied": "Le courrier est copié.",
        "refused": "Le navigateur refuse la copie : sélectionnez le texte, puis copiez-le.",
    }.items()
}
