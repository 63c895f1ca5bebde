"""Counts are counts of rows, and the headline says no more than they do."""

from __future__ import annotations

import pytest

from publish.sample import payload
from truceline.publish.tally import Tally, headline, tallies


def test_every_reading_counts_every_report_once():
    """The four counts of a reading add up to the number of reports; a reading left out is not counted."""
    made = payload(120)
    counted = tallies(made)

    assert set(counted) == {"no_outsiders", "quiet"}
    assert "annex" not in counted["no_outsiders"].by_reading
    assert {sum(counts) for counts in counted["no_outsiders"].by_reading.values()} == {120}


def test_disagreement_is_what_the_payload_lists():
    """The page has one number for it: that of the rows behind the link. A clause without a list has none."""
    made = payload(120)
    listed = len(made["disagreements"]["no_outsiders"]["report"])
    del made["disagreements"]["quiet"]
    counted = tallies(made)

    assert counted["no_outsiders"].differ == listed > 0
    assert counted["quiet"].differ == 0


@pytest.mark.parametrize(
    ("counts", "differ", "unknown", "words"),
    [
        ({"a": (0, 0, 4, 0)}, 0, 4, "No report is a violation under any of 1 readings; 4 of 4 reports"),
        ({"a": (0, 3, 0, 1)}, 0, 0, "1 report is a violation under the reading; the"),
        ({"a": (0, 3, 0, 1), "b": (0, 2, 1, 1)}, 1, 0, "1 report is a violation under each of 2 readings; the"),
        ({"a": (0, 3, 0, 1), "b": (4, 0, 0, 0), "c": (0, 3, 0, 1)}, 4, 0, "0 to 1 reports are violations, depending"),
        ({"a": (0, 3, 0, 1), "b": (4, 0, 0, 0)}, 4, 0, "0 to 1 reports are violations, depending"),
    ],
)  # fmt: skip
def test_the_headline_tells_violations_and_disagreement(counts, differ, unknown, words):
    """In one sentence, with the number of readings and of reports."""
    assert headline(Tally(counts, differ, unknown, n=4)).startswith(words)
