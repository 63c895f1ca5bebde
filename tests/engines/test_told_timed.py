"""What a rule hangs on, told: which condition, in which words, since when it was met or not, and who says so."""

from truceline.engines.explaining import explain
from truceline.engines.proxies import proxies_of
from truceline.engines.setup import prepare
from truceline.publish.explain_text import explanation_lines
from world import amended, at, reports

CONDITIONS = """conditions:
  calm: {title: the river is calm, words: while it is calm, source: s.text, is: [
    {from: "2031-06-01T00:00+02:00", until: "2031-07-01T00:00+02:00", is: met, source: s.north},
    {from: "2031-07-01T00:00+02:00", is: unmet}]}
provisions:"""
HUNG = "under: truce, if: the bridge is open"
NORTH = "source: spokesman of Northbank, 2031-05-12, via Radio North [s.north]"
TEXT = "source: Northbank, Southbank, 2031-05-01 [s.text]"
MET = f"told as met from 1 June 2031, 00:00 +02:00 until 1 July 2031, 00:00 +02:00; {NORTH}"
UNMET = f"told as unmet from 1 July 2031, 00:00 +02:00; {TEXT}"
NOBODY = "whether that was so at the time of the report, no source of the terms says"
CALM = 'if the river is calm ("while it is calm")'

ROWS = reports(
    {**at("2031-05-20"), "by": ["visitors"], "act": "detention"},
    {**at("2031-06-20"), "by": ["visitors"], "act": "detention"},
    {**at("2031-07-20"), "by": ["visitors"], "act": "detention"},
    {"from": "2031-06-20", "until": "2031-07-20", "by": ["visitors"], "act": "detention"},
    {"by": ["visitors"], "act": "detention"},
)


def why(report, *changes, provision="swap", reading="text"):
    """Explain one verdict of the toy truce with conditions."""
    held = prepare(amended(("provisions:\n", f"{CONDITIONS}\n"), *changes))
    return explain(held, ROWS, report, provision, reading)


def facts(report, words, question="is its condition met?", provision="swap"):
    """Give the truth and the facts of one condition."""
    found = why(report, (HUNG, f"under: truce, {words}"), provision=provision)
    [one] = [one for one in found.conditions if one.question == question]
    return one.truth, one.facts


def test_what_was_told_for_the_time_of_the_report_is_shown():
    """Every stretch that touches it, with its source; where there is none, that nobody says."""
    coarse = "unknown, because the time of the report straddles a limit of the rule's period"

    assert facts("r1", "if: calm") == ("true", (CALM, MET))
    assert facts("r2", "if: calm") == ("false", (CALM, UNMET))
    assert facts("r3", "if: calm") == ("unknown", (CALM, MET, UNMET, coarse))
    assert facts("r0", "if: calm")[1][:2] == (CALM, NOBODY)
    assert facts("r4", "if: calm")[1][:3] == (CALM, MET, UNMET)


def test_of_what_has_to_have_come_before_all_earlier_stretches_are_shown():
    """It stays met once it was."""
    after = CALM.replace("if", "after", 1)

    assert facts("r2", "after: calm") == ("true", (after, MET, UNMET))
    assert facts("r0", "after: calm")[1][:2] == (after, NOBODY)


def test_words_and_provisions_are_told_as_they_stand():
    """Nobody says whether they are met; what must not be met is told as that."""
    assert facts("r1", "if: [not calm, the bridge is open], together_with: halt")[1][:6] == (
        'if not the river is calm ("while it is calm")', MET, "if the bridge is open", NOBODY, "together with halt",
        NOBODY,
    )  # fmt: skip
    assert facts("r1", "verify: nobody") == ("true", ("the rule has none",))


def test_what_a_period_is_counted_from_is_told():
    """The condition and all that was said of it, or that nobody says anything."""
    question = "in force when it happened?"
    counted = "counted from when this was first met: "
    open_ = "unknown, because it is not known whether, or when, the condition was met that the rule hangs on"
    silent = ("calm: {", "silent: {source: s.text}\n  calm: {")

    found, told = facts("r1", "when: {from: calm + 10 d, until: calm + 40 d}", question)
    assert (found, told[2:]) == ("unknown", (f'{counted}the river is calm ("while it is calm")', MET, UNMET, open_))
    found = why("r1", silent, (HUNG, "under: truce, when: {by: silent + 1 d}"))
    [one] = [one for one in found.conditions if one.question == question]
    assert one.facts[2:4] == (f"{counted}silent", "whether and when that was so, no source of the terms says")


def test_a_table_that_is_not_judged_is_named():
    """It stands in the place of a condition."""
    found = why("r0", ("denies: [guns]}", "table: {mortar: 8 km}}"), provision="halt", reading="northview")
    [one] = [one for one in found.conditions if one.question == "is its condition met?"]

    assert one.facts[0] == "the reading has a table of weapons in its place, which this version does not judge"


def test_exceptions_with_bounds_are_told_with_their_sources():
    """Whom, where and when each spares, and how far the ground of it is from the report."""
    changes = (
        "except: [northbank_guides, {who: visitors, where: Bridge, until: 2031-06-01, source: s.north}, {until: D+1}]"
    )
    found = why("r0", ("except: [northbank_guides, southbank_guides, Bridge]", changes), provision="empty")
    [one] = [one for one in found.conditions if one.question == "outside every exception with bounds?"]

    assert one.facts[:2] == (
        f"it spares visitors in Bridge until 1 June 2031; {NORTH}",
        "it spares everybody until 1 day after entry into force",
    )  # fmt: skip
    assert [measure.ground for measure in one.measures] == ["area Bridge"]
    assert one.truth == "unknown"


def test_what_stands_in_for_a_clause_is_named():
    """In the explanation, by its words or as one that nobody names; a clause that is seen itself has none."""
    partly = ("trend: down,", "trend: down, monitorable: partly, proxy: sightings per patrol,")
    nameless = ("trend: down,", "trend: down, monitorable: partly,")
    found = why("r0", partly, provision="fewer")

    assert found.proxy == "sightings per patrol"
    assert "  seen through a proxy: sightings per patrol" in explanation_lines(found)
    assert why("r0", provision="fewer").proxy is None
    assert proxies_of(prepare(amended(partly))) == {"fewer": "sightings per patrol"}
    assert proxies_of(prepare(amended(nameless))) == {"fewer": "a proxy that the terms do not name"}


def test_the_text_as_amended_says_what_was_amended():
    """Which amendments it has, what they changed of the clause, when they were agreed, and who says so."""
    term = "term: {until: 2032-01-01, source: s.text}"
    pause = """amendments:
      pause: {title: Pause, agreed: 2031-05-12, source: s.north, set: {provisions.swap.at_most: 2,
        provisions.halt.at_most: 1}}"""
    agreement = amended((term, f"{term}\n{pause}"))
    text, signed = (explain(prepare(agreement), ROWS, "r0", "swap", reading) for reading in ("text", "as_signed"))

    assert text.holder == "nobody: the text as amended (Pause)"
    assert text.changes == (f"limit: 2 (amendment agreed 12 May 2031; {NORTH})",)
    assert signed.holder == "the text as signed, without its amendments"
    assert signed.changes == ("limit: 0",)
