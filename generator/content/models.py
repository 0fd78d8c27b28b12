"""The models of the files of `data/`. The JSON Schemas for editors come from here.

The French words that people read beside each key are in `labels.py`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    field_validator,
    model_validator,
)

from generator.content import markdown
from generator.content.carriers import Carrier
from generator.content.shapes import Prose

#: The form of the name of an entry.
ID = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
#: Names that lead elsewhere: to the list of a folder, or, on Windows, to a device.
RESERVED = re.compile(r"(index|con|prn|aux|nul|com[0-9]|lpt[0-9])\Z")
#: An identifier of Légifrance: a text of the official journal, or one article of such a text.
LEGIFRANCE = r"(JORFTEXT|JORFARTI|LEGIARTI)\d{12}"
#: A text whose identifier is not known: what it is, its day, and a word for a part that is read elsewhere.
#: It is read where its file says.
UNNUMBERED = r"(arrete|circulaire|decret)-\d{4}-\d{2}-\d{2}(-[a-z]+)?"
#: How data names a text that is not an article of a code.
TEXT = re.compile(rf"({LEGIFRANCE}|{UNNUMBERED})\Z")
#: The name of a file of a text of law: the number of an article of a code, or the name of a text.
NUMBER = re.compile(rf"([LRD]\d{{3,4}}(-\d+)+|{LEGIFRANCE}|{UNNUMBERED})\Z")
#: The name of a file of news: the day of its publication, and a few words.
DAY_AND_WORDS = re.compile(r"20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(-[a-z0-9]+){1,12}\Z")
#: Units a rule may use: the word of the file, and its plural.
UNITS = {
    "critère": "critères",
    "jour": "jours",
    "mois": "mois",
    "an": "ans",
    "heure": "heures",
    "heure par semaine": "heures par semaine",
    "convention": "conventions",
    "renouvellement": "renouvellements",
    "euro": "euros",
    "semaine": "semaines",
    "%": "%",
}
#: The most that a number may be, by its unit: beyond, a figure was typed twice, or a day read as a number.
#: A duration holds in a century.
MOST = {
    "critère": 20,
    "jour": 36_525,
    "mois": 1_200,
    "an": 100,
    "heure": 10_000,
    "heure par semaine": 60,
    "convention": 100,
    "renouvellement": 100,
    "euro": 1_000_000,
    "%": 100,
}
MOST_WITHOUT_UNIT = 1_000
#: Units of durations: none of them is zero long.
DURATIONS = {"jour", "mois", "an", "heure", "heure par semaine"}

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$"),
    Field(description="Minuscules sans accent, chiffres et « _ »."),
]
Sentence = Annotated[
    str,
    StringConstraints(min_length=10, max_length=220),
    Field(description="Une seule phrase, qui finit par un point."),
    Prose(),
]
Title = Annotated[str, StringConstraints(min_length=2, max_length=120)]
Markdown = Annotated[
    str,
    StringConstraints(min_length=10, max_length=markdown.LONGEST),
    Field(json_schema_extra={"contentMediaType": "text/markdown"}),
    Prose(markdown=True),
]
ShortText = Annotated[str, StringConstraints(min_length=2, max_length=600), Prose()]
#: A few sentences, where links may stand.
ShortMarkdown = Annotated[
    str, StringConstraints(min_length=2, max_length=600), Prose(markdown=True)
]
#: The longest quote, in characters: the words that decide, and no more.
LONGEST_QUOTE = 400
Quote = Annotated[str, StringConstraints(min_length=3, max_length=LONGEST_QUOTE)]


class BasisKind(StrEnum):
    """The kind of ground that a fact rests on."""

    LOI = "loi"
    PRATIQUE = "pratique"
    LECTURE = "lecture"
    A_VERIFIER = "a_verifier"


#: Enumerations are written as plain text in YAML, which strict models would refuse.
Basis = Annotated[BasisKind, Field(strict=False)]


def _keys(value: object) -> Iterable[str]:
    return value if isinstance(value, dict) else getattr(value, "model_fields_set", ())


class Model(BaseModel):
    """The settings of every model: no unknown key, no silent conversion, no change once read."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _day_or_year(value: object) -> object:
    """Tell both forms at once: a union would blame each of its members."""
    if isinstance(value, date) or (type(value) is int and 1800 <= value <= 2100):
        return value
    raise ValueError(
        "« date » doit être un jour ou une année, sans guillemets : 2026-11-21, ou 2026."
    )


def _day_or_year_or_none(value: object) -> object:
    if value == "non daté":
        return value
    try:
        return _day_or_year(value)
    except ValueError as error:
        raise ValueError(f"{error} Sans date connue, écrivez : non daté.") from None


def _number(value: object) -> object:
    if type(value) in {int, float}:
        return value
    raise ValueError("« value » doit être un nombre, sans guillemets ni espace : 1500, ou 12.5.")


def _scalar(value: object) -> object:
    if isinstance(value, bool | int | float | str):
        return value
    raise ValueError(
        "Une valeur est un nombre (2), un texte, true ou false, ou l'une de ces valeurs par cas : "
        "{ ai: 2, ei: 3 }."
    )


class Article(Model):
    """An article of a code, and the few words of it that decide."""

    article: str
    quote: Quote | None = None


class Text(Model):
    """A law, a decree or an order, or one of its articles, by its identifier."""

    text: str = Field(pattern=rf"^({LEGIFRANCE}|{UNNUMBERED})$")
    title: Title
    quote: Quote | None = None


class Platform(Model):
    """A file of the platform's public source code: practice, not law."""

    # No part begins with a dot: « .. » would lead out of the repository.
    platform: str = Field(pattern=r"^itou(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$")
    title: Title = "Code public de la plateforme Les emplois de l'inclusion"


class Public(Model):
    """A page or a document: with its publisher and the words that it says, it founds a fact."""

    publisher: Title | None = None
    quote: Quote | None = None

    @model_validator(mode="after")
    def _who_says_what(self) -> Self:
        if (self.publisher is None) != (self.quote is None):
            raise ValueError(
                "« publisher » (qui le dit) et « quote » (ses mots, à la lettre) vont ensemble. "
                "Donnez les deux, ou aucun."
            )
        return self


class Page(Public):
    """A web page, with the day it was read or published."""

    url: str = Field(pattern=r"^https://")
    title: Title
    date: Annotated[datetime.date | int, BeforeValidator(_day_or_year)]

    @field_validator("url")
    @classmethod
    def _acceptable(cls, url: str) -> str:
        if problem := markdown.address_problem(url):
            raise ValueError(problem)
        return url

    @field_validator("title")
    @classmethod
    def _true(cls, title: str) -> str:
        words = markdown.plain_letters(title)
        if "legifrance" in words and "copie" not in words:
            raise ValueError(
                "Ce titre dit « Légifrance », et l'adresse mène ailleurs. Citez le texte lui-même "
                "(article ou text), ou dites de quelle page c'est la copie."
            )
        return title


class PaperDocument(Public):
    """A document without a stable address."""

    document: Title
    date: Annotated[
        datetime.date | int | Literal["non daté"], BeforeValidator(_day_or_year_or_none)
    ]


SOURCE_KINDS = ("article", "text", "platform", "url", "document")
SOURCES = (Article, Text, Platform, Page, PaperDocument)


def _source_kind(value: object) -> str | None:
    if isinstance(value, dict):
        return next((f"[{kind}]" for kind in SOURCE_KINDS if kind in value), None)
    return next((f"[{kind}]" for kind in SOURCE_KINDS if hasattr(value, kind)), None)


# The tags of unions are in brackets, to be told from keys in the path of an error.
Source = Annotated[
    Annotated[Article, Tag("[article]")]
    | Annotated[Text, Tag("[text]")]
    | Annotated[Platform, Tag("[platform]")]
    | Annotated[Page, Tag("[url]")]
    | Annotated[PaperDocument, Tag("[document]")],
    Discriminator(
        _source_kind,
        custom_error_type="source_kind",
        custom_error_message="source",
    ),
]


class Sourced(Model):
    """A rule, its basis and its source."""

    basis: Basis
    source: Source


class Attested(Model):
    """What a text, a practice or a body says: its basis may be left out when a source says who and how.

    No basis of law says how many members a network has: the words of who publishes it do.
    """

    basis: Basis | None = None

    @property
    def named(self) -> list[Source]:
        """Its sources, one or many."""
        one: Source | None = getattr(self, "source", None)
        return [one] if one else getattr(self, "sources", [])

    @property
    def publisher(self) -> str | None:
        """Who says it, in the words of the first source that has some."""
        return next((name for one in self.named if (name := getattr(one, "publisher", None))), None)


class Published(Attested):
    """A fact, and its one source."""

    source: Source


class Change(Model):
    """A statement of older documents, and the one that is true now."""

    before: ShortMarkdown
    now: ShortMarkdown
    since: date | None = None
    source: Source | None = None


class FalseFriend(Model):
    """The same word with another meaning."""

    word: Title
    meaning: ShortMarkdown


class Category(StrEnum):
    """The groups of the glossary's table of contents."""

    STRUCTURE = "structure"
    PARCOURS = "parcours"
    CONTRAT = "contrat"
    PUBLIC = "public"
    ACTEUR = "acteur"
    FINANCEMENT = "financement"
    NOTION = "notion"


class Pictogram(StrEnum):
    """The pictograms of the site: a file each, in `generator/pages/pictograms/`."""

    ACCORD = "accord"
    ARGENT = "argent"
    ATTENTE = "attente"
    ATTENTION = "attention"
    CALENDRIER = "calendrier"
    CARTE = "carte"
    CONSEILLER = "conseiller"
    CONTRAT = "contrat"
    DROITS = "droits"
    ECOUTER = "ecouter"
    EMPLOI = "emploi"
    ENTREPRISE = "entreprise"
    EQUIPE = "equipe"
    ESSAI = "essai"
    FORMATION = "formation"
    HORLOGE = "horloge"
    IMPRIMER = "imprimer"
    INTERNET = "internet"
    LOI = "loi"
    MAISON = "maison"
    MOTS = "mots"
    NON = "non"
    OUI = "oui"
    OUTILS = "outils"
    PAIE = "paie"
    PAPIERS = "papiers"
    PASS = "pass"  # noqa: S105 - a card, not a password
    PAUSE = "pause"
    PERSONNE = "personne"
    PROLONGER = "prolonger"
    QUESTION = "question"
    SANTE = "sante"
    SORTIE = "sortie"
    STRUCTURE = "structure"
    TELEPHONE = "telephone"
    VENTE = "vente"


#: The schemes that a page may ask for with `[[dessin:…]]` (`generator/pages/drawings.py`).
SCHEMES = ("deux_comptes", "familles", "parcours", "qui_decide", "vie_pass")


class Term(Attested):
    """One entry of the glossary: `data/glossary/ID.yaml`."""

    title: Title
    acronym: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9' -]{1,14}$")] | None = None
    aliases: list[Title] = []
    category: Annotated[Category, Field(strict=False)]
    summary: Sentence
    definition: Markdown
    changes: list[Change] = []
    false_friends: list[FalseFriend] = []
    related: list[Id] = []
    sources: list[Source] = Field(min_length=1)
    checked: date


class Founded(Published):
    """The year a network was founded."""

    year: int = Field(ge=1800, le=2100)
    note: ShortMarkdown | None = None


#: More than the people of the country, counted in euros.
MOST_OF_FIGURES = 100_000_000_000


class Figure(Published):
    """A dated figure; without a year, `note` says why."""

    label: Title
    value: Annotated[int | float, BeforeValidator(_number), Field(ge=0, le=MOST_OF_FIGURES)]
    qualifier: Literal["", "près de", "environ", "plus de"] = ""
    unit: Literal["", "%"] = ""
    year: int | None = Field(None, ge=1900, le=2100)
    note: ShortMarkdown | None = None

    @model_validator(mode="after")
    def _dated(self) -> Figure:
        if self.year is None and self.note is None:
            raise ValueError(
                "Un chiffre sans année. Ajoutez « year: 2026 » (l'année du chiffre), "
                "ou « note: … » pour dire pourquoi elle manque."
            )
        if self.unit == "%" and self.value > 100:
            raise ValueError("Une part ne dépasse pas 100 %. Corrigez « value », ou « unit ».")
        return self


class StructureKind(StrEnum):
    """The kinds of structures, by their ids."""

    ACI = "aci"
    AI = "ai"
    EI = "ei"
    EITI = "eiti"
    ETTI = "etti"
    GEIQ = "geiq"
    RQ = "rq"


class Scope(StrEnum):
    """How far a network reaches."""

    NATIONAL = "national"
    TERRITORIAL = "territorial"
    RESSOURCES = "ressources"


DepartmentCode = Annotated[str, StringConstraints(pattern=r"^(\d{2}|2A|2B|97\d)$")]
_PHONE = r"^\+?[0-9][0-9 .]{5,19}$"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def _web_address(address: str | None) -> str | None:
    """Refuse an address that leads to no public page."""
    if address and (problem := markdown.address_problem(address)):
        raise ValueError(problem)
    return address


def _mail_address(address: str | None) -> str | None:
    if address and not _MAIL.fullmatch(address):
        raise ValueError(f"« {address} » n'est pas une adresse électronique : contact@exemple.fr.")
    return address


#: The address of a public page.
WebAddress = Annotated[
    str,
    StringConstraints(pattern=r"^https://", max_length=2_000),
    AfterValidator(_web_address),
]


class Picture(Model):
    """A picture of `data/pictures/`: what it shows, and by what right it is published."""

    file: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}\.(jpe?g|png|webp)$")]
    alt: Annotated[str, StringConstraints(min_length=5, max_length=300), Prose()]
    licence: Title
    author: Title | None = None


class Contact(Published):
    """How to reach a network; `map` is a page that shows where it is."""

    address: ShortText | None = None
    phone: Annotated[str, StringConstraints(pattern=_PHONE)] | None = None
    email: Annotated[str, AfterValidator(_mail_address)] | None = None
    hours: ShortText | None = None
    map: WebAddress | None = None

    @model_validator(mode="after")
    def _reachable(self) -> Contact:
        if not (self.address or self.phone or self.email):
            raise ValueError(
                "Ce contact ne dit pas comment joindre le réseau. Donnez « address », « phone » ou "
                "« email », ou effacez « contact »."
            )
        return self


class Idea(Model):
    """One idea of an easy-to-read page: a drawing, and its sentences, one a line."""

    drawing: Annotated[Pictogram, Field(strict=False)]
    text: Markdown


class EasyPart(Model):
    """A part of an easy-to-read page."""

    title: Title
    ideas: list[Idea] = Field(min_length=1)


class HardWord(Model):
    """A hard word of an easy-to-read page, and what it means."""

    word: Title
    meaning: ShortText


class EasyRead(Model):
    """A page told again for everyone: `data/easy_read/ID.yaml`; `page` is the one that says it all."""

    title: Title
    summary: Sentence
    page: Annotated[str, StringConstraints(pattern=r"^[a-z_/-]+\.md$")]
    parts: list[EasyPart] = Field(min_length=1)
    words: list[HardWord] = []
    #: Who read it among those that it is for; a page without is marked.
    reread_by: Title | None = None
    checked: date


class Network(Attested):
    """One network: `data/networks/ID.yaml`."""

    title: Title
    acronym: str | None = None
    aliases: list[Title] = []
    scope: Annotated[Scope, Field(strict=False)]
    territory: Title
    departments: list[DepartmentCode] = []
    structures: list[Annotated[StructureKind, Field(strict=False)]] = []
    founded: Founded | None = None
    website: str | None = None
    contact: Contact | None = None
    logo: Picture | None = None
    pictures: list[Picture] = []
    summary: Sentence
    description: Markdown
    figures: list[Figure] = []
    related: list[Id] = []
    sources: list[Source] = Field(min_length=1)
    checked: date

    @field_validator("website")
    @classmethod
    def _acceptable(cls, website: str | None) -> str | None:
        if website and (problem := markdown.address_problem(website)):
            raise ValueError(problem)
        return website


class Right(Model):
    """Something a prescriber may do."""

    id: Id
    title: Title
    summary: Sentence
    without_authorization: bool = False
    basis: Basis
    sources: list[Source] = Field(min_length=1)


class LocalAuthorization(Model):
    """How an organisation that is on no national list is authorised."""

    title: Title
    description: Markdown
    basis: Basis
    sources: list[Source] = Field(min_length=1)


class PrescriberGroup(StrEnum):
    """The groups of the list of prescribers."""

    EMPLOI = "emploi"
    JEUNES = "jeunes"
    SOCIAL = "social"
    HEBERGEMENT = "hebergement"
    SANTE = "sante"
    JUSTICE = "justice"
    AUTRE = "autre"


class PrescriberKind(Model):
    """One kind of organisation that may prescribe."""

    id: Id
    code: str
    group: Annotated[PrescriberGroup, Field(strict=False)] = PrescriberGroup.AUTRE
    title: Title
    acronym: str | None = None
    aliases: list[Title] = []
    summary: Sentence
    term: Id | None = None
    sign_up: bool
    authorization: Literal["possible", "jamais"]
    rights: list[Id] = Field(min_length=1)
    note: ShortMarkdown | None = None


class Prescribers(Model):
    """`data/prescribers.yaml`."""

    title: Title
    introduction: Markdown
    checked: date
    basis: Basis
    sources: list[Source] = Field(min_length=1)
    rights: list[Right]
    local: LocalAuthorization | None = None
    kinds: list[PrescriberKind]


class Family(StrEnum):
    """The two families of structures of the IAE."""

    PRODUIRE_ET_VENDRE = "produire_et_vendre"
    PRETER_DU_PERSONNEL = "preter_du_personnel"


class Fact(Attested):
    """One answer about a structure, with its basis and its sources."""

    answer: Annotated[str, StringConstraints(min_length=2, max_length=240), Prose(markdown=True)]
    detail: Markdown | None = None
    sources: list[Source] = Field(min_length=1)


class Structure(Model):
    """One kind of structure. The titles of its facts are the lines of the comparison."""

    title: Title
    acronym: Title
    family: Annotated[Family, Field(strict=False)] | None = None
    summary: Sentence
    description: Markdown
    siae: Fact = Field(title="Est-ce une SIAE ?")
    legal_forms: Fact = Field(title="Qui peut en porter une ?")
    recognition: Fact = Field(title="Qui la reconnaît ?")
    public: Fact = Field(title="Pour qui ?")
    criteria: Fact = Field(title="Quels critères, si la structure décide ?")
    activity: Fact = Field(title="Que fait-elle ?")
    contract: Fact = Field(title="Quel contrat ?")
    duration: Fact = Field(title="Pour combien de temps ?")
    hours: Fact = Field(title="Combien d'heures ?")
    limits: Fact = Field(title="Quelles limites propres ?")
    esus: Fact = Field(title="A-t-elle l'agrément ESUS ?")
    changes: list[Change] = []
    related: list[Id] = []
    calculators: list[Id] = []
    journeys: list[Id] = []


#: The lines of the comparison: name of the fact, question.
FACTS = {
    name: str(field.title)
    for name, field in Structure.model_fields.items()
    if field.annotation is Fact
}


class StructureSheets(Model):
    """One structure for each kind, in the order of the comparison."""

    aci: Structure
    ei: Structure
    ai: Structure
    etti: Structure
    eiti: Structure
    geiq: Structure
    rq: Structure


class Structures(Model):
    """`data/structures.yaml`."""

    title: Title
    introduction: Markdown
    checked: date
    structures: StructureSheets

    def by_id(self) -> dict[str, Structure]:
        """Return the structures by their ids, in the order of the comparison."""
        return {name: getattr(self.structures, name) for name in StructureSheets.model_fields}


class Event(Attested):
    """Something that happened, on a day or in a year."""

    date: Annotated[datetime.date | int, BeforeValidator(_day_or_year)]
    title: Title
    description: Markdown | None = None
    sources: list[Source] = Field(min_length=1)


class Phase(Model):
    """A part of history. It may start in the year that ends the one before."""

    title: Title
    from_year: int = Field(ge=1900, le=2100)
    to_year: int | None = Field(None, ge=1900, le=2100)
    summary: Sentence
    events: list[Event] = Field(min_length=1)


class History(Model):
    """`data/history.yaml`."""

    title: Title
    summary: Sentence
    introduction: Markdown
    checked: date
    phases: list[Phase] = Field(min_length=1)


class Sector(Attested):
    """A field of work in which structures employ people."""

    id: Id
    title: Title
    main: bool = False
    summary: Sentence
    examples: list[Title] = []
    figures: list[Figure] = []
    sources: list[Source] = Field(min_length=1)


class Sectors(Model):
    """`data/sectors.yaml`."""

    title: Title
    summary: Sentence
    introduction: Markdown
    checked: date
    figures: list[Figure] = []
    sectors: list[Sector] = Field(min_length=1)


#: An authorisation by the préfet lasts five years (page of help of the platform, read in November 2026).
AUTHORIZED_YEARS = 5


class Authorization(Model):
    """The préfet's order that lets an organisation prescribe; without `until`, it lasts five years."""

    order: Title
    since: date
    until: date | None = None
    url: WebAddress | None = None

    @property
    def end(self) -> date:
        """The last day on which the organisation is authorised."""
        return self.until or self._longest

    @property
    def _longest(self) -> date:
        year = self.since.year + AUTHORIZED_YEARS
        leap = (self.since.month, self.since.day) == (2, 29)
        anniversary = date(year, 3, 1) if leap else self.since.replace(year=year)
        return anniversary - datetime.timedelta(days=1)

    @model_validator(mode="after")
    def _in_order(self) -> Authorization:
        if self.until and not self.since <= self.until <= self._longest:
            raise ValueError(
                f"« until » ({self.until}) doit tomber entre « since » ({self.since}) et cinq ans après : "
                f"{self._longest} au plus. Corrigez l'une des deux dates."
            )
        return self


#: First parts of addresses that are those of a service, though they have a dot.
#: A mailbox that begins with one of these is of an organisation, even when it looks like `prenom.nom`.
_SERVICES = re.compile(
    r"(accompagnement|accueil|aci|administration|agence|ai|asso|association|atelier|bureau|cap|ccas|chantier"
    r"|chrs|cias|communication|contact|coordination|direction|ei|emploi|entreprise|etti|formation|geiq"
    r"|gestion|iae|info|infos|insertion|interim|les|mairie|mission|pass|plie|pole|prescripteur|recrutement"
    r"|regie|rh|secretariat|service|siae|siege|spip|structure)\b",
    re.IGNORECASE,
)
#: Mobile telephones, overseas included: `06…`, `+33 7…`, `+590 690…`.
_MOBILE = re.compile(r"(?:(?:\+|00)(?:33|590|594|596|262)0?|0)[67]")


def is_of_a_person(address: str) -> bool:
    """Tell whether a mail address looks like that of a person: `prenom.nom@`, `p.nom2@`."""
    local = address.partition("@")[0]
    return bool(
        re.fullmatch(r"[a-z-]+[._][a-z-]+\d*", local, re.IGNORECASE) and not _SERVICES.match(local)
    )


def is_a_mobile(number: str) -> bool:
    """Tell whether a French number is that of a mobile telephone, which is a person's more often than not."""
    return _MOBILE.match(re.sub(r"[^\d+]", "", number)) is not None


def _of_a_service(address: str | None) -> str | None:
    """Refuse the address of a person."""
    if _mail_address(address) and is_of_a_person(str(address)):
        raise ValueError(
            f"« {address} » semble être l'adresse d'une personne. Donnez celle de l'organisation, comme "
            "contact@exemple.fr, ou effacez « courriel »."
        )
    return address


def _not_a_mobile(number: str | None) -> str | None:
    if number and is_a_mobile(number):
        raise ValueError(
            "Un numéro de portable est souvent celui d'une personne. Donnez le numéro fixe de "
            "l'organisation, ou effacez « telephone »."
        )
    return number


_DAYS = "(Mo|Tu|We|Th|Fr|Sa|Su)"
_TIMES = r"\d{2}:\d{2}-\d{2}:\d{2}(,\d{2}:\d{2}-\d{2}:\d{2})*"
#: Hours as OpenStreetMap writes them: the part of its notation that a page can say in French.
OPENING_HOURS = (
    rf"^({_DAYS}([-,]{_DAYS})* {_TIMES})(; ?{_DAYS}([-,]{_DAYS})* {_TIMES})*(; ?PH off)?$"
)


_Telephone = Annotated[str, StringConstraints(pattern=_PHONE), AfterValidator(_not_a_mobile)]
_Mail = Annotated[str, AfterValidator(_of_a_service)]
_Name = Annotated[str, StringConstraints(min_length=3, max_length=150)]
_Postcode = Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
_Siret = Annotated[str, StringConstraints(pattern=r"^\d{14}$")]
_Hours = Annotated[str, StringConstraints(pattern=OPENING_HOURS)]
_Carriers = list[Annotated[Carrier, Field(strict=False)]]


class DirectoryEntry(Attested):
    """A structure, or a prescriber that the préfet has authorised: `data/directory/ID.yaml`.

    The French keys are those of data·inclusion's schema, version 1 (`data_inclusion.schema.v1.Structure`),
    and a test holds that what is accepted here is accepted there; `source`, `id` and `date_maj` are
    filled in when the entry is published. The English keys are this site's.
    """

    nom: _Name
    description: (
        Annotated[str, StringConstraints(min_length=10, max_length=600), Prose()] | None
    ) = None
    reseaux_porteurs: _Carriers = []
    siret: _Siret | None = None
    adresse: ShortText | None = None
    complement_adresse: ShortText | None = None
    code_postal: _Postcode | None = None
    commune: Title | None = None
    code_insee: Annotated[str, StringConstraints(pattern=r"^(\d{2}|2A|2B)\d{3}$")] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    telephone: _Telephone | None = None
    courriel: _Mail | None = None
    site_web: WebAddress | None = None
    horaires_accueil: _Hours | None = None
    accessibilite_lieu: WebAddress | None = None
    lien_source: WebAddress | None = None
    department: DepartmentCode
    networks: list[Id] = []
    sectors: list[Id] = []
    trades: list[Title] = []
    authorization: Authorization | None = None
    sources: list[Source] = Field(min_length=1)
    checked: date

    @field_validator("nom")
    @classmethod
    def _named(cls, nom: str) -> str:
        if nom.endswith(".") and not nom.endswith("etc."):
            raise ValueError("Un nom ne finit pas par un point. Enlevez-le.")
        return nom

    @model_validator(mode="after")
    def _placed(self) -> DirectoryEntry:
        start = self.department[:2] if self.department < "97" else self.department
        if self.code_insee and not self.code_insee.startswith(start):
            raise ValueError(
                f"« code_insee » ({self.code_insee}) n'est pas celui d'une commune du département "
                f"{self.department}. Corrigez l'un des deux."
            )
        if (self.longitude is None) != (self.latitude is None):
            raise ValueError(
                "« longitude » et « latitude » vont ensemble. Donnez les deux, ou aucune."
            )
        return self


#: The identifier of a row of data·inclusion: that of its producer, then its own.
_RowId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+--\S{1,120}$")]


class DirectoryExclusion(Model):
    """A row of the published directory that is not shown: its structure asked so."""

    row: _RowId
    day: date
    reason: Sentence


class DirectoryCorrection(Model):
    """What a row of the published directory gets wrong: the keys that are given replace its own."""

    row: _RowId
    day: date
    reason: Sentence
    nom: _Name | None = None
    reseaux_porteurs: _Carriers | None = None
    adresse: ShortText | None = None
    complement_adresse: ShortText | None = None
    telephone: _Telephone | None = None
    courriel: _Mail | None = None
    site_web: WebAddress | None = None
    horaires_accueil: _Hours | None = None

    @property
    def corrected(self) -> dict[str, str | list[str]]:
        """The keys of data·inclusion that are corrected, with JSON values."""
        given = self.model_dump(mode="json", exclude_none=True)
        return {key: value for key, value in given.items() if key not in {"row", "day", "reason"}}

    @model_validator(mode="after")
    def _something(self) -> DirectoryCorrection:
        if not self.corrected:
            raise ValueError(
                "Cette correction ne corrige rien. Donnez la valeur juste : « telephone », « adresse »…"
            )
        return self


class DirectoryChanges(Model):
    """`data/directory_changes.yaml`: what the site changes in the directory that the State publishes."""

    exclusions: list[DirectoryExclusion] = []
    corrections: list[DirectoryCorrection] = []

    @model_validator(mode="after")
    def _once(self) -> DirectoryChanges:
        rows = [one.row for one in self.exclusions] + [one.row for one in self.corrections]
        for row in rows:
            if rows.count(row) > 1:
                raise ValueError(f"La ligne « {row} » est là deux fois. Gardez-en une.")
        return self


class News(Model):
    """Something to announce: `data/news/2026-11-27-slug.yaml`, the day of its publication first."""

    title: Title
    day: date
    until: date | None = None
    place: ShortText | None = None
    networks: list[Id] = []
    summary: Sentence
    text: Markdown | None = None
    picture: Picture | None = None
    link: WebAddress | None = None
    sources: list[Source] = Field(min_length=1)
    checked: date

    @property
    def last_day(self) -> date:
        """The last day on which it is still news."""
        return self.until or self.day

    @model_validator(mode="after")
    def _in_order(self) -> News:
        if self.until and self.until < self.day:
            raise ValueError(
                f"« until » ({self.until}) tombe avant « day » ({self.day}). Corrigez l'une des deux dates."
            )
        return self


class PortraitKind(StrEnum):
    """Whom a portrait is of."""

    PARCOURS = "parcours"
    STRUCTURE = "structure"


class Consent(Model):
    """Who agreed to be told of, to whom, and when."""

    by: Title
    kept_by: Title
    date: Annotated[datetime.date | int, BeforeValidator(_day_or_year)]


class Portrait(Attested):
    """The pathway of a person, or a structure: `data/portraits/ID.yaml`."""

    kind: Annotated[PortraitKind, Field(strict=False)]
    title: Title
    first_name: (
        Annotated[str, StringConstraints(pattern=r"^[A-ZÀ-Ý][a-zà-ÿ]+(-[A-ZÀ-Ý][a-zà-ÿ]+)?$")]
        | None
    ) = None
    year: int = Field(ge=1980, le=2100)
    consent: Consent | None = None
    directory: Id | None = None
    networks: list[Id] = []
    sectors: list[Id] = []
    summary: Sentence
    text: Markdown
    picture: Picture | None = None
    sources: list[Source] = Field(min_length=1)
    checked: date

    @model_validator(mode="after")
    def _agreed(self) -> Portrait:
        if self.kind == PortraitKind.PARCOURS and self.consent is None:
            raise ValueError(
                "Le portrait d'une personne demande son accord. Ajoutez « consent » : qui l'a donné "
                "(« by »), qui le garde (« kept_by »), et quand (« date »)."
            )
        if self.kind == PortraitKind.STRUCTURE and self.first_name:
            raise ValueError(
                "Le portrait d'une structure ne porte pas de prénom. Effacez « first_name », ou écrivez "
                "« kind: parcours »."
            )
        return self


class Topic(StrEnum):
    """The things that a key figure counts."""

    SALARIES = "salaries"
    STRUCTURES = "structures"
    EMBAUCHES = "embauches"


class KeyFigure(Figure):
    """A figure of the whole country."""

    topic: Annotated[Topic, Field(strict=False)]
    period: Title
    change: Annotated[int | float, BeforeValidator(_number)] | None = None


class Chart(Published):
    """How a total parts between kinds of structures, to be drawn."""

    id: Id
    title: Title
    total: Annotated[int | float, BeforeValidator(_number)]
    period: Title
    shares: dict[
        Annotated[StructureKind, Field(strict=False)],
        Annotated[int | float, BeforeValidator(_number)],
    ] = Field(min_length=2)
    note: ShortMarkdown

    @model_validator(mode="after")
    def _whole(self) -> Chart:
        # Each share is rounded to a unit, so the sum may miss 100 by half a unit for each.
        total = sum(self.shares.values())
        if abs(total - 100) > len(self.shares) / 2:
            raise ValueError(
                f"La somme des parts est {total}, et non 100. Corrigez « shares » : chaque part "
                "est un pourcentage du total."
            )
        return self


class Figures(Model):
    """`data/figures.yaml`."""

    title: Title
    summary: Sentence
    introduction: Markdown
    checked: date
    figures: list[KeyFigure] = Field(min_length=1)
    charts: list[Chart] = []


type Scalar = bool | int | float | str
_OneValue = Annotated[Scalar, BeforeValidator(_scalar)]


class Dated(Sourced):
    """A value and the days on which it holds: from `since` until the next one."""

    since: date
    until: date | None = None
    note: ShortMarkdown | None = None
    derived: ShortText | None = None


class DatedValue(Dated):
    """A value of a parameter: a number, a text, true or false, or one of these per case."""

    value: Annotated[
        Annotated[_OneValue, Tag("[one]")]
        | Annotated[dict[Id, _OneValue], Field(min_length=1), Tag("[cases]")],
        Discriminator(lambda value: "[cases]" if isinstance(value, dict) else "[one]"),
    ]
    #: Cases of the value before that have no value any more.
    ended: list[Id] = []


class DatedProof(Dated):
    """The document that proves a criterion, and how old it may be."""

    document: ShortText
    validity: ShortText | None = None


class Parameter(Model):
    """A dated value of the law or of practice."""

    title: Title
    unit: Annotated[str, Field(json_schema_extra={"enum": list(UNITS)})] | None = None
    values: list[DatedValue] = Field(min_length=1)


class Criterion(Model):
    """An eligibility criterion: its words, its dated level, its dated proof."""

    title: Title
    question: Title
    #: To the person who asks for herself; « question » where the words are the same.
    question_to_herself: Title | None = None
    group: Title
    term: Id
    incompatible: list[Id] = []
    values: list[DatedValue] = Field(min_length=1)
    proofs: list[DatedProof] = Field(min_length=1)


class RuleFile(Model):
    """One subject of law: `data/rules/ID.yaml`."""

    title: Title
    summary: Sentence
    terms: list[Id] = Field(min_length=1)
    checked: date
    by_hand: Markdown
    parameters: dict[Id, Parameter] = Field(min_length=1)
    criteria: dict[Id, Criterion] = {}


class Package(Model):
    """The published package that a text was extracted from."""

    package: Annotated[str, StringConstraints(pattern=r"^[@\w/.-]+ [\d.]+$")]


class Version(Model):
    """One version of a text of law; `until` is the first day on which it no longer holds.

    The package holds the words of the newest one alone: those of others stay from older extracts.
    Without `id`, Légifrance's address is not known: the version is read where the file says.
    """

    id: Annotated[str, StringConstraints(pattern=rf"^{LEGIFRANCE}$")] | None = None
    since: date
    until: date | None = None
    text: Annotated[str, StringConstraints(min_length=10)] | None = None


class Telling(Model):
    """A page that names a text and tells what it says, and its words."""

    page: Page
    text: Annotated[str, StringConstraints(min_length=10)]


class LegalText(Model):
    """The words of an article, or of an order: `data/articles/NUMBER.yaml`.

    Where no copy of the text can be read, `told_by` holds pages of different publishers that name it:
    the words are theirs, and a number of a rule must stand in two of them.
    """

    title: Title
    source: Annotated[
        Annotated[Package, Tag("[package]")]
        | Annotated[Page, Tag("[url]")]
        | Annotated[PaperDocument, Tag("[document]")],
        Discriminator(
            lambda source: next(
                (f"[{kind}]" for kind in ("package", "document") if kind in _keys(source)), "[url]"
            )
        ),
    ]
    told_by: Annotated[list[Telling], Field(min_length=2)] | None = None
    versions: list[Version] = Field(min_length=1)
    nota: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _told(cls, value: Any) -> Any:
        """Give the words of the pages to the one version, which is read on the first of them."""
        told = value.get("told_by") if isinstance(value, dict) else None
        versions = value.get("versions") if isinstance(value, dict) else None
        if not isinstance(versions, list) or len(versions) != 1 or not told:
            return value
        try:
            words = "\n".join(f"{one['page']['title']} :\n{one['text']}" for one in told)
            return {
                "source": told[0]["page"],
                **value,
                "versions": [{**versions[0], "text": words}],
            }
        except (KeyError, TypeError):
            return value

    @model_validator(mode="after")
    def _read(self) -> LegalText:
        if not any(version.text for version in self.versions):
            raise ValueError("Aucune version n'a son texte. Recopiez celui que vous avez lu.")
        if not isinstance(self.source, Page) and not all(version.id for version in self.versions):
            raise ValueError(
                "Une version n'a pas d'identifiant : personne ne saurait où la lire. Ajoutez « id », ou "
                "donnez dans « source » l'adresse de la page où vous l'avez lue."
            )
        return self


class Door(Model):
    """One choice of the first question of a journey: the calculator that it opens.

    `answers` are fields of that calculator and their codes: a step that they fill is not asked.
    """

    id: Id
    label: Title
    help: ShortText | None = None
    calculator: Id
    answers: dict[Id, Id] = {}


class Journey(Model):
    """A first question and its doors, in order. The steps are those of the calculators."""

    title: Title
    summary: Sentence
    question: Title
    doors: list[Door] = Field(min_length=1)


class Journeys(Model):
    """`data/journeys.yaml`."""

    journeys: dict[Id, Journey] = Field(min_length=1)


class ToldChange(Model):
    """A change of the rules as a person tells it; the value of that day has its basis and source."""

    day: date
    rule: Id
    who: Title
    sentence: ShortMarkdown


class Told(Model):
    """`data/journal.yaml`."""

    changes: list[ToldChange] = Field(min_length=1)


class OutdatedName(Sourced):
    """Former names of a thing, and the one to write today."""

    names: list[Title] = Field(min_length=1)
    now: Title
    beside: list[Title] = Field(min_length=1)
    since: Annotated[datetime.date | int, BeforeValidator(_day_or_year)] | None = None
    term: Id | None = None


class Outdated(Model):
    """`data/outdated.yaml`."""

    names: list[OutdatedName]


class OpenedByHand(Model):
    """An address that a robot cannot follow, and that a person has opened."""

    url: str = Field(pattern=r"^https://")
    why: ShortText
    checked: date


#: A page of the site, by its path in the tree; a category of terms has no file of its own.
PagePath = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9_-]+(/[a-z0-9_-]+)*(\.md(#[a-z0-9-]+)?)?$")
]


class Place(Model):
    """A site, or a page of this one, where a person goes after an answer, and what she does there.

    `near` is its address for one commune, whose name stands for `COMMUNE`; `by_kind` says whether a
    kind of structure may be asked for there too.
    """

    id: Id
    label: Title
    url: str | None = Field(None, pattern=r"^https://")
    near: str | None = Field(None, pattern=r"^https://[^?]+[?].*=COMMUNE(&|$)")
    by_kind: bool = False
    page: PagePath | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if (self.url is None) == (self.page is None):
            raise ValueError(
                "Donnez « url », l'adresse d'un site, ou « page », une page de ce site."
            )
        return self


class NextStep(Model):
    """One thing to do after an answer; `proofs` asks for the list of what to bring."""

    text: ShortText
    proofs: bool = False
    places: list[Id] = []
    calculators: list[Id] = []


class NextSteps(Model):
    """What to do after some verdicts of a calculator; `roles` are answers to its « auteur ».

    `early` ones are for what is refused only because it is too early. Without a step, `reason`
    says why nothing is left to do.
    """

    calculator: Id
    roles: list[Id] = []
    verdicts: list[Id] = Field(min_length=1)
    early: bool = False
    steps: list[NextStep] = Field([], max_length=3)
    reason: Sentence | None = None

    @model_validator(mode="after")
    def _steps_or_reason(self) -> Self:
        if bool(self.steps) == bool(self.reason):
            raise ValueError("Donnez « steps », ce qu'il faut faire, ou « reason », pourquoi rien.")
        return self


class WayOn(Model):
    """Where pages lead when they are read; `page` may be a category of terms: « glossaire/public »."""

    pages: list[PagePath] = Field(min_length=1)
    to: list[PagePath] = Field(min_length=1, max_length=3)


class Links(Model):
    """`data/links.yaml`."""

    opened: list[OpenedByHand] = []
    places: list[Place] = []
    next_steps: list[NextSteps] = []
    ways_on: list[WayOn] = []

    def after(self, calculator: str) -> list[NextSteps]:
        """Return what to do after the answers of a calculator."""
        return [one for one in self.next_steps if one.calculator == calculator and one.steps]

    def place(self, name: str) -> Place:
        """Return the place of that name."""
        return next(place for place in self.places if place.id == name)


_Address = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*/$")]


class Redirect(Model):
    """An address that a page had, and the one that answers now; both from the home page."""

    old: _Address
    new: _Address


class Redirects(Model):
    """`data/redirects.yaml`."""

    redirects: list[Redirect] = []


class PlatformCode(Model):
    """The public source code that platform practice is read from."""

    repository: str = Field(pattern=r"^https://")
    commit: str = Field(pattern=r"^[0-9a-f]{12,40}$")
    date: datetime.date


_NOT_A_CONTACT = (
    "« contact » doit être une adresse électronique (contact@exemple.fr) "
    "ou une adresse de page en https."
)


class Organisation(Model):
    """Who answers for the site, or hosts it."""

    name: Title | None = None
    address: ShortText | None = None
    phone: Annotated[str, StringConstraints(pattern=_PHONE)] | None = None


class Site(Model):
    """`data/site.yaml`: the name of the site, its publisher, its host, its forge."""

    name: Title
    tagline: Sentence
    repository: str | None = Field(None, pattern=r"^https://")
    forge: Literal["github", "gitlab", "forgejo"] | None = None
    branch: Annotated[str, StringConstraints(pattern=r"^[\w./-]+$")] = "main"
    publisher: Organisation = Organisation(name=None, address=None, phone=None)
    publication_director: Title | None = None
    host: Organisation = Organisation(name=None, address=None, phone=None)
    contact: str | None = None
    hors_connexion: bool = True
    directory_source: ShortText | None = None
    platform: PlatformCode

    @field_validator("repository")
    @classmethod
    def _acceptable(cls, repository: str | None) -> str | None:
        if repository and (problem := markdown.address_problem(repository)):
            raise ValueError(problem)
        return repository.rstrip("/") if repository else None

    @field_validator("contact")
    @classmethod
    def _reachable(cls, contact: str | None) -> str | None:
        if contact and contact.startswith("https://"):
            if problem := markdown.address_problem(contact):
                raise ValueError(problem)
        elif contact is not None and not _MAIL.fullmatch(contact):
            raise ValueError(_NOT_A_CONTACT)
        return contact


#: The fields of the legal notice that the law requires: path in `data/site.yaml`, words.
LEGAL_NOTICE = {
    ("publisher", "name"): "le nom de l'éditeur",
    ("publisher", "address"): "l'adresse de l'éditeur",
    ("publisher", "phone"): "le téléphone de l'éditeur",
    ("publication_director",): "le nom de la personne qui dirige la publication",
    ("host", "name"): "le nom de l'hébergeur",
    ("host", "address"): "l'adresse de l'hébergeur",
    ("host", "phone"): "le téléphone de l'hébergeur",
    ("contact",): "l'adresse de contact",
}


def missing(site: Site) -> list[tuple[tuple[str, ...], str]]:
    """Return the missing fields of the legal notice: path in `data/site.yaml`, words."""
    return [
        (where, words)
        for where, words in LEGAL_NOTICE.items()
        if attrgetter(".".join(where))(site) is None
    ]


def one_sentence(text: str) -> bool:
    """Tell whether `text` is one sentence that ends with a period."""
    inner = re.sub(r"(art|etc|n°|p|M|Mme)\.", "", text.strip())
    return inner.endswith((".", "?")) and not re.search(r"[.!?]\s+[A-ZÀ-Ý«]", inner)
