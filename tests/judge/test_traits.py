"""Traits: reports that are alike in them get equal verdicts from every rule, and a limit tells its two sides apart."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import strategies as some
from strategies import beside
from truceline.judge.check import judge
from truceline.judge.traits import _turn, cuts_of, line_traits, number_keys, side_columns, stretch_columns, traits_of
from truceline.plan.tables import Kind

ERROR = 2.3
"""The error of both lines, in metres: no binary fraction, so that adding it to a limit is never exact."""


def kinds_of(rules, batch, places, error):
    """Give each report the values of all its traits, as one tuple."""
    cuts = cuts_of(rules, {0: error, 1: error})
    traits = [*traits_of(batch, places, cuts).values(), *line_traits(places, cuts).values()]
    columns = [values.astype(np.int64) for trait in traits for values, _ in trait.keys]
    columns += [
        more for line in (0, 1) for more in (*side_columns(line, places, cuts), *stretch_columns(line, places, cuts))
    ]
    sets = [column for trait in traits for column in trait.lists]
    return [
        (*(int(values[row]) for values in columns), *(tuple(ids.take(np.array([row])).ids.tolist()) for ids in sets))
        for row in range(len(batch))
    ]


@st.composite
def reports(draw):
    """Draw many reports that differ in one or two facts only, so that some of them are alike."""
    exact = draw(some.exact_facts())
    coarse = draw(some.blurred(exact))
    shifts = draw(st.lists(st.sampled_from([-1.0, 0.0, 0.25, 1.0, 40.0]), min_size=3, max_size=6))
    near = [beside(exact.lines[0].low + shift) for shift in shifts]
    moved = [replace(exact, lines=(seen, exact.lines[1])) for seen in near]
    later = [replace(exact, start=exact.start + step, end=exact.end + step) for step in (1, 2, 50)]
    more = [replace(exact, count=count) for count in (0, 1, 2, 9)]
    return [exact, coarse, *moved, *later, *more]


@settings(max_examples=60)
@given(st.lists(some.rules(), min_size=1, max_size=3), reports(), st.sampled_from([0.0, ERROR]))
def test_reports_of_equal_traits_get_equal_verdicts(rules, drawn, error):
    """What no trait tells apart, no rule does: verdict, reasons and line are the same."""
    batch, places = some.batch_of(drawn), some.places_of(drawn, error)
    kinds = kinds_of(rules, batch, places, error)
    told = [judge(rule, batch, places) for rule in rules]
    answers = [tuple((one.verdict[row], one.reasons[row], one.line[row]) for one in told) for row in range(len(batch))]

    assert len(dict(zip(kinds, answers, strict=True))) == len(set(zip(kinds, answers, strict=True)))


@given(st.lists(some.rules(), min_size=1, max_size=3), st.lists(some.exact_facts(), min_size=1, max_size=5))
def test_every_key_is_below_the_number_stated_for_it(rules, drawn):
    """Keys are whole numbers from 0 on, each below its bound: that is how they are packed into one."""
    batch, places = some.batch_of(drawn), some.places_of(drawn)
    cuts = cuts_of(rules, {0: 0.0, 1: 0.0})
    keys = [key for trait in traits_of(batch, places, cuts).values() for key in trait.keys]
    keys += [key for trait in line_traits(places, cuts).values() for key in trait.keys]

    assert all((values.astype(np.int64) >= 0).all() for values, _ in keys)
    assert all((values.astype(np.int64) < below).all() for values, below in keys)


@given(st.floats(-1e6, 1e6), st.sampled_from([0.0, ERROR, -ERROR, 600.0, 1e-9]), st.booleans())
def test_a_turn_is_the_first_number_at_its_limit(limit, shift, beyond):
    """With the shift added it is at the limit, or beyond it; the machine number before it is not."""
    [turn] = _turn(np.array([limit]), shift, beyond=beyond)
    before = np.nextafter(turn, -np.inf)
    assume(turn != 0.0 != before)  # a zero has two signs, and one place

    assert (turn + shift > limit) if beyond else (turn + shift >= limit)
    assert (before + shift <= limit) if beyond else (before + shift < limit)


def test_counts_differ_below_at_and_above_a_limit():
    """Five things are told from six under a ceiling of five, nought from one, and what is not stated from nought."""
    rule = some.ban(kind=Kind.CEILING, limit=5)
    drawn = [some.fact(count=count) for count in (-1, 0, 1, 4, 5, 6, 7)]
    keys = number_keys(some.batch_of(drawn), cuts_of([rule], {0: 0.0, 1: 0.0}))

    assert keys.tolist() == [0, 1, 2, 2, 3, 4, 4]
    assert keys.dtype == np.int64


def test_time_is_a_trait_of_the_place_where_ground_changes_only():
    """Two reports of different days on the same spot are alike in WHERE unless some ground is dated."""
    drawn = [some.fact(start=at, end=at) for at in (0, 10)]
    batch, places = some.batch_of(drawn), some.places_of(drawn)
    plain = traits_of(batch, places, cuts_of([some.ban()], {}))["where"]
    dated = traits_of(batch, places, replace(cuts_of([some.ban()], {}), dated=True))["where"]

    assert len(dated.keys) == len(plain.keys) + 5


def test_an_instant_an_exact_moment_and_a_stretch_have_three_lengths():
    """An instant, a microsecond and more than a microsecond are told apart."""
    batch = some.batch_of([some.fact(start=5, end=end) for end in (5, 6, 7, 900)])
    length = traits_of(batch, some.places_of([some.fact()] * 4), cuts_of([], {}))["when"].keys[2]

    assert (length[0].tolist(), length[1]) == ([0, 1, 2, 2], 3)


def test_who_is_told_by_lists_alone_unless_memberships_end():
    """The actors of a report are its trait of WHO."""
    batch = some.batch_of([some.fact(by=(0, 1))])
    who = traits_of(batch, some.places_of([some.fact()]), cuts_of([some.ban()], {}))["who"]

    assert who.keys == ()
    assert who.lists[0].ids.tolist() == [0, 1]
