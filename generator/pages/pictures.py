"""The pictures of entries, as HTML: two sizes, their text, their licence."""

from __future__ import annotations

from markupsafe import escape

from generator.content import models
from generator.content.load import Content
from generator.pages.metadata import address

#: Where the build writes them, from the root of the site, and how wide: a telephone, and a page.
FOLDER, WIDTHS = "assets/pictures/", (480, 960)


def sizes(file: str, width: int) -> dict[int, str]:
    """Return the files that readers are sent of a picture that is `width` wide: by their widths."""
    stem = file.replace(".", "-")
    return {min(most, width): f"{stem}-{most}.webp" for most in reversed(WIDTHS)}


def figure(picture: models.Picture, content: Content, page: str, *, logo: bool = False) -> str:
    """Return the HTML of a picture in a page of the tree, on one line."""
    width, height = content.pictures[picture.file]
    root = "../" * address(page).count("/")
    files = sizes(picture.file, width)
    shown = max(files)
    given = {
        "src": f"{root}{FOLDER}{files[shown]}",
        "width": shown,
        "height": round(height * shown / width),
        "alt": picture.alt,
        "loading": "lazy",
    }
    if len(files) > 1:
        each = (f"{root}{FOLDER}{name} {size}w" for size, name in sorted(files.items()))
        given |= {
            "srcset": ", ".join(each),
            "sizes": "10rem" if logo else "(max-width: 40rem) 100vw, 38rem",
        }
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in given.items())
    author = f"{picture.author}, " if picture.author else ""
    caption = f"<figcaption>Image : {escape(author)}{escape(picture.licence)}</figcaption>"
    kind = "picture logo" if logo else "picture"
    return f'<figure class="{kind}"><img {attributes}>{caption}</figure>'
