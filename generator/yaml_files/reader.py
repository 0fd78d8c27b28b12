"""Read one YAML file safely, and remember where every key and value stands.

The accepted YAML is the part that people edit without surprises: mappings, lists, quoted and
plain text, block text, whole and decimal numbers, `true` and `false`, and ISO dates. Everything
YAML would guess at (`yes`, `048`, `12:30`) is refused with the remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

from generator.yaml_files.document import Document, Path_
from generator.yaml_files.syntax_errors import explain, place_of, place_of_mark

MAX_BYTES = 128 * 1024
MAX_DEPTH = 20

# Not more digits than a float holds exactly: a longer number is a code, to be quoted.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?\Z", re.ASCII)
_LIKE_NUMBER = re.compile("[-+]?[.,]?[0-9][0-9 \u00a0\u202f_.,:]*(e[-+]?[0-9]+)?\\Z", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
#: Ten times as fast, where the library has its part in C. Its messages on mistakes are shorter.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.resolver.Resolver()
# Characters that hide or reorder text in a review, or that count as line ends for YAML alone.
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e01ef]"
)
# Letters that are not Latin, and those that only look so: one of them would pass for another word.
# Accents that stand alone too: what a letter can hold was joined to it before.
_FOREIGN = re.compile(
    "[\u0250-\u034e\u0350-\u1dff\u1f00-\u1fff\u2100-\u218f\u2460-\u24ff\u2c00-\u2dff\u2e80-\ud7ff"
    "\uf900-\ufaff\ufb00-\ufdff\ufe70-\uffef\U00010000-\U000dffff]"
)
# Signs that a font of one program alone draws: Word's bullets and arrows, and letters lost on the way.
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_CODED = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
# In one set: looking for several takes five times as long.
_UNUSUAL = re.compile(
    f"[{_INVISIBLE.pattern[1:-1]}{_FOREIGN.pattern[1:-1]}{_PRIVATE.pattern[1:-1]}\u00a0\u202f]"
)
#: Where git leaves two versions of a passage, one after the other.
_CONFLICT = re.compile(r"^ *(<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
#: What a page or a conversation puts around a file that is copied from it.
_FENCE = re.compile(r"^(`{3,}|~{3,}).*$", re.MULTILINE)
_OLD_MAC = re.compile(r"\r(?!\n)")


class _Stop(Exception):
    """The rest of this file cannot be read."""


def read(path: Path, shown: Path | None = None, known: Document | None = None) -> Document:
    """Read `path`; every mistake found is in the returned document's `mistakes`.

    `shown` is the path to print, when it differs. `known`, what was read there before, is returned if
    it has no mistake and the text is the same.
    """
    document = Document(shown or path)
    try:
        if path.exists() and not path.is_file():  # reading a pipe would wait for ever
            raise IsADirectoryError
        raw = path.read_bytes()
    except FileNotFoundError:
        document.blame((), "Ce fichier manque. Remettez-le : le site en a besoin.")
        return document
    except OSError:
        document.blame((), "Ce n'est pas un fichier lisible. Effacez-le, ou remettez le texte.")
        return document
    if _too_large(document, len(raw)):
        return document
    if _decode(document, raw):
        if known and known.text == document.text and not known.mistakes:
            return known
        _read_text(document)
    return document


def read_text(text: str, shown: Path) -> Document:
    """Read the text of a file as `read` does."""
    document = Document(shown, composed(text))
    too_large = _too_large(document, len(text.encode("utf-8", "surrogatepass")))
    return document if too_large else _read_text(document)


def read_page(path: Path, shown: Path) -> Document:
    """Read a page of Markdown: its text alone, with the mistakes of its characters."""
    document = Document(shown)
    return _page(document) if _decode(document, path.read_bytes()) else document


def read_page_text(text: str, shown: Path) -> Document:
    """Read the text of a page as `read_page` does."""
    return _page(Document(shown, composed(text)))


def _page(document: Document) -> Document:
    document.text = document.text.replace("\r\n", "\n")
    _check_characters(document)
    return document


def composed(text: str) -> str:
    """Join each accent to its letter: macOS and PDF files write « é » as two characters.

    The two look the same, and no comparison, no search and no quote of the law would find them alike.
    """
    return normalize("NFC", text)


def _decode(document: Document, raw: bytes) -> bool:
    try:
        document.text = composed(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        document.blame_at(
            (before.count("\n") + 1, len(before) - before.rfind("\n")),
            "Un caractère ne se lit pas. Enregistrez le fichier en UTF-8 : dans votre éditeur, "
            "« Enregistrer sous », codage « UTF-8 ».",
        )
        return False
    return True


def _too_large(document: Document, size: int) -> bool:
    if size <= MAX_BYTES:
        return False
    document.blame(
        (),
        f"Le fichier pèse {size // 1024} ko ; la limite est {MAX_BYTES // 1024} ko. "
        "Coupez-le en plusieurs fichiers.",
    )
    return True


def _read_text(document: Document) -> Document:
    _check_characters(document)
    if not document.mistakes:
        _parse(document)
    return document


def _check_characters(document: Document) -> None:
    _check_whole(document)
    if document.mistakes:
        return  # its lines are not those of a file
    page = document.path.suffix == ".md"
    if not (_UNUSUAL.search(document.text) or (_CODED.search(document.text) and not page)):
        return  # most files: looking at each line would take seconds
    for number, line in enumerate(document.text.split("\n"), 1):
        if document.full:
            return
        for match in _INVISIBLE.finditer(line.removesuffix("\r")):
            place = (number, match.start() + 1)
            if place == (1, 1) and match.group() == "\ufeff":
                message = (
                    "Le fichier commence par une marque invisible. Enregistrez-le en "
                    "« UTF-8 », et non en « UTF-8 avec BOM »."
                )
            else:
                message = _invisible_message(match.group())
            document.blame_at(place, message)
        if foreign := _FOREIGN.search(_INVISIBLE.sub(" ", line)):
            document.blame_at(
                (number, foreign.start() + 1),
                f"« {foreign.group()} » (U+{ord(foreign.group()):04X}) n'est pas une lettre du français, "
                "même si elle y ressemble. Effacez-la, et tapez la lettre au clavier.",
            )
        for match in _PRIVATE.finditer(line):
            document.blame_at((number, match.start() + 1), _private_message(match.group()))
        if page:
            continue
        if space := re.match(" *([\u00a0\u202f])", line):
            document.blame_at(
                (number, space.start(1) + 1),
                "Un espace insécable en début de ligne. Remplacez-le par un espace ordinaire.",
            )
        for match in _CODED.finditer(line):
            document.blame_at(
                (number, match.start() + 1),
                f"« {match.group()} » est un caractère codé. Tapez le caractère lui-même.",
            )


def _check_whole(document: Document) -> None:
    """Blame what happened to the file as a whole, each in one sentence and no other."""
    text = document.text

    def blame(found: re.Match[str], message: str) -> None:
        line = text.count("\n", 0, found.start()) + 1
        document.blame_at((line, found.start() - text.rfind("\n", 0, found.start())), message)

    if found := _OLD_MAC.search(text):
        blame(
            found,
            "Une fin de ligne d'un ancien Mac (CR seul). Enregistrez le fichier avec des fins de ligne "
            "« LF », que les éditeurs nomment aussi « Unix ».",
        )
    elif found := _CONFLICT.search(text):
        blame(
            found,
            f"« {found[1]} » : git a laissé ici deux versions du même passage. Gardez la bonne, et "
            "effacez l'autre avec les lignes « <<<<<<< », « ======= » et « >>>>>>> ».",
        )
    elif document.path.suffix != ".md" and (found := _FENCE.search(text)):
        blame(
            found,
            f"« {found[1]} » entoure le fichier dans la page d'où il est copié, et n'en fait pas "
            "partie. Effacez cette ligne, et celle qui la referme.",
        )


def _private_message(character: str) -> str:
    if character == "\ufffd":
        return "« \ufffd » est la place d'une lettre perdue. Retapez le mot, d'après l'original."
    return (
        f"Un signe privé (U+{ord(character):04X}), que seule une police de Word dessine : souvent une "
        "puce ou une flèche. Effacez-le ; pour une liste, écrivez « - »."
    )


def _invisible_message(character: str) -> str:
    if character == "\t":
        return "Une tabulation. Remplacez-la par des espaces (deux par niveau)."
    return (
        f"Un caractère invisible (U+{ord(character):04X}). "
        "Effacez-le, avec les lettres voisines s'il le faut, et retapez-les."
    )


_DEEPER = {
    yaml.MappingStartEvent: 1,
    yaml.SequenceStartEvent: 1,
    yaml.MappingEndEvent: -1,
    yaml.SequenceEndEvent: -1,
}


def _events(text: str) -> Iterator[yaml.Event]:
    events, depth = [], 0
    try:
        for event in iter(LOADER(text).get_event, None):
            events.append(event)
            depth += _DEEPER.get(type(event), 0)
            if depth > MAX_DEPTH + 1:  # refused here: reading the rest gets ever slower
                break
        return iter(events)
    except yaml.YAMLError:
        return iter(yaml.parse(text, Loader=yaml.SafeLoader))


def _parse(document: Document) -> None:
    events = _events(document.text)
    builder = _Builder(document, events)
    try:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
        else:
            document.blame((), "Le fichier est vide. Écrivez-y une fiche, ou effacez-le.")
            return
        document.value = builder.build((), next(events), 0)
        next(events)  # the end of the document
        extra = next(events)
        if isinstance(extra, yaml.DocumentStartEvent):
            document.blame_at(
                place_of(extra),
                "« --- » ouvre un second document. Gardez un seul document par fichier : "
                "effacez cette ligne, ou mettez la suite dans un autre fichier.",
            )
    except yaml.MarkedYAMLError as error:
        document.value = None
        document.blame_at(*explain(document.text, error, builder.last))
    except _Stop:
        pass


class _Builder:
    """Turn parser events into plain values; record their places, refuse the YAML that is not accepted."""

    def __init__(self, document: Document, events: Iterator[yaml.Event]) -> None:
        self.document = document
        self.events = events
        self.last: yaml.ScalarEvent | None = None

    def build(self, where: Path_, event: yaml.Event, depth: int) -> object:
        place = place_of(event)
        self.document.values[where] = place
        if self.document.full:
            raise _Stop
        if depth > MAX_DEPTH:
            self._blame(place, f"Plus de {MAX_DEPTH} niveaux imbriqués. Aplatissez le fichier.")
            raise _Stop
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            self._blame(
                place,
                f"« {self._word(event)} » a un sens spécial ici, à cause de son premier signe. "
                'Effacez-le ; si c\'est du texte, mettez la valeur entre guillemets droits : "…".',
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(where, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(where, depth)
        return self._scalar(where, event) if isinstance(event, yaml.ScalarEvent) else None

    def _word(self, event: yaml.Event) -> str:
        assert event.start_mark is not None
        start = event.start_mark.index
        return self.document.text[start : start + 30].split(maxsplit=1)[0]

    def _mapping(self, where: Path_, depth: int) -> dict[str, object]:
        mapping: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            place = place_of(event)
            if (
                not isinstance(event, yaml.ScalarEvent)
                or event.anchor
                or event.tag
                or not event.value
            ):
                self._blame(
                    place,
                    "Une clé doit être un mot simple, sans signe spécial devant : "
                    "« title: Mon titre ».",
                )
                raise _Stop
            name = event.value
            if name[-1] in "\u00a0\u202f":
                name = name.rstrip()
                self._blame(
                    (place[0], place[1] + len(name)),
                    f"Un espace insécable précède le deux-points de « {name} ». Effacez-le : "
                    f"« {name}: … ».",
                )
            path = (*where, name)
            duplicate = name in mapping
            if duplicate:
                first = self.document.keys[path][0]
                self._blame(
                    place,
                    f"La clé « {name} » est déjà écrite ligne {first}. "
                    "Gardez une seule des deux, ou réunissez leurs valeurs.",
                )
                path = (*where, f"{name} (bis)")
            self.document.keys[path] = place
            value = self.build(path, next(self.events), depth + 1)
            if not duplicate:
                mapping[name] = value
        return mapping

    def _sequence(self, where: Path_, depth: int) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.build((*where, len(items)), event, depth + 1))
        return items

    def _scalar(self, where: Path_, event: yaml.ScalarEvent) -> object:
        self.last = event
        text: str = event.value
        place = place_of(event)
        assert event.start_mark is not None
        start = event.start_mark.index
        if event.style in {"|", ">"}:  # the text starts on the next line
            start = self.document.text.find("\n", start) + 1
        self.document.starts[where] = start + (event.style in {"'", '"'})
        if hidden := _INVISIBLE.search(text):  # written with a backslash
            self._blame(place, _invisible_message(hidden.group()))
        if not event.implicit[0] or event.style:  # quoted, or a block
            return text
        self._hash(event)
        if text in {"", "null", "~"}:
            return None
        if text in {"true", "false"}:
            return text == "true"
        if match := _NUMBER.match(text):
            return float(text) if match.group(2) else int(text)
        if _DATE.match(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._blame(
                    place,
                    f"« {text} » n'est pas un jour du calendrier. Une date s'écrit année, mois, "
                    "jour : 2026-11-21.",
                )
                return None
        if message := _ambiguous(text):
            self._blame(place, message)
        return text

    def _hash(self, event: yaml.ScalarEvent) -> None:
        """Refuse « Article #3 »: a comment has a space after its sign, a lost text has none."""
        assert event.end_mark is not None
        end = event.end_mark.index
        if match := re.compile(r" *(#[^\s#]\S*)").match(self.document.text, end):
            line, column = place_of_mark(event.end_mark)
            self._blame(
                (line, column + match.start(1) - end),
                f"« {match[1][:30]} » serait perdu : ce qui suit « # » n'est pas lu. Mettez toute la "
                "valeur entre guillemets droits ; pour un conseil, laissez un espace après « # ».",
            )

    def _blame(self, place: tuple[int, int], message: str) -> None:
        self.document.blame_at(place, message)


def _ambiguous(text: str) -> str | None:
    """Return a remedy for a plain text that YAML, or a person, reads in several ways; else None."""
    shown = text if len(text) <= 40 else text[:39] + "…"
    if _LIKE_NUMBER.match(text):
        return (
            f"« {shown} » ne se lit pas comme un nombre : pas de zéro devant, pas d'espace, et un "
            "point pour les décimales (1500 ou 12.5). Pour un code, une heure ou un texte, mettez "
            f'des guillemets droits : "{shown}".'
        )
    kind = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)).rpartition(":")[2]
    if kind == "str":
        return None
    instead = {
        "bool": "Écrivez true (oui) ou false (non)",
        "timestamp": "Écrivez une date en année, mois, jour, comme 2026-11-21",
    }.get(kind, "Réécrivez la valeur")
    return (
        f"« {shown} » peut se lire de plusieurs façons. {instead} ; si c'est un texte, mettez des "
        f'guillemets droits : "{shown}".'
    )
