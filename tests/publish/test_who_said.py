"""Who said what, on the page: each statement with its chain, both wordings of a slip, nothing that is protected."""

import copy
import re

import pytest

from publish.sample import payload
from truceline.basics.time import Span
from truceline.errors import UsageError
from truceline.evidence.claims import claims_of
from truceline.evidence.grade import Grade
from truceline.evidence.judgement import Judgement
from truceline.formats.statements_file import statements_from_rows
from truceline.publish.html import render
from truceline.publish.traced import Traced
from truceline.publish.validate import validate
from truceline.publish.who_said import who_said

CLAUSE = payload(1)["provisions"][0]["id"]
ADA = {"person": "Ada North", "body": "Northbank", "claim": "depth", "about": f"readings.north; provisions.{CLAUSE}"}
ROWS = [
    {"id": "n-1", "chain": "named>Agency", "value": "5..7 km", "words": "five to seven", "line": "the river",
     "published": "2030-02-20?", "outlet": "Agency", "url": "https://agency.example/1", "language": "en",
     "stance": "interprets", "quote": "keep <away>", "sha256": "0" * 64, "fact": "forces\nstay away", **ADA},
    {"id": "n-2", "chain": "named>Agency>Herald", "value": "3 mi", "line": "the border", "hedge": "reportedly",
     "stance": "interprets", "polarity": "negative", "url": "javascript:alert(1)", **ADA},
    {"id": "n-3", "chain": "named>Wire", "person": "Bo South", "claim": "depth", "stance": "interprets"},
    {"id": "n-4", "chain": "?>Blog", "claim": "depth", "stance": "interprets"},
    {"id": "n-5", "chain": "?>Gazette>Tribune", "claim": "bases", "stance": "forecasts", "about": "demands.north_20"},
    {"id": "n-6", "chain": "?>Tribune>Gazette", "claim": "bases", "stance": "forecasts"},
    {"id": "n-7", "chain": "official>Secret Paper", "claim": "depth", "stance": "denies", "release": "protected",
     "fact": "the clerk said so"},
    {"id": "s.press", "chain": "Cy East>Mail", "stance": "states"},
    {"id": "n-9", "chain": "official>Mail", "body": "Northbank", "description": "an aide", "claim": "guard",
     "stance": "denies", "value": "40 km"},
    {"id": "p 1", "chain": "official>Echo", "body": "Southbank", "description": "a clerk", "claim": "guard",
     "category": "REJECT", "value": "40 km"},
]  # fmt: skip


def traced(rows=ROWS, **more):
    """Trace some rows, with a grade, a refused one and a judgement."""
    read = statements_from_rows(rows, "desk")
    day = Span(0, 86_400_000_000)
    grades = [Grade("n-1", "B2", "officer", day, "heard"), Grade("n-9", "A1", "officer", day, "sure")]
    said = [Judgement("j-1", "attribution", ("n-3",), "officer", day, "his voice", "Bo South", "yes")]
    return Traced(claims_of(read.statements, said, grades), len(read.statements), **more)


def page(rows=ROWS, **more):
    """Draw a page that tells of some rows."""
    return render(payload(12) | {"who_said": who_said(traced(rows, **more))})


def claim(name, rows=ROWS):
    """Give what the page says of one claim."""
    return next(one for one in who_said(traced(rows))["claims"] if one["id"] == name)


def test_a_claim_says_how_many_origins_it_has_and_why():
    """The count, the reason in a sentence, and the voices behind each origin."""
    depth = claim("depth")

    assert (depth["count"], depth["outlets"]) == (2, 5)
    assert depth["why"].startswith("At least 2 different people must have said it")
    assert [one["voices"][0]["speaker"] for one in depth["origins"]] == ["Ada North, Northbank", "Bo South"]
    assert [voice["statements"] for voice in depth["loose"]] == [["n-4"], ["n-7"]]


@pytest.mark.parametrize(("ids", "why"), [
    (["n-5", "n-6"], "rests on nothing but itself"),
    (["n-3"], "One statement has one origin."),
    (["n-1", "n-2"], "Both statements pass on one saying"),
    (["n-9", "p 1"], "One person may account for both statements"),
])  # fmt: skip
def test_each_count_has_its_reason(ids, why):
    """A circle, a lone statement, a retelling and speakers who may be one are told apart."""
    [one] = who_said(traced([row for row in ROWS if row["id"] in ids]))["claims"]

    assert why in one["why"]


def test_a_statement_is_told_as_stated():
    """Speaker, chain in order, day with its doubt, figure with the other unit, words, line, quote and grade."""
    [one, *_] = claim("depth")["statements"]

    assert one["speaker"] == "Ada North, Northbank"
    assert one["via"] == ["Agency"]
    assert one["day"] == "20 February 2030 (not certain)"
    assert (one["value"], one["other"], one["words"]) == ("5 to 7 km", "3.1 to 4.3 miles", "five to seven")
    assert (one["line"], one["said"], one["copy"]) == ("the river", "forces stay away", "0" * 12)
    assert one["grades"] == ["B2, usually reliable, probably true: officer, 1 January 1970: heard"]


def test_slips_conflicts_circles_and_judgements_are_carried_over():
    """Both wordings, both speakers, the names of a circle, and what people decided."""
    depth, guard, bases = claim("depth"), claim("guard"), claim("bases")

    assert ([one["words"] for one in depth["changed"][0]["before"]], depth["changed"][0]["carrier"]) == (
        ["5 to 7 km"], "Agency",
    )  # fmt: skip
    assert {guard["credited"][0][side]["statements"][0] for side in ("one", "other")} == {"n-9", "p 1"}
    assert bases["count"] == 0
    assert {"Gazette", "Tribune"} <= set(bases["circles"][0])
    assert depth["decided"] == ["n-3 said or done by Bo South: yes: officer, 1 January 1970: his voice"]
    assert "grade refused, by officer" in guard["decided"][0]


def test_the_page_draws_it_all():
    """Anchors for claims and statements, links to clauses, readings and sources, and the count in the heading."""
    text = page(sealed=("x-1",))

    assert "Who said what: 10 statements of 4 claims; 1 has two independent origins or more" in text
    assert all(f'id="{name}"' in text for name in ("claim-depth", "statement-n-1", "statement-p_1"))
    assert 'href="#reading-north"' in text
    assert f'href="#clause-{CLAUSE}"' in text
    assert 'href="#source-s.press">Among the sources of the terms' in text
    assert 'href="#statement-s.press">As a statement' in text
    assert 'href="#said"' in text
    assert "only their ids are known: x-1" in text


def test_words_stay_text_and_only_web_addresses_are_links():
    """What a row says cannot become markup; another address than that of a page is shown as text."""
    text = page()

    assert "keep &lt;away&gt;" in text
    assert 'href="https://agency.example/1"' in text
    assert 'href="javascript' not in text
    assert "javascript:alert(1)" in text


def test_nothing_of_a_protected_statement_is_shown():
    """Its id, and that it counts; no word, no outlet."""
    text = page()

    assert 'id="statement-n-7"' in text
    assert "Protected: nothing else is shown of it" in text
    assert not re.search("Secret Paper|the clerk said so", text)


def test_without_statements_the_page_does_not_speak_of_it():
    """No section, no link to one."""
    text = render(payload(12))

    assert 'id="said"' not in text
    assert 'href="#said"' not in text


def test_a_statement_stands_under_one_claim_and_is_listed():
    """A statement that is listed twice, or named and not listed, is a fault of the payload."""
    told = who_said(traced())
    twice = copy.deepcopy(told)
    twice["claims"][1]["statements"].append({"id": "n-1", "protected": True})
    lost = copy.deepcopy(told)
    lost["claims"][0]["loose"][0]["statements"] = ["n-99"]

    with pytest.raises(UsageError, match="TL-U207"):
        validate(payload(12) | {"who_said": twice})
    with pytest.raises(UsageError, match="unknown statement 'n-99'"):
        validate(payload(12) | {"who_said": lost})
