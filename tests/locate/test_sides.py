import math

import pytest

from truceline.errors import GeometryError
from truceline.locate.line import locate_points, reference_line
from truceline.locate.sides import COMPASS
from zoo import SHAPES, laid

CLEAR = {
    "straight": True,
    "wave over the pole": True,
    "needle": True,
    "there and back": False,
    "hook": False,
    "spiral": False,
    "nearly closed": True,
    "ring": True,
    "crossed": False,
    "crossed ring": False,
    "closing on itself": False,
}


@pytest.mark.parametrize(("name", "clear"), CLEAR.items())
def test_a_line_is_clear_if_its_ends_are_outside_and_it_does_not_meet_itself(name, clear):
    """Hooks, spirals and lines that touch or retrace themselves have places where the nearest edge misleads."""
    assert SHAPES[name].line().clear.tolist() == [clear]


def test_a_line_that_turns_back_within_two_pieces_is_not_clear():
    """Its way back of 900 m lies on its way there."""
    assert reference_line([[(0.0, 0.0), (0.008, 0.0), (0.0, 0.0)]], plus="left").clear.tolist() == [False]


@pytest.mark.parametrize("plus", COMPASS)
@pytest.mark.parametrize("at", [(36.0, 33.0), (-180.0, -60.0), (10.0, 84.0)])
def test_a_compass_point_names_the_side_in_which_it_lies(plus, at):
    """A line square to a compass point has its plus side there, in whichever direction it is drawn."""
    azimuth = COMPASS[plus]
    ends = [laid(at, *_step(azimuth + turn, 10.0)) for turn in (-90.0, 90.0)]
    place = laid(at, *_step(azimuth, 3.0))
    for vertices in (ends, ends[::-1]):
        there = locate_points(reference_line([vertices], plus=plus), [place[0]], [place[1]])

        assert there.side.tolist() == [1]


@pytest.mark.parametrize(
    ("plus", "settled"), [("north", False), ("south", False), ("east", True), ("north-west", True)]
)
def test_a_line_along_a_compass_point_does_not_settle_the_side(plus, settled):
    """Ten degrees off the direction of the line is too little to tell its sides apart."""
    vertices = [laid((36.0, 33.0), *_step(azimuth, 10.0)) for azimuth in (10.0, 190.0)]
    if settled:
        assert reference_line([vertices], plus=plus).signs.tolist() in ([1], [-1])
    else:
        with pytest.raises(GeometryError, match="write left or right"):
            reference_line([vertices], plus=plus)


def _step(azimuth, far):
    return far * math.sin(math.radians(azimuth)), far * math.cos(math.radians(azimuth))
