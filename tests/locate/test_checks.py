import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import GeometryError
from truceline.locate.checks import (
    CODES,
    MOST_FAULTS,
    Doubt,
    bad_coordinates,
    require_coordinates,
    require_lengths,
    require_ranges,
)


@pytest.mark.parametrize(
    ("lon", "lat", "doubt"),
    [
        (35.9, 33.1, Doubt.NONE),
        (-180.0, -90.0, Doubt.NONE),
        (0.0, 33.1, Doubt.NONE),
        (np.nan, 33.1, Doubt.MISSING),
        (500.0, np.nan, Doubt.MISSING),
        (np.inf, 33.1, Doubt.OUT_OF_RANGE),
        (180.5, 33.1, Doubt.OUT_OF_RANGE),
        (500.0, 95.0, Doubt.OUT_OF_RANGE),
        (35.9, 500.0, Doubt.OUT_OF_RANGE),
        (33.1, 135.9, Doubt.SWAPPED),
        (0.0, 0.0, Doubt.NULL_ISLAND),
        (-0.0, 0.0, Doubt.NULL_ISLAND),
    ],
)
def test_each_kind_of_doubt_is_named(lon, lat, doubt):
    """Missing goes before out of range; a swap is suspected where it would explain the latitude."""
    assert bad_coordinates([lon], [lat]).tolist() == [doubt]


@given(st.lists(st.tuples(st.floats(), st.floats()), max_size=20))
def test_a_place_without_doubt_can_be_located(pairs):
    """Whatever a file holds: coordinates pass if, and only if, they are numbers in range."""
    lon, lat = np.array(pairs).reshape(-1, 2).T
    usable = np.isin(bad_coordinates(lon, lat), [Doubt.NONE, Doubt.NULL_ISLAND])

    assert usable.tolist() == [abs(x) <= 180.0 and abs(y) <= 90.0 for x, y in pairs]


def test_every_doubt_has_a_code_words_and_a_remedy():
    """A table row can be refused with them."""
    assert set(CODES) == set(Doubt) - {Doubt.NONE}
    assert all(code.startswith("TL-E4") and what and remedy for code, what, remedy in CODES.values())


def test_lon_0_lat_0_is_doubtful_but_can_be_located():
    """It is a place; whether it is meant is for the reader of the table to say."""
    require_coordinates([0.0], [0.0])

    assert bad_coordinates([0.0], [0.0]).tolist() == [Doubt.NULL_ISLAND]


def test_a_wrong_column_does_not_flood_the_list():
    """After a hundred faults of one kind the list stops."""
    with pytest.raises(GeometryError) as caught:
        require_coordinates(np.full(1000, 500.0), np.zeros(1000))

    assert len(caught.value.faults) == MOST_FAULTS


@pytest.mark.parametrize(("value", "endless"), [(-1.0, True), (np.nan, True), (np.inf, False)])
def test_what_is_no_length_is_refused(value, endless):
    """Negative or NaN never, endless only where it means "not known"."""
    with pytest.raises(GeometryError, match="TL-E404"):
        require_lengths([0.0, value], at="radius", endless=endless)


def test_lengths_may_be_zero_or_endless_where_allowed():
    """Zero is a sharp place, inf is no place."""
    require_lengths([0.0, 5.0, np.inf], at="radius", endless=True)
    require_lengths(0.0, at="radius")


def test_ranges_begin_below_their_end():
    """All ranges that hold no station are told at once; none at all is a table of no rows."""
    with pytest.raises(GeometryError) as caught:
        require_ranges([(0.0, 1.0), (1.0, 1.0), (np.nan, 2.0)])

    assert [fault.at for fault in caught.value] == ["sector 2", "sector 3"]
    assert require_ranges(()).shape == (0, 2)
