"""The picture of times: what holds when, as the judge takes it."""

import xml.etree.ElementTree as ET

import pytest

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.formats.terms_file import load_text
from truceline.plan.timeline import Timeline
from truceline.publish.phases import Phase, phases_of
from truceline.publish.time_picture import time_picture
from world import truce

SVG = "{http://www.w3.org/2000/svg}"
DAY = 86_400_000_000
START = 22_000 * DAY
TERMS = """\
truceline: 1
agreement: {id: phases, title: Phases, class: cessation, zone: Etc/GMT-2}
instruments:
  truce: {title: the truce, signed: 2031-01-15, in_force: "2031-01-19T08:30+02:00"}
  annex: {title: Annex, agreed: 2031-01-20}
  later: {title: Later}
  dated: {date: 2031-01-21}
parties: {northbank: [signatory]}
provisions:
  halt:
    {title: Halt of fire, who: any, what: hostilities, at_most: 0, when: {until: truce + 42 d}, under: truce,
     source: memory}
  leave: {who: any, what: presence, at_most: 0, when: {from: truce + 7 d}, source: memory}
  maps: {who: any, what: presence, at_most: 0, when: {from: none}, source: memory}
  spirit: {who: any, what: good faith, monitorable: none, because: intent, source: memory}
  reply: {who: any, what: fire, reserves: self-defence, source: memory}
readings:
  north: {holder: northbank, source: memory, set: {provisions.leave.when: {from: truce + 22 d}}}
  south: {holder: northbank, source: memory, set: {provisions.leave.when: {from: truce + 22 d}}}
  press: {holder: press, source: memory, keeps: all}
amendments:
  longer: {title: Extension, agreed: 2031-02-28, source: memory, set: {provisions.halt.when.until: 2031-04-20}}
term:
  until: none
  renewed:
    - {until: 2031-06-01, agreed: 2031-05-01, source: memory}
    - {until: none, source: memory}
sources: {}
"""


def words(phases):
    """List what is told."""
    return [phase.words for phase in phases]


def drawn(*phases):
    """Draw some phases and read the drawing."""
    return ET.fromstring(time_picture("Phases", phases))  # noqa: S314 - our own drawing


def kinds(drawing):
    """Count the signs by class, without those of the legend."""
    found = [one.get("class") for one in drawing.iter() if one.get("class") and one.get("width") != "24"]
    return {kind: found.count(kind) for kind in ("sure", "open", "past", "fade", "tick") if kind in found}


def test_texts_clauses_and_changes_are_told():
    """Texts by their day, clauses by their times, readings where these differ, then what came later."""
    assert words(phases_of(load_text(TERMS))) == [
        "the truce: in force 19 January 2031, 08:30 +02:00",
        "Annex: agreed 20 January 2031",
        "dated: dated 21 January 2031",
        "Halt of fire: until 20 April 2031",
        "Leave: from 7 days after the truce took effect",
        "Maps: no date given",
        "Halt of fire (as_signed): until 42 days after the truce took effect",
        "Leave (north, south): from 22 days after the truce took effect",
        "Extension: agreed 28 February 2031",
        "renewed until 1 June 2031",
    ]


def test_clauses_of_one_time_stand_together():
    """What holds from entry into force is one line."""
    found = words(phases_of(truce()))

    assert "Halt; Behind; Few; Fewer: from entry into force" in found
    assert "Swap: from entry into force, if the bridge is open" in found


def test_the_spans_are_those_of_the_judge():
    """A clause without any date may hold since the texts were agreed, and nobody can tell until when."""
    maps = phases_of(load_text(TERMS))[5]

    assert maps.begin.end_us == FOREVER


@pytest.mark.parametrize(
    ("begin", "end", "signs"),
    [
        (Span(START, START), Span(START + 9 * DAY, START + 9 * DAY), {"sure": 1}),
        (Span(START, START + DAY), Span(START + 8 * DAY, START + 9 * DAY), {"sure": 1, "open": 2}),
        (Span(START, START), Span(FOREVER, FOREVER), {"sure": 1, "past": 1}),
        (Span(START, FOREVER), Span(FOREVER, FOREVER), {"open": 1, "fade": 1}),
        (Span(NEVER_BEFORE, NEVER_BEFORE), Span(START, START), {"sure": 1, "past": 1}),
        (Span(NEVER_BEFORE, START), Span(FOREVER, FOREVER), {"open": 1, "fade": 1, "sure": 1, "past": 1}),
    ],
)
def test_sure_and_possible_time_are_drawn_apart(begin, end, signs):
    """Solid where it surely holds, hatched where it may; what has no end fades."""
    assert kinds(drawn(Phase("a", begin, end))) == signs


HUNG = """\
  calm:
    {title: Calm, who: any, what: presence, at_most: 0, when: {from: 2031-02-01}, if: papers, source: memory}
  words: {title: Words, who: any, what: presence, at_most: 0, when: {from: 2031-02-01}, after: not papers,
    together_with: a joint report, source: memory}
readings:
"""
PAPERS = """\
conditions:
  papers:
    title: papers were given
    source: memory
    words: given binding papers
    is:
      - {from: 2031-03-01T00:00+02:00, until: 2031-04-01T00:00+02:00, is: met, source: memory}
      - {from: 2031-04-01T00:00+02:00, is: unmet, source: memory}
provisions:
"""


def test_what_hangs_on_a_condition_surely_holds_only_while_it_is_met():
    """Hatched while nobody can tell, not drawn while it is unmet; the label tells on what the rule hangs."""
    text = TERMS.replace("readings:\n", HUNG, 1).replace("provisions:\n", PAPERS, 1)
    found = {phase.words: phase for phase in phases_of(load_text(text))}
    calm = found["Calm: from 1 February 2031, if papers were given"]
    other = found["Words: from 1 February 2031, after not papers were given, together with a joint report"]

    assert calm.truth.values == (-1, 0, 1, -1)
    assert kinds(drawn(calm)) == {"open": 1, "sure": 1}
    assert kinds(drawn(other)) == {"open": 1, "fade": 1}
    assert "may hold: the text, or a condition, leaves it open" in time_picture("Phases", [calm])


def test_what_surely_never_holds_has_no_bar():
    """Its label alone stands there."""
    span = Span(START, START)

    assert kinds(drawn(Phase("a", span, Span(FOREVER, FOREVER), condition=Timeline((), (-1,))))) == {}


def test_a_mark_is_a_tick_and_a_long_doubt_two():
    """A day is one tick; where only the month is told there are two, with the time between."""
    far = Phase("b", Span(START + 90 * DAY, START + 90 * DAY), Span(START + 90 * DAY, START + 90 * DAY))
    day, month = (Span(START, START + length * DAY) for length in (1, 31))

    assert kinds(drawn(Phase("a", day, day, is_mark=True), far))["tick"] == 2  # and that of the legend
    assert kinds(drawn(Phase("a", month, month, is_mark=True), far))["tick"] == 3


@pytest.mark.parametrize(("days", "label"), [(20, "3 Apr 2030"), (300, "Jul 2030"), (4_000, "2036"), (40_000, "2060")])
def test_the_axis_has_round_days(days, label):
    """Days, months or years, seven or so of them, as long as the time is."""
    span = Phase("a", Span(START, START), Span(START + days * DAY, START + days * DAY))
    said = ["".join(one.itertext()) for one in drawn(span).iter(f"{SVG}text")]
    marks = [one for one in said if one[-4:].isdigit()]

    assert label in marks
    assert 2 <= len(marks) <= 9


def test_an_agreement_without_any_date_is_drawn():
    """Where nothing is dated the drawing is of no time, and no fault."""
    [line] = [Phase("a", Span(NEVER_BEFORE, FOREVER), Span(FOREVER, FOREVER))]

    assert kinds(drawn(line)) == {"open": 1, "fade": 1}
