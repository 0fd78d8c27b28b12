"""The refusals of a model in French: the mistake, the expected form, an example."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.content import models
from generator.yaml_files.document import MOST, Document


def validate(
    document: Document, model: type[BaseModel], models: dict[str, BaseModel], key: str
) -> None:
    """Turn the document into its model, or record its mistakes."""
    if not isinstance(document.value, dict):
        document.blame(
            (),
            "Le fichier doit être une suite de clés, une par ligne : « title: Mon titre ». "
            "Prenez un fichier voisin pour modèle.",
        )
        return
    try:
        models[key] = model.model_validate(document.value)
    except ValidationError as failure:
        # A value that could not be read is reported already; a misspelt key is not also missing.
        reported = {(mistake.line, mistake.column) for mistake in document.mistakes}
        errors = failure.errors()[: MOST + 1]
        renamed = {
            (*error["loc"][:-1], closest(str(error["loc"][-1]), _accepted_keys(model, error)))
            for error in errors
            if error["type"] == "extra_forbidden"
        }
        for error in errors:
            where = tuple(error["loc"])
            if error["type"] == "source_kind" and (misspelt := _misspelt_kind(error["input"])):
                where = (*where, misspelt)
            place = document.place(where, key=error["type"] in {"extra_forbidden", "source_kind"})
            if place not in reported and not (error["type"] == "missing" and where in renamed):
                document.blame_at(place, _in_french(error, model), where, dict(error))


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` is close to."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None)


def near(word: str, known: Iterable[str]) -> str:
    """Return « Vouliez-vous dire … ? » when a known word is close, else an empty text."""
    close = closest(word, known)
    return f" Vouliez-vous dire « {close} » ?" if close else ""


#: How a key that is missing may be written.
_EXAMPLES = {
    "basis": "basis: loi",
    "checked": "checked: 2026-11-21",
    "date": "date: 2026-11-21",
    "since": "since: 2021-09-03",
    "source": 'source: { article: R5132-1-7, quote: "les mots qui décident" }',
    "sources": 'sources: [{ article: R5132-1-7, quote: "les mots qui décident" }]',
    "summary": "summary: Une phrase simple, qui finit par un point.",
    "terms": "terms: [iae]",
    "title": 'title: "Un titre"',
}


def _in_french(error: ErrorDetails, model: type[BaseModel]) -> str:
    where = tuple(error["loc"])
    parts = [part for part in where if isinstance(part, str) and part[:1] != "["]
    if where[-1:] == ("[key]",):  # an unknown key, reported as a value of its mapping
        parts.pop()
    name = parts[-1] if parts else ""
    what = f"« {name} »"
    if where and isinstance(where[-1], int):
        what += f" (élément {where[-1] + 1})"
    context: dict[str, Any] = error.get("ctx", {})
    given = error["input"]
    shown = brief(given)
    match error["type"]:
        case "missing":
            return f"La clé {what} manque ici. Ajoutez « {_EXAMPLES.get(name, f'{name}: …')} »."
        case "extra_forbidden":
            if ":" in name:
                return f"Ajoutez un espace après le deux-points dans « {brief(name)} »."
            siblings = _accepted_keys(model, error)
            if name in models.SOURCE_KINDS and siblings & {*models.SOURCE_KINDS}:
                return (
                    f"Une source n'a qu'une forme : « {name} » est de trop. "
                    "Effacez-le, ou faites-en une autre source."
                )
            return (
                f"La clé « {brief(name)} » est inconnue.{near(name, siblings)} "
                f"Clés admises ici : {', '.join(sorted(siblings))}."
            )
        case "source_kind":
            misspelt = _misspelt_kind(given)
            guess = near(misspelt, models.SOURCE_KINDS) if misspelt else ""
            return (
                "Une source se donne par « article », « text », « platform », « url » "
                f'ou « document ».{guess} Exemple : {{ article: R5132-1-7, quote: "les mots qui décident" }}.'
            )
        case "too_short":
            example = f", comme « {_EXAMPLES[name]} »" if name in _EXAMPLES else ""
            return f"{what} est vide. Écrivez-y au moins un élément{example}."
        case _ if given is None:
            return f"{what} est vide. Écrivez une valeur après le deux-points, ou effacez la clé."
        case "value_error":
            return str(context["error"])
        case "string_type" if isinstance(given, date | int | float):
            return f'{what} doit être un texte : ajoutez des guillemets droits, "{shown}".'
        case "string_type":
            return f"{what} doit être un texte, et non {shown}."
        case "string_too_short":
            return f"{what} est trop court : au moins {context['min_length']} caractères."
        case "string_too_long":
            return (
                f"{what} est trop long : {len(given)} caractères, "
                f"{context['max_length']} au plus. Raccourcissez."
            )
        case "string_pattern_mismatch":
            return f"« {shown} » n'a pas la forme attendue : {_pattern_hint(context['pattern'])}"
        case "enum" | "literal_error":
            choices = re.findall(r"'([^']*)'", context["expected"])
            listed = ", ".join(choice or '""' for choice in choices)
            return (
                f"« {shown} » n'est pas admis pour {what}.{near(str(given), choices)} "
                f"Écrivez l'un de ces mots : {listed}."
            )
        case "date_type":
            return f"{what} doit être une date sans guillemets, en année, mois, jour : 2026-11-21."
        case "int_type":
            return f"{what} doit être un nombre entier, sans guillemets ni espace : 2026."
        case "greater_than_equal" | "less_than_equal":
            bound = context.get("ge", context.get("le"))
            return f"{what} doit être {'au moins' if 'ge' in context else 'au plus'} {bound}."
        case "bool_type":
            return f"{what} doit être true (oui) ou false (non), sans guillemets."
        case "list_type":
            return f"{what} doit être une liste : « {name}: [a, b] », ou une ligne « - a » par élément."
        case "dict_type" | "model_type":
            return (
                f"{what} doit contenir des clés, une par ligne, décalées de deux espaces : "
                "« nom: valeur »."
            )
    return f"{what} n'a pas la forme attendue. Prenez un fichier voisin pour modèle."


def brief(value: object) -> str:
    """Write a value of a file in a message: short, on one line."""
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "des clés"
        case list():
            return "une liste"
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"


def _misspelt_kind(source: object) -> str | None:
    keys = [key for key in keys_of(source) if key not in {"title", "date"}]
    return next((key for key in keys if closest(key, models.SOURCE_KINDS)), None)


def keys_of(value: object) -> list[str]:
    """Return the keys of a mapping; a value of another shape has none."""
    return [str(key) for key in value] if isinstance(value, dict) else []


#: The French words of a pattern of the schema, by a part of it.
_PATTERN_HINTS = {
    "jpe?g": "un nom de fichier en minuscules, fini par .jpg, .png ou .webp, comme logo-iae48.png.",
    r"\d{14}": '14 chiffres entre guillemets droits, comme "13003013300016".',
    r"^\d{5}$": 'cinq chiffres entre guillemets droits, comme "48000".',
    r"2B)\d{3}": 'le code Insee d\'une commune entre guillemets droits, comme "48095".',
    "Mo|Tu": "des horaires abrégés, comme Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00.",
    "À-Ý": "un prénom seul, comme Samira, sans nom de famille.",
    "+)*/$": "l'adresse d'une page depuis l'accueil, avec sa barre à la fin, comme glossaire/aci/.",
    "JORFTEXT": "JORFTEXT, JORFARTI ou LEGIARTI suivi de 12 chiffres, comme JORFTEXT000044011209.",
    "itou": "un chemin qui commence par itou, comme itou/eligibility.",
    "./-": "un nom de branche, comme main.",
    "[0-9 .]": 'un numéro entre guillemets droits, comme "01 23 45 67 89".',
    "https://": "une adresse qui commence par https://.",
    "a-z]": "des minuscules sans accent, des chiffres et « _ », comme pass_iae.",
    "97": 'un code de département entre guillemets droits, comme "48" ou "2A".',
    "A-Z]": "un sigle en capitales, comme ACI.",
    "a-f]": "un identifiant de version (12 à 40 chiffres et lettres de a à f).",
    "--": "l'identifiant d'une ligne de l'annuaire, comme emplois-de-linclusion--17.",
    r"\.md": "le chemin d'une page, comme comprendre/carence.md.",
    r" [\d.]+$": "le nom d'un paquet et sa version, comme @socialgouv/legi-data 2.0.0.",
}


def _pattern_hint(pattern: str) -> str:
    return next(hint for part, hint in _PATTERN_HINTS.items() if part in pattern)


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _accepted_keys(model: type[BaseModel], error: ErrorDetails) -> set[str]:
    """Return the keys that the mapping of an unknown key accepts, read off the JSON Schema."""
    document = _schema(model)

    def follow(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "$ref" in node:
            yield from follow(document["$defs"][node["$ref"].rsplit("/", 1)[1]])
            return
        yield node
        for branch in (*node.get("anyOf", ()), *node.get("oneOf", ())):
            yield from follow(branch)

    nodes = list(follow(document))
    for part in error["loc"][:-1]:
        if str(part).startswith("["):  # the tag of a kind of source
            nodes = [node for node in nodes if str(part)[1:-1] in node.get("properties", {})]
            continue
        following: list[dict[str, Any]] = []
        for node in nodes:
            if isinstance(part, int) and "items" in node:
                following += follow(node["items"])
            elif part in node.get("properties", {}):
                following += follow(node["properties"][part])
            for inner in node.get("patternProperties", {}).values():
                following += follow(inner)
        nodes = following
    return {name for node in nodes for name in node.get("properties", {})}
