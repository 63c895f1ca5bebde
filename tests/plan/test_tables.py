"""The tables of a plan: equal tables have equal fingerprints, others have others."""

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
    values = [("ab", "c"), ("a", "bc"), (("a",), "bc"), ("abc",), 1, True, "1", None, Any_(()), All(()), Limit(1.0, 2.0),
              np.array([1], np.int8), np.array([1], np.int16), np.array([[1]], np.int8)]  # fmt: skip

    assert len({fingerprint(value) for value in values}) == len(values)


def test_a_fingerprint_is_the_same_on_every_machine():
    """The hash of a known value, computed by hand: sha256 of "Limit:2;float:3:1.0;float:3:2.0;"."""
    assert fingerprint(Limit(1.0, 2.0)) == "6ab8302f0bb76c0a2a10a4c0d6d4f8dfb5b5ad1a0d1bde0ea80f2a0db3d0e2cc"
