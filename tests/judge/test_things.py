"""WHAT as far as it is a thing: kinds, makes and sizes, what contradicts itself, and what stays unknown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as some
from truceline.evidence.kinds import KINDS, company_of, kind_truth, may_be, may_come_with, pairs_of
from truceline.judge.reasons import codes_of
from truceline.judge.things import clashes_of, judge_things, shown_by
from truceline.plan.weapons import UNLISTED, Bounds, BySize, ByWords, Make, Makes, Sort
from weapons import N_MAKES, SEEN, makes, sizes, things

KIND_IDS = {name: number for number, name in enumerate(KINDS)}
GUN, TANK, MORTAR, MLRS, VEHICLE, ARMS = (
    KIND_IDS[name] for name in ("gun", "tank", "mortar", "mlrs", "vehicle", "small_arms")
)
EXACT, UNDER, OVER = Bounds(122.0, 122.0), Bounds(0.0, np.nextafter(100.0, 0.0)), Bounds(100.0, np.inf)
SMALL_GUN, BIG_GUN = BySize(GUN, UNDER), BySize(GUN, OVER)
HOWITZER = Make((0,), GUN, EXACT, Bounds(15_000.0, 16_000.0))
ROCKETS = Make((1,), MLRS, Bounds(220.0, 220.0))
LIST = Makes.of(3, (HOWITZER, ROCKETS))


def judged(selector, makes=LIST, **fact):
    """Hold one report against one selector: truth and reasons."""
    answer = judge_things((selector,), makes, some.batch_of([some.fact(**fact)]))
    return int(answer.truth[0]), codes_of(int(answer.reasons[0]))


def truths(things, makes, facts):
    """Hold reports against selectors."""
    return judge_things(tuple(things), makes, some.batch_of(facts)).truth


@pytest.mark.parametrize(
    ("selector", "fact", "answer"),
    [
        (BIG_GUN, {"thing": GUN, "calibre": 100.0}, (1, ())),  # "100 and more" includes it
        (BySize(GUN, Bounds(np.nextafter(100.0, np.inf), np.inf)), {"thing": GUN, "calibre": 100.0}, (-1, ())),
        (SMALL_GUN, {"thing": GUN, "calibre": 100.0}, (-1, ())),
        (SMALL_GUN, {"thing": GUN, "calibre": 85.0}, (1, ())),
        (BIG_GUN, {"thing": GUN}, (0, ("thing_size_not_stated",))),
        (BIG_GUN, {"calibre": 122.0}, (0, ("thing_not_stated",))),
        (BIG_GUN, {}, (0, ("thing_not_stated", "thing_size_not_stated"))),
        (BIG_GUN, {"thing": MORTAR, "calibre": 120.0}, (-1, ())),
        (BIG_GUN, {"thing": MORTAR}, (-1, ())),
        (BIG_GUN, {"calibre": 82.0}, (-1, ())),  # whatever it is, it is no gun of 100 mm
        (BySize(GUN, range=Bounds(0.0, 20_000.0)), {"thing": GUN, "reach": 20_000.0}, (1, ())),
        (BySize(GUN, range=Bounds(0.0, 20_000.0)), {"thing": GUN, "reach": 20_000.1}, (-1, ())),
        (BySize(HOWITZER, range=Bounds(0.0, 9_000.0)), {"make": 0}, (-1, ())),
        (ByWords(), {"thing": GUN}, (0, ("act_undefined",))),
        (BySize(ByWords(), OVER), {"thing": GUN, "calibre": 85.0}, (-1, ())),
    ],
)
def test_a_thing_by_size(selector, fact, answer):
    """Both the kind and the sizes must be the ones meant; the bounds belong where the words put them."""
    assert judged(selector, **fact) == answer


@pytest.mark.parametrize(
    ("selector", "fact", "answer"),
    [
        (HOWITZER, {"make": 0}, (1, ())),
        (HOWITZER, {"make": 1}, (-1, ())),
        (HOWITZER, {"make": 2}, (0, ("make_unlisted",))),  # a word that only another reading has
        (HOWITZER, {"make": UNLISTED}, (0, ("make_unlisted",))),
        (HOWITZER, {"thing": GUN}, (0, ("thing_not_stated",))),
        (HOWITZER, {"thing": MORTAR}, (-1, ())),
        (HOWITZER, {"thing": GUN, "calibre": 152.0}, (-1, ())),
        (HOWITZER, {"thing": GUN, "reach": 17_000.0}, (-1, ())),
        (HOWITZER, {"thing": MORTAR, "make": UNLISTED}, (-1, ())),
        (GUN, {"make": 0}, (1, ())),
        (BIG_GUN, {"make": 0}, (1, ())),
        (SMALL_GUN, {"make": 0}, (-1, ())),
        (SMALL_GUN, {"make": 1}, (-1, ())),
        (BySize(GUN, range=Bounds(15_500.0, np.inf)), {"make": 0}, (0, ("thing_size_not_stated",))),
        (BySize(GUN, range=Bounds(15_500.0, np.inf)), {"make": 0, "reach": 15_600.0}, (1, ())),
        (GUN, {"thing": VEHICLE, "make": 0}, (1, ())),  # a self-propelled one
        (TANK, {"thing": VEHICLE, "make": 0}, (-1, ())),
    ],
)
def test_the_terms_fill_in_what_a_make_is(selector, fact, answer):
    """A make of the terms has its kind and its sizes; one that they do not list may be any."""
    assert judged(selector, **fact) == answer


@pytest.mark.parametrize(
    ("selector", "fact", "answer"),
    [
        (BIG_GUN, {"thing": GUN, "make": 0, "calibre": 85.0}, (0, ("thing_contradicted",))),
        (BySize(GUN, Bounds(80.0, np.inf)), {"thing": GUN, "make": 0, "calibre": 85.0}, (1, ())),
        (MORTAR, {"thing": GUN, "make": 0, "calibre": 85.0}, (-1, ())),
        (MLRS, {"thing": GUN, "make": 1}, (0, ("thing_contradicted",))),
        (GUN, {"thing": GUN, "make": 1}, (0, ("thing_contradicted",))),
        (KIND_IDS["artillery"], {"thing": GUN, "make": 1}, (1, ())),
        (TANK, {"thing": GUN, "make": 1}, (-1, ())),
        (BySize(KIND_IDS["artillery"], Bounds(200.0, np.inf)), {"thing": GUN, "make": 1},
         (0, ("thing_contradicted",))),  # if it is a gun and not that make, nobody knows its calibre
        (GUN, {"make": 0, "calibre": 85.0}, (0, ("thing_contradicted",))),
        (HOWITZER, {"thing": GUN, "make": 0, "reach": 30_000.0}, (0, ("thing_contradicted",))),
        (BIG_GUN, {"thing": GUN, "make": 0, "reach": 30_000.0}, (0, ("thing_contradicted",))),
    ],
)  # fmt: skip
def test_a_contradiction_is_never_decided(selector, fact, answer):
    """Report and terms differ on the make: sure is only what is so whichever of the two is right."""
    assert judged(selector, **fact) == answer


LIGHT = Sort((TANK, SMALL_GUN, BySize(MORTAR, Bounds(0.0, 120.0))))
HEAVY = Sort((GUN,), (LIGHT,))


@pytest.mark.parametrize(
    ("selector", "fact", "answer"),
    [
        (HEAVY, {"thing": GUN, "calibre": 122.0}, (1, ())),
        (HEAVY, {"thing": GUN, "calibre": 85.0}, (-1, ())),
        (HEAVY, {"thing": GUN}, (0, ("thing_size_not_stated",))),
        (LIGHT, {"thing": GUN}, (0, ("thing_size_not_stated",))),
        (LIGHT, {"thing": MORTAR, "calibre": 120.0}, (1, ())),
        (LIGHT, {"thing": TANK}, (1, ())),
        (Sort((MLRS,), (ROCKETS,)), {"thing": MLRS}, (0, ("thing_not_stated",))),
        (Sort((MLRS,), (ROCKETS,)), {"thing": MLRS, "calibre": 122.0}, (1, ())),
        (Sort((MLRS,), (ROCKETS,)), {"make": 1}, (-1, ())),
        (Sort(()), {"thing": GUN}, (-1, ())),
    ],
)
def test_the_special_goes_before_the_general(selector, fact, answer):
    """What a class leaves out is none of it, and what may be left out is unknown."""
    assert judged(selector, **fact) == answer


def test_company_is_told_apart_from_the_thing_itself():
    """The calibre of a tank is not that of its crew's arms, and a rule that spares small arms does not spare it."""
    rifles = BySize(ARMS, Bounds(0.0, 12.7))
    weapons = Sort((KIND_IDS["weapon"],), (ARMS,))

    assert judged(rifles, thing=TANK, calibre=125.0) == (0, ("act_unclear",))
    assert judged(rifles, thing=KIND_IDS["mine"], calibre=125.0) == (-1, ())
    assert judged(weapons, thing=TANK) == (1, ())
    assert judged(KIND_IDS["persons"], make=0) == (0, ("act_unclear",))
    assert judged(KIND_IDS["persons"], thing=VEHICLE, make=0) == (0, ("act_unclear",))


def test_any_of_several_selectors_will_do():
    """One that surely fits is enough; why another one is open does not matter then."""
    batch = some.batch_of([some.fact(thing=GUN), some.fact(thing=TANK)])
    answer = judge_things((BIG_GUN, TANK, GUN), None, batch)

    assert answer.truth.tolist() == [1, 1]
    assert answer.reasons.tolist() == [0, 0]


def test_what_a_report_shows_is_put_together():
    """The terms fill in; where they contradict the report both are kept apart."""
    batch = some.batch_of([some.fact(make=0), some.fact(thing=MORTAR, make=0, calibre=122.0), some.fact(thing=GUN)])
    known, clash, stated = shown_by(batch, LIST)

    assert clash.tolist() == [False, True, False]
    assert known.other.tolist() == [GUN, GUN, -1]
    assert known.kind.tolist() == [-1, -1, GUN]
    assert known.calibre.tolist() == [[122.0, 122.0], [122.0, 122.0], [-np.inf, np.inf]]
    assert stated.kind.tolist() == [-1, MORTAR, GUN]
    assert shown_by(batch, None)[0] is shown_by(batch, None)[2] or not shown_by(batch, None)[1].any()


def test_two_contradictions_are_mixed():
    """A mortar that is a gun by its make, of 85 mm that is 122 by its make, may be a gun of 85 mm: never a no."""
    light_gun = BySize(GUN, Bounds(0.0, 100.0))
    known, _, stated = shown_by(some.batch_of([some.fact(thing=MORTAR, make=0, calibre=85.0)]), LIST)

    assert clashes_of(known, stated).tolist() == [[True], [True], [False]]
    assert judged(light_gun, thing=MORTAR, make=0, calibre=85.0) == (0, ("thing_contradicted",))
    assert judged(light_gun, thing=MORTAR, make=0, calibre=122.0) == (-1, ())
    assert judged(BySize(GUN, Bounds(200.0, np.inf)), thing=MORTAR, make=0, calibre=85.0) == (-1, ())


def test_two_kinds_at_once_are_told_as_one_is():
    """With one of them alone the table says what `kind_truth` does, but for what only comes with a thing."""
    for rule in KINDS:
        table, company = pairs_of(rule), company_of(rule)
        for report, place in KIND_IDS.items():
            itself = int(kind_truth(rule, report)) if may_be(rule, report) else -1
            assert table[place, -1] == table[-1, place] == table[place, place] == itself
            assert company[place] == may_come_with(rule, report)
        assert table[-1, -1] == 0
        assert (table == table.T).all()


# A report says more: everything that was sure stays so, unless report and terms contradict each other.

selectors = st.lists(things(), min_size=1, max_size=3)
tables = st.none() | makes()


@st.composite
def stated(draw):
    """Draw a report, and one that leaves some of it out."""
    full = some.fact(
        thing=draw(st.sampled_from([-1, *SEEN])), calibre=draw(sizes), reach=draw(sizes),
        make=draw(st.integers(UNLISTED, N_MAKES - 1)),
    )  # fmt: skip
    nothing = {"thing": -1, "calibre": np.nan, "reach": np.nan, "make": -1}
    left = draw(st.lists(st.sampled_from([*nothing]), unique=True))
    return full, replace(full, **{name: nothing[name] for name in left})


@settings(max_examples=200)
@given(selectors, tables, st.lists(stated(), min_size=1, max_size=20))
def test_a_report_that_states_more_never_turns_an_answer_around(chosen, makes, pairs):
    """And it leaves no sure answer open either, unless it contradicts the terms."""
    more, less = (truths(chosen, makes, facts) for facts in zip(*pairs, strict=True))
    clash = shown_by(some.batch_of([full for full, _ in pairs]), makes)[1]

    assert not np.any(more * less == -1)
    assert np.all((more == less) | (less == 0) | clash)


@settings(max_examples=100)
@given(selectors, things(), tables, st.lists(stated(), min_size=1, max_size=20))
def test_leaving_something_out_only_shrinks_a_class(chosen, left_out, makes, pairs):
    """Nothing is more surely of a class with `but_not` than of the same class without it."""
    facts = [full for full, _ in pairs]
    plain = truths([Sort(tuple(chosen))], makes, facts)
    less = truths([Sort(tuple(chosen), (left_out,))], makes, facts)

    assert np.all(less <= plain)


@settings(max_examples=100)
@given(selectors, tables, st.lists(stated(), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_selectors_does_not_matter(chosen, makes, pairs, chance):
    """Nor does it matter whether they stand in a class or beside each other, or one of them stands twice."""
    batch = some.batch_of([full for full, _ in pairs])
    mixed = [*chosen, chosen[0]]
    chance.shuffle(mixed)
    plain, other, inner = (
        judge_things(tuple(one), makes, batch) for one in (chosen, mixed, [Sort(tuple(mixed), tuple(mixed[:0]))])
    )

    assert plain.truth.tolist() == other.truth.tolist() == inner.truth.tolist()
    assert plain.reasons.tolist() == other.reasons.tolist() == inner.reasons.tolist()


@given(selectors, tables)
def test_unknown_stays_unknown(chosen, makes):
    """A report that states nothing of the weapon is surely of no selector, and surely not of none that can be."""
    [truth] = truths(chosen, makes, [some.fact()])

    assert truth == 0 or chosen == [Sort((), part.but_not) for part in chosen if isinstance(part, Sort)]
