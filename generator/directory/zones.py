"""`build_site.py zones`: from the published list of FRR communes to the one that the next build shows.

The list is one file, `build/directory/zones.json`, replaced in one step: a command that refuses a file
leaves the last list as it was.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from generator.content import communes
from generator.content.communes import Places
from generator.content.markdown import plain_letters
from generator.directory import source_files, store
from generator.directory.source_files import Raw, Unreadable
from generator.directory.update import LEAST, count, first, number

_FILE, _REPORT = "zones.json", "zones.txt"
_ORDER = re.compile(r"JORFTEXT\d{12}\Z")
#: The columns, by the names that lists give them, without accents nor signs.
_COLUMNS = {
    "code": ("code", "code_insee", "insee", "codgeo", "code_commune"),
    "class": ("classe", "classement", "zone", "zonage", "frr"),
    "since": ("depuis", "premier_jour", "date_debut", "since"),
    "text": ("texte", "arrete"),
    "signed": ("texte_du", "arrete_du"),
}
#: The classes of which we know what they say, by their words without spaces.
_CLASSES = {
    **dict.fromkeys(("frr", "zfrr", "franceruralitesrevitalisation"), "FRR"),
    **dict.fromkeys(("frr+", "frrplus", "zfrr+", "zfrrplus"), "FRR plus"),
}
_NOT_CLASSED = frozenset({"non", "nc", "nonclasse", "nonclassee", "nonfrr", "horsfrr"})


@dataclass(frozen=True, slots=True)
class Zone:
    """The class of a commune (`FRR`, `FRR plus`), its first day, its order and the day of this order."""

    name: str
    since: str
    order: str
    signed: str


@dataclass
class _Result:
    zones: dict[str, Zone] = field(default_factory=dict)
    read: int = 0
    others: int = 0
    #: Lines that are left out, by the reason, and each with its words.
    refused: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)


class _Refused(Exception):
    """A line is left out: the reason that is counted, then what tells which line it is."""


def read(root: Path) -> dict[str, Zone] | None:
    """Return the zones that are kept under `root`, by the codes of the communes; None without a list."""
    try:
        held = json.loads((root / store.FOLDER / _FILE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return {code: Zone(*values) for code, values in held.items()}


def update(
    root: Path,
    file: Path,
    text: str = "",
    signed: str = "",
    since: str = "",
    *,
    shrink: bool = False,
) -> list[str]:
    """Read a list of communes, keep it, and return what to tell, line by line.

    `text` (JORFTEXT…), `signed` and `since` (days) are the order, its day and the first day of the lines
    that do not tell theirs. Raises Unreadable, with the last list left as it was, for a file that cannot
    be read whole, that classes no commune, or less than half of what the last one did, unless `shrink`.
    """
    given = {"text": text, "signed": signed, "since": since}
    last = read(root)
    found = _sort_out(source_files.rows(file), communes.read(root / "node_modules"), given)
    told = [
        *(f"{count(many, 'ligne')} : refus, {why}." for why, many in found.refused.most_common()),
        *first(found.told),
        f"{count(len(found.doubles), 'double')} : la même commune, avec le même classement.",
        *first(found.doubles),
    ]
    if not found.zones:
        raise Unreadable(
            "\n".join(
                [
                    f"Aucune commune classée dans ce fichier de {count(found.read, 'ligne')} : la liste "
                    "reste comme elle était.",
                    *told,
                ]
            )
        )
    if last and not shrink and len(found.zones) < len(last) * LEAST:
        raise Unreadable(
            f"Ce fichier classe {count(len(found.zones), 'commune')}, la dernière liste {number(len(last))}. "
            "Il est peut-être coupé : la liste reste comme elle était. Si la baisse est vraie, ajoutez "
            "--moins."
        )
    home = root / store.FOLDER
    home.mkdir(parents=True, exist_ok=True)
    lines = [
        *(f"refus : {one}" for one in found.told),
        *(f"double : {one}" for one in found.doubles),
    ]
    (home / _REPORT).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    held = {
        code: [one.name, one.since, one.order, one.signed]
        for code, one in sorted(found.zones.items())
    }
    store.replace(home / _FILE, held)
    return [
        f"{count(len(held), 'commune')} en zone FRR ; {count(found.read, 'ligne')} dans le fichier.",
        f"{count(found.others, 'ligne')} de communes non classées.",
        *told,
        f"Le détail est dans {store.FOLDER}/{_REPORT}. Construisez le site pour montrer la liste.",
    ]


def _sort_out(raws: Iterable[Raw], places: Places, given: dict[str, str]) -> _Result:
    found = _Result()
    columns: dict[str, str] = {}
    unclear: set[str] = set()
    for raw in raws:
        found.read += 1
        if not columns:
            columns = _columns(raw)
        row = {key: str(raw.get(name) or "").strip() for key, name in columns.items()}
        try:
            name = _class(row)
            if not name:
                found.others += 1
                continue
            code = _code(row, places)
            zone = Zone(name, *_dates(given | {key: text for key, text in row.items() if text}))
            known = found.zones.get(code)
            shown = f"{code} {places.communes[code].name}"
            if known == zone:
                found.doubles.append(shown)
            elif known or code in unclear:
                found.zones.pop(code, None)
                unclear.add(code)
                raise _Refused("la commune a deux classements : aucun n'est gardé", shown)
            else:
                found.zones[code] = zone
        except _Refused as refusal:
            why, which = refusal.args
            found.refused[why] += 1
            found.told.append(f"ligne {found.read + 1}, {which} : {why}")
    return found


def _columns(raw: Raw) -> dict[str, str]:
    """Return the names of the columns of a file by what they hold."""
    plain = {re.sub(r"\W+", "_", plain_letters(name)).strip("_"): name for name in raw}
    columns = {
        key: plain[name] for key, names in _COLUMNS.items() for name in names if name in plain
    }
    for key, words in (("code", "le code INSEE"), ("class", "le classement")):
        if key not in columns:
            raise Unreadable(
                f"Aucune colonne ne dit {words} des communes. Nommez-la « {_COLUMNS[key][0]} »."
            )
    return columns


def _class(row: dict[str, str]) -> str:
    """Return the class of a line; nothing for a commune without one."""
    words = re.sub(r"[^a-z+]", "", plain_letters(row["class"]))
    if not row["class"] or words in _NOT_CLASSED:
        return ""
    if words not in _CLASSES:
        raise _Refused(
            f"le classement « {row['class']} » n'est ni FRR ni FRR plus", row["code"] or "sans code"
        )
    return _CLASSES[words]


def _code(row: dict[str, str], places: Places) -> str:
    code = row["code"].upper()
    if code in places.communes:
        return code
    if today := places.former_codes.get(code):
        raise _Refused(
            "c'est une ancienne commune : le classement de celle d'aujourd'hui est à donner",
            f"{code}, aujourd'hui dans {today.name} ({today.code})",
        )
    if re.fullmatch(r"\d{4}", code):
        raise _Refused("le code a perdu son zéro : gardez la colonne en texte", code)
    raise _Refused("aucune commune d'un département n'a ce code", code or "sans code")


def _dates(row: dict[str, str]) -> tuple[str, str, str]:
    """Return the first day of a class, its order, and the day of this order."""
    since = _day(row["since"], "le premier jour", row["code"])
    if not _ORDER.match(row["text"]):
        raise _Refused("l'arrêté n'est pas nommé (JORFTEXT et douze chiffres)", row["code"])
    return since, row["text"], _day(row["signed"], "le jour de l'arrêté", row["code"])


def _day(text: str, what: str, code: str) -> str:
    """Return an ISO day, from one or from a day as French writes it, `01/07/2024`."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    try:
        return date.fromisoformat(text[:10]).isoformat()  # a moment, as a Parquet file gives it
    except ValueError:
        raise _Refused(f"{what} manque, ou ne se lit pas", code) from None
