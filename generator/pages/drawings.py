"""The drawings of the site: pictograms, schemes, the map of the départements, as SVG and HTML.

A pictogram is a file of `pictograms/`, drawn by hand on a grid of 48: one stroke of 2, the colour of
the text, and one tint that the style sheet gives. A page asks for one with `[[pictogramme:contrat]]`,
and for a scheme with `[[dessin:vie_pass]]`. What a scheme says is also said in its words: they are
HTML where they can be, and else at least 13 units high in a drawing as wide as a phone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml
from markupsafe import escape

from calculators.dates import french_date
from generator.content import in_force
from generator.content.load import Content
from generator.pages.charts import WIDTH
from generator.pages.directory import Published, department_names
from generator.pages.names import value_in_force

FOLDER = Path(__file__).with_name("pictograms")
MAP = Path(__file__).with_name("departments_map.yaml")
#: The box of the map, and the overseas départements: squares below it, in this order.
MAP_WIDTH, MAP_HEIGHT = 613, 585
OVERSEAS = ("971", "972", "973", "974", "976")
#: The shades of the map, from few structures to many.
SHADES = 4

_SLOT = re.compile(r"\[\[(pictogramme|dessin):(\w+)\]\]")
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@cache
def _inside(name: str) -> str:
    """Return what a pictogram holds, on one line. Raises FileNotFoundError for one that is not there."""
    found = _INSIDE.search((FOLDER / f"{name}.svg").read_text("utf-8"))
    assert found
    return re.sub(r"\s*\n\s*", "", found[1])


def pictogram(name: str) -> str:
    """Return the SVG of a pictogram, on one line, for beside words that say the same."""
    return f'<svg class="pictogram" viewBox="0 0 48 48" aria-hidden="true">{_inside(name)}</svg>'


def fill(text: str, content: Content) -> str:
    """Return the Markdown `text` with its drawings in their places."""

    def drawn(slot: re.Match[str]) -> str:
        if slot[1] == "pictogramme":
            return pictogram(slot[2])
        return DRAWINGS[slot[2]](content)

    return _SLOT.sub(drawn, text)


def _figure(inside: str, caption: str, kind: str = "") -> str:
    return (
        f'<figure class="drawing{f" {kind}" if kind else ""}">{inside}'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def _svg(identifier: str, height: int, title: str, words: str, inside: str) -> str:
    """Return a scheme as wide as a phone; `words` say all that it shows."""
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{identifier}-titre {identifier}-texte">'
        f'<title id="{identifier}-titre">{escape(title)}</title>'
        f'<desc id="{identifier}-texte">{escape(words)}</desc>{inside}</svg>'
    )


def _placed(name: str, x: int, y: int, size: int) -> str:
    """Return a pictogram at a place of a scheme."""
    return (
        f'<svg class="part" x="{x}" y="{y}" width="{size}" height="{size}" viewBox="0 0 48 48">'
        f"{_inside(name)}</svg>"
    )


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}"{f' class="{kind}"' if kind else ""}>{escape(words)}</text>'


def _arrow(x: int, y: int, end: int) -> str:
    """Return a level arrow, to the right or to the left."""
    back = -7 if end > x else 7
    return f'<path d="M{x} {y}H{end}M{end + back} {y - 7}L{end} {y}L{end + back} {y + 7}"></path>'


def _bar(x: float, y: float, width: float, kind: str = "bar") -> str:
    return f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="18" rx="3"></rect>'


def _pathway(content: Content) -> str:
    """Return the four parts of a pathway, as a chain of pictograms and words."""
    months = escape(value_in_force(content, "pass_iae.duree_loi"))
    parts = {
        "conseiller": ("Le diagnostic", "On regarde votre situation."),
        "contrat": ("L’embauche", "Contrat, salaire et PASS IAE."),
        "outils": ("Le travail", f"Avec un accompagnement, {months} au plus au départ."),
        "sortie": ("La suite", "Un emploi ordinaire, ou une formation."),
    }
    items = "".join(
        f"<li>{pictogram(name)}<strong>{title}</strong> <span>{words}</span></li>"
        for name, (title, words) in parts.items()
    )
    return _figure(f'<ol class="chain">{items}</ol>', "Les quatre parties d’un parcours.")


def _families(_: Content) -> str:
    """Return how the two families of structures work, as two scenes."""
    produce = _svg(
        "dessin-produire",
        128,
        "Produire et vendre",
        "Vous travaillez dans la structure. Elle vend ce que vous produisez à un client.",
        _placed("structure", 2, 16, 64)
        + _placed("equipe", 66, 34, 46)
        + _text(2, 104, "Vous travaillez ici")
        + _arrow(120, 60, 150)
        + _placed("vente", 160, 36, 46)
        + _arrow(216, 60, 246)
        + _placed("maison", 254, 22, 58)
        + _text(283, 104, "Le client", "middle"),
    )
    lend = _svg(
        "dessin-preter",
        128,
        "Prêter du personnel",
        "La structure vous embauche. Vous travaillez chez son client.",
        _placed("structure", 2, 16, 64)
        + _text(2, 104, "La structure")
        + _text(127, 46, "vous envoie", "middle")
        + _arrow(80, 60, 174)
        + _placed("maison", 190, 22, 58)
        + _placed("equipe", 254, 34, 46)
        + _text(249, 104, "Vous travaillez ici,", "middle")
        + _text(249, 121, "chez le client", "middle"),
    )
    return (
        '<div class="scenes">'
        + _figure(
            produce,
            "<strong>Produire et vendre</strong> : atelier et chantier d’insertion, entreprise d’insertion.",
        )
        + _figure(
            lend,
            "<strong>Prêter du personnel</strong> : association intermédiaire, entreprise de travail temporaire d’insertion.",
        )
        + "</div>"
    )


def _deciding(_: Content) -> str:
    """Return who decides what, as a table with a sign in each cell."""
    yes, no = pictogram("oui"), pictogram("non")
    rows = [
        ("question", "Éligible ?", (yes, "oui, avec des critères"), (yes, "oui, sans critères")),
        ("contrat", "Embaucher ?", (yes, "oui"), (no, "non")),
        ("pause", "Suspendre ?", (yes, "oui"), (yes, "oui, selon la loi")),
        (
            "prolonger",
            "Prolonger ?",
            (yes, "formation, CDI inclusion"),
            (yes, "âge, handicap, difficultés"),
        ),
        ("attente", "Un autre parcours sans attendre ?", (no, "non"), (yes, "oui")),
    ]
    body = "".join(
        f'<tr><th scope="row">{pictogram(name)}<span>{question}</span></th>'
        + "".join(f"<td>{sign}<span>{words}</span></td>" for sign, words in cells)
        + "</tr>"
        for name, question, *cells in rows
    )
    head = "".join(
        f'<th scope="col">{pictogram(name)}<span>{words}</span></th>'
        for name, words in (
            ("structure", "La structure"),
            ("conseiller", "Le prescripteur habilité"),
        )
    )
    table = (
        '<table class="deciding"><thead><tr><th scope="col">Qui décide ?</th>'
        f"{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    return _figure(table, "Qui décide quoi, dans un parcours.", "wide")


def _months(content: Content, parameter: str, case: str = "") -> float:
    """Return a duration in force in months; days are counted 30.4 to the month."""
    rule, _, name = parameter.partition(".")
    known = content.rules[rule].parameters[name]
    value = (in_force.on(known.values, content.today) or known.values[-1]).value
    number = float(value[case]) if isinstance(value, dict) else float(value)
    return number / 30.4 if known.unit == "jour" else number * (12 if known.unit == "an" else 1)


def _two_counts(content: Content) -> str:
    """Return the two counts of a prolongation, for age: that of the law, that of the platform."""
    total = _months(content, "prolongation.plafond_parcours", "senior")
    first = _months(content, "pass_iae.duree_loi")
    added = _months(content, "prolongation.plafond_cumul", "senior")
    scale = (WIDTH - 4) / max(total, first + added)
    law = value_in_force(content, "prolongation.plafond_parcours.senior")
    platform = value_in_force(content, "prolongation.plafond_cumul.senior")
    start = value_in_force(content, "pass_iae.duree_loi")
    cut = 2 + first * scale
    inside = (
        _text(2, 14, "La loi compte tout", "strong")
        + _bar(2, 24, total * scale)
        + _text(2 + total * scale / 2, 38, f"{law} au plus", "middle")
        + _text(2, 76, "La plateforme compte ce qui s’ajoute", "strong")
        + _bar(2, 86, first * scale, "bar empty")
        + _bar(cut, 86, added * scale)
        + _text(2 + first * scale / 2, 100, start, "middle")
        + _text(cut + added * scale / 2, 100, f"{platform} au plus", "middle")
    )
    words = (
        f"La loi compte tout le parcours : {law} au plus. La plateforme compte les seules "
        f"prolongations, après les premiers {start} : {platform} au plus."
    )
    drawing = _svg("dessin-comptes", 110, "Les deux comptes d’une prolongation", words, inside)
    return _figure(drawing, f"Deux comptes, pour le motif de l’âge. {escape(words)}")


def _life_of_a_pass(content: Content) -> str:
    """Return what moves the end of a PASS, and what comes after it, as four lines of time."""
    start = value_in_force(content, "pass_iae.duree_loi")
    wait = value_in_force(content, "carence.duree")
    inside = (
        _text(2, 14, f"Au départ : {start} au plus", "strong")
        + _bar(2, 22, 150)
        + _text(2, 70, "Suspendu : la fin recule", "strong")
        + _bar(2, 78, 60)
        + _bar(62, 78, 50, "bar dashed")
        + _bar(112, 78, 90)
        + _text(87, 92, "pause", "middle")
        + _text(2, 126, "Prolongé : on ajoute du temps", "strong")
        + _bar(2, 134, 150)
        + _bar(152, 134, 76)
        + _text(190, 148, "en plus", "middle")
        + _text(2, 182, f"Après la fin : attendre {wait}", "strong")
        + _bar(2, 190, 150)
        + _bar(152, 190, 166, "bar dashed")
        + _text(235, 204, "attente", "middle")
    )
    words = (
        f"Un PASS IAE dure {start} au plus. Une suspension fait reculer sa fin. Une prolongation "
        f"ajoute du temps. Après la fin, il faut attendre {wait}, sauf si un prescripteur habilité "
        "accepte un nouveau parcours avant."
    )
    drawing = _svg("dessin-vie", 212, "La vie d’un PASS IAE", words, inside)
    return _figure(drawing, f"La vie d’un PASS IAE. {escape(words)}")


#: What `[[dessin:…]]` draws.
DRAWINGS: dict[str, Callable[[Content], str]] = {
    "parcours": _pathway,
    "familles": _families,
    "qui_decide": _deciding,
    "deux_comptes": _two_counts,
    "vie_pass": _life_of_a_pass,
}


@cache
def _outlines() -> dict[str, str]:
    """Return the outline of each département of the mainland and Corsica, by its code."""
    outlines: dict[str, str] = yaml.safe_load(MAP.read_text("utf-8"))
    return outlines


def listed(codes: Iterable[str]) -> str:
    """Write départements as a reader says them: « Ariège (09), Aude (11) »."""
    return ", ".join(f"{department_names()[code]} ({code})" for code in codes)


def territory(codes: Sequence[str], title: str) -> str:
    """Return the map of the départements, those of `codes` in colour, and their list in words."""
    coloured = "".join(path for code, path in _outlines().items() if code in codes)
    others = "".join(path for code, path in _outlines().items() if code not in codes)
    squares = "".join(
        f'<rect class="{"chosen" if code in codes else "other"}" x="{8 + rank * 34}" y="550" '
        f'width="26" height="26" rx="4"></rect>'
        for rank, code in enumerate(OVERSEAS)
    )
    drawing = (
        f'<svg viewBox="0 0 {MAP_WIDTH} {MAP_HEIGHT}" role="img" aria-labelledby="carte-titre">'
        f'<title id="carte-titre">{escape(title)}</title>'
        f'<path class="other" d="{others}"></path><path class="chosen" d="{coloured}"></path>'
        f'{squares}<text x="8" y="535">Outre-mer</text></svg>'
    )
    caption = f"{escape(title)} : {escape(listed(codes))}."
    return _figure(drawing, caption, "map")


def departments(published: Published | None = None) -> str:
    """Return the map that leads to the page of each département, for a pointer: a list beside it says the same.

    Where a directory is published, the more structures hire in a département, the stronger its shade.
    """
    names = department_names()
    hiring = published.hiring if published else {}
    bounds = _bounds([*hiring.values()]) if hiring else []

    def shade(code: str) -> str:
        return f"shade-{bisect_right(bounds, hiring[code])}" if bounds else "other"

    def leading(code: str, shape: str) -> str:
        many = f" : {_structures(hiring[code])}" if hiring else ""
        title = f"<title>{escape(f'{names[code]} ({code}){many}')}</title>"
        return f'<a href="{code}/" tabindex="-1">{title}{shape}</a>'

    outlines = "".join(
        leading(code, f'<path class="{shade(code)}" d="{path}"></path>')
        for code, path in _outlines().items()
    )
    squares = "".join(
        leading(
            code,
            f'<rect class="{shade(code)}" x="{8 + rank * 34}" y="550" width="26" height="26" rx="4">'
            "</rect>",
        )
        for rank, code in enumerate(OVERSEAS)
    )
    drawing = (
        f'<svg viewBox="0 0 {MAP_WIDTH} {MAP_HEIGHT}" aria-hidden="true">{outlines}{squares}'
        f'<text x="8" y="535">Outre-mer</text></svg>'
    )
    caption = "Choisissez un département sur la carte, ou dans la liste."
    if published and bounds:
        day = french_date(published.day)
        caption += f" Structures qui embauchent, par département, au {day} :{_legend(bounds)}"
    return _figure(drawing, caption, "map")


def _bounds(counts: Sequence[int]) -> list[int]:
    """Return where the second to the fourth shade begin: a quarter of the départements each, round numbers.

    Fewer where too few départements differ, none where no structure is counted.
    """
    ordered = sorted(counts)
    quarters = (ordered[len(ordered) * part // SHADES] for part in range(1, SHADES))
    # Two figures say enough: 247 is told as 250.
    return sorted({round(bound, min(0, 2 - len(str(bound)))) for bound in quarters if bound})


def _legend(bounds: Sequence[int]) -> str:
    """Return what each shade of the map says, in words."""
    words = [
        f"moins de {bounds[0]}",
        *(f"de {low} à {high - 1}" for low, high in pairwise(bounds)),
        f"{bounds[-1]} et plus",
    ]
    lines = "".join(
        '<li><svg class="swatch" viewBox="0 0 20 20" aria-hidden="true">'
        f'<rect class="shade-{rank}" x="1" y="1" width="18" height="18" rx="3"></rect></svg>{text}</li>'
        for rank, text in enumerate(words)
    )
    return f'<ul class="legend">{lines}</ul>'


def _structures(count: int) -> str:
    return f"{count} structure{'s' if count > 1 else ''}"
