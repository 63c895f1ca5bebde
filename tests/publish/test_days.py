"""Dates and ranges of our own sentences are written in words; what somebody said is left as it was said."""

from __future__ import annotations

import pytest

from publish.sample import payload
from truceline.engines.told_dates import in_words
from truceline.publish.days import with_dates_in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017-07-09", "9 July 2017"),
        ("2017-11", "November 2017"),
        ("2017-07-09T09:00Z", "9 July 2017, 09:00 UTC"),
        ("2017-07-09T12:00", "9 July 2017, 12:00"),
        ("2017-11-06/2017-11-12", "6 November 2017 to 12 November 2017"),
        ("5..30 km", "5 to 30 km"),
        ("ucdp-2017-07-09", "ucdp-2017-07-09"),
        ("2017-13-09", "2017-13-09"),
        ("files v1.2..3", "files v1.2..3"),
        ("no date was given", "no date was given"),
    ],
)  # fmt: skip
def test_only_dates_and_ranges_change(text, words):
    """An id, an impossible month or a version is no date and no range."""
    assert in_words(text) == words


def test_quotations_stay_as_they_were_said():
    """The words of a source or of a clause keep their form; our own sentence about it does not."""
    made = payload(5)
    made["sources"][0]["words"] = made["provisions"][0]["words"] = "from 2031-05-01, 3..4 mi"
    made["provisions"][0]["sentence"] = "nobody enters from 2031-05-01"
    told = with_dates_in_words(made)

    assert told["sources"][0]["words"] == told["provisions"][0]["words"] == "from 2031-05-01, 3..4 mi"
    assert told["sources"][0]["said"] == "12 April 2031"
    assert told["provisions"][0]["sentence"] == "nobody enters from 1 May 2031"
    assert made["provisions"][0]["sentence"] == "nobody enters from 2031-05-01"
