"""The guide for contributors shows the real screens, and uses the words on them."""

from __future__ import annotations

import re

from generator.content import value_names
from generator.content.labels import KEYS
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "contribuer.md").read_text("utf-8")
IMAGES = ROOT / "docs" / "contribuer" / "images"
#: Where the words of the screens are.
SCREENS = (
    "docs/contribuer/atelier.md",
    "docs/assets/scripts/workshop/page.js",
    "docs/assets/scripts/workshop/form.js",
    "generator/theme/main.html",
    "generator/content/collections.py",
    "generator/workshop/kinds.py",
    "generator/workshop/service.py",
)


def test_each_picture_is_taken_by_the_script_and_described() -> None:
    """The pictures that the script takes, the folder holds and the guide shows are the same."""
    taken = re.findall(
        r'_take\(\s*page, "(\w+)"', (ROOT / "tools" / "pictures.py").read_text("utf-8")
    )
    shown = re.findall(r"!\[([^\]]*)\]\(contribuer/images/(\w+)\.png\)\{ width=640", GUIDE)
    assert sorted(taken) == sorted(path.stem for path in IMAGES.iterdir())
    assert sorted(taken) == sorted(name for _, name in shown)
    assert all(len(words) > 60 for words, _ in shown)
    assert sum(path.stat().st_size for path in IMAGES.iterdir()) < 400_000


def test_the_guide_names_what_is_on_the_screens() -> None:
    """Each word between « » is a title of the form, a button, or a sentence of the workshop."""
    screens = " ".join((ROOT / name).read_text("utf-8") for name in SCREENS)
    titles = [words.title for words in KEYS.values()] + [
        *map(str, value_names.BASIS_NAMES.values())
    ]
    parts = GUIDE.partition("## Corriger un terme")[2].partition("## Envoyer")[0]
    steps = re.sub(r"!\[.*?\]\(.*?\)|«.Envoyer.»", "", parts)
    named = set(re.findall("« ([^»]+) »", steps)) - {"−", "+"}
    assert len(named) > 10
    there = f"{screens} {' '.join(titles)}".lower().replace("’", "'")
    unknown = {name for name in named if name.lower() not in there}
    assert unknown == set()


def test_the_guide_has_the_four_tasks() -> None:
    """Those of `CONTRIBUTING.md`, in the same order."""
    by_hand = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    tasks = re.findall(r"^### \d\. (.+)$", by_hand, re.MULTILINE)
    assert len(tasks) == 4
    headings = re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)
    assert [heading for heading in headings if heading in tasks] == tasks
