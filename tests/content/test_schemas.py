"""The JSON Schemas that editors read are those of the models, and every data file names its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import build_site
from generator.content import labels, load, models
from generator.content.collections import COLLECTIONS
from generator.content.schemas import first_lines, schemas
from generator.yaml_files.reader import read_text
from tests.conftest import ROOT

DATA = ROOT / "data"
MODELS = {one.schema: one.model for one in COLLECTIONS}


def test_the_written_schemas_are_those_of_the_models() -> None:
    """`data/schemas/` is what `build_site.py schema` writes, and holds nothing else."""
    written = {path.stem: path.read_text("utf-8") for path in (DATA / "schemas").iterdir()}
    assert written == schemas()


def test_the_command_writes_the_schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`schema` makes the folder if it must."""
    monkeypatch.setattr(build_site, "DATA", tmp_path)
    assert build_site.main(["schema"]) == 0
    assert {path.stem for path in (tmp_path / "schemas").iterdir()} == set(MODELS)


def test_a_data_file_names_its_schema(content: load.Content) -> None:
    """The first line of a data file leads editors to the schema of its kind; `check` refuses another."""
    assert first_lines(content.documents) == []
    term, site = "data/glossary/aci.yaml", "data/site.yaml"
    wrong = {
        term: content.documents[term].text.replace("term.json", "network.json", 1),
        site: content.documents[site].text.partition("\n")[2],
    }
    documents = {path: read_text(text, Path(path)) for path, text in wrong.items()}
    told = [str(one) for one in first_lines({**content.documents, **documents})]
    assert told == [
        f"{path}:1:1: La première ligne dit aux éditeurs ce que le fichier peut contenir. Écrivez-y : "
        f"# yaml-language-server: $schema={schema}"
        for path, schema in ((term, "../schemas/term.json"), (site, "schemas/site.json"))
    ]


def test_editors_are_offered_the_units() -> None:
    """The units of a rule are a closed list in its schema too."""
    parameter = json.loads(schemas()["rule"])["$defs"]["Parameter"]
    assert parameter["properties"]["unit"]["anyOf"][0]["enum"] == list(models.UNITS)


@pytest.mark.parametrize("name", MODELS)
def test_every_key_is_presented_in_french(name: str) -> None:
    """Each key has a title, a description, and an example that its own schema accepts."""
    document = json.loads(schemas()[name])
    definitions = document.get("$defs", {})
    for model, definition in {MODELS[name].__name__: document, **definitions}.items():
        for key, described in definition.get("properties", {}).items():
            assert {"title", "description"} <= set(described), f"{model}.{key}"
            for example in described.get("examples", []):
                accepted = {**described, "$defs": definitions}
                mistakes = Draft202012Validator(
                    accepted, format_checker=FormatChecker()
                ).iter_errors(example)
                assert not [mistake.message for mistake in mistakes], f"{model}.{key}: {example}"


def test_no_words_are_kept_for_a_key_or_a_model_that_does_not_exist() -> None:
    """`labels.py` names the models and the keys of the schemas, and nothing else."""
    keys, models = set(), set()
    for name, model in MODELS.items():
        document = json.loads(schemas()[name])
        for owner, definition in {model.__name__: document, **document.get("$defs", {})}.items():
            if "properties" in definition:
                models.add(owner)
            keys |= {f"{owner}.{key}" for key in definition.get("properties", {})}
    assert set(labels.MODELS) == models
    plain = {key.partition(".")[2] for key in keys}
    assert {key for key in labels.KEYS if key not in keys and key not in plain} == set()
