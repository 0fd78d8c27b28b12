"""Give an entry another name, or take it away: its file, all that names it, its former address.

Nothing is written but by `rename`: the workshop, which has no disk, proposes the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from generator.content import load, scaffold
from generator.content.collections import COLLECTIONS, Collection, of
from generator.content.consistency import get, value_at
from generator.content.labels import KEYS
from generator.content.references import own_cases
from generator.content.shapes import Shape, shape_of
from generator.content.validation import near
from generator.content.written_pages import address
from generator.yaml_files import formatter
from generator.yaml_files.document import Document, Path_
from generator.yaml_files.reader import read_text

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


#: The files that an entry's new name, or its end, changes: their texts; None is a file that goes.
type Changed = dict[str, str | None]


def rename(
    root: Path, kind: str, old: str, new: str, calculators: Mapping[str, ModuleType]
) -> list[str]:
    """Rename an entry of the project `root`; return the paths of the files that change.

    Raises ValueError, with a French sentence, for an entry that does not exist or a name that cannot be.
    """
    changed = renamed(load.read_all(root / "data"), kind, old, new, calculators)
    for file, text in changed.items():
        if text is None:
            (root / file).unlink()
        else:
            (root / file).write_bytes(text.encode())
    return sorted(file for file, text in changed.items() if text is not None)


def renamed(
    documents: Mapping[str, Document],
    kind: str,
    old: str,
    new: str,
    calculators: Mapping[str, ModuleType],
) -> Changed:
    """Return the files that change when an entry of `documents` gets the name `new`.

    Raises ValueError as `rename` does.
    """
    collection = _of(documents, kind, old)
    was, now = collection.path(old), collection.path(new)
    scaffold.refuse_name(new, collection)
    if now in documents:
        raise ValueError(f"{now} existe déjà. Choisissez un autre nom.")
    changed = _following(documents, kind, old, new, calculators)
    text = changed.pop(was, documents[was].text)
    moved = _redirected(documents, collection, old, new)
    return {now: text, **changed, **moved, was: None}


def removed(
    documents: Mapping[str, Document],
    kind: str,
    old: str,
    instead: str,
    calculators: Mapping[str, ModuleType],
) -> Changed:
    """Return the files that change when an entry of `documents` goes.

    What named it names `instead`, another entry of its kind, and its address leads there. When
    `instead` is empty, links to it become plain words and its address leads to the list of its kind.
    Raises ValueError, with a French sentence, when something cannot do without it.
    """
    collection = _of(documents, kind, old)
    if instead == old:
        raise ValueError("Choisissez une autre fiche que celle qui part.")
    if instead:
        _of(documents, kind, instead)
    was, named = collection.path(old), KINDS[kind]
    title = _title(documents[was])
    without: dict[str, Document] = {}
    for path, document in documents.items():
        if path in {was, REDIRECTS}:
            continue
        if path.startswith("data/rules/") and _is_case(document, kind, old, calculators):
            raise ValueError(
                f"« {_title(document)} » a une valeur pour « {title} » : cette règle ne peut pas s'en "
                "passer. Changez-la d'abord."
            )
        if not instead and any(
            at and at[-1] in named.keys and value_at(document.value, at) == old
            for at in document.values
        ):
            raise ValueError(
                f"« {_title(document)} » ne peut pas s'en passer. Choisissez la fiche qui la remplace."
            )
        lists = _listing(document, named, old, instead, path == collection.path(instead))
        for at in sorted(lists, key=str):
            if len(_listed(document.value, at)) == 1 and _is_required(path, at):
                raise ValueError(
                    f"Retirer « {title} » laisserait la liste « {KEYS[str(at[-1])].title} » de "
                    f"« {_title(document)} » vide : il lui faut au moins une fiche. Choisissez celle qui "
                    "remplace la fiche qui part, ou ajoutez-en d'abord une autre à cette liste."
                )
        without[path] = _unlisted(document, lists, old)
    if instead:
        changed = _following(without, kind, old, instead, calculators)
    else:
        links = re.compile(_LINK.format("|".join(_leading_to(collection, named, old))))
        changed = {}
        for path, document in without.items():
            text = links.sub(lambda found: found["words"] or title, document.text)
            if text != document.text:
                changed[path] = text
    changed |= {
        path: one.text
        for path, one in without.items()
        if one is not documents[path] and path not in changed
    }
    return {**changed, **_redirected(documents, collection, old, instead or "index"), was: None}


#: A link of Markdown to one of several targets.
_LINK = r"\[(?P<words>(?:[^\[\]]|\[[^\]]*\])*)\]\(\s*(?:{})(?:#[\w-]*)?(?:\s+\"[^\"]*\")?\s*\)"


def _leading_to(collection: Collection, named: Named, name: str) -> Iterator[str]:
    """Yield patterns of the targets of links that lead to an entry."""
    if named.scheme:
        yield f"{named.scheme}:{re.escape(name)}"
    for page in collection.pages:
        yield rf"(?:page:|(?:\.\./)*|/){re.escape(page.format(name).removesuffix('.md'))}(?:\.md|/)?"


def _of(documents: Mapping[str, Document], kind: str, name: str) -> Collection:
    """Return the kind of an entry, once it is known to exist."""
    collection = _COLLECTIONS[kind]
    path = collection.path(name)
    if path not in documents:
        folder = path.rpartition("/")[0]
        known = {Path(one).stem for one in documents if one.startswith(f"{folder}/")}
        raise ValueError(f"{path} n'existe pas.{near(name, known)}")
    return collection


def _following(
    documents: Mapping[str, Document],
    kind: str,
    old: str,
    new: str,
    calculators: Mapping[str, ModuleType],
) -> Changed:
    """Return the texts in which what named `old` names `new`."""
    rule_case = kind == "term" and old not in own_cases(calculators)
    changed: Changed = {}
    for file, document in documents.items():
        # The former addresses say what was: they are changed apart. The words of the law never are.
        if file == REDIRECTS or file.startswith("data/articles/"):
            continue
        places = _places(file, document, KINDS[kind], old, rule_case=rule_case)
        text = _put(document.text, sorted({*places}), old, new)
        for page in _COLLECTIONS[kind].pages:
            was, now = (page.format(name).removesuffix(".md") for name in (old, new))
            text = re.sub(rf"(?<![\w-]){re.escape(was)}(?=\.md|/|$|[\s#\"')\]}}])", now, text)
        if text != document.text:
            changed[file] = text
    return changed


def _is_case(
    document: Document, kind: str, name: str, calculators: Mapping[str, ModuleType]
) -> bool:
    """Tell whether a rule has values for a case that only this term names."""
    return (
        kind == "term"
        and name not in own_cases(calculators)
        and any(at[-2:] == ("value", name) for at in document.keys)
    )


def _listing(document: Document, named: Named, old: str, instead: str, itself: bool) -> set[Path_]:
    """Return where the lists are that hold `old`, and that `instead` cannot take its place in.

    It cannot in a list that has it already, nor in the file of `instead` itself.
    """
    lists = {
        at[:-1]
        for at in document.values
        if at and _means(at, Named(lists=named.lists)) and value_at(document.value, at) == old
    }
    return {at for at in lists if not instead or itself or instead in _listed(document.value, at)}


def _unlisted(document: Document, lists: set[Path_], old: str) -> Document:
    """Return a document whose `lists` do not hold `old` any more."""
    if not lists:
        return document
    data = formatter.loaded(document.text)
    for at in lists:
        held = _listed(data, at)
        held.remove(old)
        if not held:
            del value_at(data, at[:-1])[at[-1]]
    return read_text(formatter.dumped(data), document.path)


def _is_required(path: str, at: Path_) -> bool:
    """Tell whether the model of a file asks for the list at `at`."""
    collection = of(path)
    shape: Shape | None = shape_of(collection.model) if collection else None
    for part in at[:-1]:
        shape = shape and (shape.fields.get(str(part)) or shape.each)
    model = shape and shape.model
    return bool(model and model.model_fields[str(at[-1])].is_required())


def _title(document: Document) -> str:
    """Return what a file is called: an entry of the directory has a name, others have a title."""
    title = get(document.value, "title") or get(document.value, "nom")
    return str(title or document.path)


def _listed(value: object, at: Path_) -> list[Any]:
    found = value_at(value, at)
    assert isinstance(found, list)
    return found


def left_over(root: Path, kind: str, old: str) -> Iterator[str]:
    """Yield `file:line` for each place of the code and the tests that still leads to the entry."""
    named = [page.format(old).removesuffix(".md") for page in _COLLECTIONS[kind].pages]
    if scheme := KINDS[kind].scheme:
        named.append(f"{scheme}:{old}")
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, named))})(?![\w-])")
    for folder in ("calculators", "data/cases", "generator", "tests"):
        for file in sorted((root / folder).rglob("*")):
            if file.suffix not in {".py", ".yaml", ".j2", ".mjs"} or "mistakes" in file.parts:
                continue
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                if pattern.search(line):
                    yield f"{file.relative_to(root).as_posix()}:{number}"


def _places(
    file: str, document: Document, named: Named, old: str, *, rule_case: bool
) -> Iterator[int]:
    """Yield where the name of the entry starts in a text, each time that it is meant."""
    text = document.text
    if named.scheme:
        for found in re.finditer(rf"\]\(\s*{named.scheme}:({re.escape(old)})(?![\w-])", text):
            yield found.start(1)
    if rule_case:
        for found in re.finditer(rf"\]\(\s*regle:\w+\.\w+\.({re.escape(old)})(?![\w-])", text):
            yield found.start(1)
    lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def start(place: tuple[int, int]) -> int:
        # A quote may come first.
        return text.index(old, lines[place[0] - 1] + place[1] - 1)

    for where, place in document.values.items():
        if _means(where, named) and value_at(document.value, where) == old:
            yield start(place)
    for where, place in document.keys.items():
        if rule_case and file.startswith("data/rules/") and where[-2:] == ("value", old):
            yield start(place)


def _means(where: Path_, named: Named) -> bool:
    if not where:
        return False
    return where[-1] in named.keys or (
        isinstance(where[-1], int) and len(where) > 1 and where[-2] in named.lists
    )


def _put(text: str, places: list[int], old: str, new: str) -> str:
    for place in reversed(places):
        text = text[:place] + new + text[place + len(old) :]
    return text


def _redirected(
    documents: Mapping[str, Document], collection: Collection, old: str, new: str
) -> Changed:
    """Return `data/redirects.yaml` with new former addresses; each leads to a page in one step."""
    data = formatter.loaded(documents[REDIRECTS].text)
    entries = list(data["redirects"] or ())
    for page in collection.pages:
        was, now = address(page.format(old)), address(page.format(new))
        entries = [one for one in entries if one["old"] != now]
        for one in entries:
            if one["new"] == was:
                one["new"] = now
        entry = CommentedMap(old=was, new=now)
        entry.fa.set_flow_style()
        entries.append(entry)
    data["redirects"] = CommentedSeq(entries)
    return {REDIRECTS: formatter.dumped(data)}
