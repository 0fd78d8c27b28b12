"""Compile `data/rules/` into the file that the calculators carry: same values, addresses made."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from generator.content import models
from generator.content.load import Address, Content


class _Compiled(BaseModel):
    """The settings of the classes below, which describe the compiled file to programs that read it."""

    model_config = ConfigDict(extra="forbid")


class CompiledValue(_Compiled):
    """A value, the days on which it holds, and its source."""

    since: date
    until: date | None
    value: models.Scalar | dict[str, models.Scalar | None]
    basis: models.BasisKind
    source: Address
    note: str | None


class CompiledParameter(_Compiled):
    """A parameter, the singular and the plural of its unit, its values from the oldest on."""

    title: str
    unit: tuple[str, str] | None
    values: list[CompiledValue]


class CompiledCriterion(_Compiled):
    """The words of a criterion; its level and its proof are parameters."""

    title: str
    question: str
    question_to_herself: str
    group: str
    term: models.Id
    incompatible: list[models.Id]


class CompiledRules(_Compiled):
    """All the rules: parameters by `FILE.NAME`, criteria by file and code, days of review."""

    version: str
    parameters: dict[str, CompiledParameter]
    criteria: dict[models.Id, dict[models.Id, CompiledCriterion]]
    checked: dict[models.Id, date]


def compile_rules(content: Content) -> dict[str, Any]:
    """Return the content of `calculators/rules.json`: parameters, criteria, days of review.

    `version` names this content: the same rules have the same version, wherever they are built.
    """
    parameters: dict[str, Any] = {}
    criteria: dict[str, Any] = {}
    for subject, rule in content.rules.items():
        for name, parameter in rule.parameters.items():
            unit = [parameter.unit, models.UNITS[parameter.unit]] if parameter.unit else None
            parameters[f"{subject}.{name}"] = _compiled(
                content, parameter.title, unit, [(v, v.value) for v in parameter.values]
            )
        for code, criterion in rule.criteria.items():
            parameters[f"{subject}.{code}"] = _compiled(
                content, criterion.title, None, [(v, v.value) for v in criterion.values]
            )
            parameters[f"{subject}.{code}.justificatif"] = _compiled(
                content,
                f"Justificatif : {criterion.title}",
                None,
                [(p, {"document": p.document, "validity": p.validity}) for p in criterion.proofs],
            )
        if rule.criteria:
            criteria[subject] = {
                code: {
                    "title": criterion.title,
                    "question": criterion.question,
                    "question_to_herself": criterion.question_to_herself or criterion.question,
                    "group": criterion.group,
                    "term": criterion.term,
                    "incompatible": criterion.incompatible,
                }
                for code, criterion in rule.criteria.items()
            }
    checked = {subject: rule.checked.isoformat() for subject, rule in content.rules.items()}
    compiled = {"parameters": parameters, "criteria": criteria, "checked": checked}
    return {"version": _version(compiled), **compiled}


def as_text(content: Content) -> str:
    """Return the compiled rules as JSON text."""
    return json.dumps(compile_rules(content), ensure_ascii=False, separators=(",", ":")) + "\n"


def write(content: Content, root: Path) -> str:
    """Write `calculators/rules.json`, and return its text."""
    text = as_text(content)
    target = root / "calculators" / "rules.json"
    if not target.exists() or target.read_text("utf-8") != text:
        target.write_text(text, "utf-8")
    return text


def _version(compiled: dict[str, Any]) -> str:
    """Return the first twelve hexadecimal digits of the SHA-256 of the content, keys sorted."""
    canonical = json.dumps(compiled, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _compiled(
    content: Content,
    title: str,
    unit: list[str] | None,
    values: list[tuple[models.Dated, Any]],
) -> dict[str, Any]:
    return {
        "title": title,
        "unit": unit,
        "values": [
            {
                "since": dated.since.isoformat(),
                "until": dated.until.isoformat() if dated.until else None,
                "value": value,
                "basis": dated.basis.value,
                "source": dataclasses.asdict(content.address(dated.source)),
                "note": dated.note,
            }
            for dated, value in values
        ],
    }
