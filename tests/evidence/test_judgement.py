"""Judgements: reversible, dated, and never settled in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.basics.time import Span
from truceline.evidence.judgement import Judgement, grouped, judgement_faults, known, standing


def judged(name, kind, about, day, by="officer", **more):
    """Make a judgement on the day of that number."""
    return Judgement(name, kind, tuple(about), by, Span(day, day + 1), "because", **more)


JUDGEMENTS = st.lists(
    st.builds(judged, st.just("j"), st.sampled_from(["same", "same", "not_same"]),
              st.lists(st.sampled_from("abcd"), min_size=2, max_size=3, unique=True), st.integers(0, 9),
              st.sampled_from(["officer", "reviewer"])), max_size=8,
).map(lambda drawn: [replace(each, id=f"j-{number}") for number, each in enumerate(drawn)])  # fmt: skip


@given(JUDGEMENTS, st.randoms())
def test_the_order_in_the_file_never_matters(judgements, rng):
    """Only the dates decide which is later."""
    shuffled = list(judgements)
    rng.shuffle(shuffled)

    assert grouped(shuffled) == grouped(judgements)


@given(JUDGEMENTS)
def test_groups_are_apart_and_what_contradicts_them_is_shown(judgements):
    """Nobody is in two groups, and a standing "not the same" inside a group is a contest of it."""
    found = grouped(judgements)
    members = [name for group in found.groups for name in group]

    assert len(members) == len(set(members))
    for each in judgements:
        for pair in each.pairs if each.kind == "not_same" else ():
            later = [
                j
                for j in judgements
                if j.by == each.by and pair in j.pairs and j.decided.start_us >= each.decided.end_us
            ]
            inside = any(set(pair) <= set(group) for group in found.groups)
            assert later or not inside or any({c.one, c.other} == set(pair) and c.joined for c in found.contests)


@given(JUDGEMENTS, st.integers(0, 9))
def test_what_was_known_never_changes(judgements, day):
    """Judgements of later days make no difference to an answer as known before."""
    before = [each for each in judgements if each.decided.end_us <= day]

    assert grouped(judgements, Span(day - 1, day)) == grouped(before)


def test_a_later_judgement_reverses_an_earlier_one():
    """The same person may say "not the same" and later "the same" again; nothing is contested then."""
    said = [judged("j-1", "same", "ab", 1), judged("j-2", "not_same", "ab", 2)]

    assert grouped(said).groups == ()
    assert grouped(said).contests == ()
    assert grouped([*said, judged("j-3", "same", "ab", 3)]).groups == (("a", "b"),)
    assert grouped(said, Span(0, 2)).groups == (("a", "b"),)


def test_another_person_who_disagrees_is_a_contest():
    """The latest judgement decides, and the other one stays visible."""
    found = grouped([judged("j-1", "same", "ab", 1), judged("j-2", "not_same", "ab", 2, by="reviewer")])

    assert found.groups == ()
    assert [(each.joined, each.judgements) for each in found.contests] == [(False, ("j-1", "j-2"))]


def test_of_two_judgements_of_one_day_neither_is_later():
    """They are not joined, and contested, until somebody says which stands."""
    said = [judged("j-1", "same", "ab", 1), judged("j-2", "not_same", "ab", 1)]

    assert grouped(said).groups == ()
    assert len(grouped(said).contests) == 1
    assert grouped([*said, judged("j-3", "same", "ab", 1, replaces="j-2")]).groups == (("a", "b"),)
    assert [each.id for each in known([*said, judged("j-3", "same", "ab", 1, replaces="j-2")])] == ["j-1", "j-3"]


def test_not_the_same_yet_joined_through_others_is_a_contest():
    """Two of three that were judged to be one are judged apart: one group, contested."""
    found = grouped(
        [judged("j-1", "same", "ab", 1), judged("j-2", "same", "bc", 1), judged("j-3", "not_same", "ac", 2)]
    )

    assert found.groups == (("a", "b", "c"),)
    assert found.contested(("a", "b", "c"))
    assert not found.contested(("x", "y"))
    assert found.contests[0].judgements == ("j-3",)


def test_members_and_doers_are_judged_by_several_people_side_by_side():
    """The latest of each person on each question stands."""
    said = [
        judged("j-1", "member", ("scouts",), 1, what="army", answer="no"),
        judged("j-2", "member", ("scouts",), 2, what="army"),
        judged("j-3", "member", ("scouts",), 3, by="reviewer", what="army", answer="unsure"),
        judged("j-4", "attribution", ("r-1",), 3, what="army"),
        judged("j-5", "same", "ab", 3),
    ]

    assert [each.id for each in standing(said)] == ["j-2", "j-3", "j-4"]


@pytest.mark.parametrize(
    ("judgement", "codes"),
    [
        (judged("j", "same", "ab", 1), []),
        (judged("j", "same", "aa", 1), ["TL-S404"]),
        (judged("j", "equal", "ab", 1), ["TL-S404"]),
        (judged("j", "member", "a", 1, what="army", answer="perhaps"), ["TL-S404"]),
        (judged("j", "member", "a", 1), ["TL-S404"]),
        (judged("j", "attribution", "a", 1, what="army"), []),
        (judged("j", "same", "ab", 1, by=" "), ["TL-S403"]),
        (judged("j", "same", "ab", 1, replaces="j"), ["TL-S405"]),
    ],
)
def test_what_is_wrong_with_a_judgement(judgement, codes):
    """Somebody decided, for reasons, about what its kind is about, and replaces only what was there before."""
    assert [fault.code for fault in judgement_faults([judgement], "desk.csv")] == codes


def test_an_earlier_judgement_may_be_replaced():
    """One that stands before it in the list is there to be replaced."""
    assert judgement_faults([judged("j-1", "same", "ab", 1), judged("j-2", "same", "ab", 2, replaces="j-1")], "f") == ()
