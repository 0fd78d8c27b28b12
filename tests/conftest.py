"""What every test may use: the checked data, and the rules compiled from it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from calculators import CALCULATORS
from calculators.rules import Rules
from calculators.rules import load as load_rules
from generator.build import PINNED
from generator.content import load

ROOT = Path(__file__).parent.parent

# The same examples on every machine: a test that fails here fails everywhere.
settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=40)
settings.load_profile("repeatable")

#: A file is run by one process: those of more than half a minute, or one of them would be the last to end.
LONGEST = (
    "test_calculator.py",
    "test_changes.py",
    "test_offline.py",
    "test_receive.py",
    "test_serve.py",
    "test_site.py",
    "test_workshop.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with the longest files."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session")
def content() -> load.Content:
    """`data/`, read and checked."""
    checked = load.load(ROOT / "data", CALCULATORS, date.today())
    assert checked.content, "\n".join(map(str, checked.mistakes))
    return checked.content


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The rules that the build compiled; `test_rules.py` holds that they are those of `data/`."""
    return load_rules()


#: What the site is built from, here and in the container: `tests/publish/test_deploy.py`.
SOURCES = ("LICENSE", "build_site.py", "calculators", "data", "docs", "generator", "pyproject.toml")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, as its last build left it, for a test to change."""
    copy = tmp_path_factory.mktemp("project")
    # In `build`, other commands may have left whole environments.
    ignored = shutil.ignore_patterns("__pycache__", "mutants", "zensical")
    for name in ("build", *SOURCES, *PINNED):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=ignored)
        else:
            shutil.copy2(ROOT / name, copy)
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    # Pages tell the day of their last change: without the history, each would differ.
    git = ["git", "rev-parse", "--absolute-git-dir"]
    history = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True)
    (copy / ".git").write_text(f"gitdir: {history.stdout}", "utf-8")
    return copy
