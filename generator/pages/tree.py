"""From the checked data to the Markdown tree of the site: `{path: Markdown}`. No file is written.

The tree is complete before the renderer starts: no plugin, no hook, nothing that only one renderer
can do. Links of the data (`terme:aci`, `regle:…`, `simulateur:…`) and spelled-out acronyms are
resolved here, for generated pages and for those written by hand alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from functools import partial
from pathlib import PurePath
from types import ModuleType
from typing import NamedTuple

from markupsafe import escape

from calculators.rules import Rules
from calculators.typography import french
from calculators.unsure import UNSURE, verdicts
from generator.content import collections, in_force, models, value_names
from generator.content.collections import COLLECTIONS, Collection
from generator.content.load import Content, read_at
from generator.content.written_pages import LISTS
from generator.pages import (
    charts,
    directory,
    drawings,
    edit_links,
    filters,
    folds,
    follow,
    forms,
    journal,
    legal_texts,
    links,
    metadata,
    names,
    news,
    pictures,
    spreadsheet,
    sums,
    team,
    ways_on,
)
from generator.pages.acronyms import Acronyms
from generator.pages.feed import feed, news_feed
from generator.pages.metadata import sort_key
from generator.pages.templating import Templates

#: The term that shows how to cite a page.
EXAMPLE = "aci"
#: Years that the list of all the values tells in full; what is older has a page of its own.
LISTED_YEARS = 4
SITE_MAP = "plan-du-site.md"
#: The page that is copied for each département, and the words that each copy replaces.
DEPARTMENT = "annuaire/departement.md"
TOKENS = {"name": "NOMDUDEPARTEMENT", "code": "NUMERODUDEPARTEMENT", "body": "CORPSDELAPAGE"}
#: Pages whose every line is an acronym: explaining each of them there would explain nothing.
WITHOUT_ACRONYMS = {"glossaire/index.md", SITE_MAP}

#: Code, tags and addresses, which stay as they are.
_VERBATIM = re.compile(r"(```.*?```|`[^`\n]*`|<[^>]+>|\]\([^)]*\))", re.DOTALL)


def typeset(text: str) -> str:
    """Set the spaces and apostrophes of a page as French does, but for code, tags and addresses."""
    return "".join(
        # An escaped apostrophe of a text is one like the others.
        part if position % 2 else french(part.replace("&#39;", "'"))
        for position, part in enumerate(_VERBATIM.split(text))
    )


class Engines(NamedTuple):
    """The folders of the engines in the site, each with its final slash."""

    calculators: str = "runtime/"
    workshop: str = "workshop/"
    #: Of the workshop's engine, in bytes, compressed.
    weight: int = 0


def pages(
    content: Content,
    calculators: Mapping[str, ModuleType],
    rules: Rules,
    written: Mapping[str, str],
    home: str,
    engines: Engines | None = None,
    build: metadata.Build | None = None,
    zones: bool = False,
    published: directory.Published | None = None,
) -> dict[str, str]:
    """Return every Markdown page by its path in the site's tree, and the feeds.

    `written` are the pages written by hand (`docs/`), by path; `home` is the home page's address;
    `zones` tells whether the site has a list of the FRR communes, `published` what the State's directory
    holds, where one is read.
    """
    builder = PageBuilder(content, calculators, rules, engines, home, zones, published)
    tree = {**builder.generated(), **builder.legal_texts(written), **written}
    # The map is a page of the map.
    tree[SITE_MAP] = builder.site_map({})
    tree[SITE_MAP] = builder.site_map(tree)
    tree[DEPARTMENT] = builder.department()
    tree = ways_on.add(tree, metadata.titles(tree), content)
    finished = {path: builder.finish(path, text) for path, text in sorted(tree.items())}
    feeds = {"journal/feed.xml": feed(builder.journal, content, home)}
    if content.news:
        feeds["actualites/feed.xml"] = news_feed(content, home)
    return metadata.complete(finished, content, written, home, build) | feeds


def pages_of(
    files: Container[str],
    known: Mapping[str, str],
    builder: PageBuilder,
    written: Mapping[str, str],
    home: str,
    build: metadata.Build,
) -> dict[str, str]:
    """Return the pages that `pages` makes of `files` (`data/glossary/aci.yaml`, `docs/methode.md`) alone.

    `known` are all the pages as they were: those that only name what these files tell are left so.
    `builder`, `written`, `home` and `build` are what `pages` makes or is given.
    """
    content = builder.content
    makers = builder.makers() | {path: partial(str, text) for path, text in written.items()}
    own = [
        path for path in sorted(makers) if edit_links.source_file(path, path in written) in files
    ]
    tree = {**known, **{path: makers[path]() for path in own}}
    tree |= ways_on.add(tree, metadata.titles(tree), content, own)
    tree |= {path: builder.finish(path, tree[path]) for path in own}
    return metadata.complete(tree, content, written, home, build, own)


def page_of(
    file: str,
    content: Content,
    calculators: Mapping[str, ModuleType],
    rules: Rules,
    entry: str = "",
) -> tuple[str, str]:
    """Return the path and the Markdown of the page that is made of one file of `data/`.

    `entry` names one of the entries of a file that makes several pages. Raises KeyError for a file
    that no page of its own shows.
    """
    builder = PageBuilder(content, calculators, rules)
    makers = builder.makers()
    collection = collections.of(file)
    for pattern in collection.pages if collection else ():
        name = PurePath(file).stem if collection and collection.files else entry
        path = pattern.format(name)
        path = path if path in makers else f"{pattern.partition('/')[0]}/index.md"
        if path in makers:
            return path, builder.finish(path, makers[path]())
    raise KeyError(file)


class PageBuilder:
    """Makes each page from the content; its `finish` is for every page, written by hand or not."""

    def __init__(
        self,
        content: Content,
        calculators: Mapping[str, ModuleType],
        rules: Rules,
        engines: Engines | None = None,
        home: str = "",
        zones: bool = False,
        published: directory.Published | None = None,
    ) -> None:
        self.content = content
        self.calculators = calculators
        self.rules = rules
        self.engines = engines or Engines()
        self.published = published
        self.acronyms = Acronyms(content.terms)
        case_name = partial(value_names.case_name, content=content, calculators=calculators)
        self.templates = Templates(
            {"case_name": case_name, "page_address": metadata.address},
            {
                "content": content,
                "engine": self.engines.calculators,
                "basis_names": value_names.BASIS_NAMES,
                "basis_sentences": names.BASIS_SENTENCES,
                "structure_names": names.STRUCTURE_NAMES,
                "facts": models.FACTS,
                "families": names.FAMILIES,
                "quoted": links.quoted,
                "pictogram": drawings.pictogram,
                "territory": drawings.territory,
                "directory": directory,
                # The calculators that ask about FRR zones, where the site has their list.
                "zoned": [
                    key for key, rule in content.rules.items() if zones and "zrr" in rule.criteria
                ],
                "published": published,
                "news": news,
                "picture": partial(pictures.figure, content=content),
                "error_report": partial(links.error_report, content=content, home=home),
            },
        )
        self.journal = journal.entries(content, case_name)

    def generated(self) -> dict[str, str]:
        """Return the Markdown of every page that comes from data, by its path."""
        return {path: make() for path, make in self.makers().items()}

    def makers(self) -> dict[str, Callable[[], str]]:
        """Return what makes each page that comes from data, by its path: the workshop makes one."""
        content = self.content
        render = partial(partial, self.templates.markdown)
        terms = sorted(content.terms.items(), key=lambda entry: sort_key(entry[1].title))
        networks = sorted(content.networks.items(), key=lambda entry: sort_key(entry[1].title))
        by_category = {
            name: [(key, term) for key, term in terms if term.category == category]
            for category, name in names.CATEGORIES.items()
        }
        network_filter = filters.network_filter(self.templates, content.networks)
        near = {
            "structures": [kind.value for kind in models.StructureKind if kind != "rq"],
            "regions": filters.regions(),
        }
        makers: dict[str, Callable[[], str]] = {
            "glossaire/index.md": render("glossary", categories=by_category),
            "prescripteurs.md": self.prescribers,
            "reseaux/index.md": render(
                "networks",
                networks=networks,
                filter=network_filter,
                covered=sorted({code for _, one in networks for code in one.departments}),
            ),
            "facile/index.md": render("easy_reads", pages=content.easy_read),
            "regles/index.md": render("rules", rules=content.rules),
            "mentions-legales.md": render(
                "legal_notice",
                site=content.site,
                contact=links.contact(content.site),
                missing=models.missing(content.site),
                example_id=EXAMPLE,
                example=content.terms[EXAMPLE],
            ),
            "simulateurs/index.md": render(
                "calculators", calculators=self.calculators, journeys=content.journeys.journeys
            ),
            "simulateurs/liste.md": lambda: self.templates.markdown(
                "spreadsheet", form=self.spreadsheet_form()
            ),
            "suivi/equipe.md": lambda: self.templates.markdown(
                "team", form=self.team_form(), least_days=team.least_days(self.rules)
            ),
            "suivi/index.md": self.follow_page,
            "comprendre/pres_de_chez_moi.md": render("near", **near),
            "annuaire/index.md": render(
                "directory_list",
                page="annuaire/index.md",
                map=drawings.departments(self.published),
                row_report=edit_links.row_report_address(content.site),
                **near,
            ),
            "comprendre/histoire.md": render("history", history=content.history),
            "comprendre/secteurs.md": render(
                "sectors", sectors=content.sectors, working=directory.in_sectors(content)
            ),
            "comprendre/chiffres.md": render(
                "figures", figures=content.figures, topics=names.TOPICS, drawings=self.charts()
            ),
            "structures/index.md": render(
                "structures", sheet=content.structures, structures=content.structures.by_id()
            ),
            **self.all_values(),
            **self.years(),
        }
        for name, page in LISTS.items():
            if getattr(content, name):
                makers[page] = render(f"{name}_list", page=page)
        for key, structure in content.structures.by_id().items():
            makers[f"structures/{key}.md"] = render(
                "structure",
                id=key,
                structure=structure,
                calculators=self.calculators,
                journeys=content.journeys.journeys,
                networks=[entry for entry in networks if key in entry[1].structures],
            )
        for collection in COLLECTIONS:
            if collection.files and collection.template:
                for key in getattr(content, collection.attribute):
                    path = collection.pages[0].format(key)
                    makers[path] = partial(self.entry, collection, key)
        for key in self.calculators:
            makers[f"simulateurs/{key}.md"] = partial(self.calculator_page, key)
        for key in content.journeys.journeys:
            makers[f"demarches/{key}.md"] = partial(self.journey_page, key)
        return makers

    def follow_page(self) -> str:
        """Return the page of a person's file."""
        return self.templates.markdown(
            "follow",
            form=self.calculator_form("suivi", file=True),
            letters=follow.letters(),
            words=follow.WORDS,
        )

    def calculator_page(self, key: str) -> str:
        """Return the page of a calculator."""
        return self.templates.markdown(
            "calculator",
            id=key,
            calculator=self.calculators[key],
            rule=self.content.rules[key],
            form=self.calculator_form(key),
        )

    def journey_page(self, key: str) -> str:
        """Return the page of a journey."""
        journeys = self.content.journeys.journeys
        # Two doors may open the same calculator: its form is there once.
        given: dict[str, set[str]] = {}
        for door in journeys[key].doors:
            given.setdefault(door.calculator, set(door.answers)).intersection_update(door.answers)
        return self.templates.markdown(
            "journey",
            id=key,
            journey=journeys[key],
            calculators=self.calculators,
            forms="\n".join(
                self.calculator_form(name, stepped=True, given=fields)
                for name, fields in given.items()
            ),
            others={name: other for name, other in journeys.items() if name != key},
        )

    def all_values(self) -> dict[str, Callable[[], str]]:
        """Return what makes the list of all the values, and its end, which would weigh as much again."""
        first_year = self.content.today.year - LISTED_YEARS + 1
        latest = [one for one in self.journal if one.day.year >= first_year]
        older = self.journal[len(latest) :]
        render = partial(partial, self.templates.markdown, "journal_list", first_year=first_year)
        endings = journal.endings(self.content)
        return {
            "journal/toutes.md": render(entries=latest, endings=endings, older=older),
            "journal/anciennes.md": render(entries=older, endings=[], older=[]),
        }

    def years(self) -> dict[str, Callable[[], str]]:
        """Return what makes the page of each year; that of the newest is the journal's own."""
        told = journal.told(self.content, self.journal)
        newest, *_ = told
        coming = [one for one in journal.endings(self.content) if one[0] >= self.content.today]
        return {
            f"journal/{'index' if year == newest else year}.md": partial(
                self.templates.markdown,
                "journal",
                year=year,
                years=list(told),
                newest=year == newest,
                told=changes,
                coming=coming if year == newest else [],
            )
            for year, changes in told.items()
        }

    def entry(self, collection: Collection, key: str) -> str:
        """Return the page of a file that holds one entry; its template names it as itself."""
        template = str(collection.template)
        entry = getattr(self.content, collection.attribute)[key]
        return self.templates.markdown(
            template,
            id=key,
            page=collection.pages[0].format(key),
            calculators=self.calculators,
            **{template: entry},
        )

    def prescribers(self) -> str:
        """Return the page of the kinds of prescribers."""
        prescribers = self.content.prescribers
        return self.templates.markdown(
            "prescribers",
            prescribers=prescribers,
            count=len(prescribers.kinds),
            groups={
                name: sorted(
                    (kind for kind in prescribers.kinds if kind.group == group),
                    key=lambda kind: sort_key(kind.title),
                )
                for group, name in names.PRESCRIBER_GROUPS.items()
            },
            rights={right.id: right for right in prescribers.rights},
            filter=filters.prescriber_filter(self.templates, prescribers),
        )

    def legal_texts(self, written: Mapping[str, str]) -> dict[str, str]:
        """Return the page of each text of law, and the one that lists them.

        `written` are the pages written by hand, which cite some of them.
        """
        tree = {
            "textes/index.md": self.templates.markdown(
                "legal_texts",
                texts=self.content.articles,
                groups=legal_texts.by_code(self.content.articles),
                short_title=legal_texts.short_title,
            )
        }
        found = legal_texts.cited(self.content, self.calculators, written)
        for number, cited in found.items():
            text = self.content.articles[number]
            path = legal_texts.page(number)
            by: dict[str, list[legal_texts.CitedBy]] = {kind: [] for kind in legal_texts.KINDS}
            for one in sorted(cited.by, key=lambda one: sort_key(one.title)):
                by[one.kind].append(one)
            tree[path] = self.templates.markdown(
                "legal_text",
                text=text,
                words=legal_texts.marked(text, cited.quotes, self.content.today),
                version=legal_texts.shown_version(text, self.content.today),
                coming=in_force.coming(text.versions, self.content.today),
                kinds=legal_texts.KINDS,
                by=by,
                address=partial(read_at, number, text),
                relative=partial(links.relative, page=path),
            )
        return tree

    def department(self) -> str:
        """Return the page of a département, with words that stand for its name, its number and its body.

        The build copies the finished page (`publish/departments.py`): a hundred and one pages that
        the renderer would make alike would take it longer.
        """
        report = edit_links.row_report_address(self.content.site)
        return self.templates.markdown("department", row_report=report, **TOKENS)

    def site_map(self, tree: Mapping[str, str]) -> str:
        """Return the page that lists all those of `tree`."""
        return self.templates.markdown(
            "site_map", parts=metadata.site_map(tree), departments=filters.departments()
        )

    def charts(self) -> dict[str, str]:
        """Return the SVG of each chart of the key figures, by its id."""
        structures = names.STRUCTURE_NAMES
        return {
            chart.id: charts.bars(
                chart.id,
                chart.title,
                {structures[key].capitalize(): share for key, share in chart.shares.items()},
            )
            for chart in self.content.figures.charts
        }

    def calculator_form(
        self, key: str, stepped: bool = False, file: bool = False, given: Container[str] = ()
    ) -> str:
        """Return the form of a calculator, and the words of its answers, as one block of HTML.

        On its own page the whole form shows at once; in a journey it is asked step by step, without
        the steps whose fields are all `given`; the page of a person's file stands one folder higher.
        """
        calculator = self.calculators[key]
        parts = forms.steps(calculator, self.rules, self.content.today)
        form = self.templates.html(
            "form",
            id=key,
            title=escape(french(calculator.TITLE)),
            stepped=stepped,
            steps=parts,
            announcement=forms.announcement(parts, given),
            facts=forms.facts(calculator),
            told=getattr(calculator, "TOLD", {}),
            first_day=forms.FIRST_DAY,
            last_day=forms.LAST_DAY,
            unsure=UNSURE,
        )
        return self.templates.html(
            "calculator",
            id=key,
            calculator=calculator,
            form=form,
            stepped=stepped,
            after=self.content.links.after(key),
            calculators=self.calculators,
            file=file,
            horizons=follow.HORIZONS,
            verdicts={
                code: {"label": french(verdict.label), "tone": verdict.tone}
                for code, verdict in verdicts(calculator).items()
            },
        )

    def spreadsheet_form(self) -> str:
        """Return the form that checks a spreadsheet, its columns and its answers, as one block."""
        spreadsheets = spreadsheet.spreadsheets(self.calculators, self.rules)
        return self.templates.html(
            "spreadsheet",
            spreadsheets=spreadsheets,
            specification=spreadsheet.specification(spreadsheets),
            words=spreadsheet.messages(),
            first_day=forms.FIRST_DAY,
            last_day=forms.LAST_DAY,
        )

    def team_form(self) -> str:
        """Return the board of a team, as one block that its script fills."""
        described = spreadsheet.spreadsheets({"suivi": self.calculators["suivi"]}, self.rules)
        return self.templates.html(
            "team",
            list=spreadsheet.specification(described)["suivi"],
            same=described["suivi"].same,
            words=team.messages(),
            yearly=team.yearly(self.rules),
            counting=team.counting(self.rules),
            follow="../../suivi/",
            suspension_months=self.rules.parameters["carence.mois_suspension"][-1].value,
            first_day=forms.FIRST_DAY,
            last_day=forms.LAST_DAY,
        )

    def finish(self, path: str, text: str) -> str:
        """Resolve the links of `text`, fill its slots, set its spaces and apostrophes, explain its acronyms."""
        # A change is one sentence and its text.
        text = text if path.startswith("journal/") else folds.fold(text)
        text = links.resolve(text, path, self.content)
        text = drawings.fill(text, self.content)
        for slot, words in {
            "[[contact]]": links.contact(self.content.site),
            "[[atelier]]": f"../../{self.engines.workshop}",
            "[[atelier-poids]]": f"{self.engines.weight / 1e6:.0f}",
            **(sums.slots(self.content) if path == sums.PAGE else {}),
        }.items():
            text = text.replace(slot, words)
        text = typeset(text)
        text, opened = legal_texts.open_quotes(text, path, self.content)
        return (
            text
            if path in WITHOUT_ACRONYMS or path.startswith(("depliants/", "facile/"))
            else self.acronyms.explain(text, path)
        ) + opened
