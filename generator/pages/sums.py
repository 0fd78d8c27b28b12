"""The page of sums of money: tables and drawings made of the dated values of `data/rules/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from calculators.dates import french_date
from calculators.typography import number
from generator.content import in_force, value_names
from generator.content.load import Content
from generator.content.models import DatedValue, Parameter
from generator.pages import charts, names

PAGE = "comprendre/sommes.md"
STRUCTURES = ("aci", "ai", "ei", "etti")
UNKNOWN = "non connu"
NO_TEXT = "aucun texte connu"


class Row(NamedTuple):
    """The values from one day on, by column; `begun` are those that begin on that day."""

    since: date
    values: dict[str, DatedValue | None]
    begun: list[DatedValue]


def slots(content: Content) -> dict[str, str]:
    """Return what the page shows in place of each `[[sommes-NAME]]`, as Markdown."""
    aide = content.rules["aide_poste"].parameters
    montants = content.rules["montants"].parameters
    here = {key: aide[f"socle_{key}"] for key in STRUCTURES}
    mayotte = {key: aide[f"socle_{key}_mayotte"] for key in STRUCTURES}
    tables = {
        "aide": {key.upper(): parameter for key, parameter in here.items()},
        "mayotte": {key.upper(): parameter for key, parameter in mayotte.items()},
        "eiti": {"EITI": aide["eiti"], "EITI à Mayotte": aide["eiti_mayotte"]},
        "smic": {
            "De l'heure": montants["smic_horaire"],
            "Du mois, à 35 heures": montants["smic_mensuel"],
        },
        "rsa": {"Par mois": montants["rsa_personne_seule"]},
    }
    return {
        **{f"[[sommes-{name}]]": _table(columns, content) for name, columns in tables.items()},
        "[[sommes-dessin]]": "\n".join(
            _drawing(key, here[key], content.rules["aide_poste"].checked) for key in STRUCTURES
        ),
    }


def rows(columns: Mapping[str, Parameter]) -> list[Row]:
    """Return one row for each day on which a value begins or is no longer known, in order."""
    days = set()
    for parameter in columns.values():
        days |= {dated.since for dated in parameter.values}
        days |= {dated.until + timedelta(days=1) for dated in parameter.values if dated.until}
    return [
        Row(
            day,
            {name: in_force.on(parameter.values, day) for name, parameter in columns.items()},
            [
                dated
                for parameter in columns.values()
                for dated in parameter.values
                if dated.since == day
            ],
        )
        for day in sorted(days)
    ]


def _table(columns: Mapping[str, Parameter], content: Content) -> str:
    """Return the sums as a table, and the text of each row under it: a phone shows no more columns."""
    newest_first = rows(columns)[::-1]
    lines = [f"| Depuis le | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    texts = []
    for row in newest_first:
        cells = [_sum(dated) if dated else UNKNOWN for dated in row.values.values()]
        lines.append(f"| {french_date(row.since)} | {' | '.join(cells)} |")
        # Columns that change together mostly rest on one text.
        cited = dict.fromkeys(_text(dated, content) for dated in row.begun)
        texts.append(f"- {french_date(row.since)} : {' ; '.join(cited) or NO_TEXT}")
    return "\n".join(
        [
            f'<div class="wide-table" tabindex="0" role="group" aria-label="{LABEL}" markdown="1">\n',
            *lines,
            "\n</div>",
            '\n<details class="facts" markdown="1"><summary>Le texte de chaque montant</summary>\n',
            *texts,
            "\n</details>",
        ]
    )


#: What a screen reader says of a table that scrolls sideways on a phone.
LABEL = "Tableau des montants"


def _text(dated: DatedValue, content: Content) -> str:
    address = content.address(dated.source)
    title = f"[{address.title}]({address.url})" if address.url else address.title
    mark = f'<span class="basis" data-basis="{dated.basis}">{value_names.BASIS_NAMES[dated.basis]}</span>'
    return f"{mark} {title}"


def _sum(dated: DatedValue) -> str:
    return f"{number(_number(dated), 'euro')} €"


def _number(dated: DatedValue) -> int | float:
    assert isinstance(dated.value, int | float)
    return dated.value


def _drawing(key: str, parameter: Parameter, last: date) -> str:
    name = names.STRUCTURE_NAMES[key]
    steps = [
        charts.Step(row.since, _number(value) if value else None)
        for row in rows({key: parameter})
        for value in row.values.values()
    ]
    drawing = charts.steps(f"socle-{key}", f"{name[0].upper()}{name[1:]}", steps, last)
    return f'<figure class="chart">\n{drawing}\n</figure>\n'
