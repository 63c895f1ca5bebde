"""Hypothesis: vaguer words for a rule, of which the rule as it was is one possible meaning."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from strategies import GROUNDS, lengths
from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.plan.tables import All, Any_, Band, Depth, Except, InArea, Kind, Limit, OneOf, Rule, Where
from truceline.plan.timeline import UNKNOWN


@st.composite
def vaguer(draw: st.DrawFn, rule: Rule) -> Rule:
    """Draw a rule in vaguer words, of which the given one is one possible meaning."""
    changes: dict[str, object] = {"where": draw(_vaguer_ground(rule.where))}
    if draw(st.booleans()):
        begin, end = rule.when.begin, rule.when.end
        early, late = (draw(st.integers(0, 30)) for _ in range(2))
        if begin.start_us > NEVER_BEFORE:
            begin = Span(begin.start_us - early, begin.end_us + late)
        if end.end_us < FOREVER:
            end = Span(end.start_us - early, end.end_us + late)
        changes["when"] = replace(rule.when, begin=begin, end=end)
    if draw(st.booleans()):
        changes["who"] = replace(
            rule.who,
            member=draw(_vaguer_truths(rule.who.member)),
            excepted=draw(_vaguer_truths(rule.who.excepted)),
            bound=draw(_vaguer_truths(rule.who.bound)),
            undefined=draw(st.booleans()),
        )
    if draw(st.booleans()):
        changes["what"] = replace(rule.what, undefined=True)
    if rule.scope is not None and draw(st.booleans()):
        ground = None if rule.scope.where is None else draw(_vaguer_ground(rule.scope.where))
        member = draw(_vaguer_truths(rule.scope.member))
        changes["scope"] = replace(rule.scope, member=member, where=ground, undefined=draw(st.booleans()))
    if draw(st.booleans()):
        changes["condition"] = UNKNOWN
    if rule.kind in (Kind.CEILING, Kind.FLOOR) and draw(st.booleans()):
        least, most = rule.limits
        less = max(0, least - draw(st.integers(0, 3)))
        changes |= {"limit": less, "slack": most + draw(st.integers(0, 3)) - less}
    return replace(rule, **changes)


@st.composite
def _vaguer_truths(draw: st.DrawFn, truths: np.ndarray) -> np.ndarray:
    return np.array([0 if draw(st.booleans()) else one for one in truths], dtype=np.int8)


@st.composite
def _vaguer_depth(draw: st.DrawFn, depth: Depth) -> Depth:
    far = Limit(max(0.0, depth.far.lo - draw(lengths)), depth.far.hi + draw(lengths))
    return replace(depth, far=far)


@st.composite
def _vaguer_ground(draw: st.DrawFn, where: Where) -> Where:
    if draw(st.booleans()):
        return OneOf((where, draw(GROUNDS)))
    if isinstance(where, Band):
        sectors = tuple(replace(one, depth=draw(_vaguer_depth(one.depth))) for one in where.sectors)
        ends = where.round_ends if draw(st.booleans()) else None
        return replace(where, depth=draw(_vaguer_depth(where.depth)), sectors=sectors, round_ends=ends)
    if isinstance(where, InArea):
        return replace(where, contested=True)
    if isinstance(where, OneOf | Any_ | All):
        return type(where)(tuple(draw(_vaguer_ground(part)) for part in where.parts))
    if isinstance(where, Except):
        return Except(draw(_vaguer_ground(where.of)), draw(_vaguer_ground(where.but_not)))
    return where
