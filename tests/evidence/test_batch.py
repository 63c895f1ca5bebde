"""Reports as columns of numbers: rows can be taken, lists of ids with them."""

from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from truceline.evidence.batch import Batch, Lists
from world import batch, lists

columns = st.lists(st.lists(st.integers(-1, 5), max_size=3), min_size=1, max_size=6)


def members(column):
    """Write a column of lists as lists."""
    return [column.ids[start:end].tolist() for start, end in zip(column.starts[:-1], column.starts[1:], strict=True)]


@given(columns, st.data())
def test_taking_rows_takes_their_lists(rows, data):
    """In the order given, a row twice if it is asked for twice."""
    chosen = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=8))
    taken = lists(*rows).take(np.array(chosen, dtype=np.int64))

    assert members(taken) == [rows[row] for row in chosen]
    assert taken.lengths.tolist() == [len(rows[row]) for row in chosen]


def test_a_row_without_members_names_nobody():
    """Its length is 0; the column itself may be empty."""
    assert lists((), (4, 7), ()).lengths.tolist() == [0, 2, 0]
    assert Lists(np.zeros(1, np.int64), np.zeros(0, np.int32)).lengths.tolist() == []


def test_taking_reports_takes_every_column():
    """No column stays behind, and the kinds of numbers stay what they are."""
    three = batch(3, start_us=[1, 2, 3], by=lists((0,), (), (1, 2)), lon=[20.0, 21.0, np.nan])
    taken = three.take(np.array([2, 0]))

    assert (len(three), len(taken)) == (3, 2)
    assert taken.start_us.tolist() == [3, 1]
    assert members(taken.by) == [[1, 2], [0]]
    assert np.array_equal(taken.lon, [np.nan, 20.0], equal_nan=True)
    for field in fields(Batch):
        before, after = getattr(three, field.name), getattr(taken, field.name)
        assert type(after) is type(before)
        if not isinstance(before, Lists):
            assert after.dtype == before.dtype
