"""`build_site.py diff`: what a change does to the site and to the answers, told in French."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import build_site
from generator.review import changes
from tests.conftest import ROOT

RULE = "data/rules/pass_iae.yaml"
#: A value that starts after the last one that is known.
NEWER = """\
      - since: 2024-02-28
        value: { jours: 730 }
"""


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that holds the content and the calculators as they are."""
    folder = tmp_path_factory.mktemp("depot")
    for name in ("data", "docs", "calculators"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".gitignore").write_text("calculators/rules.json\n", "utf-8")
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "add", ".")
    _git(folder, "commit", "--quiet", "--message=Avant")
    return folder


@pytest.fixture
def project(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that repository, for the command to work in."""
    folder = tmp_path / "depot"
    shutil.copytree(original, folder)
    monkeypatch.setattr(build_site, "ROOT", folder)
    monkeypatch.setattr(build_site, "DATA", folder / "data")
    return folder


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What the command prints, after a change."""

    def print_it() -> str:
        assert build_site.main(["diff", "main"]) == 0
        return capsys.readouterr().out

    return print_it


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.usefixtures("project")
def test_without_a_change_nothing_is_told(told: Callable[[], str]) -> None:
    """The same content gives the same site and the same answers."""
    text = told()
    assert text.startswith("Le contenu du site ne change pas.")
    assert "cas travaillés ne change de réponse" in text


def test_what_is_added_changed_and_removed_is_told(project: Path, told: Callable[[], str]) -> None:
    """Entries by their titles, keys by their French names, pages by their files."""
    _replace(
        project / "data/glossary/aci.yaml",
        "title: Atelier et chantier d'insertion",
        "title: A_B",
    )
    (project / "data/networks/avise.yaml").unlink()
    assert build_site.main(["new", "term", "essai"]) == 0
    essai = project / "data/glossary/essai.yaml"
    essai.write_text(essai.read_text("utf-8").replace("À écrire", "Un essai"), "utf-8")
    (project / "docs/methode.md").write_text("# Autre\n", "utf-8")
    text = told()
    changed = "titre (« Atelier et chantier d'insertion » devient « A\\_B »)"
    assert f"- Glossaire : **A\\_B**, modifié : {changed}.\n" in text
    assert "- Glossaire : **Un essai**, ajouté.\n" in text
    assert "- Réseaux : **Avise**, retiré." in text
    assert "- `docs/methode.md`, modifiée.\n" in text


def test_a_new_dated_value_is_told_with_the_answers_that_it_moves(
    project: Path, told: Callable[[], str]
) -> None:
    """The value, its first day, its basis and source; then each worked case that moves, twice."""
    newer = '      - since: 2026-01-01\n        value: { jours: 365 }\n        basis: loi\n        source: { article: R5132-1-2, quote: "vingt-quatre mois" }\n        derived: Un essai.\n'
    _replace(project / RULE, "  jours_perdus_suspension:\n", newer + "  jours_perdus_suspension:\n")
    text = told()
    assert "| 1er janvier 2026 | rien | jours : 365 (loi, R5132-1-2) |" in text
    assert "⚠" not in text
    assert "cas travaillés changent de réponse" in text
    assert "un PASS IAE ira de ce jour au 29 novembre 2028" in text
    assert "un PASS IAE ira de ce jour au 30 novembre 2027" in text


def test_a_rewritten_past_is_flagged(project: Path, told: Callable[[], str]) -> None:
    """A value already published that changes gets a sign, and a sentence that says why."""
    _replace(project / RULE, NEWER, NEWER.replace("730", "731"))
    text = told()
    assert "| 28 février 2024 ⚠ | jours : 730 (pratique, itou/approvals) | jours : 731 (" in text
    assert "⚠ : une valeur déjà publiée change ou disparaît." in text


def test_an_older_version_that_is_refused_today_is_not_compared(
    project: Path, told: Callable[[], str]
) -> None:
    """Without the rules of then, no answer of then is guessed."""
    rule = (project / RULE).read_text("utf-8")
    (project / RULE).write_text(rule.replace("basis: pratique", "basis: usage"), "utf-8")
    _git(project, "commit", "--quiet", "--all", "--message=Fautif")
    (project / RULE).write_text(rule, "utf-8")
    assert "les réponses n'ont pas été comparées" in told()


def test_a_mistake_today_is_told_instead(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the check refuses is told as the check does."""
    _replace(project / RULE, "basis: pratique", "basis: usage")
    assert build_site.main(["diff", "main"]) == 1
    assert "data/rules/pass_iae.yaml:" in capsys.readouterr().err


@pytest.mark.parametrize("base", ["inconnue", "--output=essai"])
def test_an_unknown_version_is_told(project: Path, base: str) -> None:
    """A name that git does not know gets a sentence, and is never taken for an option."""
    with pytest.raises(changes.UnknownBase, match="n'existe pas ici"):
        changes.checkout(project, base, project / "ailleurs")


@pytest.mark.usefixtures("project")
def test_the_command_says_when_the_version_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1, with the sentence on standard error."""
    assert build_site.main(["diff", "inconnue"]) == 1
    assert "« inconnue » n'existe pas ici" in capsys.readouterr().err
