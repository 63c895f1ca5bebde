"""Several courses: which may have held, and what they agree on."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import strategies as some
from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.judge.answer import Answer, kept
from truceline.judge.eras import agreed, held_then, is_dated
from truceline.judge.located import Times
from truceline.judge.reasons import bit, codes_of

ALWAYS, NEVER = Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER)
CHANGE = Span(10, 20)
PERIODS = [(ALWAYS, CHANGE), (CHANGE, NEVER)]


def times(*spans):
    """Make the times of some reports; None is no date."""
    starts, ends = zip(*(span or (0, 0) for span in spans), strict=True)
    return Times(np.array(starts), np.array(ends), np.array([span is not None for span in spans]))


def test_before_and_after_a_change_one_course_held():
    """On the day of the change either may have; so may they without a date, and where nobody knows the times."""
    said = times((5, 5), (9, 10), (10, 10), (19, 19), (20, 20), (5, 30), None)
    before, after = held_then(PERIODS, said, 7)

    assert before.tolist() == [True, True, True, True, False, True, True]
    assert after.tolist() == [False, False, True, True, True, True, True]
    assert [mine.tolist() for mine in held_then(PERIODS, None, 1)] == [[True], [True]]


@given(st.lists(some.spans(), min_size=1, max_size=3), st.integers(-60, 60), st.integers(0, 40), st.integers(0, 40))
def test_a_vaguer_time_leaves_out_no_course_that_came_into_question(changes, start, less, more):
    """What may have held then may have held about then."""
    edges = [ALWAYS, *sorted(changes, key=lambda span: span.start_us), NEVER]
    periods = list(pairwise(edges))
    sharp = held_then(periods, times((start, start)), 1)
    vague = held_then(periods, times((start - less, start + more + 1)), 1)

    assert all(not one[0] or other[0] for one, other in zip(sharp, vague, strict=True))
    assert any(one[0] for one in sharp)


def test_courses_must_agree_or_leave_it_open():
    """Only those that come into question count; with none of them, all do; the first names the line."""
    inside, open_, outside = (Answer.of(np.full(4, value, np.int8), bit("report_too_coarse"), line)
                              for line, value in enumerate((1, 0, -1)))  # fmt: skip
    meant = [np.array(marks) for marks in ([True, True, False, False], [False, False, True, False],
                                           [True, False, True, False])]  # fmt: skip
    found = agreed([inside, open_, outside], meant, "course_unclear")

    assert found.truth.tolist() == [0, 1, 0, 0]
    assert [codes_of(int(mask)) for mask in found.reasons] == [
        ("course_unclear",), (), ("report_too_coarse", "course_unclear"), ("report_too_coarse", "course_unclear"),
    ]  # fmt: skip
    assert found.line.tolist() == [0, 0, 1, 0]


def test_a_period_without_an_edge_is_no_date():
    """What holds for ever is not dated."""
    assert [is_dated(period) for period in (*PERIODS, (ALWAYS, NEVER))] == [True, True, False]


def test_a_no_keeps_only_what_says_it_better():
    """Reasons of doubt belong to what is unknown; what did not fly, to a no."""
    mask = bit("not_aloft") | bit("act_unclear")
    said = kept(np.array([1, 0, -1], dtype=np.int8), mask)

    assert [codes_of(int(one)) for one in said] == [(), ("act_unclear",), ("not_aloft",)]
    assert Answer(np.array([-1], np.int8), np.array([mask]), np.zeros(1, np.int16)).opposite.reasons.tolist() == [0]
