"""From the ministry's package to `data/articles/`: what is kept, what moved, what cannot be read."""

from __future__ import annotations

import io
import json
import tarfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.content.load import read_at
from generator.content.models import LegalText
from generator.content.quotes import Citation
from generator.review import law_changes, legal_texts
from generator.yaml_files.reader import read
from tests.content.test_quotes import NOW, TEXT

DAY = 86_400_000
#: 1 July 2014 and 1 September 2021 at midnight in Greenwich, 1 May 2008 at midnight in Paris.
JULY, SEPTEMBER, MAY = 1_404_172_800_000, 1_630_454_400_000, 1_209_592_800_000
ENDLESS = 32_472_144_000_000


def article(number: str, html: str, since: int = SEPTEMBER, **more: Any) -> dict[str, Any]:
    """An article as the package writes it, after an older version whose words it does not hold."""
    versions = [
        {"id": "LEGIARTI000000000001", "etat": "MODIFIE", "dateDebut": MAY, "dateFin": since},
        {"id": "LEGIARTI000000000002", "etat": "VIGUEUR", "dateDebut": since, "dateFin": ENDLESS},
    ]
    data = {
        "num": number,
        "id": "LEGIARTI000000000002",
        "etat": "VIGUEUR",
        "texteHtml": html,
        "articleVersions": versions,
    }
    return {"type": "article", "data": data | more}


def package(folder: Path, *articles: dict[str, Any], version: str = "2.0.0") -> Path:
    """A package like the ministry's, with these articles in the labour code."""
    codes: dict[str, tuple[dict[str, Any], ...]] = dict.fromkeys(legal_texts.CODES, ())
    codes["LEGITEXT000006072050"] = articles
    files: dict[str, Any] = {"package.json": {"version": version}}
    for code, held in codes.items():
        section = {"type": "section", "children": list(held)}
        files[f"data/{code}.json"] = {"type": "code", "children": [section]}
    path = folder / f"legi-data-{version}.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name, value in files.items():
            body = json.dumps(value).encode()
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    return path


def test_an_article_is_kept_with_its_words_and_its_versions(tmp_path: Path) -> None:
    """Tags and codes of HTML go, each paragraph is a line, days are days in Paris."""
    html = "<p>La durée&nbsp;: <br/><br/>1° <a href='#'>Article R. 5132-1</a> , 24&nbsp;mois ;</p>"
    found = legal_texts.extract(package(tmp_path, article("R5132-1", html)), ["R5132-1", "L1-1"])
    assert set(found) == {"R5132-1"}
    text = found["R5132-1"]
    assert text.title == "Code du travail, article R. 5132-1"
    assert [(one.since, one.until) for one in text.versions] == [
        (date(2008, 5, 1), date(2021, 9, 1)),
        (date(2021, 9, 1), None),
    ]
    assert text.versions[1].text == "La durée :\n1° Article R. 5132-1, 24 mois ;"


def test_what_is_written_is_what_the_check_reads(tmp_path: Path) -> None:
    """The file reads back as the same text, notes and odd signs included."""
    html = "<p>Une clé : « x » # pas un commentaire</p><p>- un tiret {d} | 50 %</p>"
    found = legal_texts.extract(
        package(tmp_path, article("R5132-1", html, notaHtml="<p>Une note : 1.</p>")), ["R5132-1"]
    )
    folder = tmp_path / "articles"
    assert legal_texts.write_texts(folder, {}, found, found) == ["R5132-1.yaml : nouveau texte"]
    document = read(folder / "R5132-1.yaml", Path("data/articles/R5132-1.yaml"))
    assert document.mistakes == []
    value = document.value
    for version in value["versions"]:  # type: ignore[index]
        if "text" in version:
            version["text"] = version["text"].rstrip("\n")
    value["nota"] = value["nota"].rstrip("\n")  # type: ignore[index]
    assert LegalText.model_validate(value) == found["R5132-1"]


def test_a_new_version_keeps_the_words_of_the_one_before(tmp_path: Path) -> None:
    """The package gives the newest words alone: those of before stay from the older extract."""
    folder = tmp_path / "articles"
    old = legal_texts.extract(
        package(tmp_path, article("R5132-1", "<p>Douze mois.</p>")), ["R5132-1"]
    )
    legal_texts.write_texts(folder, {}, old, old)
    moved = article("R5132-1", "<p>Vingt-quatre mois.</p>", id="LEGIARTI000000000003")
    moved["data"]["articleVersions"][1]["dateFin"] = SEPTEMBER + 365 * DAY
    moved["data"]["articleVersions"].append(
        {
            "id": "LEGIARTI000000000003",
            "etat": "VIGUEUR",
            "dateDebut": SEPTEMBER + 365 * DAY,
            "dateFin": ENDLESS,
        }
    )
    new = legal_texts.extract(package(tmp_path, moved, version="2.1.0"), ["R5132-1"])
    lines = legal_texts.write_texts(folder, legal_texts.known(folder), new, new)
    assert lines == ["R5132-1.yaml : texte changé"]
    versions = legal_texts.known(folder)["R5132-1"].versions
    assert [(one.text or "").strip() for one in versions] == [
        "",
        "Douze mois.",
        "Vingt-quatre mois.",
    ]


def test_a_text_that_nothing_cites_goes_unless_it_was_added_by_hand(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    found = legal_texts.extract(
        package(tmp_path, article("R5132-1", "<p>Douze mois.</p>")), ["R5132-1"]
    )
    legal_texts.write_texts(folder, {}, found, found)
    by_hand = (folder / "R5132-1.yaml").read_text("utf-8")
    by_hand = by_hand.replace(
        'package: "@socialgouv/legi-data 2.0.0"',
        'url: "https://exemple.fr", title: Une page, date: 2026',
    )
    (folder / "JORFTEXT000000000001.yaml").write_text(by_hand)
    lines = legal_texts.write_texts(folder, legal_texts.known(folder), {}, [])
    assert lines == ["R5132-1.yaml : effacé, rien ne le cite plus"]
    assert [path.stem for path in folder.iterdir()] == ["JORFTEXT000000000001"]


def test_what_data_and_pages_cite_is_found(tmp_path: Path) -> None:
    """In sources and in links; a number in plain words is not a citation."""
    (tmp_path / "data" / "rules").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "data" / "rules" / "x.yaml").write_text(
        "source: { article: R5132-1-8, quote: x }\n"
    )
    (tmp_path / "docs" / "x.md").write_text('[a](article:L5132-3 "mots"), article D5132-9\n')
    found = legal_texts.citations(tmp_path)
    assert [(one.file, one.number, one.quote) for one in found] == [
        ("data/rules/x.yaml", "R5132-1-8", "x"),
        ("docs/x.md", "L5132-3", "mots"),
    ]


def test_an_archive_that_cannot_be_read_gets_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "legi-data.tgz"
    broken.write_bytes(b"half a file")
    with pytest.raises(legal_texts.FetchError, match=r"ne se lit pas"):
        legal_texts.extract(broken, ["R5132-1"])


def test_a_change_of_the_law_names_what_rests_on_it() -> None:
    """Old and new words side by side, the quotes that no longer stand, files and worked cases."""
    old = TEXT.model_copy(update={"versions": TEXT.versions[:2]})
    last = TEXT.versions[2].model_copy(update={"until": None})
    new = TEXT.model_copy(update={"versions": [*TEXT.versions[:2], last]})
    cited = [
        Citation("data/rules/x.yaml", ("parameters", "duree"), "R5132-99", "12 mois"),
        Citation("docs/x.md", (), "R5132-99", "vingt-quatre mois"),
    ]
    told = law_changes.texts_report({"R5132-99": old}, {"R5132-99": new}, cited, {"x": 7}, NOW)
    assert "## La loi a changé : 1 texte\n" in told
    linked = f"[R5132-99]({read_at('R5132-99', new)})"
    assert f"### {linked} : nouveau texte depuis le 1er septembre 2021" in told
    assert "| La durée est de 12 mois. | 1° La durée ne peut excéder vingt-quatre mois ; |" in told
    assert "- [ ] `data/rules/x.yaml` (parameters.duree) : « 12 mois »" in told
    assert "`docs/x.md`" in told.partition("Ce qui repose sur ce texte")[2]
    assert "7 dans `data/cases/x.yaml`" in told
    assert "vingt-quatre mois »" not in told


def test_an_end_that_is_announced_is_told() -> None:
    last = TEXT.versions[2].model_copy(update={"until": None})
    old = TEXT.model_copy(update={"versions": [*TEXT.versions[:2], last]})
    told = law_changes.texts_report({"R5132-99": old}, {"R5132-99": TEXT}, [], {}, NOW)
    assert (
        f"### [R5132-99]({read_at('R5132-99', TEXT)}) : il ne vaudra plus à partir du 1er janvier 2026"
        in told
    )


def test_the_same_words_and_a_text_quoted_for_the_first_time_are_no_change() -> None:
    assert law_changes.texts_report({"R5132-99": TEXT}, {"R5132-99": TEXT}, [], {}, NOW) == ""
    assert law_changes.texts_report({}, {"R5132-99": TEXT}, [], {}, NOW) == ""


def test_a_text_that_has_gone_is_told() -> None:
    told = law_changes.texts_report(
        {"R5132-99": TEXT}, {}, [Citation("docs/x.md", (), "R5132-99", "x")], {}, NOW
    )
    assert "n'est plus dans data/articles/" in told
    assert "Ces citations ne sont plus dans le texte en vigueur" in told
