"""The filters above long lists: what can be typed or chosen. The script that serves them shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from generator.content import models
from generator.pages.directory import DEPARTMENTS, department_names
from generator.pages.names import STRUCTURE_NAMES
from generator.pages.templating import Templates


def prescriber_filter(templates: Templates, prescribers: models.Prescribers) -> str:
    """Return the filter of the kinds of prescribers, as one block of HTML."""
    return _filter(
        templates,
        "Nom, sigle ou mot",
        ("type d'organisme affiché", "types d'organismes affichés"),
        "Aucun type d'organisme ne répond.",
        {
            "name": "authorization",
            "label": "Habilitation",
            "all": "Toutes",
            "options": {"possible": "Peut être habilitée", "jamais": "Reste orienteur"},
        },
        {
            "name": "rights",
            "label": "Droit possible",
            "all": "Tous les droits",
            "options": {right.id: right.title for right in prescribers.rights},
        },
    )


def network_filter(templates: Templates, networks: Mapping[str, models.Network]) -> str:
    """Return the filter of the networks, as one block of HTML."""
    present = {kind for network in networks.values() for kind in network.structures}
    return _filter(
        templates,
        "Nom, sigle ou mot",
        ("réseau affiché", "réseaux affichés"),
        "Aucun réseau ne répond.",
        {
            "name": "structures",
            "label": "Type de structure",
            "all": "Tous les types",
            "options": {
                kind: name[:1].upper() + name[1:]
                for kind, name in STRUCTURE_NAMES.items()
                if kind in present
            },
            "help": "Nous ne savons pas quelles structures réunissent certains réseaux : "
            "choisissez « Tous les types » pour les voir.",
        },
        regions=regions(),
    )


def regions() -> dict[str, dict[str, str]]:
    """Return the regions, and the départements of each: region → code → name."""
    known: dict[str, dict[str, str]] = yaml.safe_load(DEPARTMENTS.read_text("utf-8"))
    return known


def departments() -> dict[str, str]:
    """Return the name of each département by its code, in the order of the codes."""
    return dict(sorted(department_names().items()))


def _filter(
    templates: Templates,
    label: str,
    counted: tuple[str, str],
    empty: str,
    *choices: Mapping[str, Any],
    regions: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Return the controls that filter a list, as one block of HTML.

    `counted` names one entry, and many; each of `choices` is a list to choose from; `regions` are
    the departments that a place may name: region → code → name.
    """
    return templates.html(
        "filter",
        label=label,
        one=counted[0],
        many=counted[1],
        empty=empty,
        choices=[{"help": None, **choice} for choice in choices],
        regions=regions,
    )
