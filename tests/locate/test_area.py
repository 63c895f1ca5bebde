import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.basics.truth import Truth
from truceline.errors import GeometryError
from truceline.locate.area import depths_in_area, discs_in_area, reference_area, region_in_area
from zoo import GEOD, HOLE, PLOTS, SQUARE, Plot, laid

BOX = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
INNER = [(0.001, 0.001), (0.499, 0.001), (0.499, 0.499), (0.001, 0.499)]
BOW_TIE = [(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)]


def scattered(plot, n, seed):
    """Scatter n places over and around a plot."""
    x, y = np.random.default_rng(seed).uniform(-50.0, 50.0, (2, n))
    return np.array([laid(plot.at, *xy) for xy in zip(x, y, strict=True)]).T


@pytest.mark.parametrize("name", PLOTS)
def test_no_true_position_contradicts_its_disc(name):
    """A disc surely inside holds no place outside, however the boundary runs; nor the other way round."""
    plot, random = PLOTS[name], np.random.default_rng(1)
    area = plot.area(uncertainty=300.0)
    lon, lat = scattered(plot, 150, seed=2)
    radius = np.exp(random.uniform(np.log(5.0), np.log(10e3), 150))
    truth = np.repeat(discs_in_area(area, lon, lat, radius), 40)
    many = [np.repeat(column, 40) for column in (lon, lat, radius)]
    far = many[2] * np.tile(np.append(np.ones(10), np.linspace(0.0, 1.0, 30)), 150)
    true = GEOD.fwd(many[0], many[1], random.uniform(0.0, 360.0, 6000), far)
    depth = depths_in_area(area, *true[:2])

    assert np.all(depth[truth == 1] > 300.0 - 0.1)
    assert np.all(depth[truth == -1] < -300.0 + 0.1)
    assert {-1, 0, 1} == set(truth.tolist())


def test_depth_is_the_distance_to_the_boundary():
    """In the middle of a square of 20 km the boundary is 10 km away; in its hole, 4 km from the middle."""
    middle = [[36.0], [33.0]]

    assert depths_in_area(PLOTS["square"].area(), *middle) == pytest.approx([10_000.0], abs=6.0)
    assert depths_in_area(PLOTS["hole"].area(), *middle) == pytest.approx([-4000.0], abs=6.0)


def test_the_direction_of_the_rings_does_not_matter():
    """Drawn clockwise or not, the inside is inside, and the plus side of the boundary."""
    places = scattered(PLOTS["square"], 50, seed=3)
    one, other = PLOTS["square"].area(), PLOTS["square, drawn the other way round"].area()

    assert np.allclose(depths_in_area(one, *places), depths_in_area(other, *places))
    assert np.array_equal(one.boundary.signs, other.boundary.signs)


def test_an_area_may_lie_across_the_antimeridian():
    """The same plot has the same depths here and there, and the same if it is cut along the antimeridian."""
    here, there = Plot(((SQUARE, HOLE),), at=(20.0, 20.0)), PLOTS["hole across the antimeridian"]
    lon, lat = scattered(here, 60, seed=4)
    away = (lon + 160.05 + 180.0) % 360.0 - 180.0
    whole = reference_area([[[(179.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (179.0, 1.0)]]])
    east = [(179.0, 0.0), (180.0, 0.0), (180.0, 1.0), (179.0, 1.0)]
    west = [(-180.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (-180.0, 1.0)]
    halves = reference_area([[east], [west]])
    spots = [[179.5, -179.5, 180.0, -180.0, 178.0, 0.0], [0.5] * 6]

    assert np.allclose(depths_in_area(here.area(), lon, lat), depths_in_area(there.area(), away, lat), atol=0.01)
    assert np.allclose(depths_in_area(whole, *spots), depths_in_area(halves, *spots), atol=0.01)
    assert (depths_in_area(halves, *spots) > 0.0).tolist() == [True] * 4 + [False] * 2


@given(*[st.integers(1, 99_999)] * 4, st.sampled_from(["lonlat", "geodesic"]))
def test_a_box_across_the_antimeridian_is_valid_wherever_its_corners_lie(east, west, south, north, edges):
    """Corners of five decimals are as good as whole degrees: the ring closes at its very first vertex."""
    left, right = round(180.0 - east / 1e5, 5), round(west / 1e5 - 180.0, 5)
    low, high = -south / 1e5, north / 1e5
    area = reference_area([[[(left, low), (right, low), (right, high), (left, high)]]], edges=edges)

    assert area.shape.is_valid
    assert (depths_in_area(area, [left, 180.0, -180.0, right], [0.0] * 4) >= 0.0).all()


def test_the_boundary_belongs_to_the_area():
    """A sharp place on an edge or a vertex is inside; a disc that touches the boundary from inside, too."""
    area = reference_area([[BOX]])
    depth = depths_in_area(area, [0.5], [0.1])

    assert discs_in_area(area, [0.5, 0.0, 1.0], [0.0, 0.0, 1.0], 0.0).tolist() == [1, 1, 1]
    assert discs_in_area(area, [0.5, 0.5], [0.1, 0.1], np.append(depth, depth + 0.001)).tolist() == [1, 0]


def test_an_endless_radius_says_nothing():
    """Neither inside nor outside is sure of a place that may be anywhere."""
    area = reference_area([[BOX]])

    assert discs_in_area(area, [0.5, 9.0], [0.5, 9.0], [np.inf, np.inf]).tolist() == [0, 0]


def test_geodesic_edges_bulge_towards_the_pole():
    """Between two vertices at 52 N, 27 km apart, the shortest way runs 18 m north of the parallel."""
    corners = [[(9.8, 52.0), (10.2, 52.0), (10.0, 51.8)]]
    straight, shortest = reference_area([corners]), reference_area([corners], edges="geodesic")

    assert discs_in_area(straight, [10.0], [52.00005], 0.0).tolist() == [-1]
    assert discs_in_area(shortest, [10.0], [52.00005], 0.0).tolist() == [1]


def test_a_ring_that_crosses_itself_is_refused_with_its_place_unless_repair_is_asked_for():
    """Nothing is mended silently; asked for, the bow tie becomes its two triangles."""
    with pytest.raises(GeometryError) as caught:
        reference_area([[BOX], [BOW_TIE]], name="zone")
    mended = reference_area([[BOW_TIE]], repair=True)
    [fault] = caught.value.faults

    assert (fault.at, fault.code) == ("zone polygon 2", "TL-E411")
    assert "0.5 0.5" in fault.what
    assert discs_in_area(mended, [0.75, 0.5], [0.5, 0.75], 0.0).tolist() == [1, -1]


@pytest.mark.parametrize(
    ("polygons", "at", "code"),
    [
        ([], "zone", "TL-E410"),
        ([[]], "zone polygon 1", "TL-E410"),
        ([[[]]], "zone polygon 1 ring 1", "TL-E410"),
        ([[[(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)]]], "zone polygon 1 ring 1", "TL-E410"),
        ([[BOX, [(0.1, 0.1), (0.2, np.nan), (0.2, 0.2)]]], "zone polygon 1 ring 2 vertex 2", "TL-E401"),
        ([[[(0.0, 80.0), (120.0, 80.0), (-120.0, 80.0)]]], "zone polygon 1 ring 1", "TL-E410"),
        ([[[(0.0, 0.0), (180.0, 0.0), (90.0, 50.0)]]], "zone polygon 1 ring 1", "TL-E410"),
        ([[[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]]], "zone polygon 1", "TL-E411"),
    ],
)
def test_an_area_that_cannot_be_used_is_refused(polygons, at, code):
    """Each fault says where it is, and has its own code."""
    with pytest.raises(GeometryError) as caught:
        reference_area(polygons, name="zone")

    assert [(fault.at, fault.code) for fault in caught.value] == [(at, code)]


def test_a_polygon_without_area_cannot_be_repaired():
    """What has no inside stays refused."""
    with pytest.raises(GeometryError, match="nothing is left of it"):
        reference_area([[[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]]], repair=True)


def squares(*west, uncertainty=0.0):
    """Draw squares of half a degree that begin at these longitudes."""
    corners = [(0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.5)]
    rings = [[[((x + east + 180.0) % 360.0 - 180.0, y) for east, y in corners]] for x in west]
    return reference_area(rings, uncertainty=uncertainty)


@pytest.mark.parametrize(
    ("region", "area", "apart", "shared"),
    [
        (squares(0.0), squares(0.0), Truth.TRUE, Truth.TRUE),
        (squares(0.0), squares(0.0, 0.5), Truth.TRUE, Truth.TRUE),
        (squares(0.0), squares(0.5), Truth.UNKNOWN, Truth.FALSE),
        (squares(0.0), squares(0.499999999), Truth.UNKNOWN, Truth.FALSE),
        (squares(0.0), squares(0.2), Truth.UNKNOWN, Truth.UNKNOWN),
        (squares(0.0), squares(0.7), Truth.FALSE, Truth.FALSE),
        (squares(0.0, uncertainty=100.0), squares(0.0, uncertainty=100.0), Truth.UNKNOWN, Truth.TRUE),
        (squares(0.0, uncertainty=9e3), squares(0.7, uncertainty=9e3), Truth.FALSE, Truth.FALSE),
        (squares(0.0, uncertainty=12e3), squares(0.7, uncertainty=12e3), Truth.UNKNOWN, Truth.UNKNOWN),
        (squares(0.0, uncertainty=np.inf), squares(0.7), Truth.UNKNOWN, Truth.UNKNOWN),
        (squares(0.0, uncertainty=2e3), squares(0.501, uncertainty=2e3), Truth.UNKNOWN, Truth.UNKNOWN),
        (squares(0.0, uncertainty=2e3), squares(0.500001, uncertainty=2e3), Truth.UNKNOWN, Truth.FALSE),
        (squares(0.0, uncertainty=2e3), reference_area([[INNER]]), Truth.UNKNOWN, Truth.UNKNOWN),
        (reference_area([[INNER]], uncertainty=2e3), squares(0.0), Truth.UNKNOWN, Truth.UNKNOWN),
        (reference_area([[INNER]], uncertainty=50.0), squares(0.0), Truth.TRUE, Truth.TRUE),
        (squares(179.8), squares(179.7, -179.8), Truth.TRUE, Truth.TRUE),
        (squares(-179.9), squares(179.8, -179.7), Truth.TRUE, Truth.TRUE),
    ],
)
def test_a_region_lies_inside_outside_or_neither(region, area, apart, shared):
    """22 km lie between squares at 0 and 0.7 degrees, 111 m round the inner one; apart, nothing is shared."""
    assert region_in_area(region, area) is apart
    assert region_in_area(region, area, same_source=True) is shared


def test_a_region_deep_inside_stays_inside_in_spite_of_both_uncertainties():
    """From a square inside another the boundary is 4 km away at least: 3 km of doubt change nothing, 5 km do."""
    inner = Plot((([(x / 2.0, y / 2.0) for x, y in SQUARE],),))

    assert region_in_area(inner.area(uncertainty=1500.0), PLOTS["square"].area(uncertainty=1500.0)) is Truth.TRUE
    assert region_in_area(inner.area(uncertainty=2500.0), PLOTS["square"].area(uncertainty=2600.0)) is Truth.UNKNOWN


@pytest.mark.parametrize("turned", [False, True])
def test_two_areas_are_nearest_at_a_vertex_of_either(turned):
    """A tip 1,000 m from the middle of an edge is 1,097 m from its vertices: 1,050 m of doubt are too many."""
    block = Plot((([(-0.45, 0.0), (0.45, 0.0), (0.45, -0.9), (-0.45, -0.9)],),))
    spike = Plot((([(0.0, 1.0), (0.2, 1.9), (-0.2, 1.9)],),))
    pair = (block.area(uncertainty=525.0), spike.area(uncertainty=525.0))
    close = (block.area(uncertainty=480.0), spike.area(uncertainty=480.0))

    assert region_in_area(*pair[:: -1 if turned else 1]) is Truth.UNKNOWN
    assert region_in_area(*close[:: -1 if turned else 1]) is Truth.FALSE
