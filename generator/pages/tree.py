"""From the checked data to the Markdown tree of the site: `{path: Markdown}`. No file is written.

The tree is complete before the renderer starts: no plugin, no hook, nothing that only one renderer
can do. Links of the data (`terme:aci`, `regle:…`, `simulateur:…`) and spelled-out acronyms are
resolved here, for generated pages and for those written by hand alike.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from calculators.dates import french_date
from calculators.inputs import questions
from calculators.rules import Rules
from calculators.typography import french
from generator.content import models
from generator.content.journeys import JOURNEYS
from generator.content.load import Content, shown_date
from generator.pages import charts, edit_links, forms, journal, metadata, spreadsheet
from generator.pages.metadata import sort_key

BASIS_NAMES = {
    "loi": "Loi",
    "pratique": "Pratique de la plateforme",
    "lecture": "Notre lecture",
    "a_verifier": "À vérifier",
}
BASIS_SENTENCES = {
    "loi": "Cette page repose sur des textes officiels que nous avons lus.",
    "pratique": "Cette page repose sur ce que fait la plateforme de l'État, pas sur un texte de loi.",
    "lecture": "Cette page tire des textes une conséquence qu'ils n'écrivent pas : c'est notre lecture.",
    "a_verifier": "Cette page repose sur des sources que nous n'avons pas encore vérifiées.",
}
CATEGORIES = {
    models.Category.STRUCTURE: "Les structures",
    models.Category.PARCOURS: "Le parcours",
    models.Category.CONTRAT: "Les contrats",
    models.Category.PUBLIC: "Les publics et les critères",
    models.Category.ACTEUR: "Les acteurs",
    models.Category.FINANCEMENT: "Le financement",
    models.Category.NOTION: "Les notions",
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
#: The term that shows how to cite a page.
EXAMPLE = "aci"
PLAN = "plan-du-site.md"
DEPARTMENTS = Path(__file__).with_name("departments.yaml")
FAMILIES = {
    models.Family.PRODUIRE_ET_VENDRE: "Produire et vendre",
    models.Family.PRETER_DU_PERSONNEL: "Prêter du personnel",
    None: "À part",
}
TOPICS = {
    models.Topic.SALARIES: "Les salariés",
    models.Topic.STRUCTURES: "Les structures",
    models.Topic.EMBAUCHES: "Les embauches",
}
#: Cases of values that are not choices of a form, when their code is not French enough.
CASE_NAMES = {
    "anciennete": "ancienneté dans le parcours",
    "apres_debut": "après le début",
    "apres_embauche": "après la dernière embauche",
    "apres_fin": "après la fin",
    "avant_fin": "avant la fin",
    "debut_dans_le_pass": "début pendant le PASS IAE",
    "decision": "chaque décision",
    "duree": "durée",
    "parent": "critère à cocher aussi",
    "pas_dans_le_futur": "début dans le passé",
    "pas_deja_suspendu": "pas déjà suspendu",
    "pass_en_cours": "PASS IAE en cours",
}
#: Pages whose every line is an acronym: explaining each of them there would explain nothing.
WITHOUT_ACRONYMS = {"glossaire/index.md", PLAN}

#: The same few thousand pairs of pages, again and again.
relpath = lru_cache(maxsize=None)(posixpath.relpath)
_LINK = re.compile(
    r"\[([^\]]*)\]\((terme|structure|simulateur|demarche|regle|regle-page|article|texte|plateforme):([^)\s]+)(?:\s+\"([^\"]*)\")?\)"
)
#: What acronyms are never looked for in: front matter, headings, code, links, forms, tags. Each
#: starts with a sign, and looks back after it: the search leaps from sign to sign.
_PROTECTED = re.compile(
    r"-(?<=\A-)--\n.*?\n---\n|#(?<=^#).*?$|```.*?```|`[^`\n]*`|\[[^\]]*\]\([^)]*\)"
    r"|<(form|template|noscript|button|nav|svg|a)\b.*?</\1>|<[^>]+>|https?://\S+",
    re.MULTILINE | re.DOTALL,
)
_CODE = re.compile(r"(```.*?```|`[^`\n]*`|<[^>]+>|\]\([^)]*\))", re.DOTALL)


class Engines(NamedTuple):
    """The folders of the engines in the site, each with its final slash."""

    runtime: str = "runtime/"
    workshop: str = "workshop/"
    #: Of the workshop's engine, in bytes, compressed.
    weight: int = 0


def pages(
    content: Content,
    calculators: Mapping[str, ModuleType],
    rules: Rules,
    written: Mapping[str, str],
    address: str,
    engines: Engines | None = None,
) -> dict[str, str]:
    """Return every Markdown page by its path in the site's tree, and the journal's feed.

    `written` are the pages written by hand (`docs/`), by path; `address` is the site's home page.
    """
    site = _Site(content, calculators, rules, engines, address)
    tree = {**site.generated(), **written}
    # The map is a page of the map.
    tree[PLAN] = site.render("plan", parts=[])
    tree[PLAN] = site.render("plan", parts=metadata.site_map(tree))
    finished = {path: site.finish(path, text) for path, text in sorted(tree.items())}
    return metadata.complete(finished, content, written, address) | {
        "journal/feed.xml": site.feed(address)
    }


def page_of(
    file: str, content: Content, calculators: Mapping[str, ModuleType], rules: Rules
) -> tuple[str, str]:
    """Return the path and the Markdown of the page that is made of one file of `data/`.

    Raises KeyError for a file that no page of its own shows.
    """
    site = _Site(content, calculators, rules)
    folder, _, name = file.removeprefix("data/").removesuffix(".yaml").rpartition("/")
    path, made = {
        "glossary": (f"glossaire/{name}.md", site.term),
        "networks": (f"reseaux/{name}.md", site.network),
        "rules": (f"regles/{name}.md", site.rule),
        "": ("prescripteurs.md", lambda _: site.prescribers()),
    }[folder if folder or name == "prescribers" else name]
    return path, site.finish(path, made(name))


def _one_block(html: str) -> str:
    """Drop blank lines: one would end the block of HTML for some Markdown renderers."""
    return re.sub(r"\n\s*\n+", "\n", html)


def _any_of(words: Iterable[str], then: str = "") -> str:
    """Return the pattern of any of `words`, the longest first: SIAE is not « S » and IAE.

    What several start with is tried once: thousands of words cost no more than a few. `then` is what
    must hold after the first letter.
    """
    followed: dict[str, set[str]] = {}
    whole = False
    for word in words:
        if word:
            followed.setdefault(word[0], set()).add(word[1:])
        else:
            whole = True
    branches = "|".join(
        re.escape(first) + then + _any_of(rest) for first, rest in sorted(followed.items())
    )
    return f"(?:{branches}){'?' if whole else ''}" if branches else ""


class _Site:
    def __init__(
        self,
        content: Content,
        calculators: Mapping[str, ModuleType],
        rules: Rules,
        engines: Engines | None = None,
        address: str = "",
    ) -> None:
        self.content = content
        self.engines = engines or Engines()
        self.address = address
        self.calculators = calculators
        self.rules = rules
        self.acronyms = {
            term.acronym: identifier for identifier, term in content.terms.items() if term.acronym
        }
        # It starts with its letters, and looks back after the first: the search leaps to those.
        starts = r"(?:(?<![\w'’-].)|(?<=[ldsnqLDSNQ]['’].))"
        self.acronym = re.compile(rf"{_any_of(self.acronyms, starts)}(?![\w’-])")
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
            "shown_date": shown_date,
            "signed": lambda number: f"{number:+}".replace("-", "−").replace(".", ","),
            "thousands": lambda number: round(number / 1000) * 1000,
            "french": french,
            "value": self.value_words,
            "case_name": self.case_name,
            "lower_first": lambda text: text[:1].lower() + text[1:],
        }
        templates.globals |= {
            "content": content,
            "runtime": self.engines.runtime,
            "basis_names": BASIS_NAMES,
            "basis_sentences": BASIS_SENTENCES,
            "structure_names": STRUCTURE_NAMES,
            "facts": models.FACTS,
            "families": FAMILIES,
            "report": self.report,
        }
        self.templates = templates
        self.words = journal.Words(self.value_words, self.case_name, BASIS_NAMES)
        self.journal = journal.entries(content, self.words)

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
            "prescripteurs.md": self.prescribers(),
            "reseaux/index.md": render("reseaux", networks=networks, filter=self.network_filter()),
            "regles/index.md": render("regles", rules=content.rules),
            "mentions-legales.md": render(
                "mentions",
                site=content.site,
                contact=self.contact(),
                missing=models.missing(content.site),
                example_id=EXAMPLE,
                example=content.terms[EXAMPLE],
            ),
            "simulateurs/index.md": render(
                "simulateurs", calculators=self.calculators, journeys=JOURNEYS
            ),
            "simulateurs/liste.md": render("liste", form=self.list_form()),
            "comprendre/histoire.md": render("histoire", history=content.history),
            "comprendre/secteurs.md": render("secteurs", sectors=content.sectors),
            "comprendre/chiffres.md": render(
                "chiffres", figures=content.figures, topics=TOPICS, drawings=self.drawings()
            ),
            "structures/index.md": render(
                "structures", sheet=content.structures, structures=content.structures.by_id()
            ),
            "journal/index.md": render(
                "journal", entries=self.journal, endings=journal.endings(content)
            ),
        }
        for key, structure in content.structures.by_id().items():
            tree[f"structures/{key}.md"] = render(
                "structure",
                id=key,
                structure=structure,
                calculators=self.calculators,
                journeys=JOURNEYS,
                networks=[entry for entry in networks if key in entry[1].structures],
            )
        for key in content.terms:
            tree[f"glossaire/{key}.md"] = self.term(key)
        for key in content.networks:
            tree[f"reseaux/{key}.md"] = self.network(key)
        for key in content.rules:
            tree[f"regles/{key}.md"] = self.rule(key)
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

    def term(self, key: str) -> str:
        return self.render("terme", id=key, term=self.content.terms[key])

    def network(self, key: str) -> str:
        return self.render("reseau", id=key, network=self.content.networks[key])

    def rule(self, key: str) -> str:
        return self.render("regle", id=key, rule=self.content.rules[key])

    def prescribers(self) -> str:
        prescribers = self.content.prescribers
        return self.render(
            "prescripteurs",
            prescribers=prescribers,
            kinds=sorted(prescribers.kinds, key=lambda kind: sort_key(kind.title)),
            rights={right.id: right for right in prescribers.rights},
            filter=self.prescriber_filter(),
        )

    def feed(self, address: str) -> str:
        """Return the Atom feed of the journal."""
        name = self.content.site.name
        return journal.feed(self.journal, name, address, self.content, self.words)

    def drawings(self) -> dict[str, str]:
        """Draw the charts of the key figures, by their ids."""
        return {
            chart.id: charts.bars(
                chart.id,
                chart.title,
                {STRUCTURE_NAMES[key].capitalize(): share for key, share in chart.shares.items()},
            )
            for chart in self.content.figures.charts
        }

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
        lists = spreadsheet.lists(self.calculators, self.rules)
        text = self.templates.get_template("list_form.html.j2").render(
            lists=lists,
            specification=spreadsheet.specification(lists),
            words=spreadsheet.words(),
            first_day=forms.FIRST_DAY,
            last_day=forms.LAST_DAY,
        )
        return _one_block(text)

    def prescriber_filter(self) -> str:
        return self.filter(
            "Nom, sigle ou mot",
            ("type d'organisme affiché", "types d'organismes affichés"),
            "Aucun type d'organisme ne répond.",
            {
                "name": "authorization",
                "label": "Habilitation",
                "all": "Toutes",
                "options": {"possible": "Peut être habilitée", "jamais": "Ne peut pas l'être"},
            },
            {
                "name": "rights",
                "label": "Droit possible",
                "all": "Tous les droits",
                "options": {right.id: right.title for right in self.content.prescribers.rights},
            },
        )

    def network_filter(self) -> str:
        known = {kind for network in self.content.networks.values() for kind in network.structures}
        return self.filter(
            "Nom, sigle ou mot",
            ("réseau affiché", "réseaux affichés"),
            "Aucun réseau ne répond.",
            {
                "name": "structures",
                "label": "Type de structure",
                "all": "Tous les types",
                "options": {
                    kind: name[:1].upper() + name[1:]
                    for kind, name in STRUCTURE_NAMES.items()
                    if kind in known
                },
                "help": "Nous ne savons pas quelles structures réunissent certains réseaux : "
                "choisissez « Tous les types » pour les voir.",
            },
            regions=yaml.safe_load(DEPARTMENTS.read_text("utf-8")),
        )

    def filter(
        self,
        label: str,
        counted: tuple[str, str],
        empty: str,
        *choices: Mapping[str, Any],
        regions: Mapping[str, Mapping[str, str]] | None = None,
    ) -> str:
        """Return the controls that filter a list; the script that serves them shows them.

        `counted` names one entry, and many; each of `choices` is a list to choose from; `regions`
        are the departments that a place may name, by region.
        """
        text = self.templates.get_template("filter.html.j2").render(
            label=label,
            one=counted[0],
            many=counted[1],
            empty=empty,
            choices=[{"help": None, **choice} for choice in choices],
            regions=regions,
        )
        return _one_block(text)

    def finish(self, path: str, text: str) -> str:
        """Resolve the links of `text`, set its spaces, explain its acronyms."""
        text = _LINK.sub(lambda match: self.link(path, *match.groups()), text)
        for slot, words in {
            "[[contact]]": self.contact(),
            "[[atelier]]": f"../../{self.engines.workshop}",
            "[[atelier-poids]]": f"{self.engines.weight / 1e6:.0f}",
        }.items():
            text = text.replace(slot, words)
        text = "".join(
            part if position % 2 else french(part)
            for position, part in enumerate(_CODE.split(text))
        )
        return text if path in WITHOUT_ACRONYMS else self.explain_acronyms(path, text)

    def link(self, path: str, words: str, kind: str, target: str, quote: str | None = None) -> str:
        here = path.rpartition("/")[0]
        match kind:
            case "terme":
                return f"[{words}]({relpath(f'glossaire/{target}.md', here or '.')})"
            case "structure":
                return f"[{words}]({relpath(f'structures/{target}.md', here or '.')})"
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
                return self.cite(words, models.Article(article=target, quote=quote))
            case "texte":
                return self.cite(words, models.Text(text=target, title=words))
            case _:
                return self.cite(words, models.Platform(platform=target))

    def cite(self, words: str, source: models.Source) -> str:
        """Link to a source; its address is made as for those of the data."""
        return f"[{words}]({self.content.address(source).url})"

    def report(self, rule: str, words: str, dated: models.Dated) -> str:
        """Link to the form for an error in a dated value, filled with the value and its source."""
        source = self.content.address(dated.source)
        address = edit_links.report_address(
            self.content.site,
            page=f"{self.content.rules[rule].title} ({self.address}regles/{rule}/)",
            valeur=f"{words}, depuis le {french_date(dated.since)}",
            source=" ".join(part for part in (source.title, source.url) if part),
        )
        named = f'aria-label="Signaler une erreur : {escape(words)}"'
        return f" [Signaler une erreur]({address}){{ {named} }}" if address else ""

    def contact(self) -> str:
        """Say how to write to the publisher, or that nothing is known of it."""
        contact = self.content.site.contact
        if contact is None:
            return "Aucune adresse de contact n'est encore publiée."
        if contact.startswith("https://"):
            return f"Pour nous écrire : [la page de contact]({contact})."
        return f"Pour nous écrire : [{contact}](mailto:{contact})."

    def case_name(self, code: str) -> str:
        """Name a case of a value (`aci`, `siae`, `niveau`) as the forms and the glossary do."""
        if code in CASE_NAMES:
            return CASE_NAMES[code]
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

    def value_words(self, value: models.Scalar, unit: str | None = None) -> str:
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
        return f"{text} {models.UNITS[unit] if abs(value) >= 2 else unit}"

    def explain_acronyms(self, path: str, text: str) -> str:
        """Make the first occurrence of each acronym a button that opens its explanation.

        A hover shows the title (the theme's tooltip); a tap, a click or a key opens the popover.
        Both are plain HTML and need no script.
        """
        name = path.removeprefix("glossaire/").removesuffix(".md")
        own = self.content.terms.get(name) if path.startswith("glossaire/") else None
        seen = {own.acronym} if own else set()

        def button(match: re.Match[str]) -> str:
            name = match[0]
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
