"""The types of the models say which text is prose, which is Markdown, and which names a thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.content import load, models
from generator.content.collections import COLLECTIONS
from generator.content.shapes import Shape, shape_of, walk

#: Texts without a length or a form that are not ours to write, or that hold no sentence.
NOT_PROSE = {
    *("quote", "text", "nota", "acronym", "website", "contact", "code", "article", "value"),
    *("email", "courriel", "nom"),
}
#: The longest name of a thing.
NAME = 120


def fields(shape: Shape) -> Iterator[tuple[str, Shape, dict[str, Any]]]:
    """Yield each field of a model and of those that it holds: name, shape, JSON Schema."""
    document = shape.model.model_json_schema() if shape.model else {}
    for name, inner in shape.fields.items():
        if shape.model and name in document.get("properties", {}):
            yield f"{shape.model.__name__}.{name}", inner, document["properties"][name]
        for below in (inner, inner.each):
            if below:
                yield from fields(below)


def lines(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the schemas of the texts that one place accepts."""
    if schema.get("type") == "string":
        yield schema
    for inner in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), schema.get("items")):
        if inner:
            yield from lines(inner)


def test_every_text_is_prose_or_a_name() -> None:
    """A text that is longer than a name is marked as prose: what ages is looked for in it."""
    seen = set()
    for collection in COLLECTIONS:
        for name, shape, schema in fields(shape_of(collection.model)):
            texts = [one for one in (shape, shape.each) if one and one.text]
            for text, described in zip(texts, lines(schema), strict=False):
                seen.add(name)
                bounded = {"pattern", "enum", "const", "format"} & {*described}
                short = bounded or described.get("maxLength", NAME + 1) <= NAME
                assert text.prose or short or name.partition(".")[2] in NOT_PROSE, name
    assert {"Fact.answer", "Fact.detail", "Change.before", "Dated.note", "OpenedByHand.why"} & seen
    assert len(seen) > 60


def test_the_marks_of_the_models_reach_every_level() -> None:
    """In lists, in mappings, in unions and in optional fields."""
    shape = shape_of(models.RuleFile)
    note = shape.fields["parameters"].each
    assert note
    values = note.fields["values"].each
    assert values
    assert values.fields["note"].prose
    assert values.fields["note"].prose.markdown
    assert values.fields["source"].fields["title"].text
    assert values.fields["source"].fields["title"].prose is None


def test_no_text_of_the_data_is_without_a_shape(content: load.Content) -> None:
    """Every value that was read is expected somewhere in the models."""
    for collection in COLLECTIONS:
        for path, document in content.documents.items():
            if path.startswith(collection.path("").removesuffix("/.yaml")):
                for where, value, shape in walk(document.value, shape_of(collection.model)):
                    assert not isinstance(value, str) or shape, (path, where)
