"""The lint as a whole: order, choice of rules, readings told once, and what the shipped examples show."""

from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import get_args

import pytest

from truceline.basics.time import parse_moment
from truceline.errors import UsageError
from truceline.formats.terms_file import load, load_text
from truceline.terms.lint import RULES, lint
from truceline.terms.model import GeometryWord

EXAMPLES = Path(__file__).parents[3] / "examples"

TERMS = """\
truceline: 1
agreement: {id: river-2031, title: River truce, class: cessation, zone: UTC}
instruments: {pact: {signed: 2031-03-01, in_force: 2031-03-02T12:00, text: public}}
parties: {northbank: [signatory], southbank: [signatory]}
actors: {north_army: {of: northbank}, south_army: {of: southbank}}
lines: {river: {title: the river, plus: south, geometry: {coordinates: [[20, 50], [21, 50]]}}}
provisions:
  leave: {who: north_army, what: presence, where: {line: river, away: 5 km, ends: flat}, at_most: 0, source: s.pact}
readings:
  north: {holder: an envoy, source: s.north, set: {provisions.leave.where: {line: hills, away: 3..4 mi, ends: flat}},
          add: {lines.hills: {title: the hills, plus: south}}}
  south: {holder: an envoy, source: s.late, set: {provisions.leave.who: hill people}}
  third: {holder: an envoy, source: s.late, set: {provisions.leave.where.away: 3..4 mi}}
stances:
  - {actor: southbank, to: leave, is: rejects, source: s.late}
  - {actor: northbank, to: leave, is: denies, source: s.north}
covers: {others: left out on purpose}
sources:
  s.pact:  {kind: primary, by: [Northbank, Southbank]}
  s.north: {by: an envoy, said: 2031-03-03}
  s.late:  {by: an envoy, said: 2031-04-01}
"""


@pytest.fixture
def truce():
    """Load a truce whose text has no gap and whose readings have some."""
    return load_text(TERMS, "terms.yaml")


def places(findings):
    """Name rule and path of each finding."""
    return [(finding.rule, finding.path) for finding in findings]


def test_findings_come_in_the_order_of_the_file(truce):
    """A finding has the place at which its path is written, and the places go down the file."""
    found = lint(truce)
    lines = [int(finding.at.split(":")[1]) for finding in found]

    assert lines == sorted(lines)
    assert all(finding.at == truce.place_of(finding.path) for finding in found)


def test_what_a_reading_brings_is_told_at_its_patch(truce):
    """The text has no gap but the denials; each reading's own gap stands at the reading."""
    assert places(lint(truce)) == [
        ("GEO-5", "readings.north.set.provisions.leave.where.away"),
        ("GEO-2", "readings.north.add.lines.hills"),
        ("PAR-4", "readings.south.set.provisions.leave.who"),
        ("GEO-5", "readings.third.set.provisions.leave.where.away"),
        ("RDG-2", "stances.0"),
        ("RDG-2", "stances.1"),
    ]


def test_what_several_readings_bring_at_one_place_is_told_once():
    """Two readings that use one loose set give one finding, which names both."""
    terms = TERMS.replace("provisions:\n", "sets: {guests: {in: [], unsure: [north_army]}}\nprovisions:\n")
    terms = terms.replace("hill people", "guests").replace("where.away: 3..4 mi", "who: guests")
    [finding] = lint(load_text(terms), only=["PAR-4"])

    assert finding.path == "sets.guests"
    assert finding.what.startswith("under the readings 'south', 'third': 'guests': ")


def test_a_gap_that_a_patch_only_touches_is_told_at_the_patch():
    """Where a reading changes a field below the gap, the finding stands at that field."""
    terms = TERMS.replace("where.away: 3..4 mi", "where.line: [river, shore]")
    terms = terms.replace("lines: {", "lines: {shore: {title: the shore, plus: south, one_of: [river, river]}, ")
    terms = terms.replace("set: {provisions.leave.who: hill people}", "set: {lines.shore.title: the far shore}")
    found = lint(load_text(terms), only=["GEO-2"])

    assert ("GEO-2", "readings.south.set.lines.shore.title") in places(found)


def test_only_the_rules_asked_for_run(truce):
    """`only` chooses rules by id, in any order."""
    assert {finding.rule for finding in lint(truce, only=["RDG-2", "GEO-2"])} == {"GEO-2", "RDG-2"}
    assert lint(truce, only=[]) == ()


@pytest.mark.parametrize(
    ("wanted", "remedy"), [("GEO-55", "did you mean 'GEO-5'?"), ("?", "choose among TXT-1, TXT-2, TXT-3")]
)
def test_a_rule_that_does_not_exist_is_named(truce, wanted, remedy):
    """A wrong id is a fault of the call, with the rule that was probably meant."""
    with pytest.raises(UsageError) as caught:
        lint(truce, only=[wanted])

    [fault] = caught.value.faults
    assert (fault.code, fault.what) == ("TL-E051", f"there is no rule '{wanted}'")
    assert fault.remedy.startswith(remedy)


def test_as_known_on_a_day_later_statements_are_silent(truce):
    """What was not known yet gives no finding, and what was known keeps its place."""
    known = truce.as_known(parse_moment("2031-03-10").span("UTC", {}))
    found = lint(known)

    assert places(found) == [
        ("GEO-5", "readings.north.set.provisions.leave.where.away"),
        ("GEO-2", "readings.north.add.lines.hills"),
        ("RDG-2", "stances.1"),
    ]
    assert "northbank" in found[-1].what


def test_rules_and_findings_cannot_be_changed(truce):
    """Rules and findings are values."""
    for value in (*RULES, *lint(truce)):
        with pytest.raises(FrozenInstanceError):
            value.severity = "info"


def test_ids_and_names_are_told_apart():
    """No two rules share an id or a name, and every word that an index needs is there."""
    assert len({rule.id for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.basis and rule.summary for rule in RULES)


def test_every_way_of_having_no_course_has_its_words():
    """GEO-2 knows what to say about each word that the language lets stand for a geometry."""
    for word in get_args(GeometryWord):
        terms = TERMS.replace("plus: south}", f"plus: south, geometry: {word}}}")

        assert ("GEO-2", "readings.north.add.lines.hills") in places(lint(load_text(terms)))


def test_the_toy_has_one_gap():
    """The whole dispute of the toy truce is one range."""
    assert places(lint(load(EXAMPLES / "toy" / "terms.yaml"))) == [("GEO-5", "provisions.pull_back.where.away")]


def test_the_gaps_of_the_leading_example_are_found():
    """No date, no baseline, no course, no sector ends, no list, a denial, and a range that came back in miles."""
    found = places(lint(load(EXAMPLES / "south-syria-2017" / "terms.yaml")))
    known = {
        ("TXT-1", "instruments.mop.text"),
        ("TIM-1", "instruments.mop"),
        ("TIM-2", "provisions.no_foreign.when"),
        ("TIM-2", "provisions.reduction.when"),
        ("VER-4", "provisions.reduction.trend"),
        ("PAR-4", "sets.non_syrian"),
        ("GEO-2", "lines.golan"),
        ("GEO-2", "lines.contact"),
        ("GEO-6", "zones.buffer.away"),
        ("GEO-6", "readings.il_official.set.provisions.no_foreign.where.away"),
        ("GEO-5", "readings.press.set.provisions.no_foreign.where.away.least"),
        ("GEO-5", "demands.us_first.told_as"),
        ("RDG-2", "readings.russia.denies.no_foreign"),
        ("RDG-2", "readings.russia.denies.reduction"),
    }

    assert known - set(found) == set()
    assert len(found) == len(set(found))
