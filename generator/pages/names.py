"""French names of the codes and values of `data/`, as the pages, the journal and the workshop show them."""

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
BASIS_SENTENCES = {
    "loi": "Cette page repose sur des textes officiels.",
    "pratique": "Cette page repose sur ce que fait la plateforme de l'État, pas sur un texte de loi.",
    "lecture": "Cette page tire des textes une conséquence qu'ils n'écrivent pas : c'est notre lecture.",
    "a_verifier": "Cette page repose sur des sources qui restent à vérifier.",
}
CATEGORIES = {
    models.Category.STRUCTURE: "Les structures",
    models.Category.PARCOURS: "Le parcours",
    models.Category.CONTRAT: "Les contrats",
    models.Category.PUBLIC: "Les publics et les critères",
    models.Category.ACTEUR: "Les acteurs",
    models.Category.FINANCEMENT: "Le financement",
    models.Category.NOTION: "Les notions",
}
STRUCTURE_NAMES = {
    "aci": "ateliers et chantiers d'insertion",
    "ai": "associations intermédiaires",
    "ei": "entreprises d'insertion",
    "eiti": "entreprises d'insertion par le travail indépendant",
    "etti": "entreprises de travail temporaire d'insertion",
    "geiq": "groupements d'employeurs pour l'insertion et la qualification",
    "rq": "régies de quartier",
}
FAMILIES = {
    models.Family.PRODUIRE_ET_VENDRE: "Produire et vendre",
    models.Family.PRETER_DU_PERSONNEL: "Prêter du personnel",
    None: "À part",
}
TOPICS = {
    models.Topic.SALARIES: "Les salariés",
    models.Topic.STRUCTURES: "Les structures",
    models.Topic.EMBAUCHES: "Les embauches",
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


def value_in_force(content: Content, target: str) -> str:
    """Write the newest value of `file.parameter` or `file.parameter.case`, with its unit."""
    subject, name, *case = target.split(".")
    parameter = content.rules[subject].parameters[name]
    value = parameter.values[-1].value
    if isinstance(value, dict):
        value = value[case[0]]
    return value_text(value, parameter.unit)


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
