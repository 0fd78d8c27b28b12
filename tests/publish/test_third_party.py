"""The software of others on the site: each file is listed, each licence is served."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from calculators.typography import french
from generator.publish import third_party
from tests.conftest import ROOT

SITE = ROOT / "build" / "site"
#: Files that a browser runs or draws with; the others are the content of the site.
CODE = {".css", ".js", ".xz", ".mjs", ".pagefind", ".wasm", ".whl", ".zip"}
#: Written by the build itself.
OWN = re.compile(
    r"sw\.js|assets/scripts/site/engine_files\.js|(runtime|workshop)/[0-9a-f]+/((worker|files|snapshot)\.js|boot\.mjs)"
)
#: Named among the dependencies because a build needs them; no reader is sent them.
BUILD_ONLY = {"@etalab/decoupage-administratif", "acorn", "binaryen", "esbuild-wasm", "postcss"}
#: Words of each licence.
WORDS = {
    "0BSD": "with or without fee is hereby granted",
    "Apache-2.0": "Apache License",
    "Apache-2.0 WITH LLVM-exception": "LLVM Exceptions",
    "BSD-2-Clause": "Redistributions in binary form must reproduce",
    "BSD-3-Clause": "Neither the name of",
    "MIT": "Permission is hereby granted, free of charge",
    "PSF-2.0": "PYTHON SOFTWARE FOUNDATION LICENSE",
    "MPL-2.0": "Mozilla Public License Version 2.0",
    "Python-2.0.1": "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
    "W3C-20150513": "W3C Software and Document",
    "Zlib": "provided 'as-is'",
    "bzip2-1.0.6": "Julian R Seward",
}


@pytest.fixture(scope="module")
def bom() -> dict[str, Any]:
    """The published list of software."""
    document: dict[str, Any] = json.loads((SITE / "sbom.cdx.json").read_text("utf-8"))
    return document


def components(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each component of a list, those inside others included."""
    for component in one.get("components", ()):
        yield component
        yield from components(component)


def test_the_list_is_valid_cyclonedx() -> None:
    """Its own schema finds no fault; and finds one where there is one."""
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    text = (SITE / "sbom.cdx.json").read_text("utf-8")
    assert validator.validate_str(text) is None
    assert validator.validate_str(text.replace('"library"', '"librairie"')) is not None


def test_each_file_of_others_belongs_to_a_component(bom: dict[str, Any]) -> None:
    """All code on the site is ours or in the list, with the SHA-256 of the served file."""
    listed = {one["name"]: one for one in components(bom) if one["type"] == "file"}
    for path in SITE.rglob("*"):
        address = path.relative_to(SITE).as_posix()
        ours = (ROOT / "docs" / address).exists() or OWN.fullmatch(address)
        if path.is_file() and path.suffix in CODE and not ours:
            assert address in listed
    for address, one in listed.items():
        digest = sha256((SITE / address).read_bytes()).hexdigest()
        assert one["hashes"] == [{"alg": "SHA-256", "content": digest}], address


def test_every_component_has_files_or_is_inside_another(bom: dict[str, Any]) -> None:
    """Every listed file is really shipped: no pattern without a file."""
    for one in bom["components"]:
        assert any(inner["type"] == "file" for inner in one["components"]), one["name"]


def test_what_the_theme_and_the_libraries_hold_is_named(bom: dict[str, Any]) -> None:
    """Their maps name the packages that they were made of: each is in the list."""
    theme = Path(str(distribution("mkdocs-material").locate_file("material/templates")))
    maps = [*theme.glob("assets/stylesheets/*.map")]  # its scripts are not shipped
    assert len(maps) == 2
    maps.append(ROOT / "node_modules" / "pyodide" / "pyodide.mjs.map")
    named = {one["bom-ref"] for one in components(bom)}
    for path in maps:
        sources = json.loads(path.read_text("utf-8"))["sources"]
        found = {
            package[1]
            for source in sources
            if (package := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)", source))
        }
        assert found <= named, path.name


def test_the_versions_are_those_installed(bom: dict[str, Any]) -> None:
    """Pyodide is the pinned one, Python the one that it holds."""
    versions = {one["bom-ref"]: one.get("version") for one in components(bom)}
    pinned = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    # `npm:pyodide@314.0.7` is another name for a package.
    exact = {
        name: version.rpartition("@")[2]
        for name, version in pinned.items()
        if name not in BUILD_ONLY
    }
    assert {name: versions[name] for name in exact} == exact
    assert (
        versions["cpython"]
        == (
            json.loads((ROOT / "node_modules/pyodide/pyodide-lock.json").read_text("utf-8"))[
                "info"
            ]["python"]
        )
    )
    for name in ("emscripten", "zlib", "bzip2", "expat", "mkdocs-material"):
        assert re.fullmatch(r"\d+\.\d+\.\d+", versions[name] or ""), name


def test_the_page_leads_to_the_full_text_of_each_licence() -> None:
    """Name, version, licence and role of each; the text beside, with the words of its licence."""
    page = (SITE / "licences" / "index.html").read_text("utf-8")
    for part in third_party.parts(ROOT):
        assert f'<a href="{part.id}.txt">{part.licence}</a>' in page
        assert f">{french(part.name)}</a>{f' {part.version}' if part.version else ''}" in page
        text = (SITE / "licences" / f"{part.id}.txt").read_text("utf-8")
        assert WORDS[part.licence] in text, part.id
        assert re.search("copyright|LLVM Project|Mozilla|Pictogrammers", text, re.IGNORECASE)
