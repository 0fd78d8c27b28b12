"""Calendar arithmetic of the law, in one place.

- A period includes both its first and its last day.
- Months and years are counted from date to date: a period ends on the eve of the same day of a later
  month. When that month has no such day, the period ends on the month's last day. No article says so
  of contracts; the code of civil procedure does of time limits (641):

      first day     one month ends on       one day more makes
      28 January    27 February             1 month and 1 day
      29 January    28 February             (29 January of a leap year: 28 February too, the eve of
      30 January    28, or 29 February       the 29th)
      31 January    28, or 29 February
      1 February    28, or 29 February
      28 February   27 March
      29 February   28 March                24 months: 28 February
      31 March      30 April                1 April: 30 April
      30 April      29 May
      31 May        30 June
      30 November   29 December
      31 December   30 January

- The platform counts otherwise: it takes the same day of the later month, or the month's last day when
  it has no such day (`add_months`: 31 August + 6 months = 28 February), less one day, 27 February. What
  follows its practice subtracts that day itself. Between the two stands a day that may be discussed:
  the rules that hold a length against a minimum say so (`eve_of`).
- An age is reached on the birthday; a person born on 29 February reaches it on 1 March of a
  common year, as the platform counts (the day, less the years, is compared with the birth).
- Several periods add up as follows. Periods that touch or overlap are one spell: a contract and
  its renewal of the next day are counted as if they had been signed at once, and no day is counted
  twice. Each spell is measured from date to date. The months of the spells add up, and so do their
  left-over days, thirty of which make a month; the days between two spells are not counted.
  15 January to 20 May, then 21 May to 14 September: 8 months, for they touch.
  1 January to 30 June, then 1 September to 28 February: 6 + 6 = 12 months.
  1 to 20 January, then 1 to 20 March: 20 + 20 days = 1 month and 10 days.
- A single spell is never rounded: 1 January to 30 December is 11 months and 30 days.
"""

from collections.abc import Iterable
from datetime import date, timedelta

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


#: The first and the last day of a period.
type Period = tuple[date, date]
#: Left-over days of several spells that make a month.
DAYS_IN_A_SUMMED_MONTH = 30


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, clipped to the end of a shorter month.

    >>> add_months(date(2025, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    # Not by `calendar`: with what it imports, it weighs more than all our calculators.
    last = date(years + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return date(years, month + 1, min(day.day, last.day))


def add_days(day: date, days: int) -> date:
    """Return the day `days` later, or earlier when negative.

    >>> add_days(date(2024, 12, 9), 92)
    datetime.date(2025, 3, 11)
    """
    return day + timedelta(days=days)


def last_day(first: date, *, months: int = 0, days: int = 0) -> date:
    """Return the last day of a period that starts on `first` and lasts so long, ends included.

    >>> last_day(date(2026, 1, 15), months=24)
    datetime.date(2028, 1, 14)
    >>> last_day(date(2026, 1, 31), months=1)
    datetime.date(2026, 2, 28)
    >>> last_day(date(2026, 1, 15), days=730)
    datetime.date(2028, 1, 14)
    """
    later = add_months(first, months)
    return later + timedelta(days=days - (later.day == first.day))


def eve_of(first: date, months: int) -> date:
    """Return the eve of the same day of a later month, as the platform counts.

    It is one day before `last_day` when the later month has no such day, and `last_day` otherwise.

    >>> eve_of(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 27)
    """
    return add_months(first, months) - timedelta(days=1)


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
    (1, 1)
    """
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    while last_day(first, months=months) > last:
        months -= 1
    return months, days_in(last_day(first, months=months), last) - 1


def spells(periods: Iterable[Period]) -> list[Period]:
    """Join the periods that touch or overlap; return what is left in order.

    >>> spells([(date(2026, 2, 1), date(2026, 2, 28)), (date(2026, 1, 1), date(2026, 1, 31))])
    [(datetime.date(2026, 1, 1), datetime.date(2026, 2, 28))]
    """
    joined: list[Period] = []
    for first, last in sorted(periods):
        if joined and first <= add_days(joined[-1][1], 1):
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return joined


def total_of(chain: list[Period]) -> tuple[int, int]:
    """Add up spells, as `spells` returns them, in months and days.

    >>> total_of([(date(2026, 1, 1), date(2026, 1, 20)), (date(2026, 3, 1), date(2026, 3, 20))])
    (1, 10)
    """
    if len(chain) == 1:
        return months_and_days(*chain[0])
    return divmod(sum(_in_days(spell) for spell in chain), DAYS_IN_A_SUMMED_MONTH)


def last_day_within(chain: list[Period], months: int) -> date:
    """Return the last day on which the spells, the last one lasting as needed, total `months`.

    It falls in an earlier spell when the total is already reached there.

    >>> last_day_within([(date(2026, 1, 15), date(2026, 6, 30))], 24)
    datetime.date(2028, 1, 14)
    >>> chain = [(date(2026, 1, 1), date(2026, 6, 20)), (date(2026, 9, 1), date(2026, 9, 30))]
    >>> last_day_within(chain, 24)
    datetime.date(2028, 3, 10)
    """
    left = months * DAYS_IN_A_SUMMED_MONTH
    for spell in chain[:-1]:
        if _in_days(spell) >= left:
            return _last_day_of(spell[0], left)
        left -= _in_days(spell)
    return _last_day_of(chain[-1][0], left)


def _in_days(spell: Period) -> int:
    months, days = months_and_days(*spell)
    return months * DAYS_IN_A_SUMMED_MONTH + days


def _last_day_of(first: date, left: int) -> date:
    """Return the last day of a spell that may use `left` days, thirty to the month."""
    months, days = divmod(left, DAYS_IN_A_SUMMED_MONTH)
    # One day more than the eve of a full month would be a full month, in a short February too.
    eve = add_days(last_day(first, months=months + 1), -1)
    return min(last_day(first, months=months, days=days), eve)


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
