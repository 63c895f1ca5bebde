"""Days counted from an instrument or a condition are told as a date, and as what it is counted from."""

import re

import pytest

from truceline.engines.comparing import words_of
from truceline.engines.explaining import explain
from truceline.engines.pairing import pair_of
from truceline.engines.setup import prepare
from truceline.engines.told_dates import counted_days, dated_words, in_words
from truceline.publish.compare_text import compare_lines, compared
from truceline.publish.readings_text import readings_lines
from truceline.publish.readings_told import readings_told
from world import amended, at, reports

CALM = """conditions:
  calm: {title: the river is calm, source: s.text, is: [
    {until: 2031-06-01T00:00+02:00, is: unmet, source: s.north},
    {from: 2031-06-01T00:00+02:00, is: met, source: s.north}]}
provisions:"""
COUNTED = ("when: {from: 2031-05-06}", "when: {from: truce + 14 d}")
TOLD = "16 May 2031, 12:00 +02:00 (14 days after Truce took effect)"
TERMS_NOTATION = re.compile(r"[a-z] ?\+ ?[0-9]+ ?[dhwmy]\b")


def text(*changes):
    """Give the toy truce with some of its words replaced, without its readings."""
    return amended(*changes, readings=False).document


def test_a_count_is_the_instant_the_day_or_the_stretch_at_which_it_ends():
    """The date stands first; of an annex that nothing dates the count alone is told."""
    day = ('in_force: "2031-05-02T12:00+02:00"', "in_force: 2031-05-02")

    assert dated_words("from truce + 14 d", text()) == f"from {TOLD}"
    assert dated_words("by truce - 1 d", text(day)) == "by 1 May 2031 (1 day before Truce took effect)"
    assert dated_words("by truce + 6 h", text(day)) == (
        "by a moment between 2 May 2031, 06:00 +02:00 and 3 May 2031, 06:00 +02:00 (6 hours after Truce took effect)"
    )
    assert dated_words("annex + 2 weeks", text()) == "2 weeks after Annex took effect"
    assert dated_words("from D+3 on, river + 4 km, truce + 4", text()) == (
        "from 3 days after entry into force on, river + 4 km, truce + 4"
    )


def test_an_uncertain_begin_is_never_told_as_a_period_that_ends():
    """A lawyer would read "from X to Y" as a rule that ended; the day or the moment lies between the two."""
    spread = (
        "provisions:\n", CALM.replace("until: 2031-06-01T00:00+02:00", "until: 2031-06-01")
        .replace("from: 2031-06-01T00:00+02:00", "from: 2031-06-05") + "\n",
    )  # fmt: skip
    met = dated_words("from calm + 10 d, none at all", text(spread))

    assert met == (
        'from a day between 11 and 15 June 2031, both included (10 days after "the river is calm" was met), none at all'
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("from 2031-03-11..2031-03-15", "from a day between 11 and 15 March 2031, both included"),
        ("until 2031-02-27/2031-08-17, x", "until a day between 27 February 2031 and 17 August 2031, both included, x"),
        (
            "from 2031-03-11..2031-03-15 until 2032",
            "from a day between 11 and 15 March 2031, both included, until 2032",
        ),
        ("until 2031-02-28..2031-03-01", "until 28 February 2031 or 1 March 2031"),
        ("by 2031-02..2031-03", "by a day between February and March 2031, both included"),
        ("in force 2031-07-02..2031-07-03", "in force from 2 or 3 July 2031"),
        ("from 2031-07-02..2031-07-02", "from 2 July 2031"),
        (
            "from 2031-07-09T12:00Z/2031-07-09T14:00Z",
            "from a moment between 9 July 2031, 12:00 UTC and 9 July 2031, 14:00 UTC",
        ),
        ("said 2031-07-02..2031-07-05", "said 2 July 2031 to 5 July 2031"),
    ],
)
def test_a_begin_or_an_end_within_a_stretch_is_told_so(words, told):
    """What only took place in a stretch keeps its "to"."""
    assert in_words(words) == told


def test_a_count_to_where_no_calendar_reaches_stays_a_count():
    """Whatever number is written, the sentence is told."""
    assert dated_words("truce + 9999 years", text()) == "9999 years after Truce took effect"


def test_days_after_a_condition_was_met_are_told_by_its_title():
    """The condition is quoted, and the day follows from what was told of it."""
    calm = text(("provisions:\n", f"{CALM}\n"))

    assert dated_words("calm + 2 d", calm) == ('3 June 2031, 00:00 +02:00 (2 days after "the river is calm" was met)')


def test_no_day_is_told_on_which_two_texts_do_not_agree():
    """The count stays: each of them counts from its own day."""
    later = text(('in_force: "2031-05-02T12:00+02:00"', 'in_force: "2031-05-03T12:00+02:00"'))
    found = counted_days({"clauses": ["from truce + 14 d", ("truce + 1 d", 3)]}, [text(), later])

    assert found["days"] == {}
    assert counted_days(["truce + 1 d"], [text()])["days"] == {"truce + 1 d": "3 May 2031, 12:00 +02:00"}


def test_an_explanation_and_a_table_of_readings_write_no_count_as_the_file_does():
    """Neither the sentence nor what the reading changes: the title, the length in words and the day are told."""
    agreement = amended(COUNTED)
    found = explain(prepare(agreement), reports({"by": ["visitors"], **at("2031-06-01")}), "r0", "empty", "southview")
    table = "\n".join(readings_lines(readings_told(agreement, provisions=["empty"])))

    assert found.changes == (f"date: from {TOLD}",)
    assert f"from {TOLD}" in found.sentence
    assert f"date: from 4 May 2031 -> from {TOLD}" in table
    assert not TERMS_NOTATION.search(table + found.sentence)


def test_a_comparison_tells_the_day_too():
    """Both sides of a difference, each with the day on which its count ends."""
    pair = pair_of(amended(COUNTED), readings=("text", "southview"))
    told = "\n".join(compare_lines(compared(pair, words_of(pair))))

    assert f"date: from 4 May 2031 -> from {TOLD}" in told
