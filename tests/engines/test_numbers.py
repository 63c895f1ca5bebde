import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.engines.numbers import BELOW, Numbers
from truceline.evidence.batch import Lists

KEYS = st.lists(st.lists(st.integers(-(2**62), 2**62) | st.integers(0, 5), max_size=40), min_size=1, max_size=6)


@given(KEYS)
def test_compiled_lookups_number_as_the_plain_way_does(batches):
    """Equal keys have equal numbers, in the order in which they came, compiled or not, however the table grew."""
    plain, quick = Numbers(), Numbers(quick=True)

    for batch in batches:
        keys = np.array(batch, dtype=np.int64)
        assert quick.of(keys).tolist() == plain.of(keys).tolist()
    assert len(quick) == len(plain) == len({key for batch in batches for key in batch})


def test_a_table_grows_as_often_as_it_must():
    """A hundred thousand keys that come a few at a time keep their numbers."""
    numbers, keys = Numbers(quick=True), np.arange(100_000, dtype=np.int64) * 7919
    first = np.concatenate([numbers.of(part) for part in np.array_split(keys, 9)])

    assert first.tolist() == list(range(100_000))
    assert numbers.of(keys[::-1]).tolist() == first[::-1].tolist()


@pytest.mark.parametrize("quick", [False, True])
@pytest.mark.parametrize("bound", [10, 2**20, BELOW, 2**62])
def test_joined_keys_are_equal_where_all_parts_are(quick, bound):
    """Parts of any room are joined so that two rows are equal only if all of their parts are."""
    rng = np.random.default_rng(7)
    parts = [(rng.integers(0, min(bound, 4), 500) * (bound // 4), bound) for _ in range(4)]
    joined, room = Numbers(quick=quick).joined(parts, 500)
    rows = list(zip(*(column.tolist() for column, _ in parts), strict=True))

    assert int(joined.max()) < room
    assert len(set(joined.tolist())) == len(set(rows)) == len(set(zip(joined.tolist(), rows, strict=True)))


def test_lists_are_numbered_by_what_is_in_them():
    """Rows with the same key and the same list have one number."""
    lists = Lists(np.array([0, 2, 4, 5]), np.array([1, 2, 1, 2, 2], dtype=np.int32))
    found = Numbers(quick=True).of_lists(np.array([0, 0, 0]), lists)

    assert found[0] == found[1] != found[2]
