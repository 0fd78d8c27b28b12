"""The shape of the values that a model accepts, read off its types: where prose and Markdown are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeAliasType, Union, get_args, get_origin

from pydantic import BaseModel

from generator.yaml_files.document import Path_


@dataclass(frozen=True, slots=True)
class Prose:
    """The mark of a text made of sentences; `markdown` when it may hold links and lists."""

    markdown: bool = False


@dataclass(slots=True)
class Shape:
    """The values that one place of a file accepts; those of all its members, for a union."""

    model: type[BaseModel] | None = None
    #: Of a mapping whose keys are known.
    fields: dict[str, Shape] = field(default_factory=dict)
    #: Of the elements of a list, or of the values of a mapping with any keys.
    each: Shape | None = None
    text: bool = False
    prose: Prose | None = None


@cache
def shape_of(annotation: Any) -> Shape:
    """Return the shape of a model, or of the annotation of one of its fields."""
    shape = Shape()
    _add(shape, annotation)
    return shape


def _add(shape: Shape, annotation: Any) -> None:
    origin, inner = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, TypeAliasType):
        _add(shape, annotation.__value__)
    elif origin is Annotated:
        _add(shape, inner[0])
        shape.prose = next((one for one in inner[1:] if isinstance(one, Prose)), shape.prose)
    elif origin in {Union, UnionType}:
        for member in inner:
            _add(shape, member)
    elif origin in {list, dict}:
        shape.each = shape_of(inner[-1])
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        shape.model = annotation
        for name, info in annotation.model_fields.items():
            held: Any = info.annotation
            for mark in info.metadata:
                held = Annotated[held, mark]
            shape.fields.setdefault(name, shape_of(held))
    elif annotation is str:
        shape.text = True


def walk(
    value: object, shape: Shape | None, where: Path_ = ()
) -> Iterator[tuple[Path_, object, Shape | None]]:
    """Yield every value of a document with its path and its shape, None where none is expected."""
    yield where, value, shape
    if isinstance(value, dict):
        for name, inner in value.items():
            of = (shape.fields.get(name) or shape.each) if shape else None
            yield from walk(inner, of, (*where, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from walk(inner, shape.each if shape else None, (*where, position))
