"""Judging kinds of reports: the same as judging each report, in whatever order and company they come."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as some
from truceline.engines.numbers import Numbers
from truceline.engines.rulings import Rulings
from truceline.judge.check import ASPECTS, Conditions, judge
from world import lists

ERROR = 2.3
"""The error of both lines, in metres: no binary fraction, so that adding it to a limit is never exact."""


@st.composite
def facts(draw):
    """Draw a report as exact as can be, or a less precise one."""
    exact = draw(some.exact_facts())
    return draw(some.blurred(exact)) if draw(st.booleans()) else exact


def next_to(fact, line, limit, steps):
    """Put a report so many floating-point steps from a limit of its line, with the line's error or without."""
    low = limit
    for _ in range(abs(steps)):
        low = np.nextafter(low, np.inf if steps > 0 else -np.inf)
    seen = replace(fact.lines[line], low=low, high=max(low, fact.lines[line].high))
    return replace(fact, lines=(seen, fact.lines[1]) if line == 0 else (fact.lines[0], seen))


def agree(rulings, rules, drawn, error):
    """Say whether every rule gives every report what the judge gives it."""
    batch, places = some.batch_of(drawn), some.places_of(drawn, error)
    ruled = rulings.of(batch, places)
    return all(
        np.array_equal(getattr(ruled.verdicts(number), column), getattr(judge(rule, batch, places), column))
        for number, rule in enumerate(rules)
        for column in ("verdict", "reasons", "line")
    )


@settings(max_examples=80)
@given(
    st.lists(some.rules(), min_size=1, max_size=4),
    st.lists(st.lists(facts(), min_size=1, max_size=6), min_size=1, max_size=3),
    st.sampled_from([0.0, ERROR]),
)
def test_looking_up_gives_what_the_judge_says(rules, batches, error):
    """Verdict, reasons and line of every report are those of the judge, also when its kind was met before."""
    rulings = Rulings(rules, {0: error, 1: error})

    assert all(agree(rulings, rules, drawn, error) for drawn in [*batches, batches[0]])


@settings(max_examples=60)
@given(
    some.bands(),
    facts(),
    st.sampled_from([0.0, 0.001, ERROR, -ERROR, ERROR + 0.001, ERROR - 0.001]),
    st.sampled_from([-1, 1]),
)
def test_reports_next_to_a_limit_are_told_apart(band, fact, shift, sign):
    """Around every limit, with the error of the line and without, each step of machine numbers is judged by itself."""
    limits = {*vars_of(band.depth), *(one for sector in band.sectors for one in vars_of(sector.depth))}
    near = [
        next_to(fact, band.line, sign * limit + shift, steps)
        for limit in limits
        if np.isfinite(limit)
        for steps in range(-3, 4)
    ]
    rules = [some.ban(band)]

    assert not near or agree(Rulings(rules, {0: ERROR, 1: ERROR}), rules, near, ERROR)


def vars_of(depth):
    """List the four limits of a depth."""
    return (depth.near.lo, depth.near.hi, depth.far.lo, depth.far.hi)


def test_every_condition_belongs_to_one_aspect():
    """No condition of a rule is left out of the aspects by which reports are told apart."""
    batch, places = some.batch_of([some.fact()]), some.places_of([some.fact()])
    belonging = [field for ask in ASPECTS.values() for field in ask(some.ban(), batch, places)]

    assert sorted(belonging) == sorted(field.name for field in fields(Conditions))


def test_threads_share_the_rulings():
    """Eight threads that meet the same kinds at the same time get the same as one after the other."""
    rules = [
        some.ban(some.Band(0, some.Depth(some.Limit(0, 0), some.Limit(9, 9)), (), both_sides=True, round_ends=True))
    ]
    drawn = [
        [some.fact(lines=(some.beside(low, low + wide),) * 2, start=low, end=low + wide) for low in range(-12, 12)]
        for wide in range(12)
    ]
    shared = Rulings(rules, {0: 0.0, 1: 0.0})

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(lambda some_facts: agree(shared, rules, some_facts, 0.0), drawn * 3))


class Busy(Numbers):
    """Numbers to which another thread adds one whenever somebody asks how many there are."""

    others = 0

    def __len__(self):
        self.others += 1
        return super().__len__() + self.others


def test_kinds_that_others_number_meanwhile_leave_the_tables_alike():
    """However many kinds other threads number while one judges, all that is said of kinds has one length."""
    rules = [
        some.ban(some.Band(0, some.Depth(some.Limit(0, 0), some.Limit(9, 9)), (), both_sides=True, round_ends=True))
    ]
    rulings = Rulings(rules, {0: 0.0, 1: 0.0})
    rulings._kinds = Busy()
    drawn = [some.fact(lines=(some.beside(low, low + 1),) * 2) for low in range(-12, 12)]
    ruled = rulings.of(some.batch_of(drawn), some.places_of(drawn))

    assert len(ruled.verdict) == len(ruled.reasons) == len(ruled.line)
    assert agree(rulings, rules, drawn, 0.0)


def test_no_rules_say_nothing():
    """Without rules there is nothing to look up, and nothing fails."""
    drawn = [some.fact()]
    ruled = Rulings([], {0: 0.0, 1: 0.0}).of(some.batch_of(drawn), some.places_of(drawn))

    assert ruled.verdict.shape == (1, 0)
    assert ruled.counts().tolist() == [1]
    assert ruled.samples().tolist() == [0]


@given(st.lists(st.lists(st.integers(-1, 3), max_size=3), min_size=1, max_size=8), st.data())
def test_lists_have_equal_numbers_if_and_only_if_they_are_equal(drawn, data):
    """Two lists with what goes before them share a number exactly if both are the same, over batches too."""
    before = data.draw(st.lists(st.integers(0, 2), min_size=len(drawn), max_size=len(drawn)))
    numbers = Numbers()
    first = numbers.of_lists(np.array(before), lists(*map(tuple, drawn)))
    again = numbers.of_lists(np.array(before)[::-1], lists(*map(tuple, drawn[::-1])))[::-1]
    whole = list(zip(before, map(tuple, drawn), strict=True))

    assert first.tolist() == again.tolist()
    assert len(set(first.tolist())) == len(set(whole))
    assert len({*zip(first.tolist(), whole, strict=True)}) == len(set(whole))
