"""`build_site.py annuaire`: files of every form, broken ones, and the directory that they leave."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

import build_site
from benchmarks.directory import generated, write
from generator.directory import source_files
from generator.directory import store as directory_store
from generator.directory.source_files import Unreadable
from generator.directory.update import update

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder that the directory is kept in."""
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path


@pytest.fixture(scope="module")
def made() -> list[dict[str, Any]]:
    """Forty rows; two thirds are of a kind that is kept."""
    return list(generated(40))


def written(root: Path, form: str, rows: list[dict[str, Any]]) -> Path:
    """Write rows in one of the forms that are published."""
    file = root / f"structures-2026-11-02.{form}"
    match form:
        case "json":
            write(file, iter(rows))
        case "jsonl":
            file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
        case "csv" | "parquet":
            flat = [row | {"reseaux_porteurs": json.dumps(row["reseaux_porteurs"])} for row in rows]
            table = root / "structures.csv" if form == "parquet" else file
            with table.open("w", encoding="utf-8-sig", newline="") as opened:
                writer = csv.DictWriter(opened, [*rows[0]])
                writer.writeheader()
                writer.writerows(flat)
            if form == "parquet":
                columns = "* REPLACE (CAST(reseaux_porteurs AS VARCHAR[]) AS reseaux_porteurs)"
                duckdb.sql(
                    f"COPY (SELECT {columns} FROM read_csv('{table}', all_varchar = true)) "
                    f"TO '{file}' (FORMAT parquet)"
                )
    return file


def held(root: Path) -> list[dict[str, Any]]:
    """Return all the rows that are kept, by id."""
    store = directory_store.read(root)
    assert store
    codes = [path.stem for path in store.folder.glob("*.json")]
    return sorted(
        (row for code in codes for row in store.department(code)[0]), key=lambda r: r["id"]
    )


def test_every_form_gives_the_same_directory(root: Path, made: list[dict[str, Any]]) -> None:
    """JSON, JSON lines, CSV and Parquet; the day is the one in the name of the file."""
    directories = []
    for form in ("json", "jsonl", "csv", "parquet"):
        told = update(root, str(written(root, form, made)))
        assert "au 2026-11-02" in told[0]
        directories.append(held(root))
    assert len(directories[0]) > 20
    assert all(one == directories[0] for one in directories)
    assert len([*(root / directory_store.FOLDER).glob("2026-*")]) == 1


def broken_files(root: Path, rows: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield broken files: what is in them, and the words of the refusal."""
    whole = written(root, "json", rows).read_bytes()
    half = root / "half.json"
    half.write_bytes(whole[: len(whole) // 2])
    yield str(half), "coupé"
    bad = root / "bad.json"
    bad.write_bytes(whole.replace(b'",', b'"', 1))
    yield str(bad), "Ce n'est pas du JSON"
    latin = root / "latin.json"
    latin.write_bytes(whole.decode().encode("latin-1", "replace"))
    yield str(latin), "UTF-8"
    for form in ("jsonl", "csv", "parquet"):
        file = written(root, form, rows)
        file.write_bytes(file.read_bytes()[: -40 if form == "parquet" else -200])
        yield str(file), "coupé"
    latin = root / "latin.csv"
    latin.write_bytes("id;nom\n1;Été\n".encode("latin-1"))
    yield str(latin), "UTF-8"
    for name, text, words in (
        ("empty", "", "vide"),
        ("page", "<!doctype html>\n<p>Cette page n'existe pas", "ni du JSON"),
        ("numbers", "[1, 2]", "n'est pas un objet"),
        ("none", "[]", "Aucune structure"),
        ("object", '{\n"data": []}', "Ligne 1"),
        ("sixteen", "\ufeffid".encode("utf-16").decode("latin-1"), "n'est ni du JSON"),
    ):
        file = root / f"{name}.txt"
        file.write_text(text, "latin-1")
        yield str(file), words
    yield str(root / "absent.json"), "ne s'ouvre pas"
    yield "http://essai.example.org/a.json", "https://"


def test_a_broken_file_leaves_the_last_directory_as_it_was(
    root: Path, made: list[dict[str, Any]]
) -> None:
    """Whatever its form, wherever it breaks; the refusal says what to do, in French."""
    update(root, str(written(root, "json", made)))
    before = held(root)
    for source, words in broken_files(root, made):
        with pytest.raises(Unreadable, match=words):
            update(root, source)
        assert held(root) == before


def test_a_file_that_lost_half_is_refused_unless_it_is_said(
    root: Path, made: list[dict[str, Any]]
) -> None:
    """A CSV cut at the end of a row tells nothing of it."""
    update(root, str(written(root, "csv", made)))
    few = written(root, "csv", made[:10])
    with pytest.raises(Unreadable, match="--moins"):
        update(root, str(few))
    update(root, str(few), shrink=True)
    assert len(held(root)) < 10


def test_parquet_asks_for_its_library_in_french(
    root: Path, made: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no dependency of the site."""
    file = written(root, "parquet", made)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(Unreadable, match="duckdb"):
        [*source_files.rows(file)]


def test_five_thousand_rows_are_told_in_french(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command itself, with doubles and refusals among them."""
    rows = [*generated(5_000)]
    rows += [one | {"id": f"{one['id']}-bis"} for one in rows[:30]]
    rows += [one | {"id": f"{one['id']}-ter", "siret": "1"} for one in rows[:3]]
    file = written(root, "json", rows)
    monkeypatch.setattr(build_site, "ROOT", root)
    assert build_site.main(["annuaire", str(file)]) == 0
    told = capsys.readouterr().out
    assert "3 lignes : refus, « siret » n'a pas quatorze chiffres." in told
    assert "doubles : même SIRET ou même nom, dans la même commune." in told
    assert "  essai--" in told
    store = directory_store.read(root)
    assert store
    assert (store.folder / "report.txt").read_text("utf-8").count("double : ") > 10
    assert build_site.main(["annuaire", str(root / "absent.csv")]) == 1
    assert "ne s'ouvre pas" in capsys.readouterr().err


def test_the_source_is_named_or_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """The site has none of its own."""
    assert build_site.main(["annuaire"]) == 1
    assert "directory_source" in capsys.readouterr().err
