"""The texts of the law, from the ministry's package to `data/articles/`: `build_site.py articles`.

The package `@socialgouv/legi-data` holds whole codes: it is fetched when the command runs, and only
the texts that the site cites are kept, one file an article. Texts that were added by hand stay as they are.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import html
import json
import re
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from generator.content import quotes
from generator.content.models import LegalText, Package
from generator.content.quotes import Citation
from generator.yaml_files.reader import LOADER

PACKAGE = "@socialgouv/legi-data"
#: The version that `build_site.py articles` reads by default, and the SHA-512 of its archive.
VERSION = "2.513.0"
INTEGRITY = (
    "YaBJPF39Ic/EKdBq+gCagjPJdHeqA1Fpa5lHKEn3G7za/j9ZENRqMKcenntnNBUXFvrVA+fSXVfpi4gQr228UA=="
)
#: The codes of the package that the site may cite: the file of each, and its name in French. An
#: article of the labour code wins over one of the same number elsewhere.
CODES = {
    "LEGITEXT000006072050": "Code du travail",
    "LEGITEXT000006073189": "Code de la sécurité sociale",
}
_NOT_CITING = ("articles", "cases", "schemas")
#: The far future, where the package has no end.
_ENDLESS = date(2900, 1, 1)


class FetchError(Exception):
    """The package could not be fetched, or is not the expected one. Its text is a French sentence."""


def citations(root: Path) -> list[Citation]:
    """Return every place of `data/` and `docs/` that cites a text of law.

    A file that is not YAML is passed over: the check reports its mistakes.
    """
    found: list[Citation] = []
    for path in sorted((root / "data").rglob("*.yaml")):
        if path.parent.name not in _NOT_CITING:
            file = path.relative_to(root).as_posix()
            with contextlib.suppress(ValueError, yaml.YAMLError):
                value = yaml.load(path.read_text("utf-8"), Loader=LOADER)  # noqa: S506 - a safe one
                found += quotes.citations(file, value)
    for path in sorted((root / "docs").rglob("*.md")):
        file = path.relative_to(root).as_posix()
        found += quotes.citations(file, path.read_text("utf-8"))
    return found


def fetch(folder: Path, version: str = VERSION) -> Path:
    """Return the archive of the package in `folder`, fetched unless it is there already.

    Raises FetchError when npm has none, or when the archive is not the one that is pinned.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{PACKAGE.strip('@').replace('/', '-')}-{version}.tgz"
    target = folder / name
    if version == "latest" or not target.exists():
        command = [
            "npm",
            "pack",
            f"{PACKAGE}@{version}",
            "--silent",
            "--pack-destination",
            str(folder),
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        except FileNotFoundError:
            raise FetchError(
                "npm n'est pas installé ici, et c'est lui qui va chercher les textes. Installez Node."
            ) from None
        if done.returncode:
            raise FetchError(
                f"Le paquet {PACKAGE} {version} ne se télécharge pas. Vérifiez la connexion et la "
                f"version, puis recommencez. npm dit : {done.stderr.strip()[:300]}"
            )
        target = folder / done.stdout.strip().splitlines()[-1]
    if version == VERSION:
        digest = base64.b64encode(hashlib.sha512(target.read_bytes()).digest()).decode()
        if digest != INTEGRITY:
            raise FetchError(f"L'archive {target.name} n'est pas celle attendue. Effacez-la.")
    return target


def extract(archive: Path, wanted: Iterable[str]) -> dict[str, LegalText]:
    """Return the texts of the articles `wanted` that the archive holds, by number."""
    numbers = set(wanted)
    found: dict[str, LegalText] = {}
    try:
        with tarfile.open(archive) as package:
            about = json.loads(_member(package, "package.json"))
            source = f"{PACKAGE} {about['version']}"
            for code, name in CODES.items():
                whole = json.loads(_member(package, f"data/{code}.json"))
                for given in _articles(whole):
                    number = given["num"]
                    if number in numbers and number not in found and given["etat"] in _IN_FORCE:
                        found[number] = _text(given, name, source)
    except (OSError, KeyError, ValueError, tarfile.TarError) as error:
        raise FetchError(f"L'archive {archive.name} ne se lit pas : {error}. Effacez-la.") from None
    return found


_IN_FORCE = ("VIGUEUR", "VIGUEUR_DIFF")


def _member(package: tarfile.TarFile, name: str) -> bytes:
    file = package.extractfile(f"package/{name}")
    assert file is not None
    return file.read()


def _articles(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node["type"] == "article":
        yield node["data"]
    for child in node.get("children", ()):
        yield from _articles(child)


def _text(given: dict[str, Any], code: str, source: str) -> LegalText:
    versions = [
        {
            "id": version["id"],
            "since": _day(version["dateDebut"]),
            "until": end if (end := _day(version["dateFin"])) < _ENDLESS else None,
            "text": plain(given["texteHtml"]) if version["id"] == given["id"] else None,
        }
        for version in sorted(given["articleVersions"], key=lambda one: int(one["dateDebut"]))
        if version["etat"] not in _NEVER
    ]
    return LegalText.model_validate(
        {
            "title": f"{code}, article {printed(given['num'])}",
            "source": {"package": source},
            "versions": versions,
            "nota": plain(given["notaHtml"]) if given.get("notaHtml") else None,
        }
    )


#: Versions that were replaced before their first day.
_NEVER = ("MODIFIE_MORT_NE", "ANNULE", "PERIME")


def _day(milliseconds: int) -> date:
    # Days start at midnight in Paris or in Greenwich, by the age of the record.
    return (datetime.fromtimestamp(milliseconds / 1000, UTC) + timedelta(hours=3)).date()


def plain(text: str) -> str:
    """Return the words of the HTML of an article, one paragraph a line."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"<br ?/?>|</?p[^>]*>|</?(div|li|tr|table|ul)[^>]*>", "\n", text)
    text = html.unescape(re.sub(r"<[^>]+>", "", text)).replace("\u00a0", " ")
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r" ([,.)])", r"\1", "\n".join(line for line in lines if line))


def printed(number: str) -> str:
    """Write the number of an article as Légifrance does: « R. 5132-1-8 »."""
    return re.sub(r"^([LRD])", r"\1. ", number)


def merged(old: LegalText | None, new: LegalText) -> LegalText:
    """Return `new` with the words of older versions that `old` still has."""
    if old is None:
        return new
    words = {version.id: version.text for version in old.versions if version.text}
    versions = [
        version if version.text else version.model_copy(update={"text": words.get(version.id)})
        for version in new.versions
    ]
    return new.model_copy(update={"versions": versions})


def as_yaml(text: LegalText) -> str:
    """Return the file of an article."""
    lines = [
        "# yaml-language-server: $schema=../schemas/article.json",
        "# Écrit par « build_site.py articles » : le texte est celui de la loi, il ne se corrige pas.",
        f"title: {text.title}",
        f'source: {{ package: "{text.source.package}" }}',  # type: ignore[union-attr]
    ]
    if text.nota:
        lines += ["nota: |", *_indented(text.nota, 2)]
    lines.append("versions:")
    for version in text.versions:
        lines.append(f"  - id: {version.id}")
        lines.append(f"    since: {version.since}")
        if version.until:
            lines.append(f"    until: {version.until}")
        if version.text:
            lines += ["    text: |", *_indented(version.text, 6)]
    return "\n".join(lines) + "\n"


def _indented(text: str, by: int) -> list[str]:
    return [" " * by + line for line in text.rstrip("\n").split("\n")]


def known(folder: Path) -> dict[str, LegalText]:
    """Read the texts of `folder`, by number; a file that is not one is passed over."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        with contextlib.suppress(ValueError, yaml.YAMLError):
            found[path.stem] = LegalText.model_validate(
                yaml.load(path.read_text("utf-8"), Loader=LOADER)  # noqa: S506 - it is a safe one
            )
    return found


def write_texts(
    folder: Path, known: dict[str, LegalText], found: dict[str, LegalText], cited: Iterable[str]
) -> list[str]:
    """Write the texts that were found into `folder`; say in French which files moved, a line each.

    A text of the package that nothing cites any more goes; one that was added by hand stays.
    """
    folder.mkdir(exist_ok=True)
    lines = []
    for number, text in sorted(found.items()):
        path = folder / f"{number}.yaml"
        body = as_yaml(merged(known.get(number), text))
        if not path.exists() or path.read_text("utf-8") != body:
            lines.append(f"{path.name} : {'texte changé' if path.exists() else 'nouveau texte'}")
            path.write_text(body, "utf-8")
    for number in sorted(known.keys() - {*cited}):
        if isinstance(known[number].source, Package):
            (folder / f"{number}.yaml").unlink()
            lines.append(f"{number}.yaml : effacé, rien ne le cite plus")
    return lines
