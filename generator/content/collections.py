"""The kinds of files that `data/` holds, one row each: whatever lists kinds reads them here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel

from generator.content import models
from generator.content.shapes import shape_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """How the workshop presents a kind: `new` is None when it makes no new entry.

    `parts` are the keys of a file under which its entries are, and the key that names one (the key of
    a mapping, when it is empty): `{"kinds": "id"}`. What else the file holds is an entry too. Without
    parts, a file is an entry. A new entry goes to the first part.
    """

    kind: str
    title: str
    new: str | None = None
    parts: dict[str, str] = field(default_factory=dict)
    #: Whether the entries that are there may be changed: nobody mends the words of the law.
    mended: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """One kind of file. Fields without a default must be decided for each kind."""

    #: The folder of `data/`, or the single file without its extension;
    name: str
    #: The name of the files of a folder, which are the ids of their entries; None for one file.
    files: re.Pattern[str] | None = None
    model: type[BaseModel]
    #: In the summary of a change.
    title: str
    #: The pages that lead to the file to change them; `{}` is its name, or that of one of its entries.
    pages: tuple[str, ...]
    #: The template of the first of these pages.
    template: str | None = None
    #: In `data/schemas/`; the name, unless it is that of one entry.
    schema: str = ""
    #: In `Content`.
    attribute: str = ""
    #: The name of the file of `/api/` that holds it; empty if none does.
    published: str
    #: Where the entries of a file are, and the key that names one: `{"phases.events": "title"}`.
    #: `diff` tells them one by one, and `veille` those with a day of reading.
    entries: dict[str, str]
    editor: Editor | None
    #: Whether `build_site.py new SCHEMA` makes one, from `templates/SCHEMA.yaml.j2`.
    scaffold: bool = False
    #: Whether a folder without any file is a mistake: the site would lose all that it held.
    required: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "schema", self.schema or self.name)
        object.__setattr__(self, "attribute", self.attribute or self.name)
        object.__setattr__(self, "required", self.required and self.files is not None)

    @property
    def naming(self) -> str:
        """Say how the files of the folder are named."""
        if self.files is models.DAY_AND_WORDS:
            return (
                "le jour de sa publication, puis quelques mots sans accent, comme "
                "2026-11-27-portes-ouvertes.yaml"
            )
        return (
            "minuscules sans accent, chiffres et « _ », 60 caractères au plus, comme pass_iae.yaml"
        )

    def named(self, identifier: str) -> bool:
        """Tell whether a file of the folder may have this name, without its extension."""
        if self.files is None or not self.files.match(identifier):
            return False
        if self.files is not models.DAY_AND_WORDS:
            return True
        try:
            date.fromisoformat(identifier[:10])
        except ValueError:  # the 31st of February
            return False
        return True

    def new_name(self, given: str, today: date) -> str:
        """Return the name of a new file for the words of a person: news begin with their day."""
        if self.files is not models.DAY_AND_WORDS or models.DAY_AND_WORDS.match(given):
            return given
        return f"{today}-{given.replace('_', '-')}"

    def path(self, identifier: str = "") -> str:
        """Return the path of a file from the root of the project."""
        return f"data/{self.name}/{identifier}.yaml" if self.files else f"data/{self.name}.yaml"

    def entry_model(self, part: str) -> type[BaseModel]:
        """Return the model of the entries of a part."""
        shape = shape_of(self.model)
        for name in part.split("."):
            shape = shape.fields[name]
            shape = shape.each or next(iter(shape.fields.values()))
        assert shape.model is not None
        return shape.model

    def entries_of(self, value: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield the entries that a file holds, whatever its shape: part, name, value."""
        for part, named_by in self.entries.items():
            for identifier, entry in _inside(value, part.split(".")):
                yield part, str(entry.get(named_by, identifier)), entry


def _inside(value: Any, parts: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    found = value.get(parts[0]) if isinstance(value, dict) else None
    named = found.items() if isinstance(found, dict) else enumerate(found or ())
    for name, entry in named:
        if parts[1:]:
            yield from _inside(entry, parts[1:])
        elif isinstance(entry, dict):
            yield str(name), entry


COLLECTIONS = (
    Collection(
        name="directory_changes",
        model=models.DirectoryChanges,
        title="Corrections de l'annuaire",
        pages=(),
        published="",
        entries={"exclusions": "row", "corrections": "row"},
        editor=Editor(
            kind="directory_changes", title="Les corrections et les retraits de l'annuaire"
        ),
    ),
    Collection(
        name="figures",
        model=models.Figures,
        title="Chiffres clés",
        pages=("comprendre/chiffres.md",),
        published="figures",
        entries={"charts": "id", "figures": "label"},
        editor=Editor(kind="figures", title="Les chiffres clés"),
    ),
    Collection(
        name="history",
        model=models.History,
        title="Histoire",
        pages=("comprendre/histoire.md",),
        published="history",
        entries={"phases.events": "title"},
        editor=Editor(kind="history", title="L'histoire", parts={"phases": "title"}),
    ),
    Collection(
        name="journal",
        model=models.Told,
        title="Ce qui change",
        pages=(),
        attribute="told",
        published="",
        entries={"changes": "sentence"},
        editor=Editor(kind="journal", title="Ce qui change, en une phrase"),
    ),
    Collection(
        name="journeys",
        model=models.Journeys,
        title="Démarches",
        pages=("demarches/{}.md",),
        published="",
        entries={"journeys": "id"},
        editor=Editor(kind="journey", title="Une démarche pas à pas", parts={"journeys": ""}),
    ),
    Collection(
        name="links",
        model=models.Links,
        title="Liens et suites des réponses",
        pages=(),
        published="",
        entries={"opened": "url", "places": "id"},
        editor=Editor(kind="links", title="Les liens et les suites des réponses"),
    ),
    Collection(
        name="outdated",
        model=models.Outdated,
        title="Noms d'avant",
        pages=(),
        published="",
        entries={"names": "now"},
        editor=Editor(kind="outdated", title="Les noms d'avant"),
    ),
    Collection(
        name="prescribers",
        model=models.Prescribers,
        title="Prescripteurs",
        pages=("prescripteurs.md",),
        template="prescribers",
        published="prescribers",
        entries={"kinds": "id", "rights": "id"},
        editor=Editor(
            kind="prescriber",
            title="Un type de prescripteur",
            new="Un nouveau type de prescripteur",
            parts={"kinds": "id"},
        ),
    ),
    Collection(
        name="redirects",
        model=models.Redirects,
        title="Adresses d'avant",
        pages=(),
        published="",
        entries={"redirects": "old"},
        editor=Editor(kind="redirects", title="Les adresses d'avant"),
    ),
    Collection(
        name="sectors",
        model=models.Sectors,
        title="Secteurs",
        pages=("comprendre/secteurs.md",),
        published="sectors",
        entries={"sectors": "id"},
        editor=Editor(
            kind="sector",
            title="Un secteur d'activité",
            new="Un nouveau secteur",
            parts={"sectors": "id"},
        ),
    ),
    Collection(
        name="site",
        model=models.Site,
        title="Le site",
        pages=("mentions-legales.md",),
        published="",
        entries={},
        editor=Editor(kind="site", title="Le site : mentions légales, contact"),
    ),
    Collection(
        name="structures",
        model=models.Structures,
        title="Structures",
        pages=("structures/{}.md",),
        published="structures",
        entries={"structures": "id"},
        editor=Editor(kind="structure", title="Un type de structure", parts={"structures": ""}),
    ),
    Collection(
        name="glossary",
        files=models.ID,
        model=models.Term,
        title="Glossaire",
        pages=("glossaire/{}.md",),
        template="term",
        schema="term",
        attribute="terms",
        published="glossary",
        entries={},
        editor=Editor(kind="term", title="Un terme du glossaire", new="Un nouveau terme"),
        scaffold=True,
    ),
    Collection(
        name="networks",
        files=models.ID,
        model=models.Network,
        title="Réseaux",
        pages=("reseaux/{}.md",),
        template="network",
        schema="network",
        published="networks",
        entries={},
        editor=Editor(kind="network", title="Un réseau", new="Un nouveau réseau"),
        scaffold=True,
    ),
    Collection(
        name="directory",
        files=models.ID,
        model=models.DirectoryEntry,
        title="Annuaire des réseaux",
        pages=("annuaire/{}.md",),
        template="directory_entry",
        schema="directory_entry",
        published="directory",
        entries={},
        editor=Editor(
            kind="directory",
            title="Une structure, ou un prescripteur habilité par le préfet",
            new="Une nouvelle fiche",
        ),
        scaffold=True,
        required=False,
    ),
    Collection(
        name="news",
        files=models.DAY_AND_WORDS,
        model=models.News,
        title="Actualités",
        pages=("actualites/{}.md",),
        template="news_item",
        schema="news",
        published="news",
        entries={},
        editor=Editor(kind="news", title="Une actualité", new="Une nouvelle actualité"),
        scaffold=True,
        required=False,
    ),
    Collection(
        name="portraits",
        files=models.ID,
        model=models.Portrait,
        title="Portraits",
        pages=("portraits/{}.md",),
        template="portrait",
        schema="portrait",
        published="portraits",
        entries={},
        editor=Editor(kind="portrait", title="Un portrait", new="Un nouveau portrait"),
        scaffold=True,
        required=False,
    ),
    Collection(
        name="rules",
        files=models.ID,
        model=models.RuleFile,
        title="Règles",
        pages=("regles/{}.md", "simulateurs/{}.md"),
        template="rule",
        schema="rule",
        published="rules",
        entries={},
        editor=Editor(
            kind="rule",
            title="Une valeur datée d'une règle",
            parts={"parameters": "", "criteria": ""},
        ),
        scaffold=True,
    ),
    Collection(
        name="easy_read",
        files=models.ID,
        model=models.EasyRead,
        title="Facile à lire",
        pages=("facile/{}.md",),
        template="easy_read",
        published="",
        entries={},
        editor=Editor(kind="easy_read", title="Une page facile à lire"),
    ),
    Collection(
        name="articles",
        files=models.NUMBER,
        model=models.LegalText,
        title="Textes de loi",
        pages=(),  # nobody mends the words of the law
        schema="article",
        published="textes",
        entries={},
        editor=Editor(
            kind="article",
            title="Un texte de loi qui manque",
            new="Un nouveau texte de loi",
            mended=False,
        ),
    ),
)


@cache
def of(path: PurePath | str) -> Collection | None:
    """Return the kind of a file, given its path from the root of the project, or None."""
    *folders, name = PurePath(path).parts
    stem, _, extension = name.rpartition(".")
    for one in COLLECTIONS:
        home = ["data", one.name] if one.files else ["data"]
        if extension == "yaml" and folders == home and (one.files or stem == one.name):
            return one
    return None
