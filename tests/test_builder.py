"""The process that builds for `serve`: when it is kept, and when another one takes its place."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic

import pytest

from generator.builder import Builder

#: The process, with builds that write down their number and who made them. A change of `data/step` says
#: what the next one does.
STAND_IN = """
import os, select, sys
from pathlib import Path
from generator import builder

root, key = Path(sys.argv[1]), sys.argv[2]

def check(known):
    step = (root / "data" / "step").read_text()
    return {}, None if step == "mistake" else step

def show(step, root, files):
    if step == "crash":
        os._exit(1)
    with (root / "shown").open("a") as told:
        print(os.getpid(), step, file=told)
    return True

def complete(step, root, again, stage):
    for name in ("pages", "search"):
        with stage(name), (root / "completed").open("a") as told:
            print(name, step, file=told)
        if step == "two":
            select.select([sys.stdin], [], [])  # another change comes

builder.show_pages, builder.build_site = show, complete
sys.exit(builder.Answers(root, key, check, lambda run: run()).run())
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("calculators", "data", "generator"):
        (tmp_path / name).mkdir()
    return tmp_path


def ask(builder: Builder, step: str) -> tuple[bool, list[str]]:
    """Make a change; return whether it is shown, and who has shown what until now."""
    (builder.root / "data" / "step").write_text(step, "utf-8")
    done = builder.build()
    told = builder.root / "shown"
    return done, told.read_text("utf-8").splitlines() if told.exists() else []


def test_one_process_builds_until_the_code_changes(root: Path) -> None:
    """What was imported is not what would run: another process starts, and only then."""
    with Builder(root, [sys.executable, "-c", STAND_IN, str(root)]) as builder:
        assert ask(builder, "first")[0]
        done, (first, second) = ask(builder, "second")
        assert done
        assert first.split()[0] == second.split()[0]
        (root / "calculators" / "rules.json").write_text("{}", "utf-8")  # the build writes it
        (root / "generator" / "code.py").write_text("1", "utf-8")
        done, (*_, third) = ask(builder, "third")
        assert done
        assert third.split()[0] != second.split()[0]
        assert ask(builder, "fourth")[1][-1] == f"{third.split()[0]} fourth"
    assert builder.process
    assert builder.process.returncode == 0


def test_a_mistake_is_no_end_and_a_crash_is_one_of_one_process(root: Path) -> None:
    with Builder(root, [sys.executable, "-c", STAND_IN, str(root)]) as builder:
        assert ask(builder, "first")[0]
        assert not ask(builder, "mistake")[0]
        done, (first, mended) = ask(builder, "mended")
        assert done
        assert mended.split()[0] == first.split()[0]
        assert not ask(builder, "crash")[0]
        done, (*_, last) = ask(builder, "mended")
        assert done
        assert last.split()[0] != first.split()[0]


def test_code_that_does_not_start_is_a_failure_and_not_the_last_word(root: Path) -> None:
    program = root / "program.py"
    program.write_text("this is no Python", "utf-8")
    run = "import sys; exec(open(sys.argv.pop(1)).read())"
    with Builder(root, [sys.executable, "-c", run, str(program), str(root)]) as builder:
        assert not ask(builder, "first")[0]
        program.write_text(STAND_IN, "utf-8")
        assert ask(builder, "mended")[0]


def test_another_change_comes_before_what_is_left_of_the_last_one(root: Path) -> None:
    """The pages of both are shown; what follows is made once, for the second."""
    with Builder(root, [sys.executable, "-c", STAND_IN, str(root)]) as builder:
        assert ask(builder, "two")[0]
        assert ask(builder, "last")[0]
        end = monotonic() + 60
        while "search last" not in (told := (root / "completed").read_text("utf-8")):
            assert monotonic() < end
    assert told.splitlines() == ["pages two", "pages last", "search last"]
