"""Where each page leads once it is read: what to do now, a simulator, the next page.

`data/links.yaml` names the pages (`ways_on`). A term that rules name leads to their simulators; the
others lead where their category does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.content.load import Content
from generator.pages.links import relative

#: Where the way on stands: before what the page rests on, and before the words that only a search reads.
_END = re.compile(r'^(<div class="closing"|Mots proches\b)', re.MULTILINE)
#: Out of the index: the titles of other pages would answer in the place of those pages.
_OPENS = '<div class="way-on" data-pagefind-ignore="all" markdown="1">'
#: As many ways on as `data/links.yaml` may name.
MOST = 3


def add(
    tree: Mapping[str, str],
    titles: Mapping[str, str],
    content: Content,
    only: Iterable[str] | None = None,
) -> dict[str, str]:
    """Return the pages of `tree`, or `only` some, each with where it leads; `titles` are theirs, by path."""
    named = {page: one.to for one in content.links.ways_on for page in one.pages}
    found = {}
    for path in tree if only is None else only:
        text = tree[path]
        ways = [way for way in _ways(path, named, content) if way.partition("#")[0] in tree]
        lines = [
            f"- [{titles[way.partition('#')[0]]}]({relative(way, path)})" for way in ways[:MOST]
        ]
        found[path] = _with(text, lines) if lines else text
    return found


def _ways(path: str, named: Mapping[str, list[str]], content: Content) -> list[str]:
    if path in named:
        return named[path]
    folder, _, name = path.removesuffix(".md").partition("/")
    term = content.terms.get(name) if folder == "glossaire" else None
    if folder == "regles":
        return [f"simulateurs/{name}.md", *named.get(folder, [])]
    if term is None:
        return named.get(folder, [])
    rules = [key for key, rule in content.rules.items() if name in rule.terms]
    # Rules that several simulators share have none of their own.
    simulators = [f"simulateurs/{key}.md" for key in rules]
    return [*simulators[: MOST - 1], *named.get(f"glossaire/{term.category}", [])]


def _with(text: str, lines: list[str]) -> str:
    block = "\n".join([_OPENS, "", "## Et maintenant", "", *lines, "", "</div>"])
    end = _END.search(text)
    place = end.start() if end else len(text)
    return f"{text[:place].rstrip()}\n\n{block}\n\n{text[place:]}"
