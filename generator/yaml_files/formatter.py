"""Lay out a YAML file of `data/` in one way: indents, lists, ends of lines. Comments stay.

ruamel.yaml reads and writes YAML with its comments, its quotes and its folded texts; PyYAML, which
checks the files, forgets them.
"""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.emitter import Emitter
from ruamel.yaml.representer import RoundTripRepresenter

#: Texts keep the line ends of who wrote them: no line is folded here.
_WIDTH = 1_000_000


class _Emitter(Emitter):
    """Write a space inside braces: `{ article: L5132-1 }`."""

    def write_indicator(self, indicator: str, *arguments: Any, **options: Any) -> None:
        empty = indicator == "}" and self.column == getattr(self, "opened", None)
        space = " " if indicator == "}" and not empty else ""
        super().write_indicator(space + indicator, *arguments, **options)
        if indicator == "{":
            self.stream.write(" ")
            self.column += 1
            self.opened = self.column


class _Representer(RoundTripRepresenter):
    """Write `null` for an unknown value, where YAML would leave an empty place."""


_Representer.add_representer(
    type(None),
    lambda representer, _: representer.represent_scalar("tag:yaml.org,2002:null", "null"),
)


def formatted(text: str) -> str:
    """Return the YAML `text` in the layout of `data/`; it must be one that `reader` accepts."""
    return dumped(loaded(text))


def loaded(text: str) -> Any:
    """Return the content of the YAML `text` with its comments, for `dumped` to write."""
    return _yaml().load(text.replace("\r\n", "\n"))


def dumped(data: Any) -> str:
    """Return the YAML of `data` in the layout of `data/`."""
    out = io.StringIO()
    _yaml().dump(data, out)
    lines = (line.rstrip(" ") for line in out.getvalue().split("\n"))
    return "\n".join(lines).rstrip("\n") + "\n"


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Emitter = _Emitter
    yaml.Representer = _Representer
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.preserve_quotes = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.width = _WIDTH
    return yaml
