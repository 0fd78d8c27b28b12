"""The references of texts and keys: terms, texts of law, calculators, journeys, values of rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Any

from calculators.dates import french_date
from calculators.inputs import questions
from calculators.unsure import verdicts
from generator.content import markdown, models, quotes
from generator.content.consistency import get, items, must_exist, value_at
from generator.content.labels import CASE_NAMES
from generator.content.validation import brief, keys_of, near
from generator.yaml_files.document import Document, Path_

_VALUE = re.compile(r"([a-z0-9_]+)\.([a-z0-9_]+)(?:\.([a-z0-9_]+))?\Z")
#: The kinds of sources that tell of the law, and are not it.
_NOT_THE_LAW = {"platform", "url"}
_PLACE = ("Le lieu", "Écrivez un « id » de la liste « places », plus haut dans ce fichier.")
_TERM = ("Le terme", "Corrigez-le, ou créez sa fiche dans data/glossary/.")
_NETWORK = ("Le réseau", "Corrigez-le, ou créez sa fiche dans data/networks/.")
_NEWS = ("L'actualité", "Écrivez le nom d'un fichier de data/news/, sans son « .yaml ».")
_SECTOR = ("Le secteur", "Écrivez un « id » de data/sectors.yaml.")
_ENTRY = ("La fiche d'annuaire", "Corrigez-la, ou créez-la dans data/directory/.")
_PICTURE = ("L'image", "Mettez-la dans data/pictures/, ou corrigez son nom.")
_PAGE = (
    "La page",
    "Écrivez son adresse depuis l'accueil, sans barre à la fin : page:comprendre/contrats.",
)


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that may be referred to, and the day of the check.

    Names come from the files, not from the models: a file with a mistake still exists. Its rule is
    None then, and its text of law is not in `texts`.
    """

    terms: Set[str]
    rules: Mapping[str, models.RuleFile | None]
    articles: Set[str]
    texts: Mapping[str, models.LegalText]
    calculators: Mapping[str, ModuleType]
    journeys: Sequence[str]
    today: date
    networks: Set[str]
    news: Set[str] = frozenset()
    portraits: Set[str] = frozenset()
    sectors: Set[str] = frozenset()
    directory: Set[str] = frozenset()
    easy_read: Set[str] = frozenset()
    #: The files of `data/pictures/`.
    pictures: Set[str] = frozenset()
    #: The pages that `page:` may name; None where `docs/` is not here, as in the workshop.
    pages: Set[str] | None = None


def check_key(document: Document, where: Path_, value: str, known: Known) -> None:
    """Refuse a name of something that does not exist; its key, or that of its list, says of what kind."""
    name = where[-1]
    parent = where[-2] if len(where) > 1 else None
    if name == "article" and value not in known.articles:
        document.blame(where, quotes.unknown(value, known.articles))
    elif name in {"article", "text"}:
        _quote(document, where, value, known)
    elif name == "basis":
        _founded(document, where, value)
    elif (
        name == "publisher"
        and parent == "source"
        and "quote" in keys_of(value_at(document.value, where[:-1]))
    ):
        _published(document, where)
    elif (name == "term" or parent in {"related", "terms"}) and models.ID.match(value):
        must_exist(document, where, value, known.terms, _TERM)
    elif parent == "networks":
        must_exist(document, where, value, known.networks, _NETWORK)
    elif parent == "sectors":
        must_exist(document, where, value, known.sectors, _SECTOR)
    elif name == "directory":
        must_exist(document, where, value, known.directory, _ENTRY)
    elif name == "file" and parent is not None:
        must_exist(document, where, value, known.pictures, _PICTURE)
    elif name == "calculator" or parent == "calculators":
        must_exist(document, where, value, known.calculators, _calculator(known))
    elif parent == "journeys":
        words = ("La démarche", f"Démarches : {', '.join(known.journeys)}.")
        must_exist(document, where, value, known.journeys, words)
    elif parent == "answers":
        _answer(document, where, value, known)
    elif parent == "places":
        names = [get(one, "id") for one in items(get(document.value, "places"))]
        must_exist(document, where, value, names, _PLACE)
    elif parent in {"roles", "verdicts"}:
        _answered(document, where, value, known)


def check_cases(document: Document, known: Known) -> None:
    """Refuse a case of a value that no form, no term and no list of cases knows."""
    cases = known.terms | own_cases(known.calculators)
    for part in ("parameters", "criteria"):
        for name in keys_of(get(document.value, part)):
            for position, item in enumerate(items(get(document.value, part, name, "values"))):
                where = (part, name, "values", position, "value")
                for case in keys_of(get(item, "value")):
                    if models.ID.match(case) and case not in cases:
                        document.blame(
                            (*where, case),
                            _UNKNOWN_CASE.format(brief(case), near(case, cases)),
                            key=True,
                        )


_UNKNOWN_CASE = (
    "Le cas « {} » est inconnu.{} Un cas est une réponse d'un formulaire, un terme du glossaire, ou l'un "
    "de ceux que nomme generator/content/labels.py (CASE_NAMES)."
)


def own_cases(calculators: Mapping[str, ModuleType]) -> set[str]:
    """Return the cases that the code names; the others are terms."""
    return CASE_NAMES.keys() | _choices(calculators)


def _choices(calculators: Mapping[str, ModuleType]) -> set[str]:
    """Return the codes of every answer that a form offers."""
    return {
        str(choice.value)
        for calculator in calculators.values()
        for question in _all_questions(calculator.Situation)
        if question.kind in {"choice", "choices"}
        for choice in question.of
    }


def _all_questions(situation: Any) -> Iterator[Any]:
    for question in questions(situation):
        yield question
        if question.kind in {"group", "record"}:
            yield from _all_questions(question.of)


def check_links(document: Document, where: Path_, text: str, known: Known) -> None:
    """Refuse the links of a Markdown text that lead to nothing."""
    for link in markdown.links(text):
        match link.internal:
            case ("terme", name) if name not in known.terms:
                must_exist(document, where, name, known.terms, _TERM, offset=link.offset)
            case ("article", number):
                if message := quotes.linked(number, link.title, known.texts, known.today):
                    document.blame_at(document.place_inside(where, link.offset), message)
            case ("simulateur", name) if name not in known.calculators:
                must_exist(
                    document, where, name, known.calculators, _calculator(known), offset=link.offset
                )
            case ("reseau", name) if name not in known.networks:
                must_exist(document, where, name, known.networks, _NETWORK, offset=link.offset)
            case ("actualite", name) if name not in known.news:
                must_exist(document, where, name, known.news, _NEWS, offset=link.offset)
            case ("page", name) if known.pages is not None:
                name = name.partition("#")[0]
                must_exist(document, where, name, known.pages, _PAGE, offset=link.offset)
            case ("regle", name) if message := _rule_value(name, known):
                document.blame_at(document.place_inside(where, link.offset), message)


def _answer(document: Document, where: Path_, code: str, known: Known) -> None:
    """Refuse the answer of a door that its calculator does not ask, or does not know."""
    calculator = get(value_at(document.value, where[:-2]), "calculator")
    if calculator not in known.calculators:
        return
    choices = {
        question.name: [choice.value for choice in question.of]
        for question in questions(known.calculators[calculator].Situation)
        if question.kind == "choice"
    }
    field = str(where[-1])
    if field not in choices:
        words = ("La question", f"Questions à choix de ce simulateur : {', '.join(choices)}.")
        must_exist(document, where, field, choices, words, key=True)
    else:
        words = ("La réponse", f"Réponses à cette question : {', '.join(choices[field])}.")
        must_exist(document, where, code, choices[field], words)


def _answered(document: Document, where: Path_, code: str, known: Known) -> None:
    """Refuse a verdict that a calculator never gives, or a role that it does not know."""
    calculator = known.calculators.get(get(value_at(document.value, where[:-2]), "calculator"))
    if calculator is None:
        return
    if where[-2] == "verdicts":
        codes = [*verdicts(calculator)]
    else:
        asked = {one.name: one for one in questions(calculator.Situation)}
        codes = [str(choice.value) for choice in asked["auteur"].of] if "auteur" in asked else []
    words = ("La réponse", f"Réponses de ce simulateur : {', '.join(codes)}.")
    must_exist(document, where, code, codes, words)


def _calculator(known: Known) -> tuple[str, str]:
    return "Le simulateur", f"Simulateurs : {', '.join(sorted(known.calculators))}."


def _rule_value(name: str, known: Known) -> str | None:
    """Say what is wrong with the link `regle:NAME`, or return None."""
    example = "regle:eligibilite_iae.criteres_niveau_2_requis.aci"
    match = _VALUE.match(name)
    rule = known.rules.get(match[1]) if match else None
    if not match or rule is None:
        if not match or match[1] not in known.rules:
            hint = near(name.partition(".")[0], known.rules)
            return (
                f"« regle:{brief(name)} » ne mène à rien.{hint} "
                f"Écrivez regle:fichier.parametre, comme {example}."
            )
        return None  # that file has mistakes of its own, reported there
    if match[2] not in rule.parameters:
        return (
            f"La règle « {match[1]} » n'a pas de valeur « {match[2]} »."
            f"{near(match[2], rule.parameters)} "
            f"Valeurs de cette règle : {', '.join(rule.parameters)}."
        )
    values = [dated.value for dated in rule.parameters[match[2]].values]
    value = values[-1]
    # One that the newest value forgets is told in the file of the rule, once.
    if isinstance(value, dict) and not any(
        match[3] in one for one in values if isinstance(one, dict)
    ):
        return (
            f"« regle:{name} » a une valeur par cas. Finissez par l'un de ces cas : "
            f"{', '.join(f'.{case}' for case in value)}."
        )
    if match[3] and not isinstance(value, dict):
        return f"« regle:{name} » n'a pas de cas. Enlevez la fin, « .{match[3]} »."
    return None


def _founded(document: Document, where: Path_, basis: str) -> None:
    """Refuse to call law what rests on no text: a page of the web tells of the law, and is not it."""
    owner = value_at(document.value, where[:-1])
    named = [get(owner, "source"), *items(get(owner, "sources"))]
    kinds = [{*models.SOURCE_KINDS}.intersection(keys_of(one)) for one in named if one]
    if basis == "loi" and kinds and all(kind and kind <= _NOT_THE_LAW for kind in kinds):
        document.blame(
            where,
            "« loi » demande un texte officiel parmi les sources : un article, une loi, un décret ou "
            "un arrêté. Ajoutez-le, ou écrivez « a_verifier ».",
        )


def _published(document: Document, where: Path_) -> None:
    """Hold that the words of a publisher say the numbers that rest on them, or that a note does."""
    source = value_at(document.value, where[:-1])
    owner = value_at(document.value, where[:-2])
    if get(owner, "basis") is not None:
        return
    shares = get(owner, "shares")
    if shares:
        numbers: list[Any] = [get(owner, "total"), shares]
    elif get(owner, "note") is not None:
        return
    else:
        value = get(owner, "value")
        numbers = [get(owner, "year") if value is None else value]  # the year of a foundation
    for missing in [
        one for number in numbers for one in quotes.missing_numbers(number, source["quote"])
    ]:
        document.blame(
            (*where[:-1], "quote"),
            f"Les mots cités ne disent pas « {missing} ». Citez le passage qui donne ce nombre, ou "
            "dites dans « note » comment il en vient.",
        )


def _quote(document: Document, where: Path_, number: str, known: Known) -> None:
    """Hold that a source quotes its text, as it stood on the first day of the value that it founds."""
    source = value_at(document.value, where[:-1])
    quote = get(source, "quote")
    text = known.texts.get(number)
    owner = value_at(document.value, where[:-2])
    since = get(owner, "since")
    if not isinstance(quote, str):
        if keys_of(source) == ["article"] and number in known.articles:
            document.blame(where, quotes.MISSING.format(number))
        return
    if text is None:
        if number not in known.articles:
            document.blame((*where[:-1], "quote"), quotes.NOT_HERE.format(number))
        return
    day = since if isinstance(since, date) else known.today
    _read_since(document, where, number, text, known.today)
    if message := quotes.problem(number, text, quote, day):
        document.blame((*where[:-1], "quote"), message)
    elif isinstance(since, date) and get(owner, "derived") is None and get(owner, "basis") == "loi":
        value = get(owner, "value")
        for missing in quotes.missing_numbers(value, quote):
            document.blame(
                (*where[:-1], "quote"),
                f"Les mots cités ne disent pas « {missing} ». Citez le passage qui donne ce "
                "nombre, ou dites dans « derived » comment il en vient.",
            )
        for missing in quotes.told_once(value, text):
            document.blame(
                (*where[:-1], "quote"),
                f"Deux des pages de data/articles/{number}.yaml ne disent pas « {missing} ». Une valeur "
                "dont aucune copie du texte n'est lue demande deux pages qui s'accordent : écrivez "
                "« a_verifier ».",
            )


def _read_since(
    document: Document, where: Path_, number: str, text: models.LegalText, today: date
) -> None:
    """Warn of a text that has changed since its entry was reread."""
    version = quotes.version_on(text, today)
    days = [
        get(value_at(document.value, where[:length]), "checked") for length in range(len(where))
    ]
    checked = next((day for day in reversed(days) if isinstance(day, date)), None)
    if version and checked and version.since > checked:
        document.warn_at(
            document.place(where),
            f"{number} a une nouvelle version depuis le {french_date(version.since)}, et cette fiche a "
            f"été relue le {french_date(checked)}. Relisez-la, puis changez « checked ».",
        )
