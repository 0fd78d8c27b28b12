"""What every test may use: the checked data, and the rules compiled from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from calculators import CALCULATORS
from calculators.rules import Rules
from generator import rules_json, sources

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def content() -> sources.Content:
    """`data/`, read and checked."""
    checked = sources.load(ROOT / "data", CALCULATORS, date.today())
    assert checked.content, "\n".join(map(str, checked.mistakes))
    return checked.content


@pytest.fixture(scope="session")
def rules(content: sources.Content) -> Rules:
    """The rules of `data/`, as the wheel carries them."""
    return Rules.from_json(rules_json.as_text(content))
