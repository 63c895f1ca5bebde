"""The tables of a plan: equal tables have equal fingerprints, others have others."""

import hashlib
from dataclasses import replace

import numpy as np
from hypothesis import given

import strategies as some
from truceline.plan.tables import All, Any_, Limit, fingerprint


@given(some.rules())
def test_equal_rules_have_equal_fingerprints(rule):
    """A copy, array by array, is the same rule."""
    copied = replace(rule, who=replace(rule.who, member=rule.who.member.copy()))

    assert fingerprint(copied) == fingerprint(rule)


@given(some.rules())
def test_a_change_of_one_number_changes_the_fingerprint(rule):
    """Were it a membership, a flag or a limit."""
    member = rule.who.member.copy()
    member[2] = member[2] % 3 - 1
    others = [replace(rule, who=replace(rule.who, member=member)), replace(rule, denied=not rule.denied),
              replace(rule, limit=rule.limit + 1)]  # fmt: skip

    assert len({fingerprint(one) for one in (rule, *others)}) == 4


def test_a_fingerprint_tells_structures_apart():
    """Parts cannot run into one another, and a type is part of what a value is."""
    tables = [Any_(()), All(()), Limit(1.0, 2.0), Limit(1.0, 2.5)]
    arrays = [np.array([1], np.int8), np.array([1], np.int16), np.array([[1]], np.int8)]
    values = [("ab", "c"), ("a", "bc"), (("a",), "bc"), ("abc",), 1, True, "1", None, *tables, *arrays]

    assert len({fingerprint(value) for value in values}) == len(values)


def test_a_fingerprint_is_the_same_on_every_machine():
    """It is the SHA-256 of types, lengths and values, and of nothing that a run could change."""
    written = b"Limit:2;float:3:1.0;float:3:2.0;"

    assert fingerprint(Limit(1.0, 2.0)) == hashlib.sha256(written).hexdigest()
