"""One calculation and a batch of 10,000, in CPython, over the worked cases."""

from __future__ import annotations

import json
from statistics import median
from time import perf_counter

from calculators import CALCULATORS
from calculators.bridge import run
from generator.content.worked_cases import load

BATCH = 10_000
ROUNDS = 5

type Row = tuple[str, str, str, str]


def requests() -> dict[str, list[str]]:
    """Return one request per worked case, by calculator."""
    texts: dict[str, list[str]] = {name: [] for name in CALCULATORS}
    for case in load():
        request = {"calculator": case.calculator, "situation": case.situation}
        texts[case.calculator].append(json.dumps(request))
    return texts


def batch(calculator: str) -> str:
    """Return one request of 10,000 situations: the worked cases, again and again."""
    cases = [case.situation for case in load() if case.calculator == calculator]
    situations = (cases * (BATCH // len(cases) + 1))[:BATCH]
    return json.dumps({"calculator": calculator, "situations": situations})


def slowest_batch() -> str:
    """Name the calculator whose worked cases take longest."""
    texts = requests()
    return max(texts, key=lambda name: _seconds(texts[name]) / len(texts[name]))


def _seconds(texts: list[str]) -> float:
    start = perf_counter()
    for text in texts:
        run(text)
    return perf_counter() - start


def spread(values: list[float], unit: str) -> tuple[str, str]:
    """Write the median, and the lowest and highest values."""
    return f"{median(values):.2f} {unit}", f"{min(values):.2f} to {max(values):.2f}"


def rows() -> list[Row]:
    """Measure one calculation of each calculator, then the largest batch."""
    found: list[Row] = []
    for name, texts in requests().items():
        times = [_seconds(texts) / len(texts) * 1000 for _ in range(ROUNDS)]
        found.append((f"one {name}, CPython", *spread(times, "ms"), "< 2 ms"))
    slowest = slowest_batch()
    text = batch(slowest)
    times = [_seconds([text]) for _ in range(ROUNDS)]
    found.append((f"{BATCH} {slowest}, CPython", *spread(times, "s"), "< 5 s"))
    return found
