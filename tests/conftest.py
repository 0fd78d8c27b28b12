"""What every test may use: the checked data, and the rules compiled from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from calculators import CALCULATORS
from calculators.rules import Rules
from calculators.rules import load as load_rules
from generator.content import load

ROOT = Path(__file__).parent.parent

# The same examples on every machine: a test that fails here fails everywhere.
settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=40)
settings.load_profile("repeatable")

#: A file is run by one process: those of more than half a minute, or one of them would be the last to end.
LONGEST = (
    "test_again.py",
    "test_calculator.py",
    "test_changes.py",
    "test_offline.py",
    "test_receive.py",
    "test_site.py",
    "test_workshop.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with the longest files."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session")
def content() -> load.Content:
    """`data/`, read and checked."""
    checked = load.load(ROOT / "data", CALCULATORS, date.today())
    assert checked.content, "\n".join(map(str, checked.mistakes))
    return checked.content


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The rules that the build compiled; `test_rules.py` holds that they are those of `data/`."""
    return load_rules()
