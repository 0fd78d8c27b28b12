"""The kinds of files that the workshop edits: those of `data/`, the pages of `docs/`, and the menu.

What tells one from another is here alone. Each file says how it is read, called, told, put together
with another of its versions; each kind with entries, how an entry becomes a form and a text again.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, override

from generator.content import collections, load, models, rename
from generator.content.collections import Collection, Editor
from generator.content.consistency import reserved
from generator.content.schemas import schemas
from generator.pages import metadata
from generator.workshop import file_editor, proposal, reading, written_pages
from generator.workshop.files import Files, Refused, title_in
from generator.workshop.form import EDITED, EditedEntry, form, held, place, places
from generator.workshop.merge import Conflict, merge
from generator.workshop.preview import Preview
from generator.yaml_files.document import Document, Mistake, Path_
from generator.yaml_files.reader import composed, read_page_text, read_text

NAMELESS = "Donnez un nom : il fait l'adresse de la page."


class FileKind(ABC):
    """What is asked of a file, whatever its kind."""

    def read(self, file: str, text: str) -> Document:
        """Read a text as the file that it is."""
        return read_text(text, Path(file))

    @abstractmethod
    def takes(self, file: str) -> bool:
        """Tell whether a proposal may hold such a file."""

    @abstractmethod
    def title(self, file: str, document: Document | None) -> str:
        """Return the title of what a file holds."""

    @abstractmethod
    def address(self, file: str) -> str | None:
        """Return the address of the page that a file makes, from the home page, or None."""

    def changes(self, old: Document | None, new: Document) -> Iterator[str]:
        """Yield what changes from one version of a file to the next, a line of French each."""
        yield from proposal.changes(old.value if old else None, new.value)

    def merged(
        self, file: str, base: Callable[[], str], mine: str, now: str
    ) -> tuple[str, list[Conflict]]:
        """Return a proposed text put together with the one that the site has `now`, and the conflicts.

        `base` gives the text that the proposal started from: it is costly, and seldom needed.
        """
        if mine == now or (before := base()) == now:
            return mine, []
        return self._merged(file, before, mine, now)

    @abstractmethod
    def _merged(self, file: str, base: str, mine: str, now: str) -> tuple[str, list[Conflict]]:
        """Put together three texts that differ."""


class Kind(FileKind):
    """What is asked of a kind with entries: a person chooses one, or names a new one, and fills a form."""

    editor: Editor

    @abstractmethod
    def entries(self, files: Files) -> Iterator[dict[str, str]]:
        """Yield the entries: `{"file", "part", "id", "title"}`, and `group` in some."""

    @abstractmethod
    def opens(self, files: Files, file: str) -> bool:
        """Tell whether a person may change a file of the kind, or begin it."""

    def begun(self, files: Files, given: str, file: str | None) -> EditedEntry:
        """Return a new entry, from the name that a person gives it; `file` is that of a draft."""
        if not given.strip():
            raise Refused(NAMELESS)
        name, entry = self._named(files, given, file)
        if not name:
            raise Refused(NAMELESS)
        if models.RESERVED.match(name):
            raise Refused(reserved(name))
        known = self._known(files)
        if name in known or (entry.file in files.documents and not entry.part):
            title = known.get(name, entry.file)
            raise Refused(f"« {name} » existe déjà : {title}. Ouvrez cette fiche.")
        return entry

    @abstractmethod
    def _named(self, files: Files, given: str, file: str | None) -> tuple[str, EditedEntry]:
        """Return the name of the entry, and the entry."""

    def _known(self, files: Files) -> Mapping[str, str]:
        return {one["id"]: one["title"] for one in self.entries(files)}

    @abstractmethod
    def exists(self, files: Files, entry: EditedEntry) -> bool:
        """Tell whether the entry itself is in its file."""

    @abstractmethod
    def movable(self, files: Files, entry: EditedEntry) -> str | None:
        """Return the kind of names that may take the place of an entry; None when it may not go."""

    @abstractmethod
    def value(self, files: Files, entry: EditedEntry) -> dict[str, Any]:
        """Return what the form of an entry holds; None is an empty field."""

    @abstractmethod
    def form(self, files: Files, entry: EditedEntry) -> dict[str, Any]:
        """Return the JSON Schema of the form of an entry."""

    @abstractmethod
    def text(self, files: Files, entry: EditedEntry, value: dict[str, Any]) -> str:
        """Return the file of an entry with the value of its form in it."""

    @abstractmethod
    def beside(self, files: Files, entry: EditedEntry, value: dict[str, Any]) -> dict[str, str]:
        """Return the texts of the other files that the value of a form changes."""

    @abstractmethod
    def missing(self, value: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield what a form lacks and the check of its file does not see: the field, and what to do."""

    @abstractmethod
    def field(
        self, files: Files, entry: EditedEntry, document: Document, mistake: Mistake
    ) -> list[str | int] | None:
        """Return the path of the form's field that a mistake is about, or None."""

    @abstractmethod
    def page(
        self, preview: Preview, files: Files, entry: EditedEntry, content: load.Content
    ) -> dict[str, Any] | None:
        """Return the page of an entry as a tree of elements, if it has one."""


class Data(Kind):
    """A kind of files of `data/`, by the row of its collection."""

    def __init__(self, collection: Collection, editor: Editor) -> None:
        self.collection = collection
        self.editor = editor

    @override
    def takes(self, file: str) -> bool:
        name = Path(file).stem
        named = not self.collection.files or self.collection.named(name)
        return named and file == self.collection.path(name)

    @override
    def title(self, file: str, document: Document | None) -> str:
        value: Any = document.value if document else None
        titled = isinstance(value, dict) and value.get("title")
        return title_in(value) if titled else self.collection.title

    @override
    def address(self, file: str) -> str | None:
        if not self.collection.pages:
            return None
        name = Path(file).stem if self.collection.files else "index"
        return metadata.address(self.collection.pages[0].format(name))

    @override
    def _merged(self, file: str, base: str, mine: str, now: str) -> tuple[str, list[Conflict]]:
        values: list[Any] = []
        for text in (base, mine, now):
            document = self.read(file, text) if text else Document(Path(file), value={})
            if document.mistakes:
                raise Refused(f"{document.mistakes[0]}")
            values.append(plain(document.value))
        value, conflicts = merge(*values)
        schema = json.loads(schemas()[self.collection.schema])
        edited = file_editor.File(now)
        fields = schema["properties"]
        for name in fields:
            edited.put((name,), value.get(name), fields[name], schema["$defs"], [*fields])
        return edited.text(), conflicts

    @override
    def entries(self, files: Files) -> Iterator[dict[str, str]]:
        collection, parts = self.collection, self.editor.parts
        for file, document in files.documents.items():
            if collections.of(file) is not collection:
                continue
            value: Any = document.value
            in_group = {"group": title_in(value)} if collection.files and parts else {}
            for section, named_by in parts.items():
                for name, at in held(value, section, named_by).items():
                    entry = {"file": file, "part": f"{section}.{name}", "id": name}
                    yield entry | {"title": title_in(value[section][at])} | in_group
            if parts.keys() >= files.schemas[collection.schema]["properties"].keys():
                continue
            title = title_in(value) if not parts else "Le haut de la page : titre, introduction…"
            title = title if value.get("title") or parts else collection.title
            yield {"file": file, "part": "", "id": Path(file).stem, "title": title} | in_group

    @override
    def opens(self, files: Files, file: str) -> bool:
        return self.takes(file) and (self.editor.mended or file not in files.documents)

    @override
    def _named(self, files: Files, given: str, file: str | None) -> tuple[str, EditedEntry]:
        collection = self.collection
        named = collection.named if collection.files else models.ID.match
        name = reading.article(given) or given.strip()
        if not named(name):
            name = collection.new_name(identifier(given), files.today)
        if not named(name):
            raise Refused(f"« {given} » ne convient pas comme nom. Donnez un nom plus simple.")
        section = next(iter(self.editor.parts), "")
        part = f"{section}.{name}" if section else ""
        return name, EditedEntry(self.editor.kind, file or collection.path(name), part)

    @override
    def exists(self, files: Files, entry: EditedEntry) -> bool:
        if entry.file not in files.documents:
            return False
        value = files.value(entry.file)
        return _at(value, place(entry, value)) is not None

    @override
    def movable(self, files: Files, entry: EditedEntry) -> str | None:
        known = self.collection.schema in rename.KINDS and entry.file in files.published
        return self.collection.attribute if known else None

    @override
    def value(self, files: Files, entry: EditedEntry) -> dict[str, Any]:
        whole = files.value(entry.file, new=True)
        value = {name: plain(_at(whole, at)) for name, at in self._places(files, entry).items()}
        section, name = entry.name
        if section and (named_by := self.editor.parts[section]) and value.get(named_by) is None:
            value[named_by] = name
        return value

    def _places(self, files: Files, entry: EditedEntry) -> dict[str, Path_]:
        section = entry.name[0]
        makes_one = self.editor.new is not None
        value = files.value(entry.file, new=makes_one and not section)
        schema = files.schemas[self.collection.schema]
        try:
            return places(entry, value, schema, new=bool(section) and makes_one)
        except KeyError:
            raise Refused(f"« {entry.part} » n'est pas dans {entry.file}.") from None

    @override
    def form(self, files: Files, entry: EditedEntry) -> dict[str, Any]:
        fields, known, made = self._places(files, entry), files.names(entry.file), files.forms()
        own = entry.file if known.keys() > files.names().keys() else ""
        key = (self.editor.kind, entry.name[0], own, *fields)
        if key not in made:
            made[key] = form(entry, files.schemas[self.collection.schema], fields, known)
        return made[key]

    @override
    def text(self, files: Files, entry: EditedEntry, value: dict[str, Any]) -> str:
        before = files.text_of(entry.file)
        described = self.form(files, entry)
        read_value = reading.read(value, described, files.names(entry.file)).value
        file = file_editor.File(before or "")
        where = self._places(files, entry)
        fields, definitions = described["properties"], described["$defs"]
        at = place(entry, files.value(entry.file, new=True))
        inside = {name for name, one in where.items() if at and one[: len(at)] == at}
        if inside:
            whole = {name: one for name, one in read_value.items() if name in inside}
            model = {
                "type": "object",
                "properties": {name: fields[name] for name in fields if name in inside},
            }
            file.put(at, whole, model, definitions, [])
        for name, one in where.items():
            if name not in inside:
                file.put(one, read_value.get(name), fields[name], definitions, list(where))
        text = file.text()
        if before is None:
            schema = f"../schemas/{self.collection.schema}.json"
            text = f"# yaml-language-server: $schema={schema}\n{text}"
        return composed(text)

    @override
    def beside(self, files: Files, entry: EditedEntry, value: dict[str, Any]) -> dict[str, str]:
        return {}

    @override
    def missing(self, value: dict[str, Any]) -> Iterator[tuple[str, str]]:
        return iter(())

    @override
    def field(
        self, files: Files, entry: EditedEntry, document: Document, mistake: Mistake
    ) -> list[str | int] | None:
        where = _where(document, mistake)
        field: list[str | int] | None = None
        for name, one in self._places(files, entry).items():
            if where[: len(one)] == one:
                field = [name, *where[len(one) :]]
        return field

    @override
    def page(
        self, preview: Preview, files: Files, entry: EditedEntry, content: load.Content
    ) -> dict[str, Any] | None:
        return preview.page(entry.file, content, entry.name[1])


class Pages(Kind):
    """The pages of `docs/`."""

    #: What each field is called when a change is told.
    _TOLD: ClassVar = {"title": "title", "description": "summary", "text": "Texte"}

    editor = Editor(kind="page", title="Une page du site", new="Une nouvelle page")

    @override
    def read(self, file: str, text: str) -> Document:
        return read_page_text(text, Path(file))

    @override
    def takes(self, file: str) -> bool:
        return written_pages.FILES.fullmatch(file) is not None

    @override
    def title(self, file: str, document: Document | None) -> str:
        return (written_pages.value_of(document.text)["title"] if document else "") or file

    @override
    def address(self, file: str) -> str | None:
        return metadata.address(file.removeprefix("docs/"))

    @override
    def changes(self, old: Document | None, new: Document) -> Iterator[str]:
        parts = (written_pages.value_of(one.text) if one else {} for one in (old, new))
        yield from proposal.changes(
            *({self._TOLD[key]: one for key, one in part.items()} for part in parts)
        )

    @override
    def _merged(self, file: str, base: str, mine: str, now: str) -> tuple[str, list[Conflict]]:
        value, conflicts = merge(*(written_pages.value_of(text) for text in (base, mine, now)))
        return written_pages.text_of(now, value), conflicts

    @override
    def entries(self, files: Files) -> Iterator[dict[str, str]]:
        for file, document in files.documents.items():
            if written_pages.FILES.fullmatch(file):
                title = self.title(file, document)
                yield {"file": file, "part": "", "id": file, "title": title}

    @override
    def _named(self, files: Files, given: str, file: str | None) -> tuple[str, EditedEntry]:
        name = identifier(given)
        return name, EditedEntry(self.editor.kind, f"{written_pages.FOLDER}/{name}.md")

    @override
    def opens(self, files: Files, file: str) -> bool:
        return self.takes(file)

    @override
    def exists(self, files: Files, entry: EditedEntry) -> bool:
        return entry.file in files.documents

    @override
    def movable(self, files: Files, entry: EditedEntry) -> str | None:
        return None

    @override
    def _known(self, files: Files) -> Mapping[str, str]:
        return {Path(one["file"]).stem: one["title"] for one in self.entries(files)}

    @override
    def value(self, files: Files, entry: EditedEntry) -> dict[str, Any]:
        text = files.text_of(entry.file)
        return {} if text is None else {**written_pages.value_of(text)}

    @override
    def form(self, files: Files, entry: EditedEntry) -> dict[str, Any]:
        menu = files.text_of(written_pages.MENU) if entry.file not in files.published else None
        return written_pages.schema(written_pages.menus(menu) if menu else [])

    @override
    def text(self, files: Files, entry: EditedEntry, value: dict[str, Any]) -> str:
        return composed(written_pages.text_of(files.text_of(entry.file), value))

    @override
    def beside(self, files: Files, entry: EditedEntry, value: dict[str, Any]) -> dict[str, str]:
        """Return the menu with a line for a new page."""
        config, menu = files.text_of(written_pages.MENU), value.get("menu")
        if not config or menu not in written_pages.menus(config):
            return {}
        title = str(value.get("title") or "")
        return {written_pages.MENU: written_pages.with_menu(config, menu, title, entry.file)}

    @override
    def missing(self, value: dict[str, Any]) -> Iterator[tuple[str, str]]:
        for name, words in (
            ("title", "Donnez un titre à la page."),
            ("description", "Dites en une phrase ce que l'on trouve dans la page."),
            ("text", "Écrivez le texte de la page."),
        ):
            if not str(value.get(name) or "").strip():
                yield name, words

    @override
    def field(
        self, files: Files, entry: EditedEntry, document: Document, mistake: Mistake
    ) -> list[str | int] | None:
        return ["menu"] if mistake.where == ("menu",) else ["text"]

    @override
    def page(
        self, preview: Preview, files: Files, entry: EditedEntry, content: load.Content
    ) -> dict[str, Any] | None:
        return preview.written(entry.file, files.documents[entry.file].text, content)


class Menu(FileKind):
    """The configuration of the site: the workshop adds lines to its menu, and changes nothing else."""

    @override
    def read(self, file: str, text: str) -> Document:
        return read_page_text(text, Path(file))

    @override
    def takes(self, file: str) -> bool:
        return True

    @override
    def title(self, file: str, document: Document | None) -> str:
        return "Le menu"

    @override
    def changes(self, old: Document | None, new: Document) -> Iterator[str]:
        yield "Une ligne de plus dans le menu."

    @override
    def address(self, file: str) -> str | None:
        return None

    @override
    def merged(
        self, file: str, base: Callable[[], str], mine: str, now: str
    ) -> tuple[str, list[Conflict]]:
        """Return the menu with the lines that the proposal adds; anything else there is refused."""
        known = {*now.split("\n")}
        new = [line for line in mine.split("\n") if line not in known]
        proposed, there = written_pages.entries(mine), written_pages.entries(now)
        added = {path: entry for path, entry in proposed.items() if path not in there}
        menus = written_pages.menus(now)
        if len(new) != len(added) or any(menu not in menus for menu, _ in added.values()):
            raise Refused(
                f"La proposition change autre chose que le menu dans {file} : elle est refusée en "
                "entier."
            )
        for path, (menu, title) in added.items():
            now = written_pages.with_menu(now, menu, title, f"docs/{path}")
        return now, []

    @override
    def _merged(self, file: str, base: str, mine: str, now: str) -> tuple[str, list[Conflict]]:
        raise NotImplementedError  # `merged` needs no base


class Other(FileKind):
    """A file that the workshop never changes by a form: it is only read, and named in what is told."""

    @override
    def takes(self, file: str) -> bool:
        return False

    @override
    def title(self, file: str, document: Document | None) -> str:
        return file

    @override
    def address(self, file: str) -> str | None:
        return None

    @override
    def _merged(self, file: str, base: str, mine: str, now: str) -> tuple[str, list[Conflict]]:
        raise NotImplementedError  # no proposal holds one


#: The kinds with entries, by their names in the requests of the page.
KINDS: dict[str, Kind] = {
    name: Data(one, one.editor) for name, one in EDITED.items() if one.editor
} | {Pages.editor.kind: Pages()}
_MENU, _OTHER = Menu(), Other()


def of(file: str) -> FileKind:
    """Return the kind of a file, given its path from the root of the project."""
    if file == written_pages.MENU:
        return _MENU
    if file.endswith(".md"):
        return KINDS[Pages.editor.kind]
    collection = collections.of(file)
    return KINDS[collection.editor.kind] if collection and collection.editor else _OTHER


def identifier(given: str) -> str:
    """Return the name of a file for what a person calls an entry: « Réseau d'essai » → reseau_d_essai."""
    plain_words = reading.plain(given.replace("œ", "oe"))
    return re.sub(r"[^a-z0-9]+", "_", plain_words).strip("_")[:60].rstrip("_")


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


def plain(value: Any) -> Any:
    """Turn values of YAML into JSON: days become texts; keys without a value are left out."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [plain(one) for one in value]
    # The ends of lines of a file mean nothing to who reads its text in a form.
    return file_editor.unwrapped(value) if isinstance(value, str) else value


def _where(document: Document, mistake: Mistake) -> Path_:
    """Return the path of the key or the value that a mistake is about: the nearest known one."""
    if mistake.where is not None:
        return tuple(part for part in mistake.where if not str(part).startswith("["))
    place_ = (mistake.line, mistake.column)
    known = [*document.values.items(), *document.keys.items()]
    before = [(at, len(path), path) for path, at in known if at <= place_]
    return max(before, key=lambda one: one[:2])[2] if before else ()
