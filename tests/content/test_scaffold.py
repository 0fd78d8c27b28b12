"""A new entry is made from a template: once its « À écrire » are replaced, it passes the check."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import build_site
from calculators import CALCULATORS
from generator.content import load, scaffold
from tests.conftest import ROOT


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy `data/`, for the command to write into."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.setattr(build_site, "ROOT", tmp_path)
    monkeypatch.setattr(build_site, "DATA", tmp_path / "data")
    return tmp_path / "data"


def test_a_new_entry_of_each_kind_waits_for_its_words_alone(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`new` says where its file is; sent as it is, it is refused at each « À écrire », and only there."""
    for kind, folder in scaffold.KINDS.items():
        name = made(kind)
        assert build_site.main(["new", kind, "essai_1"]) == 0
        assert capsys.readouterr().out == f"data/{folder}/{name}.yaml\n"
        text = (data / folder / f"{name}.yaml").read_text("utf-8")
        assert text.startswith("# yaml-language-server: $schema=../schemas/")
        assert "À écrire" in text
    mistakes = load.load(data, CALCULATORS, date.today()).mistakes
    to_write = sum(
        line.partition("#")[0].count("À écrire")
        for kind, folder in scaffold.KINDS.items()
        for line in (data / folder / f"{made(kind)}.yaml").read_text("utf-8").splitlines()
    )
    assert len(mistakes) == to_write > 10
    assert all("vient du modèle" in mistake.message for mistake in mistakes)
    write(data)
    mistakes = load.load(data, CALCULATORS, date.today()).mistakes
    assert [str(mistake) for mistake in mistakes] == []


def made(kind: str) -> str:
    """Return the name of the file of « essai_1 »: news begin with their day."""
    return f"{date.today()}-essai-1" if kind == "news" else "essai_1"


def write(root: Path) -> None:
    """Replace each « À écrire » of the new files, as a person does."""
    for path in root.rglob("*.yaml"):
        text = path.read_text("utf-8")
        if "À écrire" in text:
            path.write_text(text.replace("À écrire", f"Essai pour {path.parent.name}"), "utf-8")


@pytest.mark.parametrize("example", ["term", "network", "rule"])
def test_the_examples_of_a_template_pass_the_check(data: Path, example: str) -> None:
    """The lines that a template offers as comments are right once the « # » is removed."""
    path = scaffold.create(data, example, "essai", date.today())
    lines = path.read_text("utf-8").splitlines()[2:]
    offered = [
        line.replace("# ", "", 1) if line.lstrip().startswith("# ") else line for line in lines
    ]
    text = "\n".join(offered).replace("…", "www.exemple.fr").replace(" []\n  -", "\n  -")
    text = text.replace("À écrire", "Essai")
    path.write_text(text + "\n", "utf-8")
    mistakes = load.load(data, CALCULATORS, date.today()).mistakes
    assert [str(mistake) for mistake in mistakes] == []


def test_a_name_that_leads_elsewhere_is_refused(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """« index » would replace the list, and Windows keeps « con » for itself."""
    for name, why in (("index", "la page qui liste ce dossier"), ("con", "Windows")):
        assert build_site.main(["new", "term", name]) == 1
        assert why in capsys.readouterr().err
        assert not (data / "glossary" / f"{name}.yaml").exists()


@pytest.mark.parametrize("identifier", ["Réseau", "a b", "../aci", "1er", "", "a" * 61, "aci.yaml"])
def test_a_bad_id_is_refused(
    data: Path, identifier: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An id is a file name and an address: small letters, figures and « _ »."""
    before = sorted(data.rglob("*"))
    assert build_site.main(["new", "term", identifier]) == 1
    assert "minuscules sans accent" in capsys.readouterr().err
    assert sorted(data.rglob("*")) == before


def test_an_entry_that_exists_is_not_overwritten(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`new` never touches a file that is there."""
    before = (data / "glossary" / "aci.yaml").read_bytes()
    assert build_site.main(["new", "term", "aci"]) == 1
    assert "data/glossary/aci.yaml existe déjà" in capsys.readouterr().err
    assert (data / "glossary" / "aci.yaml").read_bytes() == before


def test_a_new_calculator_passes_the_check_and_its_tests(tmp_path: Path) -> None:
    """Every list has it, it answers its worked case, and nothing is forgotten."""
    for name in ("calculators", "data", "docs", "generator", "tests"):
        hidden = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=hidden)
    for name in ("build_site.py", "mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    written = run("build_site.py", "new", "calculator", "essai").splitlines()
    assert all((tmp_path / name).is_file() for name in written)
    write(tmp_path / "data")
    assert run("build_site.py", "check").startswith("Aucune faute.")
    run("build_site.py", "rules")
    files = [f"tests/calculators/test_{name}.py" for name in ("complete", "cases")]
    run("-m", "pytest", "-q", "-pno:cacheprovider", "-ktest_complete or essai", *files)
    again = [sys.executable, "build_site.py", "new", "calculator", "essai"]
    done = subprocess.run(again, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "calculators/essai.py existe déjà. Modifiez-le.\n"
