"""The day on which each file last changed, from the history that git keeps."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

#: What pages are made of.
_MADE_OF = ("data", "docs", "generator")


def last_changes(root: Path) -> dict[str, date]:
    """Return the day of the last change of each file of the project, by its path from `root`.

    Without git, outside a repository, or where a part of the history is missing, return nothing: the
    day of a copy is not that of a change.
    """
    shallow = git(root, "rev-parse", "--is-shallow-repository")
    if shallow is None or shallow.strip() != "false":
        return {}
    # The newest first. No word of a message may pass for a path: none is asked for.
    log = git(root, "log", "--format=%x01%as", "--name-only", "--no-renames", "-z", "--relative",
               "--", *_MADE_OF)  # fmt: skip
    days: dict[str, date] = {}
    for change in (log or "").split("\x01")[1:]:
        day, *files = change.replace("\n", "").split("\0")
        for file in files:
            if file:
                days.setdefault(file, date.fromisoformat(day))
    return days


def git(root: Path, *arguments: str) -> str | None:
    """Return what git prints, or None when it fails or is not here."""
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            cwd=root,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
