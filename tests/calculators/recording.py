"""Rules that remember on which days, and for which values, a calculation asked them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from calculators.rules import Law, Rules


@dataclass(frozen=True, slots=True)
class Recording(Rules):
    """The same rules; `laws` lists every law that was opened."""

    laws: list[Law] = field(default_factory=list)

    @classmethod
    def of(cls, rules: Rules) -> Recording:
        """Start to listen to `rules`."""
        return cls(rules.parameters, rules.criteria, rules.checked, rules.version)

    def on(self, day: date) -> Law:
        """Return the law of a day, and remember it."""
        self.laws.append(Rules.on(self, day))
        return self.laws[-1]
