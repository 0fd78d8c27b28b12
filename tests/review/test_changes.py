"""`build_site.py diff`: what a change does to the site and to the answers, told in French."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import build_site
from calculators.typography import APOSTROPHE, NARROW, NO_BREAK
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
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What the command prints, after a change, with ordinary spaces and apostrophes."""

    def print_it(*options: str) -> str:
        capsys.readouterr()
        assert build_site.main(["diff", "main", *options]) == 0, capsys.readouterr().err
        printed = capsys.readouterr().out
        return printed.replace(NO_BREAK, " ").replace(NARROW, " ").replace(APOSTROPHE, "'")

    return print_it


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.usefixtures("project")
def test_without_a_change_nothing_is_told(told: Callable[[], str]) -> None:
    """The same content gives the same site and the same answers."""
    text = told()
    assert text.startswith("Aucun des ")
    assert "cas travaillés ne change de réponse.\n\nLe contenu du site ne change pas.\n" in text


def test_what_is_added_changed_and_removed_is_told(project: Path, told: Callable[..., str]) -> None:
    """Entries by their titles, keys by their French names, with the address of each page."""
    _replace(
        project / "data/glossary/aci.yaml",
        "title: Atelier et chantier d'insertion",
        "title: A_B",
    )
    (project / "data/networks/avise.yaml").unlink()
    redirects = project / "data/redirects.yaml"
    moved = "redirects:\n  - { old: reseaux/avise/, new: reseaux/ }"
    text = re.sub(r"(?m)^redirects:.*", moved, redirects.read_text("utf-8"))
    redirects.write_text(text, "utf-8")
    assert build_site.main(["new", "term", "essai"]) == 0
    essai = project / "data/glossary/essai.yaml"
    essai.write_text(essai.read_text("utf-8").replace("À écrire", "Un essai"), "utf-8")
    text = told("--preview", "https://a.fr/12/")
    changed = "titre (« Atelier et chantier d'insertion » devient « A\\_B »)"
    aci = "[**A\\_B**](https://a.fr/12/glossaire/aci/)"
    assert f"- Glossaire : {aci}, modifié : {changed}.\n" in text
    essai_page = "[**Un essai**](https://a.fr/12/glossaire/essai/)"
    assert f"- Glossaire : {essai_page}, ajouté.\n" in text
    assert "- Réseaux : **Avise**, retiré. Son adresse mène à reseaux/" in text


def test_changed_sentences_are_quoted_before_and_after(
    project: Path, told: Callable[[], str]
) -> None:
    """Those of entries and of the pages written by hand; the others are not repeated."""
    definition = "Il fait travailler ses salariés. Il les accompagne aussi."
    path = project / "data/glossary/essai.yaml"
    assert build_site.main(["new", "term", "essai"]) == 0
    written = path.read_text("utf-8").replace("  À écrire.", f"  {definition}")
    path.write_text(written.replace("À écrire", "Essai"), "utf-8")
    page = project / "docs/methode.md"
    page.write_text("# Méthode\n\nNous lisons l'art. L. 5132-1. Nous le citons.\n", "utf-8")
    _git(project, "add", ".")
    _git(project, "commit", "--quiet", "--message=Un essai")
    _replace(path, "Il les accompagne aussi.", "Il les forme.")
    _replace(page, "Nous le citons.", "Nous le citons à la lettre. Et nous le datons.")
    text = told()
    sentence = "« Il les accompagne aussi. » devient « Il les forme. »"
    assert f"    - {sentence}\n" in text
    assert "- **docs/methode.md**, modifiée.\n" in text
    assert "    - « Nous le citons. » devient « Nous le citons à la lettre. »\n" in text
    assert "    - Ajouté : « Et nous le datons. »\n" in text
    assert "Il fait travailler" not in text
    assert "Nous lisons" not in text


REFORM = """\
      - since: 2026-01-01
        value: { jours: 365 }
        basis: loi
        source: { article: R5132-1-2, quote: "vingt-quatre mois" }
        derived: Un essai.
"""


def test_a_new_dated_value_is_told_with_the_one_that_was_in_force(
    project: Path, told: Callable[[], str]
) -> None:
    """In French words, with its basis and a link to its text; then each worked case that moves, twice."""
    _replace(
        project / RULE, "  jours_perdus_suspension:\n", REFORM + "  jours_perdus_suspension:\n"
    )
    text = told()
    (row,) = [line for line in text.splitlines() if "| 1er janvier 2026 |" in line]
    _, _, _, before, after, _ = row.split("|")
    assert "jours : 730 (Pratique de la plateforme : [" in before
    assert (
        "jours : 365 (Loi : [Code du travail, article R. 5132-1-2](https://www.legifrance" in after
    )
    assert "⚠" not in text
    assert "{" not in row
    assert "réponses changent sans changer de verdict" in text
    assert "un PASS IAE ira de ce jour au 29 novembre 2028" in text
    assert "un PASS IAE ira de ce jour au 30 novembre 2027" in text
    assert text.index("### Valeurs datées") < text.index(
        "réponses changent sans changer de verdict"
    )


def test_verdicts_that_turn_over_come_first(project: Path, told: Callable[..., str]) -> None:
    """Each of them, with the names of the verdicts, whatever else changes beside them."""
    rule = project / "data/rules/eligibilite_iae.yaml"
    now = "value: { ai: 2, etti: 2, ei: 3, aci: 3 }\n        basis: loi"
    _replace(rule, now, now.replace("2", "3"))
    text = told("--preview", "apercu:")
    assert re.match(r"### \d+ verdicts? se retourne", text), text[:300]
    turned = text.partition("### Valeurs datées")[0]
    count = int(text.split()[1])
    lines = [line for line in turned.splitlines() if line.startswith("- ")]
    assert len(lines) == count
    assert all(" » devient « " in line for line in lines)
    assert "](apercu:simulateurs/eligibilite_iae/) : « Éligible" in turned
    assert "eligible" not in turned.replace("simulateurs/eligibilite_iae", "")
    assert text.count("### ") >= 2


def test_a_value_that_no_worked_case_tries_is_told(project: Path, told: Callable[[], str]) -> None:
    """Nobody has reckoned by hand what it gives."""
    far = REFORM.replace("2026-01-01", "2031-01-01")
    _replace(project / RULE, "  jours_perdus_suspension:\n", far + "  jours_perdus_suspension:\n")
    text = told()
    assert "Aucun cas travaillé n'essaie ces valeurs :\n\n- " in text
    assert "à partir du 1er janvier 2031. Ajoutez-en un dans `data/cases/pass_iae.yaml`." in text


def test_a_rewritten_past_is_flagged(project: Path, told: Callable[[], str]) -> None:
    """A value already published that changes gets a sign, and a sentence that says why."""
    _replace(project / RULE, NEWER, NEWER.replace("730", "731"))
    text = told()
    (row,) = [line for line in text.splitlines() if "28 février 2024 ⚠" in line]
    assert "jours : 730 (Pratique" in row
    assert "jours : 731 (Pratique" in row
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
    """What the check refuses is told as the check does, and in the report with its line."""
    _replace(project / RULE, "basis: pratique", "basis: usage")
    assert build_site.main(["diff", "main", "--files", "fichier:"]) == 1
    printed = capsys.readouterr()
    assert "data/rules/pass_iae.yaml:" in printed.err
    assert printed.out.startswith("### 1 faute à corriger\n")
    line = printed.err.split(":")[1]
    place = f"[data/rules/pass_iae.yaml, ligne {line}](fichier:data/rules/pass_iae.yaml#L{line})"
    assert f"- {place}\u00a0: « usage » " in printed.out.replace("«\u00a0", "« ").replace(
        "\u00a0»", " »"
    )


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
