"""The effects of a change on the site and the answers: French Markdown for a pull request."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from calculators.dates import french_date
from generator.content import labels
from generator.content.collections import COLLECTIONS, Collection
from generator.content.models import RuleFile
from generator.content.validation import brief
from generator.yaml_files.reader import read

#: How many answers are shown in full; the others are counted.
SHOWN = 20
# Answers to a list of requests, in the folder of another version of the calculators.
_ASK = (
    "import json, sys; from calculators.bridge import run; "
    "print(json.dumps([json.loads(run(json.dumps(one))) for one in json.load(sys.stdin)]))"
)


class UnknownBase(Exception):
    """The version to compare with cannot be found; the text gives the remedy, in French."""


@dataclass(frozen=True)
class ComparedEntry:
    """One thing that people read on the site: where it belongs, its title, its keys."""

    kind: str
    title: str
    model: str
    keys: dict[str, Any]


@dataclass
class Version:
    """The content at one moment: entries and dated values by their names, pages by their paths."""

    entries: dict[str, ComparedEntry] = field(default_factory=dict)
    #: Rule, name, first day: (title of the rule, title of the value, its keys).
    values: dict[tuple[str, str, date], tuple[str, str, dict[str, Any]]] = field(
        default_factory=dict
    )
    pages: dict[str, str] = field(default_factory=dict)


def checkout(root: Path, base: str, folder: Path) -> None:
    """Write the content and the calculators of the version `base` into `folder`.

    Raises UnknownBase when git is missing, does not know it, or has no content in it.
    """
    try:
        known = _git(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"
        )
    except FileNotFoundError:
        raise UnknownBase(
            "git n'est pas installé ici : sans lui, il n'y a pas de version d'avant à comparer. "
            "Installez git, puis recommencez."
        ) from None
    if known.returncode != 0:
        raise UnknownBase(_why_unknown(root, base))
    parts = ("data", "docs", "calculators")
    done = _git(root, "archive", "--format=tar", known.stdout.decode().strip(), *parts)
    if done.returncode != 0:
        raise UnknownBase(
            f"La version « {base} » n'a pas les dossiers {', '.join(parts)} : elle ne se compare pas. "
            "Donnez une version plus récente."
        )
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)  # noqa: S603, S607


def _why_unknown(root: Path, base: str) -> str:
    """Say why git does not know the version `base`, and what to do."""
    shallow = _git(root, "rev-parse", "--is-shallow-repository")
    if shallow.returncode != 0:
        return (
            "Ce dossier n'est pas un dépôt git : il n'a pas de version d'avant à comparer. Clonez le "
            "dépôt, plutôt que d'en télécharger les fichiers."
        )
    if shallow.stdout.strip() == b"true":
        return (
            f"La version « {base} » n'est pas dans cette copie, qui n'a qu'une partie de l'histoire. "
            "Lancez « git fetch --unshallow », puis recommencez."
        )
    return (
        f"La version « {base} » n'existe pas ici. Donnez une branche ou une version que "
        "« git log » montre, comme main ou HEAD~1."
    )


def content(root: Path) -> Version:
    """Read `data/` and `docs/` under `root`. A file that cannot be read counts as absent."""
    version = Version()
    for collection in COLLECTIONS:
        files = [root / collection.path()]
        if collection.files:
            files = sorted((root / "data" / collection.name).glob("*.yaml"))
        for path in files:
            value = read(path).value
            if isinstance(value, dict):
                version.entries |= _entries_of(collection, path.stem, value)
                if collection.model is RuleFile:
                    version.values |= _values(path.stem, value)
    for path in sorted((root / "docs").rglob("*.md")):
        version.pages[path.relative_to(root).as_posix()] = path.read_text("utf-8")
    return version


def _entries_of(
    collection: Collection, stem: str, value: dict[str, Any]
) -> Iterator[tuple[str, ComparedEntry]]:
    """Yield the entries that a file holds, then its other keys as one entry."""
    kind, name = collection.title, f"{collection.name}/{stem}"
    for part, entry_name, entry in collection.entries_of(value):
        shown = " ".join(str(one) for one in (entry_name, entry.get("period")) if one)
        model = collection.entry_model(part).__name__
        title = str(entry.get("title", shown))
        day = f" ({entry['date']})" if "date" in entry else ""
        yield f"{name}/{part}/{shown}", ComparedEntry(kind, f"{title}{day}", model, entry)
    # The entries, and the dated values of a rule, are compared one by one.
    apart = {part.partition(".")[0] for part in collection.entries} | {"parameters", "criteria"}
    rest = {key: one for key, one in value.items() if key not in apart}
    title = (
        str(value.get("title") or value.get("nom", stem)) if collection.files else collection.path()
    )
    yield name, ComparedEntry(kind, title, collection.model.__name__, rest)


def _values(
    rule: str, value: dict[str, Any]
) -> Iterator[tuple[tuple[str, str, date], tuple[str, str, dict[str, Any]]]]:
    title = str(value.get("title", rule))
    for part in ("parameters", "criteria"):
        for name, parameter in (value.get(part) or {}).items():
            for items, suffix in (("values", ""), ("proofs", ".justificatif")):
                for dated in _dicts(parameter.get(items)):
                    since = dated.get("since")
                    if isinstance(since, date):
                        shown = (
                            f"{parameter.get('title', name)}{' : justificatif' if suffix else ''}"
                        )
                        yield (rule, name + suffix, since), (title, shown, dated)


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def answers(requests: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]] | None:
    """Ask the calculators in `folder`, whose rules are compiled; None when they cannot answer."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _ASK],
        cwd=folder,
        input=json.dumps(requests),
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout) if done.returncode == 0 else None


def content_report(before: Version, after: Version) -> str:
    """Return the changes between two versions of the content, as Markdown."""
    parts = [*_entries(before, after), *_dated(before, after), *_pages(before, after)]
    return "\n\n".join(parts) if parts else "Le contenu du site ne change pas."


def _entries(before: Version, after: Version) -> Iterator[str]:
    lines: list[str] = []
    for name in sorted({*before.entries, *after.entries}):
        old, new = before.entries.get(name), after.entries.get(name)
        if old is None and new:
            lines.append(f"- {new.kind} : **{_shown(new.title)}**, ajouté.")
        elif new is None and old:
            lines.append(
                f"- {old.kind} : **{_shown(old.title)}**, retiré. Son adresse ne mènera plus à rien."
            )
        elif old and new and old.keys != new.keys:
            lines.append(f"- {new.kind} : **{_shown(new.title)}**, modifié : {_changed(old, new)}.")
    if lines:
        yield "\n".join(["### Fiches", "", *lines])


def _changed(old: ComparedEntry, new: ComparedEntry) -> str:
    changed = []
    for key in dict.fromkeys([*old.keys, *new.keys]):
        was, now = old.keys.get(key), new.keys.get(key)
        if was == now:
            continue
        try:
            title = labels.key(new.model, key).title
        except KeyError:
            title = key
        title = title[:1].lower() + title[1:]
        short = all(
            isinstance(one, str | int | float | date) and len(str(one)) <= 80 for one in (was, now)
        )
        changed.append(f"{title} (« {_shown(was)} » devient « {_shown(now)} »)" if short else title)
    return ", ".join(changed)


def _dated(before: Version, after: Version) -> Iterator[str]:
    rows = []
    rewritten = False
    for key in sorted({*before.values, *after.values}):
        was, now = before.values.get(key), after.values.get(key)
        if was and now and was[2] == now[2]:
            continue
        known = now or was
        assert known
        rule, title, _ = known
        # A value added after the last one is news. Anything else rewrites the past.
        last = max((other[2] for other in before.values if other[:2] == key[:2]), default=date.min)
        past = was is not None or key[2] < last
        rewritten |= past
        cells = [
            f"{_shown(rule)} : {_shown(title)}",
            f"{french_date(key[2])}{' ⚠' if past else ''}",
            _value(was[2]) if was else "rien",
            _value(now[2]) if now else "effacée",
        ]
        rows.append("| " + " | ".join(cells) + " |")
    if rows:
        head = [
            "### Valeurs datées",
            "",
            "| Valeur | À partir du | Avant | Après |",
            "|---|---|---|---|",
        ]
        warning = (
            "\n\n⚠ : une valeur déjà publiée change ou disparaît. Elle répond aux questions sur le "
            "passé : ne la changez que si elle était fausse."
        )
        yield "\n".join([*head, *rows]) + (warning if rewritten else "")


def _value(dated: dict[str, Any]) -> str:
    value = dated.get("value", dated.get("document"))
    if isinstance(value, dict):
        shown = ", ".join(f"{case} : {brief(one)}" for case, one in value.items())
    else:
        shown = brief(value)
    source = dated.get("source") or {}
    read_in = next((str(source[kind]) for kind in source if kind != "title"), "")
    until = (
        f", jusqu'au {french_date(dated['until'])}" if isinstance(dated.get("until"), date) else ""
    )
    return _shown(f"{shown}{until} ({dated.get('basis')}, {read_in})")


def _pages(before: Version, after: Version) -> Iterator[str]:
    lines = []
    for name in sorted({*before.pages, *after.pages}):
        was, now = before.pages.get(name), after.pages.get(name)
        if was != now:
            done = "ajoutée" if was is None else "retirée" if now is None else "modifiée"
            lines.append(f"- `{name}`, {done}.")
    if lines:
        yield "\n".join(["### Pages écrites à la main", "", *lines])


def answers_report(
    names: list[str],
    before: list[dict[str, Any]] | None,
    after: list[dict[str, Any]] | None,
) -> str:
    """Return the worked cases whose answers change, as Markdown; `names` are theirs, in order."""
    if before is None or after is None:
        return (
            "### Réponses\n\nLa version d'avant ne passe pas le contrôle d'aujourd'hui : les réponses "
            "n'ont pas été comparées."
        )
    moved = [
        (name, old, new)
        for name, old, new in zip(names, before, after, strict=True)
        if _without_version(old) != _without_version(new)
    ]
    if not moved:
        return f"### Réponses\n\nAucun des {len(names)} cas travaillés ne change de réponse."
    count = "1 cas travaillé change" if len(moved) == 1 else f"{len(moved)} cas travaillés changent"
    lines = [f"### Réponses\n\n{count} de réponse, sur {len(names)}.", ""]
    for name, old, new in moved[:SHOWN]:
        lines += [
            f"- **{_shown(name)}**",
            f"    - Avant : {_answer_line(old, new)}",
            f"    - Après : {_answer_line(new, old)}",
        ]
    if len(moved) > SHOWN:
        lines.append(f"\nEt {len(moved) - SHOWN} autres.")
    return "\n".join(lines)


def _without_version(response: dict[str, Any]) -> dict[str, Any]:
    """Leave out the version of the rules, which every change of theirs changes."""
    result = response.get("result")
    if not result:
        return response
    return {key: one for key, one in result.items() if key != "rules"}


def _answer_line(response: dict[str, Any], other: dict[str, Any]) -> str:
    """Return an answer on one line: its sentence, or the differing parts if both say the same."""
    match response["type"]:
        case "result":
            result = response["result"]
            if result["summary"] != other.get("result", {}).get("summary"):
                return _shown(result["summary"])
            parts = _without_version(other)
            differing = [
                key for key, one in _without_version(response).items() if one != parts.get(key)
            ]
            values = {
                key: one for key, one in result["values"].items() if one != parts["values"].get(key)
            }
            shown = ", ".join(f"{key} : {brief(one)}" for key, one in values.items())
            return _shown(f"{result['verdict']} ; {shown or ', '.join(differing)}")
        case "invalid":
            return _shown(" ".join(response["errors"].values()))
    return _shown(response["message"])


def _shown(value: object) -> str:
    """Write a value inside a line or a cell of Markdown, where it may not draw anything."""
    text = " ".join(str(value).split())
    for sign in "\\|*_`[]<>":
        text = text.replace(sign, f"\\{sign}")
    return text
