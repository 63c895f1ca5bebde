"""The sweep: two step curves that rise, sure below possible, equal to asking each distance by itself."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import strategies as some
from strategies import beside, near_end
from truceline.judge.places import judge_where
from truceline.judge.sweep import nearby, reach_of, steps_of
from truceline.plan.tables import Band, Depth, Limit

DISTANCES = np.array([0.5, 1.0, 2.5, 7.0, 20.0, 60.0, 100.0])


@st.composite
def places(draw):
    """Draw where some reports lie, exact and blurred, from a line that is sharp or not."""
    facts = draw(st.lists(some.exact_facts() | some.exact_facts().flatmap(some.blurred), min_size=1, max_size=6))
    offsets = some.offsets_of([fact.lines[0] for fact in facts], draw(some.lengths), sided=draw(st.booleans()))
    # A place exactly on a line whose side is not known is on both of its sides; the sweep does not go into that.
    doubt = offsets.either | (not offsets.sided)
    return replace(offsets, high=np.where(doubt & (offsets.high == 0.0), 0.5, offsets.high))


def asked_one_by_one(offsets, *, both_sides):
    """Ask every distance as if it were a rule: how many reports lie surely, and possibly, within it."""
    n = len(offsets.low)
    located = replace(some.places_of([some.fact()] * n), lines={0: offsets})
    bands = [
        Band(0, Depth(Limit(0.0, 0.0), Limit(d, d)), (), both_sides, True if both_sides else None) for d in DISTANCES
    ]
    truths = [judge_where(band, located).truth for band in bands]
    return [int((truth == 1).sum()) for truth in truths], [int((truth >= 0).sum()) for truth in truths]


def counts(offsets, *, both_sides):
    """Sweep all reports: (sure, possible) by distance."""
    k = len(DISTANCES)
    steps = steps_of(reach_of(offsets, both_sides=both_sides), DISTANCES)
    return [np.cumsum(np.bincount(side, minlength=k + 1)[:k]) for side in steps]


@given(places(), st.booleans())
def test_one_pass_counts_what_asking_each_distance_counts(offsets, both_sides):
    """The sorted pass and the naive loop agree, at every distance."""
    sure, possible = counts(offsets, both_sides=both_sides)

    assert (sure.tolist(), possible.tolist()) == asked_one_by_one(offsets, both_sides=both_sides)


@given(places(), st.booleans())
def test_both_curves_rise_and_sure_is_never_above_possible(offsets, both_sides):
    """A wider band holds no fewer reports, and what is sure is possible."""
    sure, possible = counts(offsets, both_sides=both_sides)

    assert (np.diff(sure) >= 0).all()
    assert (np.diff(possible) >= 0).all()
    assert (sure <= possible).all()


@given(places(), st.booleans(), st.sampled_from([*DISTANCES]))
def test_who_is_not_nearby_is_within_no_distance(offsets, both_sides, farthest):
    """What is passed over would not have counted; only who lies across the line is asked about in vain."""
    reach = reach_of(offsets, both_sides=both_sides)
    near = nearby(offsets, farthest)

    assert (reach.possible[~near] >= farthest).all()
    assert both_sides <= bool((reach.possible[near] < farthest).all())


def test_a_report_exactly_at_the_distance_is_not_within_it():
    """[0, d): it counts from the next distance on."""
    sure, possible = counts(some.offsets_of([beside(7.0)]), both_sides=False)

    assert sure.tolist() == possible.tolist() == [0, 0, 0, 0, 1, 1, 1]


def test_what_may_lie_across_the_line_is_never_sure():
    """On one side it may be possible; on both sides only the distance counts."""
    across = some.offsets_of([beside(-2.0, 4.0)])

    assert counts(across, both_sides=False)[0].tolist() == [0] * 7
    assert counts(across, both_sides=False)[1].tolist() == [1] * 7
    assert counts(across, both_sides=True)[0].tolist() == [0, 0, 0, 1, 1, 1, 1]


def test_what_is_surely_across_the_line_never_counts_on_one_side():
    """It is neither sure nor possible, at any distance."""
    sure, possible = counts(some.offsets_of([beside(-4.0, -2.0)]), both_sides=False)

    assert sure.tolist() == possible.tolist() == [0] * 7


def test_beyond_an_end_and_without_a_side_nothing_is_sure():
    """It is possible from its nearest distance on."""
    beyond = counts(some.offsets_of([near_end(2.0, 4.0, abeam=-1)]), both_sides=False)
    wordy = counts(some.offsets_of([beside(-4.0, -2.0)], sided=False), both_sides=False)

    assert [curve.tolist() for curve in beyond] == [[0] * 7, [0, 0, 1, 1, 1, 1, 1]]
    assert [curve.tolist() for curve in wordy] == [[0] * 7, [0, 0, 1, 1, 1, 1, 1]]


def test_a_report_half_a_metre_beyond_the_line_surely_counts():
    """From the line on the plus side begins, however near; with the line's error it may lie across."""
    sharp = reach_of(some.offsets_of([beside(0.5, 0.9), beside(0.0, 0.9)]), both_sides=False)
    vague = reach_of(some.offsets_of([beside(0.5, 0.9)], uncertainty=0.6), both_sides=False)

    assert sharp.sure.tolist() == [0.9, 0.9]
    assert vague.sure.tolist() == [np.inf]


def test_who_is_exactly_at_the_farthest_distance_is_not_nearby():
    """[0, d) again, on either side of the line and with its error."""
    sharp = some.offsets_of([beside(7.0), beside(-7.0), beside(-6.9), beside(6.9)])
    vague = some.offsets_of([beside(7.5), beside(-7.5), beside(-7.4)], uncertainty=0.5)

    assert nearby(sharp, 7.0).tolist() == [False, False, True, True]
    assert nearby(vague, 7.0).tolist() == [False, False, True]
