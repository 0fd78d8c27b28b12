"""Sums of money and full-time posts, exact: whole cents, and fractions of whole numbers.

A sum is rounded once, to the nearest cent, half a cent up. No text of the law says how.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Share(NamedTuple):
    """An exact number that is not below zero: `top / bottom`."""

    top: int
    bottom: int = 1

    def times(self, other: Share) -> Share:
        """Return the product of two numbers."""
        return Share(self.top * other.top, self.bottom * other.bottom)

    def over(self, other: Share) -> Share:
        """Return the quotient of two numbers; the other is not zero."""
        return Share(self.top * other.bottom, self.bottom * other.top)

    def plus(self, other: Share) -> Share:
        """Return the sum of two numbers."""
        return Share(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    def less(self, other: Share) -> Share:
        """Return the difference of two numbers, or zero when the other is the greater."""
        return Share(
            max(self.top * other.bottom - other.top * self.bottom, 0), self.bottom * other.bottom
        )

    def exceeds(self, other: Share) -> bool:
        """Tell whether this number is the greater one."""
        return self.top * other.bottom > other.top * self.bottom

    def rounded(self, digits: int) -> int | float:
        """Return the nearest number with so many digits after the point, half of one up.

        >>> Share(1, 3).rounded(2), Share(5, 1000).rounded(2), Share(8, 4).rounded(2)
        (0.33, 0.01, 2)
        """
        unit: int = 10**digits
        whole = nearest(Share(self.top * unit, self.bottom))
        return whole // unit if whole % unit == 0 else whole / unit


def exact(number: float) -> Share:
    """Return a number as it was typed: 0.1 is a tenth."""
    return Share(*Decimal(str(number)).as_integer_ratio())


def nearest(share: Share) -> int:
    """Return the nearest whole number, half of one up."""
    return (2 * share.top + share.bottom) // (2 * share.bottom)


def cents(euros: Share) -> int:
    """Return a sum in whole cents."""
    return nearest(Share(euros.top * 100, euros.bottom))


def in_euros(amount: int) -> int | float:
    """Return a sum in cents as the euros of the contract: 133040 is 1330.4."""
    return amount // 100 if amount % 100 == 0 else amount / 100


def euros(amount: int) -> str:
    """Write a sum in cents as French reads it.

    >>> euros(1330400), euros(133040), euros(150)
    ('13 304 euros', '1 330,40 euros', '1,50 euro')
    """
    whole, rest = divmod(amount, 100)
    number = f"{whole:,}".replace(",", " ") + (f",{rest:02}" if rest else "")
    return f"{number} {'euros' if amount >= 200 else 'euro'}"


def count(share: Share, singular: str, plural: str, digits: int = 4) -> str:
    """Write a rounded number and what it counts: « 1 204,5 heures », « 0,5 poste ».

    >>> count(Share(2409, 2), "heure", "heures")
    '1 204,5 heures'
    >>> count(Share(3500), "heure", "heures", 0)
    '3 500 heures'
    """
    number = share.rounded(digits)
    # With a fixed number of digits: a small number would be written 1e-05.
    # One digit more: the zeros that are cut are always those behind a point.
    text = f"{number:,.{digits + 1}f}".rstrip("0").rstrip(".").replace(",", " ").replace(".", ",")
    return f"{text} {plural if number >= 2 else singular}"
