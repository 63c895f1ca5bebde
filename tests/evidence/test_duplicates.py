"""Duplicates: pairs that may be one incident, all of them, each with its reasons; against a plain double loop."""

from __future__ import annotations

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.basics.truth import Truth
from truceline.evidence.acts import ACT_IDS, ACTS, act_truth
from truceline.evidence.batch import Batch, Lists
from truceline.evidence.duplicates import propose

HOUR = 3_600_000_000
CLASH, FIRE, RELEASE, POSITION = (ACT_IDS[name] for name in ("clash", "fire", "release", "position"))
ROW = {"start": 0, "end": HOUR, "dated": True, "lon": 35.0, "lat": 33.0, "radius": 1000.0, "placed": True, "region": -1,
       "by": (), "involved": (), "act": CLASH, "maybe": ()}  # fmt: skip


def batch(*rows):
    """Make a batch of rows: each says what is other than in `ROW`."""
    rows = [ROW | row for row in rows]
    column = {name: [row[name] for row in rows] for name in ROW}
    count = len(rows)

    def lists(name):
        lengths = [0, *map(len, column[name])]
        return Lists(np.cumsum(lengths, dtype=np.int64), np.array([i for each in column[name] for i in each], np.int32))

    return Batch(
        np.array(column["start"], np.int64), np.array(column["end"], np.int64), np.array(column["dated"], bool),
        np.zeros(count, bool), np.array(column["lon"], float), np.array(column["lat"], float),
        np.array(column["radius"], float), np.array(column["placed"], bool), np.array(column["region"], np.int32),
        lists("by"), lists("involved"), np.array(column["act"], np.int32), lists("maybe"), np.full(count, -1, np.int32),
        np.full(count, -1), np.full(count, -1), np.full(count, -1, np.int32), np.full(count, np.nan),
        np.full(count, np.nan), np.full(count, -1, np.int32),
    )  # fmt: skip


def pairs(proposals):
    """List the pairs."""
    return list(zip(proposals.first.tolist(), proposals.second.tolist(), strict=True))


@pytest.mark.parametrize(
    ("other", "proposed"),
    [
        ({}, True),
        ({"start": HOUR - 1, "end": 2 * HOUR}, True),
        ({"start": HOUR, "end": 2 * HOUR}, False),  # half-open: it begins when the other has ended
        ({"start": 5, "end": 5}, True),  # an instant within
        ({"start": HOUR, "end": HOUR}, False),
        ({"lon": 35.0213}, True),  # 1990 m
        ({"lon": 35.0216}, False),  # 2018 m
        ({"by": (1,)}, True),
        ({"by": (2, 1)}, True),
        ({"by": (2,)}, False),  # somebody else did it
        ({"by": (-1,)}, True),  # a stranger may be anybody
        ({"involved": (2,)}, True),  # may have been the other side of it
        ({"act": FIRE}, True),
        ({"act": RELEASE}, False),
        ({"act": RELEASE, "maybe": (FIRE,)}, True),
        ({"act": -1}, True),
        ({"act": RELEASE, "maybe": (-1,)}, True),
    ],
)
def test_each_condition_by_itself(other, proposed):
    """Everything else equal, one difference makes the pair possible or not."""
    found = propose(batch({"by": (1,)}, other))

    assert pairs(found) == ([(0, 1)] if proposed else [])


def test_the_reasons_in_words():
    """When, where, who and what, each with what is known of it."""
    one = {"by": (1,), "involved": (70,)}
    found = propose(
        batch(one, {"start": HOUR // 2, "by": (1,), "lon": 35.01}, {"involved": (1,), "act": FIRE, "end": 0})
    )

    assert len(found) == 2
    assert found.reasons(0) == (
        "0.5 hours in common", "0.9 km apart, within 2.0 km of uncertainty", "the same doer", "the same act"
    )  # fmt: skip
    assert found.reasons(1) == (
        "the same instant", "0.0 km apart, within 2.0 km of uncertainty", "an actor in common", "no act against it"
    )  # fmt: skip
    assert propose(batch({}, {})).reasons(0)[2] == "no actor against it"


def test_what_is_too_vague_is_listed():
    """Without a time or a disc, in a region, or too wide, a report proposes nothing and is named."""
    rows = [{}, {"dated": False}, {"placed": False, "lon": np.nan, "lat": np.nan}, {"region": 3}, {"radius": 4e4},
            {"end": 40 * 24 * HOUR}, {}]  # fmt: skip
    found = propose(batch(*rows))

    assert pairs(found) == [(0, 6)]
    assert found.vague.tolist() == [1, 2, 3, 4, 5]
    assert pairs(propose(batch(*rows), widest_m=5e4, longest_us=50 * 24 * HOUR)) == [
        (0, 4), (0, 5), (0, 6), (4, 5), (4, 6), (5, 6)
    ]  # fmt: skip


def test_a_crowd_is_listed():
    """Reports with too many others around them are named, and their pairs left to people."""
    found = propose(batch(*[{}] * 5), crowd=2)

    assert found.crowded.tolist() == [0, 1]
    assert pairs(found) == [(2, 3), (2, 4), (3, 4)]


@pytest.mark.parametrize("rows", [(), ({},), ({"dated": False},)])
def test_nothing_to_pair(rows):
    """No report, one report and one vague report propose nothing."""
    assert len(propose(batch(*rows))) == 0


def test_across_the_antimeridian_and_at_the_pole():
    """Distance is measured on the ground, not in degrees."""
    date_line = ({"lon": 179.999}, {"lon": -179.999})
    pole = ({"lat": 89.999, "lon": 0.0}, {"lat": 89.999, "lon": 180.0})

    assert pairs(propose(batch(*date_line))) == [(0, 1)]
    assert pairs(propose(batch(*pole))) == [(0, 1)]


def expected(rows):
    """Find the pairs by a double loop: geodesic distance, spans, and the acts one by one."""
    for i, one in enumerate(rows):
        for j, other in enumerate(rows[i + 1 :], start=i + 1):
            far = Geodesic.WGS84.Inverse(one["lat"], one["lon"], other["lat"], other["lon"])["s12"]
            last = [max(row["end"] - 1, row["start"]) for row in (one, other)]
            acts = [[list(ACTS)[act] for act in (row["act"], *row["maybe"]) if act >= 0] for row in (one, other)]
            open_ = any(act < 0 for row in (one, other) for act in (row["act"], *row["maybe"]))
            may = open_ or any({act_truth(a, b), act_truth(b, a)} != {Truth.FALSE} for a in acts[0] for b in acts[1])
            who = not one["by"] or not other["by"] or -1 in one["by"] + other["by"] or set(one["by"]) & set(other["by"])
            when = max(one["start"], other["start"]) <= min(last)
            if far <= one["radius"] + other["radius"] and when and who and may:
                yield i, j


rows_ = st.lists(
    st.fixed_dictionaries({
        "start": st.integers(0, 5), "end": st.integers(5, 9), "lon": st.sampled_from([35.0, 35.1, 35.3]),
        "lat": st.sampled_from([33.0, 33.2]), "radius": st.sampled_from([500.0, 9000.0, 25_000.0]),
        "by": st.lists(st.sampled_from([-1, 1, 2, 99]), max_size=2).map(tuple),
        "act": st.sampled_from([-1, CLASH, FIRE, RELEASE, POSITION]),
        "maybe": st.lists(st.sampled_from([-1, RELEASE, CLASH]), max_size=1).map(tuple),
    }), max_size=12,
)  # fmt: skip


@settings(max_examples=60)
@given(rows_)
def test_every_pair_is_found_and_no_other(rows):
    """The pairs are those of a plain double loop over all reports."""
    assert set(pairs(propose(batch(*rows)))) == set(expected([ROW | row for row in rows]))
