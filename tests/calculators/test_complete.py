"""A calculator is more than its module: nothing that readers reach it by may be forgotten."""

from __future__ import annotations

import pytest
import yaml

from calculators import CALCULATORS
from generator.content import load
from generator.pages import spreadsheet
from tests.conftest import ROOT

#: Asked on a page of its own, which the menu and the home page name: a journey would be a second place.
OWN_PAGE = {"suivi"}


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_a_calculator_is_complete(calculator: str, content: load.Content) -> None:
    """Its rules, its worked cases, its door, the rows of its model, a query that finds it."""
    queries = yaml.safe_load((ROOT / "tests" / "search.yaml").read_text("utf-8"))
    doors = [door for one in content.journeys.journeys.values() for door in one.doors]
    journeys = {
        name
        for name, one in content.journeys.journeys.items()
        if calculator in {door.calculator for door in one.doors}
    }
    page = f"/simulateurs/{calculator}/"
    parts = {
        f"Write its dated values in data/rules/{calculator}.yaml.": calculator in content.rules,
        f"Write its worked cases in data/cases/{calculator}.yaml.": (
            ROOT / "data" / "cases" / f"{calculator}.yaml"
        ).exists(),
        "Give it a door in data/journeys.yaml.": calculator
        in OWN_PAGE | {one.calculator for one in doors},
        "Give it doors in one journey of data/journeys.yaml only.": len(journeys) < 2,
        "Give it rows in generator/pages/examples.yaml.": calculator in spreadsheet.examples(),
        f"Add a query to tests/search.yaml that finds {page}.": page
        in {query["page"] for query in queries},
    }
    missing = [remedy for remedy, done in parts.items() if not done]
    assert not missing, f"The calculator {calculator} is not complete. {' '.join(missing)}"
