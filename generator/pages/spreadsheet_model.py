"""The model of a list as a workbook: lists of choices, real days, the examples of the CSV model.

The library writes no date of its own once it is given one: the same site gives the same file.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.pages.spreadsheet import Column, Spreadsheet, plain, rows_of_model

#: Rows that have the lists of choices: those of a large structure.
ROWS = 1_000
WIDTH = 24
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
LIST, CHOICES = "Liste", "Réponses possibles"


def workbook(spreadsheet: Spreadsheet, situations: list[dict[str, Any]]) -> bytes:
    """Return the XLSX file of a spreadsheet to fill, with the examples, and its choices beside."""
    columns, lines = rows_of_model(spreadsheet, situations)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": plain(spreadsheet.title), "created": CREATED})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6F2"}
    )
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    number = book.add_format({"align": "left"})
    sheet = book.add_worksheet(LIST)
    choices = book.add_worksheet(CHOICES)
    formats = {"date": day, "number": number, "integer": number}
    listed = 0
    for index, (label, column) in enumerate(columns):
        form = formats.get(column.kind, text) if column else text
        sheet.set_column(index, index, WIDTH, form)
        sheet.write_string(0, index, plain(label), head)
        answers = _answers(column)
        if answers:
            choices.set_column(listed, listed, 2 * WIDTH)
            choices.write_string(0, listed, plain(label), head)
            for row, answer in enumerate(answers, 1):
                choices.write_string(row, listed, answer)
            name = xlsxwriter.utility.xl_col_to_name(listed)
            source = f"='{CHOICES}'!${name}$2:${name}${len(answers) + 1}"
            sheet.data_validation(1, index, ROWS, index, _validation(source, answers))
            listed += 1
    for row, line in enumerate(lines, 1):
        for index, value in enumerate(line):
            _write(sheet, row, index, value, columns[index][1], day)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(lines), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if not listed:
        choices.hide()
    book.close()
    return file.getvalue()


def _answers(column: Column | None) -> list[str]:
    """Return what a cell may say, where it says one thing out of a few."""
    if column is None or column.kind not in {"choice", "boolean"}:
        return []
    names = [plain(names[0]) for _, names in column.options]
    return [*(["oui", "non"] if column.kind == "boolean" else []), *names]


def _validation(source: str, answers: list[str]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_title": "Réponse inconnue",
        "error_message": f"Choisissez dans la liste, par exemple « {answers[0][:80]} ».",
        "error_type": "warning",
    }


def _write(
    sheet: Worksheet, row: int, index: int, value: Any, column: Column | None, day: Format
) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_string(row, index, "oui" if value else "non")
        case date():
            sheet.write_datetime(row, index, datetime(value.year, value.month, value.day), day)
        case int() | float():
            sheet.write_number(row, index, value)
        case list():
            sheet.write_string(row, index, ", ".join(value))
        case _:
            known = dict(column.options) if column else {}
            sheet.write_string(row, index, plain(known[value][0]) if value in known else value)
