"""French names of the values of `data/`: a number with its unit, a case, a basis."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from calculators.inputs import questions
from calculators.typography import number
from generator.content import models
from generator.content.labels import CASE_NAMES
from generator.content.load import Content

BASIS_NAMES = {
    "loi": "Loi",
    "pratique": "Pratique de la plateforme",
    "lecture": "Notre lecture",
    "a_verifier": "À vérifier",
}


def value_text(value: models.Scalar, unit: str | None = None) -> str:
    """Write a value as a reader expects it, with its unit: `24`, `mois` → « 24 mois »."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str):
        return value
    text = number(value, unit)
    if unit is None:
        return text
    return f"{text} {models.UNITS[unit] if abs(value) >= 2 else unit}"


def case_name(code: str, content: Content, calculators: Mapping[str, ModuleType]) -> str:
    """Name a case of a value (`aci`, `siae`, `niveau`) as the forms and the glossary do."""
    if code in CASE_NAMES:
        return CASE_NAMES[code]
    for calculator in calculators.values():
        for question in questions(calculator.Situation):
            if question.kind in {"choice", "choices"}:
                for member in question.of:
                    if member.value == code:
                        return str(member.label)
    term = content.terms.get(code)
    return term.title if term else code.replace("_", " ")
