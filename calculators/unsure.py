"""« Je ne sais pas »: ask the calculator for each answer that could be given, and say what they share.

A field may hold `UNSURE` instead of an answer. Nothing here knows the law: each possible situation
goes through the calculator, and what all their answers have in common stands. Whatever the missing
answer is, the response covers it. A day or a number has too many possibilities: one that is optional
is left out, and one that is not is asked for.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from types import ModuleType
from typing import Any

from calculators.inputs import Question, questions
from calculators.result import Verdict
from calculators.typography import french

UNSURE = "inconnu"
#: The kinds of questions whose answers can all be tried.
FINITE = ("boolean", "choice")
#: The verdict of an answer that the missing one would change; every calculator may give it.
VERDICT = "selon_reponse"
DEPENDS = Verdict("Cela dépend d'une réponse", "attention")
#: More situations than this are too many to tell: the reader has to answer something first.
MOST = 64

type Response = dict[str, Any]


def verdicts(calculator: ModuleType) -> dict[str, Verdict]:
    """Return every verdict that a calculator may give, by code, that of a missing answer included."""
    return {**calculator.VERDICTS, VERDICT: DEPENDS}


def unsure_of(situation: type, raw: dict[str, Any]) -> list[Question]:
    """Return the questions of `situation` whose answer in `raw` is « je ne sais pas »."""
    return [question for question in questions(situation) if raw.get(question.name) == UNSURE]


def answer(
    situation: type, raw: dict[str, Any], one: Callable[[dict[str, Any]], Response]
) -> Response:
    """Answer a situation of which some answers are not known; `one` answers a whole situation.

    Returns a response of the contract. `values["selon"]` lists what each possibility gives when they
    differ, and `values["decisif"]` the fields whose answer decides.
    """
    missing = unsure_of(situation, raw)
    asked = [question for question in missing if question.kind in FINITE]
    left_out = [question for question in missing if question not in asked]
    if needed := [question for question in left_out if not question.optional]:
        return _invalid(needed, NEEDED)
    raw = {**raw, **dict.fromkeys(question.name for question in left_out)}
    options = [_options(question) for question in asked]
    possible = [
        dict(zip((question.name for question in asked), codes, strict=True))
        for codes in itertools.product(*options)
    ]
    if len(possible) > MOST:
        return _invalid(asked, TOO_MANY)
    told = [(codes, one({**raw, **codes})) for codes in possible]
    # Answers that exclude each other describe nobody: they are no possibility.
    told = [(codes, response) for codes, response in told if response["type"] != "invalid"] or told[
        :1
    ]
    first = told[0][1]
    if first["type"] in {"invalid", "error"}:
        return first
    ways = {_way(response) for _, response in told}
    if len(ways) == 1 and first["type"] != "result":
        return first
    results = [response["result"] for _, response in told if response["type"] == "result"]
    decisive = [question for question in asked if _decides(question, told)]
    shared = _shared(results)
    if len(ways) == 1:
        same = len({result["summary"] for result in results}) == 1
        return {
            "type": "result",
            "result": shared
            | {
                "verdict": results[0]["verdict"],
                "summary": results[0]["summary"] if same else french(IN_ALL_CASES),
                "not_checked": [
                    *shared["not_checked"],
                    *_noted(asked, NO_MATTER),
                    *_noted(left_out, LEFT_OUT),
                ],
            },
        }
    values = shared["values"] | {
        "selon": [
            {
                "reponses": codes,
                "verdict": _way(response),
                "summary": _said(response),
            }
            for codes, response in told
        ],
        "decisif": [question.name for question in decisive],
    }
    return {
        "type": "result",
        "result": shared
        | {
            "verdict": VERDICT,
            "summary": french(_summary(decisive or asked, told)),
            "values": values,
            "not_checked": [
                *shared["not_checked"],
                *_noted([q for q in asked if q not in decisive], NO_MATTER),
                *_noted(left_out, LEFT_OUT),
            ],
        },
    }


def _invalid(asked: list[Question], sentence: str) -> Response:
    return {
        "type": "invalid",
        "errors": {
            question.name: french(sentence.format(label=question.label)) for question in asked
        },
    }


def _options(question: Question) -> list[Any]:
    if question.kind == "boolean":
        return [True, False]
    return [member.value for member in question.of]


def _way(response: Response) -> str:
    """Return the verdict of a response, or `unknown` when no rule is known for that possibility."""
    return str(response["result"]["verdict"] if response["type"] == "result" else response["type"])


def _said(response: Response) -> str:
    return str(
        response["result"]["summary"] if response["type"] == "result" else response["message"]
    )


def _decides(question: Question, told: list[tuple[dict[str, Any], Response]]) -> bool:
    """Whether another answer to this question alone changes the verdict somewhere."""
    ways: dict[tuple[Any, ...], set[str]] = {}
    for codes, response in told:
        others = tuple(code for name, code in codes.items() if name != question.name)
        ways.setdefault(others, set()).add(_way(response))
    return any(len(found) > 1 for found in ways.values())


def _shared(results: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what every result says; a value on which they differ is None."""
    first, *others = results
    shared = dict(first)
    for name in ("reasons", "proofs", "not_checked", "dates", "periods", "bars"):
        shared[name] = [one for one in first[name] if all(one in other[name] for other in others)]
    shared["options"] = [_shared_option(option["id"], results) for option in first["options"]]
    for name in ("values", "deduced"):
        shared[name] = {
            key: value
            for key, value in first[name].items()
            if all(other[name].get(key, _ABSENT) == value for other in others)
        }
    shared["values"] = dict.fromkeys(first["values"]) | shared["values"]
    return shared


def _shared_option(name: str, results: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an option as every result has it; where they differ, what they share, and a doubt."""
    found: list[Response] = [
        option for result in results for option in result["options"] if option["id"] == name
    ]
    first, *others = found
    if len(found) == len(results) and all(option == first for option in others):
        return first
    same = {key: value for key, value in first.items() if all(o[key] == value for o in others)}
    situation = first["situation"].items()
    return first | {
        "status": "sous_conditions",
        "text": french(AN_OPTION_DEPENDS),
        "from": same.get("from"),
        "until": same.get("until"),
        "who": same.get("who"),
        "papers": same.get("papers", []),
        "situation": {
            k: v for k, v in situation if all(o["situation"].get(k) == v for o in others)
        },
    }


_ABSENT = object()


def _summary(decisive: list[Question], told: list[tuple[dict[str, Any], Response]]) -> str:
    """Say on which questions the answer depends, and what each answer to a lone one gives."""
    if len(decisive) > 1:
        listed = ", ".join(f"« {question.label} »" for question in decisive)
        return f"Cela dépend de plusieurs réponses : {listed}. Cherchez d'abord la première."
    (question,) = decisive
    given: dict[str, dict[str, None]] = {}
    for codes, response in told:
        label = _label(question, codes[question.name])
        given.setdefault(_said(response), {})[label] = None
    cases = " ".join(
        f"Si c'est « {' » ou « '.join(labels)} » : {said}" for said, labels in given.items()
    )
    return f"Cela dépend de la réponse à « {question.label} » {cases}"


def _label(question: Question, code: Any) -> str:
    if question.kind == "boolean":
        return "oui" if code else "non"
    return str(question.of(code).label)


def _noted(asked: list[Question], sentence: str) -> list[str]:
    return [french(sentence.format(label=question.label)) for question in asked]


TOO_MANY = (
    "Trop de réponses manquent pour répondre. Cherchez d'abord celle-ci, ou une autre de celles que "
    "vous ne savez pas : « {label} »"
)
NEEDED = (
    "Sans cette réponse, ce simulateur ne peut rien dire : cherchez-la, puis revenez. « {label} »"
)
LEFT_OUT = "« {label} » Vous ne le savez pas : ce qui en dépend n'est pas vérifié."
IN_ALL_CASES = (
    "La réponse est la même quelle que soit la réponse qui vous manque ; son détail change."
)
AN_OPTION_DEPENDS = (
    "Cela dépend d'une réponse qui vous manque. Vérifiez avec le simulateur, ou cherchez-la."
)
NO_MATTER = "« {label} » Vous ne le savez pas : cela ne change pas cette réponse."
