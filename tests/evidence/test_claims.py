"""Claims: the origins of each, what was known when, and that nobody confirms by himself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.basics.time import Span, parse_moment
from truceline.evidence.claims import claims_of, known_statements, refused_grades
from truceline.evidence.grade import Grade
from truceline.evidence.judgement import Judgement
from truceline.evidence.origins import origins
from truceline.evidence.statement_words import read_statement

DAY = 86_400_000_000


def said(name, chain, **cells):
    """Read one statement."""
    statement, faults = read_statement({"id": name, "chain": chain, "claim": "depth", "stance": "states"} | cells, "")

    assert statement is not None, faults
    return statement


def day(words):
    """Give the span of a day in UTC."""
    return parse_moment(words).span("UTC", {})


def grade(of, letters, by="desk officer", on="2030-04-01"):
    """Make a grade."""
    return Grade(of, letters, by, day(on), "as the log has it")


TWO = (said("n-1", "Ada North>Agency"), said("n-2", "Bo South>Wire"))
ONE = (said("n-1", "Ada North>Agency"), said("n-2", "Ada North>Agency>Herald"))


def test_statements_are_sorted_by_claim():
    """Claims come in the order of their first statements; without a claim a statement stands alone."""
    some = (
        said("n-3", "?>Blog", claim=""),
        *TWO,
        said("n-4", "?>Mail", claim=""),
        said("n-1", "?>Blog", claim="other"),
    )
    found = claims_of(some)

    assert [(claim.name, [each.id for each in claim.statements]) for claim in found] == [
        ("", ["n-3"]), ("depth", ["n-1", "n-2"]), ("", ["n-4"])
    ]  # fmt: skip
    assert found[1].origins == origins(TWO)


def test_what_a_claim_is_about_comes_once():
    """The names of the terms stand in the order in which they come."""
    some = (said("n-1", "?>A", about="readings.north; demands.south"), said("n-2", "?>B", about="readings.north"))

    assert claims_of(some)[0].about == ("readings.north", "demands.south")


def test_one_figure_in_two_units_is_one():
    """5..30 km and 3..19 miles are one figure, 18 miles are another, and no figure is none."""
    values = ("5..30 km", "3..19 mi", "", "3..18 mi", "5..30 km")
    [claim] = claims_of([said(f"n-{number}", "?>A", value=value) for number, value in enumerate(values)])

    assert [[each.id for each in figure.statements] for figure in claim.figures] == [["n-0", "n-1", "n-4"], ["n-3"]]


@pytest.mark.parametrize(
    ("cells", "on", "known"),
    [
        ({"published": "2030-02-20"}, "2030-02-20", True),
        ({"published": "2030-02-20"}, "2030-02-19", False),
        ({"published": "2030-02-20", "said": "2030-02-18"}, "2030-02-19", False),
        ({"said": "2030-02-18", "retrieved": "2030-02-20"}, "2030-02-18", True),
        ({"retrieved": "2030-02-20"}, "2030-02-19", False),
        ({"published": "2030-02"}, "2030-02-20", False),
        ({}, "1999-01-01", True),
    ],
)
def test_since_when_a_statement_is_known(cells, on, known):
    """From the end of the day on which it was published, else said, else retrieved; without a date always."""
    statement = said("n-1", "?>A", **cells)

    assert bool(known_statements([statement], day(on))) is known
    assert bool(claims_of([statement], as_known=day(on))) is known


def test_confirmed_needs_two_origins():
    """1 is refused where one person may have said it all; the grader's earlier grade stands then."""
    given_grades = (grade("n-1", "B3"), grade("n-1", "A1", on="2030-04-02"), grade("n-2", "C1", by="reviewer"))
    [one], [two] = (claims_of(some, (), given_grades) for some in (ONE, TWO))

    assert [each.grade for each in one.grades["n-1"]] == ["B3"]
    assert "n-2" not in one.grades
    assert {each.grade: [fault.code for fault in why] for each, why in one.refused.items()} == {
        "A1": ["TL-S401"], "C1": ["TL-S401"]
    }  # fmt: skip
    assert [each.grade for each in two.grades["n-1"]] == ["A1"]
    assert two.refused == {}


def test_what_is_known_decides_about_confirmed():
    """As known before the second speaker spoke, "confirmed" is refused; a later grade is not refused yet."""
    late = (TWO[0], said("n-2", "Bo South>Wire", published="2030-05-01"))
    given_grades = (grade("n-1", "B1"), grade("n-1", "A1", by="reviewer", on="2030-06-01"))
    before, after = (claims_of(late, (), given_grades, day(on)) for on in ("2030-04-30", "2030-07-01"))

    assert [each.grade for each in before[0].refused] == ["B1"]
    assert before[0].grades == {}
    assert [each.by for each in after[0].grades["n-1"]] == ["desk officer", "reviewer"]


def test_grades_that_may_not_stand():
    """All of several claims are found, with the reasons; those of anything else are passed over."""
    some = (*ONE, said("n-9", "?>Blog", claim="other"))
    given_grades = [grade(name, "B1") for name in ("n-1", "n-9", "report-7")]

    assert [each.of for each in refused_grades(given_grades, some)] == ["n-1", "n-9"]


def judged(name, kind, about, **more):
    """Make a judgement."""
    return Judgement(name, kind, about, more.pop("by", "officer"), Span(0, DAY), "seen", **more)


def test_judgements_are_shown_and_change_no_count():
    """Those on its statements and on its speakers are there, later ones only; the count stays."""
    decided = (
        judged("j-1", "attribution", ("n-2",), what="Ada North"),
        judged("j-2", "same", ("n-1", "n-2")),
        judged("j-3", "not_same", ("n-1", "n-2"), by="reviewer"),
        judged("j-4", "member", ("ada north",), what="council"),
        judged("j-5", "member", ("scouts",), what="army"),
        judged("j-6", "same", ("report-1", "report-2")),
    )
    [claim] = claims_of(TWO, decided)

    assert [each.id for each in claim.judgements] == ["j-1", "j-4", "j-2", "j-3"]
    assert [each.judgements for each in claim.contests] == [("j-2", "j-3")]
    assert claim.origins.count == 2
    assert claims_of(TWO, decided, as_known=Span(-2, -1))[0].judgements == ()


chains = st.sampled_from(["Ada North>Agency", "Ada North>Agency>Herald", "Bo South>Wire", "?>Blog", "?>Blog>Mail"])


@given(st.lists(st.tuples(chains, st.sampled_from(["a", "b", ""])), max_size=7))
def test_every_statement_is_in_one_claim(rows):
    """Nothing is lost, nothing counts twice, and each claim counts as it would by itself."""
    some = [said(f"n-{number}", chain, claim=claim) for number, (chain, claim) in enumerate(rows)]
    found = claims_of(some)

    assert sorted(each.id for claim in found for each in claim.statements) == sorted(each.id for each in some)
    assert all(claim.origins == origins(claim.statements) for claim in found)
