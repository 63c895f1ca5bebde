"""The share of a disc within a band: beside the verdict, never part of it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.judge.share import disc_share

offsets = st.integers(-60_000, 60_000).map(float)


@given(offsets, st.integers(1, 50_000), offsets, st.integers(0, 50_000))
def test_a_share_lies_between_nothing_and_all(low, width, near, depth):
    """And the shares on either side of a limit make up the whole disc."""
    high, far = low + width, near + depth
    parts = [disc_share(low, high, *ends) for ends in ((-math.inf, near), (near, far), (far, math.inf))]

    assert all(0.0 <= part <= 1.0 for part in parts)
    assert sum(parts) == pytest.approx(1.0)


def test_a_disc_cut_in_half_has_two_halves():
    """A disc within the band lies in it wholly, one beside it not at all."""
    assert disc_share(-2.0, 4.0, 1.0, math.inf) == pytest.approx(0.5)
    assert disc_share(-2.0, 4.0, -2.0, 4.0) == 1.0
    assert disc_share(-2.0, 4.0, 5.0, 9.0) == 0.0
    assert disc_share(-2.0, 4.0, 9.0, 5.0) == 0.0
