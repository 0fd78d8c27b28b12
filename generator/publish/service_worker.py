"""The service worker and the app manifest: the site works without network, and installs as an app.

`sw.js` holds the list of a version: each file that it may serve, with the start of its SHA-256. The
code that reads it is in `service_worker.js`, and its page's side in `docs/assets/scripts/offline/offline.js`.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

from calculators.typography import french
from generator.content.models import Site

WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"
#: The page that replaces one that was never cached, and the page for an unknown address.
OFFLINE, MISSING = "hors-connexion/", "404.html"
RUNTIME = "runtime/"
#: Pages that few readers open, by hundreds: their hashes are in a list of their own, which is fetched
#: with the first of them. Départements and communes, entries of the directory, texts of law.
APART, APART_LIST = r"^(annuaire|textes)/.", "apart.json"
COLOUR = "#0b4f4a"  # of the site's head: --brand, in docs/assets/styles/site.css

#: Never served from the cache: files for other sites and programs, files for hosts, and files of the
#: theme and of Pagefind that this site does not use.
NETWORK_ONLY = re.compile(
    r"api/|workshop/|(journal|actualites)/feed\.xml|sitemap\.xml|robots\.txt|_|sw\.js|manifest\.webmanifest"
    r"|assets/(embed\.js|images/(share\.png|icon-)|vendor/.*/LICENSE)"
    r"|pagefind/(fragment/|pagefind-(\w+-)?(ui|highlight)\.|wasm\.unknown)|.*\.(map|gz|br)$"
)
#: Cached at once: the files that every page needs, and the page that lists the cached pages.
SHELL = re.compile(r"hors-connexion/$|assets/(?!vendor/|pictures/)")
#: Cached a little later, unless the reader saves data: home page, calculators and search.
MORE = re.compile(r"$|simulateurs/(\w+/)?$|demarches/|assets/vendor/|pagefind/")
#: The search reads the text of a page from a file of its own, by hundreds: one file of them all is
#: cached. Where it would have more bytes than this, there is none, and the search needs the network.
FRAGMENTS, TEXTS, TEXTS_BYTES = "pagefind/fragment/", "pagefind/texts.json", 4_000_000


def write_worker(site: Path, settings: Site) -> None:
    """Write the worker and the app's manifest at the root of the finished site.

    Where the publisher wants neither, the worker deletes the cache of an older one.
    """
    if not settings.hors_connexion:
        (site / WORKER).write_text(_code("service_worker_off.js"), "utf-8")
        return
    (site / APART_LIST).write_text(json.dumps(apart(site)), "utf-8")
    (site / WORKER).write_text(worker(site), "utf-8")
    (site / MANIFEST).write_text(json.dumps(manifest(settings), ensure_ascii=False), "utf-8")


def worker(site: Path) -> str:
    """Return the worker of the finished site: the list of its files, then the code."""
    lists = json.dumps(listed(site), ensure_ascii=False, separators=(",", ":"))
    return f"const SITE={lists};\n{_code('service_worker.js')}"


def apart(site: Path) -> dict[str, str]:
    """Return the files of the list apart: address → hash."""
    found = {}
    for folder in ("annuaire", "textes"):
        for file in sorted((site / folder).rglob("*.*")):
            path = re.sub(r"(^|/)index\.html$", r"\1", file.relative_to(site).as_posix())
            if file.is_file() and _is_apart(path):
                found[path] = short_hash(file.read_bytes())
    return found


def write_texts(site: Path, settings: Site) -> None:
    """Write the texts that the search reads, by the names of their files, in one file to be cached."""
    if not settings.hors_connexion:
        return
    texts: dict[str, str] = {}
    size = 0
    for file in sorted((site / FRAGMENTS).iterdir()):
        text = gzip.decompress(file.read_bytes())
        texts[file.name] = text.decode()
        size += len(text)
        if size > TEXTS_BYTES:
            return
    (site / TEXTS).write_text(json.dumps(texts, ensure_ascii=False), "utf-8")


def _is_apart(path: str) -> bool:
    return re.match(APART, path) is not None


def _code(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def groups(site: Path) -> dict[str, dict[str, Path]]:
    """Return the files that the worker may serve: group → address → file.

    The groups are those of the head of `service_worker.js`: they tell when a file is cached.
    """
    found: dict[str, dict[str, Path]] = {"shell": {}, "more": {}, "engine": {}, "visited": {}}
    start = len(f"{site}/")
    # As text: ten thousand objects would take ten times as long.
    names = [f"{folder}/{name}"[start:] for folder, _, files in os.walk(site) for name in files]
    for name in sorted(names, key=lambda name: name.split("/")):
        path = re.sub(r"(^|/)index\.html$", r"\1", name)
        if NETWORK_ONLY.match(path) or _is_apart(path):
            continue
        if path.startswith(RUNTIME):
            group = "engine"
        elif SHELL.match(path):
            group = "shell"
        elif MORE.match(path):
            group = "more"
        else:
            group = "visited"
        found[group][path] = site / name
    return found


def listed(site: Path) -> dict[str, Any]:
    """Return the constant `SITE` of the worker: see the head of `service_worker.js`."""
    found = groups(site)
    hashes = {
        group: {path: short_hash(file.read_bytes()) for path, file in files.items()}
        for group, files in found.items()
    }
    size = sum(file.stat().st_size for file in found["engine"].values())
    return hashes | {
        "engineBytes": size,
        "runtime": RUNTIME,
        "offline": OFFLINE,
        "missing": MISSING,
        "apart": APART,
        "fragments": FRAGMENTS,
        "texts": TEXTS,
    }


def short_hash(content: bytes) -> str:
    """Return 96 bits of a SHA-256, as 16 characters: enough against chance, short in a list."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()[:12]).decode()


def manifest(settings: Site) -> dict[str, Any]:
    """Return the web app manifest, as JSON values."""
    icons = [("192", "any"), ("512", "any"), ("512-full", "maskable")]
    return {
        "name": settings.name,
        "short_name": settings.name,
        "description": french(settings.tagline),
        "lang": "fr",
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": COLOUR,
        "icons": [
            {
                "src": f"assets/images/icon-{name}.png",
                "sizes": "{0}x{0}".format(name.partition("-")[0]),
                "type": "image/png",
                "purpose": purpose,
            }
            for name, purpose in icons
        ],
    }
