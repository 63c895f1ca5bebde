import numpy as np
import pytest
import shapely

from truceline.locate.area import depths_in_area, reference_area
from truceline.locate.line import locate_points, reference_line
from truceline.locate.region import cover, locate_region
from zoo import GEOD, PLOTS, SHAPES


def positions_in(area, n, seed):
    """Draw n true positions of an area whose boundary may run elsewhere within its uncertainty."""
    random = np.random.default_rng(seed)
    west, south, east, north = area.shape.bounds
    x, y = random.uniform(west, east, 20 * n), random.uniform(south, north, 20 * n)
    x, y = (column[shapely.contains_xy(area.shape, x, y)][:n] for column in (x, y))
    moved = GEOD.fwd(x, y, random.uniform(0.0, 360.0, len(x)), random.uniform(0.0, area.uncertainty, len(x)))
    return moved[:2]


@pytest.mark.parametrize("name", PLOTS)
def test_discs_cover_every_place_of_an_area(name):
    """Whatever the shape and the number of discs, every true position lies in one of them."""
    area = PLOTS[name].area(uncertainty=400.0)
    lon, lat = positions_in(area, 300, seed=1)
    for most in (1, 40, 700):
        discs = cover(area, most=most)
        pairs = np.broadcast_arrays(lon[:, None], lat[:, None], *discs)
        far = np.reshape(GEOD.inv(*(column.ravel() for column in pairs[:4]))[2], pairs[0].shape)

        assert len(discs[0]) <= most
        assert np.all((far <= pairs[4]).any(axis=1))


@pytest.mark.parametrize("shape", ["straight", "wave", "hook", "gap", "ring", "strands apart", "crossed"])
@pytest.mark.parametrize("plot", ["square", "hole", "bay", "two"])
def test_no_true_position_contradicts_its_region(shape, plot):
    """Offset, ends, stations and sectors hold for every place of an area, as they do for a disc."""
    line = SHAPES[shape].line()
    cuts = np.linspace(0.0, line.length, 6)
    area = PLOTS[plot].area(uncertainty=200.0)
    said = locate_region(line, area, np.stack([cuts[:-1], cuts[1:]], axis=1))
    true = locate_points(line, *positions_in(area, 500, seed=2))
    inside = (said.low <= true.offset) & (true.offset <= said.high) & (true.side != 0)
    mirrored = (said.low <= true.distance) & (true.distance <= said.high)
    sectors = np.unique(np.clip(np.searchsorted(cuts, true.station, side="right") - 1, 0, 4))

    assert np.all(mirrored if said.either[0] else inside)
    assert not (said.abeam[0] == 1 and true.beyond_end.any())
    assert not (said.abeam[0] == -1 and not true.beyond_end.all())
    assert said.station_low[0] <= true.station.min()
    assert true.station.max() <= said.station_high[0]
    assert said.sectors[0, sectors].all()


def test_a_region_on_one_side_has_a_signed_interval():
    """A square that begins 20 km north of a long line ends 42 km north of it."""
    line = reference_line([[(-3.0, 0.0), (3.0, 0.0)]], plus="south")
    said = locate_region(line, reference_area([[[(0.0, 0.2), (0.2, 0.2), (0.2, 0.4), (0.0, 0.4)]]]))

    assert not said.either[0]
    assert said.low[0] == pytest.approx(-44_230.0, abs=500.0)
    assert said.high[0] == pytest.approx(-22_115.0, abs=500.0)
    assert said.abeam.tolist() == [1]
    assert said.sectors.shape == (1, 0)


def test_a_region_round_an_end_has_no_side_and_is_neither_abeam_nor_beyond():
    """Where one part of a region has no side, distances are all that holds for it as a whole."""
    line = reference_line([[(-3.0, 0.0), (0.1, 0.0)]], plus="north")
    said = locate_region(line, reference_area([[[(0.0, -0.4), (0.2, -0.4), (0.2, -0.2), (0.0, -0.2)]]]))

    assert said.either[0]
    assert said.low[0] == pytest.approx(22_115.0, abs=500.0)
    assert said.abeam.tolist() == [0]


def test_a_region_that_crosses_the_line_holds_offset_zero():
    """Both sides are possible, each with its own bound."""
    line = reference_line([[(-3.0, 0.0), (3.0, 0.0)]], plus="north")
    said = locate_region(line, reference_area([[[(0.0, -0.1), (0.2, -0.1), (0.2, 0.2), (0.0, 0.2)]]]))

    assert not said.either[0]
    assert said.low[0] == pytest.approx(-11_057.0, abs=500.0)
    assert said.high[0] == pytest.approx(22_115.0, abs=500.0)


def test_a_region_across_the_antimeridian_is_covered_there():
    """The discs stand on both sides of it, with longitudes in -180..180."""
    area = PLOTS["hole across the antimeridian"].area()
    lon, lat, _ = cover(area, most=100)

    assert np.all(np.abs(lon) > 179.8)
    assert np.all(np.abs(lon) <= 180.0)
    assert set(np.sign(lon)) == {-1.0, 1.0}
    assert np.abs(depths_in_area(area, lon, lat)).max() < 15e3


def test_a_sliver_does_not_halve_for_ever():
    """A polygon of a millimetre's width is covered all the same."""
    area = reference_area([[[(0.0, 0.0), (1e-8, 0.0), (1e-8, 1e-8), (0.0, 1e-8)]]])
    lon, _, radius = cover(area, most=50)

    assert len(lon) <= 50
    assert radius.max() < 0.1


def test_an_area_is_covered_once():
    """Ten lines that ask for the discs of a region get the same ones, and none of them can change them."""
    area = PLOTS["bay"].area()
    discs = cover(area)

    assert cover(area) is discs
    assert cover(area, most=7)[0].size <= 7
    with pytest.raises(ValueError, match="read-only"):
        discs[2][0] = 0.0
