"""Which number is the day: proved by the file, or both readings kept."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.formats.date_order import Told, in_order
from truceline.formats.dates import NO_CLOCK, NO_DAY, days_of, split_dates

EPOCH = dt.date(1970, 1, 1)
MONTH_FIRST, DAY_FIRST = "%m/%d/%Y", "%d/%m/%Y"
days_of_a_decade = st.dates(dt.date(2010, 1, 1), dt.date(2020, 12, 31))


def column(texts):
    """Make a column of text."""
    return pa.chunked_array([pa.array(texts, pa.string())])


def ordered(starts, ends=None, **how):
    """Read starts and ends, the ends like the starts if not given."""
    first = split_dates(column(starts))
    return in_order(first, split_dates(column(ends if ends is not None else starts), first.forms), **how)


def days(*dates):
    """Number days since 1970."""
    return [(date - EPOCH).days for date in dates]


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2014-05-02", dt.date(2014, 5, 2), NO_CLOCK),
        ("2014-05-02T00:00:00", dt.date(2014, 5, 2), NO_CLOCK),
        ("2014-05-02 00:00:00.000", dt.date(2014, 5, 2), NO_CLOCK),
        ("1/22/2014 12:00:00 AM", dt.date(2014, 1, 22), NO_CLOCK),
        ("1/22/2014 12:30:00 pm", dt.date(2014, 1, 22), 45_000_000_000),
        ("1.22.2014 13:05", dt.date(2014, 1, 22), 47_100_000_000),
        (" 05 January 2023 ", dt.date(2023, 1, 5), NO_CLOCK),
        ("05-Jan-2023", dt.date(2023, 1, 5), NO_CLOCK),
        ("2014-05-02T10:00:00.5+03:00", dt.date(2014, 5, 2), 36_000_500_000),
    ],
)
def test_dates_are_cut_into_numbers(text, day, clock):
    """A clock that shows midnight in every cell belongs to the form, not to the date."""
    split = split_dates(column([text]))

    assert days_of(split, np.array([True])).tolist() == days(day)
    assert split.clock.tolist() == [clock]


@pytest.mark.parametrize(
    "text",
    ["", "soon", "\uff11/\uff12/2014", "2014-5-2", "1/2/14", "1/22/2014 13:00 PM", "1/22/2014 25:00", "5 Brumaire 2014",
     "2014-02-30", "0/0/2014", "2014-00-10"],
)  # fmt: skip
def test_what_is_no_date_has_no_day(text):
    """Full-width digits, days that no month has, and words are refused."""
    split = split_dates(column([text]))

    assert days_of(split, np.array([True])).tolist() == [NO_DAY]


def test_offsets_keep_their_sign():
    """An offset is east of Greenwich where it is positive."""
    split = split_dates(column(["2014-05-02T10:00Z", "2014-05-02T10:00+03:30", "2014-05-02T10:00-0300"]))

    assert (split.offset / 3_600_000_000).tolist() == [0.0, 3.5, -3.0]
    assert split.zoned.all()


def test_one_number_above_12_proves_the_form():
    """22/01 is day-first, so 05/02 in the same form is the fifth of February."""
    found = ordered(["05/02/2014", "22/01/2014"])

    assert found.first.tolist() == days(dt.date(2014, 2, 5), dt.date(2014, 1, 22))
    assert not found.both.any()
    assert "day-first, some days are above 12" in str(found.evidence[0])


def test_without_proof_both_readings_are_kept():
    """5 February or 2 May: the report lies in the hull of both, and the file is said not to prove it."""
    found = ordered(["05/02/2014"])

    assert found.first.tolist() == days(dt.date(2014, 2, 5))
    assert found.last.tolist() == days(dt.date(2014, 5, 2))
    assert found.both.all()
    assert [flag.code for flag in found.remarks] == ["TL-R308"]
    assert "nothing in the file proves it" in found.remarks[0].what


def test_the_user_may_vouch_for_an_order_and_iso_keeps_its_own():
    """A stated order reads the open form; a day that it cannot have is no date."""
    found = ordered(["05/02/2014", "31/01/2014", "2014-05-02"], stated="month")

    assert found.first.tolist() == [*days(dt.date(2014, 5, 2)), NO_DAY, *days(dt.date(2014, 5, 2))]


def test_a_form_with_proofs_of_both_orders_is_open():
    """Each date that only one order can read is read by that order; the others keep both readings."""
    found = ordered(["22/01/2014", "01/22/2014", "05/02/2014"])

    assert found.first[:2].tolist() == days(dt.date(2014, 1, 22), dt.date(2014, 1, 22))
    assert found.both.tolist() == [False, False, True]


def test_a_row_that_ends_before_it_starts_under_one_order_is_read_by_the_other():
    """6 May to 5 June, since 5 June to 6 May is impossible; and where both are impossible, none is chosen."""
    found = ordered(["05/06/2014", "07/07/2014"], ["06/05/2014", "06/06/2014"])

    assert found.first[0] == days(dt.date(2014, 5, 6))[0]
    assert found.last[0] == days(dt.date(2014, 6, 5))[0]
    assert not found.both.any()
    assert found.last[1] < found.first[1]


def test_rows_that_one_order_makes_impossible_prove_the_other():
    """Five rows suffice if none speaks against it; then every row of the form is read alike."""
    starts = [f"0{month}/05/2014" for month in range(6, 10)] * 2 + ["03/04/2014"]
    ends = [f"0{month}/06/2014" for month in range(6, 10)] * 2 + ["03/04/2014"]
    limit = np.ones(9, dtype=np.int64)
    found = ordered(starts, ends, most=limit)

    assert found.evidence[0].order == "month"
    assert found.evidence[0].impossible == (0, 8)
    assert found.first[-1] == days(dt.date(2014, 3, 4))[0]
    assert [flag.code for flag in found.remarks] == ["TL-R304"]


def test_sources_can_prove_an_order():
    """Twenty rows with a report soon after the start under one order only."""
    starts = [f"0{month}/0{day}/2014" for month in range(1, 6) for day in range(6, 10)]
    told = Told(np.arange(20), np.array(days(*(dt.date(2014, m, d + 1) for m in range(1, 6) for d in range(6, 10)))))
    found = ordered(starts, told=told)

    assert found.evidence[0].order == "month"
    assert found.evidence[0].agree == (20, 0)
    assert "rows that agree with a source: 20 month-first, 0 day-first" in str(found.evidence[0])


def turned_by_a_spreadsheet(dates, original, shown):
    """What a day-first spreadsheet makes of a column: it turns what it can read, and leaves the rest as text."""
    texts = []
    for date in dates:
        try:
            read = dt.datetime.strptime(date.strftime(original), DAY_FIRST).date()  # noqa: DTZ007
        except ValueError:
            texts.append(date.strftime(original) + " 12:00:00 AM")
        else:
            texts.append(read.strftime(shown))
    return texts


@pytest.mark.parametrize("shown", [f"{DAY_FIRST} 00:00", "%Y-%m-%d"])
def test_dates_that_a_spreadsheet_turned_are_read_right_and_listed(shown):
    """Month-first dates opened in a day-first spreadsheet: shown as 05/02/2014 or, turned for good, as 2014-02-05."""
    dates = [dt.date(2014, 1, 1) + dt.timedelta(days=n) for n in range(360)]
    ends = [date + dt.timedelta(days=2) for date in dates]
    found = ordered(
        turned_by_a_spreadsheet(dates, MONTH_FIRST, shown), turned_by_a_spreadsheet(ends, MONTH_FIRST, shown),
        most=np.full(360, 2),
    )  # fmt: skip

    assert found.first.tolist() == days(*dates)
    assert found.last.tolist() == days(*ends)
    assert found.turned.any()
    assert not found.both.any()


def test_iso_dates_beside_others_keep_their_order_if_their_rows_prove_it():
    """All days of a column up to 12 by chance: nothing was turned, so nothing is listed as turned."""
    starts = [f"2014-0{month}-0{day}" for month in range(1, 6) for day in range(6, 10)] + ["5/22/2014"] * 20
    ends = [f"2014-0{month}-{day + 1:02}" for month in range(1, 6) for day in range(6, 10)] + ["5/22/2014"] * 20
    found = ordered(starts, ends, most=np.ones(40, dtype=np.int64))

    assert found.first[0] == days(dt.date(2014, 1, 6))[0]
    assert not found.turned.any()


@settings(max_examples=60)
@given(
    st.lists(st.tuples(days_of_a_decade, st.integers(0, 9)), min_size=1, max_size=40),
    st.sampled_from([MONTH_FIRST, DAY_FIRST]),
)
def test_the_truth_is_never_lost(rows, form):
    """However a file is written, as long as it is written in one way, each row's span holds its true days."""
    starts = [date for date, _ in rows]
    ends = [date + dt.timedelta(days=more) for date, more in rows]
    found = ordered(
        [date.strftime(form) for date in starts], [date.strftime(form) for date in ends], most=np.full(len(rows), 9)
    )

    assert (found.first <= days(*starts)).all()
    assert (found.last >= days(*ends)).all()


@settings(max_examples=40)
@given(st.lists(days_of_a_decade, min_size=1, max_size=60))
def test_names_of_months_are_never_turned(dates):
    """A month that is written as a word has one reading."""
    found = ordered([date.strftime("%d %B %Y") for date in dates] + ["2014-02-22"] * 20)

    assert found.first[: len(dates)].tolist() == days(*dates)
    assert not found.both.any()
