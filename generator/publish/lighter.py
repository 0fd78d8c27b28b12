"""What every page loads, made lighter: the theme's style sheet cut to this site, ours, and the scripts.

The theme styles many components that this site never shows. Comments and long names help those who
read the sources, not the readers who fetch them. `lighter.mjs` does the work; nothing is bundled, each
module stays a file of its own.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from generator.pyodide.engine import run

#: The style sheets of `docs/assets/styles/`, in the order in which the site's sheet joins them.
SHEETS = ("site", "calculator", "spreadsheet", "workshop", "drawings", "print")
STYLES, SCRIPTS = "assets/styles/", "assets/scripts/"
SITE, THEME = f"{STYLES}site.css", f"{STYLES}theme.css"
#: The theme's own files, as the renderer copies them.
_FROM_THEME = "assets/stylesheets/{}.*.min.css"
_PARTS = ("main", "palette")
#: What a selector may ask of the elements of a page, beside their names and states.
_NAMED = (re.compile(r' class="([^"]+)'), re.compile(r' data-md-[a-z-]+="([^"]+)'))
#: The direction of every page.
_DIRECTION = "ltr"


def join_sheets(files: dict[str, bytes]) -> None:
    """Replace the site's style sheets, among files by path, by one that joins them all."""
    files[SITE] = b"\n".join([files.pop(f"{STYLES}{name}.css") for name in SHEETS])


def write(root: Path, tree: Path, site: Path) -> None:
    """Write the lighter style sheets and scripts into the rendered site.

    `tree` is what the renderer was given. What was made is kept in `build/lighter.json`, for the next
    build that has the same to make. Raises BuildError if a sheet or a script cannot be read.
    """
    names = {_DIRECTION}
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        names.update(*(pattern.findall(text) for pattern in _NAMED))
    parts = [next(site.glob(_FROM_THEME.format(part))) for part in _PARTS]
    given = json.dumps(
        {
            "theme": "".join(part.read_text("utf-8-sig") for part in parts),
            "site": (tree / SITE).read_text("utf-8"),
            "scripts": {
                path.relative_to(tree).as_posix(): path.read_text("utf-8")
                for path in sorted((tree / SCRIPTS).rglob("*.js"))
            },
            "names": sorted({name for some in names for name in some.split()}),
        }
    )
    program = Path(__file__).with_suffix(".mjs")
    lock = (root / "package-lock.json").read_bytes()
    key = hashlib.sha256(given.encode() + program.read_bytes() + lock).hexdigest()
    kept = root / "build" / "lighter.json"
    known = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    if known.get("key") != key:
        asked = root / "build" / "heavier.json"
        asked.write_text(given, "utf-8")
        made = json.loads(run(["node", program, asked], "les feuilles de style et les scripts"))
        known = {"key": key, **made}
        kept.write_text(json.dumps(known), "utf-8")
    for name, text in {SITE: known["site"], THEME: known["theme"], **known["scripts"]}.items():
        target = site / name
        if not target.exists() or target.read_text("utf-8") != text:
            target.write_text(text, "utf-8")
