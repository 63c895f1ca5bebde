"""From an agreement to plans: one per reading, rule by rule."""

import pytest

from truceline.plan.codebook import RuleName
from truceline.plan.compile import TEXT, book_of, compile_plan, readings_of
from truceline.plan.tables import InArea, Kind
from truceline.plan.timeline import ALWAYS, UNKNOWN
from truceline.plan.trend import Trend
from world import amended, instant, truce


def rules(reading=TEXT, agreement=None):
    """Compile one reading: rules by name."""
    held = agreement or truce()
    book = book_of(held)
    return {str(book.rules[rule.rule]): rule for rule in compile_plan(held, reading, book).rules}


def test_the_plain_text_is_judged_beside_its_readings():
    """It comes first and is no default."""
    assert readings_of(truce()) == ("text", "northview", "southview", "press")


def test_equal_plans_have_equal_fingerprints():
    """The same text gives the same plan; a reading that changes something gives another."""
    book = book_of(truce())
    prints = [compile_plan(truce(), reading, book).fingerprint for reading in readings_of(truce())]

    assert compile_plan(truce(), TEXT, book).fingerprint == prints[0]
    assert len(set(prints)) == 4
    assert [compile_plan(truce(), reading, book).reading for reading in readings_of(truce())] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("name", "kind", "limit"),
    [("halt", Kind.BAN, 0), ("few", Kind.CEILING, 3), ("fewer", Kind.TREND, 0)],
)
def test_what_a_sentence_asks(name, kind, limit):
    """None at all, at most N, or a change over time."""
    assert (rules()[name].kind, rules()[name].limit) == (kind, limit)


def test_at_least_n_is_a_floor():
    """Its number is the limit of the rule."""
    least = amended(("both_sides: true, ends: flat}, at_most: 3,", "both_sides: true, ends: flat}, at_least: 2,"),
                    readings=False)  # fmt: skip

    assert (rules(agreement=least)["few"].kind, rules(agreement=least)["few"].limit) == (Kind.FLOOR, 2)


def test_a_sentence_that_bounds_nothing_is_not_judged():
    """One that is partly monitorable, and says neither how many nor that they shall be fewer."""
    partly = amended(
        (
            "spirit: {who: armies, what: good faith, monitorable: none",
            "spirit: {who: armies, what: fire, monitorable: partly",
        ),
        readings=False,
    )

    assert rules(agreement=partly)["spirit"].kind == Kind.LATER


@pytest.mark.parametrize("words", ["if: the bridge is open", "after: the bridge opens", "together_with: halt"])
def test_nobody_can_tell_of_words_whether_they_are_met(words):
    """Neither can anybody of a provision, as long as no condition of its name says so."""
    agreement = amended(("under: truce, if: the bridge is open", f"under: truce, {words}"), readings=False)

    assert rules(agreement=agreement)["swap"].condition == UNKNOWN
    assert rules()["halt"].condition == ALWAYS


def test_a_table_of_weapons_leaves_every_sentence_of_its_reading_open():
    """It is kept as written, and not judged yet."""
    agreement = amended(("denies: [guns]}", "table: {mortar: 8 km}}"))

    assert all(rule.unjudged for rule in rules("northview", agreement).values())
    assert not rules(agreement=agreement)["halt"].unjudged


def test_a_denial_is_that_of_the_reading():
    """Nobody else's sentence is denied by it."""
    assert rules("northview")["guns"].denied
    assert not rules("southview")["guns"].denied
    assert not rules("northview")["halt"].denied


def test_excepted_ground_is_kept_apart_from_excepted_actors():
    """The bridge is ground, the guides are actors."""
    empty = rules()["empty"]

    assert empty.except_where == InArea(2, contested=False)
    assert (empty.who.excepted == 1).sum() == 2


def test_a_rule_for_each_side_is_compiled_by_row():
    """Who and the line are those of the row."""
    north, south = (rules()[f"behind@{side}"] for side in ("north", "south"))

    assert (north.where.line, south.where.line) == (1, 2)
    assert [rule.who.member.tolist().index(1) for rule in (north, south)] == [0, 1]


def test_a_reading_gives_a_verdict_only_where_it_has_a_judged_sentence():
    """What it calls not monitorable, or reads for no side, is not judged under it."""
    changes = """provisions.halt.monitorable: none, provisions.behind.each_side: false,
        provisions.behind.who: armies, provisions.behind.where: strip,"""
    agreement = amended(("provisions.guns.when: {from: 2031-05-20},", changes))
    book = book_of(agreement)

    assert RuleName("behind") in book.rules
    assert "behind" in rules("press", agreement)
    assert {"halt", "behind@north", "behind@south"}.isdisjoint(rules("press", agreement))
    assert "behind" not in rules(agreement=agreement)


def test_rules_of_a_side_that_only_a_reading_has():
    """The text has no such row, and no such rule."""
    agreement = amended(("denies: [guns]}", "denies: [guns], add: {sides.west: {who: visitors, line: river}}}"))

    assert "behind@west" in rules("northview", agreement)
    assert "behind@west" not in rules(agreement=agreement)


FORCE, JUNE = (int(instant(words).timestamp()) * 1_000_000 for words in ("2031-05-02T10:00", "2031-05-31T22:00"))


def test_what_a_change_over_time_asks():
    """The direction, the level, the count at its beginning and from when on; what cannot be read says nothing."""
    trends = {
        "trend: down": Trend(strict=True, since_us=FORCE),
        "trend: not_up, to: 4": Trend(strict=False, to=4, since_us=FORCE),
        "trend: down, baseline: {count: 7, on: 2031-06-01}": Trend(strict=True, baseline=7, since_us=JUNE),
        "trend: down, baseline: {count: 7, on: later}": Trend(strict=True, baseline=7, since_us=FORCE),
        "trend: down, when: {by: none}": Trend(strict=True, since_us=FORCE),
        "trend: down, when: {from: 2031-06-01}": Trend(strict=True, since_us=JUNE),
        "trend: down, when: {by: 2031-06-01}": Trend(strict=True, since_us=FORCE, due=True),
        "trend: down, when: {from: 2031-05}": Trend(strict=True, since_us=JUNE),
        "trend: down, baseline: {count: 7, on: 2031-05}": Trend(strict=True, baseline=7, since_us=JUNE),
    }
    for words, trend in trends.items():
        changed = amended(("where: towns, trend: down,", f"where: towns, {words},"), readings=False)

        assert rules(agreement=changed)["fewer"].trend == trend
    assert rules()["halt"].trend is None
