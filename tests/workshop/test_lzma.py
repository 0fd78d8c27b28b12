"""The script that unpacks the archives of the workshop gives back what Python has packed."""

from __future__ import annotations

import lzma
import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from generator.pyodide import archive
from generator.pyodide.engine import BuildError, run
from tests.conftest import ROOT

UNPACK = """
import { readFileSync, writeFileSync } from "node:fs";
import { fromLzma } from "ROOT/generator/workshop/lzma.mjs";
for (const path of process.argv.slice(1)) writeFileSync(`${path}.out`, fromLzma(readFileSync(path)));
"""


def unpack(*paths: Path) -> None:
    script = UNPACK.replace("ROOT", ROOT.as_posix())
    run(["node", "--input-type=module", "--eval", script, *paths], "Node")


def alone(content: bytes, **options: int) -> bytes:
    """Pack as `archive.together` does, with any properties of the format."""
    filters = [{"id": lzma.FILTER_LZMA1, **options}]
    made = lzma.compress(content, format=lzma.FORMAT_ALONE, filters=filters)
    return made[:5] + len(content).to_bytes(8, "little") + made[13:]


def contents() -> list[bytes]:
    """What the format treats in ways of its own: nothing, chance, far copies, repeats of four distances."""
    chance = random.Random(2026)
    noise = chance.randbytes(5000)
    words = [chance.randbytes(chance.randint(1, 40)) for _ in range(50)]
    mixed = b"".join(chance.choice(words) for _ in range(20_000))
    changed = bytearray(noise * 40)
    for place in range(0, len(changed), 97):
        changed[place] = chance.randrange(256)
    code = b"".join(path.read_bytes() for path in sorted((ROOT / "generator").rglob("*.py")))
    return [
        *(b"", b"a", bytes(range(256)), b"ab" * 70_000, bytes(300_000)),
        *(noise, mixed, bytes(changed), noise + bytes(2**20) + noise, code),
    ]


def test_what_python_packs_is_unpacked_the_same(tmp_path: Path) -> None:
    """Whatever the content, and the bits of context that the format may have."""
    kinds = [
        {"lc": 3, "pb": 2},
        {"lc": 0, "lp": 2, "pb": 4},
        {"lc": 4, "pb": 0},
        {"lc": 1, "lp": 3},
    ]
    given = {}
    for number, content in enumerate(contents()):
        for kind, options in enumerate(kinds):
            path = tmp_path / f"{number}-{kind}"
            path.write_bytes(alone(content, preset=6, **options))
            given[path] = content
    unpack(*given)
    for path, content in given.items():
        assert path.with_name(f"{path.name}.out").read_bytes() == content, path


def test_an_archive_is_given_back_with_its_members(tmp_path: Path) -> None:
    """The members are there as they were, and none is compressed by itself."""
    members = [("a.py", b"print(1)\n"), ("b/c.txt", "é".encode() * 9)]
    path = tmp_path / "x.lzma"
    path.write_bytes(archive.together(members))
    unpack(path)
    with zipfile.ZipFile(BytesIO((tmp_path / "x.lzma.out").read_bytes())) as found:
        assert [(one.filename, found.read(one)) for one in found.infolist()] == members
        assert {one.compress_type for one in found.infolist()} == {zipfile.ZIP_STORED}


def test_a_copy_from_before_the_beginning_is_refused(tmp_path: Path) -> None:
    """Bytes that nothing has packed end in an error, not in others."""
    path = tmp_path / "x.lzma"
    whole = alone(b"ab" * 70_000, preset=6)
    path.write_bytes(whole[:13] + b"\0" + b"\xff" * 40)
    with pytest.raises(BuildError, match="other bytes"):
        unpack(path)
