"""The built site, read as files: its answers to questions, and the data that it publishes.

Build it first: `make site`.
"""

from __future__ import annotations

import contextlib
import io
import json
import posixpath
import re
import urllib.request
from collections import deque
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import jsonschema
import pytest
import yaml

from generator.content.load import Content
from generator.publish import open_data
from tests.conftest import ROOT

SITE = ROOT / "build" / "site"
QUESTIONS = yaml.safe_load((ROOT / "tests" / "questions.yaml").read_text("utf-8"))
#: Elements that end a line of text; the others are inside a sentence.
BLOCKS = {"p", "li", "ul", "ol", "td", "th", "tr", "h1", "h2", "h3", "h4", "div", "dt", "dd"}
INVITED = 3  # clicks
#: Elements whose text is for machines, and attributes whose words are for people.
CODE = {"code", "pre", "script", "style"}
SPOKEN = {"alt", "aria-label", "placeholder", "title"}


class Reading(HTMLParser):
    """The text of a page, the addresses of its links, and all that people read of it but code."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.text = ""
        self.links: list[str] = []
        self.read: list[str] = []
        self.hidden = self.code = 0
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "template"}:
            self.hidden += 1
        elif tag in BLOCKS:
            self.text += "\n"
        self.code += tag in CODE
        self.read += [
            words or ""
            for name, words in attrs
            # Scripts show what stands in `data-`, but for the other names by which a filter finds.
            if name in SPOKEN or (name.startswith("data-") and name != "data-also")
        ]
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.links.append(href)

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag in CODE
        if tag in {"script", "style", "template"}:
            self.hidden -= 1
        elif tag in BLOCKS:
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.text += data
        if not self.code:
            self.read.append(data)

    def sentences(self) -> str:
        """Return the text with plain spaces and apostrophes, as one types, one block a line."""
        lines = (" ".join(line.split()) for line in self.text.replace("’", "'").splitlines())
        return "\n".join(line for line in lines if line)


@pytest.fixture(scope="module")
def pages() -> dict[str, Reading]:
    """Every page of the site by its address, `/` first."""
    assert (SITE / "index.html").exists(), "Build the site first: make site"
    return {
        "/" + path.relative_to(SITE).as_posix().removesuffix("index.html"): Reading(path)
        for path in sorted(SITE.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def clicks(pages: dict[str, Reading]) -> dict[str, int]:
    """How many links one follows from the home page to each page."""
    far = {"/": 0}
    waiting = deque(far)
    while waiting:
        here = waiting.popleft()
        for link in pages[here].links:
            parts = urlsplit(urljoin(f"http://site{here}", link))
            there = parts.path
            if parts.netloc == "site" and there in pages and there not in far:
                far[there] = far[here] + 1
                waiting.append(there)
    return far


def test_enough_questions_are_asked() -> None:
    """At least forty, none twice."""
    assert len({entry["question"] for entry in QUESTIONS}) == len(QUESTIONS) >= 40


@pytest.mark.parametrize("entry", QUESTIONS, ids=lambda entry: entry["question"])
def test_a_newcomer_finds_the_answer(
    entry: dict[str, str], pages: dict[str, Reading], clicks: dict[str, int]
) -> None:
    """The sentence that answers is on its page, at most three clicks from the home page."""
    assert clicks[entry["page"]] <= INVITED
    assert entry["sentence"] in pages[entry["page"]].sentences()


@pytest.mark.parametrize("words", ["loi loi", "calculateur"])
def test_no_page_has_words_that_readers_stumble_on(words: str, pages: dict[str, Reading]) -> None:
    """The mark « Loi » is not said twice, and what calculates is called « simulateur »."""
    found = {address: page.sentences().lower().count(words) for address, page in pages.items()}
    assert sum(found.values()) == 0, [address for address, count in found.items() if count]


def test_no_apostrophe_is_straight(pages: dict[str, Reading]) -> None:
    """French is printed with « ’ » everywhere: pages, answers to come, what is heard; not in code."""
    straight = re.compile(r".{0,20}[^\W\d_]'(?=[^\W_]|«).{0,20}")
    found = {
        (address, words)
        for address, page in pages.items()
        for text in page.read
        if "'" in text
        for words in straight.findall(text)
    }
    print(f"straight apostrophes: {len(found)}")
    assert not found


def test_every_page_can_be_reached(pages: dict[str, Reading], clicks: dict[str, int]) -> None:
    """No page is an orphan: links lead to each of them, but to those for wrong or former addresses."""
    data = yaml.safe_load((ROOT / "data" / "redirects.yaml").read_text("utf-8"))
    former = {f"/{one['old']}" for one in data["redirects"]}
    assert set(pages) - set(clicks) == {"/404.html", *former}


def test_the_home_page_leads_to_the_explanations(pages: dict[str, Reading]) -> None:
    """Who knows nothing is led to the explanations by the text itself, not by the menu only."""
    assert "Comprendre l'IAE" in pages["/"].sentences().split("Tous les simulateurs")[0]


#: The scripts that only some pages load, and the markup that needs them.
NEEDED = {
    "calculator/page.js": r"\A(?!.* data-journey=).* data-calculator-root",
    "journey/page.js": r" data-journey=",
    "shared/start_worker.js": r"\A(?!.* data-journey=).* data-calculator-root",
    "spreadsheet/page.js": r" data-spreadsheet-page",
    "offline/page.js": r" data-offline[ >]",
    "site/filter.js": r'<form class="filter"',
    "calculator/embedded.js": r" data-frame |https://adresse-du-site/",
}


def test_a_page_loads_the_scripts_that_it_needs_and_no_other() -> None:
    """And asks at once for all that they import, not one after the other."""
    script_source = r'<script [^>]*src="[^"]*/?assets/scripts/([a-z_/]+\.js)"'
    for path in sorted(SITE.rglob("index.html")):
        text = path.read_text("utf-8")
        loaded = re.findall(script_source, text)
        for name, sign in NEEDED.items():
            assert (name in loaded) == bool(re.search(sign, text, re.DOTALL)), (path, name)
        read = [*loaded]
        imported = set()
        for name in read:
            script = (SITE / "assets" / "scripts" / name).read_text("utf-8")
            found = re.findall(r'\bimport(?:[^";()]+from)?"(\.[^"]+)"', script)
            names = [posixpath.normpath(posixpath.join(name, "..", one)) for one in found]
            imported.update(names)
            read += [one for one in names if one not in read]
        preloaded = re.findall(
            r'<link rel="modulepreload" [^>]*href="[^"]*assets/scripts/([^"]+)"', text
        )
        # What the end of the page loads comes too late for what the head loads.
        head = re.findall(script_source, text.partition("</head>")[0])
        assert set(preloaded) == imported - set(head), path


def test_every_class_of_a_page_is_one_that_a_style_sheet_knows() -> None:
    """Classes are English: one that no style sheet names is a misspelling, or a former name."""
    styles = (SITE / "assets" / "styles").glob("*.css")
    text = "".join(path.read_text("utf-8") for path in styles)
    known = {*re.findall(r"\.([a-z][\w-]*)", text), "reviewed-step"}
    for path in sorted(SITE.rglob("index.html")):
        article = re.search(r"<article.*</article>", path.read_text("utf-8"), re.DOTALL)
        written = re.findall(r'class="([^"]*)"', article[0] if article else "")
        names = {name for group in written for name in group.split()}
        ours = {name for name in names if not name.startswith(("md-", "language-"))}
        assert ours <= known, (path, ours - known)


#: The folder of the files of the départements, which share one schema.
DEPARTMENTS = "annuaire"


def published(name: str) -> Any:
    """Return the content of a file of `/api/`."""
    return json.loads((SITE / "api" / name).read_text("utf-8"))


def faults(name: str, document: Any) -> list[str]:
    """Return the errors that the published schema of `name` finds in a document."""
    described = published(f"{name}.schema.json")
    jsonschema.Draft202012Validator.check_schema(described)
    validator = jsonschema.Draft202012Validator(
        described, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    return [
        f"{error.json_path}: {error.message}"[:300] for error in validator.iter_errors(document)
    ]


def test_no_link_of_a_page_leads_to_code(pages: dict[str, Reading]) -> None:
    """Every address is of the site, of the web, or of mail, whatever made the page."""
    for page, reading in pages.items():
        for address in reading.links:
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", address, re.IGNORECASE)
            assert scheme is None or scheme[1] in {"http", "https", "mailto"}, (page, address)


def test_published_data_follows_its_published_schema(content: Content) -> None:
    """Each file of `/api/` has a schema, and is valid."""
    names = set(open_data.documents(content))
    files = {path.name for path in (SITE / "api").glob("*.json")}
    known = {f"{name}{end}" for name in names for end in (".json", ".schema.json")}
    assert files == known | {f"{DEPARTMENTS}.schema.json"}
    for department in ("48", "93"):
        assert faults(DEPARTMENTS, published(f"{DEPARTMENTS}/{department}.json")) == []
    for name in names:
        assert faults(name, published(f"{name}.json")) == []


def test_a_published_schema_refuses_what_is_not_published() -> None:
    """The schema refuses an unknown field, a missing source, a day that does not exist."""
    document = published("rules.json")
    value = document["data"]["parameters"]["pass_iae.duree"]["values"][0]
    value["since"] = "2024-13-01"
    value["surprise"] = 1
    del value["source"]["title"]
    assert len(faults("rules", document)) == 3


def test_the_documentation_names_every_file(content: Content, pages: dict[str, Reading]) -> None:
    """The page on open data links to each file and to its schema, and to nothing that is not."""
    linked = {link for link in pages["/donnees/"].links if "/api/" in link}
    assert linked == {
        f"../api/{name}{end}"
        for name in open_data.documents(content)
        for end in (".json", ".schema.json")
    } | {f"../api/{DEPARTMENTS}.schema.json"}


def test_the_example_of_the_documentation_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program that the page shows prints a value of the rules, its basis and its source."""
    text = (ROOT / "docs" / "donnees.md").read_text("utf-8")
    (program,) = re.findall(r"```python\n(.+?)```", text, re.DOTALL)
    asked: list[str] = []

    def from_the_site(address: str) -> io.BytesIO:
        asked.append(address)
        return io.BytesIO((SITE / urlsplit(address).path[1:]).read_bytes())

    monkeypatch.setattr(urllib.request, "urlopen", from_the_site)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(program, {})
    values = published("rules.json")["data"]["parameters"]["pass_iae.duree"]["values"]
    value = values[-1]
    expected = f"{value['value']} {value['basis']} {value['source']['title']}\n"
    assert printed.getvalue() == expected
    assert asked == ["https://www.exemple.fr/api/rules.json"]
