"""The smallest circle round points in the plane."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.locate.smallest import middle_of

points = st.lists(st.tuples(st.integers(-30, 30), st.integers(-30, 30)), min_size=1, max_size=9)


def radius(some, middle):
    """Measure how far the farthest point lies from a middle."""
    return float(np.max(np.hypot(*(np.asarray(some, dtype=float) - middle).T)))


@given(points)
def test_no_pair_and_no_three_of_the_points_need_a_larger_circle(some):
    """The circle is as large as the largest that two or three of its points need, and no larger (Helly)."""
    middle = middle_of(np.array(some, dtype=float))
    needed = [radius(few, middle_of(np.array(few, dtype=float)))
              for count in (1, 2, 3) for few in combinations(some, min(count, len(some)))]  # fmt: skip

    assert radius(some, middle) == pytest.approx(max(needed), rel=1e-6, abs=1e-6)


@given(st.lists(st.floats(0.0, 6.28), min_size=3, max_size=40), st.floats(1.0, 1e5))
def test_many_points_on_one_circle_are_held(angles, size):
    """However nearly four of them lie on the same circle."""
    some = size * np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    middle = middle_of(some)

    assert radius(some, middle) <= size * (1.0 + 1e-6)


@pytest.mark.parametrize(
    ("some", "middle"),
    [([(0, 0)], (0, 0)), ([(0, 0), (4, 0)], (2, 0)), ([(0, 0), (1, 0), (4, 0)], (2, 0)), ([(3, 3), (3, 3)], (3, 3)),
     ([(0, 0), (4, 0), (0, 4)], (2, 2)), ([(0, 0), (4, 0), (2, 3)], (2, 5 / 6))],
)  # fmt: skip
def test_the_middle_of_few_points(some, middle):
    """One point, two, three in a line, a right angle, a sharp one."""
    assert middle_of(np.array(some, dtype=float)) == pytest.approx(middle)
