"""What was not known yet on a day, and what was taken for known without a date, in words."""

import pytest

from truceline.basics.time import parse_moment
from truceline.formats.terms_file import load_text
from truceline.terms.untold import left_out_words, undated_words

TEXT = """truceline: 1
agreement: {id: river-2031, title: River Line, class: preliminary, zone: Etc/GMT-3}
instruments: {truce: {title: Truce of the river, signed: 2031-05-01}}
parties:
  northbank: {title: Northbank, role: signatory}
  southbank: {role: addressee, consent: s.late}
actors: [army, guard]
sets: {armed: {in: [army], source: s.late}}
areas: {ford.old: {title: the old ford, geometry: {coordinates: [[1, 1], [2, 1], [2, 2], [1, 1]]}, source: s.late}}
lines:
  river: {title: "the river\\n  itself", plus: north, geometry: {coordinates: [[0, 0], [1, 0]]}, source: s.late}
zones: {strip: {line: river, away: 3 km, source: s.late}}
mechanism: {mission: {by: northbank, source: s.late}}
term: {until: 2032-01-01, source: s.late}
provisions:
  halt: {title: Halt of fire, who: any, what: hostilities, at_most: 0, source: s.late}
  behind: {who: army, what: presence, where: {line: river, away: 3 km, source: s.late}, at_most: 0, source: s.text}
  away: {title: Away, who: guard, what: presence, where: {line: river, away: 1 km, source: s.late}, at_most: 0,
    source: s.text}
demands:
  wide: {by: northbank, where: {line: river, away: 9 km, source: s.late}, source: s.text}
  wider: {by: northbank, where: anywhere, source: s.late}
readings:
  press: {title: as first told, holder: press, keeps: all, source: s.late}
  envoy: {holder: envoy, keeps: all, source: s.late}
  editor: {holder: editor, source: s.text, add: {provisions.boats: {title: No boats, who: any, what: ship, at_most: 0,
    source: s.late}}}
stances:
  - {actor: northbank, to: agreement, is: accepts, source: s.late}
  - {actor: an envoy, to: halt, is: rejects, said: 2031-06-02, source: s.late}
  - {actor: southbank, to: wide, is: rejects, source: s.late}
sources:
  s.text: {kind: primary}
  s.late: {by: spokesman, said: 2031-06-01}
"""


NINE = ", ".join(f"s.n{number}" for number in range(9))


def known(text, day="2031-05-11"):
    """Load an agreement as known by the end of a day."""
    return load_text(text, "deal.yaml").as_known(parse_moment(day).span("Etc/GMT-3", {}))


def test_what_was_left_out_is_told_by_kind_with_titles():
    """No path of the file is shown: kinds in words, each with its ids and titles, also of what only a reading adds."""
    envoy = 'of an envoy to halt ("Halt of fire") said 2031-06-02'

    assert left_out_words(known(TEXT)).split("; ") == [
        'the readings press ("as first told"), envoy',
        'the clauses halt ("Halt of fire"), boats ("No boats")',
        "the demand wider",
        "the mechanism mission",
        "the consent of the party southbank",
        "the membership of the set armed",
        'the boundary of the area ford.old ("the old ford")',
        'the course of the line river ("the river itself")',
        "the ground of the zone strip",
        'the ground of the clauses behind, away ("Away")',
        "the ground of the demand wide",
        "the term of the deal",
        f"the positions of Northbank to the agreement, {envoy}, of southbank to wide",
    ]


def test_nothing_left_out_is_nothing_said():
    """Later, everything is known; and who sets no date is told nothing."""
    assert left_out_words(known(TEXT, "2031-06-01")) == ""
    assert undated_words(load_text(TEXT, "deal.yaml")) == ""


@pytest.mark.parametrize(
    ("more", "words"),
    [(0, "1 source of the terms states no date; it is taken as known: s.text"),
     (1, "2 sources of the terms state no date; they are taken as known: s.text, s.n0"),
     (11, f"12 sources of the terms state no date; they are taken as known: s.text, {NINE} and 2 more")],
)  # fmt: skip
def test_sources_without_a_date_are_counted_and_named(more, words):
    """The first ten by name, in the order of the file."""
    names = [f"s.n{number}" for number in range(more)]
    text = TEXT + "".join(f"  {name}: {{kind: press}}\n" for name in names)
    text = text.replace("is: accepts, source: s.late", f"is: accepts, source: [{', '.join([*names[::-1], 's.late'])}]")

    assert undated_words(known(text)) == words
