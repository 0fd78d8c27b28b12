"""What Python packs for the workshop is what its worker unpacks."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from generator.pyodide import archive
from generator.pyodide.engine import BuildError, run
from tests.conftest import ROOT

UNPACK = """
import { readFileSync, writeFileSync } from "node:fs";
import { fromArchive } from "ROOT/generator/workshop/workshop_boot.mjs";
const [path] = process.argv.slice(1);
writeFileSync(`${path}.out`, await fromArchive(readFileSync(path)));
"""


def unpacked(path: Path, content: bytes) -> bytes:
    path.write_bytes(content)
    script = UNPACK.replace("ROOT", ROOT.as_posix())
    run(["node", "--input-type=module", "--eval", script, path], "Node")
    return path.with_name(f"{path.name}.out").read_bytes()


def test_an_archive_is_given_back_with_its_members(tmp_path: Path) -> None:
    """The members are there as they were, and none is compressed by itself."""
    code = [(path.name, path.read_bytes()) for path in sorted((ROOT / "calculators").glob("*.py"))]
    members = [
        ("a.py", b"print(1)\n"),
        ("b/c.txt", "é".encode() * 9),
        ("zeros", bytes(2**20)),
        *code,
    ]
    whole = unpacked(tmp_path / "x.xz", archive.together(members))
    with zipfile.ZipFile(BytesIO(whole)) as found:
        assert [(one.filename, found.read(one)) for one in found.infolist()] == members
        assert {one.compress_type for one in found.infolist()} == {zipfile.ZIP_STORED}


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    """Bytes that nothing has packed end in an error, not in others."""
    packed = archive.together([("a.py", b"print(1)\n" * 9)])
    with pytest.raises(BuildError, match="error code"):
        unpacked(tmp_path / "x.xz", packed[:40] + b"\xff" * 40)
