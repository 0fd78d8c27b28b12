"""The workshop of contributors: from the values of a form to a checked file of `data/`.

It runs in the browser, and here for its tests. JSON text in, JSON text out: data, never code.
Requests and their responses (`{"type": "refused", "message": …}` for one that cannot be served):

- `{"ask": "catalogue"}`: the kinds of entries, their entries, their ids, the address of
  the forge;
- `{"ask": "open", "kind", "file", "part"}` or `{"ask": "open", "kind", "new": ID}` for a new one: the
  JSON Schema of its form, and the value to fill it with; with `"draft": {"base", "value"}`, also what
  the draft becomes now that the site may have moved (see `drafted`);
- `{"ask": "replace", "file", "text"}`: from now on, this text is the file that drafts start from;
- `{"ask": "write", "kind", "file", "part", "value"}`: the text of the file, its changes, its
  mistakes and their fields, and its page as a tree of elements;
- `{"ask": "check", "file", "text"}`: the mistakes of a text that was written elsewhere.

The file is written with the comments, the order and the quotes that it has; the checks are those of
`build_site.py check`, over all of `data/`; the page is made with the templates of the site.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from calculators import CALCULATORS
from generator.content import collections, load, models
from generator.content.consistency import reserved
from generator.content.schemas import schemas
from generator.workshop import file_editor
from generator.workshop.diff import diff
from generator.workshop.form import EDITED, EditedEntry, form, places
from generator.workshop.merge import merge, same
from generator.workshop.preview import Preview
from generator.yaml_files.document import Document, Mistake, Path_
from generator.yaml_files.reader import composed, read_text


class Refused(Exception):
    """The request cannot be served; the text says why, in French."""


class Workshop:
    """`data/`, and one file of it that is being edited."""

    def __init__(
        self, root: Path, today: date, documents: Mapping[str, Document] | None = None
    ) -> None:
        """`root` holds `mkdocs.yml`, and `data/` unless its `documents` are read already."""
        self.today = today
        self.documents = documents or load.read_all(root / "data")
        self.schemas = {name: json.loads(text) for name, text in schemas().items()}
        self.preview = Preview(root / "mkdocs.yml")

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
                entry = self._entry(request)
                response = {"type": "opened", **self.open(entry)}
                if draft := request.get("draft"):
                    response["draft"] = drafted(draft, response["value"])
                return response
            case "replace":
                self.replace(request["file"], request["text"])
                return {"type": "replaced"}
            case "write":
                return {"type": "written", **self.written(self._entry(request), request["value"])}
            case "check":
                file = request["file"]
                mistakes = self.check(file, request["text"]).mistakes
                mine = [_mistake(one) for one in mistakes if str(one.path) == file]
                return {"type": "checked", "mistakes": mine}
        raise Refused("Demande inconnue.")

    # The entries

    def catalogue(self) -> dict[str, Any]:
        """Return the kinds, their entries, and where changes go."""
        site = self._value("data/site.yaml")
        entries = {kind: list(self._entries(kind)) for kind in EDITED}
        kinds = [
            {
                "kind": kind,
                "title": one.editor.title,
                "new": one.editor.new,
                "entries": entries[kind],
            }
            for kind, one in EDITED.items()
            if one.editor
        ]
        articles = [Path(file).stem for file in self.documents if file.startswith("data/articles/")]
        return {
            "kinds": kinds,
            "names": {
                "terms": {one["id"]: one["title"] for one in entries["term"]},
                "articles": dict.fromkeys(articles, ""),
            },
            "repository": site.get("repository"),
            "branch": site.get("branch", "main"),
        }

    def _entries(self, kind: str) -> Iterator[dict[str, Any]]:
        """Yield the entries of a kind: `{"file", "part", "id", "title"}`, and `group` in rules."""
        collection = EDITED[kind]
        assert collection.editor
        for file, document in self.documents.items():
            if collections.of(file) is not collection:
                continue
            value: Any = document.value
            if not collection.editor.parts:
                yield {"file": file, "part": "", "id": Path(file).stem, "title": _title(value)}
            for section in collection.editor.parts:
                held = value.get(section, {})
                named = held if isinstance(held, dict) else {one["id"]: one for one in held}
                for name, one in named.items():
                    entry = {"file": file, "part": f"{section}.{name}", "id": name}
                    entry["title"] = _title(one)
                    yield entry | ({"group": value["title"]} if collection.files else {})

    def _entry(self, request: dict[str, Any]) -> EditedEntry:
        """Return the entry that a request names, or a new one."""
        kind = request["kind"]
        if kind not in EDITED:
            raise Refused("Cette sorte de fiche n'existe pas.")
        collection = EDITED[kind]
        if "new" not in request:
            entry = EditedEntry(kind, request["file"], request.get("part", ""))
            if entry.file != collection.path(entry.identifier):
                raise Refused(f"L'atelier ne modifie pas « {entry.file} ».")
            return entry
        name = collection.new_name(str(request["new"]).strip(), self.today)
        if collection.files is models.DAY_AND_WORDS:
            if not collection.named(name):
                raise Refused(f"« {name} » ne convient pas comme nom : {collection.naming}.")
        elif not models.ID.match(name):
            raise Refused(
                f"« {name} » ne convient pas comme nom de fichier. Écrivez des minuscules sans "
                "accent, des chiffres et « _ », en commençant par une lettre : pass_iae."
            )
        if models.RESERVED.match(name):
            raise Refused(reserved(name))
        known = {one["id"]: one["title"] for one in self._entries(kind)}
        if name in known:
            raise Refused(f"« {name} » existe déjà : {known[name]}. Ouvrez cette fiche.")
        part = f"kinds.{name}" if kind == "prescriber" else ""
        return EditedEntry(kind, collection.path(name), part)

    # The form

    def open(self, entry: EditedEntry) -> dict[str, Any]:
        """Return the JSON Schema and the values of the form of an entry."""
        held = self._value(entry.file, new=True)
        value = {name: _plain(_at(held, place)) for name, place in self._places(entry).items()}
        if entry.kind == "prescriber" and value["kind"] is None:
            value["kind"] = {"id": entry.part.partition(".")[2]}
        return {
            "kind": entry.kind,
            "file": entry.file,
            "part": entry.part,
            "exists": entry.file in self.documents,
            "schema": self._form(entry),
            "value": {name: one for name, one in value.items() if one is not None},
        }

    def _places(self, entry: EditedEntry) -> dict[str, Path_]:
        value = self._value(entry.file, new=entry.part == "" and entry.kind != "rule")
        try:
            return places(entry, value, self.schemas[entry.collection.schema])
        except KeyError:
            raise Refused(f"« {entry.part} » n'est pas dans {entry.file}.") from None

    def _form(self, entry: EditedEntry) -> dict[str, Any]:
        value = self._value(entry.file, new=True)
        return form(entry, value, self.schemas[entry.collection.schema], self._places(entry))

    # The file

    def written(self, entry: EditedEntry, value: dict[str, Any]) -> dict[str, Any]:
        """Return the file of an entry with a value in it, its changes, its mistakes, its page."""
        before, text = self._text(entry.file), self.text(entry, value)
        document = read_text(text, Path(entry.file))
        checked = self._checked(document)
        mine = [one for one in checked.mistakes + checked.warnings if str(one.path) == entry.file]
        others = [one for one in checked.mistakes if str(one.path) != entry.file]
        return {
            "file": entry.file,
            "text": text,
            "changed": text != before,
            "diff": list(diff(before or "", text)),
            "mistakes": [
                _mistake(one) | {"field": self._field(entry, document, one)} for one in mine
            ],
            "others": [str(one) for one in others],
            "page": self.preview.page(entry.file, checked.content) if checked.content else None,
        }

    def text(self, entry: EditedEntry, value: dict[str, Any]) -> str:
        """Return the file of an entry with a value in it."""
        before = self._text(entry.file)
        described = self._form(entry)
        file = file_editor.File(before or "")
        fields = described["properties"]
        for name, place in self._places(entry).items():
            file.put(place, value.get(name), fields[name], described["$defs"], list(fields))
        text = file.text()
        if before is None:
            schema = f"../schemas/{entry.collection.schema}.json"
            text = f"# yaml-language-server: $schema={schema}\n{text}"
        return composed(text)

    def replace(self, file: str, text: str) -> None:
        """Take a text as the file: the forge may be newer than the data that came with the page."""
        collection = collections.of(file)
        if collection is None or collection.editor is None:
            raise Refused(f"L'atelier ne modifie pas « {file} ».")
        mine = [one for one in self.check(file, text).mistakes if str(one.path) == file]
        if mine:
            raise Refused(
                f"Ce texte n'est pas celui de {file}, ou il a une faute. Ligne {mine[0].line} : "
                f"{mine[0].message}"
            )
        self.documents = {**self.documents, file: read_text(text, Path(file))}

    def check(self, file: str, text: str) -> load.Checked:
        """Check all of `data/`, with this text in the place of one file."""
        return self._checked(read_text(text, Path(file)))

    def _checked(self, document: Document) -> load.Checked:
        documents = {**self.documents, document.path.as_posix(): document}
        return load.check(documents, CALCULATORS, self.today)

    def _field(
        self, entry: EditedEntry, document: Document, mistake: Mistake
    ) -> list[str | int] | None:
        """Return the path of the form's field that a mistake is about, or None."""
        where = _where(document, mistake)
        field: list[str | int] | None = None
        for name, place in self._places(entry).items():
            if where[: len(place)] == place:
                field = [name, *where[len(place) :]]
        return field

    def _text(self, file: str) -> str | None:
        return self.documents[file].text if file in self.documents else None

    def _value(self, file: str, *, new: bool = False) -> Any:
        """Return the content of a file; a `new` one holds nothing yet."""
        if file in self.documents:
            return self.documents[file].value
        if new:
            return {}
        raise Refused(f"« {file} » n'existe pas.")


def drafted(draft: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Return what a draft becomes over the entry as it is now, `theirs`, both as values of its form.

    `draft` holds the entry as it started from (`base`; without it, whatever differs is a conflict) and
    what was typed (`value`). Returns `value`, put together; `conflicts`, `{"field", "mine", "theirs"}`;
    `moved`, whether the entry has changed since; `held`, whether it holds all of the draft; `gone`,
    whether the site has no such entry any more.
    """
    base, mine = draft.get("base") or {}, draft["value"]
    moved = not same(base, theirs)
    if moved and _is_new(theirs) and not _is_new(base):
        return {"value": mine, "conflicts": [], "moved": True, "held": False, "gone": True}
    value, conflicts = merge(base, mine, theirs)
    return {
        "value": value,
        "conflicts": [
            {"field": list(one.field), "mine": one.mine, "theirs": one.theirs} for one in conflicts
        ],
        "moved": moved,
        "held": not conflicts and same(value, theirs),
        "gone": False,
    }


def _is_new(value: dict[str, Any]) -> bool:
    """Tell whether the value is that of an entry that is in no file yet."""
    kind = value.get("kind")
    return value.keys() <= {"kind", "checked"} and (kind is None or kind.keys() == {"id"})


def _title(entry: dict[str, Any]) -> str:
    title, acronym = str(entry.get("title") or entry["nom"]), entry.get("acronym")
    return f"{title} ({acronym})" if acronym and acronym != title else title


def _at(value: Any, path: Path_) -> Any:
    """Return the value at a path, or None."""
    for part in path:
        if isinstance(value, dict):
            value = value.get(str(part))
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value


def _plain(value: Any) -> Any:
    """Turn values of YAML into JSON: days become texts; keys without a value are left out."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    # The ends of lines of a file mean nothing to who reads its text in a form.
    return file_editor.unwrapped(value) if isinstance(value, str) else value


def _mistake(mistake: Mistake) -> dict[str, Any]:
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


def packed(documents: Iterable[Document]) -> bytes:
    """Return all of `data/`, read, as bytes that `opened` makes a workshop of."""
    files = {  # each in a pickle of its own: references to earlier values are shorter there
        one.path.as_posix(): pickle.dumps((one.text, one.value, one.keys, one.values, one.starts))
        for one in documents
    }
    return pickle.dumps(files)


def opened(root: str) -> Workshop:
    """Return the workshop of the files that the build has packed under `root`: `data.pickle`, `mkdocs.yml`."""
    documents = {}
    # Our own file, whose SHA-256 was checked.
    files = pickle.loads(Path(root, "data.pickle").read_bytes())  # noqa: S301
    for file, one in files.items():
        documents[file] = Document(Path(file), *pickle.loads(one))  # noqa: S301
    return Workshop(Path(root), date.today(), documents)
