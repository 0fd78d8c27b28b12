"""A renamed entry is found under its new name by all that led to it, and its address leads on."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

import build_site
from calculators import CALCULATORS
from generator.content import load, rename
from generator.content.references import own_cases
from tests.conftest import ROOT


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy what the command may change."""
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    monkeypatch.setattr(build_site, "ROOT", tmp_path)
    monkeypatch.setattr(build_site, "DATA", tmp_path / "data")
    return tmp_path


def texts(root: Path) -> dict[str, str]:
    files = [*(root / "data").rglob("*.yaml"), *(root / "docs").rglob("*.md"), root / "mkdocs.yml"]
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in files}


def redirects(root: Path) -> list[dict[str, str]]:
    """Return those that were added: the site has its own already."""

    def read(folder: Path) -> list[dict[str, str]]:
        found = yaml.safe_load((folder / "data/redirects.yaml").read_text("utf-8"))["redirects"]
        assert isinstance(found, list)
        return found

    return [one for one in read(root) if one not in read(ROOT)]


def test_every_reference_to_a_term_follows_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Links of data/ and docs/, related terms, keys: `check` accepts the whole, and no other line moves."""
    before = texts(root)
    assert build_site.main(["rename", "term", "siae", "structure_iae"]) == 0
    after = texts(root)
    told = capsys.readouterr().out.splitlines()
    after["data/glossary/siae.yaml"] = after.pop("data/glossary/structure_iae.yaml")
    changed = {path for path in before if before[path] != after[path]}
    assert changed | {"data/glossary/siae.yaml"} == {
        path.replace("structure_iae", "siae") for path in told if ":" not in path
    }
    assert len(changed) > 20
    assert any(path.startswith("docs/") for path in changed)
    for path in changed - {"data/redirects.yaml"}:
        pairs = zip(before[path].splitlines(), after[path].splitlines(), strict=True)
        for old, new in pairs:
            assert re.sub(r"\bstructure_iae\b", "siae", new) == old, path
    assert not [path for path, text in after.items() if "terme:siae)" in text]
    assert redirects(root) == [{"old": "glossaire/siae/", "new": "glossaire/structure_iae/"}]
    for path, text in before.items():
        if path.startswith("data/articles/"):
            assert after[path] == text  # the words of the law


@pytest.mark.parametrize("term", ["france_travail", "deld", "aci"])
def test_any_term_may_be_renamed(root: Path, term: str) -> None:
    """One that is a case of dated values too, whether the code names that case or not."""
    rename.rename(root, "term", term, f"{term}_2", CALCULATORS)
    checked = load.load(root / "data", CALCULATORS, date.today())
    assert [str(one) for one in checked.mistakes] == []
    assert checked.content is not None
    assert f"{term}_2" in checked.content.terms


def test_the_places_of_the_code_that_still_lead_there_are_named(tmp_path: Path) -> None:
    """Its page and its links; a code of the same letters is another thing."""
    (tmp_path / "tests").mkdir()
    lines = ["- { query: a, page: /glossaire/siae/ }", "terme:siae", '"siae"', "/glossaire/siae_2/"]
    (tmp_path / "tests" / "a.yaml").write_text("\n".join(lines), "utf-8")
    found = [*rename.left_over(tmp_path, "term", "siae")]
    assert found == ["tests/a.yaml:1", "tests/a.yaml:2"]


def test_a_case_that_only_a_term_names_follows_it(root: Path) -> None:
    """Its values, and the links that show one of them."""
    rule = root / "data/rules/carence.yaml"
    assert "zut" not in own_cases(CALCULATORS)
    shutil.copy(root / "data/glossary/deld.yaml", root / "data/glossary/zut.yaml")
    rule.write_text(
        "parameters:\n  a:\n    values:\n      - value: { zut: 2, zutt: zut }\n", "utf-8"
    )
    page = root / "docs/methode.md"
    page.write_text("[](regle:carence.a.zut) [](regle:zut.zut.zutt) `terme:zut`\n", "utf-8")
    rename.rename(root, "term", "zut", "flute", CALCULATORS)
    assert "{ flute: 2, zutt: zut }" in rule.read_text("utf-8")
    expected = "[](regle:carence.a.flute) [](regle:zut.zut.zutt) `terme:zut`\n"
    assert page.read_text("utf-8") == expected


def test_a_network_renamed_twice_leads_on_in_one_step(root: Path) -> None:
    """And back to its first name: nothing leads to nothing, nothing hides a page."""
    page = root / "docs/methode.md"
    page.write_text(page.read_text("utf-8") + "\n[Lui](../reseaux/coorace.md#chiffres)\n", "utf-8")
    rename.rename(root, "network", "coorace", "deux", CALCULATORS)
    assert "(../reseaux/deux.md#chiffres)" in page.read_text("utf-8")
    rename.rename(root, "network", "deux", "trois", CALCULATORS)
    assert redirects(root) == [
        {"old": "reseaux/coorace/", "new": "reseaux/trois/"},
        {"old": "reseaux/deux/", "new": "reseaux/trois/"},
    ]
    rename.rename(root, "network", "trois", "coorace", CALCULATORS)
    assert [one["old"] for one in redirects(root)] == ["reseaux/deux/", "reseaux/trois/"]
    assert {one["new"] for one in redirects(root)} == {"reseaux/coorace/"}
    text = (root / "data/redirects.yaml").read_text("utf-8")
    assert text.startswith(
        (ROOT / "data/redirects.yaml").read_text("utf-8").partition("redirects:")[0]
    )


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("siaee", "autre"), "data/glossary/siaee.yaml n'existe pas. Vouliez-vous dire « siae » ?"),
        (("siae", "aci"), "data/glossary/aci.yaml existe déjà"),
        (("siae", "Été"), "minuscules sans accent"),
        (("siae", "index"), "index"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(
    root: Path, names: tuple[str, str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, and the files as they were."""
    before = texts(root)
    assert build_site.main(["rename", "term", *names]) == 1
    assert message in capsys.readouterr().err
    assert texts(root) == before


def test_what_names_a_network_or_an_entry_follows_it(root: Path) -> None:
    """Lists of networks, `reseau:` and `page:` links, the structure of a portrait."""
    page = root / "docs/methode.md"
    page.write_text(
        page.read_text("utf-8")
        + "\n[a](reseau:reseau_cocagne) [b](page:annuaire/jardin_de_cocagne_lozere)\n",
        "utf-8",
    )
    rename.rename(root, "network", "reseau_cocagne", "cocagne", CALCULATORS)
    rename.rename(root, "directory_entry", "jardin_de_cocagne_lozere", "jardin", CALCULATORS)
    checked = load.load(root / "data", CALCULATORS, date.today())
    assert [str(one) for one in checked.mistakes] == []
    assert checked.content is not None
    assert checked.content.directory["jardin"].networks == ["cocagne"]
    assert checked.content.portraits["jardin_de_cocagne_lozere"].directory == "jardin"
    assert "[a](reseau:cocagne) [b](page:annuaire/jardin)" in page.read_text("utf-8")
