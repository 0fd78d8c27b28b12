"""What holds of the aide au poste whatever is given: to the cent, and never above the agreement."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calculators import CALCULATORS
from calculators.amounts import Share, cents, euros, exact, in_euros, nearest
from calculators.bridge import answer
from calculators.rules import load

RULES = load()
STRUCTURES = {"aci": "cddi", "ai": "cdd_usage", "ei": "cddi", "etti": "mission"}
hundredths = st.integers(0, 100_000).map(lambda number: number / 100)
above_zero = st.integers(1, 3_000_000).map(lambda number: number / 100)
structures = st.sampled_from(list(STRUCTURES))


def values(structure: str, **others: Any) -> dict[str, Any]:
    """Return the values of an answer for a day of 2025."""
    situation = {
        "structure": structure,
        "territoire": "metropole",
        "au": "2025-06-02",
        "contrat": STRUCTURES[structure],
        **others,
    }
    response = answer(CALCULATORS["aide_poste"], situation, RULES)
    assert response["type"] == "result", response
    found: dict[str, Any] = response["result"]["values"]
    return found


def in_cents(sum_of_money: float) -> int:
    return round(sum_of_money * 100)


@given(structures, hundredths, above_zero, st.integers(1, 12))
def test_the_months_make_the_whole_to_the_cent(
    structure: str, posts: float, base: float, months: int
) -> None:
    """All months but the last, then the last one, are the base; with the modulated part, the whole."""
    found = values(structure, etp=posts, socle=base, mois=months, taux_module=4.35)
    paid = in_cents(found["mensualite"]) * (months - 1) + in_cents(found["derniere_mensualite"])
    assert paid == in_cents(found["montant_socle"])
    assert in_cents(found["montant"]) == paid + in_cents(found["montant_module"])
    assert 0 <= in_cents(found["derniere_mensualite"]) - in_cents(found["mensualite"]) < months


@given(structures, hundredths, above_zero)
def test_the_amount_is_the_exact_one_rounded_once(
    structure: str, posts: float, base: float
) -> None:
    """Fractions, without the module that is tested, give the same cent; half a cent counts up."""
    exactly = Fraction(str(posts)) * Fraction(str(base)) * 100
    found = values(structure, etp=posts, socle=base)
    assert in_cents(found["montant"]) == int(exactly + Fraction(1, 2))


@given(structures, hundredths, hundredths, st.sampled_from(["etp", "heures"]))
def test_more_posts_or_hours_never_bring_less(
    structure: str, one: float, other: float, given_as: str
) -> None:
    """And a higher base, or a higher rate, neither."""
    less, more = sorted((one, other))
    assert (
        values(structure, **{given_as: less})["montant"]
        <= (values(structure, **{given_as: more})["montant"])
    )
    rates = (
        [values(structure, etp=one, taux_module=rate)["montant"] for rate in sorted((less, more))]
        if more <= 10
        else [0, 0]
    )
    assert rates == sorted(rates)


@given(structures, hundredths, hundredths, st.integers(1, 12))
def test_nothing_is_paid_above_the_agreement(
    structure: str, posts: float, agreed: float, months: int
) -> None:
    """The base is at most that of the agreement's posts, for these months."""
    found = values(structure, etp=posts, etp_convention=agreed, mois=months)
    limit = Fraction(str(agreed)) * Fraction(str(found["socle"])) * Fraction(months, 12) * 100
    assert in_cents(found["montant_socle"]) <= int(limit + Fraction(1, 2))
    assert found["etp"] <= found["etp_demande"]


@given(st.integers(1, 3400), st.integers(0, 6000))
def test_part_time_never_brings_more_than_full_time(weekly: int, collective: int) -> None:
    """A longer collective working time lowers the aid; one under 35 hours changes nothing."""
    whole = values("ei", etp=1)["montant"]
    part = values("ei", etp=1, heures_contrat=weekly / 100)["montant"]
    longer = values("ei", etp=1, heures_contrat=weekly / 100, heures_collectives=collective / 100)
    assert longer["montant"] <= part <= whole
    if collective <= 3500:
        assert longer["montant"] == part


@given(above_zero, above_zero)
def test_shares_are_exact(one: float, other: float) -> None:
    """Products, quotients, sums, differences and comparisons are those of fractions."""
    a, b = exact(one), exact(other)
    x, y = Fraction(str(one)), Fraction(str(other))
    assert Fraction(*a.times(b)) == x * y
    assert Fraction(*a.over(b)) == x / y
    assert Fraction(*a.plus(b)) == x + y
    assert Fraction(*a.less(b)) == max(x - y, 0)
    assert a.exceeds(b) == (x > y)


def test_half_a_cent_counts_up() -> None:
    """And less than half of one does not."""
    assert [nearest(Share(top, 10)) for top in (4, 5, 14, 15)] == [0, 1, 1, 2]
    assert cents(Share(1005, 1000)) == 101
    assert [in_euros(100), in_euros(101)] == [1, 1.01]


def test_a_sum_has_two_digits_of_cents_or_none() -> None:
    """« 1 330,40 euros », « 1,99 euro », « 2 euros »."""
    assert [euros(133040), euros(199), euros(200), euros(5)] == [
        "1 330,40 euros",
        "1,99 euro",
        "2 euros",
        "0,05 euro",
    ]
