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
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from calculators import CALCULATORS
from calculators.dates import french_date
from generator.content import load, models, picture_limits, rename
from generator.pages import edit_links, links, metadata
from generator.workshop import kinds, packed, proposal, reading
from generator.workshop.diff import diff
from generator.workshop.files import Files, Refused
from generator.workshop.form import EditedEntry
from generator.workshop.kinds import KINDS, Kind, identifier
from generator.workshop.merge import merge, same
from generator.workshop.preview import Preview
from generator.workshop.wording import spoken
from generator.yaml_files.document import Document, Mistake

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


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a draft makes of an entry: its value, and its new name or its end (see `write`)."""

    entry: EditedEntry
    value: dict[str, Any]
    move: dict[str, str] | None = None


class Workshop(Files):
    """`data/`, and one file of it that is being edited."""

    def __init__(
        self, root: Path, today: date, documents: Mapping[str, Document] | None = None
    ) -> None:
        """`root` holds `mkdocs.yml`, and `data/` unless its `documents` are read already."""
        super().__init__(documents or load.read_all(root / "data"), today)
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
        site = self.value("data/site.yaml")
        listed = [
            {
                "kind": name,
                "title": one.editor.title,
                "new": one.editor.new,
                "entries": [*one.entries(self)] if one.editor.mended else [],
            }
            for name, one in KINDS.items()
        ]
        known = self.names()
        return {
            "kinds": sorted(listed, key=lambda one: metadata.sort_key(str(one["title"]))),
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

    def _entry(self, request: dict[str, Any]) -> EditedEntry:
        """Return the entry that a request names, or a new one."""
        kind = KINDS.get(request["kind"])
        if kind is None:
            raise Refused("Cette sorte de fiche n'existe pas.")
        if "new" in request:
            return kind.begun(self, str(request["new"]), request.get("file"))
        if not kind.opens(self, request["file"]):
            raise Refused(f"L'atelier ne modifie pas « {request['file']} ».")
        return EditedEntry(request["kind"], request["file"], request.get("part", ""))

    def add_pages(self, pages: Mapping[str, str], files: Iterable[str]) -> None:
        """Take the pages of `docs/`, the configuration, and the names of other files."""
        others = {path: Document(Path(path)) for path in files}
        self._publish(others | _read(pages))

    def add_picture(self, given: str, weight: int, size: tuple[int, int]) -> str:
        """Take a picture that was chosen on the device, by the name of its file; return its name here."""
        stem, _, extension = given.rpartition(".")
        name = f"{identifier(stem) or 'image'}.{extension.casefold()}"
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
        kind = KINDS[entry.kind]
        value = kind.value(self, entry)
        return {
            "kind": entry.kind,
            "file": entry.file,
            "part": entry.part,
            "exists": entry.file in self.documents,
            "known": kind.exists(self, entry),
            "movable": kind.movable(self, entry),
            "schema": kind.form(self, entry),
            "value": {name: one for name, one in value.items() if one is not None},
        }

    # The file

    def written(self, *drafts: Drafted) -> dict[str, Any]:
        """Return the file of the last draft, its changes, its mistakes, its page; the others are there too."""
        *others, mine = drafts
        entry, value = mine.entry, mine.value
        kind = KINDS[entry.kind]
        shop = self
        for other in others:
            shop = shop.after(other.entry, other.value)
        before = self.text_of(entry.file)
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
            _mistake(one)
            | {"message": spoken(one), "field": kind.field(shop, entry, document, one)}
            for one in faults
        ]
        mistakes += [
            {"line": 1, "column": 1, "warning": False, "field": [name], "message": words}
            for name, words in kind.missing(value)
        ]
        files = done.changed()
        pictures = [file for file in files if file.startswith(load.PICTURES)]
        files = {file: text for file, text in files.items() if file not in pictures}
        return {
            "file": entry.file,
            "text": document.text,
            "changed": document.text != before or file != entry.file,
            "diff": list(diff(before or "", document.text)),
            "mistakes": mistakes,
            "others": [f"{done.title_of(one.path)} : {spoken(one)}" for one in elsewhere],
            "understood": [
                {"field": list(at), "text": words} for at, words in read_value.understood
            ],
            "page": checked.content
            and kind.page(
                self.preview, done, dataclasses.replace(entry, file=file), checked.content
            ),
            "files": [done._given(file, files[file]) for file in files],
            "pictures": [
                {"name": Path(one).name, "upload": done._upload_address()} for one in pictures
            ],
            "message": done.message(files, pictures),
        }

    def after(self, entry: EditedEntry, value: dict[str, Any]) -> Workshop:
        """Return the workshop in which the entry has this value; this one does not change."""
        kind = KINDS[entry.kind]
        texts = {entry.file: kind.text(self, entry, value), **kind.beside(self, entry, value)}
        changed = copy.copy(self)
        changed.documents = {**self.documents, **_read(texts)}
        return changed

    def moved(self, entry: EditedEntry, move: Mapping[str, str]) -> Workshop:
        """Return the workshop in which an entry has another name, or is gone, with all that named it."""
        if not KINDS[entry.kind].movable(self, entry):
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
        } | _read({path: text for path, text in files.items() if text is not None})
        return changed

    def _new_name(self, entry: EditedEntry, given: str) -> str:
        """Return the name of a file for the words of a person; news keep their day."""
        name, collection = given.strip(), entry.collection
        if collection.named(name):
            return name
        words = identifier(name)
        if not words:
            raise Refused(kinds.NAMELESS)
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
        text = self.text_of(file)
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
            kind = kinds.of(file)
            address = kind.address(file)
            lines += [title if address is None else f"{title} : {{site}}{address}"]
            if document is None:
                lines += ["- Cette adresse n'a plus de fiche."]
            elif before is None:
                lines += ["- Une fiche nouvelle."]
            else:
                lines += [f"- {one}" for one in kind.changes(old, document)]
            lines += [""]
        lines += [f"Image à joindre : {Path(one).name}" for one in pictures]
        whole = [
            proposal.ProposedFile(file, self.text_of(file), proposal.base_of(before))
            for file, before in files.items()
        ]
        return {
            "subject": f"Proposition : {', '.join(titles)}"[:120],
            "changes": "\n".join(lines).strip(),
            "files": proposal.written(whole),
            "name": f"proposition-{self.today.isoformat()}.txt",
        }

    def title_of(self, path: Path) -> str:
        """Return the title of what a file holds."""
        file = path.as_posix()
        document = self.documents.get(file) or self.published.get(file)
        if document and document.mistakes:
            document = self.published.get(file)
        return kinds.of(file).title(file, document)

    def _read(self, entry: EditedEntry, value: dict[str, Any]) -> reading.Reading:
        schema = KINDS[entry.kind].form(self, entry)
        return reading.read(value, schema, self.names(entry.file))

    def replace(self, file: str, text: str) -> None:
        """Take a text as the file: the forge may be newer than the data that came with the page."""
        kind = kinds.of(file)
        if not (isinstance(kind, Kind) and kind.takes(file)):
            raise Refused(f"L'atelier ne modifie pas « {file} ».")
        document = kind.read(file, text)
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
        documents = {**self.documents, **_read({file: text})}
        return load.check(documents, CALCULATORS, self.today)


def _read(texts: Mapping[str, str]) -> dict[str, Document]:
    return {file: kinds.of(file).read(file, text) for file, text in texts.items()}


def _unfolded(value: dict[str, Any]) -> dict[str, Any]:
    """Return the value of a form; a draft of before 28 November 2026 has its prescriber in one field."""
    kind = value.get("kind")
    if not isinstance(kind, dict):
        return value
    return {name: one for name, one in value.items() if name != "kind"} | kind


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


def _mistake(mistake: Mistake) -> dict[str, Any]:
    return {
        "line": mistake.line,
        "column": mistake.column,
        "message": mistake.message,
        "warning": mistake.warning,
    }


def opened(root: str) -> Workshop:
    """Return the workshop of the files that the build has packed under `root`: `data.pickle`, `mkdocs.yml`."""
    documents = packed.unpacked(Path(root, "data.pickle").read_bytes())
    return Workshop(Path(root), date.today(), documents)
