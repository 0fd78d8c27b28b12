"""The calendar of the law and French spacing, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from calculators.dates import (
    add_days,
    add_months,
    days_in,
    french_date,
    is_aged,
    last_day,
    last_day_within,
    months_and_days,
    spells,
    total_of,
)
from calculators.typography import french


def day(text: str) -> date:
    return date.fromisoformat(text)


def periods(*texts: str) -> list[tuple[date, date]]:
    return [(day(text[:10]), day(text[11:])) for text in texts]


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2025-08-31", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2025-12-31", 0, "2025-12-31"),
        ("2025-11-30", 1, "2025-12-30"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
    ],
)
def test_months_are_counted_from_date_to_date(start: str, months: int, expected: str) -> None:
    assert add_months(day(start), months) == day(expected)


def test_days_are_counted_with_both_ends() -> None:
    assert add_days(day("2024-12-09"), 92) == day("2025-03-11")
    assert add_days(day("2026-03-01"), -1) == day("2026-02-28")
    assert last_day(day("2026-01-15"), months=24) == day("2028-01-14")
    assert last_day(day("2026-01-15"), days=730) == day("2028-01-14")
    assert last_day(day("2026-01-15"), months=1, days=10) == day("2026-02-24")
    assert days_in(day("2026-01-01"), day("2026-01-31")) == 31
    assert days_in(day("2026-01-01"), day("2025-12-31")) == 0


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2026-01-15/2026-03-14", (2, 0)),
        ("2026-01-15/2026-03-13", (1, 27)),
        ("2026-01-31/2026-02-27", (0, 28)),
        ("2026-01-31/2026-02-28", (1, 0)),
        ("2026-01-31/2026-03-01", (1, 1)),
        ("2026-01-31/2026-03-30", (2, 0)),
        ("2024-02-29/2026-02-28", (24, 0)),
        ("2026-01-01/2026-12-30", (11, 30)),
        ("2025-12-01/2026-01-31", (2, 0)),
        ("2026-05-05/2026-05-05", (0, 1)),
    ],
)
def test_one_spell_is_measured_from_date_to_date(period: str, expected: tuple[int, int]) -> None:
    (spell,) = periods(period)
    assert months_and_days(*spell) == expected
    assert total_of([spell]) == expected


def test_periods_that_touch_or_overlap_are_one_spell() -> None:
    given = periods("2026-03-01/2026-03-10", "2026-01-01/2026-01-31", "2026-01-10/2026-01-20")
    assert spells(given) == periods("2026-01-01/2026-01-31", "2026-03-01/2026-03-10")
    touching = periods("2026-01-01/2026-01-31", "2026-02-01/2026-02-28")
    assert spells(touching) == periods("2026-01-01/2026-02-28")
    apart = periods("2026-01-01/2026-01-31", "2026-02-02/2026-02-28")
    assert spells(apart) == apart
    assert spells([]) == []


def test_spells_add_up_thirty_days_to_the_month() -> None:
    assert total_of(periods("2026-01-01/2026-01-20", "2026-03-01/2026-03-20")) == (1, 10)
    assert total_of(periods("2025-01-01/2025-06-30", "2025-09-01/2026-02-28")) == (12, 0)
    assert total_of(periods("2026-01-01/2026-01-15", "2026-03-01/2026-03-15")) == (1, 0)


@pytest.mark.parametrize(
    ("chain", "months", "expected"),
    [
        (["2026-01-15/2026-06-30"], 24, "2028-01-14"),
        (["2026-01-01/2026-06-20", "2026-09-01/2026-09-30"], 24, "2028-03-10"),
        # The total is reached in the first spell, on its last day or before.
        (["2023-01-01/2024-12-31", "2025-03-01/2025-06-30"], 24, "2024-12-31"),
        (["2023-01-01/2025-06-30", "2025-09-01/2025-12-31"], 24, "2024-12-31"),
        # One day in January leaves 29: 28 February would make a month of thirty days.
        (["2026-01-01/2026-01-01", "2026-02-01/2026-02-05"], 1, "2026-02-27"),
        (["2026-01-01/2026-01-20", "2026-02-01/2026-02-05"], 1, "2026-02-10"),
        (
            ["2026-01-01/2026-01-10", "2026-02-01/2026-02-10", "2026-05-01/2026-05-02"],
            1,
            "2026-05-10",
        ),
    ],
)
def test_the_last_day_of_a_total(chain: list[str], months: int, expected: str) -> None:
    assert last_day_within(periods(*chain), months) == day(expected)


def test_an_age_is_reached_on_the_birthday() -> None:
    assert is_aged(day("2000-05-17"), day("2026-05-17"), 26)
    assert not is_aged(day("2000-05-17"), day("2026-05-16"), 26)
    assert not is_aged(day("2000-02-29"), day("2026-02-28"), 26)
    assert is_aged(day("2000-02-29"), day("2026-03-01"), 26)


def test_a_day_is_written_as_french_reads_it() -> None:
    assert french_date(day("2024-07-01")) == "1er juillet 2024"
    assert french_date(day("2024-01-02")) == "2 janvier 2024"
    assert french_date(day("2024-12-11")) == "11 décembre 2024"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Oui ; non ! Quoi ?", "Oui_; non_! Quoi_?"),
        ("Ainsi : 24 mois", "Ainsi~: 24~mois"),
        ("« mot » et «mot»", "«~mot~» et «~mot~»"),
        ("1 400 euros, 1 400 000 €", "1_400~euros, 1_400_000~€"),
        ("1 4000 et 25 %", "1 4000 et 25~%"),
        ("le 3 mai 2026, 3 maisons", "le 3~mai 2026, 3 maisons"),
    ],
)
def test_spaces_that_must_not_break(typed: str, printed: str) -> None:
    french.cache_clear()  # what an earlier test has kept would hide a fault
    assert french(typed) == printed.replace("_", "\u202f").replace("~", "\u00a0")
