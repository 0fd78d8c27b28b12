"""The page of an entry, as a tree of elements: the workshop shows it, and no text becomes HTML."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import yaml

from calculators import CALCULATORS
from calculators.rules import Rules
from generator.content import compiled_rules, load
from generator.pages import metadata, tree


class Preview:
    """Makes pages with the extensions of Markdown that the site's configuration names."""

    def __init__(self, config: Path) -> None:
        """`config` is `mkdocs.yml`."""
        extensions = yaml.safe_load(config.read_text("utf-8"))["markdown_extensions"]
        known_extensions = [{one: {}} if isinstance(one, str) else one for one in extensions]
        # By their whole names: short ones need the metadata of installed packages, absent in a browser.
        configs = {
            f"markdown.extensions.{name}": values
            for one in known_extensions
            for name, values in one.items()
        }
        self.renderer = markdown.Markdown(extensions=list(configs), extension_configs=configs)

    def page(self, file: str, content: load.Content, entry: str = "") -> dict[str, Any] | None:
        """Return `{"address", "nodes"}`: the page that is made of one file of `data/`, if there is one.

        `entry` names one of its entries.
        """
        rules = Rules.from_json(compiled_rules.as_text(content))
        try:
            path, text = tree.page_of(file, content, CALCULATORS, rules, entry)
        except KeyError:
            return None
        return self._shown(path, text)

    def written(self, file: str, text: str, content: load.Content) -> dict[str, Any]:
        """Return the same for a page of `docs/`, given its text."""
        rules = Rules.from_json(compiled_rules.as_text(content))
        path = file.removeprefix("docs/")
        return self._shown(path, tree.PageBuilder(content, CALCULATORS, rules).finish(path, text))

    def _shown(self, path: str, text: str) -> dict[str, Any]:
        self.renderer.reset()
        nodes = _PageTree(path)
        nodes.feed(self.renderer.convert(metadata.body(text)))
        nodes.close()
        return {"address": metadata.address(path), "nodes": nodes.root}


class _PageTree(HTMLParser):
    """Turn the HTML of a page into lists that the browser makes elements of: no text becomes HTML.

    An element is `[tag, {attribute: text}, …]`. Forms, scripts and explanations that open only
    work on the site: they are left out, and links lead to the site.
    """

    _KEPT = frozenset(
        re.findall(
            r"\w+",
            "p h1 h2 h3 h4 ul ol li dl dt dd strong em code pre blockquote table thead tbody tr th "
            "td a abbr span div br hr section",
        )
    )
    _VOID = frozenset({"br", "hr", "img", "input", "meta", "link"})
    _ATTRIBUTES = frozenset({"class", "title", "data-basis", "hidden", "data-from", "data-until"})

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.root: list[Any] = []
        self.open: list[list[Any]] = [self.root]
        self.skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "button":  # an acronym that opens its explanation
            tag = "abbr"
        if self.skipped or tag not in self._KEPT or "popover" in given:
            if tag not in self._VOID:
                self.skipped.append(tag)
            return
        kept = {name: value for name, value in given.items() if name in self._ATTRIBUTES}
        if tag == "a":
            kept["href"] = self._address(given.get("href", ""))
        element = [tag, kept]
        self.open[-1].append(element)
        if tag not in self._VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        tag = "abbr" if tag == "button" else tag
        if self.skipped:
            if tag in self.skipped:
                while self.skipped.pop() != tag:
                    pass
            return
        if any(element[0] == tag for element in self.open[1:]):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.open[-1].append(data)

    def _address(self, href: str) -> str:
        """Return an address of the web as it is, and one of the site from the home page."""
        if re.match(r"[a-z]+:", href):
            return href
        target, mark, fragment = href.partition("#")
        if not target:
            return f"{metadata.address(self.path)}{mark}{fragment}"
        file, query, parameters = target.partition("?")
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), file))
        return f"{metadata.address(whole)}{query}{parameters}{mark}{fragment}"
