"""`build_site.py annuaire`: from a published file to the directory that the next build shows."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from generator.content import communes
from generator.directory import download, rows, source_files, store
from generator.directory.source_files import Unreadable

#: A file that has lost half of what the last one had was cut where no sign tells it.
LEAST = 0.5
#: How many lines of a kind are told on the screen; all are in the report.
_SHOWN = 10


def update(root: Path, source: str, *, shrink: bool = False) -> list[str]:
    """Read a file or an https address, keep its directory, and return what to tell, line by line.

    Raises Unreadable, with the last directory left as it was, for a source that cannot be read whole,
    that has no structure, or that has less than half of what the last one had, unless `shrink`.
    """
    places = communes.read(root / "node_modules")
    last = store.read(root)
    home, arrived = root / store.FOLDER, list[str]()
    if re.match(r"[a-z]+://", source):
        file, arrived = download.download(source, home)
        try:
            found = rows.sort_out(source_files.rows(file), places)
        finally:
            download.forget(home)  # whole, or broken where the server says that it is whole
    else:
        found = rows.sort_out(source_files.rows(Path(source)), places)
    if not found.kept:
        raise Unreadable(
            "\n".join(
                [
                    f"Aucune structure dans ce fichier de {count(found.read, 'ligne')} : l'annuaire reste "
                    "comme il était.",
                    *_reasons(found),
                ]
            )
        )
    if last and not shrink and found.kept < last.rows * LEAST:
        raise Unreadable(
            f"Ce fichier donne {count(found.kept, 'structure')}, l'annuaire du {last.day} en a "
            f"{number(last.rows)}. Il est peut-être coupé : l'annuaire reste comme il était. Si la baisse "
            "est vraie, ajoutez --moins."
        )
    day = _day(source, found.newest)
    told = [*arrived, *_told(found, day)]
    report = [*told, *(f"double : {one}, comme {other}" for one, other in found.doubles)]
    kept = store.write(root, day, found.rows, found.communes, report)
    where = (kept.folder / "report.txt").relative_to(root)
    doubles = first([f"{one}, comme {other}" for one, other in found.doubles])
    return [*told, *doubles, f"Le détail est dans {where}. Construisez le site pour le montrer."]


def _day(source: str, newest: str) -> date:
    """Return the day of a source: the one in its name, else that of its newest row."""
    for text in (*re.findall(r"\d{4}-\d{2}-\d{2}", Path(source).name), newest):
        try:
            return date.fromisoformat(text)
        except ValueError:  # figures that are no day
            continue
    raise AssertionError("each row has a day")


def _told(found: rows.Result, day: date) -> list[str]:
    filled = sum(1 for its in found.rows.values() if its)
    return [
        f"{count(found.kept, 'structure')} au {day}, dans {count(filled, 'département')} ; "
        f"{count(found.read, 'ligne')} dans le fichier.",
        f"{count(found.others, 'ligne')} d'un autre type que ceux de l'annuaire.",
        *_reasons(found),
        f"{count(len(found.doubles), 'double')} : même SIRET ou même nom, dans la même commune.",
    ]


def _reasons(found: rows.Result) -> list[str]:
    return [
        *(
            f"{count(many, 'ligne')} : refus, {reason}."
            for reason, many in found.refused.most_common()
        ),
        *(
            f"{count(many, 'ligne')} sans : {reason}."
            for reason, many in found.left_out.most_common()
        ),
    ]


def first(lines: list[str]) -> list[str]:
    """Return the lines that the screen shows of those of the report."""
    more = ["  …"] if len(lines) > _SHOWN else []
    return [*(f"  {line}" for line in lines[:_SHOWN]), *more]


def number(many: int) -> str:
    """Write a number as French does: `17 700`."""
    return f"{many:,}".replace(",", " ")


def count(many: int, word: str) -> str:
    """Write how many there are of a word: `2 lignes`."""
    return f"{number(many)} {word}{'s' if many > 1 else ''}"
