"""A truth that changes with time: the laws of Kleene at every instant."""

from hypothesis import given
from hypothesis import strategies as st

import strategies as some
from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.plan.timeline import ALWAYS, UNKNOWN, Timeline, all_of, negated, once, told, within

INSTANTS = range(-70, 71)


def at_all_times(line):
    """Give the truth at every instant of the time in which things happen here."""
    return [line.at(instant) for instant in INSTANTS]


@given(st.lists(some.conditions(), max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_conditions_never_matters(lines, chance):
    """All of them at every instant is the least of them, in whatever order they are named, and named twice or once."""
    shuffled = chance.sample(lines, len(lines))

    assert all_of(lines) == all_of(shuffled) == all_of([*lines, *shuffled])
    assert at_all_times(all_of(lines)) == [min((line.at(at) for line in lines), default=1) for at in INSTANTS]


@given(some.conditions(), some.conditions())
def test_kleene_holds_at_every_instant(one, other):
    """Not not is the same; with true nothing changes, with unknown nothing gets surer."""
    assert negated(negated(one)) == one
    assert all_of([one, ALWAYS]) == one
    assert all(value < 1 for value in all_of([one, UNKNOWN]).values)
    assert at_all_times(negated(all_of([one, other]))) == [
        max(-one.at(at), -other.at(at)) for at in INSTANTS
    ]  # fmt: skip


def test_the_tables_of_kleene():
    """And: false if one is false, true if both are, else unknown; not: unknown stays unknown."""
    lines = {value: Timeline((), (value,)) for value in (1, 0, -1)}
    table = {(a, b): all_of([lines[a], lines[b]]).values[0] for a in lines for b in lines}

    assert table == {
        (1, 1): 1, (1, 0): 0, (1, -1): -1, (0, 1): 0, (0, 0): 0, (0, -1): -1, (-1, 1): -1, (-1, 0): -1, (-1, -1): -1,
    }  # fmt: skip
    assert [negated(lines[value]).values[0] for value in (1, 0, -1)] == [-1, 0, 1]


@given(some.conditions(), some.instants)
def test_what_has_come_true_stays_so(line, since):
    """It never falls; it is true exactly from the first true instant on; it is false only if it always was."""
    values = at_all_times(once(line, since))
    first = next((place for place, value in enumerate(at_all_times(line)) if value == 1), len(values))
    earlier = [max((line.at(at) for at in INSTANTS if since <= at <= now), default=-1) for now in INSTANTS]

    assert [value == 1 for value in values] == [place >= first for place in range(len(values))]
    assert all(past == -1 for value, past in zip(values, earlier, strict=True) if value == -1)


def test_outside_every_stretch_nobody_can_tell():
    """So it is before the first, after the last and between; where two tell different things nobody can tell either."""
    met, unmet = (Span(10, 10), Span(20, 20), 1), (Span(15, 15), Span(30, 30), -1)

    assert told([]) == UNKNOWN
    assert told([met]) == Timeline((10, 20), (0, 1, 0))
    assert told([met, unmet]) == Timeline((10, 15, 20, 30), (0, 1, 0, -1, 0))
    assert told([met, (*unmet[:2], 0)]) == Timeline((10, 15), (0, 1, 0))


def test_what_begins_or_ends_some_time_in_a_day_is_sure_only_between():
    """While it may have begun or ended nobody can tell; another truth that may have begun leaves it open too."""
    vague = (Span(10, 12), Span(20, 24), 1)

    assert told([vague]) == Timeline((12, 20), (0, 1, 0))
    assert told([vague, (Span(18, 19), Span(30, 30), -1)]) == Timeline((12, 18, 24, 30), (0, 1, 0, -1, 0))


def test_ends_that_nobody_stated_are_those_of_time():
    """A stretch without a beginning holds since ever, one without an end for ever."""
    since_ever, for_ever = Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER)

    assert told([(since_ever, for_ever, 1)]) == within(since_ever, for_ever) == ALWAYS
    assert told([(since_ever, Span(5, 5), -1)]) == Timeline((5,), (-1, 0))
    assert within(Span(5, 5), for_ever) == Timeline((5,), (-1, 1))
    assert within(Span(5, FOREVER), for_ever) == Timeline((5,), (-1, 0))


def test_stretches_cover_all_of_time():
    """They come in order and leave no gap."""
    assert list(Timeline((10,), (-1, 1)).stretches) == [(NEVER_BEFORE, 10, -1), (10, FOREVER, 1)]


def test_what_nobody_tells_of_the_time_before_does_not_count():
    """A condition told as unmet since the agreement was made had not been met by then."""
    line = told([(Span(0, 0), Span(FOREVER, FOREVER), -1)])

    assert once(line, 0) == Timeline((0,), (0, -1))
    assert once(line, -10) == UNKNOWN
    assert once(UNKNOWN, NEVER_BEFORE) == UNKNOWN
