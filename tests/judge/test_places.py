"""WHERE: boundaries of bands, ends of lines, sectors, areas, strips, and why an answer is unknown."""

from dataclasses import replace

import numpy as np
import pytest

import strategies as some
from strategies import beside, near_end
from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.judge.places import Answer, judge_where
from truceline.judge.reasons import codes_of
from truceline.plan.tables import (
    All,
    Aloft,
    Any_,
    Anywhere,
    Around,
    Band,
    Between,
    Course,
    Dated,
    Depth,
    Era,
    Except,
    Gap,
    InArea,
    Limit,
    Nowhere,
    OneOf,
    Replaced,
    SectorDepth,
    Stretch,
)  # fmt: skip

ZERO, THREE, THREE_TO_FOUR = Limit(0.0, 0.0), Limit(3.0, 3.0), Limit(3.0, 4.0)


def band(far=THREE, near=ZERO, **terms):
    """Make a band along the line 0, round at its ends."""
    return Band(
        **{"line": 0, "depth": Depth(near, far), "sectors": (), "both_sides": False, "round_ends": True, **terms}
    )


def where(ground, *seen, uncertainty=0.0, sided=True, areas=(-1, -1), placed=True):
    """Judge places, each seen from the line 0: truth and reasons."""
    facts = [some.fact(lines=(one, one), areas=areas, placed=placed) for one in seen]
    places = some.places_of(facts, uncertainty)
    if not sided:
        places = replace(places, lines={**places.lines, 0: replace(places.lines[0], sided=False)})
    answer = judge_where(ground, places)
    return [(int(truth), codes_of(int(mask))) for truth, mask in zip(answer.truth, answer.reasons, strict=True)]


def test_exactly_on_the_stand_off_is_allowed():
    """A stand-off d bans [0, d): the line itself is banned, d is not, nor anything across the line.

    Nearer to d than a millimetre is on d: no place is measured more exactly.
    """
    answers = where(band(), *(beside(offset) for offset in (0.0, 2.998, np.nextafter(3.0, 0.0), 3.0, -1e-9)))

    assert [truth for truth, _ in answers] == [1, 1, -1, -1, -1]


def test_a_depth_that_begins_away_from_the_line_takes_its_beginning_in():
    """[a, b): exactly a is in, exactly b is out."""
    answers = where(band(near=Limit(1.0, 1.0)), *(beside(offset) for offset in (0.5, 1.0, 2.9, 3.0)))

    assert [truth for truth, _ in answers] == [-1, 1, 1, -1]


def test_beyond_the_line_and_up_to_a_depth():
    """`from: none` bans the whole other side too."""
    beyond = Limit(-np.inf, -np.inf)

    assert where(band(near=beyond, far=ZERO), beside(-1e6), beside(-1.0), beside(0.0)) == [(1, ()), (1, ()), (-1, ())]


def test_beyond_an_end_ground_across_the_line_is_undecided():
    """What bans the whole other side depends on the side there, which nobody knows."""
    beyond = band(near=Limit(-np.inf, -np.inf), far=ZERO)

    assert where(beyond, near_end(1.0, 1.0, abeam=-1)) == [(0, ("beyond_line_end",))]


def test_between_the_sure_and_the_possible_limit_the_term_is_the_reason():
    """An exact place from 3 up to 4 is undecided by the words "3 to 4", and by nothing else."""
    answers = where(band(THREE_TO_FOUR), beside(2.9), beside(3.0), beside(3.9), beside(4.0))

    assert answers == [(1, ()), (0, ("term_too_vague",)), (0, ("term_too_vague",)), (-1, ())]


def test_a_coarse_place_is_the_reason_where_a_sharper_one_would_decide():
    """Over the stand-off, over the line, and over both limits of a vague one."""
    answers = where(band(), beside(2.0, 4.0), beside(-1.0, 1.0))
    vague = where(band(THREE_TO_FOUR), beside(2.0, 3.5), beside(3.5, 5.0), beside(3.2, 3.8))

    assert answers == [(0, ("report_too_coarse",))] * 2
    assert vague == [
        (0, ("report_too_coarse", "term_too_vague")),
        (0, ("report_too_coarse", "term_too_vague")),
        (0, ("term_too_vague",)),
    ]


def test_an_uncertain_line_is_the_reason_where_a_sharp_one_would_decide():
    """The error of the line is added on both sides of an offset; a definite answer allows for it."""
    answers = where(band(), beside(1.0), beside(2.9), beside(3.1), beside(3.5), uncertainty=0.5)

    assert answers == [(1, ()), (0, ("line_uncertain",)), (0, ("line_uncertain",)), (-1, ())]


def test_a_place_beyond_an_end_lies_in_a_round_band_and_not_in_a_flat_one():
    """Beyond an end there are no sides: a band that goes round it takes in what is near enough."""
    beyond = near_end(1.0, 2.0, abeam=-1)

    assert where(band(round_ends=True), beyond) == [(1, ())]
    assert where(band(round_ends=False), beyond) == [(-1, ())]
    assert where(band(round_ends=None), beyond) == [(0, ("ends_not_stated",))]
    assert where(band(round_ends=None), near_end(5.0, 6.0, abeam=-1)) == [(-1, ())]


def test_a_place_that_may_lie_beyond_an_end_is_unknown():
    """It may be beside the line on either side, or beyond its end."""
    maybe = near_end(1.0, 2.0, abeam=0)

    assert where(band(round_ends=True), maybe) == [(0, ("beyond_line_end",))]
    assert where(band(round_ends=False), maybe) == [(0, ("beyond_line_end",))]
    assert where(band(round_ends=None), near_end(1.0, 2.0), near_end(5.0, 6.0)) == [(0, ("beyond_line_end",)), (-1, ())]


def test_a_flat_band_is_unknown_where_only_the_end_is_in_doubt():
    """On both sides the place is near enough, but it may lie past the perpendicular at the end."""
    assert where(band(round_ends=False, both_sides=True), near_end(1.0, 2.0)) == [(0, ("beyond_line_end",))]


def test_both_sides_count_by_distance():
    """Negative offsets are outside unless the band lies on both sides."""
    answers = where(band(both_sides=True), beside(-2.0), beside(-3.0), beside(-2.0, 2.5), near_end(1.0, 2.0, abeam=1))

    assert answers == [(1, ()), (-1, ()), (1, ()), (1, ())]


def test_a_distance_is_never_below_zero_however_uncertain_the_line():
    """On both sides of a line, and beyond its end, a place on the drawn line is surely near the true one."""
    assert where(band(both_sides=True), beside(-1.0, 1.0), uncertainty=1.5) == [(1, ())]
    assert where(band(), near_end(0.5, 1.0, abeam=-1), uncertainty=1.5) == [(1, ())]
    assert where(band(both_sides=True), beside(2.0), beside(5.0), uncertainty=1.5) == [
        (0, ("line_uncertain",)),
        (-1, ()),
    ]


def test_a_line_whose_side_is_only_words_decides_by_distance():
    """Far enough on either side is outside; nearer, nobody can tell on which side it lies."""
    answers = where(band(), beside(1.0), beside(-1.0), beside(3.0), beside(-7.0, -5.0), sided=False)

    assert answers == [(0, ("side_not_stated",))] * 2 + [(-1, ())] * 2


SECTORS = (SectorDepth(0.0, 50.0, Depth(ZERO, THREE)), SectorDepth(50.0, np.inf, Depth(ZERO, Limit(7.0, 7.0))))


def test_sectors_have_their_own_depth():
    """The same offset is inside in one sector and outside in the other; between them it is unknown."""
    answers = where(
        band(sectors=SECTORS), beside(5.0, sectors=(0,)), beside(5.0, sectors=(1,)), beside(5.0, sectors=(0, 1))
    )

    assert answers == [(-1, ()), (1, ()), (0, ("sector_unclear",))]


def test_sectors_that_agree_need_not_be_told_apart():
    """Inside by both depths is inside, whatever the sector."""
    assert where(band(sectors=SECTORS), beside(1.0, sectors=(0, 1)), beside(8.0, sectors=(0, 1))) == [(1, ()), (-1, ())]


def test_an_area_is_asked_by_its_boundary():
    """Inside, outside, on the boundary; an area without one cannot be asked."""
    assert where(InArea(0, contested=False), beside(0.0), areas=(1, -1)) == [(1, ())]
    assert where(InArea(0, contested=False), beside(0.0), areas=(0, -1)) == [(0, ("report_too_coarse",))]
    assert where(InArea(1, contested=False), beside(0.0), areas=(1, -1)) == [(-1, ())]
    assert where(InArea(2, contested=False), beside(0.0)) == [(0, ("area_undefined",))]


def test_an_edge_that_is_not_known_exactly_is_no_fault_of_the_report():
    """Where only the error of the boundary leaves it open a more exact place would not help."""
    places = replace(some.places_of([some.fact(areas=(0, -1))] * 2), edges={0: np.array([True, False])})

    for contested, more in ((False, ()), (True, ("area_contested",))):
        answer = judge_where(InArea(0, contested=contested), places)
        reasons = [set(codes_of(int(mask))) for mask in answer.reasons]
        assert answer.truth.tolist() == [0, 0]
        assert reasons == [{"area_uncertain", *more}, {"report_too_coarse", *more}]
    assert places.take(np.array([1])).edges[0].tolist() == [False]


def test_inside_a_contested_area_nothing_is_sure():
    """Outside of it the contest does not matter."""
    contested = InArea(0, contested=True)

    assert where(contested, beside(0.0), areas=(1, 1)) == [(0, ("area_contested",))]
    assert where(contested, beside(0.0), areas=(0, 1)) == [(0, ("report_too_coarse", "area_contested"))]
    assert where(contested, beside(0.0), areas=(-1, 1)) == [(-1, ())]


def test_near_an_area_is_as_near_as_its_boundary_whatever_its_own_reasons():
    """Of a contested one nothing near is sure; without a boundary nobody can tell, and that is why."""
    near = Around(band(), 0, contested=False)

    assert where(near, beside(2.0), beside(3.0)) == [(1, ()), (-1, ())]
    assert where(near, beside(2.5), uncertainty=1.0) == [(0, ("area_uncertain",))]
    contested = replace(near, contested=True)
    assert where(contested, beside(2.0), beside(3.0)) == [(0, ("area_contested",)), (-1, ())]
    assert where(contested, replace(beside(2.0), high=4.0)) == [(0, ("report_too_coarse", "area_contested"))]
    assert where(Around(band(line=2), 2, contested=False), beside(2.0)) == [(0, ("area_undefined",))]
    assert where(Around(band(line=2), 2, contested=True), beside(2.0)) == [(0, ("area_undefined",))]


def strip(first, second, uncertainty=0.0, facing=(1, -1)):
    """Judge one place seen from the lines 0 and 1, for the ground between them."""
    places = replace(some.places_of([some.fact(lines=(first, second))], uncertainty), between={(0, 1): facing})
    answer = judge_where(Between(0, 1), places)
    return int(answer.truth[0]), codes_of(int(answer.reasons[0]))


def test_between_two_lines_is_the_inner_side_of_both():
    """It is the plus side of the first line and the minus side of the second; both lines belong to it."""
    assert strip(beside(1.0), beside(-4.0)) == (1, ())
    assert strip(beside(0.0), beside(0.0)) == (1, ())
    assert strip(beside(-1.0), beside(-6.0)) == (-1, ())
    assert strip(beside(6.0), beside(1.0)) == (-1, ())


def test_between_two_lines_is_unknown_near_either():
    """A coarse place, an uncertain line, a place beyond an end, and lines that nobody has drawn or that cross."""
    assert strip(beside(-1.0, 1.0), beside(-4.0)) == (0, ("report_too_coarse",))
    assert strip(beside(1.0), beside(-4.0), uncertainty=2.0) == (0, ("line_uncertain",))
    assert strip(near_end(1.0, 1.0, abeam=-1), beside(-4.0)) == (0, ("beyond_line_end",))
    assert strip(beside(1.0), beside(-4.0), facing=None) == (0, ("area_undefined",))
    assert where(Between(0, 2), beside(0.0)) == [(0, ("line_undisclosed",))]
    assert where(Between(2, 0), beside(0.0)) == [(0, ("line_undisclosed",))]


def test_one_of_several_lines_must_agree():
    """Inside by both is inside; inside by one alone is unknown, because no speaker says which."""
    near, far = band(), band(Limit(9.0, 9.0))
    answers = where(OneOf((near, far)), beside(1.0), beside(5.0), beside(9.0), beside(2.0, 4.0))

    assert answers == [(1, ()), (0, ("line_not_stated",)), (-1, ()), (0, ("report_too_coarse", "line_not_stated"))]


def test_a_line_nobody_has_drawn_leaves_everything_open():
    """Neither near nor far can be told from it."""
    assert where(band(line=2), beside(1e6)) == [(0, ("line_undisclosed",))]


@pytest.mark.parametrize(
    ("ground", "truth"),
    [
        (Any_((InArea(0, contested=False), InArea(1, contested=False))), 1),
        (All((InArea(0, contested=False), InArea(1, contested=False))), -1),
        (Except(InArea(0, contested=False), InArea(1, contested=False)), 1),
        (Except(InArea(0, contested=False), InArea(0, contested=False)), -1),
        (Any_((InArea(1, contested=False), Nowhere("area_undefined"))), 0),
        (All((InArea(1, contested=False), Nowhere("area_undefined"))), -1),
        (Anywhere(), 1),
    ],
)
def test_combinations_are_kleene(ground, truth):
    """Any, all and except, of a place inside the area 0 and outside the area 1."""
    [(found, reasons)] = where(ground, beside(0.0), areas=(1, -1))

    assert found == truth
    assert bool(reasons) == (truth == 0)


def test_the_part_that_decides_names_the_line():
    """Of two bands the one that gives the answer is the one to be shown."""
    first, second = beside(9.0), beside(1.0)
    places = some.places_of([some.fact(lines=(first, second)), some.fact(lines=(second, first))])
    answer = judge_where(Any_((band(), band(line=1))), places)

    assert answer.truth.tolist() == [1, 1]
    assert answer.line.tolist() == [1, 0]


def test_a_report_without_a_place_says_so_and_nothing_else():
    """Wherever a place matters it is unknown for that one reason; anywhere is anywhere."""
    lost = near_end(0.0, np.inf)
    grounds = [band(), band(line=2), Nowhere("area_undefined"), Any_((band(), InArea(0, contested=False)))]

    assert [where(one, lost, areas=(0, 0), placed=False) for one in grounds] == [[(0, ("report_unplaced",))]] * 4
    assert where(Anywhere(), lost, placed=False) == [(1, ())]


def test_what_is_not_a_number_is_unknown():
    """NaN never turns into a "no", nor into a "yes"."""
    for ground in (band(), band(both_sides=True), band(THREE_TO_FOUR), Between(0, 1)):
        places = some.places_of([some.fact(lines=(beside(np.nan), beside(np.nan)))])

        assert judge_where(ground, places).truth.tolist() == [0]


def test_an_answer_keeps_reasons_only_where_it_is_unknown():
    """What is known needs no excuse."""
    answer = Answer.of(np.array([1, 0, -1], dtype=np.int8), np.uint64(8), line=4)

    assert answer.reasons.tolist() == [0, 8, 0]
    assert answer.line.tolist() == [4, 4, 4]


def test_places_can_be_taken_row_by_row():
    """Taking rows takes them from every line and area, and keeps what has no course."""
    places = some.places_of([some.fact(areas=(1, -1)), some.fact(lines=(beside(7.0), beside(8.0)), placed=False)])
    second = places.take(np.array([1]))

    assert (len(places), len(second)) == (2, 1)
    assert second.lines[0].low.tolist() == [7.0]
    assert second.lines[2] is None
    assert second.areas[0].tolist() == [-1]
    assert second.areas[2] is None
    assert second.unplaced.tolist() == [True]


def moved(begin, far=THREE):
    """Make ground that reaches 9 m until some instant, and from then on as far as given."""
    change, always, never = Span(begin, begin), Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER)
    return Dated((Era(band(Limit(9.0, 9.0)), always, change), Era(band(far), change, never)))


def test_ground_that_changes_is_that_of_the_time():
    """Before and after, and in doubt only where both do not agree."""
    facts = [some.fact(start=at, end=at, lines=(beside(5.0),) * 2) for at in (-5, 5)]
    facts += [some.fact(start=-5, end=5, lines=(beside(offset),) * 2) for offset in (1.0, 5.0, 12.0)]
    facts += [some.fact(dated=False, lines=(beside(offset),) * 2) for offset in (1.0, 5.0)]
    answer = judge_where(moved(0), some.places_of(facts))

    assert answer.truth.tolist() == [1, -1, 1, 0, -1, 1, 0]
    assert codes_of(int(answer.reasons[3])) == ("course_unclear",)


def test_beside_a_part_that_another_line_replaces_that_line_rules():
    """At the seam both must agree; of a line that nobody has drawn either part comes into question."""
    parts = (Stretch(0.0, 50.0, band()), Stretch(50.0, np.inf, band(Limit(9.0, 9.0))))
    answers = where(Replaced(0, parts), *(beside(5.0, sectors=sectors) for sectors in ((0,), (1,), (0, 1))))

    assert answers == [(-1, ()), (1, ()), (0, ("sector_unclear",))]
    assert where(Replaced(2, parts), beside(5.0), beside(1.0)) == [(0, ("sector_unclear",)), (1, ())]


def test_only_what_flies_is_in_the_air():
    """What did not fly is a no that says why; without a word on it nobody can tell."""
    facts = [some.fact(aloft=aloft, lines=(beside(1.0),) * 2) for aloft in (1, 0, -1)]
    places = some.places_of(facts)
    answer = judge_where(All((band(), Aloft())), places)

    assert answer.truth.tolist() == [1, 0, -1]
    assert [codes_of(int(mask)) for mask in answer.reasons] == [(), ("act_unclear",), ("not_aloft",)]
    assert answer.line.tolist() == [0, -1, -1]
    assert judge_where(Aloft(), replace(places, aloft=None)).truth.tolist() == [0, 0, 0]


ALWAYS = (Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER))


FIVE_AWAY = beside(5.0)


def by_gap(*courses, gap=(20.0, 20.0), seen=FIVE_AWAY, uncertainty=0.0, base=15.0, share=-0.5, **fact):
    """Judge one place against a depth of half of what is left beside the gap."""
    to = tuple(Course(line, *(times or ALWAYS)) for line, times in courses)
    depth = Depth(ZERO, Limit(0.0, base), "report_too_coarse", Gap(base, share, to))
    places = some.places_of([some.fact(lines=(seen, seen), gap=gap, **fact)], uncertainty)
    answer = judge_where(Band(0, depth, (), both_sides=False, round_ends=True), places)
    return int(answer.truth[0]), codes_of(int(answer.reasons[0]))


def test_a_depth_that_follows_a_gap_is_worked_out_where_the_report_lies():
    """15 m less half of 20 is 5: exactly that is allowed; a wider gap leaves no depth at all."""
    assert by_gap((1, None), seen=beside(4.9)) == (1, ())
    assert by_gap((1, None)) == (-1, ())
    assert by_gap((1, None), gap=(40.0, 40.0), seen=beside(0.0)) == (-1, ())
    assert by_gap((1, None), gap=(18.0, 22.0)) == (0, ("report_too_coarse",))
    assert by_gap((1, None), gap=(18.0, 19.0)) == (1, ())
    assert by_gap((1, None), share=0.5, seen=beside(24.0)) == (1, ())


def test_the_errors_of_both_lines_widen_the_gap():
    """The band reaches 5 m and the lines are known to 1 m each: half of both, and that of the line itself."""
    assert by_gap((1, None), seen=beside(4.5), uncertainty=1.0) == (0, ("line_uncertain",))
    assert by_gap((1, None), seen=beside(2.5), uncertainty=1.0) == (1, ())
    assert by_gap((1, None), seen=beside(7.5), uncertainty=1.0) == (-1, ())


def test_a_gap_to_one_of_several_lines_must_lead_to_one_answer():
    """To the line itself there is none; to a line that nobody has drawn it is not known."""
    assert by_gap((1, None), (0, None)) == (0, ("line_not_stated",))
    assert by_gap((1, None), (0, None), seen=beside(4.0)) == (1, ())
    assert by_gap((-1, None)) == (0, ("line_undisclosed",))
    before, after = (Span(NEVER_BEFORE, NEVER_BEFORE), Span(9, 9)), (Span(9, 9), Span(FOREVER, FOREVER))
    assert by_gap((1, before), (0, after), start=3, end=3) == (-1, ())
    assert by_gap((1, before), (0, after), start=9, end=9) == (1, ())
    assert by_gap((1, before), (0, after), start=3, end=12) == (0, ("course_unclear",))
