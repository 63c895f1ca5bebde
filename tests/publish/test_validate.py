"""A payload that breaks its contract is refused, with every fault at its place."""

from __future__ import annotations

from typing import Any, cast

import pytest

from publish.sample import payload
from truceline.errors import UsageError
from truceline.publish.validate import validate


def spoiled(*path: str | int, value: object) -> dict[str, Any]:
    """Make a payload and put a value at a path of it."""
    made = cast("dict[str, Any]", payload(20))
    part: Any = made
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return made


def test_a_payload_that_keeps_the_contract_is_given_back():
    """Nothing is changed, filled in or dropped."""
    made = payload(20)

    assert validate(made) == made


def test_the_rows_behind_a_sweep_may_be_left_out():
    """A count without rows is shown without a link."""
    made = payload(20)
    del made["sweep"][0]["rows"]

    assert "rows" not in validate(made)["sweep"][0]


@pytest.mark.parametrize(
    ("path", "value", "at", "word"),
    [
        (("title",), 3, "payload.title", "string"),
        (("reports", "lon", 0), float("nan"), "payload.reports.lon.0", "finite"),
        (("reports", "month"), ["2031-04"], "payload.reports.month", "1 rows for 20 reports"),
        (("located", "river", "low_m"), [], "payload.located.river.low_m", "0 rows for 20 reports"),
        (("findings", "quiet", "text", "verdict"), [1], "payload.findings.quiet.text.verdict", "1 rows"),
        (("findings", "quiet", "text", "verdict", 3), 4, "payload.findings.quiet.text.verdict", "4 is out of range"),
        (("findings", "quiet", "text", "reasons", 3), -1, "payload.findings.quiet.text.reasons", "-1 is out of range"),
        (("findings", "quiet", "north"), {"same_as": "nobody"}, "payload.findings.quiet.north", "'nobody'"),
        (("findings", "quiet", "north"), {"same_as": "south"}, "payload.findings.quiet.north", "'south'"),
        (("findings", "nothing"), {}, "payload.findings", "unknown provision 'nothing'"),
        (("findings", "quiet", "nobody"), {"same_as": "text"}, "payload.findings.quiet", "unknown reading 'nobody'"),
        (("bands", "nobody"), {}, "payload.bands", "unknown reading 'nobody'"),
        (("bands", "north", "no_outsiders", 0, "line"), "fence", "payload.bands", "unknown line 'fence'"),
        (("sweep", 0, "line"), "fence", "payload.sweep", "unknown line 'fence'"),
        (("sweep", 0, "sure"), [], "payload.sweep.0.sure", "not as long as distance_m"),
        (("sweep", 0, "rows", "report"), [20], "payload.sweep.0.rows.report", "20 is out of range"),
        (("reports", "region", 0), "Atlantis", "payload.reports.region", "unknown region 'Atlantis'"),
        (("reports", "input", 0), 2, "payload.reports.input", "2 is out of range"),
        (("reports", "radius_m"), [None] * 20, "payload.reports made:00000", "a disc is"),
        (("reason_sets", 1), ["whim"], "payload.reason_sets", "unknown reason 'whim'"),
        (("readings", 0, "sources"), ["s.lost"], "payload.readings", "unknown source 's.lost'"),
        (("sources", 0, "of"), ["s.lost"], "payload.sources", "unknown source 's.lost'"),
        (("disagreements", "quiet", "report"), [20], "payload.disagreements.quiet.report", "20 is out of range"),
        (("disagreements", "quiet", "fields"), [[]], "payload.disagreements.quiet.fields", "not as long as report"),
        (("surprise",), 1, "payload.surprise", "extra"),
    ],
)  # fmt: skip
def test_each_fault_is_named_at_its_place(path, value, at, word):
    """The place leads to the fault and the words say what is wrong."""
    with pytest.raises(UsageError) as caught:
        validate(spoiled(*path, value=value))
    faults = [fault for fault in caught.value.faults if fault.at == at]

    assert faults, str(caught.value)
    assert word in faults[0].what


def test_all_faults_come_at_once():
    """Two faults of sense in different parts are both listed."""
    made = spoiled("sweep", 0, "sure", value=[])
    made["reports"]["region"][0] = "Atlantis"
    with pytest.raises(UsageError) as caught:
        validate(made)

    assert len(caught.value.faults) == 2
