"""The links that the text of a page may hold, and where each leads: pages, sources, the forge.

Content says `[words](terme:aci)`, `[words](article:R5132-1-8)`, `[](regle:pass_iae.duree)`: it names
a thing, and knows neither folders nor addresses.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

from markupsafe import escape

from calculators.dates import french_date
from generator.content import models
from generator.content.load import Content
from generator.pages import edit_links, names

#: The same few thousand pairs of pages, again and again.
_relpath = lru_cache(maxsize=None)(posixpath.relpath)
_LINK = re.compile(
    r"```.*?```|`[^`\n]*`"  # code is shown as it is
    r"|\[([^\]]*)\]\((terme|structure|simulateur|demarche|regle|regle-page|reseau|actualite|page|article|texte|plateforme):([^)\s]+)(?:\s+\"([^\"]*)\")?\)",
    re.DOTALL,
)
#: The folder of the pages that a kind of link leads to.
_FOLDERS = {
    "terme": "glossaire",
    "structure": "structures",
    "simulateur": "simulateurs",
    "demarche": "demarches",
    "regle-page": "regles",
    "reseau": "reseaux",
    "actualite": "actualites",
}


def relative(target: str, page: str) -> str:
    """Return the path from the page `page` to the page `target`, both from the root of the tree."""
    return _relpath(target, page.rpartition("/")[0] or ".")


def resolve(text: str, page: str, content: Content) -> str:
    """Return the Markdown `text` of the page at the path `page`, with the addresses of its links."""
    return _LINK.sub(
        lambda match: _link(page, content, *match.groups()) if match[2] else match[0], text
    )


def _link(
    page: str, content: Content, words: str, kind: str, target: str, quote: str | None
) -> str:
    if folder := _FOLDERS.get(kind):
        return f"[{words}]({relative(f'{folder}/{target}.md', page)})"
    if kind == "page":
        path, mark, anchor = target.partition("#")
        return f"[{words}]({relative(f'{path}.md', page)}{mark}{anchor})"
    if kind == "regle":
        subject = target.partition(".")[0]
        words = words or names.value_in_force(content, target)
        return f"[{words}]({relative(f'regles/{subject}.md', page)})"
    source: models.Source
    match kind:
        case "article":
            source = models.Article(article=target, quote=quote)
        case "texte":
            source = models.Text(text=target, title=words)
        case _:
            source = models.Platform(platform=target)
    # Its address is made as for the sources of the data.
    shown = f"[{words}]({content.address(source).url})"
    return f"{shown} {quoted(target, quote)}" if quote else shown


def quoted(number: str, quote: str) -> str:
    """Return the words of a text where they are cited, which the end of the page opens."""
    return f'<q cite="{number}">{escape(quote)}</q>'


def error_report(rule: str, words: str, dated: models.Dated, content: Content, home: str) -> str:
    """Return the link to the form for an error in a dated value, filled with it and its source.

    `words` name the value, `home` is the address of the home page. Empty without a forge.
    """
    source = content.address(dated.source)
    address = edit_links.error_form_address(
        content.site,
        page=f"{content.rules[rule].title} ({home}regles/{rule}/)",
        valeur=f"{words}, depuis le {french_date(dated.since)}",
        source=" ".join(part for part in (source.title, source.url) if part),
    )
    label = f'aria-label="Signaler une erreur : {escape(words)}"'
    return f" [Signaler une erreur]({address}){{ {label} }}" if address else ""


def contact(site: models.Site) -> str:
    """Say how to write to the publisher, or that no address is published."""
    if site.contact is None:
        return "Aucune adresse de contact n'est encore publiée."
    if site.contact.startswith("https://"):
        return f"Pour nous écrire : [la page de contact]({site.contact})."
    return f"Pour nous écrire : [{site.contact}](mailto:{site.contact})."
