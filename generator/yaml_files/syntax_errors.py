"""From the messages of the YAML parser to a place to edit and a remedy in French."""

from __future__ import annotations

import re
from typing import Any

import yaml

_INDENT = (
    "Le retrait de cette ligne ne va pas avec les lignes d'avant. "
    "Alignez-la sur ses voisines (deux espaces par niveau)."
)
_UNCLOSED = (
    "Le guillemet ouvert ici n'est pas refermé. Ajoutez-en un à la fin du texte. "
    "Pour un guillemet dans le texte, prenez « et »."
)
#: The remedy in French, by a part of the message of the YAML parser.
_REMEDIES = {
    "expected chomping": "Après « | » ou « > », passez à la ligne : le texte commence à la "
    "ligne suivante, décalé de deux espaces.",
    "expected a comment or a line": "Après « | » ou « > », passez à la ligne : le texte commence "
    "à la ligne suivante, décalé de deux espaces.",
    "expected alphabetic": "« * » et « & » ne peuvent pas commencer une valeur. Mettez-la entre "
    'guillemets droits ("…"), ou écrivez le texte après « | », à la ligne.',
    "cannot start any token": "Ce caractère ne peut pas commencer une valeur. "
    'Mettez-la entre guillemets droits : "…".',
    "unknown escape character": "« \\ » dans un texte entre guillemets : écrivez « \\\\ ».",
    "sequence entries are not allowed": "Un élément de liste commence à la ligne : allez à la "
    "ligne avant « - ».",
    "expected the node content": "Un crochet, une accolade ou une virgule de trop. "
    'Effacez-le ; si c\'est du texte, mettez la valeur entre guillemets droits : "…".',
    "but found ':'": "Il manque une clé devant ce deux-points : « title: Mon titre ».",
    "expected <block end>": _INDENT,
    "expected '<document start>'": _INDENT,
}


def explain(
    text: str, error: yaml.MarkedYAMLError, last: yaml.ScalarEvent | None
) -> tuple[tuple[int, int], str]:
    """Return the place to edit, as line and column, and the remedy in French.

    `text` is the file, `last` the last value that was read before the parser stopped.
    """
    problem = error.problem or ""
    found = place_of_mark(error.problem_mark)
    began = place_of_mark(error.context_mark) if error.context_mark else found
    if "quoted scalar" in (error.context or "") and "escape" not in problem:
        return began, _UNCLOSED
    if "could not find expected ':'" in problem:
        return began, _no_colon(text, began)
    if "mapping values are not allowed" in problem:
        return _unexpected_colon(text, found)
    if "but found '<scalar>'" in problem and last and last.style in {"'", '"'}:
        quote = place_of(last)
        assert last.end_mark is not None
        if last.end_mark.line + 1 > quote[0]:
            return quote, _UNCLOSED
        return found, (
            "Du texte suit un guillemet qui se referme. Mettez toute la valeur entre guillemets "
            "droits doubles, et « et » à l'intérieur : \"L'aide « au poste »\"."
        )
    if "expected ',' or" in problem:
        return began if began[0] < found[0] else found, (
            "Il manque une virgule, ou un crochet ou une accolade n'est pas refermé : "
            "[aci, ei], { article: R5132-1-7 }."
        )
    for part, message in _REMEDIES.items():
        if part in problem:
            return found, message
    return found, (
        "Cette ligne ne se lit pas. Vérifiez le retrait (deux espaces par niveau), "
        "les deux-points et les guillemets, ici et à la ligne d'avant."
    )


def _unexpected_colon(text: str, found: tuple[int, int]) -> tuple[tuple[int, int], str]:
    lines = text.split("\n")
    line, column = found
    here, above = lines[line - 1], lines[line - 2] if line > 1 else ""
    indent = len(here) - len(here.lstrip(" "))
    if ": " in here[: column - 1]:
        return found, (
            "Deux-points de trop sur la ligne. Mettez le texte entre guillemets droits : "
            'title: "Texte : la suite".'
        )
    if len(above) - len(above.lstrip(" ")) == indent and not above.rstrip().endswith(":"):
        return (line - 1, indent + 1), _no_colon(text, (line - 1, indent + 1))
    return (line, indent + 1), _INDENT


def _no_colon(text: str, place: tuple[int, int]) -> str:
    line = text.split("\n")[place[0] - 1]
    if re.search(r":[\u00a0\u202f]", line):
        return "Un espace insécable suit le deux-points. Remplacez-le par un espace ordinaire."
    if re.match(r" *-\S", line):
        return "Il manque un espace après le tiret : « - un élément »."
    return (
        "Il manque un deux-points suivi d'un espace après la clé de cette ligne : "
        "« title: Mon titre ». Si c'est la suite d'un texte, décalez-la vers la droite."
    )


def place_of_mark(mark: Any) -> tuple[int, int]:
    """Return the line and column of a mark of the parser, from 1."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def place_of(event: yaml.Event) -> tuple[int, int]:
    """Return the line and column where an event of the parser starts, from 1."""
    return place_of_mark(event.start_mark)
