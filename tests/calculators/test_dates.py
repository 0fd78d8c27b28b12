"""The calendar of the law, and the spaces of French: their examples, and what must be true."""

from __future__ import annotations

import doctest
from datetime import date, timedelta
from itertools import pairwise
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators import dates, typography
from calculators.dates import (
    add_months,
    days_in,
    eve_of,
    is_aged,
    last_day,
    months_and_days,
    spells,
)
from calculators.typography import NARROW, NO_BREAK, french

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize("module", [dates, typography], ids=lambda module: module.__name__)
def test_the_examples_of_the_documentation_hold(module: ModuleType) -> None:
    """Every example in a docstring is what Python answers."""
    outcome = doctest.testmod(module)
    assert outcome.attempted
    assert not outcome.failed


@pytest.mark.parametrize(
    ("first", "months", "expected"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2025-10-31", 1, "2025-11-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-05-17", 0, "2026-05-17"),
    ],
)
def test_months_are_clipped_to_the_end_of_a_shorter_one(
    first: str, months: int, expected: str
) -> None:
    """The same day of another month, or that month's last day."""
    assert add_months(date.fromisoformat(first), months).isoformat() == expected


@pytest.mark.parametrize(
    ("first", "months", "expected"),
    [
        ("2026-01-28", 1, "2026-02-27"),
        ("2026-01-29", 1, "2026-02-28"),
        ("2028-01-29", 1, "2028-02-28"),
        ("2026-01-30", 1, "2026-02-28"),
        ("2028-01-30", 1, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-02-01", 1, "2026-02-28"),
        ("2028-02-01", 1, "2028-02-29"),
        ("2026-02-28", 1, "2026-03-27"),
        ("2028-02-29", 1, "2028-03-28"),
        ("2026-03-01", 1, "2026-03-31"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-04-30", 1, "2026-05-29"),
        ("2026-05-31", 1, "2026-06-30"),
        ("2026-06-30", 1, "2026-07-29"),
        ("2026-07-31", 1, "2026-08-30"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-09-30", 1, "2026-10-29"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-11-30", 1, "2026-12-29"),
        ("2026-12-31", 1, "2027-01-30"),
        ("2025-10-31", 4, "2026-02-28"),
        ("2023-10-31", 4, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 48, "2028-02-28"),
        ("2024-02-28", 24, "2026-02-27"),
        ("2026-01-31", 0, "2026-01-30"),
    ],
)
def test_a_period_of_months_ends_on_the_eve_or_on_the_last_day_of_a_shorter_month(
    first: str, months: int, expected: str
) -> None:
    """Every end of a month, worked by hand: the day that does not exist is the month's last."""
    assert last_day(date.fromisoformat(first), months=months).isoformat() == expected


@given(days, st.integers(0, 600))
def test_the_platform_ends_a_period_the_same_day_or_the_eve(first: date, months: int) -> None:
    """The two ways to count differ by the one day that may be discussed, after a 29, 30 or 31."""
    discussed = (last_day(first, months=months) - eve_of(first, months)).days
    assert discussed == (add_months(first, months).day != first.day)


@given(days, st.integers(0, 600))
def test_a_month_more_is_always_longer(first: date, months: int) -> None:
    """Whatever its first day, the longer period ends later, by four weeks or more."""
    later = last_day(first, months=months + 1)
    assert (later - last_day(first, months=months)).days >= 28


@given(days, st.integers(0, 3000))
def test_a_measured_period_comes_back_to_its_last_day(first: date, length: int) -> None:
    """What measures so many months and days lasts so long."""
    last = first + timedelta(days=length)
    months, more = months_and_days(first, last)
    assert last_day(first, months=months, days=more) == last
    assert last_day(first, months=months + 1) > last


@given(days, st.integers(-1200, 1200))
def test_months_later_fall_in_the_right_month(day: date, months: int) -> None:
    """Only the day of the month is ever clipped, and only down."""
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert later.day <= day.day


@given(days, st.integers(1, 5000))
def test_a_period_has_both_its_ends(first: date, length: int) -> None:
    """A period of one day ends the day it starts; n days from a day are counted as n."""
    assert last_day(first, days=1) == first
    assert days_in(first, last_day(first, days=length)) == length


@given(days, st.integers(0, 600), st.integers(0, 27))
def test_a_period_is_measured_as_it_was_made(first: date, months: int, more: int) -> None:
    """What lasts so many months and days measures so many months and days, if days make no month."""
    last = last_day(first, months=months, days=more)
    if last < last_day(first, months=months + 1):
        assert months_and_days(first, last) == (months, more)


def test_a_year_over_a_leap_day_has_one_day_more() -> None:
    """Two years are 730 days, or 731 when they hold a 29 February."""
    assert days_in(date(2025, 3, 1), last_day(date(2025, 3, 1), months=24)) == 730
    assert days_in(date(2023, 3, 1), last_day(date(2023, 3, 1), months=24)) == 731


@given(st.lists(st.tuples(days, st.integers(0, 400)), max_size=8))
def test_spells_keep_every_day_once(starts: list[tuple[date, int]]) -> None:
    """Joined periods hold the same days, in order, with a day at least between two of them."""
    periods = [(first, first + timedelta(days=length)) for first, length in starts]
    chain = spells(periods)
    covered = {
        first + timedelta(days=n) for first, last in periods for n in range(days_in(first, last))
    }
    assert sum(days_in(*spell) for spell in chain) == len(covered)
    assert all(days_in(last, later) > 2 for (_, last), (later, _) in pairwise(chain))


@pytest.mark.parametrize(
    ("born", "day", "reached"),
    [
        ("2000-11-22", "2026-11-21", False),
        ("2000-11-21", "2026-11-21", True),
        ("2000-02-29", "2026-02-28", False),
        ("2000-02-29", "2026-03-01", True),
    ],
)
def test_an_age_is_reached_on_the_birthday(born: str, day: str, reached: bool) -> None:
    """Born on 29 February, on 1 March of a common year. Source: the platform's comparison."""
    assert is_aged(date.fromisoformat(born), date.fromisoformat(day), 26) is reached


@given(days, days, st.integers(1, 100))
def test_an_age_once_reached_is_kept(born: date, day: date, years: int) -> None:
    """Nobody becomes younger."""
    if is_aged(born, day, years):
        assert is_aged(born, day + timedelta(days=1), years)


def test_french_spaces_do_not_break() -> None:
    """Before : a full unbreakable space; before ; ! ? and between thousands a narrow one."""
    assert french("Oui : 24 mois") == f"Oui{NO_BREAK}: 24{NO_BREAK}mois"
    assert french("Vrai ? Non ; si !") == f"Vrai{NARROW}? Non{NARROW}; si{NARROW}!"
    assert french("« oui »") == f"«{NO_BREAK}oui{NO_BREAK}»"
    assert french("1 400 euros") == f"1{NARROW}400{NO_BREAK}euros"
    assert french("le 1 rue") == "le 1 rue"
    assert french("24 moissons") == "24 moissons"
    assert french("L'IAE d'« ici » qu'**a** l'[[x]], lorsqu'") == (
        f"L’IAE d’«{NO_BREAK}ici{NO_BREAK}» qu’**a** l’[[x]], lorsqu’"
    )
    assert french("'mot' 5'3 l' x, _'a") == "'mot' 5'3 l' x, _'a"


@given(st.text("aà'’ 0123:;!?%€«»().\u00a0\u202f"))
def test_french_spaces_are_set_once(text: str) -> None:
    """Setting the spaces twice changes nothing more."""
    assert french(french(text)) == french(text)
