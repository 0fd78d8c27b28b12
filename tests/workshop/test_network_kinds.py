"""What a network's staff adds in the workshop: a structure, news, a portrait, how to reach the network."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import Any

import pytest

from generator.workshop import service
from tests.conftest import ROOT
from tests.pages.made_up import CONTACT, ENTRY, NEWS, PORTRAIT

TODAY = date.today()
_REAL = {"networks": ["coorace"]}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> service.Workshop:
    root = tmp_path_factory.mktemp("workshop")
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copy(ROOT / "mkdocs.yml", root)
    return service.Workshop(root, TODAY)


def ask(shop: service.Workshop, **request: Any) -> dict[str, Any]:
    response = json.loads(shop.run(json.dumps(request)))
    assert isinstance(response, dict)
    return response


def _without(value: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: one for key, one in value.items() if key not in names}


@pytest.mark.parametrize(
    ("kind", "given", "file", "value", "shown"),
    [
        (
            "directory",
            "jardins",
            "data/directory/jardins.yaml",
            ENTRY | _REAL,
            "habilité du 29 février 2024",
        ),
        (
            "news",
            "portes_ouvertes",
            f"data/news/{TODAY}-portes-ouvertes.yaml",
            _without(NEWS, "picture") | _REAL,
            "Mende, salle des fêtes",
        ),
        (
            "portrait",
            "samira",
            "data/portraits/samira.yaml",
            _without(PORTRAIT, "picture", "directory") | _REAL,
            "Le parcours de Samira",
        ),
    ],
)
def test_a_new_entry_is_written_checked_and_shown(
    shop: service.Workshop, kind: str, given: str, file: str, value: dict[str, Any], shown: str
) -> None:
    """What the form gives is a file without mistake, and its page; news take the day of today."""
    opened = ask(shop, ask="open", kind=kind, new=given)
    assert opened["file"] == file, opened
    where = {name: opened[name] for name in ("kind", "file", "part")}
    written = ask(shop, ask="write", **where, value=value)
    assert (written["mistakes"], written["others"]) == ([], []), written
    page = json.dumps(written["page"]["nodes"], ensure_ascii=False).replace("\u00a0", " ")
    assert shown in page


def test_a_network_says_how_to_reach_it(shop: service.Workshop) -> None:
    """In its own file, with the source of what is said."""
    file = "data/networks/iae_48.yaml"
    opened = ask(shop, ask="open", kind="network", file=file, part="")
    value = opened["value"] | {"contact": CONTACT}
    written = ask(shop, ask="write", kind="network", file=file, part="", value=value)
    assert (written["mistakes"], written["others"]) == ([], []), written
    assert "04 66 00 00 00" in json.dumps(written["page"]["nodes"]).replace("\\u00a0", " ")
