"""Rows of judgements and grades: every fault is found, and nothing is taken for granted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.basics.time import parse_moment
from truceline.evidence.decision_words import (
    GRADE_COLUMNS,
    JUDGEMENT_COLUMNS,
    is_undecided,
    read_grade,
    read_judgement,
)

SAME = {"id": "j-1", "kind": "same", "about": "a; b", "by": "desk officer", "decided": "2030-03-06", "why": "one shot"}
MEMBER = SAME | {"kind": "member", "about": "scouts", "what": "army", "answer": "unsure"}
GRADED = {"of": "n-1", "grade": "B2", "by": "desk officer", "decided": "2030-03-06", "why": "as the log has it"}


def codes(faults):
    """List the codes of faults with the column, if one is named."""
    return [(fault.code, fault.at.rpartition(" column ")[2] if " column " in fault.at else "") for fault in faults]


def test_a_judgement_is_read():
    """Every cell arrives; the date is that day in UTC."""
    judgement, faults = read_judgement(MEMBER | {"replaces": "j-0"}, "desk.csv row 1", {"j-0"})

    assert faults == ()
    assert (judgement.kind, judgement.about, judgement.what, judgement.answer) == (
        "member",
        ("scouts",),
        "army",
        "unsure",
    )
    assert judgement.decided == parse_moment("2030-03-06").span("UTC", {})
    assert (judgement.by, judgement.why, judgement.replaces) == ("desk officer", "one shot", "j-0")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (SAME, []),
        (MEMBER, []),
        (SAME | {"kind": "not_same", "answer": "yes"}, []),
        (SAME | {"id": ""}, [("TL-S101", "id")]),
        (SAME | {"kind": "sane"}, [("TL-S103", "kind")]),
        (SAME | {"kind": ""}, [("TL-S404", "kind")]),
        (SAME | {"about": "a"}, [("TL-S404", "")]),
        (SAME | {"about": "a; a"}, [("TL-S404", "")]),
        (SAME | {"answer": "no"}, [("TL-S404", "answer")]),
        (SAME | {"what": "army"}, [("TL-S404", "what")]),
        (SAME | {"by": " "}, [("TL-S403", "")]),
        (SAME | {"why": ""}, [("TL-S403", "")]),
        (SAME | {"decided": ""}, [("TL-S403", "decided")]),
        (SAME | {"decided": "06/03/2030"}, [("TL-S105", "decided")]),
        (SAME | {"decided": "pkg + 3 d"}, [("TL-S105", "decided")]),
        (SAME | {"replaces": "j-7"}, [("TL-S405", "")]),
        (MEMBER | {"answer": ""}, [("TL-S404", "answer")]),
        (MEMBER | {"answer": "maybe"}, [("TL-S103", "answer")]),
        (MEMBER | {"about": "scouts; guards"}, [("TL-S404", "")]),
        (MEMBER | {"what": ""}, [("TL-S404", "")]),
        ({}, [("TL-S101", "id"), ("TL-S404", "kind"), ("TL-S403", "decided"), ("TL-S403", "")]),
    ],
)
def test_each_fault_of_a_judgement(cells, found):
    """One broken cell gives one fault; an empty row gives all of them, and no judgement."""
    judgement, faults = read_judgement(cells, "desk.csv row 1")

    assert codes(faults) == found
    assert (judgement is None) is bool(found)


def test_a_judgement_replaces_an_earlier_one_only():
    """Not itself, and none that comes later."""
    assert read_judgement(SAME | {"replaces": "j-1"}, "")[0] is None
    assert read_judgement(SAME | {"replaces": "j-0"}, "", {"j-0"})[0] is not None


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (GRADED, []),
        (GRADED | {"grade": " b1 "}, []),  # whether it may be confirmed is asked where the origins are known
        ({"of": "n-1", "grade": "F6"}, []),
        (GRADED | {"of": ""}, [("TL-S101", "of")]),
        (GRADED | {"grade": "B7"}, [("TL-S402", "grade")]),
        (GRADED | {"by": ""}, [("TL-S403", "")]),
        (GRADED | {"decided": ""}, [("TL-S403", "")]),
        (GRADED | {"decided": "soon"}, [("TL-S105", "decided")]),
        (GRADED | {"why": ""}, [("TL-S403", "")]),
    ],
)
def test_each_fault_of_a_grade(cells, found):
    """One broken cell gives one fault, and no grade."""
    grade, faults = read_grade(cells, "desk.csv row 1")

    assert codes(faults) == found
    assert (grade is None) is bool(found)


@pytest.mark.parametrize("column", ["kind", "what", "answer", "by", "decided", "why", "replaces", "grade"])
def test_a_row_is_undecided_until_something_of_a_decision_stands_in_it(column):
    """Ids and what is to be decided are no decision."""
    assert is_undecided({"id": "j-1", "about": "a; b", "of": "n-1", "reasons": "near", column: " "})
    assert not is_undecided({column: "x"})


words = st.one_of(st.text(max_size=6), st.sampled_from([*SAME.values(), *MEMBER.values(), *GRADED.values()]))


@given(
    st.dictionaries(st.sampled_from(JUDGEMENT_COLUMNS), words), st.dictionaries(st.sampled_from(GRADE_COLUMNS), words)
)
def test_a_row_is_a_value_or_has_a_fault(judgement, grade):
    """Whatever the cells hold."""
    for value, faults in (read_judgement(judgement, "row 1"), read_grade(grade, "row 1")):
        assert (value is None) is bool(faults)
