"""The HTTP headers of the site's answers, for every host: they are defined here only.

From here come the policy that each page carries (`<meta>`), the headers of the local server, and
those of other hosts: `_headers` for hosts that read such a file (Netlify, Cloudflare Pages), and
`security_headers.conf` for nginx. A host that sends no header of ours (GitHub Pages) leaves the
policy of the page, its refusal to be framed (`docs/assets/scripts/site/before_paint.js`), and nothing of the workers'.

- A script runs if it is a file of this site. `wasm-unsafe-eval` lets WebAssembly be compiled, which
  Python and the search are; it allows no text to become code.
- Trusted Types: no text becomes HTML or the address of a script, but the workers that the policy of
  `docs/assets/scripts/shared/trusted_types.js` knows. The theme's script would break that rule in its
  tooltips: it is not on the pages.
- Only a calculator, or the directory, that is asked for with `?embed=1` may be in the frame of another
  site. A file of headers knows paths and not parameters: there, they may be framed, and hide themselves.
- No referrer is sent, not even within the site: an address may hold a person's choice of page.
- A name that holds the hash of its content never changes: such a file is kept for a year. All else
  is asked for again each time, and answered « not modified » from its date or its tag: the pages of
  two versions of the site are never mixed by a cache.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

_CONTENT = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme draws its icons with data:
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default",
}
#: The policy in each page. `frame-ancestors` counts in a header only.
CONTENT_POLICY = "; ".join(f"{name} {value}" for name, value in _CONTENT.items())
#: Off, for us and for whatever is put in a page: all that a browser may be asked for, but to copy, and to
#: say where it is: the directory asks for that when its button is pressed, and keeps it in the page.
_OFF = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
#: The same for every answer, and on every host.
COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in _OFF), "clipboard-write=(self)", "geolocation=(self)"],
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: The part of the theme that `write_meta` writes.
META = "policy.html"
_FRAMED_BY_ANY, _FRAMED_BY_NONE = "frame-ancestors *", "frame-ancestors 'none'"
KEPT, ASKED_AGAIN = "public, max-age=31536000, immutable", "no-cache"

# Ends of paths, wherever the site stands on its host. nginx reads them too.
_CALCULATOR = r"/simulateurs/(?!liste/)[a-z0-9_]+/(index\.html)?"
#: What may be in the frame of another site: a calculator, the directory.
_FRAMED = rf"({_CALCULATOR}|/annuaire/(index\.html)?)"
#: Names that hold a hash: the engines' folders, the pieces of the search index.
IMMUTABLE = (
    r"/((runtime|workshop)/[0-9a-f]{16}/[^/]+"
    r"|pagefind/(fragment|index)/[a-z]+_[0-9a-f]+\.pf_[a-z]+)"
)
#: Files that other sites may read from a reader's browser: the open data, the feed.
_OPEN = r"/(api/[A-Za-z0-9/._]+\.json|(journal|actualites)/feed\.xml|sbom\.cdx\.json)"
#: Files that other sites may show or run: `embed.js` is for their pages, the image for their links to us.
_SHARED = r"/assets/(embed\.js|images/(share\.png|logo\.svg))"


def headers(address: str, status: int = 200) -> dict[str, str]:
    """Return the headers of the answer to a request for `address`, a path with its parameters."""
    parts = urlsplit(address)
    path = unquote(parts.path)

    def ends(pattern: str) -> bool:
        return re.search(f"(?:{pattern})$", path) is not None

    embedded = ends(_FRAMED) and parse_qs(parts.query).get("embed", [""])[0] == "1"
    found = COMMON | {
        "Content-Security-Policy": f"{CONTENT_POLICY}; "
        f"{_FRAMED_BY_ANY if embedded else _FRAMED_BY_NONE}",
        "Cross-Origin-Resource-Policy": "cross-origin"
        if ends(f"{_SHARED}|{_OPEN}")
        else "same-origin",
        "Cache-Control": KEPT if status in {200, 206, 304} and ends(IMMUTABLE) else ASKED_AGAIN,
    }
    if ends(_OPEN):
        found["Access-Control-Allow-Origin"] = "*"
    return found


def write_meta(theme: Path) -> None:
    """Write the part of the theme that puts the policy in each page, if it has changed."""
    target = theme / "partials" / META
    text = (
        f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">\n'
        f'<meta name="referrer" content="{COMMON["Referrer-Policy"]}">\n'
    )
    if not target.exists() or target.read_text("utf-8") != text:
        target.write_text(text, "utf-8")


def write_headers(site: Path, build: Path) -> None:
    """Write the headers for other hosts: `_headers` into the site, nginx's file beside it."""
    (site / "_headers").write_text(_headers_file(site), "utf-8")
    (build / "security_headers.conf").write_text(_nginx(), "utf-8")


def _headers_file(site: Path) -> str:
    """Return the text of `_headers`.

    Two rules that match the same path may add up: no header is in two rules that meet. So headers that
    depend on the folder are given folder by folder, and the default of these hosts (to revalidate the
    files that no rule names) is left out.
    """
    common = COMMON | {"Content-Security-Policy": CONTENT_POLICY}
    alone = {"X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin"}
    rules = {"/*": common, "/": alone, "/404.html": alone}
    for folder in sorted(path.name for path in site.iterdir() if any(path.rglob("*.html"))):
        if folder == "simulateurs":
            rules |= dict.fromkeys(("/simulateurs/", "/simulateurs/liste/*"), alone)
        elif folder == "annuaire":
            rules["/annuaire/:page/*"] = alone
        else:
            rules[f"/{folder}/*"] = alone
    for read in ("/api/*", "/journal/feed.xml", "/actualites/feed.xml", "/sbom.cdx.json"):
        rules[read] = {"Access-Control-Allow-Origin": "*"}
    for kept in (
        "/runtime/:digest/*",
        "/workshop/:digest/*",
        "/pagefind/fragment/*",
        "/pagefind/index/*",
    ):
        rules[kept] = {"Cache-Control": KEPT}
    return "".join(
        "\n".join([path, *(f"  {name}: {value}" for name, value in headers.items()), ""])
        for path, headers in rules.items()
    )


def _nginx() -> str:
    """Return nginx's part: a server or a location that adds a header of its own loses it."""
    policy = f'"{CONTENT_POLICY}; $reperes_framed"'
    headers = {name: f'"{value}"' for name, value in COMMON.items()} | {
        "Content-Security-Policy": policy,
        "Cross-Origin-Resource-Policy": "$reperes_shared",
        "Access-Control-Allow-Origin": "$reperes_open",
        "Cache-Control": "$reperes_cache",
    }
    maps = {
        # The parameter is last: a path holds no « ? ».
        ("$uri?$arg_embed", "$reperes_framed"): {
            "default": _FRAMED_BY_NONE,
            rf"~{_FRAMED}\?1$": _FRAMED_BY_ANY,
        },
        ("$uri", "$reperes_shared"): {
            "default": "same-origin",
            f"~({_SHARED}|{_OPEN})$": "cross-origin",
        },
        ("$uri", "$reperes_open"): {"default": "", f"~{_OPEN}$": "*"},
        # An error is never kept, whatever the name.
        ("$status$uri", "$reperes_cache"): {
            "default": ASKED_AGAIN,
            f"~^(200|206|304).*{IMMUTABLE}$": KEPT,
        },
    }
    blocks = [
        f'map "{given}" {variable} {{\n'
        + "".join(f'    "{key}" "{value}";\n' for key, value in cases.items())
        + "}\n"
        for (given, variable), cases in maps.items()
    ]
    lines = [f"add_header {name} {value} always;\n" for name, value in headers.items()]
    return (
        "# Written by the build (generator/publish/security_headers.py). Include it among http { … }.\n"
        + "".join(blocks)
        + "".join(lines)
        + "# For a whole domain that will only ever answer in HTTPS:\n"
        + '# add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;\n'
    )
