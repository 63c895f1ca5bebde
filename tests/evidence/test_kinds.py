"""The tree of kinds: what a report says was seen, against the kind of thing that a rule is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.basics.truth import Truth
from truceline.evidence.kinds import BOTH, KINDS, WITH, kind_truth, may_come_with

kinds = st.sampled_from(sorted(KINDS))

# Rows: the kind that the rule names; columns, in the same order: the kind that the report names.
#   T  the report's kind is the rule's, or one below it
#   k  unknown: the report is too general, the rule's kind is one below the report's
#   b  unknown: one thing may be of both kinds (a self-propelled gun is a gun and a vehicle)
#   w  unknown: things of the rule's kind come with it (a tank has a crew, and a crew has arms)
#   -  false: nothing is of both kinds, and neither comes with the other by its nature. So of
#      - people and what they are not: a person is no vehicle, whoever may drive one;
#      - sorts that every list of weapons keeps apart: tanks, guns, mortars, missiles by their target;
#      - what lies or flies by itself, mines and uncrewed aircraft, and people;
#      - the ground, the water and the air; and a post, which is a place held and no object.
TABLE = """
person                     T T T w w w w w w w w w w w w w w w w w - w w w - w w
persons                    T T T w w w w w w w w w w w w w w w w w - w w w - w w
combatant                  k k T w w w w w w w w w w w w w w w w w - w w w - w w
vehicle                    - - - T T T T T b b b b b b b b b b b - - - - - - - -
armoured_vehicle           - - - k T T T T b b b b b b b b b b b - - - - - - - -
tank                       - - - k k T - - k - - - - - - - - - - - - - - - - - -
ifv                        - - - k k - T - k - - - - - - - - - - - - - - - - - -
apc                        - - - k k - - T b b b - b b b b b - b - - - - - - - -
weapon                     w w w b b T T b T T T T T T T T T T T T T b w w b w w
artillery                  - - - b b - - b k T T T T T T b - T - - - - - - - - -
gun                        - - - b b - - b k k T T T - - - - - - - - - - - - - -
anti_tank_gun              - - - b b - - - k k k T - - - - - - - - - - - - - - -
anti_aircraft_gun          - - - b b - - b k k k - T - - - - - - - - - - - - - -
mortar                     - - - b b - - b k k - - - T - - - - - - - - - - - - -
mlrs                       - - - b b - - b k k - - - - T b - b - - - - - - - - -
missile                    - - - b b - - b k b - - - - b T T T T - - b - - b - -
surface_to_air_missile     - - - b b - - b k - - - - - - k T - - - - - - - - - -
surface_to_surface_missile - - - b b - - - k k - - - - b k - T - - - - - - - - -
anti_tank_missile          - - - b b - - b k - - - - - - k - - T - - - - - - - -
small_arms                 w w w w w w w w k w w w w w w w w w w T - w w w - w w
mine                       - - - - - - - - k - - - - - - - - - - - T - - - - - -
aircraft                   - - - - - - - - b - - - - - - b - - - - - T T T T - -
aeroplane                  - - - - - - - - - - - - - - - - - - - - - k T - - - -
helicopter                 - - - - - - - - - - - - - - - - - - - - - k - T - - -
uav                        - - - - - - - - b - - - - - - b - - - - - k - - T - -
ship                       - - - - - - - - - - - - - - - - - - - - - - - - - T -
post                       - - - - - - - - - - - - - - - - - - - - - - - - - - T
"""


def test_every_pair_of_kinds_has_its_answer():
    """The whole matrix, each unknown with its cause; every sure no was weighed by itself."""
    lines = [line.split() for line in TABLE.split("\n") if line]

    assert [line[0] for line in lines] == list(KINDS)
    for rule, *row in lines:
        for report, cause in zip(KINDS, row, strict=True):
            expected = {"T": 1, "-": -1}.get(cause, 0)
            assert (rule, report, int(kind_truth(rule, report))) == (rule, report, expected)
            assert cause not in "w-" or may_come_with(rule, report) == (cause == "w")


def test_every_name_of_the_tables_is_a_kind():
    """Parents, kinds that one thing may be of, what comes with what: no loose ends."""
    named = {name for kind in KINDS.values() for name in kind.under}
    named |= {name for names in BOTH for name in names} | {*WITH} | {name for names in WITH.values() for name in names}

    assert named <= set(KINDS)


@given(kinds, kinds, kinds)
def test_a_less_exact_thing_never_contradicts_a_more_exact_one(rule, exact, wider):
    """A vehicle instead of a tank may turn an answer into "cannot be told", and no more."""
    if kind_truth(wider, exact) is Truth.TRUE:
        assert kind_truth(rule, wider) in (kind_truth(rule, exact), Truth.UNKNOWN)


@given(kinds, kinds, kinds)
def test_a_wider_rule_is_never_surely_kept_where_a_narrower_one_may_be_broken(rule, wider, report):
    """What may be a gun may be a weapon."""
    if kind_truth(wider, rule) is Truth.TRUE:
        assert kind_truth(wider, report) >= kind_truth(rule, report)


@given(kinds, kinds)
def test_whether_one_thing_may_be_of_two_kinds_does_not_hang_on_the_order(one, other):
    """What only comes with a thing is another matter: a tank has a crew, a crew need not have a tank."""
    if not may_come_with(one, other) and not may_come_with(other, one):
        assert (kind_truth(one, other) is Truth.FALSE) == (kind_truth(other, one) is Truth.FALSE)


@pytest.mark.parametrize(
    ("rule", "report", "truth"),
    [
        ("gun", "vehicle", 0),
        ("mlrs", "vehicle", 0),
        ("vehicle", "mortar", 0),
        ("missile", "uav", 0),
        ("persons", "tank", 0),
        ("weapon", "combatant", 0),
        ("tank", "persons", -1),
        ("gun", "mortar", -1),
        ("gun", "tank", -1),
        ("persons", "combatant", 1),
        ("artillery", "surface_to_surface_missile", 1),
        ("artillery", "surface_to_air_missile", -1),
    ],
)
def test_the_answers_that_people_ask_for(rule, report, truth):
    """A vehicle may carry a gun; a mortar is no gun, and a tank neither."""
    assert int(kind_truth(rule, report)) == truth


def test_a_thing_that_is_not_stated_or_not_known_cannot_be_told():
    """Nothing is concluded from a word that the tree does not have."""
    assert kind_truth("tank", None) is kind_truth("tank", "zamboni") is Truth.UNKNOWN
    assert kind_truth("zamboni", "zamboni") is Truth.TRUE
    assert not may_come_with("persons", "zamboni")
