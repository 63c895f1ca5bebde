import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.locate.area import depths_in_area, discs_in_area
from truceline.locate.ecef import GEOD
from truceline.locate.nets import ACROSS, LONGEST, _arc_limit, _cells_at, _middles, settled
from zoo import BAY, PLOTS, Plot, laid

AWKWARD = {
    **PLOTS,
    "bay at 89.7 north": Plot(((BAY,),), at=(36.0, 89.7)),
    "far apart": Plot(((BAY,), ([(2e3, 0.0), (2010.0, 0.0), (2005.0, 9.0)],)), at=(-178.0, 0.0)),
}


def everywhere(plot, n, seed):
    """Scatter places over a plot, around it and over the whole earth."""
    random = np.random.default_rng(seed)
    far = 10.0 ** random.uniform(0.0, 4.0, n)
    turn = random.uniform(0.0, 2.0 * np.pi, n)
    near = [laid(plot.at, *xy) for xy in zip(far * np.cos(turn), far * np.sin(turn), strict=True)]
    return np.array([*near, (180.0, 0.0), (-180.0, 0.0), (0.0, 90.0), (0.0, -90.0)]).T


def borderline(area, lon, lat, seed):
    """Draw a radius for each place: any length, none, and just about as long as the way to the boundary."""
    random = np.random.default_rng(seed)
    away = np.abs(depths_in_area(area, lon, lat, machine_code=False))
    away = np.maximum(away - area.uncertainty, 0.0) if np.isfinite(area.uncertainty) else away
    just = np.maximum(away + random.choice([0.0, 1e-3, -1e-3, 0.04, -0.04, 1.0, -1.0], len(lon)), 0.0)
    kind = random.integers(0, 4, len(lon))
    return np.select(
        [kind == 0, kind == 1, kind == 2], [0.0 * away, np.exp(random.uniform(0, 15, len(lon))), just], 9e9
    )


def measured(area, lon, lat, radius):
    """Say of every disc whether it lies in the area, by measuring each."""
    depth, margin = depths_in_area(area, lon, lat, machine_code=False), radius + area.uncertainty
    return (depth >= margin).astype(np.int8) - (-depth > margin).astype(np.int8)


@pytest.mark.parametrize("name", AWKWARD)
@pytest.mark.parametrize("uncertainty", [0.0, 300.0])
def test_cells_say_what_measuring_says(name, uncertainty):
    """Whatever the shape, the latitude and the radius: every answer is that of the distance to the boundary."""
    area = AWKWARD[name].area(uncertainty=uncertainty)
    lon, lat = everywhere(AWKWARD[name], 700, seed=1)
    radius = borderline(area, lon, lat, seed=2)

    assert np.array_equal(discs_in_area(area, lon, lat, radius), measured(area, lon, lat, radius))


@settings(max_examples=40, deadline=None)
@given(
    at=st.tuples(st.floats(-180.0, 180.0), st.floats(-89.0, 89.0)),
    rays=st.lists(st.floats(0.1, 40.0), min_size=3, max_size=12),
    edges=st.sampled_from(["lonlat", "geodesic"]),
    uncertainty=st.sampled_from([0.0, 2000.0, np.inf]),
    seed=st.integers(0, 9999),
)
def test_cells_say_what_measuring_says_of_any_star(at, rays, edges, uncertainty, seed):
    """Stars of any form at any place, with discs of any size: no answer differs."""
    turns = np.linspace(0.0, 2.0 * np.pi, len(rays), endpoint=False)
    plot = Plot(((list(zip(rays * np.cos(turns), rays * np.sin(turns), strict=True)),),), at=at, edges=edges)
    area = plot.area(uncertainty=uncertainty)
    lon, lat = everywhere(plot, 60, seed)
    radius = borderline(area, lon, lat, seed)

    assert np.array_equal(discs_in_area(area, lon, lat, radius), measured(area, lon, lat, radius))


@pytest.mark.parametrize("name", AWKWARD)
def test_what_a_cell_says_holds_for_every_place_in_it(name):
    """No place lies nearer to the boundary than the low bound of its cell, none farther than the high one."""
    area = AWKWARD[name].area()
    lon, lat = everywhere(AWKWARD[name], 700, seed=3)
    discs_in_area(area, lon, lat, 0.0)
    cell, depth = _cells_at(area.nets, lon, lat), depths_in_area(area, lon, lat)
    clear = area.nets.low[cell] > 0.0

    assert (area.nets.lists[-1].count[cell] != 0).all()
    assert np.all(area.nets.low[cell] <= np.abs(depth))
    assert np.all(np.abs(depth) <= area.nets.high[cell])
    assert np.array_equal(area.nets.inside[cell][clear] > 0, depth[clear] > 0.0)


@pytest.mark.parametrize("name", ["bay", "bay at 89.7 north", "hole across the antimeridian", "far apart"])
def test_no_place_of_a_cell_is_farther_from_its_middle_than_its_spread(name):
    """That holds on the ground, for cells of every size."""
    nets = AWKWARD[name].area().nets
    lon, lat = everywhere(AWKWARD[name], 2000, seed=4)
    *middle, spread = _middles(nets, _cells_at(nets, lon, lat), ACROSS)

    assert np.all(GEOD.inv(*middle, lon, lat)[2] <= spread)


def test_an_answer_does_not_depend_on_what_was_asked_before():
    """All at once, one by one, forwards or backwards: each disc has its own answer."""
    plot = PLOTS["bay"]
    lon, lat = everywhere(plot, 60, seed=5)
    radius = borderline(plot.area(), lon, lat, seed=6)
    together, alone = plot.area(), plot.area()
    answers = discs_in_area(together, lon, lat, radius)
    one_by_one = [discs_in_area(alone, lon[[row]], lat[[row]], radius[[row]])[0] for row in range(len(lon))]

    assert answers.tolist() == one_by_one
    assert np.array_equal(discs_in_area(together, lon[::-1], lat[::-1], radius[::-1]), answers[::-1])


def test_only_cells_that_are_asked_for_are_worked_out():
    """One place costs one cell, however many the nets have."""
    area = PLOTS["bay"].area()
    discs_in_area(area, [36.0], [33.0], 10.0)

    assert int((area.nets.lists[-1].count != 0).sum()) == 1


def test_where_all_of_the_boundary_is_near_the_disc_is_measured():
    """In the middle of a circle no shortlist is short; the answer is as good as anywhere."""
    angles = np.linspace(0.0, 2.0 * np.pi, 2 * LONGEST, endpoint=False)
    area = Plot(((list(zip(30.0 * np.cos(angles), 30.0 * np.sin(angles), strict=True)),),)).area()
    lon, lat = np.array([laid((36.0, 33.0), x / 100.0, 0.0) for x in range(5)]).T
    radius = np.abs(depths_in_area(area, lon, lat)) + np.array([-2.0, -0.01, 0.01, 2.0, 2e3])
    margin = radius + area.uncertainty
    _, rows = settled(area.nets, area.shape, area.boundary.pieces, lon, lat, margin)

    assert rows.tolist() == [0, 1, 2, 3]
    assert discs_in_area(area, lon, lat, radius).tolist() == [1, 1, 0, 0, 0]


def test_no_discs_have_no_answers():
    """An empty column of places is answered with an empty column."""
    assert discs_in_area(PLOTS["bay"].area(), [], [], []).tolist() == []


def test_the_way_over_the_ground_is_bounded_by_the_way_through_the_earth():
    """From pole to pole the straight way is 12,713.5 km: so far nothing is said. For 100 km it is a metre more."""
    assert _arc_limit(np.array([12_713_500.0, 0.0])).tolist() == [np.inf, 0.0]
    assert _arc_limit(np.array([100_000.0]))[0] == pytest.approx(100_001.04, abs=0.01)
