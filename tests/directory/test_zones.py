"""`build_site.py zones`: the published list of FRR communes, and what is refused of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import build_site
from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content import communes, compiled_rules
from generator.content.load import load
from generator.directory import zones
from generator.directory.source_files import Unreadable
from generator.pages.tree import PageBuilder
from generator.publish import zone_files

ROOT = Path(__file__).parents[2]
ORDER = ("JORFTEXT000000000001", "2024-06-19", "2024-07-01")
GOOD = "code_insee;classe;depuis\n48095;FRR;2024-07-01\n48140;FRR+;01/01/2025\n48002;;\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder that the list is kept in."""
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path


def listed(root: Path, text: str, encoding: str = "utf-8") -> Path:
    file = root / "liste.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_a_good_list_is_kept_with_its_days_and_its_order(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command itself: the columns of the file win over the options; a commune without a class is none."""
    monkeypatch.setattr(build_site, "ROOT", root)
    options = ["--text", ORDER[0], "--signed", ORDER[1], "--since", "2020-01-01"]
    assert build_site.main(["zones", str(listed(root, GOOD)), *options]) == 0
    assert "2 communes en zone FRR ; 3 lignes dans le fichier." in capsys.readouterr().out
    assert zones.read(root) == {
        "48095": zones.Zone("FRR", "2024-07-01", *ORDER[:2]),
        "48140": zones.Zone("FRR plus", "2025-01-01", *ORDER[:2]),
    }
    zone_files.write(zones.read(root) or {}, communes.read(root / "node_modules"), root)
    folder = root / zone_files.FOLDER
    assert len([*folder.iterdir()]) == 101
    assert json.loads((folder / "48.json").read_text())["48095"] == [
        "FRR",
        "2024-07-01",
        *ORDER[:2],
    ]
    assert json.loads((folder / "75.json").read_text()) == {}


def test_what_is_wrong_in_a_list_is_told_and_left_out(root: Path) -> None:
    """Unknown and former communes, a lost zero, an unknown class, doubles, lines that contradict each other."""
    rows = [
        "48095,FRR,2024-07-01",
        "48095,FRR,2024-07-01",
        "99999,FRR,2024-07-01",
        "01039,FRR,2024-07-01",
        "1004,FRR,2024-07-01",
        "48140,Partiellement,2024-07-01",
        "48061,FRR,2024-07-01",
        "48061,FRR+,2024-07-01",
        "48061,FRR,2024-07-01",
        "48080,FRR,2024-02-30",
    ]
    told = "\n".join(
        zones.update(root, listed(root, "\n".join(["code,classe,depuis", *rows, ""])), *ORDER[:2])
    )
    assert [*(zones.read(root) or {})] == ["48095"]
    for words in (
        "1 ligne : refus, aucune commune d'un département n'a ce code.",
        "1 ligne : refus, c'est une ancienne commune",
        "01039, aujourd'hui dans ",
        "le code a perdu son zéro",
        "« Partiellement » n'est ni FRR ni FRR plus",
        "2 lignes : refus, la commune a deux classements : aucun n'est gardé.",
        "le premier jour manque, ou ne se lit pas",
        "1 double : la même commune, avec le même classement.\n  48095 Mende",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("text", "encoding", "words"),
    [
        ("", "utf-8", "vide"),
        (GOOD + "48001;\xe9;\n", "latin-1", "UTF-8"),
        (GOOD, "utf-16", "CSV UTF-8"),
        ("code;depuis\n48095;2024-07-01\n", "utf-8", "Aucune colonne ne dit le classement"),
        ("code;classe\n", "utf-8", "Aucune commune classée"),
        (GOOD + "48061;FR", "utf-8", "coupé"),
        ("code;classe\n48095;FRR\n", "utf-8", "--moins"),
    ],
)
def test_a_bad_file_leaves_the_last_list_as_it_was(
    root: Path, text: str, encoding: str, words: str
) -> None:
    """The refusal says what to do, in French."""
    more = GOOD + "48061;FRR;2024-07-01\n"
    zones.update(root, listed(root, more), *ORDER)
    before = zones.read(root)
    with pytest.raises(Unreadable, match=words):
        zones.update(root, listed(root, text, encoding), *ORDER)
    assert zones.read(root) == before


def test_a_list_without_its_order_is_refused(root: Path) -> None:
    """Each line has a source, or is left out."""
    with pytest.raises(Unreadable, match="l'arrêté n'est pas nommé"):
        zones.update(root, listed(root, GOOD))
    assert zones.read(root) is None


def test_without_a_list_the_form_is_the_same() -> None:
    """With one, a field more stands beside each question on zones, and in no other simulator."""
    content = load(ROOT / "data", CALCULATORS, date.today()).content
    assert content
    rules = Rules.from_json(compiled_rules.as_text(content))
    without, with_list = (
        PageBuilder(content, CALCULATORS, rules, zones=one) for one in (False, True)
    )
    asking = {"eligibilite_iae", "aide_geiq"}
    for key in CALCULATORS:
        plain, page = (one.calculator_page(key) for one in (without, with_list))
        assert "data-zone" not in plain
        assert "near/" not in plain
        assert (page != plain) == (key in asking)
        if key not in asking:
            continue
        start, end = (
            page.index('\n<details class="facts zone'),
            page.index("</details>", page.index("data-tick")),
        )
        # The simulator writes its own state into the first of them, and reads the controls of its questions.
        assert "data-status" not in page[start:end]
        assert 'id="champ-' not in page[start:end]
        # A commune that is not in the list may still be in a zone: the State's sites tell.
        assert "observatoire-des-territoires" in page[start:end]
        assert "sig.ville.gouv.fr" in page[start:end]
        shorter = page[:start] + page[end + len("</details>") :]
        assert shorter.replace(', "near/zone.js"', "") == plain
