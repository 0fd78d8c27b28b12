"""The things to reread this week, the most important first, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from calculators.dates import french_date
from generator.content import collections, in_force
from generator.content.freshness import OLD
from generator.content.load import Content
from generator.content.models import DatedValue, RuleFile
from generator.review.link_check import CheckedLink, State

#: A value whose last known day is nearer than this is listed.
SOON = timedelta(days=120)
#: How many pages are named beside a link.
PAGES = 3


def weekly_list(
    content: Content, links: Iterable[CheckedLink], pages: dict[str, list[str]], today: date
) -> str:
    """Write the list. `pages` says on which pages of the site each address stands."""
    known = list(links)
    parts = [
        _part("Des valeurs n'ont bientôt plus de suite connue", _ending(content, today)),
        _part("Des articles ont changé", _links(known, pages, State.REMPLACE)),
        _part("Des liens ne mènent plus à rien", _links(known, pages, State.MORT, State.ACCUEIL)),
        _part("Des fiches n'ont pas été relues depuis plus d'un an", _old(content, today)),
        _part("Des valeurs en vigueur restent à vérifier", _unverified(content, today)),
        _part("Des pages ont déménagé", _links(known, pages, State.DEPLACE)),
        _part("Des liens sont à ouvrir à la main", _links(known, pages, State.A_VERIFIER)),
    ]
    filled = [part for part in parts if part]
    body = "\n\n".join(filled) if filled else "Rien à relire cette semaine."
    return (
        f"Relevé du {french_date(today)}, du plus important au moins important. Rien ne change sur "
        f"le site sans une proposition relue par une personne.\n\n{body}\n"
    )


def _part(title: str, lines: Iterable[str]) -> str:
    listed = list(lines)
    return "\n".join([f"## {title} ({len(listed)})", "", *listed]) if listed else ""


def _ending(content: Content, today: date) -> Iterator[str]:
    ends = []
    for name, rule in content.rules.items():
        for title, values in _values(rule):
            until = values[-1].until
            if until and until - today <= SOON:
                ends.append((until, name, title))
    for until, name, title in sorted(ends):
        yield f"- [ ] `data/rules/{name}.yaml` : « {title} », valeur connue jusqu'au {french_date(until)}."


def _links(links: list[CheckedLink], pages: dict[str, list[str]], *states: State) -> Iterator[str]:
    for link in links:
        if link.state in states:
            where = pages.get(link.url, [])
            named = ", ".join(f"`{page}`" for page in where[:PAGES])
            more = f" et {len(where) - PAGES} autres" if len(where) > PAGES else ""
            yield f"- [ ] <{link.url}> : {link.why}. Sur {named}{more}."


def _old(content: Content, today: date) -> Iterator[str]:
    for day, path in sorted(_reading_days(content)):
        if today - day > OLD:
            yield f"- [ ] `{path}`, relu le {french_date(day)}."


def _reading_days(content: Content) -> Iterator[tuple[date, str]]:
    """Yield each day of reading of a file or of one of its entries, and where it is written."""
    for path, document in content.documents.items():
        collection = collections.of(path)
        assert collection is not None
        assert isinstance(document.value, dict)
        held = [(path, document.value)]
        held += [(f"{path}, {name}", one) for _, name, one in collection.entries_of(document.value)]
        yield from ((one["checked"], where) for where, one in held if "checked" in one)


def _unverified(content: Content, today: date) -> Iterator[str]:
    for name, rule in sorted(content.rules.items()):
        for title, values in _values(rule):
            now = in_force.on(values, today)
            if now and now.basis == "a_verifier":
                yield f"- [ ] `data/rules/{name}.yaml` : « {title} »."


def _values(rule: RuleFile) -> Iterator[tuple[str, list[DatedValue]]]:
    for parameter in rule.parameters.values():
        yield parameter.title, parameter.values
    for criterion in rule.criteria.values():
        yield criterion.title, criterion.values
