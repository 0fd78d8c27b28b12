"""The software of others that the site sends to its readers: its files, licences and list (SBOM).

`third_party.yaml` names it; versions and licences are read where it is installed. From both come
the page « Licences », the texts that it links to, and `sbom.cdx.json` in the format CycloneDX.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import sysconfig
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from generator.pyodide.engine import BuildError
from generator.yaml_files.reader import LOADER

HERE = Path(__file__).parent
#: Libraries that pages load: a file of `node_modules` by package, copied as published.
LIBRARIES = {
    "fflate": "umd/index.js",
    "ical.js": "dist/ical.min.js",
    "papaparse": "papaparse.min.js",
    "saxen": "dist/index.js",
}
#: Files that no page loads: the theme's own (see `lighter.py`), other searches.
UNUSED = (
    "assets/images/favicon.png",
    "assets/javascripts",
    "assets/stylesheets",
    "pagefind/pagefind-component-ui.*",
    "pagefind/pagefind-highlight.js",
    "pagefind/pagefind-modular-ui.*",
    "pagefind/pagefind-ui.*",
    "pagefind/wasm.unknown.pagefind",
)
#: How the versions of the libraries inside the interpreter are read in its file.
_IN_THE_ENGINE = {
    "bzip2": rb"(\d+\.\d+\.\d+), \d+-\w+-\d{4}",
    "expat": rb"expat_(\d+\.\d+\.\d+)",
    "zlib": rb" deflate (\d+\.\d+\.\d+) Copyright",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of software: its name and version, its licence, its files in the site."""

    id: str
    name: str
    version: str | None
    licence: str  # an SPDX expression
    text: str
    home: str
    role: str  # in French, what it does for the reader
    inside: str | None
    files: tuple[str, ...]
    purl: PackageURL | None
    integrity: str | None  # SHA-512 of the package, in hexadecimal


@cache
def parts(root: Path) -> list[Part]:
    """Return the software of `third_party.yaml`, with its version and licence under `root`.

    Raises BuildError if a version is not found.
    """
    text = (HERE / "third_party.yaml").read_text("utf-8")
    known: list[dict[str, Any]] = yaml.load(text, Loader=LOADER)  # noqa: S506 - it is a safe one
    packages = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    return [_part(one, root, packages) for one in known]


def _part(one: dict[str, Any], root: Path, packages: dict[str, dict[str, str]]) -> Part:
    name, version, integrity, purl = one["id"], None, None, None
    match one.get("package"):
        case "npm":
            package = packages[f"node_modules/{name}"]
            version = package["version"]
            purl = PackageURL("npm", name=package.get("name", name), version=version)
            integrity = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
        case "pip":
            version = distribution(name).version
            purl = PackageURL("pypi", name=name, version=version)
        case _ if "version" in one:
            version = _engine_version(one["version"], root / "node_modules" / one["inside"])
    return Part(
        name,
        one["name"],
        version,
        one["licence"],
        _licence_text(one, root),
        one["home"],
        one["role"],
        one.get("inside"),
        tuple(one.get("files", ())),
        purl,
        integrity,
    )


def _engine_version(library: str, pyodide: Path) -> str:
    """Return the version of a library inside Pyodide, from its lock file or its code."""
    info = json.loads((pyodide / "pyodide-lock.json").read_text("utf-8"))["info"]
    if library == "python":
        return str(info["python"])
    if library == "emscripten":
        return str(info["platform"]).removeprefix("emscripten_").replace("_", ".")
    found = re.search(_IN_THE_ENGINE[library], (pyodide / "pyodide.asm.wasm").read_bytes())
    if not found:
        raise BuildError(f"Échec : la version de {library} ne se lit plus dans Pyodide.")
    return found[1].decode()


def _licence_text(one: dict[str, Any], root: Path) -> str:
    kind, _, path = str(one.get("notice", "")).partition(":")
    if kind == "npm":
        return (root / "node_modules" / path).read_text("utf-8")
    if kind == "python":
        return (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt").read_text("utf-8")
    if kind == "pip":
        notice = distribution(one["id"]).read_text(path or "licenses/LICENSE")
        assert notice, one["id"]
        return notice
    # « A WITH B » is the text of A, then that of B.
    common = (
        (HERE / "licences" / f"{part}.txt").read_text("utf-8")
        for part in one["licence"].split(" WITH ")
    )
    return "\n".join([one["copyright"].strip() + "\n", *common])


def copy_libraries(node_modules: Path, target: Path) -> None:
    """Copy every library into a folder of its name under `target`."""
    for package, name in LIBRARIES.items():
        folder = target / package
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(node_modules / package / name, folder / Path(name).name)


def page(shipped: list[Part]) -> str:
    """Return the Markdown of the page « Licences »."""
    names = {part.id: part.name for part in shipped}
    rows = [
        f"| [{part.name}]({part.home}){f' {part.version}' if part.version else ''} "
        f"| {f'Dans {names[part.inside]} : {part.role}' if part.inside else _capital(part.role)} "
        f'| <a href="{part.id}.txt">{part.licence}</a> |'
        for part in shipped
    ]
    text = (HERE / "licences.md").read_text("utf-8")
    return text.replace("ROWS", "\n".join(rows))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def write_licences(root: Path, site: Path) -> None:
    """Remove from the finished site the files that no page loads; write the licences, and the list."""
    for pattern in UNUSED:
        for path in site.glob(pattern):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    shipped = parts(root)
    (site / "licences").mkdir(exist_ok=True)
    for part in shipped:
        (site / "licences" / f"{part.id}.txt").write_text(part.text, "utf-8")
    (site / "sbom.cdx.json").write_text(_bom(shipped, root, site), "utf-8")


def _bom(shipped: list[Part], root: Path, site: Path) -> str:
    """Return the list of the software, as CycloneDX 1.6; the same site gives the same text."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    own = Component(
        name=project["name"],
        version=project["version"],
        bom_ref=project["name"],
        description=project["description"],
        licenses=[LicenseExpression(project["license"])],
        components=list(
            _files(site, ("runtime/**/*.whl", "workshop/**/code.xz", "workshop/**/data.xz"))
        ),
    )
    components = {part.id: _component(part, site) for part in shipped}
    for part in shipped:
        if part.inside:
            components[part.inside].components.add(components[part.id])
    outer = [components[part.id] for part in shipped if not part.inside]
    bom = Bom(components=[own, *outer])
    bom.metadata.component = Component(
        name="Repères IAE", type=ComponentType.APPLICATION, bom_ref="site"
    )
    bom.register_dependency(bom.metadata.component, [own, *outer])
    document = json.loads(JsonV1Dot6(bom).output_as_string())
    del document["metadata"]["timestamp"]
    del document["serialNumber"]
    content = json.dumps(document, ensure_ascii=False, sort_keys=True)
    document["serialNumber"] = uuid5(NAMESPACE_URL, content).urn
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _component(part: Part, site: Path) -> Component:
    return Component(
        name=part.name,
        version=part.version,
        bom_ref=part.id,
        description=part.role,
        licenses=[LicenseExpression(part.licence)],
        purl=part.purl,
        hashes=[HashType(alg=HashAlgorithm.SHA_512, content=part.integrity)]
        if part.integrity
        else [],
        external_references=[
            ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part.home))
        ],
        components=list(_files(site, part.files)),
    )


def _files(site: Path, patterns: tuple[str, ...]) -> Iterator[Component]:
    """Yield the files of the site that match, each with its address and its SHA-256."""
    for path in sorted({path for pattern in patterns for path in site.glob(pattern)}):
        address = path.relative_to(site).as_posix()
        digest = sha256(path.read_bytes()).hexdigest()
        yield Component(
            name=address,
            type=ComponentType.FILE,
            bom_ref=address,
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
        )
