"""A proposal that came by mail becomes a branch of a real Git repository, or is refused in French."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.workshop import proposal, service
from generator.workshop.receive import Refused, receive
from tests.conftest import ROOT

TERM = "data/glossary/siae.yaml"
TODAY = date.today()


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@exemple.fr", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what the check reads."""
    root = tmp_path_factory.mktemp("origin")
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.name", "A")
    git(root, "config", "user.email", "a@exemple.fr")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "start")
    return root


@pytest.fixture
def root(origin: Path, tmp_path: Path) -> Path:
    target = tmp_path / "site"
    git(tmp_path, "clone", "--quiet", str(origin), str(target))
    git(target, "config", "user.name", "A")
    git(target, "config", "user.email", "a@exemple.fr")
    return target


def proposed(
    root: Path, kind: str, change: dict[str, Any], *, before: str = "", **where: str
) -> str:
    """Return the message that the workshop writes for a change, as a mail program sends it."""
    shop = service.Workshop(root, TODAY)
    entry = json.loads(shop.run(json.dumps({"ask": "open", "kind": kind, **where})))
    assert entry["type"] == "opened", entry
    request = {name: entry[name] for name in ("kind", "file", "part")}
    request |= {"ask": "write", "value": entry["value"] | change}
    written = json.loads(shop.run(json.dumps(request)))
    assert (written["mistakes"], written["others"]) == ([], [])
    return f"{before}{written['message']['changes']}\n\n{written['message']['files']}"


def received(root: Path, message: str) -> str:
    path = root.with_name("message.txt")
    path.write_text(message, "utf-8", newline="")
    return receive(root, path, TODAY).branch


SUMMARY = "Une SIAE embauche, encadre et accompagne des personnes éloignées de l'emploi."


def test_a_proposal_becomes_a_branch_and_the_files_here_stay(root: Path) -> None:
    """With the ends of lines of Windows, under a sentence; the branch holds the change alone."""
    message = proposed(root, "term", {"summary": SUMMARY}, file=TERM, before="Bonjour,\n\n")
    assert "Résumé, après : Une SIAE embauche" in message
    branch = received(root, message.replace("\n", "\r\n"))
    assert branch == f"proposition/{TODAY}-siae"
    assert git(root, "diff", "--name-only", "main", branch).split() == [TERM]
    assert SUMMARY in " ".join(git(root, "show", f"{branch}:{TERM}").split())
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "branch", "--show-current").strip() == "main"
    assert git(root, "worktree", "list").count("\n") == 1
    assert received(root, message) == f"{branch}-2"


def test_what_main_has_changed_since_is_kept(root: Path) -> None:
    """The summary is the proposal's, the other name is a colleague's."""
    message = proposed(root, "term", {"summary": SUMMARY}, file=TERM)
    path = root / TERM
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("\naliases:\n", "\naliases:\n  - une autre façon de le dire\n", 1), "utf-8"
    )
    git(root, "commit", "--quiet", "-am", "more")
    branch = received(root, message)
    text = git(root, "show", f"{branch}:{TERM}")
    assert SUMMARY in " ".join(text.split())
    assert "une autre façon de le dire" in text


def test_a_contradiction_is_shown_and_nothing_is_written(root: Path) -> None:
    """Both sentences are told; no branch stays."""
    message = proposed(root, "term", {"summary": SUMMARY}, file=TERM)
    other = "Une SIAE est une structure que l'État a conventionnée, et qui embauche."
    branch = received(root, proposed(root, "term", {"summary": other}, file=TERM))
    git(root, "merge", "--quiet", branch)
    git(root, "branch", "-d", branch)
    with pytest.raises(Refused) as refused:
        received(root, message)
    assert SUMMARY in str(refused.value)
    assert other in str(refused.value)
    assert "Résumé" in str(refused.value)
    assert "proposition/" not in git(root, "branch")


def test_a_new_page_and_its_line_of_the_menu_are_taken(root: Path) -> None:
    """The configuration gets that line, and no other change."""
    page = {
        "title": "Une page d'essai",
        "description": "Une page pour essayer.",
        "text": "Un [terme](terme:siae).",
        "menu": "Comprendre > Les contrats",
    }
    message = proposed(root, "page", page, new="Une page d'essai")
    branch = received(root, message)
    changed = git(root, "diff", "--numstat", "main", branch)
    assert "1\t0\tmkdocs.yml" in changed
    assert "docs/comprendre/une_page_d_essai.md" in changed
    theme = message.replace("name: material", "name: readthedocs")
    files = [
        proposal.ProposedFile(one.file, one.text.replace("name: material", "name: autre"), one.base)
        for one in proposal.read(message)
    ]
    assert theme != message
    with pytest.raises(Refused, match="autre chose que le menu"):
        received(root, proposal.written(files))


@pytest.mark.parametrize(
    "file",
    [
        "build_site.py",
        ".github/workflows/checks.yml",
        "data/../build_site.py",
        "/etc/passwd",
        "docs/../mkdocs.yml",
        "docs/assets/scripts/site/menu.js",
        "data/glossary/index/x.yaml",
        "data/schemas/term.yaml",
    ],
)
def test_a_file_that_the_workshop_does_not_edit_is_refused(root: Path, file: str) -> None:
    """One such file refuses the whole proposal."""
    with pytest.raises(Refused, match="n'est pas un fichier que l'atelier modifie"):
        received(root, proposal.written([proposal.ProposedFile(file, "a: 1\n")]))


def test_a_damaged_message_is_told_from_a_whole_one(root: Path) -> None:
    """Wrapped by a mail program, without any file, or answered with « > » before each line."""
    message = proposed(root, "term", {"summary": SUMMARY}, file=TERM)
    with pytest.raises(Refused, match="une messagerie l'a coupé"):
        received(root, message.replace("\nsummary", "\n\nsummary", 1))
    with pytest.raises(Refused, match="ne contient pas de proposition"):
        received(root, "Bonjour")
    answered = "\n".join(f"> {line}" for line in message.split("\n"))
    assert received(root, answered)


def test_what_the_check_refuses_makes_no_branch(root: Path) -> None:
    """Its mistakes are told, with their files and lines."""
    text = (root / TERM).read_text("utf-8")
    broken = proposal.ProposedFile(
        TERM, text.replace("basis: ", "basis: rien_"), proposal.base_of(text)
    )
    with pytest.raises(Refused, match=f"(?s)Le contrôle refuse.*{TERM}:"):
        received(root, proposal.written([broken]))
    assert "proposition/" not in git(root, "branch")
