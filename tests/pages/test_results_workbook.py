"""The results as XLSX, written by the script of the page in Node, read back by others' software."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parent.parent.parent
#: Of LibreOffice: semicolons, quotes, UTF-8.
UTF_8 = "csv:Text - txt - csv (StarCalc):59,34,76"
SCRIPT = """
import * as fflate from "fflate";
import { writeFileSync } from "node:fs";
import { toXlsx, typed } from "./docs/assets/scripts/spreadsheet/results.js";
const tones = ["favorable", "attention", "defavorable", "invalid"];
const rows = tones.map((tone) => [
  { text: "00123" }, typed("2026-03-01"), { text: "=1+1 é" }, { text: "Valide", tone }, { number: 7.5 },
]);
const header = ["Référence", "Début", "Remarque", "Résultat : verdict", "Résultat : heures"];
writeFileSync(process.argv[1], toXlsx("Résultats", header, rows, fflate));
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("results") / "resultats.xlsx"
    command = ["node", "--input-type=module", "-e", SCRIPT, str(path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return path


def test_openpyxl_reads_what_was_written(file: Path) -> None:
    """Texts keep their zeros, days are days; a filter, a fixed header, widths, colours, one page wide."""
    sheet = openpyxl.load_workbook(file).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1] == ("00123", datetime(2026, 3, 1), "=1+1 é", "Valide", 7.5)
    assert sheet["C2"].data_type == "s"
    assert sheet["B2"].is_date
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A1:E5", "A2")
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.column_dimensions["C"].width >= 10
    fills = [sheet.cell(row, 4).fill.fgColor.rgb for row in range(2, 6)]
    assert fills == ["FFE2F0D9", "FFFFF2CC", "FFF8DADA", "FFF8DADA"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it(file: Path) -> None:
    """What it shows is what was written."""
    command = ["soffice", "--headless", "--convert-to", UTF_8, "--outdir", str(file.parent)]
    subprocess.run([*command, str(file)], check=True, capture_output=True)
    text = file.with_suffix(".csv").read_text("utf-8")
    header, row, *_ = csv.reader(io.StringIO(text), delimiter=";")
    assert header[:2] == ["Référence", "Début"]
    assert (row[0], row[2], row[3]) == ("00123", "=1+1 é", "Valide")
