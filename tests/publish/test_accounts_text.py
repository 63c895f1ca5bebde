"""Accounts in words: lines of a terminal, parts of a page, tables of a notebook."""

from dataclasses import replace

from truceline.engines.account_words import REASONS
from truceline.engines.accounts import Account
from truceline.engines.figures import Clock
from truceline.publish.accounts_text import accounts_data, accounts_html, accounts_lines, accounts_payload

WHOLE = Account(
    "tanks", "text", "ceiling", "all", "", "indeterminate", ("count_incomplete",), 75, 60, words="60 surely",
    proxy="posts",
)  # fmt: skip
RECORD = Account("tanks", "text", "ceiling", "record", "i-1", "no_violation", ("within_limit",), 75, words="at most 75")
MONTH = Account("tanks", "text", "trend", "month", "2031-05", "indeterminate", ("series_needed",), words="12 surely")


def test_readings_of_which_the_same_is_said_share_a_line():
    """Others have a line of their own; months are told with their rule."""
    rows = [WHOLE, replace(WHOLE, reading="north"), replace(WHOLE, reading="south", words="61 surely"), MONTH]

    assert list(accounts_lines(rows)) == [
        "Counted together, over all reports:", "", "tanks (by a proxy: posts)", "  □ 60 surely  text, north",
        "  □ 61 surely  south",
    ]  # fmt: skip


def test_many_records_are_counted_by_what_came_out():
    """A dozen is told one by one; of more those of one outcome share a line."""
    twelve = [replace(RECORD, name=f"i-{number}") for number in range(12)]
    denied = replace(RECORD, name="d", verdict="indeterminate", reasons=("access_denied",))
    lines = list(accounts_lines([*twelve, denied]))

    assert len(list(accounts_lines(twelve))) == 3 + 12
    assert lines[3:] == [
        f"  ● 12 of 13 records of effort: {REASONS['within_limit']}  text",
        f"  □ 1 of 13 records of effort: {REASONS['access_denied']}  text",
    ]


def test_nothing_has_no_lines():
    """Nor a table."""
    assert list(accounts_lines([])) == []
    assert "<table>" not in accounts_html([])


def test_a_page_and_a_notebook_tell_the_same():
    """Verdict, readings and arithmetic; dates in words, and what others wrote stays text."""
    evil = replace(RECORD, words="by <b> on 2031-05-01")

    assert accounts_payload([evil]) == [
        {"provision": "tanks", "readings": ["text"], "verdict": "no_violation", "proxy": None,
         "words": "i-1: by <b> on 1 May 2031"},
    ]  # fmt: skip
    assert "&lt;b&gt;" in accounts_html([evil])


def test_plain_data_has_every_row():
    """Months included; instants by a clock, lists as lists."""
    [data] = accounts_data([replace(MONTH, from_us=0)], Clock())

    assert (data["from"], data["until"], data["reasons"]) == ("1970-01-01 00:00 UTC", None, ["series_needed"])
