"""One verdict walked back: clause, reading, report, every condition, the arithmetic, and what would decide."""

import json

import numpy as np
import pytest

from truceline.engines.explaining import _plain, explain, explain_all
from truceline.engines.setup import prepare
from truceline.errors import UsageError
from truceline.judge.reasons import BY_CODE
from truceline.publish.explain_text import explanation_lines
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
            assert len(one.conditions) == (9 if one.provision in ("few", "fewer") else 8)


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


def test_a_clause_that_a_reading_replaces_goes_by_its_title_in_the_text():
    """Its new words are a sentence, and stand under the old title, or its key where it has none."""
    old = "provisions.few.at_most: 5}}"
    new = "provisions.halt: {title: less, who: any, what: fire, at_most: 2, source: s.text}"
    held = prepare(amended((old, f"{old[:-2]}, {new}}}}}")))
    name = held.agreement.document.provisions["halt"].title or "halt"
    told = why("r0", "halt", "press", held).changes[-1]

    assert told == f'clause, which replaces "{name}" by: anybody: fire, at most 2'


def test_a_clause_that_is_read_once_per_side_names_that_side_and_its_line():
    """In its sentence and in what a reading changes of it."""
    found = why("r0", "behind@north", "northview")

    assert found.sentence.startswith("Northbank Army: presence, within 5 km of north road")
    assert not any("side." in words for words in (found.sentence, *found.changes))


def test_the_arithmetic_can_be_followed():
    """From the offset over the error of the line to what the words allow."""
    [measure] = why("r0", "behind@north").measures
    offset, line, station, depth, *rest = measure.arithmetic

    assert (measure.ground, measure.truth) == ("band along north road [northroad]", "unknown")
    assert offset == "offset 4,843 to 6,043 m (3.01 to 3.75 miles), on the plus side (north); centre 5,443 m ± 600 m"
    assert line == "the line itself is known to ± 50 m: 4,793 to 6,093 m (2.98 to 3.79 miles)"
    assert station.startswith("its nearest point on the line lies between 26,020 and 33,980 m ")
    assert depth == (
        "surely in the zone from 0 m to below 4,828.032 m (3 miles); "
        "possibly in the zone from 0 m to below 6,437.376 m (4 miles)"
    )
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


def test_grounds_of_several_parts_are_shown_part_by_part():
    """Areas by name, lines without a course by what is said of them, holes too."""
    towns = [measure.ground for measure in why("r1", "halt").measures]
    press = why("r3", "guns", "press").measures
    hole = amended(("strip: {between: [northroad, southroad]}", "strip: {of: Northton, but_not: Bridge}"))
    strip = why("r0", "empty", held=prepare(hole)).measures

    assert towns == ["area town of Northton [Northton]", "area Southton", "area Bridge, contested"]
    assert [measure.ground for measure in press] == [
        "band along the hidden line [hidden]", "band along the front [front]"
    ]  # fmt: skip
    assert press[0].arithmetic[0].startswith("surely in the zone from 0 m to below")
    assert press[1].arithmetic[0].startswith("distance 20,")
    assert "; the text names no side; centre" in press[1].arithmetic[0]
    assert [measure.ground for measure in strip] == ["area town of Northton [Northton]", "area Bridge", "area Bridge"]
    assert [measure.ground for measure in why("r0", "swap").measures] == ["anywhere"]


def test_who_is_looked_at_one_by_one():
    """Attributed or not, members, perhaps-members, strangers, and those who are spared."""
    assert fact_of(why("r1", "halt"), "who") == (
        "unknown",
        ("not attributed; those involved are looked at", "visitors: does not belong to those addressed",
         "northbank_scouts: may belong to those addressed",
         '"strangers", whom the terms do not list: may belong to those addressed',
         *(f"unknown, because {BY_CODE[code].words}"
           for code in ("attribution_unknown", "membership_contested", "actor_unlisted"))),
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


def test_when_is_told_by_the_clock_of_the_agreement():
    """Instants, spans, days that nobody states, and reports without a date."""
    _, (event, period, _) = fact_of(why("r1", "halt"), "in force")
    _, (_, undated, _) = fact_of(why("r0", "guns"), "in force")
    _, (_, day_of) = fact_of(why("r0", "empty"), "in force")

    assert event == "the event lies in [2031-05-02 02:00 +02:00, 2031-05-03 02:00 +02:00)"
    assert period == (
        "the rule holds from 2031-05-02 12:00 +02:00 "
        "until some instant in [2032-01-01 00:00 +02:00, 2032-01-02 00:00 +02:00)"
    )
    assert undated.startswith("the rule holds from a day that nobody states, not before 2031-05-10 00:00 +02:00 until")
    assert "from some instant in [2031-05-04 00:00 +02:00" in day_of
    assert fact_of(why("r2", "halt"), "in force")[1][0] == "the report states no date"


def test_open_periods_are_told_as_open():
    """For ever, and a day of which nothing at all is known."""
    endless = ("term: {until: 2032-01-01, source: s.text}", "term: {until: none, source: s.text}")
    bare = ('signed: 2031-05-01, in_force: "2031-05-02T12:00+02:00"', "text: undisclosed")
    _, (_, period, _) = fact_of(why("r0", "halt", held=prepare(amended(endless, bare))), "in force")
    born = amended(endless, ('in_force: "2031-05-02T12:00+02:00"', "in_force: ../2031-05-02"))
    _, (_, before) = fact_of(why("r0", "halt", held=prepare(born)), "in force")

    assert period == "the rule holds from a day that nobody states, without an end"
    assert before == "the rule holds from some instant before 2031-05-03 00:00 +02:00, without an end"


def test_a_blind_data_set_is_named():
    """It cannot show this act, whatever happened."""
    assert fact_of(why("r2", "empty"), "what")[1][2] == "ucdp-ged cannot show this act, whatever happened"


def test_what_the_rule_speaks_of_stands_beside_what_the_report_shows():
    """Acts and things with their meaning; what it may show besides; an act outside the tree by its name alone."""
    table = reports({"act": "fire.flare", "maybe": ["presence"]}, {"act": "signal", "thing": "kite"}, {})

    def told(report):
        return explain(setup(), table, report, "guns", "text").conditions[5].facts

    assert fact_of(why("r3", "guns"), "what")[1][:3] == (
        "the rule speaks of: artillery, tank", "the report shows: presence (persons or things are there)",
        "the weapon or object: tank (a main battle or light tank)",
    )  # fmt: skip
    assert told("r0")[1:3] == ("the report shows: fire.flare (a weapon is used)", "it may show: presence")
    assert told("r1")[1:3] == ("the report shows: signal", "the weapon or object: kite")
    assert told("r2")[1] == "the report does not say what was done"


def test_who_is_bound_is_told_with_the_role_of_the_party():
    """Of each of those who acted; whoever is named where a party undertook to bring it about is spoken of."""
    held = prepare(amended(("swap: {who: guests,", "swap: {who: guests, through: northbank,"), readings=False))
    hills = reports({"by": ["northhill_army"], **at("2031-06-01")}, {"by": ["northbank_army"], **at("2031-06-01")})

    def told(report, held):
        return explain(held, hills, report, "swap", "text").conditions[1].facts

    assert told("r0", setup()) == ("northhill_army: not bound (of northhill: non-party)",)
    assert told("r1", setup()) == ("Northbank Army: bound (of northbank: signatory)",)
    assert told("r1", held)[0] == "northbank undertook to bring it about: it speaks of all whom it names"
    assert fact_of(why("r4", "swap"), "is somebody bound")[1][0] == "visitors: bound"


def test_conditions_and_denials_are_told():
    """What the rule hangs on in its own words; none where there is none; a denial by the holder of the reading."""
    hung = fact_of(why("r4", "swap"), "is its condition")
    free = fact_of(why("r0", "halt"), "is its condition")
    denied = fact_of(why("r0", "guns", "northview"), "does the provision stand")

    assert hung[1][0] == "if the bridge is open"
    assert free == ("true", ("the rule has none",))
    assert denied == ("false", ("the holder of the reading denies it",))


def test_a_report_without_a_place_has_no_offset():
    """It may lie anywhere."""
    assert why("r2", "few").measures[0].arithmetic[0] == "no place is stated: it may lie at any distance"
    assert why("r2", "halt").measures[0].arithmetic[0] == "no place is stated: it may lie inside or outside"


def test_protected_reports_give_no_fields():
    """What is not public does not stand in an explanation; of others what is stated does, lists and times in words."""
    stated = dict(why("r0", "halt").facts)

    protected = why("r5", "halt")

    assert protected.verdict == why("r0", "halt").verdict
    assert protected.facts == (("release", "protected"),)
    assert protected.measures == ()
    assert all(one.facts == () for one in protected.conditions)
    assert stated["by"] == "northbank_army"
    assert (protected.told, protected.source, protected.revisions) == ((), (), ())
    assert stated["from"] == "2031-06-01 12:00 +02:00"
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
    assert explain(held, early, "r0", "halt", "text").notes == ()


def test_an_explanation_says_which_sources_state_no_date():
    """What they say was taken as known on the day asked for."""
    agreement = amended(
        ("s.south: {by: spokesman of Southbank, said: 2031-05-12", "s.south: {by: spokesman of Southbank")
    )
    early = reports({"by": ["northbank_army"], "reported": "2031-05-01"})
    one = explain(prepare(agreement, as_known="2031-05-11"), early, "r0", "halt", "text")

    assert one.notes == ("1 source of the terms states no date; it is taken as known: s.south",)
    assert one.as_dict()["notes"] == list(one.notes)
    assert f"  {one.notes[0]}" in list(explanation_lines(one))


def test_a_denial_as_to_some_says_as_to_whom_and_on_which_ground():
    """In the words of the terms; ground has its arithmetic."""
    held = prepare(amended(("denies: [guns]}", "denies: [halt], scope: [armies, Bridge]}")))
    [stands] = [one for one in why("r0", "halt", "northview", held).conditions if "stand under" in one.question]

    assert stands.facts[0] == "the holder of the reading denies it as to the armies, Bridge"
    assert [measure.ground for measure in stands.measures] == ["area Bridge"]


def test_excepted_ground_is_told_like_any_other():
    """Its arithmetic stands below the question whether the report lies outside it."""
    [hole] = [one for one in why("r0", "empty").conditions if one.question.startswith("outside")]

    assert [measure.ground for measure in hole.measures] == ["area Bridge"]
    assert fact_of(why("r0", "halt"), "outside")[1] == ("the rule excepts no ground",)
