"""A hundred changes of true files, the same each time: what the check accepts, the page shows."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.data_fuzzer import Fuzzer, Tried, counted
from generator.content import load
from tests.conftest import ROOT

SEED, COUNT = 2026, 100


@pytest.fixture(scope="module")
def fuzzer() -> Fuzzer:
    return Fuzzer(load.read_all(ROOT / "data"), date.today())


def _told(tries: list[Tried]) -> str:
    return "\n".join(f"{one.file}: {one.change[:200]}: {one.why}" for one in tries)


def test_the_check_accepts_only_what_the_page_shows_as_written(fuzzer: Fuzzer) -> None:
    """Thousands more in `make bench`. A change that keeps the meaning is never refused."""
    tries = fuzzer.run(COUNT, SEED)
    wrong = [one for one in tries if one.outcome == "wrong"]
    assert wrong == [], _told(wrong)
    found = counted(tries)
    assert found["tried"] == COUNT
    assert min(found["right"], found["refused"]) > COUNT / 10, found


def test_the_machine_sees_a_page_that_lost_words(
    fuzzer: Fuzzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a page that stays as it was: new words are missing, a comment is not."""
    path = "data/glossary/geiq.yaml"
    text = fuzzer.documents[path].text
    monkeypatch.setattr(fuzzer, "_page", lambda file, _builder: fuzzer.before[file])
    other = text.replace("summary: >-\n  Un GEIQ", "summary: >-\n  Ensemble, un GEIQ", 1)
    commented = text.replace("\nchecked:", "\n# Un conseil\nchecked:", 1)
    assert text not in {other, commented}
    (lost,) = fuzzer._try({path: ("words", other)})
    (same,) = fuzzer._try({path: ("same: comments", commented)})
    assert (lost.outcome, same.outcome) == ("wrong", "right")
    assert "Ensemble, un GEIQ" in lost.why
