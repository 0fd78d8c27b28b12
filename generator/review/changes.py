"""The content and the answers of two versions of the project, to compare them: see `report`."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from generator.content import collections
from generator.content.collections import Collection
from generator.content.models import RuleFile
from generator.content.written_pages import address
from generator.yaml_files.document import Document

# Answers to a list of requests, in the folder of another version of the calculators.
_ASK = (
    "import json, sys; from calculators.bridge import run; "
    "print(json.dumps([json.loads(run(json.dumps(one))) for one in json.load(sys.stdin)]))"
)


class UnknownBase(Exception):
    """The version to compare with cannot be found; the text gives the remedy, in French."""


@dataclass(frozen=True)
class ComparedEntry:
    """One thing that people read on the site: where it belongs, its title, its keys, its address."""

    kind: str
    title: str
    model: str
    keys: dict[str, Any]
    page: str | None


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


def content(documents: Mapping[str, Document]) -> Version:
    """Return the content that files tell, as `load.read_all` returns them.

    One that cannot be read counts as absent.
    """
    version = Version()
    for path, document in documents.items():
        collection, stem = collections.of(path), Path(path).stem
        if collection and isinstance(document.value, dict):
            version.entries |= _entries_of(collection, stem, document.value)
            if collection.model is RuleFile:
                version.values |= _values(stem, document.value)
        elif path.startswith("docs/") and path.endswith(".md"):
            version.pages[path] = document.text
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
        page = _page(collection, entry_name)
        yield f"{name}/{part}/{shown}", ComparedEntry(kind, f"{title}{day}", model, entry, page)
    # The entries, and the dated values of a rule, are compared one by one.
    apart = {part.partition(".")[0] for part in collection.entries} | {"parameters", "criteria"}
    rest = {key: one for key, one in value.items() if key not in apart}
    title = (
        str(value.get("title") or value.get("nom", stem)) if collection.files else collection.path()
    )
    page = _page(collection, stem if collection.files else None)
    yield name, ComparedEntry(kind, title, collection.model.__name__, rest, page)


def _page(collection: Collection, name: str | None) -> str | None:
    """Return the address of the page of an entry, or of the one that shows them all."""
    if not collection.pages:
        return None
    page = collection.pages[0]
    return address(page.format(name)) if name or "{}" not in page else None


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
