"""The pages that a change takes away: their addresses are in the links of others, and must lead on."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from generator.content import collections
from generator.content.last_changes import git
from generator.content.load import Content
from generator.content.written_pages import address
from generator.review import published
from generator.yaml_files.document import Mistake


def gone(root: Path, content: Content) -> list[Mistake]:
    """Return a mistake for each page whose file is no longer there and that no redirect replaces.

    What git holds at the last commit of the published branch counts as published. Without git, or
    outside a repository, nothing is known to be gone.
    """
    base = published.base(root, content.site.branch)
    if base is None:
        return []
    redirected = {one.old for one in content.redirects.redirects}
    listed = git(root, "ls-tree", "-r", "-z", "--name-only", base, "data", "docs") or ""
    mistakes = []
    for file in listed.split("\0"):
        if not file or (root / file).exists():
            continue
        for old in _addresses(file):
            if old in redirected or _made_again(root, old):
                continue
            mistakes.append(
                Mistake(
                    Path("data/redirects.yaml"),
                    1,
                    1,
                    f"{file} n'est plus là, et des liens mènent encore à sa page, {old}. Dites où ils "
                    "mènent maintenant : ajoutez à ce fichier "
                    f"« - {{ old: {old}, new: {_proposed(root, file, old)} }} ». Si la fiche a changé "
                    "de nom, remettez-la, puis lancez « build_site.py rename ».",
                )
            )
    return mistakes


def _addresses(file: str) -> Iterator[str]:
    collection = collections.of(file)
    if collection and collection.files and collection.name != "rules":
        for page in collection.pages:
            yield address(page.format(Path(file).stem))
    elif collection and collection.name == "rules":
        yield address(collection.pages[0].format(Path(file).stem))
    elif file.startswith("docs/") and file.endswith(".md"):
        yield address(file.removeprefix("docs/"))


def _made_again(root: Path, old: str) -> bool:
    """Tell whether a page of `docs/` has that address still, under another name of file."""
    page = root / "docs" / old.rstrip("/")
    return page.with_suffix(".md").exists() or (page / "index.md").exists()


def _proposed(root: Path, file: str, old: str) -> str:
    """Return the address of the page that is most like it, else that of the list of its kind."""
    folder = (root / file).parent
    others = [one.stem for one in folder.glob(f"*{Path(file).suffix}")] if folder.is_dir() else []
    parent = old.rstrip("/").rpartition("/")[0]
    if close := get_close_matches(Path(file).stem, others, 1):
        return f"{parent}/{close[0]}/" if parent else f"{close[0]}/"
    return f"{parent}/" if file.startswith("data/") else "plan-du-site/"
