"""The files of `deploy/` and of the forge that no test can run: what they name exists, and parses."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text("utf-8").replace("\\\n", "")
STEPS = [line.split(maxsplit=1) for line in CONTAINER.splitlines() if line and line[0] != "#"]


def parses(script: str) -> bool:
    """Tell whether the shell can read a script; nothing runs."""
    return subprocess.run(["sh", "-n"], input=script, text=True, check=False).returncode == 0


def test_workflows_follow_the_schema_of_the_forge() -> None:
    """With a check that a misspelt key is refused."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    command += ["vendor.github-workflows", *map(str, WORKFLOWS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, len(WORKFLOWS) > 0) == (0, True), done.stdout


def test_a_workflow_with_a_misspelt_key_is_refused(tmp_path: Path) -> None:
    """The check above can fail."""
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(WORKFLOWS[0].read_text("utf-8").replace("steps:", "stepz:"), "utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    command += ["vendor.github-workflows", str(wrong)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_no_right_that_it_does_not_need(path: Path) -> None:
    """It reads the project; what publishes may write pages, and runs none of the project's code."""
    workflow: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        scripts = [step["run"] for step in job["steps"] if "run" in step]
        assert not ("permissions" in job and scripts)
        # What an event or a step says is given as a variable: in a script it could be a command.
        assert all(parses(script) and "${{" not in script for script in scripts)


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
