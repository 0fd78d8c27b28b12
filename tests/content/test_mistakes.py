"""One broken file per possible mistake, in `tests/content/mistakes/`, each named after its mistake.

Its first lines say what is expected, and nothing else may be told of that file:

    # attendu 7:3 « sinse » est inconnue            line, column, a part of the message
    # fichier glossary/Été 2026.yaml                where it goes, when its name matters
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from datetime import date
from os.path import normpath
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import build_site
from calculators import CALCULATORS
from generator.content import freshness, load, markdown, validation
from generator.content.collections import COLLECTIONS
from generator.yaml_files.document import Mistake
from generator.yaml_files.reader import MAX_BYTES, read
from tests.conftest import ROOT

DATA = ROOT / "data"
TODAY = date(2026, 11, 22)
#: Where a broken file goes, by the first word of its name; `{}` is its name.
HOMES = {
    "term": "glossary/{}.yaml",
    "network": "networks/{}.yaml",
    "directory": "directory/{}.yaml",
    "changes": "directory_changes.yaml",
    "news": "news/{}.yaml",
    "portrait": "portraits/{}.yaml",
    "rule": "rules/{}.yaml",
    "prescribers": "prescribers.yaml",
    "article": "articles/{}.yaml",
    "structures": "structures.yaml",
    "history": "history.yaml",
    "sectors": "sectors.yaml",
    "links": "links.yaml",
    "figures": "figures.yaml",
    "journeys": "journeys.yaml",
    "outdated": "outdated.yaml",
    "redirects": "redirects.yaml",
    "site": "site.yaml",
    "page": "../docs/{}.md",
    "easy": "easy_read/{}.yaml",
}
#: The data that the broken files refer to; reading the rest would take a second for each.
ARTICLES = [f"articles/{number}.yaml" for number in ("L5132-1", "L5132-3", "L5132-5", "R5132-1-7")]
NEIGHBOURS = [
    *ARTICLES,
    "journeys.yaml",
    "outdated.yaml",
    "glossary/iae.yaml",
    "glossary/siae.yaml",
]


@dataclass(frozen=True)
class Broken:
    """A broken file, where it goes under `data/`, and what must be told of it."""

    path: Path
    home: str
    expected: list[tuple[int, int, str]]

    def __str__(self) -> str:
        return self.path.stem


def broken_files() -> list[Broken]:
    """Read the first lines of every broken file."""
    found = []
    for path in sorted((ROOT / "tests" / "content" / "mistakes").iterdir()):
        text = path.read_bytes().decode("utf-8-sig", "replace")
        expected = [
            (int(line), int(column), part)
            for line, column, part in re.findall(r"(?m)^# attendu (\d+):(\d+) (.+)$", text)
        ]
        assert expected, f"{path.name} does not say what is expected"
        home = re.search(r"(?m)^# fichier (.+)$", text)
        kind = path.stem.partition("_")[0]
        found.append(Broken(path, home[1] if home else HOMES[kind].format(path.stem), expected))
    return found


def copy(names: list[str], folder: Path) -> Path:
    """Copy these files of `data/` into `folder/data`."""
    for name in names:
        target = folder / "data" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / name, target)
    (folder / "data").mkdir(parents=True, exist_ok=True)
    return folder / "data"


def told(data: Path, home: str) -> list[Mistake]:
    """Return the mistakes of one file, and its warnings."""
    checked = load.load(data, CALCULATORS, TODAY)
    path = Path(normpath(f"data/{home}"))
    return [mistake for mistake in checked.mistakes + checked.warnings if mistake.path == path]


@pytest.mark.parametrize("broken", broken_files(), ids=str)
def test_a_mistake_is_told_where_it_is_and_once(broken: Broken, tmp_path: Path) -> None:
    """A broken file gets exactly the messages that its first lines announce, at their place."""
    names = [name for name in NEIGHBOURS if name != broken.home]
    if b"regle:" in broken.path.read_bytes():
        names.append("rules/eligibilite_iae.yaml")
    data = copy(names, tmp_path)
    target = data / broken.home
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(broken.path, target)
    mistakes = told(data, broken.home)
    shown = "\n".join(map(str, mistakes))
    places = [(mistake.line, mistake.column) for mistake in mistakes]
    assert places == [(line, column) for line, column, _ in broken.expected], shown
    for mistake, (_, _, part) in zip(mistakes, broken.expected, strict=True):
        assert part in mistake.message, shown


def test_every_broken_file_is_named_after_what_it_breaks() -> None:
    """The first word of a broken file's name is the model that it breaks."""
    assert {broken.path.stem.partition("_")[0] for broken in broken_files()} == set(HOMES)


def test_the_real_data_has_no_mistake() -> None:
    """Everything in `data/` passes the check."""
    checked = load.load(DATA, CALCULATORS, date.today())
    assert [str(mistake) for mistake in checked.mistakes] == []
    assert checked.content is not None


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """A file over the limit gets one message, and is not parsed."""
    data = copy([], tmp_path)
    (data / "site.yaml").write_text("#" * (MAX_BYTES + 1))
    (mistake,) = told(data, "site.yaml")
    assert "la limite est 128 ko" in mistake.message


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    """The site cannot do without its single files."""
    (mistake,) = told(copy([], tmp_path), "site.yaml")
    assert str(mistake).startswith("data/site.yaml:1:1: Ce fichier manque.")


def test_a_folder_named_like_a_file_is_told(tmp_path: Path) -> None:
    """What cannot be read is told as any other mistake."""
    data = copy([], tmp_path)
    (data / "glossary" / "aci.yaml").mkdir(parents=True)
    (mistake,) = told(data, "glossary/aci.yaml")
    assert "Ce n'est pas un fichier lisible" in mistake.message


def test_mistakes_of_several_files_are_told_at_once_one_line_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check` exits 1 and prints FILE:LINE:COLUMN: message on standard error, in order."""
    data = copy(["site.yaml", "prescribers.yaml", *NEIGHBOURS], tmp_path)
    (data / "site.yaml").write_text("name: 12:30\n")
    (data / "glossary" / "zut.yaml").write_text('title: "Un\n\n  terme\ncategory: notion\n')
    monkeypatch.setattr(build_site, "DATA", data)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    assert build_site.main(["check"]) == 1
    printed = capsys.readouterr()
    lines = printed.err.splitlines()
    assert printed.out == ""
    assert all(re.match(r"data/[\w/]+(\.yaml)?:\d+:\d+: \S", line) for line in lines), lines
    assert {line.partition(":")[0] for line in lines} >= {
        "data/glossary/zut.yaml",
        "data/site.yaml",
    }
    assert lines == sorted(lines, key=_by_place)


def _by_place(line: str) -> tuple[Path, int, int]:
    path, number, column, _ = line.split(":", 3)
    return Path(path), int(number), int(column)


def test_every_mistake_is_annotated_on_the_forge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With GITHUB_ACTIONS=true, each mistake is also a workflow command on standard output."""
    data = copy([], tmp_path)
    (data / "glossary").mkdir()
    (data / "glossary" / "a,b:100%.yaml").write_text("title: {x: 1}\n")
    monkeypatch.setattr(build_site, "DATA", data)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert build_site.main(["check"]) == 1
    printed = capsys.readouterr()
    annotations = printed.out.splitlines()
    assert len(annotations) == len(printed.err.splitlines())
    for line in annotations:
        assert re.match(r"::error file=[^:,]+,line=\d+,col=\d+::\S", line), line
    assert "::error file=data/glossary/a%2Cb%3A100%25.yaml,line=1,col=1::" in printed.out


def test_a_warning_refuses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was read more than a year ago is told, on the forge too, and `check` exits 0."""
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "data" / "glossary" / "iae.yaml"
    path.write_text(re.sub(r"(?m)^checked: .*$", "checked: 2020-02-29", path.read_text("utf-8")))
    monkeypatch.setattr(build_site, "DATA", tmp_path / "data")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert build_site.main(["check"]) == 0
    printed = capsys.readouterr()
    (told_here,) = [line for line in printed.err.splitlines() if "glossary/iae.yaml" in line]
    assert ": avertissement : Relu le 29 février 2020" in told_here
    (annotation,) = [line for line in printed.out.splitlines() if "glossary/iae.yaml" in line]
    assert annotation.startswith("::warning file=data/glossary/iae.yaml,line=")


def test_a_reading_is_old_after_a_year_and_not_before(tmp_path: Path) -> None:
    """365 days later nothing is said; the day after, it is."""
    data = copy(["outdated.yaml", "glossary/iae.yaml"], tmp_path)
    path = data / "glossary" / "iae.yaml"
    path.write_text(re.sub(r"(?m)^checked: .*$", "checked: 2025-11-22", path.read_text("utf-8")))
    for today, told_then in ((date(2026, 11, 22), []), (date(2026, 11, 23), [path.name])):
        warnings = load.load(data, CALCULATORS, today).warnings
        assert [one.path.name for one in warnings if one.path.name == path.name] == told_then


@pytest.mark.parametrize(
    "text",
    [
        "Un « agrément de Pôle emploi » existait.",
        "Pôle emploi est devenu France Travail.",
        "L'agrément ESUS concerne la structure.",
        "Les contrats passerelles ont pris fin.",
        "Un [terme](terme:contrat_passerelle), `ANPE`, un circuit et un cirque.",
        "En 2023, on comptait 4 500 structures, sur 1 280 pixels.",
    ],
)
def test_the_past_may_be_told(text: str, content: load.Content) -> None:
    """Quoted, beside the present name, or dated: nothing is blamed."""
    assert list(freshness.Names(content.outdated).problems(text)) == []
    assert list(freshness.figures(text)) == []


def test_the_links_that_a_text_may_hold() -> None:
    """Web and mail addresses and the site's own links pass, and keep their place in the text."""
    text = "Un [site](https://a.fr), un\n[courriel](mailto:a@b.fr), un [terme](terme:aci)."
    assert markdown.problems(text) == []
    assert [(link.target, text.index(link.target)) for link in markdown.links(text)] == [
        (link.target, link.offset) for link in markdown.links(text)
    ]
    assert [link.internal for link in markdown.links(text)] == [None, None, ("terme", "aci")]


def test_a_message_stays_on_one_line() -> None:
    """Whatever a file holds, a mistake is one line, on the terminal and on the forge."""
    mistake = Mistake(Path("data/site.yaml"), 1, 2, "Un\n  texte\r\nlong, à 50 %")
    assert str(mistake) == "data/site.yaml:1:2: Un texte long, à 50 %"
    assert mistake.annotation().endswith("::Un texte long, à 50 %25")


def test_the_check_says_that_there_is_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    """Then it exits 0; on standard error there are but warnings, which come with time."""
    assert build_site.main(["check"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "Aucune faute.\n"
    assert [line for line in printed.err.splitlines() if ": avertissement : " not in line] == []


def test_the_guide_shows_what_the_check_really_says(tmp_path: Path) -> None:
    """The example in CONTRIBUTING.md is the output of the check, but for its line numbers."""
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8").replace("\u00a0", " ")
    example = re.findall(r"(?m)^(data/\S+?):\d+:\d+: (.+)$", guide)
    slips = {
        "glossary/rqth.yaml": ("\nsummary:", "\nsumary:"),
        "networks/iae_48.yaml": ('["48"]', "[48]"),
        "rules/eligibilite_iae.yaml": ("basis: loi\n", "basis: lois\n"),
    }
    shutil.copytree(DATA, tmp_path / "data")
    for name, (right, wrong) in slips.items():
        path = tmp_path / "data" / name
        path.write_text(path.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    mistakes = load.load(tmp_path / "data", CALCULATORS, date.today()).mistakes
    assert [(str(mistake.path), mistake.message) for mistake in mistakes] == example


# What people and machines put in a file, and what YAML makes something of.
MARKS = [
    *"\n#|[]{}'\"\t\x00\u2028\ufeff",
    "  ",
    "- ",
    ": ",
    ">-",
    "&a ",
    "*a ",
    "!t ",
    "? ",
    "---\n",
]
WORDS = ["null", "true", "12:30", "<b>", "](x:", "[](regle:a.b.c)", "source:", "article: ["]
SCRAPS = st.sampled_from([*MARKS, *WORDS, "since: ", "\\U99999999", "9" * 5000])
FUZZED = ["articles/R5132-18.yaml", "prescribers.yaml", "site.yaml"]
FUZZED += ["figures.yaml", "history.yaml", "sectors.yaml", "structures.yaml"]
FUZZED += ["glossary/iae.yaml", "networks/iae_48.yaml", "rules/eligibilite_iae.yaml"]


def few(value: Any) -> Any:
    """Keep the beginning of long lists and mappings: every shape, and little to read."""
    if isinstance(value, dict):
        kept = list(value.items())
        return {name: few(inner) for name, inner in kept[: 3 if len(kept) > 12 else None]}
    return [few(inner) for inner in value[:2]] if isinstance(value, list) else value


SHAPES = {name: json.dumps(few(read(DATA / name).value), default=str) for name in FUZZED}
QUICKLY = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUICKLY
@given(name=st.sampled_from(FUZZED), text=st.lists(SCRAPS | st.text(max_size=20), max_size=30))
def test_any_text_is_read_or_told(name: str, text: list[str], tmp_path: Path) -> None:
    """No text makes the check fail otherwise than by telling mistakes."""
    target = tmp_path / "data" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes("".join(text).encode("utf-8", "surrogatepass"))
    checked = load.load(tmp_path / "data", CALCULATORS, TODAY)
    assert checked.mistakes
    assert "\n" not in "".join(map(str, checked.mistakes))


@QUICKLY
@given(data=st.data())
def test_a_real_file_changed_at_random_is_read_or_told(data: st.DataObject, tmp_path: Path) -> None:
    """No change to a real file makes the check fail otherwise than by telling mistakes."""
    name = data.draw(st.sampled_from(FUZZED))
    lines = (DATA / name).read_text("utf-8").splitlines(keepends=True)
    # A part of the file is enough, and much faster to read.
    first = data.draw(st.integers(0, max(0, len(lines) - 40)))
    text = "".join(lines[: 5 if first else 0] + lines[first : first + 40])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text)))
        end = place + data.draw(st.integers(0, 12))
        text = text[:place] + data.draw(SCRAPS) + text[end:]
    target = tmp_path / "data" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8", newline="")
    checked = load.load(tmp_path / "data", CALCULATORS, TODAY)
    assert checked.mistakes


ANY_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "iae", "<b>", "2020"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "value"]), inner)
    ),
    max_leaves=4,
)


@QUICKLY
@given(data=st.data())
def test_a_real_file_with_a_value_of_another_shape_is_told(
    data: st.DataObject, tmp_path: Path
) -> None:
    """A list where a text is expected, a number where keys are: told, never a crash."""
    name = data.draw(st.sampled_from(FUZZED))
    root = value = json.loads(SHAPES[name])
    while True:
        places: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
        place = data.draw(st.sampled_from(places))
        inner = value[place]
        if not inner or not isinstance(inner, dict | list) or data.draw(st.integers(0, 4)) == 0:
            break
        value = inner
    value[place] = data.draw(ANY_VALUE)
    target = tmp_path / "data" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(root, ensure_ascii=False)  # JSON is YAML too
    target.write_text(re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", text), "utf-8")
    assert load.load(tmp_path / "data", CALCULATORS, TODAY).mistakes


def patterns(schema: object) -> set[str]:
    """Return the patterns that a JSON Schema holds, at any depth."""
    if isinstance(schema, list):
        return {one for part in schema for one in patterns(part)}
    if not isinstance(schema, dict):
        return set()
    own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
    return own | patterns([*schema.values()])


def test_every_pattern_has_its_words() -> None:
    """What is not written as the schema asks is told in French, whatever the key."""
    for collection in COLLECTIONS:
        for pattern in patterns(collection.model.model_json_schema()):
            assert validation._pattern_hint(pattern), pattern
