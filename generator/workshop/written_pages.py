"""The pages of `docs/` in the workshop: a title, a summary, a text; and the line of the menu of a new one."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from generator.pages import metadata

#: Where a new page goes, and the files that the workshop edits.
FOLDER = "docs/comprendre"
FILES = re.compile(r"docs/([a-z0-9_-]+/)*[a-z0-9_-]+\.md")
MENU = "mkdocs.yml"
_FRONT = re.compile(r"\A---\n(.*?)^---\n\n?", re.MULTILINE | re.DOTALL)
#: The mark of the first paragraph, which is set larger: it says nothing to who writes the page.
_LEAD = re.compile(r"\A(# [^\n]*\n\n(?:[^\n{]+\n)+)\{ \.lead \}\n")
_FIRST = re.compile(r"\A# [^\n]*\n\n(?:[^\n#{<-][^\n]*\n)+")
_GROUP = re.compile(r"^( +)- (.+):$")
_LEAF = re.compile(r"^( +)- (.+): (\S+\.md)$")


def schema(menus: list[str]) -> dict[str, Any]:
    """Return the JSON Schema of the form; `menus` are those where a new page may be, if it is new."""
    properties: dict[str, Any] = {
        "title": {
            "type": "string",
            "title": "Titre",
            "description": "Le titre de la page, tel qu'il paraît dans le menu et la recherche.",
            "examples": ["Les sorties dynamiques"],
        },
        "description": {
            "type": "string",
            "title": "Résumé",
            "description": "Une ou deux phrases : ce que l'on trouve dans la page.",
            "minLength": 10,
            "maxLength": 300,
        },
        "text": {
            "type": "string",
            "title": "Texte",
            "description": "Des paragraphes courts, séparés par une ligne vide.",
            "contentMediaType": "text/markdown",
            "headings": True,
            "minLength": 10,
        },
    }
    if menus:
        properties["menu"] = {
            "type": "string",
            "title": "Menu",
            "description": "Le menu où la page paraît.",
            "enum": menus,
        }
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "$defs": {},
    }


def value_of(text: str) -> dict[str, str]:
    """Return what the form of a page holds."""
    front = metadata.front_matter(text)
    return {
        "title": str(front.get("title", "")),
        "description": str(front.get("description", "")),
        "text": _LEAD.sub(r"\1", f"{_FRONT.sub('', text, count=1).strip(chr(10))}\n").strip("\n"),
    }


def text_of(before: str | None, value: dict[str, Any]) -> str:
    """Return a page with the value of its form; what the form does not show stays."""
    title, description, text = (
        str(value.get(one) or "").strip() for one in ("title", "description", "text")
    )
    body = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    if before is None:
        head = f"---\ntitle: {_scalar(title)}\ndescription: {_scalar(description)}\n---\n\n"
        return f"{head}{body if body.startswith('# ') else f'# {title}\n\n{body}'}\n"
    found = _FRONT.match(before)
    if not found:
        return f"{body}\n"
    head = found[0]
    known = value_of(before)
    for key, one in (("title", title), ("description", description)):
        if one != known[key]:
            line = f"{key}: {_scalar(one)}\n"
            there = re.search(rf"(?m)^{key}:.*\n", head)
            changed = head.replace(there[0], line, 1) if there else head
            head = changed if there else head.replace("---\n", f"---\n{line}", 1)
    rest = before[found.end() :]
    if body == known["text"]:
        return head + rest
    if _LEAD.match(rest) and ".lead" not in body:
        body = _FIRST.sub(r"\g<0>{ .lead }\n", f"{body}\n").strip("\n")
    return f"{head.rstrip(chr(10))}\n\n{body}\n"


def _scalar(text: str) -> str:
    """Write a text for the front matter: plain where YAML reads it as it is."""
    line = " ".join(text.split())
    plain = re.fullmatch(r"[A-Za-zÀ-ÿ«][^:#\n]*", line) and line.casefold() not in {
        *("yes", "no", "true", "false", "null", "on", "off", "y", "n", "oui"),
    }
    return line if plain else json.dumps(line, ensure_ascii=False)


def menus(config: str) -> list[str]:
    """Return the menus that list pages alone, from the text of the configuration."""
    return [*_menus(config)]


def entries(config: str) -> dict[str, tuple[str, str]]:
    """Return the lines of the menus: of each page, by its path, its menu and its title."""
    lines = config.split("\n")
    return {
        found[3]: (menu, str(yaml.safe_load(found[2])))
        for menu, (start, end) in _menus(config).items()
        for line in lines[start:end]
        if (found := _LEAF.match(line))
    }


def with_menu(config: str, menu: str, title: str, file: str) -> str:
    """Return the configuration with a page at the end of a menu."""
    path = file.removeprefix("docs/")
    if path in entries(config):
        return config
    lines = config.split("\n")
    start, end = _menus(config)[menu]
    indent = " " * (len(lines[start]) - len(lines[start].lstrip()))
    lines.insert(end, f"{indent}- {_scalar(title.replace(chr(39), '’'))}: {path}")
    return "\n".join(lines)


def _menus(config: str) -> dict[str, tuple[int, int]]:
    """Return where the pages of each menu are: the first line, and the one after the last."""
    found = {}
    above: list[tuple[int, str]] = []
    lines = config.split("\n")
    start = lines.index("nav:") + 1 if "nav:" in lines else len(lines)
    for number, line in enumerate(lines[start:], start):
        if not line.startswith(" "):
            break
        if group := _GROUP.match(line):
            depth = len(group[1])
            above = [(one, name) for one, name in above if one < depth] + [(depth, group[2])]
            end = number + 1
            while (leaf := _LEAF.match(lines[end])) and len(leaf[1]) > depth:
                end += 1
            inner = _GROUP.match(lines[end])
            if end > number + 1 and not (inner and len(inner[1]) > depth):
                found[" > ".join(name for _, name in above)] = (number + 1, end)
    return found
