"""Demands, compiled: compared with reports, never judged."""

from truceline.evidence.acts import ACT_IDS
from truceline.evidence.kinds import KINDS
from truceline.plan.compile import book_of
from truceline.plan.demand import compile_demands
from truceline.plan.tables import InArea, Kind
from truceline.plan.timeline import ALWAYS
from world import truce


def test_a_demand_is_compared_at_all_times_and_is_no_rule():
    """Its number is -1, and nobody has to be bound by it."""
    demands = compile_demands(truce().under(None), book_of(truce()))
    wide = demands["wide"]

    assert tuple(demands) == ("wide", "heavy")
    assert (wide.rule, wide.kind, wide.denied, wide.condition) == (-1, Kind.BAN, False, ALWAYS)
    assert wide.what.acts == (ACT_IDS["presence"],)
    assert (wide.where.depth.far.lo, wide.where.depth.far.hi) == (30000.0, 40000.0)
    assert not wide.when.undated


def test_a_demand_says_who_what_and_who_or_what_is_spared():
    """Anybody where it names nobody; actors and ground among its exceptions."""
    heavy = compile_demands(truce().under(None), book_of(truce()))["heavy"]

    assert (heavy.who.member == 1).all()
    assert heavy.who.excepted.tolist().index(1) == 2
    assert heavy.what.things == (tuple(KINDS).index("tank"),)
    assert heavy.except_where == InArea(2, contested=False)
