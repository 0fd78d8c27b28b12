"""French names of the codes and values of `data/`, as the pages, the journal and the workshop show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import ModuleType

from calculators.dates import french_date
from calculators.inputs import questions
from calculators.typography import number
from generator.content import in_force, models
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


@dataclass(frozen=True, slots=True)
class Told:
    """How a value is told, from its first day to its last; `until` is None while it lasts."""

    words: str
    since: date
    until: date | None


def value_in_force(content: Content, target: str) -> str:
    """Write the value of `file.parameter` or `file.parameter.case` on the day of the content.

    What changes later is told too: « 2 critères (3 à partir du 1er janvier 2027) ». So is an end:
    « 3 critères (jusqu'au 22 décembre 2026) », and afterwards « …, puis plus rien de connu ».
    """
    told = _told(content, target)
    now = next((one for one in told if in_force.on([one], content.today)), None)
    later = in_force.coming(told, content.today)
    start = f"{later.words} à partir du {french_date(later.since)}" if later else ""
    if now is None:
        if later:
            return start
        last = told[-1]
        assert last.until
        return f"{last.words} jusqu'au {french_date(last.until)}, puis plus rien de connu"
    contiguous = later and now.until and later.since == now.until + timedelta(days=1)
    end = f"jusqu'au {french_date(now.until)}" if now.until and not contiguous else ""
    after = " ; ".join(part for part in (end, start) if part)
    return f"{now.words} ({after})" if after else now.words


def _told(content: Content, target: str) -> list[Told]:
    """Return the values of a parameter, or of one of its cases, in order; those alike are one."""
    subject, name, *case = target.split(".")
    parameter = content.rules[subject].parameters[name]
    found: list[Told] = []
    for place, dated in enumerate(parameter.values):
        value = dated.value
        if isinstance(value, dict):
            if case[0] not in value:
                continue
            value = value[case[0]]
        following = parameter.values[place + 1 : place + 2]
        until = dated.until or next((one.since - timedelta(days=1) for one in following), None)
        one = Told(value_text(value, parameter.unit), dated.since, until)
        before = found[-1] if found else None
        if before and before.words == one.words and before.until == one.since - timedelta(days=1):
            one = replace(one, since=before.since)
            found.pop()
        found.append(one)
    return found


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
