"""Points of the compass: how they are written, and how wide each is."""

import pytest

from truceline.evidence.compass import bearing_of, side_of

SIXTEEN = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
WORDS = {"N": "north", "E": "east", "S": "south", "W": "west"}


@pytest.mark.parametrize(("place", "letters"), list(enumerate(SIXTEEN)))
def test_every_point_is_read_in_every_writing(place, letters):
    """Letters and words, in any case, with hyphens, blanks or nothing between them."""
    parts = [WORDS[letter] for letter in letters]
    written = [letters, letters.lower(), "-".join(letters), *(mark.join(parts).upper() for mark in ("-", " ", ""))]
    found = [bearing_of(words) for words in written]

    assert {one.middle for one in found} == {place * 22.5}
    assert {one.name for one in found} == {"-".join(parts)}


@pytest.mark.parametrize(("points", "halves"), [(4, (45.0, 22.5, 11.25)), (8, (22.5, 22.5, 11.25)), (16, (11.25,) * 3)])
def test_a_point_is_as_wide_as_its_rose(points, halves):
    """Four points are 45 degrees wide on either side, eight 22.5, sixteen 11.25; a finer word shows a finer rose."""
    assert tuple(bearing_of(words, points).half for words in ("north", "north-west", "north-north-west")) == halves


@pytest.mark.parametrize(
    ("words", "meant"),
    [("west-north", "north-west"), ("WN", "north-west"), ("east south", "south-east"), ("nen", "north-north-east")],
)
def test_swapped_words_are_refused_with_what_was_meant(words, meant):
    """Nobody knows what they stand for, and the message says what is usual."""
    with pytest.raises(ValueError, match=f"is no point of the compass; write {meant}"):
        bearing_of(words)


@pytest.mark.parametrize("words", ["north-south", "", "up", "northwards", "NESW", "n by w", "NN", "left"])
def test_what_is_no_point_is_refused(words):
    """Nothing is taken for the nearest word."""
    with pytest.raises(ValueError, match="write one of sixteen"):
        bearing_of(words)


def test_a_side_is_all_on_that_side():
    """The southern part of a place may lie anywhere south of its middle."""
    assert (side_of("southern").middle, side_of("south").half, side_of("north-eastern").name) == (
        180.0, 90.0, "north-east",
    )  # fmt: skip
