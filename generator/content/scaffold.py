"""Create an entry of `data/`, or a calculator, from templates whose comments guide the writer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.content.collections import COLLECTIONS, Collection
from generator.content.consistency import reserved
from generator.content.models import ID, RESERVED

#: The kinds that can be created, and the folder of each.
KINDS = {one.schema: one.name for one in COLLECTIONS if one.scaffold}
_COLLECTIONS = {one.schema: one for one in COLLECTIONS if one.scaffold}


#: The kind that is no file of `data/` alone.
CALCULATOR = "calculator"


def create(data: Path, kind: str, identifier: str, today: date) -> Path:
    """Write the template of a new entry and return its path.

    Raises ValueError, with a French sentence, for a bad id or an entry that exists.
    """
    collection = _COLLECTIONS[kind]
    identifier = collection.new_name(identifier, today)
    path = data / KINDS[kind] / f"{identifier}.yaml"
    refuse(identifier, path, collection)
    path.parent.mkdir(exist_ok=True)
    path.write_text(_filled(f"{kind}.yaml.j2", identifier, today), "utf-8")
    return path


def create_calculator(root: Path, identifier: str, today: date) -> list[Path]:
    """Write the files of a new calculator under `root`, the project; return their paths.

    It has a place in every list, and stays `À écrire` until each of them is written. Raises
    ValueError, with a French sentence, for a bad id or a calculator that exists.
    """
    made = {
        f"calculators/{identifier}.py": "calculator.py.j2",
        f"data/rules/{identifier}.yaml": "rule.yaml.j2",
        f"data/cases/{identifier}.yaml": "cases.yaml.j2",
    }
    for name in made:
        refuse(identifier, root / name)
    door = f"      - id: {identifier}\n        label: À écrire\n        calculator: {identifier}\n"
    query = f"- {{ query: {identifier.replace('_', ' ')}, page: /simulateurs/{identifier}/ }}\n"
    added = {
        "data/journeys.yaml": door,
        "generator/pages/examples.yaml": f"{identifier}:\n  - {{ au: {today} }}\n",
        "tests/search.yaml": query,
    }
    for name, template in made.items():
        (root / name).write_text(_filled(template, identifier, today), "utf-8")
    for name, text in added.items():
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(text)
    names = root / "calculators" / "__init__.py"
    text = names.read_text("utf-8")
    end = text.index(")\n", text.index("_NAMES = ("))
    names.write_text(f'{text[:end]}    "{identifier}",\n{text[end:]}', "utf-8")
    return [names, *(root / name for name in (*made, *added))]


def refuse(identifier: str, path: Path, collection: Collection | None = None) -> None:
    """Raise ValueError, with a French sentence, for a bad id or a file that exists.

    `collection` is the kind of the file, for those that are not named by an id.
    """
    refuse_name(identifier, collection)
    if path.exists():
        shown = "/".join(path.parts[-3:] if path.suffix == ".yaml" else path.parts[-2:])
        raise ValueError(f"{shown} existe déjà. Modifiez-le.")


def refuse_name(identifier: str, collection: Collection | None = None) -> None:
    """Raise ValueError, with a French sentence, for a bad id."""
    if collection and not collection.named(identifier):
        raise ValueError(f"« {identifier} » ne convient pas : {collection.naming}.")
    if not collection and not ID.match(identifier):
        raise ValueError(
            f"« {identifier} » ne convient pas : minuscules sans accent, chiffres et « _ », "
            "comme pass_iae."
        )
    if RESERVED.match(identifier):
        raise ValueError(reserved(identifier))


def _filled(template: str, identifier: str, today: date) -> str:
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - the output is YAML or Python
    )
    return templates.get_template(template).render(id=identifier, today=today)
