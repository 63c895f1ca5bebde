import numpy as np
import pytest

from truceline.locate import shortlist
from truceline.locate.ecef import length_of, to_ecef
from truceline.locate.nearest import nearest
from truceline.locate.shortlist import away_from, lengthened, no_shortlists, whole
from zoo import GEOD, SHAPES, Shape, laid

SPOTS = [(-5.0, -5.0), (8.0, 3.0), (0.5, 60.0)]
SPREAD = 1500.0
MANY = {**SHAPES, "far away": SHAPES["zigzag"].moved(-300.0, 0.0)}


def marks(shape, *places):
    """Give points in space, km east and north of the place where a shape lies."""
    return to_ecef(*np.array([laid(shape.at, *place) for place in places]).T)


def drawn_up(shape: Shape, *, steps=1, longest=999):
    """Draw up shortlists of cells 7, 4 and 2 of 9, in one step or from those of larger cells."""
    pieces, middles, above = shape.line().pieces, marks(shape, *SPOTS), np.zeros(3, dtype=np.intp)
    lists, cells = whole(pieces), np.array([7, 4, 2])
    for step in range(steps, 0, -1):
        spread = np.full(3, SPREAD * step)
        lists, away = lengthened(no_shortlists(9), cells, pieces, middles, spread, (lists, above), longest)
        above = cells
    return lists, away


def measured(pieces, points):
    """Measure how far points are from the nearest of all pieces."""
    piece, foot = nearest(pieces, points)
    return length_of(points - pieces.start[piece] - pieces.along[piece] * foot[:, None])


@pytest.mark.parametrize("name", MANY)
@pytest.mark.parametrize(("most", "steps"), [(1, 1), (500, 2), (2**15, 3)])
def test_the_nearest_piece_of_a_list_is_the_nearest_of_all(name, most, steps, monkeypatch):
    """No piece is missed that is nearest to any place of the cell, however the list was drawn up."""
    monkeypatch.setattr(shortlist, "MOST_PAIRS", most)
    shape, random = MANY[name], np.random.default_rng(1)
    pieces = shape.line().pieces
    lists, away = drawn_up(shape, steps=steps)
    spots = np.repeat([laid(shape.at, *spot) for spot in SPOTS], 100, axis=0)
    far = SPREAD * np.sqrt(random.uniform(0.0, 1.0, 300))
    points = to_ecef(*GEOD.fwd(*spots.T, random.uniform(0.0, 360.0, 300), far)[:2])

    assert away == pytest.approx(measured(pieces, marks(shape, *SPOTS)), abs=1e-3)
    assert away_from(lists, np.repeat([7, 4, 2], 100), pieces, points) == pytest.approx(
        measured(pieces, points), abs=1e-3
    )


def test_a_list_is_short():
    """Far from a straight line only what lies abeam matters: some 3 km to both sides, not all of 60 km."""
    lists, _ = drawn_up(SHAPES["straight"].moved(-100.0, 0.0))

    assert lists.count[7] < 10


def test_lists_are_added_and_the_earlier_ones_stay():
    """The lists of one cell are the same, whichever cell was listed first; the value before is not touched."""
    shape = SHAPES["zigzag"]
    pieces, middles, spread = shape.line().pieces, marks(shape, *SPOTS), np.full(3, SPREAD)
    above = whole(pieces), np.zeros(3, dtype=np.intp)
    empty, cells = no_shortlists(3), np.arange(3)
    at_once, _ = lengthened(empty, cells, pieces, middles, spread, above, 999)
    one_by_one = empty
    for cell in (1, 2, 0):
        some = slice(cell, cell + 1)
        one = above[0], above[1][:1]
        one_by_one, _ = lengthened(one_by_one, cells[some], pieces, middles[some], spread[some], one, 999)

    assert empty.count.tolist() == [0, 0, 0]
    for cell in cells:
        one, other = (lists.listed[lists.begin[cell] :][: lists.count[cell]] for lists in (one_by_one, at_once))
        assert len(one) > 0
        assert one.tolist() == other.tolist()


def test_a_list_that_would_be_too_long_is_left_out():
    """The others stay as they are, and what is measured for the cell does as well."""
    every, away = drawn_up(SHAPES["zigzag"])
    some, same = drawn_up(SHAPES["zigzag"], longest=int(every.count.max()) - 1)
    full = every.count == every.count.max()

    assert some.count.tolist() == np.where(full, -1, every.count).tolist()
    assert len(some.listed) == some.count[some.count > 0].sum()
    assert same.tolist() == away.tolist()


def test_no_points_are_nowhere():
    """Without points there is nothing to measure."""
    pieces = SHAPES["straight"].line().pieces

    assert away_from(whole(pieces), np.zeros(0, dtype=np.intp), pieces, np.zeros((0, 3))).tolist() == []
