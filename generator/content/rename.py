"""Give an entry another name: its file, all that names it in `data/` and `docs/`, its former address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from generator.content import scaffold
from generator.content.collections import COLLECTIONS
from generator.content.references import own_cases
from generator.content.validation import near
from generator.content.written_pages import address
from generator.yaml_files import formatter
from generator.yaml_files.document import Path_
from generator.yaml_files.reader import read

REDIRECTS = "data/redirects.yaml"


@dataclass(frozen=True, slots=True)
class Named:
    """What names the entries of a kind: links of that scheme, these keys, the elements of these lists."""

    scheme: str | None = None
    keys: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()


#: By the schema of their files. The names of rules, structures and simulators are in the code too.
KINDS = {
    "term": Named("terme", frozenset({"term"}), frozenset({"related", "terms"})),
    "network": Named("reseau", lists=frozenset({"networks"})),
    "directory_entry": Named(keys=frozenset({"directory"})),
    "news": Named("actualite"),
    "portrait": Named(),
}
_COLLECTIONS = {one.schema: one for one in COLLECTIONS}


def rename(
    root: Path, kind: str, old: str, new: str, calculators: Mapping[str, ModuleType]
) -> list[str]:
    """Rename an entry of the project `root`; return the paths of the files that change.

    Raises ValueError, with a French sentence, for an entry that does not exist or a name that cannot be.
    """
    collection = _COLLECTIONS[kind]
    path, target = (root / collection.path(name) for name in (old, new))
    if not path.exists():
        known = {one.stem for one in path.parent.glob("*.yaml")}
        raise ValueError(f"{collection.path(old)} n'existe pas.{near(old, known)}")
    scaffold.refuse(new, target, collection)
    rule_case = kind == "term" and old not in own_cases(calculators)
    changed = {}
    for file in _files(root):
        text = file.read_bytes().decode("utf-8")
        places = _places(file, text, KINDS[kind], old, rule_case=rule_case)
        renamed = _put(text, sorted({*places}), old, new)
        for page in collection.pages:
            was, now = (page.format(name).removesuffix(".md") for name in (old, new))
            renamed = re.sub(rf"(?<![\w-]){re.escape(was)}(?=\.md|/|$|[\s#\"')\]}}])", now, renamed)
        if renamed != text:
            changed[file] = renamed
    for file, text in changed.items():
        file.write_bytes(text.encode())
    path.rename(target)
    addresses = [[address(page.format(name)) for name in (old, new)] for page in collection.pages]
    moved = _redirected((root / REDIRECTS).read_text("utf-8"), addresses)
    (root / REDIRECTS).write_text(moved, "utf-8")
    shown = {target if file == path else file for file in (*changed, path, root / REDIRECTS)}
    return sorted(file.relative_to(root).as_posix() for file in shown)


def left_over(root: Path, kind: str, old: str) -> Iterator[str]:
    """Yield `file:line` for each place of the code and the tests that still leads to the entry."""
    named = [page.format(old).removesuffix(".md") for page in _COLLECTIONS[kind].pages]
    if scheme := KINDS[kind].scheme:
        named.append(f"{scheme}:{old}")
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, named))})(?![\w-])")
    for folder in ("calculators", "generator", "tests"):
        for file in sorted((root / folder).rglob("*")):
            if file.suffix not in {".py", ".yaml", ".j2", ".mjs"} or "mistakes" in file.parts:
                continue
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                if pattern.search(line):
                    yield f"{file.relative_to(root).as_posix()}:{number}"


def _files(root: Path) -> Iterator[Path]:
    for file in sorted((root / "data").rglob("*.yaml")):
        # The former addresses say what was: they are changed apart.
        if file != root / REDIRECTS and file.parent.name != "articles":
            yield file
    yield from sorted((root / "docs").rglob("*.md"))
    if (root / "mkdocs.yml").exists():
        yield root / "mkdocs.yml"


def _places(file: Path, text: str, named: Named, old: str, *, rule_case: bool) -> Iterator[int]:
    """Yield where the name of the entry starts in a text, each time that it is meant."""
    if named.scheme:
        for found in re.finditer(rf"\]\(\s*{named.scheme}:({re.escape(old)})(?![\w-])", text):
            yield found.start(1)
    if rule_case:
        for found in re.finditer(rf"\]\(\s*regle:\w+\.\w+\.({re.escape(old)})(?![\w-])", text):
            yield found.start(1)
    if file.suffix != ".yaml" or file.parent.name in {"cases", "schemas"}:
        return
    document = read(file, file)
    lines = [0, *(found.end() for found in re.finditer("\n", document.text))]

    def start(place: tuple[int, int]) -> int:
        # A quote may come first.
        return document.text.index(old, lines[place[0] - 1] + place[1] - 1)

    if document.text != text:
        raise ValueError(f"{file} a des lettres écrites en deux signes. Lancez « format ».")
    for where, place in document.values.items():
        if _means(where, named) and _at(document.value, where) == old:
            yield start(place)
    for where, place in document.keys.items():
        if rule_case and file.parent.name == "rules" and where[-2:] == ("value", old):
            yield start(place)


def _means(where: Path_, named: Named) -> bool:
    if not where:
        return False
    return where[-1] in named.keys or (
        isinstance(where[-1], int) and len(where) > 1 and where[-2] in named.lists
    )


def _at(value: object, where: Path_) -> object:
    for part in where:
        value = value[part]  # type: ignore[index]
    return value


def _put(text: str, places: list[int], old: str, new: str) -> str:
    for place in reversed(places):
        text = text[:place] + new + text[place + len(old) :]
    return text


def _redirected(text: str, addresses: list[list[str]]) -> str:
    """Return `data/redirects.yaml` with new former addresses; each leads to a page in one step."""
    data = formatter.loaded(text)
    entries = list(data["redirects"] or ())
    for old, new in addresses:
        entries = [one for one in entries if one["old"] != new]
        for one in entries:
            if one["new"] == old:
                one["new"] = new
        entry = CommentedMap(old=old, new=new)
        entry.fa.set_flow_style()
        entries.append(entry)
    data["redirects"] = CommentedSeq(entries)
    return formatter.dumped(data)
