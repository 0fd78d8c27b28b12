"""Change true files of `data/` by machine: `check` accepts only what a page shows as written.

From a file, a change that keeps its meaning (another layout, another order of keys, other line ends,
accents apart from their letters) must pass, and give the same page. A change of its words or of its
figures may be refused; accepted, it must be on the page as it was written. Everything comes from a
seed, so that a fault is found again.
"""

from __future__ import annotations

import html
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unicodedata import normalize

import markdown as python_markdown
import yaml
from pydantic import BaseModel

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content import collections, compiled_rules, load, models, value_names
from generator.content import markdown as accepted
from generator.content.collections import Collection
from generator.content.load import Content
from generator.content.shapes import shape_of, walk
from generator.pages import metadata, names
from generator.pages.tree import PageBuilder
from generator.yaml_files import formatter
from generator.yaml_files.document import Document, Path_
from generator.yaml_files.reader import read_text

#: How many files are changed in one check, each in its own way: checking takes time.
TOGETHER = 25
ROOT = Path(__file__).parent.parent
_SETTINGS = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
_RENDERER = python_markdown.Markdown(
    extensions=[one if isinstance(one, str) else next(iter(one)) for one in _SETTINGS]
)


@dataclass(frozen=True)
class Tried:
    """One changed file, how it was changed, and what came of it: `right`, `refused` or `wrong`."""

    file: str
    change: str
    outcome: str
    why: str
    text: str


def counted(tries: list[Tried]) -> dict[str, int]:
    """Return how many were tried, right, refused and wrong."""
    found = Counter(one.outcome for one in tries)
    return {"tried": len(tries), **{name: found[name] for name in ("right", "refused", "wrong")}}


# Changes that keep the meaning


class _Quoting(yaml.SafeDumper):
    """Writes as a careful person: what looks like a number, and is none, is quoted."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = (
        '"' if re.match(r"[-+.\d]|(null|true|false|yes|no|on|off|y|n|~)\Z", text, re.I) else None
    )
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Quoting.add_representer(str, _quoted)


def _dumped(value: object, **options: Any) -> str:
    return str(yaml.dump(value, Dumper=_Quoting, allow_unicode=True, sort_keys=False, **options))


def _as_json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str, indent=1)
    return re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", text)


def _shuffled(value: Any, chance: random.Random) -> Any:
    """Return the same keys in another order, at the top and in each source."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: value[key] for key in keys}
    return value


def _with_comments(text: str, chance: random.Random) -> str:
    lines = re.split(r"(?m)^(?=[a-z_]+:)", text)
    return "".join(f"{chance.choice(['', '# Un conseil : à lire.', ''])}\n{one}" for one in lines)


#: By name, what a person or a program does to a file without changing what it says.
SAME: dict[str, Callable[[Document, random.Random], str]] = {
    "line ends of Windows": lambda one, _: one.text.replace("\n", "\r\n"),
    "accents apart": lambda one, _: normalize("NFD", one.text),
    "comments": lambda one, chance: _with_comments(one.text, chance),
    "no last line end": lambda one, _: one.text.rstrip("\n"),
    "more line ends": lambda one, _: one.text + "\n\n\n",
    "laid out": lambda one, _: formatter.formatted(one.text),
    "double quotes": lambda one, _: _double_quoted(one.value),
    "other widths": lambda one, chance: _dumped(one.value, width=chance.choice([40, 80, 1000])),
    "braces": lambda one, _: _dumped(one.value, default_flow_style=True, width=100),
    "json": lambda one, _: _as_json(one.value),
    "other order": lambda one, chance: _dumped(_shuffled(one.value, chance), width=100),
    "wider indent": lambda one, _: _dumped(one.value, indent=4, width=100),
}


def _double_quoted(value: object) -> str:
    """Write each text between double quotes; dates and numbers stay as they are."""

    class Dumper(yaml.SafeDumper):
        pass

    Dumper.add_representer(
        str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, '"')
    )
    return yaml.dump(value, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=100)


# Changes of the words and of the figures

WORDS = [
    *(
        "mot",
        "L'aide",
        "À la fin",
        "50 %",
        "1 500 €",
        "24 mois",
        "n° 3",
        "l’apostrophe",
        "cœur",
        "ACI",
    ),
    *(
        "« cité »",
        '"cité"',
        "“cité”",
        "(ou non)",
        "a/b",
        "a & b",
        "&amp;",
        "&lt;b&gt;",
        "&nbsp;",
        "x²",
    ),
    *(
        "**gras**",
        "*italique*",
        "**gras",
        "`code`",
        "`",
        "_x_",
        "pass_iae",
        "~~x~~",
        "a*b",
        "\\*",
        "\\",
    ),
    *(
        "[mot](terme:aci)",
        "[mot](terme: aci)",
        "[](terme:aci)",
        "[mot](terme:zut)",
        "[mot]",
        "[[contact]]",
    ),
    *(
        "[](regle:pass_iae.duree.jours)",
        "`[x](terme:aci)`",
        "`[](regle:pass_iae.duree.jours)`",
        "[TOC]",
    ),
    *(
        "[x](javascript:alert(1))",
        "[x](https://a.fr)",
        "[x](//a.fr)",
        "<https://a.fr>",
        "https://a.fr",
    ),
    *(
        "[Légifrance](https://a.fr)",
        "[x](data:text/html,x)",
        "[x](file:///x)",
        "[x](https://u:p@a.fr)",
    ),
    *(
        "<b>x</b>",
        "<script>",
        "<!--",
        "-->",
        "<",
        ">",
        "{x}",
        "{{ x }}",
        "{: .x }",
        "{% x %}",
        "|",
        "$x$",
    ),
    *(
        "# Titre",
        "- point",
        "1. point",
        "1) point",
        "> cité",
        "---",
        "===",
        ": x",
        "    x",
        "```",
        "\n\n",
    ),
    *(
        "\n\n- point\n- point",
        "\n\n1. un\n2. deux",
        "\n\n> cité",
        "\n\n    code",
        "\nsuite",
        "  \nsuite",
    ),
    *(
        "e\u0301",
        "\u00a0",
        "\u202f",
        "\u200b",
        "\uf0b7",
        "\u0430",
        "😀",
        "…",
        "–",
        "—",
        "→",
        "\t",
        "\x07",
    ),
    *(
        "!",
        "?",
        ";",
        ":",
        ".",
        ",",
        "À écrire",
        "''",
        "#",
        "@",
        "%",
        "=",
        "+",
        "^x^",
        "x^2",
        "[^1]",
        "*[x]: y",
    ),
]
NUMBERS = [0, -1, 1, 2, 2.5, 12, 1500, 99_999_999_999, 10**14, 0.1, 1e-9]


def leaves(document: Document, collection: Collection) -> Iterator[tuple[Path_, object]]:
    """Yield the texts, the numbers and the days of a file that a person writes, with their places."""
    for where, value, shape in walk(document.value, shape_of(collection.model)):
        if not where or where[-1] in {"quote", "article", "text", "platform", "id", "basis"}:
            continue
        worded = isinstance(value, str) and shape is not None and shape.text
        if worded or (isinstance(value, int | float | date) and not isinstance(value, bool)):
            yield where, value


def _other(value: object, chance: random.Random) -> object:
    """Return another value for a leaf."""
    match value:
        case date():
            return value + timedelta(days=chance.choice([-40_000, -400, -1, 1, 30, 400, 20_000]))
        case int() | float():
            return chance.choice(NUMBERS)
    text = str(value)
    scrap = chance.choice(["", " "]).join(chance.choices(WORDS, k=chance.choice([1, 1, 2, 3])))
    place = chance.choice([0, len(text.rstrip()) - 1, chance.randrange(len(text) + 1), None])
    if place is None:
        return f"{scrap}."
    # At the edge of a word, mostly: in the middle of one, signs mean less.
    while 0 < place < len(text) and text[place - 1 : place] != " " and chance.random() < 0.9:
        place -= 1
    return f"{text[:place]}{scrap}{chance.choice(['', ' '])}{text[place:]}"


def _set(value: Any, where: Path_, new: object) -> Any:
    """Return a copy of a value with another leaf."""
    if not where:
        return new
    first, rest = where[0], where[1:]
    if isinstance(value, dict):
        return {key: _set(one, rest, new) if key == first else one for key, one in value.items()}
    return [_set(one, rest, new) if place == first else one for place, one in enumerate(value)]


def _typo(text: str, chance: random.Random) -> str:
    """Return the text of a file after a slip of the hand: a letter, a line, a sign."""
    lines = text.splitlines(keepends=True)
    line = chance.randrange(len(lines))
    place = chance.randrange(len(text))
    match chance.randrange(6):
        case 0:
            return text[:place] + text[place + 1 :]
        case 1:
            return text[:place] + chance.choice("aé1 ,:'-\"#[](){}*_`|<>&") + text[place:]
        case 2:
            return "".join(lines[:line] + lines[line + 1 :])
        case 3:
            return "".join(lines[: line + 1] + lines[line:])
        case 4 if line:
            lines[line - 1], lines[line] = lines[line], lines[line - 1]
            return "".join(lines)
    return text[:place] + chance.choice(WORDS) + text[place:]


# What a page shows


class _Shown(HTMLParser):
    """The words of a page: not those of its buttons that open the law."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "button":
            self.hidden = dict(attrs).get("class") == "legal-quote"

    def handle_endtag(self, tag: str) -> None:
        if tag == "button":
            self.hidden = False

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def _letters(text: str) -> str:
    """Return a text without what typography sets otherwise: spaces, apostrophes."""
    return re.sub(r"\s", "", text).replace("’", "'")


def _blocks(text: str, content: Content) -> Iterator[str]:
    """Yield the words of each paragraph of a Markdown text, as CommonMark reads it."""

    def value(link: re.Match[str]) -> str:
        return f"[{names.value_in_force(content, link[1])}](regle:{link[1]})"

    parts = re.split(r"(`[^`\n]*`)", text)
    parts[::2] = [re.sub(r"\[\]\(regle:([^)]+)\)", value, one) for one in parts[::2]]
    rendered = accepted._PARSER.render("".join(parts))
    for block in re.split(r"</?(?:p|li|ul|ol)>", rendered):
        words = html.unescape(re.sub(r"<[^>]*>", "", block))
        if words.strip():
            yield words


#: Keys whose value a page shows otherwise than by its words, or that only check and code read.
NOT_IN_WORDS = {
    *(
        "quote",
        "id",
        "basis",
        "term",
        "terms",
        "related",
        "incompatible",
        "group",
        "derived",
        "ended",
        "unit",
        "page",
        "publisher",
        "question",
        "question_to_herself",
    ),
    *("platform", "code", "scope", "category", "departments", "structures", "authorization"),
    *("networks", "sectors", "directory", "department", "reseaux_porteurs", "kind", "code_insee"),
    *("horaires_accueil", "accessibilite_lieu", "lien_source", "file", "map", "link", "drawing"),
}


def expected(value: BaseModel, content: Content) -> Iterator[str]:
    """Yield the pieces of text that the page of an entry must show."""
    for name in type(value).model_fields:
        held = getattr(value, name)
        shape = shape_of(type(value)).fields[name]
        if name in NOT_IN_WORDS:
            continue
        if name == "checked" and isinstance(value, models.EasyRead):  # its full page says the day
            continue
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, BaseModel):
                yield from expected(one, content)
            elif isinstance(one, dict):
                for inner in one.values():
                    if isinstance(inner, BaseModel):
                        yield from expected(inner, content)
                    elif isinstance(inner, int | float) and not isinstance(inner, bool):
                        yield value_names.value_text(inner)
            elif isinstance(one, str) and name != "rights":
                prose = shape.prose
                if prose and prose.markdown:
                    yield from _blocks(one, content)
                elif name in {"url", "article", "text", "title"} and type(value) in models.SOURCES:
                    yield html.unescape(one.removeprefix("Loi ")) if name == "title" else ""
                elif name in {"website", "site_web"}:
                    yield re.sub(r"^https?://", "", one)
                else:
                    yield html.unescape(one)
            elif type(one) in {int, float} and name in {"value", "total"}:
                yield value_names.value_text(one)
            elif isinstance(one, date) and name in {"checked", "since", "until"}:
                yield load.shown_date(one)


class Fuzzer:
    """Changes the files that have a page of their own, and looks at what check and page make of them."""

    def __init__(self, documents: Mapping[str, Document], today: date) -> None:
        self.documents = dict(documents)
        self.today = today
        checked = load.check(self.documents, CALCULATORS, today)
        assert checked.content, checked.mistakes
        self.content = checked.content
        self.rules = Rules.from_json(compiled_rules.as_text(checked.content))
        self.files = [
            path
            for path in self.documents
            if (one := collections.of(path)) is not None and one.template
        ]
        builder = PageBuilder(self.content, CALCULATORS, self.rules)
        self.before = {path: self._page(path, builder) for path in self.files}

    def run(self, count: int, seed: int) -> list[Tried]:
        """Try `count` changes of true files, the same ones for the same seed."""
        chance = random.Random(seed)  # noqa: S311 - no secret
        tries: list[Tried] = []
        while len(tries) < count:
            together = min(TOGETHER, count - len(tries))
            # Pages show words of other files: those that keep the meaning are changed together.
            same = chance.random() < 0.3
            changed = {
                path: self._changed(path, chance, same=same)
                for path in chance.sample(self.files, together)
            }
            tries += self._try(changed)
        return tries

    def _changed(self, path: str, chance: random.Random, *, same: bool) -> tuple[str, str]:
        """Return the name of a change, and the text of the file once it is changed."""
        document = self.documents[path]
        if same:
            name = chance.choice(list(SAME))
            return f"same: {name}", SAME[name](document, chance)
        if chance.random() < 0.7:
            collection = collections.of(path)
            assert collection
            where, value = chance.choice(list(leaves(document, collection)))
            new = _other(value, chance)
            shown = ".".join(map(str, where))
            return f"{shown}: {new!r}", _double_quoted(_set(document.value, where, new))
        return "typo", _typo(document.text, chance)

    def _try(self, changed: Mapping[str, tuple[str, str]]) -> list[Tried]:
        read = {path: read_text(text, Path(path)) for path, (_, text) in changed.items()}
        checked = load.check({**self.documents, **read}, CALCULATORS, self.today)
        refused: dict[str, str] = {}
        for mistake in checked.mistakes:
            refused.setdefault(mistake.path.as_posix(), str(mistake))
        kept = {path: one for path, one in read.items() if path not in refused}
        content = load.check({**self.documents, **kept}, CALCULATORS, self.today).content
        if content is None:  # one of them makes a mistake in a file that was not changed
            for path, one in list(kept.items()):
                alone = load.check({**self.documents, path: one}, CALCULATORS, self.today)
                if alone.content is None:
                    refused[path] = str(alone.mistakes[0])
                    del kept[path]
            content = load.check({**self.documents, **kept}, CALCULATORS, self.today).content
        assert content
        builder = PageBuilder(content, CALCULATORS, self.rules)
        found = []
        for path, (name, text) in changed.items():
            if path in refused:
                outcome = "wrong" if name.startswith("same: ") else "refused"
                why = refused[path]
            else:
                why = self._wrong(path, name, content, builder) or ""
                outcome = "wrong" if why else "right"
            found.append(Tried(path, name, outcome, why, text))
        return found

    def _wrong(self, path: str, name: str, content: Content, builder: PageBuilder) -> str | None:
        """Say how the page of an accepted file does not show what was written, or return None."""
        page = self._page(path, builder)
        if name.startswith("same: "):
            return None if page == self.before[path] else "another page for the same content"
        shown = _letters("".join(_Shown(page).words))
        for words in expected(self._model(path, content), content):
            if _letters(words) not in shown:
                return f"not on its page: {words[:200]!r}"
        return None

    def _model(self, path: str, content: Content) -> BaseModel:
        collection = collections.of(path)
        assert collection
        held = getattr(content, collection.attribute)
        model = held[Path(path).stem] if collection.files else held
        assert isinstance(model, BaseModel)
        return model

    def _page(self, path: str, builder: PageBuilder) -> str:
        """Return the HTML of the page of a file."""
        collection = collections.of(path)
        assert collection
        stem = Path(path).stem
        made = builder.entry(collection, stem) if collection.files else builder.prescribers()
        text = builder.finish(collection.pages[0].format(stem), made)
        _RENDERER.reset()
        return str(_RENDERER.convert(metadata.body(text)))
