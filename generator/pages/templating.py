"""The templates of the pages, with the filters and the values that they all may use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from calculators.dates import french_date
from calculators.typography import french
from generator.content.load import shown_date
from generator.content.value_names import value_text
from generator.pages.names import period


class _Compiled(BytecodeCache):
    """The code of the templates: compiling them takes longer than making the pages of a whole site."""

    def __init__(self) -> None:
        self.code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class Templates:
    """`templates/NAME.md.j2` make pages, `templates/NAME.html.j2` blocks of HTML in them."""

    def __init__(
        self, filters: Mapping[str, Callable[..., str]], values: Mapping[str, Any]
    ) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(Path(__file__).with_name("templates")),
            undefined=StrictUndefined,
            trim_blocks=False,
            autoescape=False,  # noqa: S701 - the output is Markdown, and data holds no HTML
            bytecode_cache=_COMPILED,
            optimized=False,  # what a filter makes of a constant is that of one content
        )
        # An order may have a meaning.
        self.environment.policies["json.dumps_kwargs"] = {"sort_keys": False}
        self.environment.filters |= {
            "day": french_date,
            "shown_date": shown_date,
            "signed": lambda number: f"{number:+}".replace("-", "−").replace(".", ","),
            "thousands": lambda number: round(number / 1000) * 1000,
            "french": french,
            "value": value_text,
            "period": period,
            "lower_first": lambda text: text[:1].lower() + text[1:],
            **filters,
        }
        self.environment.globals |= values

    def markdown(self, template: str, **values: Any) -> str:
        """Return the Markdown of a page."""
        return self.environment.get_template(f"{template}.md.j2").render(**values)

    def html(self, template: str, **values: Any) -> str:
        """Return one block of HTML: no blank line, which would end it for some Markdown renderers."""
        text = self.environment.get_template(f"{template}.html.j2").render(**values)
        return re.sub(r"\n\s*\n+", "\n", text)
