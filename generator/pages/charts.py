"""Charts drawn when the site is built: SVG with classes only, which the style sheet colours."""

from __future__ import annotations

from markupsafe import escape

#: Units of the drawing. It is as wide as a small phone, so that its words keep their size there.
WIDTH, LINE, BAR, LONGEST, SCALE = 320, 46, 14, 270, 50


def bars(identifier: str, title: str, shares: dict[str, float]) -> str:
    """Draw one horizontal bar for each share, in % (0 to 50 fills the width), on one line of SVG.

    `shares` goes from the words of a share to its value. `<desc>` gives all of it in words.
    """
    parts = []
    for rank, (name, share) in enumerate(shares.items()):
        top = rank * LINE
        length = round(min(share, SCALE) / SCALE * LONGEST, 1)
        number = f"{share:g}".replace(".", ",")
        parts.append(
            f'<text x="0" y="{top + 14}">{escape(name)}</text>'
            f'<rect x="0" y="{top + 20}" width="{length}" height="{BAR}"></rect>'
            f'<text class="value" x="{length + 6}" y="{top + 32}">{number} %</text>'
        )
    description = ", ".join(f"{name} {share:g} %" for name, share in shares.items()).replace(
        ".", ","
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {LINE * len(shares)}" role="img" '
        f'aria-labelledby="{identifier}-titre {identifier}-texte">'
        f'<title id="{identifier}-titre">{escape(title)}</title>'
        f'<desc id="{identifier}-texte">{escape(description)}.</desc>{"".join(parts)}</svg>'
    )
