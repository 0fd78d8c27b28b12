"""Whether the links of the built site that lead elsewhere still lead there.

A robot is not a reader: many sites refuse it (401, 403), slow it down (429) or are ill for an hour
(5xx). None of that says that the link is dead: it is « à vérifier », by a person.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from urllib.parse import parse_qs, urldefrag, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

#: A link that led somewhere is not followed again before this.
FRESH = timedelta(days=6)
TIMEOUT = 20  # seconds, for the connection and for each read
PAUSE = 1.0  # seconds between two links of the same host
HOSTS = 8  # hosts asked at the same time
_AGENT = "Mozilla/5.0 (compatible; verification-de-liens)"
_BUSY = {429, 500, 502, 503, 504}
#: A page of the code, and the words it shows on a version that is no longer the law.
_ARTICLE = re.compile(r"/codes/article_lc/LEGIARTI\d{12}\Z")
_PAST = re.compile(r"Version (?:en vigueur du .{5,30}? au|abrogée)")
_READ = 1_000_000  # bytes of such a page


class State(StrEnum):
    """The fate of a link, from the worst to the best."""

    MORT = "mort"
    REMPLACE = "version remplacée"
    ACCUEIL = "renvoie à l'accueil"
    DEPLACE = "déplacé"
    A_VERIFIER = "à vérifier"
    VIVANT = "vivant"


@dataclass(frozen=True)
class CheckedLink:
    """An address, its state on a day, and why."""

    url: str
    state: State
    why: str
    on: date


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address and address.startswith(("https://", "http://")):
            self.found.append(urldefrag(address).url)


def collect(site: Path, own: str) -> dict[str, list[str]]:
    """Return the pages of `site` on which each address of another site stands.

    `own` is the address of the site itself. A search that is filled with one commune stands for the
    same search with the others: there are two thousand, and one tells whether the address answers.
    """
    pages: dict[str, list[str]] = {}
    searches: dict[tuple[str, ...], str] = {}
    for path in sorted(site.rglob("*.html")):
        parser = _Links()
        parser.feed(path.read_text("utf-8"))
        page = "/" + path.relative_to(site).as_posix().removesuffix("index.html")
        for found in dict.fromkeys(parser.found):
            url, parts = found, urlsplit(found)
            if "city" in (asked := parse_qs(parts.query)):
                url = searches.setdefault((parts.netloc, parts.path, *sorted(asked)), found)
            if not url.startswith(own) and page not in pages.get(url, ()):
                pages.setdefault(url, []).append(page)
    return pages


def check(
    urls: Iterable[str], known: dict[str, CheckedLink], today: date, pause: float = PAUSE
) -> list[CheckedLink]:
    """Follow each link that is not known to be alive of late; hosts side by side, gently."""
    checked = [known[url] for url in urls if url in known and _fresh(known[url], today)]
    asked = sorted(set(urls) - {link.url for link in checked}, key=_host)
    with ThreadPoolExecutor(HOSTS) as pool:
        hosts = [list(group) for _, group in groupby(asked, key=_host)]
        for links in pool.map(lambda group: _one_host(group, today, pause), hosts):
            checked += links
    order = list(State)
    return sorted(checked, key=lambda link: (order.index(link.state), link.url))


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _fresh(link: CheckedLink, today: date) -> bool:
    return link.state is State.VIVANT and today - link.on <= FRESH


def _one_host(urls: list[str], today: date, pause: float) -> list[CheckedLink]:
    retry = Retry(total=2, backoff_factor=pause, status_forcelist=_BUSY, raise_on_status=False)
    found = []
    with requests.Session() as session:
        # Proxies and passwords of this machine are not sent to other sites.
        session.trust_env = False
        session.headers["User-Agent"] = _AGENT
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(max_retries=retry))
        for number, url in enumerate(urls):
            if number:
                time.sleep(pause)
            found.append(CheckedLink(url, *_follow(session, url), today))
    return found


def _follow(session: requests.Session, url: str) -> tuple[State, str]:
    try:
        with session.get(url, timeout=TIMEOUT, stream=True) as response:
            return _judge(url, response)
    except requests.TooManyRedirects:
        return State.MORT, "les renvois tournent en rond"
    except requests.exceptions.SSLError:
        return State.A_VERIFIER, "le certificat de sécurité est refusé"
    except requests.RequestException:
        return State.A_VERIFIER, "pas de réponse"


def _judge(url: str, response: requests.Response) -> tuple[State, str]:
    code = response.status_code
    if code in {404, 410}:
        return State.MORT, f"la page n'existe plus ({code})"
    if code >= 400:
        return State.A_VERIFIER, f"le site refuse ou ne peut pas répondre ({code})"
    end = urlsplit(response.url)
    if response.history and end.path in {"", "/"} and urlsplit(url).path not in {"", "/"}:
        return State.ACCUEIL, f"la page n'existe plus : on arrive à l'accueil ({response.url})"
    if response.history and all(step.status_code in {301, 308} for step in response.history):
        return State.DEPLACE, f"la page est à une autre adresse : {response.url}"
    if _ARTICLE.search(url) and _PAST.search(_text(response)):
        return (
            State.REMPLACE,
            "cette version de l'article a une fin : relisez ce que le site en dit",
        )
    return State.VIVANT, ""


def _text(response: requests.Response) -> str:
    head = next(response.iter_content(_READ), b"").decode("utf-8", "replace")
    return " ".join(re.sub(r"<[^>]*>", " ", head).split())


def read_known(path: Path) -> dict[str, CheckedLink]:
    """Read the states of the last run; none when there is no file, or when it cannot be read."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        links = [
            CheckedLink(one["url"], State(one["state"]), one["why"], date.fromisoformat(one["on"]))
            for one in raw
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {link.url: link for link in links}


def write_known(path: Path, links: Iterable[CheckedLink]) -> None:
    """Keep the states for the next run."""
    path.write_text(json.dumps([asdict(link) for link in links], default=str, indent=1), "utf-8")
