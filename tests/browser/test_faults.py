"""A few of the faults that `make bench` makes at every moment of a journey: no answer is wrong."""

from __future__ import annotations

import random

from playwright.sync_api import Browser

from benchmarks.faults import ALL, SEED, reader, trial

TRIALS = 3


def test_whatever_breaks_the_answer_is_right_or_is_refused(browser: Browser, site: str) -> None:
    """Three trials, drawn from the seed; the counts are printed with `-s`."""
    drawn = random.Random(SEED).sample(ALL, TRIALS)
    with reader(browser) as context:
        told = [trial(context, site, SEED, *one) for one in drawn]
    counts = {said: told.count(said) for said in ("right", "refused")}
    print(f"tried {TRIALS}, {counts}, wrong {TRIALS - sum(counts.values())}, seed {SEED}")
    assert sum(counts.values()) == TRIALS, told
