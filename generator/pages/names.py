"""French names of the codes and values of `data/`, as the pages, the journal and the workshop show them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from calculators.dates import french_date
from generator.content import in_force, models
from generator.content.load import Content
from generator.content.value_names import value_text

BASIS_SENTENCES = {
    "loi": "Cette page repose sur des textes officiels.",
    "pratique": "Cette page repose sur ce que fait la plateforme de l'État, pas sur un texte de loi.",
    "lecture": "Cette page tire des textes une conséquence qu'ils n'écrivent pas : c'est notre lecture.",
    "a_verifier": "Cette page repose sur des sources qui restent à vérifier.",
    "publie": "Cette page repose sur ce que publie l'organisme nommé, dont voici les mots.",
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
PRESCRIBER_GROUPS = {
    models.PrescriberGroup.EMPLOI: "L'emploi et la formation",
    models.PrescriberGroup.JEUNES: "Les jeunes",
    models.PrescriberGroup.SOCIAL: "L'action sociale et la famille",
    models.PrescriberGroup.HEBERGEMENT: "L'hébergement, le logement, l'asile",
    models.PrescriberGroup.SANTE: "La santé",
    models.PrescriberGroup.JUSTICE: "La justice",
    models.PrescriberGroup.AUTRE: "Les autres organisations",
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


@dataclass(frozen=True, slots=True)
class Told:
    """How a value is told, from its first day to its last; `until` is None while it lasts."""

    words: str
    since: date
    until: date | None


def until(last: date, words: str) -> str:
    """Return words that count until a day, the last one, as HTML: a script takes them away after it."""
    return f'<span data-until="{last}">{words}</span>' if words else ""


def starting(first: date, words: str) -> str:
    """Return words that count from a day on, as HTML: they are hidden until a script shows them."""
    return f'<span data-from="{first}" hidden>{words}</span>' if words else ""


def coming(first: date, now: str, later: str, start: str = "", end: str = "") -> str:
    """Write what holds, then what will from the day `first` on; from that day on, the latter alone.

    `start` and `end` are what stands around the latter before that day. Both sides are told without
    a script; `scripts/site/reader_day.js` chooses by the reader's own day.
    """
    eve = first - timedelta(days=1)
    return (
        f"{until(eve, now + start)}{later}{until(eve, f' à partir du {french_date(first)}{end}')}"
    )


def value_in_force(content: Content, target: str) -> str:
    """Write the value of `file.parameter` or `file.parameter.case` on the day of the content, as HTML.

    What changes later is told too: « 2 critères (3 à partir du 1er janvier 2027) ». So is an end:
    « 3 critères (jusqu'au 22 décembre 2026) », and afterwards « …, puis plus rien de connu ».
    """
    told = _told(content, target)
    now = next((one for one in told if in_force.on([one], content.today)), None)
    later = in_force.coming(told, content.today)
    if now is None:
        if later:
            return coming(later.since, "", later.words)
        last = told[-1]
        assert last.until
        return f"{last.words} jusqu'au {french_date(last.until)}, puis plus rien de connu"
    if later is None:
        if now.until is None:
            return now.words
        after = starting(now.until + timedelta(days=1), ", puis plus rien de connu")
        told_end = f"jusqu'au {french_date(now.until)}"
        return f"{now.words} {until(now.until, '(')}{told_end}{until(now.until, ')')}{after}"
    if now.until is None or later.since == now.until + timedelta(days=1):
        return coming(later.since, now.words, later.words, " (", ")")
    gap = until(now.until, f"{now.words} (jusqu'au {french_date(now.until)} ; ")
    return f"{gap}{coming(later.since, '', later.words)}{until(now.until, ')')}"


def period(dated: models.Dated, today: date, *, capital: bool = True) -> str:
    """Write from when to when a value holds, as HTML: « Depuis le … », « Du … au … »."""

    def start(words: str) -> str:
        return words if capital else words.lower()

    since = french_date(dated.since)
    last = dated.until
    if last and last < today:
        return f"{start('Du')} {since} au {french_date(last)}"
    end = f", jusqu'au {french_date(last)}" if last else ""
    if dated.since > today:
        eve = dated.since - timedelta(days=1)
        later = starting(dated.since, start("Depuis le"))
        return f"{until(eve, start('À partir du'))}{later} {since}{end}"
    if last is None:
        return f"{start('Depuis le')} {since}"
    begins, ends = (
        until(last, now) + starting(last + timedelta(days=1), then)
        for now, then in ((start("Depuis le"), start("Du")), (", jusqu'au", " au"))
    )
    return f"{begins} {since}{ends} {french_date(last)}"


def _told(content: Content, target: str) -> list[Told]:
    """Return the values of a parameter, or of one of its cases, in order; those alike are one."""
    subject, name, *case = target.split(".")
    parameter = content.rules[subject].parameters[name]
    found: list[Told] = []
    for place, dated in enumerate(parameter.values):
        value = dated.value
        if isinstance(value, dict):
            if case[0] not in value:
                continue
            value = value[case[0]]
        following = parameter.values[place + 1 : place + 2]
        until = dated.until or next((one.since - timedelta(days=1) for one in following), None)
        one = Told(value_text(value, parameter.unit), dated.since, until)
        before = found[-1] if found else None
        if before and before.words == one.words and before.until == one.since - timedelta(days=1):
            one = replace(one, since=before.since)
            found.pop()
        found.append(one)
    return found
