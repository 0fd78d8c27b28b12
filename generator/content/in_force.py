"""The value of a day: of a list of dated values, the one in force, and what comes after it.

Nothing else decides which value is told as the law of today.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol


class Dated(Protocol):
    """A value that holds from `since` to `until`, its last day, or else until the next value."""

    @property
    def since(self) -> date:
        """Return its first day."""

    @property
    def until(self) -> date | None:
        """Return its last day, or None while it lasts."""


def on[Value: Dated](values: Sequence[Value], day: date) -> Value | None:
    """Return the value in force on `day`, or None before the first one and after an end.

    `values` are the oldest first.
    """
    begun = [value for value in values if value.since <= day]
    if not begun or (begun[-1].until and begun[-1].until < day):
        return None
    return begun[-1]


def coming[Value: Dated](values: Sequence[Value], day: date) -> Value | None:
    """Return the first value that begins after `day`, or None."""
    return next((value for value in values if value.since > day), None)
