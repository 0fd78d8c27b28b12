"""The addresses that pages had: each leads to the page that answers now, on every host.

A small page does it anywhere. Hosts that read `_redirects` (Netlify, Cloudflare Pages), and nginx with
`redirects.conf`, answer before it, which search engines prefer.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from generator.content.models import Redirect
from generator.publish.security_headers import CONTENT_POLICY

_PAGE = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={way}">
{canonical}<title>Cette page a changé d’adresse</title>
</head>
<body>
<main>
<h1>Cette page a changé d’adresse</h1>
<p><a href="{way}">Aller à la page</a></p>
</main>
</body>
</html>
"""


def write(site: Path, build: Path, redirects: Iterable[Redirect], own: str) -> None:
    """Write the pages and `_redirects` into `site`, and nginx's part into `build`.

    `own` is the address of the site, with its final slash; a preview has none that is to be cited.
    """
    moved = list(redirects)
    for one in moved:
        page = site / one.old / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        way = "../" * one.old.count("/") + one.new
        canonical = f'<link rel="canonical" href="{escape(own + one.new)}">\n' if own else ""
        page.write_text(
            _PAGE.format(policy=CONTENT_POLICY, way=escape(way), canonical=canonical), "utf-8"
        )
    lines = [f"/{one.old} /{one.new} 301\n" for one in moved]
    (site / "_redirects").write_text("".join(lines), "utf-8")
    (build / "redirects.conf").write_text(_nginx(moved), "utf-8")


def _nginx(moved: list[Redirect]) -> str:
    cases = [f"    /{old} /{one.new};\n" for one in moved for old in (one.old, one.old.rstrip("/"))]
    return (
        "# Written by the build (generator/publish/redirects.py). Include it among http { … }.\n"
        'map $uri $reperes_moved {\n    default "";\n' + "".join(cases) + "}\n"
    )
