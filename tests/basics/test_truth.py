"""Three-valued logic: laws of Kleene, and a truth that refuses to be a bool."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.basics.truth import Truth, all_of, any_of, negate

truths = st.lists(st.sampled_from([-1, 0, 1]), min_size=4, max_size=4)


@given(truths, truths)
def test_not_both_is_one_or_the_other_not(one, other):
    """De Morgan: the negation of an AND is the OR of the negations, row by row."""
    left = negate(all_of(one, other))
    right = any_of(negate(one), negate(other))

    assert left.tolist() == right.tolist()


@given(truths, truths, truths)
def test_what_is_known_survives_a_further_unknown(one, other, third):
    """Turning a part into "unknown" turns an answer into "unknown" or leaves it; it never flips it."""
    sharp = all_of(one, other, third)
    blurred = all_of(one, other, [0, 0, 0, 0])

    assert all(b in (s, 0) or s == 0 or t == -1 for s, b, t in zip(sharp, blurred, third, strict=True))


def test_one_part_alone_is_itself():
    """A single group is its own conjunction, as int8."""
    alone = all_of([1, 0, -1])

    assert alone.tolist() == [1, 0, -1]
    assert alone.dtype == "int8"


@pytest.mark.parametrize("truth", list(Truth))
def test_a_truth_is_no_bool(truth):
    """`if truth:` would turn "cannot be told" into yes or no."""
    with pytest.raises(TypeError, match="true, false or unknown"):
        bool(truth)
