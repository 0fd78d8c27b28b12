"""What git tells the check, in a real repository: pages that go, sources that move, last changes."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

import build_site
from calculators import CALCULATORS
from generator.content import last_changes, load
from generator.review import gone_pages
from tests.conftest import ROOT


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@exemple.fr", "-c", "core.hooksPath=/dev/null")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A published branch « main », with a term that nothing leads to."""
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    text = (tmp_path / "data/glossary/deld.yaml").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("acronym:")]
    lines[1] = "title: Un terme d'essai"
    (tmp_path / "data/glossary/essai.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    git(tmp_path, "init", "--initial-branch", "main")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--message", "a")
    git(tmp_path, "switch", "--create", "proposition")
    monkeypatch.setattr(build_site, "ROOT", tmp_path)
    monkeypatch.setattr(build_site, "DATA", tmp_path / "data")
    return tmp_path


def test_a_deleted_entry_is_told_with_where_it_could_lead(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also once it is committed; the line that is proposed is all that is missing."""
    assert build_site.main(["check"]) == 0, capsys.readouterr().err
    (root / "data/glossary/essai.yaml").unlink()
    git(root, "commit", "--all", "--message", "b")
    assert build_site.main(["check"]) == 1
    told = capsys.readouterr().err
    assert "data/glossary/essai.yaml n'est plus là" in told
    line = told.partition("ajoutez à ce fichier « ")[2].partition(" »")[0]
    assert line.startswith("- { old: glossaire/essai/, new: glossaire/")
    path = root / "data/redirects.yaml"
    path.write_text(
        re.sub(r"(?m)^redirects:.*", f"redirects:\n  {line}", path.read_text("utf-8")), "utf-8"
    )
    assert build_site.main(["check"]) == 0, capsys.readouterr().err


def test_a_reading_left_behind_when_the_sources_moved_is_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A warning at its line; not when the day moved too, nor for a word that has no source."""
    path = root / "data/glossary/essai.yaml"
    before = path.read_text("utf-8")
    (day,) = re.findall(r"(?m)^checked: (.+)$", before)
    source = '  - { url: "https://www.exemple.fr/", title: Une page, date: 2026-01-01 }\n'
    path.write_text(before.replace("sources:\n", f"sources:\n{source}"), "utf-8")
    assert build_site.main(["check"]) == 0
    (told,) = [line for line in capsys.readouterr().err.splitlines() if "essai.yaml" in line]
    number = path.read_text("utf-8").splitlines().index(f"checked: {day}") + 1
    assert told.startswith(f"data/glossary/essai.yaml:{number}:")
    assert "avertissement : « checked » est resté au" in told
    assert "(https://www.exemple.fr/)" in told
    moved = path.read_text("utf-8").replace(f"checked: {day}", f"checked: {date.today()}")
    for text in (moved, before.replace("title: Un terme", "title: Autre terme")):
        path.write_text(text, "utf-8")
        assert build_site.main(["check"]) == 0
        assert "essai.yaml" not in capsys.readouterr().err


def test_each_file_has_the_day_of_its_last_change(root: Path, tmp_path: Path) -> None:
    """As git says it; nothing is said of a new file, nor by a copy without all of its history."""
    path = root / "data/glossary/essai.yaml"
    path.write_text(path.read_text("utf-8") + "# fin\n", "utf-8")
    day = ("-c", "user.name=a", "-c", "user.email=a@exemple.fr")
    command = [
        "git",
        *day,
        "commit",
        "--all",
        "--message",
        "b",
        "--date",
        "2020-02-29T23:30:00+0100",
    ]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (root / "data/glossary/neuf.yaml").write_text("", "utf-8")
    days = last_changes.last_changes(root)
    assert days["data/glossary/essai.yaml"] == date(2020, 2, 29)
    assert days["docs/methode.md"] > date(2026, 1, 1)
    assert "data/glossary/neuf.yaml" not in days
    shallow = tmp_path / "copie"
    git(tmp_path, "clone", "--depth", "1", f"file://{root}", str(shallow))
    assert last_changes.last_changes(shallow) == {}
    shutil.rmtree(root / ".git")
    assert last_changes.last_changes(root) == {}


def test_a_renamed_entry_a_new_one_and_a_folder_without_git_are_fine(root: Path) -> None:
    """What was never on the published branch may go."""
    assert build_site.main(["rename", "term", "essai", "autre"]) == 0
    shutil.copy(root / "data/glossary/autre.yaml", root / "data/glossary/fiche_neuve.yaml")
    git(root, "add", "--all")
    git(root, "commit", "--message", "b")
    (root / "data/glossary/fiche_neuve.yaml").unlink()
    content = load.load(root / "data", CALCULATORS, date.today()).content
    assert content is not None
    assert gone_pages.gone(root, content) == []
    (root / "data/glossary/autre.yaml").rename(root / "data/glossary/essai.yaml")
    shutil.rmtree(root / ".git")
    assert gone_pages.gone(root, content) == []
