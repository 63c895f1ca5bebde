"""Places in words, found by a gazetteer: what is found, how it is told, and what nobody can decide."""

import numpy as np
import pytest
import shapely

from truceline.evidence.place_words import PlaceWordsError
from truceline.evidence.toponyms import Toponym, Toponyms
from truceline.locate.ecef import GEOD
from truceline.locate.footprint import disc_round
from truceline.locate.placing import Manner, place_of

RING = np.array([(20.0, 10.0), (20.02, 10.0), (20.02, 10.02), (20.0, 10.02), (20.0, 10.0)])
AREA = disc_round([[RING]])
FORD = Toponym("Ford", 20.0, 10.1, 1500.0, kind="town", admin=("North District",))
PLACES = Toponyms((
    FORD,
    Toponym("Northton", 20.5, 10.0, also=("Norton",), kind="town", admin=("North District",)),
    Toponym("Mill", 20.6, 10.2, 400.0, kind="village", admin=("North District",)),
    Toponym("Mill", 20.5, 9.4, 400.0, kind="village", admin=("South District",)),
    Toponym("Mill", 21.5, 9.4, 400.0, ("Old Mill",), kind="farm", admin=("South District",)),
    Toponym("disengagement area near Ford", AREA.lon, AREA.lat, AREA.radius, polygons=((RING,),)),
    Toponym("Cape", 10.0, 89.999, 500.0),
))  # fmt: skip


def place(words, **manner):
    """Find a place in the toy gazetteer."""
    return place_of(words, PLACES, Manner(**manner))


def refused(words):
    """Give the code and the words of what cannot be found."""
    with pytest.raises(PlaceWordsError) as error:
        place(words)
    return error.value.code, error.value.what


def holds(found, lon, lat):
    """Say whether a disc and the polygons, if any, hold a place."""
    near = GEOD.inv(found.disc.lon, found.disc.lat, lon, lat)[2] <= found.disc.radius
    return near and (not found.polygons or any(
        shapely.Polygon(*rings).intersects(shapely.Point(lon, lat)) for rings in found.polygons
    ))  # fmt: skip


def test_a_name_is_its_footprint():
    """The radius of the gazetteer, else that of the table, which the arithmetic says."""
    ford, northton = place("in Ford"), place("in Norton", footprint=1000.0)

    assert (ford.disc.lon, ford.disc.lat, ford.disc.radius) == (20.0, 10.1, 1500.0)
    assert northton.disc.radius == 1000.0
    assert ford.how == "Ford: centre 20.00000, 10.10000, all of it within 1,500 m (footprint)"
    assert northton.how.endswith("1,000 m (footprint, not stated)")
    assert not ford.polygons


def test_a_distance_and_a_bearing_are_a_sector_round_the_footprint():
    """Distance +- half its last digit, bearing +- half its sector, footprint: all of it is told."""
    found = place("3km NW of Ford")

    assert [holds(found, *GEOD.fwd(20.0, 10.1, angle, away)[:2]) for angle, away in
            ((315.0, 3000.0), (293.0, 2500.0), (337.0, 3500.0), (135.0, 100.0), (135.0, 3000.0), (315.0, 7000.0))
            ] == [True, True, True, False, False, False]  # fmt: skip
    assert "all of it within 1,500 m (footprint)" in found.how
    assert '2,500 to 3,500 m away ("3km" and half of its last digit)' in found.how
    assert "bearing 292.5 to 337.5 degrees (north-west ± 22.5)" in found.how
    assert f"so within {found.disc.radius:,.0f} m of {found.disc.lon:.5f}, {found.disc.lat:.5f}" in found.how
    assert place("3km NW of Ford", points=16).disc.radius < found.disc.radius
    assert place("3km N of Ford", points=4).disc.radius > place("3km N of Ford").disc.radius


def test_without_a_bearing_any_direction_is_meant():
    """The disc reaches as far as the words on all sides, and no polygon is tighter."""
    found = place("within 2 km of Ford")

    assert (found.disc.lon, found.disc.lat, found.polygons) == (20.0, 10.1, ())
    assert found.disc.radius == 4001.0
    assert "0 to 2,500 m away" in found.how
    assert "in any direction" in found.how


def test_the_place_of_the_observer_never_becomes_that_of_the_event():
    """What was heard three kilometres away was not where it was heard; the words say from where."""
    found = place("heard from Ford, 30-35km NW")

    assert found.how.startswith("as seen from Ford")
    assert not holds(found, 20.0, 10.1)
    assert holds(found, *GEOD.fwd(20.0, 10.1, 315.0, 32_000.0)[:2])


def test_a_part_of_a_footprint_is_one_side_of_it():
    """A disc stays, and the polygon is half of it; where the boundary is known both are tighter."""
    town, area = place("southern outskirts of Ford"), place("southern part of the disengagement area near Ford")

    assert town.disc == place("Ford").disc
    assert holds(town, 20.0, 10.09)
    assert not holds(town, 20.0, 10.11)
    assert holds(area, 20.01, 10.005)
    assert not holds(area, 20.01, 10.015)
    assert area.disc.radius < AREA.radius
    assert place("outskirts of Ford").disc == town.disc
    assert not place("eastern part of Cape").polygons


def test_an_edge_is_measured_from_where_words_say_so():
    """350 m north of the southern edge lies in the south of the area; north of its part, farther north."""
    found = place("350m north of the southern edge of the disengagement area near Ford")
    whole = place("350m north of the disengagement area near Ford")

    assert holds(found, 20.003, 10.00316)
    assert holds(found, 20.017, 10.00316)
    assert not holds(found, 20.01, 10.0198)
    assert holds(whole, 20.01, 10.0198)
    assert "the south edge of disengagement area near Ford" in found.how
    assert place("350m north of the edge of the disengagement area near Ford").disc == whole.disc
    assert place("350m north of the northern part of the disengagement area near Ford").disc.lat > found.disc.lat
    assert place("350m north of the southern edge of Ford").disc == place("350m north of Ford").disc
    assert place("350m north of the southern edge of 3km N of Ford").disc.radius > 1500.0


def test_between_and_near_are_discs():
    """Between is the disc whose diameter leads from one to the other; near is as far as the table says."""
    between, near = place("between Ford and Northton"), place("near Ford", near=5000.0)

    assert holds(between, 20.0, 10.1)
    assert holds(between, 20.5, 10.0)
    assert 0.5 * between.disc.radius < 20_000.0
    assert "apart" in between.how
    assert near.disc.radius == 6500.0
    assert "near is within 5,000 m" in near.how


@pytest.mark.parametrize(
    ("words", "lon"),
    [
        ("in Mill (40km NE of Ford)", None), ("in Mill (12km SE of Northton)", None), ("Mill, North District", 20.6),
        ("Mill (North)", 20.6), ("Mill near Northton", 20.6), ("Mill (25km NNE of Northton)", 20.6),
        ("Mill, South District (67km S of Northton)", 20.5), ("Old Mill", 21.5), ("Mill (formerly Old Mill)", 21.5),
        ("Mill (farm)", 21.5), ("Mill, South District (formerly Old Mill)", 21.5),
    ],
)  # fmt: skip
def test_of_several_places_of_one_name_what_stands_beside_it_decides(words, lon):
    """A district, a kind, a former name, another place that is near, a distance and a bearing; or nothing does."""
    if lon is None:
        assert refused(words)[0] == "TL-R227"
    else:
        assert place(words).disc.lon == lon


@pytest.mark.parametrize("words", ["in Mill", "Mill (South District)", "3km N of Mill", "Mill (formerly Watermill)"])
def test_where_nothing_decides_the_candidates_are_named(words):
    """Never the largest, never the first."""
    code, what = refused(words)

    assert code == "TL-R226"
    assert "Mill (village, South District; 20.50000, 9.40000)" in what
    assert what.count("Mill (") in (2, 3)


def test_many_candidates_are_counted():
    """The first five are named."""
    inns = Toponyms(tuple(Toponym("Inn", 20.0 + at, 10.0) for at in range(7)))

    with pytest.raises(PlaceWordsError, match="and 2 more"):
        place_of("Inn", inns)


def test_a_contradiction_is_told_with_both_distances():
    """Where the name lies elsewhere than its distance and bearing, nobody knows which of them is wrong."""
    told = "Northton (town, North District; 20.50000, 10.00000) lies 55.9 km east (101 degrees) of Ford"

    assert refused("Northton (23km SW of Ford)") == ("TL-R227", f"{told}, and the words say 23km south-west")
    assert "the words say 3km away" in refused("Northton (3km from Ford)")[1]
    assert refused("Old Mill near Ford")[1].endswith("and the words say near, which is within 25 km")


@pytest.mark.parametrize(("away", "fits"), [("54", True), ("52", True), ("59", True), ("51", False), ("61", False)])
def test_footprints_count_before_words_contradict_each_other(away, fits):
    """Either centre may lie anywhere in its footprint: 55.9 km, 2 km and 1.5 km."""
    if fits:
        assert place(f"Northton ({away}km E of Ford)").disc.lon == 20.5
    else:
        assert refused(f"Northton ({away}km E of Ford)")[0] == "TL-R227"


def test_a_reference_that_is_not_known_decides_nothing():
    """The name stands; what could not be compared is told."""
    found = place("Northton (3km E of Nowhere)")

    assert found.disc.lon == 20.5
    assert found.how.endswith("not compared with 'Nowhere', which is not in the gazetteer")
    assert refused("Mill (3km E of Nowhere)")[0] == "TL-R226"


def test_a_reference_with_several_places_allows_what_any_of_them_does():
    """A homonym may stand beside a name."""
    assert place("Northton (65km N of Mill)").disc.lon == 20.5
    assert refused("Northton (5km N of Mill)")[0] == "TL-R227"


def test_a_name_that_nobody_knows_is_placed_by_the_reference_beside_it():
    """Its own footprint is added; without a distance and a bearing it stays unplaced."""
    found = place("in Weir (3km NW of Ford)")

    assert found.unknown == "Weir"
    assert found.how.startswith("Weir, which is not in the gazetteer, by the reference beside it: Ford")
    assert "and 2,000 m more for its own footprint" in found.how
    assert found.disc.radius == pytest.approx(place("3km NW of Ford").disc.radius + 2000.0, abs=10.0)
    assert place("near Weir (3km NW of Ford)").unknown == "Weir"
    assert place("between Ford and Weir (3km NW of Ford)").unknown == "Weir"
    assert place("south of Weir (3km NW of Ford)".replace("south of", "southern part of")).unknown == "Weir"
    assert place("3km S of the southern edge of Weir (3km NW of Ford)").unknown == "Weir"


def test_two_references_beside_an_unknown_name_are_held_against_each_other():
    """The more exact one places it; where they lie apart, nobody knows which is wrong."""
    both = place("Weir (3km NW of Ford, 57km W of Northton)")

    assert both.disc == place("Weir (3km NW of Ford)").disc
    assert refused("Weir (3km NW of Ford, 3km W of Northton)") == (
        "TL-R227", "no place is both '3km north-west of Ford' and '3km west of Northton'",
    )  # fmt: skip


def test_an_edge_beside_a_name_is_that_edge():
    """What stands beside a name is measured as everything else is."""
    assert place("Ford (9km N of the northern edge of the disengagement area near Ford)").disc.lon == 20.0


@pytest.mark.parametrize("words", ["in Weir", "3km N of Weir", "Weir near Ford", "Weir (3km from Ford)",
                                   "Weir (3km N of Nowhere)", "between Ford and Weir"])  # fmt: skip
def test_a_name_that_nobody_knows_is_said(words):
    """The message names it."""
    assert refused(words) == ("TL-R225", "'Weir'")


def test_words_beside_a_name_that_say_nothing_known_are_not_passed_over():
    """They may be what matters."""
    code, what = refused("Northton (residential area)")

    assert code == "TL-R224"
    assert "'residential area' beside 'Northton'" in what
    assert refused("Northton (3km N of Ford (x))")[0] == "TL-R224"


def test_a_reference_that_contradicts_itself_is_told():
    """The words beside a name are places too, and may be no better."""
    assert refused("Northton (3km N of Ford, 3km N of Mill)")[0] == "TL-R227"
    assert refused("3km N of Northton (3km N of Ford)")[0] == "TL-R227"
    assert refused("Northton (3km N of Northton (3km N of Ford))")[0] == "TL-R224"
    assert refused("Northton, 3km N of Ford near Mill")[0] == "TL-R227"
    assert "of Ford" in refused("Old Mill (3km N of 2km S of Ford)")[1]
    assert "of Ford" in refused("Old Mill (3km from between Ford and Northton)")[1]
