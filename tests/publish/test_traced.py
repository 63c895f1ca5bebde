"""What is shown of claims: times and distances in words, and statements that are rare."""

from __future__ import annotations

import pytest

from truceline.basics.time import ALL_TIME, Span, parse_moment
from truceline.evidence.claims import claims_of
from truceline.evidence.figures import parse_value
from truceline.evidence.statement_words import read_statement
from truceline.publish.duplicates_text import report_words
from truceline.publish.origins_data import traced_data
from truceline.publish.origins_text import traced_lines
from truceline.publish.traced import Traced, converted, span_words


def told(*chains, **cells):
    """Tell the claim that some chains have in common."""
    rows = [{"id": f"n-{number}", "chain": chain, "claim": "depth", "stance": "states"} | cells
            for number, chain in enumerate(chains)]  # fmt: skip
    claims = claims_of([read_statement(row, "")[0] for row in rows])
    return "\n".join(traced_lines(Traced(claims, len(rows)))), traced_data(Traced(claims, len(rows)))["claims"][0]


@pytest.mark.parametrize(
    ("words", "zone", "shown"),
    [
        ("2030-03-06", None, "2030-03-06"),
        ("2030-03-06", "Asia/Tokyo", "2030-03-06"),
        ("2030-03-06/09", "America/Lima", "2030-03-06 to 2030-03-09"),
        ("2030-03-30/31", "Europe/Berlin", "2030-03-30 to 2030-03-31"),  # the clocks go forward that night
        ("2030-03-06T12:00+03:00", None, "2030-03-06 09:00 UTC"),
        ("2030-03-06T12:00+03:00", "Etc/GMT-3", "2030-03-06 12:00 +03:00"),
        ("2030-03-06T23:00Z/2030-03-07T01:00Z", None, "2030-03-06 23:00 to 2030-03-07 01:00 UTC"),
        ("2030-03-06/..", None, "from 2030-03-06"),
        ("../2030-03-06", None, "until 2030-03-06"),
    ],
)
def test_times_in_words(words, zone, shown):
    """Whole days are days by the clock asked for; what has no end says so."""
    assert span_words(parse_moment(words).span(zone or "UTC", {}), zone) == shown


def test_no_time_in_words():
    """Nothing is known about when."""
    assert span_words(None) == span_words(ALL_TIME) == "no date"
    assert span_words(Span(0, 1)) == "1970-01-01 00:00 to 00:00 UTC"


@pytest.mark.parametrize(
    ("words", "shown"),
    [("up to 30 km", "up to 18.6 miles"), ("5 nmi", "9.3 km"), ("500 m", "0.3 miles"), ("2030-03-06", "")],
)
def test_distances_in_the_other_unit(words, shown):
    """Kilometres in miles and everything else in kilometres; a date has no unit."""
    assert converted(parse_value(words)) == shown


def test_several_people_who_cannot_be_told_apart():
    """At least two people, by name, behind one knot of tellings."""
    text, data = told("Ada North>Agency>Blog", "Bo South>Agency>Herald", "Bo South>Wire>Blog",
                      "Cy Eastman>Wire>Herald", "Ada North>Radio>Blog", "Cy Eastman>Radio>Herald")  # fmt: skip

    assert (data["count"], [origin["at_least"] for origin in data["origins"]]) == (2, [2])
    assert "\n  origins 1 to 2: so many people at the least, who cannot be told apart\n" in text


def test_a_statement_without_a_carrier():
    """A speaker alone: nobody carried it; its outlet is where it was read."""
    text, data = told("Ada North", "Bo South>Wire", outlet="Gazette")

    assert "    Ada North\n      through no carrier that is stated [n-0]\n" in text
    assert "[n-0] Gazette, no date, states\n      Ada North\n" in text
    assert data["origins"][0]["voices"][0]["carried"][0]["publisher"] is None


def test_a_protected_circle_has_no_names():
    """That there is one is said; who is in it is not."""
    text, data = told("?>Gazette>Tribune", "?>Tribune>Gazette", release="protected")

    assert "a circle, in which each has it from the one before: of protected statements" in text
    assert data["circles"] == [[]]
    assert "Gazette" not in text


def test_a_lone_protected_statement_is_named_by_its_id():
    """Its claim is there, its origin counts, and nothing else is shown."""
    text, data = told("Ada North>Gazette", release="protected", value="5 km")

    assert text.startswith("depth: 1 origin behind 1 statement\n  origin 1\n    protected [n-0]\n\n")
    assert data["figures"] == []


def test_colours_only_where_they_are_wanted():
    """The words are the same with and without them."""
    claims = claims_of([read_statement({"id": "n-1", "chain": "?>Blog", "stance": "states"}, "")[0]])
    plain, coloured = (list(traced_lines(Traced(claims, 1), colour=colour)) for colour in (False, True))

    assert len(plain) == len(coloured)
    assert any("\x1b[38;5;244m" in line for line in coloured)
    assert not any("\x1b" in line for line in plain)


def test_a_line_end_in_a_cell_makes_no_line():
    """Whoever writes a statement cannot write a line of ours."""
    text, _ = told("Ada North>Agency", "?>Blog", fact="it is so\n\ndepth: 9 origins behind it", outlet="The\nHerald")

    assert "      it is so depth: 9 origins behind it\n" in text
    assert "[n-0] The Herald, no date" in text


def test_a_report_that_says_little():
    """No place, no date, no act: what is there is told."""
    assert report_words({"place": "the ford", "lat": 1.0, "lon": None}) == "no date, the ford"
    assert report_words({}) == "no date"
