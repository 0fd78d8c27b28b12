"""`python -m calculators`: what it reads, what it prints, and how it ends."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from calculators import __main__ as command
from calculators import bridge
from tests.conftest import ROOT

ELIGIBLE = {"date": "2026-11-21", "structure": "ei", "auteur": "siae", "criteres": ["rsa"]}
UNKNOWN = {**ELIGIBLE, "date": "1990-01-01"}


def run(
    text: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *arguments: str,
) -> tuple[int, Any, str]:
    """Run the command with this on standard input; return the exit, the response, the complaint."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    code = command.main(list(arguments))
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


@pytest.mark.parametrize(
    ("situation", "code", "kind"),
    [
        (ELIGIBLE, 0, "result"),
        ({}, 2, "invalid"),
        (3, 2, "invalid"),
        (None, 2, "invalid"),
        (UNKNOWN, 3, "unknown"),
        ([ELIGIBLE, {}, UNKNOWN], 0, "results"),
        ([], 0, "results"),
    ],
)
def test_the_exit_tells_the_kind_of_the_response(
    situation: object,
    code: int,
    kind: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """0 for a result or a batch, 2 for a mistake in the situation, 3 when no rule is known."""
    got, response, complaint = run(json.dumps(situation), capsys, monkeypatch, "eligibilite_iae")
    assert (got, response["type"], complaint) == (code, kind, "")


def test_a_bug_of_ours_exits_with_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anything else than the contract's three kinds is a failure."""
    monkeypatch.setattr(command, "run", lambda _: '{"type": "error", "message": "Panne."}')
    code, response, _ = run("{}", capsys, monkeypatch, "eligibilite_iae")
    assert (code, response["type"]) == (1, "error")


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "1" * 5000, "\ud800"])
def test_what_is_not_json_is_invalid(
    text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too deep or too long is no more a crash than badly written."""
    code, response, _ = run(text, capsys, monkeypatch, "eligibilite_iae")
    assert code == 2
    assert response["errors"] == {"request": "La demande n’est pas du JSON lisible."}


@pytest.mark.parametrize("depth", [9_990, 9_995, 9_996, 9_997, 9_998])
def test_json_at_the_edge_of_what_can_be_read_is_invalid(
    depth: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can just be read may be too deep to be written again."""
    text = f'{{"au": {"[" * depth}{"]" * depth}}}'
    assert run(text, capsys, monkeypatch, "diagnostic")[0] == 2


def test_an_unknown_calculator_is_invalid(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The response names those that exist."""
    code, response, _ = run("{}", capsys, monkeypatch, "eligibilite")
    assert code == 2
    assert set(response["errors"]) == {"calculator"}


def test_a_situation_is_read_from_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard input is then left alone."""
    path = tmp_path / "situation.json"
    path.write_text(json.dumps(ELIGIBLE), "utf-8")
    code, response, _ = run("[]", capsys, monkeypatch, "eligibilite_iae", str(path))
    assert (code, response["result"]["verdict"]) == (0, "eligible")


def test_a_file_that_is_not_text_is_invalid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another encoding than UTF-8 is not JSON."""
    path = tmp_path / "situation.json"
    path.write_bytes(b'{"structure": "\xe9"}')
    assert run("", capsys, monkeypatch, "eligibilite_iae", str(path))[0] == 2


@pytest.mark.parametrize("name", ["absent.json", "."])
def test_a_file_that_cannot_be_read_exits_with_1(
    name: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A sentence says so, and nothing is printed that could be taken for a response."""
    code, response, complaint = run(
        "{}", capsys, monkeypatch, "eligibilite_iae", str(tmp_path / name)
    )
    assert (code, response) == (1, None)
    assert complaint.startswith("Le fichier ne peut pas être lu : ")


@pytest.mark.parametrize("arguments", [[], ["carence", "un.json", "deux.json"]])
def test_another_number_of_arguments_shows_how_to_call(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One calculator, and at most one file."""
    code, response, complaint = run("{}", capsys, monkeypatch, *arguments)
    assert (code, response) == (1, None)
    assert complaint == "Usage : python -m calculators SIMULATEUR [FICHIER]\n"


def test_missing_rules_exit_with_1_and_say_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules are compiled by the build."""

    def missing() -> None:
        raise FileNotFoundError

    monkeypatch.setattr(bridge, "_rules", missing)
    code, response, complaint = run("{}", capsys, monkeypatch, "carence")
    assert (code, response) == (1, None)
    assert complaint == "Les règles ne sont pas compilées. Lancez d'abord : make site\n"


def call(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Run the real command, from a folder that holds the package."""
    return subprocess.run(
        [sys.executable, "-m", "calculators", "eligibilite_iae"],
        cwd=folder,
        input=text,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "ascii"},
        check=False,
    )


def test_the_command_runs_on_its_own() -> None:
    """With nothing but the standard library; accents are printed even to a terminal of ASCII."""
    done = call(ROOT, json.dumps(ELIGIBLE))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["result"]["verdict"] == "eligible"
    assert "critères" in done.stdout


def test_the_command_says_that_the_rules_are_missing(tmp_path: Path) -> None:
    """In a copy of the package where they have not been compiled."""
    ignored = shutil.ignore_patterns("rules.json", "__pycache__")
    shutil.copytree(ROOT / "calculators", tmp_path / "calculators", ignore=ignored)
    done = call(tmp_path, json.dumps(ELIGIBLE))
    assert (done.returncode, done.stdout) == (1, "")
    assert "make site" in done.stderr
