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
                shown = re.sub(r"^([LRD])", r"\1. ", number)
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
        if not ID.match(path.stem):
            document.blame(
                (),
                f"Le nom « {path.name} » ne convient pas : minuscules sans accent, chiffres "
                "et « _ », comme pass_iae.yaml.",
            )
        if not document.mistakes:
            validate(document, model, models, key)
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
    return Mistake(
        Path(root.name) / path.relative_to(root),
        1,
        1,
        f"Ce fichier n'est lu par personne. Les fichiers attendus sont : {names}.",
    )


def validate(
    document: Document, model: type[BaseModel], models: dict[str, BaseModel], key: str
) -> None:
    """Turn the document into its model, or record what is wrong with it."""
    if not isinstance(document.value, dict):
        document.blame((), "Le fichier doit être une suite de clés : « title: … », une par ligne.")
        return
    try:
        models[key] = model.model_validate(document.value)
    except ValidationError as failure:
        for error in failure.errors():
            where = tuple(error["loc"])
            document.blame(where, _in_french(error, model), key=error["type"] == "extra_forbidden")


def near(word: str, known: Iterable[str]) -> str:
    """Return « Vouliez-vous dire … ? » when a known word is close, else an empty text."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Vouliez-vous dire « {close[0]} » ?" if close else ""


def _in_french(error: ErrorDetails, model: type[BaseModel]) -> str:
    where = tuple(error["loc"])
    name = str(where[-1]) if where else ""
    context: dict[str, Any] = error.get("ctx", {})
    given = error["input"]
    match error["type"]:
        case "missing":
            return f"La clé « {name} » manque ici. Ajoutez « {name}: … »."
        case "extra_forbidden":
            siblings = _accepted_keys(model, where[:-1])
            expected = ", ".join(sorted(siblings))
            return (
                f"La clé « {name} » est inconnue.{near(name, siblings)} Clés admises : {expected}."
            )
        case "string_type" if given is None:
            return f"« {name} » est vide. Écrivez un texte, ou effacez la ligne."
        case "string_type" if isinstance(given, date | int | float | bool):
            return (
                f'« {name} » doit être un texte : mettez la valeur entre guillemets droits ("…").'
            )
        case "string_type":
            return f"« {name} » doit être un texte."
        case "string_too_short":
            return f"« {name} » est trop court : au moins {context['min_length']} caractères."
        case "string_too_long":
            return (
                f"« {name} » est trop long : {len(given)} caractères, "
                f"{context['max_length']} au plus. Coupez la phrase."
            )
        case "string_pattern_mismatch":
            return f"« {given} » n'a pas la forme attendue.{_pattern_hint(context['pattern'])}"
        case "enum" | "literal_error":
            choices = re.findall(r"'([^']*)'", context["expected"])
            shown = ", ".join(choice or '""' for choice in choices)
            return f"« {given} » n'est pas admis.{near(str(given), choices)} Choix : {shown}."
        case "date_type" | "date_from_datetime_parsing" | "date_parsing":
            return f"« {name} » doit être une date, sans guillemets : AAAA-MM-JJ."
        case "int_type" | "int_from_float" | "float_type":
            return f"« {name} » doit être un nombre, sans guillemets."
        case "greater_than_equal" | "less_than_equal":
            bound = context.get("ge", context.get("le"))
            side = "au moins" if "ge" in context else "au plus"
            return f"« {name} » doit être {side} {bound}."
        case "bool_type":
            return f"« {name} » doit être true ou false."
        case "list_type":
            return f"« {name} » doit être une liste : une ligne « - … » par élément."
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"« {name} » doit contenir des clés : « clé: valeur », une par ligne."
        case "too_short":
            return f"« {name} » est vide. Il faut au moins un élément."
        case "source_kind":
            keys = list(given) if isinstance(given, dict) else []
            guess = next((hint for key in keys if (hint := near(key, schema.SOURCE_KINDS))), "")
            return (
                f"Une source se donne par « article », « text », « platform », « url » "
                f"ou « document ».{guess} Exemple : {{ article: R5132-1-7 }}."
            )
        case "value_error":
            message = str(context["error"])
            if message.startswith("unit:"):
                unit = message.removeprefix("unit:")
                units = ", ".join(schema.UNITS)
                return (
                    f"L'unité « {unit} » est inconnue.{near(unit, schema.UNITS)} Unités : {units}."
                )
            return message
    return f"« {name} » n'a pas la forme attendue."


_PATTERN_HINTS = {
    "LEGIARTI": "LEGIARTI suivi de 12 chiffres.",
    "JORFTEXT": "JORFTEXT suivi de 12 chiffres, comme JORFTEXT000044011209.",
    "itou": "un chemin qui commence par itou/.",
    "^https://": "une adresse qui commence par https://.",
    "https?": "une adresse complète qui finit par « / ».",
    "a-z": "des minuscules sans accent, des chiffres et « _ », comme pass_iae.",
    "97": 'un code de département entre guillemets, comme "48" ou "2A".',
    "A-Z": "un sigle en capitales, comme ACI.",
    "0-9a-f": "un identifiant de version (lettres a à f et chiffres).",
}


def _pattern_hint(pattern: str) -> str:
    return next(
        (f" Attendu : {hint}" for part, hint in _PATTERN_HINTS.items() if part in pattern), ""
    )


def _accepted_keys(model: type[BaseModel], where: Path_) -> set[str]:
    """Return the keys that the mapping at `where` accepts, read off the JSON Schema."""
    document = model.model_json_schema()

    def follow(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "$ref" in node:
            yield from follow(document["$defs"][node["$ref"].rsplit("/", 1)[1]])
            return
        yield node
        for branch in (*node.get("anyOf", ()), *node.get("oneOf", ())):
            yield from follow(branch)

    nodes = list(follow(document))
    for part in where:
        if any("oneOf" in node for node in nodes):  # the validator adds the union's tag
            nodes = [node for node in nodes if part in node.get("properties", {})]
            continue
        following: list[dict[str, Any]] = []
        for node in nodes:
            if isinstance(part, int) and "items" in node:
                following += follow(node["items"])
            elif part in node.get("properties", {}):
                following += follow(node["properties"][part])
            elif isinstance(node.get("additionalProperties"), dict):
                following += follow(node["additionalProperties"])
            elif "patternProperties" in node:
                for inner in node["patternProperties"].values():
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
        articles = documents["articles"].value if "articles" in documents else None
        listed = articles.get("articles", {}) if isinstance(articles, dict) else {}
        self.articles = set(listed) if isinstance(listed, dict) else set()

    def run(self) -> None:
        for key, document in self.documents.items():
            for where, value in _walk(document.value):
                self._entry(document, where, value)
            if key.startswith("rules/"):
                self._incompatible(document)
            if key == "prescribers":
                self._prescribers(document)
        self._same_name_twice()

    def _entry(self, document: Document, where: Path_, value: object) -> None:
        name = where[-1] if where else None
        parent = where[-2] if len(where) > 1 else None
        if name == "article" and isinstance(value, str) and value not in self.articles:
            hint = near(value, self.articles)
            document.blame(
                where,
                f"L'article « {value} » n'est pas dans data/articles.yaml.{hint} "
                "Ajoutez-y son identifiant Légifrance.",
            )
        elif isinstance(value, str) and (name == "term" or parent in {"related", "terms"}):
            self._known(document, where, value, self.terms, "Le terme", "data/glossary/")
        elif name == "checked" and isinstance(value, date) and value > self.today:
            document.blame(where, f"« checked » est dans le futur ({french_date(value)}).")
        elif name == "summary" and isinstance(value, str) and not schema.one_sentence(value):
            document.blame(where, "« summary » doit être une seule phrase, finie par un point.")
        elif name in _MARKDOWN_KEYS and isinstance(value, str):
            self._markdown(document, where, value)

    def _known(
        self, document: Document, where: Path_, value: str, known: set[str], what: str, home: str
    ) -> None:
        if value not in known:
            document.blame(
                where, f"{what} « {value} » n'existe pas dans {home}.{near(value, known)}"
            )

    def _markdown(self, document: Document, where: Path_, text: str) -> None:
        line, column = document.values[where]
        for offset, message in markdown_subset.problems(text):
            # A block text (« | ») starts on the line after its key.
            inner = line + 1 + offset if "\n" in text.rstrip("\n") else line
            document.mistakes.append(Mistake(document.path, inner, column, message))
        for link in markdown_subset.links(text):
            match link.internal:
                case ("terme", name):
                    self._known(document, where, name, self.terms, "Le terme", "data/glossary/")
                case ("simulateur", name):
                    self._known(
                        document, where, name, self.calculators, "Le simulateur", "calculators/"
                    )
                case ("regle", name):
                    self._rule_value(document, where, name)

    def _rule_value(self, document: Document, where: Path_, name: str) -> None:
        match = _VALUE.match(name)
        rule = self.models.get(f"rules/{match[1]}") if match else None
        if not isinstance(rule, schema.RuleFile):
            if match and match[1] in self.rules:
                return  # that file has mistakes of its own, told where they are
            document.blame(
                where,
                f"« regle:{name} » ne mène à rien.{near(name.split('.', 1)[0], self.rules)} "
                "Écrivez regle:fichier.parametre, comme "
                "regle:eligibilite_iae.criteres_niveau_2_requis.aci.",
            )
            return
        assert match is not None
        if match[2] not in rule.parameters:
            hint = near(match[2], rule.parameters)
            document.blame(where, f"La règle « {match[1]} » n'a pas de « {match[2]} ».{hint}")
            return
        value = rule.parameters[match[2]].values[-1].value
        cases = set(value) if isinstance(value, dict) else set()
        if (match[3] not in cases) if cases else match[3]:
            document.blame(
                where,
                f"« {name} » : "
                + (
                    f"ajoutez l'un de ces cas : {', '.join(sorted(cases))}."
                    if cases
                    else "cette valeur n'a pas de cas, enlevez la fin."
                ),
            )

    def _incompatible(self, document: Document) -> None:
        criteria = document.value.get("criteria") if isinstance(document.value, dict) else None
        if not isinstance(criteria, dict):
            return
        for code, criterion in criteria.items():
            others = criterion.get("incompatible", ()) if isinstance(criterion, dict) else ()
            for position, other in enumerate(others if isinstance(others, list) else ()):
                where = ("criteria", code, "incompatible", position)
                if other not in criteria:
                    self._known(
                        document, where, str(other), set(criteria), "Le critère", "ce fichier"
                    )
                elif code not in (criteria[other].get("incompatible") or ()):
                    document.blame(
                        where,
                        f"« {code} » exclut « {other} », mais « {other} » n'exclut pas « {code} ». "
                        "Écrivez l'incompatibilité des deux côtés.",
                    )

    def _prescribers(self, document: Document) -> None:
        model = self.models.get("prescribers")
        if not isinstance(model, schema.Prescribers):
            return
        rights = {right.id for right in model.rights}
        seen: dict[str, int] = {}
        for position, kind in enumerate(model.kinds):
            for index, right in enumerate(kind.rights):
                where = ("kinds", position, "rights", index)
                self._known(document, where, right, rights, "Le droit", "« rights »")
            if kind.id in seen:
                document.blame(
                    ("kinds", position, "id"), f"L'identifiant « {kind.id} » est déjà pris."
                )
            seen[kind.id] = position

    def _same_name_twice(self) -> None:
        owners: dict[str, str] = {}
        for key, model in self.models.items():
            if not isinstance(model, schema.Term):
                continue
            identifier = key.split("/")[1]
            document = self.documents[key]
            if identifier in model.related:
                document.blame(("related",), "Un terme ne se cite pas lui-même dans « related ».")
            if model.acronym:
                owner = owners.setdefault(model.acronym, identifier)
                if owner != identifier:
                    document.blame(
                        ("acronym",), f"Le sigle « {model.acronym} » est déjà celui de « {owner} »."
                    )


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
