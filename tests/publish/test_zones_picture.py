"""The picture of distances: to scale, the same every time, readable as text, and without the colour of a verdict."""

import math
import re
import xml.etree.ElementTree as ET

import pytest

from truceline.basics.quantity import MILE
from truceline.plan.tables import Depth, Limit
from truceline.publish.zones import Bar, Panel, Row, panels_of
from truceline.publish.zones_picture import zones_picture
from world import truce

SVG = "{http://www.w3.org/2000/svg}"


def picture(*rows, **about):
    """Draw one panel and read the drawing."""
    panel = Panel("the front", "north", drawn=True, rows=rows, **about)
    return ET.fromstring(zones_picture("The least", [panel]))  # noqa: S314 - our own drawing


def row(lo, hi, words, **more):
    """Make a row of one clause with one bar."""
    return Row("a", "A: presence, none", (), (Bar(Depth(Limit(0.0, 0.0), Limit(lo, hi)), words, **more),))


def boxes(drawing, kind):
    """List the left edge and the width of the rectangles of a class, without those of the legend."""
    found = [one for one in drawing.iter(f"{SVG}rect") if one.get("class") == kind and one.get("width") != "24"]
    return [(float(one.get("x")), float(one.get("width"))) for one in found]


def texts(drawing):
    """List what can be read."""
    return ["".join(one.itertext()) for one in drawing.iter(f"{SVG}text")]


def test_ground_that_takes_the_other_side_in_is_drawn_on_both():
    """From the far end of the paper to the line, and from there as far as it reaches."""
    whole = Bar(Depth(Limit(-math.inf, -math.inf), Limit(5_000.0, 5_000.0)), "5 km, the area itself included")
    drawing = picture(row(10_000.0, 10_000.0, "10 km"), Row("b", "B: presence, none", (), (whole,)))
    (_, wide), (_, half) = boxes(drawing, "sure")

    assert half == pytest.approx(wide / 2, abs=0.2)
    assert len(boxes(drawing, "past")) == 1


def test_lengths_are_to_scale():
    """Ten kilometres are twice as wide as five, and the open part begins where the sure one ends."""
    drawing = picture(row(5_000.0, 5_000.0, "5 km"), row(5_000.0, 10_000.0, "5 to 10 km"))
    (five, wide), (again, also) = boxes(drawing, "sure")
    [(begin, more)] = boxes(drawing, "open")

    assert (five, wide) == (again, also)
    assert begin == pytest.approx(five + wide, abs=0.2)
    assert more == pytest.approx(wide, abs=0.2)


def test_what_has_no_end_fades():
    """An undisclosed distance is hatched and open-ended; on both sides it fades to both."""
    one, both = row(0.0, math.inf, "undisclosed"), row(0.0, math.inf, "undisclosed", both_sides=True)

    assert len(boxes(picture(one), "fade")) == 1
    assert len(boxes(picture(both), "fade")) == 2
    assert not boxes(picture(one), "sure")
    assert "0" not in texts(picture(one))


def test_a_beginning_in_vague_words_is_open():
    """From a few kilometres to 20: nobody can tell where it begins, so all of it may be meant."""
    vague = Row("a", "A", (), (Bar(Depth(Limit(0.0, math.inf), Limit(2e4, 2e4)), "from a few km to 20 km"),))

    assert not boxes(picture(vague), "sure")
    assert len(boxes(picture(vague), "open")) == 1


def test_what_is_far_longer_than_the_shortest_runs_off_the_paper():
    """More than forty times the shortest distance is not drawn to its end: the short one would not be seen."""
    drawing = picture(
        row(500.0, 500.0, "500 m"), row(5e5, 5e5, "500 km"), row(0.0, 5e5, "up to 500 km"),
        row(5e5, 6e5, "500 to 600 km"),
        Row("a", "Northbank", (), (Bar(Depth(Limit(0.0, 0.0), Limit(4e5, 5e5)), "400 to 500 km"),), is_demand=True),
    )  # fmt: skip

    assert len(boxes(drawing, "sure")) == 1
    assert len(boxes(drawing, "past")) == 2
    assert "20 km" in texts(drawing)


def test_the_whole_other_side_lies_left_of_the_line():
    """A ban across the line fades away from it."""
    across = Row("a", "A", (), (Bar(Depth(Limit(-math.inf, -math.inf), Limit(0.0, 0.0)), "all of the other side"),))
    drawing = picture(across, row(5_000.0, 5_000.0, "5 km"))

    assert len(boxes(drawing, "past")) == 1


def test_kilometres_stand_above_miles():
    """Both axes begin at the line; the last mark of each names its unit."""
    said = texts(picture(row(30_000.0, 30_000.0, "30 km")))

    assert "30 km" in said
    assert f"{int(30_000 / MILE) // 2 * 2} mi" in said


@pytest.mark.parametrize(("lo", "hi", "ticks"), [(3e4, 3e4, 1), (1e4, 3e4, 2), (0.0, 3e4, 1), (0.0, math.inf, 0)])
def test_what_was_asked_is_a_tick(lo, hi, ticks):
    """One distance is one tick, a range two; what was asked without a number has none."""
    asked = Row("a", "Northbank", (), (Bar(Depth(Limit(0.0, 0.0), Limit(lo, hi)), "as asked"),), is_demand=True)
    drawing = picture(asked, row(5_000.0, 5_000.0, "5 km"))
    drawn = [one for one in drawing.iter(f"{SVG}line") if one.get("class") == "tick"]

    assert len(drawn) == ticks + 1  # and that of the legend
    assert "Northbank: as asked" in texts(drawing)


def test_long_words_are_wrapped():
    """What has no room beside a tick stands below it, in lines that end on the paper."""
    words = "as far as " + "the road that nobody has drawn, " * 8
    asked = Row("a", "Northbank", (), (Bar(Depth(Limit(0.0, 0.0), Limit(3e4, 3e4)), words),), is_demand=True)
    said = texts(picture(asked))

    assert "".join(said).count("road that nobody") >= 6
    assert all(len(one) < 130 for one in said)


def test_a_strip_is_not_to_scale():
    """The ground between two lines has two lines and no axis."""
    strip = Row("a", "A", (), (Bar(Depth(Limit(0.0, 0.0), Limit(0.0, 0.0)), "between the two lines", strip=True),))
    drawing = picture(strip)

    assert "Between the front (not to scale)" in texts(drawing)
    assert len([one for one in drawing.iter(f"{SVG}line") if one.get("class") == "line"]) == 2


def test_the_error_of_a_line_is_a_soft_edge():
    """Where a line is known to a kilometre its edge is so wide to scale; a metre would not be seen."""
    assert boxes(picture(row(5e3, 5e3, "5 km"), error_m=1_000.0), "error")
    assert not boxes(picture(row(5e3, 5e3, "5 km"), error_m=1.0), "error")
    assert "Where it runs is known to 1.5 km." in texts(picture(row(5e3, 5e3, "5 km"), error_m=1_500.0))
    assert "Where it runs is known to 50 m." in texts(picture(row(5e3, 5e3, "5 km"), error_m=50.0))


def test_it_is_the_same_every_time_and_can_be_heard():
    """Two drawings are equal to the letter; title and description say in words what is drawn."""
    panels = panels_of(truce())
    first, second = (zones_picture("Truce of the river", panels) for _ in range(2))
    drawing = ET.fromstring(first)  # noqa: S314

    assert first == second
    assert drawing.find(f"{SVG}title").text == "Truce of the river"
    assert "northbank, asked or offered: 30 to 40 km." in drawing.find(f"{SVG}desc").text


def test_no_colour_of_a_verdict_is_used():
    """Neither vermilion, nor blue, nor amber: no verdict is drawn here."""
    drawing = zones_picture("Truce of the river", panels_of(truce()))

    assert not re.search("d55e00|0072b2|e69f00", drawing, re.IGNORECASE)
    assert "prefers-color-scheme: dark" in drawing
