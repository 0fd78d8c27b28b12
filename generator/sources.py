"""From `data/` to models: every mistake at once, with file, line, column and the remedy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from calculators.dates import french_date
from generator import markdown_subset, schema
from generator.yaml_reader import Document, Mistake, Path_, read

#: Files that hold one entry each: folder, model. The file's name is the entry's id.
FOLDERS: dict[str, type[BaseModel]] = {
    "glossary": schema.Term,
    "networks": schema.Network,
    "rules": schema.RuleFile,
}
#: Single files.
FILES: dict[str, type[BaseModel]] = {
    "articles": schema.Articles,
    "prescribers": schema.Prescribers,
    "site": schema.Site,
}
_MARKDOWN_KEYS = {
    "definition",
    "description",
    "introduction",
    "by_hand",
    "before",
    "now",
    "note",
    "meaning",
}
ID = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
_VALUE = re.compile(r"([a-z0-9_]+)\.([a-z0-9_]+)(?:\.([a-z0-9_]+))?\Z")


@dataclass(frozen=True, slots=True)
class Address:
    """A source as a reader sees it; `url` is None for a document that is not on the web."""

    title: str
    url: str | None


@dataclass(slots=True)
class Content:
    """All of `data/`, read and checked."""

    site: schema.Site
    articles: schema.Articles
    prescribers: schema.Prescribers
    terms: dict[str, schema.Term]
    networks: dict[str, schema.Network]
    rules: dict[str, schema.RuleFile]

    def address(self, source: schema.Source) -> Address:
        """Return the title and the address of a source."""
        match source:
            case schema.Article(article=number):
                identifier = self.articles.articles[number]
                shown = re.sub(r"^([LRD])", "\\1.\u00a0", number)
                return Address(
                    f"Code du travail, article {shown}",
                    f"https://www.legifrance.gouv.fr/codes/article_lc/{identifier}",
                )
            case schema.Text(text=identifier, title=title):
                return Address(title, f"https://www.legifrance.gouv.fr/jorf/id/{identifier}")
            case schema.Platform(platform=path, title=title):
                code = self.site.platform
                kind = "blob" if "." in path else "tree"
                read_on = f"version du {french_date(code.date)}"
                return Address(
                    f"{title} ({read_on})", f"{code.repository}/{kind}/{code.commit}/{path}"
                )
            case schema.Page(url=url, title=title, date=day):
                return Address(f"{title} ({shown_date(day)})", url)
            case schema.PaperDocument(document=title, date=day):
                return Address(f"{title} ({shown_date(day)})", None)
        raise TypeError(source)


def shown_date(day: date | int | str) -> str:
    """Write a day (« 3 septembre 2021 ») or a year, or leave « non daté » as it is."""
    return french_date(day) if isinstance(day, date) else str(day)


@dataclass(slots=True)
class Checked:
    """What reading `data/` gives: the content if there is no mistake, or all the mistakes."""

    content: Content | None
    mistakes: list[Mistake] = field(default_factory=list)


def load(root: Path, calculators: Iterable[str], today: date) -> Checked:
    """Read and check every file under `root` (the `data/` folder).

    `calculators` are the ids that a text may link to; a `checked` date after `today` is refused.
    """
    documents: dict[str, Document] = {}
    models: dict[str, BaseModel] = {}
    for key, path, model in _expected(root):
        shown = Path(root.name) / path.relative_to(root)
        document = documents[key] = read(path, shown)
        if document.value is not None or not document.mistakes:
            validate(document, model, models, key)
        if not ID.match(path.stem):
            document.blame_at(
                (1, 1),
                f"Le nom du fichier (« {path.name} ») ne convient pas. Renommez-le : minuscules "
                "sans accent, chiffres et « _ », 60 caractères au plus, comme pass_iae.yaml.",
            )
    stray = [_stray(root, path) for path in sorted(root.rglob("*")) if _is_stray(root, path)]
    checker = _Checker(documents, models, set(calculators), today)
    checker.run()
    mistakes = sorted({*stray, *(m for d in documents.values() for m in d.mistakes)})
    if mistakes:
        return Checked(None, mistakes)

    def folder(name: str) -> dict[str, Any]:
        return {
            key.split("/")[1]: model for key, model in models.items() if key.startswith(f"{name}/")
        }

    content = Content(
        site=models["site"],  # type: ignore[arg-type]
        articles=models["articles"],  # type: ignore[arg-type]
        prescribers=models["prescribers"],  # type: ignore[arg-type]
        terms=folder("glossary"),
        networks=folder("networks"),
        rules=folder("rules"),
    )
    return Checked(content)


def _expected(root: Path) -> Iterator[tuple[str, Path, type[BaseModel]]]:
    for name, model in FILES.items():
        yield name, root / f"{name}.yaml", model
    for name, model in FOLDERS.items():
        for path in sorted((root / name).glob("*.yaml")):
            yield f"{name}/{path.stem}", path, model


def _is_stray(root: Path, path: Path) -> bool:
    if path.is_dir() or path.parent == root / "schemas":
        return False
    if path.parent == root:
        return path.suffix != ".yaml" or path.stem not in FILES
    return path.suffix != ".yaml" or path.parent.parent != root or path.parent.name not in FOLDERS


def _stray(root: Path, path: Path) -> Mistake:
    names = ", ".join([f"{name}.yaml" for name in FILES] + [f"{name}/ID.yaml" for name in FOLDERS])
    if path.suffix.lower() in {".yml", ".yaml"} and path.parent.name in FOLDERS:
        remedy = f"Renommez-le en {path.stem}.yaml."
    else:
        remedy = f"Effacez-le ou déplacez-le. Les fichiers attendus sont : {names}."
    return Mistake(
        Path(root.name) / path.relative_to(root), 1, 1, f"Ce fichier n'est pas lu. {remedy}"
    )


def validate(
    document: Document, model: type[BaseModel], models: dict[str, BaseModel], key: str
) -> None:
    """Turn the document into its model, or record what is wrong with it."""
    if not isinstance(document.value, dict):
        document.blame(
            (),
            "Le fichier doit être une suite de clés, une par ligne : « title: Mon titre ». "
            "Prenez un fichier voisin pour modèle.",
        )
        return
    try:
        models[key] = model.model_validate(document.value)
    except ValidationError as failure:
        # A value that could not be read is told already; a misspelt key is not also missing.
        told = {(mistake.line, mistake.column) for mistake in document.mistakes}
        errors = failure.errors()
        renamed = {
            (*error["loc"][:-1], closest(str(error["loc"][-1]), _accepted_keys(model, error)))
            for error in errors
            if error["type"] == "extra_forbidden"
        }
        for error in errors:
            where = tuple(error["loc"])
            if error["type"] == "source_kind" and (misspelt := _misspelt_kind(error["input"])):
                where = (*where, misspelt)
            place = document.place(where, key=error["type"] in {"extra_forbidden", "source_kind"})
            if place not in told and not (error["type"] == "missing" and where in renamed):
                document.blame_at(place, _in_french(error, model))


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` is close to."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None)


def near(word: str, known: Iterable[str]) -> str:
    """Return « Vouliez-vous dire … ? » when a known word is close, else an empty text."""
    close = closest(word, known)
    return f" Vouliez-vous dire « {close} » ?" if close else ""


#: How a key that is missing may be written.
_EXAMPLES = {
    "basis": "basis: loi",
    "checked": "checked: 2026-11-21",
    "date": "date: 2026-11-21",
    "since": "since: 2021-09-03",
    "source": "source: { article: R5132-1-7 }",
    "sources": "sources: [{ article: R5132-1-7 }]",
    "summary": "summary: Une phrase simple, qui finit par un point.",
    "terms": "terms: [iae]",
    "title": 'title: "Un titre"',
}


def _in_french(error: ErrorDetails, model: type[BaseModel]) -> str:
    where = tuple(error["loc"])
    parts = [part for part in where if isinstance(part, str) and part[:1] != "["]
    name = parts[-1] if parts else ""
    what = f"« {name} »"
    if where and isinstance(where[-1], int):
        what += f" (élément {where[-1] + 1})"
    context: dict[str, Any] = error.get("ctx", {})
    given = error["input"]
    shown = _shown(given)
    match error["type"]:
        case "missing":
            return f"La clé {what} manque ici. Ajoutez « {_EXAMPLES.get(name, f'{name}: …')} »."
        case "extra_forbidden":
            if ":" in name:
                return f"Ajoutez un espace après le deux-points dans « {_shown(name)} »."
            siblings = _accepted_keys(model, error)
            if name in schema.SOURCE_KINDS and siblings & {*schema.SOURCE_KINDS}:
                return (
                    f"Une source n'a qu'une forme : « {name} » est de trop. "
                    "Effacez-le, ou faites-en une autre source."
                )
            return (
                f"La clé « {_shown(name)} » est inconnue.{near(name, siblings)} "
                f"Clés admises ici : {', '.join(sorted(siblings))}."
            )
        case "source_kind":
            misspelt = _misspelt_kind(given)
            guess = near(misspelt, schema.SOURCE_KINDS) if misspelt else ""
            return (
                "Une source se donne par « article », « text », « platform », « url » "
                f"ou « document ».{guess} Exemple : {{ article: R5132-1-7 }}."
            )
        case "too_short":
            example = f", comme « {_EXAMPLES[name]} »" if name in _EXAMPLES else ""
            return f"{what} est vide. Écrivez-y au moins un élément{example}."
        case _ if given is None:
            return f"{what} est vide. Écrivez une valeur après le deux-points, ou effacez la clé."
        case "value_error":
            return str(context["error"])
        case "string_type" if isinstance(given, date | int | float):
            return f'{what} doit être un texte : ajoutez des guillemets droits, "{shown}".'
        case "string_type":
            return f"{what} doit être un texte, et non {shown}."
        case "string_too_short":
            return f"{what} est trop court : au moins {context['min_length']} caractères."
        case "string_too_long":
            return (
                f"{what} est trop long : {len(given)} caractères, "
                f"{context['max_length']} au plus. Raccourcissez."
            )
        case "string_pattern_mismatch":
            return f"« {shown} » n'a pas la forme attendue : {_pattern_hint(context['pattern'])}"
        case "enum" | "literal_error":
            choices = re.findall(r"'([^']*)'", context["expected"])
            listed = ", ".join(choice or '""' for choice in choices)
            return (
                f"« {shown} » n'est pas admis pour {what}.{near(str(given), choices)} "
                f"Écrivez l'un de ces mots : {listed}."
            )
        case "date_type":
            return f"{what} doit être une date sans guillemets, en année, mois, jour : 2026-11-21."
        case "int_type":
            return f"{what} doit être un nombre entier, sans guillemets ni espace : 2026."
        case "greater_than_equal" | "less_than_equal":
            bound = context.get("ge", context.get("le"))
            return f"{what} doit être {'au moins' if 'ge' in context else 'au plus'} {bound}."
        case "bool_type":
            return f"{what} doit être true (oui) ou false (non), sans guillemets."
        case "list_type":
            return f"{what} doit être une liste : « {name}: [a, b] », ou une ligne « - a » par élément."
        case "dict_type" | "model_type":
            return (
                f"{what} doit contenir des clés, une par ligne, décalées de deux espaces : "
                "« nom: valeur »."
            )
    return f"{what} n'a pas la forme attendue. Prenez un fichier voisin pour modèle."


def _shown(value: object) -> str:
    """Write a value of a file in a message: short, on one line."""
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "des clés"
        case list():
            return "une liste"
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"


def _misspelt_kind(source: object) -> str | None:
    keys = [key for key in _keys(source) if key not in {"title", "date"}]
    return next((key for key in keys if closest(key, schema.SOURCE_KINDS)), None)


def _keys(value: object) -> list[str]:
    return [str(key) for key in value] if isinstance(value, dict) else []


#: What a pattern of the schema asks for, by a part of it.
_PATTERN_HINTS = {
    "LEGIARTI": "LEGIARTI suivi de 12 chiffres.",
    "JORFTEXT": "JORFTEXT suivi de 12 chiffres, comme JORFTEXT000044011209.",
    "itou": "un chemin qui commence par itou, comme itou/eligibility.",
    "https://": "une adresse qui commence par https://.",
    "a-z]": "des minuscules sans accent, des chiffres et « _ », comme pass_iae.",
    "97": 'un code de département entre guillemets droits, comme "48" ou "2A".',
    "A-Z]": "un sigle en capitales, comme ACI.",
    "a-f]": "un identifiant de version (12 à 40 chiffres et lettres de a à f).",
}


def _pattern_hint(pattern: str) -> str:
    return next(hint for part, hint in _PATTERN_HINTS.items() if part in pattern)


def _accepted_keys(model: type[BaseModel], error: ErrorDetails) -> set[str]:
    """Return the keys that the mapping of an unknown key accepts, read off the JSON Schema."""
    document = model.model_json_schema()

    def follow(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "$ref" in node:
            yield from follow(document["$defs"][node["$ref"].rsplit("/", 1)[1]])
            return
        yield node
        for branch in (*node.get("anyOf", ()), *node.get("oneOf", ())):
            yield from follow(branch)

    nodes = list(follow(document))
    for part in error["loc"][:-1]:
        if str(part).startswith("["):  # the tag of a kind of source
            nodes = [node for node in nodes if str(part)[1:-1] in node.get("properties", {})]
            continue
        following: list[dict[str, Any]] = []
        for node in nodes:
            if isinstance(part, int) and "items" in node:
                following += follow(node["items"])
            elif part in node.get("properties", {}):
                following += follow(node["properties"][part])
            for inner in node.get("patternProperties", {}).values():
                following += follow(inner)
        nodes = following
    return {name for node in nodes for name in node.get("properties", {})}


class _Checker:
    """The checks that need more than one file, or the words of a text."""

    def __init__(
        self,
        documents: dict[str, Document],
        models: dict[str, BaseModel],
        calculators: set[str],
        today: date,
    ) -> None:
        self.documents = documents
        self.models = models
        self.calculators = calculators
        self.today = today
        # Ids come from the files, not from the models: a file with a mistake still exists.
        self.terms = _stems(documents, "glossary")
        self.rules = _stems(documents, "rules")
        self.articles = set(_keys(_get(documents["articles"].value, "articles")))

    def run(self) -> None:
        for key, document in self.documents.items():
            for where, value in _walk(document.value):
                self._entry(document, where, value)
            if key.startswith("rules/"):
                self._rule(document)
            if key == "prescribers":
                self._prescribers(document)
        self._same_name_twice()

    def _entry(self, document: Document, where: Path_, value: object) -> None:
        name = where[-1] if where else None
        parent = where[-2] if len(where) > 1 else None
        if name == "checked" and isinstance(value, date) and value > self.today:
            document.blame(
                where,
                f"« checked » est dans le futur ({french_date(value)}). "
                "Écrivez le jour où vous avez relu les sources.",
            )
        if not where or not isinstance(value, str):
            return
        self._text(document, where, value)
        if name == "article" and value not in self.articles:
            document.blame(
                where,
                f"L'article « {_shown(value)} » n'est pas dans data/articles.yaml."
                f"{near(value, self.articles)} Corrigez-le, ou ajoutez à ce fichier une ligne avec "
                f"son identifiant Légifrance : « {_shown(value)}: LEGIARTI… » (12 chiffres).",
            )
        elif (name == "term" or parent in {"related", "terms"}) and ID.match(value):
            self._known(document.place(where), document, value, self.terms, _TERM)
        elif name == "unit" and value not in schema.UNITS:
            document.blame(
                where,
                f"L'unité « {_shown(value)} » est inconnue.{near(value, schema.UNITS)} "
                f"Écrivez l'une de celles-ci : {', '.join(schema.UNITS)}.",
            )
        elif name == "summary" and not schema.one_sentence(value):
            document.blame(
                where,
                "« summary » doit être une seule phrase, finie par un point. "
                "Mettez le reste dans la définition ou la description.",
            )

    def _known(
        self,
        place: tuple[int, int],
        document: Document,
        value: str,
        known: Iterable[str],
        words: tuple[str, str],
    ) -> None:
        """Blame `value` unless it is known; `words` name the thing, and say what to do."""
        if value not in known:
            what, remedy = words
            hint = near(value, known)
            document.blame_at(place, f"{what} « {_shown(value)} » n'existe pas.{hint} {remedy}")

    def _text(self, document: Document, where: Path_, text: str) -> None:
        """Check the words of any value, and the links of those that take Markdown."""
        if where[-1] not in _MARKDOWN_KEYS:
            for problem in markdown_subset.plain_problems(text):
                document.blame_at(document.place_inside(where, problem.offset), problem.message)
            return
        for problem in markdown_subset.problems(text):
            document.blame_at(document.place_inside(where, problem.offset), problem.message)
        for link in markdown_subset.links(text):
            place = document.place_inside(where, link.offset)
            match link.internal:
                case ("terme", name):
                    self._known(place, document, name, self.terms, _TERM)
                case ("simulateur", name):
                    remedy = f"Simulateurs : {', '.join(sorted(self.calculators))}."
                    words = ("Le simulateur", remedy)
                    self._known(place, document, name, self.calculators, words)
                case ("regle", name):
                    self._rule_value(place, document, name)

    def _rule_value(self, place: tuple[int, int], document: Document, name: str) -> None:
        example = "regle:eligibilite_iae.criteres_niveau_2_requis.aci"
        match = _VALUE.match(name)
        rule = self.models.get(f"rules/{match[1]}") if match else None
        if not match or not isinstance(rule, schema.RuleFile):
            if not match or match[1] not in self.rules:
                hint = near(name.partition(".")[0], self.rules)
                document.blame_at(
                    place,
                    f"« regle:{_shown(name)} » ne mène à rien.{hint} "
                    f"Écrivez regle:fichier.parametre, comme {example}.",
                )
            return  # else that file has mistakes of its own, told where they are
        if match[2] not in rule.parameters:
            document.blame_at(
                place,
                f"La règle « {match[1]} » n'a pas de valeur « {match[2]} »."
                f"{near(match[2], rule.parameters)} "
                f"Valeurs de cette règle : {', '.join(rule.parameters)}.",
            )
            return
        value = rule.parameters[match[2]].values[-1].value
        if isinstance(value, dict) and match[3] not in value:
            document.blame_at(
                place,
                f"« regle:{name} » a une valeur par cas. Finissez par l'un de ces cas : "
                f"{', '.join(f'.{case}' for case in value)}.",
            )
        elif match[3] and not isinstance(value, dict):
            document.blame_at(
                place,
                f"« regle:{name} » n'a pas de cas. Enlevez la fin, « .{match[3]} ».",
            )

    def _rule(self, document: Document) -> None:
        for name in _keys(_get(document.value, "parameters")):
            where: Path_ = ("parameters", name)
            parameter = _get(document.value, *where)
            self._in_order(document, (*where, "values"))
            if _get(parameter, "unit") is not None:
                self._numbers(document, (*where, "values"))
        criteria = _get(document.value, "criteria")
        for name in _keys(criteria):
            self._in_order(document, ("criteria", name, "values"))
            self._in_order(document, ("criteria", name, "proofs"))
            self._incompatible(document, criteria, name)

    def _in_order(self, document: Document, where: Path_) -> None:
        """Hold that the days go up and do not overlap: a value holds until the next one."""
        before, end = date.min, date.min
        for position, item in enumerate(_items(_get(document.value, *where))):
            since, until = _get(item, "since"), _get(item, "until")
            if not isinstance(since, date):
                continue
            if since <= before:
                document.blame(
                    (*where, position, "since"),
                    f"« since » ({since}) doit tomber après celui de la valeur d'avant ({before}). "
                    "Rangez les valeurs de la plus ancienne à la plus récente.",
                )
            elif since <= end:
                document.blame(
                    (*where, position - 1, "until"),
                    f"« until » ({end}) doit tomber avant le « since » de la valeur suivante "
                    f"({since}). Changez l'un des deux, ou effacez « until ».",
                )
            before, end = since, date.min
            if isinstance(until, date):
                end = until
                if until < since:
                    document.blame(
                        (*where, position, "until"),
                        f"« until » ({until}) tombe avant « since » ({since}). "
                        "Corrigez l'une des deux dates.",
                    )

    def _numbers(self, document: Document, where: Path_) -> None:
        for position, item in enumerate(_items(_get(document.value, *where))):
            value = _get(item, "value")
            for case in _keys(value) or [""]:
                place = (*where, position, "value", *([case] if case else []))
                one = _get(value, case) if case else value
                if isinstance(one, bool | str):
                    document.blame(
                        place,
                        f"« {_shown(one)} » doit être un nombre, puisque « unit » donne son unité. "
                        "Écrivez 2 ou 12.5, sans guillemets ni unité.",
                    )

    def _incompatible(self, document: Document, criteria: Any, name: str) -> None:
        for position, other in enumerate(_items(_get(criteria, name, "incompatible"))):
            where = ("criteria", name, "incompatible", position)
            if not isinstance(other, str):
                continue
            self._known(document.place(where), document, other, _keys(criteria), _CRITERION)
            mutual = _items(_get(criteria, other, "incompatible"))
            if other in criteria and name not in mutual:
                listed = ", ".join(str(one) for one in [*mutual, name])
                document.blame(
                    ("criteria", other, "incompatible") if mutual else ("criteria", other),
                    f"« {name} » exclut « {other} » (ligne {document.place(where)[0]}), mais "
                    f"« {other} » n'exclut pas « {name} ». "
                    f"Écrivez ici « incompatible: [{listed}] ».",
                    key=True,
                )

    def _prescribers(self, document: Document) -> None:
        rights = [_get(right, "id") for right in _items(_get(document.value, "rights"))]
        names = [name for name in rights if isinstance(name, str)]
        for position, kind in enumerate(_items(_get(document.value, "kinds"))):
            for index, right in enumerate(_items(_get(kind, "rights"))):
                if isinstance(right, str):
                    place = document.place(("kinds", position, "rights", index))
                    self._known(place, document, right, names, _RIGHT)
        for part in ("rights", "kinds"):
            seen: dict[str, int] = {}
            for position, item in enumerate(_items(_get(document.value, part))):
                where = (part, position, "id")
                name = _get(item, "id")
                if not isinstance(name, str):
                    continue
                if name in seen:
                    document.blame(
                        where,
                        f"L'identifiant « {_shown(name)} » est déjà pris, ligne {seen[name]}. "
                        "Choisissez-en un autre, ou réunissez les deux.",
                    )
                else:
                    seen[name] = document.place(where)[0]

    def _same_name_twice(self) -> None:
        owners: dict[str, str] = {}
        for identifier in sorted(self.terms):
            document = self.documents[f"glossary/{identifier}"]
            for position, name in enumerate(_items(_get(document.value, "related"))):
                if name == identifier:
                    document.blame(
                        ("related", position),
                        f"Cette fiche se cite elle-même dans « related ». Effacez « {name} ».",
                    )
            acronym = _get(document.value, "acronym")
            if isinstance(acronym, str) and owners.setdefault(acronym, identifier) != identifier:
                document.blame(
                    ("acronym",),
                    f"Le sigle « {_shown(acronym)} » est déjà celui de "
                    f"data/glossary/{owners[acronym]}.yaml. Réunissez les deux fiches, ou écrivez "
                    "l'autre sens dans « false_friends ».",
                )


_TERM = ("Le terme", "Corrigez-le, ou créez sa fiche dans data/glossary/.")
_CRITERION = ("Le critère", "Écrivez le nom d'un critère de ce fichier.")
_RIGHT = ("Le droit", "Écrivez un « id » de la liste « rights », plus haut dans ce fichier.")


def _get(value: object, *where: str | int) -> Any:
    """Return what stands at `where` in a value that may have any shape, or None."""
    for part in where:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _stems(documents: dict[str, Document], folder: str) -> set[str]:
    return {key.split("/")[1] for key in documents if key.startswith(f"{folder}/")}


def _walk(value: object, where: Path_ = ()) -> Iterator[tuple[Path_, object]]:
    """Yield every value of a document with its path."""
    yield where, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(inner, (*where, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _walk(inner, (*where, position))
