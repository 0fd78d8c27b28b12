"""Every key of an entry is shown on its page: a new one that no template writes would be lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import BaseModel

from calculators import CALCULATORS
from calculators.rules import Rules
from calculators.typography import french
from generator.content import models
from generator.content.load import Content
from generator.pages.tree import pages
from tests.pages.made_up import made_up

#: Keys that a page shows otherwise than by their words: where it stands, whom it may be filtered by.
OTHERWISE = {
    "category": "the part of the list of terms",
    "scope": "the list of networks",
    "departments": "the filter of networks",
    "department": "by its name",
    "horaires_accueil": "in French",
    "reseaux_porteurs": "by their names",
    "sectors": "by their titles",
    "networks": "by their titles",
    "directory": "by a link",
    "kind": "in a sentence",
    "longitude": "a program reads it in /api/",
    "latitude": "a program reads it in /api/",
    "code_insee": "a program reads it in /api/",
    "lien_source": "a program reads it in /api/",
}
KINDS: dict[str, tuple[str, type[BaseModel]]] = {
    "glossaire": ("terms", models.Term),
    "reseaux": ("networks", models.Network),
    "annuaire": ("directory", models.DirectoryEntry),
    "actualites": ("news", models.News),
    "portraits": ("portraits", models.Portrait),
}


@pytest.fixture(scope="module")
def filled(content: Content) -> Content:
    return made_up(content)


@pytest.fixture(scope="module")
def tree(filled: Content, rules: Rules) -> Mapping[str, str]:
    return pages(filled, CALCULATORS, rules, {}, "https://exemple.fr/")


def _words(value: Any) -> list[str]:
    """Return the beginning of each text in a value: what a page that shows it must hold."""
    match value:
        case str():
            return [french(value).strip()[:12]]
        case list():
            return [word for inner in value for word in _words(inner)]
        case BaseModel():
            return [
                word for name in type(value).model_fields for word in _words(getattr(value, name))
            ]
    return []


@pytest.mark.parametrize("folder", KINDS)
def test_every_key_of_an_entry_is_on_its_page(
    folder: str, tree: Mapping[str, str], filled: Content
) -> None:
    """Of the entries that fill a key, one at least shows its words."""
    attribute, model = KINDS[folder]
    entries = getattr(filled, attribute)
    for name in model.model_fields.keys() - OTHERWISE.keys():
        given = {
            key: getattr(entry, name) for key, entry in entries.items() if getattr(entry, name)
        }
        shown = [
            key
            for key, value in given.items()
            if not _words(value)
            or any(word in tree[f"{folder}/{key}.md"] for word in _words(value))
        ]
        assert given, f"No entry fills « {name} »: nothing tells whether its page shows it."
        assert shown, f"« {name} » is on no page: write it in the template of {folder}."
