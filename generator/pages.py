"""From the checked data to the Markdown tree of the site: `{path: Markdown}`. No file is written.

The tree is complete before the renderer starts: no plugin, no hook, nothing that only one renderer
can do. Links of the data (`terme:aci`, `regle:…`, `simulateur:…`) and spelled-out acronyms are
resolved here, for generated pages and for those written by hand alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from posixpath import relpath
from types import ModuleType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from calculators.dates import french_date
from calculators.inputs import questions
from calculators.rules import Rules
from calculators.typography import french
from generator import batch, forms, schema
from generator.journeys import JOURNEYS
from generator.sources import Content

BASIS_NAMES = {
    "loi": "Loi",
    "pratique": "Pratique de la plateforme",
    "a_verifier": "À vérifier",
}
BASIS_SENTENCES = {
    "loi": "Cette page repose sur des textes officiels que nous avons lus.",
    "pratique": "Cette page repose sur ce que fait la plateforme de l'État, pas sur un texte de loi.",
    "a_verifier": "Cette page repose sur des sources que nous n'avons pas encore vérifiées.",
}
CATEGORIES = {
    schema.Category.STRUCTURE: "Les structures",
    schema.Category.PARCOURS: "Le parcours",
    schema.Category.CONTRAT: "Les contrats",
    schema.Category.PUBLIC: "Les publics et les critères",
    schema.Category.ACTEUR: "Les acteurs",
    schema.Category.FINANCEMENT: "Le financement",
    schema.Category.NOTION: "Les notions",
}
STRUCTURE_NAMES = {
    "aci": "ateliers et chantiers d'insertion",
    "ai": "associations intermédiaires",
    "ei": "entreprises d'insertion",
    "eiti": "entreprises d'insertion par le travail indépendant",
    "etti": "entreprises de travail temporaire d'insertion",
    "geiq": "groupements d'employeurs pour l'insertion et la qualification",
    "rq": "régies de quartier",
}
#: Pages whose every line is an acronym: explaining each of them there would explain nothing.
WITHOUT_ACRONYMS = {"glossaire/index.md"}

_LINK = re.compile(
    r"\[([^\]]*)\]\((terme|simulateur|demarche|regle|regle-page|modifier|article|texte|plateforme):([^)\s]+)\)"
)
#: What acronyms are never looked for in: front matter, headings, code, links, forms, tags.
_PROTECTED = re.compile(
    r"\A---\n.*?\n---\n|^#.*?$|```.*?```|`[^`\n]*`|\[[^\]]*\]\([^)]*\)"
    r"|<(form|template|noscript|button|nav)\b.*?</\1>|<[^>]+>|https?://\S+",
    re.MULTILINE | re.DOTALL,
)
_CODE = re.compile(r"(```.*?```|`[^`\n]*`|<[^>]+>|\]\([^)]*\))", re.DOTALL)


def pages(
    content: Content,
    calculators: Mapping[str, ModuleType],
    rules: Rules,
    written: Mapping[str, str],
) -> dict[str, str]:
    """Return every Markdown page by its path in the site's tree.

    `written` are the pages written by hand (`docs/`), by path.
    """
    site = _Site(content, calculators, rules)
    tree = {**site.generated(), **written}
    return {path: site.finish(path, text) for path, text in sorted(tree.items())}


def sort_key(title: str) -> str:
    """Sort as a French reader expects: accents and capitals do not count."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _one_block(html: str) -> str:
    """Drop blank lines: one would end the block of HTML for some Markdown renderers."""
    return re.sub(r"\n\s*\n+", "\n", html)


class _Site:
    def __init__(
        self, content: Content, calculators: Mapping[str, ModuleType], rules: Rules
    ) -> None:
        self.content = content
        self.calculators = calculators
        self.rules = rules
        self.acronyms = {
            term.acronym: identifier for identifier, term in content.terms.items() if term.acronym
        }
        # The longest first: SIAE is not « S » and IAE.
        longest = sorted(self.acronyms, key=len, reverse=True)
        self.acronym = re.compile(
            rf"(?<![\w'’-])({'|'.join(map(re.escape, longest))})(?![\w’-])"
            rf"|(?<=[ldsnqLDSNQ]['’])({'|'.join(map(re.escape, longest))})(?![\w’-])"
        )
        templates = Environment(
            loader=FileSystemLoader(Path(__file__).with_name("templates")),
            undefined=StrictUndefined,
            trim_blocks=False,
            autoescape=False,  # noqa: S701 - the output is Markdown, and data holds no HTML
        )
        templates.policies["json.dumps_kwargs"] = {
            "sort_keys": False
        }  # an order may have a meaning
        templates.filters |= {
            "day": french_date,
            "french": french,
            "value": self.value_words,
            "case_name": self.case_name,
            "lower_first": lambda text: text[:1].lower() + text[1:],
        }
        templates.globals |= {
            "content": content,
            "basis_names": BASIS_NAMES,
            "basis_sentences": BASIS_SENTENCES,
            "structure_names": STRUCTURE_NAMES,
        }
        self.templates = templates

    def generated(self) -> dict[str, str]:
        """Render every page that comes from data."""
        content, render = self.content, self.render
        terms = sorted(content.terms.items(), key=lambda entry: sort_key(entry[1].title))
        networks = sorted(content.networks.items(), key=lambda entry: sort_key(entry[1].title))
        by_category = {
            name: [(key, term) for key, term in terms if term.category == category]
            for category, name in CATEGORIES.items()
        }
        tree = {
            "glossaire/index.md": render("glossaire", categories=by_category),
            "prescripteurs.md": render(
                "prescripteurs",
                prescribers=content.prescribers,
                kinds=sorted(content.prescribers.kinds, key=lambda kind: sort_key(kind.title)),
                rights={right.id: right for right in content.prescribers.rights},
            ),
            "reseaux/index.md": render("reseaux", networks=networks),
            "regles/index.md": render("regles", rules=content.rules),
            "simulateurs/index.md": render(
                "simulateurs", calculators=self.calculators, journeys=JOURNEYS
            ),
            "simulateurs/liste.md": render("liste", form=self.list_form()),
        }
        for key, term in terms:
            tree[f"glossaire/{key}.md"] = render("terme", id=key, term=term)
        for key, network in networks:
            tree[f"reseaux/{key}.md"] = render("reseau", id=key, network=network)
        for key, rule in content.rules.items():
            tree[f"regles/{key}.md"] = render("regle", id=key, rule=rule)
        for key, calculator in self.calculators.items():
            tree[f"simulateurs/{key}.md"] = render(
                "simulateur",
                id=key,
                calculator=calculator,
                rule=content.rules[key],
                room=self.room(key),
            )
        for key, journey in JOURNEYS.items():
            # Two doors may open the same calculator: its room is there once.
            rooms = dict.fromkeys(door.calculator for door in journey.doors)
            tree[f"demarches/{key}.md"] = render(
                "demarche",
                id=key,
                journey=journey,
                calculators=self.calculators,
                rooms="\n".join(self.room(name, stepped=True) for name in rooms),
                others={name: other for name, other in JOURNEYS.items() if name != key},
            )
        return tree

    def render(self, template: str, **values: Any) -> str:
        return self.templates.get_template(f"{template}.md.j2").render(**values)

    def room(self, key: str, stepped: bool = False) -> str:
        """Return the form of a calculator, and the words of its answers, as one block of HTML.

        On its own page the whole form shows at once; in a journey it is asked step by step.
        """
        calculator = self.calculators[key]
        form = self.templates.get_template("form.html.j2").render(
            id=key,
            title=escape(calculator.TITLE),
            stepped=stepped,
            steps=forms.steps(calculator, self.rules),
            facts=forms.facts(calculator),
            told=getattr(calculator, "TOLD", {}),
            first_day=forms.FIRST_DAY,
            last_day=forms.LAST_DAY,
        )
        text = self.templates.get_template("room.html.j2").render(
            id=key, calculator=calculator, form=form, stepped=stepped
        )
        return _one_block(text)

    def list_form(self) -> str:
        """Return the page of a list as one block of HTML: its form, its columns, its answers."""
        lists = batch.lists(self.calculators, self.rules)
        text = self.templates.get_template("list_form.html.j2").render(
            lists=lists,
            specification=batch.specification(lists),
            words=batch.words(),
            first_day=forms.FIRST_DAY,
            last_day=forms.LAST_DAY,
        )
        return _one_block(text)

    def finish(self, path: str, text: str) -> str:
        """Resolve the links of `text`, set its spaces, explain its acronyms."""
        text = _LINK.sub(lambda match: self.link(path, *match.groups()), text)
        text = "".join(
            part if position % 2 else french(part)
            for position, part in enumerate(_CODE.split(text))
        )
        return text if path in WITHOUT_ACRONYMS else self.explain_acronyms(path, text)

    def link(self, path: str, words: str, kind: str, target: str) -> str:
        here = path.rpartition("/")[0]
        match kind:
            case "terme":
                return f"[{words}]({relpath(f'glossaire/{target}.md', here or '.')})"
            case "simulateur":
                return f"[{words}]({relpath(f'simulateurs/{target}.md', here or '.')})"
            case "demarche":
                return f"[{words}]({relpath(f'demarches/{target}.md', here or '.')})"
            case "regle-page":
                return f"[{words}]({relpath(f'regles/{target}.md', here or '.')})"
            case "regle":
                subject = target.partition(".")[0]
                page = relpath(f"regles/{subject}.md", here or ".")
                return f"[{words or self.value_in_force(target)}]({page})"
            case "article":
                return self.cite(words, schema.Article(article=target))
            case "texte":
                return self.cite(words, schema.Text(text=target, title=words))
            case "plateforme":
                return self.cite(words, schema.Platform(platform=target))
            case _:
                return f"[{words}]({self.edit_address(here, target)})"

    def cite(self, words: str, source: schema.Source) -> str:
        """Link to a source; its address is made as for those of the data."""
        return f"[{words}]({self.content.address(source).url})"

    def edit_address(self, here: str, file: str) -> str:
        site = self.content.site
        if site.repository:
            return f"{site.repository}/edit/{site.branch}/{file}"
        return f"{relpath('contribuer.md', here or '.')}?fichier={file}"

    def case_name(self, code: str) -> str:
        """Name a case of a value (`aci`, `siae`, `niveau`) as the forms and the glossary do."""
        for calculator in self.calculators.values():
            for question in questions(calculator.Situation):
                if question.kind in {"choice", "choices"}:
                    for member in question.of:
                        if member.value == code:
                            return str(member.label)
        term = self.content.terms.get(code)
        return term.title if term else code.replace("_", " ")

    def value_in_force(self, target: str) -> str:
        """Write the newest value of `file.parameter` (or `file.parameter.case`), with its unit."""
        subject, name, *case = target.split(".")
        parameter = self.content.rules[subject].parameters[name]
        value = parameter.values[-1].value
        if isinstance(value, dict):
            value = value[case[0]]
        return self.value_words(value, parameter.unit)

    def value_words(self, value: schema.Scalar, unit: str | None = None) -> str:
        """Write a value as a reader expects it."""
        if isinstance(value, bool):
            return "oui" if value else "non"
        text = (
            f"{value:,}".replace(",", " ").replace(".", ",")
            if not isinstance(value, str)
            else value
        )
        if unit is None or isinstance(value, str):
            return text
        return f"{text} {schema.UNITS[unit] if abs(value) >= 2 else unit}"

    def explain_acronyms(self, path: str, text: str) -> str:
        """Make the first occurrence of each acronym a button that opens its explanation.

        A hover shows the title (the theme's tooltip); a tap, a click or a key opens the popover.
        Both are plain HTML and need no script.
        """
        own = Path(path).stem if path.startswith("glossaire/") else None
        seen: set[str] = {name for name, key in self.acronyms.items() if key == own}

        def button(match: re.Match[str]) -> str:
            name = match[1] or match[2]
            if name in seen:
                return name
            seen.add(name)
            used.append(name)
            title = escape(self.content.terms[self.acronyms[name]].title)
            key = self.acronyms[name]
            return (
                f'<button type="button" class="sigle" popovertarget="sigle-{key}" '
                f'title="{title}">{name}</button>'
            )

        used: list[str] = []
        parts: list[str] = []
        end = 0
        for protected in _PROTECTED.finditer(text):
            parts += [self.acronym.sub(button, text[end : protected.start()]), protected[0]]
            end = protected.end()
        parts.append(self.acronym.sub(button, text[end:]))
        return "".join(parts) + self.popovers(path, used)

    def popovers(self, path: str, acronyms: Iterable[str]) -> str:
        here = path.rpartition("/")[0]
        blocks = []
        for name in acronyms:
            key = self.acronyms[name]
            term = self.content.terms[key]
            page = relpath(f"glossaire/{key}.md", here or ".")
            summary = french(term.summary.strip())
            blocks.append(
                f'\n<div popover="auto" class="explication" id="sigle-{key}" data-pagefind-ignore="all" '
                f'markdown="1">\n\n**{name} : {french(term.title)}.** {summary} '
                f"[Lire la fiche]({page})\n\n</div>\n"
            )
        return "\n" + "".join(blocks) if blocks else ""
