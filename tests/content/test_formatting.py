"""`build_site.py format` lays out the files of `data/` in one way, and changes nothing they say."""

from __future__ import annotations

from pathlib import Path

import pytest

import build_site
from generator.yaml_files.formatter import formatted
from generator.yaml_files.reader import read
from tests.conftest import ROOT

DATA = ROOT / "data"
FILES = sorted(DATA.rglob("*.yaml"))
#: What people write, and the layout of it.
MESSY = """\
# Un conseil.
title:   "Un"   # pourquoi
list:
- a
-   {b: 1,c: "048"}


# Le suivant.
text: |
    Un paragraphe.

    Un autre.
folded: >-
      une phrase
      longue
flow: [a,{b: 1},
  c]
empty: {}
unknown: null
day: 2026-11-21


"""
NEAT = """\
# Un conseil.
title: "Un"     # pourquoi
list:
  - a
  - { b: 1, c: "048" }


# Le suivant.
text: |
  Un paragraphe.

  Un autre.
folded: >-
  une phrase
  longue
flow: [a, { b: 1 }, c]
empty: { }
unknown: null
day: 2026-11-21
"""


def test_the_layout_is_mended_and_the_comments_stay() -> None:
    """Indents, spaces and line ends change; words, quotes, comments and folded texts do not."""
    assert formatted(MESSY) == NEAT


def test_the_line_ends_of_other_systems_are_mended() -> None:
    """A file saved by an editor of another system is laid out like the others."""
    assert formatted(MESSY.replace("\n", "\r\n")) == NEAT


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_the_data_says_the_same_once_laid_out(path: Path, tmp_path: Path) -> None:
    """Laying out a file of `data/` changes no value; twice is once."""
    text = formatted(path.read_text("utf-8"))
    assert formatted(text) == text
    copy = tmp_path / path.name
    copy.write_text(text, "utf-8")
    assert read(copy).value == read(path).value


def test_the_command_names_what_it_changes_and_leaves_what_it_cannot_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file with a mistake of YAML is told, and not touched; a second run changes nothing."""
    monkeypatch.setattr(build_site, "ROOT", tmp_path)
    monkeypatch.setattr(build_site, "DATA", tmp_path / "data")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text(MESSY, "utf-8")
    (tmp_path / "data" / "b.yaml").write_text('title: "ouvert\n', "utf-8")
    assert build_site.main(["format"]) == 1
    printed = capsys.readouterr()
    assert printed.out == "data/a.yaml\n"
    assert printed.err.startswith("data/b.yaml:1:8: ")
    assert (tmp_path / "data" / "a.yaml").read_text("utf-8") == NEAT
    assert (tmp_path / "data" / "b.yaml").read_text("utf-8") == 'title: "ouvert\n'
    (tmp_path / "data" / "b.yaml").unlink()
    assert build_site.main(["format"]) == 0
    assert capsys.readouterr().out == ""
