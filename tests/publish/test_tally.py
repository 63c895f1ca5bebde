"""Counts are counts of rows, and the headline says no more than they do."""

from __future__ import annotations

import pytest

from publish.sample import payload
from truceline.publish.tally import Tally, headline, headlines, tallies


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
        ({"a": (0, 0, 4, 0)}, 0, 4, "no report is a violation under the reading; 4 cannot be decided under any"),
        ({"a": (0, 4, 0, 0), "b": (0, 4, 0, 0)}, 0, 0, "no report is a violation under any of 2 readings; the"),
        ({"a": (0, 3, 0, 1)}, 0, 0, "1 of 4 reports is a violation under the reading; the"),
        ({"a": (0, 3, 0, 1), "b": (0, 2, 1, 1)}, 1, 0, "1 of 4 reports is a violation under each of 2 readings; the"),
        ({"a": (0, 2, 0, 2), "b": (0, 2, 0, 2)}, 0, 0, "2 of 4 reports are violations under each of 2 readings; the"),
        ({"a": (0, 3, 0, 1), "b": (4, 0, 0, 0)}, 4, 0, "0 to 1 of 4 reports are violations, depending on the reading"),
    ],
)  # fmt: skip
def test_the_headline_tells_violations_and_disagreement(counts, differ, unknown, words):
    """In one sentence, with the name of the clause and the number of readings and of reports."""
    clause = {**payload(1)["provisions"][0], "title": "Pull back"}

    assert headline(clause, Tally(counts, differ, unknown, n=4)).startswith(f"Pull back: {words}")


@pytest.mark.parametrize(
    ("blind", "away", "words"),
    [
        (4, 0, "the data in use cannot show it"),
        (3, 1, "the data in use cannot show it"),
        (2, 1, "2 of 4 reports cannot show it; of the 1 that could, none is a violation under any of 2 readings"),
    ],
)
def test_what_the_data_cannot_show_is_never_called_free_of_violations(blind, away, words):
    """The headline says first what no report could have shown."""
    tally = Tally({"a": (0, 0, 4, 0), "b": (0, 0, 4, 0)}, 0, 4, n=4, blind=blind, unaddressed=away)

    assert headline(payload(1)["provisions"][0], tally) == f"no_outsiders: {words}"


def test_what_the_data_cannot_show_is_counted_by_report():
    """A report is blind where each reading to which it matters says that its data set cannot show the act."""
    made = payload(4)
    made["reasons"]["source_cannot_show"] = {"words": "this data set cannot show the act"}
    made["reason_sets"] = [["source_cannot_show"], ["denied"], ["outside"]]
    made["disagreements"] = {}
    north = {"verdict": [2, 2, 1, 0], "reasons": [0, 0, 2, 1]}
    south = {"verdict": [2, 0, 2, 0], "reasons": [0, 1, 0, 1]}
    made["findings"] = {"no_outsiders": {"north": north, "south": south}}
    counted = tallies(made)["no_outsiders"]

    assert (counted.blind, counted.unaddressed) == (2, 1)


def test_every_clause_has_a_headline():
    """Judged or not: what is not judged yet and what nobody can watch say so."""
    made = payload(40)
    told = headlines(made, tallies(made))

    assert list(told) == ["no_outsiders", "quiet", "reduction", "intel"]
    assert told["reduction"] == "reduction: recorded, and not judged yet"
    assert told["intel"] == "intel: nobody can tell from reports"


def test_without_reports_nothing_is_said_of_them():
    """No report is not the same as no violation."""
    assert headline(payload(1)["provisions"][0], Tally({"a": (0, 0, 0, 0)}, 0, 0, n=0)).endswith(
        "no reports were given"
    )
