"""The picture files of `data/pictures/`: what is refused, and the sizes that readers are sent.

Only here is Pillow needed: when `data/` is read on a machine, and when the site is built.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageOps

from generator.content import picture_limits

FORMATS = ("JPEG", "PNG", "WEBP")
_NOT_A_PICTURE = (
    "Ce fichier n'est pas une image que le site sait lire. Enregistrez-la en JPEG, PNG ou WebP, et "
    "laissez la fin du nom que votre logiciel lui donne."
)


def size_of(path: Path) -> tuple[int, int]:
    """Return the width and the height of a picture as readers will see it, in pixels.

    Raises ValueError, with a French sentence, for one that is refused.
    """
    picture_limits.refuse_name(path.name)
    picture_limits.refuse_weight(path.stat().st_size)
    try:
        with Image.open(path, formats=FORMATS) as picture:
            width, height = picture.size
            picture_limits.refuse_size(width, height)
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
