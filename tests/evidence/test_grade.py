"""Grades: given by somebody, side by side, and "confirmed" only by two origins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.basics.time import Span
from truceline.evidence.grade import Grade, grade_faults, parse_grade, standing

DAY = Span(0, 10)


@pytest.mark.parametrize(
    ("grade", "origins", "codes"),
    [
        (Grade("n", "A1", "officer", DAY, "two outlets"), 1, ["TL-S401"]),
        (Grade("n", "A1", "officer", DAY, "two outlets"), 0, ["TL-S401"]),
        (Grade("n", "A1", "officer", DAY, "two speakers"), 2, []),
        (Grade("n", "A2", "officer", DAY, "log"), 0, []),
        (Grade("n", "A2", "", DAY, "log"), 0, ["TL-S403"]),
        (Grade("n", "A1", "officer", None, " "), 1, ["TL-S403", "TL-S401"]),
        (Grade("n"), 0, []),
    ],
)
def test_what_forbids_a_grade(grade, origins, codes):
    """Confirmed needs two independent origins, and every grade but F6 somebody who gave it, when and why."""
    assert [fault.code for fault in grade_faults(grade, origins, "n")] == codes


@pytest.mark.parametrize("words", ["G1", "A7", "1A", "A", "AA1"])
def test_what_is_no_grade(words):
    """A letter and a digit, and nothing else."""
    with pytest.raises(ValueError, match="is no grade"):
        parse_grade(words)


spans = st.tuples(st.integers(0, 5), st.integers(0, 3)).map(lambda two: Span(two[0], two[0] + two[1]))
grades = st.lists(
    st.builds(Grade, st.just("n"), st.sampled_from(["A2", "B3"]), st.sampled_from(["x", "y"]), spans, st.just("w"))
)


@given(grades, st.randoms())
def test_every_grader_stands_and_the_order_never_matters(given_, rng):
    """Whoever graded has a grade that stands, and a shuffled list gives the same."""
    shuffled = list(given_)
    rng.shuffle(shuffled)
    stand = standing("n", given_)

    assert stand == standing("n", shuffled)
    assert {each.by for each in stand} == ({each.by for each in given_} or {""})


def test_grades_that_came_later_are_not_known_yet():
    """As known on a day only what was decided by its end counts; one without a date always does."""
    undated, late = Grade("n", "C3", "x", None, "w"), Grade("n", "B2", "x", Span(20, 30), "w")

    assert standing("n", [undated, late], Span(0, 10)) == (undated,)
    assert standing("n", [undated, late]) == (late, undated)
    assert standing("n", [late], Span(0, 10))[0].words == "reliability cannot be judged, truth cannot be judged"
