"""Create an entry of `data/` from a template whose comments say what to write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.content.collections import COLLECTIONS
from generator.content.models import ID

#: What can be created, and the folder it goes to.
KINDS = {one.schema: one.name for one in COLLECTIONS if one.scaffold}


def create(data: Path, kind: str, identifier: str, today: date) -> Path:
    """Write the template of a new entry and return its path.

    Raises ValueError, with a French sentence, for a bad id or an entry that exists.
    """
    if not ID.match(identifier):
        raise ValueError(
            f"« {identifier} » ne convient pas : minuscules sans accent, chiffres et « _ », "
            "comme pass_iae."
        )
    path = data / KINDS[kind] / f"{identifier}.yaml"
    if path.exists():
        raise ValueError(f"data/{KINDS[kind]}/{identifier}.yaml existe déjà. Modifiez-le.")
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - the output is YAML
    )
    path.write_text(templates.get_template(f"{kind}.yaml.j2").render(today=today), "utf-8")
    return path
