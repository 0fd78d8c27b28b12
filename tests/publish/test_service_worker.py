"""What the worker is written with: the texts of the search in one file."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from generator.content.load import Content
from generator.publish import service_worker
from tests.conftest import ROOT

SITE = ROOT / "build" / "site"


def test_the_texts_of_the_search_are_those_of_its_pieces() -> None:
    """The pieces themselves are not cached: the browser would ask for hundreds of them."""
    texts = json.loads((SITE / service_worker.TEXTS).read_text("utf-8"))
    pieces = (SITE / service_worker.FRAGMENTS).iterdir()
    assert texts == {file.name: gzip.decompress(file.read_bytes()).decode() for file in pieces}
    groups = service_worker.groups(SITE)
    assert service_worker.TEXTS in groups["more"]
    assert not any(service_worker.FRAGMENTS in path for group in groups.values() for path in group)


def test_too_many_texts_are_not_cached(
    tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / service_worker.FRAGMENTS
    folder.mkdir(parents=True)
    (folder / "fr_1.pf_fragment").write_bytes(gzip.compress(b"pagefind_dcd{}"))
    monkeypatch.setattr(service_worker, "TEXTS_BYTES", 10)
    service_worker.write_texts(tmp_path, content.site)
    assert not (tmp_path / service_worker.TEXTS).exists()
