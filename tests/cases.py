"""Worked cases: `tests/cases/CALCULATOR.yaml`, one list each, written so that a lawyer can edit it.

    - name: Un critère de niveau 1 suffit             # the truth that the case states
      source: R5132-1-7                               # where it is read
      situation: { date: 2026-11-21, structure: ei, auteur: siae, criteres: [rsa] }
      expect: { verdict: eligible, values: { niveau_1: 1 } }

`expect` holds what matters and nothing else: `verdict`, `values` (each given one exactly),
`reasons` (id: status), `proofs` (exactly these criteria), `dates` (id: day), or `type: unknown`,
or `invalid` (exactly these fields).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from generator.yaml_reader import read

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One worked case, and where it is written."""

    calculator: str
    line: int
    name: str
    source: str
    situation: dict[str, Any]
    expect: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.calculator}:{self.line} {self.name}"

    def differences(self, response: dict[str, Any]) -> list[str]:
        """Compare a response with what is expected; an empty list when they agree."""
        expect = dict(self.expect)
        if "invalid" in expect:
            got = sorted(response.get("errors", {})) if response["type"] == "invalid" else response
            return [] if got == sorted(expect["invalid"]) else [f"invalid: {got}"]
        if expect.get("type") == "unknown":
            return [] if response["type"] == "unknown" else [f"not unknown: {response}"]
        if response["type"] != "result":
            return [f"no result: {response}"]
        result = response["result"]
        got = {
            "verdict": result["verdict"],
            "values": {name: result["values"].get(name) for name in expect.get("values", {})},
            "reasons": {r["id"]: r["status"] for r in result["reasons"]},
            "proofs": [proof["criterion"] for proof in result["proofs"]],
            "dates": {entry["id"]: entry["date"] for entry in result["dates"]},
        }
        for part in ("reasons", "dates"):
            got[part] = {name: got[part].get(name) for name in expect.get(part, {})}
        return [
            f"{part}: {got[part]}, not {expect[part]}"
            for part in expect
            if got[part] != expect[part]
        ]


@cache
def load() -> list[Case]:
    """Read every case, once; a file with a mistake, or a case without a part, stops the tests."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        document = read(path)
        assert not document.mistakes, document.mistakes
        assert isinstance(document.value, list), path
        for position, raw in enumerate(document.value):
            line = document.values[(position,)][0]
            plain = _without_dates(raw)
            assert set(plain) == {"name", "source", "situation", "expect"}, f"{path}:{line}"
            assert plain["expect"], f"{path}:{line}"
            found.append(Case(path.stem, line, **plain))
    return found


def _without_dates(value: Any) -> Any:
    """Write dates as the contract does: a situation is JSON."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _without_dates(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_dates(inner) for inner in value]
    return value
