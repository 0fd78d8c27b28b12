"""What the published branch holds, for whoever compares a proposal with it."""

from __future__ import annotations

from pathlib import Path

from generator.content.last_changes import git


def base(root: Path, branch: str) -> str | None:
    """Return the last commit of the published branch that this proposal starts from, or None."""
    for name in (f"origin/{branch}", branch):
        if found := git(root, "merge-base", "HEAD", name):
            return found.strip()
    found = git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    return found.strip() if found else None
