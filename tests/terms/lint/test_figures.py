"""Distances inside running words: what is one, what is a conversion, and how far two are apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.terms.lint.figures import TOLERANCE, Figure, agree, apart, conversions, figures

metres = st.floats(0.0, 1e6)
spans = st.tuples(metres, metres).map(sorted)


def figure(span):
    """Make a figure with these ends."""
    return Figure("words", span[0], span[1], is_metric=True, start=0, end=5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5-7 kms and up to around 30 kms", ["5-7 kms", "30 kms"]),
        ("within 3.1\u20134.3 miles", ["3.1\u20134.3 miles"]),
        ("3 to 4 ... up to around 19 miles", ["19 miles"]),
        ("1,500 kilometers deep, 7,5 km", ["1,500 kilometers"]),
        ("235 km\u00b2, 90 km/h and 5 miles per day", []),
        ("500 yards, 10 nautical miles", ["500 yards", "10 nautical miles"]),
        ("4 to 3 miles", []),
        ("a phone number 5 mins long", []),
        ("31 mi/50\n km", ["31 mi", "50 km"]),
    ],
)
def test_distances_are_found_in_words(text, words):
    """A number with a unit of length is a distance; a speed or an area is none."""
    assert [found.words for found in figures(text)] == words


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("5-7 kilometers (3-4 miles)", 1),
        ("31 mi/50 km", 1),
        ("20 km. (12 miles) at first", 1),
        ("20 km or about 12 miles", 1),
        ("7 km are 4.35 miles", 1),
        ("30 miles ... 3 miles", 0),
        ("5 km from the line, 3 miles from the river", 0),
        ("5 km, 20 miles", 0),
    ],
)
def test_neighbours_in_two_systems_are_one_distance(text, pairs):
    """Brackets, a stroke or a plain "or" make two figures one distance; a comma does not."""
    assert len(list(conversions(text))) == pairs


@given(spans, spans)
def test_being_apart_has_no_direction(first, second):
    """The order of two figures does not matter, and a figure is not apart from itself."""
    a, b = figure(first), figure(second)

    assert apart(a, b) == apart(b, a) >= 0.0
    assert apart(a, a) == 0.0


@given(spans, st.floats(1.0, 3.0))
def test_figures_agree_up_to_the_tolerance(span, factor):
    """Stretched by up to 5 % a figure is the same distance, beyond that it is another one."""
    stretched = [end * factor for end in span]
    clear = abs(factor - 1.0 - TOLERANCE) > 1e-9

    if span[1] > 0.0 and clear:
        assert agree(figure(span), figure(stretched)) == (factor <= 1.0 + TOLERANCE)


def test_nothing_and_something_are_far_apart():
    """A least distance of zero and one above zero never agree."""
    assert apart(figure([0.0, 5.0]), figure([1.0, 5.0])) == float("inf")
