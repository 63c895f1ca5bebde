"""As to whom, or on what ground, a reading denies a rule: names are looked up, words leave it open."""

import pytest

from truceline.plan.compile import book_of, compile_plan
from truceline.plan.tables import Any_, Anywhere, InArea, fingerprint
from world import amended, at, check, day, prepare, reports, spot, truce, under

ARMY, OTHER_ARMY, SCOUTS, OTHER_SCOUTS, VISITORS = 0, 1, 2, 3, 10


def rule(scope, name="halt", *changes):
    """Compile a rule that the northern reading denies with some scope."""
    agreement = amended(("denies: [guns]}", f"denies: [halt, behind], scope: {scope}}}"), *changes)
    book = book_of(agreement)
    return {str(book.rules[one.rule]): one for one in compile_plan(agreement, "northview", book).rules}[name]


def members(scope):
    """List those surely denied and those perhaps denied; the unlisted one is -1."""
    *listed, unlisted = rule(scope).scope.member.tolist()
    places = [*enumerate(listed), (-1, unlisted)]
    return [at for at, truth in places if truth == 1], [at for at, truth in places if truth == 0]


def test_a_denial_without_a_scope_is_of_everything():
    """What is not denied has no scope either."""
    agreement, book = truce(), book_of(truce())
    rules = {str(book.rules[one.rule]): one for one in compile_plan(agreement, "northview", book).rules}

    assert (rules["guns"].denied, rules["guns"].scope) == (True, None)
    assert (rules["halt"].denied, rules["halt"].scope) == (False, None)
    assert rule("armies").scope is not None
    assert rule("armies", "guns").scope is None


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ("visitors", ([VISITORS], [-1])),
        ("armies", ([ARMY, OTHER_ARMY], [SCOUTS, OTHER_SCOUTS, -1])),
        ("[visitors, armies]", ([ARMY, OTHER_ARMY, VISITORS], [SCOUTS, OTHER_SCOUTS, -1])),
        ("northhill", ([6], [-1])),
        ("[any]", ([*range(11), -1], [])),
        ("strip", ([], [])),
    ],
)
def test_a_scope_names_actors_sets_and_parties(scope, found):
    """An actor whom the terms do not list may be one of them under another name."""
    assert members(scope) == found
    assert not rule(scope).scope.undefined


@pytest.mark.parametrize("words", ["volunteers from abroad", "volunteers", "[any volunteers, armies]"])
def test_words_leave_open_whom_a_denial_means(words):
    """One word or several: old files hold them, and nobody can check what they mean."""
    scope = rule(words).scope

    assert scope.undefined
    assert scope.member.min() == 0


def test_a_scope_may_be_ground():
    """Zones and areas; every name adds to it."""
    towns = Any_((InArea(0, contested=False), InArea(1, contested=False), InArea(2, contested=True)))

    assert rule("towns").scope.where == Any_((towns,))
    assert rule("[Northton, visitors]").scope.where == Any_((InArea(0, contested=False),))
    assert rule("anywhere").scope.where == Any_((Anywhere(),))
    assert rule("armies").scope.where is None
    assert rule("towns").grounds == (rule("towns").where, rule("towns").scope.where)


def test_the_row_of_a_side_may_be_meant():
    """`side.who` is whoever the rule is read for, and nobody in a rule for all."""
    assert rule("side.who", "behind@south").scope.member.tolist().index(1) == OTHER_ARMY
    assert rule("side.who").scope.undefined


def test_only_a_reading_that_lists_somebody_can_mean_him():
    """An actor whom another reading adds is, here, one whom nobody lists."""
    added = ("provisions.few.at_most: 5}}", "provisions.few.at_most: 5}, add: {actors.crew: {}}}")
    scope = rule("visitors", "halt", added).scope

    assert scope.member[11] == scope.member[-1] == 0


def test_another_scope_is_another_rule():
    """The denials of two readings are told apart by whom they mean."""
    assert fingerprint(rule("armies")) != fingerprint(rule("visitors"))


def test_a_denial_as_to_some_is_judged_so():
    """End to end: as to one army, in words, and on one bank."""
    where = spot(35e3, 15e3)
    table = reports(
        {**where, **at("2031-06-01"), "by": ["northbank_army"], "act": "fire"},
        {**where, **day("2031-06-01"), "by": ["southbank_army"], "act": "fire"},
    )

    def told(scope):
        agreement = amended(("denies: [guns]}", f"denies: [halt], scope: {scope}}}"))
        return [verdict for verdict, _ in under(check(table, prepare(agreement)), "halt", "northview")]

    assert told("northbank_army") == ["not_applicable", "violation"]
    assert told("those of one bank") == ["indeterminate", "indeterminate"]
    assert told("Northton") == ["not_applicable", "not_applicable"]
    assert told("Southton") == ["violation", "violation"]
