"""Sweep and measure, in Python."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import truceline as tl
from truceline.api.measuring import distances_of, line_of

DEGREE = 111_319.490793  # of the equator, in metres


def test_a_sweep_counts_surely_and_possibly(deal, post):
    """A post 5.3 to 5.7 km away is possibly within 5.5 km and surely within 6 km."""
    found = tl.sweep(deal, post, line="river", distances=["5 km", "5.5 km", "6 km"]).table.to_pydict()

    assert found["sure"] == [0, 0, 1]
    assert found["possible"] == [0, 1, 1]


def test_a_sweep_shows_itself(deal, post):
    """The repr is one line, print tells tables, a notebook draws one; it is frozen, and equal where its rows are."""
    one, same = (tl.sweep(deal, post, line="river", distances=["5 km", "6 km"]) for _ in range(2))
    months = tl.sweep(deal, post, line="river", distances=["5 km"], months=True)

    assert repr(one) == "<Swept: 1 line x 1 set x 2 distances>"
    assert repr(months) == "<Swept: 1 line x 1 set x 1 month x 1 distance>"
    assert one == same != months
    assert "within the distance of the river (river)" in str(one)
    assert one._repr_html_().count("<tr>") == 3
    with pytest.raises(AttributeError):
        one.table = None
    with pytest.raises(TypeError):
        hash(one)


def test_a_sweep_is_arrow_to_whoever_takes_arrow(deal, post):
    """Data frames are made of the whole; the columns are those of the table."""
    found = tl.sweep(deal, post, line="river", distances=["5 km", "6 km"])

    assert pa.table(found) == found.table


def test_lines_and_sets_by_name(deal, post):
    """Without names: all lines with a course, and everyone."""
    every = tl.sweep(deal, post, upto="1 km", step="1 km").table
    some = tl.sweep(
        deal, post, line=["river"], who=["northbank_army", "southbank_army"], upto="1 km", step="1 km"
    ).table

    assert set(every["line"].to_pylist()) == {"river", "front"}
    assert some["set"].to_pylist() == ["northbank_army", "southbank_army"]


@given(st.integers(1, 400), st.sampled_from(["0.1 mi", "1 km", "250 m"]))
def test_steps_are_multiples_up_to_the_end(count, step):
    """The k-th distance is k steps, the last one is the end, and none is lost to rounding."""
    number, unit = step.split()
    found = distances_of(None, f"{count * float(number):.2f} {unit}", step)

    assert len(found) == count
    assert np.allclose(np.diff(found), found[0])


@pytest.mark.parametrize("words", [["3"], ["3 to 4 mi"], ["0 km"], ["around 3 mi"], ["undisclosed"]])
def test_a_distance_is_one_number_with_a_unit(words):
    """Ranges, rounded and missing numbers are no place on the axis."""
    with pytest.raises(tl.UsageError, match="TL-E913"):
        distances_of(words, "", "")


def test_all_distances_at_fault_come_at_once():
    """Two bad distances, two faults."""
    with pytest.raises(tl.UsageError) as refused:
        distances_of(["3", "4 km", "5"], "", "")

    assert len(refused.value.faults) == 2


@pytest.mark.parametrize(("upto", "step"), [("1 km", "2 km"), ("100000 km", "1 m")])
def test_a_step_must_fit(upto, step):
    """No step at all, or a hundred thousand of them, is a mistake."""
    with pytest.raises(tl.UsageError, match="TL-E913"):
        distances_of(None, upto, step)


def test_places_from_vertices():
    """On the equator a degree is 111,319.49 m; north of an eastward line is its left."""
    found = tl.measure([(0.0, 0.0), (2.0, 0.0)], [0.5, 1.5], [0.1, -0.1], plus="left").to_pydict()

    assert np.allclose(found["station_m"], [DEGREE / 2, DEGREE * 3 / 2], atol=0.01)
    assert found["side"] == ["plus", "minus"]
    assert found["offset_m"][0] == pytest.approx(-found["offset_m"][1])


def test_places_from_several_lines():
    """Named lines give a block of rows each, points numbered from 0."""
    lines = {"low": [(0.0, 0.0), (1.0, 0.0)], "high": [(0.0, 1.0), (1.0, 1.0)]}
    found = tl.measure(lines, [0.5, 0.5], [0.2, 0.8], plus="north", edges="geodesic").to_pydict()

    assert found["line"] == ["low", "low", "high", "high"]
    assert found["point"] == [0, 1, 0, 1]
    assert found["side"] == ["plus", "plus", "minus", "minus"]


def test_the_lines_of_an_agreement_know_their_sides(deal):
    """Its lines come with their plus side; one whose side is only words needs to be told."""
    with pytest.raises(tl.UsageError, match="TL-E914"):
        tl.measure(deal, 20.5, 9.9)

    found = tl.measure(deal, 20.5, 9.9, plus="north").to_pydict()
    assert found["line"] == ["river", "front"]
    assert found["side"] == ["minus", "plus"]


def test_vertices_need_a_side():
    """Nobody guesses which side counts as plus."""
    with pytest.raises(tl.UsageError, match="TL-E914"):
        tl.measure([(0.0, 0.0), (1.0, 0.0)], 0.5, 0.5)


def test_a_place_that_cannot_be_is_refused():
    """Every bad place is named."""
    with pytest.raises(tl.GeometryError) as refused:
        tl.measure([(0.0, 0.0), (1.0, 0.0)], [500.0, 0.5, np.nan], [0.0, 0.5, 0.0], plus="north")

    assert len(refused.value.faults) == 2


def test_no_lines_no_rows():
    """An agreement without a course gives an empty table."""
    assert tl.measure({}, [0.0], [0.0], plus="north").num_rows == 0


def test_a_line_of_an_agreement_by_name(deal):
    """A line with a course is found by its name; one without cannot be measured from."""
    assert line_of(deal, "river").name == "river"
    with pytest.raises(tl.UsageError, match="TL-E903"):
        line_of(deal, "brook")
