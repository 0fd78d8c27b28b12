"""Calendar arithmetic of the law, in one place.

- A period includes both its first and its last day.
- Months and years are counted from date to date. A day that the last month does not have falls
  back on the month's last day: 31 August + 6 months = 28 February.
- An age is reached on the birthday; a person born on 29 February reaches it on 1 March of a
  common year, as the platform counts (the day, less the years, is compared with the birth).
"""

from calendar import monthrange
from datetime import date, timedelta

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, clipped to the end of a shorter month.

    >>> add_months(date(2025, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """Return the day that comes `days` days later.

    >>> add_days(date(2028, 2, 28), 2)
    datetime.date(2028, 3, 1)
    """
    return day + timedelta(days=days)


def last_day(first: date, *, months: int = 0, days: int = 0) -> date:
    """Return the last day of a period that starts on `first` and lasts so long, ends included.

    >>> last_day(date(2026, 1, 15), months=24)
    datetime.date(2028, 1, 14)
    >>> last_day(date(2026, 1, 15), days=730)
    datetime.date(2028, 1, 14)
    """
    return add_months(first, months) + timedelta(days=days - 1)


def days_in(first: date, last: date) -> int:
    """Count the days of a period, both ends included; 0 when it ends the day before it starts.

    >>> days_in(date(2026, 1, 1), date(2026, 1, 31))
    31
    """
    return (last - first).days + 1


def months_and_days(first: date, last: date) -> tuple[int, int]:
    """Measure a period, both ends included, in whole months from date to date, then days.

    >>> months_and_days(date(2026, 1, 15), date(2026, 3, 14))
    (2, 0)
    >>> months_and_days(date(2026, 1, 31), date(2026, 3, 1))
    (1, 2)
    """
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    while add_months(first, months) > last + timedelta(days=1):
        months -= 1
    return months, days_in(add_months(first, months), last)


def is_aged(born: date, day: date, years: int) -> bool:
    """Tell whether a person born on `born` is at least `years` old on `day`.

    >>> is_aged(date(2000, 5, 17), date(2026, 5, 17), 26)
    True
    >>> is_aged(date(2000, 2, 29), date(2026, 2, 28), 26)
    False
    """
    return add_months(day, -12 * years) >= born


def french_date(day: date) -> str:
    """Write a day as French reads it.

    >>> french_date(date(2024, 7, 1))
    '1er juillet 2024'
    """
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"
