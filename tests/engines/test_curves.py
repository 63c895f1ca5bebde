"""Cells of curves: every count is found again where it was put, for each set and month."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from truceline.engines.curves import Cells, Counts, Grid, Layer, Stepped, joined
from truceline.engines.members import entries_of

CELLS = Cells(lines=2, sets=3, steps=4)
BELONGS = np.array([[True, False, False], [True, True, True], [False, True, True], [False, False, False]])
entry = st.tuples(
    st.integers(0, 1), st.sampled_from(Layer), st.integers(0, 3), st.integers(0, 40) | st.integers(0, 119_999),
    st.integers(0, 3), st.sampled_from([1, -1]),
)  # fmt: skip
batches = st.lists(st.lists(entry, max_size=12), max_size=5)


def put(entries):
    """Count some reports: of a curve, a layer, a kind, a month and a step."""
    nothing = [Counts(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    return joined(nothing + [
        CELLS.put(curve, layer, Stepped(*(np.array([one]) for one in place)), entries_of(BELONGS), sign=sign)
        for curve, layer, *place, sign in entries
    ])  # fmt: skip


def found(grid):
    """Give all cells that are not 0, by curve, month, layer, set and step."""
    cells = {}
    for curve in range(CELLS.lines):
        months, table = CELLS.of(grid, curve)
        for month, layer, which, step in zip(*np.nonzero(table[:, :, :-1] + table[:, :, -1:]), strict=True):
            count = table[month, layer, which, step] + table[month, layer, -1, step]
            cells[curve, int(months[month]), int(layer), int(which), int(step)] = int(count)
    return cells


@given(batches)
def test_what_was_put_into_cells_is_found_there(parts):
    """Of every set to which the kind belongs, in any month, however many there were before."""
    grid, expected = Grid(CELLS.width), Counter()
    for part in parts:
        grid.add(put(part))
        for curve, layer, kind, month, step, sign in part:
            for which in np.flatnonzero(BELONGS[kind]):
                expected[curve, month, int(layer), int(which), step] += sign

    assert found(grid) == {cell: count for cell, count in expected.items() if count}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 3)), min_size=1))
def test_many_at_once_are_counted_like_one_by_one(rows):
    """Reports that are alike are counted together."""
    kind, month, step = np.array(rows).T
    one, other = Grid(CELLS.width), Grid(CELLS.width)
    one.add(CELLS.put(1, Layer.SURE, Stepped(kind, month, step), entries_of(BELONGS)))
    for row in rows:
        other.add(put([(1, Layer.SURE, *row, 1)]))

    assert found(one) == found(other)


def test_marks_of_months_and_counts_of_curves_are_kept_apart():
    """They have cells of their own."""
    grid = Grid(CELLS.width)
    grid.add(CELLS.mark(Layer.SURE, np.array([7, 5, 7])))
    months, marks = CELLS.of(grid, CELLS.lines + 1)

    assert found(grid) == {}
    assert not CELLS.of(grid, CELLS.lines)[1].any()
    assert months.tolist() == [0, 5, 7]
    assert marks[:, Layer.SURE, 0, 0].tolist() == [0, 1, 2]
