"""Where the reading decides: the smallest sets of fields that carry a verdict from one reading to another."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import strategies as some
from strategies import beside
from truceline.evidence.acts import ACT_IDS
from truceline.judge.check import judge
from truceline.judge.divergence import FIELDS, deciding_fields, differing_fields, disagree, grafted
from truceline.plan.tables import Band, Depth, InArea, Kind, Limit, OneOf, What, fingerprint
from truceline.plan.timeline import UNKNOWN

ZERO = Limit(0.0, 0.0)


def to(depth, line=0, **terms):
    """Make a band from the line to a depth."""
    whole = {"sectors": (), "both_sides": False, "round_ends": None, **terms}
    return Band(line, Depth(ZERO, Limit(depth, depth)), **whole)


NEAR = some.ban(to(5.0))


def fields_of(rules, *facts):
    """Ask which fields decide, fact by fact."""
    batch, places = some.batch_of(facts), some.places_of(facts)

    def again(rule, rows):
        return judge(rule, batch.take(rows), places.take(rows)).verdict

    verdicts = np.stack([judge(rule, batch, places).verdict for rule in rules])
    return deciding_fields(rules, verdicts, np.arange(len(facts)), again)


@given(some.rules(), some.rules())
def test_taking_over_every_field_gives_the_other_rule(one, other):
    """What differs is all there is: with it grafted, nothing differs any more."""
    fields = differing_fields(one, other)
    whole = grafted(one, other, fields)

    assert set(fields) <= set(FIELDS)
    assert differing_fields(whole, other) == ()
    assert grafted(one, other, ()) == one


@given(some.rules())
def test_a_rule_does_not_differ_from_itself(rule):
    """Two equal renderings have no field between them."""
    assert differing_fields(rule, rule) == ()


def test_every_field_is_told_apart():
    """Each change is seen as the field that it is."""
    changed = {
        "subject": replace(NEAR, who=replace(NEAR.who, undefined=True)),
        "act": replace(NEAR, what=What((ACT_IDS["fire"],), NEAR.what.blind)),
        "line": replace(NEAR, where=to(5.0, line=1)),
        "depth": replace(NEAR, where=to(9.0)),
        "ends": replace(NEAR, where=to(5.0, round_ends=True)),
        "ground": replace(NEAR, where=InArea(0, contested=False)),
        "exception": replace(NEAR, except_where=InArea(0, contested=False)),
        "date": replace(NEAR, when=replace(NEAR.when, undated=True)),
        "denial": replace(NEAR, denied=True),
        "limit": replace(NEAR, kind=Kind.CEILING, limit=4),
        "condition": replace(NEAR, condition=UNKNOWN),
    }

    assert tuple(changed) == FIELDS
    for field, rule in changed.items():
        assert differing_fields(NEAR, rule) == (field,)
        assert fingerprint(grafted(NEAR, rule, [field])) == fingerprint(rule)


def test_the_same_band_from_one_of_several_lines_differs_by_the_line():
    """And two bands of different depths cannot be told apart into line and depth."""
    either = replace(NEAR, where=OneOf((to(5.0), to(5.0, line=1))))
    uneven = replace(NEAR, where=OneOf((to(5.0), to(9.0, line=1))))

    assert differing_fields(NEAR, either) == ("line",)
    assert grafted(NEAR, either, ["line"]).where == either.where
    assert grafted(either, NEAR, ["line"]).where == NEAR.where
    assert differing_fields(NEAR, uneven) == ("ground",)


def test_reports_on_which_all_readings_agree_have_no_deciding_field():
    """One report is inside by both depths, one is outside of one of them."""
    found = fields_of(
        [NEAR, some.ban(to(9.0))], some.fact(lines=(beside(1.0),) * 2), some.fact(lines=(beside(7.0),) * 2)
    )

    assert found == [frozenset(), {"depth"}]


def test_only_the_field_that_flips_is_named():
    """Depth and date differ; the date alone changes nothing for this report."""
    later = replace(NEAR.when, begin=replace(NEAR.when.begin, start_us=-9, end_us=-9))
    rules = [NEAR, some.ban(to(9.0), when=later)]

    assert fields_of(rules, some.fact(lines=(beside(7.0),) * 2)) == [{"depth"}]


def test_two_fields_that_flip_only_together_are_both_named():
    """Neither the depth nor the other line alone brings the report inside."""
    rules = [NEAR, some.ban(to(9.0, line=1))]
    fact = some.fact(lines=(beside(20.0), beside(7.0)))

    assert fields_of(rules, fact) == [{"line", "depth"}]


def test_either_of_two_fields_that_flip_alone_is_named():
    """Denied, and measured from where it is outside: each makes it something else; the smallest sets are joined."""
    rules = [NEAR, some.ban(to(1.0), denied=True), some.ban(to(1.0))]

    assert fields_of(rules, some.fact(lines=(beside(3.0),) * 2)) == [{"denial", "depth"}]


def test_equal_renderings_are_compared_once():
    """A reading that renders the rule as another one does adds nothing."""
    rules = [NEAR, replace(NEAR), some.ban(to(9.0))]

    assert fields_of(rules, some.fact(lines=(beside(7.0),) * 2)) == [{"depth"}]


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=4))
def test_readings_disagree_where_two_verdicts_differ(rows):
    """Not a vote: one other verdict is enough."""
    apart = disagree(np.array(rows, dtype=np.int8))

    assert apart.tolist() == [len({row[at] for row in rows}) > 1 for at in range(3)]
