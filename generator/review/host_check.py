"""Whether the host of a published site compresses what it sends: a start of Python weighs half as much."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import requests

TIMEOUT = 20  # seconds, for the connection and for each read
#: The module that names the folder of the engine, and what it says.
_ENGINE = "assets/scripts/site/engine_files.js"
_FOLDER = re.compile(r"runtime/[0-9a-f]+/")
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+\.css)"')
#: A file of each kind that a host must compress; the style sheet is found in the home page.
_FILES = (_ENGINE, "api/rules.json", "journal/feed.xml")
_OF_THE_ENGINE = ("pyodide.asm.wasm", "pyodide.asm.js")


def uncompressed(address: str) -> list[str]:
    """Ask the site at `address` for a file of each kind; return a French sentence for each fault."""
    base = address if address.endswith("/") else f"{address}/"
    with requests.Session() as session:
        session.trust_env = False  # no proxy or password of this machine goes to another site
        session.headers["Accept-Encoding"] = "gzip, deflate, br"
        try:
            home = session.get(base, timeout=TIMEOUT)
            engine = session.get(urljoin(base, _ENGINE), timeout=TIMEOUT)
            folder = _FOLDER.search(engine.text) if engine.ok else None
            if not home.ok or folder is None:
                return [
                    f"{base} : cette adresse n'est pas celle du site. Donnez celle de l'accueil."
                ]
            files = [*_FILES, *(folder[0] + name for name in _OF_THE_ENGINE)]
            files += _STYLE.findall(home.text)[:1]
            return [
                sentence
                for url in [base, *(urljoin(base, name) for name in files)]
                for sentence in _faults(session, url)
            ]
        except requests.RequestException:
            return [f"{base} : pas de réponse. Vérifiez l'adresse, puis la connexion."]


def _faults(session: requests.Session, url: str) -> list[str]:
    """Ask for the headers of one file; its body is not read."""
    with session.get(url, timeout=TIMEOUT, stream=True) as response:
        if not response.ok:
            return [f"{url} : réponse {response.status_code}. Publiez de nouveau tout le site."]
        kind = response.headers.get("Content-Type", "sans type").partition(";")[0]
        found = []
        if response.headers.get("Content-Encoding", "identity") == "identity":
            found.append(
                f"{url} : l'hébergeur ne compresse pas ce fichier. Faites-lui compresser le type "
                f"« {kind} » (gzip ou Brotli) : voyez deploy/."
            )
        if url.endswith(".wasm") and kind != "application/wasm":
            found.append(
                f"{url} : l'hébergeur donne le type « {kind} ». Faites-lui donner « application/wasm »."
            )
        return found
