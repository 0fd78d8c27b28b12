"""Worked cases: `data/cases/CALCULATOR.yaml`, one list each, written so that a lawyer can edit it.

    - name: Un critère de niveau 1 suffit             # the truth that the case states
      source: R5132-1-7                               # where it is read
      situation: { date: 2026-11-21, structure: ei, auteur: siae, criteres: [rsa] }
      expect: { verdict: eligible, values: { niveau_1: 1 } }

`expect` holds the decisive parts and nothing else: `verdict`, `values` (each given one exactly),
`reasons` (id: status), `proofs` (exactly these criteria), `dates` (id: day), `periods` (all of them,
id: [first day, last day]), `kinds` (id of a period: its kind), `deduced` (all of it, code: true or false), `summary`, `says` (id of a reason or of an option: its sentence), `cites` (id of
either: the rule that it cites), `options` (id: status), `windows` (id of an option: [from, until]), `who` and `papers` (id of an option: a sentence, or its list in order), `known` (id of an option: the whole situation that it opens), `labels` (id of a date or of a period: its words), `not_checked` (all of
them, in order), `bars` (all of them, id: [value, words]), or `type: unknown` (with `message`, its
sentence, if it counts), or `invalid` (exactly these fields, or field: its sentence). In a
sentence, « … » stands for any words.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any
from unicodedata import normalize

from calculators.typography import APOSTROPHE, NARROW, NO_BREAK
from generator.yaml_files.reader import read

FOLDER = Path(__file__).parent.parent.parent / "data" / "cases"


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
        """Name the case in plain letters: pytest escapes the others, twice in a mutation run."""
        letters = normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        return f"{self.calculator}:{self.line} {letters}"

    def differences(self, response: dict[str, Any]) -> list[str]:
        """Return the differences between a response and the expected one; none when they agree."""
        expect = dict(self.expect)
        if "invalid" in expect:
            errors = response.get("errors", {})
            sentences = dict.fromkeys(expect["invalid"], "…")
            if isinstance(expect["invalid"], dict):
                sentences = expect["invalid"]
            given = {
                field: _matched(sentences.get(field, ""), _plain(errors[field])) for field in errors
            }
            return [] if given == sentences else [f"invalid: {given or response}"]
        if expect.get("type") == "unknown":
            said = _plain(response.get("message", ""))
            told = _matched(expect.get("message", "…"), said) == expect.get("message", "…")
            unknown = response["type"] == "unknown" and told
            return [] if unknown else [f"not unknown, or not in these words: {response}"]
        if response["type"] != "result":
            return [f"no result: {response}"]
        result = response["result"]
        got = {
            "verdict": result["verdict"],
            "deduced": result["deduced"],
            "values": {
                name: result["values"].get(name, "no value") for name in expect.get("values", {})
            },
            "reasons": {r["id"]: r["status"] for r in result["reasons"]},
            "proofs": [proof["criterion"] for proof in result["proofs"]],
            "dates": {entry["id"]: entry["date"] for entry in result["dates"]},
            "periods": {entry["id"]: [entry["debut"], entry["fin"]] for entry in result["periods"]},
            "kinds": {entry["id"]: entry["kind"] for entry in result["periods"]},
            "cites": {one["id"]: one["rule"] for one in result["reasons"] + result["options"]},
            "options": {option["id"]: option["status"] for option in result["options"]},
            "windows": {
                option["id"]: [option["from"], option["until"]] for option in result["options"]
            },
            "bars": {bar["id"]: [bar["value"], _plain(bar["words"])] for bar in result["bars"]},
        }
        got["known"] = {option["id"]: option["situation"] for option in result["options"]}
        papers = {option["id"]: option["papers"] for option in result["options"]}
        for part in ("reasons", "dates", "kinds", "cites", "options", "windows", "known"):
            got[part] = {name: got[part].get(name) for name in expect.get(part, {})}
        texts = {one["id"]: _plain(one["text"]) for one in result["reasons"] + result["options"]}
        got["summary"] = _matched(expect.get("summary", ""), _plain(result["summary"]))
        drawn = [*result["dates"], *result["periods"]]
        labels = {entry["id"]: _plain(entry["label"]) for entry in drawn}
        who = {one["id"]: _plain(one["who"] or "") for one in result["options"]}
        for part, given in (("says", texts), ("labels", labels), ("who", who)):
            got[part] = {
                name: _matched(words, given.get(name, ""))
                for name, words in expect.get(part, {}).items()
            }
        got["papers"] = {
            name: _all_matched(words, papers.get(name, []))
            for name, words in expect.get("papers", {}).items()
        }
        got["not_checked"] = _all_matched(expect.get("not_checked", []), result["not_checked"])
        return [
            f"{part}: {got[part]}, not {expect[part]}"
            for part in expect
            # As JSON, for which 480 is not 480.0, nor 1 true.
            if json.dumps(got[part], sort_keys=True) != json.dumps(expect[part], sort_keys=True)
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


def _plain(text: str) -> str:
    """Write with ordinary spaces and apostrophes, as a lawyer types."""
    return text.replace(NO_BREAK, " ").replace(NARROW, " ").replace(APOSTROPHE, "'")


def _matched(words: str, text: str) -> str:
    """Return the words when they match the text, else the text, to show in a failure."""
    pattern = ".*".join(re.escape(part.strip()) for part in _plain(words).split("…"))
    return words if re.fullmatch(pattern, text) else text


def _all_matched(words: list[str], texts: list[str]) -> list[str]:
    pairs = zip_longest(words, texts, fillvalue="")
    return [_matched(expected, _plain(text)) for expected, text in pairs]


def _without_dates(value: Any) -> Any:
    """Write dates as the contract does: a situation is JSON."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _without_dates(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_dates(inner) for inner in value]
    return value
