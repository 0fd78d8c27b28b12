"""The table of the benchmarks says what it measured, what failed, and which goals are missed."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from benchmarks import growth
from benchmarks.__main__ import changed, judged, main, measure
from benchmarks.calculation import Row
from calculators import CALCULATORS
from generator.content import load
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("figure", "goal", "said"),
    [
        ("0.41", "≤ 0.50", "met"),
        ("0.50", "≤ 0.50", "met"),
        ("0.60", "≤ 0.50", "missed by 20%"),
        ("58 ms", "≤ 50 ms", "missed by 16%"),
        ("20.0 s", "< 20 s", "missed by 0%"),
        ("935 requests/s", "≥ 1000", "missed by 6%"),
        ("+4.4 %", "< +10 %", "met"),
        ("3", "= 0", "missed by 3"),
        ("0", "= 0", "met"),
        ("12.3 s", "", ""),
    ],
)
def test_a_figure_is_held_against_its_goal(figure: str, goal: str, said: str) -> None:
    assert judged(figure, goal) == said


def test_every_goal_that_is_written_can_be_judged() -> None:
    """Rows are judged once measured: a goal that cannot be read would cost the figures of an hour."""
    goals = [
        goal.value
        for path in sorted((ROOT / "benchmarks").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Tuple) and len(node.elts) in {3, 4}
        for goal in node.elts[-1:]
        if isinstance(goal, ast.Constant) and isinstance(goal.value, str) and goal.value
        if set(goal.value) & set("≤<≥=")
    ]
    assert goals
    for goal in goals:
        assert judged("0", goal), goal


@pytest.mark.parametrize(
    ("figure", "last", "said"),
    [
        ("1.05 s", "1.00 s", ""),
        ("1.20 s", "1.00 s", "1.00 s last time, +20%"),
        ("0", "0", ""),
        ("3", "0", "0 last time"),
        ("skipped", "900 requests/s", ""),
        ("1.00 s", "", ""),
    ],
)
def test_two_runs_agree_within_a_tenth(figure: str, last: str, said: str) -> None:
    assert changed(figure, last) == said


def test_a_row_that_fails_is_said_and_the_rest_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Tried again once: a browser that failed once gives its figures, and the failure stays written."""
    turns = iter([RuntimeError("once"), None])

    def once() -> list[Row]:
        if error := next(turns):
            raise error
        return [("what comes back", "1 s", "", "< 2 s")]

    def never() -> list[Row]:
        raise TimeoutError

    groups = {"once": once, "never": never, "last": lambda: [("last", "3", "", "= 0")]}
    figures = {"last": "2", "not measured": "1"}
    wrong, moved = measure(groups, figures)
    assert wrong == ["never: failed", "last: 3, goal = 0, missed by 3"]
    assert moved == ["last: 3, 2 last time, +50%"]
    assert figures == {"last": "3", "not measured": "1", "what comes back": "1 s"}
    printed = capsys.readouterr().out
    assert "| once | failed, try 1 of 2: RuntimeError |" in printed
    assert "| what comes back | 1 s |  |  | < 2 s | met |" in printed
    assert "| never | failed, try 2 of 2: TimeoutError |" in printed


def test_a_group_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["start,growht"]) == 2
    assert "Not a group: growht." in capsys.readouterr().err


def test_the_entries_made_to_measure_growth_are_accepted(tmp_path: Path) -> None:
    """Made of the paragraphs of our own: the longest are no longer than an entry may be."""
    growth.generate(tmp_path, 100)
    checked = load.load(tmp_path / "data", CALCULATORS, date.today())
    assert checked.mistakes == []
