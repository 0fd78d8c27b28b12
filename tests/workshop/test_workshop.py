"""The workshop of contributors, as the page asks it: what is typed is written, checked, shown."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from calculators import CALCULATORS
from generator.content import load
from generator.workshop import engine, first_answers, packed, service
from generator.workshop.diff import diff
from generator.workshop.form import EditedEntry
from generator.workshop.kinds import KINDS
from generator.yaml_files import formatter
from generator.yaml_files.document import Document
from generator.yaml_files.reader import read
from tests.conftest import ROOT
from tests.content.test_mistakes import Broken, broken_files

RULE = "data/rules/eligibilite_iae.yaml"
LEVEL_2 = "parameters.criteres_niveau_2_requis"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the browser has: `data/`, and the configuration of the renderer."""
    root = tmp_path_factory.mktemp("workshop")
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


@pytest.fixture(scope="module")
def documents(folder: Path) -> dict[str, Document]:
    """All that the command line reads there, read once."""
    return load.read_all(folder / "data")


@pytest.fixture(scope="module")
def shop(folder: Path, documents: dict[str, Document]) -> service.Workshop:
    """One workshop for all, as the browser has it: it remembers files, and no request."""
    return service.Workshop(
        folder, date.today(), packed.unpacked(packed.packed(documents.values()))
    )


def ask(shop: service.Workshop, **request: Any) -> dict[str, Any]:
    """Ask as the page does: JSON text in, JSON text out."""
    response = json.loads(shop.run(json.dumps(request)))
    assert isinstance(response, dict)
    return response


def opened(shop: service.Workshop, kind: str, **where: Any) -> dict[str, Any]:
    response = ask(shop, ask="open", kind=kind, **where)
    assert response["type"] == "opened", response
    return response


def written(shop: service.Workshop, entry: dict[str, Any], value: Any = None) -> dict[str, Any]:
    request = {name: entry[name] for name in ("kind", "file", "part")}
    return ask(shop, ask="write", **request, value=entry["value"] if value is None else value)


def lines(response: dict[str, Any], mark: str) -> list[str]:
    return [line["text"].strip() for line in response["diff"] if line["mark"] == mark]


def words(nodes: list[Any]) -> str:
    """Return what a page says, from the tree of its elements."""
    return "".join(node if isinstance(node, str) else words(node[2:]) for node in nodes)


def entries(shop: service.Workshop) -> list[tuple[str, dict[str, Any]]]:
    kinds = ask(shop, ask="catalogue")["kinds"]
    return [(kind["kind"], entry) for kind in kinds for entry in kind["entries"]]


def few(shop: service.Workshop) -> list[tuple[str, dict[str, Any]]]:
    """Return one entry of each part of each file, the last: reading all of them takes a minute."""
    last = {
        (entry["file"], entry["part"].partition(".")[0]): (kind, entry)
        for kind, entry in entries(shop)
    }
    return list(last.values())


def test_every_file_opens_and_is_written_as_it_is(shop: service.Workshop) -> None:
    """Nothing that is not touched changes: no comment, no quote, no end of line."""
    for kind, entry in few(shop):
        form = opened(shop, kind, file=entry["file"], part=entry["part"])
        whole = EditedEntry(kind, entry["file"], entry["part"])
        before = (ROOT / entry["file"]).read_text("utf-8")
        assert KINDS[kind].text(shop, whole, form["value"]) == before, entry


def test_the_catalogue_names_every_entry(shop: service.Workshop) -> None:
    """Every file of `data/` but the words of the law, and each dated value of each rule."""
    found = entries(shop)
    files = {entry["file"] for _, entry in found}
    assert files == {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "data").rglob("*.yaml")
        if path.parent.name not in {*load.OTHERS, "articles"}
    }
    assert ("rule", LEVEL_2) in [(kind, entry["part"]) for kind, entry in found]


def test_a_list_may_grow_and_shrink_at_either_end(shop: service.Workshop) -> None:
    """A new element moves no comment and no blank line; a taken one takes its own lines only."""
    for kind, entry in few(shop)[::3]:
        form = opened(shop, kind, file=entry["file"], part=entry["part"])
        whole = EditedEntry(kind, entry["file"], entry["part"])
        before = (ROOT / entry["file"]).read_text("utf-8")
        for name, one in form["value"].items():
            if not isinstance(one, list) or not one or not isinstance(one[0], dict):
                continue
            if f" {name}: [" in before:
                continue  # a list on one line changes its line
            for longer in ([*one, one[0]], [one[-1], *one]):
                text = KINDS[kind].text(shop, whole, form["value"] | {name: longer})
                added = [line for line in diff(before, text) if line["mark"] in "+-"]
                assert {line["mark"] for line in added} == {"+"}, (entry, name)
                assert not [line for line in added if not line["text"].strip()], (entry, name)
            if len(one) > 1:
                text = KINDS[kind].text(shop, whole, form["value"] | {name: one[:-1]})
                taken = [line for line in diff(before, text) if line["mark"] in "+-"]
                assert {line["mark"] for line in taken} == {"-"}, (entry, name)
                assert not [line for line in taken if not line["text"].strip()], (entry, name)


def test_a_term_is_corrected(shop: service.Workshop) -> None:
    """The summary changes, its line only; the page says it, with its links and no HTML as text."""
    entry = opened(shop, "term", file="data/glossary/siae.yaml", part="")
    summary = "Une SIAE embauche, encadre et accompagne des personnes éloignées de l'emploi."
    response = written(shop, entry, entry["value"] | {"summary": summary})
    assert (response["mistakes"], response["others"]) == ([], [])
    assert summary in " ".join(lines(response, "+"))
    assert all("summary" in line or line for line in lines(response, "-"))
    shown = words(response["page"]["nodes"]).replace("\u00a0", " ")
    assert summary.replace("'", "’") in shown
    assert response["page"]["address"] == "glossaire/siae/"


def test_a_paragraph_is_changed_and_the_others_keep_their_lines(shop: service.Workshop) -> None:
    """A form shows a paragraph on one line; the file keeps the ends of lines of the others."""
    entry = opened(shop, "term", file="data/glossary/aci.yaml", part="")
    definition = entry["value"]["definition"]
    assert max(map(len, definition.splitlines())) > 200
    paragraph = (
        "Un ACI n'est pas toujours une association. " + "Bien des formes sont permises. " * 6
    )
    changed = definition.replace("Un ACI n'est pas toujours une association.", paragraph.strip(), 1)
    response = written(shop, entry, entry["value"] | {"definition": changed})
    assert response["mistakes"] == []
    assert len(lines(response, "-")) < 12
    assert max(map(len, lines(response, "+"))) <= 120
    value = yaml.safe_load(response["text"])["definition"]
    assert " ".join(value.split()) == " ".join(changed.split())


def test_what_is_typed_is_read_as_a_person_means_it(shop: service.Workshop) -> None:
    """« 1 500 », « 12,5 », a day, a code that starts with zero, yes and no."""
    entry = opened(shop, "network", file="data/networks/coorace.yaml", part="")
    source = {"url": "https://www.exemple.fr/a", "title": "Chiffres : tous", "date": "2026-03-12"}
    figure = {"label": "Structures membres", "basis": "a_verifier", "source": source}
    figures = [
        figure | {"value": "1 500", "year": "2026"},
        figure | {"value": "12,5", "unit": "%", "year": "2025"},
    ]
    value = entry["value"] | {
        "figures": [*figures, *entry["value"]["figures"]],
        "departments": ["01", "2A"],
    }
    response = written(shop, entry, value)
    assert (response["mistakes"], response["others"]) == ([], [])
    read_back = yaml.safe_load(response["text"])
    assert [one["value"] for one in read_back["figures"]][:2] == [1500, 12.5]
    assert read_back["figures"][0]["source"]["date"] == date(2026, 3, 12)
    assert read_back["departments"] == ["01", "2A"]
    assert lines(response, "-") == []
    assert lines(response, "+")[:5] == [
        'departments: ["01", 2A]',
        "- label: Structures membres",
        "value: 1500",
        "year: 2026",
        "basis: a_verifier",
    ]


def test_a_value_is_added_to_a_rule(shop: service.Workshop) -> None:
    """It is the last one; the old ones stay; the page tells it; what is a text stays a text."""
    entry = opened(shop, "rule", file=RULE, part=LEVEL_2)
    new = {
        "since": "2026-06-01",
        "value": {"ai": "2", "etti": "2", "ei": "2", "aci": "2"},
        "basis": "loi",
        "source": {"text": "JORFTEXT000044011209", "title": "Arrêté du 1er mai 2026, article 3"},
    }
    values = [*entry["value"]["values"], new]
    response = written(shop, entry, entry["value"] | {"values": values})
    assert (response["mistakes"], response["others"], lines(response, "-")) == ([], [], [])
    assert lines(response, "+")[:2] == [
        "- since: 2026-06-01",
        "value: { ai: 2, etti: 2, ei: 2, aci: 2 }",
    ]
    assert "Depuis le 1er juin 2026" in words(response["page"]["nodes"]).replace("\u00a0", " ")
    other = opened(shop, "rule", file="data/rules/aide_geiq.yaml", part="criteria.minima")
    values = other["value"]["values"]
    again = values[-1] | {"since": "2026-06-01"}
    response = written(shop, other, other["value"] | {"values": [*values, again]})
    assert lines(response, "+")[1] == 'value: { annexe: "1" }'


def test_a_draft_of_before_keeps_what_a_colleague_has_added(folder: Path) -> None:
    """The address is mine, the figure is hers, and the file passes: nothing is put back."""
    shop = service.Workshop(folder, date.today())
    file = "data/networks/coorace.yaml"
    entry = opened(shop, "network", file=file, part="")
    base = entry["value"]
    draft = {"base": base, "value": base | {"website": "https://www.exemple.fr/nouveau"}}
    same_day = opened(shop, "network", file=file, part="", draft=draft)["draft"]
    assert (same_day["moved"], same_day["held"]) == (False, False)
    assert same_day["value"] == draft["value"]

    figure = base["figures"][0] | {"year": 2026}
    hers = written(shop, entry, base | {"figures": [figure, *base["figures"]]})
    assert ask(shop, ask="replace", file=file, text=hers["text"]) == {"type": "replaced"}
    later = opened(shop, "network", file=file, part="", draft=draft)["draft"]
    assert (later["moved"], later["conflicts"], later["held"]) == (True, [], False)
    response = written(shop, entry, later["value"])
    assert (response["mistakes"], response["others"]) == ([], [])
    assert lines(response, "+") == ["website: https://www.exemple.fr/nouveau"]
    assert lines(response, "-") == [f"website: {base['website']}"]

    ask(shop, ask="replace", file=file, text=response["text"])
    assert opened(shop, "network", file=file, part="", draft=draft)["draft"]["held"]


def test_a_draft_is_asked_what_both_have_changed(folder: Path) -> None:
    """The same field, written twice; a draft that does not know its start; an entry that is gone."""
    shop = service.Workshop(folder, date.today())
    where = {"file": "data/glossary/siae.yaml", "part": ""}
    base = opened(shop, "term", **where)["value"]
    theirs = base["summary"]
    draft = {"base": base | {"summary": "Avant."}, "value": base | {"summary": "Ma phrase."}}
    found = opened(shop, "term", **where, draft=draft)["draft"]
    conflict = {"field": ["summary"], "mine": "Ma phrase.", "theirs": theirs}
    assert (found["conflicts"], found["value"]["summary"]) == ([conflict], "Ma phrase.")
    found = opened(shop, "term", **where, draft={"value": draft["value"]})["draft"]
    assert found["conflicts"] == [conflict]
    draft = {"base": base, "value": base}
    found = opened(shop, "term", new="plus_la", draft=draft)["draft"]
    assert (found["gone"], found["value"]) == (True, base)


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("data/rien.yaml", "name: Le site\n", "L'atelier ne modifie pas"),
        ("data/glossary/siae.yaml", "title: SIAE\n", "ou il a une faute. Ligne 1 : "),
        ("data/glossary/siae.yaml", "<!doctype html>\n", "n'est pas celui de data/glossary/siae"),
    ],
)
def test_a_text_that_is_not_the_file_does_not_replace_it(
    shop: service.Workshop, file: str, text: str, message: str
) -> None:
    """A page of the forge, or a part of the file, would make a draft lose the rest."""
    before = shop.documents
    response = ask(shop, ask="replace", file=file, text=text)
    assert message in response["message"]
    assert shop.documents is before


def test_a_new_entry_follows_the_order_of_its_schema(shop: service.Workshop, folder: Path) -> None:
    """It names its schema, is laid out as `format` would, and passes; the folder stays as it was."""
    entry = opened(shop, "network", new="essai_48")
    assert (entry["exists"], entry["value"]) == (False, {})
    value = {
        "checked": "2026-11-21",
        "sources": [{"document": "Rapport du réseau", "date": "2025"}],
        "basis": "a_verifier",
        "description": "Le réseau réunit les structures du département.",
        "summary": "Un réseau qui réunit les structures d'un département.",
        "territory": "Lozère",
        "departments": ["48"],
        "scope": "territorial",
        "aliases": ["yes", "L'essai, vraiment : oui"],
        "title": "Réseau d'essai",
    }
    response = written(shop, entry, value)
    assert (response["mistakes"], response["others"]) == ([], [])
    text = response["text"]
    assert text.startswith("# yaml-language-server: $schema=../schemas/network.json\ntitle: ")
    names = re.findall(r"(?m)^(\w+):", text)
    assert names == [name for name in shop.schemas["network"]["properties"] if name in value]
    assert formatter.formatted(text) == text
    assert not (folder / "data/networks/essai_48.yaml").exists()
    path = folder / "data/networks/essai_48.yaml"
    path.write_text(text, "utf-8")
    try:
        checked = load.load(folder / "data", CALCULATORS, date.today())
    finally:
        path.unlink()
    assert checked.content is not None
    assert checked.content.networks["essai_48"].aliases == value["aliases"]


def test_a_new_kind_of_prescriber_joins_the_list(shop: service.Workshop) -> None:
    """Its name is typed once; the list grows, and nothing else changes."""
    entry = opened(shop, "prescriber", new="essai")
    assert entry["value"] == {"id": "essai", "checked": entry["value"]["checked"]}
    kind = {
        "id": "essai",
        "code": "ESSAI",
        "title": "Organisme d'essai",
        "summary": "Un organisme qui sert d'essai.",
        "sign_up": "false",
        "authorization": "possible",
        "rights": ["orienter"],
    }
    response = written(shop, entry, entry["value"] | kind)
    assert (response["mistakes"], response["others"], lines(response, "-")) == ([], [], [])
    assert yaml.safe_load(response["text"])["kinds"][-1] == kind | {"sign_up": False}


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"kind": "term", "new": "2026"}, "ne convient pas comme nom"),
        ({"kind": "term", "new": " ! "}, "ne convient pas comme nom"),
        ({"kind": "term", "new": "  "}, "Donnez un nom"),
        ({"kind": "article", "file": "data/articles/L5132-1.yaml"}, "L'atelier ne modifie pas"),
        ({"kind": "term", "new": "aci"}, "existe déjà : Atelier et chantier d'insertion (ACI)"),
        ({"kind": "term", "file": "data/site.yaml"}, "L'atelier ne modifie pas"),
        ({"kind": "term", "file": "data/glossary/../site.yaml"}, "L'atelier ne modifie pas"),
        ({"kind": "rule", "file": RULE, "part": "parameters.rien"}, "n'est pas dans"),
        ({"kind": "rule", "file": "data/rules/rien.yaml", "part": "parameters.a"}, "n'existe pas"),
        ({"kind": "inconnue"}, "n'existe pas"),
    ],
)
def test_what_cannot_be_opened_is_said(
    shop: service.Workshop, request_: dict[str, str], message: str
) -> None:
    """One French sentence, and no traceback."""
    response = ask(shop, ask="open", **request_)
    assert response["type"] == "refused"
    assert message in response["message"]


def test_an_empty_form_is_told_what_it_lacks(shop: service.Workshop) -> None:
    """Each key that is missing is told at its own field, with no page and no crash."""
    entry = opened(shop, "term", new="essai")
    response = written(shop, entry, {})
    missing = shop.schemas["term"]["required"]
    told = [mistake["field"][0] for mistake in response["mistakes"]]
    assert sorted(told) == sorted([*missing, "basis"])
    assert response["page"] is None


def test_a_change_that_breaks_another_file_is_told(shop: service.Workshop) -> None:
    """Two terms may not have the same acronym: the mistake names the other file."""
    entry = opened(shop, "term", file="data/glossary/siae.yaml", part="")
    response = written(shop, entry, entry["value"] | {"acronym": "ACI"})
    told = [mistake["message"] for mistake in response["mistakes"]] + response["others"]
    assert any("ACI" in one for one in told)


ONE_FILE = [
    broken
    for broken in broken_files()
    if re.match(r"(glossary|networks|rules)/[a-z0-9_]+\.yaml\Z", broken.home)
]


@pytest.mark.parametrize("broken", ONE_FILE[::4], ids=str)
def test_a_mistake_is_told_as_the_command_line_tells_it(
    shop: service.Workshop, folder: Path, documents: dict[str, Document], broken: Broken
) -> None:
    """The same text gets the same messages, at the same places, over all of `data/`."""
    try:
        text = broken.path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        pytest.skip("not a text that a page can hold")
    file = f"data/{broken.home}"
    checked = shop.check(file, text)
    told = [(m.line, m.column, m.message) for m in checked.mistakes if str(m.path) == file]
    path = folder / file
    before = path.read_bytes() if path.exists() else None
    path.write_text(text, "utf-8", newline="")
    try:
        broken_one = {file: read(path, Path(file))}
    finally:
        path.unlink() if before is None else path.write_bytes(before)
    whole = load.check(documents | broken_one, CALCULATORS, date.today())
    assert told == [(m.line, m.column, m.message) for m in whole.mistakes if str(m.path) == file]


def test_the_build_packs_all_of_the_data(
    shop: service.Workshop, content: load.Content, tmp_path: Path
) -> None:
    """What the browser opens is what the build read: the same files, texts and values."""
    (tmp_path / "data.pickle").write_bytes(packed.packed(content.documents.values()))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    other = service.opened(str(tmp_path))
    for path in sorted((ROOT / "data").rglob("*.yaml")):
        if path.parent.name == "cases":  # worked cases are read by tests and `diff` alone
            continue
        file = path.relative_to(ROOT)
        document = other.documents[file.as_posix()]
        assert document.text.encode() == path.read_bytes()
        whole = read(path)
        assert document.value == whole.value
        assert document.keys == whole.keys
        assert (document.values, document.starts) == (whole.values, whole.starts)
    assert ask(other, ask="catalogue") == ask(shop, ask="catalogue")


def test_a_check_without_a_mistake_looks_for_no_place(
    content: load.Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser has no places: it would read all the files again to find them."""
    asked: list[Path] = []
    monkeypatch.setattr(packed, "read_text", lambda _, path: asked.append(path))
    documents = packed.unpacked(packed.packed(content.documents.values()))
    assert load.check(documents, CALCULATORS, content.today).mistakes == []
    assert asked == []


def test_the_compiled_package_is_the_one_that_checks_here() -> None:
    """The browser's `pydantic_core` and ours are of one version; its hash is pinned."""
    text = (ROOT / engine.REQUIREMENTS).read_text("utf-8")
    assert re.findall(r"(?m)^pydantic-core==(\S+) ", text) == [
        importlib.metadata.version("pydantic_core")
    ]
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", text)) == 1


def test_the_build_answers_as_the_engine_will(folder: Path, documents: dict[str, Document]) -> None:
    """The forms that show before the engine is there are its own, on any day."""
    shop = service.Workshop(folder, date(2031, 2, 3), documents)
    files = first_answers.written(folder, documents.values())
    answers = {name: json.loads(text) for name, text in files}
    catalogue = ask(shop, ask="catalogue")
    assert answers.pop("catalogue.json") == catalogue
    told = {
        (one["file"], one["part"]): one | {"schema": kind["schemas"][one["schema"]]}
        for kind in answers.values()
        for one in kind["entries"]
    }
    asked = [(kind["kind"], one) for kind in catalogue["kinds"] for one in kind["entries"]]
    assert len(asked) == len(told) > 500
    for kind, one in asked:
        assert told[one["file"], one["part"]] == ask(shop, ask="open", kind=kind, **one)


#: Ask all that a contributor may ask, and name the files of the modules that this has loaded.
ASK_ALL = """
import json, sys
from datetime import date
from pathlib import Path
from generator.workshop.service import Workshop
shop = Workshop(Path("."), date.today())
ask = lambda **request: json.loads(shop.run(json.dumps(request)))
for kind in ask(ask="catalogue")["kinds"]:
    if kind["entries"]:
        opened = ask(ask="open", kind=kind["kind"], **kind["entries"][0])
        ask(**opened | {"ask": "write"})
loaded = [getattr(module, "__file__", None) for module in sys.modules.values()]
print(json.dumps([file for file in loaded if file]))
"""


def test_the_browser_is_sent_the_code_that_answers_and_no_other() -> None:
    """Each module that is shipped is imported by an answer, and each of ours imported is shipped."""
    done = subprocess.run(
        [sys.executable, "-c", ASK_ALL], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {Path(file) for file in json.loads(done.stdout)}
    ours = {ROOT / "calculators", ROOT / "generator"}
    shipped = {path for path in engine.code_files(ROOT) if path.suffix == ".py"}
    assert {path for path in loaded if ours & {*path.parents}} == shipped


def test_a_draft_of_an_older_form_is_taken_over_and_nothing_of_it_is_silent(
    shop: service.Workshop,
) -> None:
    """A prescriber was one field; a field that is no more is told with its words."""
    where = {"kind": "prescriber", "file": "data/prescribers.yaml", "part": "kinds.asp"}
    opened = ask(shop, ask="open", **where)
    kind = {name: one for name, one in opened["value"].items() if name != "checked"}
    checked = opened["value"]["checked"]
    typed = kind | {"title": "Un titre d'avant"}
    value = {"kind": typed, "checked": checked, "disparu": "Une phrase."}
    draft = {"base": {"kind": kind, "checked": checked}, "value": value}
    taken = ask(shop, ask="open", **where, draft=draft)["draft"]
    expected = opened["value"] | {"title": "Un titre d'avant", "disparu": "Une phrase."}
    assert taken["value"] == expected
    assert (taken["conflicts"], taken["moved"]) == ([], False)
    assert taken["homeless"] == ["Une phrase."]
    written = ask(shop, ask="write", **where, value=value)
    assert "Un titre d'avant" in written["text"]


def test_what_a_stand_in_replaces_is_not_ours_to_call() -> None:
    """Our code in the browser imports no module of which only a few names are there."""
    empty = {
        path.relative_to(engine.OWN_STAND_INS).with_suffix("").as_posix()
        for path in engine.OWN_STAND_INS.rglob("*.py")
    }
    names = {name.removesuffix("/__init__").replace("/", ".") for name in empty}
    assert "tempfile" in names
    for path in engine.code_files(ROOT):
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            imported = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                imported = [f"{node.module}", *(f"{node.module}.{one.name}" for one in node.names)]
            assert names.isdisjoint(imported), path
