"""An answer that speaks of a day that is past says that it is over.

The worked cases are asked again on later days: their facts stay, the day that is looked at moves.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.bridge import answer
from calculators.dates import MONTHS
from calculators.rules import Rules
from calculators.typography import NARROW, NO_BREAK
from generator.content.worked_cases import load

#: In days: the day itself, the months after, and when all is over.
LATER = (0, 31, 100, 200, 400, 800, 1_600)
#: What is said of a day to come. « pouvaient aller », « n'était possible que » say that it is past.
TO_COME = re.compile(
    r"\b(?:peut|peuvent|ira|irait|va|vont|court|courent|est valable|est possible|demandez)"
    r"(?: aller)? jusqu[’']au (\d+)(?:er)? (\w+) (\d{4})([^.;:]*)"
)


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_no_day_that_is_past_is_promised(calculator: str, rules: Rules) -> None:
    """« peuvent aller jusqu'au X » is said while X is to come."""
    seen = 0
    for situation in _situations(calculator):
        for days in LATER:
            try:
                au = date.fromisoformat(situation["au"]) + timedelta(days=days)
            except ValueError:
                continue
            response = answer(CALCULATORS[calculator], situation | {"au": au.isoformat()}, rules)
            if response["type"] != "result":
                continue
            seen += 1
            text = response["result"]["summary"].replace(NO_BREAK, " ").replace(NARROW, " ")
            for found in TO_COME.finditer(text):
                day = date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
                assert au <= day or "déjà passé" in found[4], (text, au)
    assert seen or calculator in WITHOUT_A_DAY


def _situations(calculator: str) -> list[dict[str, Any]]:
    return [
        case.situation
        for case in load()
        if case.calculator == calculator and isinstance(case.situation.get("au"), str)
    ]


#: Their answers look at no day of their own.
WITHOUT_A_DAY = {
    calculator
    for calculator, module in CALCULATORS.items()
    if "au" not in module.Situation.__dataclass_fields__
}
