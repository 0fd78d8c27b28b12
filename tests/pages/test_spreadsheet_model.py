"""The models of the page « Vérifier une liste »: the workbook asks what the CSV asks."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.pages import spreadsheet, spreadsheet_model


@pytest.fixture(scope="module")
def described(rules: Rules) -> dict[str, spreadsheet.Spreadsheet]:
    return spreadsheet.spreadsheets(CALCULATORS, rules)


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_the_workbook_says_what_the_csv_says(
    described: dict[str, spreadsheet.Spreadsheet], calculator: str
) -> None:
    """Same columns, same examples; days are days, and each choice is in its list."""
    known, given = described[calculator], spreadsheet.examples()[calculator]
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet_model.workbook(known, given)))
    sheet, choices = book.worksheets
    rows = list(sheet.iter_rows(values_only=True))
    text = spreadsheet.model(known, given)
    header, *lines = csv.reader(io.StringIO(text), delimiter=";")
    assert [_shown(row) for row in rows] == [header, *lines]
    asked = {
        spreadsheet.plain(column.label.replace("#", "1")): len(column.options)
        for column in known.columns
        if column.kind == "choice"
    }
    lists = {
        column[0].value: sum(cell.value is not None for cell in column[1:])
        for column in choices.columns
    }
    assert {name: lists[name] for name in asked} == asked
    validated = {str(one.sqref) for one in sheet.data_validations.dataValidation}
    for name in asked:
        letter = get_column_letter(header.index(name) + 1)
        assert f"{letter}2:{letter}1001" in validated
    assert sheet.freeze_panes == "B2"


def _shown(row: tuple[Any, ...]) -> list[str]:
    """Write the cells of a workbook as the CSV model does."""
    return [
        ""
        if cell is None
        else cell.strftime("%d/%m/%Y")
        if hasattr(cell, "strftime")
        else str(cell).replace(".", ",")
        if isinstance(cell, float)
        else str(cell)
        for cell in row
    ]


def test_the_same_model_is_the_same_file(described: dict[str, spreadsheet.Spreadsheet]) -> None:
    """Nothing of the day, nor of the machine, is written in it."""
    given = spreadsheet.examples()["pass_iae"]
    first = spreadsheet_model.workbook(described["pass_iae"], given)
    assert first == spreadsheet_model.workbook(described["pass_iae"], given)
