"""The workshop of contributors: from what a form holds to a checked file of `data/`.

It runs in the browser, and here for its tests. JSON text in, JSON text out: data, never code.
Requests, and what they give (`{"type": "refused", "message": …}` for what cannot be done):

- `{"ask": "catalogue"}`: the kinds of entries, their entries, their ids, what the site says of its
  forge;
- `{"ask": "open", "kind", "file", "part"}` or `{"ask": "open", "kind", "new": ID}` for a new one: the
  JSON Schema of its form, and the value to fill it with;
- `{"ask": "write", "kind", "file", "part", "value"}`: the text of the file, what changes in it, what
  is wrong with it and in which field, and its page as a tree of elements;
- `{"ask": "check", "file", "text"}`: what is wrong with a text that was written elsewhere.

The file is written with the comments, the order and the quotes that it has; the checks are those of
`build_site.py check`, over all of `data/`; the page is made with the templates of the site.
"""

from __future__ import annotations

import difflib
import json
import pickle
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import yaml

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content import compiled_rules, load, models
from generator.pages import metadata, names, tree
from generator.publish import open_data
from generator.workshop import file_editor
from generator.yaml_files.document import Document, Mistake, Path_
from generator.yaml_files.reader import read

#: Kinds of entries: the folder or the file of `data/`, the model, how to call one, a new one.
KINDS = {
    "term": ("glossary", "Un terme du glossaire", "Un nouveau terme"),
    "network": ("networks", "Un réseau", "Un nouveau réseau"),
    "prescriber": ("prescribers.yaml", "Un type de prescripteur", "Un nouveau type"),
    "rule": ("rules", "Une valeur datée d'une règle", None),
}
#: The words of the codes of enumerations.
_LABELS = {
    "BasisKind": names.BASIS_NAMES,
    "Category": {key.value: name for key, name in names.CATEGORIES.items()},
    "StructureKind": {
        key: name[:1].upper() + name[1:] for key, name in names.STRUCTURE_NAMES.items()
    },
    "Scope": {
        "national": "National",
        "territorial": "Territorial",
        "ressources": "Centre de ressources",
    },
}
#: Fields whose words name entries of `data/`: the page suggests them.
_NAMED = {"related": "terms", "terms": "terms", "term": "terms", "article": "articles"}
#: Keys that come last, in this order: on what a fact rests, and what to know about it.
_LAST = ("basis", "source", "sources", "note", "checked")
#: Lists that people read from the newest on: a new element comes first.
_NEWEST_FIRST = {"figures"}
CONTEXT = 3  # lines around a change
_HEADERS = {"term": "../schemas/term.json", "network": "../schemas/network.json"}


class Refused(Exception):
    """What was asked cannot be done; the text says why, in French."""


@dataclass(frozen=True)
class Entry:
    """What is edited: the whole of a file, or a part of it (`kinds.asp`, `parameters.duree`)."""

    kind: str
    file: str
    part: str = ""

    @property
    def identifier(self) -> str:
        """The name of the file, which is the id of the entry."""
        return Path(self.file).stem


class Workshop:
    """`data/`, and one file of it that is being edited."""

    def __init__(self, root: Path, today: date, known: dict[str, Document] | None = None) -> None:
        """`root` holds `data/` and `mkdocs.yml`; `known` are its files by path, read already."""
        self.root = root
        self.today = today
        self.known = known or {}
        self.read: dict[str, Document] = {}
        self.schemas = {name: json.loads(text) for name, text in open_data.schemas().items()}
        config = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
        extensions = config["markdown_extensions"]
        known_extensions = [{one: {}} if isinstance(one, str) else one for one in extensions]
        # By their whole names: short ones are found in what installers write, and none is here.
        configs = {
            f"markdown.extensions.{name}": values
            for one in known_extensions
            for name, values in one.items()
        }
        self.renderer = markdown.Markdown(extensions=list(configs), extension_configs=configs)

    def run(self, text: str) -> str:
        """Answer one request: JSON text in, JSON text out."""
        request = json.loads(text)
        try:
            response = self._answer(request)
        except Refused as refused:
            response = {"type": "refused", "message": str(refused)}
        return json.dumps(response, ensure_ascii=False)

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        match request["ask"]:
            case "catalogue":
                return {"type": "catalogue", **self.catalogue()}
            case "open":
                return {"type": "opened", **self.open(self._entry(request))}
            case "write":
                return {"type": "written", **self.write(self._entry(request), request["value"])}
            case "check":
                file = request["file"]
                mistakes = self.check(file, request["text"]).mistakes
                mine = [_shown(one) for one in mistakes if str(one.path) == file]
                return {"type": "checked", "mistakes": mine}
        raise Refused("Demande inconnue.")

    # What there is

    def catalogue(self) -> dict[str, Any]:
        """Return the kinds, their entries, and where changes go."""
        site = self._document("data/site.yaml").value
        assert isinstance(site, dict)
        kinds = [
            {"kind": kind, "title": title, "new": new, "entries": list(self._entries(kind))}
            for kind, (_, title, new) in KINDS.items()
        ]
        names = {
            "terms": {one["id"]: one["title"] for one in self._entries("term")},
            "articles": {
                name.removeprefix("data/articles/").removesuffix(".yaml"): ""
                for name in self.known
                if name.startswith("data/articles/")
            },
        }
        return {
            "kinds": kinds,
            "names": names,
            "repository": site.get("repository"),
            "branch": site.get("branch", "main"),
        }

    def _entries(self, kind: str) -> Iterator[dict[str, Any]]:
        home = KINDS[kind][0]
        if kind == "prescriber":
            for one in self._value(f"data/{home}")["kinds"]:
                title = f"{one['title']} ({one['acronym']})" if one.get("acronym") else one["title"]
                yield {
                    "file": f"data/{home}",
                    "part": f"kinds.{one['id']}",
                    "id": one["id"],
                    "title": title,
                }
            return
        for path in sorted((self.root / "data" / home).glob("*.yaml")):
            file, value = f"data/{home}/{path.name}", self._value(f"data/{home}/{path.name}")
            title = value["title"]
            if kind != "rule":
                if value.get("acronym") and value["acronym"] != title:
                    title += f" ({value['acronym']})"
                yield {"file": file, "part": "", "id": path.stem, "title": title}
                continue
            for section in ("parameters", "criteria"):
                for key, one in value.get(section, {}).items():
                    yield {
                        "file": file,
                        "part": f"{section}.{key}",
                        "id": key,
                        "title": one["title"],
                        "group": title,
                    }

    def _entry(self, request: dict[str, Any]) -> Entry:
        """Return the entry that a request names, or a new one."""
        kind = request["kind"]
        if kind not in KINDS:
            raise Refused("Cette sorte de fiche n'existe pas.")
        home = KINDS[kind][0]
        if "new" not in request:
            entry = Entry(kind, request["file"], request.get("part", ""))
            folder = (
                f"data/{home}" if kind == "prescriber" else f"data/{home}/{entry.identifier}.yaml"
            )
            if entry.file != folder:
                raise Refused(f"L'atelier ne modifie pas « {entry.file} ».")
            return entry
        name = str(request["new"]).strip()
        if not models.ID.match(name):
            raise Refused(
                f"« {name} » ne convient pas comme nom de fichier. Écrivez des minuscules sans "
                "accent, des chiffres et « _ », en commençant par une lettre : pass_iae."
            )
        known = {one["id"]: one["title"] for one in self._entries(kind)}
        if name in known:
            raise Refused(f"« {name} » existe déjà : {known[name]}. Ouvrez cette fiche.")
        if kind == "prescriber":
            return Entry(kind, f"data/{home}", f"kinds.{name}")
        return Entry(kind, f"data/{home}/{name}.yaml")

    # The form

    def open(self, entry: Entry) -> dict[str, Any]:
        """Return what the form of an entry is made of."""
        value = {
            name: _plain(_at(self._value_or_empty(entry), path))
            for name, path in self._places(entry).items()
        }
        if entry.kind == "prescriber" and value["kind"] is None:
            value["kind"] = {"id": entry.part.partition(".")[2]}
        return {
            "kind": entry.kind,
            "file": entry.file,
            "part": entry.part,
            "exists": self._text(entry.file) is not None,
            "schema": self._form(entry),
            "value": {name: one for name, one in value.items() if one is not None},
        }

    def _places(self, entry: Entry) -> dict[str, Path_]:
        """Return the fields of the form, and where each is in the file."""
        if entry.kind == "rule":
            section, _, key = entry.part.partition(".")
            if key not in _dict(self._value(entry.file), section):
                raise Refused(f"« {entry.part} » n'est pas dans {entry.file}.")
            fields = ["values", "proofs"] if section == "criteria" else ["values"]
            return {name: (section, key, name) for name in fields} | {"checked": ("checked",)}
        if entry.kind == "prescriber":
            name = entry.part.partition(".")[2]
            kinds = self._value(entry.file)["kinds"]
            ids = [kind["id"] for kind in kinds]
            return {
                "kind": ("kinds", ids.index(name) if name in ids else len(ids)),
                "checked": ("checked",),
            }
        return {name: (name,) for name in self.schemas[entry.kind]["properties"]}

    def _form(self, entry: Entry) -> dict[str, Any]:
        """Return the JSON Schema of the form: that of editors, and what only a form needs."""
        whole = self.schemas["prescribers" if entry.kind == "prescriber" else entry.kind]
        definitions = json.loads(json.dumps(whole["$defs"]))
        for name, labels in _LABELS.items():
            if name in definitions:
                definitions[name]["labels"] = labels
        described = whole
        properties = json.loads(json.dumps(whole["properties"]))
        if entry.kind == "rule":
            section = "Criterion" if entry.part.startswith("criteria.") else "Parameter"
            described = definitions[section]
            properties |= described["properties"]
        if entry.kind == "prescriber":
            rights = definitions["PrescriberKind"]["properties"]["rights"]
            known = {one["id"]: one["title"] for one in self._value(entry.file)["rights"]}
            rights["items"] = {"type": "string", "enum": list(known), "labels": known}
            properties["kind"] = {"$ref": "#/$defs/PrescriberKind"}
        for fields in (properties, *(one.get("properties", {}) for one in definitions.values())):
            for name, field in fields.items():
                if name in _NAMED:
                    field["names"] = _NAMED[name]
                if name in _NEWEST_FIRST:
                    field["newestFirst"] = True
        for one in definitions.values():
            if "properties" in one:
                one["properties"] = _ordered(one["properties"])
        places = self._places(entry)
        return {
            "type": "object",
            "properties": {name: properties[name] for name in places},
            "required": [
                name for name in places if name in {*whole["required"], "values", "proofs", "kind"}
            ],
            "$defs": definitions,
        }

    # The file

    def write(self, entry: Entry, value: dict[str, Any]) -> dict[str, Any]:
        """Return the file of an entry with a value in it, and all that is to be said of it."""
        before, text = self._text(entry.file), self.text(entry, value)
        checked = self.check(entry.file, text)
        document = self.read[entry.file]
        mine = [one for one in checked.mistakes + checked.warnings if str(one.path) == entry.file]
        others = [one for one in checked.mistakes if str(one.path) != entry.file]
        return {
            "file": entry.file,
            "text": text,
            "changed": text != before,
            "diff": list(diff(before or "", text)),
            "mistakes": [self._told(entry, document, one) for one in mine],
            "others": [str(one) for one in others],
            "page": self._page(entry.file, checked.content) if checked.content else None,
        }

    def text(self, entry: Entry, value: dict[str, Any]) -> str:
        """Return the file of an entry with a value in it."""
        before = self._text(entry.file)
        form = self._form(entry)
        file = file_editor.File(before or "")
        for name, path in self._places(entry).items():
            described = form["properties"][name]
            file.put(path, value.get(name), described, form["$defs"], list(form["properties"]))
        text = file.text()
        if before is None:
            text = f"# yaml-language-server: $schema={_HEADERS[entry.kind]}\n{text}"
        return text

    def check(self, file: str, text: str) -> load.Checked:
        """Read and check all of `data/`, with this text in the place of one file."""
        path = self.root / file
        before = path.read_bytes() if path.exists() else None
        path.write_text(text, "utf-8", newline="")
        try:
            return load.load(
                self.root / "data",
                CALCULATORS,
                self.today,
                lambda where, shown: self._reader(where, shown, changed=str(shown) == file),
            )
        finally:
            if before is None:
                path.unlink()
            else:
                path.write_bytes(before)

    def _reader(self, path: Path, shown: Path, *, changed: bool) -> Document:
        document = read(path, shown) if changed else self._document(str(shown))
        # Checks add to what a document says of itself: each time to another one.
        self.read[str(shown)] = found = replace(
            document, mistakes=[*document.mistakes], warnings=[*document.warnings]
        )
        return found

    def _told(self, entry: Entry, document: Document, mistake: Mistake) -> dict[str, Any]:
        where = _where(document, mistake)
        field: list[str | int] | None = None
        for name, path in self._places(entry).items():
            if where[: len(path)] == path:
                field = [name, *where[len(path) :]]
        return {**_shown(mistake), "field": field}

    def _page(self, file: str, content: load.Content) -> dict[str, Any]:
        rules = Rules.from_json(compiled_rules.as_text(content))
        path, text = tree.page_of(file, content, CALCULATORS, rules)
        self.renderer.reset()
        nodes = _Tree(path)
        nodes.feed(self.renderer.convert(metadata.body(text)))
        nodes.close()
        return {"address": metadata.address(path), "nodes": nodes.root}

    def _text(self, file: str) -> str | None:
        path = self.root / file
        return self._document(file).text if file in self.known or path.exists() else None

    def _value(self, file: str) -> Any:
        return self._document(file).value

    def _value_or_empty(self, entry: Entry) -> Any:
        return self._value(entry.file) if self._text(entry.file) is not None else {}

    def _document(self, file: str) -> Document:
        if file not in self.known:
            if not (self.root / file).is_file():
                raise Refused(f"« {file} » n'existe pas.")
            self.known[file] = read(self.root / file, Path(file))
        return self.known[file]


def _ordered(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of a model in the order in which people read and write them."""
    names = sorted(properties, key=lambda name: _LAST.index(name) + 1 if name in _LAST else 0)
    return {name: properties[name] for name in names}


def _dict(value: Any, key: str) -> dict[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _at(value: Any, path: Path_) -> Any:
    """Return what is at a path, or None."""
    for part in path:
        if isinstance(value, dict):
            value = value.get(str(part))
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value


def _plain(value: Any) -> Any:
    """Turn what YAML holds into JSON: days become texts; what is empty is left out."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    # The ends of lines of a file mean nothing to who reads its text in a form.
    return file_editor.unwrapped(value) if isinstance(value, str) else value


def _shown(mistake: Mistake) -> dict[str, Any]:
    return {
        "line": mistake.line,
        "column": mistake.column,
        "message": mistake.message,
        "warning": mistake.warning,
    }


def _where(document: Document, mistake: Mistake) -> Path_:
    """Return the path of the key or the value that a mistake is about: the nearest known one."""
    if mistake.where is not None:
        return tuple(part for part in mistake.where if not str(part).startswith("["))
    place = (mistake.line, mistake.column)
    places = [*document.values.items(), *document.keys.items()]
    before = [(at, len(path), path) for path, at in places if at <= place]
    return max(before, key=lambda one: one[:2])[2] if before else ()


def diff(before: str, after: str) -> Iterator[dict[str, Any]]:
    """Yield the lines that change, and some around them; `at` says where each group starts."""
    old, new = before.splitlines(), after.splitlines()
    for group in difflib.SequenceMatcher(None, old, new, False).get_grouped_opcodes(CONTEXT):
        yield {"mark": "at", "text": f"Ligne {group[0][3] + 1}"}
        for kind, i1, i2, j1, j2 in group:
            if kind == "equal":
                yield from ({"mark": " ", "text": line} for line in old[i1:i2])
                continue
            yield from ({"mark": "-", "text": line} for line in old[i1:i2])
            yield from ({"mark": "+", "text": line} for line in new[j1:j2])


class _Tree(HTMLParser):
    """Turn the HTML of a page into lists that the browser makes elements of: no text becomes HTML.

    An element is `[tag, {attribute: text}, …]`. What only works on the site (forms, scripts,
    explanations that open) is left out, and links lead to the site.
    """

    _KEPT = frozenset(
        re.findall(
            r"\w+",
            "p h1 h2 h3 h4 ul ol li dl dt dd strong em code pre blockquote table thead tbody tr th "
            "td a abbr span div br hr section",
        )
    )
    _VOID = frozenset({"br", "hr", "img", "input", "meta", "link"})
    _ATTRIBUTES = frozenset({"class", "title", "data-basis"})

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.root: list[Any] = []
        self.open: list[list[Any]] = [self.root]
        self.skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "button":  # an acronym that opens its explanation
            tag = "abbr"
        if self.skipped or tag not in self._KEPT or "popover" in given:
            if tag not in self._VOID:
                self.skipped.append(tag)
            return
        kept = {name: value for name, value in given.items() if name in self._ATTRIBUTES}
        if tag == "a":
            kept["href"] = self._address(given.get("href", ""))
        element = [tag, kept]
        self.open[-1].append(element)
        if tag not in self._VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        tag = "abbr" if tag == "button" else tag
        if self.skipped:
            if tag in self.skipped:
                while self.skipped.pop() != tag:
                    pass
            return
        if any(element[0] == tag for element in self.open[1:]):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.open[-1].append(data)

    def _address(self, href: str) -> str:
        """Return an address of the web as it is, and one of the site from the home page."""
        if re.match(r"[a-z]+:", href):
            return href
        target, mark, fragment = href.partition("#")
        if not target:
            return f"{metadata.address(self.path)}{mark}{fragment}"
        file, query, parameters = target.partition("?")
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), file))
        return f"{metadata.address(whole)}{query}{parameters}{mark}{fragment}"


def packed(documents: Iterable[Document]) -> bytes:
    """Return all of `data/`, read: what `opened` makes a workshop of without reading it again."""
    files = {  # each in a pickle of its own: what refers back is shorter there
        one.path.as_posix(): pickle.dumps((one.text, one.value, one.keys, one.values, one.starts))
        for one in documents
    }
    return pickle.dumps(files)


def opened(root: str) -> Workshop:
    """Return the workshop of what the build has packed under `root`: `data.pickle`, `mkdocs.yml`.

    The files of `data/` are written there, for the checks to find them.
    """
    known = {}
    # Our own file, whose SHA-256 was checked.
    files = pickle.loads(Path(root, "data.pickle").read_bytes())  # noqa: S301
    for file, one in files.items():
        text, value, keys, values, starts = pickle.loads(one)  # noqa: S301
        path = Path(root, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
        known[file] = Document(Path(file), text, value, keys, values, starts)
    return Workshop(Path(root), date.today(), known)
