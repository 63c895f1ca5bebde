"""Packing loses nothing but digits that mean nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.sample import payload
from truceline.publish.coded import ALPHABET
from truceline.publish.pack import decimals, found_under, pack


def codes_of(packed):
    """Read back what `letters` wrote."""
    text, width = packed["text"], packed["width"]
    digits = [ALPHABET.index(character) for character in text]
    return [sum(digit * 90**place for place, digit in enumerate(reversed(digits[at : at + width])))
            for at in range(0, len(text), width)]  # fmt: skip


def test_findings_read_back():
    """The text of characters gives the verdict and the reasons of every report under every reading."""
    made = payload(60)
    packed = pack(made)
    for provision, by_reading in packed["found"].items():
        for reading, key in by_reading.items():
            column = packed["codes"][key]
            outcomes = [packed["outcomes"][column["of"][code]] for code in codes_of(column)]
            found = found_under(made, provision, reading)

            assert found is not None
            assert [verdict for verdict, _ in outcomes] == found["verdict"]
            assert [codes for _, codes in outcomes] == [made["reason_sets"][index] for index in found["reasons"]]


def test_many_outcomes_take_two_characters():
    """With more outcomes than characters, each finding is written as two of them."""
    made = payload(100)
    made["reason_sets"] = [["denied"]] * 100
    made["findings"] = {"quiet": {"text": {"verdict": [1] * 100, "reasons": list(range(100))}}}
    packed = pack(made)
    [column] = packed["codes"]

    assert column["width"] == 2
    assert [column["of"][code] for code in codes_of(column)] == list(range(100))


def test_findings_that_are_the_same_are_written_once():
    """`same_as` and equal columns share one text."""
    packed = pack(payload(60))

    assert len(set(packed["found"]["quiet"].values())) == 1


def test_places_are_shared_and_intervals_never_shrink():
    """A report finds its own place again; bounds are rounded outwards, radii upwards."""
    made = payload(200)
    packed = pack(made)
    spots, located = packed["spots"], packed["spots"]["located"]["river"]
    for row, spot in enumerate(codes_of(packed["spot"])):
        low, high = made["located"]["river"]["low_m"][row], made["located"]["river"]["high_m"][row]
        if low is None:
            assert located["low_m"][spot] is None
            continue
        assert high is not None

        assert low - 1 <= located["low_m"][spot] <= low
        assert high <= located["high_m"][spot] <= high + 1
        assert spots["radius_m"][spot] >= made["reports"]["radius_m"][row]
        assert spots["lon"][spot] == pytest.approx(made["reports"]["lon"][row], abs=0.001)

    assert len(spots["lon"]) < 200


@given(st.floats(min_value=1.0, max_value=1e6))
def test_rounding_a_coordinate_stays_below_a_hundredth_of_the_radius(radius):
    """Half of the last digit of a degree, in metres, against the radius; six decimals at most are written."""
    digits = decimals(radius)

    assert digits == 6 or 55_660 * 10.0**-digits <= radius / 100


def test_the_rows_behind_a_sweep_are_written_once_per_line():
    """Runs of the rows of the line give the rows of each sweep again; a sweep without rows stays without."""
    made = payload(200)
    rows = made["sweep"][0]["rows"]
    some = {name: column[5:9] + column[20:30] for name, column in rows.items()}
    made["sweep"] += [{**made["sweep"][0], "rows": some}, {**made["sweep"][0]}]
    del made["sweep"][-1]["rows"]
    packed = pack(made)
    reach = packed["reach"]["river"]
    at = [first + step for first, length in packed["sweep"][2]["rows"] for step in range(length)]

    assert packed["sweep"][2]["rows"] == [[5, 4], [20, 10]]
    assert [reach[0][index] for index in at] == some["report"]
    assert [reach[1][index] for index in at] == some["sure_from_m"]
    assert [reach[2][index] for index in at] == some["possible_from_m"]
    assert "rows" not in packed["sweep"][3]


def test_without_lines_the_places_are_still_packed():
    """A payload with no line has places without offsets."""
    made = payload(20)
    made["located"] = {}
    packed = pack(made)

    assert packed["spots"]["located"] == {}
    assert len(codes_of(packed["spot"])) == 20


def test_what_is_packed_is_json():
    """Nothing but plain values: the page reads it with one call."""
    packed = pack(payload(20))

    assert json.loads(json.dumps(packed, allow_nan=False))["n"] == 20
