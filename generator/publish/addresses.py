"""The addresses of the finished pages: whatever was written, none leads where no reader should go.

`check` reads the texts before the renderer does. This reads what the renderer made of them, and the
addresses of the templates too: a difference between two readings of Markdown ends here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from pathlib import Path

from generator.content.markdown import address_problem

#: Attributes that lead somewhere, or load something, in the tags that may carry them.
_ADDRESS = re.compile(
    r"<[a-z][^<>]*?\s(href|src|srcset|action|formaction|poster|data|ping|xlink:href)\s*=\s*"
    r"(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))",
    re.IGNORECASE,
)
#: The sites of the law, which `check` keeps from being typed by hand and the build makes itself.
_OFFICIAL = "https://www.legifrance.gouv.fr/"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
#: The number of a telephone, as templates write it for the contacts of networks.
_TELEPHONE = re.compile(r"tel:\+?[0-9]{6,20}")
_IGNORED = re.compile(r"[\x00-\x20\\]")


def refused(site: Path, own: str) -> list[str]:
    """Return one French sentence for each address of the pages of `site` that may not be published.

    `own` is the address of the site itself.
    """
    found = []
    for path in sorted(site.rglob("*.html")):
        messages = _of_file(path, path.stat().st_mtime_ns, own)
        if messages:
            page = path.relative_to(site).as_posix().removesuffix("index.html")
            found += [f"/{page} : {message}" for message in messages]
    return found


@lru_cache(maxsize=10_000)
def _of_file(path: Path, _changed: int, own: str) -> tuple[str, ...]:
    """Return what is wrong with a page; one that has not changed since is not read again."""
    return tuple(of_page(path.read_text("utf-8"), own))


def of_page(text: str, own: str) -> Iterator[str]:
    """Yield what is wrong with the addresses of a page, as a browser reads them.

    `own` is the address of the site itself.
    """
    seen = set()
    for match in _ADDRESS.finditer(text):
        name, *values = match.groups()
        written = unescape(next(one for one in values if one is not None))
        if written in seen:
            continue
        seen.add(written)
        # Browsers pass over control signs and spaces, and take « \ » for « / ».
        address = _IGNORED.sub(lambda sign: "/" if sign[0] == "\\" else "", written)
        if not _SCHEME.match(address) or address.startswith((own, _OFFICIAL)):
            continue
        if name.lower() == "href" and _TELEPHONE.fullmatch(address):
            continue
        if problem := address_problem(address):
            yield f"{name}=« {written[:80]} ». {problem}"
