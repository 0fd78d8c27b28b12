"""The files of `deploy/` and what publishes them, which no test can run: they hold together."""

from __future__ import annotations

import shlex
import subprocess
from typing import Any

import yaml

from tests.conftest import ROOT

CONTAINER = (ROOT / "deploy" / "Containerfile").read_text("utf-8").replace("\\\n", "")
STEPS = [line.split(maxsplit=1) for line in CONTAINER.splitlines() if line and line[0] != "#"]


def parses(script: str) -> bool:
    """Tell whether the shell can read a script; nothing runs."""
    return subprocess.run(["sh", "-n"], input=script, text=True, check=False).returncode == 0


def test_what_publishes_the_site_runs_none_of_its_code() -> None:
    """One job builds, and may only read; the other may write pages, and runs no command."""
    path = ROOT / ".github" / "workflows" / "pages.yml"
    workflow: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        scripts = [step["run"] for step in job["steps"] if "run" in step]
        assert not ("permissions" in job and scripts)
        assert all(parses(script) for script in scripts)


def test_the_container_copies_what_exists() -> None:
    """From the project, as it is cloned; and from its first stage, what the build leaves."""
    copied = [shlex.split(words) for instruction, words in STEPS if instruction == "COPY"]
    assert copied
    for *sources, _target in copied:
        first = sources[0] == "--from=build"
        for source in sources[first:]:
            path = ROOT / source.removeprefix("/project/")
            assert path.exists(), source
            assert source.startswith("/project/") == first


def test_what_the_container_runs_can_be_read() -> None:
    """By the shell; and what it installs as root it serves as nobody of importance."""
    scripts = [words for instruction, words in STEPS if instruction == "RUN"]
    assert scripts
    assert all(parses(script) for script in scripts)
    (user,) = [place for place, step in enumerate(STEPS) if step == ["USER", "www-data"]]
    assert {"RUN", "COPY", "FROM"}.isdisjoint(instruction for instruction, _ in STEPS[user:])
