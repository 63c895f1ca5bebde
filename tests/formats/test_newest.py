"""Which of several rows about one report is the newest."""

import datetime as dt

import pyarrow as pa
import pytest

from truceline.formats import newest as module
from truceline.formats.arrow import REPORT_SCHEMA
from truceline.formats.newest import newest, signs_of

MOMENT = dt.datetime(2030, 3, 5, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def signs(*rows):
    """Collect the signs of rows of our columns."""
    return signs_of(pa.Table.from_pylist(list(rows), schema=REPORT_SCHEMA))


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"reported": MOMENT}, {"reported": MOMENT + DAY}),
        ({"recorded": MOMENT}, {"recorded": MOMENT + DAY}),
        ({"dataset": "posts", "dataset_version": "1.9"}, {"dataset": "posts", "dataset_version": "1.10"}),
        ({"dataset": "ucdp-ged", "dataset_version": "24.0.12"}, {"dataset": "ucdp-ged", "dataset_version": "23.1"}),
        ({"dataset": "ucdp-ged", "dataset_version": "22.0.3"}, {"dataset": "ucdp-ged", "dataset_version": "22.0.11"}),
        ({"reported": MOMENT, "recorded": MOMENT}, {"reported": MOMENT, "recorded": MOMENT + DAY}),
    ],
)
def test_the_later_row_is_the_newest(older, newer):
    """By its dates or by its release, whichever way round they are given."""
    assert newest(signs(older, newer), [1, 2]) == ([1], {0: "TL-R118"})
    assert newest(signs(newer, older), [1, 2]) == ([0], {1: "TL-R118"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"reported": MOMENT}, {"recorded": MOMENT + DAY}),
        ({"reported": MOMENT, "recorded": MOMENT + DAY}, {"reported": MOMENT + DAY, "recorded": MOMENT}),
        ({"dataset": "posts", "dataset_version": "draft"}, {"dataset": "posts", "dataset_version": "final"}),
        ({"dataset": "posts", "dataset_version": "1.0"}, {"dataset": "walks", "dataset_version": "1.1"}),
        ({"dataset": "ucdp-ged", "reported": MOMENT}, {"dataset": "ucdp-ged", "reported": MOMENT + DAY}),
        (
            {"dataset": "ucdp-ged", "dataset_version": "652.1601.1911"},
            {"dataset": "ucdp-ged", "dataset_version": "22.1"},
        ),
    ],
)
def test_where_the_signs_are_silent_or_contradict_each_other_nobody_knows(one, other):
    """No order of files, and no first report of the event, makes a row the newest."""
    assert newest(signs(one, other), [1, 2]) == ([0, 1], {})


def test_an_equal_row_is_no_revision():
    """A row that says what the newest says is the same report again, in an earlier release."""
    assert newest([(1, None, None), (2, None, None), (3, None, None)], [7, 8, 7]) == ([2], {0: "TL-R117", 1: "TL-R118"})


def test_a_row_that_is_surely_older_is_left_out_even_if_the_newest_is_not_known():
    """The first is older than the second; of the third nobody knows."""
    assert newest([(1, None, None), (2, None, None), (None, 5, None)], [7, 8, 9]) == ([1, 2], {0: "TL-R118"})


def test_a_circle_of_signs_decides_nothing():
    """The second was reported after the first, the third recorded after the second, the first released after it."""
    circle = [(1, None, ("d", (2,))), (2, 1, None), (None, 2, ("d", (1,)))]

    assert newest(circle, [1, 2, 3]) == ([0, 1, 2], {})


def test_of_very_many_rows_only_the_newest_is_looked_for(monkeypatch):
    """Where there is none, all of them are taken together: comparing every pair would take too long."""
    monkeypatch.setattr(module, "FEW", 2)

    assert newest([(1, None, None), (2, None, None), (None, 5, None)], [7, 8, 9]) == ([0, 1, 2], {})
