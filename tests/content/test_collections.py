"""One row a kind of file: what a row promises exists, and no file or model is without a row."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content import collections, load, scaffold
from generator.content.collections import COLLECTIONS, Collection
from generator.pages import edit_links, tree
from generator.publish import open_data
from tests.conftest import ROOT

TEMPLATES = Path(scaffold.__file__).with_name("templates")


def test_every_file_of_the_data_is_of_one_kind() -> None:
    """But for worked cases and schemas, which others read."""
    for path in (ROOT / "data").rglob("*.yaml"):
        expected = path.parent.name not in load.OTHERS
        assert (collections.of(path.relative_to(ROOT)) is not None) == expected, path


def test_the_content_holds_every_kind() -> None:
    """Each in the attribute that its row names, and nothing else but the documents and the day of the check."""
    held = {field.name for field in dataclasses.fields(load.Content)}
    assert held == {one.attribute for one in COLLECTIONS} | {"documents", "pictures", "today"}


@pytest.fixture(scope="module")
def made(content: load.Content, rules: Rules) -> dict[str, str]:
    """The pages that the data makes, by path."""
    return tree.pages(content, CALCULATORS, rules, {}, "http://site/")


@pytest.mark.parametrize("one", COLLECTIONS, ids=lambda one: one.name)
def test_a_row_keeps_its_promises(
    one: Collection, made: dict[str, str], content: load.Content, rules: Rules
) -> None:
    """Its pages are made and lead to it, its entries are found, its templates exist."""
    files = [path for path in content.documents if collections.of(path) is one]
    assert files
    for pattern in one.pages:
        pages = [path for path in made if re.fullmatch(pattern.replace("{}", "[^/]+"), path)]
        led = {edit_links.source_file(path, written=False) for path in pages} - {None}
        assert led, pattern
        assert led <= {*files}, pattern
    for part, named_by in one.entries.items():
        assert named_by == "id" or named_by in one.entry_model(part).model_fields, part
    if one.editor:
        assert edit_links.in_workshop(files[0]) == one.editor.mended
    if one.editor and one.editor.mended and one.pages:
        value: Any = content.documents[files[0]].value
        entry = next((name for _, name, _ in one.entries_of(value)), "")
        path, _ = tree.page_of(files[0], content, CALCULATORS, rules, entry)
        assert path in made
    assert (TEMPLATES / f"{one.schema}.yaml.j2").exists() == one.scaffold
    published = open_data.documents(content)
    assert one.published in published or not {one.name, one.attribute} & {*published}
