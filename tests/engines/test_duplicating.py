"""Proposals in a table of reports: what was decided is left out, and who is protected is not shown."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest

from truceline.basics.time import Span
from truceline.engines.duplicating import proposed
from truceline.evidence.judgement import Judgement
from truceline.formats.arrow import REPORT_SCHEMA

ROW = {"from": datetime(2030, 3, 6, 10, tzinfo=UTC), "until": datetime(2030, 3, 6, 11, tzinfo=UTC), "lon": 20.4,
       "lat": 9.98, "radius_m": 500.0, "act": "position", "by": ["Southbank Guard"],
       "involved": ["Southbank Guard"]}  # fmt: skip


def reports(*rows):
    """Make a table of reports a, b, c and so on; each row says what is other than in `ROW`."""
    return pa.Table.from_pylist(
        [{"report": chr(97 + number)} | ROW | row for number, row in enumerate(rows)], REPORT_SCHEMA
    )


def names(found):
    """List the open pairs by id."""
    return [(pair.one, pair.other) for pair in found.pairs(0, len(found))]


def judged(name, kind, *about, by="officer", day=0):
    """Make a judgement."""
    return Judgement(name, kind, about, by, Span(day, day + 1), "one shot")


def test_pairs_have_ids_rows_and_reasons():
    """Two reports of one post are proposed, and why."""
    found = proposed(reports({}, {"lat": 0.0}, {"lon": 20.401}))

    assert names(found) == [("a", "c")]
    assert found.pair(0).named == (("a", 0), ("c", 2))
    assert found.pair(0).reasons[2:] == ("the same doer", "the same act")
    assert "0.1 km apart" in found.pair(0).reasons[1]
    assert (len(found), found.decided) == (1, 0)


def test_actors_are_compared_by_name():
    """Without an agreement each name is somebody; capitals make no other; two names are two doers."""
    guard, scouts = {"by": ["southbank guard "]}, {"by": ["Scouts"], "involved": ["Scouts", "Southbank Guard"]}
    found = proposed(reports({}, guard, scouts))

    assert names(found) == [("a", "b")]
    assert found.pair(0).reasons[2] == "the same doer"


def test_the_strongest_and_most_exact_pairs_come_first():
    """First what most speaks for, then the smaller uncertainty, then the nearer."""
    found = proposed(reports({}, {"by": [], "involved": []}, {"radius_m": 900.0}, {"lon": 20.401}))

    assert names(found)[:3] == [("a", "d"), ("a", "c"), ("c", "d")]
    assert names(found)[3:] == [("a", "b"), ("b", "d"), ("b", "c")]


@pytest.mark.parametrize(
    ("judgements", "left"),
    [
        ((judged("j-1", "same", "a", "b"),), [("a", "c"), ("b", "c")]),
        ((judged("j-1", "not_same", "c", "a"),), [("a", "b"), ("b", "c")]),
        ((judged("j-1", "same", "a", "b"), judged("j-2", "same", "b", "c")), []),
        ((judged("j-1", "same", "a", "b", "c"),), []),
        ((judged("j-1", "same", "a", "elsewhere"),), [("a", "b"), ("a", "c"), ("b", "c")]),
        ((judged("j-1", "same", "a", "x"), judged("j-2", "same", "x", "b")), [("a", "c"), ("b", "c")]),
        ((Judgement("j-1", "member", ("a",), "officer", Span(0, 1), "badge", "army"),),
         [("a", "b"), ("a", "c"), ("b", "c")]),
    ],
)  # fmt: skip
def test_what_was_decided_is_left_out(judgements, left):
    """Directly or through others, whichever way; what is about something else decides nothing here."""
    found = proposed(reports({}, {}, {}), judgements)

    assert sorted(names(found)) == left
    assert found.decided == 3 - len(left)
    assert found.reports.num_rows == 3


def test_contests_are_part_of_the_answer():
    """Two who see it otherwise: decided, shown as contested."""
    found = proposed(
        reports({}, {}), [judged("j-1", "same", "a", "b"), judged("j-2", "not_same", "a", "b", by="reviewer")]
    )

    assert len(found) == 0
    assert [each.judgements for each in found.grouping.contests] == [("j-1", "j-2")]


def test_a_protected_report_keeps_its_place():
    """Its pair is proposed by id; how near it is, and where, is not told."""
    found = proposed(reports({"release": "protected"}, {}, {}))

    assert [(pair.one, pair.protected, bool(pair.reasons)) for pair in found.pairs(0, 3)] == [
        ("a", True, False), ("a", True, False), ("b", False, True)
    ]  # fmt: skip
    assert found.hidden.tolist() == [True, False, False]


def test_columns_may_be_missing():
    """A table of ids alone proposes nothing, and says so."""
    found = proposed(pa.table({"report": ["a", "b"]}), [judged("j-1", "same", "a", "b")])

    assert (len(found), found.ids(found.proposals.vague)) == (0, ["a", "b"])
    assert not np.any(found.hidden)


@pytest.mark.parametrize("rows", [(), ({},)])
def test_nothing_to_pair(rows):
    """No reports or one: no pairs, whatever was judged."""
    assert len(proposed(reports(*rows), [judged("j-1", "same", "a", "b")])) == 0
