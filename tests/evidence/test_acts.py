"""The tree of acts: what a report shows, against what a rule is about."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.basics.truth import Truth
from truceline.evidence.acts import (
    ACT_IDS,
    ACTS,
    OTHER,
    act_truth,
    acts_truth,
    is_kind_of,
    may_table,
    truth_table,
)
from truceline.evidence.batch import Lists

acts = st.sampled_from(sorted(ACTS))
further = st.lists(acts, max_size=3)


def test_every_parent_and_every_act_that_may_be_shown_is_in_the_tree():
    """The tree has no loose ends, and no act is above itself."""
    named = {name for act in ACTS.values() for name in (*act.under, *act.may_show)}

    assert named <= set(ACTS)
    assert not any(is_kind_of(one, other) and is_kind_of(other, one) for one in ACTS for other in ACTS if one != other)


@given(acts)
def test_an_act_is_itself(act):
    """A report of exactly the rule's act is true."""
    assert act_truth(act, act) is Truth.TRUE


@given(acts, acts, further)
def test_a_less_exact_report_never_contradicts_a_more_exact_one(rule, exact, maybe):
    """Hostilities instead of artillery fire may turn an answer into "cannot be told", and no more."""
    sharp = act_truth(rule, exact, maybe)
    for wider in (act for act in ACTS if is_kind_of(exact, act)):
        assert act_truth(rule, wider, maybe) in (sharp, Truth.UNKNOWN)


@given(acts, acts, further)
def test_what_a_report_may_show_besides_never_makes_a_truth_false(rule, report, maybe):
    """Further acts raise false to unknown and leave true alone; `other` says more only by naming them."""
    alone, with_more = act_truth(rule, report), act_truth(rule, report, maybe)

    assert with_more >= alone or report == OTHER


@given(acts, acts, acts)
def test_a_wider_rule_holds_whatever_a_narrower_one_holds(rule, wider, report):
    """What is surely artillery fire is surely fire and surely hostilities."""
    if is_kind_of(rule, wider) and act_truth(rule, report) is Truth.TRUE:
        assert act_truth(wider, report) is Truth.TRUE


@pytest.mark.parametrize(
    ("rule", "report", "truth"),
    [
        ("hostilities", "fire.air", 1),
        ("fire", "hostilities", 0),
        ("presence", "hostilities", 0),
        ("position", "fire.artillery", 0),
        ("presence", "position", 1),
        ("position", "presence", 0),
        ("movement", "position", -1),
        ("detention", "clash", -1),
        ("hostilities", "presence", 0),
        ("fire", "position", -1),
        ("obstruction", None, 0),
        ("obstruction", "other", 0),
        ("other", "other", 1),
        ("other", "fire", -1),
        ("presence", "other.protest", -1),
        ("fire", "fire.flare", 1),
        ("fire.flare", "fire", 0),
        ("fire.flare", "fire.air", -1),
        ("training", "training", 1),
        ("training", "fire", 0),
        ("fire", "training", 0),
    ],
)
def test_the_answers_that_the_design_names(rule, report, truth):
    """A clash shows that both sides were within reach, not that both stood at the point."""
    assert int(act_truth(rule, report)) == truth


# Rows: the act of the rule; columns, in the same order: the act of the report. T: it is that act or a kind of it.
# ".": unknown, since the report is too general, or shows what the rule's act may be by its nature: who fights is
# there or near, who goes may fly, a post may stop traffic, force may have been used against monitors.
# "-": surely not. A report is coded by the gravest act it shows: one of a post or of works is no use of force, and one
# of an artillery strike is no advance; what it may show besides stands in its own `maybe`. Kinds of fire are told apart
# by the weapon; no fight, movement or brought goods are works; nobody is taken or let go unless that is said.
TABLE = """
hostilities       T T T T T T T T T . - . - - - - - - - .
clash             . T . . . . . . . - - - - - - - - - - .
advance           . . T - - - - - - . - . - - - - - - - .
fire              . . . T T T T T T - - - - - - - - - - .
fire.small_arms   . . . . T - - - - - - - - - - - - - - .
fire.artillery    . . . . - T - - - - - - - - - - - - - .
fire.air          . . . . - - T - - - - - - - - - - - - .
fire.mine         . . . . - - - T - - - - - - - - - - - .
fire.other        . . . . - - - - T - - - - - - - - - - .
presence          . . . . . . . . . T T T . . . . . . . .
position          . . . . . . . . . . T - . . . . . . . .
movement          . . . . . . . . . . - T . . . . . . . .
overflight        . . . . - - . - - . - . T . - - - - . .
reinforcement     - - - - - - - - - . - . - T . - - - - .
construction      - - - - - - - - - . . - - - T - - - - .
obstruction       . . . . . . . . . . . - - - . T . - - .
detention         - - - - - - - - - - - - - - - - T - - .
release           - - - - - - - - - - - - - - - - - T - .
delivery          - - - - - - - - - . - . - . - - - - T .
other             - - - - - - - - - - - - - - - - - - - T
"""


def test_every_pair_of_acts_has_its_answer():
    """The whole matrix; every sure no was weighed by itself."""
    lines = [line.split() for line in TABLE.split("\n") if line]

    assert [line[0] for line in lines] == list(ACTS)
    for rule, *row in lines:
        for report, answer in zip(ACTS, row, strict=True):
            assert (rule, report, int(act_truth(rule, report))) == (rule, report, {"T": 1, ".": 0, "-": -1}[answer])


@given(acts, acts, further)
def test_other_among_what_a_report_may_show_hides_any_act(rule, report, maybe):
    """Not said which: it never is a sure no. Without it, what stands there is all that the report may show."""
    assert act_truth(rule, report, [*maybe, OTHER]) >= Truth.UNKNOWN
    assert act_truth("detention", OTHER, ["fire"]) is Truth.FALSE


def test_the_tables_hold_the_same_answers_as_the_function():
    """Entry [rule, report] of the table is `act_truth`, without further acts."""
    names = [*ACTS, "training"]
    table, may = truth_table(names), may_table(names)

    assert table.dtype == may.dtype == np.int8
    assert all(table[i, j] == act_truth(rule, report) for i, rule in enumerate(names) for j, report in enumerate(names))
    assert set(np.unique(may)) == {-1, 0}


@given(acts, st.lists(st.tuples(st.none() | acts, further), max_size=6))
def test_many_rows_at_once_get_the_same_answers_as_one_by_one(rule, rows):
    """The vectorised form and the law are one."""
    ids = np.array([-1 if act is None else ACT_IDS[act] for act, _ in rows], dtype=np.int32)
    starts = np.cumsum([0, *(len(maybe) for _, maybe in rows)])
    flat = np.array([ACT_IDS[name] for _, maybe in rows for name in maybe], dtype=np.int32)
    expected = [int(act_truth(rule, act, maybe)) for act, maybe in rows]
    # A report without an act is unknown whatever it may show.
    found = acts_truth(rule, ids, Lists(starts, flat))

    assert found.tolist() == expected


@pytest.mark.parametrize("act", ["position", "other"])
def test_a_further_act_outside_the_tree_may_be_any_act(act):
    """It never makes the answer a sure no, nor a sure yes less sure."""
    ids = np.full(2, ACT_IDS[act], dtype=np.int32)
    maybe = Lists(np.array([0, 1, 3]), np.array([-1, ACT_IDS["release"], -1], dtype=np.int32))

    assert acts_truth("hostilities", ids, maybe).tolist() == [0, 0]
    assert acts_truth(act, ids, maybe).tolist() == [1, 1]


def test_acts_can_be_numbered_without_other():
    """A user's own list of acts need not have `other`."""
    ids, none = np.array([0, 1, -1], dtype=np.int32), Lists(np.zeros(4, dtype=np.int64), np.empty(0, dtype=np.int32))

    assert acts_truth("fire", ids, none, ["fire", "position"]).tolist() == [1, -1, 0]
