import itertools

import numpy as np
import pytest

from truceline.locate.chain import chained, opposed

STRETCHES = [np.array([[float(x), 0.0], [x + 0.5, 0.1], [x + 1.0, 0.0]]) for x in range(4)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_parts_that_meet_head_to_tail_become_one(order):
    """Whatever their order, the joined part runs from the first vertex to the last, each once."""
    [joined] = chained([STRETCHES[number] for number in order])

    assert joined[:, 0].tolist() == [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0]


def test_parts_apart_stay_apart_and_in_their_order():
    """Only what touches is joined; a chain stands where its first listed part stood."""
    apart = np.array([[9.0, 9.0], [9.0, 10.0]])
    parts = chained([STRETCHES[1], apart, STRETCHES[0]])

    assert [len(part) for part in parts] == [5, 2]
    assert np.array_equal(parts[1], apart)


def test_where_three_ends_meet_nothing_is_joined():
    """A fork has three ends: which arm goes on is not for a program to say."""
    arms = [np.array([[1.0, 0.0], [2.0, y]]) for y in (-1.0, 1.0)]

    assert len(chained([STRETCHES[0], *arms])) == 3
    assert not opposed([STRETCHES[0], *arms], "river")


def test_a_ring_in_pieces_is_closed_and_a_ring_in_one_piece_left_alone():
    """A ring begins at its first listed part; it has no head or tail to join others to."""
    ring = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]])
    arm = np.array([[0.0, 0.0], [-1.0, -1.0]])
    closed = chained([ring[1:3], ring[2:], ring[:2]])

    assert [part[:, 0].tolist() for part in closed] == [[1.0, 1.0, 0.0, 1.0]]
    assert len(chained([ring, arm])) == 2


def test_parts_drawn_against_each_other_are_told_once():
    """Two heads or two tails at one place are a fault of the drawing, named by the place."""
    there, back = np.array([[0.0, 0.0], [1.0, 2.0]]), np.array([[3.0, 3.0], [1.0, 2.0]])

    assert [fault.at for fault in opposed([there, back], "river")] == ["river at 1.0, 2.0"]
    assert not opposed([there, back[::-1]], "river")
    assert len(chained([there, back])) == 2
