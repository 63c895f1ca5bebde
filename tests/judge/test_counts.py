"""Numbers over several reports: what counts together, and what follows from an interval."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.basics.time import Span
from truceline.evidence.judgement import Judgement
from truceline.judge.counts import Apart, Sighting, Together, apart_of, of_number, together
from truceline.judge.verdict import Verdict
from truceline.plan.tables import Kind

NAMES = "abcdef"


def judged(kind, *about, by="officer", day=0, name=""):
    """Make a judgement of one person on one day."""
    return Judgement(name or f"{kind}-{'-'.join(about)}-{by}-{day}", kind, about, by, Span(day, day + 1), "seen so")


def seen(**counts):
    """Make sightings by name."""
    return [Sighting(name, lo) for name, lo in counts.items()]


def test_reports_count_together_only_if_they_were_judged_to_be_different():
    """Without a judgement the largest single number is all that is sure."""
    assert together(seen(a=40, b=40), apart_of([])).lo == 40
    assert together(seen(a=40, b=40), apart_of([judged("not_same", "a", "b")])).lo == 80


def test_every_two_of_those_that_count_together_were_judged():
    """That a is not b, and b is not c, does not say that a is not c."""
    chain = [judged("not_same", "a", "b"), judged("not_same", "b", "c")]
    found = together(seen(a=5, b=4, c=7), apart_of(chain))

    assert (found.lo, [one.report for one in found.sightings]) == (11, ["b", "c"])
    assert together(seen(a=5, b=4, c=7), apart_of([judged("not_same", "a", "b", "c")])).lo == 16


def test_what_is_the_same_counts_once():
    """The larger of two tellings counts, and either of them counts together with what is different from one."""
    said = [judged("same", "a", "b"), judged("not_same", "b", "c")]
    found = together(seen(a=9, b=5, c=3), apart_of(said))

    assert (found.lo, found.judgements) == (12, (said[1].id,))


def test_what_is_contested_says_nothing():
    """Somebody says that they are the same, somebody that they are not: they never count together."""
    said = [judged("not_same", "a", "b"), judged("same", "a", "b", by="reviewer")]

    assert together(seen(a=9, b=5), apart_of(said)).lo == 9
    assert apart_of(said).groups == {}


def test_a_contested_group_shares_no_judgement():
    """A may not be b: then what is different from b need not be different from a."""
    said = [judged("same", "a", "b"), judged("not_same", "a", "b", by="reviewer"), judged("not_same", "b", "c")]

    assert apart_of(said).others.get("a", frozenset()) == frozenset()
    assert together(seen(a=9, b=5, c=3), apart_of(said)).lo == 9


def test_a_pair_that_is_contested_is_not_told_apart_through_others():
    """B is a, and a is not c; but of b and c itself two people say different things."""
    said = [judged("same", "a", "b"), judged("not_same", "a", "c"),
            judged("not_same", "b", "c"), judged("same", "b", "c", by="reviewer", day=0)]  # fmt: skip

    assert "c" not in apart_of(said).others.get("b", frozenset())


def test_a_judgement_that_was_taken_back_counts_no_more():
    """Another judgement has taken its place."""
    said = [judged("not_same", "a", "b", name="j-1"),
            Judgement("j-2", "same", ("a", "b"), "officer", Span(5, 6), "one column", replaces="j-1")]  # fmt: skip

    assert together(seen(a=9, b=5), apart_of(said)).lo == 9


def test_nothing_seen_is_none():
    """No sighting is no number, and no time."""
    assert together([], apart_of([])) == Together()
    assert Together().span_us == (None, None)
    assert Together().apart_us == 0


def test_a_number_of_none_is_told_by_its_report():
    """Whoever says that there was none is named for it."""
    assert [one.report for one in together(seen(a=0), apart_of([])).sightings] == ["a"]


def test_the_time_is_that_of_all_reports():
    """From the first to the last; unknown where one of them states none; and by how much they surely lie apart."""
    early, late = Sighting("a", 1, 0, 10), Sighting("b", 1, 30, 40)

    assert Together(2, (early, late)).span_us == (0, 40)
    assert Together(2, (early, late)).apart_us == 20
    assert Together(2, (early, Sighting("b", 1, 5, 40))).apart_us == 0
    assert Together(2, (early, Sighting("b", 1))).span_us == (None, None)


@pytest.mark.parametrize(
    ("kind", "lo", "hi", "verdict"),
    [
        (Kind.CEILING, 75, None, Verdict.INDETERMINATE), (Kind.CEILING, 76, None, Verdict.VIOLATION),
        (Kind.CEILING, 60, 75, Verdict.NO_VIOLATION), (Kind.CEILING, 60, 76, Verdict.INDETERMINATE),
        (Kind.BAN, 0, 0, Verdict.VIOLATION), (Kind.FLOOR, 75, None, Verdict.NO_VIOLATION),
        (Kind.FLOOR, 60, None, Verdict.INDETERMINATE), (Kind.FLOOR, 60, 74, Verdict.VIOLATION),
        (Kind.FLOOR, 60, 75, Verdict.INDETERMINATE),
    ],
)  # fmt: skip
def test_a_verdict_follows_from_the_interval(kind, lo, hi, verdict):
    """It is sure where every number of the interval gives it."""
    limit = -1 if kind == Kind.BAN else 75

    assert of_number(kind, lo, hi, limit) == verdict


@pytest.mark.parametrize(
    ("kind", "lo", "hi", "verdict"),
    [
        (Kind.CEILING, 3551, None, Verdict.VIOLATION), (Kind.CEILING, 3550, None, Verdict.INDETERMINATE),
        (Kind.CEILING, 0, 3450, Verdict.NO_VIOLATION), (Kind.CEILING, 0, 3451, Verdict.INDETERMINATE),
        (Kind.FLOOR, 3550, None, Verdict.NO_VIOLATION), (Kind.FLOOR, 3549, None, Verdict.INDETERMINATE),
        (Kind.FLOOR, 0, 3449, Verdict.VIOLATION), (Kind.FLOOR, 0, 3450, Verdict.INDETERMINATE),
    ],
)  # fmt: skip
def test_a_number_that_is_rounded_is_any_that_it_may_mean(kind, lo, hi, verdict):
    """A verdict is sure where every number that the words may mean gives it."""
    assert of_number(kind, lo, hi, 3450, 3550) == verdict


wholes = st.integers(0, 12)


@given(st.sampled_from([Kind.CEILING, Kind.FLOOR]), wholes, st.none() | wholes, wholes, wholes, wholes, wholes)
def test_a_vaguer_number_never_turns_a_verdict(kind, lo, more, limit, slack, less, further):
    """It leaves it as it was, or open."""
    hi = None if more is None else lo + more
    sharp = of_number(kind, lo, hi, limit, limit + slack)
    vague = of_number(kind, lo, hi, max(0, limit - less), limit + slack + further)

    assert vague in (sharp, Verdict.INDETERMINATE)


pairs = st.sets(st.sampled_from([*combinations(NAMES, 2)]))
counts = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 9))


@given(counts, pairs)
def test_the_largest_sum_is_found(numbers, apart):
    """Among all sets of reports of which every two were judged to be different, none has a larger sum."""
    said = apart_of([judged("not_same", *pair) for pair in sorted(apart)])
    sets = [some for size in range(len(numbers) + 1) for some in combinations(sorted(numbers), size)]
    allowed = [some for some in sets if all(pair in apart for pair in combinations(some, 2))]

    assert together(seen(**numbers), said).lo == max(sum(numbers[name] for name in some) for some in allowed)


@given(counts, pairs, st.randoms(use_true_random=False))
def test_the_order_of_reports_and_judgements_does_not_matter(numbers, apart, chance):
    """Not for the number, nor for the reports that make it up."""
    said = [judged("not_same", *pair) for pair in sorted(apart)]
    here = together(seen(**numbers), apart_of(said))
    shuffled = seen(**numbers)
    chance.shuffle(shuffled)
    chance.shuffle(said)

    assert together(shuffled, apart_of(said)) == here


@given(counts, counts, pairs)
def test_a_report_more_never_makes_the_number_smaller(numbers, more, apart):
    """What was surely there stays surely there."""
    said = apart_of([judged("not_same", *pair) for pair in sorted(apart)])

    assert together(seen(**(more | numbers)), said).lo >= together(seen(**numbers), said).lo


@pytest.mark.parametrize("lo", [1, 2])
def test_many_reports_that_all_count_together_are_added(lo):
    """A judgement may be about a thousand and more; the work follows the pairs, not the sums."""
    names = [f"r{number:04}" for number in range(1200)]
    apart = apart_of([judged("not_same", *names)])
    whole = together([Sighting(name, lo + number % 3) for number, name in enumerate(names)], apart)

    assert (whole.lo, len(whole.sightings), whole.cut) == (1200 * (lo + 1), 1200, False)
    assert whole.judgements == tuple(apart.judgements)


@pytest.mark.parametrize(("bound", "least"), [("LOOKS", 5), ("LARGEST", 7)])
def test_where_too_many_sums_are_possible_what_is_found_is_there_all_the_same(monkeypatch, bound, least):
    """The search ends and says that it was cut; the largest single number is found in any case."""
    monkeypatch.setattr(f"truceline.judge.counts.{bound}", 3)
    said = apart_of([judged("not_same", *pair) for pair in ("ab", "ac", "bc", "bd", "cd", "de", "ef", "ad")])
    found = together(seen(a=5, b=2, c=1, d=1, e=4, f=3), said)

    assert (least <= found.lo < 9, found.cut) == (True, True)


def test_what_cannot_be_larger_need_not_be_looked_at(monkeypatch):
    """A search that ends because nothing larger is left was not cut."""
    monkeypatch.setattr("truceline.judge.counts.LOOKS", 3)

    assert together(seen(a=9, b=2, c=1), apart_of([judged("not_same", "b", "c")])).cut is False


def test_one_contested_pair_leaves_the_others_of_a_judgement():
    """B and c may be the same; each of them is different from a and d all the same."""
    said = [judged("not_same", *"abcd"), judged("same", "b", "c", by="reviewer")]
    apart = apart_of(said)

    assert {name: sorted(all_) for name, all_ in apart.others.items()} == {
        "a": ["b", "c", "d"], "b": ["a", "d"], "c": ["a", "d"], "d": ["a", "b", "c"]
    }  # fmt: skip
    assert (apart.judged("bc"), apart.judged("ab"), apart.judged("ad")) == ((), (said[0].id,), (said[0].id,))


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [(0, 5, False), (0, 6, True), (8, 20, True), (9, 20, False), (5, 5, True), (9, 9, False), (None, None, True)],
)
def test_a_report_may_lie_in_a_time_that_it_touches(start, end, meets):
    """Both are half-open, an instant is in what begins with it, and one without a date may lie anywhere."""
    assert Sighting("a", 1, start, end).may_lie_in(Span(5, 9)) is meets


def test_what_counts_together_with_a_protected_report_has_no_time():
    """One of them is enough."""
    seen = Sighting("a", 1, 0, 5), Sighting("b", 1, 9, 9, hidden=True)
    apart = Apart({"a": frozenset({"b"}), "b": frozenset({"a"})}, {}, {"j-1": (frozenset({"a", "b"}),)})
    found = together(seen, apart)

    assert (found.lo, found.is_hidden, found.span_us, found.apart_us) == (2, True, (None, None), 0)
    assert together(seen[:1], apart).span_us == (0, 5)
