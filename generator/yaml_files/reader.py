"""Read one YAML file safely, and remember where every key and value stands.

The accepted YAML is the part that people edit without surprises: mappings, lists, quoted and
plain text, block text, whole and decimal numbers, `true` and `false`, and ISO dates. Everything
YAML would guess at (`yes`, `048`, `12:30`) is refused with the remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 128 * 1024
MAX_DEPTH = 20
#: How many mistakes of one file are told: nobody reads more, and finding each takes time.
MOST = 100

type Path_ = tuple[str | int, ...]

# Not more digits than a float holds exactly: a longer number is a code, to be quoted.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?\Z", re.ASCII)
_LIKE_NUMBER = re.compile("[-+]?[.,]?[0-9][0-9 \u00a0\u202f_.,:]*(e[-+]?[0-9]+)?\\Z", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
#: Ten times as fast, where the library has its part in C. It says less of what it cannot read.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.resolver.Resolver()
# Characters that hide or reorder what a reviewer sees, or that count as lines for YAML alone.
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e01ef]"
)
# Letters that are not Latin, and those that only look so: one of them would pass for another word.
_FOREIGN = re.compile(
    "[\u0250-\u02af\u0370-\u1dff\u1f00-\u1fff\u2100-\u218f\u2460-\u24ff\u2c00-\u2dff\u2e80-\ud7ff"
    "\uf900-\ufaff\ufb00-\ufdff\ufe70-\uffef\U00010000-\U000dffff]"
)
_WORD = re.compile(r"\S+")
_CODED = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
# In one set: looking for several takes five times as long.
_UNUSUAL = re.compile(f"[{_INVISIBLE.pattern[1:-1]}{_FOREIGN.pattern[1:-1]}\u00a0\u202f]")


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake in a file, or a warning; `line` and `column` count from 1."""

    path: Path
    line: int
    column: int
    message: str
    warning: bool = False
    #: The key or value that it is about, where the place alone does not tell: one that is missing.
    where: Path_ | None = field(default=None, compare=False)

    def __str__(self) -> str:
        kind = "avertissement : " if self.warning else ""
        return f"{self.path}:{self.line}:{self.column}: {kind}{self._on_one_line()}"

    def annotation(self) -> str:
        """Return the mistake as a GitHub workflow command, shown on the line in a pull request."""
        path = str(self.path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        message = self._on_one_line().replace("%", "%25")
        level = "warning" if self.warning else "error"
        return f"::{level} file={path},line={self.line},col={self.column}::{message}"

    def _on_one_line(self) -> str:
        return re.sub(r"\s*[\r\n]\s*", " ", self.message)


@dataclass(slots=True)
class Document:
    """A file's content, with the place (line, column) of each key and value by its path."""

    path: Path
    text: str = ""
    value: object = None
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    #: Where the characters of each scalar start in `text`.
    starts: dict[Path_, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)

    def blame(self, where: Path_, message: str, *, key: bool = False) -> None:
        """Record a mistake at the value at `where` (or at its key)."""
        self.blame_at(self.place(where, key=key), message, where)

    def blame_at(self, place: tuple[int, int], message: str, where: Path_ | None = None) -> None:
        """Record a mistake at a line and a column; the last one says that there are more."""
        if len(self.mistakes) == MOST:
            message = (
                f"Plus de {MOST} erreurs dans ce fichier : la suite n'est pas dite. "
                "Corrigez celles-ci, puis recommencez."
            )
        if not self.full:
            self.mistakes.append(Mistake(self.path, *place, message, where=where))

    @property
    def full(self) -> bool:
        """Whether there are more mistakes than anyone reads: looking for others is in vain."""
        return len(self.mistakes) > MOST

    def warn_at(self, place: tuple[int, int], message: str) -> None:
        """Record what should be looked at, and refuses nothing."""
        self.warnings.append(Mistake(self.path, *place, message, warning=True))

    def place(self, where: Path_, *, key: bool = False) -> tuple[int, int]:
        """Return the line and column of `where`, or of the nearest place above it.

        The parts in brackets are not the file's: validators add them.
        """
        key = key or where[-1:] == ("[key]",)
        where = tuple(part for part in where if not str(part).startswith("["))
        while where not in self.values and where:
            where = where[:-1]
        return (self.keys if key and where in self.keys else self.values).get(where, (1, 1))

    def place_inside(self, where: Path_, offset: int) -> tuple[int, int]:
        """Return the line and column of the character `offset` of the text at `where`.

        YAML changes the spaces and line ends of a long text, and nothing else: count the others.
        """
        value: Any = self.value
        for part in where:
            value = value[part]
        before = len("".join(value[:offset].split()))
        index = self.starts[where]
        for word in _WORD.finditer(self.text, index):
            index = word.start() + before
            if before < len(word[0]):
                break
            before -= len(word[0])
        return self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)


class _Stop(Exception):
    """The rest of this file cannot be read."""


def read(path: Path, shown: Path | None = None) -> Document:
    """Read `path`; every mistake found is in the returned document's `mistakes`.

    `shown` is the path to print, when it differs.
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
    if len(raw) > MAX_BYTES:
        document.blame(
            (),
            f"Le fichier pèse {len(raw) // 1024} ko ; la limite est {MAX_BYTES // 1024} ko. "
            "Coupez-le en plusieurs fichiers.",
        )
        return document
    try:
        document.text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        document.blame_at(
            (before.count("\n") + 1, len(before) - before.rfind("\n")),
            "Un caractère ne se lit pas. Enregistrez le fichier en UTF-8 : dans votre éditeur, "
            "« Enregistrer sous », codage « UTF-8 ».",
        )
        return document
    return _read_text(document)


def read_text(text: str, shown: Path) -> Document:
    """Read the text of a file as `read` does."""
    return _read_text(Document(shown, text))


def _read_text(document: Document) -> Document:
    _check_characters(document)
    if not document.mistakes:
        _parse(document)
    return document


def _check_characters(document: Document) -> None:
    if not (_UNUSUAL.search(document.text) or _CODED.search(document.text)):
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
            if depth > MAX_DEPTH + 1:  # it is refused before what follows: ever slower to read
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
                _place(extra),
                "« --- » ouvre un second document. Gardez un seul document par fichier : "
                "effacez cette ligne, ou mettez la suite dans un autre fichier.",
            )
    except yaml.MarkedYAMLError as error:
        document.value = None
        document.blame_at(*_syntax(document.text, error, builder.last))
    except _Stop:
        pass


_INDENT = (
    "Le retrait de cette ligne ne va pas avec les lignes d'avant. "
    "Alignez-la sur ses voisines (deux espaces par niveau)."
)
_UNCLOSED = (
    "Le guillemet ouvert ici n'est pas refermé. Ajoutez-en un à la fin du texte. "
    "Pour un guillemet dans le texte, prenez « et »."
)
#: What the YAML parser says (a part of it), and how to say it to a person.
_SYNTAX = {
    "expected chomping": "Après « | » ou « > », passez à la ligne : le texte commence à la "
    "ligne suivante, décalé de deux espaces.",
    "expected a comment or a line": "Après « | » ou « > », passez à la ligne : le texte commence "
    "à la ligne suivante, décalé de deux espaces.",
    "expected alphabetic": "« * » et « & » ne peuvent pas commencer une valeur. Mettez-la entre "
    'guillemets droits ("…"), ou écrivez le texte après « | », à la ligne.',
    "cannot start any token": "Ce caractère ne peut pas commencer une valeur. "
    'Mettez-la entre guillemets droits : "…".',
    "unknown escape character": "« \\ » dans un texte entre guillemets : écrivez « \\\\ ».",
    "sequence entries are not allowed": "Un élément de liste commence à la ligne : allez à la "
    "ligne avant « - ».",
    "expected the node content": "Un crochet, une accolade ou une virgule de trop. "
    'Effacez-le ; si c\'est du texte, mettez la valeur entre guillemets droits : "…".',
    "but found ':'": "Il manque une clé devant ce deux-points : « title: Mon titre ».",
    "expected <block end>": _INDENT,
    "expected '<document start>'": _INDENT,
}


def _syntax(
    text: str, error: yaml.MarkedYAMLError, last: yaml.ScalarEvent | None
) -> tuple[tuple[int, int], str]:
    """Return the place to edit, and what to do in French, where the parser stopped."""
    problem = error.problem or ""
    found = _mark(error.problem_mark)
    began = _mark(error.context_mark) if error.context_mark else found
    if "quoted scalar" in (error.context or "") and "escape" not in problem:
        return began, _UNCLOSED
    if "could not find expected ':'" in problem:
        return began, _no_colon(text, began)
    if "mapping values are not allowed" in problem:
        return _unexpected_colon(text, found)
    if "but found '<scalar>'" in problem and last and last.style in {"'", '"'}:
        quote = _place(last)
        assert last.end_mark is not None
        if last.end_mark.line + 1 > quote[0]:
            return quote, _UNCLOSED
        return found, (
            "Du texte suit un guillemet qui se referme. Mettez toute la valeur entre guillemets "
            "droits doubles, et « et » à l'intérieur : \"L'aide « au poste »\"."
        )
    if "expected ',' or" in problem:
        return began if began[0] < found[0] else found, (
            "Il manque une virgule, ou un crochet ou une accolade n'est pas refermé : "
            "[aci, ei], { article: R5132-1-7 }."
        )
    for part, message in _SYNTAX.items():
        if part in problem:
            return found, message
    return found, (
        "Cette ligne ne se lit pas. Vérifiez le retrait (deux espaces par niveau), "
        "les deux-points et les guillemets, ici et à la ligne d'avant."
    )


def _unexpected_colon(text: str, found: tuple[int, int]) -> tuple[tuple[int, int], str]:
    lines = text.split("\n")
    line, column = found
    here, above = lines[line - 1], lines[line - 2] if line > 1 else ""
    indent = len(here) - len(here.lstrip(" "))
    if ": " in here[: column - 1]:
        return found, (
            "Deux-points de trop sur la ligne. Mettez le texte entre guillemets droits : "
            'title: "Texte : la suite".'
        )
    if len(above) - len(above.lstrip(" ")) == indent and not above.rstrip().endswith(":"):
        return (line - 1, indent + 1), _no_colon(text, (line - 1, indent + 1))
    return (line, indent + 1), _INDENT


def _no_colon(text: str, place: tuple[int, int]) -> str:
    line = text.split("\n")[place[0] - 1]
    if re.search(r":[\u00a0\u202f]", line):
        return "Un espace insécable suit le deux-points. Remplacez-le par un espace ordinaire."
    if re.match(r" *-\S", line):
        return "Il manque un espace après le tiret : « - un élément »."
    return (
        "Il manque un deux-points suivi d'un espace après la clé de cette ligne : "
        "« title: Mon titre ». Si c'est la suite d'un texte, décalez-la vers la droite."
    )


def _mark(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _place(event: yaml.Event) -> tuple[int, int]:
    return _mark(event.start_mark)


class _Builder:
    """Turn parser events into plain values; record places, refuse what is not accepted."""

    def __init__(self, document: Document, events: Iterator[yaml.Event]) -> None:
        self.document = document
        self.events = events
        self.last: yaml.ScalarEvent | None = None

    def build(self, where: Path_, event: yaml.Event, depth: int) -> object:
        place = _place(event)
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
            place = _place(event)
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
        place = _place(event)
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
            line, column = _mark(event.end_mark)
            self._blame(
                (line, column + match.start(1) - end),
                f"« {match[1][:30]} » serait perdu : ce qui suit « # » n'est pas lu. Mettez toute la "
                "valeur entre guillemets droits ; pour un conseil, laissez un espace après « # ».",
            )

    def _blame(self, place: tuple[int, int], message: str) -> None:
        self.document.blame_at(place, message)


def _ambiguous(text: str) -> str | None:
    """Say what to write instead of a plain text that YAML, or a person, reads in several ways."""
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
