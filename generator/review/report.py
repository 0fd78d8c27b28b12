"""What a change does, for who rereads it: French Markdown that opens with the essential.

Verdicts that turn over come first, then dated values, then each other answer, entry and page, in one
line and with its changed sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from calculators.dates import french_date
from calculators.typography import french
from calculators.unsure import verdicts
from generator.content import in_force, labels, models
from generator.content.load import Content
from generator.content.value_names import BASIS_NAMES, case_name, value_text
from generator.content.worked_cases import Case
from generator.content.written_pages import address
from generator.review import sentences
from generator.review.changes import ComparedEntry, Version
from generator.yaml_files.document import Mistake

#: How many answers have their sentences before and after, and how many others are told at all.
SHOWN = 20
#: How many changed sentences are quoted for one entry, and how long a quote is.
QUOTED, LONGEST = 12, 400
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SOURCE: TypeAdapter[models.Source] = TypeAdapter(models.Source)
#: The parts of an answer, as its page names them.
_PARTS = {
    "bars": "les jauges",
    "dates": "les dates",
    "deduced": "les critères déduits des dates",
    "not_checked": "ce qui n'est pas vérifié",
    "options": "les possibilités",
    "periods": "les périodes",
    "proofs": "les justificatifs",
    "reasons": "les raisons",
    "values": "les valeurs",
}
_NO_VERDICT = {
    "invalid": "situation refusée",
    "unknown": "pas de réponse connue",
    "error": "erreur du programme",
}


@dataclass(frozen=True)
class Reader:
    """What turns codes into French words and addresses: the content as it is now.

    `preview` is the address of the site with the change, with its final slash or sign; empty if
    there is none.
    """

    content: Content
    calculators: Mapping[str, ModuleType]
    preview: str = ""

    def page(self, title: str, page: str | None) -> str:
        """Return a title, as a link to the page of the preview when there is one."""
        shown = f"**{escaped(title)}**"
        if not self.preview or page is None:
            return shown
        return f"[{shown}]({self.preview}{page})"

    def source(self, raw: object) -> str:
        """Return the title of a source as a link to where it is read: Légifrance for a text of law."""
        try:
            found = self.content.address(_SOURCE.validate_python(raw))
        except (
            ValidationError,
            KeyError,
        ):  # of another version, or of a text that is no longer here
            given = raw if isinstance(raw, dict) else {}
            return escaped(
                next((one for key, one in given.items() if key != "title"), "sans source")
            )
        return f"[{escaped(found.title)}]({found.url})" if found.url else escaped(found.title)

    def case(self, code: str) -> str:
        """Name a case of a value, or an entry that another names."""
        return case_name(code, self.content, self.calculators)

    def verdict(self, calculator: str, response: Mapping[str, Any]) -> str:
        """Name the verdict of an answer as its page does."""
        if response["type"] != "result":
            return _NO_VERDICT[response["type"]]
        code = response["result"]["verdict"]
        known = verdicts(self.calculators[calculator])
        return known[code].label if code in known else code


def write(
    before: Version,
    after: Version,
    answers: tuple[Sequence[Case], list[dict[str, Any]] | None, list[dict[str, Any]] | None],
    law: str,
    reader: Reader,
) -> str:
    """Return the whole report.

    `answers` are the worked cases, and the answers to them before and after; None when a version
    gives none. `law` is what the texts of law say that they did not.
    """
    cases, old, new = answers
    parts: list[str] = []
    others: list[str] = []
    if old is None or new is None:
        parts.append(
            "### Réponses\n\nLa version d'avant ne passe pas le contrôle d'aujourd'hui : les réponses "
            "n'ont pas été comparées."
        )
    else:
        moved = [
            (case, one, other)
            for case, one, other in zip(cases, old, new, strict=True)
            if _without_version(one) != _without_version(other)
        ]
        parts.append(_verdicts(moved, len(cases), reader))
        others = list(_other_answers(moved, reader))
    parts += _values(before, after, new, reader)
    parts += filter(None, [law.strip(), *others])
    rest = [*_entries(before, after, reader), *_pages(before, after, reader)]
    parts += rest or ([] if len(parts) > 1 else ["Le contenu du site ne change pas."])
    return french("\n\n".join(parts)) + "\n"


def mistakes(found: Iterable[Mistake], files: str) -> str:
    """Return the mistakes that stop the change, each with its line; `files` is where files are read."""
    listed = list(found)
    many = "s" if len(listed) > 1 else ""
    lines = [
        f"### {len(listed)} faute{many} à corriger",
        "",
        "Tant qu'il en reste, il n'y a ni aperçu ni comparaison.",
        "",
    ]
    for one in listed[: SHOWN * 2]:
        place = f"{one.path.as_posix()}, ligne {one.line}"
        linked = f"[{place}]({files}{one.path.as_posix()}#L{one.line})" if files else place
        lines.append(f"- {linked} : {escaped(one.message)}")
    if len(listed) > SHOWN * 2:
        lines.append(f"- Et {len(listed) - SHOWN * 2} autres.")
    return french("\n".join(lines)) + "\n"


# Answers

type _Moved = tuple[Case, dict[str, Any], dict[str, Any]]


def _verdicts(moved: Sequence[_Moved], count: int, reader: Reader) -> str:
    """Tell every verdict that turns over; none is left out."""
    if not moved:
        return f"Aucun des {count} cas travaillés ne change de réponse."
    turned = [one for one in moved if _verdict(one[1]) != _verdict(one[2])]
    if not turned:
        return f"Aucun verdict ne se retourne, sur {count} cas travaillés."
    title = "1 verdict se retourne" if len(turned) == 1 else f"{len(turned)} verdicts se retournent"
    lines = [f"### {title}, sur {count} cas travaillés", ""]
    for position, (case, old, new) in enumerate(turned):
        was, now = (reader.verdict(case.calculator, one) for one in (old, new))
        lines.append(f"- {_case(case, reader)} : « {escaped(was)} » devient « {escaped(now)} ».")
        if position < SHOWN:
            lines += [
                f"    - Avant : {escaped(_sentence(old))}",
                f"    - Après : {escaped(_sentence(new))}",
            ]
    return "\n".join(lines)


def _other_answers(moved: Sequence[_Moved], reader: Reader) -> Iterator[str]:
    others = [one for one in moved if _verdict(one[1]) == _verdict(one[2])]
    if not others:
        return
    if len(others) == 1:
        title = "1 réponse change sans changer de verdict"
    else:
        title = f"{len(others)} réponses changent sans changer de verdict"
    lines = [f"### {title}", ""]
    lines += [
        f"- {_case(case, reader)} : {_moved(case, old, new, reader)}."
        for case, old, new in others[:SHOWN]
    ]
    if len(others) > SHOWN:
        lines.append(f"- Et {len(others) - SHOWN} autres, dont le verdict reste le même.")
    yield "\n".join(lines)


def _verdict(response: Mapping[str, Any]) -> tuple[str, str]:
    return response["type"], response.get("result", {}).get("verdict", "")


def _case(case: Case, reader: Reader) -> str:
    title = reader.calculators[case.calculator].TITLE
    return reader.page(f"{title} : {case.name}", f"simulateurs/{case.calculator}/")


def _sentence(response: Mapping[str, Any]) -> str:
    match response["type"]:
        case "result":
            return str(response["result"]["summary"])
        case "invalid":
            return " ".join(response["errors"].values())
    return str(response["message"])


def _moved(case: Case, old: dict[str, Any], new: dict[str, Any], reader: Reader) -> str:
    """Say in one line what differs: the sentence, else the values, else the parts of the answer."""
    if _sentence(old) != _sentence(new) or old["type"] != "result":
        return f"« {escaped(_sentence(old))} » devient « {escaped(_sentence(new))} »"
    was, now = old["result"], new["result"]
    names = reader.calculators[case.calculator].VALUES
    told = [
        f"{names.get(key, key)} (« {escaped(_words(was['values'].get(key)))} » devient "
        f"« {escaped(_words(one))} »)"
        for key, one in now["values"].items()
        if one != was["values"].get(key)
    ]
    parts = [
        _PARTS.get(key, key)
        for key in sorted(was.keys() | now.keys())
        if key not in {"rules", "values"} and was.get(key) != now.get(key)
    ]
    return ", ".join([*told, *parts])


def _without_version(response: dict[str, Any]) -> dict[str, Any]:
    """Leave out the version of the rules, which every change of theirs changes."""
    result = response.get("result")
    if not result:
        return response
    return {key: one for key, one in result.items() if key != "rules"}


def _words(value: Any) -> str:
    """Write a value of an answer in French."""
    if value is None:
        return "rien"
    if isinstance(value, str):
        return french_date(date.fromisoformat(value)) if _DAY.fullmatch(value) else value
    if isinstance(value, dict):
        return ", ".join(f"{key} : {_words(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_words, value)) or "rien"
    return value_text(value)


# Dated values


@dataclass(frozen=True)
class _Dated:
    """A dated value of a version, with its days: what `in_force` looks at."""

    since: date
    until: date | None
    keys: dict[str, Any]


def _values(
    before: Version, after: Version, answers: list[dict[str, Any]] | None, reader: Reader
) -> Iterator[str]:
    rows: list[str] = []
    untried: list[str] = []
    rewritten = False
    tried = set(_tried(answers or []))
    for key in sorted({*before.values, *after.values}):
        was, now = before.values.get(key), after.values.get(key)
        if was and now and was[2] == now[2]:
            continue
        known = now or was
        assert known
        rule, name, since = key
        published = _history(before, rule, name)
        held = in_force.on(published, since)
        # A value added after the last one is news. Anything else rewrites the past.
        past = was is not None or any(since < one.since for one in published)
        rewritten |= past
        title = f"{known[0]} : {known[1]}"
        parameter = name.partition(".")[0]
        unit = _unit(rule, parameter, reader)
        row = _sides(held.keys if held else None, now[2] if now else None, unit, reader)
        cells = [
            reader.page(title, f"regles/{rule}/#{parameter}"),
            f"{french_date(since)}{' ⚠' if past else ''}",
            *row,
        ]
        rows.append("| " + " | ".join(cells) + " |")
        if now and answers is not None:
            untried += _untried(rule, name, since, now[2], tried, title, reader)
    if not rows:
        return
    head = [
        "### Valeurs datées",
        "",
        "| Valeur | À partir du | Avant | Après |",
        "|---|---|---|---|",
    ]
    parts = ["\n".join([*head, *rows])]
    if rewritten:
        parts.append(
            "⚠ : une valeur déjà publiée change ou disparaît. Elle répond aux questions sur le passé : "
            "ne la changez que si elle était fausse."
        )
    if untried:
        parts.append("\n".join(["Aucun cas travaillé n'essaie ces valeurs :", "", *untried]))
    yield "\n\n".join(parts)


def _history(version: Version, rule: str, name: str) -> list[_Dated]:
    """Return the values of a parameter in a version, the oldest first."""
    found = [
        _Dated(key[2], keys.get("until"), keys)
        for key, (_, _, keys) in version.values.items()
        if key[:2] == (rule, name)
    ]
    return sorted(found, key=lambda one: one.since)


def _unit(rule: str, name: str, reader: Reader) -> str | None:
    found = reader.content.rules.get(rule)
    parameter = found.parameters.get(name) if found else None
    return parameter.unit if parameter else None


def _sides(
    was: dict[str, Any] | None, now: dict[str, Any] | None, unit: str | None, reader: Reader
) -> tuple[str, str]:
    """Return the value that was in force and the new one; of the cases, those alone that differ."""
    old, new = (_one(side) if side else None for side in (was, now))
    if isinstance(old, dict) and isinstance(new, dict):
        same = {case for case in old if case in new and old[case] == new[case]}
        if same != old.keys() | new.keys():
            old, new = (
                {case: one for case, one in each.items() if case not in same} for each in (old, new)
            )
    return (
        _cell(old, was, unit, reader) if was else "aucune valeur connue",
        _cell(new, now, unit, reader) if now else "effacée",
    )


def _one(dated: dict[str, Any]) -> Any:
    return dated.get("value", dated.get("document"))


def _cell(value: Any, dated: dict[str, Any], unit: str | None, reader: Reader) -> str:
    if isinstance(value, dict):
        told = [f"{reader.case(str(case))} : {_scalar(one, unit)}" for case, one in value.items()]
        shown = ", ".join(told) or "rien de plus"
    else:
        shown = _scalar(value, unit)
    until = dated.get("until")
    end = f", jusqu'au {french_date(until)}" if isinstance(until, date) else ""
    basis = BASIS_NAMES.get(str(dated.get("basis")), "")
    validity = f", {dated['validity']}" if dated.get("validity") else ""
    return f"{escaped(shown + validity + end)} ({basis} : {reader.source(dated.get('source'))})"


def _scalar(value: Any, unit: str | None) -> str:
    return value_text(value, unit) if isinstance(value, bool | int | float) else str(value)


def _tried(answers: object) -> Iterator[tuple[str, str]]:
    """Yield the id and the first day of each value that an answer cites."""
    if isinstance(answers, list):
        for one in answers:
            yield from _tried(one)
    elif isinstance(answers, dict):
        if answers.get("rule") and answers.get("since"):
            yield str(answers["rule"]), str(answers["since"])
        for one in answers.values():
            yield from _tried(one)


def _untried(
    rule: str,
    name: str,
    since: date,
    dated: dict[str, Any],
    tried: set[tuple[str, str]],
    title: str,
    reader: Reader,
) -> Iterator[str]:
    whole = (f"{rule}.{name}", str(since))
    cases = [*map(str, dated["value"])] if isinstance(dated.get("value"), dict) else []
    left = [case for case in cases if (f"{whole[0]}.{case}", whole[1]) not in tried]
    if whole in tried or (cases and not left):
        return
    some = f" pour : {', '.join(map(reader.case, left))}" if left and left != cases else ""
    line = f"- {escaped(title)}, à partir du {french_date(since)}{escaped(some)}."
    here = rule in reader.calculators
    yield line + (f" Ajoutez-en un dans `data/cases/{rule}.yaml`." if here else "")


# Entries and pages


def _entries(before: Version, after: Version, reader: Reader) -> Iterator[str]:
    lines: list[str] = []
    moved = {one.old: one.new for one in reader.content.redirects.redirects}
    for name in sorted({*before.entries, *after.entries}):
        old, new = before.entries.get(name), after.entries.get(name)
        if old is None and new:
            lines.append(f"- {new.kind} : {reader.page(new.title, new.page)}, ajouté.")
        elif new is None and old:
            leads = moved.get(old.page or "")
            where = f"Son adresse mène à {leads}" if leads else "Son adresse ne mènera plus à rien."
            lines.append(f"- {old.kind} : **{escaped(old.title)}**, retiré. {where}")
        elif old and new and old.keys != new.keys:
            changed, quoted = _changed(old, new, reader)
            lines.append(f"- {new.kind} : {reader.page(new.title, new.page)}, modifié : {changed}.")
            lines += quoted
    if lines:
        yield "\n".join(["### Fiches", "", *lines])


def _changed(old: ComparedEntry, new: ComparedEntry, reader: Reader) -> tuple[str, list[str]]:
    """Return the keys that change, short values beside them, and the sentences of the others."""
    changed: list[str] = []
    pairs: list[tuple[str | None, str | None]] = []
    for key in dict.fromkeys([*old.keys, *new.keys]):
        was, now = old.keys.get(key), new.keys.get(key)
        if was == now:
            continue
        try:
            title = labels.key(new.model, key).title
        except KeyError:
            title = key
        title = title[:1].lower() + title[1:]
        told = [list(_flat(one, key, reader)) for one in (was, now)]
        if all(len(one) == 1 and len(one[0]) <= 80 for one in told):
            changed.append(f"{title} (« {escaped(told[0][0])} » devient « {escaped(told[1][0])} »)")
        else:
            changed.append(title)
            pairs += sentences.changed(*told)
    return ", ".join(changed), _quoted(pairs)


def _flat(value: Any, key: str, reader: Reader) -> Iterator[str]:
    """Yield the sentences, the words and the sources that a value holds, in French and in order."""
    if isinstance(value, dict):
        if {*models.SOURCE_KINDS} & value.keys():
            try:
                found = reader.content.address(_SOURCE.validate_python(value))
            except (ValidationError, KeyError):
                yield " ".join(str(one) for one in value.values())
            else:
                yield found.title + (f" « {found.quote} »" if found.quote else "")
            return
        for name, one in value.items():
            yield from _flat(one, name, reader)
    elif isinstance(value, list):
        for one in value:
            yield from _flat(one, key, reader)
    elif isinstance(value, bool | int | float):
        yield value_text(value)
    elif isinstance(value, date):
        yield french_date(value)
    elif key == "basis":
        yield BASIS_NAMES.get(str(value), str(value))
    elif key in {"related", "term", "terms"}:
        yield reader.case(str(value))
    elif value is not None:
        yield from sentences.split(str(value))


def _pages(before: Version, after: Version, reader: Reader) -> Iterator[str]:
    lines = []
    for name in sorted({*before.pages, *after.pages}):
        was, now = before.pages.get(name), after.pages.get(name)
        if was == now:
            continue
        page = address(name.removeprefix("docs/"))
        done = "ajoutée" if was is None else "retirée" if now is None else "modifiée"
        lines.append(f"- {reader.page(name, None if now is None else page)}, {done}.")
        if was is not None and now is not None:
            lines += _quoted(list(sentences.changed(sentences.split(was), sentences.split(now))))
    if lines:
        yield "\n".join(["### Pages écrites à la main", "", *lines])


def _quoted(pairs: Sequence[tuple[str | None, str | None]]) -> list[str]:
    """Return a line for each pair of sentences, before and after."""
    lines = []
    for old, new in pairs[:QUOTED]:
        # What differs in an address alone is shown with it.
        as_read = [sentences.plain(one) if one else one for one in (old, new)]
        was, now = as_read if as_read[0] != as_read[1] else (old, new)
        if was is None:
            lines.append(f"    - Ajouté : « {_cut(now)} »")
        elif now is None:
            lines.append(f"    - Retiré : « {_cut(was)} »")
        else:
            lines.append(f"    - « {_cut(was)} » devient « {_cut(now)} »")
    if len(pairs) > QUOTED:
        left = len(pairs) - QUOTED
        lines.append(
            f"    - Et {left} autre{'s' if left > 1 else ''} phrase{'s' if left > 1 else ''}."
        )
    return lines


def _cut(text: str | None) -> str:
    whole = text or ""
    return escaped(whole if len(whole) <= LONGEST else f"{whole[:LONGEST]}…")


def escaped(value: object) -> str:
    """Write a value inside a line or a cell of Markdown, where it may not draw anything."""
    text = " ".join(str(value).split())
    for sign in "\\|*_`[]<>":
        text = text.replace(sign, f"\\{sign}")
    return text
