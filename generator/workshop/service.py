"""The workshop of contributors: from the values of forms to checked files of `data/` and `docs/`.

It runs in the browser, and here for its tests. JSON text in, JSON text out: data, never code.
Requests and their responses (`{"type": "refused", "message": …}` for one that cannot be served):

- `{"ask": "catalogue"}`: the kinds of entries, their entries, what fields and links may name, the
  address of the forge and of the contact;
- `{"ask": "pages", "pages": {path: text}, "files": [path]}`: the pages of `docs/` and the configuration,
  which weigh as much as a third of `data/` and come when they are asked for; the catalogue again;
- `{"ask": "open", "kind", "file", "part"}` or `{"ask": "open", "kind", "new": NAME, "file"}` for a new one:
  the JSON Schema of its form, and the value to fill it with; with `"draft": {"base", "value"}`, also what
  the draft becomes now that the site may have moved (see `drafted`), and what no field holds any more;
- `{"ask": "replace", "file", "text"}`: from now on, this text is the file that drafts start from;
- `{"ask": "write", "kind", "file", "part", "value", "others": [{"kind", "file", "part", "value"}]}`: the
  text of the file, its changes, its mistakes and their fields, what was understood of each field, its
  page as a tree of elements; and, with the other entries of the proposal, all its files and its message;
  with a `move`, the entry has another name (`{"name"}`) or is gone (`{"instead"}`: the entry of its kind
  that takes its place, or an empty text), and all that named it follows in the same proposal;
- `{"ask": "picture", "given", "weight", "width", "height"}`: a picture that was chosen on the device, by
  the name of its file: the name that the site gives it; the file itself is not sent;
- `{"ask": "check", "file", "text"}`: the mistakes of a text that was written elsewhere.

The file is written with the comments, the order and the quotes that it has; the checks are those of
`build_site.py check`, over all of `data/`; the page is made with the templates of the site.
"""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from calculators import CALCULATORS
from calculators.dates import french_date
from generator.content import collections, load, models, picture_limits, rename
from generator.content.consistency import reserved
from generator.content.schemas import schemas
from generator.pages import directory, edit_links, links, metadata
from generator.workshop import file_editor, proposal, reading, written_pages
from generator.workshop.diff import diff
from generator.workshop.form import EDITED, PICTURES, EditedEntry, form, held, place, places
from generator.workshop.merge import merge, same
from generator.workshop.preview import Preview
from generator.workshop.wording import spoken
from generator.yaml_files.document import Document, Mistake, Path_
from generator.yaml_files.reader import composed, read_page_text, read_text

#: The titles of the links that a text may hold, by their schemes, and the names that they lead to.
_LINKS = {
    "terme": ("Une fiche du glossaire", "terms"),
    "regle": ("Une valeur datée, avec sa valeur d'aujourd'hui", "values"),
    "regle-page": ("Une règle", "rules"),
    "article": ("Un article de loi", "articles"),
    "simulateur": ("Un simulateur", "calculators"),
    "demarche": ("Une démarche", "journeys"),
    "structure": ("Un type de structure", "structures"),
    "reseau": ("Un réseau", "networks"),
    "actualite": ("Une actualité", "news"),
    "page": ("Une page du site", "pages"),
}
#: A longer address is refused by some browsers and forges, in characters.
_LONGEST_ADDRESS = 6_000


class Refused(Exception):
    """The request cannot be served; the text says why, in French."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a draft makes of an entry: its value, and its new name or its end (see `write`)."""

    entry: EditedEntry
    value: dict[str, Any]
    move: dict[str, str] | None = None


class Workshop:
    """`data/`, and one file of it that is being edited."""

    def __init__(
        self, root: Path, today: date, documents: Mapping[str, Document] | None = None
    ) -> None:
        """`root` holds `mkdocs.yml`, and `data/` unless its `documents` are read already."""
        self.today = today
        self.documents: Mapping[str, Document] = documents or load.read_all(root / "data")
        #: What may be named, and the documents that say it.
        self._named: tuple[Mapping[str, Document], dict[str, dict[str, str]]] = ({}, {})
        #: The documents as the site has them: what a proposal changes is told against these.
        self.published = self.documents
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
            case "pages":
                self.add_pages(request["pages"], request["files"])
                return {"type": "catalogue", **self.catalogue()}
            case "open":
                entry = self._entry(request)
                response = {"type": "opened", **self.open(entry)}
                title = str(request.get("new", "")).strip()
                if title and not reading.article(title):
                    response["title"] = title
                if draft := request.get("draft"):
                    given = {
                        name: _unfolded(draft[name] or {})
                        for name in ("base", "value")
                        if name in draft
                    }
                    read_draft = {name: self._read(entry, one).value for name, one in given.items()}
                    response["draft"] = drafted(read_draft, response["value"])
                    homeless = given["value"].keys() - response["schema"]["properties"].keys()
                    response["draft"]["homeless"] = [
                        proposal.told(given["value"][one]) for one in sorted(homeless)
                    ]
                return response
            case "replace":
                self.replace(request["file"], request["text"])
                return {"type": "replaced"}
            case "write":
                drafts = [
                    Drafted(self._entry(one), _unfolded(one["value"]), one.get("move"))
                    for one in (*request.get("others", ()), request)
                ]
                return {"type": "written", **self.written(*drafts)}
            case "picture":
                size = (request["width"], request["height"])
                return {
                    "type": "picture",
                    "name": self.add_picture(request["given"], request["weight"], size),
                }
            case "check":
                file = request["file"]
                mistakes = self.check(file, request["text"]).mistakes
                mine = [_mistake(one) for one in mistakes if str(one.path) == file]
                return {"type": "checked", "mistakes": mine}
        raise Refused("Demande inconnue.")

    # The entries

    def catalogue(self) -> dict[str, Any]:
        """Return the kinds, their entries, what may be named, and where changes go."""
        site = self._value("data/site.yaml")
        editors = [one.editor for one in EDITED.values() if one.editor]
        kinds = [
            {
                "kind": one.kind,
                "title": one.title,
                "new": one.new,
                "entries": [*self._entries(one.kind)] if one.mended else [],
            }
            for one in (*editors, written_pages.EDITOR)
        ]
        known = self.names()
        return {
            "kinds": sorted(kinds, key=lambda one: metadata.sort_key(str(one["title"]))),
            "names": known,
            "links": [
                {"kind": kind, "title": title, "names": names}
                for kind, (title, names) in _LINKS.items()
                # The kinds that `links` knows are in its pattern alone.
                if known.get(names) and re.search(rf"[(|]{kind}[|)]", links._LINK.pattern)
            ],
            "pages": any(file.startswith("docs/") for file in self.documents),
            "repository": site.get("repository"),
            "contact": site.get("contact"),
        }

    def names(self, file: str = "") -> dict[str, dict[str, str]]:
        """Return what fields and links may name: the ids of each kind, and their titles.

        Those that only one file knows, such as its criteria, are those of `file`.
        """
        if self._named[0] is not self.documents:
            self._named = (self.documents, self._names())
        known = {**self._named[1]}
        if file in self.documents and (collection := collections.of(file)):
            value = self._value(file) or {}
            for part in collection.entries or ("criteria",):
                if "." not in part and isinstance(value.get(part), dict | list):
                    found = held(value, part, collection.entries.get(part, ""))
                    known.setdefault(
                        part, {name: _title(value[part][at]) for name, at in found.items()}
                    )
        return known

    def _names(self) -> dict[str, dict[str, str]]:
        known: dict[str, dict[str, str]] = {
            "calculators": {name: one.TITLE for name, one in CALCULATORS.items()},
            "departments": {
                code: f"{name} ({code})" for code, name in directory.department_names().items()
            },
            "pages": {},
            PICTURES: {
                Path(one).name: "" for one in self.documents if one.startswith(load.PICTURES)
            },
            "values": {},
        }
        known |= {one.attribute: {} for one in collections.COLLECTIONS if one.files}
        for path, document in self.documents.items():
            if path.startswith("docs/") and path.endswith(".md"):
                title = written_pages.value_of(document.text)["title"]
                known["pages"][path.removeprefix("docs/")] = title
            collection = collections.of(path)
            if collection is None or not isinstance(document.value, dict):
                continue
            value: dict[str, Any] = document.value
            name = Path(path).stem
            if collection.files:
                known[collection.attribute][name] = _title(value)
            elif name in {"journeys", "sectors", "structures"}:
                found = held(value, name, collection.entries[name])
                known[name] = {one: _title(value[name][at]) for one, at in found.items()}
            if collection.name == "rules":
                known["values"] |= {
                    f"{name}.{parameter}": f"{_title(value)} : {_title(inner)}"
                    for parameter, inner in (value.get("parameters") or {}).items()
                }
        return known

    def _entries(self, kind: str) -> Iterator[dict[str, Any]]:
        """Yield the entries of a kind: `{"file", "part", "id", "title"}`, and `group` in some."""
        if kind == written_pages.KIND:
            for file, document in self.documents.items():
                if written_pages.FILES.fullmatch(file):
                    title = written_pages.value_of(document.text)["title"] or file
                    yield {"file": file, "part": "", "id": file, "title": title}
            return
        collection = EDITED[kind]
        assert collection.editor
        parts = collection.editor.parts
        for file, document in self.documents.items():
            if collections.of(file) is not collection:
                continue
            value: Any = document.value
            in_group = {"group": _title(value)} if collection.files and parts else {}
            for section, named_by in parts.items():
                for name, at in held(value, section, named_by).items():
                    entry = {"file": file, "part": f"{section}.{name}", "id": name}
                    yield entry | {"title": _title(value[section][at])} | in_group
            if parts.keys() >= self.schemas[collection.schema]["properties"].keys():
                continue
            title = _title(value) if not parts else "Le haut de la page : titre, introduction…"
            title = title if value.get("title") or parts else collection.title
            yield {"file": file, "part": "", "id": Path(file).stem, "title": title} | in_group

    def _entry(self, request: dict[str, Any]) -> EditedEntry:
        """Return the entry that a request names, or a new one."""
        kind = request["kind"]
        page = kind == written_pages.KIND
        if kind not in EDITED and not page:
            raise Refused("Cette sorte de fiche n'existe pas.")
        if "new" in request:
            return self._new(kind, str(request["new"]), request.get("file"))
        entry = EditedEntry(kind, request["file"], request.get("part", ""))
        if page:
            fits = written_pages.FILES.fullmatch(entry.file) is not None
        else:
            collection = entry.collection
            fits = entry.file == collection.path(entry.identifier) and not (
                collection.files and not collection.named(entry.identifier)
            )
            fits = fits and (entry.editor.mended or entry.file not in self.documents)
        if not fits:
            raise Refused(f"L'atelier ne modifie pas « {entry.file} ».")
        return entry

    def _new(self, kind: str, given: str, file: str | None) -> EditedEntry:
        """Return a new entry, from the name that a person gives it."""
        known = {one["id"]: one["title"] for one in self._entries(kind)}
        if kind == written_pages.KIND:
            name = _identifier(given)
            path = f"{written_pages.FOLDER}/{name}.md"
            known = {Path(one).stem: title for one, title in known.items()}
            entry = EditedEntry(kind, path)
        else:
            collection = EDITED[kind]
            assert collection.editor
            named = collection.named if collection.files else models.ID.match
            name = reading.article(given) or given.strip()
            if not named(name):
                name = collection.new_name(_identifier(given), self.today)
            if not named(name):
                raise Refused(f"« {given} » ne convient pas comme nom. Donnez un nom plus simple.")
            section = next(iter(collection.editor.parts), "")
            path = file or collection.path(name)
            entry = EditedEntry(kind, path, f"{section}.{name}" if section else "")
        if not name:
            raise Refused("Donnez un nom : il fait l'adresse de la page.")
        if models.RESERVED.match(name):
            raise Refused(reserved(name))
        if name in known or (
            kind != written_pages.KIND and entry.file in self.documents and not entry.part
        ):
            title = known.get(name, entry.file)
            raise Refused(f"« {name} » existe déjà : {title}. Ouvrez cette fiche.")
        return entry

    def add_pages(self, pages: Mapping[str, str], files: Iterable[str]) -> None:
        """Take the pages of `docs/`, the configuration, and the names of other files."""
        held_pages = {path: read_page_text(text, Path(path)) for path, text in pages.items()}
        others = {path: Document(Path(path)) for path in files}
        self._publish(others | held_pages)

    def add_picture(self, given: str, weight: int, size: tuple[int, int]) -> str:
        """Take a picture that was chosen on the device, by the name of its file; return its name here."""
        stem, _, extension = given.rpartition(".")
        name = f"{_identifier(stem) or 'image'}.{extension.casefold()}"
        path = f"{load.PICTURES}{name}"
        try:
            picture_limits.refuse_name(name)
            picture_limits.refuse_weight(weight)
            picture_limits.refuse_size(*size)
        except ValueError as error:
            raise Refused(str(error)) from None
        if path in self.published:
            raise Refused(
                f"Le site a déjà une image « {name} ». Choisissez-la dans la liste, ou donnez un autre nom "
                "à votre fichier."
            )
        document = Document(Path(path), value={"width": size[0], "height": size[1]})
        self.documents = {**self.documents, path: document}
        return name

    def _with_its_pictures(self) -> Workshop:
        """Return the workshop without the chosen pictures that no text names any more."""
        texts = [self.documents[file].text for file in self.changed() if file in self.documents]
        changed = copy.copy(self)
        changed.documents = {
            path: one
            for path, one in self.documents.items()
            if not path.startswith(load.PICTURES)
            or path in self.published
            or any(one.path.name in text for text in texts)
        }
        return changed

    def _publish(self, documents: Mapping[str, Document]) -> None:
        """Take files as the site has them."""
        self.documents = {**self.documents, **documents}
        self.published = {**self.published, **documents}

    # The form

    def open(self, entry: EditedEntry) -> dict[str, Any]:
        """Return the JSON Schema and the values of the form of an entry."""
        if entry.kind == written_pages.KIND:
            text = self._text(entry.file)
            value: dict[str, Any] = written_pages.value_of(text) if text is not None else {}
        else:
            whole = self._value(entry.file, new=True)
            value = {name: plain(_at(whole, where)) for name, where in self._places(entry).items()}
            section, name = entry.name
            if (
                section
                and (named_by := entry.editor.parts[section])
                and value.get(named_by) is None
            ):
                value[named_by] = name
        return {
            "kind": entry.kind,
            "file": entry.file,
            "part": entry.part,
            "exists": entry.file in self.documents,
            "known": self._is_known(entry),
            "movable": self._movable(entry),
            "schema": self._form(entry),
            "value": {name: one for name, one in value.items() if one is not None},
        }

    def _is_known(self, entry: EditedEntry) -> bool:
        """Tell whether the entry itself is in its file."""
        if entry.file not in self.documents or entry.kind == written_pages.KIND:
            return entry.file in self.documents
        return _at(self._value(entry.file), place(entry, self._value(entry.file))) is not None

    def _movable(self, entry: EditedEntry) -> str | None:
        """Return the kind of names that may take the place of an entry; None when it may not go."""
        collection = EDITED.get(entry.kind)
        if collection is None or collection.schema not in rename.KINDS:
            return None
        return collection.attribute if entry.file in self.published else None

    def _places(self, entry: EditedEntry) -> dict[str, Path_]:
        section = entry.name[0]
        makes_one = entry.editor.new is not None
        value = self._value(entry.file, new=makes_one and not section)
        try:
            schema = self.schemas[entry.collection.schema]
            return places(entry, value, schema, new=bool(section) and makes_one)
        except KeyError:
            raise Refused(f"« {entry.part} » n'est pas dans {entry.file}.") from None

    def _form(self, entry: EditedEntry) -> dict[str, Any]:
        if entry.kind == written_pages.KIND:
            menu = self._text(written_pages.MENU)
            new = entry.file not in self.published and menu is not None
            return written_pages.schema(written_pages.menus(menu) if new and menu else [])
        schema = self.schemas[entry.collection.schema]
        today = french_date(self.today)
        return form(entry, schema, self._places(entry), self.names(entry.file), today)

    # The file

    def written(self, *drafts: Drafted) -> dict[str, Any]:
        """Return the file of the last draft, its changes, its mistakes, its page; the others are there too."""
        *others, mine = drafts
        entry, value = mine.entry, mine.value
        shop = self
        for other in others:
            shop = shop.after(other.entry, other.value)
        before = self._text(entry.file)
        read_value = shop._read(entry, value)
        done = shop.after(entry, value)
        # Last: what other drafts hold may name an entry by the name that it had.
        for one in drafts:
            if one.move:
                done = done.moved(one.entry, one.move)
        done = done._with_its_pictures()
        file = done._now(mine)
        document = done.documents.get(file) or Document(Path(file))
        checked = load.check(done.documents, CALCULATORS, self.today)
        faults = [one for one in checked.mistakes + checked.warnings if str(one.path) == file]
        elsewhere = [one for one in checked.mistakes if str(one.path) != file]
        mistakes = [
            _mistake(one) | {"message": spoken(one), "field": shop._field(entry, document, one)}
            for one in faults
        ]
        files = done.changed()
        pictures = [file for file in files if file.startswith(load.PICTURES)]
        files = {file: text for file, text in files.items() if file not in pictures}
        return {
            "file": entry.file,
            "text": document.text,
            "changed": document.text != before or file != entry.file,
            "diff": list(diff(before or "", document.text)),
            "mistakes": mistakes + _missing(entry, value),
            "others": [f"{done.title_of(one.path)} : {spoken(one)}" for one in elsewhere],
            "understood": [
                {"field": list(at), "text": words} for at, words in read_value.understood
            ],
            "page": done._page(dataclasses.replace(entry, file=file), checked.content),
            "files": [done._given(file, files[file]) for file in files],
            "pictures": [
                {"name": Path(one).name, "upload": done._upload_address()} for one in pictures
            ],
            "message": done.message(files, pictures),
        }

    def after(self, entry: EditedEntry, value: dict[str, Any]) -> Workshop:
        """Return the workshop in which the entry has this value; this one does not change."""
        text = self.text(entry, value)
        changed = copy.copy(self)
        changed.documents = {**self.documents, entry.file: _read_as(entry.file, text)}
        menu = self._text(written_pages.MENU) if entry.kind == written_pages.KIND else None
        if menu and value.get("menu") in written_pages.menus(menu):
            title = str(value.get("title") or "")
            with_page = written_pages.with_menu(menu, str(value["menu"]), title, entry.file)
            config = _read_as(written_pages.MENU, with_page)
            changed.documents = {**changed.documents, written_pages.MENU: config}
        return changed

    def moved(self, entry: EditedEntry, move: Mapping[str, str]) -> Workshop:
        """Return the workshop in which an entry has another name, or is gone, with all that named it."""
        if not self._movable(entry):
            raise Refused("Cette fiche garde son nom : le code du site la connaît par lui.")
        if not any(path.startswith("docs/") for path in self.documents):
            raise Refused("Les pages du site ne sont pas encore là. Réessayez dans un moment.")
        kind, old = entry.collection.schema, entry.identifier
        try:
            if "name" in move:
                new = self._new_name(entry, move["name"])
                files = rename.renamed(self.documents, kind, old, new, CALCULATORS)
            else:
                files = rename.removed(self.documents, kind, old, move["instead"], CALCULATORS)
        except ValueError as error:
            raise Refused(str(error)) from None
        changed = copy.copy(self)
        gone = {path for path, text in files.items() if text is None}
        changed.documents = {
            path: one for path, one in self.documents.items() if path not in gone
        } | {path: _read_as(path, text) for path, text in files.items() if text is not None}
        return changed

    def _new_name(self, entry: EditedEntry, given: str) -> str:
        """Return the name of a file for the words of a person; news keep their day."""
        name, collection = given.strip(), entry.collection
        if collection.named(name):
            return name
        words = _identifier(name)
        if not words:
            raise Refused("Donnez un nom : il fait l'adresse de la page.")
        day = reading.day(entry.identifier[:10]) or self.today
        return collection.new_name(words, day)

    def _now(self, draft: Drafted) -> str:
        """Return the path of the file of a draft, once it is moved."""
        if not draft.move or "name" not in draft.move:
            return draft.entry.file
        return draft.entry.collection.path(self._new_name(draft.entry, draft.move["name"]))

    def changed(self) -> dict[str, str | None]:
        """Return the files that differ from the published ones, and the text of each before."""
        before = self.published
        changed = {
            path: before[path].text if path in before else None
            for path, one in self.documents.items()
            if path not in before or (one is not before[path] and one.text != before[path].text)
        }
        return changed | {
            path: one.text for path, one in before.items() if path not in self.documents
        }

    def _given(self, file: str, before: str | None) -> dict[str, Any]:
        """Return a file of a proposal, with its changes and the way that it takes to the forge.

        The text of one that goes is None: no forge takes it away by an address.
        """
        text = self._text(file)
        return {
            "file": file,
            "title": self.title_of(Path(file)),
            "text": text,
            "diff": list(diff(before or "", text or "")),
            "forge": text and self._forge(file, text, known=before is not None),
        }

    def _forge(self, file: str, text: str, *, known: bool) -> dict[str, str] | None:
        site = models.Site.model_validate(self.published["data/site.yaml"].value)
        if site.repository is None:
            return None
        if known:
            return {"way": "known", "address": str(edit_links.edit_address(site, file))}
        whole = edit_links.new_address(site, file, text)
        if whole and len(whole) <= _LONGEST_ADDRESS:
            return {"way": "fresh", "address": whole}
        return {"way": "long", "address": str(edit_links.new_address(site, file))}

    def _upload_address(self) -> str | None:
        site = models.Site.model_validate(self.published["data/site.yaml"].value)
        return edit_links.upload_address(site, load.PICTURES.rstrip("/"))

    def message(
        self, files: Mapping[str, str | None], pictures: Iterable[str] = ()
    ) -> dict[str, str]:
        """Return the message that proposes files: its subject, what changes in French, the files.

        The `pictures` go beside it: a text holds none.
        """
        site: Any = self.published["data/site.yaml"].value
        titles = [self.title_of(Path(file)) for file in files]
        lines = [f"Proposition pour {site['name']}, le {french_date(self.today)}.", ""]
        for (file, before), title in zip(files.items(), titles, strict=True):
            document = self.documents.get(file)
            old = self.published.get(file)
            address = self._address(file)
            lines += [title if address is None else f"{title} : {{site}}{address}"]
            if document is None:
                lines += ["- Cette adresse n'a plus de fiche."]
            elif before is None:
                lines += ["- Une fiche nouvelle."]
            elif file == written_pages.MENU:
                lines += ["- Une ligne de plus dans le menu."]
            else:
                values = (
                    proposal.value_of(file, old.value if old else None, before),
                    proposal.value_of(file, document.value, document.text),
                )
                lines += [f"- {one}" for one in proposal.changes(*values)]
            lines += [""]
        lines += [f"Image à joindre : {Path(one).name}" for one in pictures]
        whole = [
            proposal.ProposedFile(file, self._text(file), proposal.base_of(before))
            for file, before in files.items()
        ]
        return {
            "subject": f"Proposition : {', '.join(titles)}"[:120],
            "changes": "\n".join(lines).strip(),
            "files": proposal.written(whole),
            "name": f"proposition-{self.today.isoformat()}.txt",
        }

    def _address(self, file: str) -> str | None:
        """Return the address of the page that a file makes, from the home page, or None."""
        if file.startswith("docs/"):
            return metadata.address(file.removeprefix("docs/"))
        collection = collections.of(file)
        if collection is None or not collection.pages:
            return None
        path = collection.pages[0]
        name = Path(file).stem if collection.files else "index"
        return metadata.address(path.format(name))

    def title_of(self, path: Path) -> str:
        """Return the title of what a file holds."""
        file = path.as_posix()
        document = self.documents.get(file) or self.published.get(file)
        if document and document.mistakes:
            document = self.published.get(file)
        if document and file.endswith(".md"):
            return written_pages.value_of(document.text)["title"] or file
        collection = collections.of(file)
        if file == written_pages.MENU:
            return "Le menu"
        if document and isinstance(document.value, dict) and document.value.get("title"):
            return _title(document.value)
        return collection.title if collection else file

    def _page(self, entry: EditedEntry, content: load.Content | None) -> dict[str, Any] | None:
        if content is None:
            return None
        if entry.kind == written_pages.KIND:
            return self.preview.written(entry.file, self.documents[entry.file].text, content)
        return self.preview.page(entry.file, content, entry.name[1])

    def _read(self, entry: EditedEntry, value: dict[str, Any]) -> reading.Reading:
        return reading.read(value, self._form(entry), self.names(entry.file))

    def text(self, entry: EditedEntry, value: dict[str, Any]) -> str:
        """Return the file of an entry with a value in it."""
        before = self._text(entry.file)
        if entry.kind == written_pages.KIND:
            return composed(written_pages.text_of(before, value))
        described = self._form(entry)
        read_value = reading.read(value, described, self.names(entry.file)).value
        file = file_editor.File(before or "")
        where = self._places(entry)
        fields, definitions = described["properties"], described["$defs"]
        at = place(entry, self._value(entry.file, new=True))
        inside = {name for name, one in where.items() if at and one[: len(at)] == at}
        if inside:
            whole = {name: one for name, one in read_value.items() if name in inside}
            order = self._form(entry)["properties"]
            model = {
                "type": "object",
                "properties": {name: order[name] for name in order if name in inside},
            }
            file.put(at, whole, model, definitions, [])
        for name, one in where.items():
            if name not in inside:
                file.put(one, read_value.get(name), fields[name], definitions, list(where))
        text = file.text()
        if before is None:
            schema = f"../schemas/{entry.collection.schema}.json"
            text = f"# yaml-language-server: $schema={schema}\n{text}"
        return composed(text)

    def replace(self, file: str, text: str) -> None:
        """Take a text as the file: the forge may be newer than the data that came with the page."""
        collection = collections.of(file)
        page = written_pages.FILES.fullmatch(file) is not None
        if not page and (collection is None or collection.editor is None):
            raise Refused(f"L'atelier ne modifie pas « {file} ».")
        document = _read_as(file, text)
        checked = load.check({**self.documents, file: document}, CALCULATORS, self.today)
        mine = [one for one in checked.mistakes if str(one.path) == file]
        if mine:
            raise Refused(
                f"Ce texte n'est pas celui de {file}, ou il a une faute. Ligne {mine[0].line} : "
                f"{mine[0].message}"
            )
        self._publish({file: document})

    def check(self, file: str, text: str) -> load.Checked:
        """Check all of `data/`, with this text in the place of one file."""
        documents = {**self.documents, file: read_text(text, Path(file))}
        return load.check(documents, CALCULATORS, self.today)

    def _field(
        self, entry: EditedEntry, document: Document, mistake: Mistake
    ) -> list[str | int] | None:
        """Return the path of the form's field that a mistake is about, or None."""
        if entry.kind == written_pages.KIND:
            return ["text"]
        where = _where(document, mistake)
        field: list[str | int] | None = None
        for name, one in self._places(entry).items():
            if where[: len(one)] == one:
                field = [name, *where[len(one) :]]
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


def _missing(entry: EditedEntry, value: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a page of `docs/` lacks: the check of its text does not look there."""
    if entry.kind != written_pages.KIND:
        return []
    return [
        {"line": 1, "column": 1, "warning": False, "field": [name], "message": words}
        for name, words in (
            ("title", "Donnez un titre à la page."),
            ("description", "Dites en une phrase ce que l'on trouve dans la page."),
            ("text", "Écrivez le texte de la page."),
        )
        if not str(value.get(name) or "").strip()
    ]


def _read_as(file: str, text: str) -> Document:
    """Read a text as the file that it is."""
    page = file.endswith(".md") or file == written_pages.MENU
    return (read_page_text if page else read_text)(text, Path(file))


def _unfolded(value: dict[str, Any]) -> dict[str, Any]:
    """Return the value of a form; a draft of before 28 November 2026 has its prescriber in one field."""
    kind = value.get("kind")
    if not isinstance(kind, dict):
        return value
    return {name: one for name, one in value.items() if name != "kind"} | kind


def _identifier(given: str) -> str:
    """Return the name of a file for what a person calls an entry: « Réseau d'essai » → reseau_d_essai."""
    plain = re.sub(r"[^a-z0-9]+", "_", reading.plain(given.replace("œ", "oe"))).strip("_")
    return plain[:60].rstrip("_")


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
    return value.keys() <= {"id", "checked"}


def _title(entry: dict[str, Any]) -> str:
    named = (entry.get(key) for key in ("title", "nom", "label", "now", "name", "id"))
    title, acronym = str(next((one for one in named if one), "")), entry.get("acronym")
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
