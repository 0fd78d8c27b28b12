"""The one door of the calculators: JSON text in, JSON text out. Only data crosses it.

The contract: `{"calculator": id, "situation": {…}}` gives a `result`, `invalid`, `unknown` or
`error` response; `{"calculator": id, "situations": [{…}, …]}` gives `results`, in order. With
`"brief": true`, each result of a list holds its verdict, summary, values and dates, and no more.
"""

from __future__ import annotations

import json
from functools import cache
from types import ModuleType
from typing import Any

from calculators import CALCULATORS, plausible
from calculators.inputs import Invalid, not_counted, questions, read
from calculators.result import BRIEF, Result
from calculators.rules import NotInForce, Rules, load
from calculators.typography import french
from calculators.unsure import UNSURE, unsure_of
from calculators.unsure import answer as unsure

type Response = dict[str, Any]

_rules = cache(load)


def run(text: str) -> str:
    """Answer one request of the contract. No input raises; the answer is ASCII JSON."""
    try:
        request = json.loads(text)
    except (ValueError, RecursionError):
        return _refused({"request": "La demande n'est pas du JSON lisible."})
    return _respond(request, _rules())


def _respond(request: object, rules: Rules) -> str:
    if not isinstance(request, dict):
        return _refused({"request": "La demande doit être un objet JSON."})
    name = request.get("calculator")
    if not isinstance(name, str) or name not in CALCULATORS:
        known = ", ".join(CALCULATORS)
        return _refused({"calculator": f"Ce simulateur n'existe pas. Simulateurs : {known}."})
    keys = sorted(set(request) - {"calculator"})
    brief = keys == ["brief", "situations"] and request["brief"] is True
    if not brief and keys not in (["situation"], ["situations"]):
        return _refused({"request": "Donnez « situation », ou « situations » pour une liste."})
    calculator = CALCULATORS[name]
    if keys == ["situation"]:
        return json.dumps(answer(calculator, request["situation"], rules))
    if not isinstance(request["situations"], list):
        return _refused({"situations": "Il faut ici une liste, entre crochets."})
    # Each answer is written at once: ten thousand kept as objects tire the collector of garbage.
    results = (
        json.dumps(answer(calculator, one, rules, brief=brief)) for one in request["situations"]
    )
    return f'{{"type": "results", "results": [{", ".join(results)}]}}'


def answer(calculator: ModuleType, raw: object, rules: Rules, *, brief: bool = False) -> Response:
    """Answer one situation: a `result`, `invalid`, `unknown` or `error` response.

    `brief`: of a result, keep the fields of `BRIEF` alone.
    """
    if isinstance(raw, dict) and UNSURE in raw.values() and unsure_of(calculator.Situation, raw):
        whole = unsure(calculator.Situation, raw, lambda one: _answer(calculator, one, rules))
        if not brief or whole["type"] != "result":
            return whole
        return {"type": "result", "result": {name: whole["result"][name] for name in BRIEF}}
    return _answer(calculator, raw, rules, brief=brief)


def _answer(calculator: ModuleType, raw: object, rules: Rules, *, brief: bool = False) -> Response:
    try:
        situation = read(calculator.Situation, raw, rules)
        answered = _calculated(calculator, situation, rules)
        if brief:
            return {"type": "result", "result": answered.brief()}
        result = answered.as_json()
        unasked = not_counted(calculator.Situation, raw)
        result["not_checked"] += [
            french(NOT_ASKED.format(label=question.label))
            for question in questions(calculator.Situation)
            if question in unasked or question.name in answered.not_counted
        ]
        result["doubts"] = plausible.doubts(situation)
        result["not_checked"] += result["doubts"].values()
        checked = rules.checked[calculator.SUBJECT].isoformat()
        made_by = {"version": rules.version, "checked": checked}
        return {"type": "result", "result": {**result, "rules": made_by}}
    except Invalid as invalid:
        return _invalid(invalid.errors)
    except NotInForce as unknown:
        return {"type": "unknown", "message": french(str(unknown))}
    except Exception:  # a bug of ours must not stop a batch, nor show a traceback
        message = (
            "Une erreur de notre fait empêche cette réponse. Signalez-la nous, s'il vous plaît."
        )
        return {"type": "error", "message": french(message)}


def _calculated(calculator: ModuleType, situation: Any, rules: Rules) -> Result:
    """Answer, unless something is wrong: what is contradictory and what nobody has are told at once."""
    errors = plausible.errors(situation)
    try:
        result: Result = calculator.calculate(situation, rules)
    except Invalid as invalid:
        errors |= invalid.errors
    except NotInForce:
        if not errors:
            raise
    if errors:
        raise Invalid(errors)
    return result


def _refused(errors: dict[str, str]) -> str:
    return json.dumps(_invalid(errors))


def _invalid(errors: dict[str, str]) -> Response:
    return {
        "type": "invalid",
        "errors": {field: french(message) for field, message in errors.items()},
    }


NOT_ASKED = "« {label} » : cette réponse ne compte pas ici."
