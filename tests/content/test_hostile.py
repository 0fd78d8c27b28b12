"""Hostile content in `data/`: refused in bounded time, or shown as the text that it is."""

from __future__ import annotations

import os
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content import compiled_rules, load
from generator.content import markdown as accepted
from generator.pages import metadata, tree
from generator.publish.addresses import of_page
from generator.yaml_files.document import MOST
from generator.yaml_files.reader import MAX_BYTES, read
from tests.conftest import ROOT
from tests.content.test_mistakes import TODAY, copy, told
from tests.publish.test_security_headers import CODE

HEAD = (
    "title: Un terme\ncategory: notion\nsummary: Une phrase simple.\nbasis: loi\n"
    "sources:\n  - { article: R5132-1-7 }\nchecked: 2026-11-21\n"
)
TEXT = f"{HEAD}definition: |\n  "
#: Each made as long as a file may be.
BOMBS = {
    "anchors": "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 9000)),
    "nested lists": "x: " + "[" * MAX_BYTES,
    "nested keys": "".join(" " * i + "a:\n" for i in range(500)),
    "items": "related:\n" + "- A\n" * MAX_BYTES,
    "unknown keys": HEAD + "".join(f"k{i}: 1\n" for i in range(9000)),
    "a huge number": "x: " + "9" * MAX_BYTES,
    "reversed text": "x: " + "\u202e" * MAX_BYTES,
    "other letters": "x: " + "а" * MAX_BYTES,
    "open brackets": TEXT + "[" * MAX_BYTES,
    "open links": TEXT + "[a](" * MAX_BYTES,
    "open emphasis": TEXT + "**a*" * MAX_BYTES,
    "comments": TEXT + "<!--" * MAX_BYTES,
    "definitions of links": TEXT + "\n  ".join(f"[a{i}]: x:y" for i in range(9000)),
    "many links": TEXT + "[a](terme:zzz) " * MAX_BYTES,
    "a long title": HEAD.replace("Un terme", "<[" * MAX_BYTES),
}
#: What a long text may cost, at most: seconds of processor, whatever else the machine does.
PATIENCE = 15


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_file_made_to_cost_time_is_told_soon(bomb: str, tmp_path: Path) -> None:
    """As large as a file may be, it is refused in a few seconds, in a few sentences."""
    data = copy(["outdated.yaml"], tmp_path)
    (data / "glossary").mkdir()
    text = BOMBS[bomb].encode()[:MAX_BYTES].decode("utf-8", "ignore")
    (data / "glossary" / "x.yaml").write_text(text, "utf-8")
    start = time.process_time()
    mistakes = told(data, "glossary/x.yaml")
    assert time.process_time() - start < PATIENCE
    assert 1 <= len(mistakes) <= MOST + 1
    assert all(len(mistake.message) < 1000 for mistake in mistakes)
    if len(mistakes) > MOST:
        assert any(f"Plus de {MOST} erreurs" in mistake.message for mistake in mistakes)


def test_a_link_of_the_disk_is_not_followed(tmp_path: Path) -> None:
    """A file, or a folder, that only points elsewhere is refused: its target is not even read."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("motdepasse: 12:30\n")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.yaml").write_text("motdepasse: 12:30\n")
    data = copy([], tmp_path)
    (data / "glossary").mkdir()
    (data / "glossary" / "aci.yaml").symlink_to(secret)
    (data / "networks").symlink_to(tmp_path / "elsewhere")
    for home in ("glossary/aci.yaml", "networks/x.yaml"):
        (mistake,) = told(data, home)
        assert "n'est qu'un lien vers un autre endroit" in mistake.message
    mistakes = load.load(data, CALCULATORS, TODAY).mistakes
    assert "motdepasse" not in "".join(map(str, mistakes))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """What is no file is refused: reading a pipe would last for ever."""
    path = tmp_path / "site.yaml"
    os.mkfifo(path)
    (mistake,) = read(path).mistakes
    assert "Ce n'est pas un fichier lisible" in mistake.message


class Rendered(HTMLParser):
    """What in a piece of HTML could run, or go where no text may lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "iframe", "object", "embed", "base", "meta", "link", "img"}:
            self.faults.append(tag)
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if CODE.match(name) or re.match("(javascript|vbscript|data):", address):
                self.faults.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.text += data


RENDERER: list[Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))[
    "markdown_extensions"
]
EXTENSIONS = [one if isinstance(one, str) else next(iter(one)) for one in RENDERER]
SCRAPS = st.sampled_from(
    [
        *"<>[]()!\"'`*_:#-+=&;\\/ \n",
        *(
            "\n\n",
            "    ",
            "](",
            "](javascript:alert(1))",
            "[a]: ",
            "javascript:",
            "java&#115;cript:",
        ),
        *("data:text/html,x", "https://a.fr", "<javascript:alert(1)>", "<b", "onclick=", "style="),
        *("&lt;script&gt;", "<!--", "-->", "]]>", "<?x", "<![CDATA[", "{: onclick=x }", "{ .a }"),
        *("| a | b |\n|---|:-:|\n", "\n: ", "```\n", "~~~", "mot", "\x00", "&#x6a;", "&colon;"),
        *("](file:///etc/passwd)", "](//a.fr)", "](https://u:p@a.fr)", "](https://127.0.0.1/)"),
        *("[Légifrance](https://a.fr)", "[](https://a.fr)", "](https://a.local)", "https:\\\\a.fr"),
        *("<https://u:p@a.fr>", "[a](java\nscript:x)", "[a](terme: aci)", "[[contact]]"),
        *("[TOC]", "*[mot]: x", "[^1]", '"title" onclick="x"', "<a@b.fr>", "terme:aci"),
    ]
)


@settings(deadline=None, max_examples=400)
@given(text=st.lists(SCRAPS | st.text(max_size=4), max_size=14).map("".join))
def test_what_the_check_accepts_cannot_become_code(text: str) -> None:
    """The check and the renderer read Markdown each in their own way: no text slips between them."""
    if accepted.problems(text) and accepted.plain_problems(text):
        return
    html = markdown.markdown(f"## Titre\n\n{text}\n", extensions=EXTENSIONS)
    assert Rendered(html).faults == [], html
    # A link to a thing of the site becomes a path later.
    built = re.sub(r'href="(terme|simulateur|regle|article):', 'href="./', html)
    assert list(of_page(built, "https://site.fr/")) == [], html


USUAL = st.sampled_from(
    [
        *(
            "mot",
            " ",
            "\n\n",
            "\n- mot",
            "\n\n- mot",
            "\n    - mot",
            "\n1. mot",
            "**mot**",
            "`mot`",
        ),
        *("[mot](terme:aci)", "[un\nmot](terme:ai)", "[mot](terme: ai)", '[mot](article:L1 "mot")'),
    ]
)


def addresses(html: str) -> list[str]:
    """Return the addresses of the links of a piece of HTML."""
    return re.findall(r'<a href="([^"]*)"', html)


@settings(deadline=None, max_examples=400)
@given(text=st.lists(USUAL | USUAL | SCRAPS, max_size=14).map("".join))
def test_the_site_shows_the_links_that_the_check_reads(text: str) -> None:
    """Of a text that is accepted, no link is read by the one and not by the other."""
    if not accepted.problems(text):
        html = markdown.markdown(text, extensions=EXTENSIONS)
        assert len(addresses(html)) == len(accepted.links(text)), html


#: What the usual forms are made of, and what comes near to them.
PIECES = st.sampled_from(
    [
        *("mot", "Un", "l'", "«", "»", "(", ")", ",", ".", ":", "!", "-", '"', "1", "2021", "1."),
        *(
            " ",
            " ",
            "\u00a0",
            "\n",
            "\n",
            "\n\n",
            "\n- ",
            "\n\n- ",
            "\n\n- ",
            "\n  ",
            "**",
            "**mot**",
        ),
        *("\n\n**Un mot.** ", "**l'[mot](terme:ai)** ", "[](regle:a_b.c)", "[un\nmot](terme:ai)"),
        *("[mot](https://a.fr/b_c?d=e#f)", "![", "[[", "](", '[L. 1](article:L1 "l\'un […] 1°")'),
    ]
)
TITLES = st.lists(
    st.sampled_from(["mot", "l'", "'", " ", "(", ")", "[", "]", "1°", ".", ":", "\n", "\n  ", "é"]),
    max_size=6,
).map(lambda title: f'[mot](article:L1 "{"".join(title)}")')


def assert_read_alike(text: str) -> None:
    """Check that one expression finds in a usual text what the parsers find, and refuses as they do."""
    read = accepted.links.__wrapped__(text), accepted.problems.__wrapped__(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(accepted, "_USUAL", re.compile("(?!)"))
        patched.setattr(accepted, "links", accepted.links.__wrapped__)
        assert read == (accepted.links(text), accepted.problems.__wrapped__(text))


@settings(deadline=None, max_examples=600)
@given(text=st.lists(PIECES | PIECES | TITLES, min_size=1, max_size=12).map("".join))
def test_usual_forms_are_read_as_the_parsers_read_them(text: str) -> None:
    """What one expression takes for usual, both parsers read alike, with the same links."""
    for one in (text, f"Un {text}"):
        if accepted._USUAL.fullmatch(one):
            assert_read_alike(one)


MARKED = st.sampled_from(
    [
        *("mot", " ", ".", "**", "**", "**mot**", "**Un mot.** ", "`", "`a`", "_", "__", "*", "\\"),
        *("\n", "\n\n", "\n- ", "# ", "<b>", "<div markdown>\n", "[mot](x)", "l'", "\n```\n", "|"),
    ]
)


@settings(deadline=None, max_examples=600)
@given(text=st.lists(MARKED, max_size=12).map("".join))
def test_marks_that_are_plainly_closed_need_no_parser(text: str) -> None:
    """What two patterns take for closed, the parser closes too."""
    read = accepted.page_problems(text, text)
    with pytest.MonkeyPatch.context() as patched:
        for name in ("_CLOSED_BOLD", "_CLOSED_CODE"):
            patched.setattr(accepted, name, re.compile("(?!)"))
        assert read == accepted.page_problems(text, text)


def test_most_of_our_texts_have_the_usual_forms(content: load.Content) -> None:
    """Those that have them hold the links that the parsers find; were they few, checking would be long."""
    texts = [term.definition for term in content.terms.values()]
    usual = [text for text in texts if accepted._USUAL.fullmatch(text)]
    assert len(usual) > 0.8 * len(texts)
    for text in usual:
        assert_read_alike(text)


def test_the_check_reads_as_the_site_is_configured() -> None:
    """Every extension of the renderer, but the table of contents: no text holds a heading."""
    assert {f"markdown.extensions.{name}" for name in EXTENSIONS if name != "toc"} == {
        *accepted.EXTENSIONS
    }


#: Accepted by the check, and hostile to whatever forgets to escape it.
PAYLOAD = (
    """ ' " onmouseover="alert(1)" > --> &lt;script&gt;alert(1)&lt;/script&gt; (javascript:x)"""
)
#: Where one template makes many pages, each from an entry of `data/`.
FOLDERS = {"actualites", "annuaire", "glossaire", "portraits", "reseaux", "regles", "structures"}
#: Keys whose text a person writes.
WORDED = {
    *("title", "label", "word", "territory", "document", "period", "name", "publisher"),
    *(
        "summary",
        "definition",
        "description",
        "introduction",
        "detail",
        "note",
        "meaning",
        "before",
    ),
    *("now", "answer", "by_hand", "validity", "question", "nom", "place", "trades", "alt"),
}


def hostile(value: Any, key: str = "") -> Any:
    """Return the same content, with `PAYLOAD` after each text that a person writes."""
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        return value.model_copy(update={name: hostile(one, name) for name, one in fields.items()})
    if isinstance(value, dict):
        return {name: hostile(one, key) for name, one in value.items()}
    if isinstance(value, list):
        return [hostile(one, key) for one in value]
    return f"{value}{PAYLOAD}" if type(value) is str and key in WORDED else value


def test_hostile_words_stay_words_in_every_page(content: load.Content) -> None:
    """Quotes, ends of comments, coded tags in every text: no attribute, no tag, in any page."""
    assert accepted.problems(PAYLOAD) == accepted.plain_problems(PAYLOAD) == []
    poisoned = load.Content(
        **{name: hostile(getattr(content, name)) for name in load.Content.__slots__}
    )
    before, after = (
        tree.pages(
            one, CALCULATORS, Rules.from_json(compiled_rules.as_text(one)), {}, "http://site/"
        )
        for one in (content, poisoned)
    )
    for name in ("journal/feed.xml", "actualites/feed.xml"):
        feed = ElementTree.fromstring(after.pop(name))
        assert "onmouseover" in ElementTree.tostring(feed, encoding="unicode")
    seen: dict[str, int] = {}
    for path, text in after.items():
        folder = path.rpartition("/")[0]
        seen[folder] = seen.get(folder, 0) + 1
        if folder in FOLDERS and seen[folder] > 3:
            continue  # one more page of the same template
        page, ours = (
            Rendered(markdown.markdown(one.split("\n---\n", 1)[1], extensions=EXTENSIONS))
            for one in (text, before[path])
        )
        assert page.faults == ours.faults, path  # the scripts of our own templates
        if folder in FOLDERS and not path.endswith("index.md"):
            assert 'onmouseover="alert(1)"' in page.text, path
            assert PAYLOAD.strip() in metadata.front_matter(text)["title"], path
