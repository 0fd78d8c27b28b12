"""The picture files of `data/pictures/`: what is refused, and the sizes that readers are sent.

Only here is Pillow needed: when `data/` is read on a machine, and when the site is built.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image, ImageOps

#: The most that a file may weigh, in bytes, and a picture may hold, in pixels: a large one of a telephone.
HEAVIEST, LARGEST = 10_000_000, 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\.(jpe?g|png|webp)\Z")
_NOT_A_PICTURE = (
    "Ce fichier n'est pas une image que le site sait lire. Enregistrez-la en JPEG, PNG ou WebP, et "
    "laissez la fin du nom que votre logiciel lui donne."
)


def size_of(path: Path) -> tuple[int, int]:
    """Return the width and the height of a picture as readers will see it, in pixels.

    Raises ValueError, with a French sentence, for one that is refused.
    """
    if not NAME.match(path.name):
        raise ValueError(
            f"Le nom « {path.name} » ne convient pas. Renommez l'image : minuscules sans accent, chiffres, "
            "« - » et « _ », puis .jpg, .png ou .webp."
        )
    weight = path.stat().st_size
    if weight > HEAVIEST:
        raise ValueError(
            f"Cette image est trop lourde : {weight / 1e6:.0f} Mo, {HEAVIEST // 10**6} au plus. "
            "Réduisez-la : une largeur de 2 000 pixels suffit."
        )
    try:
        with Image.open(path, formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > LARGEST:
                raise ValueError(
                    f"Cette image est trop grande : {width} × {height} pixels. Réduisez-la : une "
                    "largeur de 2 000 pixels suffit."
                )
            picture.load()
            return ImageOps.exif_transpose(picture).size
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise ValueError(_NOT_A_PICTURE) from None


def resized(path: Path, width: int) -> bytes:
    """Return a picture as WebP, at most `width` pixels wide, turned upright, without its metadata."""
    with Image.open(path, formats=FORMATS) as picture:
        upright = ImageOps.exif_transpose(picture)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        plain = upright.convert(mode)
    if plain.width > width:
        plain = plain.resize((width, round(plain.height * width / plain.width)))
    # A new picture holds the pixels alone: no place, no day, no name of who took it.
    bare = Image.new(mode, plain.size)
    bare.paste(plain)
    made = io.BytesIO()
    bare.save(made, "WEBP", quality=80, method=4)
    return made.getvalue()
