import numpy as np
import pytest

from truceline.locate.ecef import length_of, to_ecef
from truceline.locate.pieces import cut, join
from zoo import SHAPES

EDGES = {
    "across the equator": [(10.0, -40.0), (60.0, 40.0)],
    "along a parallel": [(10.0, 60.0), (40.0, 60.0)],
    "across the antimeridian": [(170.0, 10.0), (-175.0, -5.0)],
    "to the pole": [(10.0, 80.0), (100.0, 90.0)],
}


@pytest.mark.parametrize("edges", ["lonlat", "geodesic"])
@pytest.mark.parametrize("name", EDGES)
def test_no_piece_is_longer_than_a_kilometre(name, edges):
    """However long the edge and wherever it runs, also where it crosses the equator."""
    pieces = join([np.array(EDGES[name])], edges)

    assert pieces.stretch.max() <= 1000.0


@pytest.mark.parametrize("name", EDGES)
def test_the_chord_of_a_piece_stays_within_centimetres_of_a_straight_edge(name):
    """Halfway along every piece the edge in longitude and latitude is at most five centimetres away."""
    places = cut(np.array(EDGES[name]), "lonlat")
    places[:, 0] = np.unwrap(places[:, 0], period=360.0)
    points, middles = to_ecef(*places.T), to_ecef(*((places[:-1] + places[1:]) / 2.0).T)
    below_stop = np.abs(places[:-1, 1]) < 89.8

    assert length_of(middles - (points[:-1] + points[1:]) / 2.0)[below_stop].max() < 0.05


@pytest.mark.parametrize("name", SHAPES)
def test_the_pieces_of_a_part_are_joined_end_to_start(name):
    """`before` and `after` name neighbours that touch, and free ends are the ends of parts that are no rings."""
    line = SHAPES[name].line()
    pieces = line.pieces
    joined = np.flatnonzero(pieces.after >= 0)

    assert np.array_equal(pieces.before[pieces.after[joined]], joined)
    assert length_of(pieces.until()[joined] - pieces.start[pieces.after[joined]]).max() < 1e-3
    assert np.sum(pieces.after < 0) == np.sum(~line.closed)
    assert np.allclose(np.diff(pieces.station), pieces.stretch[:-1])
