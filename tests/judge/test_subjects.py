"""WHO and WHAT: attribution, membership, exceptions, acts and things."""

from dataclasses import replace

import numpy as np
import pytest

import strategies as some
from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.evidence.acts import ACT_IDS
from truceline.evidence.kinds import KINDS
from truceline.judge.reasons import codes_of
from truceline.judge.subjects import judge_what, judge_who, names_member
from truceline.plan.tables import Spell, What, Who

MEMBER, UNSURE, OUTSIDER, SPARED, UNLISTED = 0, 1, 2, 3, -1
SET = Who(
    member=np.array([1, 0, -1, 1, 0], dtype=np.int8),
    excepted=np.array([-1, -1, -1, 1, -1], dtype=np.int8),
    bound=np.array([1, 1, -1, 1, 1], dtype=np.int8),
)
NOT_BLIND = some.being_there.blind
KIND_IDS = {name: number for number, name in enumerate(KINDS)}
ALWAYS, NEVER = Span(FOREVER, FOREVER), Span(NEVER_BEFORE, NEVER_BEFORE)


def told(answer):
    """Give truth and reasons of the first report."""
    return int(answer.truth[0]), codes_of(int(answer.reasons[0]))


def who(terms=SET, **fact):
    """Ask who acted: after exceptions."""
    return told(judge_who(terms, some.batch_of([some.fact(**fact)]))[1])


@pytest.mark.parametrize(
    ("fact", "answer"),
    [
        ({"by": (MEMBER,)}, (1, ())),
        ({"by": (OUTSIDER,)}, (-1, ())),
        ({"by": (OUTSIDER, MEMBER)}, (1, ())),
        ({"by": (SPARED,)}, (-1, ())),
        ({"by": (UNSURE,)}, (0, ("membership_contested",))),
        ({"by": (UNLISTED,)}, (0, ("actor_unlisted",))),
        ({"by": (), "involved": (MEMBER,)}, (1, ())),
        ({"by": (), "involved": (OUTSIDER,)}, (-1, ())),
        ({"by": (), "involved": (MEMBER, OUTSIDER)}, (0, ("attribution_unknown",))),
        ({"by": (), "involved": (MEMBER, UNSURE)}, (0, ("membership_contested",))),
        ({"by": (), "involved": (UNLISTED, OUTSIDER)}, (0, ("attribution_unknown", "actor_unlisted"))),
        ({"by": (), "involved": ()}, (0, ("actor_not_named",))),
    ],
)
def test_who_acted(fact, answer):
    """Attributed: one of them is enough. Not attributed: everybody involved must be addressed, or nobody."""
    assert who(**fact) == answer


def test_those_who_act_are_found_row_by_row():
    """Some reports attribute the act and some do not: each is judged by its own names."""
    rows = [
        {"by": (MEMBER,)},
        {"by": (), "involved": (OUTSIDER, UNSURE)},
        {"by": (OUTSIDER,)},
        {"by": (), "involved": ()},
    ]
    _, answer = judge_who(SET, some.batch_of([some.fact(**row) for row in rows]))

    assert answer.truth.tolist() == [1, 0, -1, 0]


def test_an_exception_is_told_from_not_being_addressed():
    """Before exceptions the spared actor is addressed, the outsider is not."""
    batch = some.batch_of([some.fact(by=(SPARED,)), some.fact(by=(OUTSIDER,))])
    addressed, after = judge_who(SET, batch)

    assert addressed.truth.tolist() == [1, -1]
    assert after.truth.tolist() == [-1, -1]


def test_a_rule_for_anybody_needs_no_name():
    """It addresses whoever it was, unless somebody is excepted."""
    spare = replace(some.everybody, excepted=SET.excepted)

    assert who(some.everybody, by=(), involved=()) == (1, ())
    assert who(spare, by=(), involved=()) == (0, ("actor_not_named",))
    assert who(spare, by=(SPARED,)) == (-1, ())


def test_words_without_a_list_leave_everybody_open():
    """Nobody can check who is meant, or who is excepted."""
    vague = replace(SET, member=np.zeros(5, dtype=np.int8), undefined=True)
    hole = replace(SET, excepted=np.zeros(5, dtype=np.int8), exception_undefined=True)

    assert who(vague, by=(OUTSIDER,)) == (0, ("subject_undefined",))
    assert who(hole, by=(MEMBER,)) == (0, ("exception_undefined",))
    assert who(hole, by=(UNSURE,)) == (0, ("membership_contested", "exception_undefined"))
    assert who(hole, by=(OUTSIDER,)) == (-1, ())


def test_whoever_may_be_on_a_list_of_exceptions_is_contested():
    """A list that does not say whether he belongs to it is a contest; words without a list are none."""
    unsure = replace(SET, excepted=np.array([0, -1, -1, 1, -1], dtype=np.int8))

    assert who(unsure, by=(MEMBER,)) == (0, ("membership_contested",))


def spell(actor, begin, end, truth=1):
    """Make a membership for a time."""
    return Spell(actor, Span(begin, begin), Span(end, end), truth)


def test_a_member_for_a_time_is_one_then_and_not_before_or_after():
    """At its first instant it is in, at its last no longer; a report over the edge leaves it open."""
    terms = replace(SET, bound=np.ones(5, dtype=np.int8), spells=(spell(OUTSIDER, 10, 20),))
    times = [(9, 9), (10, 10), (19, 19), (20, 20), (5, 15), (0, 10)]
    batch = some.batch_of([some.fact(by=(OUTSIDER,), start=start, end=end) for start, end in times])

    assert judge_who(terms, batch)[1].truth.tolist() == [-1, 1, 1, -1, 0, -1]
    assert who(terms, by=(OUTSIDER,), start=15, end=15, dated=False)[0] == 0


def test_who_is_unsure_for_a_time_is_never_sure():
    """`unsure` with a period is unknown within it and out outside of it."""
    terms = replace(SET, bound=np.ones(5, dtype=np.int8), spells=(spell(OUTSIDER, 10, 20, truth=0),))

    assert who(terms, by=(OUTSIDER,), start=15, end=15) == (0, ("membership_contested",))
    assert who(terms, by=(OUTSIDER,), start=25, end=25) == (-1, ())


def test_an_exception_for_a_time_ends_with_it():
    """Within the period the actor is spared, after it he is not."""
    terms = replace(SET, excepted_spells=(spell(MEMBER, 10, 20),))

    assert who(terms, by=(MEMBER,), start=15, end=15) == (-1, ())
    assert who(terms, by=(MEMBER,), start=25, end=25) == (1, ())


def test_an_exception_for_a_time_is_one_from_a_rule_for_anybody_as_well():
    """Who is excepted only then is spared then, and a report that names nobody may be his."""
    terms = replace(some.everybody, excepted_spells=(spell(MEMBER, 10, 20),))

    assert who(terms, by=(MEMBER,), start=15, end=15) == (-1, ())
    assert who(terms, by=(MEMBER,), start=25, end=25) == (1, ())
    assert who(terms, by=(), involved=(), start=15, end=15) == (0, ("actor_not_named",))


def test_who_is_not_bound_breaks_nothing_together_with_who_is_not_addressed():
    """The rule is not broken by two who act together if neither of them alone would break it."""
    terms = replace(
        SET, member=np.array([1, 0, -1, -1, 0], dtype=np.int8), bound=np.array([-1, 1, 1, 1, 1], dtype=np.int8)
    )

    assert who(terms, by=(MEMBER,)) == (1, ())
    assert who(terms, by=(MEMBER, OUTSIDER)) == (-1, ())


def what(terms, **fact):
    """Ask what the report shows."""
    return told(judge_what(terms, some.batch_of([some.fact(**fact)])))


def act(name):
    """Give the id of an act."""
    return ACT_IDS[name]


def test_what_is_banned_are_acts():
    """An act or a kind of it is the act; a more general one may be; another one is not."""
    fire = What((act("fire"),), NOT_BLIND)

    assert what(fire, act=act("fire.artillery")) == (1, ())
    assert what(fire, act=act("hostilities")) == (0, ("act_unclear",))
    assert what(fire, act=act("detention")) == (-1, ())
    assert what(fire, act=-1) == (0, ("act_unclear",))
    assert what(fire, act=act("detention"), maybe=(act("fire"),)) == (0, ("act_unclear",))


def test_a_thing_is_banned_by_being_there():
    """A tank that is present is meant; a mortar is not; a thing not stated may be one."""
    tanks = What((), NOT_BLIND, things=(KIND_IDS["tank"],))

    assert what(tanks, thing=KIND_IDS["tank"]) == (1, ())
    assert what(tanks, thing=KIND_IDS["mortar"]) == (-1, ())
    assert what(tanks, thing=-1) == (0, ("thing_not_stated",))
    assert what(tanks, thing=KIND_IDS["tank"], act=act("fire")) == (0, ("act_unclear",))


def test_what_only_comes_with_a_thing_is_a_matter_of_the_account():
    """A vehicle may be a gun: which it was is not said. A tank has a crew: whether it was there is not said."""
    guns, people = (What((), NOT_BLIND, (KIND_IDS[kind],)) for kind in ("gun", "persons"))

    assert what(guns, thing=KIND_IDS["vehicle"]) == (0, ("thing_not_stated",))
    assert what(people, thing=KIND_IDS["tank"]) == (0, ("act_unclear",))
    assert what(people, thing=-1) == (0, ("thing_not_stated",))
    assert what(people, thing=KIND_IDS["mine"]) == (-1, ())


def test_any_of_what_is_banned_will_do():
    """A list of acts and things bans each of them: fire by a mortar is banned beside the presence of tanks."""
    both = What((act("fire"),), NOT_BLIND, things=(KIND_IDS["tank"],))

    assert what(both, act=act("fire"), thing=KIND_IDS["mortar"]) == (1, ())
    assert what(both, act=act("presence"), thing=KIND_IDS["tank"]) == (1, ())
    assert what(both, act=act("position"), thing=KIND_IDS["mortar"]) == (-1, ())


def test_words_without_a_definition_leave_other_acts_open():
    """What is defined is still known; everything else may be meant by the words."""
    partly = What((act("fire"),), NOT_BLIND, undefined=True)
    words = What((), NOT_BLIND, undefined=True)

    assert what(partly, act=act("fire")) == (1, ())
    assert what(partly, act=act("detention")) == (0, ("act_undefined",))
    assert what(words, act=act("fire")) == (0, ("act_undefined",))


def test_a_set_is_named_surely_possibly_or_not_at_all():
    """Whether the report says that they acted does not matter here; a member for a time counts by the date."""
    batch = some.batch_of([
        some.fact(by=(MEMBER,), involved=()),
        some.fact(by=(OUTSIDER,), involved=(UNSURE,)),
        some.fact(by=(), involved=()),
        some.fact(by=(OUTSIDER,), involved=(), start=15, end=15),
    ])  # fmt: skip

    assert names_member(SET.member, (), batch).tolist() == [1, 0, -1, -1]
    assert names_member(SET.member, (spell(OUTSIDER, 10, 20),), batch).tolist() == [1, 0, -1, 1]
