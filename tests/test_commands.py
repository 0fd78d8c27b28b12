"""What the commands say when something is wrong: one French sentence, and never a traceback."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

import pytest

import build_site
from generator.pyodide.engine import BuildError, run
from generator.review import changes
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ([], "Il manque : COMMANDE."),
        (["zut"], "« zut » n'est pas connu. Choisissez : check, build,"),
        (["serve", "--port", "abc"], "--port : « abc » n'est pas un nombre entier."),
        (["serve", "--port"], "--port : il manque sa valeur."),
        (["check", "un", "deux"], "De trop : un deux."),
        (["new", "term"], "Il manque : id."),
        (["new", "zut", "a"], "« zut » n'est pas connu. Choisissez : term, network,"),
    ],
)
def test_a_command_that_is_badly_written_is_told_in_french(
    command: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        build_site.main(command)
    assert stopped.value.code == 2
    told, written = capsys.readouterr().err.splitlines()
    assert told.startswith(said)
    assert written.startswith("Écrivez : build_site.py")


def test_no_sentence_of_the_help_is_left_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    """Every command and every argument has its own words."""
    (commands,) = [
        action
        for action in build_site._parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    for name in ("", *commands.choices):
        with pytest.raises(SystemExit):
            build_site.main([*name.split(), "--help"])
        text = capsys.readouterr().out
        assert not re.search(r"\b(usage|positional|show this|options? and|the)\b", text), text
        assert text.startswith("Écrivez : ")
    assert all(action.help for one in commands.choices.values() for action in one._actions), (
        "an argument without words"
    )


def test_the_tools_speak_french_too() -> None:
    """Whoever has no Node, no Python or no browser reads the same language as everyone."""
    for name in ("node", "python", "chromium", "program"):
        for said in re.findall(r'echo "([^$"].{20,})"', (ROOT / "tools" / name).read_text("utf-8")):
            assert not re.search(r"\b(the|is|then|install it|here:)\b", said), said


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (KeyboardInterrupt(), 130, "Arrêté.\n"),
        (OSError(28, "No space left on device", "build/site"), 1, "build/site : la machine refuse"),
    ],
)
def test_what_stops_a_command_is_one_sentence(
    error: BaseException,
    status: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stop() -> None:
        raise error

    monkeypatch.setattr(build_site, "_load_all", stop)
    assert build_site.main(["check"]) == status
    printed = capsys.readouterr().err
    assert printed.startswith(said)
    assert printed.count("\n") == 1


def test_a_reader_that_leaves_is_no_error_of_ours() -> None:
    """`build_site.py … | head -1`: nothing on standard error."""
    code = (
        "import build_site; build_site._load_all = lambda: (print('x' * 9_000_000), []);"
        " build_site.main(['check'])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait()
    process.stderr.close()


def test_a_tool_that_is_missing_is_named() -> None:
    with pytest.raises(BuildError, match="« outil-absent » n'est pas installé ici"):
        run(["outil-absent"], "l'essai")


def test_links_are_not_followed_before_the_site_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty list of links would say that all is well."""
    monkeypatch.setattr(build_site, "ROOT", tmp_path)
    assert build_site.main(["veille"]) == 1
    assert "Le site n'est pas construit" in capsys.readouterr().err


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def told(root: Path, base: str, folder: Path) -> str:
    """Return why a version cannot be compared with."""
    with pytest.raises(changes.UnknownBase) as refused:
        changes.checkout(root, base, folder)
    return str(refused.value)


def test_each_reason_why_there_is_no_version_before_has_its_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clone of one commit, a folder that is no clone, a version without content, no git at all."""
    whole, shallow, plain, out = (tmp_path / name for name in ("a", "b", "c", "out"))
    for folder in (whole, plain):
        folder.mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    _git(whole, "init", "--quiet", "-b", "main")
    for text in ("avant", "après"):
        (whole / "texte").write_text(text, "utf-8")
        _git(whole, "add", ".")
        _git(whole, "commit", "-qm", text)
    _git(tmp_path, "clone", "--quiet", "--depth", "1", whole.as_uri(), "b")
    assert "git fetch --unshallow" in told(shallow, "HEAD~1", out)
    assert "n'existe pas ici" in told(whole, "nulle-part", out)
    assert "n'existe pas ici" in told(whole, "--help", out)
    assert "n'a pas les dossiers data" in told(whole, "HEAD~1", out)
    assert "n'est pas un dépôt git" in told(plain, "main", out)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git n'est pas installé ici" in told(whole, "main", out)
