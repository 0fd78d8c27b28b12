"""The page of each département, copied from one that the renderer made.

A hundred and one pages that differ by a name and their body: the renderer would take seconds more for
each build, and a copy takes milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path, PurePath
from urllib.parse import quote

#: The address of the page that is copied, and where its copies stand.
MODEL, FOLDER = "annuaire/departement/", "annuaire/"

_ADDRESS = re.compile(r'(?:href|content)="[^"]*"')


def write(site: Path, copies: Mapping[str, Mapping[str, str]], tokens: Mapping[str, str]) -> None:
    """Write the page of each département into the finished site, in place of the one they are copied from.

    `copies` hold, by the code of a département, what replaces each of `tokens`: `body` is HTML, the
    others are text.
    """
    model = site / MODEL
    text = (model / "index.html").read_text("utf-8")
    for code, values in copies.items():
        folder = site / FOLDER / code
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(_copy(text, code, values, tokens), "utf-8")
    (model / "index.html").unlink()
    model.rmdir()
    _list(site / "sitemap.xml", [*copies])


def is_copy(path: PurePath) -> bool:
    """Tell whether a file of the site, by its path in it, is the page of a département."""
    return re.fullmatch(rf"{FOLDER}\d[\dAB]\d?/index\.html", path.as_posix()) is not None


def _copy(text: str, code: str, values: Mapping[str, str], tokens: Mapping[str, str]) -> str:
    text = _ADDRESS.sub(lambda found: _in_address(found[0], code, values, tokens), text)
    text = text.replace(MODEL, f"{FOLDER}{code}/")
    for name, token in tokens.items():
        text = text.replace(token, values[name] if name == "body" else escape(values[name]))
    return text


def _in_address(
    attribute: str, code: str, values: Mapping[str, str], tokens: Mapping[str, str]
) -> str:
    """Fill an address whose values are encoded: the form that reports an error, with the page's title."""
    if not re.match(r'href="(?:https:|mailto:)', attribute) or "?" not in attribute:
        return attribute
    encoded = quote(MODEL, safe="")
    attribute = attribute.replace(encoded, quote(f"{FOLDER}{code}/", safe=""))
    for name in ("name", "code"):
        attribute = attribute.replace(tokens[name], quote(values[name]))
    return attribute


def _list(sitemap: Path, codes: list[str]) -> None:
    """Name the copies in the list that robots read, instead of the page they are copied from."""
    text = sitemap.read_text("utf-8")

    def entries(found: re.Match[str]) -> str:
        return "".join(found[0].replace(MODEL, f"{FOLDER}{code}/") for code in codes)

    listed = re.sub(
        rf"\s*<url>(?:(?!</url>).)*{MODEL}(?:(?!</url>).)*</url>", entries, text, flags=re.DOTALL
    )
    sitemap.write_text(listed, "utf-8")
    packed = sitemap.with_suffix(".xml.gz")
    packed.unlink(missing_ok=True)
