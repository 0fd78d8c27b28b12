"""What holds for every calculator, whatever it is given."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from calculators import CALCULATORS
from calculators.bridge import answer, run
from calculators.inputs import questions
from calculators.rules import Rules
from generator.content.worked_cases import Case, load
from tests.calculators import strategies
from tests.calculators.recording import Recording

each_calculator = pytest.mark.parametrize("calculator", CALCULATORS)
data = st.data()

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CITATION = {"basis", "rule", "since", "source", "note"}
REASON = {"id", "text", "status", "value"} | CITATION
OPTION = {
    *("id", "label", "status", "text", "from", "until", "who", "papers", "calculator", "situation"),
} | CITATION
PROOF = {"criterion", "title", "document", "validity"} | CITATION
RESULT = {
    *("verdict", "summary", "values", "reasons", "proofs", "not_checked", "dates", "periods"),
    *("options", "bars", "deduced", "doubts", "rules"),
}
KINDS = {
    *("pass", "contrat", "suspension", "prolongation", "carence", "fenetre", "diagnostic"),
    *("convention", "decompte", "mission"),
}
DEDUCED = {
    "eligibilite_iae": {"jeune", "senior", "deld", "detld"},
    "aide_geiq": {"jeune", "jeune_sq", "senior", "de_45", "ft", "deld_12", "deld", "detld"},
}
#: Days that a period may stand before the first day of a situation, and after the last one: the
#: window to ask opens twelve months before; a PASS IAE prolonged by ten years is no rule, but typed.
EARLIER, LATER = timedelta(days=366), timedelta(days=4400)

#: Situations that can be read, and those with one mistake.
either = st.sampled_from([strategies.situations, strategies.broken])


def ask(calculator: str, situation: object) -> dict[str, Any]:
    """Ask through the only door, and hold that the answer is strict ASCII JSON."""
    text = run(json.dumps({"calculator": calculator, "situation": situation}))
    assert text.isascii()
    response = json.loads(text, parse_constant=pytest.fail)
    assert isinstance(response, dict)
    return response


# No input is a bug of ours.


@given(strategies.any_json)
def test_any_request_is_answered(request: object) -> None:
    """Any JSON at all, where a request should be, is answered, and never by an error."""
    assert_shape(json.loads(run(json.dumps(request))))


@given(strategies.texts)
def test_any_text_is_answered(text: str) -> None:
    """Text that is not JSON is answered too."""
    assert_shape(json.loads(run(text)))


@each_calculator
@given(strategies.any_json)
def test_any_situation_is_answered(calculator: str, situation: object) -> None:
    """Any JSON at all, where a situation should be, is answered, and never by an error."""
    assert_shape(ask(calculator, situation), calculator)


@each_calculator
@settings(max_examples=60)
@given(data)
def test_a_plausible_situation_is_answered(calculator: str, data: DataObject) -> None:
    """Dates that contradict each other, or one mistake, never make an error."""
    situation = data.draw(data.draw(either)(calculator))
    assert_shape(ask(calculator, situation), calculator)


# An answer has the contract's shape.


@pytest.mark.parametrize("case", load(), ids=str)
def test_a_worked_case_has_the_contracts_shape(case: Case) -> None:
    """A result has the contract's parts, its bases, statuses and dates, and no other."""
    assert_shape(ask(case.calculator, case.situation), case.calculator)


def assert_shape(response: dict[str, Any], calculator: str | None = None) -> None:
    match response["type"]:
        case "result":
            assert set(response) == {"type", "result"}
            assert calculator
            assert_result(response["result"], calculator)
        case "invalid":
            assert set(response) == {"type", "errors"}
            assert response["errors"]
            for field, message in response["errors"].items():
                assert isinstance(field, str)
                assert_sentence(message)
        case "unknown":
            assert set(response) == {"type", "message"}
            assert_sentence(response["message"])
        case _:
            pytest.fail(f"{response}")


def assert_result(result: dict[str, Any], calculator: str) -> None:
    assert set(result) == RESULT
    assert result["verdict"] in CALCULATORS[calculator].VERDICTS
    assert_sentence(result["summary"])
    assert "{" not in result["summary"]
    assert set(result["values"]) == set(CALCULATORS[calculator].VALUES)
    for value in result["values"].values():
        assert_value(value)
    for reason in result["reasons"]:
        assert set(reason) == REASON
        assert_sentence(reason["text"])
        assert "{" not in reason["text"]
        assert reason["status"] in {"met", "unmet", "info"}
        assert_cited(reason)
    identifiers = [reason["id"] for reason in result["reasons"]]
    assert len(identifiers) == len(set(identifiers))
    for proof in result["proofs"]:
        assert set(proof) == PROOF
        assert proof["document"]
        assert proof["validity"] != ""
        assert_cited(proof)
    for option in result["options"]:
        assert_option(option)
    for text in result["not_checked"]:
        assert_sentence(text)
    for milestone in result["dates"]:
        assert set(milestone) == {"id", "label", "date"}
        assert milestone["label"]
        assert_day(milestone["date"])
    assert_periods(result["periods"])
    for bar in result["bars"]:
        assert set(bar) == {"id", "label", "value", "words"}
        assert bar["label"][0].isupper()
        assert bar["value"] >= 0
        assert bar["words"]
    assert set(result["deduced"]) <= DEDUCED.get(calculator, set())
    assert set(map(type, result["deduced"].values())) <= {bool}
    assert set(result["rules"]) == {"version", "checked"}
    assert result["rules"]["version"] == strategies.RULES.version
    assert result["rules"]["checked"] == strategies.RULES.checked[calculator].isoformat()
    assert result["reasons"]
    days = [milestone["date"] for milestone in result["dates"]]
    assert days == sorted(days)


def assert_option(option: dict[str, Any]) -> None:
    """Its situation fills the calculator that it names; what cannot be done has no window."""
    assert set(option) == OPTION
    assert option["label"][0].isupper()
    assert option["status"] in {"possible", "sous_conditions", "plus_tard", "impossible"}
    for text in (option["text"], *option["papers"], option["who"] or "Personne."):
        assert_sentence(text)
        assert "{" not in text
    for day in filter(None, (option["from"], option["until"])):
        assert_day(day)
    assert (option["status"] == "impossible") == (option["from"] is None)
    assert option["from"] is None or option["until"] is None or option["from"] <= option["until"]
    asked = {q.name: q for q in questions(CALCULATORS[option["calculator"]].Situation)}
    assert set(option["situation"]) <= set(asked)
    for name, value in option["situation"].items():
        if asked[name].kind == "choice":
            assert value in {member.value for member in asked[name].of}
    assert_cited(option)


def assert_periods(periods: list[dict[str, Any]]) -> None:
    """In order of their first days, each with a name of its own; none ends before it starts."""
    for period in periods:
        assert set(period) == {"id", "kind", "label", "debut", "fin"}
        assert period["kind"] in KINDS
        assert period["label"][0].isupper()
        assert not any(letter.isdigit() for letter in period["label"])
        assert_day(period["debut"])
        assert_day(period["fin"])
        assert period["debut"] <= period["fin"]
    identifiers = [period["id"] for period in periods]
    assert len(identifiers) == len(set(identifiers))
    starts = [period["debut"] for period in periods]
    assert starts == sorted(starts)


def assert_value(value: object) -> None:
    """A machine value is a day, a number, yes or no, months and days, verdicts, or nothing."""
    match value:
        case str():
            assert_day(value)
        case dict() if "aci" in value:
            assert set(value.values()) <= set(CALCULATORS["eligibilite_iae"].VERDICTS)
        case dict():
            assert set(value) == {"mois", "jours"}
            assert all(type(count) is int and count >= 0 for count in value.values())
        case _:
            assert value is None or isinstance(value, bool | int | float)


def assert_cited(entry: dict[str, Any]) -> None:
    assert entry["basis"] in {"loi", "pratique", "lecture", "a_verifier"}
    assert_day(entry["since"])
    assert set(entry["source"]) - {"quote"} == {"title", "url"}
    assert entry["source"].get("quote", "…")
    assert entry["source"]["title"]
    assert entry["source"]["url"] is None or entry["source"]["url"].startswith("https://")


def assert_day(text: str) -> None:
    assert ISO_DAY.fullmatch(text)
    date.fromisoformat(text)


def assert_sentence(text: str) -> None:
    """A sentence for the reader starts like one and ends like one."""
    assert text[0].isupper() or text[0] in "«0123456789"
    assert text[-1] in ".?"


@each_calculator
@given(data)
def test_a_period_stays_near_the_days_of_the_situation(calculator: str, data: DataObject) -> None:
    """No period comes from nowhere: its days follow from those that were given."""
    situation = data.draw(strategies.situations(calculator))
    response = ask(calculator, situation)
    if response["type"] != "result":
        return
    days = [date.fromisoformat(day) for day in _days(situation, but="date_naissance")]
    for period in response["result"]["periods"]:
        assert min(days) - EARLIER <= date.fromisoformat(period["debut"])
        assert date.fromisoformat(period["fin"]) <= max(days) + LATER


# What is read is cited.


def assert_cites_what_it_reads(calculator: str, situation: object, rules: Rules) -> None:
    recording = Recording.of(rules)
    response = answer(CALCULATORS[calculator], situation, recording)
    if response["type"] != "result":
        return
    result = response["result"]
    entries = result["reasons"] + result["proofs"] + result["options"]
    cited = {entry["rule"] for entry in entries}
    read = {identifier for law in recording.laws for identifier in law.read}
    uncited = [
        identifier
        for identifier in read
        if not any(rule == identifier or rule.startswith(f"{identifier}.") for rule in cited)
    ]
    if calculator == "suivi":  # it asks the others: they cite in their own answers what they read
        uncited = [name for name in uncited if name.startswith("suivi.")]
    assert uncited == []
    given = {
        (identifier, rules.on(law.day)[identifier].since.isoformat())
        for law in recording.laws
        for identifier in law.read
    }
    for entry in entries:
        whole = max((i for i in read if f"{entry['rule']}.".startswith(f"{i}.")), key=len)
        assert (whole, entry["since"]) in given


@each_calculator
@settings(max_examples=50)
@given(data)
def test_what_is_read_is_cited(calculator: str, rules: Rules, data: DataObject) -> None:
    """Every value that decided an answer is among its reasons or proofs, and nothing else is."""
    situation = data.draw(strategies.situations(calculator))
    assert_cites_what_it_reads(calculator, situation, rules)


@pytest.mark.parametrize("case", load(), ids=str)
def test_a_worked_case_cites_what_it_reads(case: Case, rules: Rules) -> None:
    """The same holds of every worked case."""
    assert_cites_what_it_reads(case.calculator, case.situation, rules)


# The same question has the same answer, alone or in a batch.


@each_calculator
@settings(max_examples=25)
@given(data)
def test_the_same_situation_has_the_same_answer(calculator: str, data: DataObject) -> None:
    """Nothing but the situation and the rules decides: no clock, no memory, no order of fields."""
    situation = data.draw(strategies.situations(calculator))
    turned = dict(reversed(situation.items()))
    assert ask(calculator, situation) == ask(calculator, situation) == ask(calculator, turned)


@each_calculator
@settings(max_examples=8)
@given(data)
def test_a_batch_answers_each_situation_in_order(calculator: str, data: DataObject) -> None:
    """A bad row never stops the others: a batch is the list of the single answers."""
    row = strategies.situations(calculator) | strategies.broken(calculator) | strategies.any_json
    rows = data.draw(st.lists(row, max_size=4))
    response = json.loads(run(json.dumps({"calculator": calculator, "situations": rows})))
    assert response == {"type": "results", "results": [ask(calculator, row) for row in rows]}


# More never gives less.


@given(strategies.situations("eligibilite_iae"), st.sampled_from([*strategies.IAE_CODES]))
def test_one_more_criterion_never_loses_eligibility(situation: dict[str, Any], code: str) -> None:
    """Source: R5132-1-7, “at least”. A criterion that excludes another is refused, not counted."""
    situation = {**situation, "auteur": "siae"}
    more = {**situation, "criteres": [*situation["criteres"], code]}
    before, after = ask("eligibilite_iae", situation), ask("eligibilite_iae", more)
    assume(before["type"] == after["type"] == "result")
    if before["result"]["verdict"] == "eligible":
        assert after["result"]["verdict"] == "eligible"


@given(strategies.situations("aide_geiq"), st.sampled_from([*strategies.GEIQ_CODES]))
def test_one_more_criterion_never_lowers_the_aid(situation: dict[str, Any], code: str) -> None:
    """Source: the platform's `geiq_allowance_amount`, whose first match is the highest amount."""
    more = {**situation, "criteres": [*situation["criteres"], code]}
    before, after = ask("aide_geiq", situation), ask("aide_geiq", more)
    assume(before["type"] == after["type"] == "result")
    assert after["result"]["values"]["montant"] >= before["result"]["values"]["montant"]


@given(
    st.dates(date(2021, 9, 1), date(2030, 12, 31)),
    st.lists(st.tuples(st.integers(1, 200), st.integers(0, 1100)), min_size=1, max_size=3),
    st.integers(0, 365),
    st.integers(0, 1100),
)
def test_a_longer_suspension_never_shortens_a_pass(
    first: date, suspensions: list[tuple[int, int]], prolonged: int, more: int
) -> None:
    """Each day more of the last suspension moves the end by one day: no day is lost twice.

    Source: the platform, “PASS end += suspension.end − suspension.start”.
    """
    day, periods = first, []
    for gap, length in suspensions:
        start = day + timedelta(days=gap)
        day = start + timedelta(days=length)
        periods.append({"debut": start.isoformat(), "fin": day.isoformat()})
    situation = {"debut": first.isoformat(), "suspensions": periods, "au": first.isoformat()}
    end = _end({**situation, "prolongations": []})
    prolongations = [{"debut": end, "fin": _later(end, prolonged)}] if prolonged else []
    last = {**periods[-1], "fin": _later(periods[-1]["fin"], more)}
    shorter = {**situation, "prolongations": prolongations}
    longer = {**shorter, "suspensions": [*periods[:-1], last]}
    assert _end(longer) == _later(_end(shorter), more)


def _end(situation: dict[str, Any]) -> str:
    end = ask("pass_iae", situation)["result"]["values"]["fin"]
    assert isinstance(end, str)
    return end


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


@given(strategies.situations("embauche"))
def test_a_hire_that_is_possible_falls_between_the_days_of_the_answer(
    situation: dict[str, Any],
) -> None:
    """It falls in the window and in the PASS IAE; the aid never outlives the path or the contract."""
    response = ask("embauche", {**situation, "suspensions": []})
    if response["type"] != "result" or response["result"]["verdict"] == "impossible":
        return
    values, hired = response["result"]["values"], situation["date_embauche"]
    assert hired <= values["date_max"]
    if situation["structure"] == "geiq":
        return
    assert values["date_min"] <= hired
    assert hired <= values["fin_pass"]
    assert (values["aide_jusqu_au"] or "") <= values["fin_pass"]
    assert (values["aide_jusqu_au"] or "") <= (situation.get("fin_contrat") or values["fin_pass"])
    assert hired < (values["report_max"] or "9999")


@given(strategies.situations("embauche"), st.integers(1, 400))
def test_a_diagnosis_that_lasts_longer_never_loses_eligibility(
    situation: dict[str, Any], more: int
) -> None:
    """Nor does a day more of it turn a possible hire into another answer."""
    shorter = {"diagnostic_expire_le": situation["au"]} | situation | {"suspensions": []}
    expiry = shorter["diagnostic_expire_le"] = shorter["diagnostic_expire_le"] or situation["au"]
    longer = {**shorter, "diagnostic_expire_le": _later(expiry, more)}
    before, after = ask("embauche", shorter), ask("embauche", longer)
    if before["type"] != "result":
        assert after["type"] == before["type"]
        return
    eligible = (one["result"]["values"]["eligibilite_valide"] for one in (before, after))
    assert next(eligible) <= next(eligible)
    if before["result"]["verdict"] == "possible":
        assert after["result"]["verdict"] == "possible"


@given(
    st.dates(date(2024, 3, 1), date(2030, 12, 31)),
    *(st.integers(0, 300) for _ in range(3)),
    st.integers(1, 300),
)
def test_a_later_hire_never_shortens_a_suspended_pass(
    first: date, before: int, gap: int, left: int, later: int
) -> None:
    """Each day of suspension that a later hire leaves is a day more of the PASS IAE.

    Source: the platform, “PASS end += suspension.end − suspension.start”, on both days of the hire.
    """
    start = _later(first.isoformat(), before)
    recorded = _later(start, 1)
    hired = [_later(recorded, min(gap, 100)), _later(recorded, min(gap, 100) + min(later, 80))]
    end = _later(hired[1], left)
    situation = {
        "structure": "ei",
        "au": recorded,
        "diagnostic_de": "aucun",
        "candidature_de": "aucun",
        "pass_debut": first.isoformat(),
        "pass_fin": _later(end, 1 + left),
        "suspensions": [{"debut": start, "fin": end}],
    }
    ends = [
        ask("embauche", {**situation, "date_embauche": day})["result"]["values"]["fin_pass"]
        for day in hired
    ]
    assert ends[1] == _later(ends[0], min(later, 80))
    assert ends[1] < situation["pass_fin"]


# What the dates decide of the criteria.


@pytest.mark.parametrize("calculator", DEDUCED)
@given(data)
def test_what_the_dates_say_may_be_ticked_and_what_they_deny_may_not(
    calculator: str, data: DataObject
) -> None:
    """A page that ticks the deduced criteria gets an answer, and the same deductions again."""
    situation = {**data.draw(strategies.situations(calculator)), "criteres": []}
    before = ask(calculator, situation)
    assume(before["type"] == "result")
    deduced = before["result"]["deduced"]
    said = [code for code, met in deduced.items() if met]
    after = ask(calculator, {**situation, "criteres": said})
    assert after["result"]["deduced"] == deduced
    for code in deduced.keys() - set(said):
        errors = ask(calculator, {**situation, "criteres": [code]})["errors"]
        assert len(errors) == 2
        assert "criteres" in errors


# The calendar repeats itself.

#: Four years. From March 1900 to February 2100 each four years have one 29 February, so that the
#: same day of the same month is 1461 days later, and every count of days, months or years between
#: two shifted days is unchanged. No value of the rules changes once the last of their days is past.
FOUR_YEARS = 1461
SETTLED = max(strategies.TURNING_DAYS) + timedelta(days=1)


@each_calculator
@given(data)
def test_four_years_later_the_answer_is_four_years_later(calculator: str, data: DataObject) -> None:
    """Under one unchanged set of rules, days moved by 1461 move every day of the answer by 1461."""
    bases = st.dates(SETTLED + timedelta(days=2000), date(2070, 12, 31))
    situation = data.draw(strategies.situations(calculator, bases))
    days = [date.fromisoformat(day) for day in _days(situation, but="date_naissance")]
    assume(all(SETTLED <= day <= date(2085, 12, 31) for day in days))
    before, after = ask(calculator, situation), ask(calculator, _shifted(situation))
    assert before["type"] == after["type"]
    if before["type"] == "invalid":
        assert before["errors"].keys() == after["errors"].keys()
    if before["type"] == "result":
        assert _essence(after["result"]) == _shifted(_essence(before["result"]))


def _days(value: object, but: str = "") -> list[str]:
    if isinstance(value, dict):
        return [day for name, inner in value.items() if name != but for day in _days(inner)]
    if isinstance(value, list):
        return [day for inner in value for day in _days(inner)]
    return [value] if isinstance(value, str) and ISO_DAY.fullmatch(value) else []


def _shifted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shifted(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_shifted(inner) for inner in value]
    return _later(value, FOUR_YEARS) if _days(value) else value


def _essence(result: dict[str, Any]) -> dict[str, Any]:
    """Keep of an answer what is not words; the day on which a rule starts does not move."""
    return {
        "verdict": result["verdict"],
        "values": result["values"],
        "reasons": [
            (reason["id"], reason["status"], reason["rule"], reason["since"])
            for reason in result["reasons"]
        ],
        "proofs": [proof["criterion"] for proof in result["proofs"]],
        "dates": [{"id": entry["id"], "date": entry["date"]} for entry in result["dates"]],
        "periods": result["periods"],
        "deduced": result["deduced"],
    }


# What is not known is not guessed.


@each_calculator
@given(data)
def test_before_its_first_rule_a_calculator_answers_nothing(
    calculator: str, rules: Rules, data: DataObject
) -> None:
    """Before the first day of the first rule of its file, a calculator never gives a result."""
    first = min(
        value.since
        for identifier, values in rules.parameters.items()
        if identifier.startswith(f"{calculator}.")
        for value in values
    )
    bases = st.dates(date(1990, 1, 1), first - timedelta(days=1))
    situation = data.draw(strategies.situations(calculator, bases))
    assume(all(day < first.isoformat() for day in _days(situation)))
    assert ask(calculator, situation)["type"] in {"unknown", "invalid"}


# What the end of a PASS IAE leaves possible is what the other calculators say.


@settings(max_examples=150)
@given(strategies.situations("fin_pass"))
def test_the_end_of_a_pass_never_says_other_than_the_calculators_it_asks(
    situation: dict[str, Any],
) -> None:
    """Each option, sent to its own calculator for its own facts, gets the same answer there."""
    response = ask("fin_pass", situation)
    assume(response["type"] == "result")
    result = response["result"]
    for option in result["options"]:
        facts = {"structure": "aci", **option["situation"]}
        if option["calculator"] == "prolongation":
            # A start from which no PASS IAE is too long to be believed.
            start = f"{int(facts['pass_fin'][:4]) - 15}-01-01"
            missing = {"pass_debut": start, "jours_deja_prolonges": 0}
            said = ask("prolongation", missing | facts)["result"]
            allowed = said["verdict"] == "possible"
            later = said["values"]["possible_des"] is not None
            if option["status"] == "sous_conditions":
                assert allowed
            if option["status"] == "plus_tard":
                assert allowed or later
            if option["status"] != "impossible":
                assert option["until"] == said["values"]["fenetre_fin"]
                assert option["from"] >= said["values"]["fenetre_debut"]
            assert result["values"]["fenetre_debut"] == said["values"]["fenetre_debut"]
            assert result["values"]["fenetre_fin"] == said["values"]["fenetre_fin"]
            training = (
                option["id"] == "prolongation_formation" and situation.get("formation_fin")
            ) or ""
            if training and option["status"] != "impossible":
                assert training > facts["pass_fin"]
                assert (said["values"]["nouvelle_fin_pass"] or "") <= training
            if not training:
                one_more = facts | {"jours_demandes": facts["jours_demandes"] + 1}
                assert ask("prolongation", missing | one_more)["result"]["verdict"] == "impossible"
            closed_by_the_person = {
                "prolongation_rqth": situation.get("rqth") is False,
                "prolongation_difficultes": situation.get("difficultes") is False,
                "prolongation_formation": training,
            }.get(option["id"]) or (
                option["id"] in {"prolongation_senior", "prolongation_cdi_inclusion"}
                and (situation.get("date_naissance") or situation.get("pass_debut"))
            )
            if option["status"] == "impossible" and not closed_by_the_person:
                assert not allowed
                assert not later
        elif option["calculator"] == "carence":
            said = ask("carence", facts)
            if said["type"] == "unknown":  # an EITI, after the last day that its rule is known
                assert situation["structure"] == "eiti"
                continue
            assert said["result"]["values"]["fin_carence"] == result["values"]["fin_carence"]
            expected = {"nouveau_parcours": "libre", "nouveau_parcours_prescripteur": "levee"}
            assert said["result"]["verdict"] == expected[option["id"]]
