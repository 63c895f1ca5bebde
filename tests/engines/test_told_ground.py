"""The arithmetic of WHERE, told: from a line, from the edge of an area, for a disc and for a region."""

import numpy as np

from truceline.engines.explaining import explain
from truceline.engines.setup import prepare
from truceline.evidence.regions import Regions
from world import amended, at, reports, setup, spot, truce

REPORTS = reports(
    {**spot(30_000.0, 16_500.0, 600.0), **at("2031-06-01T10:00"), "by": ["northbank_army"], "act": "presence"},
    {**spot(85_000.0, -20_000.0), **at("2031-05-02"), "by": ["visitors"], "act": "detention"},
    {"by": ["northbank_guides"], "act": "fire"},
    {**spot(30_000.0, 2_000.0, 4_000.0), **at("2031-06-01"), "by": ["southbank_scouts"], "act": "presence",
     "thing": "tank"},
)  # fmt: skip


def why(report, provision, reading="text", held=None):
    """Explain one verdict."""
    return explain(held or setup(), REPORTS, report, provision, reading)


def test_an_area_that_is_called_one_is_called_so_once():
    """The word does not stand twice before a title that begins with it."""
    held = prepare(amended(("title: town of Northton", "title: areas beside Northton")))
    grounds = [measure.ground for one in why("r0", "halt", held=held).conditions for measure in one.measures]

    assert "areas beside Northton [Northton]" in grounds


def test_sectors_are_shown_one_by_one():
    """Each with the station at which it begins."""
    arithmetic = why("r3", "guns").measures[0].arithmetic

    assert "sector from station 0 to 50,000 m: surely in the zone from 0 m to below 4,828.032 m (3 miles)" in arithmetic
    assert (
        "sector from station 50,000 m on (the report does not lie beside this sector): surely in the zone from 0 m to "
        "below 10,000 m (6.214 miles); possibly in the zone from 0 m to below 15,000 m (9.321 miles)"
    ) in arithmetic


def test_a_stretch_without_a_band_says_so():
    """Between sectors no ground is in the zone; of a band with sectors no share of the disc is told."""
    held = prepare(amended(("{until: 50 km, away: 3 mi}", "{until: 20 km, away: 3 mi}"), readings=False))
    arithmetic = why("r3", "guns", held=held).measures[0].arithmetic

    assert "sector from station 20,000 to 50,000 m: no distance is in the zone" in arithmetic
    assert not any("share" in line for line in arithmetic)


def test_a_depth_without_a_limit_says_so():
    """An undisclosed distance may reach anywhere."""
    held = prepare(amended(("provisions.behind.where.away: 5 km", "provisions.behind.where.away: undisclosed")))

    assert (
        "nowhere surely in the zone; possibly in the zone from 0 m without a limit"
        in why("r0", "behind@north", "northview", held).measures[0].arithmetic
    )


def test_a_zone_that_only_may_exist_is_no_empty_one():
    """From a few kilometres to 500 km: surely nothing is in it, and possibly all up to 500 km."""
    away = "provisions.behind.where.away: {from: a few kilometres, to: 500 km}"
    held = prepare(amended(("provisions.behind.where.away: 5 km", away)))

    assert (
        "no distance is surely in the zone; possibly from 0 m to below 500,000 m (310.686 miles)"
        in why("r0", "behind@north", "northview", held).measures[0].arithmetic
    )


def test_the_distance_to_the_edge_of_an_area_is_told():
    """Inside, outside, or possibly either, from the nearest to the farthest place, in metres and miles."""
    square = ("[[20.45, -0.02], [20.55, -0.02], [20.55, 0.02], [20.45, 0.02], [20.45, -0.02]]",
              "[[20.0, 0.0], [21.0, 0.0], [21.0, 1.0], [20.0, 1.0], [20.0, 0.0]]")  # fmt: skip
    held = prepare(amended(("places: [Northton, Southton], unsure: [Bridge]", "places: [Bridge, Mill]"), square))
    table = reports({**spot(55_000.0, 5_000.0, 1_000.0)}, {**spot(55_000.0, -5_000.0, 1_000.0)},
                    {**spot(55_000.0, 500.0, 1_000.0)}, {**spot(55_000.0, 5_000.0)})  # fmt: skip
    told = [explain(held, table, f"r{row}", "halt", "text").measures for row in range(4)]

    assert [one.arithmetic[0] for one, _ in told] == [
        "inside, 4,000 to 6,000 m (2.49 to 3.73 miles) from its edge; centre 5,000 m inside ± 1,000 m",
        "outside, 4,000 to 6,000 m (2.49 to 3.73 miles) from its edge; centre 5,000 m outside ± 1,000 m",
        (
            "may lie inside, up to 1,500 m (0.93 miles) from its edge, or outside, up to 500 m (0.31 miles) from it; "
            "centre 500 m inside ± 1,000 m"
        ),
        "inside, 5,000 m (3.11 miles) from its edge",
    ]
    assert [one.truth for one, _ in told] == ["true", "false", "unknown", "true"]
    assert [mill.arithmetic for _, mill in told] == [
        ("unknown, because the ground is named in words, without a published boundary",)
    ] * 4


def test_the_error_of_an_edge_is_added():
    """Southton is known to 500 m: the distance is told with it too."""
    [_, south, _] = why("r1", "halt").measures

    assert south.arithmetic[1].startswith("the edge itself is known to ± 500 m: ")


def test_a_report_of_a_region_lies_anywhere_in_it():
    """It has bounds and no centre; what its borders settle is never contradicted by the bounds."""
    rings = {"east": [[20.6, -0.3], [20.9, -0.3], [20.9, -0.02], [20.6, -0.3]],
             "far": [[25.0, 5.0], [25.1, 5.0], [25.1, 5.1], [25.0, 5.0]]}  # fmt: skip
    same = Regions(tuple(rings), tuple(((np.array(ring),),) for ring in rings.values()), (0.0, 0.0), "toy.yaml")
    held = prepare(truce(), regions=same)
    table = reports({"region": "east", "lon": 1.0, "lat": 1.0}, {"region": "far"})
    [_, mine, _], [_, other, _] = (explain(held, table, f"r{row}", "halt", "text").measures for row in (0, 1))
    facts = dict(explain(held, table, "r0", "few", "text").facts)
    offset = explain(held, table, "r0", "few", "text").measures[0].arithmetic[0]

    assert (mine.truth, other.truth) == ("unknown", "false")
    assert mine.arithmetic[0].startswith("may lie inside, up to ")
    assert mine.arithmetic[:2][1] == "the edge itself is known to ± 500 m"
    assert mine.arithmetic[0].endswith("; anywhere in the region east")
    assert other.arithmetic[0].startswith("outside, ")
    assert offset.endswith("; anywhere in the region east")
    assert (facts["region"], "lon" in facts) == ("east", False)


def test_between_two_lines_both_are_told():
    """The offset from each, and on which side of it the other one lies; of a line without a course, nothing."""
    [strip] = why("r0", "empty").measures[:1]
    hidden = amended(("strip: {between: [northroad, southroad]}", "strip: {between: [northroad, hidden]}"))
    [half] = why("r0", "empty", held=prepare(hidden)).measures[:1]

    assert strip.ground == "between north road [northroad] and south road [southroad]"
    assert strip.arithmetic[0].startswith(
        "from north road [northroad], the other line lies on its minus side: offset 4,843 to 6,043 m"
    )
    assert any(line.startswith("from south road [southroad], the other line lies on its minus side: offset -")
               and ", on the other side than south; centre" in line for line in strip.arithmetic)  # fmt: skip
    assert [line.partition(",")[0] for line in half.arithmetic[:1]] == ["from north road [northroad]: offset 4"]
    assert half.arithmetic[-1] == "unknown, because the course of the reference line is not public"


def test_beyond_an_end_the_band_is_said_to_go_round_it_or_not():
    """As the text has it: round, flat, or not stated."""
    table = reports({**spot(30_000.0, 1_000.0, 500.0), "lon": 19.9}, {**spot(30_000.0, 1_000.0, 500.0), "lon": 20.001})

    def told(report, provision):
        return [line for line in explain(setup(), table, report, provision, "text").measures[0].arithmetic
                if "beyond an end" in line]  # fmt: skip

    assert told("r0", "guns") == ["it lies beyond an end of the line; the band goes round it"]
    assert told("r0", "few") == ["it lies beyond an end of the line; the band stops there"]
    assert told("r1", "behind@north") == [
        "it may lie beyond an end of the line; the band may go round it or stop there: the text does not say"
    ]


def test_a_bound_beside_a_limit_is_written_out():
    """Rounded to metres, 4,828.4 m and the limit of 4,828.032 m would be the same."""
    table = reports(spot(30_000.0, 4_828.4))
    first = explain(setup(), table, "r0", "guns", "text").measures[0].arithmetic[0]

    assert first == "offset 4,828.4 m (3 miles), on the plus side (north)"


def test_both_sides_are_a_matter_of_distance():
    """No side is told where none matters; across the line the sign says which is which."""
    table = reports(spot(30_000.0, -2_000.0, 500.0), spot(30_000.0, 100.0, 500.0))

    assert explain(setup(), table, "r0", "few", "text").measures[0].arithmetic[0] == (
        "distance 1,500 to 2,500 m (0.93 to 1.55 miles); centre 2,000 m ± 500 m"
    )
    assert (
        ", plus is north, minus the other side; centre 100 m ± 500 m"
        in (explain(setup(), table, "r1", "guns", "text").measures[0].arithmetic[0])
    )


def test_a_ceiling_bans_nothing():
    """What holds of bans, ceilings, floors and exceptions alike is said: how far the zone reaches."""
    [measure] = why("r3", "few").measures

    assert any(words.startswith("surely in the zone from 0 m to below 20,000 m") for words in measure.arithmetic)
    assert not any("ban" in words for words in measure.arithmetic)
