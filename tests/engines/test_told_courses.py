"""Ground that changes, told: the course of the day, the line that rules, the gap and the sum, each in plain words."""

import pytest

import changing
from truceline.engines.explaining import explain
from truceline.engines.local import check_batch
from truceline.engines.outlines import bands_of, drawn
from truceline.engines.setup import prepare
from truceline.engines.told_courses import limits_there
from truceline.plan.tables import Band
from truceline.publish.ground import bands, lines
from world import amended, at, reports, spot


def told(provision, reading="text", setup=None, **row):
    """Explain one verdict about a report of the army of Northbank, by the measures of its ground."""
    table = reports({"act": "presence", "by": ["northbank_army"], **row})
    return explain(setup or changing.held(), table, "r0", provision, reading)


def measures(explanation):
    """List the measures of a ground: what it is, its truth and its words."""
    return {one.ground: (one.truth, " | ".join(one.arithmetic)) for one in explanation.measures}


def test_only_the_courses_that_come_into_question_are_told():
    """On an ordinary day one, on the day of a change both, each with the time in which it holds."""
    sure = measures(told("sky", act="overflight", **spot(50_000.0, 1_000.0), **at("2031-05-12T00:00")))
    both = measures(told("sky", act="overflight", **spot(50_000.0, 1_000.0), **at("2031-05-20T03:00")))
    north, south = ("band along the river, course of 10 May 2031, 00:00 +02:00 [river@2031-05-10T00:00+02:00]",
                    "band along the river, course of 20 May 2031 [river@2031-05-20]")  # fmt: skip

    assert [ground for ground in sure if "river" in ground] == [north]
    assert "this course holds from 2031-05-10 00:00 +02:00 until some instant in [2031-05-20" in sure[north][1]
    assert [ground for ground in both if "river" in ground] == [north, south]
    assert "this course holds from some instant in [2031-05-20" in both[south][1]
    assert sure["the air"] == ("true", "only what flies is in the air: the report shows a flight")


def test_a_report_without_a_date_is_told_so_beside_every_course():
    """The first course has no beginning: it holds until the first change."""
    found = measures(told("sky", **spot(50_000.0, 1_000.0)))
    first = found["band along the river [river]"][1]

    assert first.startswith("this course holds until 2031-05-10 00:00 +02:00: the report states no date")
    assert len([ground for ground in found if "river" in ground]) == 3


def test_the_gap_and_the_sum_are_told():
    """From which line to which, how far, and what is left of 50 km; also as figures."""
    found = told(
        "behind@south", "northview", by=["southbank_army"], **spot(50_000.0, -18_000.0), **at("2031-05-05T00:00")
    )
    [(ground, (_, words))] = [one for one in measures(found).items() if "bypass" in one[0]]
    figures = {one.name: one.value for measure in found.measures for one in measure.figures}

    assert ground == "band along the bypass [bypass]"
    assert "this line rules beside south road [southroad] from station 30,000 m to 72,000 m" in words
    assert "from here to north road [northroad] the gap is 24,3" in words
    assert "and both lines together are known to ± 50 m" in words
    assert "the depth is 25,000 m - 0.5 times the gap, never below 0 m: here 12,8" in words
    assert figures["surely_to_m"] == pytest.approx(25_000.0 - figures["gap_near_m"] / 2.0, abs=30.0)


def test_a_gap_to_a_line_that_nobody_has_drawn_is_told_so():
    """Neither the depth nor any limit can be told; the ground is still said."""
    sides = ("south: {who: southbank_army, line: southroad}", "south: {who: southbank_army, line: hidden}")
    setup = prepare(amended(changing.GAP, sides))
    found = told("behind@north", "northview", setup, **spot(50_000.0, 18_000.0), **at("2031-05-05T00:00"))
    [(_, (truth, words))] = measures(found).items()

    assert truth == "unknown"
    assert "how far the hidden line [hidden] lies from here is not known: its course is not" in words
    assert "banned" not in words
    assert "the course of the reference line is not public" in words


def test_the_ground_beyond_a_baseline_is_told_as_such():
    """From the line of the side that must not cross it."""
    found = measures(told("freeze@north", **spot(50_000.0, 5_000.0), **at("2031-05-05T00:00")))
    [(ground, (truth, words))] = found.items()

    assert (ground, truth) == ("the ground beyond north road [northroad]", "true")
    assert "surely in the zone across the line and to below 0 m" in words


def test_what_did_not_fly_is_told_beside_the_band():
    """The verdict rests on that alone."""
    found = told("sky", act="movement", thing="tank", **spot(50_000.0, 1_000.0), **at("2031-05-05T00:00"))

    assert [why.code for why in found.reasons] == ["not_aloft"]
    assert measures(found)["the air"] == ("false", "only what flies is in the air: nothing in the report flew")


def test_sentences_say_what_the_ground_hangs_on():
    """The course of the day, the line that replaces a part, the gap, the baseline and the air."""
    here = {**at("2031-05-05T00:00"), **spot(50_000.0, 0.0)}
    asked = (("sky", "text"), ("freeze@south", "text"), ("behind@north", "northview"))
    sentence = {name: told(name, reading, **here).sentence for name, reading in asked}

    assert "in the air within 10 km of the river (its course of the day)" in sentence["sky"]
    assert "beyond south road or the bypass" in sentence["freeze@south"]
    assert "within (50 km - gap)/2, the gap being that between the two lines there" in sentence["behind@north"]


def test_every_course_is_drawn_and_a_depth_by_a_gap_within_its_bounds():
    """On the page a course is a line of its own; a band that follows a gap reaches between the least and the most."""
    setup = changing.held()
    found = check_batch(setup, reports({"act": "presence", **spot(50_000.0, 0.0), **at("2031-05-05T00:00")}))
    rule = setup.rule(setup.book.rules.index(_rule("behind", "north")), "northview")
    [north] = bands_of(rule.where)
    [shape] = drawn(north, setup.atlas)

    assert {line["id"] for line in lines(found)} >= {
        "river",
        "river@2031-05-10T00:00+02:00",
        "river@2031-05-20",
        "bypass",
    }
    assert len(bands(found, "text")["sky"]) == 3
    assert 0.0 < shape.depth.far.lo < 12_900.0
    assert 13_900.0 < shape.depth.far.hi < 14_000.0
    assert shape.sure
    assert limits_there(north.depth, north, found) is None


def _rule(provision, side):
    """Give the name of a sentence."""
    return next(one for one in changing.held().book.rules if (one.provision, one.side) == (provision, side))


def test_a_gap_of_which_nothing_is_known_has_no_outline():
    """Its band is listed, with nothing drawn."""
    sides = ("south: {who: southbank_army, line: southroad}", "south: {who: southbank_army, line: hidden}")
    setup = prepare(amended(changing.GAP, sides))
    rules = [rule for rule in setup.plans[1].rules if setup.book.rules[rule.rule].provision == "behind"]
    [band, *_] = bands_of(rules[0].where)

    assert isinstance(band, Band)
    assert [shape.possible != () for shape in drawn(band, setup.atlas)] == [True]
    assert [shape.sure for shape in drawn(band, setup.atlas)] == [()]
