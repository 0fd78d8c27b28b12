"""Fetch a published file over https, and go on where the last try stopped.

What has arrived stays in the folder of the directory, beside a note of its address and of its version. The
rest is asked for on condition that the version is still that one (`If-Range`): a server that knows no
ranges, or whose file has changed, answers with the whole file, and what was kept is dropped.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import requests

from generator.directory.source_files import Unreadable

#: What an address begins with; no redirection leads to another scheme.
_SECURE = "https://"
_BYTES_AT_ONCE = 1 << 16
_ANSWER_WITHIN = 60  # seconds without a byte
#: No published file is as large: data·inclusion's weighs about 150 MB.
_LARGEST = 2_000_000_000
#: Within one command: a connection that is cut ten times is left for another day.
_TRIES = 10
_PAUSE = 2.0  # seconds between two tries
#: A day of change tells versions apart only when it is this much older than the answer (RFC 9110, 8.8.2.2).
_OLDER = 60  # seconds
_PARTIAL, _NO_SUCH_RANGE = 206, 416
_CUT = "la connexion manque, ou s'est coupée"


@dataclass(frozen=True)
class _Kept:
    """The bytes that have arrived, and the note that says of what."""

    file: Path
    note: Path

    def version(self, address: str) -> str:
        """Return the version that the bytes are of; nothing when they cannot be gone on from."""
        try:
            note = json.loads(self.note.read_text("utf-8"))
            size = self.file.stat().st_size
        except (OSError, ValueError):  # nothing, or a note that was cut
            return ""
        return str(note["version"]) if note["address"] == address and size else ""

    def size(self, address: str) -> int:
        """Return how many bytes can be gone on from."""
        return self.file.stat().st_size if self.version(address) else 0

    def begin(self, address: str, version: str) -> None:
        """Forget the bytes, then note what the next ones are of: never bytes under the note of others."""
        self.drop()
        self.note.write_text(json.dumps({"address": address, "version": version}), "utf-8")

    def drop(self) -> None:
        """Forget the bytes and their note."""
        self.file.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def forget(folder: Path) -> None:
    """Remove what a download has left in a folder."""
    _kept(folder).drop()


def _kept(folder: Path) -> _Kept:
    return _Kept(folder / "download.part", folder / "download.json")


def download(address: str, folder: Path) -> tuple[Path, list[str]]:
    """Fetch a file into `folder`; return where it is, and what to tell, in French.

    Raises Unreadable when it does not arrive whole: what has arrived is kept for the next time, if the
    server names the version of its file.
    """
    if not address.startswith(_SECURE):
        raise Unreadable(f"« {address} » : donnez un fichier, ou une adresse en https://.")
    folder.mkdir(parents=True, exist_ok=True)
    kept = _kept(folder)
    told: list[str] = []
    for _ in range(_TRIES):
        before, cause = kept.size(address), _CUT
        try:
            if _ask(address, kept, told):
                return kept.file, told
        except requests.RequestException as error:
            cause = _cause(error)
        if kept.size(address) <= before:
            break
        time.sleep(_PAUSE)
    left = kept.size(address)
    remedy = (
        f"{_megabytes(left)} sont gardés : relancez la même commande, elle reprendra là."
        if left
        else "Rien n'est gardé : relancez la commande plus tard."
    )
    raise Unreadable(
        f"« {address} » n'est pas arrivé en entier : {cause}. {remedy} L'annuaire reste comme il était."
    )


def _ask(address: str, kept: _Kept, told: list[str]) -> bool:
    """Ask for what is missing, and keep it as it comes; return whether the file is whole."""
    version, start = kept.version(address), kept.size(address)
    # A compressed answer would count other bytes than those that are kept.
    headers = {"Accept-Encoding": "identity"}
    if version:
        headers |= {"Range": f"bytes={start}-", "If-Range": version}
    with requests.get(address, headers=headers, stream=True, timeout=_ANSWER_WITHIN) as answer:
        if not all(one.url.startswith(_SECURE) for one in (*answer.history, answer)):
            raise Unreadable(f"« {address} » mène à une adresse qui n'est pas en https://.")
        goes_on = answer.status_code == _PARTIAL and _begins_at(start, version, answer)
        if version and not goes_on:
            told.append("Le fichier a changé, ou ne se reprend pas : il est demandé en entier.")
            if answer.status_code in {_PARTIAL, _NO_SUCH_RANGE}:
                kept.drop()
                return _ask(address, kept, told)
        answer.raise_for_status()
        if goes_on:
            told.append(f"Téléchargement repris : {_megabytes(start)} étaient déjà là.")
        else:
            start = 0
            kept.begin(address, _version(answer))
        got = start
        with kept.file.open("ab") as file:
            for part in answer.iter_content(_BYTES_AT_ONCE):
                got += len(part)
                if got > _LARGEST:
                    kept.drop()
                    raise Unreadable(f"« {address} » : ce fichier dépasse deux gigaoctets.")
                file.write(part)
        return got == _total(answer, got)


def _begins_at(start: int, version: str, answer: requests.Response) -> bool:
    """Tell whether a part of a file is the one that was asked for, of the same version."""
    told = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
    same = answer.headers.get("ETag", version) == version or not version.startswith('"')
    return told is not None and int(told[1]) == start and same


def _total(answer: requests.Response, got: int) -> int:
    """Return how many bytes the whole file has; what has come, where the server does not tell."""
    if found := re.search(r"/(\d+)$", answer.headers.get("Content-Range", "")):
        return int(found[1])
    if "Content-Encoding" in answer.headers:  # its length is that of the compressed bytes
        return got
    return int(answer.headers.get("Content-Length", got))


def _version(answer: requests.Response) -> str:
    """Return what tells this version of the file from any other: its tag, or its day; else nothing."""
    headers = answer.headers
    if "Content-Encoding" in headers:
        return ""
    if headers.get("ETag", "").startswith('"'):  # a weak one, W/"…", is that of several versions
        return headers["ETag"]
    try:
        changed, now = (parsedate_to_datetime(headers[name]) for name in ("Last-Modified", "Date"))
        return headers["Last-Modified"] if (now - changed).total_seconds() >= _OLDER else ""
    except (KeyError, ValueError, TypeError):
        return ""


def _cause(error: requests.RequestException) -> str:
    if error.response is not None:
        return f"le serveur répond {error.response.status_code}"
    if isinstance(error, requests.Timeout):
        return "le serveur ne répond plus"
    return _CUT


def _megabytes(size: int) -> str:
    """Write a size: `96,5 Mo`."""
    return f"{size / 1_000_000:.1f} Mo".replace(".", ",")
