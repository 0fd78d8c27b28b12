"""The files of `deploy/` and the workflow that publishes: the site builds from the files they name."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from typing import Any

import yaml

from generator.build import PINNED
from tests.conftest import ROOT, SOURCES

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


def copied() -> list[list[str]]:
    """Return the words of each `COPY`: its sources, then its target."""
    return [shlex.split(words) for instruction, words in STEPS if instruction == "COPY"]


def test_the_container_copies_files_that_exist() -> None:
    """From the project, as it is cloned; and from its first stage, the files that the build leaves."""
    assert copied()
    for *sources, _target in copied():
        first = sources[0] == "--from=build"
        for source in sources[first:]:
            path = ROOT / source.removeprefix("/project/")
            assert path.exists(), source
            assert source.startswith("/project/") == first


def test_the_container_has_all_that_the_site_is_built_from() -> None:
    """`tests/test_serve.py` builds it whole from these alone, with the tools as they are installed."""
    sources = {source for *sources, _target in copied() for source in sources}
    assert sources >= {*SOURCES, *PINNED}


def test_no_package_runs_code_when_it_is_installed() -> None:
    """npm is told so, here and in the container; no package of the lock file asks for it."""
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text("utf-8").splitlines()
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert [name for name, one in locked.items() if one.get("hasInstallScript")] == []
    assert any(".npmrc" in sources for sources in copied())


def test_the_base_of_the_container_is_named_by_its_digest() -> None:
    """The same in both stages, and watched by Dependabot as npm and Python are."""
    bases = {step[1].split()[0] for step in STEPS if step[0] == "FROM"}
    assert len(bases) == 1
    assert re.fullmatch(r"docker\.io/library/debian:[a-z-]+@sha256:[0-9a-f]{64}", bases.pop())
    watched = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))["updates"]
    assert {one["package-ecosystem"] for one in watched} == {
        *("docker", "github-actions", "npm", "pip"),
    }


def test_what_the_container_runs_can_be_read() -> None:
    """By the shell; it installs as root, and serves as a user without rights."""
    scripts = [words for instruction, words in STEPS if instruction == "RUN"]
    assert scripts
    assert all(parses(script) for script in scripts)
    (user,) = [place for place, step in enumerate(STEPS) if step == ["USER", "www-data"]]
    assert {"RUN", "COPY", "FROM"}.isdisjoint(instruction for instruction, _ in STEPS[user:])
