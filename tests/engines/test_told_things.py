"""A weapon told: what the report says of it, what the terms know of its make, and what it was held against."""

from __future__ import annotations

import pytest

import world
from truceline.engines.explaining import explain
from truceline.engines.setup import prepare

THINGS = (
    "lines:\n  river",
    """models:
  K_7: {kind: gun, calibre: 122 mm, range: 15..16 km, also: [K-7], source: s.north}
  Far: {kind: missile, range: over 100 km}
things:
  small: {any: [{gun: {calibre: "<100 mm"}}]}
  big: {any: [{gun: {calibre: ">=100 mm"}}, K-7], but_not: [small]}
lines:
  river""",
)


@pytest.fixture(scope="module")
def told():
    """Explain one report under another sentence: the facts of WHAT."""

    def facts(what, **report):
        change = ("halt: {who: armies, what: hostilities,", f"halt: {{who: armies, what: {what},")
        held = prepare(world.amended(THINGS, change, readings=False))
        table = world.reports({"act": "presence", **report})
        return explain(held, table, "r0", "halt", "text").conditions[5].facts[2:]

    return facts


def test_a_make_fills_in_and_its_source_is_named(told):
    """What the report leaves out is told from the terms, on whose word, and every selector has its answer."""
    assert told("[fire, big]", model="k-7") == (
        "its calibre in the report: not stated; its range: not stated",
        'its make: "k-7", in the terms K 7: gun, calibre 122 mm, range 15 km to 16 km',
        "source of that: spokesman of Northbank, 2031-05-12, via Radio North [s.north]",
        "so it is held against the rule as gun, calibre 122 mm, range 15 to 16 km",
        "big: yes",
        "of big: gun of 100 mm or more: yes",
        "of big: K-7: yes",
        "left out of big: small: no",
        "of small: gun of under 100 mm: no",
    )


def test_what_contradicts_the_terms_is_told_both_ways(told):
    """Neither is chosen."""
    assert told("big", thing="gun", calibre_mm=85.0, model="K-7")[1:6] == (
        "its calibre in the report: 85 mm; its range: not stated",
        'its make: "K-7", in the terms K 7: gun, calibre 122 mm, range 15 km to 16 km',
        "source of that: spokesman of Northbank, 2031-05-12, via Radio North [s.north]",
        ("report and terms contradict each other: either gun, calibre 122 mm, range 15 to 16 km, or gun, "
        "calibre 85 mm, range unknown"),
        "big: cannot be told",
    )  # fmt: skip


def test_an_unlisted_make_is_said_to_be_one(told):
    """So is a range of which only one end is known."""
    assert told("{any: [{weapon: {range: over 20 km}}], but_not: {gun: {}}}", model="Z-9")[1:] == (
        'its make: "Z-9", which the terms do not list',
        "so it is held against the rule as something of unknown kind, calibre unknown, range unknown",
        "weapon with a range of over 20 km: cannot be told",
        "left out: gun: cannot be told",
        "unknown, because the report does not say which weapon or object it was",
        "unknown, because the report does not say of which calibre or range the weapon is",
    )
    assert told("{weapon: {range: over 20 km}}", model="far", thing="vehicle")[3:5] == (
        "so it is held against the rule as vehicle and missile, calibre unknown, range 100 km or more",
        "weapon with a range of over 20 km: yes",
    )


def test_a_rule_about_a_kind_alone_lists_nothing():
    """Without makes and sizes the kind says all there is; a class of kinds is still taken apart."""
    held = world.setup()
    table = world.reports({"act": "presence", "thing": "tank", "model": "K-7"})
    facts = explain(held, table, "r0", "few", "text").conditions[5].facts

    assert facts[2:] == ("the weapon or object: tank (a main battle or light tank)",)
    change = ("halt: {who: armies, what: hostilities,", "halt: {who: armies, what: heavy,")
    heavy = ("lines:\n  river", "things: {heavy: {any: [tank, gun]}}\nlines:\n  river")
    other = prepare(world.amended(heavy, change, readings=False))

    assert explain(other, table, "r0", "halt", "text").conditions[5].facts[3:] == (
        "so it is held against the rule as tank, calibre unknown, range unknown",
        "heavy: yes",
        "of heavy: tank: yes",
        "of heavy: gun: no",
    )
