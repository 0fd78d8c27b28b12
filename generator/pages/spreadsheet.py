"""The page « Vérifier une liste »: its columns, a spreadsheet to fill, the sentences of its scripts.

A spreadsheet has one situation a row. Its columns are the questions of the forms: the same controls make
both. A column of a repeated group is numbered from 1, as spreadsheets count; in its path and in its
label here, `#` stands for that number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain, groupby
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from calculators import unsure
from calculators.rules import Rules
from calculators.typography import APOSTROPHE, NARROW, NO_BREAK, french
from generator.pages import forms

#: The day looked at: where a row does not give it, the page gives its own.
DAY = "au"
REFERENCE = "Référence"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `options` are pairs of a code and the names under which it is written too."""

    path: str
    label: str
    help: str
    kind: str
    required: bool
    options: list[tuple[str, list[str]]]

    @property
    def default(self) -> bool:
        """Tell whether the page gives the value that a row lacks."""
        return self.path == DAY


@dataclass(frozen=True, slots=True)
class Family:
    """A group or a record: its columns come together. `required`: at least one."""

    label: str
    many: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """The columns of one calculator, its verdicts and the names of its values, for the page."""

    title: str
    columns: list[Column]
    families: dict[str, Family]
    verdicts: dict[str, dict[str, str]]
    values: dict[str, str]

    @property
    def day(self) -> Column | None:
        """The column that the page fills when a row does not, if there is one."""
        return next((column for column in self.columns if column.default), None)

    @property
    def same(self) -> list[Column]:
        """The columns that often say the same on every row: the kind of structure, of contract."""
        return [
            column for column in self.columns if column.kind == "choice" and "." not in column.path
        ]


def spreadsheets(calculators: Mapping[str, ModuleType], rules: Rules) -> dict[str, Spreadsheet]:
    """Return the spreadsheet that each calculator reads, by identifier."""
    return {key: _spreadsheet(calculator, rules) for key, calculator in calculators.items()}


def specification(described: Mapping[str, Spreadsheet]) -> dict[str, Any]:
    """Return the same as JSON values, for the script of the page."""
    return {key: asdict(one) for key, one in described.items()}


def _spreadsheet(calculator: ModuleType, rules: Rules) -> Spreadsheet:
    columns: list[Column] = []
    families: dict[str, Family] = {}
    for control in chain.from_iterable(step.controls for step in forms.steps(calculator, rules)):
        if not control.rows:
            columns.append(_column(control, ""))
            continue
        many = control.kind == "group"
        needed = control.first_rows > 0 if many else not control.optional
        families[control.path] = Family(control.label, many, needed)
        prefix = french(f"{control.label} # : " if many else f"{control.label} : ")
        columns += [_column(inner, prefix) for inner in control.rows]
    return Spreadsheet(
        french(calculator.TITLE),
        columns,
        families,
        {
            code: {"label": french(verdict.label), "tone": verdict.tone}
            for code, verdict in unsure.verdicts(calculator).items()
        },
        {name: french(label) for name, label in calculator.VALUES.items()},
    )


def _column(control: forms.Control, prefix: str) -> Column:
    options = [
        (option.code, [option.label, *([option.help] if control.kind == "criteria" else [])])
        for _, group in control.groups
        for option in group
    ]
    if control.kind == "boolean" and control.optional and control.unsure:
        options = [(forms.DOUBT.code, [forms.DOUBT.label])]
    return Column(
        control.path,
        prefix + control.label,
        control.help,
        control.kind,
        not control.optional,
        options,
    )


def examples() -> dict[str, list[dict[str, Any]]]:
    """Return the situations that the models show, by calculator."""
    text = Path(__file__).with_name("examples.yaml").read_text("utf-8")
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(text)
    return found


def rows_of_model(
    spreadsheet: Spreadsheet, situations: list[dict[str, Any]]
) -> tuple[list[tuple[str, Column | None]], list[list[Any]]]:
    """Return the columns of a spreadsheet to fill, and its examples.

    A column is its label, and what it asks: nothing for the reference. An example has the values of
    the contract in the same order, and None where it has none.
    """
    columns: list[tuple[str, Column | None]] = [(REFERENCE, None)]
    lines: list[list[Any]] = [[f"Exemple {number}"] for number in range(1, len(situations) + 1)]
    for family, group in groupby(
        spreadsheet.columns, key=lambda column: column.path.rpartition(".")[0]
    ):
        name = family.removesuffix(".#")
        numbered = list(group)
        rows = [_rows(situation, name) for situation in situations]
        for position in range(max(map(len, rows), default=1)):
            for column in numbered:
                columns.append((column.label.replace("#", str(position + 1)), column))
                for line, row in zip(lines, rows, strict=True):
                    place = row[position] if position < len(row) else {}
                    line.append(place.get(column.path.rpartition(".")[2]))
    return columns, lines


def model(spreadsheet: Spreadsheet, situations: list[dict[str, Any]]) -> str:
    """Return the CSV text of a spreadsheet to fill: French names of columns, then the examples."""
    columns, lines = rows_of_model(spreadsheet, situations)
    header = [label for label, _ in columns]
    written = [
        [
            _written(column, value) if column else value
            for (_, column), value in zip(columns, line, strict=True)
        ]
        for line in lines
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([header, *written])
    return plain(text.getvalue())


def plain(text: str) -> str:
    """Write ordinary spaces and apostrophes: people search for them, and type them."""
    return text.replace(NO_BREAK, " ").replace(NARROW, " ").replace(APOSTROPHE, "'")


def _rows(situation: dict[str, Any], family: str) -> list[dict[str, Any]]:
    inner = situation.get(family, {}) if family else situation
    return inner if isinstance(inner, list) else [inner]


def _written(column: Column, value: Any) -> str:
    """Write a value as a French spreadsheet shows it."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case date():
            return value.strftime("%d/%m/%Y")
        case float():
            return str(value).replace(".", ",")
        case list():
            return ", ".join(value)
        case str():
            return dict(column.options)[value][0]
        case _:
            return str(value)


#: The sentences of the page's scripts, which fill `{name}`.
MESSAGES = {
    # The file
    "no_file": "Choisissez un fichier, ou collez des lignes.",
    "several_files": "Déposez un seul fichier à la fois.",
    "too_large": "Ce fichier dépasse 20 Mo. Gardez-en les colonnes utiles, ou coupez-le en "
    "plusieurs fichiers.",
    "too_many_rows": "Ce fichier compte {count} lignes. Nous en lisons {most} au plus : coupez-le "
    "en plusieurs fichiers.",
    "too_many_columns": "Ce fichier compte {count} colonnes. Nous en lisons {most} au plus : gardez "
    "les colonnes utiles.",
    "empty": "Ce fichier est vide. Remplissez le modèle, puis réessayez.",
    "no_header": "Ce tableau n'a pas de ligne de titres. Ajoutez-en une au-dessus, qui nomme chaque "
    "colonne, puis réessayez.",
    "no_row": "Ce fichier n'a qu'une ligne de titres. Ajoutez une ligne par situation.",
    "gone": "Ce fichier n'a pas pu être lu. Il a peut-être été déplacé ou modifié : choisissez-le "
    "à nouveau.",
    "unreadable": "Ce fichier n'est ni un tableau CSV, ni un classeur XLSX ou ODS. Dans votre tableur, "
    "enregistrez-le en XLSX ou en CSV.",
    "xls": "Ce fichier est un ancien classeur XLS, que nous ne lisons pas. Dans votre tableur, "
    "enregistrez-le en XLSX ou en CSV.",
    "xlsb": "Ce fichier est un classeur XLSB, que nous ne lisons pas. Dans votre tableur, "
    "enregistrez-le en XLSX ou en CSV.",
    "numbers": "Ce fichier est un classeur Numbers, que nous ne lisons pas. Dans Numbers, exportez-le en "
    "XLSX ou en CSV.",
    "pdf": "Ce fichier est un PDF : une image de tableau, pas un tableau. Demandez le fichier du tableur, "
    "en XLSX, ODS ou CSV.",
    "html": "Ce fichier est une page web, quel que soit son nom. Ouvrez-le dans votre tableur, puis "
    "enregistrez-le en XLSX ou en CSV.",
    "xml": "Ce fichier est écrit en XML, quel que soit son nom. Ouvrez-le dans votre tableur, puis "
    "enregistrez-le en XLSX ou en CSV.",
    "json": "Ce fichier est écrit en JSON, pas en tableau. Donnez un fichier XLSX, ODS ou CSV.",
    "document": "Ce fichier est un document de traitement de texte. Copiez son tableau dans un tableur, puis "
    "enregistrez-le en XLSX ou en CSV.",
    "image": "Ce fichier est une image. Donnez un tableau, en XLSX, ODS ou CSV.",
    "archive": "Ce fichier est un dossier compressé. Ouvrez-le, et donnez le tableau qu'il contient.",
    "protected": "Ce fichier est protégé par un mot de passe. Retirez la protection dans votre "
    "tableur, puis réessayez.",
    "bomb": "Ce classeur paraît petit, mais il grossit trop une fois ouvert : plus de 300 Mo, ou des cases "
    "répétées à l'infini. Copiez les lignes utiles dans un classeur neuf.",
    "broken": "Ce classeur est abîmé. Ouvrez-le dans votre tableur, enregistrez-le en XLSX ou en CSV, puis "
    "réessayez.",
    "no_sheet": "Ce classeur n'a aucune feuille de cases : peut-être seulement un graphique. Donnez celui qui "
    "contient la liste.",
    "open_quote": "Un guillemet ouvert vers la ligne {line} n'est pas fermé : la suite du tableau "
    "se lit mal. Fermez-le, puis réessayez.",
    "reader": "La lecture du fichier s'est arrêtée. Rechargez la page, puis réessayez.",
    # Its columns
    "missing": "Il manque la colonne « {label} ».",
    "twice": "Deux colonnes donnent « {label} » : « {first} » et « {second} ». Gardez-en une.",
    "ignored": "Colonnes ignorées, gardées dans le fichier des résultats : {names}.",
    "replaced": "Les résultats d'un calcul précédent sont remplacés.",
    "match_done": "Dites d'abord à quoi sert la colonne « {name} ».",
    "match_unread": "Ne sert pas ici",
    "match_choose": "Choisir…",
    "match_column": "Colonne {letter}",
    "match_named": "{name} (colonne {letter})",
    "match_examples": "par exemple {examples}",
    "match_forgotten": "Vos choix de colonnes ne sont plus retenus sur cet appareil.",
    "reference_name": "Ce qui permet de retrouver la ligne",
    "match_used": "Les colonnes sont lues comme vous l'avez dit.",
    "match_remembered": "Les colonnes sont lues comme vous l'aviez dit : vos choix étaient retenus sur cet "
    "appareil.",
    "sheet_shown": "{name} ({rows} lignes)",
    "sheet_hidden": "{name} (masquée, {rows} lignes)",
    "unnamed": "La colonne {column} a des valeurs, mais pas de nom.",
    "unsure_columns": "Certaines colonnes peuvent compter, et leur nom ne suffit pas à le savoir.",
    "reference_column": "Chaque ligne est appelée par sa colonne « {name} ».",
    "sheets": "Ce classeur a {count} feuilles. Nous avons lu « {name} », et pas {others}.",
    "hidden_sheet": "Ce classeur a {count} feuilles. Nous avons lu « {name} », qui est masquée dans votre "
    "tableur, et pas {others}.",
    "above": "Les noms des colonnes sont à la ligne {line}. Ce qui est au-dessus n'est pas lu.",
    "hidden_rows": "Les lignes masquées par votre tableur sont lues aussi ({count}).",
    "macintosh": "Ce fichier est écrit avec les lettres des anciens Mac : nous les avons lues ainsi.",
    "cp850": "Ce fichier est écrit avec les lettres de l'ancien MS-DOS : nous les avons lues ainsi.",
    "same": "« {label} » : nous avons pris {shown} pour les lignes qui ne le disent pas ({count}).",
    "instant": "Des dates sont écrites avec l'heure d'un autre fuseau ({count}) : nous avons pris le jour "
    "qu'il était alors en France.",
    "serial": "Des dates sont écrites comme des nombres de tableur ({count}) : nous avons lu 46037 comme le "
    "15 janvier 2026.",
    # Its cells
    "empty_cell": "Cette case est vide ({cell}). Remplissez-la.",
    "failed_formula": "La case {cell} contient « {shown} » : sa formule est en erreur, et nous ne savons pas ce "
    "qu'elle devait dire. Corrigez-la, ou videz-la.",
    "formula": "La case {cell} contient une formule sans son résultat. Ouvrez le fichier dans votre tableur, "
    "enregistrez-le, puis redonnez-le.",
    "date": "« {shown} » n'est pas une date. Écrivez le jour, le mois et l'année : 15/01/2026.",
    "hour": "« {shown} » : cette heure n'existe pas. Corrigez-la, ou écrivez la date seule : 15/01/2026.",
    "weekday": "« {shown} » : ce jour de la semaine ne va pas avec cette date. Corrigez l'un ou l'autre.",
    "short_year": "« {shown} » : écrivez l'année avec quatre chiffres, comme 15/01/2026.",
    "number": "« {shown} » n'est pas un nombre. Écrivez un nombre sans unité, comme 7,5.",
    "thousands": "« {shown} » peut se lire de deux façons. Écrivez une virgule pour les décimales, "
    "et rien entre les milliers.",
    "boolean": "« {shown} » n'est pas une réponse possible. Écrivez oui ou non.",
    # The calculation
    "reading": "Lecture du fichier…",
    "starting": "Le simulateur se prépare…",
    "progress": "{done} lignes vérifiées sur {total}.",
    "download": "Téléchargement du simulateur : {done} sur {total}.",
    "done": "Vérification terminée : {done} lignes.",
    "done_one": "Vérification terminée : 1 ligne.",
    "stopped": "Vérification arrêtée : {done} lignes sur {total}. Les réponses obtenues sont gardées.",
    "stopped_first": "Vérification arrêtée avant la première réponse.",
    "failed": "{message} Les réponses déjà obtenues sont gardées : {done} lignes sur {total}.",
    "failed_first": "{message} Réessayez.",
    "not_understood": "Le simulateur n'a pas compris cette liste. Rechargez la page, puis réessayez.",
    "writing": "Le fichier des résultats se prépare…",
    # The answers
    "invalid": "Ligne à revoir",
    "unknown": "Pas de réponse",
    "error": "Erreur de notre fait",
    "count": "{count} : {label}",
    "soon": "dans {days} jours",
    "soon_one": "demain",
    "soon_today": "aujourd'hui",
    "shown": "{shown} lignes affichées sur {total}.",
    "none": "Aucune ligne à montrer.",
    "row": "Détails de la ligne {number}",
    "not_yet": "Pas encore",
    "left_to_ask": "PASS IAE fini : {count} pour demander",
    "sorted_up": "Lignes triées par {column}, en ordre croissant.",
    "sorted_down": "Lignes triées par {column}, en ordre décroissant.",
    "all": "Toutes les lignes ({count})",
    "alerts": "Les alertes seulement ({count})",
    "column_error": "{column} : {message}",
    "later_date": "{date} : {label}",
    # The columns added to the file
    "results_sheet": "Résultats",
    "result": "Résultat : {name}",
    "verdict": "verdict",
    "summary": "réponse",
    "next_date": "prochaine date",
    "next_label": "objet de la prochaine date",
    "later_dates": "dates suivantes",
    "errors": "à corriger",
}


def messages() -> dict[str, str]:
    """Return the sentences of the page's scripts, in French typography."""
    return {name: french(text) for name, text in MESSAGES.items()}
