"""Two editors of one entry: what each changed is kept, and what both changed is asked."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.workshop.merge import Conflict, merge, same

NETWORK: dict[str, Any] = {
    "title": "Réseau",
    "website": "https://avant.fr",
    "aliases": ["R", "Le réseau"],
    "description": "Un.\n\nDeux.\n\nTrois.",
    "figures": [
        {
            "label": "Membres",
            "value": 10,
            "year": 2025,
            "source": {"url": "https://a.fr", "title": "A"},
        },
        {"label": "Salariés", "value": 100, "year": 2025},
    ],
    "sources": [{"article": "L5132-1", "quote": "un"}, {"document": "Plaquette", "date": 2025}],
}

TEXTS = st.text("ab 1", max_size=4)
SCALARS = TEXTS | st.integers(-3, 3) | st.booleans()
SOURCES = st.fixed_dictionaries(
    {}, optional={"url": TEXTS, "article": TEXTS, "title": TEXTS, "quote": TEXTS}
)
ROWS = st.fixed_dictionaries({"label": TEXTS}, optional={"year": SCALARS, "source": SOURCES})
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXTS,
        "body": st.lists(st.sampled_from(["un", "deux", "trois", ""]), max_size=5).map("\n".join),
        "aliases": st.lists(TEXTS, max_size=4),
        "value": SCALARS | st.dictionaries(st.sampled_from(["ai", "ei", "aci"]), SCALARS),
        "figures": st.lists(ROWS, max_size=4),
        "source": SOURCES,
    },
)


def changed(**fields: Any) -> dict[str, Any]:
    return NETWORK | fields


def words(value: Any) -> set[str]:
    """Return every scalar of a value, and every line of its texts."""
    if isinstance(value, dict):
        return set().union(*map(words, value.values()))
    if isinstance(value, list):
        return set().union(*map(words, value))
    return {line.strip() for line in str(value).split("\n")} - {""}


@given(ENTRIES, ENTRIES)
def test_without_a_change_of_theirs_mine_stays(base: dict[str, Any], mine: dict[str, Any]) -> None:
    """The ordinary draft is given back as it was typed."""
    assert merge(base, mine, base) == (mine, [])


@given(ENTRIES, ENTRIES)
def test_without_a_change_of_mine_theirs_stays(
    base: dict[str, Any], theirs: dict[str, Any]
) -> None:
    """A draft in which nothing was typed brings nothing back."""
    merged, conflicts = merge(base, base, theirs)
    assert same(merged, theirs)
    assert conflicts == []


@given(ENTRIES, ENTRIES, st.sets(st.sampled_from(["title", "body", "value", "figures"])))
def test_changes_of_different_fields_are_both_kept(
    base: dict[str, Any], other: dict[str, Any], ours: set[str]
) -> None:
    """Each side writes its own fields, and nobody is asked anything."""

    def with_(names: set[str]) -> dict[str, Any]:
        kept = {name: one for name, one in base.items() if name not in names}
        return kept | {name: other[name] for name in names if name in other}

    rest = {*base, *other} - ours
    merged, conflicts = merge(base, with_(ours), with_(rest))
    assert conflicts == []
    assert same(merged, other)


@given(ENTRIES, ENTRIES, ENTRIES)
def test_no_word_that_somebody_added_is_lost(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    """It is in what is put together, or in a conflict that shows it."""
    merged, conflicts = merge(base, mine, theirs)
    told = words(merged).union(*(words([one.mine, one.theirs]) for one in conflicts))
    assert (words(mine) | words(theirs)) - words(base) <= told


@given(ENTRIES, ENTRIES, ENTRIES)
def test_a_conflict_is_a_place_of_what_is_put_together(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    """The page finds the field that it must show the choice beside."""
    merged, conflicts = merge(base, mine, theirs)
    for one in conflicts:
        value: Any = merged
        for part in one.field:
            value = value[part]
        assert value == (one.theirs if one.mine in (None, "", [], {}) else one.mine)


def test_a_new_address_and_a_new_figure_are_both_kept() -> None:
    """The figure that a colleague added stays, and so does my address; « 2 025 » is 2025."""
    new = {"label": "Membres", "value": 12, "year": 2026}
    mine = changed(
        website="https://apres.fr",
        figures=[
            NETWORK["figures"][0] | {"year": "2 025"},
            NETWORK["figures"][1] | {"value": "101"},
        ],
    )
    theirs = changed(figures=[new, *NETWORK["figures"]])
    merged, conflicts = merge(NETWORK, mine, theirs)
    assert conflicts == []
    assert merged["website"] == "https://apres.fr"
    assert [one["value"] for one in merged["figures"]] == [12, 10, "101"]


def test_one_figure_changed_by_both_is_asked_beside_its_own_field() -> None:
    """The conflict is the value of that figure, not the list."""
    mine = changed(figures=[NETWORK["figures"][0] | {"value": "11"}, NETWORK["figures"][1]])
    theirs = changed(figures=[NETWORK["figures"][1], NETWORK["figures"][0] | {"value": 12}])
    _, conflicts = merge(NETWORK, mine, theirs)
    assert conflicts == [Conflict(("figures", 1, "value"), "11", 12)]


def test_what_one_takes_away_while_the_other_corrects_it_is_asked() -> None:
    """It stays until somebody has chosen."""
    mine = changed(figures=NETWORK["figures"][:1])
    theirs = changed(figures=[NETWORK["figures"][0], NETWORK["figures"][1] | {"value": 7}])
    merged, conflicts = merge(NETWORK, mine, theirs)
    assert conflicts == [Conflict(("figures", 1), None, theirs["figures"][1])]
    assert len(merged["figures"]) == 2


def test_a_source_is_taken_whole() -> None:
    """The address of one and the title of another would cite a page that does not exist."""
    one, other = (
        {"url": f"https://{x}.fr", "title": x.upper(), "date": "2026-01-01"} for x in "bc"
    )
    old = {"url": "https://a.fr", "title": "A", "date": "2025-01-01"}
    merged, conflicts = merge({"source": old}, {"source": one}, {"source": other})
    assert merged == {"source": one}
    assert conflicts == [Conflict(("source",), one, other)]


def test_paragraphs_of_one_text_are_put_together_unless_both_changed_one() -> None:
    """Lines apart are both kept; the same line is asked."""
    mine, theirs = "Un, mieux.\n\nDeux.\n\nTrois.", "Un.\n\nDeux.\n\nTrois.\n\nQuatre."
    merged, conflicts = merge(NETWORK, changed(description=mine), changed(description=theirs))
    assert merged["description"] == "Un, mieux.\n\nDeux.\n\nTrois.\n\nQuatre."
    assert conflicts == []
    theirs = "Un, autrement.\n\nDeux.\n\nTrois."
    _, conflicts = merge(NETWORK, changed(description=mine), changed(description=theirs))
    assert conflicts == [Conflict(("description",), mine, theirs)]


def test_values_of_a_rule_stay_in_the_order_of_their_days() -> None:
    """Whoever came last may have added the earlier one."""
    old = [{"since": "2020-01-01", "value": 1}]
    mine, theirs = ([*old, {"since": day, "value": 2}] for day in ("2027-01-01", "2026-06-01"))
    merged, _ = merge({"values": old}, {"values": mine}, {"values": theirs})
    assert [one["since"] for one in merged["values"]] == ["2020-01-01", "2026-06-01", "2027-01-01"]


def test_a_figure_that_is_absent_is_not_an_empty_one() -> None:
    """« true » is yes, « 12,5 » a number; « 01 » stays a text."""
    assert same({"a": "true", "b": "12,5", "c": ""}, {"a": True, "b": 12.5})
    assert not same("01", 1.5)
    assert not same({"a": "x"}, "x")
    assert not same(["01"], ["1"])
