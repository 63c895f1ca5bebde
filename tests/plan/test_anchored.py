"""Days counted from a condition: from when it was first met, as far as anybody told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as some
from truceline.basics.time import FOREVER, NEVER_BEFORE, Span, parse_moment
from truceline.plan.anchored import counted_from, span_of
from truceline.plan.period import period_of
from truceline.plan.timeline import Timeline, came_true, once
from world import amended, instant

DAY = 86_400_000_000
HALT = "at_most: 0, under: truce, words: The fire stops."
FIRST = '"2031-06-01T00:00+00:00"'
SECOND = '"2031-06-02T00:00+00:00"'


def us(words):
    """Give an instant in microseconds."""
    return int(instant(words).timestamp()) * 1_000_000


NOON, JUNE = us("2031-05-02T12:00+02:00"), us("2031-06-01T00:00+00:00")
MADE = Span(NEVER_BEFORE, FOREVER)
TENTH = 10 * DAY


def text_with(told, *others, when="{from: there + 10 d}"):
    """Give the toy truce with a condition `there`, of which this was told, and a clause that counts from it."""
    conditions = "\n".join([f"conditions:\n  there: {{source: s.text, is: [{told}]}}", *others])
    changes = (("provisions:\n", f"{conditions}\nprovisions:\n"), (HALT, f"at_most: 0, under: truce, when: {when}"))
    return amended(*changes, readings=False).under(None)


def period(told, *others, **stated):
    """Compile the period of that clause."""
    text = text_with(told, *others, **stated)
    return period_of(text.provisions["halt"], text, None)


@pytest.mark.parametrize(
    ("told", "begin"),
    [
        (f"{{until: {FIRST}, is: unmet}}, {{from: {FIRST}, is: met}}", Span(JUNE + TENTH, JUNE + TENTH)),
        (f"{{until: {FIRST}, is: unmet}}, {{from: {SECOND}, is: met}}", Span(JUNE + TENTH, JUNE + TENTH + DAY)),
        (f"{{until: {FIRST}, is: unmet}}", Span(JUNE + TENTH, FOREVER)),
        (f"{{from: {FIRST}, is: met}}", Span(NOON, JUNE + TENTH)),
        (f"{{until: {FIRST}, is: met}}, {{from: {FIRST}, is: unmet}}", Span(NOON, JUNE + TENTH)),
        ("{is: met}", Span(NOON, FOREVER)),
        (f"{{from: {FIRST}, until: {SECOND}, is: unmet}}, {{from: {SECOND}, is: met}}", Span(NOON, JUNE + TENTH + DAY)),
        ("", Span(NOON, FOREVER)),
        ("{is: unknown}", Span(NOON, FOREVER)),
        ("{is: met}, {is: unmet}", Span(NOON, FOREVER)),
        ("{is: unmet}", Span(FOREVER, FOREVER)),
        ("{until: 2025-01-01, is: unmet}, {from: 2025-01-02, is: met}", Span(NOON, NOON)),
    ],
)
def test_days_are_counted_from_when_it_was_first_met(told, begin):
    """Between what was told as unmet and what was told as met; unknown from the signature on; never is never.

    What was met before there was a deal binds nobody before there is one.
    """
    found = period(told)

    assert (found.begin, found.undated, found.hung) == (begin, False, (True, False))


def test_a_bare_day_is_that_whole_day():
    """Ten days after some hour of 1 June is some hour of 11 June."""
    begin = period("{until: 2031-06-01, is: unmet}, {from: 2031-06-01, is: met}").begin

    assert begin == Span(us("2031-06-11T00:00+02:00"), us("2031-06-12T00:00+02:00"))


def test_a_condition_may_be_counted_from_another():
    """One of which nobody tells may contradict what was told of what hangs on it; one that never was leaves it open."""
    counted = f"{{until: {FIRST}, is: unmet}}, {{from: gone + 24 h, is: met}}"
    gone = f"  gone: {{source: s.text, is: [{{until: {FIRST}, is: unmet}}, {{from: {FIRST}, is: met}}]}}"

    assert period(counted, gone).begin == Span(JUNE + TENTH, JUNE + TENTH + DAY)
    assert period(counted, "  gone: {source: s.text}").begin == Span(NOON, FOREVER)
    assert period(counted, "  gone: {source: s.text, is: [{is: unmet}]}").begin == Span(JUNE + TENTH, FOREVER)


def test_a_long_way_of_conditions_is_gone_once():
    """Two stretches each count from the next, hundreds of times over: neither deep nor twice as long each time."""
    size = 300
    entry = "  c{0}: {{source: s.text, is: [{{until: c{1} + 0 d, is: unmet}}, {{from: c{1} + 0 d, is: met}}]}}"
    chain = [entry.format(number, number + 1) for number in range(size)]
    last = f"  c{size}: {{source: s.text, is: [{{until: {FIRST}, is: unmet}}, {{from: {FIRST}, is: met}}]}}"
    told = "{until: c0 + 0 d, is: unmet}, {from: c0 + 0 d, is: met}"

    assert period(told, *chain, last).begin == Span(JUNE + TENTH, JUNE + TENTH)


def test_an_end_may_hang_on_a_condition():
    """That of the clause and that of the deal; only where it may be the one that comes first."""
    told = f"{{until: {FIRST}, is: unmet}}"
    until = period(told, when="{until: there + 10 d}")
    late = period(f"{{until: {FIRST}, is: unmet}}, {{from: {FIRST}, is: met}}", when="{until: there + 5 years}")

    assert (until.begin.start_us, until.end.start_us, until.hung) == (NOON, JUNE + TENTH, (False, True))
    assert late.hung == (False, False)


def test_the_deal_may_end_with_a_condition():
    """Stated, counted or renewed."""
    term = "term: {until: 2032-01-01, source: s.text}"
    conditions = ("provisions:\n", "conditions: {there: {source: s.text}}\nprovisions:\n")
    terms = ("until: there + 1 d", "lasts: 30 d, from: there + 1 d",
             "until: 2032-01-01, renewed: [{until: there + 1 d, source: s.text}]")  # fmt: skip
    for words in terms:
        text = amended(conditions, (term, f"term: {{{words}, source: s.text}}"), readings=False).under(None)

        assert period_of(text.provisions["halt"], text, None).hung == (False, True)


def test_what_is_counted_from_a_condition_is_named():
    """Nothing else is."""
    text = text_with("")

    assert counted_from(parse_moment("there + 1 d"), text) == "there"
    assert [counted_from(one, text) for one in (None, "none", parse_moment("D+1"), parse_moment("truce + 1 d"))] == [
        None, None, None, None,
    ]  # fmt: skip
    assert span_of(parse_moment("there + 1 d"), text) == MADE


@settings(max_examples=200)
@given(some.conditions(), st.data())
def test_who_tells_less_never_moves_the_day(line, data):
    """Whatever of a condition is taken back: the time in which it may first have been met only grows."""
    hidden = data.draw(st.lists(st.booleans(), min_size=len(line.values), max_size=len(line.values)))
    parts = zip(line.values, hidden, strict=True)
    vaguer = Timeline(line.edges, tuple(0 if gone else value for value, gone in parts))
    sharp, blurred = came_true(line), came_true(vaguer)

    assert blurred.start_us <= sharp.start_us
    assert sharp.end_us <= blurred.end_us


@given(some.conditions())
def test_it_says_what_once_says(line):
    """Before the span it had not come true, from its end on it has."""
    span, so_far = came_true(line), once(line, NEVER_BEFORE)

    assert all(so_far.at(at) == -1 for at in range(-70, 71) if at < span.start_us)
    assert all(so_far.at(at) >= 0 for at in range(-70, 71) if span.start_us <= at)
    assert all(so_far.at(at) == 1 for at in range(-70, 71) if at >= span.end_us)
