"""What the published branch holds, for whoever compares a proposal with it."""

from __future__ import annotations

import subprocess
from pathlib import Path


def base(root: Path, branch: str) -> str | None:
    """Return the last commit of the published branch that this proposal starts from, or None."""
    for name in (f"origin/{branch}", branch):
        if found := git(root, "merge-base", "HEAD", name):
            return found.strip()
    found = git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    return found.strip() if found else None


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
