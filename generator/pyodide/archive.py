"""Zip archives whose bytes depend on their content alone, as small as zip makes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

#: The date of every member: with that of the build, each build would be another engine.
DATE = (1980, 1, 1, 0, 0, 0)


def packed(contents: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the archive of these names and contents, in this order."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in contents:
            # The level of the archive does not count for a member that is given as a `ZipInfo`.
            member = zipfile.ZipInfo(name, DATE)
            archive.writestr(member, content, zipfile.ZIP_DEFLATED, compresslevel=9)
    return packed.getvalue()


def members(path: Path) -> list[tuple[str, bytes]]:
    """Return the names and contents of the archive `path`, sorted by name."""
    with zipfile.ZipFile(path) as archive:
        return [(name, archive.read(name)) for name in sorted(archive.namelist())]
