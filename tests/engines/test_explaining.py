"""One verdict walked back: clause, reading, report, every condition, the arithmetic, and what would decide."""

import json

import numpy as np
import pytest

from truceline.engines.explaining import _plain, explain, explain_all
from truceline.engines.setup import prepare
from truceline.errors import UsageError
from world import amended, at, check, day, reports, setup, spot, truce, verdicts

REPORTS = reports(
    {**spot(30_000.0, 16_500.0, 600.0), **at("2031-06-01T10:00"), "by": ["northbank_army"], "act": "presence"},
    {**spot(85_000.0, -20_000.0), **day("2031-05-02"), "involved": ["visitors", "northbank_scouts", "strangers"],
     "act": "detention", "dataset": "ucdp-ged"},
    {"by": ["northbank_guides"], "act": "fire", "dataset": "ucdp-ged", "place": "the mill"},
    {**spot(30_000.0, 2_000.0, 4_000.0), **at("2031-06-01"), "by": ["southbank_scouts"], "act": "presence",
     "thing": "tank"},
    {"lon": 19.99, "lat": 0.0, "radius_m": 100.0, **at("2031-06-01"), "by": ["visitors"], "act": "detention"},
    {**spot(30_000.0, 16_500.0, 600.0), **at("2031-06-01"), "by": ["northbank_army"], "act": "presence",
     "release": "protected", "place": "the mill"},
)  # fmt: skip


def why(report, provision, reading="text", held=None):
    """Explain one verdict."""
    return explain(held or setup(), REPORTS, report, provision, reading)


def fact_of(explanation, question):
    """Give truth and facts of one condition."""
    [found] = [one for one in explanation.conditions if one.question.startswith(question)]
    return found.truth, found.facts


def test_every_verdict_can_be_explained_and_says_what_the_check_says():
    """Verdict and reasons of the explanation are those of the findings."""
    found = verdicts(check(REPORTS))

    for report in ("r0", "r1", "r2", "r3", "r4"):
        for one in explain_all(setup(), REPORTS, report):
            assert (one.verdict, ";".join(reason.code for reason in one.reasons)) == found[
                report, one.provision, one.reading
            ]
            assert len(one.conditions) == 8


def test_an_explanation_names_the_clause_and_where_it_stands():
    """The sentence in plain words, its place in the file, its words as written, its sources and its holder."""
    found = why("r1", "halt")

    assert (
        found.sentence == "the armies: hostilities, in town of Northton, Southton (and, contested, Bridge), none at all"
    )
    assert found.at.startswith("toy.yaml:")
    assert found.words == "The fire stops."
    assert len(found.sources) == 1
    assert found.holder == "nobody: the text as written"
    assert (found.holder_sources, found.changes) == ((), ())


def test_under_a_reading_it_names_the_holder_and_the_changes_to_this_clause():
    """Changes to other clauses are left out."""
    found = why("r0", "behind@north", "northview")

    assert found.holder == "northbank"
    assert len(found.holder_sources) == 1
    assert [change.partition(":")[0] for change in found.changes] == ["depth"]


def test_the_arithmetic_can_be_followed():
    """From the offset over the error of the line to what the words allow."""
    [measure] = why("r0", "behind@north").measures
    offset, line, station, depth, *rest = measure.arithmetic

    assert (measure.ground, measure.truth) == ("band along northroad", "unknown")
    assert offset == "offset 4,843 to 6,043 m (centre 5,443 m, ± 600 m)"
    assert line == "the line itself is known to ± 50 m: 4,793 to 6,093 m"
    assert station.startswith("station ")
    assert depth == "surely banned from 0 to below 4,828 m, possibly up to below 6,437 m"
    assert rest[-1] == "unknown, because the text leaves the distance open where the report lies"


def test_what_would_decide_is_named():
    """One agreed distance would settle this report; a violation leaves nothing to settle."""
    assert [(one.code, one.decided_by) for one in why("r0", "behind@north").reasons] == [
        ("term_too_vague", "one agreed distance for this part of the line")
    ]
    assert [one.decided_by for one in why("r0", "behind@south").reasons] == ["", ""]


def test_the_share_of_the_disc_is_shown_where_it_says_something():
    """Of an exact place, of a decided one, or without a limit there is no share worth showing."""
    coarse = " ".join(why("r3", "few").measures[0].arithmetic)
    [vague] = why("r3", "behind@north", "southview").measures[:1]

    assert "share" not in coarse
    assert any(line.startswith("shares of the disc") for line in vague.arithmetic)


def test_sectors_are_shown_one_by_one():
    """Each with the station at which it begins."""
    arithmetic = why("r3", "guns").measures[0].arithmetic

    assert "from station 0 m: surely banned from 0 to below 4,828 m" in arithmetic
    assert "from station 50,000 m: surely banned from 0 to below 10,000 m, possibly up to below 15,000 m" in arithmetic


def test_grounds_of_several_parts_are_shown_part_by_part():
    """Areas by name, lines without a course by what is said of them, holes too."""
    towns = [measure.ground for measure in why("r1", "halt").measures]
    press = why("r3", "guns", "press").measures
    hole = amended(("strip: {between: [northroad, southroad]}", "strip: {of: Northton, but_not: Bridge}"))
    strip = why("r0", "empty", held=prepare(hole)).measures

    assert towns == ["area Northton", "area Southton", "area Bridge"]
    assert [measure.ground for measure in press] == ["band along hidden", "band along front"]
    assert press[0].arithmetic[0].startswith("surely banned from 0")
    assert press[1].arithmetic[0].startswith("side unknown, distance")
    assert [measure.ground for measure in strip] == ["area Northton", "area Bridge"]
    assert [measure.ground for measure in why("r0", "swap").measures] == ["anywhere"]


def test_a_depth_without_a_limit_says_so():
    """An undisclosed distance may reach anywhere."""
    held = prepare(amended(("provisions.behind.where.away: 5 km", "provisions.behind.where.away: undisclosed")))

    assert (
        "surely banned from 0 to below 0 m, possibly without a limit"
        in why("r0", "behind@north", "northview", held).measures[0].arithmetic
    )


def test_who_is_looked_at_one_by_one():
    """Attributed or not, members, perhaps-members, strangers, and those who are spared."""
    assert fact_of(why("r1", "halt"), "who") == (
        "unknown",
        ("not attributed; those involved are looked at", "visitors: does not belong",
         "northbank_scouts: may belong to those addressed",
         "an actor that the terms do not list: may belong to those addressed"),
    )  # fmt: skip
    assert fact_of(why("r2", "empty"), "who") == (
        "false", ("attributed to those who acted", "northbank_guides: belongs to those addressed, excepted")
    )  # fmt: skip
    assert fact_of(why("r4", "swap"), "who")[1][1] == "visitors: belongs to those addressed for a part of the time"


def test_who_is_spared_for_a_time_is_said_to_be():
    """By an exception that is itself a set of members for a time."""
    held = prepare(amended(("fewer: {who: armies,", "fewer: {who: any, except: guests,")))

    assert fact_of(why("r4", "fewer", held=held), "who")[1][1] == (
        "visitors: belongs to those addressed, excepted for a part of the time"
    )


def test_when_is_told_in_utc():
    """Instants, spans, days that nobody states, and reports without a date."""
    _, (event, period) = fact_of(why("r1", "halt"), "in force")
    _, (_, undated) = fact_of(why("r0", "guns"), "in force")
    _, (_, day_of) = fact_of(why("r0", "empty"), "in force")

    assert event == "the event lies in [2031-05-02 00:00 UTC, 2031-05-03 00:00 UTC)"
    assert period == (
        "the rule holds from 2031-05-02 10:00 UTC until some instant in [2031-12-31 22:00 UTC, 2032-01-01 22:00 UTC)"
    )
    assert undated.startswith("the rule holds from a day that nobody states, not before 2031-05-09 22:00 UTC until")
    assert "from some instant in [2031-05-03 22:00 UTC" in day_of
    assert fact_of(why("r2", "halt"), "in force")[1][0] == "the report states no date"


def test_open_periods_are_told_as_open():
    """For ever, and a day of which nothing at all is known."""
    endless = ("term: {until: 2032-01-01, source: s.text}", "term: {until: none, source: s.text}")
    bare = ('signed: 2031-05-01, in_force: "2031-05-02T12:00+02:00"', "text: undisclosed")
    _, (_, period) = fact_of(why("r0", "halt", held=prepare(amended(endless, bare))), "in force")
    born = amended(endless, ('in_force: "2031-05-02T12:00+02:00"', "in_force: ../2031-05-02"))
    _, (_, before) = fact_of(why("r0", "halt", held=prepare(born)), "in force")

    assert period == "the rule holds from a day that nobody states until for ever"
    assert before == "the rule holds from some instant in [always, 2031-05-02 22:00 UTC) until for ever"


def test_a_blind_data_set_is_named():
    """It cannot show this act, whatever happened."""
    assert fact_of(why("r2", "empty"), "what") == ("unknown", ("ucdp-ged cannot show this act, whatever happened",))
    assert fact_of(why("r0", "empty"), "what") == ("true", ())


def test_a_report_without_a_place_has_no_offset():
    """It may lie anywhere."""
    assert why("r2", "few").measures[0].arithmetic[0] == "no place is stated: any offset"


def test_protected_reports_give_no_fields():
    """What is not public does not stand in an explanation; of others what is stated does, lists and times in words."""
    stated = dict(why("r0", "halt").facts)

    protected = why("r5", "halt")

    assert protected.verdict == why("r0", "halt").verdict
    assert protected.facts == (("release", "protected"),)
    assert protected.measures == ()
    assert all(one.facts == () for one in protected.conditions)
    assert stated["by"] == "northbank_army"
    assert stated["from"] == "2031-06-01 10:00 UTC"
    assert "until" in stated
    assert "region" not in stated


def test_an_explanation_can_be_written_as_json():
    """Plain data, all the way down."""
    written = json.loads(json.dumps(why("r0", "behind@north").as_dict()))

    assert written["verdict"] == "indeterminate"
    assert written["reasons"][0]["code"] == "term_too_vague"
    assert len(written["conditions"]) == 8


def test_numbers_of_the_table_become_plain_numbers():
    """Whatever kind of number a field holds."""
    assert _plain((np.int8(1), [np.float64(2.5)], None)) == [1, [2.5], None]


def test_what_is_not_there_is_refused_with_what_is():
    """A report, a provision, a reading, a report not yet known."""
    with pytest.raises(UsageError, match="there is no report 'r9'; ids look like r0, r1, r2"):
        why("r9", "halt")
    with pytest.raises(UsageError, match="no verdict on 'truce' under 'text'; choose among provisions halt, empty"):
        why("r0", "truce")
    with pytest.raises(UsageError, match="readings text, northview"):
        why("r0", "halt", "nobody")
    with pytest.raises(UsageError, match="report 'r0' was not known on 2031-05-01"):
        why("r0", "halt", held=prepare(truce(), as_known="2031-05-01"))


def test_the_day_of_knowledge_is_kept():
    """So that a reader sees what the verdict could not see."""
    held = prepare(truce(), as_known="2031-05-11")
    early = reports({"by": ["northbank_army"], "reported": "2031-05-01"})

    assert explain(held, early, "r0", "halt", "text").as_known == "2031-05-11"
