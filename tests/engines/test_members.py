"""Who is named, by kind: as if every report were asked about by itself."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from truceline.engines.members import EVERYONE, Members, entries_of
from truceline.judge.subjects import names_member
from truceline.plan.subject import members_of
from world import batch, lists, setup

SETS = (EVERYONE, "armies", "guests", "visitors", "northbank_army", "southbank_army", "southbank_scouts")
JUNE, JULY = 1_938_031_200_000_000, 1_940_623_200_000_000  # 1 June and 1 July 2031 at 00:00, two hours ahead of UTC

named = st.lists(st.integers(-1, 10), max_size=3)
rows = st.lists(st.tuples(named, named, st.sampled_from([JUNE - 1, JUNE, JULY - 1, JULY]), st.booleans()), max_size=8)


def named_by(found):
    """Write out which sets each report names surely, and possibly."""
    m = len(SETS)
    return [[_told(side, kind, m) for kind in found.kind] for side in (found.surely, found.possibly)]


def _told(side, kind, m):
    ids = side.ids[side.starts[kind] : side.starts[kind + 1]].tolist()
    every = set(range(m)) if m in ids else set()
    return (every | {one for one in ids if 0 <= one < m}) - {~one for one in ids if one < 0}


def asked(reports):
    """Ask about every set by itself."""
    text, book = setup().agreement.under(None), setup().book
    told = np.ones((len(SETS), len(reports)), dtype=np.int8)
    for place, name in enumerate(SETS[1:], 1):
        told[place] = names_member(*members_of([name], text, book)[:2], reports)
    return [[set(np.flatnonzero(column >= least).tolist()) for column in told.T] for least in (1, 0)]


def reports_of(drawn):
    """Make reports of those named, a time and whether it is stated."""
    by, involved, start, dated = zip(*drawn, strict=True) if drawn else ((), (), (), ())
    return batch(len(drawn), by=lists(*by), involved=lists(*involved), start_us=start, end_us=start, dated=dated)


@tries(max_examples=60)
@given(st.lists(rows, min_size=1, max_size=3))
def test_kinds_name_the_sets_that_each_report_names(batches):
    """Batch after batch, members for a time included; what is not sure is possible."""
    members = Members(setup(), SETS)
    for reports in map(reports_of, batches):
        assert named_by(members.of(reports)) == asked(reports)


def test_equal_answers_are_one_kind():
    """Whoever else is named: to these sets it is the same."""
    members = Members(setup(), ("visitors",))
    found = members.of(reports_of([([0], [1], JUNE, True), ([1], [], JUNE, True), ([10], [], JUNE, True)]))

    assert found.kind.tolist() == [0, 0, 1]


def test_where_everyone_counts_nobody_is_asked_for():
    """There is one kind then; what columns are needed is told."""
    members = Members(setup(), (EVERYONE,))
    found = members.of(reports_of([([0], [], JUNE, True), ([], [7], JULY, False)]))

    assert found.kind.tolist() == [0, 0]
    assert not members.asks_who
    assert not members.asks_when
    assert Members(setup(), ("guests",)).asks_when
    assert not Members(setup(), ("armies",)).asks_when


def test_threads_may_share_it():
    """Whoever learns a kind first: the answers are the same."""
    members = Members(setup(), SETS)
    drawn = [([one % 12 - 1, one % 7], [one % 5], JUNE + one % 3 * 10**12, bool(one % 11)) for one in range(600)]
    parts = [reports_of(drawn[start : start + 20]) for start in range(0, 600, 20)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(members.of, parts))

    assert [named_by(one) for one in found] == [asked(one) for one in parts]


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_entries_are_never_more_than_half_the_sets_and_one(rate):
    """Also of a kind that belongs to nearly all of them."""
    belongs = np.random.default_rng(7).random((50, 40)) < rate

    assert entries_of(belongs).lengths.max(initial=0) <= 21
