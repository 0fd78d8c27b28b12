"""Write values into the YAML of `data/`: its comments, its order and its quotes stay.

A form holds texts. Its JSON Schema gives the type of each: a day, a number, yes or no. A text that does
not read as its type stays as it was typed, for the check to refuse.
"""

from __future__ import annotations

import difflib
import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
)
from ruamel.yaml.tokens import CommentToken

from generator.content.models import SOURCE_KINDS
from generator.yaml_files import formatter
from generator.yaml_files.document import Path_
from generator.yaml_files.reader import read_text

WIDTH = 100  # columns, beyond which a text goes to the next line
_ROOM = 24  # columns that a key and its indent may take
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?\Z", re.ASCII)
_SPACES = re.compile("[ \u00a0\u202f]")
#: A line that starts so is no longer the paragraph that it continues.
_MARKS = re.compile(r"([-+*#>]|[0-9]+[.)])(\s|$)")
_ITEM = re.compile(r"\s*(?:[-+*]|[0-9]+[.)])\s+")

type Schema = dict[str, Any]


class File:
    """The text of a file, into which values are put."""

    def __init__(self, text: str) -> None:
        """`text` is empty for a new file, else a text that the reader accepts."""
        self.data = formatter.loaded(text) if text else CommentedMap()

    def put(
        self, path: Path_, value: Any, schema: Schema, definitions: Schema, order: list[str]
    ) -> None:
        """Put a value at a path; nothing takes it away.

        A new key comes where `order`, that of the schema, has it.
        """
        *way, last = path
        holders = [self.data]
        for part, inner in zip(way, path[1:], strict=True):
            if isinstance(part, str) and not holders[-1].get(part):
                holders[-1][part] = CommentedSeq() if isinstance(inner, int) else CommentedMap()
            holders.append(holders[-1][part])
        tails = [_take_tail(holder) for holder in holders]
        _Writer(definitions).put(holders[-1], last, value, schema, order)
        for holder, tail in zip(reversed(holders), reversed(tails), strict=True):
            _give_tail(holder, tail)

    def text(self) -> str:
        """Return the text."""
        return formatter.dumped(self.data)


class Branches:
    """The parts of a JSON Schema that values follow; `definitions` are its `$defs`."""

    def __init__(self, definitions: Schema) -> None:
        self.definitions = definitions

    def branch(self, schema: Schema, value: Any) -> Schema:
        """Return the part of a schema that a value follows."""
        branches = list(self.all(schema))
        if isinstance(value, dict):
            objects = [one for one in branches if one.get("type") == "object"]
            for one in objects:
                if {*SOURCE_KINDS} & {*one.get("properties", {})} & {*value}:
                    return one
            return objects[-1] if objects else {}
        if isinstance(value, list):
            return next((one for one in branches if one.get("type") == "array"), {})
        return next((one for one in branches if one.get("type") == "string"), {})

    def inner(self, branch: Schema, key: str) -> Schema:
        """Return the schema of a value of a mapping: of a known key, or of any."""
        known: dict[str, Schema] = branch.get("properties", {})
        if key in known:
            return known[key]
        each: Schema = branch.get("additionalProperties") or {}
        cases: dict[str, Schema] = branch.get("patternProperties", {"": each})
        return next(iter(cases.values()))

    def all(self, schema: Schema) -> Iterator[Schema]:
        """Yield the parts that a schema leaves the choice of."""
        if "$ref" in schema:
            yield from self.all(self.definitions[schema["$ref"].rpartition("/")[2]])
            return
        inner = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
        for one in inner:
            yield from self.all(one)
        if not inner:
            yield schema


class _Writer(Branches):
    def __init__(self, definitions: Schema) -> None:
        super().__init__(definitions)
        #: The cases whose values are texts, even « 1 »; None is a value without case.
        self.texts: set[str | None] = set()

    def put(
        self, holder: Any, key: Any, value: Any, schema: Schema, order: Sequence[str] = ()
    ) -> None:
        """Put a value into a mapping or a list, in the place of the old one."""
        tail = _take_tail(holder)
        there = key in holder if isinstance(holder, dict) else key < len(holder)
        old = holder[key] if there else None
        if _empty(value):
            if there and not _empty(old):  # a value that is written as empty stays
                del holder[key]
        else:
            node = self.merged(old, value, schema, flow=bool(holder.fa.flow_style()))
            if there and node is not old:
                holder[key] = node
            elif not there and isinstance(holder, CommentedMap):
                before = [_rank(order, one) <= _rank(order, key) for one in holder]
                holder.insert(
                    len(before) - before[::-1].index(True) if any(before) else 0, key, node
                )
            elif not there:
                holder.append(node)
        _give_tail(holder, tail)

    def merged(self, old: Any, value: Any, schema: Schema, *, flow: bool) -> Any:
        """Return `old` with the differences of `value`: itself, changed in place, where possible."""
        branch = self.branch(schema, value)
        if isinstance(value, dict) and isinstance(old, CommentedMap):
            kinds = {*SOURCE_KINDS} & {*branch.get("properties", {})}
            if kinds and not kinds & {*old}:
                return self.fresh(value, schema, flow=flow)
            before = _key(old)
            self.merge_map(old, value, branch)
            long = old.fa.flow_style() and _width(old) > WIDTH + _ROOM and _key(old) != before
            return self.fresh(value, schema, flow=flow) if long else old
        if isinstance(value, list) and isinstance(old, CommentedSeq):
            self.merge_list(old, value, branch.get("items", {}))
            return old
        if _equal(old, value) or _equal(old, self.typed(value, schema)):
            return old
        return self.fresh(value, schema, old, flow=flow)

    def merge_map(self, old: CommentedMap, value: dict[str, Any], branch: Schema) -> None:
        """Change a mapping in place."""
        known = branch.get("properties", {})
        tail = _take_tail(old)
        for key in [key for key in old if key not in value and not _empty(old[key])]:
            del old[key]
        for key, one in value.items():
            self.put(old, key, one, self.inner(branch, key), list(known))
        _give_tail(old, tail)

    def merge_list(self, old: CommentedSeq, value: list[Any], schema: Schema) -> None:
        """Change a list in place: the elements that both have stay as they are written."""
        tail = _take_tail(old)
        for one in old:
            values = one.get("value") if isinstance(one, dict) else None
            cases = values.items() if isinstance(values, dict) else [(None, values)]
            self.texts |= {case for case, inner in cases if isinstance(inner, str)}
        wanted = [self.typed(one, schema) for one in value]
        matcher = difflib.SequenceMatcher(
            None, [_key(one) for one in old], [_key(one) for one in wanted], autojunk=False
        )
        for kind, i1, i2, j1, j2 in reversed(matcher.get_opcodes()):
            if kind == "equal":
                continue
            shared = min(i2 - i1, j2 - j1)
            for index in reversed(range(i1 + shared, i2)):
                del old[index]
            for index in reversed(range(j1 + shared, j2)):
                flow = bool(old.fa.flow_style())
                old.insert(i1 + shared, self.fresh(value[index], schema, flow=flow))
            for offset in range(shared):
                self.put(old, i1 + offset, value[j1 + offset], schema)
        _give_tail(old, tail)

    def fresh(self, value: Any, schema: Schema, old: Any = None, *, flow: bool = False) -> Any:
        """Return a node for a value that was not there, laid out as the files of `data/` are."""
        branch = self.branch(schema, value)
        if isinstance(value, dict):
            known = branch.get("properties", {})
            node = CommentedMap()
            for key in sorted(value, key=lambda key: _rank(list(known), key)):
                one = value[key]
                if not _empty(one):
                    node[key] = self.fresh(one, self.inner(branch, key))
            short = "patternProperties" in branch or {*SOURCE_KINDS} & {*known} - {"url"}
            if short and _width(node) <= WIDTH - _ROOM:
                _flow(node)
            return node
        if isinstance(value, list):
            items = branch.get("items", {})
            nodes = [self.fresh(one, items) for one in value if not _empty(one)]
            sequence = CommentedSeq(nodes)
            scalars = not any(isinstance(node, dict) for node in nodes)
            if scalars and _width(sequence) <= WIDTH - _ROOM:
                _flow(sequence)
            return sequence
        typed = self.typed(value, schema)
        if not isinstance(typed, str):
            return typed
        return _text(typed, branch, old, flow=flow)

    # From a text of the form to a value

    def inner(self, branch: Schema, key: str) -> Schema:
        """Return the schema of a value of a mapping; a case that holds texts gives texts."""
        if (key == "value" and None in self.texts) or (
            key in self.texts and key not in branch.get("properties", {})
        ):
            return {"type": "string"}
        return super().inner(branch, key)

    def typed(self, value: Any, schema: Schema) -> Any:
        """Return the value of YAML for one of the form: the same shape, days and numbers read."""
        branch = self.branch(schema, value)
        if isinstance(value, dict):
            return {
                key: self.typed(one, self.inner(branch, key))
                for key, one in value.items()
                if not _empty(one)
            }
        if isinstance(value, list):
            return [self.typed(one, branch.get("items", {})) for one in value]
        if not isinstance(value, str):
            return value
        kinds = {
            "date" if one.get("format") == "date" else one.get("type") for one in self.all(schema)
        }
        text = value.strip()
        if "date" in kinds:
            try:
                return date.fromisoformat(text) if len(text) == 10 else _number(text, kinds)
            except ValueError:
                return text
        if "boolean" in kinds and text in {"true", "false"}:
            return text == "true"
        return _number(text, kinds)


def _number(text: str, kinds: set[Any]) -> Any:
    if kinds & {"number", "integer"}:
        plain = _SPACES.sub("", text).replace(",", ".")
        if match := _NUMBER.match(plain):
            return float(plain) if match[2] else int(plain)
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _empty(value: Any) -> bool:
    if isinstance(value, dict):  # as is one that is written with all its keys empty
        return all(_empty(one) for one in value.values())
    return value in (None, "", [])


def _equal(old: Any, new: Any) -> bool:
    """Tell whether two values are the same, but for the end of a text."""
    if isinstance(old, str) and isinstance(new, str):
        return unwrapped(old) == unwrapped(new)
    return type(old) is type(new) and bool(old == new)


def _key(value: Any) -> str:
    """Write a value so that equal ones are equal texts."""

    def bare(one: Any) -> Any:
        if isinstance(one, dict):
            return {key: bare(inner) for key, inner in one.items()}
        if isinstance(one, list):
            return [bare(inner) for inner in one]
        return unwrapped(one) if isinstance(one, str) else one

    return json.dumps(bare(value), sort_keys=True, default=str)


# How a text is written


def _text(text: str, branch: Schema, old: Any, *, flow: bool) -> Any:
    if isinstance(old, LiteralScalarString) or "\n" in text or _is_markdown(branch):
        kept = dict(_paragraphs(old)) if isinstance(old, str) else {}
        lines = [
            line for one in text.split("\n") for line in kept.get(one) or _wrapped(one, WIDTH - 8)
        ]
        return LiteralScalarString("\n".join(lines) + "\n")
    if isinstance(old, FoldedScalarString) or len(text) > WIDTH - _ROOM:
        return _folded(text)
    return text if _reads_plain(text, flow) else DoubleQuotedScalarString(text)


def unwrapped(text: str) -> str:
    """Return a text of Markdown with each of its paragraphs, and of its items, on one line."""
    return "\n".join(line for line, _ in _paragraphs(text))


def _paragraphs(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each paragraph or item on one line, and the lines that it is written on."""
    lines: list[str] = []
    for line in [*text.strip("\n").split("\n"), ""]:
        words = line.lstrip()
        follows = lines and lines[-1].strip() and not lines[-1].endswith(("  ", "\\"))
        if follows and words and not _MARKS.match(words):
            lines.append(line)
            continue
        if lines:
            yield " ".join([lines[0].rstrip(), *(one.strip() for one in lines[1:])]), lines
        lines = [line]


def _is_markdown(branch: Schema) -> bool:
    """Tell whether a text is Markdown, written in paragraphs, and not on one line."""
    return branch.get("contentMediaType") == "text/markdown"


def _folded(text: str) -> FoldedScalarString:
    folded: FoldedScalarString = FoldedScalarString(text)
    lines = textwrap.wrap(text, WIDTH - 8, break_long_words=False, break_on_hyphens=False)
    if " ".join(lines) == text:
        ends, place = [], 0
        for line in lines[:-1]:
            place += len(line)
            ends.append(place)
            place += 1
        # The library reads there the spaces that become ends of lines.
        folded.fold_pos = ends  # type: ignore[attr-defined]
    return folded


def _wrapped(line: str, width: int) -> list[str]:
    """Cut a long line of Markdown without a change in its meaning."""
    if len(line) <= width:
        return [line]
    item = _ITEM.match(line)
    indent = " " * len(item[0] if item else line[: len(line) - len(line.lstrip())])
    lines = textwrap.wrap(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    unsafe = any(_MARKS.match(one.lstrip()) for one in lines[1:]) or "`" in line
    return [line] if unsafe else lines


def _reads_plain(text: str, flow: bool) -> bool:
    """Tell whether the reader finds this very text without quotes."""
    written = f"a: [{text}]\n" if flow else f"a: {text}\n"
    document = read_text(written, Path("a.yaml"))
    return not document.mistakes and document.value == {"a": [text] if flow else text}


def _width(node: Any) -> int:
    if isinstance(node, dict):
        return sum(len(str(key)) + 4 + _width(one) for key, one in node.items()) + 2
    if isinstance(node, list):
        return sum(_width(one) + 2 for one in node)
    return (
        WIDTH if isinstance(node, LiteralScalarString | FoldedScalarString) else len(str(node)) + 2
    )


def _flow(node: Any) -> None:
    """Lay out a mapping or a list on one line."""
    node.fa.set_flow_style()
    for key, one in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(one, str):
            plain = _reads_plain(str(one), flow=True)
            node[key] = str(one) if plain else DoubleQuotedScalarString(one)


# The order of keys, and the comments at the end of a mapping or a list


def _rank(order: Sequence[str], key: str) -> int:
    return order.index(key) if key in order else len(order)


def _last(node: Any) -> Any:
    return next(reversed(node)) if isinstance(node, dict) else len(node) - 1


def _leaf(node: Any) -> tuple[Any, Any] | None:
    """Return the mapping or list that ends a node, and its last key: its comments are there."""
    while isinstance(node, CommentedMap | CommentedSeq) and len(node):
        key = _last(node)
        inner = node[key]
        block = isinstance(inner, CommentedMap | CommentedSeq) and not inner.fa.flow_style()
        if not block or not len(inner):
            return node, key
        node = inner
    return None


def _take_tail(node: Any) -> str:
    """Take the blank lines and the comments after a node, up to the next node."""
    found = _leaf(node)
    if not found:
        return ""
    holder, key = found
    slot = 2 if isinstance(holder, CommentedMap) else 0
    tokens = holder.ca.items.get(key)
    if not tokens or not tokens[slot]:
        return ""
    value = tokens[slot].value
    if isinstance(holder[key], LiteralScalarString | FoldedScalarString):
        head, tail = "", value
    else:
        head, _, tail = value.partition("\n")
    tokens[slot] = _comment(f"{head}\n") if head else None
    if not any(tokens):
        del holder.ca.items[key]
    return str(tail)


def _give_tail(node: Any, tail: str) -> None:
    """Put back after a node the text that `_take_tail` took."""
    found = _leaf(node)
    if not tail or not found:
        return
    holder, key = found
    in_map = isinstance(holder, CommentedMap)
    slot = 2 if in_map else 0
    tokens = holder.ca.items.setdefault(key, [None, None, None, None] if in_map else [None, None])
    if isinstance(holder[key], LiteralScalarString | FoldedScalarString):
        tokens[slot] = _comment(tail)
    else:
        head = tokens[slot].value if tokens[slot] else "\n"
        tokens[slot] = _comment(head + tail)


def _comment(text: str) -> CommentToken:
    return CommentToken(text, CommentMark(0), None)
