"""The words of the forms: what each field expects and what is wrong with it, without a word of YAML.

The checks speak to who writes a file: « Ajoutez « basis: loi » ». Who fills a form has neither keys nor
quotes: « Choisissez sur quoi cela repose ».
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.content.labels import KEYS, Label
from generator.content.models import SOURCE_KINDS, SOURCES
from generator.content.validation import near
from generator.content.value_names import BASIS_NAMES
from generator.yaml_files.document import Mistake, Path_

_DAY = "Comme vous l'écrivez : 27 novembre 2026, ou 27/11/2026."
_DAY_OR_YEAR = f"{_DAY[:-1]} ; ou l'année seule : 2026."
#: What a field expects, where the words for editors of files speak of keys and quotes.
_FIELDS = {
    "article": "Son numéro, comme Légifrance l'écrit : R. 5132-1-7.",
    "authorization": "Ce type peut-il être habilité ?",
    "basis": "La loi : un texte officiel que vous avez lu. La pratique : ce que fait la plateforme. "
    "Notre lecture : ce que nous en déduisons. À vérifier : tout le reste.",
    "departments": "Un département par ligne : son nom ou son numéro.",
    "derived": "Quand l'article compte autrement : comment sa phrase donne cette valeur.",
    "family": "Produit-elle, ou prête-t-elle ses salariés ?",
    "phone": "Le numéro de téléphone.",
    "related": "D'autres fiches du glossaire : leur titre ou leur sigle.",
    "scope": "Tout le pays, un territoire, ou un centre de ressources.",
    "terms": "Les fiches du glossaire dont il est question : leur titre ou leur sigle.",
    "topic": "Ce que ce chiffre compte.",
    "value": "Un nombre : 1 500, ou 12,5. Pour une règle, ce peut être un texte, oui ou non.",
}
#: Parts of what labels say of a field to who writes its file, and the same for a form.
_HELP = (
    (r" Un lien vers une fiche s'écrit .*", " Pour un lien, choisissez « Lien »."),
    (r"(Une image|Des images) du dossier data/pictures/\.", r"\1 : de votre appareil, ou du site."),
    (r"Le nom d'un fichier de data/pictures/\.", "L'image : de votre appareil, ou du site."),
    (r"Le nom du fichier de data/rules/ qui change", "La règle qui change"),
    (r" : leurs noms dans data/\w+\.yaml\.", "."),
    (r", dans data/\w+/\.", "."),
)
#: Examples that are written as a file has them.
_EXAMPLES = {
    "article": "R. 5132-1-7",
    "checked": "21 novembre 2026",
    "departments": "Lozère",
    "related": "SIAE",
    "since": "3 septembre 2021",
    "terms": "IAE",
    "until": "22 décembre 2026",
    "value": "1 500",
}


def in_form(name: str, described: dict[str, Any]) -> None:
    """Put the words of forms into the JSON Schema of a field."""
    words = _FIELDS.get(name, described.get("description"))
    branches = [described, *described.get("anyOf", ())]
    example = _EXAMPLES.get(name)
    if any(one.get("format") == "date" for one in branches):
        year_too = any(one.get("type") == "integer" for one in branches)
        undated = any("const" in one for one in branches)
        words = (
            f"{_DAY_OR_YEAR if year_too else _DAY}{' Sans date connue : non daté.' if undated else ''}"
            if year_too
            else re.sub(r" ?: année, mois, jour\.", f". {_DAY}", words or _DAY)
        )
        example = example or "12 mars 2026"
        if name in {"checked", "date"}:
            described["today"] = True
    if words:
        words = re.sub(r"^true si ", "Oui si ", words)
        words = words.replace("true : ", "Oui : ").replace("false : ", "non : ")
        for pattern, instead in _HELP:
            words = re.sub(pattern, instead, words)
        words = words.replace(", entre guillemets", "").replace(", sans guillemets", "")
        described["description"] = words
    if example:
        described["examples"] = [example]
    elif isinstance(next(iter(described.get("examples", ())), None), bool):
        del described["examples"]
    if name == "authorization" and "enum" in described:
        described["labels"] = {"possible": "Oui, c'est possible", "jamais": "Non, jamais"}
    if name == "basis" and any(one.get("type") == "null" for one in branches):
        described["description"] += " Rien, si une source dit qui le publie, et ses mots."
    if "title" in described and name == "basis":
        described["title"] = "Sur quoi cela repose"


#: What to do about a field that is missing, where « Remplissez » does not say it.
_MISSING = {
    "basis": "Choisissez sur quoi cela repose : la loi, la pratique, notre lecture, ou à vérifier.",
    "source": "Ajoutez d'où vous le tenez : un texte, une page, un document.",
    "sources": "Ajoutez d'où vous le tenez : un texte, une page, un document.",
    "checked": "Donnez le jour où vous avez relu les sources.",
    "since": "Donnez le premier jour où cela s'applique.",
    "quote": "Recopiez les quelques mots du texte qui décident.",
}
_PATTERNS = {
    "+)*/$": "l'adresse d'une page du site depuis l'accueil, comme glossaire/aci/.",
    "JORFTEXT": "l'identifiant que Légifrance montre dans l'adresse : JORFTEXT, JORFARTI ou LEGIARTI, et douze chiffres.",
    "itou": "un chemin qui commence par itou, comme itou/eligibility.",
    "[0-9 .]": "un numéro de téléphone, comme 01 23 45 67 89.",
    "https://": "l'adresse complète d'une page, qui commence par https://.",
    "97": "un département : son nom, ou son numéro. Choisissez-le dans la liste.",
    "A-Z]": "un sigle en capitales, comme ACI.",
    "a-z]": "un nom de la liste qui s'ouvre quand vous écrivez.",
}
#: Parts of the messages of checks, and the same for a form; in this order.
_SAID: tuple[tuple[str, str], ...] = (
    (r"^Rien ne dit sur quoi cela repose\..*",
     "Choisissez sur quoi cela repose : la loi, la pratique, notre lecture, ou à vérifier. Pour un fait "
     "qu'un organisme publie, donnez plutôt, dans une source, qui le dit et ses mots."),
    (r"^Aucun menu ne mène à cette page\..*", "Choisissez le menu où la page paraît."),
    (r", ou effacez la clé\b", ", ou videz la case"),
    (r"effacez la clé\b", "videz la case"),
    (r"Ajoutez « quote » : les", "Ajoutez les mots du texte : les"),
    (r"Ajoutez « year: \d+ » \(l'année du chiffre\), ou « note: … » pour dire",
     "Donnez l'année du chiffre, ou dites en remarque"),
    (r"écrivez-le : « ended: \[([^\]]*)\] »", r"ajoutez-les aux cas qui prennent fin : \1"),
    (r"Écrivez ici « incompatible: \[([^\]]*)\] »", r"Choisissez ici : \1"),
    (r"écrivez plus haut, dans le droit, « without_authorization: true »",
     "dites du droit qu'il ne demande pas d'habilitation"),
    (r"Écrivez un « id » de la liste « \w+ », plus haut dans ce fichier\.", "Choisissez dans la liste."),
    (r", puisque « unit » donne son unité\. Écrivez 2 ou 12\.5, sans guillemets ni unité\.",
     ", puisqu'il a une unité. Écrivez 2 ou 12,5, sans l'unité."),
    (r", sans guillemets ni espace : 1500, ou 12\.5", " : 1 500, ou 12,5"),
    (r", sans guillemets : 2026-11-21, ou 2026\.", " : 27 novembre 2026, 27/11/2026, ou 2026."),
    (r", ou lancez « build_site\.py articles », qui va chercher ce texte\.",
     ", ou ajoutez ce texte : « Un texte de loi qui manque », dans la liste du haut."),
    (r" dans data/articles/ : ces mots", " sur ce site : ces mots"),
    (r" Ajoutez-y le passage lu, avec la page où vous l'avez lu, ou enlevez « quote »\.",
     " Ajoutez-le (« Un texte de loi qui manque », dans la liste du haut), ou enlevez les mots cités."),
    (r" dans data/articles/\.", " sur ce site."),
    (r" de data/articles/[\w-]+\.yaml", " du texte"),
    (r" \(data/articles/[\w-]+\.yaml\)", ""),
    (r"Mettez-la dans data/pictures/, ou corrigez son nom", "Choisissez-la sur votre appareil"),
    (r"créez sa fiche dans data/glossary/", "ajoutez sa fiche dans la même proposition"),
    (r"data/\w+/(\w+)\.yaml", r"la fiche « \1 »"),
    (r", ou l'un de ceux que nomme generator/[^)]*\)", ""),
    (r"Ajoutez-le, ou écrivez « a_verifier »", "Ajoutez-le, ou choisissez « À vérifier »"),
    (r"\(ligne \d+\), ", ""),
    (r", ligne \d+\b", ""),
    (r", plus haut dans ce fichier", ""),
    (r"\s*Exemple : \{[^}]*\}\.", ""),
)  # fmt: skip
_LINK_WITH_WORDS = re.compile(r"« (\w+)(?:: ([^»]*))? »")


def spoken(mistake: Mistake) -> str:
    """Return the message of a mistake for who fills a form."""
    if mistake.error is not None and (message := _refusal(mistake.error, mistake.where or ())):
        return message
    message = mistake.message
    for pattern, words in _SAID:
        message = re.sub(pattern, words, message)

    def named(found: re.Match[str]) -> str:
        key, value = found.groups()
        if value is None and key in BASIS_NAMES:
            return f"« {BASIS_NAMES[key]} »"
        if key not in _KEYS:
            return found[0]
        title = _title(key, mistake.where or ())
        return f"« {title} »" if value is None else f"« {title} » ({value})"

    return _LINK_WITH_WORDS.sub(named, message)


_KEYS = {name.rpartition(".")[2] for name in KEYS} | {"ended", "quote"}


def _title(name: str, where: Path_) -> str:
    """Return the title of a field as the form shows it."""
    if name == "basis":
        return "Sur quoi cela repose"
    kinds = [part for part in map(str, where) if part.startswith("[")]
    model = (
        SOURCES[SOURCE_KINDS.index(kinds[-1][1:-1])].__name__
        if kinds and kinds[-1][1:-1] in SOURCE_KINDS
        else ""
    )
    known: Label | None = KEYS.get(f"{model}.{name}") or KEYS.get(name)
    known = known or next((one for key, one in KEYS.items() if key.endswith(f".{name}")), None)
    return known.title if known else name


def _refusal(error: Mapping[str, Any], where: Path_) -> str | None:
    """Say what a model refuses, or return None when the words of the check do."""
    parts = [part for part in where if isinstance(part, str) and part[:1] != "["]
    if where[-1:] == ("[key]",):
        parts.pop()
    name = parts[-1] if parts else ""
    title = _title(name, where)
    what = f"« {title} »"
    if where and isinstance(where[-1], int):
        what += f" (n° {where[-1] + 1})"
    given, context = error["input"], error.get("ctx", {})
    shown = " ".join(str(given).split())[:60]
    match error["type"]:
        case "missing":
            return _MISSING.get(name, f"Remplissez {what}.")
        case "too_short":
            return _MISSING.get(name, f"{what} est vide : ajoutez au moins une ligne.")
        case "source_kind":
            return "Choisissez d'où vous le tenez : un article, un texte, une page, un document."
        case "value_error":
            return None
        case _ if given is None:
            return f"Remplissez {what}."
        case "string_pattern_mismatch":
            hint = next((one for key, one in _PATTERNS.items() if key in context["pattern"]), "")
            return f"« {shown} » ne convient pas. Écrivez {hint or 'une autre forme.'}"
        case "enum" | "literal_error":
            choices = re.findall(r"'([^']*)'", context["expected"])
            return f"Choisissez {what} dans la liste.{near(str(given), choices)}"
        case "date_type" | "date_from_datetime_parsing" | "date_parsing":
            return f"{what} est un jour : 27 novembre 2026, ou 27/11/2026. « {shown} » n'en dit pas un."
        case "int_type" | "int_parsing":
            return f"{what} est un nombre entier : 2026."
        case "bool_type":
            return f"{what} : répondez par oui ou non."
        case "string_type" | "string_too_short" | "string_too_long":
            if error["type"] == "string_too_short":
                return f"{what} est trop court : au moins {context['min_length']} caractères."
            if error["type"] == "string_too_long":
                return (
                    f"{what} est trop long : {len(given)} caractères, {context['max_length']} au "
                    "plus. Raccourcissez."
                )
            return f"{what} doit être un texte."
        case "greater_than_equal" | "less_than_equal":
            bound = context.get("ge", context.get("le"))
            return f"{what} doit être {'au moins' if 'ge' in context else 'au plus'} {bound}."
    return f"{what} ne se lit pas. Regardez l'exemple, sous le titre de la case."
