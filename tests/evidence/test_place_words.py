"""Places in words: every form that observers write, and what is refused because nobody can say what it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.evidence.place_words import Away, Between, Label, Named, Near, Part, PlaceWordsError, parse_place


@pytest.mark.parametrize(
    "words",
    [
        "3km NW of Northton", "3 km north-west of Northton", "about 3km to the north-west of Northton",
        "3KM NORTH WEST OF Northton", "3km n-w of Northton", "3 km northwest of the town of Northton.",
        "at 3km NW of Northton", "located 3\u00a0km north\u2013west of Northton",
        "3 kilometres due north-west of Northton",
        "heard 3km NW of Northton",
    ],
)  # fmt: skip
def test_so_far_from_a_place_in_a_direction(words):
    """However it is written, it is one place."""
    found = parse_place(words)

    assert isinstance(found, Away)
    assert (found.reach.lo, found.reach.hi, found.seen) == (2500.0, 3500.0, False)
    assert found.bearing is not None
    assert (found.bearing.middle, found.bearing.half) == (315.0, 22.5)
    assert found.of == Named("Northton", (), "Northton")


@pytest.mark.parametrize(
    "words",
    [
        "heard from Northton, 3-5km NW", "Heard from Northton: about 3-5 km to the north-west",
        "observed in Northton; at 3-5km NW", "3-5km NW, heard from Northton",
        "3-5km NW of the observers' position in Northton",
        "3 - 5 km north-west of its position in Northton", "3-5km NW of the patrol\u2019s location at Northton",
    ],
)  # fmt: skip
def test_where_the_observer_stood_is_told_apart_from_the_event(words):
    """The event lies so far from there; the position of the observer is only what it is measured from."""
    found = parse_place(words)

    assert isinstance(found, Away)
    assert found.seen
    assert (found.reach.lo, found.reach.hi) == (2500.0, 5500.0)
    assert found.of == Named("Northton", (), "Northton")


def test_a_position_near_a_place_is_near_it():
    """What is measured from a position near a place begins as far away as near is."""
    assert parse_place("3km N of our position near Northton") != parse_place("3km N of Northton")
    assert isinstance(parse_place("3km N of its position near Northton").of, Near)
    assert parse_place("its position at Northton") == Named("Northton", (), "Northton")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("in Northton", "Northton"), ("Northton", "Northton"), ("at the village of Northton", "Northton"),
        ("inside the Ford", "Ford"), ("Inn-on-the-Ford", "Inn-on-the-Ford"), ("O\u2019Toole", "O'Toole"),
        ("North Northton", "North Northton"), ("Mill 2", "Mill 2"),
    ],
)  # fmt: skip
def test_a_name_alone_is_that_place(words, name):
    """With what usually stands before it taken off."""
    assert parse_place(words) == Named(name, (), name)


def test_what_stands_beside_a_name_is_kept_to_decide_with():
    """Distances from other places, districts, kinds, former names; remarks on who controls it say nothing of where."""
    found = parse_place("in Northton, North District (non-government-controlled; formerly Norton, 57km SW of Ford)")
    other = parse_place("Northton (government-controlled, formerly Norton, 57km SW of Ford), North District")

    district, former, away = found.beside
    assert (district, former) == (Label("North District"), Label("Norton", former=True))
    assert (away.of.name, away.reach.lo) == ("Ford", 56500.0)
    assert set(other.beside) == set(found.beside)


def test_a_name_may_go_on_behind_near():
    """The gazetteer decides whether the longer name is one; else what follows says near what."""
    found = parse_place("350m north of the southern edge of the disengagement area near Ford")
    part = found.of

    assert isinstance(part, Part)
    assert part.edge
    assert part.side.name == "south"
    assert (part.of.name, part.of.whole) == ("disengagement area", "disengagement area near Ford")
    assert part.of.beside == (Near(Named("Ford", (), "Ford")),)


@pytest.mark.parametrize(
    ("words", "side", "edge"),
    [
        ("southern outskirts of Northton", "south", True),
        ("on the south-western edge of Northton", "south-west", True),
        ("the northern part of Northton", "north", False), ("outskirts of Northton", None, True),
        ("west side of Northton", "west", False),
    ],
)  # fmt: skip
def test_a_part_of_a_place(words, side, edge):
    """One side of it, or some part of it."""
    found = parse_place(words)

    assert isinstance(found, Part)
    assert (found.side.name if found.side else None, found.edge) == (side, edge)
    assert found.of == Named("Northton", (), "Northton")


def test_between_near_and_around():
    """Two places with what stands beside them; near one; any direction; at most so far."""
    between = parse_place("on the road between Northton (3km N of Ford and Mill) and Southton")

    assert isinstance(between, Between)
    assert (between.one.name, between.other.name) == ("Northton", "Southton")
    assert parse_place("close to Ford") == Near(Named("Ford", (), "Ford"))
    assert parse_place("3 miles from Ford").bearing is None
    assert parse_place("within 2 km of Ford").reach.lo == 0.0
    assert parse_place("2km S of 3km N of Ford").of.bearing.name == "north"


def test_the_author_may_tell_four_or_sixteen_points_apart():
    """The width of a bearing follows."""
    assert parse_place("3km N of Ford", 4).bearing.half == 45.0
    assert parse_place("3km NW of Ford", 16).bearing.half == 11.25


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("3km west-north of Ford", "TL-R224", "write north-west"),
        ("3,5 km N of Ford", "TL-R224", "comma within a number"),
        ("5-3 km N of Ford", "TL-R224", "runs backwards"),
        ("3km N", "TL-R224", "does not say from where"),
        ("Northton, 3-5km NW", "TL-R224", "does not say from where"),
        ("Northton (mill", "TL-R224", "brackets"),
        ("between Ford and Mill and Inn", "TL-R224", "names 3 places"),
        ("between Ford", "TL-R224", "names 1 places"),
        (" . ", "TL-R224", "no words"),
        ("17", "TL-R224", "no name"),
        ("x" * 301, "TL-R224", "more than 300 letters"),
        ("north of Ford", "TL-R228", "how far away"),
        ("heard from Ford", "TL-R228", "how far away"),
        ("heard from Ford, 3km north of Mill", "TL-R228", "how far away"),
        ("more than 5 km north of Ford", "TL-R228", "how far away"),
    ],
)
def test_words_that_are_no_place_are_refused_with_the_reason(words, code, told):
    """Nothing is read in part: what is left over may be what matters."""
    with pytest.raises(PlaceWordsError, match=told) as refused:
        parse_place(words)

    assert refused.value.code == code


PIECES = ("3km", "N", "NW", "of", "the", "near", "between", "and", "(", ")", ",", "heard from", "X", "Y", "edge of")


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_text_is_a_place_or_refused(words):
    """No words break the reader."""
    try:
        found = parse_place(words)
    except PlaceWordsError as error:
        assert error.what  # noqa: PT017 - either answer is right
    else:
        assert isinstance(found, Away | Between | Named | Near | Part)
