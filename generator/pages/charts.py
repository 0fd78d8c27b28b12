"""Charts drawn when the site is built: SVG with classes only, which the style sheet colours."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from markupsafe import escape

from calculators.dates import french_date
from calculators.typography import number

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


class Step(NamedTuple):
    """A sum in euros that holds from a day on, until the next step; None while it is not known."""

    since: date
    value: float | None


#: Units of a drawing in steps: where it begins and ends, under its title and above its years.
TOP, BOTTOM, RIGHT = 40, 120, 300


def steps(identifier: str, title: str, values: list[Step], last: date) -> str:
    """Draw sums that change on some days, up to `last`, as a stair from zero, on one line of SVG.

    `<desc>` gives all of it in words.
    """
    known = [step.value for step in values if step.value is not None]
    first = values[0].since
    days = [step.since for step in values[1:]]
    span, most = (last - first).days, max(known)
    parts, words, drawing = [], [], False
    for step, following in zip(values, [*days, last], strict=True):
        if step.value is None:
            words.append(f"depuis le {french_date(step.since)}, non connu")
            drawing = False
            continue
        words.append(f"depuis le {french_date(step.since)}, {number(step.value, 'euro')} euros")
        start, end = (
            round((day - first).days / span * RIGHT, 1) for day in (step.since, following)
        )
        y = round(BOTTOM - step.value / most * (BOTTOM - TOP), 1)
        parts.append(f"V{y}H{end}" if drawing else f"M{start} {y}H{end}")
        drawing = True
    years = "".join(
        f'<text x="{round((date(year, 1, 1) - first).days / span * RIGHT, 1)}" y="{BOTTOM + 16}">'
        f"{year}</text>"
        for year in range(first.year + (first > date(first.year, 1, 1)), last.year + 1, 2)
    )
    ends = f"de {number(known[0], 'euro')} à {number(known[-1], 'euro')} euros"
    return (
        f'<svg viewBox="0 0 {WIDTH} {BOTTOM + 20}" role="img" '
        f'aria-labelledby="{identifier}-titre {identifier}-texte">'
        f'<title id="{identifier}-titre">{escape(title)}</title>'
        f'<desc id="{identifier}-texte">{escape("; ".join(words).capitalize())}.</desc>'
        f'<text x="0" y="14">{escape(title)}</text><text class="value" x="0" y="30">{ends}</text>'
        f'<line x1="0" x2="{RIGHT}" y1="{BOTTOM}" y2="{BOTTOM}"></line>'
        f'<path d="{"".join(parts)}"></path>{years}</svg>'
    )
