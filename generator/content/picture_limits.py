"""What a picture file may be. The workshop asks this in a browser, where nothing reads the file itself."""

from __future__ import annotations

import re

#: The most that a file may weigh, in bytes, and a picture may hold, in pixels: a large one of a telephone.
HEAVIEST, LARGEST = 10_000_000, 50_000_000
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\.(jpe?g|png|webp)\Z")
_SMALLER = "Réduisez-la : une largeur de 2 000 pixels suffit."


def refuse_name(name: str) -> None:
    """Raise ValueError, with a French sentence, for a name that the site does not take."""
    if not NAME.match(name):
        raise ValueError(
            f"Le nom « {name} » ne convient pas. Renommez l'image : minuscules sans accent, chiffres, "
            "« - » et « _ », puis .jpg, .png ou .webp."
        )


def refuse_weight(weight: int) -> None:
    """Raise ValueError, with a French sentence, for a file of too many bytes."""
    if weight > HEAVIEST:
        raise ValueError(
            f"Cette image est trop lourde : {weight / 1e6:.0f} Mo, {HEAVIEST // 10**6} au plus. {_SMALLER}"
        )


def refuse_size(width: int, height: int) -> None:
    """Raise ValueError, with a French sentence, for a picture of too many pixels."""
    if width * height > LARGEST:
        raise ValueError(f"Cette image est trop grande : {width} × {height} pixels. {_SMALLER}")
